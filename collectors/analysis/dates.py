"""Date expressions, resolved against the day of publication, with the precision that was given.

Rules of resolution when the year is missing: a stated weekday must agree; else a forward cue in the
same clause chooses the next such date and anything else the latest one. A month stays a month.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from collectors.analysis.clauses import sentences
from collectors.analysis.lexicon import load
from collectors.analysis.reading import DateSpan
from collectors.analysis.sieve import Sieve, Words
from data.models import When

_ISO = r"(?<![/-])(?P<y>(?:19|20)\d\d)-(?P<mm>\d\d)-(?P<d>\d\d)(?![/-])"
_SLASH = r"(?<![/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d)(?!/)"
_CLAUSE_END = re.compile(r"[,;:()\n]|[.!?](?=\s|$)")
_AFTER_NUMBER = re.compile(r"\d\.? $")
_TOUCHING = re.compile(r",?\s?(?:on |le |am |il |el |den |\()?")
_ABBREVIATED = re.compile(r"(?<!\w)(?:\d{1,2}|[^\W\d_]{1,4})\.$")
#: days ahead that a date without a year may be, if nothing in its sentence is past
_AHEAD = 45
_ORDER = {
    "first": 1, "premier": 1, "1er": 1, "erste": 1, "primo": 1, "primer": 1, "første": 1,
    "premiers": 1, "primi": 1, "primeros": 1, "ersten": 1, "last": 2, "derniers": 2, "ultimi": 2, "últimos": 2,
    "second": 2, "deuxième": 2, "2e": 2, "zweite": 2, "secondo": 2, "segundo": 2, "andet": 2,
    "third": 3, "troisième": 3, "3e": 3, "dritte": 3, "terzo": 3, "tercer": 3, "tredje": 3,
    "fourth": 4, "quatrième": 4, "4e": 4, "vierte": 4, "quarto": 4, "cuarto": 4, "fjerde": 4, "dernier": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Grammar:
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


@cache
def _grammar(lang: str) -> _Grammar:
    table = load("dates")[lang]
    flags = 0 if table.get("case") else re.IGNORECASE

    def names(key: str) -> str:
        return "(?:" + "|".join(re.escape(n) for n in sorted(table[key], key=len, reverse=True)) + ")"

    parts = {
        "{d}": r"(?:1er|1°|1º|[0-3]?\d(?:st|nd|rd|th)?)",
        "{m}": names("months"),
        "{w}": names("weekdays"),
        "{y}": r"(?:19|20)\d\d",
        "{n}": r"(?:\d{1,3}|" + "|".join(map(re.escape, table["numbers"])) + ")",
    }
    sieve, cues = Sieve(), Sieve()
    kinds = {Words(sieve, [_ISO], "dates"): "iso", Words(sieve, [_SLASH], "dates"): "slash"}
    for kind, pattern in table["patterns"]:
        for key, value in parts.items():
            pattern = pattern.replace(key, value)
        kinds[Words(sieve, [pattern], "dates", flags, (r"(?<![\w/])", r"(?!\w)"))] = kind
    return _Grammar(
        sieve,
        kinds,
        {k.lower(): v for k, v in table["months"].items()},
        {k.lower(): v for k, v in table["weekdays"].items()},
        {k.lower(): v for k, v in table["numbers"].items()},
        table["units"],
        Words(cues, table["future"], "dates"),
        Words(cues, table["past"], "dates"),
        tuple(table["forward"]),
        tuple(table["back"]),
    )


def find_dates(text: str, lang: str, published: date, american: bool = False) -> tuple[DateSpan, ...]:
    """Every date expression of a normalised text, in text order. ``american``: 3/4/2025 is in March."""
    grammar = _grammar(lang)
    taken = bytearray(len(text))
    found: list[DateSpan] = []

    def take(match: re.Match[str], rule: str, when: When | None, cue: str = "") -> None:
        if when is None or any(taken[match.start() : match.end()]):
            return
        taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
        start, end = match.span()
        while start < end and not text[start].isalnum():
            start += 1
        found.append(DateSpan(start, end, When(when.start, when.end, when.precision, text[start:end]), rule, cue))

    same_day: list[re.Match[str]] = []
    for words in grammar.sieve.alive(text):
        kind = grammar.kinds[words]
        for match in words.finditer(text):
            if kind == "slash":
                a, b = int(match["a"]), int(match["b"])
                month, day = (a, b) if (american and a <= 12) or b > 12 else (b, a)
                take(match, kind, _day(int(match["y"]), month, day))
                continue
            if kind == "month" and _AFTER_NUMBER.search(text, max(0, match.start("m") - 4), match.start("m")):
                continue  # a day that does not exist: 31 February
            if kind == "sameday":
                same_day.append(match)
                continue
            forward = kind != "iso" and _points_forward(grammar, text, match, kind in ("range", "months"))
            forward = forward or (kind == "day" and _soon(grammar, text, match, published))
            cue = "future" if forward else ""
            take(match, kind, _RESOLVERS[kind](grammar, match, published, cue), cue)
    for match in same_day:
        before = [span for span in found if span.end <= match.start() and span.when.precision == "day"]
        if before:
            nearest = max(before, key=lambda span: span.end)
            take(match, "sameday", When.on(nearest.when.start))
        elif published:
            take(match, "sameday", When.on(published))
    return tuple(_finer(text, sorted(found, key=lambda span: span.start)))


def _finer(text: str, found: list[DateSpan]) -> list[DateSpan]:
    """``a week earlier, on Monday 5 January`` is one date: the finer of two that touch."""
    kept: list[DateSpan] = []
    for span in found:
        if kept and _TOUCHING.fullmatch(text[kept[-1].end : span.start]):
            last = kept[-1]
            if last.rule in ("ago", "lastweek", "nextweek", "yesterday", "today") and span.when.precision == "day":
                kept[-1] = span
                continue
        kept.append(span)
    return kept


def _points_forward(grammar: _Grammar, text: str, match: re.Match[str], interval: bool) -> bool:
    """A forward cue between the clause's bounds around the match; "from 3 to 14" itself is none."""
    low = max(0, match.start() - 120)
    start = low
    for end in _CLAUSE_END.finditer(text, low, match.start()):
        if text[end.start()] == "." and _ABBREVIATED.search(text[low : end.end()]):
            continue
        start = end.end()
    high = min(len(text), match.end() + 60)
    stop = _CLAUSE_END.search(text, match.end(), high)
    bound = stop.start() if stop else high
    if interval:
        around = (text[start : match.start()], text[match.end() : bound])
        return any(grammar.future.search(part) for part in around)
    if grammar.past.search(text, start, match.start()):  # "passed on Tuesday and would apply": the day of the passing
        return bool(grammar.future.search(text, start, match.end()))
    return bool(grammar.future.search(text, start, bound))


