"""The desk: what the team decided, and the views it keeps. A visitor learns here why there is nothing to see."""

import streamlit as st

from dashboard import address, decided, member
from dashboard.i18n import t

lang = address.lang()
st.title(t("desk.title", lang), anchor=False)
st.markdown(t("desk.intro", lang))
decided.who(lang)
if member.name():
    st.header(t("desk.decided", lang), anchor=False)
    decided.listing(lang)
    st.header(t("views.title", lang), anchor=False)
    decided.views(lang)
