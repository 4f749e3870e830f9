"""The body that the timeline, a dossier and an actor share: figure, table of the same rows, pages, export."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import address, lanes, store, takeaway
from dashboard.i18n import label, number, t
from dashboard.tables import event_cells
from data import queries
from data.rows import TimelineEvent
from data.view import View

PAGE_ROWS = 50
#: glyphs that fit side by side on the width of the figure
SLOTS, SLOTS_PHONE = 72, 15
WIDTHS = {"date": 140, "title": 330, "place": 125, "type": 140, "status": 80, "stage": 140, "sources": 70, "check": 165}
CONFIG = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "scrollZoom": False,
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
}


def show(view: View, lang: str, *, key: str, by: str = "jurisdiction", title: str = "") -> None:
    """Everything below the filters. An empty view says why."""
    from dashboard.filters import empty_state

    total = store.ask(queries.timeline_count, view)
    if not total:
        empty_state(view, lang)
        return
    figure(view, total, lang, key=key, by=by)
    table(view, total, lang, key=key)
    takeaway.buttons(view, total, lang, key=key, title=title)


def figure(view: View, total: int, lang: str, *, key: str, by: str) -> None:
    """The swim lanes with their legend in words."""
    from dashboard import charts  # Plotly: only pages with a figure pay for it

    density = store.ask(queries.density, view, by)
    today = date.fromisoformat(store.today())
    phone = address.is_phone()
    order, names = _lanes(view, by, lang, density)
    layout = lanes.lay_out(
        density,
        _milestones(view, total),
        by,
        today=today,
        slots=SLOTS_PHONE if phone else SLOTS,
        since=view.since,
        until=view.until,
        order=order,
    )
    if not layout.lanes:
        st.info(t("chart.no_lane", lang))
        return
    st.plotly_chart(
        charts.lanes_figure(layout, names, lang, today, phone=phone, ink=address.ink()),
        key=f"lanes-{key}-{by}",
        on_select=lambda: _picked_glyph(f"lanes-{key}-{by}"),
        selection_mode="points",
        config=CONFIG,
        alt=charts.lanes_alt(layout, names, lang, total),
    )
    told = [t("chart.legend", lang)]
    if layout.milestone_count > len(layout.glyphs):
        told.append(
            t("chart.chosen", lang, n=number(len(layout.glyphs), lang), of=number(layout.milestone_count, lang))
        )
    if layout.dropped:
        told.append(t("chart.dropped", lang, n=layout.dropped))
    st.caption(" ".join(told))


def _milestones(view: View, total: int) -> list[TimelineEvent]:
    """Candidates for a glyph: everything in a small view, else the most significant types first."""
    if total <= lanes.SMALL:
        return store.ask(queries.timeline, view)
    found: list[TimelineEvent] = []
    for part in lanes.tier_views(view):
        found += store.ask(queries.timeline, part, limit=3 * lanes.MAX_GLYPHS)
    return found


def _lanes(view: View, by: str, lang: str, density: list) -> tuple[tuple[str, ...], dict[str, str]]:  # type: ignore[type-arg]
    if by == "dossier":
        rows = {one.dossier_id: one for one in store.ask(queries.dossiers, View())}
        order = lanes.order_lanes(density, by, {code: row.last_on for code, row in rows.items()})
        return order, {code: row.heading(lang) for code, row in rows.items()}
    order = lanes.order_lanes(density, by)
    list_name = "jurisdictions" if by == "jurisdiction" else "tracks"
    return order, {code: label(list_name, code, lang) for code in order}


def _picked_glyph(key: str) -> None:
    points = st.session_state[key].selection.points
    data = next((one.get("customdata") for one in points if one.get("customdata")), None)
    if data:
        address.put("event", str(data[0] if isinstance(data, list | tuple) else data.get("0", "")))


def table(view: View, total: int, lang: str, *, key: str, heading: bool = True) -> None:
    """The same rows as words: for a keyboard, a screen reader and a phone. A chosen row opens its card."""
    pages = -(-total // PAGE_ROWS)
    page = min(address.page_number(), pages)
    rows = store.ask(queries.timeline, view, limit=PAGE_ROWS, offset=(page - 1) * PAGE_ROWS)
    if heading:
        first = (page - 1) * PAGE_ROWS + 1
        st.markdown(
            t("table.rows", lang, first=number(first, lang), last=number(first + len(rows) - 1, lang), n=number(total, lang))
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
        column_config={
            name: st.column_config.Column(t(f"col.{name}", lang), width=WIDTHS.get(name)) for name in names
        },
        column_order=("date", "title", "place", "type", "status", "stage", "sources", "check"),
        height=min(len(rows), 14) * 35 + 40,
        alt=t("table.alt", lang, n=len(rows)),
    )


def _picked_row(key: str, ids: list[str]) -> None:
    rows = st.session_state[key].selection.rows
    if rows and rows[0] < len(ids):
        address.put("event", ids[rows[0]])


def pager(pages: int, page: int, *, key: str) -> None:
    """Page numbers when there is more than one page."""
    if pages < 2:
        return
    name = f"pager-{key}-{pages}-{page}"
    st.pagination(pages, default=page, key=name, on_change=lambda: address.put("page", str(st.session_state[name])))


