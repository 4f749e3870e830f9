"""What an actor acts on and with whom: files, the network of those in the same events, documents that name it."""

from __future__ import annotations

import streamlit as st

from dashboard import address, browse, columns, lane_figure, piece, store, who
from dashboard.dates import show_date
from dashboard.glyphs import stage_words
from dashboard.i18n import bound, label, labels, number, plural, t
from dashboard.safe import md_link, safe_md
from dashboard.tables import Cells, actor_name, roles
from data import queries
from data.rows import ActorFile, Neighbour, localised
from data.view import View

#: with the actor itself forty nodes; on a phone as many as a screen holds
OTHERS, OTHERS_NARROW = 39, 16
DOCUMENTS = 10
FILE_WIDTHS = {"title": 360, "roles": 200, "last": 125, "place": 128, "track": 85, "stage": 190}
FILE_NARROW = {"title": 190, "stage": 126}
OTHER_WIDTHS = {"with": 220, "kind": 130, "together": 90, "last": 125, "evidence": 500}
OTHER_NARROW = {"with": 200, "together": 116}


def files(actor_id: str, lang: str) -> None:
    """The files acted on, with the roles held; a chosen line opens the file."""
    found = store.ask(queries.actor_files, actor_id)
    if not found:
        return
    st.header(plural("actors.files", len(found), lang), anchor=False)
    ids = [one.dossier_id for one in found]
    shown = columns.widths(FILE_WIDTHS, FILE_NARROW)

    def pick() -> None:
        rows = st.session_state["actor-files"].selection.rows
        if rows and rows[0] < len(ids):
            st.session_state["go-to-file"] = ids[rows[0]]

    st.dataframe(
        file_cells(found, lang),
        key="actor-files",
        hide_index=True,
        on_select=pick,
        selection_mode="single-row",
        column_config={name: st.column_config.Column(t(f"col.{name}", lang), width=px) for name, px in shown.items()},
        **columns.layout(shown, len(found), most=8),
        alt=plural("actors.files_alt", len(found), lang),
    )
    if chosen := st.session_state.pop("go-to-file", ""):
        st.switch_page("views/dossiers.py", query_params={"file": chosen, "lang": lang})


def file_cells(files: list[ActorFile], lang: str) -> Cells:
    """One line per file."""
    return [
        {
            "title": bound(one.heading(lang)),
            "roles": roles(one.roles, lang),
            "last": show_date(one.last_on, lang),
            "place": label("jurisdictions", one.jurisdiction, lang),
            "track": label("tracks", one.track, lang),
            "stage": stage_words(one.track, one.stage, lang),
        }
        for one in files
    ]


def network(view: View, actor_id: str, name: str, lang: str) -> None:
    """Who acts in the same events: the figure and its table, and below the events shared with the chosen one."""
    phone = address.is_phone()
    found, total = store.ask(queries.neighbours, view, actor_id, limit=OTHERS)
    found = who.named(found, lang)
    if not found:
        return
    st.header(t("network.title", lang), anchor=False)
    told = t("network.why", lang)
    if total > len(found):
        told += " " + t("network.shown", lang, shown=len(found), n=number(total, lang))
    st.caption(told)
    if phone:  # a picture of many names cannot be read there: words first
        _others(found, lang)
    _figure(found[: OTHERS_NARROW if phone else OTHERS], name, phone, lang)
    if not phone:
        _others(found, lang)
    _shared(view, actor_id, name, found, lang)


def other_cells(found: list[Neighbour], lang: str) -> Cells:
    """With whom, how often, when last and in what."""
    return [
        {
            "with": actor_name(one.name, one.number, lang),
            "kind": label("actor_kinds", one.kind, lang),
            "together": one.count,
            "last": show_date(one.last_on, lang),
            "evidence": localised(one.last_titles, lang, one.last_title),
        }
        for one in found
    ]


def evidence(one: Neighbour, lang: str) -> str:
    """How often, when last and in what, as one line of a figure."""
    title = localised(one.last_titles, lang, one.last_title)
    return plural("network.hover", one.count, lang, date=show_date(one.last_on, lang), title=title)


