"""The SQL of each step of the schema; a released step is never edited. :mod:`data.migrations` runs them."""

from __future__ import annotations

M0001 = """
CREATE TABLE source (
    source_id TEXT PRIMARY KEY,
    names TEXT NOT NULL,            -- JSON: interface language -> name
    publisher TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    kind TEXT NOT NULL,
    lang TEXT NOT NULL,
    collector TEXT NOT NULL,
    url TEXT NOT NULL,
    licence TEXT NOT NULL,
    every_hours INTEGER NOT NULL CHECK (every_hours > 0),
    min_records INTEGER NOT NULL CHECK (min_records >= 0),
    official INTEGER NOT NULL CHECK (official IN (0, 1)),
    key_env TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE run (                  -- one visit to one source
    run_id INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '',   -- empty while running or when the process died
    request_count INTEGER NOT NULL DEFAULT 0,
    record_count INTEGER NOT NULL DEFAULT 0,
    new_count INTEGER NOT NULL DEFAULT 0,
    changed_count INTEGER NOT NULL DEFAULT 0,
    rejected_count INTEGER NOT NULL DEFAULT 0,
    warning_count INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX run_by_source ON run (source_id, run_id);

CREATE TABLE payload (              -- a fetched body; the file payloads/<sha256>.gz holds it
    sha256 TEXT PRIMARY KEY,
    byte_count INTEGER NOT NULL,
    url TEXT NOT NULL,
    headers TEXT NOT NULL,          -- JSON
    fetched_at TEXT NOT NULL
) STRICT;

CREATE TABLE request (              -- what is known of an address: validators live with the records
    url TEXT PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    fetched_at TEXT NOT NULL DEFAULT '',
    read_with TEXT NOT NULL DEFAULT ''  -- version of the code that read it
) STRICT;

CREATE TABLE pending (              -- addresses a response asked for and that are not done yet
    source_id TEXT NOT NULL REFERENCES source(source_id),
    url TEXT NOT NULL,
    attempt_count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source_id, url)
) STRICT;

CREATE TABLE host (                 -- hosts that asked us to wait
    host TEXT PRIMARY KEY,
    retry_at TEXT NOT NULL
) STRICT;

CREATE TABLE item (
    item_id INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    external_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL CHECK (url = '' OR url LIKE 'http://%' OR url LIKE 'https://%'),
    jurisdiction TEXT NOT NULL,
    publisher TEXT NOT NULL,
    authors TEXT NOT NULL,          -- JSON list
    lang_declared TEXT NOT NULL,
    lang TEXT NOT NULL,
    published_said TEXT NOT NULL,
    published_on TEXT,
    published_at TEXT NOT NULL,
    published_quality TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (source_id, external_id)
) STRICT;
CREATE INDEX item_by_day ON item (published_on);

CREATE TABLE item_text (            -- apart from the facets, and the content of the search index
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE item_revision (        -- what the publisher said before
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    n INTEGER NOT NULL,
    at TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    PRIMARY KEY (item_id, n)
) STRICT;

CREATE TABLE relevance (            -- of an item or a dossier, with the words that decided
    entity TEXT NOT NULL CHECK (entity IN ('item', 'dossier')),
    entity_id TEXT NOT NULL,
    relevant INTEGER NOT NULL CHECK (relevant IN (0, 1)),
    score REAL NOT NULL,
    facets TEXT NOT NULL,           -- JSON list
    evidence TEXT NOT NULL,         -- JSON list of {text, rule}
    rules TEXT NOT NULL,            -- version of the rule set
    PRIMARY KEY (entity, entity_id)
) STRICT;

CREATE TABLE mention (
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    actor_id TEXT REFERENCES actor(actor_id),
    name TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (item_id, start, end)
) STRICT;
CREATE INDEX mention_by_actor ON mention (actor_id);

CREATE TABLE legal_reference (
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    normalised TEXT NOT NULL,
    PRIMARY KEY (item_id, start, end, normalised)
) STRICT;

CREATE TABLE actor (
    actor_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,             -- empty while only an official id is known
    kind TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    parent_id TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    party TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL CHECK (origin IN ('curated', 'official', 'text')),
    verified TEXT NOT NULL,
    first_seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE actor_name (
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    condition TEXT NOT NULL DEFAULT '',
    folded TEXT NOT NULL,
    PRIMARY KEY (actor_id, name, lang)
) STRICT;
CREATE INDEX actor_name_folded ON actor_name (folded);

CREATE TABLE actor_identifier (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    PRIMARY KEY (scheme, value)
) STRICT;
CREATE INDEX actor_identifier_by_actor ON actor_identifier (actor_id);

CREATE TABLE role (                 -- offices and memberships with their dates
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    n INTEGER NOT NULL,
    title_en TEXT NOT NULL,
    title_fr TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    organisation TEXT NOT NULL,
    start TEXT NOT NULL,
    end TEXT NOT NULL,
    source_url TEXT NOT NULL,
    verified TEXT NOT NULL,
    PRIMARY KEY (actor_id, n)
) STRICT;

CREATE TABLE dossier (              -- as one source tells it; dossier_join says which are the same
    id INTEGER PRIMARY KEY,
    dossier_id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    external_id TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    track TEXT NOT NULL CHECK (track IN ('law', 'case', 'soft')),
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    titles TEXT NOT NULL,           -- JSON
    url TEXT NOT NULL,
    text TEXT NOT NULL,
    harms TEXT NOT NULL,            -- JSON list
    approaches TEXT NOT NULL,       -- JSON list
    origin TEXT NOT NULL CHECK (origin IN ('curated', 'official')),
    verified TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (source_id, external_id)
) STRICT;

CREATE TABLE dossier_identifier (
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (dossier_id, scheme, value)
) STRICT;
CREATE INDEX dossier_identifier_value ON dossier_identifier (scheme, value);

CREATE TABLE dossier_relation (
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    kind TEXT NOT NULL,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    on_date TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (dossier_id, kind, scheme, value)
) STRICT;

CREATE TABLE dossier_actor (
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    role TEXT NOT NULL,
    role_title TEXT NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (dossier_id, actor_id, role)
) STRICT;

CREATE TABLE event (                -- as one source tells it; event_join says which are one happening
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    external_id TEXT NOT NULL,
    type TEXT NOT NULL,
    date_start TEXT NOT NULL,
    date_end TEXT NOT NULL,
    date_precision TEXT NOT NULL CHECK (date_precision IN ('day', 'month', 'quarter', 'half', 'year', 'range')),
    date_said TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('scheduled', 'occurred', 'postponed', 'cancelled', 'disputed')),
    outcome TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    dossier_id TEXT REFERENCES dossier(dossier_id),
    item_id INTEGER REFERENCES item(item_id),
    stage TEXT NOT NULL,
    official_code TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    titles TEXT NOT NULL,           -- JSON
    summaries TEXT NOT NULL,        -- JSON
    legal_references TEXT NOT NULL, -- JSON list
    origin TEXT NOT NULL CHECK (origin IN ('curated', 'official', 'text')),
    verified TEXT NOT NULL,
    confidence REAL NOT NULL,
    content_hash TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    first_seen_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CHECK (date_start <= date_end),
    UNIQUE (source_id, external_id)
) STRICT;
CREATE INDEX event_by_day ON event (date_start);
CREATE INDEX event_by_dossier ON event (dossier_id);
CREATE INDEX event_by_item ON event (item_id);

CREATE TABLE event_source (         -- where the event was read, with the words that prove it
    event_id TEXT NOT NULL REFERENCES event(event_id),
    n INTEGER NOT NULL,
    url TEXT NOT NULL CHECK (url = '' OR url LIKE 'http://%' OR url LIKE 'https://%'),
    publisher TEXT NOT NULL,
    kind TEXT NOT NULL,
    published_on TEXT NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    retrieved_at TEXT NOT NULL,
    PRIMARY KEY (event_id, n)
) STRICT;

CREATE TABLE event_actor (
    event_id TEXT NOT NULL REFERENCES event(event_id),
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    role TEXT NOT NULL,
    stance TEXT NOT NULL,
    quote TEXT NOT NULL,
    role_title TEXT NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (event_id, actor_id, role)
) STRICT;
CREATE INDEX event_actor_by_actor ON event_actor (actor_id);

CREATE TABLE dossier_join (         -- a row that can be taken away: this dossier is told again by that one
    dossier_id TEXT PRIMARY KEY REFERENCES dossier(dossier_id),
    into_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    rule TEXT NOT NULL,
    CHECK (dossier_id <> into_id)
) STRICT;

CREATE TABLE event_join (
    event_id TEXT PRIMARY KEY REFERENCES event(event_id),
    into_id TEXT NOT NULL REFERENCES event(event_id),
    rule TEXT NOT NULL,
    CHECK (event_id <> into_id)
) STRICT;
CREATE INDEX event_join_into ON event_join (into_id);

CREATE TABLE dossier_stage (        -- computed from the events of all joined dossiers
    dossier_id TEXT PRIMARY KEY REFERENCES dossier(dossier_id),
    stage TEXT NOT NULL,
    since TEXT NOT NULL,
    event_id TEXT NOT NULL
) STRICT;

CREATE TABLE revision (             -- the public change log
    revision_id INTEGER PRIMARY KEY,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX revision_by_entity ON revision (entity, entity_id);
CREATE INDEX revision_by_time ON revision (at);

CREATE TABLE quarantine (           -- rows that could not be read; the payload they stood in is kept
    quarantine_id INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    locator TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (source_id, locator, reason)
) STRICT;

CREATE TABLE unknown_code (         -- codes our tables lack
    source_id TEXT NOT NULL REFERENCES source(source_id),
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    locator TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (source_id, field, code)
) STRICT;

CREATE TABLE search_pending (       -- items whose text the search index does not hold yet, with the old text
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
"""

