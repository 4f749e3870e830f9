"""The public change log as people read it: one row for what changed of one thing at one instant, built with the rest.

Lines of the same instant are one change: a correction of the team gives its type and its date together. What was
removed is listed when it had been shown; it is told by the image kept of it. What the team no longer shows is listed
without its words. New events are counted by day and
jurisdiction, a row a day. Who belongs to the team is not named.
"""

from __future__ import annotations

from data.database import Database

#: what can be filtered by, in the order offered
KINDS = ("stage", "date", "title", "removed", "joined", "team", "other", "new")

SCHEMA = """
CREATE TABLE shown_change (
    seq INTEGER PRIMARY KEY,        -- in order of time, so newest first is a walk down the key
    at TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL,
    entity TEXT NOT NULL, entity_id TEXT NOT NULL,  -- as shown now; of what is gone its own id; empty for new events
    is_gone INTEGER NOT NULL, title TEXT NOT NULL, titles TEXT NOT NULL, jurisdiction TEXT NOT NULL,
    lines TEXT NOT NULL,            -- JSON list of {field, old, new}; of new events {field: jurisdiction, new: count}
    by TEXT NOT NULL, why TEXT NOT NULL
) STRICT;
"""
INDEXES = """
CREATE INDEX shown_change_kind ON shown_change (kind, seq);
CREATE INDEX shown_change_place ON shown_change (jurisdiction, seq);
CREATE INDEX shown_change_of ON shown_change (entity, entity_id, seq);
CREATE INDEX shown_change_day ON shown_change (day, seq);
"""

_FILL = """
INSERT INTO shown_change (at, day, kind, entity, entity_id, is_gone, title, titles, jurisdiction, lines, by, why)
WITH told AS (
    SELECT r.revision_id, r.entity, r.entity_id, r.field, r.old, r.new, r.at, r.why,
           CASE WHEN r.by IN ('joining', 'stages') OR r.by IN (SELECT source_id FROM source) THEN r.by
                ELSE 'team' END AS by
    FROM revision r
),
sorted AS (
    SELECT *, CASE WHEN by = 'team' THEN 'team'
                   WHEN field IN ('date_start', 'date_end') THEN 'date'
                   WHEN field IN ('stage', 'title', 'removed', 'joined') THEN field
                   ELSE 'other' END AS kind
    FROM told
),
changed AS (
    SELECT min(revision_id) AS place, at, kind, entity, entity_id, by, max(why) AS why,
           json_group_array(json_object('field', field, 'old', old, 'new', new) ORDER BY revision_id) AS lines
    FROM sorted GROUP BY entity, entity_id, at, kind, by
),
gone AS (
    SELECT key, day, rows ->> '$[0].title' AS title, rows ->> '$[0].titles' AS titles,
           rows ->> '$[0].jurisdiction' AS jurisdiction
    FROM earlier
    WHERE name = 'event' AND rows <> '[]' AND (
        rows ->> '$[0].origin' = 'curated'
        OR rows ->> '$[0].dossier_id' IN (
            SELECT a.id FROM shown_alias a JOIN shown_dossier d ON d.dossier_id = a.shown_id WHERE a.entity = 'dossier')
        OR rows ->> '$[0].item_id' IN (SELECT item_id FROM on_subject_item))
),
known AS (
    SELECT c.*, coalesce(s.shown_id, c.entity_id) AS shown_id,
           coalesce(d.dossier_id, e.event_id, i.item_id) IS NULL AS is_gone,
           coalesce(d.title, e.title, g.title, t.title, iif(h.event_id IS NULL, NULL, '')) AS title,
           coalesce(d.titles, e.titles, g.titles) AS titles,
           coalesce(d.jurisdiction, e.jurisdiction, g.jurisdiction, i.jurisdiction, h.jurisdiction) AS jurisdiction
    FROM changed c
    LEFT JOIN shown_alias s ON s.entity = c.entity AND s.id = c.entity_id
    LEFT JOIN shown_dossier d ON c.entity = 'dossier' AND d.dossier_id = s.shown_id
    LEFT JOIN shown_event e ON c.entity = 'event' AND e.event_id = s.shown_id
    LEFT JOIN gone g ON c.kind = 'removed' AND g.key = c.entity_id AND g.day = substr(c.at, 1, 10)
    LEFT JOIN item i ON c.entity = 'item' AND i.item_id = CAST(c.entity_id AS INTEGER)
    LEFT JOIN item_text t ON t.item_id = i.item_id
    LEFT JOIN event h ON c.kind = 'team' AND c.entity = 'event' AND h.event_id = c.entity_id
),
counted AS (
    SELECT substr(first_seen_at, 1, 10) AS day, jurisdiction, count(*) AS n, max(first_seen_at) AS at
    FROM shown_event GROUP BY 1, 2
)
SELECT at, day, kind, entity, entity_id, is_gone, title, titles, jurisdiction, lines, by, why FROM (
    SELECT at, substr(at, 1, 10) AS day, kind, entity, shown_id AS entity_id, is_gone, title,
           coalesce(titles, '{}') AS titles, jurisdiction, lines, by, why, place
    FROM known WHERE title IS NOT NULL
    UNION ALL
    SELECT max(at), day, 'new', '', '', 0, '', '{}', '',
           json_group_array(json_object('field', jurisdiction, 'old', '', 'new', n) ORDER BY n DESC, jurisdiction),
           '', '', NULL
    FROM counted GROUP BY day
) ORDER BY day, place IS NULL, at, place;
"""


def build(db: Database) -> None:
    """Fill ``shown_change`` once events, dossiers and aliases are there. Call inside a transaction."""
    db.executescript(SCHEMA)
    db.execute(_FILL)
    db.executescript(INDEXES)
