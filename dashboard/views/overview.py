"""What changed, what comes next, where things stand. No figure library here: this page must open at once."""

import streamlit as st

from dashboard import address, card, filters, frame, store
from dashboard.i18n import label, stage_label, t
from dashboard.lanes import SIGNIFICANCE
from dashboard.safe import safe_md
from dashboard.tables import density_cells, revision_text
from data import queries
from data.vocabulary import load_vocabulary

PERIODS = {"1": 1, "7": 7, "30": 30}
SHOWN = 8
#: what a first visitor may want to see: page, label, address
EXAMPLES = (
    (
        "views/timeline.py",
        "example.grok",
        {"jurisdiction": "fr", "q": "Grok", "from": "2025-12-01", "to": "2026-06-30"},
    ),
    ("views/dossiers.py", "example.ncii", {"harm": "ncii", "track": "law", "stage": "in_force"}),
    ("views/dossiers.py", "example.labelling", {"approach": "labelling"}),
)
TROUBLE = ("failed", "blocked", "unavailable", "suspicious", "stale")

lang = address.lang()
st.title(t("overview.title", lang), anchor=False)
frame.collection(lang)
view = filters.bar(lang)
today = store.today()

if view.is_empty():
    with st.container(horizontal=True, vertical_alignment="center", key="examples"):
        st.markdown(t("overview.first_visit", lang), width="content")
        for page, name, query in EXAMPLES:
            st.page_link(
                page, label=t(name, lang), icon=":material/arrow_forward:", query_params={**query, "lang": lang}
            )

stages = store.ask(queries.stage_counts, view)
ladders = load_vocabulary().ladders


def files(track: str, keep: set[str]) -> int:
    """How many files of a track stand at one of these stages."""
    return sum(count for (one, stage), count in stages.items() if one == track and stage in keep)


coming = store.ask(queries.coming_up, view, today, 90)
sources = store.ask_now(queries.sources_health, store.now())
trouble = sum(one.state in TROUBLE for one in sources)
pending = {
    code for code, one in ladders["law"].items() if one.order < ladders["law"]["enacted"].order and not one.is_end
}
open_cases = {
    code for code, one in ladders["case"].items() if one.order < ladders["case"]["decided"].order and not one.is_end
}
with st.grid(columns=4, min_column_width=150, key="numbers"):
    st.metric(t("overview.in_force", lang), files("law", {"in_force", "in_force_partial"}), border=True)
    st.metric(t("overview.pending", lang), files("law", pending), border=True)
    st.metric(t("overview.open_cases", lang), files("case", open_cases), border=True)
    st.metric(t("overview.next_90", lang), len(coming), border=True)

if store.day():
    st.caption(t("as_of.skipped", lang))
elif trouble:
    st.page_link(
        "views/sources.py", label=t("overview.trouble", lang, n=trouble), icon=":material/cloud_off:",
        query_params={"lang": lang},
    )  # fmt: skip
else:
    answered = any(one.state in ("ok", "unchanged") for one in sources)
    st.caption(t("overview.no_trouble" if answered else "overview.not_visited", lang))

