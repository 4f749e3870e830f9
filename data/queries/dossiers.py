"""Questions about dossiers and the change log. Reads only."""

from __future__ import annotations

import json
from typing import Any

from data.database import Database, rows
from data.rows import DossierActor, DossierRow, Relation, Revision
from data.search import record_condition
from data.view import View


def dossiers(db: Database, view: View) -> list[DossierRow]:
    """Dossiers that pass the view's dossier filters (jurisdiction, track, stage, harm, approach, q, dossier)."""
    parts = ["true"]
    params: list[Any] = []
    for column, values in (
        ("jurisdiction", view.jurisdictions),
        ("track", view.tracks),
        ("stage", view.stages),
        ("dossier_id", view.dossiers),
    ):
        if values:
            parts.append(f"{column} IN ({', '.join('?' * len(values))})")
            params.extend(values)
    for column, values in (("harms", view.harms), ("approaches", view.approaches)):
        if values:
            parts.append(f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value IN ({', '.join('?' * len(values))}))")
            params.extend(values)
    if view.query:
        words, bound = record_condition(view.query)
        parts.append(f"dossier_id IN (SELECT r.ref FROM shown_record r WHERE r.kind = 'dossier' AND {words})")
        params.extend(bound)
    found = rows(
        db, f"SELECT * FROM shown_dossier WHERE {' AND '.join(parts)} ORDER BY last_on DESC, dossier_id", params
    )
    return [dossier_row(one) for one in found]


def dossier(db: Database, dossier_id: str) -> DossierRow | None:
    """One dossier; an id or an official identifier that was joined into another finds that one."""
    found = rows(
        db,
        """
        SELECT * FROM shown_dossier WHERE dossier_id IN (
            SELECT shown_id FROM shown_alias WHERE entity = 'dossier' AND id = :id
            UNION ALL
            SELECT a.shown_id FROM dossier_identifier i
            JOIN shown_alias a ON a.entity = 'dossier' AND a.id = i.dossier_id
            WHERE i.value = :id COLLATE NOCASE
        ) LIMIT 1
        """,
        {"id": dossier_id},
    )
    return dossier_row(found[0]) if found else None


def dossier_actors(db: Database, dossier_id: str) -> list[DossierActor]:
    """Who acts in the dossier's events or is tied to the file, most active first."""
    roles: dict[str, dict[str, int]] = {}
    who: dict[str, tuple[str, str]] = {}
    for actor_id, name, kind, role, count in db.execute(
        """
        SELECT actor_id, coalesce(nullif(a.name, ''),
                                (SELECT min(i.value) FROM actor_identifier i WHERE i.actor_id = a.actor_id),
                                actor_id), a.kind, role, sum(n) FROM (
            SELECT x.actor_id, x.role, count(*) AS n
            FROM shown_actor x JOIN shown_event e USING (event_id) WHERE e.dossier_id = :id GROUP BY 1, 2
            UNION ALL
            SELECT coalesce(j.into_id, x.actor_id), x.role, 1
            FROM dossier_actor x LEFT JOIN actor_join j USING (actor_id)
            JOIN shown_alias s ON s.entity = 'dossier' AND s.id = x.dossier_id WHERE s.shown_id = :id
        ) JOIN actor a USING (actor_id) GROUP BY actor_id, role
        """,
        {"id": dossier_id},
    ).fetchall():
        who[actor_id] = (name, kind)
        roles.setdefault(actor_id, {})[role] = int(count)
    found = [
        DossierActor(actor_id, *who[actor_id], tuple(sorted(held.items(), key=lambda one: (-one[1], one[0]))))
        for actor_id, held in roles.items()
    ]
    return sorted(found, key=lambda one: (-sum(count for _, count in one.roles), one.name))


def dossier_relations(db: Database, dossier_id: str) -> list[Relation]:
    """Companion, predecessor, amending and other dossiers."""
    return [
        Relation(**one)
        for one in rows(
            db,
            """
            SELECT DISTINCT r.kind, r.scheme, r.value, coalesce(d.dossier_id, '') AS dossier_id,
                   coalesce(d.title, '') AS title, r.on_date AS "on"
            FROM dossier_relation r
            JOIN shown_alias s ON s.entity = 'dossier' AND s.id = r.dossier_id
            LEFT JOIN dossier_identifier i ON i.scheme = r.scheme AND i.value = r.value
            LEFT JOIN shown_alias t ON t.entity = 'dossier' AND t.id = i.dossier_id
            LEFT JOIN shown_dossier d ON d.dossier_id = t.shown_id
            WHERE s.shown_id = ? ORDER BY 1, 3
            """,
            (dossier_id,),
        )
    ]


def revisions(
    db: Database, *, entity: str = "", entity_id: str = "", since: str = "", limit: int = 50
) -> list[Revision]:
    """The change log, newest first; ``since`` is a UTC instant. Only of what is shown."""
    return [
        Revision(**one)
        for one in rows(
            db,
            """
            SELECT r.entity, coalesce(s.shown_id, r.entity_id) AS entity_id, r.field, r.old, r.new, r.at, r.by, r.why,
                   coalesce(d.title, e.title, '') AS title,
                   coalesce(d.jurisdiction, e.jurisdiction, '') AS jurisdiction
            FROM revision r
            LEFT JOIN shown_alias s ON s.entity = r.entity AND s.id = r.entity_id
            LEFT JOIN shown_dossier d ON r.entity = 'dossier' AND d.dossier_id = s.shown_id
            LEFT JOIN shown_event e ON r.entity = 'event' AND e.event_id = s.shown_id
            WHERE (:entity = '' OR r.entity = :entity)
              AND (:entity_id = '' OR s.shown_id = :entity_id OR r.entity_id = :entity_id)
              AND r.at >= :since AND (d.dossier_id IS NOT NULL OR e.event_id IS NOT NULL)
            ORDER BY r.at DESC, r.revision_id DESC LIMIT :limit
            """,
            {"entity": entity, "entity_id": entity_id, "since": since, "limit": limit},
        )
    ]


def stage_counts(db: Database, view: View) -> dict[tuple[str, str], int]:
    """(track, stage) -> number of dossiers."""
    counts: dict[tuple[str, str], int] = {}
    for one in dossiers(db, view):
        counts[one.track, one.stage] = counts.get((one.track, one.stage), 0) + 1
    return counts


def dossier_row(row: dict[str, Any]) -> DossierRow:
    """A row of ``shown_dossier`` as a record."""
    return DossierRow(
        **{
            **row,
            "titles": json.loads(row["titles"]),
            "identifiers": tuple((scheme, value) for scheme, value in json.loads(row["identifiers"])),
            "harms": tuple(json.loads(row["harms"])),
            "approaches": tuple(json.loads(row["approaches"])),
            "stalled": bool(row["stalled"]),
        }
    )
