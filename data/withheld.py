"""What the team withholds because it names a private person or a victim: in no day, page, change log, search or export.

``withheld_event`` and ``withheld_item`` name it, ``withheld_actor`` who is no policy actor: such a one is nobody's
role, mention or position, and the events and documents that tell of it stay. The collected database keeps its rows, so
that taking the decision back restores them with the next publication; a publication holds none of them
(:func:`remove`), and until there is one an edition leaves them out (:func:`views`). It has no past: what is withheld
now is withheld in every day.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.database import Database, writing
from data.decisions import Decision, item_of_key, named_privately, no_actors, withheld_state
from data.earlier import events_of
from data.queries.together import public_by

#: the setting that names the decisions that withhold something which a database follows
FOLLOWED = "withheld"

TABLES = ("withheld_event", "withheld_item", "withheld_actor")

_EVENTS, _ITEMS = "(SELECT event_id FROM withheld_event)", "(SELECT item_id FROM withheld_item)"
_ACTORS, _NAMES = "(SELECT actor_id FROM withheld_actor)", "(SELECT name FROM withheld_actor)"
_ITEM_NAMES = "(SELECT CAST(item_id AS TEXT) FROM withheld_item)"
_OF_EITHER = f"(entity = 'event' AND entity_id IN {_EVENTS}) OR (entity = 'item' AND entity_id IN {_ITEM_NAMES})"

#: table -> SQL of the rows that must not be seen
_ROWS = {
    **{name: f"event_id IN {_EVENTS}" for name in ("event_source", "event")},
    "event_actor": f"event_id IN {_EVENTS} OR actor_id IN {_ACTORS}",
    "actor_join": f"actor_id IN {_ACTORS} OR into_id IN {_ACTORS}",
    "actor_proposal": f"actor_id IN {_ACTORS} OR other_id IN {_ACTORS}",
    **{name: f"actor_id IN {_ACTORS}" for name in ("actor_name", "actor")},
    "event_join": f"event_id IN {_EVENTS} OR into_id IN {_EVENTS}",
    **{
        name: f"item_id IN {_ITEMS}"
        for name in (
            "item_text", "item_revision", "item_dossier", "legal_reference", "figure", "citation", "page", "story",
            "search_pending", "item",
        )
    },
    **{  # rules that read a name no list holds know no actor
        name: f"item_id IN {_ITEMS} OR ifnull(actor_id, '') IN {_ACTORS} OR actor_id IS NULL AND name IN {_NAMES}"
        for name in ("mention", "position")
    },
    "review": _OF_EITHER,
    "relevance": _OF_EITHER,
    "revision": f"{_OF_EITHER} OR field = 'joined' AND (old IN {_EVENTS} OR new IN {_EVENTS})",
    "earlier": f"(name LIKE 'event%' AND key IN {_EVENTS}) OR (name LIKE 'item%' AND key IN {_ITEM_NAMES})"
    f" OR (name = 'actor_join' AND key IN {_ACTORS})",
}  # fmt: skip

#: already left out by what stands before these tables in the record of a day (:func:`data.rewind.views`)
_OF_A_DAY = ("item", "item_text", "relevance", "actor")

#: asked only for lines of the change log, and those are gone
_BEHIND = ("earlier",)

#: rows that lead to an actor
_TOLD_OF = ("event_actor", "mention", "position")


def followed(db: Database) -> str:
    """The state (:func:`data.decisions.withheld_state`) of the decisions to withhold that this database follows."""
    found = db.execute("SELECT value FROM setting WHERE key = ?", (FOLLOWED,)).fetchone()
    return str(found[0]) if found else ""


def mark(db: Database, decisions: Iterable[Decision]) -> int:
    """Make the tables name exactly what the standing ``decisions`` withhold; returns how many rows changed.

    With a document goes every event read in it, also one that is gone by now and stands in the record of a day.
    """
    decisions = tuple(decisions)
    keys, events = named_privately(decisions)
    items = {
        int(number)
        for key in keys
        for (number,) in db.execute(
            "SELECT item_id FROM item WHERE source_id = ? AND external_id = ?", item_of_key(key)
        ).fetchall()
    }
    read = {one for item_id in items for one in events_of(db, item_id)}
    for item_id in items:
        found = db.execute("SELECT event_id FROM event WHERE item_id = ?", (item_id,)).fetchall()
        read |= {str(event_id) for (event_id,) in found}
    actors = {(actor_id, name) for actor_id in no_actors(decisions) for name in _names(db, actor_id)}
    with writing(db):
        changed = _hold(db, "withheld_event", {(one,) for one in events | read})
        changed += _hold(db, "withheld_item", {(one,) for one in items}) + _hold(db, "withheld_actor", actors)
        state = withheld_state(decisions)
        if followed(db) != state:
            db.execute(
                "INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (FOLLOWED, state),
            )
    return changed


def _names(db: Database, actor_id: str) -> set[str]:
    """Every name of an actor that texts alone name; none of one that a register or a record has named since."""
    if public_by(db, actor_id):
        return set()
    found = db.execute(
        "SELECT name FROM actor WHERE actor_id = :id UNION SELECT name FROM actor_name WHERE actor_id = :id",
        {"id": actor_id},
    )
    return {str(name) for (name,) in found.fetchall()}


def _hold(db: Database, table: str, wanted: Iterable[tuple[str | int, ...]]) -> int:
    """Make a table hold exactly the rows ``wanted``; returns how many changed."""
    held, wanted = set(db.execute(f"SELECT * FROM {table}").fetchall()), set(wanted)
    if held == wanted:
        return 0
    db.execute(f"DELETE FROM {table}")
    for row in wanted:
        db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    return len(held ^ wanted)


def is_empty(db: Database) -> bool:
    """Whether nothing is withheld."""
    return not any(db.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in TABLES)


def remove(db: Database) -> None:
    """Delete what is withheld from the copy that becomes a publication, and the actors that nothing else tells of.

    Call inside a transaction, foreign keys off, before the tables people read are built.
    """
    db.execute("DROP TABLE IF EXISTS temp.told_of")
    told = " UNION ".join(f"SELECT actor_id FROM {name} WHERE {_ROWS[name]}" for name in _TOLD_OF)
    told += (
        " UNION SELECT x.value ->> 'actor_id' FROM earlier, json_each(earlier.rows) x"
        f" WHERE earlier.name = 'event_actor' AND earlier.key IN {_EVENTS}"
    )
    db.execute(f"CREATE TEMP TABLE told_of AS {told}")
    # the index lost these documents when it was fed: without this their words would stay in it, marked as gone
    db.execute("INSERT INTO item_search(item_search) VALUES ('optimize')")
    addresses = f"(SELECT url FROM item WHERE item_id IN {_ITEMS} UNION SELECT url FROM page WHERE item_id IN {_ITEMS})"
    for name in ("request", "pending", "payload"):
        db.execute(f"DELETE FROM {name} WHERE url IN {addresses}")
    delete(db, _ROWS)
    db.execute(
        "UPDATE earlier SET rows = (SELECT json_group_array(json(x.value)) FROM json_each(earlier.rows) x"
        f" WHERE x.value ->> 'actor_id' NOT IN {_ACTORS}) WHERE name = 'event_actor'"
        f" AND EXISTS (SELECT 1 FROM json_each(earlier.rows) x WHERE x.value ->> 'actor_id' IN {_ACTORS})"
    )
    db.execute(f"UPDATE story SET story_id = item_id WHERE story_id IN {_ITEMS}")
    _forget_actors(db)
    for name in TABLES:
        db.execute(f"DELETE FROM {name}")


def delete(db: Database, tables: Iterable[str]) -> None:
    """Delete the rows that must not be seen from those of ``tables`` that hold such."""
    for name in tables:
        if name in _ROWS:
            db.execute(f"DELETE FROM {name} WHERE {_ROWS[name]}")
    db.execute(f"UPDATE dossier_stage SET event_id = '' WHERE event_id IN {_EVENTS}")
    db.execute("UPDATE revision SET why = '' WHERE why IN (SELECT 'event ' || event_id FROM withheld_event)")


def views(held: Iterable[str], *, snapshot: str, of_a_day: bool) -> str:
    """SQL of temporary views that leave out what is withheld in the tables of ``snapshot`` that an edition, which has
    the tables ``held``, does not copy; made anew by every connection. ``of_a_day``: after those of that day.
    """
    return "".join(
        f"DROP VIEW IF EXISTS temp.{name}; CREATE TEMP VIEW {name} AS"
        f" SELECT * FROM {snapshot}.{name} WHERE NOT ({condition});\n"
        for name, condition in _ROWS.items()
        if name not in (*held, *_BEHIND, *(_OF_A_DAY if of_a_day else ()))
    )


def _forget_actors(db: Database) -> None:
    """Who is told of by what went alone is not told of any more. Reviewed actors and seats of registers stay."""
    known = " UNION ".join(
        ["SELECT actor_id FROM seat", "SELECT actor_id FROM dossier_actor", "SELECT into_id FROM actor_join",
         *(f"SELECT actor_id FROM {name} WHERE actor_id IS NOT NULL" for name in _TOLD_OF)]
    )  # fmt: skip
    db.execute(
        "DELETE FROM temp.told_of WHERE actor_id IS NULL OR actor_id IN (SELECT actor_id FROM actor"
        f" WHERE origin = 'curated') OR actor_id IN ({known})"
    )
    for name, key in (
        ("actor_name", "actor_id"), ("actor_identifier", "actor_id"), ("role", "actor_id"), ("actor_join", "actor_id"),
        ("actor_proposal", "actor_id"), ("actor_proposal", "other_id"), ("actor", "actor_id"),
    ):  # fmt: skip
        db.execute(f"DELETE FROM {name} WHERE {key} IN (SELECT actor_id FROM temp.told_of)")
    db.execute("DROP TABLE temp.told_of")
