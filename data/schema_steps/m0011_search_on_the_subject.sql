-- The search index holds the documents on the subject alone; it is made anew after the steps.

DROP TABLE search_pending;
CREATE TABLE search_pending (       -- texts that changed since the search index was fed, as they were before
    item_id INTEGER PRIMARY KEY REFERENCES item(item_id),
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
