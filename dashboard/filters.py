"""The filter bar: widgets bound to the address, codes in the address, words on the screen.

Every filter of :class:`data.view.View` has its key in the address. The common ones have a widget; the
others (an actor, a dossier, an origin) come by link and show as a line that can be dropped.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import store
from dashboard.i18n import label, stage_label, t
from dashboard.safe import safe_md
from data import queries
from data.errors import ViewError
from data.view import LISTS, SINGLES, View
from data.vocabulary import load_vocabulary

#: keys of the address that belong to a page and are no filters
PAGE_KEYS = frozenset({"lang", "event", "file", "who", "lanes", "page", "kind", "since", "words"})

#: filters with a widget, in the order shown
WIDGETS = ("jurisdiction", "track", "stage", "harm", "family")
LIST_NAMES = {
    "jurisdiction": "jurisdictions",
    "track": "tracks",
    "type": "event_types",
    "family": "families",
    "harm": "harms",
    "approach": "approaches",
    "origin": "origins",
    "verified": "verification",
}


def code_label(key: str, code: str) -> str:
    """A filter's code in words."""
    if key == "stage":
        vocabulary = load_vocabulary()
        for track in vocabulary.tracks():
            if vocabulary.has_stage(track, code):
                return stage_label(track, code)
        return stage_label("", "unknown") if code == "unknown" else code
    if key in LIST_NAMES:
        return label(LIST_NAMES[key], code)
    return code


def view_of_address() -> View:
    """The view the address asks for. Raises ViewError for a key, code or day that does not exist."""
    pairs = [(key, value) for key in st.query_params if key not in PAGE_KEYS for value in st.query_params.get_all(key)]
    from urllib.parse import urlencode

    view = View.parse(urlencode(pairs))
    vocabulary = load_vocabulary()
    for key, list_name in LIST_NAMES.items():
        for code in getattr(view, LISTS[key]):
            if not vocabulary.has(list_name, code):
                raise ViewError(f"{key}={code}")
    return view


def bar() -> View:
    """Draw the filter bar and return the view it holds. Stops the page when the address is malformed."""
    try:
        asked = view_of_address()
    except ViewError as error:
        st.error(t("filters.malformed", problem=safe_md(str(error))))
        st.button(t("filters.clear"), on_click=clear)
        st.stop()
    found = store.ask(queries.facets, View())
    chosen: dict[str, tuple[str, ...]] = {name: getattr(asked, name) for name in LISTS.values()}
    with st.expander(t("filters.title"), expanded=False, icon=":material/tune:"):
        columns = st.columns(len(WIDGETS))
        for column, key in zip(columns, WIDGETS, strict=True):
            options = sorted(
                {*found[key], *getattr(asked, LISTS[key])}, key=lambda code, key=key: code_label(key, code).lower()
            )
            with column:
                picked = st.multiselect(
                    t(f"filter.{key}"),
                    options,
                    key=key,
                    bind="query-params",
                    format_func=lambda code, key=key: code_label(key, code),
                    placeholder=t("filters.all"),
                )
            chosen[LISTS[key]] = tuple(picked)
        first, second, third = st.columns([1, 1, 2])
        since = first.date_input(
            t("filter.from"), value=None, key="from", bind="query-params", min_value=date(2000, 1, 1),
            max_value=date(2060, 1, 1), format="YYYY-MM-DD",
        )  # fmt: skip
        until = second.date_input(
            t("filter.to"), value=None, key="to", bind="query-params", min_value=date(2000, 1, 1),
            max_value=date(2060, 1, 1), format="YYYY-MM-DD",
        )  # fmt: skip
        words = third.text_input(t("filter.q"), key="q", bind="query-params")
    view = View(
        **chosen,
        since=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
        query=words or "",
    )
    _summary(view)
    return view


def _summary(view: View) -> None:
    """One line that says what is filtered, with a way out."""
    if view.is_empty():
        return
    parts = [
        f"**{t(f'filter.{key}')}** {safe_md(', '.join(name_of(key, code) for code in getattr(view, name)))}"
        for key, name in LISTS.items()
        if getattr(view, name)
    ]
    for key, value in (("from", view.since), ("to", view.until), ("q", view.query)):
        if value:
            parts.append(f"**{t(f'filter.{key}')}** {safe_md(str(value))}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" · ".join(parts), width="stretch")
        st.button(t("filters.clear"), key="clear-filters", on_click=clear, type="tertiary")


def name_of(key: str, code: str) -> str:
    """A code in words, also for dossiers and actors, whose names are in the database."""
    if key == "dossier":
        found = store.ask(queries.dossier, code)
        return found.heading(st.session_state.get("lang", "en")) if found else code
    if key == "actor":
        profile = store.ask(queries.actor, code)
        return profile.actor.name if profile else code
    return code_label(key, code)


def clear() -> None:
    """Drop every filter, keep the page's own keys."""
    for key in (*LISTS, *SINGLES):
        drop(key)


def drop(key: str) -> None:
    """Drop one filter from the widgets and from the address."""
    if key in st.session_state:
        st.session_state[key] = [] if key in WIDGETS else "" if key == "q" else None
    if key in st.query_params:
        del st.query_params[key]


def empty_state(view: View) -> None:
    """Say which filter emptied the view, and offer to drop it with one click."""
    helpful = store.ask(queries.emptying_filters, view)
    st.info(t("empty.none") if view.is_empty() else t("empty.filtered"))
    for key in helpful:
        st.button(t("empty.drop", name=t(f"filter.{key}")), key=f"drop-{key}", on_click=drop, args=(key,))
    if not helpful and not view.is_empty():
        st.button(t("filters.clear"), key="clear-empty", on_click=clear)
