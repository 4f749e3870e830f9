"""Which pieces on the subject speak of which file: a table of the snapshot, built with the rest of the read model.

A piece speaks of a file when it cites its law or tells an event of it. What hangs on the file by its official
number (an amendment, a vote) is part of the file and no coverage.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from data.database import Database
from data.vocabulary import Vocabulary

_SCHEMA = """
CREATE TABLE shown_coverage (
    dossier_id TEXT NOT NULL, item_id INTEGER NOT NULL, press INTEGER NOT NULL, day TEXT NOT NULL,
    story_id INTEGER NOT NULL,
    cited TEXT NOT NULL,            -- normalised references, a line each; empty when it tells an event only
    PRIMARY KEY (dossier_id, item_id)
) STRICT;
CREATE INDEX shown_coverage_day ON shown_coverage (dossier_id, press, day);
"""


def build(db: Database, shown: Iterable[str], vocabulary: Vocabulary) -> None:
    """Create and fill ``shown_coverage`` for the files ``shown``; events and aliases are there already."""
    db.executescript(_SCHEMA)
    press = [code for code, term in vocabulary.lists["item_kinds"].items() if term.extra.get("press")]
    db.execute(
        f"""
        INSERT INTO shown_coverage
        SELECT told.dossier_id, i.item_id, i.kind IN ({", ".join("?" * len(press))}), coalesce(i.published_on, ''),
               coalesce(y.story_id, i.item_id),
               coalesce(group_concat(told.normalised, char(10) ORDER BY told.normalised), '')
        FROM (
            SELECT s.shown_id AS dossier_id, c.item_id, c.normalised
            FROM citation c JOIN shown_alias s ON s.entity = 'dossier' AND s.id = c.dossier_id
            UNION
            SELECT v.dossier_id, e.item_id, NULL
            FROM event e JOIN shown_alias s ON s.entity = 'event' AND s.id = e.event_id
            JOIN shown_event v ON v.event_id = s.shown_id
            WHERE e.item_id IS NOT NULL AND v.dossier_id <> ''
        ) told
        JOIN on_subject_item o USING (item_id) JOIN item i USING (item_id) LEFT JOIN story y USING (item_id)
        WHERE told.dossier_id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
            SELECT 1 FROM item_dossier x
            JOIN dossier_identifier d ON d.scheme = x.scheme AND d.value = x.value COLLATE NOCASE
            JOIN shown_alias a ON a.entity = 'dossier' AND a.id = d.dossier_id
            WHERE x.item_id = told.item_id AND a.shown_id = told.dossier_id)
        GROUP BY told.dossier_id, i.item_id
        """,
        [*press, json.dumps(list(shown))],
    )


def press_counts(db: Database) -> dict[str, int]:
    """dossier id -> stories of the press that speak of it; articles of many publishers may be one story."""
    found = db.execute("SELECT dossier_id, count(DISTINCT story_id) FROM shown_coverage WHERE press GROUP BY 1")
    return {str(dossier_id): int(count) for dossier_id, count in found.fetchall()}
