"""What changed in the record: when, what, by whom and why, newest first; each line leads to the record before it."""

from datetime import date, timedelta

import streamlit as st

from dashboard import address, as_of, browse, change_words, filters, store
from dashboard.dates import show_date
from dashboard.i18n import label, labels, number, plural, t
from dashboard.safe import safe_md
from data import change_log, queries
from data.rows import Change, ChangeFilter

ROWS = 50
PERIOD = ("changed_from", "changed_to")

lang = address.lang()
view = filters.asked(lang)
st.title(t("change_log.title", lang), anchor=False)
st.markdown(t("change_log.intro", lang))


def chose(key: str) -> None:
    """A filter was chosen: it goes to the address, and the list begins again."""
    address.put(key, st.session_state[f"w-{key}"] or [])
    address.put("page", "")


def chose_days() -> None:
    """A period was chosen, or half of one."""
    chosen = tuple(st.session_state["w-days"])
    for key, day in zip(PERIOD, (*chosen, None, None), strict=False):
        address.put(key, day.isoformat() if day else "")
    address.put("page", "")


def clear() -> None:
    """Show every change again."""
    for key in ("change", "jurisdiction", *PERIOD, "page"):
        address.put(key, "")


def day_of(key: str) -> date | None:
    """A day of the address; what is none counts as no bound."""
    found = store.day_of(address.get(key))
    return found if found and filters.EARLIEST <= found <= filters.LATEST else None


kinds = [one for one in st.query_params.get_all("change") if one in change_log.KINDS]
since, until = (day_of(key) for key in PERIOD)
columns = st.columns([3, 3, 3], vertical_alignment="bottom")
with columns[0]:
    st.session_state["w-change"] = kinds
    st.multiselect(
        t("change_log.kind", lang), change_log.KINDS, key="w-change", on_change=chose, args=("change",),
        format_func=lambda code: t(f"change.{code}", lang), placeholder=t("filters.all", lang),
    )  # fmt: skip
with columns[1]:
    places = sorted(
        {*store.ask(queries.choices)["jurisdiction"], *view.jurisdictions},
        key=lambda code: label("jurisdictions", code, lang),
    )
    st.session_state["w-jurisdiction"] = list(view.jurisdictions)
    st.multiselect(
        t("filter.jurisdiction", lang), places, key="w-jurisdiction", on_change=chose, args=("jurisdiction",),
        format_func=labels("jurisdictions", lang).get, placeholder=t("filters.all", lang),
    )  # fmt: skip
with columns[2]:
    st.session_state["w-days"] = tuple(one for one in (since, until) if one)
    st.date_input(
        t("change_log.days", lang), key="w-days", on_change=chose_days, format="YYYY-MM-DD",
        min_value=filters.EARLIEST, max_value=filters.LATEST,
    )  # fmt: skip


def entry(one: Change, key: str, before: date | None) -> None:
    """One change: what it is about, what was and is, who says so and why."""
    with st.container(gap=None, key=f"change-{key}"):
        told = [safe_md(text) for text in change_words.what(one, lang)]
        if one.kind == "new":
            st.markdown(told[0])
            return
        heading = safe_md(one.heading(lang) or t("change_log.hidden", lang))
        if one.entity == "dossier" and not one.is_gone:
            st.page_link(
                "views/dossiers.py", label=f"**{heading}**", query_params={"file": one.entity_id, "lang": lang}
            )
        elif one.is_gone:
            st.markdown(f"**{heading}**")
        else:
            opens = "piece" if one.entity == "item" else "event"
            st.button(
                f"**{heading}**", key=f"open-{key}", type="tertiary", wrap=True,
                on_click=address.put, args=(opens, one.entity_id),
            )  # fmt: skip
        st.markdown("  \n".join(told))
        facts = [
            t(f"change.{one.kind}", lang),
            label("jurisdictions", one.jurisdiction, lang) if one.jurisdiction else "",
            one.at[11:16] + " UTC",
            change_words.who(one, lang),
            change_words.why(one, lang),
        ]
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"facts-{key}"):
            st.caption(safe_md(" · ".join(part for part in facts if part)), width="content")
            if proved := change_words.proof(one):
                st.button(
                    t("change_log.proof", lang), key=f"proof-{key}", type="tertiary", on_click=address.put,
                    args=("event", proved),
                )  # fmt: skip
            if before and one.entity == "dossier":
                with st.container(key=f"before-{key}", width="content"):
                    st.page_link(
                        "views/dossiers.py", label=t("change_log.before", lang), icon=":material/history:",
                        query_params={"file": one.entity_id, "as_of": before.isoformat(), "lang": lang},
                    )  # fmt: skip
            elif before and one.entity == "event":
                st.button(
                    t("change_log.before", lang), key=f"before-{key}", type="tertiary", icon=":material/history:",
                    on_click=as_of.show_event, args=(before, one.entity_id),
                )  # fmt: skip


wanted = ChangeFilter(tuple(kinds), view.jurisdictions, since, until)
total = store.ask(queries.change_count, wanted)
if not total:
    st.info(t("change_log.none", lang), icon=":material/filter_alt_off:")
    if wanted != ChangeFilter():
        st.button(t("filters.clear", lang), key="clear-changes", on_click=clear)
else:
    pages = -(-total // ROWS)
    page = min(address.page_number(), pages)
    found = store.ask(queries.changes, wanted, limit=ROWS, offset=(page - 1) * ROWS)
    first = (page - 1) * ROWS + 1
    st.caption(
        plural("change_log.shown", total, lang, first=number(first, lang), last=number(first + len(found) - 1, lang))
    )  # fmt: skip
    span = store.span()
    day = ""
    for place, one in enumerate(found):
        if one.at[:10] != day:
            day = one.at[:10]
            st.header(show_date(day, lang), anchor=False)
        earlier = date.fromisoformat(day) - timedelta(days=1)
        entry(one, str(place), earlier if span and earlier >= span.first else None)
    browse.pager(pages, page, key="changes")
