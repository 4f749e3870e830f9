"""What a date expression means: its day, month, year or interval, as it was said and no finer.

Rules of resolution when the year is missing: a stated weekday must agree; else a forward cue in the
same clause chooses the next such date and anything else the latest one. A month stays a month.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from collectors.analysis.sieve import Sieve, Words
from data.models import When

#: stems by which the year of a date is said to be the one before or after that of publication
_LAST = ("last", "letzt", "vorig", "vergangen", "vorjahr", "sidste")
_NEXT = ("next", "nächst", "kommend", "næste")


@dataclass(frozen=True, slots=True)
class Grammar:
    sieve: Sieve
    kinds: dict[Words, str]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, str]
    future: Words
    past: Words
    forward: tuple[str, ...]
    back: tuple[str, ...]
    around: re.Pattern[str]
    over: re.Pattern[str] | None
    just: re.Pattern[str] | None
    seasons: dict[str, int]
    feasts: dict[str, tuple[int, int]]


def day_of(year: int, month: int, day: int) -> When | None:
    try:
        return When.on(date(year, month, day))
    except ValueError:
        return None


def month_of(year: int, month: int) -> When | None:
    if not 1 <= year <= 9998:
        return None
    return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def year_of(year: int) -> When:
    return When(date(year, 1, 1), date(year, 12, 31), "year")


def number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else 0


def said_year(said: str | None, published: date) -> int | None:
    if not said:
        return None
    if said.isdigit():
        return int(said)
    low = said.lower()
    if any(stem in low for stem in _LAST):
        return published.year - 1
    return published.year + any(stem in low for stem in _NEXT)


def direction(grammar: Grammar, match: re.Match[str], cue: str) -> int:
    """-1 when the wording says past, 1 when it says future, else 0 or the clause's cue."""
    said = " ".join(match[g] or "" for g in ("rel", "rel2") if g in match.re.groupindex).lower()
    whole = match.group().lower()
    if any(stem in said or whole.startswith(stem) for stem in grammar.back):
        return -1
    if any(stem in said or whole.startswith(stem) for stem in grammar.forward):
        return 1
    return 1 if cue else 0


def without_year(month: int, day: int, weekday: int | None, forward: bool, published: date) -> date | None:
    choices = []
    for year in range(published.year - 2, published.year + 3):
        try:
            choices.append(date(year, month, day))
        except ValueError:
            continue
    if weekday is not None:
        agreeing = [c for c in choices if c.weekday() == weekday]
        near = [c for c in agreeing if abs((c - published).days) <= 366]
        if near:
            return min(near, key=lambda c: abs((c - published).days))
    if forward:
        return next((c for c in choices if c >= published), None)
    return next((c for c in reversed(choices) if c <= published), None)


def nearest(month: int, day: int, published: date) -> When | None:
    """The day of that month nearest to publication, before or behind it."""
    days = (day_of(year, month, day) for year in range(published.year - 1, published.year + 2))
    return min((when for when in days if when), key=lambda when: abs((when.start - published).days), default=None)


def _resolve_day(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    day, month = number(m["d"]), g.months[m["m"].lower()]
    year = said_year(m["y"], published)
    if year:
        return day_of(year, month, day)
    weekday = g.weekdays[m["w"].lower()] if m["w"] else None
    resolved = without_year(month, day, weekday, direction(g, m, cue) > 0, published)
    return When.on(resolved) if resolved else None


def _resolve_numeric(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    return day_of(int(m["y"]), int(m["mm"]), number(m["d"]))


def resolve_month(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    month = g.months[m["m"].lower()]
    year = said_year(m["y"], published) if "y" in m.re.groupindex else None
    if year:
        return month_of(year, month)
    way = direction(g, m, cue)
    if way > 0:
        return month_of(published.year + (month < published.month), month)
    current_counts = way == 0
    earlier = month < published.month or (current_counts and month == published.month)
    return month_of(published.year - (not earlier), month)


def _resolve_weekday(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    weekday = g.weekdays[m["w"].lower()]
    way = direction(g, m, cue)
    back = (published.weekday() - weekday) % 7
    this = "this" in m.re.groupindex and bool(m["this"])
    if way > 0 and not this:
        ahead = (weekday - published.weekday()) % 7 or 7
        return When.on(published + timedelta(days=ahead))
    if this and way > 0 and back:
        return When.on(published + timedelta(days=(weekday - published.weekday()) % 7))
    if way < 0 and back == 0:
        back = 7
    return When.on(published - timedelta(days=back))


def _resolve_ago(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    said = m["n"].lower()
    count = int(said) if said.isdigit() else g.numbers[said]
    unit = next((u for stem, u in g.units.items() if m["unit"].lower().startswith(stem)), "day")
    if unit == "day":
        return When.on(published - timedelta(days=count))
    if unit == "fortnight":
        unit, count = "week", 2 * count
    if unit == "week":
        return week_of(published - timedelta(days=7 * count))
    if unit == "month":
        index = published.year * 12 + published.month - 1 - count
        return month_of(index // 12, index % 12 + 1)
    return year_of(published.year - count)


def week_of(day: date) -> When:
    monday = day - timedelta(days=day.weekday())
    return When(monday, monday + timedelta(days=6), "range")


def _resolve_near(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    return nearest(g.months[m["m"].lower()], number(m["d"]), published)


def resolve_feast(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    month, day = g.feasts.get(m["f"].lower(), (0, 0))
    found = without_year(month, day, None, bool(cue), published)
    return When.on(found) if found else None


def _weekday_of(m: re.Match[str], g: Grammar, monday: date) -> When:
    return When.on(monday + timedelta(days=g.weekdays[m["w"].lower()]))


def shifted_month(published: date, by: int) -> When | None:
    index = published.year * 12 + published.month - 1 + by
    return month_of(index // 12, index % 12 + 1)


def _resolve_ahead(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``in ten days``, ``in two weeks``, ``in three months``: counted from publication."""
    said = m["n"].lower()
    count = int(said) if said.isdigit() else g.numbers[said]
    unit = next((u for stem, u in g.units.items() if m["unit"].lower().startswith(stem)), "day")
    if unit == "month":
        return shifted_month(published, count)
    return (
        week_of(published + timedelta(days=7 * count)) if unit == "week" else When.on(published + timedelta(days=count))
    )


Resolver = Callable[[Grammar, "re.Match[str]", date, str], When | None]
RESOLVERS: dict[str, Resolver] = {
    "day": _resolve_day,
    "iso": _resolve_numeric,
    "numeric": _resolve_numeric,
    "month": resolve_month,
    "ahead": _resolve_ahead,
    "weekday": _resolve_weekday,
    "ago": _resolve_ago,
    "agoday": lambda g, m, day, cue: When.on(day - timedelta(days=7 * (number(m["n"]) or g.numbers[m["n"].lower()]))),
    "nearday": _resolve_near,
    "feast": resolve_feast,
    "weekdaylast": lambda g, m, day, cue: _weekday_of(m, g, week_of(day).start - timedelta(days=7)),
    "weekdaynext": lambda g, m, day, cue: _weekday_of(m, g, week_of(day).start + timedelta(days=7)),
    "yesterday": lambda g, m, day, cue: When.on(day - timedelta(days=1)),
    "daybefore": lambda g, m, day, cue: When.on(day - timedelta(days=2)),
    "dayafter": lambda g, m, day, cue: When.on(day + timedelta(days=2)),
    "tomorrow": lambda g, m, day, cue: When.on(day + timedelta(days=1)),
    "today": lambda g, m, day, cue: When.on(day),
}
