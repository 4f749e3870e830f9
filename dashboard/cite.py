"""How to cite: an event, one of its sources or a whole view, as a line to copy in the style that the reader chooses."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import address, store
from dashboard.i18n import t, written
from data import coverage, queries
from data.export import cited
from data.export.citation_lines import STYLES, in_language, language_of, line
from data.export.cited import Citation
from data.export.context import Context
from data.export.extract import gather_event
from data.export.plain import one_line
from data.rows import EventSource, TimelineEvent
from data.view import View
from data.vocabulary import load_vocabulary

#: the style chosen last, kept for the session; widgets forget what is not drawn
_HELD = "held-cite-style"


def cite_event(event: TimelineEvent, lang: str) -> None:
    """The event through its primary source, or any one of its sources."""
    number = 0
    if len(event.sources) > 1:
        names = [t("cite.event", lang)]
        names += [t("cite.source", lang, n=n, name=source_name(one)) for n, one in enumerate(event.sources, 1)]
        number = st.selectbox(
            t("cite.what", lang), range(len(names)), format_func=names.__getitem__, key=f"w-cite-what-{event.event_id}"
        )
    extract = store.ask(gather_event, event.event_id)
    context = _context(lang)

    def made(context: Context) -> Citation:
        labels = load_vocabulary()
        if number:
            return cited.of_source(event, number - 1, extract, context, labels)
        return cited.of_event(event, extract, context, labels)

    _line(made, context, lang, key="card")


def source_name(source: EventSource) -> str:
    """Who published it, else the source we have it from."""
    return one_line(source.publisher) or source.source_id


def cite_view(context: Context, lang: str, *, key: str, titled: bool = False) -> None:
    """The view that a file is made of, as a data set of the day; ``titled``: its title is not made of its filters."""
    with st.expander(t("cite.view", lang), icon=":material/format_quote:"):
        _line(cited.of_view, context, lang, key=key, titled=titled)


def _line(made: Callable[[Context], Citation], context: Context, lang: str, *, key: str, titled: bool = False) -> None:
    """The choice of a style and the line in it."""
    name = f"w-cite-{key}"
    if not st.session_state.get(name):
        st.session_state[name] = st.session_state.get(_HELD, _first(lang))
    style = st.segmented_control(
        t("cite.style", lang),
        list(STYLES),
        key=name,
        required=True,
        wrap=True,
        format_func=lambda code: t(f"cite.style_{code}", lang),
        on_change=lambda: st.session_state.update({_HELD: st.session_state[name]}),
    )
    style = style or _first(lang)
    spoken = language_of(style, context.lang)
    names = store.ask(queries.view_names, context.view, spoken)
    told = made(in_language(context, spoken, load_vocabulary(), names, titled=titled))
    st.code(line(told, style), language=None, wrap_lines=True)
    if told.is_described:
        st.caption(t("cite.described", lang))


def _first(lang: str) -> str:
    """The style offered before one is chosen."""
    return "fr" if lang == "fr" else "apa"


def _context(lang: str) -> Context:
    """What a citation of an event needs to know: the language, the day of the record, the address of the card."""
    snapshot = store.ask(queries.snapshot)
    return Context(
        view_title="",
        view=View(),
        lang=written(lang),
        as_of=snapshot.instant(),
        count=1,
        permalink_base=f"{address.base()}/timeline",
        vocabulary_version=snapshot.vocabulary_version,
        not_covered=coverage.not_covered(written(lang), ()),
        day=snapshot.as_of[:10],
    )
