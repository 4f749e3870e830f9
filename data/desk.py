"""The team's own decisions and saved views, in a small database of their own.

Decisions outrank every rule and survive every rebuild: the collected database can be deleted and built
anew, ``desk.db`` stays. The dashboard writes it; collecting reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.database import Database, desk_path, open_writer, rows, writing
from data.decisions import REVIEWS, Decision, decision_of

_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision (
    decision_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('confirm', 'reject', 'merge', 'split', 'correct', 'note', 'tag', 'position')),
    entity TEXT NOT NULL CHECK (entity IN ('event', 'dossier', 'actor', 'item')),
    entity_id TEXT NOT NULL,
    other_id TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL DEFAULT '',     -- JSON
    why TEXT NOT NULL DEFAULT '',
    by TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS saved_view (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of ids the team separated or put together."""

    split: frozenset[frozenset[str]]
    merged: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view somebody kept: a name and a query string of :class:`data.view.View`."""

    name: str
    query: str
    at: str


@contextmanager
def open_desk(path: Path | None = None) -> Iterator[Database]:
    """The desk's database, created when missing; a rollback journal, one short connection a use."""
    db = open_writer(path or desk_path())
    try:
        db.conn.executescript(_SCHEMA)
        yield db
    finally:
        db.close()


def decide(
    db: Database,
    kind: str,
    entity: str,
    entity_id: str,
    *,
    at: str,
    other_id: str = "",
    value: object = None,
    why: str = "",
    by: str = "",
) -> int:
    """Write one decision; returns its number. Takes effect with the next collection or build.

    There is one word on a thing: confirming, rejecting or correcting takes the earlier one of these back.
    """
    with writing(db):
        if kind in REVIEWS:
            db.execute(
                "UPDATE decision SET withdrawn_at = ? WHERE entity = ? AND entity_id = ? AND withdrawn_at = ''"
                " AND kind IN (SELECT value FROM json_each(?))",
                (at, entity, entity_id, json.dumps(list(REVIEWS))),
            )
        return int(
            db.execute(
                """
                INSERT INTO decision (kind, entity, entity_id, other_id, value, why, by, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING decision_id
                """,
                (
                    kind,
                    entity,
                    entity_id,
                    other_id,
                    "" if value is None else json.dumps(value, ensure_ascii=False),
                    why,
                    by,
                    at,
                ),
            ).fetchone()[0]
        )


def withdraw(db: Database, decision_id: int, *, at: str) -> None:
    """Take a decision back; it stays on record."""
    with writing(db):
        db.execute("UPDATE decision SET withdrawn_at = ? WHERE decision_id = ?", (at, decision_id))


def standing(path: Path | None = None) -> tuple[Decision, ...]:
    """Every decision not taken back, in the order they were made; none when there is no desk yet."""
    where = path or desk_path()
    if not where.exists():
        return ()
    with open_desk(where) as db:
        found = rows(
            db,
            "SELECT decision_id, kind, entity, entity_id, value, why, by, at FROM decision"
            " WHERE withdrawn_at = '' ORDER BY decision_id",
        )
    return tuple(decision_of(row) for row in found)


def decided_pairs(path: Path | None = None) -> Pairs:
    """Standing split and merge decisions; empty when there is no desk yet."""
    where = path or desk_path()
    if not where.exists():
        return Pairs(frozenset(), frozenset())
    with open_desk(where) as db:
        found = rows(
            db,
            "SELECT kind, entity_id, other_id FROM decision"
            " WHERE withdrawn_at = '' AND kind IN ('split', 'merge') AND other_id <> ''",
        )
    return Pairs(
        frozenset(frozenset({one["entity_id"], one["other_id"]}) for one in found if one["kind"] == "split"),
        frozenset(frozenset({one["entity_id"], one["other_id"]}) for one in found if one["kind"] == "merge"),
    )


def save_view(db: Database, name: str, query: str, *, at: str) -> None:
    """Keep a view under a name; an existing name is overwritten."""
    with writing(db):
        db.execute(
            "INSERT INTO saved_view VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET query = excluded.query, at = excluded.at",
            (name, query, at),
        )


def saved_views(db: Database) -> list[SavedView]:
    """Kept views by name."""
    return [SavedView(**one) for one in rows(db, "SELECT name, query, at FROM saved_view ORDER BY name")]


def remove_view(db: Database, name: str) -> None:
    """Forget a kept view."""
    with writing(db):
        db.execute("DELETE FROM saved_view WHERE name = ?", (name,))
