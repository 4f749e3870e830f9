"""Copying the team's standing decisions beside what was read; only rows that differ, each change in the change log.

The change log is public: it says that the team decided and why, never which person did.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.database import Database, rows, writing
from data.decisions import REVIEWS, Claim, Decision, item_of_key, word_on_events, word_on_items
from data.earlier import keep
from data.models import When
from data.store_events import log_revision

#: what a decision can change of an event, as the change log names it
_FIELDS = ("type", "date_start", "date_end", "status", "review")


#: (``event`` or ``item``, its id)
_Key = tuple[str, str]
_Row = dict[str, Any]


def write_reviews(db: Database, decisions: Iterable[Decision], *, at: str) -> int:
    """Make ``review`` say exactly what ``decisions`` say of what is stored; returns how many rows were written."""
    wanted = _wanted(db, tuple(decisions))
    held: dict[_Key, _Row] = {(row["entity"], row["entity_id"]): row for row in rows(db, "SELECT * FROM review")}
    changed = {key: told for key, told in wanted.items() if held.get(key) != told[0]}
    gone = [key for key in held if key not in wanted]
    if not changed and not gone:
        return 0
    with writing(db):
        for key in sorted(gone):
            keep(db, f"{key[0]}_review", key[1], at=at)
            db.execute("DELETE FROM review WHERE entity = ? AND entity_id = ?", key)
            _log(db, key, held[key], None, at=at, by="team", why="taken back")
        for key, (row, decision) in sorted(changed.items()):
            keep(db, f"{key[0]}_review", key[1], at=at)
            db.execute("DELETE FROM review WHERE entity = ? AND entity_id = ?", key)
            db.execute(
                f"INSERT INTO review ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
            )
            _log(db, key, held.get(key), row, at=at, by="team", why=decision.why)
    return len(changed) + len(gone)


def _wanted(db: Database, decisions: tuple[Decision, ...]) -> dict[_Key, tuple[_Row, Decision]]:
    """The row of every stored event and item that a decision speaks of, with the decision."""
    found: dict[_Key, tuple[_Row, Decision]] = {}
    for item, decision in word_on_items(decisions).items():
        for (number,) in db.execute(
            "SELECT CAST(item_id AS TEXT) FROM item WHERE source_id = ? AND external_id = ?", item_of_key(item)
        ).fetchall():
            found["item", number] = _row("item", number, decision), decision
    for event_id, (decision, claim) in word_on_events(decisions).items():
        if _event(db, event_id):
            found["event", event_id] = _row("event", event_id, decision), decision
        elif other := _read_as_corrected(db, decision, claim):
            confirmed = {**_row("event", other, decision), "state": "confirmed", "type": "", **_NO_DATE}
            found.setdefault(("event", other), (confirmed, decision))
    return found


_NO_DATE = {"date_start": "", "date_end": "", "date_precision": ""}


def _row(entity: str, entity_id: str, decision: Decision) -> _Row:
    dates = _NO_DATE
    if decision.date:
        when = When.parse(decision.date)
        dates = {
            "date_start": when.start.isoformat(),
            "date_end": when.end.isoformat(),
            "date_precision": when.precision,
        }
    return {
        "entity": entity,
        "entity_id": entity_id,
        "decision_id": decision.decision_id,
        "state": REVIEWS[decision.kind],
        "type": decision.type,
        **dates,
        "at": decision.at,
    }


def _event(db: Database, event_id: str) -> _Row | None:
    found = rows(db, "SELECT type, date_start, date_end, status, origin FROM event WHERE event_id = ?", (event_id,))
    return found[0] if found else None


def _read_as_corrected(db: Database, decision: Decision, claim: Claim) -> str:
    """The event that rules now read in the item as the team corrected it: the correction then confirms it."""
    if decision.kind != "correct":
        return ""
    when = When.parse(decision.date)
    source_id, external_id = item_of_key(claim.item)
    found = db.execute(
        """
        SELECT min(e.event_id) FROM event e JOIN item i USING (item_id)
        WHERE i.source_id = ? AND i.external_id = ? AND e.origin = 'text'
          AND e.type = ? AND e.date_start = ? AND e.date_end = ?
        """,
        (source_id, external_id, decision.type, when.start.isoformat(), when.end.isoformat()),
    ).fetchone()
    return str(found[0] or "")


def _log(
    db: Database,
    key: tuple[str, str],
    old: _Row | None,
    new: _Row | None,
    *,
    at: str,
    by: str,
    why: str,
) -> None:
    entity, entity_id = key
    event = _event(db, entity_id) if entity == "event" else {}
    if event is None:  # the event itself is gone, and the log says that
        return
    before, after = _seen(event, old), _seen(event, new)
    for field in _FIELDS:
        if before[field] != after[field]:
            log_revision(db, entity, entity_id, field, before[field], after[field], at=at, by=by, why=why)


def _seen(event: _Row, review: _Row | None) -> dict[str, str]:
    """What is shown of the event (nothing but the review of an item) under a review, or without one."""
    review = review or {"state": "", "type": "", **_NO_DATE}
    shown = {field: review.get(field) or event.get(field, "") for field in ("type", "date_start", "date_end")}
    disputed = review["state"] == "rejected" and event.get("origin") not in (None, "text")
    return {**shown, "status": "disputed" if disputed else event.get("status", ""), "review": review["state"]}
