"""Rows to Plotly figures, and nothing of Streamlit: the swim lanes of the timeline, of a dossier, of an actor.

One lane per jurisdiction, track or dossier; a grey strip says how much happened each month, glyphs on top say
which milestones. Shape and colour both tell the family, a hollow glyph has not happened (yet), a dotted pale one
is written down from memory. Dates stand as ISO unless the page passes ``show_date``, so one figure serves any language.

Plotly reads a little HTML and TeX in every text it draws: whatever comes from a row passes :func:`plotly_text`.
"""

from __future__ import annotations

import html
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from textwrap import wrap
from typing import Any

from plotly import graph_objects as go

from dashboard.lanes import (
    EVERYTHING,
    SIGNIFICANCE,
    LaneKind,
    Placed,
    is_stretch,
    lane_of,
    lane_order,
    monthly,
    place,
    span,
)
from data.rows import Density, TimelineEvent
from data.vocabulary import load_vocabulary

#: family -> colour on a light and on a dark page: told apart by colour-blind readers, 3:1 or more against the page.
COLOURS: Mapping[str, tuple[str, str]] = {
    "legislature": ("#0072b2", "#56b4e9"),
    "executive": ("#8f6400", "#e6b422"),
    "law": ("#00795c", "#2cc59a"),
    "review": ("#a8437f", "#e58fc0"),
    "enforcement": ("#c8460a", "#ff8a4c"),
    "court": ("#5b3fa6", "#b79cf2"),
    "platform": ("#3b3b3b", "#e2e2e2"),
    "society": ("#6b7280", "#9aa4b2"),
}
#: What has not happened at its date, or not yet, is drawn hollow.
HOLLOW = frozenset({"scheduled", "postponed", "cancelled"})
GLYPH_PX, GAP_PX = 12, 3
#: Stars and triangles look smaller than a square of the same size.
SCALE = {"star": 1.35, "triangle-up": 1.1, "diamond": 1.05, "cross": 1.0, "square": 0.88}
HOVER_LETTERS, HOVER_LINE = 240, 56


@dataclass(frozen=True, slots=True)
class Lanes:
    """A figure and what it does not show. ``first_on`` and ``last_on`` bound the data drawn, empty without any."""

    figure: go.Figure
    lane_count: int
    hidden_lane_count: int
    glyph_count: int
    hidden_glyph_count: int
    first_on: str
    last_on: str


@dataclass(frozen=True, slots=True)
class _Look:
    """Measures in pixels and colours of one variant. ``shift`` moves the middle line down, below a label on top."""

    lane_px: int
    plot_px: int
    shift_px: int
    row_px: int
    strip_px: int
    text: str
    faint: str
    strip: str
    halo: str
    panel: str
    today: str


def _look(narrow: bool, dark: bool) -> _Look:
    sizes = (60, 340, 9, 13, 38) if narrow else (46, 1000, 0, 13, 38)
    if dark:
        return _Look(*sizes, "#d7dce3", "#2d3540", "rgba(176,188,204,0.26)", "#0e1117", "#1d242e", "#ff9d9d")
    return _Look(*sizes, "#2f3743", "#e4e7eb", "rgba(98,110,128,0.22)", "#ffffff", "#ffffff", "#b42318")


