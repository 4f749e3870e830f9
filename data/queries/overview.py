"""What is new since an instant, what is planned, where files stand: the questions of the landing page. Reads only.

Instants are UTC (``2026-11-25T08:00:00Z``), days ISO dates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from data.database import Database, rows
from data.queries.dossiers import dossier_row, where_dossiers
from data.queries.timeline import complete, where
from data.rows import Listing, StageChange, TimelineEvent, Volume
from data.view import View
from data.vocabulary import load_vocabulary


def known_since(db: Database) -> str:
    """The instant at which the oldest event became known here; empty when there is none."""
    return str(db.execute("SELECT coalesce(min(first_seen_at), '') FROM shown_event").fetchone()[0])


def stage_changes(db: Database, view: View, since: str) -> list[StageChange]:
    """Files of the view whose stage changed since ``since``, the latest change first, one entry a file.

    A file that went there and back again is listed too: its path says so.
    """
    condition, params = where_dossiers(view)
    steps = rows(
        db,
        f"""
        SELECT s.shown_id AS dossier_id, r.old, r.new, r.at, r.why
        FROM revision r JOIN shown_alias s ON s.entity = 'dossier' AND s.id = r.entity_id
        WHERE r.entity = 'dossier' AND r.field = 'stage' AND r.at >= ?
          AND s.shown_id IN (SELECT dossier_id FROM shown_dossier WHERE {condition})
        ORDER BY r.at, r.revision_id
        """,
        [since, *params],
    )
    paths: dict[str, list[str]] = {}
    last: dict[str, dict[str, Any]] = {}
    for one in steps:
        paths.setdefault(one["dossier_id"], [one["old"]]).append(one["new"])
        last[one["dossier_id"]] = one
    proofs = {dossier_id: one["why"].removeprefix("event ") for dossier_id, one in last.items()}
    found = _changes(
        db, {dossier_id: (tuple(path), last[dossier_id]["at"]) for dossier_id, path in paths.items()}, proofs
    )
    return sorted(found, key=lambda one: (one.at, one.dossier.dossier_id), reverse=True)


def new_files(db: Database, view: View, since: str) -> list[StageChange]:
    """Files of the view that no source told of before ``since``, the latest first; ``path`` holds the stage alone."""
    condition, params = where_dossiers(view)
    found = {
        row["dossier_id"]: row
        for row in rows(
            db,
            f"""
            SELECT s.shown_id AS dossier_id, min(d.first_seen_at) AS at, v.stage, v.stage_event_id
            FROM dossier d JOIN shown_alias s ON s.entity = 'dossier' AND s.id = d.dossier_id
            JOIN shown_dossier v ON v.dossier_id = s.shown_id
            WHERE v.dossier_id IN (SELECT dossier_id FROM shown_dossier WHERE {condition})
            GROUP BY 1 HAVING min(d.first_seen_at) >= ?
            """,
            [*params, since],
        )
    }
    proofs = {dossier_id: row["stage_event_id"] for dossier_id, row in found.items()}
    changes = _changes(db, {dossier_id: ((row["stage"],), row["at"]) for dossier_id, row in found.items()}, proofs)
    return sorted(changes, key=lambda one: (one.at, one.dossier.last_on, one.dossier.dossier_id), reverse=True)


def _changes(db: Database, paths: dict[str, tuple[tuple[str, ...], str]], proofs: dict[str, str]) -> list[StageChange]:
    """``paths``: dossier id -> (stages, instant); ``proofs``: dossier id -> id of an event, as it was then or empty."""
    dossiers = _by_id(db, "SELECT * FROM shown_dossier WHERE dossier_id IN ({})", list(paths))
    shown = _by_id(
        db, "SELECT id, shown_id FROM shown_alias WHERE entity = 'event' AND id IN ({})", list(proofs.values())
    )
    ids = [row["shown_id"] for row in shown.values()]
    proved = _by_id(db, "SELECT event_id, * FROM shown_event WHERE event_id IN ({})", ids)
    events = {one.event_id: one for one in complete(db, list(proved.values()))}

    def proof(dossier_id: str) -> TimelineEvent | None:
        told = shown.get(proofs[dossier_id])
        return events.get(told["shown_id"]) if told else None

    return [
        StageChange(dossier_row(dossiers[dossier_id]), path, at, proof(dossier_id))
        for dossier_id, (path, at) in paths.items()
    ]


def _by_id(db: Database, sql: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Rows by their first column; ``{}`` of the statement takes the marks of the ids."""
    found: dict[str, dict[str, Any]] = {}
    wanted = sorted(set(ids) - {""})
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found |= {str(next(iter(row.values()))): row for row in rows(db, sql.format(", ".join("?" * len(part))), part)}
    return found


