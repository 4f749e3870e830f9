"""The list of files: one table that sorts, or groups by jurisdiction whose titles are links for the keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboard import address, browse, columns
from dashboard.dates import show_date
from dashboard.file_cells import since
from dashboard.glyphs import stage_words
from dashboard.i18n import label, number, plural, t
from dashboard.safe import safe_md
from dashboard.tables import dossier_cells
from data.rows import DossierRow

#: orders of the list, by their code in the address (``sort``); the first is the usual one
ORDERS = ("latest", "next", "since", "title", "events", "press", "place")
BY_PLACE = "place"

WIDTHS = {
    **{"title": 315, "place": 128, "stage": 188, "since": 90, "last": 90, "next": 90, "stalled": 84},
    **{"events": 60, "press": 66},
}

#: on a phone
NARROW = {"title": 190, "stage": 126}

#: files on one page of the groups
GROUPED = 60


def order_choice(lang: str) -> str:
    """The order in the address, and the widget that changes it."""
    asked = address.get("sort")
    st.session_state["w-sort"] = asked if asked in ORDERS else ORDERS[0]
    chosen = st.selectbox(
        t("file.sort", lang),
        ORDERS,
        key="w-sort",
        format_func=lambda code: t(f"file.sort_{code}", lang),
        on_change=_sorted,
        width=260,
    )
    return str(chosen)


def _sorted() -> None:
    chosen = st.session_state["w-sort"]
    address.put("sort", "" if chosen == ORDERS[0] else chosen)
    address.put("page", "")


def ordered(found: Sequence[DossierRow], order: str, lang: str) -> list[DossierRow]:
    """The files in an order of :data:`ORDERS`; equals stay latest first, as they come."""
    if order == "next":  # what has no date comes after what has one
        return sorted(found, key=lambda one: (not one.next_on, one.next_on))
    if order == "since":
        return sorted(found, key=lambda one: one.stage_since, reverse=True)
    if order == "title":
        return sorted(found, key=lambda one: one.heading(lang).casefold())
    if order == "events":
        return sorted(found, key=lambda one: -one.event_count)
    if order == "press":
        return sorted(found, key=lambda one: -one.press_count)
    if order == BY_PLACE:
        return sorted(found, key=lambda one: label("jurisdictions", one.jurisdiction, lang).casefold())
    return list(found)


def table(found: Sequence[DossierRow], lang: str) -> None:
    """All files; a click on a head of the table sorts, a chosen row opens its page."""
    ids = [one.dossier_id for one in found]
    shown = columns.widths(WIDTHS, NARROW)

    def pick() -> None:
        rows = st.session_state["dossiers"].selection.rows
        if rows and rows[0] < len(ids):
            open_file(ids[rows[0]])

    st.dataframe(
        dossier_cells(found, lang),
        key="dossiers",
        hide_index=True,
        on_select=pick,
        selection_mode="single-row",
        column_config={
            name: st.column_config.Column(t(f"col.{name}", lang), width=width, help=_help(name, lang))
            for name, width in shown.items()
        },
        **columns.layout(shown, len(found), most=11),
        alt=plural("dossiers.alt", len(found), lang),
    )


def _help(column: str, lang: str) -> str | None:
    return t(f"file.{column}_help", lang) if column in ("press", "last", "next") else None


def open_file(dossier_id: str) -> None:
    """Open the page of a file at its first part."""
    for key in ("page", "tab", "kind"):
        if address.get(key):
            address.put(key, "")
    address.put("file", dossier_id)


def groups(found: Sequence[DossierRow], lang: str) -> None:
    """The files under a heading per jurisdiction, some dozens a page."""
    totals = Counter(one.jurisdiction for one in found)
    pages = -(-len(found) // GROUPED)
    page = min(address.page_number(), pages)
    for place, files in groupby(found[(page - 1) * GROUPED : page * GROUPED], key=lambda one: one.jurisdiction):
        name = label("jurisdictions", place, lang)
        st.header(f"{safe_md(name)} ({number(totals[place], lang)})", anchor=False)
        with st.container(gap="xsmall", key=f"place-{place}"):
            for one in files:
                _line(one, lang)
    browse.pager(pages, page, key="files")


def _line(one: DossierRow, lang: str) -> None:
    with st.container(gap=None, key=f"file-{one.dossier_id}"):
        st.button(
            f"**{safe_md(one.heading(lang))}**",
            key=f"open-{one.dossier_id}",
            type="tertiary",
            wrap=True,
            on_click=open_file,
            args=(one.dossier_id,),
        )
        st.markdown(f":small[{safe_md(' · '.join(facts(one, lang)))}]")


def facts(one: DossierRow, lang: str) -> list[str]:
    """What stands under a title: stage and since when, last and next date, how much there is."""
    found = [
        " ".join(part for part in (stage_words(one.track, one.stage, lang), since(one.stage_since, lang)) if part),
        t("file.last", lang, date=show_date(one.last_on, lang)) if one.last_on else "",
        t("file.next", lang, date=show_date(one.next_on, lang)) if one.next_on else "",
        label("flags", "stalled", lang) if one.stalled else "",
        t(
            "file.counts",
            lang,
            events=plural("count.events", one.event_count, lang),
            press=number(one.press_count, lang),
        ),
    ]
    return [part for part in found if part]
