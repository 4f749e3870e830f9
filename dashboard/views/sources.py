"""Where the facts come from, whether each source answers, what could not be read, and what is not covered."""

import streamlit as st

from dashboard import address, collecting, store
from dashboard.i18n import number, plural, t, written
from dashboard.safe import safe_md
from dashboard.tables import coverage_cells, problem_cells, source_cells
from data import coverage, queries

lang = address.lang()
st.title(t("sources.title", lang), anchor=False)
if store.day():
    st.info(t("as_of.sources", lang), icon=":material/today:")
collecting.progress(lang)
sources = store.ask_now(queries.sources_health, store.now())
trouble = [one for one in sources if one.state in collecting.TROUBLE]
waiting = [one for one in sources if one.state in ("never", "skipped")]
with st.grid(columns=3, min_column_width=150):
    st.metric(t("sources.ok", lang), len(sources) - len(trouble) - len(waiting), border=True)
    st.metric(t("sources.trouble", lang), len(trouble), border=True)
    st.metric(t("sources.waiting", lang), len(waiting), border=True)
for one in trouble if len(trouble) <= collecting.FEW else []:  # a longer list reads better in the table below
    name = one.names.get(lang) or one.names.get("en") or one.source_id
    st.warning(
        f"**{safe_md(name)}**: {t(f'state.{one.state}', lang)}" + (f" — {safe_md(one.error)}" if one.error else ""),
        icon=":material/cloud_off:",
    )
st.header(t("sources.all", lang), anchor=False)
columns = ("name", "state", "place", "kind", "last_ok", "last_new", "records", "rejected", "unknown", "outcomes")
if sources:
    st.dataframe(
        source_cells(sources, lang),
        key="sources",
        hide_index=True,
        column_order=(*columns, "error", "licence", "url"),
        column_config={
            **{name: st.column_config.Column(t(f"col.{name}", lang)) for name in (*columns, "error", "licence")},
            "url": st.column_config.LinkColumn(t("col.url", lang), validate=r"^https?://", display_text="⧉"),
        },
        height=min(len(sources), 18) * 35 + 40,
        alt=plural("sources.alt", len(sources), lang),
    )
else:
    st.info(t("sources.empty", lang))
st.header(t("sources.problems", lang), anchor=False)
st.caption(t("sources.problems_why", lang))
problems = store.ask_now(queries.problems)
if problems:
    st.dataframe(
        problem_cells(problems, lang),
        key="problems",
        hide_index=True,
        column_config={
            name: st.column_config.Column(t(f"col.{name}", lang))
            for name in ("kind", "source", "locator", "reason", "at")
        },
        height=min(len(problems), 10) * 35 + 40,
        alt=t("sources.problems", lang),
    )
else:
    st.caption(t("sources.no_problem", lang))
if outdated := store.ask_now(queries.snapshot).outdated_count:
    st.caption(t("sources.outdated", lang, n=number(outdated, lang)))
st.header(t("sources.not_covered", lang), anchor=False)
st.dataframe(
    coverage_cells(coverage.of_catalogue(), lang),
    key="coverage",
    hide_index=True,
    column_config={
        name: st.column_config.Column(t(f"col.{name}", lang))
        for name in ("place", "read", "with_key", "unread", "news")
    },
    alt=t("sources.not_covered", lang),
)
st.caption(safe_md(coverage.not_covered(written(lang))))
if waiting:
    names = ", ".join(one.names.get(lang) or one.names.get("en") or one.source_id for one in waiting)
    st.markdown(t("sources.not_read", lang, names=safe_md(names)))
