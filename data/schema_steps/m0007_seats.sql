-- Seats of members of parliaments, with their dates.

CREATE TABLE seat (                 -- who sat in which chamber and when, as registers of members tell it
    actor_id TEXT NOT NULL REFERENCES actor(actor_id),
    chamber TEXT NOT NULL,
    start TEXT NOT NULL,            -- partial ISO date; empty where the register does not say since when
    end TEXT NOT NULL,              -- partial ISO date; empty while the seat is held
    told_on TEXT NOT NULL,          -- the day the register first told it
    source_id TEXT NOT NULL REFERENCES source(source_id),
    PRIMARY KEY (actor_id, chamber, start)
) STRICT;
