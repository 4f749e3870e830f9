"""Objects that hold no source data: views and the full-text index of items. Dropped and rebuilt as a whole.

The index is external content over ``item_text`` and is fed from ``search_pending`` in small units after
the commit of the records, because keeping it up costs ten times the write itself.
"""

from __future__ import annotations

from data.database import Database, writing

UNIT = 500

_VIEWS = """
DROP VIEW IF EXISTS on_subject_event;
DROP VIEW IF EXISTS on_subject_dossier;
-- a file is on the subject when the baseline holds it, its own words say so, or one it was joined with is
CREATE VIEW on_subject_dossier AS
WITH rooted AS (
    SELECT d.dossier_id, coalesce(j.into_id, d.dossier_id) AS root,
           d.origin = 'curated' OR coalesce(r.relevant, 0) AS relevant
    FROM dossier d
    LEFT JOIN dossier_join j USING (dossier_id)
    LEFT JOIN relevance r ON r.entity = 'dossier' AND r.entity_id = d.dossier_id
)
SELECT dossier_id FROM rooted WHERE root IN (SELECT root FROM rooted WHERE relevant);
CREATE VIEW on_subject_event AS
SELECT e.* FROM event e WHERE e.item_id IS NULL AND e.dossier_id IN (SELECT dossier_id FROM on_subject_dossier)
UNION
SELECT e.* FROM event e WHERE e.origin = 'curated'
UNION
SELECT e.* FROM event e WHERE e.item_id IN (
    SELECT CAST(entity_id AS INTEGER) FROM relevance WHERE entity = 'item' AND relevant = 1);
"""


def rebuild(db: Database) -> None:
    """Drop and recreate the views, and the index from ``item_text``. Call inside a transaction."""
    db.executescript(_VIEWS)
    db.execute("DROP TABLE IF EXISTS item_search")
    db.execute(
        """
        CREATE VIRTUAL TABLE item_search USING fts5(
            title, summary, text,
            content='item_text', content_rowid='item_id',
            tokenize='unicode61 remove_diacritics 2'
        )
        """
    )
    db.execute("INSERT INTO item_search(item_search) VALUES ('rebuild')")
    db.execute("DELETE FROM search_pending")


def sync_search(db: Database) -> int:
    """Bring the index up to date; returns how many rows were written. Units of at most 500 items."""
    written = 0
    while True:
        with writing(db):
            waiting = db.execute(
                """
                SELECT p.item_id, p.is_new, p.title, p.summary, p.text, t.title, t.summary, t.text
                FROM search_pending p JOIN item_text t USING (item_id)
                ORDER BY p.item_id LIMIT ?
                """,
                (UNIT,),
            ).fetchall()
            if not waiting:
                return written
            for item_id, is_new, old_title, old_summary, old_text, title, summary, text in waiting:
                if not is_new:  # external content needs the old values to forget them
                    db.execute(
                        "INSERT INTO item_search(item_search, rowid, title, summary, text)"
                        " VALUES ('delete', ?, ?, ?, ?)",
                        (item_id, old_title, old_summary, old_text),
                    )
                db.execute(
                    "INSERT INTO item_search(rowid, title, summary, text) VALUES (?, ?, ?, ?)",
                    (item_id, title, summary, text),
                )
                db.execute("DELETE FROM search_pending WHERE item_id = ?", (item_id,))
            written += len(waiting)