def new_events(
    db: Database, view: View, since: str, today: str, groups: Sequence[Sequence[str]], *, limit: int = 8,
    without: Sequence[str] = (),
) -> Listing:  # fmt: skip
    """Events of the view first seen since ``since`` that are no plan, except those ``without``.

    Types of the first of ``groups`` come first, then those of the second and so on, then every other; within a
    group the latest date first.
    """
    condition, params = where(view)
    condition += " AND e.first_seen_at >= ? AND e.date_start <= ? AND e.status <> 'scheduled'"
    params += [since, today]
    if without:
        condition += f" AND e.event_id NOT IN ({', '.join('?' * len(without))})"
        params += without
    cases = " ".join(f"WHEN e.type IN ({', '.join('?' * len(one))}) THEN {n}" for n, one in enumerate(groups) if one)
    order = f"CASE {cases} ELSE {len(groups)} END, e.seq DESC" if cases else "e.seq DESC"
    # the period is the narrowest condition: by another index a busy jurisdiction would be read whole
    found = f"FROM shown_event e INDEXED BY shown_event_new WHERE {condition}"
    total = int(db.execute(f"SELECT count(*) {found}", params).fetchone()[0])
    ranked = db.execute(
        f"SELECT e.seq {found} ORDER BY {order} LIMIT ?", [*params, *(kind for one in groups for kind in one), limit]
    ).fetchall()
    return Listing(total, _events(db, [int(row[0]) for row in ranked]))


def coming_up(
    db: Database, view: View, today: str, horizons: Sequence[int] = (7, 30, 365), *, limit: int = 8
) -> list[Listing]:
    """Planned events of the view that are not over: one listing per horizon in days from ``today``, then the rest.

    An event belongs to the horizon in which it can happen first: a span that has begun stands in the first. The
    last listing counts what lies behind the last horizon and holds no event.
    """
    states = [code for code in load_vocabulary().codes("statuses") if code != "cancelled"]
    condition, params = where(view)
    ahead = db.execute(
        f"""
        SELECT e.seq, e.date_start FROM shown_event e INDEXED BY shown_event_ahead
        WHERE {condition} AND e.status IN ({", ".join("?" * len(states))}) AND e.date_end >= ?
          AND (e.status <> 'occurred' OR e.date_start > ?)
        ORDER BY e.seq
        """,
        [*params, *states, today, today],
    ).fetchall()
    bounds = [(date.fromisoformat(today) + timedelta(days=days)).isoformat() for days in horizons]
    parts: list[list[int]] = [[] for _ in range(len(bounds) + 1)]
    for seq, start in ahead:
        parts[bisect_left(bounds, str(start))].append(int(seq))
    return [*(Listing(len(part), _events(db, part[:limit])) for part in parts[:-1]), Listing(len(parts[-1]), ())]


def overdue(db: Database, view: View, today: str, *, limit: int = 5) -> Listing:
    """Events of the view still ``scheduled`` although their date has passed, the latest first."""
    condition, params = where(view)
    late = db.execute(
        f"SELECT e.seq FROM shown_event e INDEXED BY shown_event_ahead"
        f" WHERE {condition} AND e.status = 'scheduled' AND e.date_end < ? ORDER BY e.seq DESC",
        [*params, today],
    ).fetchall()
    return Listing(len(late), _events(db, [int(row[0]) for row in late[:limit]]))


def _events(db: Database, places: Sequence[int]) -> tuple[TimelineEvent, ...]:
    """The events at these places of the timeline, in this order."""
    found = rows(db, f"SELECT * FROM shown_event WHERE seq IN ({', '.join('?' * len(places))})", list(places))
    return tuple(complete(db, sorted(found, key=lambda row: places.index(row["seq"]))))


def news_volume(db: Database, since: str, jurisdictions: Sequence[str] = ()) -> list[Volume]:
    """Documents first read since ``since`` per jurisdiction, those with most on the subject first."""
    condition = f" AND jurisdiction IN ({', '.join('?' * len(jurisdictions))})" if jurisdictions else ""
    return [
        Volume(**row)
        for row in rows(
            db,
            f"""
            SELECT jurisdiction, sum(item_count) AS item_count, sum(subject_count) AS subject_count
            FROM shown_volume WHERE first_seen_at >= ?{condition} GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1
            """,
            [since, *jurisdictions],
        )
    ]


def stage_matrix(db: Database, view: View) -> dict[tuple[str, str, str], int]:
    """(jurisdiction, track, stage) -> number of files of the view."""
    condition, params = where_dossiers(view)
    return {
        (str(place), str(track), str(stage)): int(count)
        for place, track, stage, count in db.execute(
            f"SELECT jurisdiction, track, stage, count(*) FROM shown_dossier WHERE {condition} GROUP BY 1, 2, 3", params
        ).fetchall()
    }
