"""The source card: everything that proves one event, in a drawer. Open when ``event`` is in the address."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import address, cite, decide, piece, store, who
from dashboard.dates import show_date, show_instant, show_when
from dashboard.glyphs import stage_words
from dashboard.i18n import label, plural, quoted, t
from dashboard.safe import md_link, safe_link, safe_md, safe_title
from dashboard.tables import actor_name, check_mark, proved_stage
from data import queries
from data.rows import EventActor, EventSource, Telling, TimelineEvent, localised
from data.view import View
from data.vocabulary import load_vocabulary

#: figures of one source shown on the card; its piece shows all
FIGURES = 6
#: letters of a long quote shown at once, and of a fingerprint
QUOTE_SHOWN, HASH_SHOWN = 400, 12


def tell_if_missing(lang: str) -> None:
    """Above the page, where it is seen: the address names an event that nobody knows."""
    asked = address.get("event")
    if asked and store.ask(queries.event, asked) is None and _hidden(asked) is None:
        st.warning(t("card.missing", lang, id=safe_md(asked)), icon=":material/search_off:")
        st.button(t("close", lang), key="close-missing", on_click=close)


def show_if_asked(lang: str) -> None:
    """Open the drawer when the address names an event; also one that is not shown, on which there is to decide."""
    asked = address.get("event")
    if not asked:
        return
    event = store.ask(queries.event, asked)
    if event is None:
        if told := _hidden(asked):
            _drawer(lang)(_draw_hidden)(told, lang)
        return
    _drawer(lang)(_draw)(event, lang)


def _drawer(lang: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return st.dialog(t("card.title", lang), width=560, position="right", icon=":material/fact_check:", on_dismiss=close)


def _hidden(asked: str) -> Telling | None:
    """What a text tells of an event that is not shown."""
    return next((one for one in store.ask(queries.tellings, asked) if one.origin == "text"), None)


def close() -> None:
    """The drawer goes, and its key in the address with it."""
    address.put("event", "")


def _draw(event: TimelineEvent, lang: str) -> None:
    heading = event.heading(lang)
    st.markdown(f"### {safe_title(heading)}", anchors=False)
    _facts(event, lang)
    decide.on_event(
        event.event_id, store.ask(queries.tellings, event.event_id), lang,
        key="card", type_=event.type, date=event.date,
    )  # fmt: skip
    if summary := event.summary(lang):
        st.markdown(safe_md(summary))
    if event.title != heading and event.title not in event.titles.values():  # else the title is ours, not official
        name = f"{t('card.official_wording', lang)} ({event.lang or '?'})"
        st.markdown(fact(name, event.title, lang))
    st.markdown(f"#### {plural('card.sources', len(event.sources), lang)}", anchors=False)
    if not event.sources:
        st.markdown(t("card.no_source", lang))
    for number, source in enumerate(sorted(event.sources, key=lambda one: not one.quote)):  # the proof in words first
        _source(source, number, lang)
    if event.actors:
        st.markdown(f"#### {t('card.actors', lang)}", anchors=False)
        for actor in who.named(event.actors, lang):
            _actor(actor, lang)
    if event.dossier_id:
        st.markdown(f"#### {t('card.dossier', lang)}", anchors=False)
        st.page_link(
            "views/dossiers.py",
            label=safe_md(localised(event.dossier_titles, lang, event.dossier_title) or event.dossier_id),
            icon=":material/folder_open:",
            query_params={"file": event.dossier_id, "lang": lang},
        )
        _neighbours(event, lang)
    if event.legal_references:
        cited = ", ".join(piece.law(one, lang) for one in event.legal_references)
        st.markdown(f":small[{t('card.fact', lang, name=t('card.legal', lang), value=cited)}]")
    st.markdown(f"#### {t('card.cite', lang)}", anchors=False)
    cite.cite_event(event, lang)
    st.caption(t("card.link", lang))
    st.code(address.link("timeline", View(), event=event.event_id), language=None, wrap_lines=True)


def _draw_hidden(one: Telling, lang: str) -> None:
    """An event that was read in a text and is not shown: because the team rejected it, or the piece it stands in."""
    st.markdown(f"### {safe_md(one.title)}", anchors=False)
    st.markdown(f"{safe_md(label('event_types', one.type, lang))} · {safe_md(show_date(one.date, lang))}")
    st.info(t("card.hidden", lang), icon=":material/visibility_off:")
    decide.on_event(one.event_id, (one,), lang, key="hidden", type_=one.type, date=one.date)
    if kept := store.ask(queries.item_of_decision, one.item):
        piece.open_button(kept[0], lang, key="piece-hidden")


def _facts(event: TimelineEvent, lang: str) -> None:
    """Date with its precision, place, type, state and check: words first, never colour alone."""
    when = show_when(event, lang)
    if event.precision != "day":
        when += f" ({label('precisions', event.precision, lang).lower()})"
    facts = [
        (t("col.date", lang), when),
        (t("col.place", lang), label("jurisdictions", event.jurisdiction, lang)),
        (t("col.type", lang), label("event_types", event.type, lang)),
        (t("col.status", lang), label("statuses", event.status, lang)),
        (t("card.outcome", lang), label("outcomes", event.outcome, lang) if event.outcome else ""),
        (
            t("card.would_imply" if event.status == "scheduled" else "card.implies", lang),
            stage_words(event.track, event.stage, lang) if event.stage else "",
        ),
        (t("card.official_step", lang), _official_step(event)),
        (t("col.check", lang), check_mark(event.verified, lang)),
        (t("card.origin", lang), label("origins", event.origin, lang)),
        (t("card.review", lang), label("review_states", event.review_state, lang)),
    ]
    st.markdown("  \n".join(fact(name, value, lang) for name, value in facts if value))
    if event.verified == "memory":
        st.warning(t("card.unchecked", lang), icon=":material/help:")
    if event.origin == "text":
        st.caption(t("card.read_from_text", lang))


def _official_step(event: TimelineEvent) -> str:
    """What the official system calls the step, beside our word for it: its wording and its code."""
    if not event.official_code:
        return ""
    return f"{event.title} · {event.official_code}" if event.origin == "official" else event.official_code


def _neighbours(event: TimelineEvent, lang: str) -> None:
    """The ways to what happened in the same file just before and just after."""
    with st.container(gap=None, key="neighbours"):
        for side, other in zip(("before", "after"), store.ask(queries.before_and_after, event.event_id), strict=True):
            if other is None:
                st.caption(t(f"card.none_{side}", lang))
                continue
            words = t(f"card.{side}", lang, date=show_when(other, lang), title=other.heading(lang))
            icon = ":material/arrow_upward:" if side == "before" else ":material/arrow_downward:"
            if st.button(safe_md(words), key=f"card-{side}", icon=icon, type="tertiary", wrap=True):
                address.put("event", other.event_id)
                st.rerun()  # the drawer is drawn apart from the page, which has to choose its event anew


def fact(name: str, value: str, lang: str) -> str:
    """A name in bold and its value, with the colon of the language."""
    return t("card.fact", lang, name=safe_md(name), value=safe_md(value))


def _source(source: EventSource, number: int, lang: str) -> None:
    with st.container(border=True, key=f"source-{number}"):
        kind = label("proof_kinds", source.kind, lang) if source.kind in load_vocabulary().lists["proof_kinds"] else ""
        name = source.publisher or source.source_id
        st.markdown(f"**{safe_md(name)}**" + (f" · {kind}" if kind else ""))
        if source.quote:
            _quote(source.quote, lang)
        if source.quote_lang:
            st.caption(safe_md(t("card.quoted_from", lang, name=name, code=source.quote_lang)))
        dates = [
            t("card.published", lang, date=show_date(source.published_on, lang)) if source.published_on else "",
            t("card.retrieved", lang, date=show_instant(source.retrieved_at, lang)) if source.retrieved_at else "",
            label("verification", source.verified, lang) if source.verified else "",
        ]
        st.caption(" · ".join(one for one in dates if one))
        if safe_link(source.url):
            st.link_button(t("card.open", lang), source.url, icon=":material/open_in_new:", key=f"open-source-{number}")
        elif source.url:
            st.text(source.url)
        item_id = store.ask(queries.item_of, source.source_id, source.url) if source.url else None
        if item_id is not None:
            figures = store.ask(queries.item_figures, item_id)
            if figures:
                st.markdown("\n".join(f"- {piece.figure_words(one, lang)}" for one in figures[:FIGURES]))
            piece.open_button(item_id, lang, key=f"piece-{number}")
        if source.rule:
            st.caption(safe_md(t("card.rule", lang, rule=source.rule)))
        if source.payload_sha256:
            with st.expander(t("card.fingerprint", lang, start=source.payload_sha256[:HASH_SHOWN])):
                st.caption(t("card.fingerprint_why", lang))
                st.code(source.payload_sha256, language=None, wrap_lines=True)


def _quote(text: str, lang: str) -> None:
    """Words of a source in quotation marks; of a long text the beginning, to a word's end, and the whole on demand."""
    if len(text) <= QUOTE_SHOWN * 5 // 4:
        st.markdown(f"> {quoted(safe_md(text), lang)}")
        return
    beginning = text[:QUOTE_SHOWN].rsplit(maxsplit=1)[0]
    st.markdown(f"> {quoted(safe_md(f'{beginning} …'), lang)}")
    with st.expander(t("card.whole_quote", lang)):
        st.markdown(f"> {quoted(safe_md(text), lang)}")


