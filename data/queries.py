"""Questions the dashboard and the exports ask of the published snapshot. Reads only.

Every function takes an open read-only database and returns records of :mod:`data.rows`.
"""

from __future__ import annotations

from data.database import Database
from data.rows import (
    ActorProfile,
    ActorRow,
    Density,
    DossierActor,
    DossierRow,
    Problem,
    Relation,
    Revision,
    Snapshot,
    SourceHealth,
    TimelineEvent,
)
from data.view import View


def snapshot(db: Database) -> Snapshot:
    """Which publication this is."""
    raise NotImplementedError


def timeline(
    db: Database, view: View, *, limit: int | None = None, offset: int = 0, newest_first: bool = True
) -> list[TimelineEvent]:
    """The events of a view with their sources and actors."""
    raise NotImplementedError


def timeline_count(db: Database, view: View) -> int:
    """How many events :func:`timeline` would return without a limit."""
    raise NotImplementedError


def event(db: Database, event_id: str) -> TimelineEvent | None:
    """One event; an id that was joined into another event finds that one."""
    raise NotImplementedError


def density(db: Database, view: View, lane: str) -> list[Density]:
    """Counts per month and lane; ``lane`` is ``jurisdiction``, ``track`` or ``dossier``."""
    raise NotImplementedError


def facets(db: Database, view: View) -> dict[str, dict[str, int]]:
    """For each list key of a view: code -> events left if that code were chosen, other filters kept."""
    raise NotImplementedError


def emptying_filters(db: Database, view: View) -> list[str]:
    """Keys of the filters whose removal alone would bring events back to an empty view."""
    raise NotImplementedError


def dossiers(db: Database, view: View) -> list[DossierRow]:
    """Dossiers that pass the view's dossier filters (jurisdiction, track, stage, harm, approach, q, dossier)."""
    raise NotImplementedError


def dossier(db: Database, dossier_id: str) -> DossierRow | None:
    """One dossier; an id or an official identifier that was joined into another finds that one."""
    raise NotImplementedError


def dossier_actors(db: Database, dossier_id: str) -> list[DossierActor]:
    """Who acts in the dossier's events or is tied to the file, most active first."""
    raise NotImplementedError


def dossier_relations(db: Database, dossier_id: str) -> list[Relation]:
    """Companion, predecessor, amending and other dossiers."""
    raise NotImplementedError


def revisions(db: Database, *, entity: str = "", entity_id: str = "", since: str = "", limit: int = 50) -> list[Revision]:
    """The change log, newest first; ``since`` is a UTC instant."""
    raise NotImplementedError


def coming_up(db: Database, view: View, today: str, days: int) -> list[TimelineEvent]:
    """Scheduled events from ``today`` on, soonest first."""
    raise NotImplementedError


def overdue(db: Database, view: View, today: str) -> list[TimelineEvent]:
    """Events still ``scheduled`` although their date has passed: planned, not confirmed."""
    raise NotImplementedError


def stage_counts(db: Database, view: View) -> dict[tuple[str, str], int]:
    """(track, stage) -> number of dossiers."""
    raise NotImplementedError


def actors(db: Database, view: View, *, limit: int = 100, kind: str = "") -> list[ActorRow]:
    """Actors of the view's events, ranked by number of events."""
    raise NotImplementedError


def actor(db: Database, actor_id: str) -> ActorProfile | None:
    """One actor's profile."""
    raise NotImplementedError


def sources_health(db: Database, now: str) -> list[SourceHealth]:
    """Every catalogued source with its state at the UTC instant ``now``, troubled ones first."""
    raise NotImplementedError


def problems(db: Database, *, source_id: str = "", limit: int = 200) -> list[Problem]:
    """Quarantined rows and unknown codes, newest first."""
    raise NotImplementedError
