-- Files that items speak of by citing their law.

CREATE TABLE citation (             -- the file a cited act or article belongs to; derived, see collectors/citing.py
    item_id INTEGER NOT NULL REFERENCES item(item_id),
    dossier_id TEXT NOT NULL REFERENCES dossier(dossier_id),
    normalised TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (item_id, dossier_id, normalised)
) STRICT;
CREATE INDEX citation_by_dossier ON citation (dossier_id);
