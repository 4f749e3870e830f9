"""Questions about happenings: the timeline of a view, its counts and facets. Reads only."""

from __future__ import annotations

import json
from typing import Any

from data.database import Database, rows
from data.queries.dossiers import dossiers_by_id
from data.rows import Density, DossierRow, EventActor, EventSource, Snapshot, TimelineEvent
from data.search import record_condition
from data.view import LISTS, View

#: view key -> column of shown_event
_COLUMNS = {
    "jurisdiction": "e.jurisdiction",
    "track": "e.track",
    "type": "e.type",
    "family": "e.family",
    "dossier": "e.dossier_id",
    "origin": "e.origin",
    "verified": "e.verified",
}
#: keys of shown_facet
_FACETS = ("harm", "approach", "incident")


def snapshot(db: Database) -> Snapshot:
    """Which publication this is."""
    found = rows(
        db,
        """
        SELECT id, published_at, vocabulary_version, outdated_count, as_of,
               (SELECT count(*) FROM shown_event) AS event_count,
               (SELECT count(*) FROM shown_dossier) AS dossier_count,
               (SELECT count(DISTINCT actor_id) FROM shown_actor) AS actor_count,
               (SELECT count(*) FROM item) AS item_count
        FROM snapshot
        """,
    )[0]
    return Snapshot(**found)


def where(view: View, *, without: str = "") -> tuple[str, list[Any]]:
    """The SQL condition of a view over ``shown_event e``; ``without`` leaves one key out."""
    parts = ["true"]
    params: list[Any] = []
    for key, name in LISTS.items():
        values = getattr(view, name)
        if not values or key == without:
            continue
        marks = ", ".join("?" * len(values))
        if key in _COLUMNS:
            parts.append(f"{_COLUMNS[key]} IN ({marks})")
        elif key == "stage":
            parts.append(f"e.dossier_id IN (SELECT dossier_id FROM shown_dossier WHERE stage IN ({marks}))")
        elif key in _FACETS:
            parts.append(f"e.event_id IN (SELECT event_id FROM shown_facet WHERE key = '{key}' AND code IN ({marks}))")
        elif key == "actor":
            parts.append(f"e.event_id IN (SELECT event_id FROM shown_actor WHERE actor_id IN ({marks}))")
        params.extend(values)
    if view.since and without != "from":
        parts.append("e.date_end >= ?")
        params.append(view.since.isoformat())
    if view.until and without != "to":
        parts.append("e.date_start <= ?")
        params.append(view.until.isoformat())
    if view.query and without != "q":
        words, values = record_condition(view.query)
        parts.append(f"e.event_id IN (SELECT r.ref FROM shown_record r WHERE r.kind = 'event' AND {words})")
        params.extend(values)
    return " AND ".join(parts), params


def timeline(
    db: Database, view: View, *, limit: int | None = None, offset: int = 0, newest_first: bool = True
) -> list[TimelineEvent]:
    """The events of a view with their sources and actors."""
    condition, params = where(view)
    order = "DESC" if newest_first else "ASC"
    found = rows(
        db,
        f"SELECT e.* FROM shown_event e WHERE {condition} ORDER BY e.seq {order} LIMIT ? OFFSET ?",
        [*params, -1 if limit is None else limit, offset],
    )
    return complete(db, found)


def latest(db: Database, view: View, limit: int, *, by: str = "changed") -> list[TimelineEvent]:
    """The events of a view that became known or changed last (``changed``) or became known last (``new``), the latest
    first."""
    condition, params = where(view)
    instant = {"changed": "max(e.changed_at, e.first_seen_at)", "new": "e.first_seen_at"}[by]
    found = rows(
        db,
        f"""
        SELECT e.* FROM shown_event e WHERE {condition}
        ORDER BY {instant} DESC, e.seq DESC LIMIT ?
        """,
        [*params, limit],
    )
    return complete(db, found)


def timeline_count(db: Database, view: View) -> int:
    """How many events :func:`timeline` would return without a limit."""
    condition, params = where(view)
    return int(db.execute(f"SELECT count(*) FROM shown_event e WHERE {condition}", params).fetchone()[0])


def event(db: Database, event_id: str) -> TimelineEvent | None:
    """One event; an id that was joined into another event finds that one."""
    found = rows(
        db,
        """
        SELECT e.* FROM shown_event e WHERE e.event_id =
            coalesce((SELECT shown_id FROM shown_alias WHERE entity = 'event' AND id = ?), ?)
        """,
        (event_id, event_id),
    )
    return complete(db, found)[0] if found else None


_SHARED = """e.event_id IN (SELECT event_id FROM shown_actor WHERE actor_id = ?)
    AND e.event_id IN (SELECT event_id FROM shown_actor WHERE actor_id = ?)"""


def shared_events(
    db: Database, view: View, actor_id: str, other_id: str, *, limit: int = 50, offset: int = 0
) -> list[TimelineEvent]:
    """The events of a view in which both actors act, newest first."""
    condition, params = where(view)
    found = rows(
        db,
        f"SELECT e.* FROM shown_event e WHERE {_SHARED} AND {condition} ORDER BY e.seq DESC LIMIT ? OFFSET ?",
        [actor_id, other_id, *params, limit, offset],
    )
    return complete(db, found)


