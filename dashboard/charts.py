"""Rows to Plotly figures, and nothing of Streamlit: the swim lanes of the timeline, of a dossier, of an actor.

One lane per jurisdiction, track or dossier; a grey strip says how much happened each month, glyphs on top say
which milestones. Shape and colour both tell the family, a hollow glyph has not happened (yet), a dotted pale one
is written down from memory. Dates stand as ISO unless the page passes ``show_date``, so one figure serves any language.

Text of rows is made harmless in :mod:`dashboard.chart_look`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from plotly import graph_objects as go

from dashboard import lane_traces
from dashboard.chart_look import COLOURS, GAP_PX, GLYPH_PX, Look, look_of, plotly_text
from dashboard.lanes import EVERYTHING, SIGNIFICANCE, LaneKind, is_stretch, lane_of, lane_order, monthly, place, span
from data.rows import Density, TimelineEvent


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
    look = look_of(narrow, dark)
    codes, hidden_lane_count = lane_order(events, density, lane, max_lanes, selected)
    names = [lane_labels.get(code) or code for code in codes]
    cells = [cell for cell in density if cell.lane in codes and cell.count > 0]
    known = [event for event in events if lane_of(event, lane) in codes]
    days = [
        date.fromisoformat(day) for event in known for day in (event.date_start, event.date_end or event.date_start)
    ]
    months = {cell.bin[:7]: date.fromisoformat(cell.bin) for cell in cells}
    low, high, has_today = span([*days, *months.values()], today)
    seen = {event.date_start[:7] for event in known}
    # a month that events speak for is bounded by their days
    counted = days + [first for month, first in months.items() if month not in seen]
    gap_days = (high - low).days * (GLYPH_PX + GAP_PX) / look.plot_px
    placed, hidden_glyph_count = place(
        events, codes, lane, significance=significance, gap_days=gap_days, max_glyphs=max_glyphs, selected=selected
    )
    figure = go.Figure()
    if cells:
        figure.add_trace(lane_traces.strip(cells, codes, names, look, show_date))
    present = [family for family in COLOURS if any(one.event.family == family for one in placed)]
    for family in present:
        of_family = [one for one in placed if one.event.family == family]
        colour = COLOURS[family][dark]
        label = plotly_text(family_labels.get(family) or family, 40)
        stretches = [one for one in of_family if is_stretch(one.event)]
        if stretches:
            figure.add_trace(lane_traces.extents(stretches, family, colour, look))
        texts = [lane_traces.hover(one, names, type_labels, lang, show_date) for one in of_family]
        figure.add_trace(lane_traces.glyphs(of_family, family, label, colour, texts, look))
        figure.add_trace(lane_traces.legend_entry(family, label, colour))
    chosen = [one for one in placed if one.event.event_id == selected]
    if chosen:
        figure.add_trace(lane_traces.ring(chosen[0], look))
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


def _mark_today(figure: go.Figure, today: date, label: str, look: Look) -> None:
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
    look: Look,
    narrow: bool,
) -> None:
    limit = 44 if narrow else 30
    labels = [plotly_text(name, limit) for name in names]
    longest = max((min(len(name), limit) for name in names), default=0)
    left = 10 if narrow or not names else round(longest * 7.3) + 18
    width = look.plot_px if narrow else look.plot_px * 0.85
    rows = ceil(sum(len(name) * 6.2 + 38 for name in legend) / width) if legend else 0
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
            "nticks": 7 if narrow else 12,
            "tickformatstops": [
                {"dtickrange": [None, 86_400_000 * 27], "value": "%Y-%m-%d"},
                {"dtickrange": [86_400_000 * 27, "M11"], "value": "%Y-%m"},
                {"dtickrange": ["M12", None], "value": "%Y"},
            ],
        },
        yaxis=axis,
    )
    figure.update_layout(legend={"font": {"size": 12, "color": look.text}, "bgcolor": "rgba(0,0,0,0)"})
