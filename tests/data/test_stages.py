"""The stage rule, one fact per test."""

from __future__ import annotations

from datetime import date

import pytest

from data.models import When
from data.stages import StageEvent, StageResult, stage_of

TODAY = date(2026, 11, 22)


def event(on: str, stage: str, status: str = "occurred", type_: str = "other", id_: str = "") -> StageEvent:
    return StageEvent(id_ or f"{on}:{stage}:{status}", When.parse(on), stage, status, type_)


def stage(*events: StageEvent, today: date = TODAY, track: str = "law") -> str:
    return stage_of(events, today, track).stage


def test_dossier_without_events_is_unknown() -> None:
    assert stage_of([], TODAY) == StageResult()
    assert stage(event("2026-10-01", "")) == "unknown"


def test_last_event_wins_and_may_go_back() -> None:
    floor = event("2026-10-01", "floor")
    assert stage(floor, event("2026-11-01", "committee")) == "committee"
    assert stage(event("2026-11-01", "committee"), floor) == "committee"


def test_higher_rung_wins_on_the_same_day() -> None:
    assert stage(event("2026-10-01", "adopted"), event("2026-10-01", "passed_one")) == "adopted"


@pytest.mark.parametrize("status", ["scheduled", "postponed", "cancelled", "disputed"])
def test_only_what_occurred_counts_even_when_the_date_has_passed(status: str) -> None:
    assert stage(event("2026-01-01", "introduced"), event("2026-02-01", "enacted", status)) == "introduced"


def test_law_in_force_does_not_count_before_its_day() -> None:
    events = [event("2026-01-01", "enacted"), event("2026-12-02", "in_force", type_="law_in_force")]
    assert stage(*events, today=date(2026, 12, 1)) == "enacted"
    assert stage(*events, today=date(2026, 12, 2)) == "in_force"


def test_law_in_force_in_a_month_counts_when_the_month_is_over() -> None:
    events = [event("2026-01-01", "enacted"), event("2026-10", "in_force", type_="law_in_force")]
    assert stage(*events, today=date(2026, 10, 15)) == "enacted"
    assert stage(*events, today=date(2026, 10, 31)) == "in_force"


def test_end_stage_holds_when_last_and_not_when_followed() -> None:
    vetoed = event("2026-05-01", "vetoed")
    assert stage(event("2026-04-01", "adopted"), vetoed) == "vetoed"
    assert stage(vetoed, event("2026-06-01", "enacted")) == "enacted"


@pytest.mark.parametrize("fine", ["2026-01-01", "2026-01-15"])
def test_month_never_overrules_a_day_within_it(fine: str) -> None:
    assert stage(event("2026-01", "enacted"), event(fine, "committee")) == "committee"


def test_since_is_the_first_event_of_the_unbroken_run() -> None:
    found = stage_of(
        [
            event("2026-01-05", "committee", id_="a"),
            event("2026-02-01", "floor", id_="b"),
            event("2026-03", "committee", id_="c"),
            event("2026-09-01", "committee", id_="d"),
        ],
        TODAY,
    )
    assert (found.since, found.event_id) == ("2026-03", "c")


def test_law_without_an_event_for_120_days_is_stalled() -> None:
    tabled = event("2026-07-25", "introduced")
    assert stage_of([tabled], date(2026, 11, 22)).flags == ()
    assert stage_of([tabled], date(2026, 11, 23)).flags == ("stalled",)
    heard = event("2026-11-01", "")
    assert stage_of([tabled, heard], date(2026, 11, 23)).flags == ()


@pytest.mark.parametrize("reached", ["enacted", "in_force", "rejected", "lapsed"])
def test_made_or_ended_law_is_never_stalled(reached: str) -> None:
    assert stage_of([event("2020-01-01", reached)], TODAY).flags == ()


def test_case_is_never_stalled() -> None:
    assert stage_of([event("2020-01-01", "formal")], TODAY, "case").flags == ()


def test_disputed_event_after_the_stage_is_flagged() -> None:
    found = stage_of([event("2026-11-01", "floor"), event("2026-11-05", "rejected", "disputed")], TODAY)
    assert (found.stage, found.flags) == ("floor", ("stage_disputed",))


def test_next_event_is_the_nearest_one_planned_and_not_yet_over() -> None:
    found = stage_of(
        [
            event("2026-01-01", "enacted"),
            event("2026-06", "in_force", "scheduled", id_="past"),
            event("2027-06-14", "", "scheduled", id_="later"),
            event("2026-12-02", "in_force_partial", "scheduled", id_="soon"),
        ],
        TODAY,
    )
    assert (found.stage, found.next_event_id, found.next_on) == ("enacted", "soon", "2026-12-02")


def test_stage_of_another_track_is_refused() -> None:
    with pytest.raises(KeyError):
        stage_of([event("2026-01-01", "settled")], TODAY, "law")
