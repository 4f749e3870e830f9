"""The tables of a publication with events of the test's own choosing, for what counts and draws lanes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data.database import Database, sqlite3
from data.models import When
from data.shown_tables import INDEXES, SCHEMA
from data.vocabulary import load_vocabulary

TYPES = tuple(load_vocabulary().codes("event_types"))
FAMILY = {code: load_vocabulary().family_of(code) for code in TYPES}


def row(event_id: str, when: str, **more: Any) -> dict[str, Any]:
    said = When.parse(when)
    type_ = more.get("type", "statement")
    told: dict[str, Any] = {
        "event_id": event_id, "date": said.iso(), "date_start": said.start.isoformat(),
        "date_end": said.end.isoformat(), "precision": said.precision, "days": (said.end - said.start).days + 1, "status": "occurred", "outcome": "",
        "type": type_, "family": FAMILY[type_], "jurisdiction": "fr", "dossier_id": "", "track": "", "stage": "",
        "official_code": "", "title": event_id, "lang": "en", "titles": "{}", "summaries": "{}", "origin": "official",
        "verified": "payload", "review_state": "collected", "confidence": 1.0, "legal_references": "[]",
        "harms": "[]", "approaches": "[]", "first_seen_at": "", "changed_at": "", "revision": 0,
    }  # fmt: skip
    return told | more


def snapshot(path: Path, events: Iterable[dict[str, Any]], actors: dict[str, list[str]]) -> Database:
    """The tables of a publication with the given events, and the actors of some of them."""
    connection = sqlite3.connect(str(path), isolation_level=None)
    db = Database(connection, execute_plugins=False)
    db.executescript(SCHEMA)
    db.execute("CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    db.executescript("CREATE TABLE actor (actor_id TEXT PRIMARY KEY, name TEXT, kind TEXT, jurisdiction TEXT);"
                     "CREATE TABLE actor_identifier (actor_id TEXT, value TEXT);")  # fmt: skip
    connection.execute("BEGIN")
    ordered = sorted(events, key=lambda one: (one["date_start"], one["date_end"], one["event_id"]))
    for seq, one in enumerate(ordered, start=1):
        values = {"seq": seq, **one}
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO shown_event ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    names = {name for held in actors.values() for name in held}
    connection.executemany("INSERT INTO actor VALUES (?, ?, 'regulator', 'fr')",
                           [(name, "" if name == "nameless" else name.title()) for name in sorted(names)])  # fmt: skip
    connection.executemany(
        "INSERT INTO shown_actor VALUES (?, ?, ?, '', '', '', '')",
        [
            (event_id, name, role)
            for event_id, held in actors.items()
            for name in held
            for role in ("speaker", "author")
        ],
    )
    for dossier_id, track in sorted({(one["dossier_id"], one["track"]) for one in ordered if one["dossier_id"]}):
        values = {"dossier_id": dossier_id, "jurisdiction": "fr", "track": track, "title": f"Law {dossier_id}",
                  "lang": "en", "titles": json.dumps({"fr": f"Loi {dossier_id}"}), "stage": "", "stage_since": "",
                  "stage_event_id": "", "url": "", "identifiers": "[]", "harms": "[]", "approaches": "[]",
                  "event_count": 0, "first_on": "", "last_on": "", "next_on": "", "next_event_id": "", "stalled": 0,
                  "verified": "payload", "origin": "official", "press_count": 0}  # fmt: skip
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO shown_dossier ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    connection.execute("COMMIT")
    db.executescript(INDEXES)
    return db
