"""Ways in from the landing page: a search box, the best-known laws, worked examples, the link to send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from dashboard import address, store
from dashboard.glyphs import stage_words
from dashboard.i18n import plural, t
from dashboard.safe import safe_md
from data import queries
from data.view import View
from data.vocabulary import load_vocabulary

#: files everybody asks for: dossier id -> key of the name people use, in ``[known]``
KNOWN = {
    "fr-loi-sren": "sren",
    "us-take-it-down-act": "take_it_down",
    "eu-ai-act": "ai_act",
    "uk-online-safety-act-2023": "online_safety",
    "dk-ophavsret-deepfakes": "dk_copyright",
}

Query = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """A question a first visitor may have: ``query`` is the view that answers it.

    ``counts`` is what the live number counts: ``events`` or ``files``; ``links`` are the ways on, key of the words in
    ``[example]`` -> (page, view).
    """

    name: str
    counts: str
    query: Query
    links: Mapping[str, tuple[str, Query]]


def examples() -> tuple[Example, ...]:
    """The worked examples, in their order; stages come from the vocabulary."""
    in_force = load_vocabulary().stage_groups("law")["law_in_force"]
    grok: Query = {"jurisdiction": ("fr",), "q": ("Grok",), "from": ("2025-12-01",), "to": ("2026-06-30",)}
    ncii: Query = {"track": ("law",), "harm": ("ncii",), "stage": in_force}
    labelling: Query = {"track": ("law",), "approach": ("labelling",)}
    return (
        Example(
            "grok",
            "events",
            grok,
            {
                "grok_story": ("views/timeline.py", grok),
                "grok_referral": ("views/timeline.py", {**grok, "type": ("referral",)}),
                "grok_others": ("views/compare.py", {"by": ("incident",), "within": ("30",)}),
            },
        ),
        Example("ncii", "files", ncii, {"ncii_files": ("views/dossiers.py", ncii)}),
        Example(
            "labelling",
            "files",
            labelling,
            {
                "labelling_files": ("views/dossiers.py", labelling),
                "labelling_dates": ("views/timeline.py", {**labelling, "type": ("law_in_force", "deadline")}),
            },
        ),
    )


def search_box(view: View, lang: str, since: str) -> None:
    """A word leads to the search page; beside it the address of this page as it is, for a colleague.

    ``since`` is the period as the address should say it: a code or a day, never a visit, which is one's own.
    """
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        st.text_input(
            t("start.search", lang),
            key="w-start",
            type="search",
            icon=":material/search:",
            placeholder=t("search.placeholder", lang),
            max_chars=300,
            on_change=_typed,
        )
    with right, st.popover(t("start.send", lang), icon=":material/link:", width="stretch"):
        st.caption(t("start.send_what", lang))
        st.code(address.link("", view, since=since), language=None, wrap_lines=True)
    if words := st.session_state.pop("search-for", ""):
        st.switch_page("views/search.py", query_params={"words": words, "lang": lang})


def _typed() -> None:
    st.session_state["search-for"] = " ".join(st.session_state["w-start"].split())


def known(lang: str) -> None:
    """The best-known laws with the stage they are at, those that this database has."""
    found = {one.dossier_id: one for one in store.ask(queries.dossiers, View(dossiers=tuple(KNOWN)))}
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="known"):
        for dossier_id, name in KNOWN.items():
            if one := found.get(dossier_id):
                st.page_link(
                    "views/dossiers.py",
                    label=f"**{t(f'known.{name}', lang)}** {safe_md(stage_words(one.track, one.stage, lang))}",
                    query_params={"file": dossier_id, "lang": lang},
                )


def cards(lang: str, *, is_first: bool) -> None:
    """The worked examples that have something to show, open on a first visit."""
    found = [(one, n) for one in examples() if (n := _count(one))]
    if not found:
        return
    with (
        st.expander(
            t("overview.first_visit", lang), icon=":material/explore:", expanded=is_first, key=f"examples-{is_first}"
        ),
        st.grid(columns=len(found), min_column_width=260, key="examples"),
    ):
        for one, n in found:
            with st.container(border=True, key=f"example-{one.name}", gap="small"):
                st.markdown(f"**{t(f'example.{one.name}', lang)}**")
                st.markdown(t(f"example.{one.name}_says", lang))
                st.markdown(f":small[{_number(one, n, lang)}]")
                for words, (page, query) in one.links.items():
                    st.page_link(
                        page,
                        label=t(f"example.{words}", lang),
                        icon=":material/arrow_forward:",
                        query_params={**{key: list(values) for key, values in query.items()}, "lang": lang},
                    )


def _number(example: Example, n: int, lang: str) -> str:
    return plural("count.events" if example.counts == "events" else "count.files", n, lang)


def _count(example: Example) -> int:
    view = View.parse(urlencode(example.query, doseq=True))
    if example.counts == "events":
        return store.ask(queries.timeline_count, view)
    return sum(store.ask(queries.stage_matrix, view).values())
