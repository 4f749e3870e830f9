"""Questions about the state of the sources asked of the published snapshot. Reads only."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from data.database import Database, rows
from data.rows import Problem, SourceHealth

#: worst first, as the Sources page sorts
STATES = (
    "failed",
    "blocked",
    "unavailable",
    "suspicious",
    "stale",
    "never",
    "skipped",
    "ok",
    "unchanged",
)


def sources_health(db: Database, now: str) -> list[SourceHealth]:
    """Every catalogued source with its state at the UTC instant ``now``, troubled ones first.

    ``stale``: the last visit went well but lies more than three expected intervals (and a day) back.
    """
    found = []
    for row in rows(
        db,
        """
        SELECT s.*,
            coalesce((SELECT max(started_at) FROM run r WHERE r.source_id = s.source_id AND outcome <> ''), '')
                AS last_run_at,
            coalesce((SELECT max(started_at) FROM run r WHERE r.source_id = s.source_id
                      AND outcome IN ('ok', 'unchanged', 'suspicious')), '') AS last_ok_at,
            coalesce((SELECT max(started_at) FROM run r WHERE r.source_id = s.source_id AND new_count > 0), '')
                AS last_new_at,
            (SELECT count(*) FROM item i WHERE i.source_id = s.source_id)
                + (SELECT count(*) FROM dossier d WHERE d.source_id = s.source_id) AS record_count,
            (SELECT count(*) FROM quarantine q WHERE q.source_id = s.source_id) AS rejected_count,
            (SELECT count(*) FROM unknown_code u WHERE u.source_id = s.source_id) AS warning_count
        FROM source s WHERE s.collector NOT IN ('baseline', 'clippings') ORDER BY s.source_id
        """,
    ):
        last = rows(
            db,
            "SELECT outcome, error FROM run WHERE source_id = ? AND outcome <> '' ORDER BY run_id DESC LIMIT 5",
            (row["source_id"],),
        )
        state = last[0]["outcome"] if last else "never"
        if state in ("ok", "unchanged") and _is_old(row["last_ok_at"], now, row["every_hours"]):
            state = "stale"
        found.append(
            SourceHealth(
                source_id=row["source_id"],
                names=json.loads(row["names"]),
                publisher=row["publisher"],
                jurisdiction=row["jurisdiction"],
                kind=row["kind"],
                lang=row["lang"],
                licence=row["licence"],
                url=row["url"],
                every_hours=row["every_hours"],
                state=state,
                last_run_at=row["last_run_at"],
                last_ok_at=row["last_ok_at"],
                last_new_at=row["last_new_at"],
                record_count=row["record_count"],
                rejected_count=row["rejected_count"],
                warning_count=row["warning_count"],
                outcomes=tuple(one["outcome"] for one in last),
                error=last[0]["error"] if last else "",
            )
        )
    return sorted(found, key=lambda one: (STATES.index(one.state), one.source_id))


def problems(db: Database, *, source_id: str = "", limit: int = 200) -> list[Problem]:
    """Quarantined rows and unknown codes, newest first."""
    return [
        Problem(**one)
        for one in rows(
            db,
            """
            SELECT * FROM (
                SELECT 'rejected' AS kind, source_id, locator, reason, at FROM quarantine
                UNION ALL
                SELECT 'unknown', source_id, locator, field || ' = ' || code, at FROM unknown_code
            )
            WHERE :source_id = '' OR source_id = :source_id
            ORDER BY at DESC, source_id, locator LIMIT :limit
            """,
            {"source_id": source_id, "limit": limit},
        )
    ]


def _is_old(last_ok_at: str, now: str, every_hours: int) -> bool:
    allowed = max(timedelta(hours=3 * every_hours), timedelta(hours=24))
    return datetime.fromisoformat(now) - datetime.fromisoformat(last_ok_at) > allowed
