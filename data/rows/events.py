"""What happened: events with their sources and actors, and how they are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def localised(texts: Mapping[str, str], lang: str, official: str) -> str:
    """The text in ``lang`` when a reviewed one exists, else the official wording."""
    return texts.get(lang) or official


@dataclass(frozen=True, slots=True)
class EventSource:
    """One publication that proves an event. ``kind``: official, news, ngo, curated.

    ``quote`` is what it says, word for word, in ``quote_lang`` where that is told.
    """

    url: str
    publisher: str
    kind: str
    published_on: str
    retrieved_at: str
    quote: str
    payload_sha256: str
    source_id: str
    verified: str
    rule: str
    quote_lang: str = ""


@dataclass(frozen=True, slots=True)
class EventActor:
    """An actor in an event; ``role`` and ``stance`` are codes, ``party`` and ``role_title`` as of that day.

    ``named`` is False when no source gives a name: ``name`` is then an official number.
    """

    actor_id: str
    name: str
    kind: str
    role: str
    stance: str
    quote: str
    role_title: str
    party: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One happening, after joining: as many sources as published it.

    ``date`` is the shortest ISO form (``2026``, ``2026-01``, ``2026-01-26``, ``a/b``); ``date_start`` and
    ``date_end`` its first and last day. ``origin``: curated, official, text. ``verified``: payload,
    official_page, two_sources, one_source, memory. ``stage`` is the stage this event implies, or empty.
    """

    event_id: str
    date: str
    date_start: str
    date_end: str
    precision: str
    status: str
    outcome: str
    type: str
    family: str
    jurisdiction: str
    dossier_id: str
    dossier_title: str
    dossier_titles: dict[str, str]
    dossier_stage: str
    dossier_identifiers: tuple[tuple[str, str], ...]
    track: str
    stage: str
    official_code: str
    title: str
    lang: str
    titles: dict[str, str]
    summaries: dict[str, str]
    origin: str
    verified: str
    review_state: str
    confidence: float
    harms: tuple[str, ...]
    approaches: tuple[str, ...]
    legal_references: tuple[str, ...]
    first_seen_at: str
    changed_at: str
    revision: int
    sources: tuple[EventSource, ...] = ()
    actors: tuple[EventActor, ...] = ()

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording."""
        return localised(self.titles, lang, self.title)

    def summary(self, lang: str) -> str:
        """Summary in ``lang``, else in English, else empty: never machine-made."""
        return self.summaries.get(lang) or self.summaries.get("en") or ""


@dataclass(frozen=True, slots=True)
class Density:
    """Events or documents per lane and bin: ``lane`` a code or empty, ``bin`` the first day of the bin."""

    lane: str
    bin: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The first events of a question, and how many answer it in all."""

    total: int
    events: tuple[TimelineEvent, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of the timeline. ``title`` and ``titles`` name dossiers and actors; other codes have their labels."""

    code: str
    count: int
    title: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one source tells it, before joining and before any correction.

    ``item`` is the key of the item that tells it, or empty. ``state`` is the team's word as this publication has it
    (confirmed, rejected, corrected, or empty), ``decision_id`` the decision it comes from (0 when there is none).
    """

    event_id: str
    item: str
    type: str
    date: str
    title: str
    quote: str
    origin: str
    state: str
    decision_id: int
