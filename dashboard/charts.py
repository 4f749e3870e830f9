"""Rows to Plotly figures, and nothing of Streamlit: the swim lanes of the timeline, of a dossier, of an actor.

One lane per jurisdiction, track, dossier or actor; a grey strip says how much happened in each bin of time, glyphs on
top say which milestones. Shape and colour both tell the family, a hollow glyph has not happened (yet), a dotted pale
one is written down from memory, a bar behind a glyph is all that is known of its date. Lanes of dossiers carry a bar
of stages; below all lanes a curve counts documents. Dates stand as ISO unless the page passes ``show_date``.

Text of rows is made harmless in :mod:`dashboard.chart_look`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

from plotly import graph_objects as go

from dashboard import lane_bands, lane_traces
from dashboard.chart_look import GAP_PX, GLYPH_PX, Look, Trace, look_of, plotly_text, wrapped
from dashboard.lanes import SIGNIFICANCE, LaneKind, is_period, place
from dashboard.window import Window
from data.palette import COLOURS, HOLLOW
from data.rows import Density, StageSpan, TimelineEvent

#: height of the curve of documents and the room above it
CURVE_PX, CURVE_GAP_PX = 54, 26
#: letters of a line of a lane's label on a wide page; it may take two
LABEL_LETTERS = 28


@dataclass(frozen=True, slots=True)
class Rows:
    """What is drawn. ``lanes`` are (code, name) from the top; ``cells`` count per bin of ``step``.

    ``events`` may get a glyph; ``milestone_count`` is how many there are in all (0: those given).
    """

    lanes: Sequence[tuple[str, str]]
    events: Sequence[TimelineEvent]
    cells: Sequence[Density]
    step: str = "month"
    milestone_count: int = 0
    stages: Sequence[StageSpan] = ()
    attention: Sequence[Density] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """How the figure speaks. ``show_date`` gets partial ISO dates, ``show_bin`` a first day and the step."""

    lang: str
    families: Mapping[str, str]
    types: Mapping[str, str]
    #: ``today``, ``planned`` and ``attention``
    labels: Mapping[str, str]
    show_date: Callable[[str], str] = str
    show_bin: Callable[[str, str], str] = lambda first, step: first[:7] if step == "month" else first
    stage_name: Callable[[str, str], str] = lambda track, code: code
    #: how d3 writes a day and a month under the axis; its names of months are English
    ticks: Mapping[str, str] = field(default_factory=lambda: {"day": "%-d %b %Y", "month": "%b %Y"})


@dataclass(frozen=True, slots=True)
class Lanes:
    """A figure as Plotly writes it down, what it does not show, and which kinds of marks it holds.

    A legend need name no other marks.
    """

    spec: dict[str, Any]
    lane_count: int
    glyph_count: int
    hidden_glyph_count: int
    marks: frozenset[str]

    @property
    def figure(self) -> go.Figure:
        """The figure with every property checked by Plotly: what the tests look at. Raises ValueError for a bad one."""
        return go.Figure(self.spec)

    def quick_figure(self) -> go.Figure:
        """The same unchecked, for the page: the check costs five times what drawing the figure up does."""
        return go.Figure(self.spec, _validate=False)


def lanes_figure(
    rows: Rows,
    words: Words,
    *,
    lane: LaneKind,
    window: Window,
    today: date,
    dark: bool,
    selected: str = "",
    max_glyphs: int = 300,
    narrow: bool = False,
    significance: Mapping[str, int] = SIGNIFICANCE,
    show_labels: bool = True,
) -> Lanes:
    """The lanes of a timeline. Every glyph carries its event's id as ``customdata``, strips carry none.

    ``narrow`` is for a phone: labels above the lanes. The same rows always give the same figure.
    """
    codes, names = [code for code, _ in rows.lanes], [name for _, name in rows.lanes]
    look = look_of(narrow, dark, staged=bool(rows.stages))
    candidates = [one for one in rows.events if one.type in significance or is_period(one) or one.event_id == selected]
    gap_days = (window.high - window.low).days * (GLYPH_PX + GAP_PX) / look.plot_px
    placed = place(
        candidates, codes, lane, window=window, significance=significance, gap_days=gap_days, max_glyphs=max_glyphs,
        selected=selected,
    )  # fmt: skip
    drawn = {one.event.event_id for one in placed}
    hidden = max(rows.milestone_count, len(candidates)) - len(drawn)
    cells = [cell for cell in rows.cells if cell.lane in codes and cell.count > 0]
    if all(one.event_id in drawn for one in rows.events) and sum(cell.count for cell in cells) <= len(placed):
        cells = []  # every event has its glyph: a strip would only say so again
    traces: list[Trace] = []
    if cells:
        traces.append(
            lane_traces.strip(cells, codes, names, rows.step, look, lambda first: words.show_bin(first, rows.step))
        )
    if rows.stages:
        traces.append(lane_bands.stages(rows.stages, codes, names, window, look, words.stage_name, words.show_date))
        traces.append(lane_bands.stage_names(rows.stages, codes, window, look, words.stage_name))
    present = [family for family in COLOURS if any(one.event.family == family for one in placed)]
    for family in present:
        traces += _family([one for one in placed if one.event.family == family], family, names, words, look, dark)
    traces += [lane_traces.ring(one, look) for one in placed if one.event.event_id == selected]
    has_curve = bool(codes) and any(one.count for one in rows.attention)
    if has_curve:
        traces.append(
            lane_bands.attention(rows.attention, window, today, look, lambda first: words.show_bin(first, window.step))
        )
    legend = [words.families.get(family) or family for family in present]
    layout = _layout(
        names if show_labels else [],
        len(codes),
        legend,
        has_curve,
        window,
        look,
        narrow,
        bool(rows.stages),
        words.ticks,
    )
    if today <= window.high and codes:
        lane_bands.mark_today(layout, today, window, words.labels, look)
    if has_curve:
        _place_curve(layout, words.labels["attention"], max(traces[-1]["y"]), look, narrow)
    told = {
        "hollow": any(one.event.status in HOLLOW for one in placed),
        "memory": any(one.event.verified == "memory" for one in placed),
        "period": any(is_period(one.event) for one in placed),
        "strip": bool(cells),
        "stages": bool(rows.stages),
        "attention": has_curve,
        "future": today <= window.high and bool(codes),
    }
    marks = frozenset(name for name, is_there in told.items() if is_there)
    return Lanes({"data": traces, "layout": layout}, len(codes), len(drawn), max(hidden, 0), marks)


def mark_count(figure: go.Figure) -> int:
    """How many points, bars and ends of lines a figure sends to the browser."""
    return sum(sum(one is not None for one in trace.x) for trace in figure.data)


def _family(
    placed: Sequence[Any],
    family: str,
    names: Sequence[str],
    words: Words,
    look: Look,
    dark: bool,
) -> list[Trace]:
    """Periods, glyphs and the line of the legend of one family."""
    colour = COLOURS[family][dark]
    label = plotly_text(words.families.get(family) or family, 40)
    periods = [one for one in placed if is_period(one.event)]
    texts = [lane_traces.hover(one, names, words.types, words.lang, words.show_date) for one in placed]
    return [
        *([lane_traces.periods(periods, family, colour, look)] if periods else []),
        lane_traces.glyphs(placed, family, label, colour, texts, look),
        lane_traces.legend_entry(family, label, colour),
    ]


def _layout(
    names: Sequence[str],
    lane_count: int,
    legend: Sequence[str],
    has_curve: bool,
    window: Window,
    look: Look,
    narrow: bool,
    staged: bool,
    ticks: Mapping[str, str],
) -> dict[str, Any]:
    """Axes, margins and labels; the curve of documents gets the room below the lanes."""
    limit, lines = (44, 1) if narrow else (LABEL_LETTERS, 3 if staged else 2)
    labels = [plotly_text(name, limit) if narrow else wrapped(name, limit, lines) for name in names]
    longest = max((min(len(name), limit) for name in names), default=0)
    left = 10 if narrow or not names else round(longest * 7.3) + 18
    if has_curve and not narrow:
        left = max(left, 140)
    width = look.plot_px if narrow else look.plot_px * 0.85
    rows = ceil(sum(len(name) * 6.2 + 38 for name in legend) / width) if legend else 0
    top = 24 + 28 * rows
    lanes_px = max(lane_count, 1) * look.lane_px
    curve_px = CURVE_PX + CURVE_GAP_PX if has_curve else 0
    notes: list[dict[str, Any]] = []
    axis: dict[str, Any] = {
        "range": [lane_count - 0.5, -0.5],
        "fixedrange": True,
        "zeroline": False,
        "domain": [curve_px / (lanes_px + curve_px), 1],
    }
    if narrow or not names:
        axis |= {"showticklabels": False, "showgrid": False}
        notes = [
            _note(label, look, x=0, y=number - 0.5, xanchor="left", yanchor="top")
            for number, label in enumerate(labels)
        ]
    else:
        axis |= {"tickvals": list(range(lane_count)), "ticktext": labels, "tickfont": {"size": 13, "color": look.text}}
        axis |= {"gridcolor": look.faint}
    return {
        "height": top + 40 + lanes_px + curve_px,
        "margin": {"l": left, "r": 26 if has_curve else 10, "t": top, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": look.text, "size": 13},
        "barmode": "overlay",
        "bargap": 0,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": look.panel, "font": {"color": look.text, "size": 13}, "align": "left"},
        "legend": {
            **{"orientation": "h", "x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
            **{"font": {"size": 12, "color": look.text}, "bgcolor": "rgba(0,0,0,0)"},
        },
        "clickmode": "event+select",
        "dragmode": False,
        "uirevision": f"{window.low}/{window.high}",
        "xaxis": {
            "type": "date",
            "range": [window.low.isoformat(), window.high.isoformat()],
            "anchor": "y2" if has_curve else "y",
            "gridcolor": look.faint,
            "zeroline": False,
            "tickangle": 0,
            "tickfont": {"color": look.text, "size": 12},
            "nticks": 6 if narrow else 12,
            "tickformatstops": [
                {"dtickrange": [None, 86_400_000 * 27], "value": ticks["day"]},
                {"dtickrange": [86_400_000 * 27, "M11"], "value": ticks["month"]},
                {"dtickrange": ["M12", None], "value": "%Y"},
            ],
        },
        "yaxis": axis,
        "annotations": notes,
        "shapes": [],
    }


def _place_curve(layout: dict[str, Any], name: str, top: int, look: Look, narrow: bool) -> None:
    """The axis of the curve: its name where the lanes have theirs, its highest number on the right."""
    domain = layout["yaxis"]["domain"][0] * CURVE_PX / (CURVE_PX + CURVE_GAP_PX)
    layout["yaxis2"] = {
        "domain": [0, domain],
        "anchor": "x",
        "side": "right",
        "range": [0, top * 1.08],
        "tickvals": [0, top],
        "tickfont": {"size": 11, "color": look.text},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    if narrow:
        note = _note(plotly_text(name, 60), look, x=0, y=domain, yref="paper", xanchor="left", yanchor="bottom")
    else:
        note = _note(wrapped(name, 18), look, x=0, y=domain / 2, yref="paper", xanchor="right", yanchor="middle")
    layout["annotations"].append(note)


def _note(text: str, look: Look, *, x: float, y: float, **place: str) -> dict[str, Any]:
    """Words beside the lanes, where no glyph stands."""
    return {
        "x": x,
        "xref": "paper",
        "y": y,
        "text": text,
        "showarrow": False,
        "align": "right" if place["xanchor"] == "right" else "left",
        "borderpad": 0,
        "xshift": -8 if place["xanchor"] == "right" else 0,
        "font": {"size": 12, "color": look.text},
        **place,
    }
