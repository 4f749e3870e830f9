"""The page of one visit: navigation, language, the frame around it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import address, as_of, card, frame, member, piece, store
from dashboard.i18n import t
from data.errors import TooLongError


def show() -> None:
    """Draw what the address asks for. Paths of views are relative to ``app.py``, beside this file."""
    lang = address.lang()
    st.set_page_config(  # an icon of our own: symbols and emoji would be fetched from another host
        page_title=t("app.title", lang),
        page_icon=str(Path(__file__).with_name("icon.png")),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    address.keep()  # before the navigation: the browser then moves to the page and its filters in one step
    page = st.navigation(
        [
            st.Page("views/overview.py", title=t("nav.overview", lang), default=True),
            st.Page("views/timeline.py", title=t("nav.timeline", lang), url_path="timeline"),
            st.Page("views/dossiers.py", title=t("nav.dossiers", lang), url_path="dossiers"),
            st.Page("views/compare.py", title=t("nav.compare", lang), url_path="compare"),
            st.Page("views/actors.py", title=t("nav.actors", lang), url_path="actors"),
            st.Page("views/positions.py", title=t("nav.positions", lang), url_path="positions"),
            st.Page("views/search.py", title=t("nav.search", lang), url_path="search"),
            st.Page("views/changes.py", title=t("nav.changes", lang), url_path="changes"),
            st.Page("views/sources.py", title=t("nav.sources", lang), url_path="sources"),
            st.Page(
                "views/desk.py",
                title=t("nav.desk", lang),
                url_path="desk",
                visibility="visible" if member.name() or member.can_sign_in() else "hidden",
            ),
            st.Page("views/about.py", title=t("nav.about", lang), url_path="about"),
        ],
        position="top",
    )
    frame.document(lang)
    try:
        frame.header(lang)
        as_of.banner(lang)
        card.tell_if_missing(lang)
        page.run()
        if not piece.show_if_asked(lang):
            card.show_if_asked(lang)
    except store.NoDatabase:
        frame.no_database(lang)
    except TooLongError:
        frame.too_long(lang)
    except store.Unreadable:
        frame.unreadable(lang)
