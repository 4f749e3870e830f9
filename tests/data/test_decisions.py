"""What a word of the team speaks of: which tellings, and which of several words holds."""

from __future__ import annotations

import json

import pytest

from data.decisions import Decision, decision_of, item_key, item_of_key, value_of, word_on_events
from data.rows import Telling


def telling(event_id: str, *, origin: str = "text", type_: str = "fine_sanction", date: str = "2026-02-03") -> Telling:
    return Telling(event_id, f"press:{event_id}", type_, date, "title", "quote", origin, "", 0)


def spoken(kind: str, event_id: str, *tellings: Telling, **correction: str) -> list[str]:
    return [one["event_id"] for one in value_of(kind, event_id, tellings, **correction)["claims"]]


def decision(number: int, kind: str, event_id: str, *tellings: Telling) -> Decision:
    """As it is read back from the desk."""
    row = {"entity": "event", "entity_id": event_id, "why": "", "by": "", "at": ""}
    value = json.dumps(value_of(kind, event_id, tellings))
    return decision_of({**row, "decision_id": number, "kind": kind, "value": value})


def test_confirming_speaks_of_every_telling_of_the_same_type_and_date():
    told = (telling("a"), telling("b"), telling("c", date="2026-02-04"), telling("d", origin="official"))
    assert spoken("confirm", "a", *told) == ["a", "b", "d"]


def test_rejecting_what_only_texts_tell_speaks_of_all_of_them():
    assert spoken("reject", "a", telling("a"), telling("b", date="2026-02-04")) == ["a", "b"]


def test_rejecting_what_an_authority_tells_leaves_the_texts_alone():
    assert spoken("reject", "o", telling("o", origin="official"), telling("a")) == ["o"]


def test_a_correction_needs_a_type_and_a_date_and_something_that_was_read():
    assert value_of("correct", "a", (telling("a"),), "court_ruling", "2026-03")["date"] == "2026-03"
    for tellings, type_, date in (
        ((telling("a"),), "", "2026-03"),
        ((telling("a"),), "court_ruling", "in March"),
        ((telling("a", origin="official"),), "court_ruling", "2026-03"),
        ((telling("a"), telling("b", origin="curated")), "court_ruling", "2026-03"),
    ):
        with pytest.raises(ValueError):
            value_of("correct", "a", tellings, type_, date)


def test_a_note_claims_nothing():
    assert spoken("note", "a", telling("a")) == []


def test_the_last_word_on_a_telling_holds():
    both, one = (telling("a"), telling("b")), (telling("b"),)
    words = word_on_events([decision(1, "confirm", "a", *both), decision(2, "reject", "b", *one)])
    assert {event_id: found.kind for event_id, (found, _) in words.items()} == {"a": "confirm", "b": "reject"}


def test_the_key_of_an_item_gives_back_its_source_and_id():
    assert item_of_key(item_key("uk_press", "https://example.org/a:b")) == ("uk_press", "https://example.org/a:b")
