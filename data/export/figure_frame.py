"""What stands around the lanes of a figure that leaves on its own: title, numbered list, legend, source and licence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.export.context import Context
from data.export.figure import Band, Mark
from data.export.letters import lines, width
from data.export.phrases import counted, phrase
from data.export.plain import one_line
from data.export.svg_parts import FAINT, INK, KEY_LINE, LINE, MARGIN, SMALL, TEXT, TITLE, TWO_COLUMNS, put_text, shape
from data.export.wording import shown_date, shown_day, told, word
from data.palette import COLOURS, HOLLOW
from data.rows import TimelineEvent
from data.vocabulary import Vocabulary, load_vocabulary


def ends(events: Sequence[TimelineEvent]) -> tuple[str, str]:
    """The first and the last day of events."""
    return min(one.date_start for one in events), max(one.date_end for one in events)


def header(parts: list[str], events: Sequence[TimelineEvent], context: Context, y: float, inner: float) -> float:
    """Title, number of events, span and day of the record."""
    for line in lines(context.view_title, TITLE, inner, 2):
        y = put_text(parts, line, MARGIN, y + TITLE, TITLE, INK, weight=700) + 6
    return put_text(parts, _span(events, context), MARGIN, y + TEXT + 2, TEXT, FAINT) + 14


def _span(events: Sequence[TimelineEvent], context: Context) -> str:
    """Number of events, first and last day, day of the record."""
    lang = context.lang
    found = [counted(len(events), "events", lang)]
    if events:
        first, last = (shown_day(date.fromisoformat(day), lang) for day in ends(events))
        found.append(first if first == last else f"{first} – {last}")
    found.append(phrase("as_of", lang, day=shown_day(context.as_of_instant().date(), lang)))
    return " · ".join(found)


def key(parts: list[str], marks: Sequence[Mark], context: Context, left: float, y: float, inner: float) -> float:
    """The numbered list of a band: date and title, in two columns where there is room."""
    lang = context.lang
    columns = 2 if inner >= TWO_COLUMNS - 2 * MARGIN and len(marks) > 3 else 1
    room = (inner - 24 * (columns - 1)) / columns
    entries = []
    for mark in marks:
        event = mark.event
        when = [shown_date(event, lang)]
        if event.verified == "memory":
            when.append(phrase("unchecked", lang))
        entries.append((mark, " · ".join(when), lines(event.heading(lang), TEXT, room - 32, 2)))
    share = -(-len(entries) // columns)
    lowest = y
    for column in range(columns):
        at, x = y, left + column * (room + 24)
        for mark, day, title in entries[column * share : (column + 1) * share]:
            put_text(parts, str(mark.number), x + 22, at + KEY_LINE - 3, TEXT, INK, anchor="end", weight=700)
            put_text(parts, day, x + 32, at + KEY_LINE - 3, SMALL, FAINT)
            for number, line in enumerate(title, 2):
                put_text(parts, line, x + 32, at + KEY_LINE * number - 3, TEXT, INK)
            at += KEY_LINE * (len(title) + 1) + 5
        lowest = max(lowest, at)
    return lowest + 6


def legend(
    parts: list[str],
    events: Sequence[TimelineEvent],
    band: Band,
    lang: str,
    labels: Vocabulary,
    left: float,
    y: float,
    inner: float,
) -> float:
    """The families that are there, each with its shape and its word, then what hollow glyphs and bars mean."""
    if not events:
        return y
    if band.bars:
        notes = [phrase("counted", lang)]
        if any(one.status in HOLLOW for one in events):
            notes.append(phrase("hollow_bar", lang))
        return put_text(parts, " ".join(notes), left, y + 16, SMALL, FAINT) + 8
    x, y = left + 8, y + 14
    for family in [one for one in COLOURS if any(event.family == one for event in events)]:
        words = labels.label("families", family, lang)
        room = 30 + width(words, SMALL)
        if x + room > left + inner:
            x, y = left + 8, y + 20
        paint = f'fill="{COLOURS[family][0]}" stroke="#ffffff" stroke-width="1"'
        parts.append(shape(load_vocabulary().glyph_of(family), x, y - 4, paint))
        put_text(parts, words, x + 11, y, SMALL, INK)
        x += room
    notes = [
        phrase("hollow", lang) if any(one.status in HOLLOW for one in events) else "",
        phrase("period", lang) if any(one.precision != "day" for one in events) else "",
    ]
    if shown := " ; ".join(one for one in notes if one):
        if x + width(shown, SMALL) > left + inner:
            x, y = left + 2, y + 20
        put_text(parts, shown, x, y, SMALL, FAINT)
    return y + 8


def footer(parts: list[str], context: Context, y: float, inner: float) -> float:
    """Source, query, instant, licence, version, what is not covered; a long list of gaps stands in the metadata."""
    lang = context.lang
    y += 8
    parts.append(f'<path d="M{MARGIN} {y:.1f}H{MARGIN + inner:.1f}" stroke="{LINE}" stroke-width="1"/>')
    query = one_line(context.view.query_string()) or word("everything", lang)
    version = told("vocabulary", context.vocabulary_version, lang)
    gaps = one_line(context.not_covered)
    if len(lines(gaps, SMALL - 1, inner, 4)) > 3:
        gaps = f"{gaps.partition('. ')[0]}. {phrase('gaps', lang)}"
    for text in (
        f"{phrase('source', lang)}, {context.permalink()}",
        " · ".join([told("query", query, lang), told("as_of", context.as_of, lang), version]),
        told("licence", context.licence, lang),
        gaps,
    ):
        for line in lines(text, SMALL - 1, inner, 3):
            y = put_text(parts, line, MARGIN, y + 15, SMALL - 1, FAINT)
    return y + 2
