-- A piece told again under another name is found by its address; what flips between two texts is counted.

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
