"""Dates that lean on another date of the text: "the next day", "two days later", "the eve of the election of 3 May".

The other date is the nearest day named before it; for a day that comes before ("the day before") it stands in the same
paragraph, else it is the first day of the text, the news the text opens with. Without such a day there is no date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from collectors.analysis.date_values import Grammar, month_of, week_of
from collectors.analysis.reading import DateSpan
from data.models import When

#: kinds of patterns that lean on another date, and which way they look
SHIFTS = {"later": 1, "sooner": -1, "sameday": 0}
#: how far behind "the eve of" the date of what it is the eve of may stand
_OF = 90
#: days before publication that the day a text opens with may be, to be the day of its news
_NEWS = 14
#: how many years old a day may be from which others count
_YEARS = 5
_STOP = re.compile(r"[;:\n]|[.!?]\s")
_APPOSED = re.compile(r"[,;:(\n]|[.!?]\s")
_BESIDE = re.compile(r"[\s,()-]{0,3}")


def anchored(
    grammar: Grammar, text: str, match: re.Match[str], way: int, found: list[DateSpan], published: date
) -> When | None:
    """The date of a match of one of :data:`SHIFTS`. Groups of the pattern: ``n`` and ``unit`` (else one day), ``of``
    (what follows is dated, and the date counts from there), ``after`` ("two days after"), ``two`` (two days)."""
    said = {name: match[name] or "" for name in match.re.groupindex}
    months = match.groupdict().get("unit", "") and _unit(grammar, match["unit"]) in ("month", "year")
    days = [
        span
        for span in found
        if span.when.precision == "day" or span.rule == "range" or (months and span.when.precision == "month")
    ]
    days = [span for span in days if published.year - span.when.start.year <= _YEARS]  # not the law of 6 January 1978
    base: date | None
    if said.get("of"):
        base = _behind(text, match.end(), days, _APPOSED)  # ", that is 4 November" behind it is the day itself
    elif said.get("after"):
        if _behind(text, match.end(), days, _STOP) is not None:
            return None  # "two months after the law of 3 May": that day is named
        beside = [span for span in days if _leans_on(text, span, match)]
        if beside:  # "complained on the 14th, two days after finding": of the finding
            base, way = beside[-1].when.end, -way
        else:
            base = _before(text, match.start(), days, published, way)
    else:
        base = _before(text, match.start(), days, published, way)
    if base is None:
        return None
    return _moved(grammar, base, way, said)


def _leans_on(text: str, span: DateSpan, match: re.Match[str]) -> bool:
    """Whether a day stands right before the match, or in the clause that a comma before the match closes."""
    between = text[span.end : match.start()]
    return bool(_BESIDE.fullmatch(between or "x") or (between.endswith(", ") and not _STOP.search(between)))


def _behind(text: str, end: int, days: list[DateSpan], stop: re.Pattern[str]) -> date | None:
    span = next((span for span in days if 0 <= span.start - end <= _OF), None)
    return span.when.start if span and not stop.search(text, end, span.start) else None


def _before(text: str, start: int, days: list[DateSpan], published: date, way: int) -> date | None:
    earlier = [span for span in days if span.end <= start and span.when.end <= published]
    if not earlier:
        return None
    paragraph = text.rfind("\n", 0, start) + 1
    here = [span for span in earlier if span.start >= paragraph]
    if here:
        return here[-1].when.end
    lead = earlier[0].when.end
    if way < 0:
        return lead if (published - lead).days <= _NEWS else None
    return earlier[-1].when.end


def _unit(grammar: Grammar, said: str | None) -> str:
    return next((unit for stem, unit in grammar.units.items() if (said or "").lower().startswith(stem)), "day")


def _moved(grammar: Grammar, base: date, way: int, said: dict[str, str]) -> When | None:
    word = said.get("n", "").lower()
    count = int(word) if word.isdigit() else grammar.numbers.get(word, 2 if said.get("two") else 1)
    unit = _unit(grammar, said.get("unit", ""))
    if unit == "month":
        index = base.year * 12 + base.month - 1 + way * count
        return month_of(index // 12, index % 12 + 1)
    if unit == "year":
        return When(date(base.year + way * count, 1, 1), date(base.year + way * count, 12, 31), "year")
    if unit == "week" and not word:  # "the following week"
        return week_of(base + timedelta(days=7 * way))
    if unit == "hour" and (count < 12 or count % 12):
        return When.on(base) if count < 12 else None
    length = {"week": 7, "day": 1}.get(unit, 0)
    days = round(count / 24) if unit == "hour" else count * length
    return When.on(base + timedelta(days=way * days))
