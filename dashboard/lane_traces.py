"""The layers of the swim lanes as Plotly traces: density strips, periods, glyphs with their hover, the ring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import sqrt

from dashboard.chart_look import GLYPH_PX, Look, Trace, plotly_text, wrapped
from dashboard.lanes import Placed
from dashboard.window import bin_end, middle
from data.palette import HOLLOW, SCALE
from data.rows import Density, TimelineEvent
from data.vocabulary import load_vocabulary

DAY_MS = 86_400_000


def height(lane: int, row: int, look: Look) -> float:
    """The place of a row of a lane on the axis of lanes."""
    return lane + (look.shift_px + row * look.row_px) / look.lane_px


def strip(
    cells: Sequence[Density],
    codes: Sequence[str],
    names: Sequence[str],
    step: str,
    look: Look,
    show_bin: Callable[[str], str],
) -> Trace:
    """Counts per bin as bars at the foot of their lane, on a square-root scale common to all lanes."""
    top = sqrt(max(cell.count for cell in cells)) or 1.0
    index = {code: number for number, code in enumerate(codes)}
    starts = [date.fromisoformat(cell.bin) for cell in cells]
    ends = [bin_end(start, step) for start in starts]
    labels = [plotly_text(name, 60) for name in names]
    foot = (look.shift_px + look.strip_px / 2) / look.lane_px
    return dict(
        type="bar",
        # the axis counts lanes downwards, so a strip grows from its foot by a negative height
        x=[middle(start, end).isoformat() for start, end in zip(starts, ends, strict=True)],
        width=[(end - start).days * DAY_MS * 0.84 for start, end in zip(starts, ends, strict=True)],
        base=[index[cell.lane] + foot for cell in cells],
        y=[-max(sqrt(cell.count) / top, 0.1) * look.strip_px / look.lane_px for cell in cells],
        hovertext=[f"{plotly_text(show_bin(cell.bin))}: {cell.count}<br>{labels[index[cell.lane]]}" for cell in cells],
        hoverinfo="text",
        marker={"color": look.strip, "line": {"width": 0}},
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
        name="",
    )


def glyphs(placed: Sequence[Placed], family: str, label: str, colour: str, texts: Sequence[str], look: Look) -> Trace:
    """The glyphs of one family; ``customdata`` are the ids of their events, ``texts`` their hovers."""
    base = load_vocabulary().glyph_of(family)
    symbols = [_symbol(base, one.event) for one in placed]
    size = round(GLYPH_PX * SCALE.get(base, 1.0), 1)
    opacities = [0.55 if one.event.verified == "memory" else 1.0 for one in placed]
    return dict(
        type="scatter",
        x=[one.on.isoformat() for one in placed],
        y=[height(one.lane, one.row, look) for one in placed],
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


def legend_entry(family: str, label: str, colour: str) -> Trace:
    """The family's line in the legend; a click there hides its glyphs."""
    base = load_vocabulary().glyph_of(family)
    # a trace without a point: the legend would else copy the look of the first glyph, hollow or pale as it may be
    return dict(
        type="scatter",
        x=[None],
        y=[None],
        mode="markers",
        marker={"symbol": base, "size": GLYPH_PX * SCALE.get(base, 1), "color": colour},
        hoverinfo="skip",
        name=label,
        legendgroup=family,
        showlegend=True,
    )


def _symbol(base: str, event: TimelineEvent) -> str:
    hollow = "-open" if event.status in HOLLOW else ""
    return base + hollow + ("-dot" if event.verified == "memory" else "")


def hover(
    one: Placed,
    names: Sequence[str],
    type_labels: Mapping[str, str],
    lang: str,
    show_date: Callable[[str], str],
) -> str:
    """Date, type, state when it is not simply past, title and lane of an event, ready for Plotly."""
    event = one.event
    kind = plotly_text(type_labels.get(event.type) or event.type, 60)
    if event.status != "occurred":
        kind += f" · {plotly_text(load_vocabulary().label('statuses', event.status, lang), 40)}"
    return (
        f"{plotly_text(show_date(event.date))} · {kind}<br><b>{wrapped(event.heading(lang))}</b>"
        f"<br>{plotly_text(names[one.lane], 60)}"
    )


def periods(placed: Sequence[Placed], family: str, colour: str, look: Look) -> Trace:
    """A bar from first to last day behind the glyph of whatever is known only as a month or longer, or lasts."""
    days: list[str | None] = []
    heights: list[float | None] = []
    for one in placed:
        days += [one.event.date_start, one.event.date_end, None]
        heights += [height(one.lane, one.row, look)] * 2 + [None]
    return dict(
        type="scatter",
        x=days,
        y=heights,
        mode="lines",
        line={"color": colour, "width": 7},
        opacity=0.38,
        hoverinfo="skip",
        legendgroup=family,
        showlegend=False,
        name="",
    )


def ring(one: Placed, look: Look) -> Trace:
    """The ring around the selected event."""
    return dict(
        type="scatter",
        x=[one.on.isoformat()],
        y=[height(one.lane, one.row, look)],
        mode="markers",
        marker={"symbol": "circle-open", "size": GLYPH_PX * 2, "color": look.text, "line": {"width": 2}},
        hoverinfo="skip",
        showlegend=False,
        name="",
    )
