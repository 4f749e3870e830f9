"""What "since my last visit" means, without accounts and without cookies.

The browser keeps, in its own storage, which publication it saw last and when it looked. A look within half an hour of
the one before belongs to the same visit; the first look after a pause starts a new one, and what was seen last then is
where the news begin. The instant kept is that of the publication, not of a clock: whatever came later is new. Nothing
but this instant ever reaches the server, and it is believed only when it is one.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import streamlit as st

#: codes of ``since`` in the address -> days; ``visit`` and a day ``2026-11-20`` are understood too
DAYS = {"1": 1, "7": 7, "30": 30}
VISIT = "visit"
DEFAULT = "7"
#: what the browser answers when it remembers no visit
NEVER = "never"

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_EARLIEST = "2020-01-01"

_CSS = ".st-key-last-visit { position: absolute; height: 0; overflow: hidden; }"

# Our own lines, with an instant of ours as only input. A page in the background is noted once it is looked at.
_JS = """
const KEY = "deepfake-policy-monitor.visit";
const PAUSE = 30 * 60 * 1000;

function kept() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (error) { return {}; }
}

export default function (component) {
    const { data, setStateValue } = component;
    const look = () => {
        if (document.visibilityState !== "visible") { return; }
        const before = kept();
        const now = Date.now();
        const same = Math.abs(now - before.at) < PAUSE;
        const since = (same ? before.since : before.seen) || "never";
        try {
            localStorage.setItem(KEY, JSON.stringify({ since: since, seen: data.seen, at: now }));
        } catch (error) { return; }
        if (since !== data.known) { setStateValue("since", since); }
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
}
"""


def ask(seen: str) -> str:
    """Tell the browser which publication is on screen (its UTC instant); return what it saw at its last visit.

    An instant, :data:`NEVER` on a first visit, or empty while the browser has not answered.
    """
    mount = st.components.v2.component(
        "last_visit", html="<span hidden></span>", css=_CSS, js=_JS, isolate_styles=False
    )
    known = st.session_state.get("held-visit", "")
    answer = mount(data={"seen": seen, "known": known}, key="last-visit", height=1, on_since_change=lambda: None)
    told = answer.get("since") or known
    told = told if told == NEVER else instant(told)
    if told:
        st.session_state["held-visit"] = told
    return told


def instant(text: object) -> str:
    """``text`` when it is a UTC instant that has been, to the second; else empty."""
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return ""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text if text >= _EARLIEST and when <= datetime.now(UTC) else ""


def choose(asked: str, visit: str, today: str) -> str:
    """The period of the page: the code or day of the address when it is one, else the last visit, else seven days."""
    if asked in DAYS or (asked == VISIT and visit) or is_day(asked, today):
        return asked
    return VISIT if visit else DEFAULT


def is_day(text: str, today: str) -> bool:
    """Whether ``text`` is a day of the past as ``2026-11-20``."""
    try:
        return date.fromisoformat(text).isoformat() == text and _EARLIEST <= text <= today
    except ValueError:
        return False


def begins(code: str, visit: str, today: str, now: datetime) -> str:
    """The UTC instant at which a period begins: a day at its local midnight, a visit just after what it saw."""
    if code == VISIT:
        return _stamp(datetime.fromisoformat(visit) + timedelta(seconds=1))
    if code in DAYS and code != "1":
        return _stamp(now.replace(second=0) - timedelta(days=DAYS[code]))
    return _stamp(datetime.fromisoformat(today if code == "1" else code))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
