"""One actor: facts, dated offices, its own timeline, what it said and how it voted."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import acts, address, browse, card, decide, filters, stated, store, who
from dashboard.dates import show_date
from dashboard.i18n import label, number, t
from dashboard.safe import md_link, safe_link, safe_md
from dashboard.tables import affiliations, check_mark, roles
from data import queries
from data.rows import ActorProfile, localised
from data.view import View
from data.vocabulary import load_vocabulary

#: statements and votes shown on a profile
POSITIONS = 20


def show(actor_id: str, lang: str) -> None:
    """The page of one actor; a clear word when nobody has that id."""
    if st.button(t("actors.back", lang), key="back-to-actors", icon=":material/arrow_back:", type="tertiary"):
        for key in ("who", "with", "page"):
            address.put(key, "")
        st.rerun()
    profile = store.ask(queries.actor, actor_id)
    if profile is None:
        st.warning(t("actors.missing", lang, id=safe_md(actor_id)), icon=":material/person_off:")
        decide.on_rejected_actor(actor_id, lang, key="rejected")
        return
    actor_id = profile.actor.actor_id
    name = who.name_of(actor_id, profile.actor.name, profile.actor.number, lang)
    st.title(safe_md(name), anchor=False)
    _facts(profile, name, lang)
    _offices(profile, lang)
    decide.on_actor(actor_id, lang, key="profile")
    view = filters.bar(lang)
    own = replace(view, actors=(actor_id,))
    st.header(t("actors.timeline", lang), anchor=False)
    browse.show(own, lang, key="actor", title=name, link=address.link("actors", replace(view, actors=()), who=actor_id))
    _positions(view, actor_id, lang)
    acts.files(actor_id, lang)
    acts.network(view, actor_id, name, lang)
    acts.documents(actor_id, lang)


def _facts(profile: ActorProfile, shown: str, lang: str) -> None:
    actor = profile.actor
    facts = [
        (t("col.kind", lang), label("actor_kinds", actor.kind, lang)),
        (t("col.place", lang), label("jurisdictions", actor.jurisdiction, lang)),
        (t("actors.part_of", lang), profile.parent_name),
        (t("col.belongs", lang), affiliations(actor) if actor.kind == "person" else ""),
        (t("actors.also", lang), ", ".join(sorted({name for _, name in profile.names if name and name != shown}))),
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
        st.caption(t("filters.chip", lang, filter=t("actors.namesakes", lang), value=", ".join(others)))


def _offices(profile: ActorProfile, lang: str) -> None:
    """Offices and seats, newest first, each date as fine as its source gives it."""
    held = [
        (one.start, one.end, localised(one.titles, lang, one.titles.get("en", "")), one.organisation,
         md_link(check_mark(one.verified, lang), one.source_url))
        for one in profile.roles
    ] + [
        (one.start, one.end, t("actors.seat", lang), one.chamber, md_link(one.publisher, one.url))
        for one in profile.seats
    ]  # fmt: skip
    if not held:
        return
    held.sort(key=lambda one: one[0], reverse=True)
    st.header(t("actors.offices", lang), anchor=False)
    st.table(
        {
            t("col.from", lang): [_as_known(start, lang) or t("unknown_date", lang) for start, *_ in held],
            t("col.to", lang): [_as_known(end, lang) or "–" for _, end, *_ in held],
            t("col.office", lang): [safe_md(office) for _, _, office, _, _ in held],
            t("col.organisation", lang): [safe_md(body) for _, _, _, body, _ in held],
            t("col.source", lang): [source for *_, source in held],
        },
        hide_index=True,
        border="horizontal",
    )


def _as_known(day: str, lang: str) -> str:
    """A date with its precision in words unless it is a day."""
    if not day or len(day) > 7:
        return show_date(day, lang)
    precision = label("precisions", "month" if len(day) == 7 else "year", lang).lower()
    return f"{show_date(day, lang)} ({precision})"


def _positions(view: View, actor_id: str, lang: str) -> None:
    """What the actor said and how it voted, newest first, each with its words and source."""
    total = store.ask(queries.statement_count, view, actor_id=actor_id)
    if not total:
        return
    st.header(t("actors.positions", lang), anchor=False)
    st.caption(t("actors.positions_why", lang))
    found = store.ask(queries.statements, view, actor_id=actor_id, limit=POSITIONS)
    if total > len(found):
        st.caption(t("positions.shown", lang, shown=len(found), n=number(total, lang)))
    stated.listing(found, lang, key="position", with_name=False)
