"""What is taken out of the database for one view: the one list of events that every writer writes, and what stands
beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data import queries
from data.database import Database
from data.rows import DossierRow, ListedActor, Statement, TimelineEvent
from data.view import View


@dataclass(frozen=True, slots=True)
class Extract:
    """``events`` in order of date; ``actors`` and ``dossiers``, by id, those that the events name.

    A statement of the view may come from a text that tells no event; everything else hangs on an event.
    ``source_titles`` are title and language of what a source published, by (source_id, address), where it was kept.
    """

    events: Sequence[TimelineEvent]
    actors: Mapping[str, ListedActor] = field(default_factory=dict)
    dossiers: Mapping[str, DossierRow] = field(default_factory=dict)
    statements: Sequence[Statement] = ()
    source_titles: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def gather(db: Database, view: View) -> Extract:
    """Everything a file of this view can hold, read from one edition."""
    events = queries.timeline(db, view, newest_first=False)
    return _around(db, events, queries.statements(db, view, limit=-1))


def gather_latest(db: Database, view: View, limit: int) -> Extract:
    """The events of a view that became known or changed last, without statements: what a feed carries."""
    return _around(db, queries.latest(db, view, limit))


def gather_event(db: Database, event_id: str) -> Extract:
    """One event with what stands beside it; without an event when there is none of that id."""
    event = queries.event(db, event_id)
    return _around(db, [event] if event else [])


def _around(db: Database, events: Sequence[TimelineEvent], statements: Sequence[Statement] = ()) -> Extract:
    return Extract(
        events,
        queries.listed_actors(db, sorted({one.actor_id for event in events for one in event.actors})),
        queries.dossiers_by_id(db, sorted({one.dossier_id for one in events if one.dossier_id})),
        statements,
        queries.source_titles(db, [one.event_id for one in events]),
    )
