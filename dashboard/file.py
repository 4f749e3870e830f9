"""One dossier: where it stands and what proves it, what comes next, who acts, what changed."""

from __future__ import annotations

import streamlit as st

from dashboard import address, browse, card, change_words, decide, piece, store
from dashboard.dates import show_date, show_instant, show_when
from dashboard.i18n import label, number, stage_label, t
from dashboard.safe import md_link, safe_link, safe_md
from dashboard.tables import check_mark, roles
from data import queries
from data.rows import ChangeFilter, DossierRow, TimelineEvent
from data.view import View
from data.vocabulary import UNKNOWN, load_vocabulary

HERE = "views/dossiers.py"

#: documents of a file shown at once
DOCUMENTS = 30

#: changes of a file listed, the newest
CHANGES = 50

#: pieces that cite the law of a file shown
CITING = 10


def show(dossier_id: str, lang: str) -> None:
    """The page of one dossier; a clear word when there is none."""
    if st.button(t("dossiers.back", lang), key="back-to-dossiers", icon=":material/arrow_back:", type="tertiary"):
        address.put("file", "")
        st.rerun()
    dossier = store.ask(queries.dossier, dossier_id)
    if dossier is None:
        st.warning(t("dossiers.missing", lang, id=safe_md(dossier_id)), icon=":material/folder_off:")
        return
    view = View(dossiers=(dossier.dossier_id,))
    events = store.ask(queries.timeline, view, newest_first=False)
    st.title(safe_md(dossier.heading(lang)), anchor=False)
    _facts(dossier, lang)
    decide.on_dossier(dossier.dossier_id, lang, key="file")
    left, right = st.columns(2, gap="large")
    with left:
        _ladder(dossier, events, lang)
    with right:
        _next(dossier, events, lang)
        _actors(dossier, lang)
        _relations(dossier, lang)
    st.subheader(t("dossiers.timeline", lang), anchor=False)
    browse.show(
        view,
        lang,
        key="dossier",
        title=dossier.heading(lang),
        link=address.link("dossiers", file=dossier.dossier_id),
    )
    _documents(dossier, lang)
    _citing(dossier, lang)
    _revisions(dossier, lang)


def _facts(dossier: DossierRow, lang: str) -> None:
    facts = [
        label("jurisdictions", dossier.jurisdiction, lang),
        label("tracks", dossier.track, lang),
        *(label("harms", code, lang) for code in dossier.harms),
        *(label("approaches", code, lang) for code in dossier.approaches),
        check_mark(dossier.verified, lang),
    ]
    st.markdown(safe_md(" · ".join(facts)))
    if dossier.title != dossier.heading(lang) and dossier.title not in dossier.titles.values():
        name = f"{t('card.official_wording', lang)} ({dossier.lang or '?'})"
        st.markdown(f":small[{card.fact(name, dossier.title, lang)}]")
    vocabulary = load_vocabulary()
    links = [md_link(t("dossiers.official_page", lang), dossier.url)] if safe_link(dossier.url) else []
    for scheme, value in dossier.identifiers:
        if scheme in vocabulary.lists["schemes"]:
            name = f"{label('schemes', scheme, lang)} {value}"
            links.append(md_link(name, vocabulary.identifier_url(scheme, value)))
        else:
            links.append(safe_md(f"{scheme} {value}"))
    if links:
        st.markdown(" · ".join(links))


