"""Who said or voted what on which measure, and who acted when: built into each snapshot for quick answers.

A statement is a stance an event gives to an actor, or one a text states in a sentence. A vote is a role of an event
and stands apart. A statement read in a text belongs to a file only when the text is about one file and no other;
else it names none. What an event and its own text both tell of an actor is one statement, the event's.
"""

from __future__ import annotations

from data.database import Database
from data.vocabulary import Vocabulary

SCHEMA = """
CREATE TABLE shown_statement (
    n INTEGER PRIMARY KEY,
    actor_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,       -- empty: names no file
    code TEXT NOT NULL,             -- a stance, or of a vote the role of the event
    is_vote INTEGER NOT NULL,
    day TEXT NOT NULL,              -- first day, empty when not known
    date TEXT NOT NULL,             -- as fine as known
    jurisdiction TEXT NOT NULL,
    event_id TEXT NOT NULL,         -- empty when a text alone states it
    item_id INTEGER NOT NULL,       -- 0 when an event tells it
    quote TEXT NOT NULL, rule TEXT NOT NULL
) STRICT;
CREATE TABLE shown_statement_facet (
    n INTEGER NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (key, code, n)
) STRICT;
CREATE TABLE shown_act (            -- shown_actor with what a ranking counts, narrow: event rows are wide
    actor_id TEXT NOT NULL, seq INTEGER NOT NULL, role TEXT NOT NULL,
    party TEXT NOT NULL,            -- said by the event, else the actor's
    day TEXT NOT NULL, has_happened INTEGER NOT NULL,
    PRIMARY KEY (actor_id, seq, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown_actor_total (    -- the ranking of the whole timeline
    actor_id TEXT PRIMARY KEY, event_count INTEGER NOT NULL, first_on TEXT NOT NULL, last_on TEXT NOT NULL,
    last_seq INTEGER                -- newest event that has happened
) STRICT;
"""

INDEXES = """
CREATE INDEX shown_statement_actor ON shown_statement (actor_id, dossier_id, code, is_vote, day, date);
CREATE INDEX shown_statement_dossier ON shown_statement (dossier_id, actor_id);
CREATE INDEX shown_statement_facet_n ON shown_statement_facet (n);
"""


def build(db: Database, vocabulary: Vocabulary) -> None:
    """Fill the tables from ``shown_event``, ``shown_actor`` and the positions of texts on the subject."""
    db.executescript(SCHEMA)
    _acts(db)
    votes = vocabulary.votes()
    db.execute(
        f"""
        INSERT INTO shown_statement (actor_id, dossier_id, code, is_vote, day, date, jurisdiction, event_id, item_id,
                                     quote, rule)
        SELECT told.actor_id, e.dossier_id, told.code, told.is_vote, e.date_start, e.date, e.jurisdiction,
               e.event_id, 0, told.quote, ''
        FROM (
            SELECT s.shown_id AS event_id, coalesce(j.into_id, x.actor_id) AS actor_id, x.stance AS code, 0 AS is_vote,
                   max(x.quote) AS quote
            FROM event_actor x LEFT JOIN actor_join j USING (actor_id)
            JOIN shown_alias s ON s.entity = 'event' AND s.id = x.event_id
            WHERE x.stance <> '' GROUP BY 1, 2, 3
            UNION ALL
            SELECT event_id, actor_id, role, 1, max(quote) FROM shown_actor
            WHERE role IN ({", ".join("?" * len(votes))}) GROUP BY 1, 2, 3
        ) told JOIN shown_event e USING (event_id)
        WHERE e.status = 'occurred'
          AND EXISTS (SELECT 1 FROM shown_actor v WHERE v.event_id = told.event_id AND v.actor_id = told.actor_id)
        ORDER BY e.seq, told.actor_id, told.code
        """,
        votes,
    )
    db.execute("CREATE INDEX shown_statement_event ON shown_statement (event_id)")
    _from_texts(db)
    db.execute(
        """
        INSERT INTO shown_statement_facet
        SELECT s.n, f.key, f.code FROM shown_statement s JOIN shown_facet f USING (event_id)
        """
    )
    for key, codes in (("harm", vocabulary.codes("harms")), ("approach", vocabulary.codes("approaches"))):
        db.execute(
            f"""
            INSERT OR IGNORE INTO shown_statement_facet
            SELECT s.n, '{key}', f.value FROM shown_statement s
            JOIN relevance r ON r.entity = 'item' AND r.entity_id = CAST(s.item_id AS TEXT), json_each(r.facets) f
            WHERE s.item_id > 0 AND f.value IN ({", ".join("?" * len(codes))})
            """,
            codes,
        )
    db.executescript(INDEXES)


