-- What is withheld because it names a private person.

CREATE TABLE withheld_event (       -- what names a private person by the team's word; data/withheld.py
    event_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE withheld_item (item_id INTEGER PRIMARY KEY) STRICT;
