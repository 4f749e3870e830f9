"""Positions on the page: one statement with its proof, and the cells of the matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import address, piece, who
from dashboard.dates import show_date
from dashboard.i18n import label, t
from dashboard.safe import md_link, safe_md
from dashboard.tables import Cells, actor_name
from data.rows import Measure, Position, PositionMatrix, Statement, localised
from data.vocabulary import load_vocabulary


def word(code: str, is_vote: bool, lang: str) -> str:
    """A stance or a vote: its sign, and always its word."""
    list_name = "event_roles" if is_vote else "stances"
    sign = load_vocabulary().sign_of(list_name, code)
    return f"{sign}\u00a0{label(list_name, code, lang)}" if sign else label(list_name, code, lang)


def cell(positions: Sequence[Position], lang: str) -> str:
    """What one actor holds of one measure: statements, newest first, then votes; a word when there is none.

    Each on a line, with how often and when last, so that a change of mind shows as two dates.
    """
    told = []
    for one in positions:
        times = f" ×{one.count}" if one.count > 1 else ""
        when = show_date(one.date[:7], lang) or t("unknown_date", lang)
        told.append(f"{word(one.code, one.is_vote, lang)}{times} ({when})")
    return "\n".join(told) or t("positions.none_found", lang)


def matrix_cells(matrix: PositionMatrix, lang: str) -> Cells:
    """One line per actor: ``name``, then a cell for each measure as ``m0``, ``m1``, …"""
    held: dict[tuple[str, str], list[Position]] = {}
    for one in matrix.positions:
        held.setdefault((one.actor_id, one.measure), []).append(one)
    return [
        {
            "name": who.name_of(actor_id, name, number, lang),
            **{
                f"m{place}": cell(held.get((actor_id, measure.code), []), lang)
                for place, measure in enumerate(matrix.measures)
            },
        }
        for actor_id, name, number, _ in matrix.actors
    ]


def shaded(cells: Cells, lang: str, *, dark: bool) -> object:
    """The cells with what was found in full ink and the rest paler, both with 4.5:1 or more: words tell the same."""
    import pandas  # there already: Streamlit draws every table with it

    # the name stands in a pinned column, which is drawn at six tenths: only the fullest ink stays legible
    ink, pale = ("#ffffff", "#9aa4b2") if dark else ("#000000", "#68727f")
    nothing = t("positions.none_found", lang)
    return pandas.DataFrame(cells).style.map(lambda text: f"color: {pale if text == nothing else ink}")


def measure_name(one: Measure, by: str, lang: str) -> str:
    """The heading of a column."""
    if not one.code:
        return t("positions.no_file" if by == "dossier" else "positions.no_approach", lang)
    if by == "approach":
        return label("approaches", one.code, lang)
    return localised(one.titles, lang, one.title)


def chosen_cell(cells: Sequence[tuple[int, str]], matrix: PositionMatrix) -> Mapping[str, str]:
    """The address of a chosen cell: whose it is, and on what; empty for none. ``on`` is ``none`` for no measure."""
    if not cells:
        return {}
    row, column = cells[0]
    who = matrix.actors[row][0]
    if column == "name":
        return {"who": who, "on": ""}
    return {"who": who, "on": matrix.measures[int(column.removeprefix("m"))].code or "none"}


def statement(one: Statement, lang: str, *, key: str, with_name: bool, with_file: bool = True) -> None:
    """A stance or a vote with the words that say so, the day, and the way to its source."""
    with st.container(gap=None, key=key):
        name = actor_name(one.name, one.number, lang)
        file = localised(one.dossier_titles, lang, one.dossier_title) if with_file else ""
        head = [name if with_name else "", word(one.code, one.is_vote, lang), file]
        st.markdown(f"**{safe_md(' · '.join(part for part in head if part))}**")
        if one.quote:
            st.markdown(f"> {safe_md(one.quote)}")
        told = [show_date(one.date, lang) or t("unknown_date", lang), localised(one.titles, lang, one.title)]
        source = md_link(one.publisher or one.url, one.url) if one.publisher or one.url else ""
        why = "" if one.quote or one.is_vote else t("positions.no_quote", lang)
        parts = [safe_md(" · ".join(part for part in told if part)), source, why]
        st.markdown(f":small[{' · '.join(part for part in parts if part)}]")
        if one.event_id:
            st.button(
                t("positions.card", lang),
                key=f"card-{key}",
                type="tertiary",
                icon=":material/fact_check:",
                on_click=address.put,
                args=("event", one.event_id),
            )
        elif one.item_id:
            piece.open_button(one.item_id, lang, key=f"piece-{key}")


def listing(found: Sequence[Statement], lang: str, *, key: str, with_name: bool, with_file: bool = True) -> None:
    """Statements, then votes apart, each newest first."""
    found = who.named(found, lang)
    for votes in (False, True):
        of_kind = [one for one in found if one.is_vote == votes]
        if of_kind:
            st.markdown(f"### {t('positions.votes' if votes else 'positions.statements', lang)}", anchors=False)
        for place, one in enumerate(of_kind):
            statement(
                one, lang, key=f"{key}-{'vote' if votes else 'said'}-{place}", with_name=with_name, with_file=with_file
            )
