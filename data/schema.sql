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

CREATE VIEW on_subject_item AS
SELECT i.item_id FROM item i
LEFT JOIN relevance r ON r.entity = 'item' AND r.entity_id = CAST(i.item_id AS TEXT)
LEFT JOIN review w ON w.entity = 'item' AND w.entity_id = CAST(i.item_id AS TEXT)
WHERE coalesce(w.state = 'confirmed', r.relevant, 0) AND i.item_id NOT IN (SELECT item_id FROM withheld_item);

CREATE VIEW searched_item AS
SELECT CAST(entity_id AS INTEGER) AS item_id FROM relevance WHERE entity = 'item' AND relevant
UNION SELECT CAST(entity_id AS INTEGER) FROM review WHERE entity = 'item' AND state = 'confirmed'
EXCEPT SELECT item_id FROM withheld_item;

CREATE VIEW searched_text AS
SELECT item_id, title, summary, text FROM item_text WHERE item_id IN (SELECT item_id FROM searched_item);

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

CREATE TABLE actor_identifier (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    PRIMARY KEY (scheme, value)
) STRICT;

CREATE TABLE actor_join (           -- by a decision of the team, never by a name
    actor_id TEXT PRIMARY KEY REFERENCES actor(actor_id),
    into_id TEXT NOT NULL REFERENCES actor(actor_id),
    rule TEXT NOT NULL,
    CHECK (actor_id <> into_id)
) STRICT;

CREATE TABLE actor_name (
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    condition TEXT NOT NULL DEFAULT '',
    folded TEXT NOT NULL,
    PRIMARY KEY (actor_id, name, lang)
) STRICT;

CREATE TABLE actor_proposal (       -- persons who share a name and nothing else: for somebody to decide
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    other_id TEXT NOT NULL REFERENCES actor(actor_id),
    name TEXT NOT NULL,
    PRIMARY KEY (actor_id, other_id),
    CHECK (actor_id < other_id)
) STRICT;

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

CREATE TABLE citation (             -- the file a cited act or article belongs to; derived, see collectors/citing.py
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    normalised TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (item_id, dossier_id, normalised)
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
    changed_at TEXT NOT NULL, parser TEXT NOT NULL DEFAULT '',
    UNIQUE (source_id, external_id)
) STRICT;

CREATE TABLE dossier_actor (
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    role TEXT NOT NULL,
    role_title TEXT NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (dossier_id, actor_id, role)
) STRICT;

CREATE TABLE dossier_identifier (
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (dossier_id, scheme, value)
) STRICT;

CREATE TABLE dossier_join (         -- a row that can be taken away: this dossier is told again by that one
    dossier_id TEXT PRIMARY KEY REFERENCES dossier(dossier_id),
    into_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    rule TEXT NOT NULL,
    CHECK (dossier_id <> into_id)
) STRICT;

CREATE TABLE dossier_relation (
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    kind TEXT NOT NULL,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    on_date TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (dossier_id, kind, scheme, value)
) STRICT;

CREATE TABLE dossier_stage (        -- computed from the events of all joined dossiers
    dossier_id TEXT PRIMARY KEY REFERENCES dossier(dossier_id),
    stage TEXT NOT NULL,
    since TEXT NOT NULL,
    event_id TEXT NOT NULL
) STRICT;

CREATE TABLE earlier (              -- rows as they stood before their first change on a UTC day; data/earlier.py
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    day TEXT NOT NULL,
    rows TEXT NOT NULL,             -- JSON list of objects
    PRIMARY KEY (key, name, day)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE event_join (
    event_id TEXT PRIMARY KEY REFERENCES event(event_id),
    into_id TEXT NOT NULL REFERENCES event(event_id),
    rule TEXT NOT NULL,
    CHECK (event_id <> into_id)
) STRICT;

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
    retrieved_at TEXT NOT NULL, rules TEXT NOT NULL DEFAULT '', start INTEGER, end INTEGER, quote_lang TEXT NOT NULL DEFAULT '', parser TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (event_id, n)
) STRICT;

CREATE TABLE figure (               -- a number an item gives; value NULL for a quantity without a number
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    value REAL,
    unit TEXT NOT NULL,
    about TEXT NOT NULL,
    rule TEXT NOT NULL, rules TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (item_id, start, end)
) STRICT;

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
    changed_at TEXT NOT NULL, parser TEXT NOT NULL DEFAULT '',
    UNIQUE (source_id, external_id)
) STRICT;

