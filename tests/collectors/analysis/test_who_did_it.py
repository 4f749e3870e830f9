"""Of one wording two types: who voted, whose word it is, what went on since when."""

from __future__ import annotations

import pytest

from collectors.analysis.clauses import sentences
from collectors.analysis.reader import Reader
from tests.collectors.analysis.conftest import document


def told(reader: Reader, text: str, lang: str = "en") -> list[str]:
    reading = reader.read(document(text, lang, "2026-03-12", "Deepfakes: law and police"))
    return [f"{event.when.iso()} {event.type}" for event in reading.events]


@pytest.mark.parametrize(
    ("text", "lang", "type_"),
    [
        ("The House passed the bill on Tuesday.", "en", "bill_adopted"),
        ("The Rules Committee on Tuesday passed the bill.", "en", "committee_vote"),
        ("In a 9-2 vote on Tuesday the panel sent the text on.", "en", "committee_vote"),
        ("Am Dienstag nahm der Ausschuss den Entwurf an.", "de", "committee_vote"),
        ("Am Dienstag nahm der Landtag den Entwurf an.", "de", "bill_adopted"),
        ("Die Kommission lehnte die Motion am Dienstag ab.", "de", "committee_vote"),
        ("Der Nationalrat lehnte die Motion am Dienstag ab.", "de", "bill_rejected"),
    ],
)
def test_a_committee_votes_in_committee(curated_reader: Reader, text: str, lang: str, type_: str) -> None:
    assert told(curated_reader, text, lang) == [f"2026-03-10 {type_}"]


def test_a_school_that_suspends_is_no_platform(curated_reader: Reader) -> None:
    assert told(curated_reader, "The school suspended two boys on Tuesday.") == ["2026-03-10 fine_sanction"]
    assert told(curated_reader, "TikTok suspended two accounts on Tuesday.") == ["2026-03-10 platform_action"]


def test_what_spread_since_a_day_or_a_month_began_then(curated_reader: Reader) -> None:
    assert told(curated_reader, "Fake videos of the mayor have circulated since January.") == ["2026-01 incident"]
    text = "Fake videos of the mayor have circulated since 2 March."
    assert told(curated_reader, text) == ["2026-03-02 incident"]


def test_a_name_that_begins_small_opens_a_sentence() -> None:
    text = "It closed the app last week. xAI did not answer. noyb did."
    assert [text[start:end] for start, end in sentences(text)] == [
        "It closed the app last week.", "xAI did not answer.", "noyb did."
    ]  # fmt: skip


def test_a_suit_against_many_is_no_count(curated_reader: Reader) -> None:
    assert told(curated_reader, "The city sued 16 such sites in August 2025.") == ["2025-08 referral"]


def test_welcoming_a_ruling_is_no_ruling(curated_reader: Reader) -> None:
    assert told(curated_reader, "Meta welcomed the ruling on 4 March.") == ["2026-03-04 statement"]
