"""Where a sentence ends bounds what its dates may lean on, and what a sitting did is told by its own record."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.analysis.clauses import sentence_around
from collectors.analysis.dates import find_dates
from collectors.analysis.reader import Reader
from collectors.analysis.reading import Document

WEDNESDAY = date(2026, 2, 4)


def days(text: str, lang: str, published: date = WEDNESDAY) -> list[str]:
    return [one.when.iso() for one in find_dates(text, lang, published)]


def test_the_sentence_around_a_letter():
    text = "It passed in May. The House meets on Monday.\nNothing else."
    assert [text[slice(*sentence_around(text, text.index(word)))] for word in ("May", "Monday", "else")] == [
        "It passed in May.",
        "The House meets on Monday.",
        "Nothing else.",
    ]
    assert sentence_around("", 0) == (0, 0)


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("La règle sera applicable le 2 août. Les deux réseaux ont signé lundi un protocole.", "fr", ["2026-08-02", "2026-02-02"]),
        ("The duty will apply from 2 May. The two firms signed a pledge on Monday.", "en", ["2026-05-02", "2026-02-02"]),
        ("Ils ont perquisitionné avant-hier les locaux de la société.", "fr", ["2026-02-02"]),
        ("Le 15 mars, les électeurs choisiront leurs maires.", "fr", ["2026-03-15"]),
        ("Entre janvier et fin octobre 2025, elle en a compté 73.", "fr", ["2025-01-01/2025-10-31"]),
    ],
)  # fmt: skip
def test_a_verb_of_another_sentence_moves_no_date(text: str, lang: str, found: list[str]):
    assert days(text, lang) == found


def test_the_order_of_the_day_opens_a_reading_on_the_day_of_the_sitting():
    text = (
        "L'ordre du jour appelle la discussion de la proposition de loi contre les deepfakes, adoptée en commission le "
        "28 janvier.\n\nL'article unique est adopté par le Sénat."
    )
    document = Document("r", "Deepfakes : débat", text, "fr", WEDNESDAY, source_kind="parliament_record")
    found = [(one.when.iso(), one.type) for one in Reader([], []).read(document).events]
    assert sorted(found) == [
        ("2026-01-28", "committee_vote"),
        ("2026-02-04", "bill_adopted"),
        ("2026-02-04", "bill_reading"),
    ]
