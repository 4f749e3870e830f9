"""The lanes on a page: the questions behind them, the figure, its legend in words, and its numbers as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, store, who, zoom
from dashboard.dates import show_date
from dashboard.glyphs import stage_words
from dashboard.i18n import label, labels, number, plural, t
from dashboard.lanes import EVERYTHING, PER_BIN, SIGNIFICANCE, LaneKind
from dashboard.safe import safe_md
from dashboard.window import Window, bin_of
from data import queries
from data.rows import Density, StageSpan, localised
from data.view import View

if TYPE_CHECKING:
    from dashboard.charts import Lanes, Rows

#: up to so many events everything is drawn: a single law or actor tells its whole story
SMALL = 80
MAX_LANES = 20
#: the most bars of a strip that are sent; more make it count by the next longer step
MAX_CELLS = 600
MAX_GLYPHS = 300
#: events asked for: some find no room
CANDIDATES = 600
#: stretches of time of a lane in which glyphs compete, as many as stand side by side
STRETCHES = 33
#: bins of the curve told in words
TOLD = 60
MARKS = ("hollow", "memory", "period", "strip", "stages", "future", "attention")
CONFIG = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "scrollZoom": False,
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
}


def figure(
    view: View,
    total: int,
    lang: str,
    *,
    key: str,
    by: LaneKind,
    window: Window | None = None,
    attention: bool = False,
) -> None:
    """The swim lanes with their legend in words; without a window that of the address. The view has events."""
    from dashboard import charts  # Plotly: only pages with a figure pay for it

    window = window or zoom.asked(view, total)
    shown = in_window(view, window)
    selected = address.get("event")
    everything = total <= SMALL or window.zoom == "days"
    ranks = EVERYTHING if everything else SIGNIFICANCE
    rows, lane_total = gather(shown, lang, by, window, ranks=ranks, selected=selected, attention=attention)
    if not rows.lanes:
        st.info(t("chart.no_lane", lang))
        return
    attention_name = t(f"chart.attention_{window.step}", lang)
    words = charts.Words(
        lang=lang,
        families=labels("families", lang),
        types=labels("event_types", lang),
        labels={"today": t("chart.today", lang), "planned": t("chart.planned", lang), "attention": attention_name},
        show_date=lambda iso: show_date(iso, lang),
        show_bin=lambda first, step: bin_name(first, step, lang),
        stage_name=lambda track, code: stage_words(track, code, lang),
        ticks={"day": t("chart.tick_day", lang), "month": t("chart.tick_month", lang)},
    )
    lanes = charts.lanes_figure(
        rows,
        words,
        lane=by,
        window=window,
        today=date.fromisoformat(store.today()),
        dark=address.is_dark(),
        selected=selected,
        max_glyphs=MAX_GLYPHS,
        narrow=address.is_phone(),
        significance=ranks,
        show_labels=len(rows.lanes) > 1 or by != "dossier",
    )
    name = f"lanes-{key}-{by}-{window.low}-{window.high}"
    st.plotly_chart(
        lanes.quick_figure(),
        key=name,
        on_select=lambda: _picked_glyph(name),
        selection_mode="points",
        config=CONFIG,
        alt=alt(lanes, rows, window, lang),
    )
    marks, counts = legend(lanes, rows, lane_total, lang)
    if address.is_phone():  # there the whole of it is as long as the figure
        st.caption(" ".join([t("chart.legend", lang), *counts]))
        if marks:
            with st.expander(t("chart.how", lang), type="compact", key=f"how-{key}"):
                st.caption("  \n".join(marks))
    else:
        st.caption(" ".join([t("chart.legend", lang), *marks, *counts]))
    _numbers(rows, window, lang, key=key)


def in_window(view: View, window: Window) -> View:
    """The view with the bounds of the window, where it does not show everything."""
    if window.is_whole:
        return view
    return replace(
        view,
        since=max(window.low, view.since) if view.since else window.low,
        until=min(window.high, view.until) if view.until else window.high,
    )


def gather(
    view: View,
    lang: str,
    by: LaneKind,
    window: Window,
    *,
    ranks: Mapping[str, int],
    selected: str = "",
    attention: bool = False,
) -> tuple[Rows, int]:
    """What the figure of a view draws, counted by the database, and how many lanes there are."""
    from dashboard import charts

    found, lane_total = store.ask(queries.lanes, view, by, limit=MAX_LANES, selected=selected)
    codes = [one.code for one in found]
    if by in ("jurisdiction", "track"):
        names = [label(f"{by}s", code, lang) for code in codes]
    else:
        names = [localised(one.titles, lang, one.title) or one.code for one in found]
    if by == "actor":
        names = [who.name_of(code, name, "", lang) for code, name in zip(codes, names, strict=True)]
    cells, step = _cells(view, by, codes, window.step)
    days = max((window.high - window.low).days, 1)
    events, milestone_count = store.ask(
        queries.milestones, view, by, codes, ranks=dict(ranks), step=step, stretch_days=days / STRETCHES,
        per_stretch=PER_BIN, limit=CANDIDATES, selected=selected,
    )  # fmt: skip
    spans = store.ask(queries.stage_history, codes, store.today()) if by == "dossier" else []
    curve = store.ask(queries.attention, _period(view, window), window.step) if attention else []
    lanes = list(zip(codes, names, strict=True))
    return charts.Rows(lanes, events, cells, step, milestone_count, spans, curve), lane_total


def _cells(view: View, by: LaneKind, codes: list[str], step: str) -> tuple[list[Density], str]:
    """The counts of the strip with the shortest step, not below ``step``, that stays readable and small to send."""
    steps = queries.STEPS[queries.STEPS.index(step) :]
    for wider in steps:
        cells = store.ask(queries.bins, view, by, codes, wider)
        if len(cells) <= MAX_CELLS:
            break
    return cells, wider


def _period(view: View, window: Window) -> View:
    """Place and period alone: what the documents of a curve are chosen by. None is counted outside the axis."""
    return View(
        jurisdictions=view.jurisdictions,
        since=max(bin_of(window.low, window.step), view.since or date.min),
        until=min(window.high, view.until or date.max),
    )


def bin_name(first: str, step: str, lang: str) -> str:
    """The bin that begins with an ISO day, in words."""
    if step == "week":
        return t("date.week", lang, date=show_date(first, lang))
    if step == "quarter":
        return t("date.quarter", lang, n=(int(first[5:7]) + 2) // 3, year=first[:4])
    return show_date(first[: {"month": 7, "year": 4}.get(step, 10)], lang)


def alt(lanes: Lanes, rows: Rows, window: Window, lang: str) -> str:
    """The figure in words, for those who cannot see it: what it shows and where the same rows are."""
    told = [
        t(
            "chart.alt",
            lang,
            start=show_date(max(window.low, window.first).isoformat(), lang),
            end=show_date(min(window.high, window.last).isoformat(), lang),
            lanes=plural("count.lanes", lanes.lane_count, lang),
            names=", ".join(name for _, name in rows.lanes[:5]),
            glyphs=plural("count.marks", lanes.glyph_count, lang),
        )
    ]
    if "attention" in lanes.marks:
        most = max(rows.attention, key=lambda one: one.count)
        told.append(
            plural("chart.alt_attention", sum(one.count for one in rows.attention), lang,
                   bin=bin_name(most.bin, window.step, lang), most=number(most.count, lang))
        )  # fmt: skip
    return " ".join([*told, t("chart.alt_table", lang)])


def legend(lanes: Lanes, rows: Rows, lane_total: int, lang: str) -> tuple[list[str], list[str]]:
    """What the marks that are there mean, and what is not drawn: a sentence each."""
    marks = [
        t(f"chart.legend_{mark}", lang, step=t(f"step.{rows.step}", lang)) for mark in MARKS if mark in lanes.marks
    ]
    told = []
    if lanes.hidden_glyph_count:
        shown, every = lanes.glyph_count, lanes.glyph_count + lanes.hidden_glyph_count
        told.append(t("chart.chosen", lang, n=number(shown, lang), of=number(every, lang)))
    if lane_total > lanes.lane_count:
        told.append(plural("chart.dropped", lane_total - lanes.lane_count, lang))
    return marks, told


def _numbers(rows: Rows, window: Window, lang: str, *, key: str) -> None:
    """Stages and curve as tables: what the figure says beside its events, for those who do not see it."""
    curve = [one for one in rows.attention if one.count]
    if not rows.stages and not curve:
        return
    held = "both" if rows.stages and curve else "stages" if rows.stages else "curve"
    with st.expander(t(f"chart.numbers_{held}", lang), icon=":material/table_rows:", key=f"numbers-{key}"):
        if rows.stages:
            st.table(stage_cells(rows.stages, dict(rows.lanes), lang), hide_index=True, border="horizontal")
        if curve:
            st.table(
                {
                    t("col.period", lang): [bin_name(one.bin, window.step, lang) for one in curve[-TOLD:]],
                    t("col.documents", lang): [number(one.count, lang) for one in curve[-TOLD:]],
                },
                hide_index=True,
                border="horizontal",
                width="content",
            )


def stage_cells(spans: Sequence[StageSpan], names: Mapping[str, str], lang: str) -> dict[str, list[str]]:
    """Columns of the table of stages: file, stage, since when, until when; the present one is still open."""
    last = {one.dossier_id: one for one in spans}
    return {
        t("col.title", lang): [safe_md(names.get(one.dossier_id, one.dossier_id)) for one in spans],
        t("col.stage", lang): [safe_md(stage_words(one.track, one.stage, lang)) for one in spans],
        t("col.since", lang): [show_date(one.since, lang) for one in spans],
        t("col.to", lang): [
            t("chart.still", lang) if one is last[one.dossier_id] else show_date(one.end, lang) for one in spans
        ],
    }


def _picked_glyph(key: str) -> None:
    points = st.session_state[key].selection.points
    data = next((one.get("customdata") for one in points if one.get("customdata")), None)
    if isinstance(data, list | tuple):
        data = data[0]
    last = f"last-{key}"
    if data:
        st.session_state[last] = str(data)
    if (data or not points) and st.session_state.get(last):  # a click on the chosen mark takes the choice away
        address.put("event", st.session_state[last])
