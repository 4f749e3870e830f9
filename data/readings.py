"""What reading a text found: kept beside the text with span, rule and version of the rule set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.models import EventRecord

#: stands for each letter of a name that must not be shown, in place, so offsets stay true
MASK = "█"


def masked(text: str, names: Iterable[str]) -> str:
    """``text`` with each of ``names`` under the mask, at the same length. Give the longest first."""
    for name in names:
        text = text.replace(name, MASK * len(name))
    return text


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that decided about relevance. Offsets are into title + newline + text, end exclusive."""

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether a text is on the subject, how sure (0 to 1), and the words that decided.

    ``facets`` are harm and approach codes; ``rules`` is the version of the rule set, set when it is stored.
    """

    relevant: bool
    score: float
    facets: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. ``actor_id`` is empty for a name no list holds; it never becomes an actor by itself."""

    start: int
    end: int
    text: str
    actor_id: str
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A cited text, normalised as ``country:kind:identifier[:article]``."""

    start: int
    end: int
    text: str
    normalised: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number a text gives, with its unit (code) and what it is about (code); ``value`` None where it gives none."""

    start: int
    end: int
    text: str
    value: float | None
    unit: str
    about: str
    rule: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a text says that somebody is for or against: ``stance`` is a code, ``quote`` the sentence, withheld
    names left out. ``actor_id`` is empty for a name no list holds."""

    start: int
    end: int
    actor_id: str
    name: str
    stance: str
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one item, by the rule set that ``relevance.rules`` names. ``events`` carry only actors that
    may be shown."""

    relevance: Relevance
    mentions: tuple[Mention, ...] = ()
    legal_references: tuple[LegalReference, ...] = ()
    events: tuple[EventRecord, ...] = ()
    figures: tuple[Figure, ...] = ()
    positions: tuple[Position, ...] = ()
