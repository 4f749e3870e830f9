"""A reader over a small hand-made reference, and one over the curated one; built once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from collectors.analysis.reader import Reader
from collectors.analysis.reading import Document, Reading
from data.reference import load_reference
from data.reference_models import AliasCondition, RefActor

ACTORS = (
    RefActor(
        "org-x",
        "X",
        "platform",
        "int",
        aliases=("Twitter", "X Corp."),
        ambiguous_aliases=(
            AliasCondition("X", ("near platform/plateforme/Musk", "case", "not 'contre X', 'v. X', 'X-ray', letter")),
        ),
    ),
    RefActor(
        "product-grok",
        "Grok",
        "product",
        "int",
        ambiguous_aliases=(AliasCondition("Grok", ("case capital", "near xAI/IA/AI", "not verb 'to grok'")),),
    ),
    RefActor(
        "fr-parquet-paris", "Parquet de Paris", "prosecutor", "fr", names={"en": "Paris Public Prosecutor's Office"}
    ),
    RefActor("fr-arcom", "Arcom", "regulator", "fr"),
    RefActor("fr-cnil", "Commission nationale de l'informatique et des libertés", "regulator", "fr", aliases=("CNIL",)),
    RefActor(
        "fr-ps", "Parti socialiste", "party", "fr", ambiguous_aliases=(AliasCondition("PS", ("case", "brackets")),)
    ),
    RefActor("fr-anne-delorme", "Anne Delorme", "person", "fr"),
    RefActor("fr-senat", "Sénat", "parliament", "fr", ambiguous_aliases=(AliasCondition("Sénat", ("source fr",)),)),
    RefActor(
        "de-bundesrat",
        "Bundesrat (Deutschland)",
        "parliament",
        "de",
        ambiguous_aliases=(AliasCondition("Bundesrat", ("source de", "not near Schweiz/Bern")),),
    ),
    RefActor(
        "ch-bundesrat",
        "Schweizerischer Bundesrat",
        "government",
        "ch",
        ambiguous_aliases=(AliasCondition("Bundesrat", ("source ch or near Schweiz/Bern",)),),
    ),
    RefActor("us-jane-roe", "Jane Roe", "person", "us"),
    RefActor("us-amos-poe", "Amos Poe", "person", "us"),
    RefActor("it-meloni", "Giorgia Meloni", "person", "it"),
)


@pytest.fixture(scope="session")
def small_reader() -> Reader:
    return Reader(ACTORS)


@pytest.fixture(scope="session")
def curated_reader() -> Reader:
    reference = load_reference()
    return Reader(reference.actors, reference.roles)


Read = Callable[..., Reading]


def document(
    text: str, lang: str = "fr", published: str = "2026-01-15", title: str = "", kind: str = "news"
) -> Document:
    return Document("t", title, text, lang, date.fromisoformat(published), source_kind=kind)


@pytest.fixture
def read(small_reader: Reader) -> Read:
    """Read a text with the small reference; the title puts it on the subject."""

    def one(text: str, lang: str = "fr", published: str = "2026-01-15", kind: str = "news") -> Reading:
        titles = {
            "en": "Deepfake law",
            "de": "Deepfake-Gesetz",
            "it": "Legge sui deepfake",
            "es": "Ley contra deepfakes",
        }
        return small_reader.read(document(text, lang, published, titles.get(lang, "Loi sur les deepfakes"), kind))

    return one
