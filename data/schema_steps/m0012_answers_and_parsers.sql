-- Every answer in the order it was read; the version of the parser beside every row it gave.

CREATE TABLE answer (               -- every body that was read, in the order it was read; collectors/rebuilding.py
    n INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    sha256 TEXT NOT NULL,
    requested_url TEXT NOT NULL,
    url TEXT NOT NULL,              -- where it came from, after redirects
    headers TEXT NOT NULL,          -- JSON
    fetched_at TEXT NOT NULL,
    told TEXT NOT NULL,             -- JSON: what was said beside the body: whose page it is, who added a clipping
    watched_after INTEGER NOT NULL  -- files known after this answer were watched when this one was read
) STRICT;

-- the version of the code that parsed it, beside every row that was parsed from a payload
ALTER TABLE item ADD COLUMN parser TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier ADD COLUMN parser TEXT NOT NULL DEFAULT '';
ALTER TABLE event_source ADD COLUMN parser TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN parser TEXT NOT NULL DEFAULT '';
ALTER TABLE seat ADD COLUMN parser TEXT NOT NULL DEFAULT '';
ALTER TABLE quarantine ADD COLUMN parser TEXT NOT NULL DEFAULT '';
ALTER TABLE unknown_code ADD COLUMN parser TEXT NOT NULL DEFAULT '';

-- of a database that is older than this step: every body its rows name, at the instants at which it said something new
INSERT INTO answer (source_id, sha256, requested_url, url, headers, fetched_at, told, watched_after)
SELECT named.source_id, p.sha256, coalesce(min(r.url), p.url), p.url, p.headers, named.at, named.told,
       row_number() OVER (ORDER BY named.at, p.rowid) - 1
FROM (
    SELECT sha256, source_id, at, max(told) AS told FROM (
        SELECT i.payload_sha256 AS sha256, i.source_id, i.changed_at AS at,
               CASE i.source_id WHEN 'clippings' THEN json_object(
                   'name', i.external_id, 'published_on', i.published_on, 'publisher', i.publisher, 'title', t.title,
                   'url', i.url, 'lang', i.lang_declared, 'jurisdiction', i.jurisdiction) ELSE '' END AS told
        FROM item i JOIN item_text t USING (item_id)
        UNION ALL SELECT g.payload_sha256, i.source_id, g.fetched_at, json_object('article', i.external_id)
        FROM page g JOIN item i USING (item_id)
        UNION ALL SELECT v.payload_sha256, i.source_id, v.at, '' FROM item_revision v JOIN item i USING (item_id)
        UNION ALL SELECT payload_sha256, source_id, changed_at, '' FROM dossier
        UNION ALL SELECT payload_sha256, source_id, at, '' FROM quarantine
        UNION ALL SELECT r.sha256, r.source_id, p.fetched_at, '' FROM request r JOIN payload p USING (sha256)
    ) GROUP BY sha256, source_id, at
) named JOIN payload p USING (sha256) LEFT JOIN request r ON r.sha256 = p.sha256 AND r.source_id = named.source_id
WHERE p.sha256 <> '' GROUP BY named.source_id, p.sha256, named.at ORDER BY named.at, p.rowid;
