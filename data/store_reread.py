"""Writing what was read again, and what that changes. Official rows are not touched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data.database import Database, rows, sqlite3, writing
from data.models import ItemRecord
from data.store import Entry
from data.store_events import Provenance
from data.store_kept import KeptDossier, KeptItem
from data.store_readings import conceal, teller_kind, write_reading, write_relevance

#: columns that tell the rows of one item apart
_KEYS = {
    "mention": ("start", "end"),
    "legal_reference": ("start", "end", "normalised"),
    "figure": ("start", "end"),
    "position": ("start", "end", "name", "stance"),
}


@dataclass(frozen=True, slots=True)
class State:
    """What is derived from one item or dossier: kind of row -> key -> value, without the version of the rules.

    ``shown`` says whether it is on the subject, the team's word above that of the rules; ``texts`` are its title,
    summary and text as stored.
    """

    shown: bool
    rows: dict[str, dict[Any, Any]]
    texts: tuple[str, str, str] = ("", "", "")


def write_dossiers(db: Database, read: Iterable[tuple[KeptDossier, Entry]], *, at: str) -> list[tuple[State, State]]:
    """Write new judgements in one unit; returns what stood before and stands now, in order."""
    changes = []
    with writing(db):
        for kept, entry in read:
            before = _dossier_state(db, kept.dossier_id)
            if entry.relevance is not None:
                write_relevance(db, "dossier", kept.dossier_id, entry.relevance, at=at)
            changes.append((before, _dossier_state(db, kept.dossier_id)))
    return changes


def write_items(
    db: Database, read: Iterable[tuple[KeptItem, Entry]], *, at: str
) -> list[tuple[State, State] | Exception]:
    """Write new readings in one unit; returns what stood before and stands now, in order.

    An item whose reading breaks a rule of the database stays as it was, and its place holds the error.
    """
    changes: list[tuple[State, State] | Exception] = []
    with writing(db):
        for kept, entry in read:
            db.execute("SAVEPOINT item")
            try:
                changes.append(_write_item(db, kept, entry, at))
            except (sqlite3.IntegrityError, ValueError, TypeError) as error:
                db.execute("ROLLBACK TO item")
                changes.append(error)
            db.execute("RELEASE item")
    return changes


def _write_item(db: Database, kept: KeptItem, entry: Entry, at: str) -> tuple[State, State]:
    record, reading = entry.record, entry.reading
    assert isinstance(record, ItemRecord) and reading is not None
    before, named = _item_state(db, kept.item_id), _named_by_rules(db, kept.item_id)
    texts = (record.title, record.summary, record.text)
    if texts != before.texts:
        db.execute("UPDATE item_text SET title = ?, summary = ?, text = ? WHERE item_id = ?", (*texts, kept.item_id))
        db.execute(
            "INSERT INTO search_pending VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", (kept.item_id, *before.texts)
        )
    by = Provenance(
        source_id=kept.source_id,
        origin="text",
        publisher=record.publisher,
        kind=teller_kind(kept.source_kind),
        at=at,
        payload_sha256=kept.payloads[0] if kept.payloads else "",
        url=record.url,
        published_on=record.published_on.isoformat() if record.published_on else "",
        retrieved_at=kept.changed_at,
        parser=kept.parser,
        why="read again with other rules",
    )
    write_reading(db, kept.item_id, reading, by)
    after = _item_state(db, kept.item_id)
    conceal(db, kept.item_id, entry.hidden, [one for one in before.rows["event"] if one not in after.rows["event"]])
    _forget(db, named)
    return before, after


def _item_state(db: Database, item_id: int) -> State:
    shown = db.execute("SELECT 1 FROM on_subject_item WHERE item_id = ?", (item_id,)).fetchone() is not None
    found: dict[str, dict[Any, Any]] = {"relevance": _judgement(db, "item", str(item_id))}
    for table, key in _KEYS.items():
        found[table] = {}
        for row in rows(db, f"SELECT * FROM {table} WHERE item_id = ?", (item_id,)):
            del row["item_id"], row["rules"]
            found[table][tuple(row.pop(name) for name in key)] = row
    found["event"] = {row.pop("event_id"): row for row in rows(
        db,
        """
        SELECT e.event_id, e.type, e.date_start, e.date_end, e.date_precision, e.date_said, e.status, e.outcome,
               e.jurisdiction, e.title, e.lang, e.legal_references, s.quote, s.rule,
               (SELECT json_group_array(x.told) FROM (
                    SELECT actor_id || ' ' || role || ' ' || stance || ' ' || role_title AS told FROM event_actor
                    WHERE event_id = e.event_id ORDER BY 1) x) AS actors
        FROM event e JOIN event_source s ON s.event_id = e.event_id AND s.n = 0
        WHERE e.item_id = ? AND e.origin = 'text'
        """,
        (item_id,),
    )}  # fmt: skip
    title, summary, text = db.execute(
        "SELECT title, summary, text FROM item_text WHERE item_id = ?", (item_id,)
    ).fetchone()
    return State(shown, found, (title, summary, text))


def _dossier_state(db: Database, dossier_id: str) -> State:
    judged = _judgement(db, "dossier", dossier_id)
    return State(any(one["relevant"] for one in judged.values()), {"relevance": judged})


def _judgement(db: Database, entity: str, entity_id: str) -> dict[Any, Any]:
    found = rows(
        db,
        "SELECT relevant, score, facets, evidence FROM relevance WHERE entity = ? AND entity_id = ?",
        (entity, entity_id),
    )
    for row in found:
        row["evidence"] = [(one["text"], one["rule"]) for one in json.loads(row["evidence"])]
    return dict(enumerate(found))


def _named_by_rules(db: Database, item_id: int) -> list[str]:
    """Actors that nobody but rules named, in events read in the item."""
    found = db.execute(
        """
        SELECT DISTINCT a.actor_id FROM event e JOIN event_actor x USING (event_id) JOIN actor a USING (actor_id)
        WHERE e.item_id = ? AND e.origin = 'text' AND a.origin = 'text'
        """,
        (item_id,),
    )
    return [row[0] for row in found.fetchall()]


def _forget(db: Database, actors: Iterable[str]) -> None:
    """Take out the actors whom no row names any more: who is no longer read as holding an office is not listed."""
    for actor_id in actors:
        if db.execute(
            """
            SELECT 1 FROM event_actor WHERE actor_id = :id UNION ALL SELECT 1 FROM dossier_actor WHERE actor_id = :id
            UNION ALL SELECT 1 FROM mention WHERE actor_id = :id UNION ALL SELECT 1 FROM position WHERE actor_id = :id
            UNION ALL SELECT 1 FROM role WHERE actor_id = :id UNION ALL SELECT 1 FROM actor_identifier
            WHERE actor_id = :id UNION ALL SELECT 1 FROM actor_join WHERE :id IN (actor_id, into_id)
            """,
            {"id": actor_id},
        ).fetchone():
            continue
        db.execute("DELETE FROM actor_proposal WHERE :id IN (actor_id, other_id)", {"id": actor_id})
        db.execute("DELETE FROM actor_name WHERE actor_id = ?", (actor_id,))
        db.execute("DELETE FROM actor WHERE actor_id = ?", (actor_id,))
