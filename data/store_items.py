"""Stored items read back for the collectors: an article whose page comes later, a feed entry told again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from data.database import Database, rows
from data.models import ItemRecord


def unread_pages(db: Database, source_id: str, limit: int) -> list[tuple[str, str]]:
    """(external id, address) of the source's items on the subject whose page nobody asked for yet, newest first."""
    found = db.execute(
        """
        SELECT i.external_id, i.url FROM item i
        JOIN relevance r ON r.entity = 'item' AND r.entity_id = CAST(i.item_id AS TEXT) AND r.relevant = 1
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
        """
        SELECT i.external_id, i.kind, t.title, i.url, i.jurisdiction, i.lang_declared, i.lang, t.summary, t.text,
               i.published_said, i.published_on, i.published_at, i.published_quality, i.publisher, i.authors
        FROM item i JOIN item_text t USING (item_id) WHERE i.source_id = ? AND i.external_id = ?
        """,
        (source_id, external_id),
    )
    if not found:
        return None
    row = found[0]
    day = row.pop("published_on")
    authors = tuple(json.loads(row.pop("authors")))
    return ItemRecord(**row, published_on=date.fromisoformat(day) if day else None, authors=authors)


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
