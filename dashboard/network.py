"""Who acts with an actor, as a figure: the actor in the middle, the others around it. Rows in, figure out.

The layout is arithmetic: everybody on one arc to the right and one to the left, grouped by sign, most often first;
labels stand outside and never meet. The same rows always give the same figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import cos, pi
from typing import Any

from plotly import graph_objects as go

from dashboard.chart_look import Look, look_of, plotly_text, wrapped
from data.palette import COLOURS
from data.rows import Neighbour
from data.vocabulary import load_vocabulary

#: sign of the kinds of actors (their ``glyph`` in the vocabulary) -> whose colours it takes; the shape tells the same
SIGNS = {
    "circle": "legislature",
    "square": "court",
    "pentagon": "enforcement",
    "diamond": "platform",
    "triangle-up": "law",
    "cross": "society",
}
ROW_PX, MARGIN_PX = 30, 60
#: width of a line by how often two act together
WIDTHS = ((1, 1.0), (3, 2.0), (8, 3.5))
LETTERS = 34


def figure(
    centre: str,
    neighbours: Sequence[Neighbour],
    *,
    names: Mapping[str, str],
    kind_labels: Mapping[str, str],
    evidence: Callable[[Neighbour], str],
    dark: bool,
    narrow: bool = False,
    selected: str = "",
) -> go.Figure:
    """The network of one actor. Every node and the dot on its line carry the other's id as ``customdata``.

    ``names`` are shown names by id, ``evidence`` says in words how often, when last and in what two act together.
    """
    look = look_of(narrow, dark)
    placed = _placed(neighbours, narrow)
    drawn = go.Figure()
    for _, width in WIDTHS:
        ends = [at for one, at in placed if _width(one.count) == width]
        if ends:
            drawn.add_trace(_lines(ends, width, look.text, 0.35))
    chosen = [at for one, at in placed if one.actor_id == selected]
    if chosen:
        drawn.add_trace(_lines(chosen, WIDTHS[-1][1], look.today, 1))
    hovers = [f"<b>{plotly_text(names[one.actor_id], 80)}</b><br>{wrapped(evidence(one))}" for one, _ in placed]
    drawn.add_trace(
        go.Scatter(
            x=[x * 0.55 for _, (x, _) in placed],
            y=[y * 0.55 for _, (_, y) in placed],
            mode="markers",
            marker={"size": 9, "symbol": "circle", "color": look.panel, "line": {"width": 1.5, "color": look.text}},
            customdata=[one.actor_id for one, _ in placed],
            hovertext=hovers,
            hoverinfo="text",
            showlegend=False,
            name="",
        )
    )
    for sign in dict.fromkeys(_sign(one) for one, _ in placed):
        drawn.add_trace(_nodes(sign, placed, hovers, names, kind_labels, dark, look, selected))
    drawn.add_trace(
        go.Scatter(
            x=[0],
            y=[0],
            mode="markers+text",
            marker={"size": 22, "symbol": "circle", "color": look.text},
            text=[f"<b>{plotly_text(centre, LETTERS)}</b>"],
            textposition="top center",
            textfont={"size": 14, "color": look.text},
            hoverinfo="skip",
            showlegend=False,
            name="",
        )
    )
    _lay_out(drawn, len(placed), look, narrow)
    return drawn


def _placed(neighbours: Sequence[Neighbour], narrow: bool) -> list[tuple[Neighbour, tuple[float, float]]]:
    """Each with its place: down the right side, then up the left; on a phone all on the right."""
    order = list(SIGNS)
    ranked = sorted(neighbours, key=lambda one: (order.index(_sign(one)), -one.count, one.actor_id))
    right = len(ranked) if narrow else -(-len(ranked) // 2)
    placed = []
    for number, one in enumerate(ranked):
        on_right = number < right
        count = right if on_right else len(ranked) - right
        step = number if on_right else len(ranked) - 1 - number
        height = 1 - 2 * (step + 0.5) / count
        reach = 0.62 + 0.38 * cos(height * pi / 2)
        placed.append((one, (reach if on_right else -reach, height)))
    return placed


def _sign(one: Neighbour) -> str:
    return load_vocabulary().glyph_of(one.kind, "actor_kinds")


def _width(count: int) -> float:
    return next(width for floor, width in reversed(WIDTHS) if count >= floor)


def _lines(ends: Sequence[tuple[float, float]], width: float, colour: str, opacity: float) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for x, y in ends:
        xs += [0, x, None]
        ys += [0, y, None]
    line = {"width": width, "color": colour}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, opacity=opacity, hoverinfo="skip", showlegend=False, name="")


def _nodes(
    sign: str,
    placed: Sequence[tuple[Neighbour, tuple[float, float]]],
    hovers: Sequence[str],
    names: Mapping[str, str],
    kind_labels: Mapping[str, str],
    dark: bool,
    look: Look,
    selected: str,
) -> go.Scatter:
    mine = [(one, at, hover) for (one, at), hover in zip(placed, hovers, strict=True) if _sign(one) == sign]
    kinds = dict.fromkeys(kind_labels.get(one.kind, one.kind) for one, _, _ in mine)
    return go.Scatter(
        x=[x for _, (x, _), _ in mine],
        y=[y for _, (_, y), _ in mine],
        mode="markers+text",
        marker={
            "symbol": sign,
            "size": 13,
            "color": COLOURS[SIGNS[sign]][dark],
            "line": {"width": [3 if one.actor_id == selected else 1 for one, _, _ in mine], "color": look.text},
        },
        # no-break spaces: the letters would touch the sign, and Plotly leaves plain ones out
        text=[
            f"\u00a0\u00a0{plotly_text(names[one.actor_id], LETTERS)} · {one.count}\u00a0\u00a0" for one, _, _ in mine
        ],
        textposition=["middle right" if x > 0 else "middle left" for _, (x, _), _ in mine],
        textfont={"size": 13, "color": look.text},
        customdata=[one.actor_id for one, _, _ in mine],
        hovertext=[hover for _, _, hover in mine],
        hoverinfo="text",
        cliponaxis=False,
        name=plotly_text(", ".join(kinds), 60),
    )


def _lay_out(drawn: go.Figure, count: int, look: Look, narrow: bool) -> None:
    rows = count if narrow else -(-count // 2)
    hidden: dict[str, Any] = {"visible": False, "fixedrange": True}
    drawn.update_layout(
        height=max(rows, 6) * ROW_PX + 2 * MARGIN_PX,
        margin={"l": 10, "r": 10, "t": MARGIN_PX, "b": 20},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": look.text, "size": 13},
        hovermode="closest",
        hoverlabel={"bgcolor": look.panel, "font": {"color": look.text, "size": 13}, "align": "left"},
        legend={
            **{"orientation": "h", "x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
            **{"font": {"size": 12, "color": look.text}, "bgcolor": "rgba(0,0,0,0)", "itemclick": False},
            "itemdoubleclick": False,
        },
        clickmode="event+select",
        dragmode=False,
        uirevision="network",
        xaxis={**hidden, "range": [-0.15, 2.3] if narrow else [-2.1, 2.1]},
        yaxis={**hidden, "range": [-1.12, 1.12]},
    )
