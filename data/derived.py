"""Objects that hold no source data: views and the full-text index of items. Dropped and rebuilt as a whole.

The index is external content over ``item_text`` and is fed from ``search_pending`` in small units after
the commit of the records, because keeping it up costs ten times the write itself.
"""

from __future__ import annotations

from data.database import Database, writing

UNIT = 500

VIEWS = """
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
-- an item is on the subject when the team says so, else when the rules do
CREATE VIEW on_subject_item AS
SELECT i.item_id FROM item i
LEFT JOIN relevance r ON r.entity = 'item' AND r.entity_id = CAST(i.item_id AS TEXT)
LEFT JOIN review w ON w.entity = 'item' AND w.entity_id = CAST(i.item_id AS TEXT)
WHERE coalesce(w.state = 'confirmed', r.relevant, 0) AND i.item_id NOT IN (SELECT item_id FROM withheld_item);
-- an event as it may be shown: the team's word stands above what was read. What the team rejects goes when rules
-- read it in a text; an official record or a reviewed row stays on record, disputed, and proves no stage. What names a
-- private person goes whoever tells it
CREATE VIEW on_subject_event AS
SELECT e.id, e.event_id, e.source_id, e.external_id,
       coalesce(nullif(w.type, ''), e.type) AS type,
       coalesce(nullif(w.date_start, ''), e.date_start) AS date_start,
       coalesce(nullif(w.date_end, ''), e.date_end) AS date_end,
       coalesce(nullif(w.date_precision, ''), e.date_precision) AS date_precision,
       e.date_said, CASE WHEN w.state = 'rejected' THEN 'disputed' ELSE e.status END AS status,
       e.outcome, e.jurisdiction, e.dossier_id, e.item_id, e.stage, e.official_code, e.title, e.lang, e.titles,
       e.summaries, e.legal_references, e.origin, e.verified,
       CASE WHEN w.state IN ('confirmed', 'corrected') THEN 1.0 ELSE e.confidence END AS confidence,
       coalesce(w.state, CASE e.origin WHEN 'curated' THEN 'reviewed' ELSE 'collected' END) AS review_state,
       e.content_hash, e.revision, e.first_seen_at, max(e.changed_at, coalesce(w.at, '')) AS changed_at
FROM event e LEFT JOIN review w ON w.entity = 'event' AND w.entity_id = e.event_id
WHERE (
    e.origin = 'curated'
    OR (e.item_id IS NULL AND e.dossier_id IN (SELECT dossier_id FROM on_subject_dossier))
    OR EXISTS (SELECT 1 FROM on_subject_item o WHERE o.item_id = e.item_id)
) AND NOT (e.origin = 'text' AND coalesce(w.state, '') = 'rejected')
AND e.event_id NOT IN (SELECT event_id FROM withheld_event);
"""


def rebuild(db: Database) -> None:
    """Drop and recreate the views, and the index from ``item_text``. Call inside a transaction."""
    for name in ("on_subject_event", "on_subject_item", "on_subject_dossier"):
        db.execute(f"DROP VIEW IF EXISTS {name}")
    db.executescript(VIEWS)
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
