"""Putting a database made again from what is kept (:mod:`data.rebuilt`) in the place of the one that stands.

Rows are replaced in one transaction, and only those that differ: numbers of items stay, what a row said before is kept
for turning the record back (:mod:`data.earlier`), and an interrupted replacement leaves everything as it was.
"""

from __future__ import annotations

from data import derived
from data.database import Database, rows, writing
from data.earlier import KEPT, keep
from data.errors import StorageError
from data.readings import MASK
from data.rebuilt import DERIVED, FRESH, NUMBERS, Derived, compare, content, quoted, same
from data.store_events import DOSSIER_FIELDS, EVENT_FIELDS, log_revision
from data.store_readings import conceal

WHY = "made again from what is kept"

#: what is new in a rebuilt database is known since it was put in place
_NOW = ("first_seen_at", "last_seen_at", "changed_at")

_LOGGED = {"event": EVENT_FIELDS, "dossier": DOSSIER_FIELDS}


def number_as(fresh: Database, kept: Database) -> None:
    """Give items in ``fresh`` the numbers they have in ``kept``; those it does not know stand after them."""
    numbers = {(one, other): n for one, other, n in kept.execute("SELECT source_id, external_id, item_id FROM item")}
    last = max(numbers.values(), default=0)
    given = []
    for one, other, n in fresh.execute("SELECT source_id, external_id, item_id FROM item ORDER BY item_id").fetchall():
        if (one, other) not in numbers:
            last += 1
        given.append((n, numbers.get((one, other), last)))
    fresh.execute("PRAGMA foreign_keys = OFF")
    with writing(fresh):
        fresh.execute("CREATE TEMP TABLE number (old INTEGER PRIMARY KEY, new INTEGER)")
        fresh.conn.executemany("INSERT INTO number VALUES (?, ?)", given)
        for table, column in _named_by_number(fresh):
            # in two steps, so that no two rows bear one number in between
            new = f"(SELECT new FROM temp.number WHERE old = {column})"
            fresh.execute(f"UPDATE {table} SET {column} = -{new} WHERE {column} IS NOT NULL")
            fresh.execute(f"UPDATE {table} SET {column} = -{column} WHERE {column} < 0")
        new = "(SELECT new FROM temp.number WHERE old = CAST(entity_id AS INTEGER))"
        fresh.execute(f"UPDATE relevance SET entity_id = '-' || {new} WHERE entity = 'item'")
        fresh.execute("UPDATE relevance SET entity_id = substr(entity_id, 2) WHERE entity = 'item'")
        fresh.execute("DROP TABLE temp.number")
    fresh.execute("PRAGMA foreign_keys = ON")


def _named_by_number(db: Database) -> list[tuple[str, str]]:
    """(table, column) of every number of an item."""
    found = db.execute(
        """
        SELECT m.name, f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND f."table" = 'item'
        """
    ).fetchall()
    return [("item", "item_id"), *((str(table), str(column)) for table, column in found)]


