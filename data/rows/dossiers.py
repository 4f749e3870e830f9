"""Laws, cases and soft-law files: where they stand, who holds which role in them, how places compare."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.rows.events import TimelineEvent, localised


@dataclass(frozen=True, slots=True)
class FacetFiles:
    """How many files of a place carry a harm or an approach and stand at a stage of their track."""

    jurisdiction: str
    code: str
    track: str
    stage: str
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An event by which a jurisdiction answers an incident; ``kind`` is one of :data:`data.queries.ANSWERS`.

    ``date`` is the shortest ISO form, ``date_start`` and ``date_end`` its first and last day. ``is_first``: no
    other of this kind ended earlier; one that is not may have come before the first, its date is only coarser.
    """

    event_id: str
    jurisdiction: str
    kind: str
    date: str
    date_start: str
    date_end: str
    origin: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A law, case or soft-law file as a list shows it."""

    dossier_id: str
    jurisdiction: str
    track: str
    title: str
    lang: str
    titles: dict[str, str]
    stage: str
    stage_since: str
    stage_event_id: str
    url: str
    identifiers: tuple[tuple[str, str], ...]
    harms: tuple[str, ...]
    approaches: tuple[str, ...]
    event_count: int
    first_on: str
    last_on: str
    next_on: str
    next_event_id: str
    stalled: bool
    verified: str
    origin: str
    press_count: int = 0

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording, else the id: a source may give no title."""
        return localised(self.titles, lang, self.title) or self.dossier_id


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """An actor in one role of a dossier, and how often it holds it there.

    ``party`` and ``role_title`` are those of the day of its newest event in that role; ``quote`` with its ``stance`` is
    the newest one, said at the event ``event_id``. ``named`` is false while only an official number is known.
    """

    actor_id: str
    name: str
    kind: str
    role: str
    count: int
    party: str = ""
    role_title: str = ""
    stance: str = ""
    quote: str = ""
    event_id: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed relation of a dossier to another one; ``inverse``: the other names it, not this one.

    ``scheme`` and ``value`` name it where it is not in the database; then ``dossier_id`` and what follows are empty.
    """

    kind: str
    scheme: str
    value: str
    on: str
    inverse: bool = False
    dossier_id: str = ""
    title: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    jurisdiction: str = ""
    track: str = ""
    stage: str = ""

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording, else the official number."""
        return localised(self.titles, lang, self.title) or self.value


@dataclass(frozen=True, slots=True)
class StageChange:
    """A file whose stage changed in a period: ``path`` its stages from the old to the new one (codes, two or more).

    ``proof`` is the event behind the last step; None when no event proves a stage any more. For a file not known
    before, ``path`` holds its stage alone. ``at`` is the UTC instant at which the monitor noticed.
    """

    dossier: DossierRow
    path: tuple[str, ...]
    at: str
    proof: TimelineEvent | None


@dataclass(frozen=True, slots=True)
class StageSpan:
    """A stretch of time a dossier stood at one stage: ``since`` as precisely as known, ``start`` and ``end`` its days.

    ``event_id`` proves it. The last span of a dossier ends with the day asked about.
    """

    dossier_id: str
    track: str
    stage: str
    since: str
    start: str
    end: str
    event_id: str
