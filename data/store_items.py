"""Stored items read back for the collectors: an article whose page comes later, a feed entry told again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from data.database import Database, rows, writing
from data.models import ItemRecord

#: an item as it is stored, of the tables item (``i``) and item_text (``t``)
ITEM_COLUMNS = """
    i.external_id, i.kind, t.title, i.url, i.jurisdiction, i.lang_declared, i.lang, t.summary, t.text,
    i.published_said, i.published_on, i.published_at, i.published_quality, i.publisher, i.authors
"""


def unread_pages(db: Database, source_id: str, limit: int) -> list[tuple[str, str]]:
    """(external id, address) of the source's items on the subject whose page nobody asked for yet, newest first."""
    found = db.execute(
        """
        SELECT i.external_id, i.url FROM item i
        JOIN on_subject_item USING (item_id)
        LEFT JOIN page p USING (item_id)
        WHERE i.source_id = ? AND i.url <> '' AND i.kind = 'article' AND p.item_id IS NULL
        ORDER BY i.published_on DESC, i.item_id DESC LIMIT ?
        """,
        (source_id, limit),
    ).fetchall()
    return [(str(external_id), str(url)) for external_id, url in found]


def stored_item(db: Database, source_id: str, external_id: str) -> ItemRecord | None:
    """The item as it is stored (names of private persons are masked in it), without events and actors."""
    found = rows(
        db,
        f"SELECT {ITEM_COLUMNS} FROM item i JOIN item_text t USING (item_id)"
        " WHERE i.source_id = ? AND i.external_id = ?",
        (source_id, external_id),
    )
    return item_record(found[0]) if found else None


def item_record(row: dict[str, Any]) -> ItemRecord:
    """The record of a row of :data:`ITEM_COLUMNS`."""
    day = row.pop("published_on")
    authors = tuple(json.loads(row.pop("authors")))
    return ItemRecord(**row, published_on=date.fromisoformat(day) if day else None, authors=authors)


def other_names(db: Database, source_id: str, record: ItemRecord) -> list[str]:
    """Names under which the source may have told this piece before: those of the same address and the same time.

    None when its own name is known, or when it says too little to be told from others of its address.
    """
    if not record.url or not record.title or not (record.summary or record.text or record.published_on):
        return []
    day = record.published_on.isoformat() if record.published_on else None
    found = db.execute(
        """
        SELECT external_id FROM item
        WHERE source_id = :source_id AND url = :url AND published_at = :at AND (:day IS NULL OR published_on = :day)
        AND NOT EXISTS (SELECT 1 FROM item WHERE source_id = :source_id AND external_id = :name)
        ORDER BY item_id LIMIT 5
        """,
        {"source_id": source_id, "url": record.url, "at": record.published_at, "day": day, "name": record.external_id},
    ).fetchall()
    return [str(name) for (name,) in found]


def is_told(db: Database, source_id: str, record: ItemRecord) -> bool:
    """Whether the item is stored in just these words and with this day."""
    stored = stored_item(db, source_id, record.external_id)
    return stored is not None and _words(stored) == _words(record)


def _words(record: ItemRecord) -> tuple[object, ...]:
    return record.title, record.summary, record.text, record.published_on


def completed(db: Database, source_id: str, record: ItemRecord) -> ItemRecord:
    """A feed entry told again, with the text and the day its page gave before: the page is not read twice."""
    if record.text:
        return record
    found = rows(
        db,
        """
        SELECT t.text, p.published_on FROM page p JOIN item i USING (item_id) JOIN item_text t USING (item_id)
        WHERE i.source_id = ? AND i.external_id = ? AND p.verdict IN ('read', 'paywalled')
        """,
        (source_id, record.external_id),
    )
    if not found:
        return record
    day = found[0]["published_on"]
    if record.published_on is None and day:
        record = replace(record, published_on=date.fromisoformat(day), published_quality="date")
    return replace(record, text=found[0]["text"])


def told_articles(db: Database) -> list[dict[str, Any]]:
    """Every article and lead on the subject: what clustering into stories needs."""
    return rows(
        db,
        """
        SELECT i.item_id, i.source_id || ' ' || i.external_id AS key, i.kind, i.publisher, i.lang, i.url,
               t.title, CASE WHEN t.text <> '' THEN t.text ELSE t.summary END AS text, i.published_on
        FROM item i JOIN item_text t USING (item_id)
        JOIN on_subject_item USING (item_id)
        WHERE i.kind IN ('article', 'lead')
        """,
    )


def write_stories(db: Database, members: Iterable[tuple[int, int, str]]) -> int:
    """Make ``story`` hold exactly ``members`` (item, story, rule); returns how many rows were written."""
    wanted = {item_id: (story_id, rule) for item_id, story_id, rule in members}
    held = {row["item_id"]: (row["story_id"], row["rule"]) for row in rows(db, "SELECT * FROM story")}
    gone = [item_id for item_id in held if item_id not in wanted]
    changed = {item_id: told for item_id, told in wanted.items() if held.get(item_id) != told}
    if gone or changed:
        with writing(db):
            for item_id in gone:
                db.execute("DELETE FROM story WHERE item_id = ?", (item_id,))
            for item_id, (story_id, rule) in sorted(changed.items()):
                db.execute(
                    "INSERT INTO story VALUES (?, ?, ?) ON CONFLICT (item_id) DO UPDATE SET"
                    " story_id = excluded.story_id, rule = excluded.rule",
                    (item_id, story_id, rule),
                )
    return len(gone) + len(changed)
