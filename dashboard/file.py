"""The page of one dossier: where it stands, what comes next and where that is told; below, one part at a time."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import address, card, decide, file_parts, ladder, store
from dashboard.dates import show_when
from dashboard.file_cells import days_left, flags, overdue, since
from dashboard.glyphs import stage_words
from dashboard.i18n import label, number, plural, t
from dashboard.safe import md_link, safe_link, safe_md, safe_title
from dashboard.tables import check_mark
from data import queries
from data.next_steps import next_step
from data.rows import DossierRow, TimelineEvent
from data.view import View
from data.vocabulary import UNKNOWN, load_vocabulary

FLAG_ICONS = {
    "stalled": ":material/pause_circle:",
    "fast_track": ":material/speed:",
    "consultation_open_until": ":material/forum:",
    "stage_disputed": ":material/help:",
}


def show(dossier_id: str, lang: str) -> None:
    """The page of one dossier; a clear word when there is none."""
    st.button(
        t("dossiers.back", lang), key="back-to-dossiers", icon=":material/arrow_back:", type="tertiary", on_click=_close
    )
    dossier = store.ask(queries.dossier, dossier_id)
    if dossier is None:
        st.warning(t("dossiers.missing", lang, id=safe_md(dossier_id)), icon=":material/folder_off:")
        return
    events = store.ask(queries.timeline, View(dossiers=(dossier.dossier_id,)), newest_first=False)
    st.title(safe_title(dossier.heading(lang)), anchor=False)
    _facts(dossier, lang)
    with st.container(key="file-head"):
        stage, following, source = st.columns(3, border=True)
    with stage:
        _stage(dossier, events, lang)
    with following:
        _next(dossier, events, lang)
    with source:
        _source(dossier, lang)
    found = ladder.ladder(dossier, events, date.fromisoformat(store.today()))
    if found.rungs:
        st.header(t("dossiers.ladder", lang), anchor=False)
        ladder.draw(found, dossier, lang)
    decide.on_dossier(dossier.dossier_id, lang, key="file")
    file_parts.show(dossier, events, lang)


def _close() -> None:
    """Back to the list: the file and what was open in it leave the address."""
    for key in ("tab", "kind", "page", "zoom", "at", "file"):
        address.put(key, "")


def _facts(dossier: DossierRow, lang: str) -> None:
    facts = [
        label("jurisdictions", dossier.jurisdiction, lang),
        label("tracks", dossier.track, lang),
        *(label("harms", code, lang) for code in dossier.harms),
        *(label("approaches", code, lang) for code in dossier.approaches),
        check_mark(dossier.verified, lang),
    ]
    st.markdown(safe_md(" · ".join(facts)))
    if dossier.title and dossier.title != dossier.heading(lang) and dossier.title not in dossier.titles.values():
        name = f"{t('card.official_wording', lang)} ({dossier.lang or '?'})"
        st.markdown(f":small[{card.fact(name, dossier.title, lang)}]")


def _stage(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """The present stage, since when, by which event, and what must be known besides."""
    st.caption(t("file.now", lang))
    st.markdown(f"**{safe_md(stage_words(dossier.track, dossier.stage, lang))}**")
    proof = next((one for one in events if one.event_id == dossier.stage_event_id), None)
    if dossier.stage == UNKNOWN:
        st.caption(t("dossiers.no_stage", lang))
    elif dossier.stage_since:
        st.markdown(safe_md(since(dossier.stage_since, lang)))
    if proof:
        st.caption(t("dossiers.proved_by", lang))
        card.line(proof, lang, key="proof")
    for code, words in flags(dossier, events, store.today(), lang):
        st.markdown(f"{FLAG_ICONS[code]} {safe_md(words)}")


def _next(dossier: DossierRow, events: list[TimelineEvent], lang: str) -> None:
    """The next dated step first; then what normally follows this stage, who decides, and where that is told."""
    today = store.today()
    st.caption(t("dossiers.next", lang))
    rung = load_vocabulary().stage(dossier.track, dossier.stage)
    planned = next((one for one in events if one.event_id == dossier.next_event_id), None)
    if planned:
        left = days_left(planned, today, lang)
        st.markdown(f"**{safe_md(show_when(planned, lang))}**" + (f" · {safe_md(left)}" if left else ""))
        card.line(planned, lang, key="planned")
    elif not rung.is_end:
        st.markdown(f"**{t('dossiers.no_date', lang)}**")
    for one in overdue(events, today)[:2]:
        st.markdown(f":material/event_busy: {t('file.overdue', lang, date=safe_md(show_when(one, lang)))}")
        card.line(one, lang, key=f"overdue-{one.event_id}")
    step = next_step(dossier.jurisdiction, dossier.track, dossier.stage, lang)
    if step.sentence:
        st.markdown(safe_md(step.sentence))
    if step.who:
        st.markdown(card.fact(t("file.who_decides", lang), step.who, lang))
    if step.sentence:
        rule = t("file.usual", lang)
        told = f"{rule} {md_link(step.procedure, step.url)}" if step.procedure else rule
        st.markdown(f":small[{told}]")  # a caption would pale the link


def _source(dossier: DossierRow, lang: str) -> None:
    """The official page, the official numbers and the address to share."""
    st.caption(t("file.official", lang))
    vocabulary = load_vocabulary()
    if safe_link(dossier.url):
        st.markdown(f"**{md_link(t('dossiers.official_page', lang), dossier.url)}**")
    else:
        st.markdown(t("file.no_page", lang))
    numbers = []
    for scheme, value in dossier.identifiers:
        if scheme in vocabulary.lists["schemes"]:
            name = f"{label('schemes', scheme, lang)} {value}"
            numbers.append(md_link(name, vocabulary.identifier_url(scheme, value)))
        else:
            numbers.append(safe_md(f"{scheme} {value}"))
    if numbers:
        st.markdown(f":small[{' · '.join(numbers)}]")
    st.caption(
        t(
            "file.counts",
            lang,
            events=plural("count.events", dossier.event_count, lang),
            press=number(dossier.press_count, lang),
        )
    )
    st.caption(t("file.link", lang))
    st.code(address.link("dossiers", file=dossier.dossier_id), language=None, wrap_lines=True)
