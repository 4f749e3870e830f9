"""Who is for or against what: actors by measures, and the words behind each cell (``?who=…&on=…``)."""

import streamlit as st

from dashboard import address, browse, filters, narrow, stated, store
from dashboard.compare_cells import short
from dashboard.i18n import number, plural, t
from dashboard.safe import safe_md
from dashboard.who import name_of
from data import queries
from data.queries.positions import MEASURES
from data.rows import PositionMatrix
from data.view import View

ACTORS, COLUMNS, SHOWN = 30, 12, 30
#: letters of a heading that stand on its one line
HEADING_LETTERS = 34
#: three lines of text; rows of less than two do not wrap
ROW_PX = 66
#: name and measure, on a phone side by side
WIDTHS, NARROW = (190, 230), (130, 220)


def matrix_table(matrix: PositionMatrix, by: str, lang: str) -> None:
    """The matrix with its pages; a chosen cell goes to the address."""
    pages, page = -(-matrix.actor_count // ACTORS), address.page_number()
    columns, column = -(-matrix.measure_count // COLUMNS), address.page_number("cols")
    key = f"matrix-{by}-{page}-{column}"

    def pick() -> None:
        for name, value in stated.chosen_cell(st.session_state[key].selection.cells, matrix).items():
            address.put(name, value)

    name_px, measure_px = NARROW if address.is_phone() else WIDTHS
    config = {"name": st.column_config.Column(t("col.name", lang), width=name_px, pinned=True)}
    for place, measure in enumerate(matrix.measures):
        heading = stated.measure_name(measure, by, lang)
        config[f"m{place}"] = st.column_config.Column(
            short(heading, HEADING_LETTERS), width=measure_px, help=safe_md(heading)
        )
    st.dataframe(
        stated.shaded(stated.matrix_cells(matrix, lang), lang, dark=address.is_dark()),
        key=key,
        hide_index=True,
        on_select=pick,
        selection_mode="single-cell",
        column_config=config,
        column_order=tuple(config),
        row_height=ROW_PX,
        height=min(len(matrix.actors), 8) * ROW_PX + 40,
        alt=t(
            "positions.alt",
            lang,
            actors=plural("count.actors", len(matrix.actors), lang),
            measures=plural("count.measures", len(matrix.measures), lang),
        ),
    )
    if pages > 1:
        st.caption(t("positions.more_actors", lang, n=number(matrix.actor_count, lang)))
        browse.pager(pages, page, key="actors")
    if columns > 1:
        st.caption(t("positions.more_measures", lang, n=number(matrix.measure_count, lang)))
        browse.pager(columns, column, key="measures", kept="cols")


def detail(view: View, by: str, lang: str) -> None:
    """The words behind the chosen cell or line; without a choice, the newest of the view."""
    who, on = address.get("who"), address.get("on")
    profile = store.ask(queries.actor, who) if who else None
    if who and profile is None:
        st.warning(t("actors.missing", lang, id=safe_md(who)), icon=":material/person_off:")
        return
    measure = None if not on else "" if on == "none" else on
    if profile is None:
        st.header(t("positions.newest", lang), anchor=False)
        found = store.ask(queries.statements, view, limit=10)
    else:
        name = name_of(profile.actor.actor_id, profile.actor.name, profile.actor.number, lang)
        about = title_of(measure, by, lang)
        heading = t("positions.of_on", lang, name=name, measure=about) if about else name
        st.header(safe_md(heading), anchor=False)
        st.page_link(
            "views/actors.py",
            label=t("positions.profile", lang),
            icon=":material/account_circle:",
            query_params={"who": profile.actor.actor_id, "lang": lang},
        )
        asked = {"actor_id": profile.actor.actor_id, "by": by, "measure": measure}
        found = store.ask(queries.statements, view, limit=SHOWN, **asked)
        total = store.ask(queries.statement_count, view, **asked)
        if not found:
            st.info(t("positions.none_found_why", lang), icon=":material/search_off:")
        if total > len(found):
            st.caption(t("positions.shown", lang, shown=len(found), n=number(total, lang)))
    stated.listing(found, lang, key="stated", with_name=profile is None, with_file=by != "dossier" or measure is None)


def title_of(measure: str | None, by: str, lang: str) -> str:
    """The chosen measure in words; empty when none is chosen."""
    if measure is None:
        return ""
    if measure and by == "dossier":
        return filters.name_of("dossier", measure, lang)
    if measure:
        return filters.name_of("approach", measure, lang)
    return t("positions.no_file" if by == "dossier" else "positions.no_approach", lang)


lang = address.lang()
st.title(t("positions.title", lang), anchor=False)
st.caption(t("positions.why", lang))
view = filters.bar(lang)
with st.container(horizontal=True, vertical_alignment="top", key="narrow-positions"):
    by = narrow.one_of("by", MEASURES, lang)
    with st.container(width=260, key="narrow-kind"):
        kind = narrow.choice("kind", store.ask(queries.actor_choices)["kind"], lang)
matrix = store.ask(
    queries.position_matrix,
    view,
    by=by,
    kind=kind,
    actor_limit=ACTORS,
    actor_offset=(address.page_number() - 1) * ACTORS,
    measure_limit=COLUMNS,
    measure_offset=(address.page_number("cols") - 1) * COLUMNS,
)
if not matrix.statement_count and not matrix.vote_count:
    st.info(t("positions.empty", lang), icon=":material/filter_alt_off:")
    if kind:
        st.button(t("actors.none_drop", lang), key="drop-narrowing", on_click=narrow.clear)
    if not view.is_empty():
        st.button(t("filters.clear", lang), key="clear-empty", on_click=address.clear)
else:
    if not matrix.actors or not matrix.measures:  # a page that does not exist
        address.put("page", "")
        address.put("cols", "")
        st.rerun()
    st.markdown(
        t(
            "positions.count",
            lang,
            statements=plural("count.statements", matrix.statement_count, lang),
            votes=plural("count.votes", matrix.vote_count, lang),
            actors=plural("count.actors", matrix.actor_count, lang),
            measures=plural("count.measures", matrix.measure_count, lang),
        )
    )
    matrix_table(matrix, by, lang)
    detail(view, by, lang)
