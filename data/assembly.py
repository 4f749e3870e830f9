"""What the team decided and what tells of the same thing, put beside what was read: reviews, joins, stages.

Run on the collected database after collecting, and on an edition of the snapshot as soon as somebody decides
(:mod:`data.edition`): both then show the same. Writes only rows that differ, and logs what changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data import stages, store_identity, store_joins, store_reviews
from data.database import Database, writing
from data.decisions import Decision, pairs, state_of
from data.earlier import keep
from data.joining import (
    ORIGINS,
    Decisions,
    DossierTelling,
    EventTelling,
    Join,
    is_authority,
    is_doer,
    join_dossiers,
    join_events,
)
from data.models import When
from data.vocabulary import load_vocabulary

#: the tables that :func:`assemble` writes
TABLES = (
    "review", "dossier_join", "event_join", "actor_join", "actor_proposal", "dossier_stage", "revision", "setting",
)  # fmt: skip

#: the setting that names the decisions a database follows
FOLLOWED = "decisions"


@dataclass(frozen=True, slots=True)
class Assembled:
    """How many rows changed; the dossiers on the subject as :func:`data.store_joins.dossier_tellings` gives them;
    dossier id -> the id it is shown under."""

    written: int
    dossiers: list[dict[str, Any]]
    root: dict[str, str]


def assemble(db: Database, decisions: Sequence[Decision], *, at: str, today: date) -> Assembled:
    """Apply the standing ``decisions``, recompute joins, identities and stages. ``at`` is a UTC instant."""
    written = store_reviews.write_reviews(db, decisions, at=at)
    decided = Decisions(pairs(decisions, "split"), pairs(decisions, "merge"))
    tellings = store_joins.dossier_tellings(db)
    dossier_joins = join_dossiers(
        (DossierTelling(one["dossier_id"], one["origin"], one["jurisdiction"], one["identifiers"]) for one in tellings),
        decided,
    )
    written += store_joins.write_joins(db, "dossier_join", _rows(dossier_joins), at=at)
    root = {one["dossier_id"]: one["dossier_id"] for one in tellings}
    root |= {join.member: join.root for join in dossier_joins}
    relevant = {root[one["dossier_id"]] for one in tellings if one["relevant"]}
    events = [
        one for one in store_joins.event_tellings(db) if not one["dossier_id"] or root[one["dossier_id"]] in relevant
    ]
    event_joins = join_events((_telling(one, root) for one in events), decided)
    written += store_joins.write_joins(db, "event_join", _rows(event_joins), at=at)
    written += _identities(db, decided, at)
    track = {one["dossier_id"]: one["track"] for one in tellings}
    written += store_joins.write_stages(db, _stages(events, root, track, relevant, today), at=at)
    _follow(db, state_of(decisions), at)
    return Assembled(written, [one for one in tellings if root[one["dossier_id"]] in relevant], root)


def followed(db: Database) -> str:
    """The state (:func:`data.decisions.state_of`) of the decisions that this database follows."""
    found = db.execute("SELECT value FROM setting WHERE key = ?", (FOLLOWED,)).fetchone()
    return str(found[0]) if found else ""


def _follow(db: Database, state: str, at: str) -> None:
    if followed(db) == state:
        return
    with writing(db):
        keep(db, "setting", FOLLOWED, at=at)
        db.execute(
            "INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (FOLLOWED, state),
        )


def _telling(one: dict[str, Any], root: dict[str, str]) -> EventTelling:
    return EventTelling(
        event_id=one["event_id"],
        origin=one["origin"],
        teller=one["teller"],
        dossier_id=root.get(one["dossier_id"], ""),
        type=one["type"],
        outcome=one["outcome"],
        start=date.fromisoformat(one["date_start"]),
        end=date.fromisoformat(one["date_end"]),
        actors=frozenset(actor_id for actor_id, _, _ in one["actors"]),
        authorities=frozenset(actor_id for actor_id, kind, _ in one["actors"] if is_authority(kind)),
        doers=frozenset(actor_id for actor_id, _, role in one["actors"] if is_doer(role)),
    )


def _identities(db: Database, decided: Decisions, at: str) -> int:
    actors = store_identity.actor_ids(db)
    joined, rest = _put_together(decided.merged, actors), store_identity.same_names(db)
    undecided = [one for one in rest if frozenset(one[:2]) not in decided.split | decided.merged]
    return store_identity.write_identities(db, joined, undecided, at=at)


def _put_together(merged: frozenset[frozenset[str]], actors: dict[str, str]) -> list[tuple[str, str]]:
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


def _stages(
    events: list[dict[str, Any]], root: dict[str, str], track: dict[str, str], relevant: set[str], today: date
) -> list[store_joins.StageRow]:
    staged: dict[str, list[stages.StageEvent]] = defaultdict(list)
    has_stage = load_vocabulary().has_stage
    for one in events:
        dossier_id = root.get(one["dossier_id"], "")
        if dossier_id and one["stage"] and has_stage(track[dossier_id], one["stage"]):
            when = When(
                date.fromisoformat(one["date_start"]), date.fromisoformat(one["date_end"]), one["date_precision"]
            )
            staged[dossier_id].append(
                stages.StageEvent(one["event_id"], when, one["stage"], one["status"], one["type"])
            )
    found = []
    for dossier_id in sorted(relevant):
        result = stages.stage_of(staged[dossier_id], today, track[dossier_id])
        found.append(store_joins.StageRow(dossier_id, result.stage, result.since, result.event_id))
    return found


def _rows(joins: list[Join]) -> list[tuple[str, str, str]]:
    return [(join.member, join.root, join.rule) for join in joins]
