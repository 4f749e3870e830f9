"""The record as it stood at the end of a UTC day: what the monitor knew then, not what has happened since.

:func:`rewind` turns the collected tables of a writable copy back. What was first seen later goes; what has changed,
was removed, joined, staged or decided since gets the image back that was kept of it (:mod:`data.earlier`). The texts
of documents come from ``item_revision``. Actors carry the names known now, documents the readings of now.

A database may be older than its images: of days before :func:`kept_since` only the change log tells. Then fields of
events and files and the stage get their old values back; what was removed stays gone and joins stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data import derived
from data.database import Database, writing
from data.earlier import KEPT, columns
from data.errors import ViewError

#: columns of events and files that the change log names
_LOGGED = {
    "event": ("type", "date_start", "date_end", "status", "outcome", "stage", "title"),
    "dossier": ("title", "track", "url"),
}

#: the tables that are turned back in place: a reader of an edition needs copies of these
TABLES = (
    "dossier", "dossier_identifier", "dossier_relation", "dossier_actor", "dossier_join", "dossier_stage",
    "event", "event_source", "event_actor", "event_join", "actor_join", "review", "revision",
    "setting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """The days that can be asked for: the first with a record, the first that is exact, and the day of publication."""

    first: date
    exact: date
    last: date


def end_of(day: date) -> str:
    """The last second of a UTC day as an instant."""
    return f"{day.isoformat()}T23:59:59Z"


def span(db: Database) -> Span | None:
    """Which days a published snapshot can be turned back to; None while the record is empty."""
    first = db.execute(
        "SELECT min(at) FROM (SELECT min(first_seen_at) AS at FROM event UNION ALL SELECT min(first_seen_at) FROM item)"
    ).fetchone()[0]
    if not first:
        return None
    start = date.fromisoformat(str(first)[:10])
    since = kept_since(db)
    last = date.fromisoformat(str(db.execute("SELECT published_at FROM snapshot").fetchone()[0])[:10])
    return Span(start, max(start, date.fromisoformat(since[:10])) if since else start, max(start, last))


def kept_since(db: Database) -> str:
    """The instant from which images are kept; empty when they always were."""
    found = db.execute("SELECT value FROM setting WHERE key = 'earlier_since'").fetchone()
    return str(found[0]) if found else ""


def parse_day(text: str) -> date:
    """A day as ``YYYY-MM-DD``. Raises ViewError."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise ViewError(f"'as_of' needs a day as YYYY-MM-DD, not {text!r}") from error
    if found.isoformat() != text:
        raise ViewError(f"'as_of' needs a day as YYYY-MM-DD, not {text!r}")
    return found


def rewind(db: Database, as_of: date, *, snapshot: str = "main") -> None:
    """Turn the collected tables back to the end of ``as_of``, and put :func:`views` before the others.

    ``snapshot`` is the schema that holds what is not copied. Call outside a transaction, foreign keys off.
    """
    end = end_of(as_of)
    with writing(db):
        _forget_later(db, end)
        for name, one in KEPT.items():
            if one.table in TABLES:
                _put_back(db, name, as_of)
        if as_of.isoformat() < (since := kept_since(db))[:10]:
            _by_the_log(db, end, since)
        _forget_later(db, end)
        _forget_orphans(db)
        db.execute("DELETE FROM revision WHERE at > ?", (end,))
    db.conn.executescript(views(as_of, snapshot))
    db.conn.executescript(derived.VIEWS.replace("CREATE VIEW", "CREATE TEMP VIEW IF NOT EXISTS"))


def _forget_later(db: Database, end: str) -> None:
    for table in ("event", "dossier"):
        db.execute(f"DELETE FROM {table} WHERE first_seen_at > ?", (end,))


def _put_back(db: Database, name: str, as_of: date) -> None:
    """The earliest image kept after the day is how the rows stood when it ended."""
    one = KEPT[name]
    db.execute("DROP TABLE IF EXISTS temp.image")
    db.execute(
        "CREATE TEMP TABLE image AS SELECT key, rows, min(day) FROM earlier WHERE name = ? AND day > ? GROUP BY key",
        (name, as_of.isoformat()),
    )
    entity = f"entity = '{one.entity}' AND " if one.entity else ""
    db.execute(f"DELETE FROM {one.table} WHERE {entity}{one.key} IN (SELECT key FROM temp.image)")
    found = columns(db, one.table)
    values = ", ".join(
        f"coalesce(x.value ->> '{column}', {default})" if default else f"x.value ->> '{column}'"
        for column, default in found
    )
    db.execute(
        f"INSERT OR REPLACE INTO {one.table} ({', '.join(column for column, _ in found)})"
        f" SELECT {values} FROM temp.image, json_each(image.rows) x"
    )
    db.execute("DROP TABLE temp.image")


