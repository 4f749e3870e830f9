"""Rows as they stood before a change: what lets the record be turned back to the end of an earlier day.

Whoever changes a row of these tables calls :func:`keep` first. One image a row and UTC day is enough: the first
change of a day finds the row as it stood when the day before ended. What was first seen on the same day needs none,
it goes as a whole. :mod:`data.rewind` puts the images back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.database import Database


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of ``table`` under one value of ``key``, of one ``entity`` where a table holds several.

    ``owner`` and ``owner_key`` name what the rows belong to: they go with it when it was not yet known. Empty for what
    always was.
    """

    table: str
    key: str
    owner: str
    owner_key: str
    entity: str = ""

    def condition(self, value: str) -> str:
        """SQL for the rows whose key is the expression ``value``."""
        return f"{self.key} = {value}" + (f" AND entity = '{self.entity}'" if self.entity else "")


#: name in the table ``earlier`` -> the rows it means; owners stand before what belongs to them
KEPT = {
    "dossier": Kept("dossier", "dossier_id", "dossier", "dossier_id"),
    "dossier_identifier": Kept("dossier_identifier", "dossier_id", "dossier", "dossier_id"),
    "dossier_relation": Kept("dossier_relation", "dossier_id", "dossier", "dossier_id"),
    "dossier_actor": Kept("dossier_actor", "dossier_id", "dossier", "dossier_id"),
    "dossier_join": Kept("dossier_join", "dossier_id", "dossier", "dossier_id"),
    "dossier_stage": Kept("dossier_stage", "dossier_id", "dossier", "dossier_id"),
    "dossier_relevance": Kept("relevance", "entity_id", "dossier", "dossier_id", "dossier"),
    "event": Kept("event", "event_id", "event", "event_id"),
    "event_source": Kept("event_source", "event_id", "event", "event_id"),
    "event_actor": Kept("event_actor", "event_id", "event", "event_id"),
    "event_join": Kept("event_join", "event_id", "event", "event_id"),
    "event_review": Kept("review", "entity_id", "event", "event_id", "event"),
    "item_relevance": Kept("relevance", "entity_id", "item", "item_id", "item"),
    "item_review": Kept("review", "entity_id", "item", "item_id", "item"),
    "actor_join": Kept("actor_join", "actor_id", "actor", "actor_id"),
    "setting": Kept("setting", "key", "", ""),
}
DOSSIER = ("dossier", "dossier_identifier", "dossier_relation", "dossier_actor")
EVENT = ("event", "event_source", "event_actor")


def keep(db: Database, names: str | Sequence[str], key: str, *, at: str) -> None:
    """Keep the rows of ``key`` as they stand, before they change at the UTC instant ``at``; none is kept as none."""
    for name in (names,) if isinstance(names, str) else names:
        one = KEPT[name]
        if one.owner and (seen := _first_seen(db, one, key)) and seen[:10] >= at[:10]:
            continue
        fields = ", ".join(f"'{column}', {column}" for column, _ in columns(db, one.table))
        db.execute(
            f"""
            INSERT INTO earlier
            SELECT :name, :key, :day,
                   (SELECT json_group_array(json_object({fields})) FROM {one.table} WHERE {one.condition(":key")})
            WHERE true ON CONFLICT DO NOTHING
            """,
            {"name": name, "key": key, "day": at[:10]},
        )


def is_older(db: Database, name: str, key: str, *, at: str) -> bool:
    """Whether the owner of the rows was known before the day of ``at``: only then is a change of them news."""
    seen = _first_seen(db, KEPT[name], key)
    return bool(seen) and seen[:10] < at[:10]


def _first_seen(db: Database, one: Kept, key: str) -> str:
    """The UTC instant at which the owner of the rows was first seen; empty when there is none."""
    found = db.execute(f"SELECT first_seen_at FROM {one.owner} WHERE {one.owner_key} = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def columns(db: Database, table: str, schema: str = "main") -> list[tuple[str, str]]:
    """(column, SQL of its default or empty) of a table, without the number that only orders it."""
    found = db.execute("SELECT name, coalesce(dflt_value, '') FROM pragma_table_info(?, ?)", (table, schema)).fetchall()
    return [(str(name), str(default)) for name, default in found if name != "id"]


def events_of(db: Database, item_id: int) -> list[str]:
    """Ids of events that images say were read in the item, also of those that are gone."""
    found = db.execute("SELECT key FROM earlier WHERE name = 'event' AND rows ->> '$[0].item_id' = ?", (item_id,))
    return [str(key) for (key,) in found.fetchall()]


def hide(db: Database, names: Iterable[str], mask: str, keys: Sequence[str]) -> None:
    """Mask ``names`` (longest first) in every image kept under ``keys``."""
    marks = ", ".join("?" * len(keys))
    for name in names:
        db.execute(
            f"UPDATE earlier SET rows = replace(rows, substr(json_quote(?), 2, length(json_quote(?)) - 2), ?)"
            f" WHERE key IN ({marks}) AND name <> 'actor_join'",
            (name, name, mask * len(name), *keys),
        )


def absorb(db: Database, old: str, new: str) -> None:
    """An actor's id became another one: images name it so too."""
    db.execute(
        "UPDATE earlier SET rows = replace(rows, json_quote(?), json_quote(?))"
        " WHERE name IN ('event_actor', 'dossier_actor') AND instr(rows, json_quote(?))",
        (old, new, old),
    )
