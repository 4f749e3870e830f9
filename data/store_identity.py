"""Persons who share a name: proposed for a decision, joined only by one."""

from __future__ import annotations

from collections.abc import Iterable

from data.database import Database, rows, writing
from data.earlier import keep


def actor_ids(db: Database) -> dict[str, str]:
    """Every actor's id and origin."""
    return {str(actor_id): str(origin) for actor_id, origin in db.execute("SELECT actor_id, origin FROM actor")}


def same_names(db: Database) -> list[tuple[str, str, str]]:
    """(actor, other, name) of persons of one jurisdiction who share a name, one of them at least in the record."""
    return [
        (str(actor_id), str(other_id), str(name))
        for actor_id, other_id, name in db.execute(
            """
            WITH named AS (
                SELECT DISTINCT n.folded, a.actor_id, a.jurisdiction, a.name
                FROM actor_name n JOIN actor a USING (actor_id)
                WHERE a.kind = 'person' AND n.condition = ''
            ),
            recorded AS (
                SELECT actor_id FROM event_actor WHERE event_id IN (SELECT event_id FROM on_subject_event)
                UNION SELECT actor_id FROM actor WHERE origin = 'curated'
            )
            SELECT one.actor_id, other.actor_id, min(one.name)
            FROM named one JOIN named other
              ON other.folded = one.folded AND other.jurisdiction = one.jurisdiction AND one.actor_id < other.actor_id
            WHERE one.actor_id IN (SELECT actor_id FROM recorded) OR other.actor_id IN (SELECT actor_id FROM recorded)
            GROUP BY 1, 2 ORDER BY 1, 2
            """
        ).fetchall()
    ]


def write_identities(
    db: Database, joins: Iterable[tuple[str, str]], proposals: Iterable[tuple[str, str, str]], *, at: str
) -> int:
    """Make ``actor_join`` (member, shown) and ``actor_proposal`` hold exactly these; returns the rows written."""
    known = actor_ids(db).keys()
    wanted = {(member, root, "decision") for member, root in joins if {member, root} <= known}
    open_pairs = set(proposals)
    held = {tuple(row.values()) for row in rows(db, "SELECT actor_id, into_id, rule FROM actor_join")}
    told = {tuple(row.values()) for row in rows(db, "SELECT actor_id, other_id, name FROM actor_proposal")}
    if held == wanted and told == open_pairs:
        return 0
    with writing(db):
        for row in held - wanted:
            keep(db, "actor_join", row[0], at=at)
            db.execute("DELETE FROM actor_join WHERE actor_id = ?", row[:1])
        for row in sorted(wanted - held):
            keep(db, "actor_join", row[0], at=at)
            db.execute("INSERT INTO actor_join VALUES (?, ?, ?)", row)
        for row in told - open_pairs:
            db.execute("DELETE FROM actor_proposal WHERE actor_id = ? AND other_id = ?", row[:2])
        for row in sorted(open_pairs - told):
            db.execute("INSERT INTO actor_proposal VALUES (?, ?, ?)", row)
    return len(held ^ wanted) + len(told ^ open_pairs)


def proposals(db: Database, actor_id: str = "") -> list[tuple[str, str, str]]:
    """Open proposals, or those that touch one actor."""
    return [
        (str(one), str(other), str(name))
        for one, other, name in db.execute(
            "SELECT actor_id, other_id, name FROM actor_proposal WHERE :id = '' OR :id IN (actor_id, other_id)"
            " ORDER BY name, 1, 2",
            {"id": actor_id},
        ).fetchall()
    ]
