"""The record as it stood at the end of a day: which day the address asks for, the banner that says so, the choice.

The day is ``as_of`` in the address and stays over pages and languages until somebody goes back to now.
"""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard import address, store
from dashboard.dates import show_date
from dashboard.i18n import t
from dashboard.safe import safe_md


def control(lang: str) -> None:
    """A popover to choose the day; the days that can be shown are its bounds."""
    span = store.span()
    if span is None or span.first >= span.last:
        return
    day = store.day()
    with st.popover(t("as_of.choose", lang), icon=":material/history:", width="content", key="as-of"):
        st.markdown(t("as_of.what", lang))
        st.session_state["w-as-of"] = date.fromisoformat(day) if day else None
        st.date_input(
            t("as_of.day", lang),
            key="w-as-of",
            min_value=span.first,
            max_value=span.last - timedelta(days=1),
            on_change=lambda: address.put("as_of", _iso(st.session_state["w-as-of"])),
            format="YYYY-MM-DD",
        )
        st.caption(t("as_of.first", lang, day=show_date(span.first.isoformat(), lang)))
        if span.exact > span.first:
            st.caption(t("as_of.partly", lang, day=show_date(span.exact.isoformat(), lang)))
        if day:
            st.button(t("as_of.now", lang), key="as-of-now-inside", on_click=now)


def banner(lang: str) -> None:
    """Say which day's record this is. Stops the page when there was none on that day."""
    asked, span = address.get("as_of"), store.span()
    if not asked:
        return
    day = store.day()
    with st.container(key="as-of-banner", border=True):
        if day and span:
            told = [f"**{t('as_of.banner', lang, day=show_date(day, lang))}**", t("as_of.today_words", lang)]
            if date.fromisoformat(day) < span.exact:
                told.append(t("as_of.partly", lang, day=show_date(span.exact.isoformat(), lang)))
            _told(":material/history: " + " ".join(told), lang)
            return
        wanted = store.day_of(asked)
        if wanted is None:
            _told(t("as_of.malformed", lang, asked=safe_md(asked)), lang)
            return
        if span is None or wanted >= span.last:
            _told(t("as_of.not_over", lang, day=show_date(wanted.isoformat(), lang)), lang)
            return
        _told(
            t("as_of.too_early", lang, day=show_date(wanted.isoformat(), lang),
              first=show_date(span.first.isoformat(), lang)),
            lang, first=span.first.isoformat() if span.first < span.last else "",
        )  # fmt: skip
    st.stop()


def _told(text: str, lang: str, first: str = "") -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(text, width="stretch")
        if first:
            st.button(t("as_of.go_first", lang), key="as-of-first", on_click=address.put, args=("as_of", first))
        st.button(t("as_of.now", lang), key="as-of-now", icon=":material/today:", on_click=now)


def now() -> None:
    """Back to the record of now; the page and its filters stay."""
    address.put("as_of", "")


def show_event(day: date, event_id: str) -> None:
    """An event as it stood at the end of a day."""
    address.put_together(as_of=day.isoformat(), event=event_id)


def _iso(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else ""
