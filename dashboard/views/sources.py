"""Where the facts come from, whether each source answers, what could not be read, and what is not covered."""

import streamlit as st

from dashboard import address, collecting, columns, store
from dashboard.i18n import label, number, plural, t
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
with st.grid(columns=3, min_column_width=100):
    st.metric(t("sources.ok", lang), len(sources) - len(trouble) - len(waiting), border=True)
    st.metric(t("sources.trouble", lang), len(trouble), border=True)
    st.metric(t("sources.waiting", lang), len(waiting), border=True)
for one in trouble if len(trouble) <= collecting.FEW else []:  # a longer list reads better in the table below
    name = one.names.get(lang) or one.names.get("en") or one.source_id
    st.warning(
        t("card.fact", lang, name=safe_md(name), value=t(f"state.{one.state}", lang))
        + (f" — {safe_md(one.error)}" if one.error else ""),
        icon=":material/cloud_off:",
    )
st.header(t("sources.all", lang), anchor=False)
WIDE = {
    **{"name": 190, "state": 120, "place": 128, "kind": 100, "last_ok": 120, "last_new": 130, "error": 250},
    **{"records": 80, "rejected": 95, "unknown": 116, "outcomes": 130, "licence": 200, "url": 74},
}
#: columns that are there while a source has something to say in them
WHEN_TOLD = ("error", "records", "rejected", "unknown", "outcomes")
PHONE = {"name": 170, "state": 100, "url": 84}
PROBLEMS = {"kind": 130, "source": 180, "locator": 190, "reason": 480, "at": 160}
PROBLEMS_PHONE = {"source": 130, "reason": 224}
COVERAGE = ("place", "read", "with_key", "unread", "news")
COVERAGE_PHONE = ("place", "read", "unread")
if sources:
    cells = source_cells(sources, lang)
    told = {name for name in WHEN_TOLD if any(row[name] for row in cells)}
    shown = {name: px for name, px in columns.widths(WIDE, PHONE).items() if name not in WHEN_TOLD or name in told}
    st.dataframe(
        cells,
        key="sources",
        hide_index=True,
        column_config={
            **{name: st.column_config.Column(t(f"col.{name}", lang), width=px) for name, px in shown.items()},
            "url": st.column_config.LinkColumn(
                t("col.url", lang), width=shown["url"], validate=r"^https?://", display_text="↗"
            ),
        },
        placeholder="",
        **columns.layout(shown, len(sources), most=10),
        alt=plural("sources.alt", len(sources), lang),
    )
else:
    st.info(t("sources.empty", lang))
st.header(t("sources.problems", lang), anchor=False)
st.caption(t("sources.problems_why", lang))
problems = store.ask_now(queries.problems)
if problems:
    shown = columns.widths(PROBLEMS, PROBLEMS_PHONE)
    st.dataframe(
        problem_cells(problems, lang),
        key="problems",
        hide_index=True,
        column_config={name: st.column_config.Column(t(f"col.{name}", lang), width=px) for name, px in shown.items()},
        **columns.layout(shown, len(problems), most=8),
        alt=t("sources.problems", lang),
    )
else:
    st.caption(t("sources.no_problem", lang))
if outdated := store.ask_now(queries.snapshot).outdated_count:
    st.caption(t("sources.outdated", lang, n=number(outdated, lang)))
st.header(t("sources.not_covered", lang), anchor=False)
catalogue = coverage.of_catalogue()
places = coverage_cells(catalogue, lang)
bare = ", ".join(label("jurisdictions", code, lang) for code in coverage.without_official_source(catalogue))
st.caption(f"{t('sources.not_covered_why', lang)} {t('sources.no_official', lang, places=safe_md(bare))}")
with st.container(key="coverage"):
    st.table(  # lists of bodies take as many lines as they need
        {
            t(f"col.{name}", lang): [safe_md(str(row[name])) or "–" for row in places]
            for name in (COVERAGE_PHONE if address.is_phone() else COVERAGE)
        },
        hide_index=True,
        border="horizontal",
        alt=t("sources.not_covered", lang),
    )
if waiting:
    names = ", ".join(one.names.get(lang) or one.names.get("en") or one.source_id for one in waiting)
    text = t("sources.not_read", lang, names=safe_md(names))
    if len(waiting) <= collecting.FEW:
        st.markdown(text)
    else:
        with st.expander(plural("sources.waiting_list", len(waiting), lang), icon=":material/schedule:"):
            st.markdown(text)
