"""What this is, how it works, what it promises and what it cannot do."""

import streamlit as st

from dashboard import address, store
from dashboard.dates import show_instant
from dashboard.i18n import label, t, written
from dashboard.safe import safe_md
from data import coverage, export, queries
from data.vocabulary import load_vocabulary

PARTS = ("method", "promises", "reading", "privacy", "licence", "limits")

lang = address.lang()
st.title(t("about.title", lang), anchor=False)
st.markdown(t("about.intro", lang))
for part in PARTS:
    st.header(t(f"about.{part}", lang), anchor=False)
    st.markdown(t(f"about.{part}_text", lang))
    if part == "licence":
        st.markdown(safe_md(export.LICENCES[written(lang)]))
    if part == "reading":
        levels = load_vocabulary().codes("verification")
        st.table(
            {
                t("col.check", lang): [label("verification", code, lang) for code in levels],
                t("about.meaning", lang): [t(f"verification.{code}", lang) for code in levels],
            },
            hide_index=True,
            border="horizontal",
        )
    if part == "limits":
        st.markdown(safe_md(coverage.not_covered(written(lang))))
st.header(t("about.decided", lang), anchor=False)
st.markdown(t("about.decided_text", lang))
st.page_link("views/desk.py", label=t("desk.title", lang), icon=":material/gavel:", query_params={"lang": lang})
snapshot = store.ask(queries.snapshot)
st.caption(
    t(
        "about.snapshot",
        lang,
        id=safe_md(snapshot.id),
        at=show_instant(snapshot.published_at, lang),
        vocabulary=safe_md(snapshot.vocabulary_version),
    )
)
