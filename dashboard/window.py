"""The stretch of time a figure shows, and its bins: pure arithmetic in days.

Three zooms: ``years`` counts by month, ``quarters`` by week, ``days`` draws single events. A window is as long as its
zoom reaches, or as what there is to show if that is shorter; it never leaves the events by more than a margin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Zoom = Literal["years", "quarters", "days"]
ZOOMS: tuple[Zoom, ...] = ("years", "quarters", "days")
#: days a window reaches at most
REACH: dict[Zoom, int] = {"years": 4_020, "quarters": 550, "days": 92}
STEP: dict[Zoom, str] = {"years": "month", "quarters": "week", "days": "day"}
#: up to so many events a short view opens event by event
SINGLE_EVENTS = 300


@dataclass(frozen=True, slots=True)
class Window:
    """The axis from ``low`` to ``high``, both shown; ``first`` and ``last`` bound everything there is to show."""

    zoom: Zoom
    low: date
    high: date
    first: date
    last: date

    @property
    def step(self) -> str:
        """The bin that suits the zoom, one of :data:`data.queries.lanes.STEPS`."""
        return STEP[self.zoom]

    @property
    def is_whole(self) -> bool:
        """Whether everything is in sight."""
        return self.low <= self.first and self.last <= self.high

    @property
    def centre(self) -> date:
        """The day in the middle."""
        return self.low + (self.high - self.low) // 2

    def beside(self, sign: int) -> str:
        """The centre of the window before (-1) or after (1) as an ISO day; empty when there is nothing there."""
        if not (self.first < self.low if sign < 0 else self.last > self.high):
            return ""
        # a quarter of the old window stays in sight, so that the reader knows where they are
        return _shifted(self.centre, sign * (self.high - self.low).days * 3 // 4).isoformat()


def default_zoom(first: date, last: date, total: int) -> Zoom:
    """The finest zoom that holds everything from ``first`` to ``last``; days only while marks stay single."""
    days = (last - first).days
    if days <= REACH["days"] and total <= SINGLE_EVENTS:
        return "days"
    return "quarters" if days <= REACH["quarters"] else "years"


def window(first: date, last: date, zoom: Zoom, today: date, centre: date | None = None) -> Window:
    """The window around ``centre``; without one it ends with what comes next, or with the last event."""
    low, high, has_today = span([first, last], today)
    reach = REACH[zoom]
    if (high - low).days <= reach:
        return Window(zoom, low, high, first, last)
    if centre is None:
        centre = _shifted(today, -(reach // 4)) if has_today else high
    start = min(max(_shifted(centre, -(reach // 2)), low), _shifted(high, -reach))
    return Window(zoom, start, _shifted(start, reach), first, last)


def span(days: Iterable[date], today: date) -> tuple[date, date, bool]:
    """First and last day of an axis, padded, and whether today lies on it.

    Today is taken in when it is near the data: a view of one past year is not squeezed into a corner.
    """
    found = list(days) or [today]
    first, last = min(found), max(found)
    reach = max((last - first).days // 4, 120)
    if _shifted(first, -reach) <= today <= _shifted(last, reach):
        first, last = min(first, today), max(last, today)
    pad = max((last - first).days // 28, 12)
    low, high = _shifted(first, -pad), _shifted(last, pad)
    return low, high, low <= today <= high


def bin_starts(low: date, high: date, step: str) -> Iterator[tuple[date, date]]:
    """(first day, first day of the next) of every bin that touches the days from ``low`` to ``high``."""
    start = bin_of(low, step)
    while start <= high:
        following = bin_end(start, step)
        yield start, following
        if following <= start:  # the calendar ends
            return
        start = following


def bin_of(day: date, step: str) -> date:
    """The first day of the bin a day lies in; weeks begin on Monday."""
    if step == "week":
        return _shifted(day, -day.weekday())
    if step == "month":
        return day.replace(day=1)
    if step == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if step == "year" else day


def bin_end(start: date, step: str) -> date:
    """The first day after the bin that begins with ``start``."""
    days = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[step]
    return bin_of(_shifted(start, days), step)


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def day_or_none(iso: str) -> date | None:
    """A whole ISO day, or None for anything else an address may hold."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def middle(start: date, end: date) -> date:
    """The day in the middle of two."""
    return start + timedelta(days=(end - start).days // 2)