def shared_count(db: Database, view: View, actor_id: str, other_id: str) -> int:
    """How many events :func:`shared_events` would return without a limit."""
    condition, params = where(view)
    sql = f"SELECT count(*) FROM shown_event e WHERE {_SHARED} AND {condition}"
    return int(db.execute(sql, [actor_id, other_id, *params]).fetchone()[0])


def density(db: Database, view: View, lane: str) -> list[Density]:
    """Counts per month and lane; ``lane`` is ``jurisdiction``, ``track`` or ``dossier``."""
    column = {"jurisdiction": "e.jurisdiction", "track": "e.track", "dossier": "e.dossier_id"}[lane]
    condition, params = where(view)
    return [
        Density(str(lane_code), f"{month}-01", int(count))
        for lane_code, month, count in db.execute(
            f"""
            SELECT {column}, substr(e.date_start, 1, 7), count(*)
            FROM shown_event e WHERE {condition} GROUP BY 1, 2 ORDER BY 1, 2
            """,
            params,
        ).fetchall()
    ]


def choices(db: Database) -> dict[str, frozenset[str]]:
    """For each filter that is chosen from a list: the codes that any event has. Actors and files are found by name."""
    sql = {
        **{key: f"SELECT DISTINCT {column} FROM shown_event e" for key, column in _COLUMNS.items() if key != "dossier"},
        "stage": "SELECT DISTINCT stage FROM shown_dossier WHERE event_count > 0",
        **{key: f"SELECT DISTINCT code FROM shown_facet WHERE key = '{key}'" for key in _FACETS},
    }
    return {key: frozenset(str(code) for (code,) in db.execute(one).fetchall() if code) for key, one in sql.items()}


def emptying_filters(db: Database, view: View) -> list[str]:
    """Keys of the filters whose removal alone would bring events back to an empty view."""
    keys = [key for key, name in LISTS.items() if getattr(view, name)]
    keys += [key for key, value in (("from", view.since), ("to", view.until), ("q", view.query)) if value]
    helpful = []
    for key in keys:
        condition, params = where(view, without=key)
        if db.execute(f"SELECT 1 FROM shown_event e WHERE {condition} LIMIT 1", params).fetchone():
            helpful.append(key)
    return helpful


def complete(db: Database, found: list[dict[str, Any]], *, with_sources: bool = True) -> list[TimelineEvent]:
    """Rows of ``shown_event`` as records, with their sources unless they are not wanted, actors and dossier."""
    ids = json.dumps([one["event_id"] for one in found])
    sources = _sources_of(db, ids) if with_sources else {}
    actors = _actors_of(db, ids)
    told = dossiers_by_id(db, {row["dossier_id"] for row in found} - {""})
    return [
        _event(row, told.get(row["dossier_id"]), sources.get(row["event_id"], []), actors.get(row["event_id"], []))
        for row in found
    ]


def _sources_of(db: Database, ids: str) -> dict[str, list[EventSource]]:
    """The sources of the events whose ids stand in a JSON list, the one that names the event first."""
    found: dict[str, list[EventSource]] = {}
    for row in rows(
        db,
        """
        SELECT event_id, url, publisher, kind, published_on, retrieved_at, quote, payload_sha256, source_id, verified,
               rule, quote_lang
        FROM shown_source WHERE event_id IN (SELECT value FROM json_each(?)) ORDER BY event_id, n
        """,
        (ids,),
    ):
        found.setdefault(row.pop("event_id"), []).append(EventSource(**row))
    return found


def _actors_of(db: Database, ids: str) -> dict[str, list[EventActor]]:
    """The actors of the events whose ids stand in a JSON list, by role and name."""
    found: dict[str, list[EventActor]] = {}
    for row in rows(
        db,
        """
        SELECT x.event_id, x.actor_id,
               coalesce(nullif(a.name, ''),
                        (SELECT min(i.value) FROM actor_identifier i WHERE i.actor_id = a.actor_id), x.actor_id)
                   AS name,
               a.kind, x.role, x.stance, x.quote, x.role_title, x.party, a.name <> '' AS named
        FROM shown_actor x JOIN actor a USING (actor_id)
        WHERE x.event_id IN (SELECT value FROM json_each(?)) ORDER BY x.event_id, x.role, name
        """,
        (ids,),
    ):
        found.setdefault(row.pop("event_id"), []).append(EventActor(**{**row, "named": bool(row["named"])}))
    return found


def _event(
    row: dict[str, Any], dossier: DossierRow | None, sources: list[EventSource], actors: list[EventActor]
) -> TimelineEvent:
    values = {name: value for name, value in row.items() if name not in ("seq", "days")}
    for name in ("titles", "summaries"):
        values[name] = json.loads(values[name])
    for name in ("legal_references", "harms", "approaches"):
        values[name] = tuple(json.loads(values[name]))
    return TimelineEvent(
        **values,
        dossier_title=dossier.title if dossier else "",
        dossier_titles=dossier.titles if dossier else {},
        dossier_stage=dossier.stage if dossier else "",
        dossier_identifiers=dossier.identifiers if dossier else (),
        sources=tuple(sources),
        actors=tuple(actors),
    )
