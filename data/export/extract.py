"""What is taken out of the database for one view: the one list of events that every writer writes, and what stands
beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from data import queries
from data.database import Database
from data.rows import Change, DossierRow, ListedActor, Statement, TimelineEvent
from data.view import View


@dataclass(frozen=True, slots=True)
class Extract:
    """``events`` in order of date; ``actors`` and ``dossiers``, by id, those that the events name.

    ``proofs``, by id, are events outside the view that prove where one of its files stands: cited, never listed.

    ``changes``, by id of the event, are what changed of it last, at one instant.
    A statement of the view may come from a text that tells no event; everything else hangs on an event.
    ``source_titles`` are title and language of what a source published, by (source_id, address), where it was kept.
    """

    events: Sequence[TimelineEvent]
    actors: Mapping[str, ListedActor] = field(default_factory=dict)
    dossiers: Mapping[str, DossierRow] = field(default_factory=dict)
    statements: Sequence[Statement] = ()
    source_titles: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    proofs: Mapping[str, TimelineEvent] = field(default_factory=dict)

    def only_known_since(self, day: date) -> Extract:
        """The events that the monitor first knew on a UTC day or later, with what hangs on them and nothing else."""
        events = [one for one in self.events if one.first_seen_at[:10] >= day.isoformat()]
        ids = {one.event_id for one in events}
        actors = {one.actor_id for event in events for one in event.actors}
        return replace(
            self,
            events=events,
            actors={name: one for name, one in self.actors.items() if name in actors},
            dossiers={name: one for name, one in self.dossiers.items() if name in {e.dossier_id for e in events}},
            statements=[one for one in self.statements if one.event_id in ids],
            changes={name: one for name, one in self.changes.items() if name in ids},
        )


def gather(db: Database, view: View) -> Extract:
    """Everything a file of this view can hold, read from one edition."""
    events = queries.timeline(db, view, newest_first=False)
    return _around(db, events, queries.statements(db, view, limit=-1))


def gather_latest(db: Database, view: View, limit: int, *, by: str = "changed") -> Extract:
    """The events of a view that changed last, or became known last (``new``), without statements: for a feed."""
    return _around(db, queries.latest(db, view, limit, by=by))


def gather_event(db: Database, event_id: str) -> Extract:
    """One event with what stands beside it; without an event when there is none of that id."""
    event = queries.event(db, event_id)
    return _around(db, [event] if event else [])


def _around(db: Database, events: Sequence[TimelineEvent], statements: Sequence[Statement] = ()) -> Extract:
    ids = [one.event_id for one in events]
    dossiers = queries.dossiers_by_id(db, sorted({one.dossier_id for one in events if one.dossier_id}))
    wanted = sorted({one.stage_event_id for one in dossiers.values() if one.stage_event_id} - set(ids))
    return Extract(
        events,
        queries.listed_actors(db, sorted({one.actor_id for event in events for one in event.actors})),
        dossiers,
        statements,
        queries.source_titles(db, ids),
        queries.last_changes(db, ids),
        {event_id: one for event_id in wanted if (one := queries.event(db, event_id))},
    )
