"""Laws, cases and soft-law files: a table, and the page of one (``?file=``)."""

import streamlit as st

from dashboard import address, file, filters, store
from dashboard.i18n import t
from dashboard.tables import dossier_cells
from data import queries

WIDTHS = {
    **{"title": 340, "place": 125, "track": 85, "stage": 190, "since": 130, "next": 135, "last": 135},
    **{"stalled": 85, "events": 60},
}

lang = address.lang()
if address.get("file"):
    file.show(address.get("file"), lang)
else:
    st.title(t("dossiers.title", lang), anchor=False)
    view = filters.bar(lang)
    found = store.ask(queries.dossiers, view)
    if not found:
        filters.empty_state(view, lang)
    else:
        st.caption(t("dossiers.count", lang, n=len(found)))
        ids = [one.dossier_id for one in found]

        def pick() -> None:
            """A chosen line opens its page."""
            rows = st.session_state["dossiers"].selection.rows
            if rows and rows[0] < len(ids):
                address.put("file", ids[rows[0]])

        st.dataframe(
            dossier_cells(found, lang),
            key="dossiers",
            hide_index=True,
            on_select=pick,
            selection_mode="single-row",
            column_order=tuple(WIDTHS),
            column_config={
                name: st.column_config.Column(t(f"col.{name}", lang), width=width) for name, width in WIDTHS.items()
            },
            height=min(len(found), 18) * 35 + 40,
            alt=t("dossiers.alt", lang, n=len(found)),
        )
