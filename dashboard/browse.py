"""The body that the timeline, a dossier and an actor share: figure, table of the same rows, pages, export."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, store, takeaway
from dashboard.dates import show_date
from dashboard.filters import empty_state
from dashboard.i18n import labels, number, t
from dashboard.lanes import EVERYTHING, SIGNIFICANCE, LaneKind
from dashboard.tables import event_cells
from data import queries
from data.rows import TimelineEvent
from data.view import View

if TYPE_CHECKING:
    from dashboard.charts import Lanes

PAGE_ROWS = 50
#: up to so many events everything is drawn: a single law or actor tells its whole story
SMALL = 80
MAX_LANES = 20
CANDIDATES = 900
WIDTHS = {
    **{"date": 135, "title": 310, "place": 125, "type": 150, "status": 75, "stage": 150, "sources": 65},
    "check": 185,
}
CONFIG = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "scrollZoom": False,
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
}


def show(view: View, lang: str, *, key: str, by: LaneKind = "jurisdiction", title: str = "", link: str = "") -> None:
    """Everything below the filters. An empty view says why. ``link`` is the page's address if not the timeline's."""
    total = store.ask(queries.timeline_count, view)
    if not total:
        empty_state(view, lang)
        return
    figure(view, total, lang, key=key, by=by)
    table(view, total, lang, key=key)
    takeaway.buttons(view, total, lang, key=key, title=title, link=link)


def figure(view: View, total: int, lang: str, *, key: str, by: LaneKind) -> None:
    """The swim lanes with their legend in words."""
    from dashboard import charts  # Plotly: only pages with a figure pay for it

    small = total <= SMALL
    names = lane_names(by, lang)
    lanes = charts.lanes_figure(
        _milestones(view, small),
        store.ask(queries.density, view, by),
        lane=by,
        lane_labels=names,
        family_labels=labels("families", lang),
        type_labels=labels("event_types", lang),
        lang=lang,
        today=date.fromisoformat(store.today()),
        dark=address.is_dark(),
        selected=address.get("event"),
        max_lanes=MAX_LANES,
        narrow=address.is_phone(),
        significance=EVERYTHING if small else SIGNIFICANCE,
        show_date=lambda iso: show_date(iso, lang),
        today_label=t("chart.today", lang),
    )
    if not lanes.lane_count:
        st.info(t("chart.no_lane", lang))
        return
    name = f"lanes-{key}-{by}"
    st.plotly_chart(
        lanes.figure,
        key=name,
        on_select=lambda: _picked_glyph(name),
        selection_mode="points",
        config=CONFIG,
        alt=alt(lanes, total, lang),
    )
    told = [t("chart.legend", lang)]
    if lanes.hidden_glyph_count:
        told.append(
            t(
                "chart.chosen",
                lang,
                n=number(lanes.glyph_count, lang),
                of=number(lanes.glyph_count + lanes.hidden_glyph_count, lang),
            )
        )
    if lanes.hidden_lane_count:
        told.append(t("chart.dropped", lang, n=lanes.hidden_lane_count))
    st.caption(" ".join(told))


def alt(lanes: Lanes, total: int, lang: str) -> str:
    """The figure in words, for those who cannot see it: what it shows and where the same rows are."""
    return t(
        "chart.alt",
        lang,
        total=number(total, lang),
        start=show_date(lanes.first_on[:7], lang),
        end=show_date(lanes.last_on[:7], lang),
        lanes=lanes.lane_count,
        glyphs=lanes.glyph_count,
    )


def groups() -> list[tuple[str, ...]]:
    """Types that may get a glyph, most significant group first: asked for apart, so that none crowds out another."""
    bounds = ((75, 101), (50, 75), (0, 50))
    return [tuple(kind for kind, rank in SIGNIFICANCE.items() if low <= rank < high) for low, high in bounds]


def _milestones(view: View, small: bool) -> list[TimelineEvent]:
    """Candidates for a glyph: everything in a small view, else the newest of each group of types."""
    if small:
        return store.ask(queries.timeline, view)
    found: list[TimelineEvent] = []
    for kinds in groups():
        wanted = tuple(kind for kind in kinds if not view.types or kind in view.types)
        if wanted:
            found += store.ask(queries.timeline, replace(view, types=wanted), limit=CANDIDATES)
    return found


def lane_names(by: LaneKind, lang: str) -> dict[str, str]:
    """Lane code -> its words."""
    if by == "dossier":
        return {one.dossier_id: one.heading(lang) for one in store.ask(queries.dossiers, View())}
    return labels("jurisdictions" if by == "jurisdiction" else "tracks", lang)


def _picked_glyph(key: str) -> None:
    points = st.session_state[key].selection.points
    data = next((one.get("customdata") for one in points if one.get("customdata")), None)
    if isinstance(data, list | tuple):
        data = data[0]
    if data:
        address.put("event", str(data))


def table(view: View, total: int, lang: str, *, key: str, heading: bool = True) -> None:
    """The same rows as words: for a keyboard, a screen reader and a phone. A chosen row opens its card."""
    pages = -(-total // PAGE_ROWS)
    page = min(address.page_number(), pages)
    rows = store.ask(queries.timeline, view, limit=PAGE_ROWS, offset=(page - 1) * PAGE_ROWS)
    if heading:
        first = (page - 1) * PAGE_ROWS + 1
        st.markdown(
            t(
                "table.rows",
                lang,
                first=number(first, lang),
                last=number(first + len(rows) - 1, lang),
                n=number(total, lang),
            )
        )
    event_table(rows, lang, key=f"rows-{key}")
    pager(pages, page, key=key)


def event_table(rows: list[TimelineEvent], lang: str, *, key: str) -> None:
    """A table of events whose rows can be chosen."""
    ids = [one.event_id for one in rows]
    names = ("date", "place", "type", "title", "status", "stage", "sources", "check")
    st.dataframe(
        event_cells(rows, lang),
        hide_index=True,
        key=key,
        on_select=lambda: _picked_row(key, ids),
        selection_mode="single-row",
        column_config={name: st.column_config.Column(t(f"col.{name}", lang), width=WIDTHS.get(name)) for name in names},
        column_order=("date", "title", "place", "type", "status", "stage", "sources", "check"),
        height=min(len(rows), 14) * 35 + 40,
        alt=t("table.alt", lang, n=len(rows)),
    )


def _picked_row(key: str, ids: list[str]) -> None:
    rows = st.session_state[key].selection.rows
    last = f"last-{key}"
    if rows and rows[0] < len(ids):
        st.session_state[last] = ids[rows[0]]
    if st.session_state.get(last) in ids:  # choosing the chosen row again takes the tick away: open it again
        address.put("event", st.session_state[last])


def pager(pages: int, page: int, *, key: str, kept: str = "page") -> None:
    """Page numbers when there is more than one page; ``kept`` is their key in the address."""
    if pages < 2:
        return
    name = f"pager-{key}-{pages}-{page}"
    st.pagination(pages, default=page, key=name, on_change=lambda: address.put(kept, str(st.session_state[name])))