M0002 = """
-- what a health check compares from visit to visit; JSON, empty when the visit did not read everything
ALTER TABLE run ADD COLUMN measures TEXT NOT NULL DEFAULT '';

CREATE TABLE item_dossier (         -- the official file an item says it belongs to
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (item_id, scheme, value)
) STRICT;
CREATE INDEX item_dossier_value ON item_dossier (scheme, value);

CREATE TABLE page (                 -- whether the page of an article was read; its text stands in item_text
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    url TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('read', 'paywalled', 'reserved', 'refused', 'empty', 'gone')),
    published_on TEXT NOT NULL,     -- the day the page states
    payload_sha256 TEXT NOT NULL,
    fetched_at TEXT NOT NULL
) STRICT;

CREATE TABLE story (                -- items of several publishers that are one story; the lead has itself as story
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    story_id INTEGER NOT NULL REFERENCES item(item_id),
    rule TEXT NOT NULL
) STRICT;
CREATE INDEX story_by_story ON story (story_id);

CREATE TABLE actor_join (           -- by a decision of the team, never by a name
    actor_id TEXT PRIMARY KEY REFERENCES actor(actor_id),
    into_id TEXT NOT NULL REFERENCES actor(actor_id),
    rule TEXT NOT NULL,
    CHECK (actor_id <> into_id)
) STRICT;

CREATE TABLE actor_proposal (       -- persons who share a name and nothing else: for somebody to decide
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    other_id TEXT NOT NULL REFERENCES actor(actor_id),
    name TEXT NOT NULL,
    PRIMARY KEY (actor_id, other_id),
    CHECK (actor_id < other_id)
) STRICT;
"""