def plotly_text(text: str, limit: int = HOVER_LETTERS) -> str:
    """``text`` for any place where Plotly draws text: one line, no tag, no entity, no formula, no hidden direction.

    Plotly turns ``<a>``, ``<b>`` or ``<br>`` into markup and text between dollar signs into TeX, whose ``\\href``
    is a link. Longer text ends with an ellipsis.
    """
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_printable(char))
    flat = " ".join(kept.replace("$", "").split())
    return _escaped(flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…")


def _escaped(text: str) -> str:
    # quotes stay: Plotly decodes few entities and would show ``&quot;`` letter by letter
    return html.escape(text, quote=False)


def _is_printable(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def _wrapped(text: str) -> str:
    cut = html.unescape(plotly_text(text))
    return "<br>".join(_escaped(line) for line in wrap(cut, HOVER_LINE))


def lanes_figure(
    events: Sequence[TimelineEvent],
    density: Sequence[Density],
    *,
    lane: LaneKind,
    lane_labels: Mapping[str, str],
    family_labels: Mapping[str, str],
    type_labels: Mapping[str, str],
    lang: str,
    today: date,
    dark: bool,
    selected: str = "",
    max_lanes: int = 14,
    max_glyphs: int = 300,
    narrow: bool = False,
    significance: Mapping[str, int] = SIGNIFICANCE,
    show_labels: bool = True,
    show_date: Callable[[str], str] = str,
    today_label: str = "",
) -> Lanes:
    """The lanes of a timeline. Every glyph carries its event's id as ``customdata``, strips carry none.

    ``density`` holds the counts of the same view (:func:`data.queries.density`); ``events`` the rows that may get
    a glyph. ``narrow`` is for a phone: labels above the lanes. The same rows always give the same figure.
    """
    look = _look(narrow, dark)
    codes, hidden_lane_count = lane_order(events, density, lane, max_lanes, selected)
    names = [lane_labels.get(code) or code for code in codes]
    cells = [cell for cell in density if cell.lane in codes]
    known = [event for event in events if lane_of(event, lane) in codes]
    days = [
        date.fromisoformat(day) for event in known for day in (event.date_start, event.date_end or event.date_start)
    ]
    counted = days + [date.fromisoformat(cell.bin) for cell in cells]
    low, high, has_today = span(counted, today)
    gap_days = (high - low).days * (GLYPH_PX + GAP_PX) / look.plot_px
    placed, hidden_glyph_count = place(
        events, codes, lane, significance=significance, gap_days=gap_days, max_glyphs=max_glyphs, selected=selected
    )
    figure = go.Figure()
    if cells:
        figure.add_trace(_strip(cells, codes, names, look, show_date))
    present = [family for family in COLOURS if any(one.event.family == family for one in placed)]
    for family in present:
        of_family = [one for one in placed if one.event.family == family]
        colour = COLOURS[family][dark]
        label = plotly_text(family_labels.get(family) or family, 40)
        stretches = [one for one in of_family if is_stretch(one.event)]
        if stretches:
            figure.add_trace(_extents(stretches, family, colour, look))
        texts = [_hover(one, names, type_labels, lang, show_date) for one in of_family]
        figure.add_trace(_glyphs(of_family, family, label, colour, texts, look))
        figure.add_trace(_legend_entry(family, label, colour))
    chosen = [one for one in placed if one.event.event_id == selected]
    if chosen:
        figure.add_trace(_ring(chosen[0], look))
    if has_today and codes:
        _mark_today(figure, today, plotly_text(today_label or show_date(today.isoformat())), look)
    legend = [family_labels.get(family) or family for family in present]
    _lay_out(figure, names if show_labels else [], len(codes), legend, (low, high), look, narrow)
    return Lanes(
        figure,
        len(codes),
        hidden_lane_count,
        len(placed),
        hidden_glyph_count,
        min(counted).isoformat() if counted else "",
        max(counted).isoformat() if counted else "",
    )


def mini_lanes(
    events: Sequence[TimelineEvent],
    *,
    lane: LaneKind = "dossier",
    lane_labels: Mapping[str, str],
    family_labels: Mapping[str, str],
    type_labels: Mapping[str, str],
    lang: str,
    today: date,
    dark: bool,
    selected: str = "",
    max_lanes: int = 4,
    max_glyphs: int = 120,
    narrow: bool = False,
    show_date: Callable[[str], str] = str,
    today_label: str = "",
) -> Lanes:
    """The lanes of one dossier or one actor: every type may get a glyph, and a single lane needs no label."""
    density = monthly(events, lane)
    return lanes_figure(
        events,
        density,
        lane=lane,
        lane_labels=lane_labels,
        family_labels=family_labels,
        type_labels=type_labels,
        lang=lang,
        today=today,
        dark=dark,
        selected=selected,
        max_lanes=max_lanes,
        max_glyphs=max_glyphs,
        narrow=narrow,
        significance=EVERYTHING,
        show_labels=len({cell.lane for cell in density} - {""}) > 1,
        show_date=show_date,
        today_label=today_label,
    )


def _height(lane: int, row: int, look: _Look) -> float:
    return lane + (look.shift_px + row * look.row_px) / look.lane_px


def _strip(
    cells: Sequence[Density], codes: Sequence[str], names: Sequence[str], look: _Look, show_date: Callable[[str], str]
) -> go.Bar:
    top = sqrt(max(cell.count for cell in cells)) or 1.0
    index = {code: number for number, code in enumerate(codes)}
    starts = [date.fromisoformat(cell.bin) for cell in cells]
    lengths = [monthrange(start.year, start.month)[1] for start in starts]
    foot = (look.shift_px + look.strip_px / 2) / look.lane_px
    return go.Bar(
        # the axis counts lanes downwards, so a strip grows from its foot by a negative height
        x=[(start + timedelta(days=length // 2)).isoformat() for start, length in zip(starts, lengths, strict=True)],
        width=[length * 86_400_000 * 0.84 for length in lengths],
        base=[index[cell.lane] + foot for cell in cells],
        y=[-max(sqrt(cell.count) / top, 0.1) * look.strip_px / look.lane_px for cell in cells],
        hovertext=[
            f"{plotly_text(show_date(cell.bin[:7]))}: {cell.count}<br>{plotly_text(names[index[cell.lane]], 60)}"
            for cell in cells
        ],
        hoverinfo="text",
        marker={"color": look.strip, "line": {"width": 0}},
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
        name="",
    )


def _glyphs(
    placed: Sequence[Placed], family: str, label: str, colour: str, texts: Sequence[str], look: _Look
) -> go.Scatter:
    base = load_vocabulary().glyph_of(family)
    symbols = [_symbol(base, one.event) for one in placed]
    size = round(GLYPH_PX * SCALE.get(base, 1.0), 1)
    opacities = [0.55 if one.event.verified == "memory" else 1.0 for one in placed]
    return go.Scatter(
        x=[one.on.isoformat() for one in placed],
        y=[_height(one.lane, one.row, look) for one in placed],
        mode="markers",
        marker={
            "symbol": symbols,
            "size": size,
            "color": colour,
            "opacity": opacities,
            "line": {"color": look.halo, "width": [2 if "-open" in symbol else 1 for symbol in symbols]},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.7}},
        customdata=[one.event.event_id for one in placed],
        hovertext=list(texts),
        hoverinfo="text",
        name=label,
        legendgroup=family,
        showlegend=False,
        meta=family,
    )


def _legend_entry(family: str, label: str, colour: str) -> go.Scatter:
    # a trace without a point: the legend would else copy the look of the first glyph, hollow or pale as it may be
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        marker={"symbol": load_vocabulary().glyph_of(family), "size": GLYPH_PX, "color": colour},
        hoverinfo="skip",
        name=label,
        legendgroup=family,
        showlegend=True,
    )


def _symbol(base: str, event: TimelineEvent) -> str:
    hollow = "-open" if event.status in HOLLOW or base.endswith("-open") else ""
    return base.removesuffix("-open") + hollow + ("-dot" if event.verified == "memory" else "")


def _hover(
    one: Placed,
    names: Sequence[str],
    type_labels: Mapping[str, str],
    lang: str,
    show_date: Callable[[str], str],
) -> str:
    event = one.event
    kind = plotly_text(type_labels.get(event.type) or event.type, 60)
    if event.status != "occurred":
        kind += f" · {plotly_text(load_vocabulary().label('statuses', event.status, lang), 40)}"
    return (
        f"{plotly_text(show_date(event.date))} · {kind}<br><b>{_wrapped(event.heading(lang))}</b>"
        f"<br>{plotly_text(names[one.lane], 60)}"
    )


def _extents(placed: Sequence[Placed], family: str, colour: str, look: _Look) -> go.Scatter:
    days: list[str | None] = []
    heights: list[float | None] = []
    for one in placed:
        height = _height(one.lane, one.row, look)
        days += [one.event.date_start, one.event.date_end, None]
        heights += [height, height, None]
    return go.Scatter(
        x=days,
        y=heights,
        mode="lines",
        line={"color": colour, "width": 1.5},
        opacity=0.5,
        hoverinfo="skip",
        legendgroup=family,
        showlegend=False,
        name="",
    )


def _ring(one: Placed, look: _Look) -> go.Scatter:
    return go.Scatter(
        x=[one.on.isoformat()],
        y=[_height(one.lane, one.row, look)],
        mode="markers",
        marker={"symbol": "circle-open", "size": GLYPH_PX * 2, "color": look.text, "line": {"width": 2}},
        hoverinfo="skip",
        showlegend=False,
        name="",
    )


def _mark_today(figure: go.Figure, today: date, label: str, look: _Look) -> None:
    line = {"color": look.today, "width": 1, "dash": "dot"}
    day = today.isoformat()
    figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", layer="below", line=line)
    figure.add_annotation(
        x=day,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right",
        text=label,
        showarrow=False,
        font={"size": 11, "color": look.today},
    )


def _lay_out(
    figure: go.Figure,
    names: Sequence[str],
    lane_count: int,
    legend: Sequence[str],
    bounds: tuple[date, date],
    look: _Look,
    narrow: bool,
) -> None:
    limit = 44 if narrow else 30
    labels = [plotly_text(name, limit) for name in names]
    longest = max((min(len(name), limit) for name in names), default=0)
    left = 10 if narrow or not names else round(longest * 7.3) + 18
    width = look.plot_px if narrow else look.plot_px * 0.8
    rows = -(-sum(len(name) * 7 + 44 for name in legend) // int(width)) if legend else 0
    top = 20 + 28 * rows
    axis: dict[str, Any] = {"range": [lane_count - 0.5, -0.5], "fixedrange": True, "zeroline": False}
    if narrow or not names:
        axis |= {"showticklabels": False, "showgrid": False}
        for number, label in enumerate(labels):
            figure.add_annotation(
                x=0,
                xref="paper",
                xanchor="left",
                y=number - 0.5,
                yanchor="top",
                text=label,
                showarrow=False,
                align="left",
                borderpad=0,
                font={"size": 12, "color": look.text},
            )
    else:
        axis |= {"tickvals": list(range(lane_count)), "ticktext": labels, "tickfont": {"size": 13, "color": look.text}}
        axis |= {"gridcolor": look.faint}
    figure.update_layout(
        height=top + 40 + max(lane_count, 1) * look.lane_px,
        margin={"l": left, "r": 10, "t": top, "b": 40},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": look.text, "size": 13},
        barmode="overlay",
        bargap=0,
        hovermode="closest",
        hoverlabel={"bgcolor": look.panel, "font": {"color": look.text, "size": 13}, "align": "left"},
        legend={"orientation": "h", "x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
        clickmode="event+select",
        dragmode=False if narrow else "pan",
        uirevision="lanes",
        xaxis={
            "type": "date",
            "range": [day.isoformat() for day in bounds],
            "gridcolor": look.faint,
            "zeroline": False,
            "tickfont": {"color": look.text, "size": 12},
            "nticks": 5 if narrow else 12,
            "tickformatstops": [
                {"dtickrange": [None, 86_400_000 * 27], "value": "%Y-%m-%d"},
                {"dtickrange": [86_400_000 * 27, "M11"], "value": "%Y-%m"},
                {"dtickrange": ["M12", None], "value": "%Y"},
            ],
        },
        yaxis=axis,
    )
    figure.update_layout(legend={"font": {"size": 12, "color": look.text}, "bgcolor": "rgba(0,0,0,0)"})