CREATE TABLE item_dossier (         -- the official file an item says it belongs to
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (item_id, scheme, value)
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

CREATE VIRTUAL TABLE item_search USING fts5(
            title, summary, text,
            content='searched_text', content_rowid='item_id',
            tokenize='unicode61 remove_diacritics 2'
        );

CREATE TABLE item_text (            -- apart from the facets, and the content of the search index
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE legal_reference (
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    normalised TEXT NOT NULL, rule TEXT NOT NULL DEFAULT '', rules TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (item_id, start, end, normalised)
) STRICT;

CREATE TABLE mention (
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    actor_id TEXT REFERENCES actor(actor_id),
    name TEXT NOT NULL,
    rule TEXT NOT NULL, rules TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (item_id, start, end)
) STRICT;

CREATE TABLE page (                 -- whether the page of an article was read; its text stands in item_text
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    url TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('read', 'paywalled', 'reserved', 'refused', 'empty', 'gone')),
    published_on TEXT NOT NULL,     -- the day the page states
    payload_sha256 TEXT NOT NULL,
    fetched_at TEXT NOT NULL
, parser TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE payload (              -- a fetched body; the file payloads/<sha256>.gz holds it
    sha256 TEXT PRIMARY KEY,
    byte_count INTEGER NOT NULL,
    url TEXT NOT NULL,
    headers TEXT NOT NULL,          -- JSON
    fetched_at TEXT NOT NULL
) STRICT;

CREATE TABLE pending (              -- addresses a response asked for and that are not done yet
    source_id TEXT NOT NULL REFERENCES source(source_id),
    url TEXT NOT NULL,
    attempt_count INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source_id, url)
) STRICT;

CREATE TABLE position (             -- who is for or against, where a text says so
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    actor_id TEXT REFERENCES actor(actor_id),
    name TEXT NOT NULL,
    stance TEXT NOT NULL,
    quote TEXT NOT NULL,
    rule TEXT NOT NULL, rules TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (item_id, start, end, name, stance)
) STRICT;

CREATE TABLE quarantine (           -- rows that could not be read; the payload they stood in is kept
    quarantine_id INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    locator TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL,
    at TEXT NOT NULL, parser TEXT NOT NULL DEFAULT '',
    UNIQUE (source_id, locator, reason)
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

CREATE TABLE request (              -- what is known of an address: validators live with the records
    url TEXT PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source(source_id),
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    fetched_at TEXT NOT NULL DEFAULT '',
    read_with TEXT NOT NULL DEFAULT ''  -- version of the code that read it
) STRICT;

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
, measures TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE search_pending (       -- texts that changed since the search index was fed, as they were before
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE seat (                 -- who sat in which chamber and when, as registers of members tell it
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    chamber TEXT NOT NULL,
    start TEXT NOT NULL,            -- partial ISO date; empty where the register does not say since when
    end TEXT NOT NULL,              -- partial ISO date; empty while the seat is held
    told_on TEXT NOT NULL,          -- the day the register first told it
    source_id TEXT NOT NULL REFERENCES source(source_id), parser TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (actor_id, chamber, start)
) STRICT;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

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

CREATE TABLE story (                -- items of several publishers that are one story; the lead has itself as story
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    story_id INTEGER NOT NULL REFERENCES item(item_id),
    rule TEXT NOT NULL
) STRICT;

CREATE TABLE unknown_code (         -- codes our tables lack
    source_id TEXT NOT NULL REFERENCES source(source_id),
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    locator TEXT NOT NULL,
    at TEXT NOT NULL, parser TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (source_id, field, code)
) STRICT;

CREATE TABLE withheld_actor (       -- who is no policy actor by the team's word, by each name; data/withheld.py
    actor_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (actor_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE withheld_event (       -- what names a private person by the team's word; data/withheld.py
    event_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE withheld_item (item_id INTEGER PRIMARY KEY) STRICT;

CREATE INDEX actor_identifier_by_actor ON actor_identifier (actor_id);

CREATE INDEX actor_name_folded ON actor_name (folded);

CREATE INDEX citation_by_dossier ON citation (dossier_id);

CREATE INDEX dossier_identifier_value ON dossier_identifier (scheme, value);

CREATE INDEX earlier_by_day ON earlier (day);

CREATE INDEX earlier_by_item ON earlier (rows ->> '$[0].item_id') WHERE name = 'event';

CREATE INDEX event_actor_by_actor ON event_actor (actor_id);

CREATE INDEX event_by_day ON event (date_start);

CREATE INDEX event_by_dossier ON event (dossier_id);

CREATE INDEX event_by_item ON event (item_id);

CREATE INDEX event_join_into ON event_join (into_id);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE INDEX item_by_day ON item (published_on);

CREATE INDEX item_by_first_seen ON item (first_seen_at);

CREATE INDEX item_by_url ON item (source_id, url, published_at);

CREATE INDEX item_dossier_value ON item_dossier (scheme, value);

CREATE INDEX mention_by_actor ON mention (actor_id);

CREATE INDEX position_by_actor ON position (actor_id);

CREATE INDEX revision_by_entity ON revision (entity, entity_id);

CREATE INDEX revision_by_time ON revision (at);

CREATE INDEX run_by_source ON run (source_id, run_id);

CREATE INDEX story_by_story ON story (story_id);
