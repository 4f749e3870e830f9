"""Reads documents: built once from the reference, then pure.

``Reader(actors, roles, members).read(document)`` gives a :class:`Reading`. A document that the prefilter rules out
is read no further. spaCy is imported when the first reader is built, never by importing this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from collectors.analysis.gazetteer import Gazetteer
from collectors.analysis.lexicon import LANGUAGES, language, rule_version
from collectors.analysis.reading import Document, Reading, Relevance
from collectors.analysis.relevance import may_be_relevant
from data.members import Member
from data.reference_models import RefActor, RefRole

if TYPE_CHECKING:
    from spacy.language import Language

    from collectors.analysis.components import State

_ENOUGH_TO_DETECT = 20
# Of a longer text (a whole report) only the beginning is read: offsets stay true, time stays bounded.
_LONGEST = 40_000
# half a letter (a lone surrogate) is none, and spaCy takes none
_HALF = re.compile("[\ud800-\udfff]")


@cache
def _identifier() -> object:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads a model: only when needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_language(text: str) -> str:
    """One of the supported languages; English for a text too short to tell."""
    if len(text.strip()) < _ENOUGH_TO_DETECT:
        return "en"
    found = _identifier().classify(text)[0]  # type: ignore[attr-defined]
    return language(str(found)) or "en"


class Reader:
    """The pipeline with its gazetteer; ``models``, by language, may propose further names."""

    def __init__(
        self,
        actors: Sequence[RefActor],
        roles: Sequence[RefRole] = (),
        members: Sequence[Member] = (),
        models: Mapping[str, Language] | None = None,
    ) -> None:
        import spacy
        from spacy.tokens import Doc

        from collectors.analysis import components

        self.gazetteer = Gazetteer(actors, members)
        self.roles = tuple(roles)
        self._nlp = spacy.blank("xx")
        # Matching is on characters: the doc only carries the state from stage to stage and has no words.
        self._nlp.tokenizer = lambda text: Doc(self._nlp.vocab)
        for name in components.PIPELINE:
            self._nlp.add_pipe(name)
        actor_stage = self._nlp.get_pipe("monitor_actors")
        assert isinstance(actor_stage, components.ActorComponent)
        self._actor_stage = actor_stage
        if models:
            proposals = self._nlp.add_pipe("monitor_proposals")
            assert isinstance(proposals, components.ProposalComponent)
            proposals.use(models)
        self._state, self._key = components.State, components.KEY

    def read(self, document: Document) -> Reading:
        """Everything the rules find in one document."""
        lang = language(document.lang) or detect_language(f"{document.title}\n{document.text}")
        if not may_be_relevant(document.title, document.text):
            return Reading(document.id, lang, document.jurisdiction, Relevance(False, 0.0), rule_version=rule_version())
        title, text = (_HALF.sub("\ufffd", words) for words in (document.title, document.text[:_LONGEST]))
        document = replace(document, title=title, text=text)
        self._actor_stage.use(self.gazetteer.on(document.published))
        doc = self._nlp.make_doc("")
        state = self._state(document, lang)
        doc.user_data[self._key] = state
        for _, stage in self._nlp.pipeline:
            doc = stage(doc)
        return _reading(document, state)

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the order of the documents, one at a time."""
        for document in documents:
            yield self.read(document)


def _reading(document: Document, state: State) -> Reading:
    country = state.countries[0] if state.countries else ""
    return Reading(
        document_id=document.id,
        language=state.lang,
        country=country,
        relevance=state.relevance,
        mentions=tuple(state.mentions),
        events=state.events,
        legal_references=state.legal,
        stances=state.stances,
        rule_version=rule_version(),
        dates=state.dates,
        withheld=tuple(state.withheld),
        figures=state.figures,
    )