def _soon(grammar: _Grammar, text: str, match: re.Match[str], published: date) -> bool:
    """``The committee meets on 12 March``, told on the 6th: no verb of the past and the day is near ahead."""
    if match["y"] or ("rel" in match.re.groupindex and match["rel"]):
        return False
    ahead = _without_year(grammar.months[match["m"].lower()], _number(match["d"]), None, True, published)
    if ahead is None or not 0 < (ahead - published).days <= _AHEAD:
        return False
    start, end = next((one for one in sentences(text) if one[0] <= match.start() < one[1]), match.span())
    return not grammar.past.search(text, start, end)


def _day(year: int, month: int, day: int) -> When | None:
    try:
        return When.on(date(year, month, day))
    except ValueError:
        return None


def _month(year: int, month: int) -> When | None:
    if not 1 <= year <= 9998:
        return None
    return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def _year(year: int) -> When:
    return When(date(year, 1, 1), date(year, 12, 31), "year")


def _number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else 0


def _said_year(said: str | None, published: date) -> int | None:
    if not said:
        return None
    if said.isdigit():
        return int(said)
    low = said.lower()
    return published.year + (-1 if "last" in low else 1 if "next" in low or "nächst" in low else 0)


def _direction(grammar: _Grammar, match: re.Match[str], cue: str) -> int:
    """-1 when the wording says past, 1 when it says future, else 0 or the clause's cue."""
    said = " ".join(match[g] or "" for g in ("rel", "rel2") if g in match.re.groupindex).lower()
    whole = match.group().lower()
    if any(stem in said or whole.startswith(stem) for stem in grammar.back):
        return -1
    if any(stem in said or whole.startswith(stem) for stem in grammar.forward):
        return 1
    return 1 if cue else 0


def _without_year(month: int, day: int, weekday: int | None, forward: bool, published: date) -> date | None:
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


