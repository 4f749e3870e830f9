"""What the team's word on an event or a piece means. Pure: decisions and tellings in, claims and reviews out.

A decision is kept with the claims it speaks of (in which item, which type, which date), not with numbers of a
database: it survives a rebuild, and it can still be measured when today's rules no longer find the event.

Confirming speaks of every telling of the same type and date. Rejecting an event that only texts tell speaks of each
of them, and they are no longer shown. Rejecting one that an official record or a reviewed row tells speaks of that
record alone: what an authority published is not ours to hide, so it stays, disputed, and proves no stage. Correcting
is for what rules read in texts; an official record says what it says, and a reviewed row is corrected in its file.

One rejection is of another kind: because a private person or a victim is named. It speaks of every telling, whoever
tells it, and of the documents these were read in; it is no word on whether reading was right (:mod:`data.withheld`).

Rejecting an actor says that a name which rules read in texts is no policy actor. Whom a register, an official record
or a reviewed row names cannot be rejected: a public office is public, and a reviewed row is corrected in its file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from data.models import When
from data.rows import Telling

#: kinds of decision of which one stands on a thing -> the state it gives
REVIEWS = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected"}

#: what is written with a rejection because a private person or a victim is named
PRIVATE = {"private": True}

#: kinds that change what is shown, of which the later one on a pair stands
PAIRS = ("merge", "split")


@dataclass(frozen=True, slots=True)
class Claim:
    """That an item tells an event: ``item`` is the item's key, empty for an event no item tells."""

    event_id: str
    item: str
    type: str
    date: str
    origin: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of the team. ``at`` and ``withdrawn_at`` (empty while it stands) are UTC instants; ``type`` and
    ``date`` (partial ISO) are those of a correction, ``other_id`` of a merge or a split, ``stance`` of a position,
    ``tag`` of a tag, ``actors`` the ids a rejected actor was told under. ``is_private``: rejected because it names, or
    is, a private person or a victim."""

    decision_id: int
    kind: str
    entity: str
    entity_id: str
    claims: tuple[Claim, ...]
    type: str
    date: str
    why: str
    by: str
    at: str
    other_id: str = ""
    stance: str = ""
    tag: str = ""
    withdrawn_at: str = ""
    is_private: bool = False
    actors: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether it changes what everybody sees; a note, a tag and a position stand beside it."""
        return self.kind in REVIEWS or self.kind in PAIRS

    @property
    def withholds(self) -> bool:
        """Whether what it speaks of leaves every day of the record."""
        return self.is_private or (self.kind == "reject" and self.entity == "actor")

    def speaks_of(self, event_id: str) -> bool:
        """Whether it is about this event or one of its tellings."""
        named = (self.entity_id, self.other_id, *(one.event_id for one in self.claims))
        return self.entity == "event" and event_id in named


def item_key(source_id: str, external_id: str) -> str:
    """The name of an item that every rebuild gives again."""
    return f"{source_id}:{external_id}"


def item_of_key(key: str) -> tuple[str, str]:
    """(source id, external id) of a key."""
    source_id, _, external_id = key.partition(":")
    return source_id, external_id


def value_of(
    kind: str, event_id: str, tellings: Sequence[Telling], type_: str = "", date: str = "", *, private: bool = False
) -> dict[str, Any]:
    """What is written with a decision on ``event_id``, one of ``tellings`` of a happening; ``private`` of a rejection.

    Raises ValueError for a correction without a type and a date, or of something that no rule read in a text.
    """
    if private and kind == "reject":
        return {"claims": [_claim(one) for one in tellings], **PRIVATE}
    found: dict[str, Any] = {"claims": [_claim(one) for one in _spoken_of(kind, event_id, tellings)]}
    if kind == "correct":
        if not type_ or any(one.origin != "text" for one in tellings):
            raise ValueError("only what was read in a text can be corrected, and by a type and a date")
        found |= {"type": type_, "date": When.parse(date).iso()}
    return found


