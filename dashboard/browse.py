"""The body that the timeline, a dossier and an actor share: zoom, figure, table of the same rows, pages, export."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, columns, store, takeaway, zoom
from dashboard.filters import empty_state
from dashboard.i18n import number, plural, t
from dashboard.lane_figure import figure, in_window
from dashboard.lanes import LaneKind
from dashboard.tables import event_cells
from data import queries
from data.rows import TimelineEvent
from data.view import View

__all__ = ["event_table", "figure", "pager", "show", "table"]

PAGE_ROWS = 50
WIDTHS = {
    **{"date": 120, "title": 290, "place": 128, "type": 125, "status": 86, "stage": 175, "sources": 66, "check": 122},
}
#: on a phone
NARROW = {"date": 104, "title": 212}


def show(
    view: View,
    lang: str,
    *,
    key: str,
    by: LaneKind = "jurisdiction",
    title: str = "",
    link: str = "",
    attention: bool = False,
    controls: DeltaGenerator | None = None,
) -> None:
    """Everything below the filters. An empty view says why. ``link`` is the page's address if not the timeline's.

    The zoom narrows figure and table; the files to take away hold the whole view. ``attention`` adds the curve of
    documents on the subject; ``controls`` is a row of other controls of the figure, which the zoom joins.
    """
    total = store.ask(queries.timeline_count, view)
    if not total:
        empty_state(view, lang)
        return
    window = zoom.bar(view, total, lang, key=key, place=controls)
    shown = in_window(view, window)
    count = total if shown == view else store.ask(queries.timeline_count, shown)
    if count:
        figure(view, count, lang, key=key, by=by, window=window, attention=attention)
        if count < total:
            st.caption(plural("zoom.part", count, lang, of=number(total, lang)))
        table(shown, count, lang, key=key)
    else:
        st.info(t("zoom.empty", lang))
    takeaway.buttons(view, total, lang, key=key, title=title, link=link)


def table(view: View, total: int, lang: str, *, key: str, heading: bool = True) -> None:
    """The same rows as words: for a keyboard, a screen reader and a phone. A chosen row opens its card."""
    pages = -(-total // PAGE_ROWS)
    page = min(address.page_number(), pages)
    rows = store.ask(queries.timeline, view, limit=PAGE_ROWS, offset=(page - 1) * PAGE_ROWS)
    if heading:
        first = (page - 1) * PAGE_ROWS + 1
        st.markdown(
            plural("table.rows", total, lang, first=number(first, lang), last=number(first + len(rows) - 1, lang))
            if pages > 1
            else plural("table.whole", total, lang)
        )
    event_table(rows, lang, key=f"rows-{key}")
    pager(pages, page, key=key)


def event_table(rows: list[TimelineEvent], lang: str, *, key: str) -> None:
    """A table of events whose rows can be chosen."""
    ids = [one.event_id for one in rows]
    shown = columns.widths(WIDTHS, NARROW)
    st.dataframe(
        event_cells(rows, lang),
        hide_index=True,
        key=key,
        on_select=lambda: _picked_row(key, ids),
        selection_mode="single-row",
        column_config={name: st.column_config.Column(t(f"col.{name}", lang), width=px) for name, px in shown.items()},
        **columns.layout(shown, len(rows), most=10),
        alt=plural("table.alt", len(rows), lang),
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
