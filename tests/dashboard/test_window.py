"""The part of time that is shown: its zoom, its steps, its ends."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.window import bin_starts, default_zoom, span, window
from tests.dashboard.figures import TODAY


@pytest.mark.parametrize(
    ("first", "last", "total", "zoom"),
    [
        ("2026-01-01", "2026-03-20", 40, "days"),
        ("2026-01-01", "2026-03-20", 4_000, "quarters"),
        ("2025-06-01", "2026-09-01", 10, "quarters"),
        ("2018-01-01", "2027-09-01", 10, "years"),
    ],
)
def test_zoom_follows_the_span_and_the_number_of_events(first: str, last: str, total: int, zoom: str):
    assert default_zoom(date.fromisoformat(first), date.fromisoformat(last), total) == zoom


def test_a_close_window_opens_on_today_and_leads_to_both_sides():
    first, last = date(2019, 1, 1), date(2028, 1, 1)
    near = window(first, last, "days", TODAY)
    assert near.low < TODAY < near.high and not near.is_whole
    before = window(first, last, "days", TODAY, date.fromisoformat(near.beside(-1)))
    assert before.high > near.low > before.low, "a part of the old window stays in sight"
    assert window(first, last, "days", TODAY, date.fromisoformat(before.beside(1))) == near


def test_a_window_never_leaves_the_events_and_ends_there():
    first, last = date(2019, 1, 1), date(2028, 1, 1)
    start, end = (window(first, last, "quarters", TODAY, day) for day in (date(1990, 1, 1), date(2070, 1, 1)))
    assert start.low <= first < start.high and start.beside(-1) == ""
    assert end.low < last <= end.high and end.beside(1) == ""
    whole = window(date(2026, 1, 1), date(2026, 3, 1), "years", TODAY)
    assert whole.is_whole and (whole.beside(-1), whole.beside(1)) == ("", "")


@pytest.mark.parametrize(
    ("step", "starts"),
    [
        ("week", ["2025-12-29", "2026-01-05"]),
        ("month", ["2026-01-01"]),
        ("quarter", ["2026-01-01"]),
        ("year", ["2026-01-01"]),
        ("day", ["2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"]),
    ],
)
def test_bins_begin_where_the_calendar_does(step: str, starts: list[str]):
    found = [start.isoformat() for start, _ in bin_starts(date(2026, 1, 2), date(2026, 1, 5), step)]
    assert found == starts


def test_axis_ends_with_the_calendar():
    low, high, has_today = span([date.min, date.max], TODAY)
    assert (low, high, has_today) == (date.min, date.max, True)
