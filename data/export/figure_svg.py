"""The timeline figure as plain SVG: text, lines and polygons, nothing that loads, runs or is styled from outside.

All text is escaped here; the tags are ours. Fonts are those every system has. Colours are those of a light page on a
white ground, so that the figure can stand anywhere and be printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import cos, pi, sin

from data.export.context import Context
from data.export.figure import COUNTED_LANES, DRAWN, NAME, OTHERS, Band, Bar, Mark, bands
from data.export.letters import lines, width
from data.export.phrases import counted, phrase
from data.export.plain import one_line
from data.export.wording import about, shown_date, shown_day, told, word
from data.palette import COLOURS, HOLLOW, SCALE
from data.rows import TimelineEvent, localised
from data.vocabulary import Vocabulary, load_vocabulary

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, FAINT, LINE, TODAY, BAR = "#1b1f24", "#4a5361", "#d4d9e0", "#b42318", "#c3cad5"
RADIUS, MARGIN, TITLE, TEXT, SMALL = 6.5, 24, 20, 12.5, 11
#: a line of the list of events, and the narrowest figure that lists them in two columns
KEY_LINE, TWO_COLUMNS = 16, 800

_ANGLES = {"triangle-up": (3, -90), "diamond": (4, -90), "square": (4, -45), "pentagon": (5, -90), "hexagon": (6, -90)}
#: a polygon of few corners needs a wider circle to weigh as much as a disc
_GROWN = {"triangle-up": 1.15, "square": 1.25, "diamond": 1.15, "pentagon": 1.15, "hexagon": 1.08}


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole figure and its size in pixels; ``words`` tell it to those who do not see it."""

    svg: str
    width: int
    height: int
    words: str
    #: events are counted in bars, without numbers
    is_counted: bool = False


def draw(
    events: Sequence[TimelineEvent],
    context: Context,
    labels: Vocabulary,
    *,
    wide: int = 960,
    framed: bool = True,
    limit: int = DRAWN,
    lanes: int = COUNTED_LANES,
) -> Drawing:
    """Events in order of date as one SVG document, bands below each other.

    ``framed`` burns in title, span, state, source and licence and lists the events by number: the figure then stands
    alone. Without it the document around tells them. Above ``limit`` events bars count them on ``lanes`` lanes.
    """
    today = context.as_of_instant().date()
    inner = wide - 2 * MARGIN if framed else wide
    parts: list[str] = []
    y = float(MARGIN if framed else 4)
    if framed:
        y = _header(parts, events, context, y, inner)
    found = bands(events, today, inner, limit=limit, lanes=lanes)
    left = MARGIN if framed else 0
    for band in found if events else ():
        if len(found) > 1:
            y = _caption(parts, band, context.lang, left, y)
        y = _band(parts, band, context, labels, today, left, y, inner)
        if framed and band.marks:
            y = _key(parts, band.marks, context, left, y, inner)
    if not events:
        y = _text(parts, phrase("empty", context.lang), left, y + 24, TEXT, INK) + 24
    y = _legend(parts, events, found[0], context.lang, labels, left, y, inner)
    if framed:
        y = _footer(parts, context, y, inner)
    height = int(y + (MARGIN if framed else 4))
    words = _words(events, found, context, labels)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{height}" viewBox="0 0 {wide} {height}" '
        f'role="img" aria-labelledby="figure-title figure-desc" xml:lang="{context.lang}" font-family="{FONT}">'
        f'<title id="figure-title">{_escaped(context.view_title)}</title>'
        f'<desc id="figure-desc">{_escaped(words)}</desc>'
        f"<metadata>{_escaped(' | '.join(about(context)))}</metadata>"
        f'<rect width="{wide}" height="{height}" fill="#ffffff"/>'
    )
    return Drawing(head + "\n".join(parts) + "</svg>\n", wide, height, words, bool(found[0].bars))


def _header(parts: list[str], events: Sequence[TimelineEvent], context: Context, y: float, inner: float) -> float:
    for line in lines(context.view_title, TITLE, inner, 2):
        y = _text(parts, line, MARGIN, y + TITLE, TITLE, INK, weight=700) + 6
    return _text(parts, _span(events, context), MARGIN, y + TEXT + 2, TEXT, FAINT) + 14


def _span(events: Sequence[TimelineEvent], context: Context) -> str:
    """Number of events, first and last day, day of the record."""
    lang = context.lang
    found = [counted(len(events), "events", lang)]
    if events:
        first, last = (shown_day(date.fromisoformat(day), lang) for day in _ends(events))
        found.append(first if first == last else f"{first} – {last}")
    found.append(phrase("as_of", lang, day=shown_day(context.as_of_instant().date(), lang)))
    return " · ".join(found)


def _ends(events: Sequence[TimelineEvent]) -> tuple[str, str]:
    return min(one.date_start for one in events), max(one.date_end for one in events)


