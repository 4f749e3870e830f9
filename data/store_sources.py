"""The catalogue in the database, and what a watch-list needs to know of it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from data.database import Database, rows, writing
from data.models import Source


def source_rows(db: Database, sources: Iterable[Source]) -> None:
    """Make the source table say what the catalogue says (sources that left stay, with their records)."""
    with writing(db):
        for one in sources:
            db.execute(
                """
                INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (source_id) DO UPDATE SET
                    names = excluded.names, publisher = excluded.publisher, jurisdiction = excluded.jurisdiction,
                    kind = excluded.kind, lang = excluded.lang, collector = excluded.collector, url = excluded.url,
                    licence = excluded.licence, every_hours = excluded.every_hours,
                    min_records = excluded.min_records, official = excluded.official, key_env = excluded.key_env
                """,
                (
                    one.id, json.dumps(one.names, ensure_ascii=False, sort_keys=True), one.publisher,
                    one.jurisdiction, one.kind, one.lang, one.collector, one.urls[0] if one.urls else "",
                    one.licence, one.every_hours, one.min_records, int(one.official), one.key_env,
                ),
            )  # fmt: skip


def kept_sources(db: Database) -> list[Source]:
    """Every source that has records here, as far as the table tells: also one that left the catalogue."""
    return [
        Source(
            row["source_id"], json.loads(row["names"]), row["publisher"], row["jurisdiction"], row["kind"],
            row["lang"], row["collector"], (row["url"],), row["licence"], row["every_hours"], row["min_records"],
            official=bool(row["official"]),
        )
        for row in rows(db, "SELECT * FROM source")
    ]  # fmt: skip


def known_identifiers(db: Database) -> list[tuple[str, str]]:
    """(scheme, value) of every curated or on-subject dossier: what a source with a watch-list polls."""
    return [
        (str(scheme), str(value))
        for scheme, value in db.execute(
            """
            SELECT DISTINCT i.scheme, i.value
            FROM dossier_identifier i JOIN dossier d USING (dossier_id)
            LEFT JOIN relevance r ON r.entity = 'dossier' AND r.entity_id = d.dossier_id
            WHERE d.origin = 'curated' OR r.relevant = 1
            ORDER BY 1, 2
            """
        ).fetchall()
    ]


def event_count(db: Database) -> int:
    """How many events all sources tell, before joining."""
    return int(db.execute("SELECT count(*) FROM event").fetchone()[0])
