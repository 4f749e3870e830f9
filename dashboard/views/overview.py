"""What changed, what comes next, where things stand. No figure library here: this page must open at once."""

from datetime import datetime

import streamlit as st

from dashboard import address, changes, collecting, coming, filters, last_visit, matrix, start, store
from dashboard.dates import show_date, show_instant
from dashboard.i18n import number, t
from data import queries
from data.vocabulary import load_vocabulary

#: groups of stages of a law that is not made yet or not applied yet, and of a case that is open
PENDING = ("law_preparing", "law_parliament", "law_adopted")
OPEN = ("case_inquiry", "case_proceedings")

lang = address.lang()
today = store.today()
told = last_visit.ask(store.seen())
visit = "" if told == last_visit.NEVER else told
period = last_visit.choose(address.get("since"), visit, today)
since = last_visit.begins(period, visit, today, datetime.fromisoformat(store.minute()))

st.title(t("overview.title", lang), anchor=False)
st.markdown(t("about.intro", lang))
view = filters.asked(lang)
start.search_box(view, lang, since[:10] if period == last_visit.VISIT else period)
start.known(lang)
start.cards(lang, is_first=told == last_visit.NEVER)
filters.bar(lang)

counts = store.ask(queries.stage_matrix, view)
listings = store.ask(queries.coming_up, view, today, coming.HORIZONS)


def files(*groups: str) -> str:
    """How many files stand in these groups of stages."""
    group_of = load_vocabulary().stage
    return number(sum(n for (_, track, stage), n in counts.items() if group_of(track, stage).group in groups), lang)


with st.grid(columns=4, min_column_width=150, key="numbers"):
    st.metric(t("overview.in_force", lang), files("law_in_force"), border=True)
    st.metric(t("overview.pending", lang), files(*PENDING), border=True)
    st.metric(t("overview.open_cases", lang), files(*OPEN), border=True)
    st.metric(t("overview.next_30", lang), number(sum(one.total for one in listings[:2]), lang), border=True)

collecting.line(lang)


def period_name(code: str) -> str:
    """A period in words."""
    named = code in last_visit.DAYS or code == last_visit.VISIT
    return t(f"since.{code}", lang) if named else t("since.day", lang, day=show_date(code, lang))


left, right = st.columns(2, gap="large")
with left:
    st.header(t("overview.changed", lang), anchor=False)
    offered = [*([last_visit.VISIT] if visit else []), *last_visit.DAYS]
    st.session_state["w-since"] = period
    st.segmented_control(
        t("overview.since", lang),
        offered if period in offered else [*offered, period],
        key="w-since",
        required=True,
        format_func=period_name,
        on_change=lambda: address.put("since", st.session_state["w-since"] or ""),
    )
    if period == last_visit.VISIT:
        st.caption(t("since.what", lang, at=show_instant(visit, lang)))
    changes.show(view, lang, since)
    st.page_link(
        "views/changes.py", label=t("overview.to_changes", lang), icon=":material/history:", query_params={"lang": lang}
    )
with right:
    coming.show(view, lang, listings, since)

matrix.show(view, lang)