def _actor(actor: EventActor, lang: str) -> None:
    marks = [label("event_roles", actor.role, lang) if actor.role else "", actor.role_title, actor.party]
    name = actor_name(actor.name if actor.named else "", actor.name, lang)
    if actor.stance:
        marks.append(label("stances", actor.stance, lang))
    st.page_link(
        "views/actors.py",
        label=safe_md(" — ".join([name, " · ".join(one for one in marks if one)]).removesuffix(" — ")),
        icon=":material/account_circle:",
        query_params={"who": actor.actor_id, "lang": lang},
    )
    if actor.quote:
        st.markdown(f"> {safe_md(actor.quote)}")


def line(event: TimelineEvent, lang: str, *, key: str, lead: str = "", with_file: bool = False) -> None:
    """An event in a list: its title opens the card where one is, below it a line of facts with the first source.

    ``lead`` is a word of ours to begin the facts with, in bold; ``with_file`` names the file it belongs to.
    """
    with st.container(gap=None, key=key):
        st.button(
            f"**{safe_title(event.heading(lang))}**",
            key=f"open-{key}",
            type="tertiary",
            wrap=True,
            on_click=address.put,
            args=("event", event.event_id),
        )
        file = localised(event.dossier_titles, lang, event.dossier_title) if with_file else ""
        facts = [
            show_when(event, lang),
            label("jurisdictions", event.jurisdiction, lang),
            file if file != event.heading(lang) else "",
            label("event_types", event.type, lang),
            label("statuses", event.status, lang) if event.status != "occurred" else "",
            proved_stage(event, lang),
            check_mark(event.verified, lang) if event.verified == "memory" else "",
        ]
        proof = next((one for one in event.sources if one.url), None)
        told = (f"**{safe_md(lead)}** · " if lead else "") + safe_title(" · ".join(one for one in facts if one))
        if proof:
            told += f" · {md_link(proof.publisher or proof.source_id, proof.url)}"
        st.markdown(f":small[{told}]")
