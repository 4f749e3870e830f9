-- Who is no policy actor by the team's word.

CREATE TABLE withheld_actor (       -- who is no policy actor by the team's word, by each name; data/withheld.py
    actor_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (actor_id, name)
) STRICT, WITHOUT ROWID;
