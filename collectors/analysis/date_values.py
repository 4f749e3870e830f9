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

_ORDER = {
    "1": 1, "2": 2, "3": 3, "4": 4, "latter": 2,
    "first": 1, "premier": 1, "1er": 1, "erste": 1, "primo": 1, "primer": 1, "første": 1,
    "premiers": 1, "primi": 1, "primeros": 1, "ersten": 1, "last": 2, "derniers": 2, "ultimi": 2, "últimos": 2,
    "second": 2, "deuxième": 2, "2e": 2, "zweite": 2, "secondo": 2, "segundo": 2, "andet": 2,
    "third": 3, "troisième": 3, "3e": 3, "dritte": 3, "terzo": 3, "tercer": 3, "tredje": 3,
    "fourth": 4, "quatrième": 4, "4e": 4, "vierte": 4, "quarto": 4, "cuarto": 4, "fjerde": 4, "dernier": 4,
}  # fmt: skip

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


def _year(year: int) -> When:
    return When(date(year, 1, 1), date(year, 12, 31), "year")


def number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else 0


def _said_year(said: str | None, published: date) -> int | None:
    if not said:
        return None
    if said.isdigit():
        return int(said)
    low = said.lower()
    if any(stem in low for stem in _LAST):
        return published.year - 1
    return published.year + any(stem in low for stem in _NEXT)


def _direction(grammar: Grammar, match: re.Match[str], cue: str) -> int:
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
    year = _said_year(m["y"], published)
    if year:
        return day_of(year, month, day)
    weekday = g.weekdays[m["w"].lower()] if m["w"] else None
    resolved = without_year(month, day, weekday, _direction(g, m, cue) > 0, published)
    return When.on(resolved) if resolved else None