def _resolve_day(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    day, month = _number(m["d"]), g.months[m["m"].lower()]
    year = _said_year(m["y"], published)
    if year:
        return _day(year, month, day)
    weekday = g.weekdays[m["w"].lower()] if m["w"] else None
    resolved = _without_year(month, day, weekday, _direction(g, m, cue) > 0, published)
    return When.on(resolved) if resolved else None


def _resolve_numeric(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    return _day(int(m["y"]), int(m["mm"]), _number(m["d"]))


def _resolve_range(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    """The later end first; the earlier one steps back over the year when it must."""
    d1, d2, m2 = _number(m["d1"]), _number(m["d2"]), g.months[m["m2"].lower()]
    groups = m.re.groupindex
    m1 = g.months[m["m1"].lower()] if "m1" in groups and m["m1"] else m2
    y2 = _said_year(m["y2"], published)
    last = None
    if y2:
        end = _day(y2, m2, d2)
        last = end.start if end else None
    else:
        last = _without_year(m2, d2, None, bool(cue), published)
    if last is None:
        return None
    y1 = _said_year(m["y1"], published) if "y1" in groups else None
    first = _day(y1 or last.year, m1, d1)
    if first and first.start > last and not y1:
        first = _day(last.year - 1, m1, d1)
    if first is None or first.start > last:
        return None
    return When(first.start, last, "range") if first.start < last else When.on(last)


def _resolve_months(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    m1, m2 = g.months[m["m1"].lower()], g.months[m["m2"].lower()]
    y2 = _said_year(m["y2"], published) or (published.year - (m2 > published.month and not cue))
    y1 = _said_year(m["y1"], published) or (y2 - (m1 > m2))
    first, last = _month(y1, m1), _month(y2, m2)
    if first is None or last is None or first.start > last.end:
        return None
    return When(first.start, last.end, "range")


def _resolve_half(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    year = _said_year(m["y"], published) or published.year
    return (
        When(date(year, 1, 1), date(year, 6, 30), "half")
        if _ORDER[m["half"].lower()] == 1
        else When(date(year, 7, 1), date(year, 12, 31), "half")
    )


def _resolve_quarter(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    year = _said_year(m["y"], published) or published.year
    last = _ORDER[m["quarter"].lower()] * 3
    return When(date(year, last - 2, 1), date(year, last, calendar.monthrange(year, last)[1]), "quarter")


def _resolve_month(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    month = g.months[m["m"].lower()]
    year = _said_year(m["y"], published) if "y" in m.re.groupindex else None
    if year:
        return _month(year, month)
    way = _direction(g, m, cue)
    if way > 0:
        return _month(published.year + (month < published.month), month)
    current_counts = way == 0
    earlier = month < published.month or (current_counts and month == published.month)
    return _month(published.year - (not earlier), month)


def _resolve_weekday(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
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


def _resolve_ago(g: _Grammar, m: re.Match[str], published: date, cue: str) -> When | None:
    said = m["n"].lower()
    count = int(said) if said.isdigit() else g.numbers[said]
    unit = next((u for stem, u in g.units.items() if m["unit"].lower().startswith(stem)), "day")
    if unit == "day":
        return When.on(published - timedelta(days=count))
    if unit == "week":
        return _week(published - timedelta(days=7 * count))
    if unit == "month":
        index = published.year * 12 + published.month - 1 - count
        return _month(index // 12, index % 12 + 1)
    return _year(published.year - count)


def _week(day: date) -> When:
    monday = day - timedelta(days=day.weekday())
    return When(monday, monday + timedelta(days=6), "range")


def _shifted_month(published: date, by: int) -> When | None:
    index = published.year * 12 + published.month - 1 + by
    return _month(index // 12, index % 12 + 1)


_Resolver = Callable[[_Grammar, "re.Match[str]", date, str], When | None]
_RESOLVERS: dict[str, _Resolver] = {
    "day": _resolve_day,
    "iso": _resolve_numeric,
    "numeric": _resolve_numeric,
    "range": _resolve_range,
    "months": _resolve_months,
    "half": _resolve_half,
    "quarter": _resolve_quarter,
    "month": _resolve_month,
    "weekday": _resolve_weekday,
    "ago": _resolve_ago,
    "lastmonth": lambda g, m, day, cue: _shifted_month(day, -1),
    "nextmonth": lambda g, m, day, cue: _shifted_month(day, 1),
    "lastweek": lambda g, m, day, cue: _week(day - timedelta(days=7)),
    "nextweek": lambda g, m, day, cue: _week(day + timedelta(days=7)),
    "lastyear": lambda g, m, day, cue: _year(day.year - 1),
    "nextyear": lambda g, m, day, cue: _year(day.year + 1),
    "thisyear": lambda g, m, day, cue: _year(day.year),
    "thismonth": lambda g, m, day, cue: _shifted_month(day, 0),
    "yesterday": lambda g, m, day, cue: When.on(day - timedelta(days=1)),
    "tomorrow": lambda g, m, day, cue: When.on(day + timedelta(days=1)),
    "today": lambda g, m, day, cue: When.on(day),
    "year": lambda g, m, day, cue: _year(int(m["y"])),
}
