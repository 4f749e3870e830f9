"""What this is, how it works, what it promises and what it cannot do."""

import streamlit as st

from dashboard import address, store
from dashboard.dates import show_instant
from dashboard.i18n import label, t, written
from dashboard.safe import safe_md
from data import export, queries
from data.vocabulary import load_vocabulary

PARTS = ("method", "promises", "reading", "privacy", "licence", "limits")

lang = address.lang()
st.title(t("about.title", lang), anchor=False)
prose = st.container(key="prose")
prose.markdown(t("about.intro", lang))
for part in PARTS:
    prose.header(t(f"about.{part}", lang), anchor=False)
    prose.markdown(t(f"about.{part}_text", lang))
    if part == "licence":
        prose.markdown(safe_md(export.LICENCES[written(lang)]))
    if part == "reading":
        levels = load_vocabulary().codes("verification")
        prose.table(
            {
                t("col.check", lang): [label("verification", code, lang) for code in levels],
                t("about.meaning", lang): [t(f"verification.{code}", lang) for code in levels],
            },
            hide_index=True,
            border="horizontal",
        )
    if part == "limits":
        prose.page_link(
            "views/sources.py", label=t("sources.not_covered", lang), icon=":material/travel_explore:",
            query_params={"lang": lang},
        )  # fmt: skip
prose.header(t("about.decided", lang), anchor=False)
prose.markdown(t("about.decided_text", lang))
prose.page_link("views/desk.py", label=t("desk.title", lang), icon=":material/gavel:", query_params={"lang": lang})
snapshot = store.ask(queries.snapshot)
prose.caption(
    t(
        "about.snapshot",
        lang,
        id=safe_md(snapshot.id),
        at=show_instant(snapshot.published_at, lang),
        vocabulary=safe_md(snapshot.vocabulary_version),
    )
)
