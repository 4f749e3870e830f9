"""Live addresses of a view: what a feed reader, a calendar or a program asks again and again."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard import address, live, store
from dashboard.i18n import t, written
from data.view import View


def addresses(view: View, lang: str) -> None:
    """The addresses of a view as lines to copy, one a format. They follow the record of now, whatever day is shown."""
    with st.expander(t("feeds.title", lang), icon=":material/rss_feed:"):
        st.markdown(t("feeds.intro", lang))
        query = urlencode([*view.pairs(), ("lang", written(lang))])
        for name in live.FEEDS:
            st.caption(t(f"feeds.{name}", lang))
            st.code(f"{address.base()}/feed/{name}?{query}", language=None, wrap_lines=True)
            if name == "atom":
                st.caption(t("feeds.new", lang))
                st.code(f"{address.base()}/feed/{name}?{query}&tell=new", language=None, wrap_lines=True)
        st.caption(t("feeds.day" if store.day() else "feeds.note", lang))
