"""The address is the state: filters, language and what is open stand in it as stable codes.

Streamlit empties the query on a change of page and on a plain link, so what must stay (filters, language)
is held per session and written back; a link that brings filters of its own replaces them.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dashboard.i18n import DEFAULT, LANGUAGES
from data.view import LISTS, PAGE_KEYS, SINGLES, View

FILTERS = frozenset({*LISTS, *SINGLES})
_HELD = "held-filters"
_NARROW = "held-narrow"


def lang() -> str:
    """The interface language: in the address, else chosen before, else what the browser prefers."""
    asked = st.query_params.get("lang") or st.session_state.get("held-lang")
    if asked in LANGUAGES:
        return str(asked)
    preferred = (st.context.locale or "")[:2].lower()
    return preferred if preferred in LANGUAGES else DEFAULT


def keep() -> None:
    """Once per run, before the page: bring back what a change of page took from the address.

    The address is written at one go, or not at all: each write is an entry in the browser's history, and
    Back must lead to the page before.
    """
    language = lang()
    st.session_state["held-lang"] = language
    said = {key: st.query_params.get_all(key) for key in st.query_params}
    brought = {key: values for key, values in said.items() if key not in PAGE_KEYS}
    if brought:
        st.session_state[_HELD] = brought
    wanted = {"lang": [language], **said, **st.session_state.get(_HELD, {})} | {"lang": [language]}
    if wanted != said:
        st.query_params.from_dict(wanted)


def pairs() -> list[tuple[str, str]]:
    """The filters in the address, in the order of the address, not yet judged."""
    return [(key, value) for key in st.query_params if key not in PAGE_KEYS for value in st.query_params.get_all(key)]


def put(key: str, values: str | Iterable[str]) -> None:
    """Set one key; without a value it goes. Choosing a filter starts again at the first page."""
    chosen = [values] if isinstance(values, str) else list(values)
    chosen = [one for one in chosen if one]
    if chosen:
        st.query_params[key] = chosen
    elif key in st.query_params:
        del st.query_params[key]
    if key not in PAGE_KEYS:
        held = dict(st.session_state.get(_HELD, {}))
        held.pop(key, None)
        st.session_state[_HELD] = {**held, key: chosen} if chosen else held
        if "page" in st.query_params:
            del st.query_params["page"]


def clear() -> None:
    """Drop every filter, also those that do not exist; the page's own keys stay."""
    st.session_state[_HELD] = {}
    for key in list(st.query_params):
        if key not in PAGE_KEYS:
            del st.query_params[key]


def get(key: str) -> str:
    """One key of the page, or empty."""
    return str(st.query_params.get(key, ""))


def page_number(key: str = "page") -> int:
    """The page of a list, from 1; anything else in the address counts as 1."""
    text = get(key)
    return int(text) if text.isdecimal() and 0 < int(text) < 100_000 else 1


def base() -> str:
    """The address of the site, without page and query, as the reader's browser sees it."""
    parts = urlsplit(st.context.url or "")
    site = f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else "http://localhost:8501"
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{site}/{folder}" if folder else site


def link(path: str, view: View | None = None, **keys: str) -> str:
    """The whole address of a page with a view and the page's keys: what "copy link" gives."""
    query = [*(view.pairs() if view else []), *((key, value) for key, value in keys.items() if value)]
    return f"{base()}/{path}?{urlencode([*query, ('lang', lang())])}"


def is_phone() -> bool:
    """Whether the window is narrow, as it said itself, before that a guess from the browser's name.

    Used only to draw fewer and shorter things.
    """
    told = st.session_state.get(_NARROW)
    return "Mobi" in str(st.context.headers.get("User-Agent", "")) if told is None else bool(told)


def learn_width(*, narrow: bool) -> None:
    """Keep for the session what the window said of its width."""
    st.session_state[_NARROW] = narrow


def is_dark() -> bool:
    """Whether the reader's theme is dark; light when the browser has not said yet."""
    return bool(st.context.theme.type == "dark")
