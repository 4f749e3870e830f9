"""Questions about dossiers and the change log. Reads only."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from data.database import Database, rows
from data.rows import DossierRow, Relation, Revision, RoleHolder
from data.search import record_condition
from data.view import View


def where_dossiers(view: View) -> tuple[str, list[Any]]:
    """The SQL condition of a view's dossier filters over ``shown_dossier``.

    These are jurisdiction, track, stage, harm, approach, q, dossier and incident. ``q`` is words of the title or an
    official number as people write it: ``S. 146``, ``2025/0360``, ``H.R.633``.
    """
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
        parts.append(f"dossier_id IN (SELECT r.ref FROM shown_record r WHERE r.kind = 'dossier' AND ({words}))")
        params.extend(bound)
    if view.incidents:
        parts.append(
            "dossier_id IN (SELECT e.dossier_id FROM shown_event e JOIN shown_facet f USING (event_id) "
            f"WHERE f.key = 'incident' AND f.code IN ({', '.join('?' * len(view.incidents))}))"
        )
        params.extend(view.incidents)
    return " AND ".join(parts), params


def dossiers(db: Database, view: View) -> list[DossierRow]:
    """Dossiers that pass the view's dossier filters, the latest first."""
    condition, params = where_dossiers(view)
    found = rows(db, f"SELECT * FROM shown_dossier WHERE {condition} ORDER BY last_on DESC, dossier_id", params)
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


def dossier_roles(db: Database, dossier_id: str) -> list[RoleHolder]:
    """Who holds which role in the dossier's events or is tied to the file, most often first within a role.

    A record that ties an actor to the file as a whole counts once.
    """
    found: dict[tuple[str, str], RoleHolder] = {}
    for row in rows(
        db,
        """
        SELECT u.actor_id, a.name <> '' AS named,
               coalesce(nullif(a.name, ''),
                        (SELECT min(i.value) FROM actor_identifier i WHERE i.actor_id = a.actor_id), a.actor_id)
                   AS name,
               a.kind, u.role, u.party, u.role_title, u.stance, u.quote, u.event_id
        FROM (
            SELECT x.actor_id, x.role, x.party, x.role_title, x.stance, x.quote, e.event_id, e.seq
            FROM shown_actor x JOIN shown_event e USING (event_id) WHERE e.dossier_id = :id
            UNION ALL
            SELECT coalesce(j.into_id, x.actor_id), x.role, x.party, x.role_title, '', '', '', 0
            FROM dossier_actor x LEFT JOIN actor_join j USING (actor_id)
            JOIN shown_alias s ON s.entity = 'dossier' AND s.id = x.dossier_id WHERE s.shown_id = :id
        ) u JOIN actor a USING (actor_id) ORDER BY u.seq DESC
        """,
        {"id": dossier_id},
    ):
        row["named"] = bool(row["named"])
        if not row["quote"]:
            row["event_id"] = ""
        held = found.get((row["actor_id"], row["role"]))
        if held is None:
            found[row["actor_id"], row["role"]] = RoleHolder(**row, count=1)
            continue
        if row["quote"] and not held.quote:
            held = replace(held, quote=row["quote"], stance=row["stance"], event_id=row["event_id"])
        found[row["actor_id"], row["role"]] = replace(
            held,
            count=held.count + 1,
            party=held.party or row["party"],
            role_title=held.role_title or row["role_title"],
            stance=held.stance or row["stance"],
        )
    return sorted(found.values(), key=lambda one: (-one.count, not one.named, one.name))


def dossier_relations(db: Database, dossier_id: str) -> list[Relation]:
    """Companion, predecessor, amending and other dossiers, those it names, then those that name it."""
    found = [
        Relation(**{**one, "titles": json.loads(one["titles"]), "inverse": bool(one["inverse"])})
        for one in rows(
            db,
            """
            SELECT DISTINCT r.kind, r.scheme, r.value, r.on_date AS "on", 0 AS inverse,
                   coalesce(d.dossier_id, '') AS dossier_id, coalesce(d.title, '') AS title,
                   coalesce(d.titles, '{}') AS titles, coalesce(d.jurisdiction, '') AS jurisdiction,
                   coalesce(d.track, '') AS track, coalesce(d.stage, '') AS stage
            FROM dossier_relation r
            JOIN shown_alias s ON s.entity = 'dossier' AND s.id = r.dossier_id
            LEFT JOIN dossier_identifier i ON i.scheme = r.scheme AND i.value = r.value
            LEFT JOIN shown_alias t ON t.entity = 'dossier' AND t.id = i.dossier_id
            LEFT JOIN shown_dossier d ON d.dossier_id = t.shown_id
            WHERE s.shown_id = :id
            UNION
            SELECT DISTINCT r.kind, '', '', r.on_date, 1, d.dossier_id, d.title, d.titles, d.jurisdiction, d.track,
                            d.stage
            FROM dossier_identifier i JOIN shown_alias t ON t.entity = 'dossier' AND t.id = i.dossier_id
            JOIN dossier_relation r ON r.scheme = i.scheme AND r.value = i.value
            JOIN shown_alias s ON s.entity = 'dossier' AND s.id = r.dossier_id
            JOIN shown_dossier d ON d.dossier_id = s.shown_id
            WHERE t.shown_id = :id
            ORDER BY 5, 1, 3, 6
            """,
            {"id": dossier_id},
        )
    ]
    return [one for one in found if one.dossier_id != dossier_id]


def revisions(
    db: Database,
    *,
    entity: str = "",
    entity_id: str = "",
    file: str = "",
    since: str = "",
    but: str = "",
    jurisdictions: tuple[str, ...] = (),
    limit: int = 50,
    offset: int = 0,
) -> list[Revision]:
    """The change log, newest first; ``since`` is a UTC instant, ``but`` a field left out. Only of what is shown.

    ``file`` is a dossier id: changes of it and of its events.
    """
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
              AND (:file = '' OR d.dossier_id = :file OR e.dossier_id = :file)
              AND r.at >= :since AND r.field <> :but AND (d.dossier_id IS NOT NULL OR e.event_id IS NOT NULL)
              AND (:places = '[]' OR coalesce(d.jurisdiction, e.jurisdiction) IN (SELECT value FROM json_each(:places)))
            ORDER BY r.at DESC, r.revision_id DESC LIMIT :limit OFFSET :offset
            """,
            {
                "entity": entity,
                "entity_id": entity_id,
                "file": file,
                "since": since,
                "but": but,
                "places": json.dumps(jurisdictions),
                "limit": limit,
                "offset": offset,
            },
        )
    ]


def revision_count(db: Database, *, file: str) -> int:
    """How many changes :func:`revisions` has for a file."""
    return int(
        db.execute(
            """
            SELECT count(*) FROM revision r
            JOIN shown_alias s ON s.entity = r.entity AND s.id = r.entity_id
            WHERE (r.entity = 'dossier' AND s.shown_id = :file)
               OR (r.entity = 'event' AND s.shown_id IN (SELECT event_id FROM shown_event WHERE dossier_id = :file))
            """,
            {"file": file},
        ).fetchone()[0]
    )


def dossiers_by_id(db: Database, dossier_ids: Collection[str]) -> dict[str, DossierRow]:
    """Files by the id shown now; one that does not exist is left out."""
    wanted = "SELECT value FROM json_each(?)"
    return {
        row["dossier_id"]: dossier_row(row)
        for row in rows(
            db, f"SELECT * FROM shown_dossier WHERE dossier_id IN ({wanted})", (json.dumps(sorted(dossier_ids)),)
        )
    }


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