def _ladder(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """Every stage of the track in order; in words which were passed, when, and by which event."""
    st.subheader(t("dossiers.ladder", lang), anchor=False)
    proof = {one.event_id: one for one in events}
    reached: dict[str, TimelineEvent] = {}
    for one in events:
        if one.stage and one.status == "occurred" and one.date_start <= store.today():
            reached.setdefault(one.stage, one)
    names, dates, proofs, marks = [], [], [], []
    for stage in load_vocabulary().stages(dossier.track):
        is_current = stage.code == dossier.stage
        if stage.is_end and not is_current:
            continue
        event = proof.get(dossier.stage_event_id) if is_current else reached.get(stage.code)
        name = safe_md(stage_label(dossier.track, stage.code, lang))
        mark = t("ladder.now", lang) if is_current else t("ladder.passed", lang) if event else ""
        marks.append(f"**{mark}**" if is_current else mark)
        names.append(f"**{name}**" if is_current else name)
        date = show_date(dossier.stage_since, lang) if is_current else show_when(event, lang) if event else ""
        dates.append(date)
        proofs.append(safe_md(event.heading(lang)) if event else "")
    st.table(
        {
            t("col.stage", lang): names,
            t("col.state", lang): marks,
            t("col.date", lang): dates,
            t("col.proof", lang): proofs,
        },
        hide_index=True,
        border="horizontal",
    )
    if dossier.stage == UNKNOWN:
        st.caption(t("dossiers.no_stage", lang))
    elif current := proof.get(dossier.stage_event_id):
        st.markdown(f"**{t('dossiers.proved_by', lang)}**")
        card.line(current, lang, key="proof")


def _next(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    st.subheader(t("dossiers.next", lang), anchor=False)
    stage = load_vocabulary().stage(dossier.track, dossier.stage)
    if sentence := stage.next.get(lang, ""):
        st.markdown(safe_md(sentence))
    planned = next((one for one in events if one.event_id == dossier.next_event_id), None)
    if planned:
        card.line(planned, lang, key="planned")
    elif not stage.is_end:
        st.caption(t("dossiers.no_date", lang))
    if dossier.stalled:
        st.info(t("dossiers.stalled", lang, date=show_date(dossier.last_on, lang)), icon=":material/pause_circle:")


def _actors(dossier: DossierRow, lang: str) -> None:
    found = store.ask(queries.dossier_actors, dossier.dossier_id)
    if not found:
        return
    st.subheader(t("dossiers.actors", lang), anchor=False)
    for one in found[:15]:
        held = roles(one.roles, lang)
        st.page_link(
            "views/actors.py",
            label=safe_md(one.name) + (f" — {safe_md(held)}" if held else ""),
            icon=":material/account_circle:",
            query_params={"who": one.actor_id, "lang": lang},
        )
    if len(found) > 15:
        st.caption(t("overview.more", lang, n=len(found) - 15))


def _relations(dossier: DossierRow, lang: str) -> None:
    found = store.ask(queries.dossier_relations, dossier.dossier_id)
    if not found:
        return
    st.subheader(t("dossiers.relations", lang), anchor=False)
    vocabulary = load_vocabulary()
    for place, one in enumerate(found):
        kind = label("relation_kinds", one.kind, lang)
        when = f" ({show_date(one.on, lang)})" if one.on else ""
        if one.dossier_id:
            with st.container(key=f"relation-{place}"):
                st.page_link(
                    HERE,
                    label=f"{kind}: {safe_md(one.title or one.value)}{when}",
                    icon=":material/link:",
                    query_params={"file": one.dossier_id, "lang": lang},
                )
        else:
            known = one.scheme in vocabulary.lists["schemes"]
            url = vocabulary.identifier_url(one.scheme, one.value) if known else ""
            st.markdown(f"{kind}: {md_link(one.value, url)}{when}")


def _documents(dossier: DossierRow, lang: str) -> None:
    """What hangs on the file by its official number, also where it never names the subject."""
    counts = store.ask(queries.dossier_document_counts, dossier.dossier_id)
    if not counts:
        return
    st.subheader(t("dossiers.documents", lang), anchor=False)
    kinds = list(counts)
    chosen = st.pills(
        t("dossiers.documents", lang),
        kinds,
        key="documents-kind",
        format_func=lambda code: f"{label('item_kinds', code, lang)} ({number(counts[code], lang)})",
        label_visibility="collapsed",
    )
    found = store.ask(queries.dossier_documents, dossier.dossier_id, kind=chosen or "", limit=DOCUMENTS)
    total = counts[chosen] if chosen else sum(counts.values())
    mark = t("dossiers.on_subject", lang)
    if len(found) < total:
        st.caption(t("dossiers.documents_shown", lang, shown=number(len(found), lang), n=number(total, lang)))
    st.table(
        {
            t("col.date", lang): [show_date(one.date, lang) for one in found],
            t("col.kind", lang): [label("item_kinds", one.kind, lang) for one in found],
            t("col.title", lang): [
                md_link(one.title or one.url, one.url) + (f" · {mark}" if one.on_subject else "") for one in found
            ],
        },
        hide_index=True,
        border="horizontal",
    )


def _citing(dossier: DossierRow, lang: str) -> None:
    """Pieces that cite the law of the file, the newest; each opens what was read in it."""
    count = store.ask(queries.citing_count, dossier.dossier_id)
    if not count:
        return
    st.subheader(t("dossiers.cited_by", lang, n=number(count, lang)), anchor=False)
    found = store.ask(queries.citing_pieces, dossier.dossier_id, limit=CITING)
    if len(found) < count:
        st.caption(t("dossiers.cited_shown", lang, shown=number(len(found), lang)))
    for place, one in enumerate(found):
        with st.container(gap=None, key=f"citing-{place}"):
            st.markdown(md_link(one.title or one.url, one.url))
            facts = [show_date(one.date, lang) if one.date else "", one.publisher, ", ".join(one.references)]
            st.caption(safe_md(" · ".join(part for part in facts if part)))
            piece.open_button(one.item_id, lang, key=f"citing-piece-{place}")


def _revisions(dossier: DossierRow, lang: str) -> None:
    found = store.ask(queries.changes, ChangeFilter(of=("dossier", dossier.dossier_id)), limit=CHANGES)
    st.subheader(t("dossiers.revisions", lang), anchor=False)
    if not found:
        st.caption(t("dossiers.no_revision", lang))
    for one in found:
        told = "  \n".join(safe_md(text) for text in change_words.what(one, lang))
        st.markdown(f"{safe_md(show_instant(one.at, lang))} — {told}")
        reason = [change_words.who(one, lang), change_words.why(one, lang)]
        st.caption(safe_md(" · ".join(part for part in reason if part)))
