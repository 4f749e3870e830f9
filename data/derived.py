"""Objects that hold no source data: the full-text index of items. Dropped and rebuilt as a whole.

The index is external content over ``item_text`` and is fed from ``search_pending`` in small units after
the commit of the records, because keeping it up costs ten times the write itself.
"""

from __future__ import annotations

from data.database import Database, writing

UNIT = 500


def rebuild(db: Database) -> None:
    """Drop and recreate the index from ``item_text``. Call inside a transaction."""
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
