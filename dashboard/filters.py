"""The filter bar: codes in the address, words on the screen.

The address is the only truth: widgets are set from it before they are drawn and write to it when touched, so a
reload, a second browser and a change of page show the same rows. Filters without a widget (an actor, a
dossier) come by link and can be dropped like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from dashboard import address, store, who
from dashboard.dates import show_date
from dashboard.i18n import label, quoted, t
from dashboard.safe import safe_md
from data import queries
from data.errors import ViewError
from data.view import LISTS, PAGE_KEYS, View
from data.vocabulary import load_vocabulary

__all__ = ["bar", "empty_state", "name_of", "view_of_address"]

#: always in sight; the rest stands behind "more filters"
FIRST = ("jurisdiction", "stage")
#: what is chosen there stands there, and needs no word below
SHOWN = (*FIRST, "q")
MORE = ("track", "harm", "approach", "family", "type", "incident", "origin", "verified")
LIST_NAMES = {
    "jurisdiction": "jurisdictions",
    "track": "tracks",
    "stage": "stages",
    "type": "event_types",
    "family": "families",
    "harm": "harms",
    "approach": "approaches",
    "origin": "origins",
    "verified": "verification",
    "incident": "incidents",
}
EARLIEST, LATEST = date(1990, 1, 1), date(2070, 12, 31)


def view_of_address() -> View:
    """The view the address asks for. Raises ViewError for a key, code or day that does not exist."""
    view = View.parse(urlencode(address.pairs()), ignore=PAGE_KEYS)
    vocabulary = load_vocabulary()
    for key, list_name in LIST_NAMES.items():
        for code in getattr(view, LISTS[key]):
            if not vocabulary.has(list_name, code):
                raise ViewError(f"unknown value {code!r} for filter {key!r}", "value", key, code)
    for key, day in (("from", view.since), ("to", view.until)):
        if day and not EARLIEST <= day <= LATEST:
            raise ViewError(f"filter {key!r} needs a day between {EARLIEST} and {LATEST}", "range", key, str(day))
    return view


def asked(lang: str) -> View:
    """The view of the address, or a clear error with a way out, and the page stops."""
    try:
        return view_of_address()
    except ViewError as error:
        st.error(t("filters.malformed", lang, problem=safe_md(problem(error, lang))), icon=":material/link_off:")
        st.button(t("filters.clear", lang), key="clear-malformed", on_click=address.clear)
        st.stop()


def problem(error: ViewError, lang: str) -> str:
    """What is wrong with an address, in the words of the page."""
    name = error.key if error.problem in ("", "key") else t(f"filter.{error.key}", lang)
    first, last = (show_date(day.isoformat(), lang) for day in (EARLIEST, LATEST))
    words = {"filter": name, "value": quoted(error.value, lang), "first": first, "last": last}
    return t(f"filters.wrong.{error.problem}", lang, **words) if error.problem else str(error)


def bar(lang: str, *, words_label: str = "", words_hint: str = "") -> View:
    """Draw the bar and return the view. Stops the page when the address is malformed.

    ``words_label`` and ``words_hint`` name the box of words where a page looks for something else in it.
    """
    view = asked(lang)
    options = store.ask(queries.choices)
    with st.container(key="filter-bar"):
        columns = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
        for column, key in zip(columns, FIRST, strict=False):
            with column:
                _choice(key, view, options, lang)
        with columns[2]:
            st.session_state["w-q"] = view.query
            st.text_input(
                words_label or t("filter.q", lang),
                key="w-q",
                on_change=_typed,
                placeholder=words_hint or t("filters.words", lang),
                max_chars=200,
            )
        with columns[3], st.popover(t("filters.more", lang), icon=":material/tune:", width="stretch"):
            _days(view, lang)
            for key in MORE:
                _choice(key, view, options, lang)
    _chips(view, lang)
    return view


def _choice(key: str, view: View, options: Mapping[str, frozenset[str]], lang: str) -> None:
    chosen = list(getattr(view, LISTS[key]))
    codes = sorted(options[key] | set(chosen), key=lambda code: _order(key, code, lang))
    st.session_state[f"w-{key}"] = chosen
    st.multiselect(
        t(f"filter.{key}", lang),
        codes,
        key=f"w-{key}",
        format_func=lambda code: label(LIST_NAMES[key], code, lang),
        on_change=_chosen,
        args=(key,),
        placeholder=t("filters.all", lang),
    )


def _order(key: str, code: str, lang: str) -> tuple[int, str]:
    """Stages in the order of their ladder, everything else by its label."""
    if key == "stage":
        codes = load_vocabulary().codes("stages")
        return (codes.index(code) if code in codes else len(codes)), code
    return 0, label(LIST_NAMES[key], code, lang).lower()


def _days(view: View, lang: str) -> None:
    for column, key, value in zip(st.columns(2), ("from", "to"), (view.since, view.until), strict=True):
        st.session_state[f"w-{key}"] = value
        column.date_input(
            t(f"filter.{key}", lang),
            value=None,
            key=f"w-{key}",
            min_value=EARLIEST,
            max_value=LATEST,
            format="YYYY-MM-DD",
            on_change=_dated,
            args=(key,),
        )


def _chosen(key: str) -> None:
    address.put(key, st.session_state[f"w-{key}"])


def _typed() -> None:
    address.put("q", " ".join(st.session_state["w-q"].split()))


def _dated(key: str) -> None:
    day = st.session_state[f"w-{key}"]
    address.put(key, day.isoformat() if isinstance(day, date) else "")


def _chips(view: View, lang: str) -> None:
    """What is filtered, each with a way out."""
    if view.is_empty():
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filter-chips"):
        for key, value in view.pairs():
            if key in SHOWN:
                continue
            name = safe_md(t("filters.chip", lang, filter=t(f"filter.{key}", lang), value=name_of(key, value, lang)))
            st.button(
                name,
                key=f"chip-{key}-{value}",
                icon=":material/close:",
                on_click=drop,
                args=(key, value),
                help=t("filters.drop", lang),
            )
        st.button(t("filters.clear", lang), key="clear-filters", on_click=address.clear, type="tertiary")


def name_of(key: str, value: str, lang: str) -> str:
    """A filter's value in words, also for dossiers and actors, whose names are in the database."""
    if key == "dossier":
        found = store.ask(queries.dossier, value)
        return found.heading(lang) if found else value
    if key == "actor":
        profile = store.ask(queries.actor, value)
        if profile is None:
            return value
        return who.name_of(profile.actor.actor_id, profile.actor.name, profile.actor.number, lang)
    if key in ("from", "to"):
        return show_date(value, lang)
    return label(LIST_NAMES[key], value, lang) if key in LIST_NAMES else value


def drop(key: str, value: str = "") -> None:
    """Drop one value of a filter, or the whole filter."""
    address.put(key, [one for one in st.query_params.get_all(key) if value and one != value])


def empty_state(view: View, lang: str) -> None:
    """Say which filter emptied the view, and offer to drop it with one click."""
    helpful = [] if view.is_empty() else store.ask(queries.emptying_filters, view)
    st.info(t("empty.none" if view.is_empty() else "empty.filtered", lang), icon=":material/filter_alt_off:")
    with st.container(horizontal=True):
        for key in helpful:
            st.button(
                t("empty.drop", lang, name=t(f"filter.{key}", lang)), key=f"drop-{key}", on_click=drop, args=(key,)
            )
        if not view.is_empty():
            st.button(t("filters.clear", lang), key="clear-empty", on_click=address.clear)
