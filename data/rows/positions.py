"""Who is for or against what, by whose words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """A stance or a vote of an actor. ``code`` is of the list ``stances``, of a vote of ``event_roles``.

    ``dossier_id`` is empty when it names no file. An event tells it (``event_id``) or a text alone (``item_id``, else
    0); ``title`` is that of the event or the text, ``url`` and ``publisher`` are those of its first source. ``date``
    is that of the event or the day the text was published, as fine as known, or empty.
    """

    actor_id: str
    name: str
    number: str
    kind: str
    dossier_id: str
    dossier_title: str
    dossier_titles: dict[str, str]
    code: str
    is_vote: bool
    date: str
    jurisdiction: str
    event_id: str
    item_id: int
    quote: str
    rule: str
    title: str
    titles: dict[str, str]
    url: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of the matrix: a file or an approach; ``code`` is empty for what names none."""

    code: str
    title: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Position:
    """One stance or vote of one actor on one measure: how often, and the newest date."""

    actor_id: str
    measure: str
    code: str
    is_vote: bool
    count: int
    date: str


@dataclass(frozen=True, slots=True)
class PositionMatrix:
    """One page of actors by measures. ``actors`` are (id, name, official number, kind); counts are of the whole.

    ``positions`` are newest first; ``statement_count`` counts statements, ``vote_count`` votes.
    """

    actors: tuple[tuple[str, str, str, str], ...]
    measures: tuple[Measure, ...]
    positions: tuple[Position, ...]
    actor_count: int
    measure_count: int
    statement_count: int
    vote_count: int


@dataclass(frozen=True, slots=True)
class StatedPosition:
    """Where an item says that somebody is for or against; ``actor_id`` is empty for a name no list holds."""

    item_id: int
    start: int
    end: int
    actor_id: str
    name: str
    stance: str
    quote: str
    rule: str
    url: str
    publisher: str
    date: str