def _acts(db: Database) -> None:
    db.execute(
        """
        INSERT INTO shown_act
        SELECT x.actor_id, e.seq, x.role, coalesce(nullif(x.party, ''), a.party), e.date_start, e.status = 'occurred'
        FROM shown_actor x JOIN shown_event e USING (event_id) JOIN actor a USING (actor_id)
        """
    )
    db.execute(
        """
        INSERT INTO shown_actor_total
        SELECT actor_id, count(DISTINCT seq), min(day), max(day), max(CASE has_happened WHEN 1 THEN seq END)
        FROM shown_act GROUP BY actor_id
        """
    )


def _from_texts(db: Database) -> None:
    """Positions of listed actors. A person is listed when reviewed, shown in an event, or of a register of members."""
    db.execute(
        """
        INSERT INTO shown_statement (actor_id, dossier_id, code, is_vote, day, date, jurisdiction, event_id, item_id,
                                     quote, rule)
        WITH numbered AS MATERIALIZED (
            SELECT d.scheme, lower(d.value) AS value, s.shown_id AS dossier_id FROM dossier_identifier d
            JOIN shown_alias s ON s.entity = 'dossier' AND s.id = d.dossier_id
        ), about AS MATERIALIZED (
            SELECT item_id, min(dossier_id) AS dossier_id FROM (
                SELECT c.item_id, s.shown_id AS dossier_id FROM citation c
                JOIN shown_alias s ON s.entity = 'dossier' AND s.id = c.dossier_id
                WHERE c.item_id IN (SELECT item_id FROM position)
                UNION
                SELECT x.item_id, d.dossier_id FROM item_dossier x
                JOIN numbered d ON d.scheme = x.scheme AND d.value = lower(x.value)
                WHERE x.item_id IN (SELECT item_id FROM position)
            ) JOIN shown_dossier USING (dossier_id) GROUP BY item_id HAVING count(*) = 1
        )
        SELECT told.actor_id, coalesce(b.dossier_id, ''), told.stance, 0, told.day, told.day, i.jurisdiction, '',
               told.item_id, told.quote, told.rule
        FROM (
            SELECT DISTINCT p.item_id, coalesce(j.into_id, p.actor_id) AS actor_id, p.stance, p.quote, p.rule,
                            coalesce(i.published_on, '') AS day, p.start
            FROM position p JOIN on_subject_item o USING (item_id) JOIN item i USING (item_id)
            LEFT JOIN actor_join j USING (actor_id)
            WHERE p.actor_id IS NOT NULL
        ) told
        JOIN item i USING (item_id) JOIN actor a ON a.actor_id = told.actor_id
        LEFT JOIN about b USING (item_id)
        WHERE (a.kind <> 'person' OR a.origin = 'curated'
               OR a.actor_id IN (SELECT actor_id FROM shown_actor) OR a.actor_id IN (SELECT actor_id FROM seat))
          AND NOT EXISTS (
              SELECT 1 FROM event e JOIN shown_alias s ON s.entity = 'event' AND s.id = e.event_id
              JOIN shown_statement v ON v.event_id = s.shown_id
              WHERE e.item_id = told.item_id AND v.actor_id = told.actor_id AND v.code = told.stance)
        ORDER BY told.day, told.item_id, told.start
        """
    )