def replace(db: Database, *, at: str) -> None:
    """Make the derived tables of ``db`` say what the rebuilt database beside it says; ``at`` is the instant of it.

    Raises StorageError when that would leave dangling references; nothing is changed then.
    """
    with writing(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        hidden = _newly_hidden(db)
        for table, one in DERIVED.items():
            compare(db, table, one)
            _keep_images(db, table, at)
            _log(db, table, at)
        for table, one in DERIVED.items():
            compare(db, table, one)
            _replace_rows(db, table, one, at)
        for item_id, names in hidden:
            conceal(db, item_id, names)
        derived.rebuild(db)
        db.execute("DROP TABLE temp.differing")
        if broken := db.execute("PRAGMA main.foreign_key_check").fetchall():
            raise StorageError(f"the rebuilt tables would leave {len(broken)} dangling references; nothing was changed")


def _replace_rows(db: Database, table: str, one: Derived, at: str) -> None:
    names = content(db, table)
    every = [str(row["name"]) for row in rows(db, f"PRAGMA main.table_info({table})") if row["name"] not in NUMBERS]
    here, there = same(list(one.key), f"main.{table}", "d"), same(list(one.key), "b", "d")
    db.execute(
        f"DELETE FROM main.{table} WHERE EXISTS (SELECT 1 FROM temp.differing d WHERE d.what = 'gone' AND {here})"
    )
    said = [f"{name} = b.{name}" for name in quoted(names)]
    if "changed_at" in every:
        said.append(f"changed_at = iif(d.what = 'changed', :at, main.{table}.changed_at)")
    if "revision" in every:
        said.append(f"revision = main.{table}.revision + (d.what = 'changed')")
    db.execute(
        f"UPDATE main.{table} SET {', '.join(said)} FROM temp.differing d JOIN {FRESH}.{table} b ON {there}"
        f" WHERE d.what IN ('changed', 'versions') AND {here}",
        {"at": at},
    )
    values = (":at" if name in _NOW else f'b."{name}"' for name in every)
    db.execute(
        f"INSERT INTO main.{table} ({', '.join(quoted(every))}) SELECT {', '.join(values)} FROM {FRESH}.{table} b"
        f" JOIN temp.differing d ON d.what = 'come' AND {there}",
        {"at": at},
    )


def _keep_images(db: Database, table: str, at: str) -> None:
    """Keep what the rows in ``temp.differing`` say now, of whatever was known before."""
    for name, kept in KEPT.items():
        if kept.table != table or not kept.owner:
            continue
        entity = f" AND entity = '{kept.entity}'" if kept.entity else ""
        keys = db.execute(
            f"""
            SELECT DISTINCT {kept.key} FROM temp.differing d WHERE what <> 'versions'{entity}
            AND EXISTS (SELECT 1 FROM main.{kept.owner} WHERE CAST({kept.owner_key} AS TEXT) = d.{kept.key})
            """
        ).fetchall()
        for (key,) in keys:
            keep(db, name, str(key), at=at)


def _log(db: Database, table: str, at: str) -> None:
    """Lines of the change log for events and files that say otherwise or are gone."""
    fields = _LOGGED.get(table)
    if fields is None:
        return
    key = DERIVED[table].key[0]
    listed = ", ".join(f"a.{name} AS old_{name}, b.{name} AS new_{name}" for name in fields)
    for row in rows(
        db,
        f"SELECT d.{key} AS id, a.source_id, {listed} FROM temp.differing d JOIN main.{table} a USING ({key})"
        f" JOIN {FRESH}.{table} b USING ({key}) WHERE d.what = 'changed' ORDER BY 1",
    ):
        for name in fields:
            if (old := row[f"old_{name}"]) != (new := row[f"new_{name}"]):
                log_revision(db, table, row["id"], name, old, str(new), at=at, by=row["source_id"], why=WHY)
    started = "a.date_start || ' ' || a.title" if table == "event" else "a.title"
    for row in rows(
        db,
        f"SELECT d.{key} AS id, a.source_id, {started} AS said FROM temp.differing d JOIN main.{table} a USING ({key})"
        " WHERE d.what = 'gone' ORDER BY 1",
    ):
        log_revision(db, table, row["id"], "removed", row["said"], "", at=at, by=row["source_id"], why=WHY)


def _newly_hidden(db: Database) -> list[tuple[int, list[str]]]:
    """(item, names) that stand under the mask in the rebuilt texts and openly in those of now, longest first."""
    found = []
    for row in rows(
        db,
        f"""
        SELECT b.item_id, a.title || char(10) || a.summary || char(10) || a.text AS old,
               b.title || char(10) || b.summary || char(10) || b.text AS new
        FROM {FRESH}.item_text b JOIN main.item_text a USING (item_id)
        WHERE instr(b.title || b.summary || b.text, ?) > 0
        """,
        (MASK,),
    ):
        old, new = row["old"], row["new"]
        names, start = set(), 0
        while len(old) == len(new) and (start := new.find(MASK, start)) >= 0:
            end = start
            while end < len(new) and new[end] == MASK:
                end += 1
            names.add(old[start:end])
            start = end
        if open_names := sorted((one for one in names if MASK not in one), key=lambda one: (-len(one), one)):
            found.append((int(row["item_id"]), open_names))
    return found
