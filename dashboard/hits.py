"""What a search found, on the page: one hit, the facets beside, and what to do when nothing was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, piece, who
from dashboard.dates import show_date
from dashboard.i18n import label, number, plural, t
from dashboard.query_words import quoted
from dashboard.safe import md_link, safe_md, safe_parts, safe_title
from data.rows import FoundNothing, SearchHit, SearchPage

if TYPE_CHECKING:
    from data.view import View

#: choices of a facet in sight, those with most hits
CHOICES = 12
#: facet -> list of the vocabulary that names its codes
_NAMES = {"jurisdiction": "jurisdictions", "type": "event_types"}
_TYPES = {"event": "event_types", "dossier": "tracks", "actor": "actor_kinds", "item": "item_kinds"}


def show(hit: SearchHit, lang: str, *, key: str) -> None:
    """Title that opens, the place where the words stand, and what kind of thing it is, when, where, told by whom."""
    with st.container(gap=None, key=f"hit-{key}"):
        _title(hit, lang, key)
        if snippet := safe_parts(hit.snippet):
            st.markdown(snippet)
        kind = label(_TYPES[hit.kind], hit.type, lang) if hit.type else t(f"kind.{hit.kind}", lang)
        facts = [
            t("search.exact", lang) if hit.is_exact else "",
            kind,
            show_date(hit.date, lang),
            label("jurisdictions", hit.jurisdiction, lang) if hit.jurisdiction else "",
        ]
        told = [safe_md(one) for one in facts if one]
        if hit.kind in ("event", "item") and (hit.publisher or hit.url):
            told.append(md_link(hit.publisher or hit.url, hit.url))
        if hit.also:
            told.append(safe_md(t("search.also", lang, names=", ".join(hit.also))))
        st.markdown(f":small[{' · '.join(told)}]")  # a link in a caption is too pale to read


def _title(hit: SearchHit, lang: str, key: str) -> None:
    """Opens the card of an event, the drawer of a document, the page of a file or an actor."""
    heading = hit.heading(lang) or hit.ref
    if hit.kind == "actor":
        heading = who.name_of(hit.ref, heading, "", lang)
    title = f"**{safe_title(heading)}**"
    if hit.kind == "event":
        st.button(title, key=f"open-{key}", type="tertiary", wrap=True, on_click=address.put, args=("event", hit.ref))
    elif hit.kind == "item":
        st.button(title, key=f"open-{key}", type="tertiary", wrap=True, on_click=piece.show, args=(hit.ref,))
    elif hit.kind == "dossier":
        st.page_link("views/dossiers.py", label=title, query_params={"file": hit.ref, "lang": lang})
    else:
        st.page_link("views/actors.py", label=title, query_params={"who": hit.ref, "lang": lang})


def facets(page: SearchPage, view: View, chosen: dict[str, tuple[str, ...]], kind: str, lang: str) -> None:
    """Choices with their counts. A type is of events alone, a publisher of documents."""
    for facet in ("jurisdiction", "year", "type", "publisher"):
        if (facet == "type" and kind not in ("", "event")) or (facet == "publisher" and kind not in ("", "item")):
            continue
        counts = page.counts.get(facet, {})
        codes = list(dict.fromkeys([*list(counts)[:CHOICES], *chosen[facet]]))
        if not codes or (len(codes) < 2 and not chosen[facet]):
            continue
        if facet == "year":
            codes.sort(reverse=True)
        name = f"w-search-{facet}"
        st.session_state[name] = list(chosen[facet])
        st.pills(
            t(f"search.facet.{facet}", lang),
            codes,
            selection_mode="multi",
            wrap=True,
            key=name,
            format_func=lambda code, facet=facet, counts=counts: (  # type: ignore[misc]
                f"{_name(facet, code, page, lang)} ({number(counts.get(code, 0), lang)})"
            ),
            on_change=_chose,
            args=(facet,),
        )
        if len(counts) > CHOICES:
            st.caption(plural("search.more_choices", len(counts) - CHOICES, lang))
    if view.since or view.until:
        st.caption(
            t(
                "search.period",
                lang,
                start=show_date(str(view.since or ""), lang) or "…",
                end=show_date(str(view.until or ""), lang) or "…",
            )
        )


def _name(facet: str, code: str, page: SearchPage, lang: str) -> str:
    if facet == "publisher":
        return safe_md(page.publishers.get(code, code))
    return label(_NAMES[facet], code, lang) if facet in _NAMES else code


def _chose(facet: str) -> None:
    address.put(facet, st.session_state[f"w-search-{facet}"] or [])
    address.put("page", "")


def nothing(found: Sequence[FoundNothing], lang: str, ask: Callable[[str], None]) -> None:
    """Which word found nothing, what to search instead. ``ask`` searches a query."""
    for place, one in enumerate(found):
        words = quoted(one.text, lang)
        with st.container(horizontal=True, vertical_alignment="center", key=f"nothing-{place}"):
            st.markdown(safe_md(t("search.absent" if one.absent else "search.too_many", lang, words=words)),
                        width="content")  # fmt: skip
            for spelling, query in one.nearest:
                st.button(
                    safe_md(t("search.nearest", lang, words=spelling)),
                    key=f"nearest-{place}-{spelling}",
                    on_click=ask,
                    args=(query,),
                )
            if one.query:
                st.button(
                    safe_md(t("search.without", lang, words=words)), key=f"without-{place}", on_click=ask,
                    args=(one.query,),
                )  # fmt: skip
