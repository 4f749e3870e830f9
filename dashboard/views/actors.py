"""Who acts: a ranked table, and the profile of one actor (``?who=``)."""

import streamlit as st

from dashboard import address, browse, columns, filters, narrow, profile, store, who
from dashboard.i18n import number, plural, t
from dashboard.tables import actor_cells
from data import queries
from data.queries.actors import SORTS

PAGE_ROWS = 50
WIDTHS = {
    **{"name": 150, "kind": 116, "place": 128, "belongs": 130, "events": 58, "months": 112},
    **{"last_on": 92, "last_act": 204, "named": 122},
}
#: on a phone
NARROW = {"name": 150, "events": 56, "named": 110}

lang = address.lang()
if address.get("who"):
    profile.show(address.get("who"), lang)
else:
    st.title(t("actors.title", lang), anchor=False)
    view = filters.bar(lang)
    asked = narrow.actors(lang)
    sort = narrow.one_of("sort", SORTS, lang)
    total = store.ask(queries.actor_count, view, **asked)
    if not total and any(asked.values()):
        st.info(t("actors.none", lang), icon=":material/filter_alt_off:")
        st.button(t("actors.none_drop", lang), key="drop-narrowing", on_click=narrow.clear)
    elif not total:
        filters.empty_state(view, lang)
    else:
        pages = -(-total // PAGE_ROWS)
        page = min(address.page_number(), pages)
        first = (page - 1) * PAGE_ROWS
        found = who.named(store.ask(queries.actors, view, limit=PAGE_ROWS, offset=first, sort=sort, **asked), lang)
        st.caption(
            plural("actors.ranked", total, lang, first=number(first + 1, lang), last=number(first + len(found), lang))
        )
        ids = [one.actor_id for one in found]

        def pick() -> None:
            """A chosen line opens its profile."""
            rows = st.session_state["actors"].selection.rows
            if rows and rows[0] < len(ids):
                address.put("page", "")
                address.put("who", ids[rows[0]])

        shown = columns.widths(WIDTHS, NARROW)
        config = {name: st.column_config.Column(t(f"col.{name}", lang), width=width) for name, width in shown.items()}
        if "months" in shown:
            config["months"] = st.column_config.BarChartColumn(t("col.months", lang), width=shown["months"], y_min=0)
        st.dataframe(
            actor_cells(found, lang),
            key="actors",
            hide_index=True,
            on_select=pick,
            selection_mode="single-row",
            column_config=config,
            **columns.layout(shown, len(found), most=11),
            alt=plural("actors.alt", len(found), lang),
        )
        browse.pager(pages, page, key="actors")
        st.caption(t("actors.belongs_why", lang))
