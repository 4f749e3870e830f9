"""Search over events, files, actors and the documents on the subject: a few of each, or fifty a page of one kind."""

import re

import streamlit as st

from dashboard import address, browse, filters, hits, query_words, store
from dashboard.i18n import number, t
from dashboard.safe import safe_md
from data.query_language import parse
from data.search import search
from data.search_found import CAP
from data.search_help import also_searched, why_nothing
from data.search_sql import KINDS

ROWS = 50
ALL = "all"
ORDERS = ("best", "newest")
#: queries that show what the language can say, by their key in the words of the interface
EXAMPLES = ("words", "phrase", "absent", "any", "title", "type", "actor", "number")

lang = address.lang()
st.title(t("search.title", lang), anchor=False)
view = filters.asked(lang)
words = address.get("words") or view.query


def ask(query: str) -> None:
    """Other words start at the first page, with the same limits."""
    address.put("words", query)
    address.put("page", "")


def typed() -> None:
    """The box was filled in."""
    ask(" ".join(st.session_state["w-words"].split()))


def choose(key: str, value: str) -> None:
    """Another kind, order or width of the search."""
    address.put(key, value)
    address.put("page", "")


def widen() -> None:
    """Look everywhere again, with the same words."""
    kept = words
    address.clear()
    for key in ("kind", "year", "publisher", "page"):
        address.put(key, "")
    address.put("words", kept)


def several(key: str, form: str) -> tuple[str, ...]:
    """Values of a key in the address that have the form of one."""
    return tuple(dict.fromkeys(one for one in st.query_params.get_all(key) if re.fullmatch(form, one)))


def help_me() -> None:
    """How to search, by examples that can be tried."""
    with st.popover(t("search.help", lang), icon=":material/help:", width="stretch"):
        st.markdown(t("search.start", lang))
        for name in EXAMPLES:
            example = t(f"search.try.{name}", lang)
            with st.container(gap=None, key=f"example-{name}"):
                st.caption(t(f"search.example.{name}", lang))
                st.button(
                    safe_md(example),
                    key=f"try-{name}",
                    icon=":material/search:",
                    type="tertiary",
                    on_click=ask,
                    args=(example,),
                )


box, helping = st.columns([5, 1], vertical_alignment="bottom")
with box:
    st.session_state["w-words"] = words
    st.text_input(
        t("search.box", lang), key="w-words", on_change=typed, placeholder=t("search.placeholder", lang), max_chars=300
    )
with helping:
    help_me()
query = parse(words)
if query.tree is None:
    for told in query_words.mended(query, lang):
        st.caption(told)
    st.info(t("search.start", lang), icon=":material/search:")
    st.stop()

is_exact = address.get("exact") == "1"
kind = address.get("kind") if address.get("kind") in KINDS else ""
order = address.get("order") if address.get("order") in ORDERS else ("newest" if kind == "item" else "best")
chosen = {
    "jurisdiction": view.jurisdictions,
    "year": several("year", r"\d{4}"),
    "type": view.types,
    "publisher": several("publisher", r"[a-z0-9-]{1,60}"),
}

with st.container(gap=None, key="understood"):
    st.caption(safe_md(t("query.understood", lang, words=query_words.sentence(query, lang))))
    for told in query_words.mended(query, lang):
        st.caption(safe_md(told))
    added = [] if is_exact else store.ask(also_searched, words)
    if is_exact:
        st.caption(t("query.exact", lang))
        st.button(
            t("query.widely", lang),
            key="widely",
            type="tertiary",
            icon=":material/open_in_full:",
            on_click=choose,
            args=("exact", ""),
        )
    elif added:
        st.caption(safe_md(t("query.also", lang, words=query_words.also(added, lang))))
        st.button(
            t("query.exactly", lang),
            key="exactly",
            type="tertiary",
            icon=":material/match_word:",
            on_click=choose,
            args=("exact", "1"),
        )

page_number = address.page_number() if kind else 1
found = store.ask(
    search,
    words,
    kind=kind,
    jurisdictions=chosen["jurisdiction"],
    years=chosen["year"],
    types=chosen["type"],
    publishers=chosen["publisher"],
    since=view.since.isoformat() if view.since else "",
    until=view.until.isoformat() if view.until else "",
    exact=is_exact,
    order=order,
    lang=lang,
    limit=ROWS,
    offset=(page_number - 1) * ROWS,
)

counts = found.counts.get("kind", {})
is_limited = bool(any(chosen.values()) or view.since or view.until)
if not found.total and not sum(counts.values()):
    st.info(t("search.none", lang), icon=":material/search_off:")
    if is_limited and store.ask(search, words, exact=is_exact).total:
        st.button(t("search.drop", lang), key="drop-limits", on_click=widen)
    else:
        hits.nothing(store.ask(why_nothing, words, exact=is_exact), lang, ask)
    st.stop()

st.session_state["w-search-kind"] = kind or ALL
st.segmented_control(
    t("search.kinds", lang),
    (ALL, *KINDS),
    key="w-search-kind",
    required=True,
    format_func=lambda code: (
        t("search.all", lang) if code == ALL else f"{t(f'kinds.{code}', lang)} ({number(counts.get(code, 0), lang)})"
    ),
    on_change=lambda: choose("kind", st.session_state["w-search-kind"].replace(ALL, "")),
    label_visibility="collapsed",
)
if found.is_capped:
    st.caption(t("search.capped", lang, n=number(CAP, lang)))
left, right = st.columns([3, 1], gap="large")
if address.is_phone():
    with left.expander(t("search.narrow", lang), icon=":material/tune:"):
        hits.facets(found, view, chosen, kind, lang)
else:
    with right:
        hits.facets(found, view, chosen, kind, lang)
        if is_limited:
            st.button(t("search.drop", lang), key="drop-limits", on_click=widen, type="tertiary")
with left:
    if kind:
        st.session_state["w-order"] = order
        st.segmented_control(
            t("search.order", lang),
            ORDERS,
            key="w-order",
            required=True,
            format_func=lambda code: t(f"search.by.{code}", lang),
            on_change=lambda: choose("order", st.session_state["w-order"]),
        )
        for place, hit in enumerate(found.hits):
            hits.show(hit, lang, key=str(place))
        browse.pager(-(-found.total // ROWS), page_number, key="search")
    else:
        for place, hit in enumerate(one for one in found.hits if one.is_exact):
            hits.show(hit, lang, key=f"exact-{place}")
        for each in KINDS:
            shown = [one for one in found.hits if one.kind == each and not one.is_exact]
            if not shown:
                continue
            st.header(t(f"kinds.{each}", lang), anchor=False)
            for place, hit in enumerate(shown):
                hits.show(hit, lang, key=f"{each}-{place}")
            if counts.get(each, 0) > len(shown):
                st.button(
                    t(f"search.every.{each}", lang, n=number(counts[each], lang)),
                    key=f"every-{each}",
                    on_click=choose,
                    args=("kind", each),
                )
