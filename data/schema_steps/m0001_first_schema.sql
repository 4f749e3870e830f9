-- Everything of the first release.

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
