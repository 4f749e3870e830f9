"""Pieces that speak of a file, and the files a piece speaks of by the law it cites. Reads only."""

from __future__ import annotations

import json

from data.database import Database, rows
from data.rows import CitedFile, CoveringPiece, Density


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


def coverage_count(db: Database, dossier_id: str, *, press: bool) -> int:
    """How many stories of the press, or other pieces (questions, notices), speak of a file."""
    return int(
        db.execute(
            "SELECT count(DISTINCT story_id) FROM shown_coverage WHERE dossier_id = ? AND press = ?",
            (dossier_id, int(press)),
        ).fetchone()[0]
    )


def coverage(db: Database, dossier_id: str, *, press: bool, limit: int = 20, offset: int = 0) -> list[CoveringPiece]:
    """Pieces that speak of a file, one a story (the first told), newest first."""
    return [
        CoveringPiece(
            **{
                **row,
                "references": tuple(row["references"].split("\n")) if row["references"] else (),
                "also": tuple(json.loads(row["also"])),
            }
        )
        for row in rows(
            db,
            """
            SELECT i.item_id, i.kind, t.title, i.url, i.publisher, c.day AS date, i.lang, c.cited AS "references",
                   (SELECT json_group_array(publisher) FROM (
                        SELECT DISTINCT o.publisher FROM story y JOIN item o USING (item_id)
                        WHERE y.story_id = c.story_id AND o.publisher <> i.publisher ORDER BY 1)) AS also
            FROM (SELECT *, row_number() OVER (PARTITION BY story_id ORDER BY item_id <> story_id, day, item_id) AS n
                  FROM shown_coverage WHERE dossier_id = :id AND press = :press) c
            JOIN item i USING (item_id) JOIN item_text t USING (item_id)
            WHERE c.n = 1 ORDER BY c.day DESC, i.item_id DESC LIMIT :limit OFFSET :offset
            """,
            {"id": dossier_id, "press": int(press), "limit": limit, "offset": offset},
        )
    ]


def coverage_months(db: Database, dossier_id: str) -> list[Density]:
    """Stories and other pieces that speak of a file, per month: lane ``press`` or ``other``; undated ones left out."""
    return [
        Density("press" if press else "other", f"{month}-01", int(count))
        for press, month, count in db.execute(
            """
            SELECT press, substr(day, 1, 7) AS month, count(DISTINCT story_id)
            FROM shown_coverage WHERE dossier_id = ? AND day <> '' GROUP BY press, month ORDER BY press DESC, month
            """,
            (dossier_id,),
        ).fetchall()
    ]
