"""The stages as spaCy components: each can be put into a pipeline alone and tested alone.

Matching is done on characters: the stages need no token, hand on a :class:`State` in ``Doc.user_data`` and
run on a doc without words. ``monitor_spans``, put last into a pipeline with a tokenizer, writes what they found to
``doc.spans`` (label and knowledge-base id) for spaCy tools.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from collectors.analysis.country import countries
from collectors.analysis.dates import find_dates
from collectors.analysis.events import find_events
from collectors.analysis.figures import find_figures
from collectors.analysis.gazetteer import Gazetteer
from collectors.analysis.legal import find_legal
from collectors.analysis.normalise import Folded, fold, normalise
from collectors.analysis.people import find_names
from collectors.analysis.proposals import proposed
from collectors.analysis.reading import (
    DateSpan,
    Document,
    EventSpan,
    LegalReference,
    Mention,
    Relevance,
    Stance,
)
from collectors.analysis.relevance import judge
from collectors.analysis.stance import find_stances
from data.readings import Figure

PIPELINE = (
    "monitor_normalise",
    "monitor_relevance",
    "monitor_legal",
    "monitor_dates",
    "monitor_actors",
    "monitor_events",
    "monitor_stance",
    "monitor_figures",
)


@dataclass(slots=True)
class State:
    """What the stages hand on: ``Doc.user_data``."""

    document: Document
    lang: str
    text: str = ""
    folded: Folded = field(default_factory=lambda: Folded("", (0,), (0,)))
    whole: str = ""
    countries: tuple[str, ...] = ()
    relevance: Relevance = field(default_factory=lambda: Relevance(False, 0.0))
    legal: tuple[LegalReference, ...] = ()
    dates: tuple[DateSpan, ...] = ()
    mentions: list[Mention] = field(default_factory=list)
    withheld: list[tuple[int, int]] = field(default_factory=list)
    events: tuple[EventSpan, ...] = ()
    stances: tuple[Stance, ...] = ()
    figures: tuple[Figure, ...] = ()


#: key of the state in ``Doc.user_data``
KEY = "monitor"


def state_of(doc: Doc) -> State:
    """The state of a doc. Raises ValueError when the doc was not made by the reader."""
    state = doc.user_data.get(KEY)
    if not isinstance(state, State):
        raise ValueError("the doc has no document: set Doc.user_data before the pipeline runs")
    return state


@Language.component("monitor_normalise")
def normalise_component(doc: Doc) -> Doc:
    """Text of the same length with one kind of apostrophe, space and hyphen; the country it speaks of."""
    state = state_of(doc)
    state.text = normalise(state.document.text)
    state.folded = fold(state.text)
    state.whole = fold(state.document.title).text + state.folded.text
    state.countries = countries(state.whole, state.lang, state.document.jurisdiction)
    return doc


@Language.component("monitor_relevance")
def relevance_component(doc: Doc) -> Doc:
    """Relevance, facets and their evidence."""
    state = state_of(doc)
    state.relevance = judge(state.document.title, state.document.text, state.lang)
    return doc


@Language.component("monitor_legal")
def legal_component(doc: Doc) -> Doc:
    """Citations of law."""
    state = state_of(doc)
    state.legal = find_legal(state.text, state.lang, state.countries, normalise(state.document.title))
    return doc


@Language.component("monitor_dates")
def dates_component(doc: Doc) -> Doc:
    """Date expressions, resolved."""
    state = state_of(doc)
    american = state.countries[:1] == ("us",) or (state.countries[:1] or ("",))[0].startswith("us-")
    state.dates = find_dates(state.text, state.lang, state.document.published, american)
    return doc


class ActorComponent:
    """Listed names by automaton, then names beside role words; needs a gazetteer (:meth:`use`)."""

    def __init__(self) -> None:
        self.gazetteer = Gazetteer(())

    def use(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        state = state_of(doc)
        blocked = [(ref.start, ref.end) for ref in state.legal]  # "(UE)" in a citation is no actor
        listed = self.gazetteer.find(
            state.text,
            state.folded,
            state.whole,
            state.lang,
            state.countries,
            state.document.published.year,
            state.relevance.relevant,
        )
        names = find_names(
            state.text,
            state.lang,
            listed,
            self.gazetteer,
            state.countries,
            state.document.source_kind,
            blocked,
        )
        state.mentions, state.withheld = names.mentions, names.withheld
        return doc


@Language.factory("monitor_actors")
def actor_component(nlp: Language, name: str) -> ActorComponent:
    """Empty until the reader gives it a gazetteer."""
    return ActorComponent()


@Language.component("monitor_events")
def events_component(doc: Doc) -> Doc:
    """Dated happenings of relevant documents."""
    state = state_of(doc)
    if state.relevance.relevant:
        state.events = find_events(
            state.text,
            state.lang,
            state.document.published,
            state.dates,
            state.legal,
            state.mentions,
            state.document.source_kind,
            normalise(state.document.title),
        )
    return doc


@Language.component("monitor_stance")
def stance_component(doc: Doc) -> Doc:
    """Who is for or against, where a verb says it."""
    state = state_of(doc)
    if state.relevance.relevant:
        state.stances = find_stances(state.text, state.lang, state.mentions)
    return doc


@Language.component("monitor_figures")
def figures_component(doc: Doc) -> Doc:
    """Sentences, fines, shares and counts of relevant documents."""
    state = state_of(doc)
    if state.relevance.relevant:
        state.figures = find_figures(state.text, state.lang)
    return doc


class ProposalComponent:
    """Names an installed model adds; without a model (:meth:`use`) it adds none."""

    def __init__(self) -> None:
        self.models: Mapping[str, Language] = {}

    def use(self, models: Mapping[str, Language]) -> None:
        self.models = models

    def __call__(self, doc: Doc) -> Doc:
        state = state_of(doc)
        added = proposed(state.text, state.lang, self.models, state.mentions, state.withheld)
        state.mentions = sorted([*state.mentions, *added], key=lambda mention: mention.start)
        return doc


@Language.factory("monitor_proposals")
def proposal_component(nlp: Language, name: str) -> ProposalComponent:
    """Empty until the reader gives it models."""
    return ProposalComponent()


@Language.component("monitor_spans")
def spans_component(doc: Doc) -> Doc:
    """What the stages before it found, in ``doc.spans``: needs a doc with tokens, widens each span to whole ones."""
    state = state_of(doc)
    found: dict[str, Iterable[tuple[int, int, str, str]]] = {
        "legal": ((one.start, one.end, "LAW", one.normalised) for one in state.legal),
        "dates": ((one.start, one.end, "DATE", one.when.iso()) for one in state.dates),
        "actors": ((one.start, one.end, one.kind, one.actor_id) for one in state.mentions),
        "events": ((one.start, one.end, one.type, one.when.iso()) for one in state.events),
        "figures": ((one.start, one.end, "FIGURE", one.unit) for one in state.figures),
    }
    for name, rows in found.items():
        spans = [
            doc.char_span(start, end, label=label, kb_id=key, alignment_mode="expand")
            for start, end, label, key in rows
        ]
        doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in spans if span is not None])
    return doc
