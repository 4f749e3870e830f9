-- Rows as they stood before a change, for turning the record back to a day.

CREATE TABLE earlier (              -- rows as they stood before their first change on a UTC day; data/earlier.py
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    day TEXT NOT NULL,
    rows TEXT NOT NULL,             -- JSON list of objects
    PRIMARY KEY (key, name, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX earlier_by_day ON earlier (day);
CREATE INDEX earlier_by_item ON earlier (rows ->> '$[0].item_id') WHERE name = 'event';
CREATE INDEX item_by_first_seen ON item (first_seen_at);

-- of a database that is older than this step: until when it kept the change log alone
INSERT INTO setting
SELECT 'earlier_since', max(at) FROM (
    SELECT max(changed_at) AS at FROM event
    UNION ALL SELECT max(changed_at) FROM dossier
    UNION ALL SELECT max(changed_at) FROM item
    UNION ALL SELECT max(at) FROM revision
    UNION ALL SELECT max(at) FROM review
    UNION ALL SELECT max(started_at) FROM run
) HAVING max(at) > '';