M0003 = """
CREATE TABLE figure (               -- a number an item gives; value NULL for a quantity without a number
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    value REAL,
    unit TEXT NOT NULL,
    about TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (item_id, start, end)
) STRICT;

CREATE TABLE position (             -- who is for or against, where a text says so
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    actor_id TEXT REFERENCES actor(actor_id),
    name TEXT NOT NULL,
    stance TEXT NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (item_id, start, end, name, stance)
) STRICT;
CREATE INDEX position_by_actor ON position (actor_id);

ALTER TABLE legal_reference ADD COLUMN rule TEXT NOT NULL DEFAULT '';
"""

M0004 = """
CREATE TABLE review (               -- the team's standing word on an event or an item, copied from the desk
    entity TEXT NOT NULL CHECK (entity IN ('event', 'item')),
    entity_id TEXT NOT NULL,        -- of an item its number, as in relevance
    decision_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('confirmed', 'rejected', 'corrected')),
    type TEXT NOT NULL,             -- this and the dates: of a correction, else empty
    date_start TEXT NOT NULL,
    date_end TEXT NOT NULL,
    date_precision TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (entity, entity_id)
) STRICT;
"""

M0005 = """
-- every row that was read in a text names its rule set, and its span where it has one
ALTER TABLE mention ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE legal_reference ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE figure ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE position ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE event_source ADD COLUMN rules TEXT NOT NULL DEFAULT '';
ALTER TABLE event_source ADD COLUMN start INTEGER;
ALTER TABLE event_source ADD COLUMN end INTEGER;
UPDATE mention SET rules = coalesce((
    SELECT rules FROM relevance r WHERE r.entity = 'item' AND r.entity_id = CAST(mention.item_id AS TEXT)), '');
UPDATE legal_reference SET rules = coalesce((
    SELECT rules FROM relevance r WHERE r.entity = 'item' AND r.entity_id = CAST(legal_reference.item_id AS TEXT)), '');
UPDATE figure SET rules = coalesce((
    SELECT rules FROM relevance r WHERE r.entity = 'item' AND r.entity_id = CAST(figure.item_id AS TEXT)), '');
UPDATE position SET rules = coalesce((
    SELECT rules FROM relevance r WHERE r.entity = 'item' AND r.entity_id = CAST(position.item_id AS TEXT)), '');
UPDATE event_source SET rules = substr(rule, instr(rule, '@') + 1), rule = substr(rule, 1, instr(rule, '@') - 1)
WHERE instr(rule, '@') > 0 AND event_id IN (SELECT event_id FROM event WHERE origin = 'text');
"""