def _caption(parts: list[str], band: Band, lang: str, left: float, y: float) -> float:
    first, last = _ends([one.event for one in band.marks])
    numbers = f"{band.marks[0].number}–{band.marks[-1].number}"
    days = " – ".join(shown_day(date.fromisoformat(day), lang) for day in (first, last))
    return _text(parts, f"{numbers} · {days}", left, y + 22, 14, INK, weight=700) + 8


def _band(
    parts: list[str],
    band: Band,
    context: Context,
    labels: Vocabulary,
    today: date,
    left: float,
    top: float,
    inner: float,
) -> float:
    lang = context.lang
    end = top + band.height
    for day, words, is_year in band.axis.ticks(lang):
        x = left + band.axis.x(day)
        colour, ink, weight = ("#9aa4b2", INK, 700) if is_year else (LINE, FAINT, 400)
        parts.append(f'<path d="M{x:.1f} {top:.1f}V{end + 5:.1f}" stroke="{colour}" stroke-width="1"/>')
        _text(parts, words, x, end + 19, SMALL, ink, anchor="middle", weight=weight)
    for lane in band.lanes:
        y = top + lane.top
        parts.append(f'<path d="M{left} {y:.1f}H{left + inner:.1f}" stroke="{LINE}" stroke-width="1"/>')
        name = lines(lane_name(lane.code, context, labels, _events_of(band)), TEXT, inner - 8, 1)
        parts.append(
            f'<text x="{left + 2:.1f}" y="{y + NAME - 4:.1f}" font-size="{TEXT}" font-weight="700" fill="{INK}" '
            f'stroke="#ffffff" stroke-width="4" paint-order="stroke">{_escaped(name[0] if name else lane.code)}</text>'
        )
    parts.append(f'<path d="M{left} {end:.1f}H{left + inner:.1f}" stroke="{FAINT}" stroke-width="1.2"/>')
    if band.axis.low <= today <= band.axis.high:
        x = left + band.axis.x(today)
        parts.append(
            f'<path d="M{x:.1f} {top:.1f}V{end + 24:.1f}" stroke="{TODAY}" stroke-width="1.5" stroke-dasharray="4 3"/>'
        )
        anchor = "end" if x > left + inner * 0.7 else "start"
        shift = -5 if anchor == "end" else 5
        words = phrase("today", lang, day=shown_day(today, lang))
        _text(parts, words, x + shift, end + 33, SMALL, TODAY, anchor=anchor)
    for mark in band.marks:
        parts.append(_mark(mark, lang, left, top))
    for bar in band.bars:
        parts.append(_bar(bar, left, top))
    return end + 40


def _events_of(band: Band) -> list[TimelineEvent]:
    return [one.event for one in band.marks] + [event for bar in band.bars for event in bar.events]


def lane_name(code: str, context: Context, labels: Vocabulary, events: Sequence[TimelineEvent]) -> str:
    """The words of a lane: a place, a file, what belongs to none, or the rest."""
    lang = context.lang
    if code == OTHERS:
        return phrase("others", lang)
    if not code:
        return phrase("no_dossier", lang)
    found = next((one for one in events if one.dossier_id == code), None)
    if found is not None:
        return localised(found.dossier_titles, lang, found.dossier_title) or code
    return labels.label("jurisdictions", code, lang)


def _mark(mark: Mark, lang: str, left: float, top: float) -> str:
    """One event: what is known of its date as a bar, its family as shape and colour, its number beside it."""
    event, x, y = mark.event, left + mark.x, top + mark.y
    colour = COLOURS[event.family][0] if event.family in COLOURS else FAINT
    bar = ""
    if mark.is_period:
        start, end = left + mark.start_x, left + mark.end_x
        bar = (
            f'<rect x="{start:.1f}" y="{y - 3.5:.1f}" width="{max(end - start, 1):.1f}" height="7" rx="3.5" '
            f'fill="{colour}" fill-opacity="0.32"/>'
        )
    words = f"{mark.number}. {shown_date(event, lang)} : {one_line(event.heading(lang))}"
    return (
        f'<g data-event="{_escaped(event.event_id)}"><title>{_escaped(words)}</title>{bar}'
        f"{glyph(event, x, y, colour)}"
        f'<text x="{x + 9:.1f}" y="{y + 4:.1f}" font-size="{SMALL}" font-weight="700" fill="{INK}">{mark.number}</text>'
        "</g>"
    )


def glyph(event: TimelineEvent, x: float, y: float, colour: str) -> str:
    """The shape of an event's family, hollow when it has not happened (yet)."""
    fill = "#ffffff" if event.status in HOLLOW else colour
    paint = f'fill="{fill}" stroke="{colour if event.status in HOLLOW else "#ffffff"}" stroke-width="1.6"'
    return shape(load_vocabulary().glyph_of(event.family), x, y, paint)


