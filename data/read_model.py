"""The tables the dashboard and the exports read: one row per happening, after joining.

Built whole into each snapshot from what the sources said. A happening is shown when a curated row, an
official record of an on-subject dossier or an on-subject text tells it. The baseline gives the id, the
official source gives the wording, every member of the join gives its source.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from typing import Any

from data import change_log, read_coverage, read_dossiers, search_index, statements
from data.database import Database, rows
from data.incidents import incidents
from data.models import When
from data.shown_tables import INDEXES, RANK, SCHEMA, insert
from data.vocabulary import Vocabulary, load_vocabulary

#: words of the team, the one that must be seen first
_DECIDED = ("rejected", "corrected", "confirmed")


def build(db: Database, *, today: date) -> None:
    """Create and fill the ``shown_*`` tables. Call inside a transaction on a fresh copy."""
    vocabulary = load_vocabulary()
    db.executescript(SCHEMA)
    dossiers = read_dossiers.groups_of(db)
    shown_dossiers = read_dossiers.on_subject(db, dossiers)
    facets = _item_facets(db)
    groups = _event_groups(db)
    root_of_dossier = {member: root for root, members in dossiers.items() for member in members}
    events = []
    for root, members in groups.items():
        if shown := _event(root, members, shown_dossiers, root_of_dossier, facets, vocabulary):
            events.append(shown)
    events.sort(key=lambda one: (one["date_start"], one["date_end"], one["event_id"]))
    for seq, one in enumerate(events, start=1):
        insert(db, "shown_event", {"seq": seq, **one})
    _aliases(db, groups, dossiers)
    _sources_and_actors(db)
    _facets(db)
    read_coverage.build(db, shown_dossiers, vocabulary)
    read_dossiers.write(db, dossiers, shown_dossiers, today, vocabulary)
    _volume(db)
    _attention(db)
    search_index.build(db)
    _incidents(db)
    change_log.build(db)
    db.executescript(INDEXES)
    statements.build(db, vocabulary)


def _item_facets(db: Database) -> dict[int, list[str]]:
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
        members.sort(key=lambda one: (RANK[one["origin"]], one["event_id"]))
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
    # one telling names it, another says what it did: one actor, with its part
    db.execute(
        """
        DELETE FROM shown_actor WHERE role = '' AND stance = '' AND EXISTS (
            SELECT 1 FROM shown_actor y
            WHERE y.event_id = shown_actor.event_id AND y.actor_id = shown_actor.actor_id AND y.role <> '')
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


def _attention(db: Database) -> None:
    """Dated documents on the subject per day and place."""
    db.execute(
        """
        INSERT INTO shown_attention
        SELECT substr(i.published_on, 1, 10), i.jurisdiction, count(*) FROM item i JOIN on_subject_item USING (item_id)
        WHERE coalesce(i.published_on, '') <> '' GROUP BY 1, 2
        """
    )
