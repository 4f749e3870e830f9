"""One published piece with everything that was read in it. Reads only."""

from __future__ import annotations

import json
from typing import Any

from data.database import Database, rows
from data.rows import ItemFigure, ItemPage, ItemSpan, StatedPosition


def item(db: Database, item_id: int) -> ItemPage | None:
    """An item on the subject with its text and the decisions of reading it; None when there is none of that id."""
    found = rows(
        db,
        """
        SELECT i.item_id, i.kind, i.url, i.publisher, i.jurisdiction, i.lang, coalesce(i.published_on, '') AS date,
               i.payload_sha256, t.title, t.summary, t.text, v.relevant, v.score, v.facets, v.evidence, v.rules
        FROM item i JOIN item_text t USING (item_id)
        LEFT JOIN relevance v ON v.entity = 'item' AND v.entity_id = CAST(i.item_id AS TEXT)
        WHERE i.item_id = ?
        """,
        (item_id,),
    )
    if not found:
        return None
    row = found[0]
    text = row["text"] or row["summary"]
    return ItemPage(
        item_id=row["item_id"],
        kind=row["kind"],
        title=row["title"],
        url=row["url"],
        publisher=row["publisher"],
        jurisdiction=row["jurisdiction"],
        lang=row["lang"],
        date=row["date"],
        payload_sha256=row["payload_sha256"],
        text=text,
        relevant=bool(row["relevant"]),
        score=float(row["score"] or 0.0),
        facets=tuple(json.loads(row["facets"] or "[]")),
        evidence=tuple((one["text"], one["rule"]) for one in json.loads(row["evidence"] or "[]")),
        rules=row["rules"] or "",
        spans=_spans(db, item_id),
        figures=item_figures(db, item_id),
        positions=_positions(db, "p.item_id = ?", (item_id,)),
    )


def item_of(db: Database, source_id: str, url: str) -> int | None:
    """The item a source published at an address, if it is kept."""
    found = db.execute(
        "SELECT max(item_id) FROM item WHERE source_id = ? AND url = ? AND url <> ''", (source_id, url)
    ).fetchone()
    return int(found[0]) if found and found[0] is not None else None


def item_at(db: Database, url: str) -> int | None:
    """The newest item at an address, whoever published it."""
    found = db.execute("SELECT max(item_id) FROM item WHERE url = ? AND url <> ''", (url,)).fetchone()
    return int(found[0]) if found and found[0] is not None else None


def item_figures(db: Database, item_id: int) -> tuple[ItemFigure, ...]:
    """Figures the item gives, in the order of its text."""
    return tuple(
        ItemFigure(**row)
        for row in rows(
            db,
            "SELECT start, end, text, value, unit, about, rule FROM figure WHERE item_id = ? ORDER BY start",
            (item_id,),
        )
    )


def actor_positions(db: Database, actor_id: str, *, limit: int = 50) -> tuple[StatedPosition, ...]:
    """Where texts say that the actor is for or against, newest first."""
    return _positions(
        db,
        "p.actor_id IN (SELECT ? UNION SELECT actor_id FROM actor_join WHERE into_id = ?)",
        (actor_id, actor_id),
        limit,
    )


def _positions(db: Database, condition: str, params: tuple[Any, ...], limit: int = 50) -> tuple[StatedPosition, ...]:
    return tuple(
        StatedPosition(**row)
        for row in rows(
            db,
            f"""
            SELECT p.item_id, p.start, p.end, coalesce(p.actor_id, '') AS actor_id, p.name, p.stance, p.quote, p.rule,
                   i.url, i.publisher, coalesce(i.published_on, '') AS date
            FROM position p JOIN item i USING (item_id) WHERE {condition}
            ORDER BY date DESC, p.item_id DESC, p.start LIMIT ?
            """,
            (*params, limit),
        )
    )


def _spans(db: Database, item_id: int) -> tuple[ItemSpan, ...]:
    """Everything that stands at a place of the text, in its order: names, citations, figures, positions, events."""
    found = [
        ItemSpan(row["start"], row["end"], row["kind"], row["what"], row["rule"])
        for row in rows(
            db,
            """
            SELECT start, end, 'mention' AS kind, coalesce(actor_id, name) AS what, rule
            FROM mention WHERE item_id = :id
            UNION ALL SELECT start, end, 'legal', normalised, rule FROM legal_reference WHERE item_id = :id
            UNION ALL SELECT start, end, 'figure', about || ' ' || unit, rule FROM figure WHERE item_id = :id
            UNION ALL SELECT start, end, 'position', name || ': ' || stance, rule FROM position WHERE item_id = :id
            """,
            {"id": item_id},
        )
    ]
    return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.kind)))
