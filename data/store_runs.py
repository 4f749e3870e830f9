"""The diary of visits: runs, validators per address, hosts on hold, follow-up addresses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.database import Database, rows, writing
from data.health import LOOKED_BACK
from data.measured import Past, read
from data.models import Response
from data.payloads import read_payload
from data.store import Counts

MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address from its last complete reading."""

    etag: str
    last_modified: str
    sha256: str
    read_with: str


def start_run(db: Database, source_id: str, at: str) -> int:
    """Open a run; a process that dies leaves it without an outcome."""
    with writing(db):
        return int(
            db.execute(
                "INSERT INTO run (source_id, started_at) VALUES (?, ?) RETURNING run_id", (source_id, at)
            ).fetchone()[0]
        )


def end_run(
    db: Database,
    run_id: int,
    *,
    outcome: str,
    counts: Counts,
    request_count: int,
    at: str,
    error: str = "",
    measures: str = "",
) -> None:
    """Close a run with its outcome, its counts and its measures (JSON), when everything was read and was as usual."""
    with writing(db):
        db.execute(
            """
            UPDATE run SET ended_at = ?, outcome = ?, request_count = ?, record_count = ?, new_count = ?,
                changed_count = ?, rejected_count = ?, warning_count = ?, error = ?, measures = ?
            WHERE run_id = ?
            """,
            (
                at, outcome, request_count, counts.records, counts.new, counts.changed, counts.rejected,
                counts.unknown, error, measures, run_id,
            ),
        )  # fmt: skip


def known_address(db: Database, url: str) -> Known | None:
    """Validators and payload hash of the last complete reading of ``url``."""
    found = rows(db, "SELECT etag, last_modified, sha256, read_with FROM request WHERE url = ?", (url,))
    return Known(**found[0]) if found else None


def touch_address(db: Database, url: str, *, source_id: str, etag: str, last_modified: str, at: str) -> None:
    """An address answered that nothing changed: keep the validators of that answer."""
    with writing(db):
        db.execute(
            "UPDATE request SET etag = ?, last_modified = ?, fetched_at = ? WHERE url = ?",
            (etag, last_modified, at, url),
        )
        db.execute("DELETE FROM pending WHERE source_id = ? AND url = ?", (source_id, url))


def ask_whole(db: Database, url: str) -> None:
    """Not everything an address answered was taken: it is asked for whole and read again next time."""
    with writing(db):
        db.execute("UPDATE request SET etag = '', last_modified = '', read_with = '' WHERE url = ?", (url,))


def no_longer_pending(db: Database, source_id: str, url: str) -> None:
    """A follow-up address has nothing to give."""
    with writing(db):
        db.execute("DELETE FROM pending WHERE source_id = ? AND url = ?", (source_id, url))


def pending_addresses(db: Database, source_id: str) -> list[str]:
    """Follow-up addresses of this source that no run finished yet."""
    return [
        str(row[0])
        for row in db.execute("SELECT url FROM pending WHERE source_id = ? ORDER BY url", (source_id,)).fetchall()
    ]


def address_failed(db: Database, source_id: str, url: str, reason: str, at: str) -> None:
    """Count a failed attempt; after five the address goes to quarantine and is no longer tried."""
    with writing(db):
        tried = db.execute(
            "UPDATE pending SET attempt_count = attempt_count + 1 WHERE source_id = ? AND url = ?"
            " RETURNING attempt_count",
            (source_id, url),
        ).fetchone()
        if tried and tried[0] >= MAX_ATTEMPTS:
            db.execute("DELETE FROM pending WHERE source_id = ? AND url = ?", (source_id, url))
            db.execute(
                """
                INSERT INTO quarantine (source_id, locator, reason, raw, payload_sha256, at)
                VALUES (?, ?, ?, '', '', ?) ON CONFLICT DO NOTHING
                """,
                (source_id, url, f"gave up after {MAX_ATTEMPTS} attempts: {reason}", at),
            )


def hold_host(db: Database, host: str, retry_at: str) -> None:
    """Remember across runs that ``host`` asked us to wait until ``retry_at`` (UTC)."""
    with writing(db):
        db.execute(
            "INSERT INTO host VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET retry_at = excluded.retry_at",
            (host, retry_at),
        )


def held_hosts(db: Database, now: str) -> dict[str, str]:
    """Hosts still on hold at ``now``."""
    return {
        str(host): str(retry_at)
        for host, retry_at in db.execute("SELECT host, retry_at FROM host WHERE retry_at > ?", (now,)).fetchall()
    }


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The last finished visit of a source and how many in a row did not reach it or failed."""

    started_at: str
    outcome: str
    failures: int


#: outcomes of a visit that was answered as expected, and of one that brought no answer to read
WELL = ("ok", "unchanged")
BADLY = ("failed", "blocked", "unavailable")


def last_visits(db: Database) -> dict[str, LastVisit]:
    """source id -> its last finished visit."""
    found = rows(
        db,
        """
        WITH looked AS (  -- from the last visit backwards: the diary may be years long
            SELECT source_id,
                (SELECT run_id FROM run WHERE source_id = s.source_id AND outcome <> ''
                 ORDER BY run_id DESC LIMIT 1) AS last_id,
                (SELECT run_id FROM run WHERE source_id = s.source_id
                 AND outcome NOT IN ('', 'failed', 'blocked', 'unavailable') ORDER BY run_id DESC LIMIT 1) AS good_id
            FROM source s
        )
        SELECT looked.source_id, f.started_at, f.outcome,
               (SELECT count(*) FROM run x
                WHERE x.source_id = looked.source_id AND x.run_id > coalesce(good_id, 0) AND outcome <> '') AS failures
        FROM looked JOIN run f ON f.run_id = last_id
        """,
    )
    return {row.pop("source_id"): LastVisit(**row) for row in found}


def last_good_visit(db: Database, source_id: str) -> str:
    """Start of the last visit that ended well (UTC), or nothing; one whose records flip read everything too."""
    found = db.execute(
        "SELECT max(started_at) FROM run WHERE source_id = ?"
        " AND (outcome IN ('ok', 'unchanged') OR (outcome = 'suspicious' AND measures <> ''"
        " AND json_extract(measures, '$.alarms') IS NULL))",
        (source_id,),
    ).fetchone()
    return str(found[0] or "")


def history(db: Database, source_id: str) -> list[Past]:
    """The last finished visits that were answered, oldest first; before them the last that brought something, when none
    of these did."""
    answered = """
        SELECT started_at, new_count + changed_count AS news_count, measures FROM run
        WHERE source_id = ? AND outcome IN ('ok', 'unchanged', 'suspicious')
    """
    found = rows(db, f"{answered} ORDER BY run_id DESC LIMIT ?", (source_id, LOOKED_BACK))
    if not any(row["news_count"] for row in found):
        found += rows(db, f"{answered} AND new_count + changed_count > 0 ORDER BY run_id DESC LIMIT 1", (source_id,))
    return [
        read(row["measures"], date.fromisoformat(str(row["started_at"])[:10]), int(row["news_count"]))
        for row in reversed(found)
    ]


def kept_response(db: Database, payloads: Path, digest: str, url: str) -> Response | None:
    """The kept answer of ``url`` as it came, to be read again; None when the body is no longer there."""
    found = rows(db, "SELECT url, headers, fetched_at FROM payload WHERE sha256 = ?", (digest,))
    try:
        body = read_payload(payloads, digest)
    except FileNotFoundError:
        return None
    if not found:
        return None
    row = found[0]
    return Response(row["url"], 200, json.loads(row["headers"]), body, row["fetched_at"], url)
