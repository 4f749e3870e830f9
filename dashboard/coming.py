"""What comes next: planned events by horizon, each with the days left, and those whose day has passed in silence."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard import card, store
from dashboard.i18n import number, plural, t
from data import queries
from data.rows import Listing, TimelineEvent
from data.view import View

#: days from today; what lies behind the last is counted only
HORIZONS = (7, 30, 365)


def days_left(event: TimelineEvent, today: str, lang: str) -> str:
    """How far an event is, never finer than its date is known."""
    start, end = _days(today, event.date_start), _days(today, event.date_end)
    if end < 0:
        return plural("coming.late", -end, lang)
    if start == end:
        return _in(start, lang)
    if start > 0:
        return t("coming.at_the_earliest", lang, when=_in(start, lang))
    return t("coming.at_the_latest", lang, when=_in(end, lang))


def _in(days: int, lang: str) -> str:
    return t(f"coming.{days}", lang) if days in (0, 1) else plural("coming.in", days, lang)


def _days(today: str, day: str) -> int:
    return (date.fromisoformat(day) - date.fromisoformat(today)).days


def show(view: View, lang: str, listings: list[Listing], new_since: str) -> None:
    """The planned events of the view under a heading for each horizon that has one; then those that are late.

    ``listings`` are those of :func:`data.queries.coming_up` for :data:`HORIZONS`. What became known since the
    instant ``new_since`` says so.
    """
    today = store.today()
    st.header(t("overview.coming", lang), anchor=False)
    if not any(one.total for one in listings):
        st.caption(t("coming.nothing", lang))
    first = 0
    for days, listing in zip((*HORIZONS, 0), listings, strict=True):
        if listing.events:
            st.markdown(f"### {t(f'coming.within_{days}', lang)} ({number(listing.total, lang)})", anchors=False)
        for one in listing.events:
            lead = days_left(one, today, lang) + (
                f" · {t('coming.new', lang)}" if one.first_seen_at >= new_since else ""
            )
            card.line(one, lang, key=f"next-{one.event_id}", lead=lead, with_file=True)
        if listing.total > len(listing.events):
            left = listing.total - len(listing.events)
            _rest(plural("coming.more" if days else "coming.beyond", left, lang), first, days, lang)
        first = days + 1
    _overdue(view, today, lang)


def _rest(words: str, first: int, last: int, lang: str) -> None:
    """The link to the whole of a horizon on the timeline: its bounds are days from today."""
    today = date.fromisoformat(store.today())
    query = {"from": (today + timedelta(days=first)).isoformat(), "lang": lang}
    if last:
        query["to"] = (today + timedelta(days=last)).isoformat()
    st.page_link("views/timeline.py", label=words, icon=":material/arrow_forward:", query_params=query)


def _overdue(view: View, today: str, lang: str) -> None:
    late = store.ask(queries.overdue, view, today)
    if not late.total:
        return
    st.markdown(f"### {t('overview.overdue', lang)} ({number(late.total, lang)})", anchors=False)
    st.caption(t("overview.overdue_why", lang))
    for one in late.events:
        card.line(one, lang, key=f"late-{one.event_id}", lead=days_left(one, today, lang), with_file=True)
    if late.total > len(late.events):
        st.caption(plural("overview.more", late.total - len(late.events), lang))
