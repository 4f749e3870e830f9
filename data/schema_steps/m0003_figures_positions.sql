-- Figures and positions read in items; the rule that read a citation.

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
