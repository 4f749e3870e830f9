"""The timeline figure as plain SVG: text, lines and polygons, nothing that loads, runs or is styled from outside.

All text is escaped here; the tags are ours. Fonts are those every system has. Colours are those of a light page on a
white ground, so that the figure can stand anywhere and be printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.export.context import Context
from data.export.figure import COUNTED_LANES, DRAWN, NAME, OTHERS, Band, Bar, Mark, bands
from data.export.figure_frame import ends, footer, header, key, legend
from data.export.letters import lines, width
from data.export.phrases import counted, phrase
from data.export.plain import one_line
from data.export.svg_parts import BAR, FAINT, FONT, INK, LINE, MARGIN, SMALL, TEXT, TODAY, escaped, glyph, put_text
from data.export.wording import about, shown_date, shown_day
from data.palette import COLOURS, HOLLOW
from data.rows import TimelineEvent, localised
from data.vocabulary import Vocabulary


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
        y = header(parts, events, context, y, inner)
    found = bands(events, today, inner, limit=limit, lanes=lanes)
    left = MARGIN if framed else 0
    for band in found if events else ():
        if len(found) > 1:
            y = _caption(parts, band, context.lang, left, y)
        y = _band(parts, band, context, labels, today, left, y, inner)
        if framed and band.marks:
            y = key(parts, band.marks, context, left, y, inner)
    if not events:
        y = put_text(parts, phrase("empty", context.lang), left, y + 24, TEXT, INK) + 24
    y = legend(parts, events, found[0], context.lang, labels, left, y, inner)
    if framed:
        y = footer(parts, context, y, inner)
    height = int(y + (MARGIN if framed else 4))
    words = _words(events, found, context, labels)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{height}" viewBox="0 0 {wide} {height}" '
        f'role="img" aria-labelledby="figure-title figure-desc" xml:lang="{context.lang}" font-family="{FONT}">'
        f'<title id="figure-title">{escaped(context.view_title)}</title>'
        f'<desc id="figure-desc">{escaped(words)}</desc>'
        f"<metadata>{escaped(' | '.join(about(context)))}</metadata>"
        f'<rect width="{wide}" height="{height}" fill="#ffffff"/>'
    )
    return Drawing(head + "\n".join(parts) + "</svg>\n", wide, height, words, bool(found[0].bars))


def _caption(parts: list[str], band: Band, lang: str, left: float, y: float) -> float:
    first, last = ends([one.event for one in band.marks])
    numbers = f"{band.marks[0].number}–{band.marks[-1].number}"
    days = " – ".join(shown_day(date.fromisoformat(day), lang) for day in (first, last))
    return put_text(parts, f"{numbers} · {days}", left, y + 22, 14, INK, weight=700) + 8


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
        half = width(words, SMALL) / 2
        x = min(max(x, left + half), left + inner - half)  # words at an end of the axis stay whole
        put_text(parts, words, x, end + 19, SMALL, ink, anchor="middle", weight=weight)
    for lane in band.lanes:
        y = top + lane.top
        parts.append(f'<path d="M{left} {y:.1f}H{left + inner:.1f}" stroke="{LINE}" stroke-width="1"/>')
        name = lines(lane_name(lane.code, context, labels, _events_of(band)), TEXT, inner - 8, 1)
        parts.append(
            f'<text x="{left + 2:.1f}" y="{y + NAME - 4:.1f}" font-size="{TEXT}" font-weight="700" fill="{INK}" '
            f'stroke="#ffffff" stroke-width="4" paint-order="stroke">{escaped(name[0] if name else lane.code)}</text>'
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
        put_text(parts, words, x + shift, end + 33, SMALL, TODAY, anchor=anchor)
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
        f'<g data-event="{escaped(event.event_id)}"><title>{escaped(words)}</title>{bar}'
        f"{glyph(event, x, y, colour)}"
        f'<text x="{x + 9:.1f}" y="{y + 4:.1f}" font-size="{SMALL}" font-weight="700" fill="{INK}">{mark.number}</text>'
        "</g>"
    )


def _bar(bar: Bar, left: float, top: float) -> str:
    """Counted events: the ids stand on the bar, so that nothing of the view is lost."""
    x, y = left + bar.x, top + bar.foot - bar.height
    ids = " ".join(one.event_id for one in bar.events)
    is_hollow = all(one.status in HOLLOW for one in bar.events)
    paint = f'fill="#ffffff" stroke="{FAINT}"' if is_hollow else f'fill="{BAR}"'
    first, last = ends(bar.events)
    return (
        f'<g data-events="{escaped(ids)}"><title>{first} – {last}: {len(bar.events)}</title>'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{bar.width:.1f}" height="{bar.height:.1f}" {paint}/>'
        f'<text x="{x + bar.width / 2:.1f}" y="{y - 3:.1f}" font-size="9.5" text-anchor="middle" fill="{INK}">'
        f"{len(bar.events)}</text></g>"
    )


def _words(events: Sequence[TimelineEvent], found: Sequence[Band], context: Context, labels: Vocabulary) -> str:
    """The figure told: how many events, when, on which lanes; each event stands in its own title."""
    lang = context.lang
    if not events:
        return phrase("desc_empty", lang)
    codes = dict.fromkeys(lane.code for band in found for lane in band.lanes)
    names = [one_line(lane_name(code, context, labels, events)) for code in codes]
    shown = names[:12] + (["…"] if len(names) > 12 else [])
    first, last = (shown_day(date.fromisoformat(day), lang) for day in ends(events))
    return phrase(
        "desc", lang, count=counted(len(events), "events", lang), first=first, last=last, lanes=" ; ".join(shown)
    )
