"""How the collection goes, in one place and one line: under way, stopped without an end, or which sources have trouble.

While a collection runs the line renews itself. What a source told before stays shown whatever becomes of it, so
trouble is said calmly and its details stand on the page of the sources.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import store
from dashboard.dates import show_instant
from dashboard.i18n import number, plural, t
from dashboard.safe import safe_md
from data import queries
from data.rows import SourceHealth, localised

#: states of a source that somebody should look at
TROUBLE = ("failed", "blocked", "unavailable", "suspicious", "stale")
#: names of troubled sources stand open up to this many; a longer list waits behind its count
FEW = 5


def progress(lang: str) -> None:
    """A running collection, or one that stopped without an end; nothing else."""
    _renewed(lang, whole=False)


def line(lang: str) -> None:
    """The same, else the sources that have trouble, else that all is well. Of now: a day of the record has none."""
    if store.day():
        st.caption(t("as_of.skipped", lang))
    else:
        _renewed(lang, whole=True)


def troubled(sources: list[SourceHealth], state: dict[str, Any]) -> list[SourceHealth]:
    """Sources in trouble: by the last publication, and by the visits of a collection that is not published yet."""
    visits = state.get("outcomes")
    outcomes = visits if isinstance(visits, dict) else {}
    return [one for one in sources if one.state in TROUBLE or outcomes.get(one.source_id) in TROUBLE]


def _renewed(lang: str, *, whole: bool) -> None:
    if store.day():  # what is collected now is no part of the record of that day
        return
    running = _is_running(store.progress())
    st.fragment(_draw, run_every=2 if running else None)(lang, running, whole)


def _draw(lang: str, was_running: bool, whole: bool) -> None:
    state = store.progress()
    running = _is_running(state)
    if was_running and not running:
        st.rerun(scope="app")  # the new snapshot is there: draw everything from it
    if running:
        _running(state, lang)
        return
    told = []
    if state.get("silent"):
        told.append(t("progress.silent", lang, at=show_instant(str(state.get("started_at", "")), lang)))
    sources = store.ask_now(queries.sources_health, store.now()) if whole else []
    if amiss := troubled(sources, state):
        told.append(_trouble(amiss, lang))
    if told and whole:
        st.page_link("views/sources.py", label=" ".join(told), icon=":material/cloud_off:", query_params={"lang": lang})
    elif told or whole:
        answered = any(one.state in ("ok", "unchanged") for one in sources)
        st.caption(" ".join(told) or t("overview.no_trouble" if answered else "overview.not_visited", lang))


def _trouble(amiss: list[SourceHealth], lang: str) -> str:
    if len(amiss) > FEW:
        return plural("overview.trouble", len(amiss), lang)
    names = ", ".join(sorted(localised(one.names, lang, one.names.get("en") or one.source_id) for one in amiss))
    return plural("overview.trouble_named", len(amiss), lang, names=safe_md(names))


def _is_running(state: dict[str, Any]) -> bool:
    return bool(state) and not state.get("finished_at") and not state.get("silent")


def _running(state: dict[str, Any], lang: str) -> None:
    total, done = _count(state.get("total")), _count(state.get("done"))
    text = plural("progress.running", total, lang, done=number(done, lang))
    text += " " + plural("progress.read", _count(state.get("records")), lang)
    if left := _count(state.get("seconds_left")) // 60:
        text += " " + t("progress.left", lang, n=left)
    if now := ", ".join(str(one) for one in state.get("running") or []):
        text += " " + t("progress.now", lang, names=safe_md(now))
    st.progress(min(done / total, 1.0) if total else 0.0, text=text)


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0
