"""Dates that are periods: intervals, months, quarters, seasons, weeks and years, none finer than it was said."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from collectors.analysis.date_values import (
    Grammar,
    Resolver,
    day_of,
    direction,
    month_of,
    nearest,
    number,
    resolve_feast,
    resolve_month,
    said_year,
    shifted_month,
    week_of,
    without_year,
    year_of,
)
from data.models import When

#: letters before two days in which the noun of days fixed long before may stand ("the elections of")
_NOUN = 60
_ORDER = {
    "1": 1, "2": 2, "3": 3, "4": 4, "latter": 2,
    "first": 1, "premier": 1, "1er": 1, "erste": 1, "primo": 1, "primer": 1, "første": 1,
    "premiers": 1, "primi": 1, "primeros": 1, "ersten": 1, "last": 2, "derniers": 2, "ultimi": 2, "últimos": 2,
    "second": 2, "deuxième": 2, "2e": 2, "zweite": 2, "secondo": 2, "segundo": 2, "andet": 2,
    "third": 3, "troisième": 3, "3e": 3, "dritte": 3, "terzo": 3, "tercer": 3, "tredje": 3,
    "final": 4, "closing": 4,
    "fourth": 4, "quatrième": 4, "4e": 4, "vierte": 4, "quarto": 4, "cuarto": 4, "fjerde": 4, "dernier": 4,
}  # fmt: skip

#: "this summer": of the year of publication, come or to come
_THIS = re.compile(r"(?:this|in diesem|diesen) (?!past|coming)", re.IGNORECASE)


def _resolve_range(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """The later end first; the earlier one steps back over the year when it must."""
    d1, d2, m2 = number(m["d1"]), number(m["d2"]), g.months[m["m2"].lower()]
    groups = m.re.groupindex
    m1 = g.months[m["m1"].lower()] if "m1" in groups and m["m1"] else m2
    y2 = said_year(m["y2"], published)
    last = None
    if y2:
        end = day_of(y2, m2, d2)
        last = end.start if end else None
    else:
        last = without_year(m2, d2, None, bool(cue), published)
    if last is None:
        return None
    y1 = said_year(m["y1"], published) if "y1" in groups else None
    first = day_of(y1 or last.year, m1, d1)
    if first and first.start > last and not y1:
        first = day_of(last.year - 1, m1, d1)
    if first is None or first.start > last:
        return None
    return When(first.start, last, "range") if first.start < last else When.on(last)


def _resolve_months(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    m1, m2 = g.months[m["m1"].lower()], g.months[m["m2"].lower()]
    y2 = said_year(m["y2"], published) or (published.year - (m2 > published.month and not cue))
    y1 = said_year(m["y1"], published) or (y2 - (m1 > m2))
    first, last = month_of(y1, m1), month_of(y2, m2)
    if first is None or last is None or first.start > last.end:
        return None
    return When(first.start, last.end, "range")


def _resolve_both(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``the 15th and 22nd of March``: two days, given as the range from one to the other; two that follow each other
    are nothing else than that."""
    when = _resolve_range(g, m, published, cue)
    if when is None or m["y2"] or cue or not g.around.search(m.string, max(0, m.start() - _NOUN), m.start()):
        return when
    last = nearest(g.months[m["m2"].lower()], number(m["d2"]), published)
    first = day_of(last.start.year, last.start.month, number(m["d1"])) if last else None
    return When(first.start, last.end, "range") if first and last else None


