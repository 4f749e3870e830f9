"""Objects that hold no source data: views and the full-text index of items. Dropped and rebuilt as a whole.

The index holds the documents on the subject alone: of ten that are collected nine may be about something else, and
keeping a document in it costs ten times the write itself. It is external content over ``searched_text`` and is brought
up to date in small units after the commit of the records; ``search_pending`` keeps the words it still holds of a text
that changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
-- what the search index holds: also what the team rejected since the rules kept it, so that taking that back is found
-- at once; a reader sees of it what is on the subject
CREATE VIEW searched_item AS
SELECT CAST(entity_id AS INTEGER) AS item_id FROM relevance WHERE entity = 'item' AND relevant
UNION SELECT CAST(entity_id AS INTEGER) FROM review WHERE entity = 'item' AND state = 'confirmed'
EXCEPT SELECT item_id FROM withheld_item;
CREATE VIEW searched_text AS
SELECT item_id, title, summary, text FROM item_text WHERE item_id IN (SELECT item_id FROM searched_item);
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
    """Drop and recreate the views, and the index. Call inside a transaction."""
    for name in ("on_subject_event", "on_subject_item", "on_subject_dossier", "searched_text", "searched_item"):
        db.execute(f"DROP VIEW IF EXISTS {name}")
    db.executescript(VIEWS)
    db.execute("DROP TABLE IF EXISTS item_search")
    db.execute(
        """
        CREATE VIRTUAL TABLE item_search USING fts5(
            title, summary, text,
            content='searched_text', content_rowid='item_id',
            tokenize='unicode61 remove_diacritics 2'
        )
        """
    )
    db.execute("INSERT INTO item_search(item_search) VALUES ('rebuild')")
    db.execute("DELETE FROM search_pending")


def sync_search(db: Database) -> int:
    """Bring the index up to date; returns how many texts were written to it. Units of at most 500.

    A unit that is not reached is done by the next call: what the index holds is asked of the index itself.
    """
    while _forget_changed(db):
        pass
    left = db.execute("SELECT id FROM item_search_docsize EXCEPT SELECT item_id FROM searched_item").fetchall()
    for unit in _units(left):
        with writing(db):
            _forget(db, f"SELECT item_id, title, summary, text FROM item_text WHERE item_id IN ({unit})")
    new = db.execute("SELECT item_id FROM searched_item EXCEPT SELECT id FROM item_search_docsize").fetchall()
    for unit in _units(new):
        with writing(db):
            db.execute(
                "INSERT INTO item_search(rowid, title, summary, text)"
                f" SELECT item_id, title, summary, text FROM item_text WHERE item_id IN ({unit}) ORDER BY item_id"
            )
    return len(new)


def _forget_changed(db: Database) -> bool:
    """Take texts that changed out of the index, by the words it holds of them; False when none is left."""
    found = db.execute("SELECT item_id FROM search_pending ORDER BY item_id LIMIT ?", (UNIT,)).fetchall()
    for unit in _units(found):
        with writing(db):
            _forget(
                db,
                f"""SELECT p.item_id, p.title, p.summary, p.text FROM search_pending p
                    JOIN item_search_docsize x ON x.id = p.item_id WHERE p.item_id IN ({unit})""",
            )
            db.execute(f"DELETE FROM search_pending WHERE item_id IN ({unit})")
    return bool(found)


def _forget(db: Database, texts: str) -> None:
    """Take out the rows of the query ``texts``; external content needs the very words that were put in."""
    db.execute(f"INSERT INTO item_search(item_search, rowid, title, summary, text) SELECT 'delete', * FROM ({texts})")


def _units(found: Sequence[tuple[int]]) -> Iterator[str]:
    """The ids of one-column rows as lists of SQL, at most 500 a list."""
    for start in range(0, len(found), UNIT):
        yield ", ".join(str(int(one)) for (one,) in found[start : start + UNIT])
