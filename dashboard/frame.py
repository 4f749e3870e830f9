"""What every page has around it: freshness, language, the state of a running collection."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import address, as_of, store
from dashboard.dates import show_date, show_instant
from dashboard.i18n import LANGUAGES, plural, t
from dashboard.safe import safe_md
from data import queries

#: names of troubled sources stand open up to this many; a longer list waits behind its count
FEW = 5


# Our own few lines, with a language code of ours as only input: screen readers take the voice from <html lang>. They
# say whether the window is as narrow as a phone, when that is not known yet and whenever it changes, also without a run
# of the page: figures and tables are drawn for it. The query is of the layout, which pinching on a phone leaves alone.
_JS = """
// tables and drawers that scroll can be reached and scrolled with the keyboard
const PARTS = '[data-testid="stTable"] > div, [role="dialog"], [role="dialog"] > div, [role="dialog"] > div > div';
function reach() {
    for (const one of document.querySelectorAll(PARTS)) {
        const scrolls = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
        if (scrolls && /auto|scroll/.test(getComputedStyle(one).overflow)) { one.tabIndex = 0; }
    }
}
const narrow = window.matchMedia("(max-width: 639.98px)");
let told = () => {};
narrow.addEventListener("change", () => told());
let waiting = 0;
const watch = new MutationObserver(() => { clearTimeout(waiting); waiting = setTimeout(reach, 300); });

export default function (component) {
    const code = component.data && component.data.lang;
    if (/^[a-z]{2,3}$/.test(code)) { document.documentElement.lang = code; }
    told = () => { if (component.data) { component.setStateValue("narrow", narrow.matches); } };
    if (component.data && component.data.narrow !== narrow.matches) { told(); }
    watch.observe(document.body, { childList: true, subtree: true });
    reach();
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
        data={"lang": lang, "narrow": address.is_phone()},
        key="document-frame",
        height=1,
        on_narrow_change=lambda: None,
    )


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


def collection(lang: str) -> None:
    """The state of a running collection, renewed by itself; nothing when none runs and every source answered."""
    if store.day():  # what is collected now is no part of the record of that day
        return
    state = store.progress()
    running = bool(state) and not state.get("finished_at") and not state.get("silent")
    st.fragment(_collection, run_every=2 if running else None)(lang, running)


def _collection(lang: str, was_running: bool) -> None:
    state = store.progress()
    running = bool(state) and not state.get("finished_at") and not state.get("silent")
    if was_running and not running:
        st.rerun(scope="app")  # the new snapshot is there: draw everything from it
    if running:
        _running(state, lang)
    elif state.get("silent"):
        st.warning(t("progress.silent", lang, at=show_instant(str(state.get("started_at", "")), lang)))
    unreachable = [str(one) for one in state.get("unreachable") or [] if one]
    if unreachable:
        text = t("progress.unreachable", lang, n=len(unreachable), names=safe_md(", ".join(sorted(unreachable))))
        if len(unreachable) <= FEW:
            st.warning(text, icon=":material/cloud_off:")
        else:
            with st.expander(t("progress.many", lang, n=len(unreachable)), icon=":material/cloud_off:"):
                st.markdown(text)


def _running(state: dict[str, Any], lang: str) -> None:
    total, done = _count(state.get("total")), _count(state.get("done"))
    text = t("progress.running", lang, done=done, total=total, records=_count(state.get("records")))
    if left := _count(state.get("seconds_left")) // 60:
        text += " " + t("progress.left", lang, n=left)
    if now := ", ".join(str(one) for one in state.get("running") or []):
        text += " " + t("progress.now", lang, names=safe_md(now))
    st.progress(min(done / total, 1.0) if total else 0.0, text=text)


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0
