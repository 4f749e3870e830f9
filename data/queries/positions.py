"""Who is for or against what: a matrix of actors by measures, and the statements behind a cell. Reads only."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from data.database import Database, rows
from data.queries.actors import NUMBER
from data.queries.timeline import where
from data.rows import Measure, Position, PositionMatrix, Statement
from data.view import View

#: what a measure can be
MEASURES = ("dossier", "approach")

#: fields of a view that say something of a statement; the others speak of events alone
_OWN = {"jurisdictions", "harms", "approaches", "dossiers", "actors", "since", "until", "tracks", "stages"}


def position_matrix(
    db: Database,
    view: View,
    *,
    by: str = "dossier",
    kind: str = "",
    actor_limit: int = 30,
    actor_offset: int = 0,
    measure_limit: int = 12,
    measure_offset: int = 0,
) -> PositionMatrix:
    """One page of the matrix. Actors and measures with most statements come first, then those with most votes.

    ``kind`` is that of the actor. What names no measure is one of the measures (code empty), and the last.
    """
    told, params = _told(view, by, kind)
    positions = rows(
        db,
        f"""
        SELECT actor_id, measure, code, is_vote, count(*) AS count, max(day) AS day, date FROM ({told})
        GROUP BY actor_id, measure, code, is_vote ORDER BY is_vote, day DESC, code
        """,
        params,
    )
    every_actor, every_measure = _ranked(positions, "actor_id"), _ranked(positions, "measure")
    every_measure.sort(key=lambda code: not code)
    actors = every_actor[actor_offset : actor_offset + actor_limit]
    measures = every_measure[measure_offset : measure_offset + measure_limit]
    once, params = _told(view, "", kind)
    counts = db.execute(f"SELECT count(*), coalesce(sum(is_vote), 0) FROM ({once})", params).fetchone()
    rows_shown, columns_shown = set(actors), set(measures)
    return PositionMatrix(
        actors=_names(db, actors),
        measures=_measures(db, measures),
        positions=tuple(
            Position(one["actor_id"], one["measure"], one["code"], bool(one["is_vote"]), int(one["count"]), one["date"])
            for one in positions
            if one["actor_id"] in rows_shown and one["measure"] in columns_shown
        ),
        actor_count=len(every_actor),
        measure_count=len(every_measure),
        statement_count=int(counts[0] - counts[1]),
        vote_count=int(counts[1]),
    )


def _ranked(positions: list[dict[str, Any]], key: str) -> list[str]:
    """Every value of ``key``, those with most statements first, then those with most votes."""
    counts: dict[str, list[int]] = {}
    for one in positions:
        counts.setdefault(one[key], [0, 0])[one["is_vote"]] += one["count"]
    return sorted(counts, key=lambda code: (-counts[code][0], -counts[code][1], code))


def _names(db: Database, ids: list[str]) -> tuple[tuple[str, str, str, str], ...]:
    marks = ", ".join("?" * len(ids))
    found = {
        row["actor_id"]: (row["actor_id"], row["name"], row["number"], row["kind"])
        for row in rows(
            db, f"SELECT a.actor_id, a.name, {NUMBER} AS number, a.kind FROM actor a WHERE a.actor_id IN ({marks})", ids
        )
    }
    return tuple(found[one] for one in ids)


def statements(
    db: Database,
    view: View,
    *,
    actor_id: str = "",
    by: str = "dossier",
    measure: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Statement]:
    """Stances and votes of the view, newest first: of one actor, on one measure (empty: on none named), or all."""
    told, params = _of(view, actor_id, by, measure)
    found = rows(
        db,
        f"""
        SELECT s.*, a.name, {NUMBER} AS number, a.kind, coalesce(d.title, '') AS dossier_title,
               coalesce(d.titles, '{{}}') AS dossier_titles, coalesce(e.title, t.title, '') AS title,
               coalesce(e.titles, '{{}}') AS titles, coalesce(p.url, i.url, '') AS url,
               coalesce(p.publisher, i.publisher, '') AS publisher
        FROM ({told}) s JOIN actor a USING (actor_id)
        LEFT JOIN shown_dossier d ON d.dossier_id = s.dossier_id
        LEFT JOIN shown_event e ON e.event_id = s.event_id
        LEFT JOIN shown_source p ON p.event_id = s.event_id AND p.n = 0
        LEFT JOIN item i ON i.item_id = s.item_id
        LEFT JOIN item_text t ON t.item_id = s.item_id
        ORDER BY s.day DESC, s.n DESC LIMIT ? OFFSET ?
        """,
        [*params, limit, offset],
    )
    names = {one.name for one in fields(Statement)}
    return [
        Statement(
            **{
                **{name: value for name, value in row.items() if name in names},
                "is_vote": bool(row["is_vote"]),
                "titles": json.loads(row["titles"]),
                "dossier_titles": json.loads(row["dossier_titles"]),
            }
        )
        for row in found
    ]


def statement_count(
    db: Database, view: View, *, actor_id: str = "", by: str = "dossier", measure: str | None = None
) -> int:
    """How many :func:`statements` would return without a limit."""
    told, params = _of(view, actor_id, by, measure)
    return int(db.execute(f"SELECT count(*) FROM ({told})", params).fetchone()[0])


def _of(view: View, actor_id: str, by: str, measure: str | None) -> tuple[str, list[Any]]:
    """The statements of a view by one actor and on one measure, where they are given."""
    told, params = _told(view, "" if measure is None else by, "")
    for column, value in (("s.actor_id", actor_id or None), ("measure", measure)):
        if value is not None:
            told += f" AND {column} = ?"
            params.append(value)
    return told, params


def _told(view: View, by: str, kind: str) -> tuple[str, list[Any]]:
    """The statements of a view with their ``measure``: one row each, of an approach one row for each it is about."""
    parts = ["true"]
    params: list[Any] = []
    for column, values in (
        ("s.jurisdiction", view.jurisdictions),
        ("s.dossier_id", view.dossiers),
        ("s.actor_id", view.actors),
    ):
        if values:
            parts.append(f"{column} IN ({', '.join('?' * len(values))})")
            params.extend(values)
    for column, values in (("track", view.tracks), ("stage", view.stages)):
        if values:
            marks = ", ".join("?" * len(values))
            parts.append(f"s.dossier_id IN (SELECT dossier_id FROM shown_dossier WHERE {column} IN ({marks}))")
            params.extend(values)
    for key, values in (("harm", view.harms), ("approach", view.approaches)):
        if values:
            marks = ", ".join("?" * len(values))
            parts.append(f"s.n IN (SELECT n FROM shown_statement_facet WHERE key = '{key}' AND code IN ({marks}))")
            params.extend(values)
    if view.since:
        parts.append("s.day >= ?")
        params.append(view.since.isoformat())
    if view.until:
        parts.append("s.day <= ? AND s.day <> ''")
        params.append(view.until.isoformat())
    if any(getattr(view, one.name) for one in fields(view) if one.name not in _OWN):
        of_events = View(
            types=view.types, families=view.families, origins=view.origins, verified=view.verified, query=view.query
        )
        condition, more = where(of_events)
        parts.append(f"s.event_id IN (SELECT e.event_id FROM shown_event e WHERE {condition})")
        params.extend(more)
    if kind:
        parts.append("s.actor_id IN (SELECT actor_id FROM actor WHERE kind = ?)")
        params.append(kind)
    measure, join = "s.dossier_id", ""
    if by == "approach":
        measure = "coalesce(f.code, '')"
        join = "LEFT JOIN shown_statement_facet f ON f.n = s.n AND f.key = 'approach'"
        if view.approaches:
            parts.append(f"f.code IN ({', '.join('?' * len(view.approaches))})")
            params.extend(view.approaches)
    return f"SELECT s.*, {measure} AS measure FROM shown_statement s {join} WHERE {' AND '.join(parts)}", params


def _measures(db: Database, codes: list[str]) -> tuple[Measure, ...]:
    titles = {
        row["dossier_id"]: row
        for row in rows(
            db,
            f"SELECT dossier_id, title, titles FROM shown_dossier WHERE dossier_id IN ({', '.join('?' * len(codes))})",
            codes,
        )
    }
    return tuple(
        Measure(code, titles[code]["title"], json.loads(titles[code]["titles"]))
        if code in titles
        else Measure(code, "", {})
        for code in codes
    )
