"""The tables the dashboard and the exports read: one row per happening, after joining.

Built whole into each snapshot from what the sources said. A happening is shown when a curated row, an
official record of an on-subject dossier or an on-subject text tells it. The baseline gives the id, the
official source gives the wording, every member of the join gives its source.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from data import change_log, read_coverage, search_index, statements
from data.database import Database, rows
from data.incidents import incidents
from data.models import When
from data.vocabulary import Vocabulary, load_vocabulary

STALLED_AFTER = timedelta(days=120)

_SCHEMA = """
CREATE TABLE shown_event (
    seq INTEGER PRIMARY KEY,        -- in order of date, so newest first is a walk down the key
    event_id TEXT NOT NULL UNIQUE,
    date TEXT NOT NULL, date_start TEXT NOT NULL, date_end TEXT NOT NULL, precision TEXT NOT NULL,
    days INTEGER NOT NULL,          -- from the first to the last, both counted
    status TEXT NOT NULL, outcome TEXT NOT NULL, type TEXT NOT NULL, family TEXT NOT NULL,
    jurisdiction TEXT NOT NULL, dossier_id TEXT NOT NULL, track TEXT NOT NULL, stage TEXT NOT NULL,
    official_code TEXT NOT NULL, title TEXT NOT NULL, lang TEXT NOT NULL, titles TEXT NOT NULL,
    summaries TEXT NOT NULL, origin TEXT NOT NULL, verified TEXT NOT NULL, review_state TEXT NOT NULL,
    confidence REAL NOT NULL, legal_references TEXT NOT NULL, harms TEXT NOT NULL, approaches TEXT NOT NULL,
    first_seen_at TEXT NOT NULL, changed_at TEXT NOT NULL, revision INTEGER NOT NULL
) STRICT;
CREATE TABLE shown_source (
    event_id TEXT NOT NULL, n INTEGER NOT NULL, url TEXT NOT NULL, publisher TEXT NOT NULL, kind TEXT NOT NULL,
    published_on TEXT NOT NULL, retrieved_at TEXT NOT NULL, quote TEXT NOT NULL, payload_sha256 TEXT NOT NULL,
    source_id TEXT NOT NULL, verified TEXT NOT NULL, rule TEXT NOT NULL, quote_lang TEXT NOT NULL,
    PRIMARY KEY (event_id, n)
) STRICT;
CREATE TABLE shown_actor (
    event_id TEXT NOT NULL, actor_id TEXT NOT NULL, role TEXT NOT NULL, stance TEXT NOT NULL, quote TEXT NOT NULL,
    role_title TEXT NOT NULL, party TEXT NOT NULL, PRIMARY KEY (event_id, actor_id, role)
) STRICT;
CREATE TABLE shown_facet (
    event_id TEXT NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (key, code, event_id)
) STRICT;
CREATE TABLE shown_dossier (
    dossier_id TEXT PRIMARY KEY, jurisdiction TEXT NOT NULL, track TEXT NOT NULL, title TEXT NOT NULL,
    lang TEXT NOT NULL, titles TEXT NOT NULL, stage TEXT NOT NULL, stage_since TEXT NOT NULL,
    stage_event_id TEXT NOT NULL, url TEXT NOT NULL, identifiers TEXT NOT NULL, harms TEXT NOT NULL,
    approaches TEXT NOT NULL, event_count INTEGER NOT NULL, first_on TEXT NOT NULL, last_on TEXT NOT NULL,
    next_on TEXT NOT NULL, next_event_id TEXT NOT NULL, stalled INTEGER NOT NULL, verified TEXT NOT NULL,
    origin TEXT NOT NULL, press_count INTEGER NOT NULL
) STRICT;
CREATE TABLE shown_volume (         -- documents by the instant of the answer that brought them
    first_seen_at TEXT NOT NULL, jurisdiction TEXT NOT NULL, item_count INTEGER NOT NULL,
    subject_count INTEGER NOT NULL, PRIMARY KEY (first_seen_at, jurisdiction)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown_attention (      -- documents on the subject, counted once so that years of them are drawn at once
    day TEXT NOT NULL, jurisdiction TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, jurisdiction)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown_alias (          -- every id that was ever given -> the id shown now
    entity TEXT NOT NULL, id TEXT NOT NULL, shown_id TEXT NOT NULL, PRIMARY KEY (entity, id)
) STRICT;
"""

#: every column a filter speaks of: with these an index answers any count alone, and no wide row is read
_FILTERED = "date_start, date_end, days, type, status, family, track, dossier_id, origin, verified, event_id"

_INDEXES = f"""
CREATE INDEX shown_event_dossier ON shown_event (dossier_id);
CREATE INDEX shown_event_new ON shown_event (first_seen_at, jurisdiction, {_FILTERED});
CREATE INDEX shown_event_ahead ON shown_event (status, date_end);
CREATE INDEX shown_event_lane ON shown_event (jurisdiction, {_FILTERED});
CREATE INDEX shown_actor_actor ON shown_actor (actor_id, event_id);
CREATE INDEX shown_facet_event ON shown_facet (event_id);
"""

#: words of the team, the one that must be seen first
_DECIDED = ("rejected", "corrected", "confirmed")

_RANK = {"curated": 0, "official": 1, "text": 2}


def build(db: Database, *, today: date) -> None:
    """Create and fill the ``shown_*`` tables. Call inside a transaction on a fresh copy."""
    vocabulary = load_vocabulary()
    db.executescript(_SCHEMA)
    dossiers = _dossier_groups(db)
    shown_dossiers = _shown_dossiers(db, dossiers)
    facets = _item_facets(db, vocabulary)
    groups = _event_groups(db)
    root_of_dossier = {member: root for root, members in dossiers.items() for member in members}
    events = []
    for root, members in groups.items():
        if shown := _event(root, members, shown_dossiers, root_of_dossier, facets, vocabulary):
            events.append(shown)
    events.sort(key=lambda one: (one["date_start"], one["date_end"], one["event_id"]))
    for seq, one in enumerate(events, start=1):
        _insert(db, "shown_event", {"seq": seq, **one})
    _aliases(db, groups, dossiers)
    _sources_and_actors(db)
    _facets(db)
    read_coverage.build(db, shown_dossiers, vocabulary)
    _dossiers(db, dossiers, shown_dossiers, today, vocabulary)
    _volume(db)
    _attention(db)
    search_index.build(db)
    _incidents(db)
    change_log.build(db)
    db.executescript(_INDEXES)
    statements.build(db, vocabulary)


def _insert(db: Database, table: str, values: dict[str, Any]) -> None:
    db.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values())
    )


def _dossier_groups(db: Database) -> dict[str, list[str]]:
    """Shown dossier id -> ids of the dossiers that tell it, the shown one first."""
    groups: dict[str, list[str]] = {}
    for row in rows(
        db,
        """
        SELECT d.dossier_id, coalesce(j.into_id, d.dossier_id) AS root
        FROM dossier d LEFT JOIN dossier_join j USING (dossier_id)
        ORDER BY d.dossier_id
        """,
    ):
        members = groups.setdefault(row["root"], [])
        members.insert(0 if row["root"] == row["dossier_id"] else len(members), row["dossier_id"])
    return groups


def _shown_dossiers(db: Database, groups: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """The joined dossiers that are on the subject, by shown id, with fields of every teller combined."""
    told = {row["dossier_id"]: row for row in rows(db, "SELECT * FROM dossier")}
    judged = {
        row["entity_id"]: row
        for row in rows(db, "SELECT entity_id, relevant, facets FROM relevance WHERE entity = 'dossier'")
    }
    shown = {}
    for root, members in groups.items():
        tellers = sorted((told[one] for one in members), key=lambda one: (_RANK[one["origin"]], one["dossier_id"]))
        relevant = any(judged.get(one, {"relevant": 0})["relevant"] for one in members)
        if not relevant and all(one["origin"] != "curated" for one in tellers):
            continue
        curated_facets = [code for one in tellers for code in json.loads(one["harms"]) + json.loads(one["approaches"])]
        read_facets = [code for one in members if one in judged for code in json.loads(judged[one]["facets"])]
        titles: dict[str, str] = {}
        for one in reversed(tellers):
            titles |= json.loads(one["titles"])
        named = next((one for one in tellers if one["title"]), tellers[0])
        shown[root] = {
            "jurisdiction": tellers[0]["jurisdiction"],
            "track": tellers[0]["track"],
            "title": named["title"],
            "lang": named["lang"],
            "titles": titles,
            "url": next((one["url"] for one in tellers if one["url"]), ""),
            "origin": tellers[0]["origin"],
            "verified": tellers[0]["verified"],
            "facets": curated_facets or read_facets,
        }
    return shown


def _item_facets(db: Database, vocabulary: Vocabulary) -> dict[int, list[str]]:
    """item id -> facet codes, for items on the subject only."""
    return {
        int(row["item_id"]): json.loads(row["facets"])
        for row in rows(
            db,
            """
            SELECT o.item_id, coalesce(r.facets, '[]') AS facets FROM on_subject_item o
            LEFT JOIN relevance r ON r.entity = 'item' AND r.entity_id = CAST(o.item_id AS TEXT)
            """,
        )
    }


def _event_groups(db: Database) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(
        db,
        """
        SELECT e.*, coalesce(j.into_id, e.event_id) AS root
        FROM on_subject_event e LEFT JOIN event_join j USING (event_id)
        ORDER BY e.event_id
        """,
    ):
        groups[row["root"]].append(row)
    for members in groups.values():
        members.sort(key=lambda one: (_RANK[one["origin"]], one["event_id"]))
    return dict(groups)


def _event(
    root: str,
    members: list[dict[str, Any]],
    shown_dossiers: dict[str, dict[str, Any]],
    root_of_dossier: dict[str, str],
    item_facets: dict[int, list[str]],
    vocabulary: Vocabulary,
) -> dict[str, Any] | None:
    dossier_ids = [root_of_dossier[one["dossier_id"]] for one in members if one["dossier_id"]]
    dossier_id = next((one for one in dossier_ids if one in shown_dossiers), "")
    facets = [code for one in members if one["item_id"] in item_facets for code in item_facets[one["item_id"]]]
    on_subject = (
        bool(dossier_id)
        or any(one["origin"] == "curated" for one in members)
        or any(one["item_id"] in item_facets for one in members)
    )
    if not on_subject:
        return None
    first = members[0]
    worded = next((one for one in members if one["origin"] == "official"), first)
    dossier = shown_dossiers.get(dossier_id)
    codes = list(dict.fromkeys(dossier["facets"] if dossier else facets))
    titles: dict[str, str] = {}
    summaries: dict[str, str] = {}
    for one in reversed(members):
        titles |= json.loads(one["titles"])
        summaries |= json.loads(one["summaries"])
    when = When(
        date.fromisoformat(worded["date_start"]), date.fromisoformat(worded["date_end"]), worded["date_precision"]
    )
    states = {one["review_state"] for one in members}
    title = worded["title"]
    if worded["review_state"] == "corrected":
        title = _retold(title, vocabulary.label("event_types", worded["type"], worded["lang"]), when)
    return {
        "event_id": root,
        "date": when.iso(),
        "date_start": worded["date_start"],
        "date_end": worded["date_end"],
        "precision": worded["date_precision"],
        "days": (when.end - when.start).days + 1,
        "status": "disputed" if "rejected" in states else worded["status"],
        "outcome": next((one["outcome"] for one in members if one["outcome"]), ""),
        "type": worded["type"] if worded["type"] != "other" else first["type"],
        "family": vocabulary.family_of(worded["type"] if worded["type"] != "other" else first["type"]),
        "jurisdiction": first["jurisdiction"],
        "dossier_id": dossier_id,
        "track": dossier["track"] if dossier else "",
        "stage": next((one["stage"] for one in members if one["stage"]), ""),
        "official_code": worded["official_code"],
        "title": title,
        "lang": worded["lang"],
        "titles": json.dumps(titles, ensure_ascii=False, sort_keys=True),
        "summaries": json.dumps(summaries, ensure_ascii=False, sort_keys=True),
        "origin": "official" if worded["origin"] == "official" else first["origin"],
        "verified": "payload" if worded["origin"] == "official" else first["verified"],
        "review_state": next((state for state in _DECIDED if state in states), first["review_state"]),
        "confidence": max(one["confidence"] for one in members),
        "legal_references": json.dumps(
            sorted({ref for one in members for ref in json.loads(one["legal_references"])}), ensure_ascii=False
        ),
        "harms": json.dumps([code for code in codes if vocabulary.has("harms", code)]),
        "approaches": json.dumps([code for code in codes if vocabulary.has("approaches", code)]),
        "first_seen_at": min(one["first_seen_at"] for one in members),
        "changed_at": max(one["changed_at"] for one in members),
        "revision": sum(one["revision"] for one in members) + len(members) - 1,
    }


def _retold(title: str, name: str, when: When) -> str:
    """A title that was made of type and date ("Fine (2026-01-07): Ofcom") with those of the correction."""
    return re.sub(r"^[^()]+ \(\d{4}[-/\d]*\)", lambda _: f"{name} ({when.iso()})", title)


def _aliases(db: Database, groups: dict[str, list[dict[str, Any]]], dossiers: dict[str, list[str]]) -> None:
    for root, members in groups.items():
        for one in members:
            db.execute("INSERT INTO shown_alias VALUES ('event', ?, ?)", (one["event_id"], root))
    for root, names in dossiers.items():
        for name in names:
            db.execute("INSERT INTO shown_alias VALUES ('dossier', ?, ?)", (name, root))


def _sources_and_actors(db: Database) -> None:
    """Every member's source and actors. A person who is only ever a target or affected is not listed."""
    db.execute(
        """
        INSERT INTO shown_source
        SELECT a.shown_id,
               row_number() OVER (
                   PARTITION BY a.shown_id
                   ORDER BY CASE e.origin WHEN 'official' THEN 0 WHEN 'curated' THEN 1 ELSE 2 END,
                            s.published_on, e.event_id, s.n) - 1,
               s.url, s.publisher, s.kind, s.published_on, s.retrieved_at, s.quote, s.payload_sha256,
               e.source_id, e.verified, s.rule || CASE WHEN s.rules <> '' THEN '@' || s.rules ELSE '' END,
               s.quote_lang
        FROM event_source s
        JOIN event e USING (event_id)
        JOIN shown_alias a ON a.entity = 'event' AND a.id = e.event_id
        JOIN shown_event v ON v.event_id = a.shown_id
        """
    )
    db.execute(
        """
        INSERT INTO shown_actor
        SELECT a.shown_id, coalesce(j.into_id, x.actor_id), x.role, max(x.stance), max(x.quote),
               max(x.role_title), max(x.party)
        FROM event_actor x LEFT JOIN actor_join j USING (actor_id)
        JOIN shown_alias a ON a.entity = 'event' AND a.id = x.event_id
        JOIN shown_event v ON v.event_id = a.shown_id
        JOIN actor p ON p.actor_id = x.actor_id
        WHERE NOT (p.kind = 'person' AND p.origin <> 'curated' AND NOT EXISTS (
            SELECT 1 FROM event_actor y
            WHERE y.actor_id = x.actor_id AND y.role NOT IN ('target', 'affected_group', '')))
        GROUP BY 1, 2, 3
        """
    )
    db.execute("INSERT INTO shown_alias SELECT 'actor', actor_id, into_id FROM actor_join")


def _facets(db: Database) -> None:
    for key, column in (("harm", "harms"), ("approach", "approaches")):
        db.execute(
            f"""
            INSERT OR IGNORE INTO shown_facet
            SELECT e.event_id, '{key}', f.value FROM shown_event e, json_each(e.{column}) f
            """
        )


def _volume(db: Database) -> None:
    db.execute(
        """
        INSERT INTO shown_volume
        SELECT first_seen_at, jurisdiction, count(*), sum(item_id IN (SELECT item_id FROM on_subject_item))
        FROM item GROUP BY 1, 2
        """
    )


def _incidents(db: Database) -> None:
    """Facet ``incident``: what happened on or after its first day and belongs to it. Reads the search records."""
    for one in incidents().values():
        said = " OR ".join(f'"{word}"' for word in one.words) or '""'
        db.execute(
            """
            INSERT OR IGNORE INTO shown_facet
            SELECT event_id, 'incident', :code FROM shown_event WHERE date_end >= :started AND (
                dossier_id IN (SELECT shown_id FROM shown_alias WHERE entity = 'dossier'
                               AND id IN (SELECT value FROM json_each(:dossiers)))
                OR event_id IN (SELECT shown_id FROM shown_alias WHERE entity = 'event'
                                AND id IN (SELECT value FROM json_each(:events)))
                OR event_id IN (SELECT event_id FROM shown_actor
                                WHERE actor_id IN (SELECT value FROM json_each(:actors)))
                OR event_id IN (SELECT ref FROM shown_record WHERE kind = 'event'
                                AND id IN (SELECT rowid FROM record_search WHERE record_search MATCH :said)))
            """,
            {
                "code": one.code,
                "started": one.started.isoformat(),
                "dossiers": json.dumps(one.dossiers),
                "events": json.dumps(one.events),
                "actors": json.dumps(one.actors),
                "said": said,
            },
        )


def _dossiers(
    db: Database,
    groups: dict[str, list[str]],
    shown: dict[str, dict[str, Any]],
    today: date,
    vocabulary: Vocabulary,
) -> None:
    stages = {row["dossier_id"]: row for row in rows(db, "SELECT * FROM dossier_stage")}
    identifiers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows(db, "SELECT * FROM dossier_identifier ORDER BY scheme, value"):
        identifiers[row["dossier_id"]].append((row["scheme"], row["value"]))
    spans = {
        row["dossier_id"]: row
        for row in rows(
            db,
            """
            SELECT dossier_id, count(*) AS event_count,
                   min(date_start) FILTER (WHERE status = 'occurred') AS first_on,
                   max(date_start) FILTER (WHERE status = 'occurred') AS last_on
            FROM shown_event GROUP BY dossier_id
            """,
        )
    }
    press = read_coverage.press_counts(db)
    coming: dict[str, tuple[str, str]] = {}
    for row in rows(
        db,
        "SELECT dossier_id, date_start, event_id FROM shown_event WHERE status = 'scheduled' AND date_end >= ?"
        " ORDER BY seq DESC",
        (today.isoformat(),),
    ):
        coming[row["dossier_id"]] = (row["date_start"], row["event_id"])
    for root, one in shown.items():
        stage = stages.get(root, {"stage": "unknown", "since": "", "event_id": ""})
        span = spans.get(root, {"event_count": 0, "first_on": "", "last_on": ""})
        next_on, next_event = coming.get(root, ("", ""))
        last_on = span["last_on"] or ""
        rung = vocabulary.stage(one["track"], stage["stage"])
        settled = stage["stage"] == "unknown" or rung.is_end or rung.order >= vocabulary.stage("law", "enacted").order
        stalled = bool(
            one["track"] == "law"
            and last_on
            and not settled
            and not next_on
            and today - date.fromisoformat(last_on) > STALLED_AFTER
        )
        proof = db.execute(
            "SELECT shown_id FROM shown_alias WHERE entity = 'event' AND id = ?", (stage["event_id"],)
        ).fetchone()
        names = list(dict.fromkeys(pair for member in groups[root] for pair in identifiers[member]))
        _insert(
            db,
            "shown_dossier",
            {
                "dossier_id": root,
                "jurisdiction": one["jurisdiction"],
                "track": one["track"],
                "title": one["title"],
                "lang": one["lang"],
                "titles": json.dumps(one["titles"], ensure_ascii=False, sort_keys=True),
                "stage": stage["stage"],
                "stage_since": stage["since"],
                "stage_event_id": proof[0] if proof else "",
                "url": one["url"],
                "identifiers": json.dumps(names),
                "harms": json.dumps([code for code in dict.fromkeys(one["facets"]) if vocabulary.has("harms", code)]),
                "approaches": json.dumps(
                    [code for code in dict.fromkeys(one["facets"]) if vocabulary.has("approaches", code)]
                ),
                "event_count": span["event_count"],
                "first_on": span["first_on"] or "",
                "last_on": last_on,
                "next_on": next_on,
                "next_event_id": next_event,
                "stalled": int(stalled),
                "verified": one["verified"],
                "origin": one["origin"],
                "press_count": press.get(root, 0),
            },
        )


def _attention(db: Database) -> None:
    """Dated documents on the subject per day and place."""
    db.execute(
        """
        INSERT INTO shown_attention
        SELECT substr(i.published_on, 1, 10), i.jurisdiction, count(*) FROM item i JOIN on_subject_item USING (item_id)
        WHERE coalesce(i.published_on, '') <> '' GROUP BY 1, 2
        """
    )
