"""A database made again from what is kept, beside the one that stands: how they differ. Reads only.

Compared is every table that is derived (:data:`DERIVED`); what cannot be made again is carried over (:data:`CARRIED`):
whole tables, and in derived rows the instants.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from data.database import Database, rows

#: name of the rebuilt database where both are open
FRESH = "fresh"

#: what is kept as it is, with the reason it cannot be made again
CARRIED = {
    "answer, payload": "which bodies were fetched, when, in which order",
    "run": "the diary of visits",
    "request, pending, host": "validators, follow-up addresses and hosts on hold",
    "setting, revision, earlier": "what the record said before, and when it changed",
    "source": "the catalogue",
    "page and quarantine without a body": "pages refused and addresses given up",
    "instants": "when a row was first seen, last seen, changed and fetched, and how often an event was told",
}

#: columns that say which code made a row
VERSIONS = frozenset({"parser", "rules"})

_INSTANTS = frozenset(
    {"first_seen_at", "last_seen_at", "changed_at", "fetched_at", "retrieved_at", "told_on", "at", "revision"}
)
NUMBERS = frozenset({"id", "quarantine_id"})


@dataclass(frozen=True, slots=True)
class Derived:
    """A table that is made again: what tells its rows apart, and which of them (SQL)."""

    key: tuple[str, ...]
    condition: str = "true"


DERIVED = {
    "actor": Derived(("actor_id",)),
    "actor_name": Derived(("actor_id", "name", "lang")),
    "actor_identifier": Derived(("scheme", "value")),
    "role": Derived(("actor_id", "n")),
    "seat": Derived(("actor_id", "chamber", "start")),
    "dossier": Derived(("dossier_id",)),
    "dossier_identifier": Derived(("dossier_id", "scheme", "value")),
    "dossier_relation": Derived(("dossier_id", "kind", "scheme", "value")),
    "dossier_actor": Derived(("dossier_id", "actor_id", "role")),
    "item": Derived(("item_id",)),
    "item_text": Derived(("item_id",)),
    "item_dossier": Derived(("item_id", "scheme", "value")),
    "item_revision": Derived(("item_id", "n")),
    "flip": Derived(("source_id", "kind", "external_id")),
    "page": Derived(("item_id",), "payload_sha256 <> ''"),
    "relevance": Derived(("entity", "entity_id")),
    "mention": Derived(("item_id", "start", "end")),
    "legal_reference": Derived(("item_id", "start", "end", "normalised")),
    "figure": Derived(("item_id", "start", "end")),
    "position": Derived(("item_id", "start", "end", "name", "stance")),
    "event": Derived(("event_id",)),
    "event_source": Derived(("event_id", "n")),
    "event_actor": Derived(("event_id", "actor_id", "role")),
    "quarantine": Derived(("source_id", "locator", "reason"), "payload_sha256 <> ''"),
    "unknown_code": Derived(("source_id", "field", "code")),
    "review": Derived(("entity", "entity_id")),
    "dossier_join": Derived(("dossier_id",)),
    "event_join": Derived(("event_id",)),
    "actor_join": Derived(("actor_id",)),
    "actor_proposal": Derived(("actor_id", "other_id")),
    "dossier_stage": Derived(("dossier_id",)),
    "story": Derived(("item_id",)),
    "citation": Derived(("item_id", "dossier_id", "normalised")),
    "withheld_actor": Derived(("actor_id", "name")),
    "withheld_event": Derived(("event_id",)),
    "withheld_item": Derived(("item_id",)),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows of a table come, go and say otherwise; ``versions`` says the same but names other code."""

    table: str
    come: int
    gone: int
    changed: int
    versions: int

    def line(self) -> str:
        """As plain text."""
        words = (("come", self.come), ("go", self.gone), ("differ", self.changed), ("name other code", self.versions))
        return f"{self.table}: " + ", ".join(f"{count} {word}" for word, count in words if count)


def fingerprint(db: Database, schema: str = "main") -> str:
    """The sha256 of every derived row in a stable order, without instants and without numbers that only order rows."""
    digest = sha256()
    for table, one in DERIVED.items():
        names = content(db, table)
        listed = ", ".join(quoted(names))
        found = db.execute(f"SELECT {listed} FROM {schema}.{table} WHERE {one.condition} ORDER BY {listed}")
        digest.update(f"{table} {' '.join(names)}\n".encode())
        for row in found:
            digest.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


@contextmanager
def beside(db: Database, fresh: Path) -> Iterator[Database]:
    """``db`` with the rebuilt database open under the name :data:`FRESH`."""
    db.execute(f"ATTACH ? AS {FRESH}", (str(fresh),))
    try:
        yield db
    finally:
        db.execute(f"DETACH {FRESH}")


def differences(db: Database) -> list[Difference]:
    """What differs between ``db`` and the rebuilt database beside it, table by table; equal tables are left out."""
    found = []
    for table, one in DERIVED.items():
        compare(db, table, one)
        counts = dict(db.execute("SELECT what, count(*) FROM temp.differing GROUP BY what").fetchall())
        if counts:
            found.append(Difference(table, *(counts.get(what, 0) for what in ("come", "gone", "changed", "versions"))))
    return found


def compare(db: Database, table: str, one: Derived) -> None:
    """Fill ``temp.differing`` with the keys of rows that differ and how."""
    names = content(db, table)
    key, said = list(one.key), [name for name in names if name not in VERSIONS and name not in one.key]
    on = same(key, "a", "b")
    other = " OR ".join(f"a.{name} IS NOT b.{name}" for name in quoted(said)) or "false"
    versions = " OR ".join(f"a.{name} IS NOT b.{name}" for name in quoted(VERSIONS & set(names))) or "false"
    keys = ", ".join(f"{{0}}.{name}" for name in quoted(key))
    main = f"(SELECT *, 1 AS is_there FROM main.{table} WHERE {one.condition})"
    fresh = f"(SELECT *, 1 AS is_there FROM {FRESH}.{table} WHERE {one.condition})"
    db.execute("DROP TABLE IF EXISTS temp.differing")
    db.execute(
        f"""
        CREATE TEMP TABLE differing AS
        SELECT {keys.format("b")}, 'come' AS what FROM {fresh} b LEFT JOIN {main} a ON {on} WHERE a.is_there IS NULL
        UNION ALL
        SELECT {keys.format("a")}, 'gone' FROM {main} a LEFT JOIN {fresh} b ON {on} WHERE b.is_there IS NULL
        UNION ALL
        SELECT {keys.format("a")}, CASE WHEN {other} THEN 'changed' ELSE 'versions' END
        FROM {main} a JOIN {fresh} b ON {on} WHERE {other} OR {versions}
        """
    )


def content(db: Database, table: str) -> list[str]:
    """The columns of a derived table that are made again."""
    found = [str(row["name"]) for row in rows(db, f"PRAGMA main.table_info({table})")]
    return [name for name in found if name not in _INSTANTS and name not in NUMBERS]


def same(key: Iterable[str], one: str, other: str) -> str:
    """SQL that says two rows have one key."""
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in quoted(key))


def quoted(names: Iterable[str]) -> list[str]:
    """Names of columns as SQL takes them."""
    return [f'"{name}"' for name in names]
