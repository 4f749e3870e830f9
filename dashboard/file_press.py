"""Who speaks of a file: bars per month, then the newest pieces; a chosen line opens what was read in it."""

from __future__ import annotations

import streamlit as st

from dashboard import address, browse, store
from dashboard.file_cells import MONTHS, coverage_bars, piece_cells
from dashboard.i18n import number, plural, t
from data import queries
from data.rows import DossierRow

ROWS = 50
WIDTHS = {"date": 95, "title": 420, "publisher": 190, "kind": 110, "cites": 190, "url": 60}


def show(dossier: DossierRow, lang: str) -> None:
    """The part of a file's page on coverage; ``kind`` in the address says whether the press or others are listed."""
    file = dossier.dossier_id
    counts = {
        code: store.ask(queries.coverage_count, file, press=press)
        for code, press in (("press", True), ("other", False))
    }
    offered = [code for code, count in counts.items() if count]
    asked = address.get("kind")
    kind = asked if asked in offered else offered[0]
    _bars(file, lang)
    if len(offered) > 1:
        st.session_state["w-press"] = kind
        st.segmented_control(
            t("file.tab_press", lang),
            offered,
            key="w-press",
            required=True,
            wrap=True,
            format_func=lambda code: _name(code, counts[code], lang),
            label_visibility="collapsed",
            on_change=_chosen,
        )
    else:
        st.markdown(f"**{_name(kind, counts[kind], lang)}**")
    pages = -(-counts[kind] // ROWS)
    page = min(address.page_number(), pages)
    found = store.ask(queries.coverage, file, press=kind == "press", limit=ROWS, offset=(page - 1) * ROWS)
    ids = [one.item_id for one in found]
    key = f"pieces-{kind}-{page}"
    st.caption(t("file.pieces", lang))
    st.dataframe(
        piece_cells(found, lang),
        key=key,
        hide_index=True,
        on_select=lambda: _picked(key, ids),
        selection_mode="single-row",
        column_order=tuple(WIDTHS),
        column_config={
            **{
                name: st.column_config.Column(t(f"col.{name}", lang), width=WIDTHS[name])
                for name in ("date", "title", "publisher", "kind")
            },
            "cites": st.column_config.Column(t("file.col_cites", lang), width=WIDTHS["cites"]),
            "url": st.column_config.LinkColumn(
                t("col.url", lang), width=WIDTHS["url"], validate=r"^https?://", display_text=t("file.open", lang)
            ),
        },
        height=min(len(found), 14) * 35 + 40,
        alt=plural("file.pieces_alt", len(found), lang),
    )
    browse.pager(pages, page, key=f"press-{kind}")


def _name(kind: str, count: int, lang: str) -> str:
    return f"{t('file.press' if kind == 'press' else 'file.other_pieces', lang)} ({number(count, lang)})"


def _bars(file: str, lang: str) -> None:
    cells = coverage_bars(store.ask(queries.coverage_months, file), store.today(), lang)
    if not cells:
        return
    st.dataframe(
        cells,
        hide_index=True,
        column_order=("kind", "months"),
        column_config={
            "kind": st.column_config.TextColumn(t("col.kind", lang), width=230),
            "months": st.column_config.BarChartColumn(t("file.col_months", lang, n=MONTHS), width=420, y_min=0),
        },
        width="content",
        alt=t("file.bars_alt", lang, n=MONTHS),
    )


def _chosen() -> None:
    address.put("kind", st.session_state["w-press"] or "")
    address.put("page", "")


def _picked(key: str, ids: list[int]) -> None:
    rows = st.session_state[key].selection.rows
    last = f"last-{key}"
    if rows and rows[0] < len(ids):
        st.session_state[last] = ids[rows[0]]
    if st.session_state.get(last) in ids:  # choosing the chosen row again takes the tick away: open it again
        address.put("piece", str(st.session_state[last]))
