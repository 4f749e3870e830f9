"""From decisions to labels, and how reading is counted against them."""

from __future__ import annotations

from typing import Any

from collectors.analysis.scoring import decided_lines, lines, score
from collectors.labels import labels
from data.decisions import Claim, Decision


def stored(key: str, *, watched: int = 0) -> dict[str, Any] | None:
    return {"id": key, "lang": "en", "published": "", "text": "A text", "watched": watched}


def on_item(kind: str, key: str = "press:1", number: int = 1) -> Decision:
    return Decision(number, kind, "item", key, (), "", "", "", "", "")


def on_event(kind: str, claim: Claim, number: int = 1) -> Decision:
    return Decision(number, kind, "event", claim.event_id, (claim,), "", "", "", "", "")


def test_relevance_is_known_only_where_it_was_decided():
    found, _ = labels([on_item("reject"), on_item("confirm", "press:2", 2)], stored)
    assert [(one["id"], one["relevant"], one["events"]) for one in found] == [
        ("press:1", False, []),
        ("press:2", True, []),
    ]


def test_a_piece_held_for_a_watched_file_teaches_nothing_about_its_words():
    confirmed, _ = labels([on_item("confirm")], lambda key: stored(key, watched=1))
    rejected, _ = labels([on_item("reject")], lambda key: stored(key, watched=1))
    assert "relevant" not in confirmed[0] and rejected[0]["relevant"] is False


def test_what_an_official_record_tells_is_no_label():
    official = Claim("o", "press:1", "law_signed", "2026-01-01", "official")
    curated = Claim("c", "", "law_signed", "2026-01-01", "curated")
    assert labels([on_event("confirm", official), on_event("confirm", curated, 2)], stored) == ([], 0)


def label(**known: Any) -> dict[str, Any]:
    return {"id": "a", "lang": "en", "partial": True, "events": [], "rejected_events": [], **known}


FINE, RULING = {"date": "2026-01-01", "type": "fine_sanction"}, {"date": "2026-01-02", "type": "court_ruling"}
READ = {"id": "a", "relevant": True, "facets": ["ncii"], "actors": [{"name": "X"}], "events": [FINE, RULING]}


def test_only_what_a_decision_speaks_about_is_counted():
    table = score([label(relevant=True, events=[FINE])], [READ])
    assert set(table) == {"relevance", "event_date+type"}
    events = table["event_date+type"]["all"]
    assert (events.right, events.wrong, events.missed) == (1, 0, 0), "the ruling nobody decided on is not wrong"


def test_a_missed_wanted_and_a_found_rejected_event_are_wrong():
    table = score([label(events=[{**FINE, "date": "2026-05-05"}], rejected_events=[RULING])], [READ])
    events = table["event_date+type"]["all"]
    assert (events.right, events.wrong, events.missed) == (0, 1, 1)
    assert lines(table) == [
        f"event_date+type      {group:<4} P 0.000 R 0.000 F1 0.000 (n=1)" for group in ("all", "en")
    ]


def test_one_prediction_answers_one_label():
    table = score([label(events=[FINE], rejected_events=[FINE])], [{**READ, "events": [FINE]}])
    assert table["event_date+type"]["all"].wrong == 0
    table = score([label(events=[FINE], rejected_events=[FINE])], [{**READ, "events": [FINE, FINE]}])
    assert table["event_date+type"]["all"].wrong == 1


def test_the_table_counts_right_and_wrong_of_each_kind_of_decision():
    told = decided_lines(
        [
            label(relevant=False, events=[FINE], rejected_events=[RULING]),
            label(id="b", relevant=True, rejected_events=[FINE]),
        ],
        [READ],
    )
    assert [line.split() for line in told[1:]] == [
        ["relevance", "confirmed", "0", "1"],
        ["relevance", "rejected", "0", "1"],
        ["event", "wanted", "1", "0"],
        ["event", "rejected", "1", "1"],
    ]
