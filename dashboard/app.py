"""The dashboard: ``streamlit run dashboard/app.py``. Navigation, language, the frame around each page."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:  # Streamlit puts this folder there, not the project's
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from dashboard import address, as_of, card, frame, member, piece, store  # noqa: E402
from dashboard.i18n import t  # noqa: E402

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
    page.run()
    if not piece.show_if_asked(lang):
        card.show_if_asked(lang)
except store.NoDatabase:
    frame.no_database(lang)
except store.Unreadable:
    frame.unreadable(lang)
