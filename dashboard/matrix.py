"""Files by jurisdiction and group of stages, with the months of activity beside: one table, each cell a way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard import address, store
from dashboard.filters import empty_state
from dashboard.glyphs import group_words
from dashboard.i18n import label, plural, t
from dashboard.safe import md_link, safe_md
from dashboard.tables import density_cells
from data import queries
from data.rows import Density
from data.view import View
from data.vocabulary import UNKNOWN, load_vocabulary

#: jurisdictions in sight at once; the table scrolls to the others
ROWS = 12


def cells(
    counts: Mapping[tuple[str, str, str], int], density: Sequence[Density], track: str, today: str, lang: str
) -> list[dict[str, Any]]:
    """One line per jurisdiction, most files of ``track`` first: files per group of stages, then months and events.

    A group without a file is None, so that the few numbers stand out; a jurisdiction with events and no file is listed.
    """
    group_of = {code: group for group, codes in groups(track).items() for code in codes}
    months = {row["code"]: row for row in density_cells(density, today, lang)}
    held: dict[str, dict[str, int]] = {}
    for (place, its_track, stage), count in counts.items():
        if its_track == track:
            line = held.setdefault(place, {})
            line[group_of[stage]] = line.get(group_of[stage], 0) + count
    empty = {"months": [], "year": 0, "events": 0}
    rows = [
        {
            "code": place,
            "place": label("jurisdictions", place, lang),
            **{group: held.get(place, {}).get(group) for group in groups(track)},
            **{name: months.get(place, empty)[name] for name in empty},
        }
        for place in {*held, *months}
    ]
    return sorted(
        rows, key=lambda row: (-sum(held.get(row["code"], {}).values()), -row["events"], str(row["place"]).lower())
    )


def groups(track: str) -> dict[str, tuple[str, ...]]:
    """Groups of a track with their stages, in the order of the ladder, and last what no event has proved yet."""
    return {**load_vocabulary().stage_groups(track), UNKNOWN: (UNKNOWN,)}


def query(row: Mapping[str, Any], column: str, track: str) -> tuple[str, dict[str, Any]]:
    """Where a cell leads: the page and its filters. A number of files to these files, all else to the timeline."""
    place = {"jurisdiction": str(row["code"])}
    stages = groups(track).get(column)
    if stages and row[column]:
        return "views/dossiers.py", {**place, "track": track, "stage": list(stages)}
    return "views/timeline.py", place


def show(view: View, lang: str) -> None:
    """The table of the view with its choice of track; a chosen cell leads on."""
    st.header(t("matrix.title", lang), anchor=False)
    track = _track(view, lang)
    found = cells(
        store.ask(queries.stage_matrix, view), store.ask(queries.density, view, "jurisdiction"), track,
        store.today(), lang,
    )  # fmt: skip
    if not found:
        empty_state(view, lang)
        return
    columns = [group for group in groups(track) if any(row[group] for row in found)]
    if address.is_phone():
        _on_phone(found, columns, track, lang)
        return
    st.caption(t("matrix.how", lang))

    def go() -> None:
        """A chosen cell leads on at the end of the run: a page cannot be changed from here."""
        chosen = st.session_state["places"].selection.cells
        if chosen and chosen[0][0] < len(found):
            st.session_state["go-to"] = query(found[chosen[0][0]], chosen[0][1], track)

    st.dataframe(
        found,
        key="places",
        hide_index=True,
        on_select=go,
        selection_mode="single-cell",
        column_order=("place", *columns, "months", "year", "events"),
        column_config={
            "place": st.column_config.TextColumn(t("col.place", lang)),
            **{
                group: st.column_config.NumberColumn(_name(group, lang), width=108, alignment="center")
                for group in columns
            },
            "months": st.column_config.BarChartColumn(t("col.months", lang), width="medium", y_min=0),
            "year": st.column_config.NumberColumn(t("col.year", lang)),
            "events": st.column_config.NumberColumn(t("col.events", lang)),
        },
        height=min(len(found), ROWS) * 35 + 40,
        placeholder="",
        alt=t("matrix.alt", lang),
    )
    if "go-to" in st.session_state:
        page, filters = st.session_state.pop("go-to")
        st.switch_page(page, query_params={**filters, "lang": lang})


def _on_phone(found: Sequence[Mapping[str, Any]], columns: Sequence[str], track: str, lang: str) -> None:
    """The numbers of files alone, under the signs of the stages, so that nothing stands beyond the edge."""
    names = {group: _name(group, lang) for group in columns}
    st.caption(f"{t('matrix.how', lang)} {safe_md(' · '.join(names.values()))}")
    with st.container(key="matrix"):
        _lines(found[:ROWS], names, track, lang)
        if rest := found[ROWS:]:
            with st.expander(plural("overview.more", len(rest), lang)):
                _lines(rest, names, track, lang)


def _lines(found: Sequence[Mapping[str, Any]], names: Mapping[str, str], track: str, lang: str) -> None:
    lines = narrow_cells(found, names, track, lang)
    st.table(lines, hide_index=True, border="horizontal", alt=t("matrix.alt", lang))


def narrow_cells(
    found: Sequence[Mapping[str, Any]], names: Mapping[str, str], track: str, lang: str
) -> dict[str, list[str]]:
    """Columns of markdown: places that lead to their timeline, numbers that lead to their files."""

    def way(row: Mapping[str, Any], column: str, words: str) -> str:
        page, filters = query(row, column, track)
        return md_link(
            words,
            address.link(page.removeprefix("views/").removesuffix(".py"), View.parse(urlencode(filters, doseq=True))),
        )

    return {
        t("col.place", lang): [way(row, "place", str(row["place"])) for row in found],
        **{
            name.split(maxsplit=1)[0]: [way(row, group, str(row[group])) if row[group] else "" for row in found]
            for group, name in names.items()
        },
    }


def _track(view: View, lang: str) -> str:
    """The track of the table: the one that is filtered, else the one of the address, else laws."""
    tracks = load_vocabulary().codes("tracks")
    if len(view.tracks) == 1:
        return view.tracks[0]
    asked = address.get("ladder")
    st.session_state["w-ladder"] = asked if asked in tracks else tracks[0]
    st.segmented_control(
        t("matrix.track", lang),
        tracks,
        key="w-ladder",
        required=True,
        label_visibility="collapsed",
        format_func=lambda code: t(f"matrix.{code}", lang),
        on_change=lambda: address.put("ladder", st.session_state["w-ladder"] or ""),
    )
    return str(st.session_state["w-ladder"])


def _name(group: str, lang: str) -> str:
    return f"? {label('stages', UNKNOWN, lang)}" if group == UNKNOWN else group_words(group, lang)
