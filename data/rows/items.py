"""Documents and what was read in them."""

from __future__ import annotations

from dataclasses import dataclass

from data.rows.events import Telling
from data.rows.positions import StatedPosition


@dataclass(frozen=True, slots=True)
class Document:
    """One document that hangs on a file. ``on_subject``: its own words name the subject (0 or 1).

    ``authors`` are who tabled or asked it, ``outcome`` a code or empty: both as its official record tells.
    """

    item_id: int
    kind: str
    title: str
    url: str
    date: str
    lang: str
    publisher: str
    on_subject: int
    authors: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ItemSpan:
    """A place in an item's text (end exclusive): ``kind`` is mention, legal, figure or position."""

    start: int
    end: int
    kind: str
    what: str
    rule: str


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """A number an item gives; units and ``about`` are codes, see :class:`data.readings.Figure`."""

    start: int
    end: int
    text: str
    value: float | None
    unit: str
    about: str
    rule: str


@dataclass(frozen=True, slots=True)
class CitedFile:
    """A file a piece speaks of, by the law it cites (normalised ``references``)."""

    dossier_id: str
    title: str
    titles: dict[str, str]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoveringPiece:
    """A piece that speaks of a file: ``references`` it cites (normalised), ``date`` a day or empty.

    ``also`` names the other publishers of its story.
    """

    item_id: int
    kind: str
    title: str
    url: str
    publisher: str
    date: str
    lang: str
    references: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One published piece with its text (withheld names masked) and what was read in it.

    ``key`` names it in decisions. ``relevant`` is the judgement of the rules and ``evidence`` the (words, rule) that
    decided; ``state`` and ``decision_id`` are the team's word on that, as in :class:`Telling`. ``rules`` is the
    version of the rule set.
    """

    item_id: int
    key: str
    kind: str
    title: str
    url: str
    publisher: str
    jurisdiction: str
    lang: str
    date: str
    payload_sha256: str
    text: str
    relevant: bool
    score: float
    facets: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    rules: str
    state: str
    decision_id: int
    spans: tuple[ItemSpan, ...]
    figures: tuple[ItemFigure, ...]
    positions: tuple[StatedPosition, ...]
    events: tuple[Telling, ...]
    files: tuple[CitedFile, ...]
