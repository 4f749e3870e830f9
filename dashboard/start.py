"""Ways in from the landing page: a search box, the best-known laws, worked examples, the link to send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from dashboard import address, coming, store
from dashboard.dates import show_when
from dashboard.glyphs import stage_words
from dashboard.i18n import plural, t
from dashboard.safe import safe_md
from data import queries
from data.rows import TimelineEvent
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

#: so many events, the newest, are looked through for one with a quoted sentence
QUOTED_AMONG = 20

Query = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: a page with a view. ``opens`` shows one event of it at once, with its sources, where there is one:
    ``quoted`` the first that a source tells in a quoted sentence, ``next`` the next that is planned.
    """

    page: str
    query: Query
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A question a first visitor may have: ``query`` is the view that answers it.

    ``counts`` is what the live number counts: ``events`` or ``files``; ``links`` are the ways on by the key of their
    words in ``[example]``.
    """

    name: str
    counts: str
    query: Query
    links: Mapping[str, Way]


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
                "grok_story": Way("views/timeline.py", grok),
                "grok_referral": Way("views/timeline.py", {**grok, "type": ("referral",)}, opens="quoted"),
                "grok_others": Way("views/compare.py", {"by": ("incident",), "within": ("30",)}),
            },
        ),
        Example("ncii", "files", ncii, {"ncii_files": Way("views/dossiers.py", ncii)}),
        Example(
            "labelling",
            "files",
            labelling,
            {
                "labelling_files": Way("views/dossiers.py", labelling),
                "labelling_dates": Way("views/timeline.py", {**labelling, "type": ("law_in_force", "deadline")}),
                "labelling_next": Way("views/timeline.py", {**labelling, "jurisdiction": ("eu",)}, opens="next"),
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
            with st.container(border=True, key=f"example-{one.name}", gap="small", height="stretch"):
                st.markdown(f"**{t(f'example.{one.name}', lang)}**")
                st.markdown(t(f"example.{one.name}_says", lang))
                st.markdown(f":small[{_number(one, n, lang)}]")
                for words, way in one.links.items():
                    _link(words, way, lang)


def _link(words: str, way: Way, lang: str) -> None:
    """A way on; one to what is planned says when that is, and is left out while nothing is."""
    event = _opened(way)
    if way.opens == "next" and event is None:
        return
    values = {}
    if way.opens == "next" and event is not None:
        values = {"date": show_when(event, lang), "left": coming.days_left(event, store.today(), lang)}
    query = {key: list(held) for key, held in way.query.items()}
    st.page_link(
        way.page,
        label=safe_md(t(f"example.{words}", lang, **values)),
        icon=":material/arrow_forward:",
        query_params={**query, **({"event": event.event_id} if event else {}), "lang": lang},
    )


def _opened(way: Way) -> TimelineEvent | None:
    if way.opens == "next":
        found = store.ask(queries.coming_up, _view(way.query), store.today(), coming.HORIZONS)
        return next((one for listing in found for one in listing.events), None)
    if way.opens == "quoted":
        events = store.ask(queries.timeline, _view(way.query), limit=QUOTED_AMONG)
        return next((one for one in events if any(source.quote for source in one.sources)), None)
    return None


def _view(query: Query) -> View:
    return View.parse(urlencode(query, doseq=True))


def _number(example: Example, n: int, lang: str) -> str:
    return plural("count.events" if example.counts == "events" else "count.files", n, lang)


def _count(example: Example) -> int:
    view = _view(example.query)
    if example.counts == "events":
        return store.ask(queries.timeline_count, view)
    return sum(store.ask(queries.stage_matrix, view).values())
