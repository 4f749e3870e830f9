"""One actor: facts, dated offices, its own timeline, what it said and where."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import address, browse, card, decide, filters, piece, store
from dashboard.dates import show_date, show_when
from dashboard.i18n import label, t
from dashboard.safe import md_link, safe_link, safe_md
from dashboard.tables import check_mark, roles
from data import queries
from data.rows import ActorProfile, localised
from data.view import View
from data.vocabulary import load_vocabulary


def show(actor_id: str, lang: str) -> None:
    """The page of one actor; a clear word when nobody has that id."""
    if st.button(t("actors.back", lang), key="back-to-actors", icon=":material/arrow_back:", type="tertiary"):
        address.put("who", "")
        st.rerun()
    profile = store.ask(queries.actor, actor_id)
    if profile is None:
        st.warning(t("actors.missing", lang, id=safe_md(actor_id)), icon=":material/person_off:")
        return
    st.title(safe_md(profile.actor.name), anchor=False)
    _facts(profile, lang)
    decide.on_actor(profile.actor.actor_id, lang, key="profile")
    view = replace(filters.bar(lang), actors=(profile.actor.actor_id,))
    st.subheader(t("actors.timeline", lang), anchor=False)
    browse.show(
        view,
        lang,
        key="actor",
        title=profile.actor.name,
        link=address.link("actors", replace(view, actors=()), who=profile.actor.actor_id),
    )
    _quotes(view, profile.actor.actor_id, lang)
    _positions(profile.actor.actor_id, lang)


def _facts(profile: ActorProfile, lang: str) -> None:
    actor = profile.actor
    facts = [
        (t("col.kind", lang), label("actor_kinds", actor.kind, lang)),
        (t("col.place", lang), label("jurisdictions", actor.jurisdiction, lang)),
        (t("actors.part_of", lang), profile.parent_name),
        (t("actors.also", lang), ", ".join(sorted({name for _, name in profile.names if name != actor.name}))),
        (t("col.roles", lang), roles(actor.roles, lang)),
        (t("col.check", lang), t("actor.provisional", lang) if actor.provisional else check_mark(actor.verified, lang)),
    ]
    st.markdown("  \n".join(card.fact(name, value, lang) for name, value in facts if value))
    links = [md_link(t("actors.site", lang), profile.url)] if safe_link(profile.url) else []
    vocabulary = load_vocabulary()
    for scheme, value in profile.identifiers:
        if scheme in vocabulary.lists["schemes"]:
            name = f"{label('schemes', scheme, lang)} {value}"
            links.append(md_link(name, vocabulary.identifier_url(scheme, value)))
    if links:
        st.markdown(" · ".join(links))
    if actor.provisional:
        st.caption(t("actor.provisional_why", lang))
    if profile.namesakes:
        others = [
            md_link(
                f"{actor_id} ({label('schemes', scheme, lang)} {value})" if value else actor_id,
                vocabulary.identifier_url(scheme, value) if scheme in vocabulary.lists["schemes"] else "",
            )
            for actor_id, scheme, value in profile.namesakes
        ]
        st.caption(f"{t('actors.namesakes', lang)}: {', '.join(others)}")
    if profile.roles:
        st.subheader(t("actors.offices", lang), anchor=False)
        st.table(
            {
                t("col.from", lang): [show_date(one.start, lang) or t("unknown_date", lang) for one in profile.roles],
                t("col.to", lang): [show_date(one.end, lang) or "–" for one in profile.roles],
                t("col.office", lang): [
                    safe_md(localised(one.titles, lang, one.titles.get("en", ""))) for one in profile.roles
                ],
                t("col.organisation", lang): [safe_md(one.organisation) for one in profile.roles],
                t("col.source", lang): [
                    md_link(check_mark(one.verified, lang), one.source_url) for one in profile.roles
                ],
            },
            hide_index=True,
            border="horizontal",
        )


def _quotes(view: View, actor_id: str, lang: str) -> None:
    """What the actor is quoted with, newest first, each with its source."""
    events = store.ask(queries.timeline, view, limit=200)
    said = [(event, actor) for event in events for actor in event.actors if actor.actor_id == actor_id and actor.quote]
    if not said:
        return
    st.subheader(t("actors.quotes", lang), anchor=False)
    for event, actor in said[:20]:
        st.markdown(f"> {safe_md(actor.quote)}")
        proof = next((one for one in event.sources if one.url), None)
        stance = label("stances", actor.stance, lang) if actor.stance else ""
        told = [show_when(event, lang), stance, event.heading(lang)]
        line = safe_md(" · ".join(one for one in told if one))
        st.caption(f"{line} · {md_link(proof.publisher or proof.source_id, proof.url)}" if proof else line)


def _positions(actor_id: str, lang: str) -> None:
    """What texts say the actor is for or against, each with its sentence; machine-read, and said so."""
    found = store.ask(queries.actor_positions, actor_id)
    if not found:
        return
    st.subheader(t("actors.positions", lang), anchor=False)
    st.caption(t("actors.positions_why", lang))
    for one in found[:20]:
        piece.position(one, lang, with_name=False)
