"""The content of a collected database as sorted lines, for comparing two of them row by row.

Integer keys are replaced by what they stand for, and the diary of visits is left out: it tells how often
somebody had to start again, which is the only thing two equal collections may differ in.
"""

from __future__ import annotations

from data.database import Database, rows

_DIARY = {"run", "answer", "search_pending"}
_KEYS = {"revision_id", "quarantine_id", "id"}


def dump(db: Database, items: bool = True) -> list[str]:
    """Every row of every table, one line each, in a stable order; ``items`` is false for the team's database."""
    found = rows(db, "SELECT item_id, source_id, external_id FROM item") if items else []
    item = {row["item_id"]: f"{row['source_id']}|{row['external_id']}" for row in found}
    lines = []
    for table in tables(db):
        for row in rows(db, f"SELECT * FROM {table}"):
            kept = {name: value for name, value in row.items() if name not in _KEYS}
            if kept.get("item_id") is not None:
                kept["item_id"] = item.get(kept["item_id"], kept["item_id"])
            if table == "relevance" and kept["entity"] == "item":
                kept["entity_id"] = item[int(kept["entity_id"])]
            lines.append(f"{table}: {sorted(kept.items())}")
    return sorted(lines)


def tables(db: Database) -> list[str]:
    """The tables that are compared: not the diary, not those of the search index, not those of the engine."""
    return [
        row[0]
        for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        if row[0] not in _DIARY and not row[0].startswith(("_sqlite", "sqlite_", "item_search"))
    ]


def counts(db: Database) -> list[int]:
    """How many rows each table has: enough to tell one unit more from half a unit more."""
    return [int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables(db)]


def check_integrity(db: Database) -> None:
    """Raise when the file, its references or its search index are damaged."""
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute("INSERT INTO item_search(item_search, rank) VALUES ('integrity-check', 1)")
    indexed = db.execute("SELECT count(*) FROM item_search").fetchone()[0]
    assert indexed == db.execute("SELECT count(*) FROM searched_text").fetchone()[0]
