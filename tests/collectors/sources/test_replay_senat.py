"""A run over recorded answers of the Sénat and the Commission: every address followed is answered."""

from __future__ import annotations

import importlib
import tomllib

import pytest

from data.models import DossierRecord, Follow, Identifier, ItemRecord, Record, Rejected, Unknown
from tests.collectors.sources.helpers import ROOT, last_stage, of, response, source
from tests.fixtures.replay_senat import entries

SOURCES = [
    ("fr-senat", "fr-senat-textes"),
    ("fr-senat", "fr-senat-questions"),
    ("eu", "eu-commission-press"),
]


def walk(file: str, source_id: str) -> list[Record]:
    """Visit as a run does: entry addresses, the feeds of known files, then whatever is followed."""
    answers = {url: body for url, body, _ in entries(None)}
    described = source(file, source_id)
    module = importlib.import_module(f"collectors.sources.{described.collector}")
    known = [Identifier("fr.senat.dossier", "pjl22-593")]
    waiting = [*described.urls, *(module.watch(described, known) if hasattr(module, "watch") else ())]
    told: list[Record] = []
    while waiting:
        url = waiting.pop(0)
        for record in module.parse(response(url, answers.pop(url)), described):
            if isinstance(record, Follow):
                if record.url not in waiting and record.url in answers:  # a run asks for an address once
                    waiting.append(record.url)
            else:
                told.append(record)
    hosts = {url.split("/")[2] for url in described.urls}
    assert [url for url in answers if url.split("/")[2] in hosts] == []
    assert of(Rejected, told) == of(Unknown, told) == []
    return told


def test_law_is_told_twice_under_one_identifier_and_ends_enacted() -> None:
    told = of(DossierRecord, walk("fr-senat", "fr-senat-textes"))
    assert sorted(one.external_id for one in told) == ["dosleg-pjl22-593", "pjl22-593"]
    assert {one.identifiers[0] for one in told} == {Identifier("fr.senat.dossier", "pjl22-593")}
    assert {last_stage(one) for one in told} == {"enacted"}


def test_both_tellings_agree_on_every_vote() -> None:
    votes = [
        [(e.when.iso(), e.outcome, e.stage) for e in one.events if e.type == "bill_adopted"]
        for one in of(DossierRecord, walk("fr-senat", "fr-senat-textes"))
    ]
    assert votes[0] == votes[1]
    assert [day for day, _, _ in votes[0]] == ["2023-07-05", "2023-10-17", "2024-04-02", "2024-04-10"]


def test_question_and_press_release_of_january_2026_are_there() -> None:
    (question,) = of(ItemRecord, walk("fr-senat", "fr-senat-questions"))
    (release,) = of(ItemRecord, walk("eu", "eu-commission-press"))
    assert (question.external_id, release.external_id) == ("SEQ260107462", "IP/26/203")


@pytest.mark.parametrize(("file", "source_id"), SOURCES)
def test_source_is_described_in_full(file: str, source_id: str) -> None:
    described = source(file, source_id)
    assert {"en", "fr"} <= set(described.names)
    assert described.official and described.min_records > 0 and described.licence
    path = ROOT / "data" / "reference" / "sources" / f"{file}.toml"
    assert source_id in tomllib.loads(path.read_text(encoding="utf-8"))
