"""Rows to Plotly figures. No Streamlit here: the same figure can be tested, shown or exported.

Every text in a figure passes :func:`dashboard.safe.safe_plot`: Plotly reads HTML tags and formulas in labels.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date

import plotly.graph_objects as go

from dashboard.dates import show_date, show_when
from dashboard.i18n import label, t
from dashboard.lanes import Glyph, Layout, middle
from dashboard.safe import safe_plot
from data.vocabulary import load_vocabulary

#: mid-tones that read on white and on near-black; shape tells the same as colour
COLOURS = {
    "legislature": "#3b7dd8",
    "executive": "#b8860b",
    "law": "#2a9d5c",
    "review": "#9467bd",
    "enforcement": "#d1495b",
    "court": "#cc6a1a",
    "platform": "#0e8f9b",
    "society": "#7d8590",
}
GREY = "rgba(128, 136, 145, 0.5)"
LINE = "rgba(128, 136, 145, 0.25)"
LANE_PX = 50
_BAR_FLOOR, _BAR_ROOM = -0.46, 0.38
_ROW_OFFSET = (0.06, 0.36)


def symbol(family: str, *, hollow: bool = False) -> str:
    """The marker of a family; hollow when the event is only planned. Public debate is a tick, smaller than a law."""
    if family == "society":
        return "line-ns-open"
    name = load_vocabulary().glyph_of(family).removesuffix("-open")
    return f"{name}-open" if hollow else name


def lanes_figure(
    layout: Layout,
    names: Mapping[str, str],
    lang: str,
    today: date,
    *,
    phone: bool = False,
    ink: str = "#0b0c0c",
) -> go.Figure:
    """Swim lanes: a grey strip of counts per month under glyphs for the milestones.

    ``names`` are the words of the lanes, ``ink`` the colour of text on the page. A glyph carries its event id
    as ``customdata``.
    """
    figure = go.Figure()
    count = len(layout.lanes)
    place = {lane: count - 1 - number for number, lane in enumerate(layout.lanes)}
    _bars(figure, layout, place, names, lang)
    for family in load_vocabulary().codes("families"):
        glyphs = [one for one in layout.glyphs if one.event.family == family]
        for hollow in (False, True):
            drawn = [one for one in glyphs if (one.event.status == "scheduled") == hollow]
            if drawn:
                first = not hollow or len(drawn) == len(glyphs)
                _glyphs(figure, family, drawn, layout, names, lang, hollow=hollow, in_legend=first)
    for lane in layout.lanes:
        figure.add_shape(
            type="line",
            xref="paper",
            x0=0,
            x1=1,
            y0=place[lane] + _BAR_FLOOR,
            y1=place[lane] + _BAR_FLOOR,
            line={"color": LINE, "width": 1},
            layer="below",
        )
    if layout.start <= today <= layout.end:
        figure.add_vline(x=today.isoformat(), line={"color": "#d1495b", "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=today.isoformat(), y=1, yref="paper", yanchor="bottom", text=safe_plot(t("chart.today", lang)),
            showarrow=False, font={"color": "#d1495b", "size": 12},
        )  # fmt: skip
    cut = 14 if phone else 30
    figure.update_layout(
        height=max(count, 1) * LANE_PX + 130,
        margin={"l": 8, "r": 12, "t": 64, "b": 36},
        barmode="overlay",
        bargap=0,
        dragmode=False if phone else "pan",
        hovermode="closest",
        hoverlabel={"align": "left"},
        legend={
            "orientation": "h",
            "yanchor": "top",
            "y": 0.995,
            "yref": "container",
            "x": 0,
            "itemsizing": "constant",
            "font": {"color": ink, "size": 13},
        },
        clickmode="event+select",
        uirevision="lanes",
    )
    figure.update_xaxes(
        type="date",
        range=[layout.start.isoformat(), layout.end.isoformat()],
        showgrid=True,
        gridcolor=LINE,
        hoverformat="%Y-%m-%d",
        **_ticks(layout),
        tickfont={"color": ink, "size": 13},
        zeroline=False,
    )
    figure.update_yaxes(
        range=[-0.55, count - 0.35],
        tickmode="array",
        tickvals=[place[lane] for lane in layout.lanes],
        ticktext=[safe_plot(names.get(lane, lane), cut) for lane in layout.lanes],
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        automargin=True,
        tickfont={"color": ink, "size": 13},
    )
    return figure


def _ticks(layout: Layout) -> dict[str, str]:
    """Whole years in a long view, else as Plotly finds best, in numbers that need no translation."""
    days = (layout.end - layout.start).days
    if days > 1500:
        return {"tickformat": "%Y", "dtick": "M24" if days > 5500 else "M12", "tick0": "2000-01-01"}
    return {"tickformat": "%m/%Y" if days > 75 else "%d/%m/%Y"}


def _bars(figure: go.Figure, layout: Layout, place: dict[str, int], names: Mapping[str, str], lang: str) -> None:
    """The strip: one bar per lane and month. Heights grow with the square root, so that one event is still seen."""
    if not layout.bars:
        return
    most = max(one.count for one in layout.bars)
    starts = [date.fromisoformat(one.bin) for one in layout.bars]
    lengths = [calendar.monthrange(day.year, day.month)[1] for day in starts]
    figure.add_trace(
        go.Bar(
            x=[
                date.fromordinal(day.toordinal() + length // 2).isoformat()
                for day, length in zip(starts, lengths, strict=True)
            ],
            y=[(0.28 + 0.72 * ((one.count - 1) / max(most - 1, 1)) ** 0.5) * _BAR_ROOM for one in layout.bars],
            base=[place[one.lane] + _BAR_FLOOR for one in layout.bars],
            width=[length * 86_400_000 * 0.86 for length in lengths],
            marker={"color": GREY, "line": {"width": 0}},
            name=safe_plot(t("chart.rest", lang)),
            hovertext=[
                safe_plot(
                    t("chart.bar", lang, n=one.count, lane=names.get(one.lane, one.lane), month=show_date(one.bin[:7], lang))
                )
                for one in layout.bars
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )


def _glyphs(
    figure: go.Figure,
    family: str,
    glyphs: list[Glyph],
    layout: Layout,
    names: Mapping[str, str],
    lang: str,
    *,
    hollow: bool,
    in_legend: bool,
) -> None:
    """One family, either what happened (filled) or what is planned (hollow); one entry of the legend for both."""
    count = len(layout.lanes)
    figure.add_trace(
        go.Scatter(
            x=[middle(one.event).isoformat() for one in glyphs],
            y=[count - 1 - one.lane + _ROW_OFFSET[one.row] for one in glyphs],
            mode="markers+text",
            name=safe_plot(label("families", family, lang)),
            legendgroup=family,
            showlegend=in_legend,
            marker={
                "symbol": symbol(family, hollow=hollow),
                "size": 15 if family == "law" else 12,
                "color": COLOURS[family],
                "opacity": 1,
                "line": {"width": 2 if hollow or family == "society" else 1, "color": COLOURS[family]},
            },
            text=["?" if one.event.verified == "memory" else "" for one in glyphs],
            textposition="middle right",
            textfont={"size": 12, "color": COLOURS[family]},
            customdata=[[one.event.event_id] for one in glyphs],
            hovertext=[_hover(one, names, layout, lang) for one in glyphs],
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1, "size": 20}},
            unselected={"marker": {"opacity": 1}, "textfont": {"color": COLOURS[family]}},
        )
    )


def _hover(glyph: Glyph, names: Mapping[str, str], layout: Layout, lang: str) -> str:
    event = glyph.event
    marks = [label("event_types", event.type, lang)]
    if event.status != "occurred":
        marks.append(label("statuses", event.status, lang))
    if event.verified == "memory":
        marks.append(label("verification", "memory", lang))
    lines = [
        f"{show_when(event, lang)} · {names.get(layout.lanes[glyph.lane], layout.lanes[glyph.lane])}",
        *_wrap(event.heading(lang)),
        " · ".join(marks),
    ]
    return "<br>".join(safe_plot(line) for line in lines)


def _wrap(text: str, width: int = 60) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            if len(lines) == 3:
                lines[-1] += "…"
                break
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def lanes_alt(layout: Layout, names: Mapping[str, str], lang: str, total: int) -> str:
    """The figure in words, for those who cannot see it: what it shows and where the same rows are."""
    counts: dict[str, int] = {}
    for one in layout.bars:
        counts[one.lane] = counts.get(one.lane, 0) + one.count
    told = ", ".join(f"{names.get(lane, lane)} {counts.get(lane, 0)}" for lane in layout.lanes[:8])
    return t(
        "chart.alt", lang, total=total, start=show_date(layout.start.isoformat()[:7], lang),
        end=show_date(layout.end.isoformat()[:7], lang), lanes=told, glyphs=len(layout.glyphs),
    )  # fmt: skip
