"""The documents that hang on a file: amendments, votes, questions, speeches, by official identifier. Reads only."""

from __future__ import annotations

import json

from data.database import Database, rows
from data.rows import Document

_HANGING = """
    FROM item i JOIN item_text t USING (item_id)
    LEFT JOIN relevance v ON v.entity = 'item' AND v.entity_id = CAST(i.item_id AS TEXT)
    LEFT JOIN review w ON w.entity = 'item' AND w.entity_id = CAST(i.item_id AS TEXT)
    WHERE i.item_id IN (
        SELECT x.item_id FROM item_dossier x
        JOIN dossier_identifier d ON d.scheme = x.scheme AND d.value = x.value COLLATE NOCASE
        JOIN shown_alias s ON s.entity = 'dossier' AND s.id = d.dossier_id WHERE s.shown_id = :id)
"""


def dossier_document_counts(db: Database, dossier_id: str) -> dict[str, int]:
    """How many documents of each kind hang on the file."""
    found = db.execute(f"SELECT i.kind, count(*) {_HANGING} GROUP BY i.kind ORDER BY 2 DESC, 1", {"id": dossier_id})
    return {str(kind): int(count) for kind, count in found.fetchall()}


def dossier_documents(
    db: Database, dossier_id: str, *, kind: str = "", limit: int = 50, offset: int = 0
) -> list[Document]:
    """Documents of the file, newest first, with who tabled or asked them and what became of them."""
    return [
        Document(**{**row, "authors": tuple(json.loads(row["authors"]))})
        for row in rows(
            db,
            f"""
            SELECT i.item_id, i.kind, t.title, i.url, coalesce(i.published_on, '') AS date, i.lang, i.publisher,
                   coalesce(w.state = 'confirmed', v.relevant AND NOT v.evidence LIKE '%"watched:dossier"%', 0)
                       AS on_subject,
                   (SELECT json_group_array(name) FROM (
                        SELECT DISTINCT a.name FROM event e JOIN event_actor x USING (event_id)
                        LEFT JOIN actor_join j USING (actor_id)
                        JOIN actor a ON a.actor_id = coalesce(j.into_id, x.actor_id)
                        WHERE e.item_id = i.item_id AND x.role IN ('author', 'questioner') AND a.name <> ''
                        ORDER BY 1)) AS authors,
                   coalesce((SELECT e.outcome FROM event e WHERE e.item_id = i.item_id AND e.outcome <> ''
                             ORDER BY e.date_start DESC, e.id DESC LIMIT 1), '') AS outcome
            {_HANGING} AND (:kind = '' OR i.kind = :kind)
            ORDER BY date DESC, i.item_id DESC LIMIT :limit OFFSET :offset
            """,
            {"id": dossier_id, "kind": kind, "limit": limit, "offset": offset},
        )
    ]
