"""Which events belong to an affair, who answered it first, and how many files carry a harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from data import queries
from data.database import Database, open_immutable
from data.incidents import check_incidents, incidents
from data.reference import load_reference
from data.view import View
from data.vocabulary import Term, load_vocabulary
from tests import compare_case
from tests.compare_case import AFFAIR

IN_AFFAIR = View(incidents=(AFFAIR,))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    found = open_immutable(compare_case.build(tmp_path_factory.mktemp("compare")))
    yield found
    found.close()


def test_an_affair_holds_what_came_after_it_by_file_actor_or_word(db: Database):
    found = {one.event_id for one in queries.timeline(db, IN_AFFAIR)}
    assert {"uk-opened", "uk-minister", "fr-referral", "int-2026-01-22-ccdh-grok"} <= found  # file, actor, word
    assert not {"fr-before", "de-other", "fr-force"} & found


def test_the_filter_goes_with_others_and_finds_the_files_of_an_affair(db: Database):
    assert queries.timeline_count(db, replace(IN_AFFAIR, jurisdictions=("id",))) == 1
    assert [one.dossier_id for one in queries.dossiers(db, IN_AFFAIR)] == ["uk-ofcom-x-grok"]
    assert queries.choices(db)["incident"] == {AFFAIR}


def answers(db: Database, view: View = IN_AFFAIR) -> list[tuple[str, str, str, bool]]:
    return [(one.jurisdiction, one.kind, one.event_id, one.is_first) for one in queries.answers(db, view)]


def test_the_first_answer_is_the_one_that_surely_came_first_and_a_coarser_one_is_told_beside_it(db: Database):
    assert [one[2:] for one in answers(db) if one[:2] == ("fr", "referral")] == [
        ("fr-referral", True),
        ("fr-referral-month", False),
    ]


def test_what_companies_and_associations_say_is_no_answer_of_a_country(db: Database):
    assert [one[2] for one in answers(db) if one[1] == "statement"] == ["uk-minister"]


def test_a_plan_is_no_answer(db: Database):
    assert "uk-planned" not in {one[2] for one in answers(db)}
    assert {one[2] for one in answers(db) if one[1] == "measure"} == {"id-block"}


def test_the_window_is_a_view(db: Database):
    month = replace(IN_AFFAIR, since=date(2025, 12, 29), until=date(2026, 1, 28))
    assert "id-block" not in {one[2] for one in answers(db, month)}
    assert ("uk", "investigation", "uk-opened", True) in answers(db, month)


def test_every_kind_of_answer_is_a_type_of_the_vocabulary():
    types = [type_ for types in queries.ANSWERS.values() for type_ in types]
    assert set(types) <= set(load_vocabulary().codes("event_types"))
    assert len(types) == len(set(types))


def test_files_are_counted_by_place_harm_track_and_stage(db: Database):
    found = {(one.jurisdiction, one.track, one.stage): one.count for one in queries.facet_files(db, View(), "harm")
             if one.code == "ncii"}  # fmt: skip
    assert found == {
        ("fr", "law", "in_force"): 1,
        ("uk", "law", "introduced"): 1,
        ("uk", "case", "formal"): 1,
        ("us", "law", "lapsed"): 1,
        ("us", "law", "floor"): 1,
    }
    some = queries.facet_files(db, View(jurisdictions=("uk",), tracks=("law",)), "harm")
    assert {(one.code, one.count) for one in some} == {("ncii", 1), ("elections", 1)}
    with pytest.raises(KeyError):
        queries.facet_files(db, View(), "track")


def test_each_affair_is_selected_by_records_that_exist_and_begins_on_a_proven_day():
    affair = incidents()[AFFAIR]
    reference = load_reference()
    events = {one.event_id: one for one in reference.milestones}
    assert affair.started == date(2025, 12, 29)
    assert "29 December" in events[affair.evidence].summaries["en"]
    assert set(affair.events) <= events.keys()
    assert set(affair.dossiers) <= {one.dossier_id for one in reference.dossiers}


def told(**changes: object) -> list[str]:
    """The problems of a sound affair with some cells changed."""
    events = {one.event_id: one for one in compare_case.MILESTONES}
    known = {"dossiers": {"uk-ofcom-x-grok": 1}, "actors": {"product-grok": 1}, "events": events}
    sound = {
        "started": date(2025, 12, 29),
        "evidence": "int-2026-01-22-ccdh-grok",
        "why": {"en": "Counted.", "fr": "Compté."},
        "words": ["Grok"],
    }
    found: list[str] = []
    term = Term("a", {"en": "A", "fr": "A"}, {**sound, **changes})
    check_incidents({"a": term}, known, lambda _, problem: found.append(problem))
    return found


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, ""),
        ({"started": "2025-12"}, "must be a day"),
        ({"evidence": "no-such-event"}, "is not in milestones.csv"),
        ({"evidence": "fr-before"}, "older than the day"),
        ({"why": {"en": "Counted."}}, "why needs en and fr"),
        ({"dossiers": ["nothing"]}, "dossiers 'nothing' is not in the baseline"),
        ({"words": ['a" OR b']}, "words must be words"),
        ({"words": []}, "selects no event"),
        ({"victims": ["x"]}, "'victims' is no key"),
    ],
)
def test_a_broken_affair_is_told(changes: dict[str, object], problem: str):
    found = told(**changes)
    assert (problem in "\n".join(found)) if problem else found == []
