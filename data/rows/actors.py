"""People and bodies: the ranked list, the profile, who acts with whom."""

from __future__ import annotations

from dataclasses import dataclass

from data.rows.events import localised


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A party or body of an actor on a day. ``certain`` is False when no source says since when."""

    name: str
    certain: bool


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest event of an actor that has happened; ``date`` as fine as known."""

    event_id: str
    date: str
    type: str
    title: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor as the ranked list shows it; ``months`` are counts of events per month, oldest first.

    ``name`` is empty when no source gives one; ``number`` is then an official number, else empty. ``last`` is None
    for an actor of planned events alone; ``affiliations`` are those of the day of ``last``.
    """

    actor_id: str
    name: str
    number: str
    kind: str
    jurisdiction: str
    event_count: int
    first_on: str
    last_on: str
    roles: tuple[tuple[str, int], ...]
    months: tuple[int, ...]
    verified: str
    provisional: bool
    last: LastAct | None = None
    affiliations: tuple[Affiliation, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedActor:
    """An actor as files that are taken away list it; ``number`` is an official number when no source gives a name."""

    actor_id: str
    name: str
    number: str
    kind: str
    jurisdiction: str
    url: str
    verified: str
    identifiers: tuple[tuple[str, str], ...]

    def identifier(self, scheme: str) -> str:
        """The first identifier of a scheme (``wikidata``), or empty."""
        return next((value for name, value in self.identifiers if name == scheme), "")


@dataclass(frozen=True, slots=True)
class ActorFile:
    """A file an actor acts on: every role held in its events or on the file itself, and how often.

    ``last_on`` is the date of the newest act that has happened, as fine as known.
    """

    dossier_id: str
    title: str
    titles: dict[str, str]
    jurisdiction: str
    track: str
    stage: str
    roles: tuple[tuple[str, int], ...]
    last_on: str

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording."""
        return localised(self.titles, lang, self.title)


@dataclass(frozen=True, slots=True)
class ActorDocument:
    """A document on the subject that names an actor; ``date`` a day or empty."""

    item_id: int
    kind: str
    title: str
    url: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An actor that acts in the same events as another: in how many, and the newest of them."""

    actor_id: str
    name: str
    number: str
    kind: str
    count: int
    last_id: str
    last_on: str
    last_title: str
    last_titles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Role:
    """A dated office or membership; an empty ``end`` means not known to have ended."""

    titles: dict[str, str]
    organisation_id: str
    organisation: str
    start: str
    end: str
    verified: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in a chamber as a register tells it, dates as partial ISO; ``start`` empty: not said since when."""

    chamber: str
    start: str
    end: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """Everything known about one actor except the events (ask :func:`data.queries.timeline`)."""

    actor: ActorRow
    names: tuple[tuple[str, str], ...]
    identifiers: tuple[tuple[str, str], ...]
    url: str
    parent_id: str
    parent_name: str
    roles: tuple[Role, ...]
    seats: tuple[Seat, ...] = ()
    namesakes: tuple[tuple[str, str, str], ...] = ()
