"""Choices of the actors' pages that are no filters of events: kind, jurisdiction, role, party, name, order."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import address, store
from dashboard.i18n import label, t
from data import queries

#: key of the address -> list of the vocabulary; a party has no code and stands as the sources write it
LISTS = {"kind": "actor_kinds", "place": "jurisdictions", "role": "event_roles", "party": ""}
KEYS = ("name", *LISTS)


def actors(lang: str) -> dict[str, str]:
    """Draw the choices and return them by key; what the address asks and nobody has counts as not asked."""
    options = store.ask(queries.actor_choices)
    asked = {"name": address.get("name")}
    with st.grid(columns=5, min_column_width=180, key="narrow-actors"):
        st.session_state["w-name"] = asked["name"]
        st.text_input(
            t("narrow.name", lang),
            key="w-name",
            on_change=_typed,
            placeholder=t("narrow.name_hint", lang),
            max_chars=80,
        )
        for key in LISTS:
            asked[key] = choice(key, options[key], lang)
    return asked


def choice(key: str, options: Sequence[str], lang: str) -> str:
    """One value of a list, chosen from those that occur; empty for all."""
    asked = address.get(key)
    name = f"w-{key}"
    st.session_state[name] = asked if asked in options else None
    chosen = st.selectbox(
        t(f"narrow.{key}", lang),
        sorted(options, key=lambda code: word(key, code, lang).casefold()),
        index=None,
        key=name,
        format_func=lambda code: word(key, code, lang),
        on_change=lambda: _put(key, st.session_state[name] or ""),
        placeholder=t("filters.all", lang),
    )
    return chosen or ""


def word(key: str, code: str, lang: str) -> str:
    """A value in words."""
    return label(LISTS[key], code, lang) if LISTS[key] else code


def one_of(key: str, codes: Sequence[str], lang: str) -> str:
    """One of a few codes side by side, the first unless the address says another; its words are ``KEY.CODE``."""
    asked = address.get(key)
    name = f"w-{key}"
    st.session_state[name] = asked if asked in codes else codes[0]
    chosen = st.segmented_control(
        t(f"narrow.{key}", lang),
        codes,
        key=name,
        required=True,
        format_func=lambda code: _label(key, code, lang),
        on_change=lambda: _put(key, st.session_state[name] if st.session_state[name] != codes[0] else ""),
    )
    return chosen or codes[0]


def _label(key: str, code: str, lang: str) -> str:
    return t(f"sort.{code}", lang) if key == "sort" else t(f"by.{code}", lang)


def clear() -> None:
    """Drop every choice."""
    for key in (*KEYS, "page"):
        address.put(key, "")


def _typed() -> None:
    _put("name", " ".join(st.session_state["w-name"].split()))


def _put(key: str, value: str) -> None:
    """Another choice starts again at the first page, with nothing opened."""
    for one in ("page", "cols", "on", "who"):
        address.put(one, "")
    address.put(key, value)
