"""The axis of years of a figure: days to pixels, and the days worth a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.export.phrases import MONTHS_SHORT
from data.rows import TimelineEvent

#: steps between ticks, shortest first: days, then months
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)
#: room of one tick's words, in pixels
_ROOM = 62


@dataclass(frozen=True, slots=True)
class Axis:
    """Days ``low`` to ``high`` over ``width`` pixels from ``left``."""

    low: date
    high: date
    left: float
    width: float

    def x(self, day: date) -> float:
        """Where a day begins, within the axis."""
        share = (day - self.low).days / max((self.high - self.low).days, 1)
        return round(self.left + min(max(share, 0.0), 1.0) * self.width, 1)

    def ticks(self, lang: str) -> list[tuple[date, str, bool]]:
        """Days with their words, evenly spread; True for the first day of a year, and where the words give one."""
        most = max(int(self.width / _ROOM), 2)
        span = max((self.high - self.low).days, 1)
        for step in _DAYS:
            if span / step <= most:
                return self._days(step, lang)
        for step in _MONTHS:
            if span / (step * 30.44) <= most:
                return self._months(step, lang)
        return []

    def _days(self, step: int, lang: str) -> list[tuple[date, str, bool]]:
        found: list[tuple[date, str, bool]] = []
        for ordinal in range(self.low.toordinal(), self.high.toordinal() + 1, step):
            day = date.fromordinal(ordinal)
            is_year = not found or found[-1][0].year != day.year
            words = f"{day.day} {MONTHS_SHORT[lang][day.month - 1]}"
            found.append((day, f"{words} {day.year}" if is_year else words, is_year))
        return found

    def _months(self, step: int, lang: str) -> list[tuple[date, str, bool]]:
        found: list[tuple[date, str, bool]] = []
        first = self.low.year * 12 + self.low.month - 1
        for number in range(first - first % step, self.high.year * 12 + self.high.month, step):
            if number < 12:
                continue
            day = date(number // 12, number % 12 + 1, 1)
            if not self.low <= day <= self.high:
                continue
            is_year = day.month == 1
            words = str(day.year) if is_year else MONTHS_SHORT[lang][day.month - 1]
            if not found and not is_year:
                words, is_year = f"{words} {day.year}", True
            found.append((day, words, is_year))
        return found


def axis_of(events: Sequence[TimelineEvent], today: date, *, left: float, width: float) -> Axis:
    """The axis that holds every day of the events; today too, unless that would more than double it."""
    starts = [date.fromisoformat(one.date_start) for one in events] or [today]
    ends = [date.fromisoformat(one.date_end) for one in events] or [today]
    low, high = min(starts), max(ends)
    span = max((high - low).days, 20)
    if high < today <= _later(high, span):
        high = today
    elif high <= today <= low:
        low = today
    margin = max((high - low).days // 40, 1)
    return Axis(_later(low, -margin), _later(high, margin), left, width)


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max
