"""The files of a snapshot: what several sources tell of one law or case as one row, with its stage and its dates."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from data import read_coverage
from data.database import Database, rows
from data.shown_tables import RANK, insert
from data.vocabulary import Vocabulary

STALLED_AFTER = timedelta(days=120)


def groups_of(db: Database) -> dict[str, list[str]]:
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


def on_subject(db: Database, groups: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """The joined dossiers that are on the subject, by shown id, with fields of every teller combined."""
    told = {row["dossier_id"]: row for row in rows(db, "SELECT * FROM dossier")}
    judged = {
        row["entity_id"]: row
        for row in rows(db, "SELECT entity_id, relevant, facets FROM relevance WHERE entity = 'dossier'")
    }
    shown = {}
    for root, members in groups.items():
        tellers = sorted((told[one] for one in members), key=lambda one: (RANK[one["origin"]], one["dossier_id"]))
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


def write(
    db: Database,
    groups: dict[str, list[str]],
    shown: dict[str, dict[str, Any]],
    today: date,
    vocabulary: Vocabulary,
) -> None:
    """Fill ``shown_dossier``, after events and coverage; ``today`` (a day of the team) bounds what comes next."""
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
        insert(
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