def _spoken_of(kind: str, event_id: str, tellings: Sequence[Telling]) -> list[Telling]:
    if kind == "confirm":
        shown = [(one.type, one.date) for one in tellings if one.event_id == event_id]
        return [one for one in tellings if (one.type, one.date) in shown]
    if kind == "reject":
        return [one for one in tellings if one.origin != "text"] or list(tellings)
    return list(tellings) if kind == "correct" else []


def _claim(one: Telling) -> dict[str, str]:
    return {"event_id": one.event_id, "item": one.item, "type": one.type, "date": one.date, "origin": one.origin}


def actor_value(actor_ids: Iterable[str], *, private: bool = False) -> dict[str, Any]:
    """What is written with the rejection of an actor that is told under each of ``actor_ids``."""
    return {"actors": sorted(actor_ids), **(PRIVATE if private else {})}


def decision_of(row: dict[str, Any]) -> Decision:
    """A row of the desk as a record."""
    value = json.loads(row.pop("value") or "{}")
    value = value if isinstance(value, dict) else {}
    claims = tuple(Claim(**one) for one in value.get("claims", ()))
    told: dict[str, Any] = {name: str(value.get(name, "")) for name in ("type", "date", "stance", "tag")}
    actors = tuple(value.get("actors", ()))
    return Decision(**row, **told, claims=claims, is_private=value.get("private") is True, actors=actors)


def pairs(decisions: Iterable[Decision], kind: str) -> frozenset[frozenset[str]]:
    """The pairs of ids that were put together (``merge``) or separated (``split``)."""
    return frozenset(
        frozenset({one.entity_id, one.other_id})
        for one in decisions
        if one.kind == kind and one.other_id not in ("", one.entity_id)
    )


def state_of(decisions: Iterable[Decision]) -> str:
    """A short hash of what ``decisions`` change of what is shown, but for what they withhold; empty for nothing."""
    return _state(one for one in decisions if one.is_shown and not one.withholds)


def withheld_state(decisions: Iterable[Decision]) -> str:
    """A short hash of what ``decisions`` withhold; empty when that is nothing."""
    return _state(one for one in decisions if one.withholds)


def _state(decisions: Iterable[Decision]) -> str:
    told = [
        json.dumps([one.decision_id, one.kind, one.entity, one.entity_id, one.other_id, one.type, one.date, one.at])
        + repr(one.claims)
        for one in decisions
    ]
    return blake2b("\n".join(told).encode(), digest_size=8).hexdigest() if told else ""


def named_privately(decisions: Iterable[Decision]) -> tuple[set[str], set[str]]:
    """(keys of items, ids of events) that name a private person: with an event go the items it was read in."""
    private = [one for one in decisions if one.is_private]
    items = {one.entity_id for one in private if one.entity == "item"}
    events = {one.entity_id for one in private if one.entity == "event"}
    claims = [claim for one in private for claim in one.claims]
    return items | {one.item for one in claims if one.item}, events | {one.event_id for one in claims}


def no_actors(decisions: Iterable[Decision]) -> set[str]:
    """Ids of actors that were rejected: no policy actors by the team's word."""
    return {
        actor_id
        for one in decisions
        if one.kind == "reject" and one.entity == "actor"
        for actor_id in (one.entity_id, *one.actors)
    }


def nameable(decisions: Iterable[Decision]) -> list[Decision]:
    """Without what else was decided on an actor that is a private person: there the name would stand."""
    decisions = list(decisions)
    private = {actor_id for one in decisions if one.is_private and not one.withdrawn_at for actor_id in one.actors}
    return [
        one
        for one in decisions
        if one.entity != "actor"
        or not {one.entity_id, one.other_id} & private
        or (one.is_private and not one.withdrawn_at)
    ]


def word_on_events(decisions: Iterable[Decision]) -> dict[str, tuple[Decision, Claim]]:
    """event id -> the last decision that speaks of it, with what it says was read."""
    return {
        claim.event_id: (one, claim)
        for one in decisions
        if one.entity == "event" and one.kind in REVIEWS and not one.is_private
        for claim in one.claims
    }


def word_on_items(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """item key -> the standing decision on whether it is about the subject."""
    return {
        one.entity_id: one for one in decisions if one.entity == "item" and one.kind in REVIEWS and not one.is_private
    }