def _by_the_log(db: Database, end: str, since: str) -> None:
    """What the change log alone tells: the oldest later line of a field has its value of that day."""
    db.execute("DROP TABLE IF EXISTS temp.told")
    db.execute(
        """
        CREATE TEMP TABLE told AS SELECT entity, entity_id, field, old, min(revision_id) FROM revision
        WHERE at > ? AND at <= ? AND by IN (SELECT source_id FROM source UNION SELECT 'stages')
        GROUP BY entity, entity_id, field
        """,
        (end, since),
    )
    for entity, fields in _LOGGED.items():
        old = f"SELECT old FROM temp.told WHERE entity = '{entity}' AND entity_id = {entity}.{entity}_id"
        changes = ", ".join(f"{field} = coalesce(({old} AND field = '{field}'), {field})" for field in fields)
        db.execute(
            f"UPDATE {entity} SET {changes}"
            f" WHERE {entity}_id IN (SELECT entity_id FROM temp.told WHERE entity = '{entity}' AND field <> 'removed')"
        )
    db.execute(
        """
        UPDATE dossier_stage SET stage = told.old, since = '', event_id = '' FROM temp.told
        WHERE told.entity = 'dossier' AND told.field = 'stage' AND dossier_stage.dossier_id = told.entity_id
        """
    )
    db.execute("DELETE FROM review WHERE at > ?", (end,))
    db.execute("DROP TABLE temp.told")


def _forget_orphans(db: Database) -> None:
    """What belonged to something not yet known goes with it."""
    for one in KEPT.values():
        if one.table in TABLES and one.table != one.owner and one.owner in TABLES:
            entity = f"entity = '{one.entity}' AND " if one.entity else ""
            db.execute(
                f"DELETE FROM {one.table} WHERE {entity}{one.key} NOT IN (SELECT {one.owner_key} FROM {one.owner})"
            )
    for table, owner in (("event_join", "event"), ("dossier_join", "dossier")):
        db.execute(f"DELETE FROM {table} WHERE into_id NOT IN (SELECT {owner}_id FROM {owner})")
    for table in ("event_actor", "dossier_actor"):  # who is no longer listed is not listed in the past either
        db.execute(f"DELETE FROM {table} WHERE actor_id NOT IN (SELECT actor_id FROM actor)")


def views(as_of: date, snapshot: str = "main") -> str:
    """SQL of temporary views that hide what is later in tables too large to copy; made anew by every connection.

    Documents: those known, in the words they had; their judgement as it was; actors known or named. What they stand
    for is found by its name alone, so every question is asked unchanged.
    """
    end, day = end_of(as_of), as_of.isoformat()
    image = f"""(SELECT e.rows FROM {snapshot}.earlier e
        WHERE e.key = r.entity_id AND e.name = r.entity || '_relevance' AND e.day > '{day}' ORDER BY e.day LIMIT 1)"""
    judged = ", ".join(
        f"coalesce({image} ->> '$[0].{name}', r.{name}) AS {name}"
        for name in ("relevant", "score", "facets", "evidence", "rules")
    )
    words = ", ".join(
        f"""coalesce((SELECT v.{name} FROM {snapshot}.item_revision v JOIN {snapshot}.item i USING (item_id)
            WHERE v.item_id = t.item_id AND v.at <= '{end}' AND i.changed_at > '{end}' ORDER BY v.n DESC LIMIT 1),
            t.{name}) AS {name}"""
        for name in ("title", "summary", "text")
    )
    return f"""
        DROP VIEW IF EXISTS temp.item;
        CREATE TEMP VIEW item AS SELECT * FROM {snapshot}.item WHERE first_seen_at <= '{end}'
        AND item_id NOT IN (SELECT item_id FROM withheld_item);
        DROP VIEW IF EXISTS temp.item_text;
        CREATE TEMP VIEW item_text AS SELECT t.item_id, {words} FROM {snapshot}.item_text t
        WHERE t.item_id NOT IN (SELECT item_id FROM withheld_item);
        DROP VIEW IF EXISTS temp.relevance;
        CREATE TEMP VIEW relevance AS SELECT r.entity, r.entity_id, {judged} FROM {snapshot}.relevance r
        WHERE coalesce(json_array_length({image}), 1) > 0;
        DROP VIEW IF EXISTS temp.actor;
        CREATE TEMP VIEW actor AS SELECT * FROM {snapshot}.actor a WHERE (first_seen_at <= '{end}'
        OR EXISTS (SELECT 1 FROM event_actor x WHERE x.actor_id = a.actor_id)
        OR EXISTS (SELECT 1 FROM dossier_actor x WHERE x.actor_id = a.actor_id))
        AND actor_id NOT IN (SELECT actor_id FROM withheld_actor);
    """