M0006 = """
CREATE TABLE citation (             -- the file a cited act or article belongs to; derived, see collectors/citing.py
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    normalised TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (item_id, dossier_id, normalised)
) STRICT;
CREATE INDEX citation_by_dossier ON citation (dossier_id);
"""

M0007 = """
CREATE TABLE seat (                 -- who sat in which chamber and when, as registers of members tell it
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    chamber TEXT NOT NULL,
    start TEXT NOT NULL,            -- partial ISO date; empty where the register does not say since when
    end TEXT NOT NULL,              -- partial ISO date; empty while the seat is held
    told_on TEXT NOT NULL,          -- the day the register first told it
    source_id TEXT NOT NULL REFERENCES source(source_id),
    PRIMARY KEY (actor_id, chamber, start)
) STRICT;
"""

M0008 = """
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
"""

M0009 = """
CREATE TABLE withheld_event (       -- what names a private person by the team's word; data/withheld.py
    event_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE withheld_item (item_id INTEGER PRIMARY KEY) STRICT;
"""

M0010 = """
ALTER TABLE event_source ADD COLUMN quote_lang TEXT NOT NULL DEFAULT '';
"""

M0011 = """
DROP TABLE search_pending;
CREATE TABLE search_pending (       -- texts that changed since the search index was fed, as they were before
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
"""

M0012 = """
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
"""

M0013 = """
CREATE TABLE withheld_actor (       -- who is no policy actor by the team's word, by each name; data/withheld.py
    actor_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (actor_id, name)
) STRICT, WITHOUT ROWID;
"""

M0014 = """
CREATE INDEX item_by_url ON item (source_id, url, published_at);
CREATE TABLE flip (                 -- items and dossiers that were told otherwise; data/flips.py
    source_id TEXT NOT NULL REFERENCES source(source_id),
    kind TEXT NOT NULL CHECK (kind IN ('item', 'dossier')),
    external_id TEXT NOT NULL,
    contents TEXT NOT NULL,         -- JSON list of the digests of what they said, the last 24
    return_count INTEGER NOT NULL,  -- how often one of these came back and was taken
    held TEXT NOT NULL,             -- the digest that was told last and not taken; empty when what is told stands
    held_since TEXT NOT NULL,
    held_at TEXT NOT NULL,          -- when something was not taken last; stays when it is over
    PRIMARY KEY (source_id, kind, external_id)
) STRICT, WITHOUT ROWID;
"""
