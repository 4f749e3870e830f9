"""What goes into a reading and what comes out of it. No dependency besides the records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from data.models import When
from data.readings import Evidence, Figure, LegalReference, Relevance

__all__ = [
    "DateSpan",
    "Document",
    "EventSpan",
    "Evidence",
    "LegalReference",
    "Mention",
    "Reading",
    "Relevance",
    "Stance",
]


@dataclass(frozen=True, slots=True)
class Document:
    """A text to read. ``lang`` may be empty (then detected); ``jurisdiction`` is the publisher's country
    or empty; ``source_kind`` one of news, wire, parliament_question, parliament_record, bill_summary,
    regulator_notice, or empty. Relative dates resolve against ``published``."""

    id: str
    title: str
    text: str
    lang: str
    published: date
    jurisdiction: str = ""
    source_kind: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. ``actor_id`` is set for listed actors; otherwise ``name`` is a provisional name and
    ``public_role`` the role words that stand with it (empty for a name we may count but not list)."""

    start: int
    end: int
    text: str
    actor_id: str
    name: str
    kind: str
    rule: str
    public_role: str = ""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression, resolved; ``cue`` is ``future`` when its wording points forward."""

    start: int
    end: int
    when: When
    rule: str
    cue: str = ""


@dataclass(frozen=True, slots=True)
class EventSpan:
    """Something that happened or is to happen. ``actors`` are actor ids or provisional names, in text order."""

    start: int
    end: int
    quote: str
    type: str
    when: When
    status: str
    actors: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Stance:
    """Who is for or against what; only where a verb says it. ``actor`` as in :class:`EventSpan`."""

    actor: str
    stance: str
    start: int
    end: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the rules found in one document, with the version of the rules."""

    document_id: str
    language: str
    country: str
    relevance: Relevance
    mentions: tuple[Mention, ...] = ()
    events: tuple[EventSpan, ...] = ()
    legal_references: tuple[LegalReference, ...] = ()
    stances: tuple[Stance, ...] = ()
    rule_version: str = ""
    dates: tuple[DateSpan, ...] = field(default=())
    withheld: tuple[tuple[int, int], ...] = field(default=())
    figures: tuple[Figure, ...] = field(default=())

    @property
    def relevant(self) -> bool:
        return self.relevance.relevant

    @property
    def score(self) -> float:
        return self.relevance.score

    @property
    def facets(self) -> tuple[str, ...]:
        return self.relevance.facets

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.relevance.evidence
