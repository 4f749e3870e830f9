"""The tables of the snapshot that only the search reads, built after the rest of the read model.

Events, files and actors have an index of their own; documents keep the one of the collected database, which is
fed with each unit. Beside them stand small tables: what a document is without its text, official numbers and
names as keys, words for the nearest spelling, publishers by code.
"""

from __future__ import annotations

import json
from hashlib import blake2b

from data.database import Database, rows, slug
from data.fold import fold
from data.official_numbers import key, number_keys, title_keys

_SCHEMA = """
CREATE TABLE shown_record (         -- ids: events by day, then files by day, then actors; the highest are read first
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL,
    heading TEXT NOT NULL,          -- the title as it is shown
    title TEXT NOT NULL,            -- the titles in every language, as they are searched
    text TEXT NOT NULL,
    day TEXT NOT NULL, jurisdiction TEXT NOT NULL, url TEXT NOT NULL, publisher TEXT NOT NULL, lang TEXT NOT NULL,
    titles TEXT NOT NULL, type TEXT NOT NULL
) STRICT;
CREATE TABLE shown_item (           -- documents on the subject, without their text
    item_id INTEGER PRIMARY KEY, day TEXT NOT NULL, jurisdiction TEXT NOT NULL, type TEXT NOT NULL,
    publisher TEXT NOT NULL, story INTEGER NOT NULL
) STRICT;
CREATE TABLE shown_publisher (name TEXT PRIMARY KEY, code TEXT NOT NULL, folded TEXT NOT NULL) STRICT;
CREATE TABLE shown_key (            -- an official number or a whole name, letters and digits alone
    key TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (key, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown_word (word TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE record_search USING fts5(
    title, text, content='shown_record', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE record_word USING fts5vocab('record_search', 'row');
CREATE VIRTUAL TABLE record_place USING fts5vocab('record_search', 'instance');
CREATE INDEX shown_publisher_code ON shown_publisher (code);
CREATE INDEX shown_record_ref ON shown_record (kind, ref);
"""

_RECORDS = """
INSERT INTO shown_record (kind, ref, heading, title, text, day, jurisdiction, url, publisher, lang, titles, type)
SELECT 'event', e.event_id, e.title,
       e.title || coalesce(
           (SELECT group_concat(' · ' || value, '') FROM json_each(e.titles) WHERE value <> e.title), ''),
       coalesce((SELECT group_concat(value, ' · ') FROM json_each(e.summaries)), '') || ' · '
       || coalesce((SELECT group_concat(quote, ' · ') FROM shown_source s WHERE s.event_id = e.event_id), ''),
       e.date_start, e.jurisdiction,
       coalesce((SELECT url FROM shown_source s WHERE s.event_id = e.event_id AND n = 0), ''),
       coalesce((SELECT publisher FROM shown_source s WHERE s.event_id = e.event_id AND n = 0), ''),
       e.lang, e.titles, e.type
FROM shown_event e ORDER BY e.seq;
INSERT INTO shown_record (kind, ref, heading, title, text, day, jurisdiction, url, publisher, lang, titles, type)
SELECT 'dossier', d.dossier_id, d.title,
       d.title || coalesce(
           (SELECT group_concat(' · ' || value, '') FROM json_each(d.titles) WHERE value <> d.title), ''),
       (SELECT coalesce(group_concat(x.value ->> 1, ' · '), '') FROM json_each(d.identifiers) x),
       d.last_on, d.jurisdiction, d.url, '', d.lang, d.titles, d.track
FROM shown_dossier d ORDER BY d.last_on, d.dossier_id;
INSERT INTO shown_record (kind, ref, heading, title, text, day, jurisdiction, url, publisher, lang, titles, type)
SELECT 'actor', a.actor_id, a.name,
       a.name || coalesce((SELECT group_concat(' · ' || n.name, '') FROM actor_name n
                           WHERE n.actor_id = a.actor_id AND n.name <> a.name), ''),
       '', '', a.jurisdiction, a.url, '', '', '{}', a.kind
FROM actor a
WHERE a.name <> '' AND (a.origin = 'curated' OR a.actor_id IN (SELECT actor_id FROM shown_actor))
ORDER BY a.actor_id;
INSERT INTO record_search(record_search) VALUES ('rebuild');
INSERT INTO shown_word SELECT term, doc FROM record_word
WHERE length(term) BETWEEN 3 AND 30 AND NOT term GLOB '*[0-9]*';
"""

