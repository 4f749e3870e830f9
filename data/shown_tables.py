"""The tables a snapshot is read from, and their indexes; :mod:`data.read_model` fills them."""

from __future__ import annotations

from typing import Any

from data.database import Database

SCHEMA = """
CREATE TABLE shown_event (
    seq INTEGER PRIMARY KEY,        -- in order of date, so newest first is a walk down the key
    event_id TEXT NOT NULL UNIQUE,
    date TEXT NOT NULL, date_start TEXT NOT NULL, date_end TEXT NOT NULL, precision TEXT NOT NULL,
    days INTEGER NOT NULL,          -- from the first to the last, both counted
    status TEXT NOT NULL, outcome TEXT NOT NULL, type TEXT NOT NULL, family TEXT NOT NULL,
    jurisdiction TEXT NOT NULL, dossier_id TEXT NOT NULL, track TEXT NOT NULL, stage TEXT NOT NULL,
    official_code TEXT NOT NULL, title TEXT NOT NULL, lang TEXT NOT NULL, titles TEXT NOT NULL,
    summaries TEXT NOT NULL, origin TEXT NOT NULL, verified TEXT NOT NULL, review_state TEXT NOT NULL,
    confidence REAL NOT NULL, legal_references TEXT NOT NULL, harms TEXT NOT NULL, approaches TEXT NOT NULL,
    first_seen_at TEXT NOT NULL, changed_at TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT;
CREATE TABLE shown_source (
    event_id TEXT NOT NULL, n INTEGER NOT NULL, url TEXT NOT NULL, publisher TEXT NOT NULL, kind TEXT NOT NULL,
    published_on TEXT NOT NULL, retrieved_at TEXT NOT NULL, quote TEXT NOT NULL, payload_sha256 TEXT NOT NULL,
    source_id TEXT NOT NULL, verified TEXT NOT NULL, rule TEXT NOT NULL, quote_lang TEXT NOT NULL,
    PRIMARY KEY (event_id, n)
) STRICT;
CREATE TABLE shown_actor (
    event_id TEXT NOT NULL, actor_id TEXT NOT NULL, role TEXT NOT NULL, stance TEXT NOT NULL, quote TEXT NOT NULL,
    role_title TEXT NOT NULL, party TEXT NOT NULL, PRIMARY KEY (event_id, actor_id, role)
) STRICT;
CREATE TABLE shown_facet (
    event_id TEXT NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (key, code, event_id)
) STRICT;
CREATE TABLE shown_dossier (
    dossier_id TEXT PRIMARY KEY, jurisdiction TEXT NOT NULL, track TEXT NOT NULL, title TEXT NOT NULL,
    lang TEXT NOT NULL, titles TEXT NOT NULL, stage TEXT NOT NULL, stage_since TEXT NOT NULL,
    stage_event_id TEXT NOT NULL, url TEXT NOT NULL, identifiers TEXT NOT NULL, harms TEXT NOT NULL,
    approaches TEXT NOT NULL, event_count INTEGER NOT NULL, first_on TEXT NOT NULL, last_on TEXT NOT NULL,
    next_on TEXT NOT NULL, next_event_id TEXT NOT NULL, stalled INTEGER NOT NULL, verified TEXT NOT NULL,
    origin TEXT NOT NULL, press_count INTEGER NOT NULL
) STRICT;
CREATE TABLE shown_volume (         -- documents by the instant of the answer that brought them
    first_seen_at TEXT NOT NULL, jurisdiction TEXT NOT NULL, item_count INTEGER NOT NULL,
    subject_count INTEGER NOT NULL, PRIMARY KEY (first_seen_at, jurisdiction)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown_attention (      -- documents on the subject, counted once so that years of them are drawn at once
    day TEXT NOT NULL, jurisdiction TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, jurisdiction)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown_alias (          -- every id that was ever given -> the id shown now
    entity TEXT NOT NULL, id TEXT NOT NULL, shown_id TEXT NOT NULL, PRIMARY KEY (entity, id)
) STRICT;
"""

#: every column a filter speaks of: with these an index answers any count alone, and no wide row is read
_FILTERED = "date_start, date_end, days, type, status, family, track, dossier_id, origin, verified, event_id"

INDEXES = f"""
CREATE INDEX shown_event_dossier ON shown_event (dossier_id);
CREATE INDEX shown_event_new ON shown_event (first_seen_at, jurisdiction, {_FILTERED});
CREATE INDEX shown_event_ahead ON shown_event (status, date_end);
CREATE INDEX shown_event_lane ON shown_event (jurisdiction, {_FILTERED});
CREATE INDEX shown_actor_actor ON shown_actor (actor_id, event_id);
CREATE INDEX shown_facet_event ON shown_facet (event_id);
"""

#: whose word goes first where several tell one happening or file, by origin
RANK = {"curated": 0, "official": 1, "text": 2}


def insert(db: Database, table: str, values: dict[str, Any]) -> None:
    """Add one row; ``values`` by column."""
    db.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values())
    )
