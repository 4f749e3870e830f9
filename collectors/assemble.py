"""After collecting: apply what the team decided, join what tells of the same thing, compute every dossier's stage."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from collectors import citing, watching
from collectors import clock as clocks
from collectors.clock import Clock
from collectors.joining import (
    ORIGINS,
    Decisions,
    DossierTelling,
    EventTelling,
    Join,
    is_authority,
    join_dossiers,
    join_events,
)
from collectors.stories import Article, stories
from data import desk, stages, store_citations, store_identity, store_items, store_joins, store_reviews
from data.database import Database
from data.models import Identifier, When
from data.vocabulary import load_vocabulary


def assemble(db: Database, clock: Clock) -> int:
    """Apply the team's decisions, recompute joins and stages; returns how many rows that changed."""
    at = clocks.stamp(clock)
    reviewed = store_reviews.write_reviews(db, desk.standing(), at=at)
    decided = desk.decided_pairs()
    tellings = store_joins.dossier_tellings(db)
    dossier_joins = join_dossiers(
        (DossierTelling(one["dossier_id"], one["origin"], one["jurisdiction"], one["identifiers"]) for one in tellings),
        Decisions(decided.split, decided.merged),
    )
    written = reviewed + store_joins.write_joins(db, "dossier_join", _rows(dossier_joins), at=at)
    root = {one["dossier_id"]: one["dossier_id"] for one in tellings}
    root |= {join.member: join.root for join in dossier_joins}
    relevant = {root[one["dossier_id"]] for one in tellings if one["relevant"]}
    events = [
        one for one in store_joins.event_tellings(db) if not one["dossier_id"] or root[one["dossier_id"]] in relevant
    ]
    event_joins = join_events(
        (
            EventTelling(
                event_id=one["event_id"],
                origin=one["origin"],
                teller=one["teller"],
                dossier_id=root.get(one["dossier_id"], ""),
                type=one["type"],
                outcome=one["outcome"],
                start=date.fromisoformat(one["date_start"]),
                end=date.fromisoformat(one["date_end"]),
                actors=frozenset(actor_id for actor_id, _ in one["actors"]),
                authorities=frozenset(actor_id for actor_id, kind in one["actors"] if is_authority(kind)),
            )
            for one in events
        ),
        Decisions(decided.split, decided.merged),
    )
    written += store_joins.write_joins(db, "event_join", _rows(event_joins), at=at)
    staged: dict[str, list[stages.StageEvent]] = defaultdict(list)
    track = {one["dossier_id"]: one["track"] for one in tellings}
    has_stage = load_vocabulary().has_stage
    for one in events:
        dossier_id = root.get(one["dossier_id"], "")
        if dossier_id and one["stage"] and has_stage(track[dossier_id], one["stage"]):
            staged[dossier_id].append(_stage_event(one))
    written += _cite(db, [one for one in tellings if root[one["dossier_id"]] in relevant], root)
    written += store_items.write_stories(db, ((one.item_id, one.story_id, one.rule) for one in stories(_articles(db))))
    actors = store_identity.actor_ids(db)
    joined, rest = _decided(decided.merged, actors), store_identity.same_names(db)
    undecided = [one for one in rest if frozenset(one[:2]) not in decided.split | decided.merged]
    written += store_identity.write_identities(db, joined, undecided, at=at)
    today = clocks.today(clock)
    found = []
    for dossier_id in sorted(relevant):
        result = stages.stage_of(staged[dossier_id], today, track[dossier_id])
        found.append(store_joins.StageRow(dossier_id, result.stage, result.since, result.event_id))
    return written + store_joins.write_stages(db, found, at=at)


def _cite(db: Database, tellings: list[dict[str, Any]], root: dict[str, str]) -> int:
    """Link items to the files whose law they cite; returns how many rows that changed."""
    named = ((one["dossier_id"], Identifier(*pair)) for one in tellings for pair in one["identifiers"])
    shown = {one["dossier_id"]: root[one["dossier_id"]] for one in tellings}
    found = citing.citations(
        store_citations.cited(db), store_citations.belongs(db), citing.Files(named, watching.articles(), shown)
    )
    return store_citations.write_citations(
        db, ((one.item_id, one.dossier_id, one.normalised, one.rule) for one in found)
    )


def _decided(merged: frozenset[frozenset[str]], actors: dict[str, str]) -> list[tuple[str, str]]:
    """(member, shown) of the actors the team put together: a reviewed one is shown, else the first by id."""
    above: dict[str, str] = {}

    def top(actor_id: str) -> str:
        while actor_id in above:
            actor_id = above[actor_id]
        return actor_id

    for pair in sorted(merged, key=sorted):
        if len(pair) == 2 and pair <= set(actors):
            one, other = sorted((top(name) for name in pair), key=lambda name: (ORIGINS[actors[name]], name))
            if one != other:
                above[other] = one
    return [(member, top(member)) for member in above]


def _articles(db: Database) -> list[Article]:
    return [
        Article(**{**row, "published_on": date.fromisoformat(row["published_on"]) if row["published_on"] else None})
        for row in store_items.told_articles(db)
    ]


def _stage_event(one: dict[str, Any]) -> stages.StageEvent:
    start, end = date.fromisoformat(one["date_start"]), date.fromisoformat(one["date_end"])
    when = When(start, end, one["date_precision"])
    return stages.StageEvent(one["event_id"], when, one["stage"], one["status"], one["type"])


def _rows(joins: list[Join]) -> list[tuple[str, str, str]]:
    return [(join.member, join.root, join.rule) for join in joins]
