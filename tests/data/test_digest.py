"""What is told and what is taken in silently, as a function of two states."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from data.digest import KINDS, facts_of, mark_of, silent, steps

STATES = st.dictionaries(st.sampled_from([f"event:{n}" for n in range(6)]), st.sampled_from("abc"))


def test_a_mark_gives_its_facts_and_no_word():
    mark = mark_of("2026-01", "occurred", "enacted", "law_signed", "A person’s name")
    found = facts_of(mark)
    assert (found.date, found.status, found.stage, found.type) == ("2026-01", "occurred", "enacted", "law_signed")
    assert "person" not in mark and found.title != facts_of(mark_of("2026-01", "", "", "", "another")).title


def test_new_changed_and_gone():
    told, now = {"event:a": "1", "event:b": "1", "event:c": "1"}, {"event:a": "1", "event:b": "2", "event:d": "1"}
    assert steps(told, now, "new_and_changed") == {
        "event:b": ("1", "2"), "event:d": (None, "1"), "event:c": ("1", None),
    }  # fmt: skip
    assert steps(told, now, "new") == {"event:d": (None, "1")}
    assert steps(told, now, "new_and_changed", frozenset({"event:c"})).keys() == {"event:b", "event:d"}
    assert silent(told, now, "new_and_changed", frozenset({"event:c"})) == {"event:c": ("1", None)}


@settings(max_examples=300, deadline=None)
@given(st.lists(STATES, max_size=6), st.sampled_from(KINDS))
def test_whatever_happens_the_last_state_is_told_and_then_there_is_nothing_left(
    states: list[dict[str, str]], kind: str
):
    told: dict[str, str] = {}
    heard: dict[str, int] = {}
    for now in states:
        for found in (steps(told, now, kind), silent(told, now, kind, frozenset())):
            for key, (before, after) in found.items():
                assert told.get(key) == before
                if after is None:
                    told.pop(key)
                else:
                    told[key] = after
                    heard[key] = heard.get(key, 0) + 1
        assert steps(told, now, kind) == {}
        if kind == "new":
            assert told.keys() >= now.keys() and set(heard.values()) <= {1}
        else:
            assert told == now