left, right = st.columns(2, gap="large")
with left:
    st.subheader(t("overview.changed", lang), anchor=False)
    asked = address.get("since")
    st.session_state["w-since"] = asked if asked in PERIODS else "7"
    period = st.segmented_control(
        t("overview.since", lang),
        list(PERIODS),
        key="w-since",
        required=True,
        format_func=lambda code: t(f"since.{code}", lang),
        on_change=lambda: address.put("since", st.session_state["w-since"] or ""),
    )
    days = PERIODS[period or "7"]
    since = f"{today}T00:00:00Z" if days == 1 else store.minute(days_ago=days)
    found = store.ask(queries.new_events, view, since, limit=400)
    news = [one for one in found if one.date_start <= today and one.status != "scheduled"]
    news.sort(key=lambda one: one.date_start, reverse=True)
    # laws and rulings above statements, newest first within each
    news.sort(key=lambda one: SIGNIFICANCE.get(one.type, 0) // 25, reverse=True)
    if not news:
        st.caption(t("overview.nothing_new", lang))
    for one in news[:SHOWN]:
        card.line(one, lang, key=f"new-{one.event_id}")
    if len(news) > SHOWN:
        st.caption(t("overview.more", lang, n=len(news) - SHOWN))
        st.page_link("views/timeline.py", label=t("overview.to_timeline", lang), icon=":material/timeline:")
    changes = store.ask(queries.revisions, since=since, limit=12)
    changes = [one for one in changes if not view.jurisdictions or one.jurisdiction in view.jurisdictions]
    if changes:
        st.markdown(f"**{t('overview.corrections', lang)}**")
        for number, change in enumerate(changes[:SHOWN]):
            with st.container(gap=None, key=f"change-{number}"):
                name = safe_md(change.title or change.entity_id)
                if change.entity == "dossier":
                    query = {"file": change.entity_id, "lang": lang}
                    st.page_link("views/dossiers.py", label=name, query_params=query)
                else:
                    st.button(
                        name, key=f"open-change-{number}", type="tertiary", wrap=True,
                        on_click=address.put, args=("event", change.entity_id),
                    )  # fmt: skip
                st.caption(safe_md(revision_text(change, lang)))
    st.page_link(
        "views/changes.py", label=t("overview.to_changes", lang), icon=":material/history:", query_params={"lang": lang}
    )
with right:
    st.subheader(t("overview.coming", lang), anchor=False)
    if not coming:
        st.caption(t("overview.nothing_planned", lang))
    for one in coming[:SHOWN]:
        card.line(one, lang, key=f"next-{one.event_id}")
    late = store.ask(queries.overdue, view, today)
    if late:
        st.subheader(t("overview.overdue", lang), anchor=False)
        st.caption(t("overview.overdue_why", lang))
        for one in late[:5]:
            card.line(one, lang, key=f"late-{one.event_id}")
        if len(late) > 5:
            st.caption(t("overview.more", lang, n=len(late) - 5))

st.subheader(t("overview.where", lang), anchor=False)
cells = density_cells(store.ask(queries.density, view, "jurisdiction"), today, lang)
if not cells:
    filters.empty_state(view, lang)
else:

    def to_timeline() -> None:
        """A chosen line filters by its jurisdiction."""
        rows = st.session_state["places"].selection.rows
        if rows:
            st.session_state["go-to"] = cells[rows[0]]["code"]

    st.dataframe(
        cells,
        key="places",
        hide_index=True,
        on_select=to_timeline,
        selection_mode="single-row",
        column_order=("place", "months", "year", "events"),
        column_config={
            "place": st.column_config.TextColumn(t("col.place", lang)),
            "months": st.column_config.BarChartColumn(t("col.months", lang), width="large", y_min=0),
            "year": st.column_config.NumberColumn(t("col.year", lang)),
            "events": st.column_config.NumberColumn(t("col.events", lang)),
        },
        height=min(len(cells), 12) * 35 + 40,
        alt=t("overview.where_alt", lang),
    )
    if place := st.session_state.pop("go-to", ""):
        st.switch_page("views/timeline.py", query_params={"jurisdiction": place, "lang": lang})

st.subheader(t("overview.stages", lang), anchor=False)
with st.grid(columns=3, min_column_width=260, key="stages"):
    for track in load_vocabulary().codes("tracks"):
        held = {stage: count for (one, stage), count in stages.items() if one == track}
        order = ["unknown", *ladders[track]]
        with st.container():
            st.markdown(f"**{label('tracks', track, lang)}**")
            st.table(
                {
                    t("col.stage", lang): [stage_label(track, code, lang) for code in order if code in held],
                    t("col.files", lang): [held[code] for code in order if code in held],
                },
                hide_index=True,
                border="horizontal",
            )
