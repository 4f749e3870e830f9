"""What lies under and beside the glyphs: the bar of a file's stages, the curve of documents, today and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.chart_look import Look, Trace, plotly_text
from dashboard.lane_traces import DAY_MS
from dashboard.window import Window, bin_starts, middle
from data.rows import Density, StageSpan
from data.vocabulary import Vocabulary, load_vocabulary

#: for stages after which nothing is expected (closed, withdrawn, struck down): grey is not to be the only sign
HATCH = "/"
STAGE_LETTERS, LETTER_PX = 11, 6.0


def stages(
    spans: Sequence[StageSpan],
    codes: Sequence[str],
    names: Sequence[str],
    window: Window,
    look: Look,
    stage_name: Callable[[str, str], str],
    show_date: Callable[[str], str],
) -> Trace:
    """The stages of each file as a bar at the foot of its lane; ``customdata`` are the events that prove them.

    The further from the colour of the page, the later on the ladder; hatched is closed. A stage carries its name where
    it has room.
    """
    index = {code: number for number, code in enumerate(codes)}
    vocabulary = load_vocabulary()
    shown = [
        (one, max(date.fromisoformat(one.start), window.low), min(_after(one), window.high + timedelta(days=1)))
        for one in spans
    ]
    shown = [(one, start, end) for one, start, end in shown if one.dossier_id in index and start < end]
    kinds = [tone(vocabulary, one.track, one.stage) for one, _, _ in shown]
    labels = [plotly_text(stage_name(one.track, one.stage), 60) for one, _, _ in shown]
    per_day = look.plot_px / max((window.high - window.low).days, 1)
    return dict(
        type="bar",
        x=[middle(start, end).isoformat() for _, start, end in shown],
        width=[(end - start).days * DAY_MS for _, start, end in shown],
        base=[index[one.dossier_id] + (look.stage_at + look.stage_px / 2) / look.lane_px for one, _, _ in shown],
        y=[-look.stage_px / look.lane_px] * len(shown),
        text=[
            label if _fits(label, start, end, per_day) else ""
            for label, (_, start, end) in zip(labels, shown, strict=True)
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": STAGE_LETTERS, "color": [look.stages[kind][1] for kind in kinds]},
        marker={
            "color": [look.stages[kind][0] for kind in kinds],
            "line": {"color": look.halo, "width": 1},
            "pattern": {
                "fillmode": "overlay",
                "shape": [HATCH if kind == len(look.stages) - 1 else "" for kind in kinds],
                "fgcolor": look.text,
                "fgopacity": 0.35,
                "size": 5,
            },
        },
        customdata=[one.event_id for one, _, _ in shown],
        hovertext=[
            f"<b>{label}</b><br>{_since(one, show_date)}<br>{plotly_text(names[index[one.dossier_id]], 60)}"
            for label, (one, _, _) in zip(labels, shown, strict=True)
        ],
        hoverinfo="text",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
        name="",
    )


def stage_names(
    spans: Sequence[StageSpan],
    codes: Sequence[str],
    window: Window,
    look: Look,
    stage_name: Callable[[str, str], str],
) -> Trace:
    """The last stage of each file beside its bar, where the bar has no room for the name and the axis has."""
    index = {code: number for number, code in enumerate(codes)}
    per_day = look.plot_px / max((window.high - window.low).days, 1)
    days, heights, texts = [], [], []
    for one in {one.dossier_id: one for one in spans}.values():
        start, end = max(date.fromisoformat(one.start), window.low), _after(one)
        label = plotly_text(stage_name(one.track, one.stage), 60)
        room = (window.high - end).days * per_day
        if one.dossier_id in index and not _fits(label, start, end, per_day) and len(label) * LETTER_PX <= room:
            days.append(end.isoformat())
            heights.append(index[one.dossier_id] + look.stage_at / look.lane_px)
            texts.append(f" {label}")
    return dict(
        type="scatter",
        x=days,
        y=heights,
        text=texts,
        mode="text",
        textposition="middle right",
        textfont={"size": STAGE_LETTERS, "color": look.text},
        hoverinfo="skip",
        showlegend=False,
        name="",
    )


def _fits(label: str, start: date, end: date, per_day: float) -> bool:
    return len(label) * LETTER_PX + 8 <= (end - start).days * per_day


def _after(one: StageSpan) -> date:
    # a stage that was passed on the day it was reached still gets its day
    start, end = date.fromisoformat(one.start), date.fromisoformat(one.end)
    return max(end, start + timedelta(days=1))


def _since(one: StageSpan, show_date: Callable[[str], str]) -> str:
    return f"{plotly_text(show_date(one.since))} → {plotly_text(show_date(one.end))}"


def tone(vocabulary: Vocabulary, track: str, stage: str) -> int:
    """Which colour of :attr:`Look.stages`: by thirds of the ladder, the last for closed files."""
    rung = vocabulary.stage(track, stage)
    ladder = [one for one in vocabulary.stages(track) if not one.is_end]
    if rung.is_end:
        return 3
    place = next((number for number, one in enumerate(ladder) if one.code == stage), 0)
    return place * 3 // max(len(ladder), 1)


def attention(
    counts: Sequence[Density], window: Window, today: date, look: Look, show_bin: Callable[[str], str]
) -> Trace:
    """Documents per bin of the window's own step as an area; a bin without one is drawn at zero, the future not."""
    found = {one.bin: one.count for one in counts}
    last = max([*found, today.isoformat()])
    bins = [(start, end) for start, end in bin_starts(window.low, window.high, window.step)
            if start.isoformat() <= last]  # fmt: skip
    numbers = [found.get(start.isoformat(), 0) for start, _ in bins]
    return dict(
        type="scatter",
        x=[middle(start, end).isoformat() for start, end in bins],
        y=numbers,
        yaxis="y2",
        mode="lines",
        line={"color": look.text, "width": 1, "shape": "hvh"},
        fill="tozeroy",
        fillcolor=look.strip,
        hovertext=[
            f"{plotly_text(show_bin(start.isoformat()))}: {n}" for (start, _), n in zip(bins, numbers, strict=True)
        ],
        hoverinfo="text",
        showlegend=False,
        name="",
    )


def mark_today(layout: dict[str, Any], today: date, window: Window, labels: Mapping[str, str], look: Look) -> None:
    """A line at today and a shade over what follows, both named: what stands there is planned, not done."""
    start = max(today, window.low)
    day = start.isoformat()
    place = {"y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    shade = {"fillcolor": look.future, "line": {"width": 0}}
    layout["shapes"].append({"type": "rect", "x0": day, "x1": window.high.isoformat(), **place, **shade})
    notes = []
    if today >= window.low:
        line = {"color": look.today, "width": 1, "dash": "dot"}
        layout["shapes"].append({"type": "line", "x0": day, "x1": day, **place, "line": line})
        notes.append(("today", "right", look.today))
    room = (window.high - start).days / max((window.high - window.low).days, 1) * look.plot_px
    if room >= len(labels["planned"]) * 7 + 8:
        notes.append(("planned", "left", look.text))
    layout["annotations"] += [
        {
            **{"x": day, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": anchor, "showarrow": False},
            **{"text": plotly_text(labels[name], 30), "font": {"size": 11, "color": colour}},
        }
        for name, anchor, colour in notes
    ]
