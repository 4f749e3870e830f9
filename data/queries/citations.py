"""Pieces that cite the law of a file, and the files a piece speaks of so. Reads only."""

from __future__ import annotations

import json

from data.database import Database, rows
from data.rows import CitedFile, CitingPiece

_CITING = """
    FROM citation c JOIN shown_alias s ON s.entity = 'dossier' AND s.id = c.dossier_id
    JOIN on_subject_item o ON o.item_id = c.item_id
    WHERE s.shown_id = :id
"""


def cited_files(db: Database, item_id: int) -> tuple[CitedFile, ...]:
    """The files whose law a piece cites, by title."""
    return tuple(
        CitedFile(row["dossier_id"], row["title"], json.loads(row["titles"]), tuple(row["cited"].split("\n")))
        for row in rows(
            db,
            """
            SELECT d.dossier_id, d.title, d.titles, group_concat(c.normalised, char(10) ORDER BY c.normalised) AS cited
            FROM citation c JOIN shown_alias s ON s.entity = 'dossier' AND s.id = c.dossier_id
            JOIN shown_dossier d ON d.dossier_id = s.shown_id
            WHERE c.item_id = ? GROUP BY d.dossier_id ORDER BY d.title
            """,
            (item_id,),
        )
    )


def citing_count(db: Database, dossier_id: str) -> int:
    """How many pieces on the subject cite the law of a file."""
    return int(db.execute(f"SELECT count(DISTINCT c.item_id) {_CITING}", {"id": dossier_id}).fetchone()[0])


def citing_pieces(db: Database, dossier_id: str, *, limit: int = 20) -> list[CitingPiece]:
    """Pieces on the subject that cite the law of a file, newest first."""
    return [
        CitingPiece(**{**row, "references": tuple(row["references"].split("\n"))})
        for row in rows(
            db,
            f"""
            SELECT i.item_id, t.title, i.url, i.publisher, coalesce(i.published_on, '') AS date, f."references"
            FROM (
                SELECT c.item_id, group_concat(c.normalised, char(10) ORDER BY c.normalised) AS "references"
                {_CITING} GROUP BY c.item_id
            ) f JOIN item i USING (item_id) JOIN item_text t USING (item_id)
            ORDER BY date DESC, i.item_id DESC LIMIT :limit
            """,
            {"id": dossier_id, "limit": limit},
        )
    ]
