-- What the team decided about events and items.

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
