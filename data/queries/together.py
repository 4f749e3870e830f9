"""What is shown as one, and what might be: for whoever puts records together or keeps them apart. Reads only."""

from __future__ import annotations

import json

from data.database import Database

#: entity -> (its table, its key, what names it, its titles by language)
_TABLES = {
    "event": ("event", "event_id", "title", "titles"),
    "dossier": ("dossier", "dossier_id", "title", "titles"),
    "actor": ("actor", "actor_id", "name", "'{}'"),
}

#: days between two events that may be one happening
NEAR_DAYS = 7

_CANDIDATES = {
    "event": """
        SELECT o.event_id, o.date || ' · ' || o.title
        FROM shown_event e JOIN shown_event o
          ON o.date_start BETWEEN date(e.date_start, :before) AND date(e.date_start, :after)
         AND (o.jurisdiction = e.jurisdiction OR (o.dossier_id = e.dossier_id AND e.dossier_id <> ''))
        WHERE e.event_id = :id AND o.event_id <> :id
        ORDER BY o.dossier_id = e.dossier_id AND e.dossier_id <> '' DESC, o.type = e.type DESC,
                 abs(julianday(o.date_start) - julianday(e.date_start)), o.event_id LIMIT 20
    """,
    "dossier": """
        SELECT o.dossier_id, o.title FROM shown_dossier d JOIN shown_dossier o
          ON o.jurisdiction = d.jurisdiction AND o.track = d.track
        WHERE d.dossier_id = :id AND o.dossier_id <> :id ORDER BY o.last_on DESC, o.dossier_id LIMIT 50
    """,
    "actor": """
        SELECT a.actor_id, p.name || ' · ' || a.actor_id FROM (
            SELECT other_id AS id, name FROM actor_proposal WHERE actor_id = :id
            UNION SELECT actor_id, name FROM actor_proposal WHERE other_id = :id
        ) p JOIN actor a ON a.actor_id = p.id ORDER BY a.actor_id
    """,
}


def candidates(db: Database, entity: str, shown: str) -> tuple[tuple[str, str], ...]:
    """(id, name) of what may be the same as an event (same file or place, days apart), a dossier or an actor.

    Persons who share a name and nothing else are what a collection proposes; nobody else is.
    """
    params = {"id": shown, "before": f"-{NEAR_DAYS} days", "after": f"+{NEAR_DAYS} days"}
    return tuple((str(one), str(name)) for one, name in db.execute(_CANDIDATES[entity], params).fetchall())


def members(db: Database, entity: str, shown: str) -> tuple[tuple[str, str], ...]:
    """(id, name) of every other record that is shown under ``shown``."""
    table, key, name, _ = _TABLES[entity]
    return tuple(
        (str(one), str(title or one))
        for one, title in db.execute(
            f"SELECT r.{key}, r.{name} FROM shown_alias s JOIN {table} r ON r.{key} = s.id"
            " WHERE s.entity = ? AND s.shown_id = ? AND s.id <> ? ORDER BY 1",
            (entity, shown, shown),
        ).fetchall()
    )


def public_by(db: Database, actor_id: str) -> str:
    """Why an actor is public whatever rules read: ``reviewed`` or ``official``; empty when only texts name it.

    Official is whom a register lists, or whom the record of an authority names or numbers.
    """
    found = db.execute(
        """
        SELECT CASE WHEN a.origin = 'curated' THEN 'reviewed'
            WHEN a.origin = 'official'
                OR EXISTS (SELECT 1 FROM seat x WHERE x.actor_id = a.actor_id)
                OR EXISTS (SELECT 1 FROM actor_identifier x WHERE x.actor_id = a.actor_id)
                OR EXISTS (SELECT 1 FROM dossier_actor x WHERE x.actor_id = a.actor_id)
                OR EXISTS (SELECT 1 FROM event_actor x JOIN event e USING (event_id)
                           WHERE x.actor_id = a.actor_id AND e.origin <> 'text') THEN 'official'
            ELSE '' END
        FROM actor a WHERE a.actor_id = ?
        """,
        (actor_id,),
    ).fetchone()
    return str(found[0]) if found else ""


def named(db: Database, entity: str, one: str) -> tuple[str, str, dict[str, str]] | None:
    """(id it is shown under, name, titles by language) of a record that is kept; None when there is none of that id."""
    table, key, name, titles = _TABLES[entity]
    found = db.execute(
        f"SELECT coalesce((SELECT shown_id FROM shown_alias WHERE entity = ? AND id = ?), {key}), {name}, {titles}"
        f" FROM {table} WHERE {key} = ?",
        (entity, one, one),
    ).fetchone()
    return (str(found[0]), str(found[1] or one), json.loads(found[2])) if found else None
