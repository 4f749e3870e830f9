"""The parts of a file's page, one at a time: the code of the open one stands in the address (``tab``)."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import address, browse, change_words, file_press, store, takeaway, who
from dashboard.dates import show_date, show_instant, show_when
from dashboard.file_cells import by_role, cited_law, halves, holder_words, steps
from dashboard.glyphs import stage_words
from dashboard.i18n import label, number, plural, t, written
from dashboard.piece import law
from dashboard.safe import md_link, safe_md
from dashboard.tables import revision_text
from data import queries
from data.rows import DossierRow, Relation, RoleHolder, TimelineEvent
from data.view import View
from data.vocabulary import load_vocabulary

HERE = "views/dossiers.py"
ACTORS = "views/actors.py"

#: holders of one role in sight; the others stand folded below them, so many at most
FEW, MANY = 6, 60

#: rows of a list on one page
ROWS = 50

#: lines of the calendar; a file with more has its timeline
STEPS = 120


def show(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """The contents with a number each, and the part that is asked for."""
    counts = _counts(dossier, events)
    asked = address.get("tab")
    part = asked if asked in PARTS else "timeline"
    offered = [code for code in PARTS if counts[code] or code == part]
    st.session_state["w-tab"] = part
    st.segmented_control(
        t("file.contents", lang),
        offered,
        key="w-tab",
        required=True,
        wrap=True,
        format_func=lambda code: f"{t(f'file.tab_{code}', lang)} ({number(counts[code], lang)})",
        on_change=_open,
        label_visibility="collapsed",
    )
    st.header(t(f"file.tab_{part}", lang), anchor=False)
    if counts[part]:
        PARTS[part](dossier, events, lang)
    else:
        st.caption(t("file.nothing", lang))


def _open() -> None:
    """Another part starts at its own first page."""
    chosen = st.session_state["w-tab"] or ""
    for key, value in (("tab", "" if chosen == "timeline" else chosen), ("kind", ""), ("page", "")):
        if address.get(key) != value:
            address.put(key, value)


def _counts(dossier: DossierRow, events: list[TimelineEvent]) -> dict[str, int]:
    """How many entries each part has."""
    file = dossier.dossier_id
    return {
        "timeline": len(events),
        "calendar": len(events),
        "actors": len({one.actor_id for one in store.ask(queries.dossier_roles, file)}),
        "documents": sum(store.ask(queries.dossier_document_counts, file).values()),
        "press": sum(store.ask(queries.coverage_count, file, press=press) for press in (True, False)),
        "related": len(store.ask(queries.dossier_relations, file)),
        "law": len(cited_law(events)),
        "changes": store.ask(queries.revision_count, file=file),
    }


def _timeline(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    browse.show(
        View(dossiers=(dossier.dossier_id,)),
        lang,
        key="dossier",
        by="dossier",
        title=dossier.heading(lang),
        link=address.link("dossiers", file=dossier.dossier_id),
    )


def _actors(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """Who holds which role, with the party of the day; a stance only with its words."""
    holders = who.named(store.ask(queries.dossier_roles, dossier.dossier_id), lang)
    for column, groups in zip(st.columns(2, gap="large"), halves(by_role(holders), FEW), strict=True):
        with column:
            for role, held in groups:
                _role(role, held, dossier, lang)
    if unnamed := {one.actor_id: one for one in holders if not one.named}:
        names = [one.name for one in unnamed.values()][:MANY]
        st.caption(plural("file.unnamed", len(unnamed), lang, names=safe_md(", ".join(names))))


def _role(role: str, held: list[RoleHolder], dossier: DossierRow, lang: str) -> None:
    with st.container(gap=None, key=f"role-{role or 'none'}"):
        name = label("event_roles", role, lang) if role else t("file.no_role", lang)
        st.markdown(f"**{safe_md(name)}** ({number(len(held), lang)})")
        for one in held[:FEW]:
            _holder(one, lang)
        if rest := held[FEW:]:
            with st.expander(plural("overview.more", len(rest), lang), type="compact"):
                for one in rest[:MANY]:
                    _holder(one, lang)
                if len(rest) > MANY:
                    _all_actors(dossier, lang)


def _all_actors(dossier: DossierRow, lang: str) -> None:
    query = {"dossier": dossier.dossier_id, "lang": lang}
    st.page_link(ACTORS, label=t("file.all_actors", lang), icon=":material/group:", query_params=query)


def _holder(one: RoleHolder, lang: str) -> None:
    told = holder_words(one, lang)
    st.page_link(
        ACTORS,
        label=safe_md(one.name) + (f" — {safe_md(told)}" if told else ""),
        icon=":material/account_circle:",
        query_params={"who": one.actor_id, "lang": lang},
    )
    if one.quote:
        stance = label("stances", one.stance, lang) if one.stance else t("file.quoted", lang)
        st.markdown(f"> {safe_md(one.quote)}")
        st.button(
            safe_md(stance),
            key=f"said-{one.role}-{one.actor_id}",
            type="tertiary",
            icon=":material/fact_check:",
            on_click=address.put,
            args=("event", one.event_id),
        )


def _documents(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """What hangs on the file by its official number, also where it never names the subject."""
    counts = store.ask(queries.dossier_document_counts, dossier.dossier_id)
    asked = address.get("kind")
    kind = asked if asked in counts else ""
    st.session_state["w-documents-kind"] = kind or None
    st.pills(
        t("file.tab_documents", lang),
        list(counts),
        key="w-documents-kind",
        format_func=lambda code: f"{label('item_kinds', code, lang)} ({number(counts[code], lang)})",
        label_visibility="collapsed",
        wrap=True,
        on_change=_kind,
        args=("w-documents-kind",),
    )
    total = counts[kind] if kind else sum(counts.values())
    page, pages = _page(total)
    found = store.ask(queries.dossier_documents, dossier.dossier_id, kind=kind, limit=ROWS, offset=(page - 1) * ROWS)
    mark = t("dossiers.on_subject", lang)
    st.table(
        {
            t("col.date", lang): [show_date(one.date, lang) for one in found],
            t("col.kind", lang): [label("item_kinds", one.kind, lang) for one in found],
            t("col.title", lang): [
                md_link(one.title or one.url, one.url) + (f" · **{mark}**" if one.on_subject else "") for one in found
            ],
            t("file.col_author", lang): [safe_md(", ".join(one.authors)) or "–" for one in found],
            t("card.outcome", lang): [
                safe_md(label("outcomes", one.outcome, lang)) if one.outcome else "–" for one in found
            ],
        },
        hide_index=True,
        border="horizontal",
        alt=plural("file.documents_alt", len(found), lang),
    )
    browse.pager(pages, page, key="documents")


def _kind(widget: str) -> None:
    address.put("kind", st.session_state[widget] or "")
    address.put("page", "")


def _page(total: int) -> tuple[int, int]:
    """(page asked for, pages) of a list of ``total`` rows."""
    pages = max(-(-total // ROWS), 1)
    return min(address.page_number(), pages), pages


def _press(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    file_press.show(dossier, lang)


def _related(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """Files this one names and files that name it, each in words."""
    for place, one in enumerate(store.ask(queries.dossier_relations, dossier.dossier_id)):
        with st.container(gap=None, key=f"relation-{place}"):
            _relation(one, lang)


def _relation(one: Relation, lang: str) -> None:
    vocabulary = load_vocabulary()
    kind = label("relation_kinds", one.kind, lang)
    if one.inverse and vocabulary.has("relation_kinds", one.kind):
        kind = str(vocabulary.lists["relation_kinds"][one.kind].extra["inverse"][written(lang)])
    when = f" · {show_date(one.on, lang)}" if one.on else ""
    if not one.dossier_id:
        known = one.scheme in vocabulary.lists["schemes"]
        name = f"{label('schemes', one.scheme, lang)} {one.value}" if known else one.value
        url = vocabulary.identifier_url(one.scheme, one.value) if known else ""
        st.markdown(t("filters.chip", lang, filter=safe_md(kind), value=md_link(name, url)) + safe_md(when))
        st.caption(t("file.not_here", lang))
        return
    st.page_link(
        HERE,
        label=f"{safe_md(kind)}: **{safe_md(one.heading(lang))}**",
        icon=":material/folder_open:",
        query_params={"file": one.dossier_id, "lang": lang},
    )
    facts = [label("jurisdictions", one.jurisdiction, lang), stage_words(one.track, one.stage, lang)]
    st.caption(safe_md(" · ".join(facts) + when))


def _law(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """Cited acts and articles with their official page, and the newest event that cites each."""
    found = cited_law(events)
    st.table(
        {
            t("file.col_reference", lang): [law(one.reference, lang) for one in found],
            t("col.events", lang): [number(len(one.events), lang) for one in found],
            t("file.col_newest", lang): [
                safe_md(f"{show_when(one.events[0], lang)} · {one.events[0].heading(lang)}") for one in found
            ],
            t("col.source", lang): [_proof(one.events[0]) for one in found],
        },
        hide_index=True,
        border="horizontal",
        alt=plural("file.law_alt", len(found), lang),
    )


def _proof(event: TimelineEvent) -> str:
    source = next((one for one in event.sources if one.url), None)
    return md_link(source.publisher or source.source_id, source.url) if source else "–"


def _calendar(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """The dated steps month by month, planned ones on top, and the calendar file of this dossier."""
    takeaway.button(
        "ics",
        View(dossiers=(dossier.dossier_id,)),
        len(events),
        lang,
        key="calendar-ics",
        title=dossier.heading(lang),
    )
    found = steps(events, store.today(), lang)
    shown = found[:STEPS]
    months = [one.month if place == 0 or shown[place - 1].month != one.month else "" for place, one in enumerate(shown)]
    st.table(
        {
            t("file.col_month", lang): [f"**{safe_md(month)}**" if month else "" for month in months],
            t("file.col_day", lang): [safe_md(one.days) for one in shown],
            t("file.col_step", lang): [
                safe_md(one.title)
                + (f" ({number(one.count, lang)})" if one.count > 1 else "")
                + (f" · **{safe_md(label('statuses', 'scheduled', lang))}**" if one.is_ahead else "")
                for one in shown
            ],
        },
        hide_index=True,
        border="horizontal",
        alt=plural("file.calendar_alt", len(shown), lang),
    )
    if len(shown) < len(found):
        st.caption(plural("overview.more", len(found) - len(shown), lang))


def _changes(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """What was changed here since the file was first published: when, what, why and by whom."""
    page, pages = _page(store.ask(queries.revision_count, file=dossier.dossier_id))
    found = store.ask(queries.revisions, file=dossier.dossier_id, limit=ROWS, offset=(page - 1) * ROWS)
    titles = {one.event_id: one.heading(lang) for one in events}
    st.table(
        {
            t("col.date", lang): [show_instant(one.at, lang) for one in found],
            t("file.col_of", lang): [
                safe_md(
                    t("file.this_file", lang)
                    if one.entity == "dossier"
                    else titles.get(one.entity_id, one.title or one.entity_id)
                )
                for one in found
            ],
            t("file.col_change", lang): [safe_md(revision_text(one, lang)) for one in found],
            t("col.reason", lang): [safe_md(change_words.why(one, lang)) for one in found],
            t("col.by", lang): [safe_md(change_words.who(one, lang)) for one in found],
        },
        hide_index=True,
        border="horizontal",
        alt=plural("file.changes_alt", len(found), lang),
    )
    browse.pager(pages, page, key="changes")


#: code in the address -> what draws the part, in the order of the contents
PARTS: dict[str, Callable[[DossierRow, list[TimelineEvent], str], None]] = {
    "timeline": _timeline,
    "actors": _actors,
    "documents": _documents,
    "press": _press,
    "related": _related,
    "law": _law,
    "calendar": _calendar,
    "changes": _changes,
}