_ITEMS = """
INSERT INTO shown_item
SELECT i.item_id, coalesce(i.published_on, ''), i.jurisdiction, i.kind, coalesce(p.code, ''),
       coalesce(y.story_id, i.item_id)
FROM on_subject_item o JOIN item i USING (item_id) LEFT JOIN story y USING (item_id)
LEFT JOIN shown_publisher p ON p.name = i.publisher
ORDER BY i.item_id
"""


def build(db: Database) -> None:
    """Create and fill the tables. Call inside the transaction that builds the read model, after its tables."""
    db.executescript(_SCHEMA)
    db.executescript(_RECORDS)
    _publishers(db)
    db.execute(_ITEMS)
    _keys(db)


def index_places(db: Database) -> None:
    """Where words stand in documents: only in the snapshot itself, beside the index it speaks of."""
    db.execute("CREATE VIRTUAL TABLE item_place USING fts5vocab('item_search', 'instance')")


def forget_changed(db: Database, since: str) -> None:
    """Leave out documents whose words changed after the UTC instant ``since``: the index holds those of now alone."""
    db.execute("DELETE FROM shown_item WHERE item_id IN (SELECT item_id FROM item WHERE changed_at > ?)", (since,))


def _publishers(db: Database) -> None:
    names = db.execute("SELECT publisher FROM item UNION SELECT publisher FROM shown_source").fetchall()
    for (name,) in names:
        if name:
            db.execute("INSERT INTO shown_publisher VALUES (?, ?, ?)", (name, publisher_code(name), f" {fold(name)} "))


def publisher_code(name: str) -> str:
    """The code of a publisher in an address: its name in plain letters, else a hash of it."""
    return slug(fold(name))[:60] or blake2b(name.encode(), digest_size=4).hexdigest()


def _keys(db: Database) -> None:
    """Names and numbers of files and actors, and whole titles of events."""
    ids = {(one["kind"], one["ref"]): one["id"] for one in rows(db, "SELECT kind, ref, id FROM shown_record")}
    found: set[tuple[str, int]] = set()
    names: set[str] = set()
    for one in rows(
        db,
        "SELECT a.actor_id, a.name FROM actor a UNION SELECT actor_id, name FROM actor_name WHERE condition = ''",
    ):
        record = ids.get(("actor", one["actor_id"]), 0)
        if record and key(one["name"]):
            names.add(key(one["name"]))
            found.add((key(one["name"]), record))
    for one in rows(db, "SELECT dossier_id, title, titles, identifiers, origin FROM shown_dossier"):
        record = ids["dossier", one["dossier_id"]]
        keys = {key(one["dossier_id"])}
        if one["origin"] == "curated":  # readable ids: fr-loi-sren is the loi SREN
            keys.add(key(one["dossier_id"].partition("-")[2]))
        for title in (one["title"], *json.loads(one["titles"]).values()):
            keys |= title_keys(title) - names  # "Ofcom: an inquiry" is not what Ofcom is called
        for scheme, value in json.loads(one["identifiers"]):
            keys |= number_keys(scheme, value)
        found |= {(text, record) for text in keys if text}
    for one in rows(db, "SELECT event_id, title, titles FROM shown_event"):
        record = ids["event", one["event_id"]]
        titles = (one["title"], *json.loads(one["titles"]).values())
        found |= {(key(title), record) for title in titles if len(key(title)) >= 8}
    for text, record in sorted(found):
        db.execute("INSERT INTO shown_key VALUES (?, ?)", (text, record))