def shape(name: str, x: float, y: float, paint: str) -> str:
    """A marker symbol of the vocabulary around a point."""
    radius = RADIUS * SCALE.get(name, 1.0)
    if name == "star":
        points = [(radius if n % 2 == 0 else radius * 0.45, -90 + 36 * n) for n in range(10)]
    elif name == "cross":
        arm, out = radius * 0.36, radius
        corners = [(arm, out), (arm, arm), (out, arm)]
        turned = [(cx, cy) for cx, cy in corners]
        path = [*turned, *((cx, -cy) for cx, cy in reversed(turned)), *((-cx, -cy) for cx, cy in turned)]
        path += [(-cx, cy) for cx, cy in reversed(turned)]
        shown = " ".join(f"{x + cx:.1f},{y + cy:.1f}" for cx, cy in path)
        return f'<polygon points="{shown}" {paint}/>'
    elif name in _ANGLES:
        count, start = _ANGLES[name]
        points = [(radius * _GROWN[name], start + 360 * n / count) for n in range(count)]
    else:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {paint}/>'
    shown = " ".join(f"{x + r * cos(a * pi / 180):.1f},{y + r * sin(a * pi / 180):.1f}" for r, a in points)
    return f'<polygon points="{shown}" {paint}/>'


def _bar(bar: Bar, left: float, top: float) -> str:
    """Counted events: the ids stand on the bar, so that nothing of the view is lost."""
    x, y = left + bar.x, top + bar.foot - bar.height
    ids = " ".join(one.event_id for one in bar.events)
    is_hollow = all(one.status in HOLLOW for one in bar.events)
    paint = f'fill="#ffffff" stroke="{FAINT}"' if is_hollow else f'fill="{BAR}"'
    first, last = _ends(bar.events)
    return (
        f'<g data-events="{_escaped(ids)}"><title>{first} – {last}: {len(bar.events)}</title>'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{bar.width:.1f}" height="{bar.height:.1f}" {paint}/>'
        f'<text x="{x + bar.width / 2:.1f}" y="{y - 3:.1f}" font-size="9.5" text-anchor="middle" fill="{INK}">'
        f"{len(bar.events)}</text></g>"
    )


def _key(parts: list[str], marks: Sequence[Mark], context: Context, left: float, y: float, inner: float) -> float:
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
            _text(parts, str(mark.number), x + 22, at + KEY_LINE - 3, TEXT, INK, anchor="end", weight=700)
            _text(parts, day, x + 32, at + KEY_LINE - 3, SMALL, FAINT)
            for number, line in enumerate(title, 2):
                _text(parts, line, x + 32, at + KEY_LINE * number - 3, TEXT, INK)
            at += KEY_LINE * (len(title) + 1) + 5
        lowest = max(lowest, at)
    return lowest + 6


def _legend(
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
        return _text(parts, " ".join(notes), left, y + 16, SMALL, FAINT) + 8
    x, y = left + 8, y + 14
    for family in [one for one in COLOURS if any(event.family == one for event in events)]:
        words = labels.label("families", family, lang)
        room = 30 + width(words, SMALL)
        if x + room > left + inner:
            x, y = left + 8, y + 20
        paint = f'fill="{COLOURS[family][0]}" stroke="#ffffff" stroke-width="1"'
        parts.append(shape(load_vocabulary().glyph_of(family), x, y - 4, paint))
        _text(parts, words, x + 11, y, SMALL, INK)
        x += room
    notes = [
        phrase("hollow", lang) if any(one.status in HOLLOW for one in events) else "",
        phrase("period", lang) if any(one.precision != "day" for one in events) else "",
    ]
    if shown := " ; ".join(one for one in notes if one):
        if x + width(shown, SMALL) > left + inner:
            x, y = left + 2, y + 20
        _text(parts, shown, x, y, SMALL, FAINT)
    return y + 8


def _footer(parts: list[str], context: Context, y: float, inner: float) -> float:
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
            y = _text(parts, line, MARGIN, y + 15, SMALL - 1, FAINT)
    return y + 2


def _words(events: Sequence[TimelineEvent], found: Sequence[Band], context: Context, labels: Vocabulary) -> str:
    """The figure told: how many events, when, on which lanes; each event stands in its own title."""
    lang = context.lang
    if not events:
        return phrase("desc_empty", lang)
    codes = dict.fromkeys(lane.code for band in found for lane in band.lanes)
    names = [one_line(lane_name(code, context, labels, events)) for code in codes]
    shown = names[:12] + (["…"] if len(names) > 12 else [])
    first, last = (shown_day(date.fromisoformat(day), lang) for day in _ends(events))
    return phrase(
        "desc", lang, count=counted(len(events), "events", lang), first=first, last=last, lanes=" ; ".join(shown)
    )


def _text(
    parts: list[str],
    text: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    *,
    anchor: str = "start",
    weight: int = 400,
) -> float:
    more = "" if anchor == "start" else f' text-anchor="{anchor}"'
    more += "" if weight == 400 else f' font-weight="{weight}"'
    parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}"{more}>{_escaped(text)}</text>')
    return y


def _escaped(text: str) -> str:
    return escape(one_line(text), quote=True)
