"""Laws, cases and soft-law files: a table or groups by jurisdiction, and the page of one (``?file=``)."""

import streamlit as st

from dashboard import address, file, file_list, filters, store
from dashboard.i18n import plural, t
from data import queries

lang = address.lang()
if address.get("file"):
    file.show(address.get("file"), lang)
else:
    st.title(t("dossiers.title", lang), anchor=False)
    view = filters.bar(lang, words_label=t("file.search", lang), words_hint=t("file.search_hint", lang))
    found = store.ask(queries.dossiers, view)
    if not found:
        filters.empty_state(view, lang)
    else:
        with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
            st.caption(plural("dossiers.count", len(found), lang), width="content")
            order = file_list.order_choice(lang)
        if order == file_list.BY_PLACE:
            file_list.groups(file_list.ordered(found, order, lang), lang)
        else:
            file_list.table(file_list.ordered(found, order, lang), lang)