def _resolve_numeric(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    return day_of(int(m["y"]), int(m["mm"]), number(m["d"]))


def _resolve_range(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """The later end first; the earlier one steps back over the year when it must."""
    d1, d2, m2 = number(m["d1"]), number(m["d2"]), g.months[m["m2"].lower()]
    groups = m.re.groupindex
    m1 = g.months[m["m1"].lower()] if "m1" in groups and m["m1"] else m2
    y2 = _said_year(m["y2"], published)
    last = None
    if y2:
        end = day_of(y2, m2, d2)
        last = end.start if end else None
    else:
        last = without_year(m2, d2, None, bool(cue), published)
    if last is None:
        return None
    y1 = _said_year(m["y1"], published) if "y1" in groups else None
    first = day_of(y1 or last.year, m1, d1)
    if first and first.start > last and not y1:
        first = day_of(last.year - 1, m1, d1)
    if first is None or first.start > last:
        return None
    return When(first.start, last, "range") if first.start < last else When.on(last)


def _resolve_months(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    m1, m2 = g.months[m["m1"].lower()], g.months[m["m2"].lower()]
    y2 = _said_year(m["y2"], published) or (published.year - (m2 > published.month and not cue))
    y1 = _said_year(m["y1"], published) or (y2 - (m1 > m2))
    first, last = month_of(y1, m1), month_of(y2, m2)
    if first is None or last is None or first.start > last.end:
        return None
    return When(first.start, last.end, "range")


def _part_year(first: int, last: int, published: date, cue: str) -> int:
    """The year of a quarter or half from month ``first`` to ``last``: not over when it is to come, else begun."""
    if cue:
        return published.year + (last < published.month)
    return published.year - (first > published.month)


def _resolve_half(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    first = 1 if _ORDER[m["half"].lower()] == 1 else 7
    year = _said_year(m["y"], published) or _part_year(first, first + 5, published, cue)
    return When(date(year, first, 1), date(year, first + 5, 30 if first == 1 else 31), "half")


def _resolve_quarter(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    last = _ORDER[m["quarter"].lower()] * 3
    year = _said_year(m["y"], published) or _part_year(last - 2, last, published, cue)
    return When(date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]), "quarter")


def _resolve_month(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    month = g.months[m["m"].lower()]
    year = _said_year(m["y"], published) if "y" in m.re.groupindex else None
    if year:
        return month_of(year, month)
    way = _direction(g, m, cue)
    if way > 0:
        return month_of(published.year + (month < published.month), month)
    current_counts = way == 0
    earlier = month < published.month or (current_counts and month == published.month)
    return month_of(published.year - (not earlier), month)


def _resolve_weekday(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    weekday = g.weekdays[m["w"].lower()]
    way = _direction(g, m, cue)
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
    if unit == "week":
        return week_of(published - timedelta(days=7 * count))
    if unit == "month":
        index = published.year * 12 + published.month - 1 - count
        return month_of(index // 12, index % 12 + 1)
    return _year(published.year - count)


def week_of(day: date) -> When:
    monday = day - timedelta(days=day.weekday())
    return When(monday, monday + timedelta(days=6), "range")


def _resolve_near(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    return nearest(g.months[m["m"].lower()], number(m["d"]), published)


def _resolve_feast(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    month, day = g.feasts.get(m["f"].lower(), (0, 0))
    found = without_year(month, day, None, bool(cue), published)
    return When.on(found) if found else None


def _resolve_feast_month(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``shortly before Christmas``: the month of the feast, no day is told."""
    when = _resolve_feast(g, m, published, cue)
    return month_of(when.start.year, when.start.month) if when else None


def _resolve_week_number(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``KW 48``, ``uge 48``: the ISO week of that number nearest to publication, to come when a cue says so."""
    weeks = []
    for year in range(published.year - 1, published.year + 2):
        try:
            weeks.append(date.fromisocalendar(year, int(m["n"]), 1))
        except ValueError:
            continue
    ahead = [monday for monday in weeks if not cue or monday + timedelta(days=6) >= published]
    monday = min(ahead, key=lambda one: abs((one - published).days), default=None)
    return week_of(monday) if monday else None


def _resolve_years(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    first, last = int(m["y1"]), int(m["y2"])
    return When(date(first, 1, 1), date(last, 12, 31), "range") if first < last else None


def _resolve_season(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """Three whole months, winter from December; without a year the last that has begun, or the next to begin."""
    first = g.seasons[m["s"].lower()]
    year = _said_year(m["y"], published) if "y" in m.re.groupindex else None
    if year is None:
        begun = published.year - (first > published.month)
        way = _direction(g, m, cue)
        over = (begun, first) <= (published.year, published.month - 3)
        year = begun + 1 if way > 0 and (over or "next" in m.group().lower()) else begun
        if way < 0 and not over:
            year -= 1
    start, end = month_of(year, first), month_of(year + (first + 2 > 12), (first + 1) % 12 + 1)
    return When(start.start, end.end, "range") if start and end else None


def _weekday_of(m: re.Match[str], g: Grammar, monday: date) -> When:
    return When.on(monday + timedelta(days=g.weekdays[m["w"].lower()]))


def _shifted_month(published: date, by: int) -> When | None:
    index = published.year * 12 + published.month - 1 + by
    return month_of(index // 12, index % 12 + 1)


def _resolve_month_end(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``by the end of March``: its last day; without a month that of publication."""
    when = _resolve_month(g, m, published, "future") if m["m"] else _shifted_month(published, 0)
    return When.on(when.end) if when else None


def _resolve_week_of(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    month, day, year = g.months[m["m"].lower()], number(m["d"]), _said_year(m["y"], published)
    when = day_of(year, month, day) if year else nearest(month, day, published)
    return week_of(when.start) if when else None


def _resolve_first_months(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``the first nine months of 2025``; of the year of publication when none is named."""
    said = m["n"].lower()
    count, year = int(said) if said.isdigit() else g.numbers[said], _said_year(m["y"], published) or published.year
    last = month_of(year, count) if 1 <= count <= 12 else None
    return When(date(year, 1, 1), last.end, "range") if last else None


def _resolve_ahead(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``in ten days``, ``in two weeks``, ``in three months``: counted from publication."""
    said = m["n"].lower()
    count = int(said) if said.isdigit() else g.numbers[said]
    unit = next((u for stem, u in g.units.items() if m["unit"].lower().startswith(stem)), "day")
    if unit == "month":
        return _shifted_month(published, count)
    return (
        week_of(published + timedelta(days=7 * count)) if unit == "week" else When.on(published + timedelta(days=count))
    )


def _weekend(day: date) -> When:
    """Saturday and Sunday of the week of a day."""
    saturday = day + timedelta(days=5 - day.weekday())
    return When(saturday, saturday + timedelta(days=1), "range")


_Resolver = Callable[[Grammar, "re.Match[str]", date, str], When | None]
RESOLVERS: dict[str, _Resolver] = {
    "day": _resolve_day,
    "iso": _resolve_numeric,
    "numeric": _resolve_numeric,
    "range": _resolve_range,
    "months": _resolve_months,
    "weekno": _resolve_week_number,
    "years": _resolve_years,
    "half": _resolve_half,
    "quarter": _resolve_quarter,
    "month": _resolve_month,
    "monthend": _resolve_month_end,
    "weekof": _resolve_week_of,
    "firstmonths": _resolve_first_months,
    "ahead": _resolve_ahead,
    "weekday": _resolve_weekday,
    "ago": _resolve_ago,
    "nearday": _resolve_near,
    "feast": _resolve_feast,
    "feastmonth": _resolve_feast_month,
    "season": _resolve_season,
    "weekdaylast": lambda g, m, day, cue: _weekday_of(m, g, week_of(day).start - timedelta(days=7)),
    "weekdaynext": lambda g, m, day, cue: _weekday_of(m, g, week_of(day).start + timedelta(days=7)),
    "thisweek": lambda g, m, day, cue: week_of(day),
    "sinceyear": lambda g, m, day, cue: When(date(day.year, 1, 1), day, "range"),
    "lastmonth": lambda g, m, day, cue: _shifted_month(day, -1),
    "nextmonth": lambda g, m, day, cue: _shifted_month(day, 1),
    "lastweek": lambda g, m, day, cue: week_of(day - timedelta(days=7)),
    "lastweekend": lambda g, m, day, cue: _weekend(day - timedelta(days=7 if day.weekday() < 6 else 0)),
    "nextweekend": lambda g, m, day, cue: _weekend(day if day.weekday() < 5 else day + timedelta(days=7)),
    "nextweek": lambda g, m, day, cue: week_of(day + timedelta(days=7)),
    "lastyear": lambda g, m, day, cue: _year(day.year - 1),
    "nextyear": lambda g, m, day, cue: _year(day.year + 1),
    "thisyear": lambda g, m, day, cue: _year(day.year),
    "thismonth": lambda g, m, day, cue: _shifted_month(day, 0),
    "yesterday": lambda g, m, day, cue: When.on(day - timedelta(days=1)),
    "daybefore": lambda g, m, day, cue: When.on(day - timedelta(days=2)),
    "dayafter": lambda g, m, day, cue: When.on(day + timedelta(days=2)),
    "tomorrow": lambda g, m, day, cue: When.on(day + timedelta(days=1)),
    "today": lambda g, m, day, cue: When.on(day),
    "year": lambda g, m, day, cue: _year(int(m["y"])),
}
