"""The team's own decisions and saved views, in a small database of their own.

Decisions outrank every rule and survive every rebuild: the collected database can be deleted and built
anew, ``desk.db`` stays. The dashboard writes it; an edition (:mod:`data.edition`) and collecting read it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.database import Database, desk_path, open_writer, rows, writing
from data.decisions import PAIRS, REVIEWS, Decision, decision_of
from data.restoring import in_place

#: of a SQLite file: its header ends with a counter of the transactions that changed it (file format, 1.3.7)
_HEADER, _COUNTER = 28, slice(24, 28)

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
class SavedView:
    """A view somebody kept: a name and a query string of :class:`data.view.View`."""

    name: str
    query: str
    at: str


@contextmanager
def open_desk(path: Path | None = None) -> Iterator[Database]:
    """The desk's database, created when missing; a rollback journal, one short connection a use."""
    where = path or desk_path()
    with in_place(where.parent):
        db = open_writer(where)
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
    """Write one decision; returns its number. Shown at once (:mod:`data.edition`), published with the next build.

    There is one word on a thing: confirming, rejecting or correcting takes the earlier one of these back, a merge
    an earlier split of the two and the other way round, a position an earlier position on the same thing.
    """
    with writing(db):
        rivals = next((group for group in (REVIEWS, PAIRS, ("position",)) if kind in group), ())
        db.execute(
            """
            UPDATE decision SET withdrawn_at = :at
            WHERE withdrawn_at = '' AND entity = :entity AND kind IN (SELECT value FROM json_each(:rivals))
              AND ((entity_id = :one AND other_id = :other) OR (entity_id = :other AND other_id = :one))
            """,
            {"at": at, "entity": entity, "one": entity_id, "other": other_id, "rivals": json.dumps(list(rivals))},
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


def decisions(path: Path | None = None) -> tuple[Decision, ...]:
    """Every decision ever made, also those taken back, in the order they were made; none when there is no desk yet."""
    where = path or desk_path()
    if not where.exists():
        return ()
    with open_desk(where) as db:
        found = rows(
            db,
            "SELECT decision_id, kind, entity, entity_id, other_id, value, why, by, at, withdrawn_at FROM decision"
            " ORDER BY decision_id",
        )
    return tuple(decision_of(row) for row in found)


def standing(path: Path | None = None, *, on: str = "") -> tuple[Decision, ...]:
    """The decisions not taken back, in the order they were made; with ``on`` those that stood when that day ended."""
    found = decisions(path)
    if not on:
        return tuple(one for one in found if not one.withdrawn_at)
    return tuple(one for one in found if one.at[:10] <= on and (not one.withdrawn_at or one.withdrawn_at[:10] > on))


def version(path: Path | None = None) -> tuple[int, bytes]:
    """What changes with every write to the desk, cheaply; ``(0, b"")`` when there is none."""
    where = path or desk_path()
    try:
        with where.open("rb") as file:
            return os.fstat(file.fileno()).st_ino, file.read(_HEADER)[_COUNTER]
    except FileNotFoundError:
        return 0, b""


def save_view(db: Database, name: str, query: str, *, at: str) -> None:
    """Keep a view under a name; an existing name is overwritten."""
    with writing(db):
        db.execute(
            "INSERT INTO saved_view VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET query = excluded.query, at = excluded.at",
            (name, query, at),
        )


def saved_views(path: Path | None = None) -> list[SavedView]:
    """Kept views by name; none when there is no desk yet."""
    where = path or desk_path()
    if not where.exists():
        return []
    with open_desk(where) as db:
        return [SavedView(**one) for one in rows(db, "SELECT name, query, at FROM saved_view ORDER BY name")]


def rename_view(db: Database, name: str, new: str) -> None:
    """Give a kept view another name. Raises ValueError when a view has it already."""
    with writing(db):
        if name != new and db.execute("SELECT 1 FROM saved_view WHERE name = ?", (new,)).fetchone():
            raise ValueError(f"a view is called {new!r}")
        db.execute("UPDATE saved_view SET name = ? WHERE name = ?", (new, name))


def remove_view(db: Database, name: str) -> None:
    """Forget a kept view."""
    with writing(db):
        db.execute("DELETE FROM saved_view WHERE name = ?", (name,))
