"""How close the figure looks: years, quarters or days, and which stretch. Both stand in the address."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, store
from dashboard.dates import show_date
from dashboard.i18n import t
from dashboard.window import ZOOMS, Window, Zoom, day_or_none, default_zoom, window
from data import queries
from data.view import View


def asked(view: View, total: int) -> Window:
    """The window of the address; what it does not say, or says wrong, is chosen by span and number of events."""
    today = date.fromisoformat(store.today())
    first, last = (date.fromisoformat(day) for day in store.ask(queries.extent, view))
    zoom: Zoom = next((one for one in ZOOMS if one == address.get("zoom")), default_zoom(first, last, total))
    return window(first, last, zoom, today, day_or_none(address.get("at")))


def bar(view: View, total: int, lang: str, *, key: str, place: DeltaGenerator | None = None) -> Window:
    """Draw the zoom and the way to what is earlier and later; returns the window to show.

    ``place`` is a row that already holds other controls of the figure.
    """
    shown = asked(view, total)
    name = f"w-zoom-{key}"
    with place or row(f"zoom-{key}"):
        st.session_state[name] = shown.zoom
        st.segmented_control(
            t("zoom.name", lang),
            ZOOMS,
            key=name,
            required=True,
            format_func=lambda code: t(f"zoom.{code}", lang),
            on_change=lambda: _go(zoom=st.session_state[name], at="" if shown.is_whole else shown.centre.isoformat()),
        )
        if shown.is_whole:
            return shown
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", width="content", key=f"walk-{key}"
        ):
            _walk(shown, lang, key)
    return shown


def _walk(shown: Window, lang: str, key: str) -> None:
    """Earlier, later, back to today, and in words what is shown."""
    for sign, label, icon in ((-1, "zoom.earlier", "arrow_back"), (1, "zoom.later", "arrow_forward")):
        target = shown.beside(sign)
        st.button(
            t(label, lang),
            key=f"{label}-{key}",
            icon=f":material/{icon}:",
            on_click=_go,
            kwargs={"at": target},
            disabled=not target,
        )
    today = store.today()
    if address.get("at") and not shown.low.isoformat() <= today <= shown.high.isoformat():
        st.button(t("zoom.today", lang), key=f"zoom-today-{key}", on_click=_go, kwargs={"at": today})
    start, end = (show_date(day.isoformat(), lang) for day in (shown.low, shown.high))
    st.markdown(t("zoom.window", lang, start=start, end=end), width="content")


def row(key: str) -> DeltaGenerator:
    """A row for controls of the figure; on a narrow page they stand below each other, whole."""
    if address.is_phone():
        return st.container(gap="small", key=key)
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=key)


def _go(**keys: str) -> None:
    for key, value in keys.items():
        address.put(key, value)
    address.put("page", "")  # another stretch of time starts at its first page
