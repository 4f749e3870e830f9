-- Measures of a visit, files of items, pages of articles, stories, joined actors.

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
