"""Reading what joining needs and writing its result; writes only the rows that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data.database import Database, rows, writing
from data.earlier import is_older, keep
from data.store_events import log_revision


@dataclass(frozen=True, slots=True)
class StageRow:
    """The computed stage of a dossier: ``since`` a day, ``event_id`` the event that proves it."""

    dossier_id: str
    stage: str
    since: str
    event_id: str


def dossier_tellings(db: Database) -> list[dict[str, Any]]:
    """Every dossier: dossier_id, origin, jurisdiction, relevant and its identifiers as (scheme, value) pairs."""
    identifiers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for dossier_id, scheme, value in db.execute("SELECT dossier_id, scheme, value FROM dossier_identifier").fetchall():
        identifiers[dossier_id].append((scheme, value))
    return [
        {**row, "identifiers": frozenset(identifiers[row["dossier_id"]])}
        for row in rows(
            db,
            """
            SELECT d.dossier_id, d.origin, d.jurisdiction, d.track,
                   d.origin = 'curated' OR coalesce(r.relevant, 0) AS relevant
            FROM dossier d LEFT JOIN relevance r ON r.entity = 'dossier' AND r.entity_id = d.dossier_id
            """,
        )
    ]


def event_tellings(db: Database) -> list[dict[str, Any]]:
    """Every event that could be shown, once dossiers are joined: actors as (actor_id, kind, role), and the teller."""
    actors: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for event_id, actor_id, kind, role in db.execute(
        "SELECT x.event_id, x.actor_id, a.kind, x.role FROM event_actor x JOIN actor a USING (actor_id)"
        " WHERE x.event_id IN (SELECT event_id FROM on_subject_event)"
        " AND x.actor_id NOT IN (SELECT actor_id FROM withheld_actor)"
    ).fetchall():
        actors[event_id].append((actor_id, kind, role))
    return [
        {**row, "actors": tuple(actors[row["event_id"]])}
        for row in rows(
            db,
            """
            SELECT e.event_id, e.origin, e.type, e.outcome, e.date_start, e.date_end, e.date_precision,
                   e.status, e.stage,
                   coalesce(e.dossier_id, '') AS dossier_id,
                   CASE WHEN e.item_id IS NOT NULL THEN 'item ' || e.item_id
                        ELSE coalesce(e.dossier_id, e.source_id) END AS teller
            FROM on_subject_event e
            """,
        )
    ]


def write_joins(db: Database, table: str, joins: Iterable[tuple[str, str, str]], *, at: str) -> int:
    """Make ``dossier_join`` or ``event_join`` hold exactly ``joins``; returns how many rows were written.

    A join that goes away is told in the change log: the two are shown apart again.
    """
    key = {"dossier_join": "dossier_id", "event_join": "event_id"}[table]
    entity = key.removesuffix("_id")
    wanted = {member: (root, rule) for member, root, rule in joins}
    held = {row[key]: (row["into_id"], row["rule"]) for row in rows(db, f"SELECT * FROM {table}")}
    changed = {member: pair for member, pair in wanted.items() if held.get(member) != pair}
    gone = [member for member in held if member not in wanted]
    if not changed and not gone:
        return 0
    with writing(db):
        for member in gone:
            keep(db, table, member, at=at)
            db.execute(f"DELETE FROM {table} WHERE {key} = ?", (member,))
            log_revision(
                db, entity, member, "joined", held[member][0], "", at=at, by="joining", why="no longer the same"
            )
        for member, (root, rule) in sorted(changed.items()):
            keep(db, table, member, at=at)
            if is_older(db, table, member, at=at):  # what is joined as it comes in is no change
                before = held.get(member, ("", ""))[0]
                if before != root:
                    log_revision(db, entity, member, "joined", before, root, at=at, by="joining", why=rule)
            db.execute(
                f"INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT ({key}) DO UPDATE"
                " SET into_id = excluded.into_id, rule = excluded.rule",
                (member, root, rule),
            )
    return len(changed) + len(gone)


def standing_joins(db: Database, entity_id: str = "") -> list[tuple[str, str, str]]:
    """(member, shown id, rule) of every join, or of those that touch one event or dossier."""
    return [
        (str(member), str(root), str(rule))
        for member, root, rule in db.execute(
            """
            SELECT member, into_id, rule FROM (
                SELECT event_id AS member, into_id, rule FROM event_join
                UNION ALL SELECT dossier_id, into_id, rule FROM dossier_join
                UNION ALL SELECT actor_id, into_id, rule FROM actor_join
            ) WHERE :id = '' OR :id IN (member, into_id) ORDER BY into_id, member
            """,
            {"id": entity_id},
        ).fetchall()
    ]


def write_stages(db: Database, stages: Iterable[StageRow], *, at: str) -> int:
    """Make ``dossier_stage`` hold exactly ``stages``; a change of stage goes to the change log."""
    wanted = {one.dossier_id: one for one in stages}
    held = {row["dossier_id"]: StageRow(**row) for row in rows(db, "SELECT * FROM dossier_stage")}
    changed = [one for one in wanted.values() if held.get(one.dossier_id) != one]
    gone = [dossier_id for dossier_id in held if dossier_id not in wanted]
    if not changed and not gone:
        return 0
    with writing(db):
        for dossier_id in gone:
            keep(db, "dossier_stage", dossier_id, at=at)
            db.execute("DELETE FROM dossier_stage WHERE dossier_id = ?", (dossier_id,))
        for one in sorted(changed, key=lambda row: row.dossier_id):
            before = held.get(one.dossier_id)
            keep(db, "dossier_stage", one.dossier_id, at=at)
            if before and before.stage != one.stage:
                log_revision(
                    db, "dossier", one.dossier_id, "stage", before.stage, one.stage,
                    at=at, by="stages", why=f"event {one.event_id}",
                )  # fmt: skip
            db.execute(
                "INSERT INTO dossier_stage VALUES (?, ?, ?, ?) ON CONFLICT (dossier_id) DO UPDATE SET"
                " stage = excluded.stage, since = excluded.since, event_id = excluded.event_id",
                (one.dossier_id, one.stage, one.since, one.event_id),
            )
    return len(changed) + len(gone)