def _resolve_night(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``in the night from Saturday to Sunday``: both days, the last such night or the next one."""
    last = g.weekdays[m["w2"].lower()]
    if (last - g.weekdays[m["w"].lower()]) % 7 != 1:
        return None
    days = (last - published.weekday()) % 7 if cue else -((published.weekday() - last) % 7)
    morning = published + timedelta(days=days)
    return When(morning - timedelta(days=1), morning, "range")


def _part_year(first: int, last: int, published: date, cue: str) -> int:
    """The year of a quarter or half from month ``first`` to ``last``: not over when it is to come, else begun."""
    if cue:
        return published.year + (last < published.month)
    return published.year - (first > published.month)


def _resolve_half(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    first = 1 if _ORDER[m["half"].lower()] == 1 else 7
    year = said_year(m["y"], published) or _part_year(first, first + 5, published, cue)
    return When(date(year, first, 1), date(year, first + 5, 30 if first == 1 else 31), "half")


def _resolve_quarter(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    said = m["quarter"].lower()
    last = 12 if said in ("last", "letzte") else _ORDER[said] * 3
    year = said_year(m["y"], published) or _part_year(last - 2, last, published, cue)
    return When(date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]), "quarter")


def _resolve_years(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    first, last = int(m["y1"]), int(m["y2"])
    return When(date(first, 1, 1), date(last, 12, 31), "range") if first < last else None


def _resolve_season(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """Three whole months, winter from December; without a year the last that has begun, or the next to begin."""
    first = g.seasons[m["s"].lower()]
    year = said_year(m["y"], published) if "y" in m.re.groupindex else None
    if year is None and _THIS.match(m.group()):
        year = published.year - (first == 12 and published.month < 3)
    if year is None:
        begun = published.year - (first > published.month)
        way = direction(g, m, cue)
        over = (begun, first) <= (published.year, published.month - 3)
        year = begun + 1 if way > 0 and (over or "next" in m.group().lower()) else begun
        if way < 0 and not over:
            year -= 1
    start, end = month_of(year, first), month_of(year + (first + 2 > 12), (first + 1) % 12 + 1)
    return When(start.start, end.end, "range") if start and end else None


def _resolve_months_to(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``the six months to June 2025``, ``the year to March``: so many whole months, the named one the last."""
    said = (m["n"] if "n" in m.re.groupindex else "12").lower()
    count = int(said) if said.isdigit() else g.numbers[said]
    end = resolve_month(g, m, published, cue)
    start = shifted_month(end.start, 1 - count) if end else None
    return When(start.start, end.end, "range") if start and end else None


def _resolve_month_end(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``by the end of March``: its last day; without a month that of publication."""
    when = resolve_month(g, m, published, "future") if m["m"] else shifted_month(published, 0)
    return When.on(when.end) if when else None


def _resolve_week_of(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    month, day, year = g.months[m["m"].lower()], number(m["d"]), said_year(m["y"], published)
    when = day_of(year, month, day) if year else nearest(month, day, published)
    return week_of(when.start) if when else None


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


def _resolve_first_months(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``the first nine months of 2025``; of the year of publication when none is named."""
    said = m["n"].lower()
    count, year = int(said) if said.isdigit() else g.numbers[said], said_year(m["y"], published) or published.year
    last = month_of(year, count) if 1 <= count <= 12 else None
    return When(date(year, 1, 1), last.end, "range") if last else None


def _weekend(day: date) -> When:
    """Saturday and Sunday of the week of a day."""
    saturday = day + timedelta(days=5 - day.weekday())
    return When(saturday, saturday + timedelta(days=1), "range")


def _resolve_feast_month(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``shortly before Christmas``: the month of the feast, no day is told."""
    when = resolve_feast(g, m, published, cue)
    return month_of(when.start.year, when.start.month) if when else None


def _resolve_last_months(g: Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """``the last three months of 2025``."""
    said, year = m["n"].lower(), int(m["y"])
    count = int(said) if said.isdigit() else g.numbers[said]
    return When(date(year, 13 - count, 1), date(year, 12, 31), "range") if 1 <= count <= 12 else None


PERIODS: dict[str, Resolver] = {
    "range": _resolve_range,
    "both": _resolve_both,
    "night": _resolve_night,
    "months": _resolve_months,
    "monthsto": _resolve_months_to,
    "weekno": _resolve_week_number,
    "years": _resolve_years,
    "half": _resolve_half,
    "quarter": _resolve_quarter,
    "monthend": _resolve_month_end,
    "weekof": _resolve_week_of,
    "firstmonths": _resolve_first_months,
    "feastmonth": _resolve_feast_month,
    "season": _resolve_season,
    "thisweek": lambda g, m, day, cue: week_of(day),
    "sinceyear": lambda g, m, day, cue: When(date(day.year, 1, 1), day, "range"),
    "lastmonth": lambda g, m, day, cue: shifted_month(day, -1),
    "nextmonth": lambda g, m, day, cue: shifted_month(day, 1),
    "lastweek": lambda g, m, day, cue: week_of(day - timedelta(days=7)),
    "lastweekend": lambda g, m, day, cue: _weekend(day - timedelta(days=7 if day.weekday() < 6 else 0)),
    "nextweekend": lambda g, m, day, cue: _weekend(day if day.weekday() < 5 else day + timedelta(days=7)),
    "nextweek": lambda g, m, day, cue: week_of(day + timedelta(days=7)),
    "lastyear": lambda g, m, day, cue: year_of(day.year - 1),
    "nextyear": lambda g, m, day, cue: year_of(day.year + 1),
    "thisyear": lambda g, m, day, cue: year_of(day.year),
    "thismonth": lambda g, m, day, cue: shifted_month(day, 0),
    "year": lambda g, m, day, cue: year_of(int(m["y"])),
    "lastmonths": _resolve_last_months,
}
