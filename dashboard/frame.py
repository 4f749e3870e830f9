"""What every page has around it: freshness and language."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import streamlit as st

from dashboard import address, as_of, store
from dashboard.dates import show_date, show_instant
from dashboard.i18n import LANGUAGES, plural, t
from data import queries

# Our own few lines, with a language code of ours as only input: screen readers take the voice from <html lang>. They
# say whether the window is as narrow as a phone, when that is not known yet and whenever it changes, also without a run
# of the page: figures and tables are drawn for it. The query is of the layout, which pinching on a phone leaves alone.
_JS = """
// tables and drawers that scroll can be reached and scrolled with the keyboard
const PARTS = '[data-testid="stTable"] > div, [role="dialog"], [role="dialog"] > div, [role="dialog"] > div > div';
function reach() {
    for (const one of document.querySelectorAll(PARTS)) {
        const scrolls = one.closest('[role="dialog"]')  // a drawer may grow after it was looked at
            || one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
        if (scrolls && /auto|scroll/.test(getComputedStyle(one).overflow)) { one.tabIndex = 0; }
    }
}
// what Streamlit says in English alone, in the reader's words: names of its buttons, and that a page does not exist
let words = {};
function rename() {
    for (const [selector, name] of Object.entries(words.buttons || {})) {
        for (const one of document.querySelectorAll(selector)) {
            if (one.dataset.words !== name) { one.dataset.words = name; one.setAttribute("aria-label", name); }
        }
    }
    for (const title of document.querySelectorAll('[role="dialog"] > h2')) {
        if (title.childElementCount || !words.nowhere || "words" in title.dataset) { continue; }  // ours have an icon
        title.dataset.words = "";
        [title, title.nextElementSibling?.firstElementChild].forEach((part, place) => {
            if (part && part.firstChild) { part.firstChild.data = words.nowhere[place]; }
        });
    }
}
const narrow = window.matchMedia("(max-width: 639.98px)");
let told = () => {};
narrow.addEventListener("change", () => told());
let waiting = 0;
const look = () => { waiting = 0; reach(); rename(); };
const watch = new MutationObserver(() => { waiting = waiting || setTimeout(look, 300); });

export default function (component) {
    const code = component.data && component.data.lang;
    if (/^[a-z]{2,3}$/.test(code)) { document.documentElement.lang = code; }
    told = () => { if (component.data) { component.setStateValue("narrow", narrow.matches); } };
    if (component.data && component.data.narrow !== narrow.matches) { told(); }
    words = (component.data && component.data.words) || {};
    watch.observe(document.body, { childList: true, subtree: true });
    reach();
    rename();
}
"""

_CSS = Path(__file__).with_name("look.css").read_text(encoding="utf-8")


def document(lang: str) -> None:
    """Set the language of the document and our few styles, and learn whether the window is narrow."""
    mount = st.components.v2.component(
        "document_frame", html="<span hidden></span>", css=_CSS, js=_JS, isolate_styles=False
    )
    seen = st.session_state.get("document-frame")
    if seen is not None and seen.get("narrow") is not None:
        address.learn_width(narrow=bool(seen["narrow"]))
    mount(
        data={"lang": lang, "narrow": address.is_phone(), "words": _words(lang)},
        key="document-frame",
        height=1,
        on_narrow_change=lambda: None,
    )


def _words(lang: str) -> dict[str, object]:
    """What Streamlit's own parts say, for the program above: selector -> name of a button, and title and text of the
    notice that an address leads nowhere.
    """
    return {
        "buttons": {
            '[data-testid="stExpandSidebarButton"]': t("frame.menu", lang),
            '[data-testid="stSidebarCollapseButton"] button': t("frame.close_menu", lang),
            '[role="dialog"] > button': t("close", lang),
        },
        "nowhere": [t("frame.nowhere", lang), t("frame.nowhere_why", lang)],
    }


def header(lang: str) -> None:
    """One line: how fresh this is on the left, the language on the right."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="frame"):
        with st.spinner(t("as_of.building", lang)) if store.day() else nullcontext():
            snapshot = store.ask(queries.snapshot)
        st.caption(
            t(
                "as_of.fresh" if snapshot.as_of else "frame.fresh",
                lang,
                at=show_date(snapshot.as_of[:10], lang)
                if snapshot.as_of
                else show_instant(snapshot.published_at, lang),
                events=plural("count.events", snapshot.event_count, lang),
                dossiers=plural("count.files", snapshot.dossier_count, lang),
                items=plural("count.documents_read", snapshot.item_count, lang),
            ),
            width="content",
        )
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="frame-controls"):
            as_of.control(lang)
            st.session_state["w-lang"] = lang
            st.segmented_control(
                t("frame.language", lang),
                LANGUAGES,
                key="w-lang",
                format_func=lambda code: t("language.name", code),
                on_change=lambda: address.put("lang", st.session_state["w-lang"] or lang),
                label_visibility="collapsed",
                width="content",
            )


def no_database(lang: str) -> None:
    """Before the first publication: say so, and look again."""
    st.info(t("frame.no_database", lang), icon=":material/hourglass_empty:")
    st.button(t("frame.again", lang), key="again")


def unreadable(lang: str) -> None:
    """The published file is damaged or of another version: say what helps, not what it holds."""
    st.error(t("frame.unreadable", lang), icon=":material/database_off:")
    st.button(t("frame.again", lang), key="again")


def too_long(lang: str) -> None:
    """A question of the page was ended by its limit of time: say so, and how to ask for less."""
    st.warning(t("frame.too_long", lang), icon=":material/hourglass_bottom:")
    st.button(t("frame.again", lang), key="again")
