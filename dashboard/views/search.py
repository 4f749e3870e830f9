"""Full-text search over events, files, actors and the texts on the subject; fifty hits a page."""

import streamlit as st

from dashboard import address, browse, filters, piece, store
from dashboard.dates import show_date
from dashboard.i18n import label, number, t
from dashboard.safe import md_link, safe_md, safe_parts
from data.rows import SearchHit
from data.search import search

KINDS = ("event", "dossier", "actor", "item")
ROWS = 50

lang = address.lang()
st.title(t("search.title", lang), anchor=False)
view = filters.asked(lang)
words = address.get("words") or view.query


def typed() -> None:
    """New words start at the first page."""
    address.put("words", " ".join(st.session_state["w-words"].split()))
    address.put("page", "")


def chose(key: str, widget: str) -> None:
    """A facet was chosen."""
    address.put(key, st.session_state[widget] or [])
    address.put("page", "")


def widen() -> None:
    """Look everywhere again, with the same words."""
    kept = words
    address.clear()
    for key, value in (("kind", ""), ("page", ""), ("words", kept)):
        address.put(key, value)


def hit_link(hit: SearchHit) -> None:
    """The title as a link to where the hit is shown."""
    title = f"**{safe_md(hit.heading(lang) or hit.ref)}**"
    if hit.kind == "event":
        st.button(
            title, key=f"open-{hit.ref}", icon=":material/event:", type="tertiary", wrap=True,
            on_click=address.put, args=("event", hit.ref),
        )  # fmt: skip
    elif hit.kind == "dossier":
        st.page_link(
            "views/dossiers.py",
            label=title,
            icon=":material/folder_open:",
            query_params={"file": hit.ref, "lang": lang},
        )
    elif hit.kind == "actor":
        st.page_link(
            "views/actors.py",
            label=title,
            icon=":material/account_circle:",
            query_params={"who": hit.ref, "lang": lang},
        )
    else:
        st.markdown(f"**{md_link(hit.heading(lang) or hit.ref, hit.url)}**")


st.session_state["w-words"] = words
st.text_input(
    t("search.box", lang), key="w-words", on_change=typed, placeholder=t("search.placeholder", lang), max_chars=300
)
if not words.strip():
    st.caption(t("search.start", lang))
    st.stop()

kinds = tuple(one for one in st.query_params.get_all("kind") if one in KINDS)
page = address.page_number()
found = store.ask(
    search,
    words,
    kinds=kinds,
    jurisdictions=view.jurisdictions,
    since=view.since.isoformat() if view.since else "",
    until=view.until.isoformat() if view.until else "",
    limit=ROWS,
    offset=(page - 1) * ROWS,
)
left, right = st.columns([1, 3], gap="large")
with left:
    st.session_state["w-search-kind"] = list(kinds)
    st.pills(
        t("search.kinds", lang),
        KINDS,
        selection_mode="multi",
        wrap=True,
        key="w-search-kind",
        format_func=lambda code: f"{t(f'kind.{code}', lang)} ({number(found.kinds.get(code, 0), lang)})",
        on_change=chose,
        args=("kind", "w-search-kind"),
    )
    places = sorted(
        {*found.jurisdictions, *view.jurisdictions} - {""}, key=lambda code: (-found.jurisdictions.get(code, 0), code)
    )
    st.session_state["w-search-place"] = list(view.jurisdictions)
    st.multiselect(
        t("filter.jurisdiction", lang),
        places,
        key="w-search-place",
        format_func=lambda code: (
            f"{label('jurisdictions', code, lang)} ({number(found.jurisdictions.get(code, 0), lang)})"
        ),
        on_change=chose,
        args=("jurisdiction", "w-search-place"),
        placeholder=t("filters.all", lang),
    )
    if view.since or view.until:
        st.caption(t("search.period", lang, start=str(view.since or "…"), end=str(view.until or "…")))
with right:
    if not found.total:
        st.info(t("search.none", lang), icon=":material/search_off:")
        if kinds or view.jurisdictions or view.since or view.until:
            st.button(
                t("search.drop", lang),
                key="drop-facets",
                on_click=widen,
            )
        st.stop()
    total = t("search.capped", lang, n=number(found.total, lang)) if found.capped else number(found.total, lang)
    st.markdown(t("search.total", lang, n=total))
    for place, hit in enumerate(found.hits):
        with st.container(gap=None, key=f"hit-{place}"):
            hit_link(hit)
            st.markdown(safe_parts(hit.snippet))
            facts = [
                t(f"kind.{hit.kind}", lang),
                show_date(hit.date, lang),
                label("jurisdictions", hit.jurisdiction, lang) if hit.jurisdiction else "",
                hit.publisher,
                t("search.also", lang, names=", ".join(hit.also)) if hit.also else "",
            ]
            st.caption(safe_md(" · ".join(one for one in facts if one)))
            if hit.kind == "item":
                piece.open_button(int(hit.ref), lang, key=f"piece-{place}")
    browse.pager(-(-found.total // ROWS), page, key="search")
