"""One published piece with everything that was read in it. Reads only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from data.database import Database, rows
from data.decisions import item_key, item_of_key
from data.models import When
from data.queries.citations import cited_files
from data.rows import ItemFigure, ItemPage, ItemSpan, StatedPosition, Telling


def item(db: Database, item_id: int) -> ItemPage | None:
    """An item with its text and the decisions of reading it; None when there is none of that id."""
    found = rows(
        db,
        """
        SELECT i.item_id, i.source_id, i.external_id, i.kind, i.url, i.publisher, i.jurisdiction, i.lang,
               coalesce(i.published_on, '') AS date, i.payload_sha256, t.title, t.summary, t.text,
               v.relevant, v.score, v.facets, v.evidence, v.rules,
               coalesce(w.state, '') AS state, coalesce(w.decision_id, 0) AS decision_id
        FROM item i JOIN item_text t USING (item_id)
        LEFT JOIN relevance v ON v.entity = 'item' AND v.entity_id = CAST(i.item_id AS TEXT)
        LEFT JOIN review w ON w.entity = 'item' AND w.entity_id = CAST(i.item_id AS TEXT)
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
        key=item_key(row["source_id"], row["external_id"]),
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
        state=row["state"],
        decision_id=row["decision_id"],
        spans=_spans(db, item_id),
        figures=item_figures(db, item_id),
        positions=_positions(db, item_id),
        events=_tellings(db, "e.item_id = ?", (item_id,)),
        files=cited_files(db, item_id),
    )


def tellings(db: Database, event_id: str) -> tuple[Telling, ...]:
    """Every source's telling of the happening an event belongs to; of one that is not shown, its own alone."""
    return _tellings(
        db,
        """
        e.event_id IN (
            SELECT id FROM shown_alias WHERE entity = 'event' AND shown_id = (
                SELECT shown_id FROM shown_alias WHERE entity = 'event' AND id = :id)
            UNION SELECT :id)
        """,
        {"id": event_id},
    )


def _tellings(db: Database, condition: str, params: Any) -> tuple[Telling, ...]:
    found = []
    for row in rows(
        db,
        f"""
        SELECT e.event_id, e.type, e.date_start, e.date_end, e.date_precision, e.title, e.origin,
               coalesce((SELECT quote FROM event_source s WHERE s.event_id = e.event_id AND s.n = 0), '') AS quote,
               i.source_id, i.external_id,
               coalesce(w.state, '') AS state, coalesce(w.decision_id, 0) AS decision_id
        FROM event e LEFT JOIN item i USING (item_id)
        LEFT JOIN review w ON w.entity = 'event' AND w.entity_id = e.event_id
        WHERE {condition} ORDER BY e.date_start, e.event_id
        """,
        params,
    ):
        first, last, precision = (row.pop(name) for name in ("date_start", "date_end", "date_precision"))
        source_id, external_id = row.pop("source_id"), row.pop("external_id")
        when = When(date.fromisoformat(first), date.fromisoformat(last), precision)
        found.append(Telling(**row, item=item_key(source_id, external_id) if source_id else "", date=when.iso()))
    return tuple(found)


def item_of_decision(db: Database, key: str) -> tuple[int, str] | None:
    """Number and title of the item a decision names, if it is kept."""
    found = db.execute(
        "SELECT item_id, title FROM item JOIN item_text USING (item_id) WHERE source_id = ? AND external_id = ?",
        item_of_key(key),
    ).fetchone()
    return (int(found[0]), str(found[1])) if found else None


def labelled_text(db: Database, key: str) -> dict[str, Any] | None:
    """A stored item as a document of an annotated collection, or None when it is not stored.

    ``id``, ``lang``, ``source_type``, ``title``, ``published`` (ISO day or empty), ``url``, ``jurisdiction``, ``text``
    as it is read (names of private persons are masked in it), and ``watched``: whether it is held to be on the subject
    for something besides its words.
    """
    found = rows(
        db,
        """
        SELECT i.lang, CASE i.kind WHEN 'question' THEN 'parliament_question' ELSE s.kind END AS source_type, t.title,
               coalesce(i.published_on, '') AS published, i.url,
               CASE i.jurisdiction WHEN 'int' THEN '' ELSE i.jurisdiction END AS jurisdiction,
               CASE WHEN t.text <> '' THEN t.text ELSE t.summary END AS text,
               coalesce(v.evidence LIKE '%"watched:%', 0) AS watched
        FROM item i JOIN item_text t USING (item_id) JOIN source s USING (source_id)
        LEFT JOIN relevance v ON v.entity = 'item' AND v.entity_id = CAST(i.item_id AS TEXT)
        WHERE i.source_id = ? AND i.external_id = ?
        """,
        item_of_key(key),
    )
    return {"id": key, **found[0]} if found else None


def item_of(db: Database, source_id: str, url: str) -> int | None:
    """The item a source published at an address, if it is kept."""
    found = db.execute(
        "SELECT max(item_id) FROM item WHERE source_id = ? AND url = ? AND url <> ''", (source_id, url)
    ).fetchone()
    return int(found[0]) if found and found[0] is not None else None


def source_titles(db: Database, event_ids: Sequence[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """(source_id, address) of the sources of events -> title and language of the item they published there, if kept."""
    found = db.execute(
        """
        SELECT DISTINCT e.source_id, s.url, t.title, i.lang, i.item_id
        FROM shown_alias a JOIN event e ON e.event_id = a.id JOIN event_source s ON s.event_id = e.event_id
        JOIN item i ON i.item_id = e.item_id AND i.url = s.url JOIN item_text t ON t.item_id = i.item_id
        WHERE a.entity = 'event' AND a.shown_id IN (SELECT value FROM json_each(?)) AND s.url <> '' AND t.title <> ''
        ORDER BY i.item_id
        """,
        (json.dumps(list(event_ids)),),
    ).fetchall()
    return {(str(source_id), str(url)): (str(title), str(lang)) for source_id, url, title, lang, _ in found}


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


def _positions(db: Database, item_id: int) -> tuple[StatedPosition, ...]:
    return tuple(
        StatedPosition(**row)
        for row in rows(
            db,
            """
            SELECT p.item_id, p.start, p.end, coalesce(p.actor_id, '') AS actor_id, p.name, p.stance, p.quote, p.rule,
                   i.url, i.publisher, coalesce(i.published_on, '') AS date
            FROM position p JOIN item i USING (item_id) WHERE p.item_id = ? ORDER BY p.start LIMIT 50
            """,
            (item_id,),
        )
    )


def _spans(db: Database, item_id: int) -> tuple[ItemSpan, ...]:
    """Everything that stands at a place of the text, in its order: names, citations, figures, positions."""
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
