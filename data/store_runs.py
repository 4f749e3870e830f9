"""The diary of visits: runs, validators per address, hosts on hold, follow-up addresses."""

from __future__ import annotations

from dataclasses import dataclass

from data.database import Database, rows, writing
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
    db: Database, run_id: int, *, outcome: str, counts: Counts, request_count: int, at: str, error: str = ""
) -> None:
    """Close a run with its outcome and counts."""
    with writing(db):
        db.execute(
            """
            UPDATE run SET ended_at = ?, outcome = ?, request_count = ?, record_count = ?, new_count = ?,
                changed_count = ?, rejected_count = ?, warning_count = ?, error = ?
            WHERE run_id = ?
            """,
            (
                at, outcome, request_count, counts.records, counts.new, counts.changed, counts.rejected,
                counts.unknown, error, run_id,
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


def last_visits(db: Database) -> dict[str, tuple[str, str]]:
    """source id -> (start of the last finished run, its outcome)."""
    return {
        str(source_id): (str(started_at), str(outcome))
        for source_id, started_at, outcome in db.execute(
            """
            SELECT source_id, started_at, outcome FROM run
            WHERE run_id IN (SELECT max(run_id) FROM run WHERE outcome <> '' GROUP BY source_id)
            """
        ).fetchall()
    }


def usual_count(db: Database, source_id: str) -> float | None:
    """Median record count of the last ten full visits, None with fewer than three."""
    counts = sorted(
        int(row[0])
        for row in db.execute(
            "SELECT record_count FROM run WHERE source_id = ? AND outcome IN ('ok', 'suspicious')"
            " ORDER BY run_id DESC LIMIT 10",
            (source_id,),
        ).fetchall()
    )
    return float(counts[len(counts) // 2]) if len(counts) >= 3 else None
