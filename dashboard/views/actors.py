"""Who acts: a ranked table, and the profile of one actor (``?who=``)."""

import streamlit as st

from dashboard import address, filters, profile, store
from dashboard.i18n import label, t
from dashboard.tables import actor_cells
from data import queries
from data.vocabulary import load_vocabulary

LIMIT = 100

lang = address.lang()
if address.get("who"):
    profile.show(address.get("who"), lang)
else:
    st.title(t("actors.title", lang), anchor=False)
    view = filters.bar(lang)
    kinds = load_vocabulary().codes("actor_kinds")
    asked = address.get("kind")
    st.session_state["w-kind"] = asked if asked in kinds else None
    kind = st.selectbox(
        t("actors.kind", lang),
        kinds,
        index=None,
        key="w-kind",
        format_func=lambda code: label("actor_kinds", code, lang),
        on_change=lambda: address.put("kind", st.session_state["w-kind"] or ""),
        placeholder=t("filters.all", lang),
        width=320,
    )
    found = store.ask(queries.actors, view, limit=LIMIT, kind=kind or "")
    if not found:
        filters.empty_state(view, lang)
    else:
        st.caption(t("actors.ranked", lang, n=len(found)))
        ids = [one.actor_id for one in found]

        def pick() -> None:
            """A chosen line opens its profile."""
            rows = st.session_state["actors"].selection.rows
            if rows and rows[0] < len(ids):
                address.put("who", ids[rows[0]])

        st.dataframe(
            actor_cells(found, lang),
            key="actors",
            hide_index=True,
            on_select=pick,
            selection_mode="single-row",
            column_config={
                "name": st.column_config.TextColumn(t("col.name", lang), width=220),
                "kind": st.column_config.TextColumn(t("col.kind", lang)),
                "place": st.column_config.TextColumn(t("col.place", lang)),
                "events": st.column_config.NumberColumn(t("col.events", lang)),
                "months": st.column_config.BarChartColumn(t("col.months", lang), width=190, y_min=0),
                "roles": st.column_config.TextColumn(t("col.roles", lang), width=260),
                "last": st.column_config.TextColumn(t("col.last", lang)),
                "named": st.column_config.TextColumn(t("col.check", lang), width=170),
            },
            column_order=("name", "kind", "place", "events", "months", "last", "roles", "named"),
            height=min(len(found), 18) * 35 + 40,
            alt=t("actors.alt", lang, n=len(found)),
        )
