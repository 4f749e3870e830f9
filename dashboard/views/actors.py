"""Who acts: a ranked table, and the profile of one actor (``?who=``)."""

import streamlit as st

from dashboard import address, browse, filters, narrow, profile, store
from dashboard.i18n import number, plural, t
from dashboard.tables import actor_cells
from data import queries
from data.queries.actors import SORTS

PAGE_ROWS = 50
NO_NAME_WIDTH = 380
WIDTHS = {
    **{"name": 210, "kind": 120, "place": 120, "belongs": 190, "events": 60, "months": 150},
    **{"last_on": 130, "last_act": 300, "roles": 240, "named": 170},
}

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
        found = store.ask(queries.actors, view, limit=PAGE_ROWS, offset=first, sort=sort, **asked)
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

        config = {name: st.column_config.Column(t(f"col.{name}", lang), width=width) for name, width in WIDTHS.items()}
        if any(not one.name for one in found):  # the number must be seen
            config["name"] = st.column_config.Column(t("col.name", lang), width=NO_NAME_WIDTH)
        config["months"] = st.column_config.BarChartColumn(t("col.months", lang), width=WIDTHS["months"], y_min=0)
        st.dataframe(
            actor_cells(found, lang),
            key="actors",
            hide_index=True,
            on_select=pick,
            selection_mode="single-row",
            column_config=config,
            column_order=tuple(WIDTHS),
            height=min(len(found), 18) * 35 + 40,
            alt=plural("actors.alt", len(found), lang),
        )
        browse.pager(pages, page, key="actors")
        st.caption(t("actors.belongs_why", lang))