def _figure(found: list[Neighbour], name: str, phone: bool, lang: str) -> None:
    from dashboard import network  # Plotly: only pages with a figure pay for it

    drawn = network.figure(
        name,
        found,
        names={one.actor_id: actor_name(one.name, one.number, lang) for one in found},
        kind_labels=labels("actor_kinds", lang),
        evidence=lambda one: evidence(one, lang),
        dark=address.is_dark(),
        narrow=phone,
        selected=address.get("with"),
    )

    def pick() -> None:
        points = st.session_state["network"].selection.points
        data = next((one.get("customdata") for one in points if one.get("customdata")), None)
        if data:
            address.put("with", str(data[0] if isinstance(data, list | tuple) else data))

    st.plotly_chart(
        drawn,
        key="network",
        on_select=pick,
        selection_mode="points",
        config=lane_figure.CONFIG,
        alt=plural("network.alt", len(found), lang, name=name),
    )


def _others(found: list[Neighbour], lang: str) -> None:
    ids = [one.actor_id for one in found]
    shown = columns.widths(OTHER_WIDTHS, OTHER_NARROW)

    def pick() -> None:
        rows = st.session_state["others"].selection.rows
        if rows and rows[0] < len(ids):
            address.put("with", ids[rows[0]])

    st.dataframe(
        other_cells(found, lang),
        key="others",
        hide_index=True,
        on_select=pick,
        selection_mode="single-row",
        column_config={name: st.column_config.Column(t(f"col.{name}", lang), width=px) for name, px in shown.items()},
        **columns.layout(shown, len(found), most=6),
        alt=plural("network.table_alt", len(found), lang),
    )


def _shared(view: View, actor_id: str, name: str, found: list[Neighbour], lang: str) -> None:
    """The evidence of the chosen line; who is not among those drawn can be asked for by address."""
    other_id = address.get("with")
    if not other_id:
        return
    events = store.ask(queries.shared_events, view, actor_id, other_id)
    if not events:
        st.info(t("network.nothing_shared", lang), icon=":material/search_off:")
        return
    known = {one.actor_id: actor_name(one.name, one.number, lang) for one in found}
    told = known.get(other_id) or _name_of(other_id, lang)
    total = store.ask(queries.shared_count, view, actor_id, other_id)
    st.markdown(f"### {safe_md(plural('network.shared', total, lang, one=name, other=told))}", anchors=False)
    browse.event_table(events, lang, key=f"shared-{other_id}")
    if total > len(events):
        st.caption(t("network.shared_shown", lang, shown=len(events)))
    with st.container(horizontal=True):
        st.button(
            t("network.profile", lang, name=safe_md(told)),
            key="profile-of-other",
            icon=":material/account_circle:",
            on_click=_go_to,
            args=(other_id,),
        )
        st.button(t("close", lang), key="close-shared", on_click=address.put, args=("with", ""))


def _go_to(actor_id: str) -> None:
    for key in ("with", "page", "event"):
        address.put(key, "")
    address.put("who", actor_id)


def _name_of(actor_id: str, lang: str) -> str:
    profile = store.ask(queries.actor, actor_id)
    if profile is None:
        return actor_id
    return who.name_of(profile.actor.actor_id, profile.actor.name, profile.actor.number, lang)


def documents(actor_id: str, lang: str) -> None:
    """How many documents on the subject name the actor, and the newest."""
    total = store.ask(queries.actor_document_count, actor_id)
    if not total:
        return
    st.header(plural("actors.documents", total, lang), anchor=False)
    found = store.ask(queries.actor_documents, actor_id, limit=DOCUMENTS)
    if total > len(found):
        st.caption(t("network.shared_shown", lang, shown=len(found)))
    for place, one in enumerate(found):
        with st.container(gap=None, key=f"naming-{place}"):
            st.markdown(md_link(one.title or one.url, one.url))
            facts = [label("item_kinds", one.kind, lang), one.publisher, show_date(one.date, lang)]
            st.markdown(f":small[{safe_md(' · '.join(part for part in facts if part))}]")
            piece.open_button(one.item_id, lang, key=f"naming-piece-{place}")
