"""Dates of a text that tells its story in order: their year, or their month, was said before them.

"24 August 2024. … 2 September. … the 6th … the following March": the year of a date that names none is that of the
story, not that of publication, when the text says the same day with its year, when its entries begin with their days,
or when the same paragraph has just told a day of that year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from collectors.analysis.date_values import Grammar, day_of, month_of, number
from collectors.analysis.reading import DateSpan
from data.models import When

#: kinds of patterns whose month or year is that of the date before them; they go before every other pattern
TOLD = ("bareday", "following", "sameyear")
#: so many letters back the date may stand whose month a bare day takes
_NEAR = 400
#: days between a day told with its year and one that the same paragraph tells next
_MONTH = 45
#: entries that begin with their day, of which a chronology has at least so many
_ENTRIES = 3
#: days alone in their sentence that make a chronology, and letters that may stand beside such a day ("Le", "Den")
_HEADED, _ARTICLE = 2, 3
#: letters of a sentence that is nothing but a date
_HEADING = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENS = re.compile(r"(?:\A|\n)\W*(?:le |il |el |am |den |on |d\. )?$", re.IGNORECASE)
_CLOSES = re.compile(r"\s?(?:[.:–—]|-\s)|\n")
# "the law of 6 January 1978" tells the year of no story
_ACT = re.compile(
    r"(?:\bloi|\blaw|\bact|directive|règlement|regulation|legge|\bley|gesetz\w*|décret|decreto|lov|n°|nr\.|/\d+|c\.)[^,;.]{0,25}$",
    re.IGNORECASE,
)


def told(g: Grammar, m: re.Match[str], kind: str, found: list[DateSpan], published: date) -> When | None:
    """The date of a match of one of :data:`TOLD`, after the nearest date before it. Groups: ``d``, ``m``."""
    before = [s for s in found if s.end <= m.start() and m.start() - s.end <= _NEAR and s.when.precision != "year"]
    if not before:
        return None
    last = before[-1].when
    day = number(m["d"]) if "d" in m.re.groupindex and m["d"] else 0
    if kind == "bareday":
        months = [(last.start.year, last.start.month), _next(last.start.year, last.start.month)]
        days = [when for year, month in months if (when := day_of(year, month, day)) and when.start <= published]
        if last.precision == "month":
            return days[0] if days else None
        return min(days, key=lambda when: abs((when.start - last.start).days), default=None)
    month = g.months[m["m"].lower()]
    year = last.start.year
    if kind == "following" and (month, day or 31) <= (last.start.month, last.start.day if day else 31):
        year += 1
    return day_of(year, month, day) if day else month_of(year, month)


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + month // 12, month % 12 + 1)


def headings(text: str, found: list[DateSpan]) -> list[DateSpan]:
    """Dates that begin an entry of a chronology: first on their line, a stop or a dash right behind them."""
    opening = [span for span in found if _OPENS.search(text, max(0, span.start - 8), span.start)]
    opening = [span for span in opening if _CLOSES.match(text, span.end)]
    return opening if len(opening) >= _ENTRIES else []


def entries(
    text: str, spans: tuple[tuple[int, int], ...], dates: list[DateSpan], published: date
) -> tuple[list[tuple[int, int]], list[DateSpan]]:
    """Sentences, each day that stands alone as one put together with the sentence it is the heading of ("2 September.
    The police open …"); and the dates, without the heading of a month in which that sentence tells a day."""
    alone = [at for at, span in enumerate(spans[:-1]) if _alone(text, span, dates, published)]
    if len(alone) < _HEADED:
        return list(spans), dates
    told, kept, joined = set(alone), list(dates), []
    for at, span in enumerate(spans):
        if at - 1 in told:
            start = spans[at - 1][0]
            joined.append((start, span[1]))
            finer = any(span[0] <= d.start < span[1] and d.when.precision == "day" for d in dates)
            kept = [d for d in kept if not (finer and start <= d.start < span[0] and d.when.precision != "day")]
        elif at not in told:
            joined.append(span)
    return joined, kept


def _alone(text: str, span: tuple[int, int], dates: list[DateSpan], published: date) -> bool:
    if span[1] - span[0] > _HEADING:
        return False
    here = [d for d in dates if span[0] <= d.start < span[1]]
    if len(here) != 1 or here[0].when.start == published:
        return False
    rest = text[span[0] : here[0].start] + text[here[0].end : span[1]]
    return len(re.sub(r"\W", "", rest)) <= _ARTICLE


def carried(text: str, found: list[DateSpan], published: date) -> list[DateSpan]:
    """Dates without a year in the year of the story."""
    entries = {id(span) for span in headings(text, found)}
    said: dict[tuple[int, int], int] = {}
    entry: DateSpan | None = None
    last: DateSpan | None = None
    kept = []
    for span in found:
        plain = span.rule in ("day", "month", "both") and not _YEAR.search(text, span.start, span.end)
        if plain:
            in_entry = entry if not span.cue or id(span) in entries else None
            span = _moved(text, span, said, in_entry, None if span.cue else last, published)
        elif span.when.precision in ("day", "range") and _YEAR.search(text, span.start, span.end):
            said.update({(day.month, day.day): day.year for day in (span.when.start, span.when.end)})
        if _starts(span, found, entries):
            entry = span
        if not plain or span is not last:
            last = span if span.when.precision in ("day", "month", "range") and not _of_act(text, span) else None
        kept.append(span)
    return kept


def _starts(span: DateSpan, found: list[DateSpan], entries: set[int]) -> bool:
    return any(id(other) in entries and other.start == span.start for other in found)


def _of_act(text: str, span: DateSpan) -> bool:
    return bool(_ACT.search(text, max(0, span.start - 45), span.start))


def _moved(
    text: str,
    span: DateSpan,
    said: dict[tuple[int, int], int],
    entry: DateSpan | None,
    last: DateSpan | None,
    published: date,
) -> DateSpan:
    when = span.when
    year: int | None = None
    if entry is not None:
        year = entry.when.start.year
        if (when.start.month, when.end.day) < (entry.when.start.month, entry.when.start.day):
            year += 1
    elif when.precision == "day" and (when.start.month, when.start.day) in said:
        year = said[when.start.month, when.start.day]
    elif last is not None and "\n" not in text[last.end : span.start] and last.when.start.year < when.start.year:
        first = _in_year(when, last.when.start.year)
        near = first is not None and 0 <= (first.start - last.when.end).days <= _MONTH
        year = last.when.start.year if near else None
    moved = _in_year(when, year) if year and year < when.start.year else None
    return replace(span, when=moved) if moved and moved.start <= published else span


def _in_year(when: When, year: int) -> When | None:
    if when.precision == "month":
        moved = month_of(year, when.start.month)
    else:
        moved = day_of(year, when.start.month, when.start.day)
    return When(moved.start, moved.end, moved.precision, when.said) if moved else None
