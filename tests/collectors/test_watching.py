"""What keeps a document that never names the subject."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from collectors.interpret import Interpreter
from collectors.watching import NOTHING, WATCH, Watched, cites, hangs_on
from data.models import EventRecord, Identifier, ItemRecord, Source, When

SREN = Identifier("fr.an.dossier", "DLR5L16N47884")
WATCHED = Watched.of([SREN, Identifier("case", "12/2025")])
ARTICLES = tomllib.loads(WATCH.read_text("utf-8"))["articles"]
SOURCE = Source(
    "amendments", {"en": "A"}, "Assemblée", "fr", "parliament", "fr", "x", ("https://example.org/",), "open", 24, 1,
    official=True, keep="subject",
)  # fmt: skip


def item(text: str, kind: str = "amendment", **facts: object) -> ItemRecord:
    values = {"title": "Amendement n° 12", "published_on": date(2023, 10, 4), "lang": "fr", **facts}
    return ItemRecord("a", kind, url="", jurisdiction="fr", text=text, **values)  # type: ignore[arg-type]


def kept(record: ItemRecord, watched: Watched = WATCHED) -> tuple[bool, bool]:
    entry = Interpreter()(record, SOURCE, watched)
    return entry.is_kept(SOURCE.keep), entry.on_subject()


@pytest.mark.parametrize("one", ARTICLES, ids=lambda one: one["reference"])
def test_every_pattern_finds_its_examples_and_leaves_the_others(one):
    pattern = re.compile(one["pattern"])
    assert one["examples"] and one["not"]
    assert all(pattern.search(text) for text in one["examples"])
    assert not any(pattern.search(text) for text in one["not"])


def test_an_amendment_that_only_names_a_watched_article_is_kept_and_on_the_subject():
    assert kept(item("À la fin de l'article 226-8-1 du code pénal, supprimer les mots : « ou non ».")) == (True, True)


def test_an_amendment_on_a_watched_file_is_kept_with_the_file_and_off_the_timeline():
    assert kept(item("Supprimer l'alinéa 3.", dossier=(SREN,))) == (True, False)


def test_a_question_on_a_watched_file_is_on_the_subject():
    assert kept(item("Quand paraîtra le décret ?", kind="question", dossier=(SREN,))) == (True, True)


def test_a_vote_on_the_whole_of_a_watched_text_is_on_the_subject_and_one_on_an_amendment_is_not():
    def vote(kind: str) -> EventRecord:
        return EventRecord("v", kind, When.on(date(2023, 10, 17)), "vote", "fr", "fr", dossier=(SREN,))

    assert kept(item("Pour : 360", kind="vote", events=(vote("bill_adopted"),))) == (True, True)
    assert kept(item("Pour : 60", kind="vote", events=(vote("amendment_decided"),))) == (True, False)


def test_anything_else_of_a_bulk_archive_is_passed_over():
    assert kept(item("Supprimer l'alinéa 3.")) == (False, False)
    assert kept(item("Supprimer l'alinéa 3.", dossier=(SREN,)), NOTHING) == (False, False)


def test_the_same_number_in_another_country_is_another_law():
    assert cites("sections 66A and 66B", "uk")
    assert not cites("sections 66A and 66B", "fr")


def test_a_free_case_number_watches_nothing():
    assert hangs_on(item("x", dossier=(Identifier("case", "12/2025"),)), WATCHED) is None


def test_more_watched_files_give_another_digest():
    assert WATCHED.digest() != NOTHING.digest()
    assert WATCHED.digest() == Watched.of([SREN]).digest()
