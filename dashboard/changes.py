"""What changed since a moment: stages of files first, then events, then how much was read, then corrections."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import address, card, store
from dashboard.dates import show_date, show_instant, show_when
from dashboard.glyphs import stage_words
from dashboard.i18n import label, number, plural, t
from dashboard.lanes import SIGNIFICANCE
from dashboard.safe import md_link, safe_md
from dashboard.tables import revision_text
from data import queries
from data.rows import StageChange, Volume
from data.view import View

#: lines of a list; the rest is counted
SHOWN = 8
#: types of events, most significant group first
GROUPS = tuple(
    tuple(kind for kind, rank in SIGNIFICANCE.items() if low <= rank < high)
    for low, high in ((75, 101), (50, 75), (25, 50), (0, 25))
)


def show(view: View, lang: str, since: str) -> None:
    """Everything new in the view since the UTC instant ``since``."""
    known = store.ask(queries.known_since)
    is_start = bool(known) and since <= known
    if is_start:
        st.info(t("changes.start", lang, at=show_date(known[:10], lang)), icon=":material/flag:")
    changes = store.ask(queries.stage_changes, view, since)
    files = [] if is_start else store.ask(queries.new_files, view, since)
    moved = {one.dossier.dossier_id for one in changes}
    files = [one for one in files if one.dossier.dossier_id not in moved]
    _stages(changes, "stages", lang)
    _stages(files, "files", lang)
    told = tuple(one.proof.event_id for one in (*changes[:SHOWN], *files[:SHOWN]) if one.proof)
    events = store.ask(
        queries.new_events, view, since, store.today(), () if is_start else GROUPS, limit=SHOWN, without=told
    )
    if events.total:
        st.markdown(f"### {t('changes.events', lang)} ({number(events.total, lang)})", anchors=False)
    for one in events.events:
        card.line(one, lang, key=f"new-{one.event_id}", with_file=True)
    if events.total > SHOWN:
        st.page_link(
            "views/timeline.py",
            label=plural("changes.more_events", events.total - SHOWN, lang),
            icon=":material/arrow_forward:",
            query_params={"lang": lang},
        )
    if not (changes or files or events.total):
        st.caption(t("overview.nothing_new", lang))
    st.markdown(volume_line(store.ask(queries.news_volume, since, view.jurisdictions), lang))
    _corrections(view, since, lang)


def _stages(changes: Sequence[StageChange], title: str, lang: str) -> None:
    """Files with where they went, each with the event that proves it."""
    if not changes:
        return
    st.markdown(f"### {t(f'changes.{title}', lang)} ({number(len(changes), lang)})", anchors=False)
    for one in changes[:SHOWN]:
        with st.container(gap=None, key=f"stage-{one.dossier.dossier_id}"):
            st.page_link(
                "views/dossiers.py",
                label=f"**{safe_md(one.dossier.heading(lang))}**",
                query_params={"file": one.dossier.dossier_id, "lang": lang},
            )
            place = safe_md(label("jurisdictions", one.dossier.jurisdiction, lang))
            source = next((found for found in (one.proof.sources if one.proof else ()) if found.url), None)
            link = f" · {md_link(source.publisher or source.source_id, source.url)}" if source else ""
            st.markdown(f":small[{place} · **{safe_md(path(one, lang))}**{link}]")
            _proof(one, lang)
    if len(changes) > SHOWN:
        st.caption(plural("overview.more", len(changes) - SHOWN, lang))


def path(change: StageChange, lang: str) -> str:
    """The stages a file went through, in words: ``○ Announced → ◑ Tabled``."""
    return " → ".join(stage_words(change.dossier.track, code, lang) for code in change.path)


def _proof(change: StageChange, lang: str) -> None:
    proof = change.proof
    if proof is None:
        st.markdown(f":small[{t('changes.no_proof', lang)}]")
        return
    st.button(
        f":small[{t('changes.proof', lang, title=safe_md(proof.heading(lang)), date=safe_md(show_when(proof, lang)))}]",
        key=f"open-stage-{change.dossier.dossier_id}",
        type="tertiary",
        wrap=True,
        icon=":material/fact_check:",
        on_click=address.put,
        args=("event", proof.event_id),
    )


def volume_line(volumes: Sequence[Volume], lang: str, places: int = 8) -> str:
    """How much was read, in one line of markdown: on the subject by jurisdiction, and in all."""
    total, hits = sum(one.item_count for one in volumes), sum(one.subject_count for one in volumes)
    if not total:
        return f":small[{t('changes.nothing_read', lang)}]"
    told = [one for one in volumes if one.subject_count]
    names = ", ".join(
        f"{label('jurisdictions', one.jurisdiction, lang)} {number(one.subject_count, lang)}" for one in told[:places]
    )
    if len(told) > places:
        names += ", …"
    words = plural("changes.read", hits, lang, total=plural("count.documents_read", total, lang))
    words += t("changes.places", lang, names=names).replace("….", "…") if names else "."
    return f":small[{safe_md(words)}]"


def _corrections(view: View, since: str, lang: str) -> None:
    """What was corrected in what was already known: never in silence."""
    found = store.ask(queries.revisions, since=since, but="stage", jurisdictions=view.jurisdictions, limit=SHOWN + 1)
    if not found:
        return
    with st.expander(t("overview.corrections", lang), icon=":material/edit_note:"):
        for place, one in enumerate(found[:SHOWN]):
            with st.container(gap=None, key=f"change-{place}"):
                name = safe_md(one.title or one.entity_id)
                if one.entity == "dossier":
                    query = {"file": one.entity_id, "lang": lang}
                    st.page_link("views/dossiers.py", label=name, query_params=query)
                else:
                    st.button(
                        name, key=f"open-change-{place}", type="tertiary", wrap=True,
                        on_click=address.put, args=("event", one.entity_id),
                    )  # fmt: skip
                st.caption(safe_md(f"{show_instant(one.at, lang)} · {revision_text(one, lang)}"))
        if len(found) > SHOWN:
            st.caption(t("changes.more_corrections", lang))
