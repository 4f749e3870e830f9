"""The whole public record in memory, and the part of it that a page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data import queries
from data.database import Database
from data.export.extract import Extract, gather
from data.rows import DossierRow, ListedActor, Snapshot, Statement, TimelineEvent
from data.view import View


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is published, with its events by file, place and actor, each in order of date."""

    snapshot: Snapshot
    whole: Extract
    files: Sequence[DossierRow]
    of_file: Mapping[str, Sequence[TimelineEvent]]
    of_place: Mapping[str, Sequence[TimelineEvent]]
    of_actor: Mapping[str, Sequence[TimelineEvent]]

    def part(self, events: Iterable[TimelineEvent], statements: Iterable[Statement] = ()) -> Extract:
        """These events, with the files and actors of the whole."""
        return Extract(tuple(events), self.whole.actors, self.whole.dossiers, tuple(statements))

    def actors(self) -> list[ListedActor]:
        """Everybody who acts in an event, by name."""
        return sorted(
            (self.whole.actors[one] for one in self.of_actor if one in self.whole.actors),
            key=lambda one: (not one.name, one.name.casefold(), one.actor_id),
        )


def read(db: Database) -> Record:
    """The record of an edition."""
    whole = gather(db, View())
    of_file, of_place, of_actor = defaultdict(list), defaultdict(list), defaultdict(list)
    for event in whole.events:
        of_place[event.jurisdiction].append(event)
        if event.dossier_id:
            of_file[event.dossier_id].append(event)
        for actor_id in dict.fromkeys(one.actor_id for one in event.actors):
            of_actor[actor_id].append(event)
    return Record(queries.snapshot(db), whole, queries.dossiers(db, View()), of_file, of_place, of_actor)
