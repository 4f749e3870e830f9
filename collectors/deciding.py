"""The team's word from the command line: what may be decided about what, and what is written with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data import desk, queries
from data.database import Database, open_immutable, published_path
from data.decisions import PRIVATE, actor_value, value_of
from data.errors import MonitorError
from data.vocabulary import load_vocabulary

#: why an actor cannot be rejected
_PUBLIC = {
    "reviewed": "it is reviewed: data/reference is where it is corrected",
    "official": "a register or an official record names it: who holds a public office is public",
}

#: kind of decision -> what it may be about
_ABOUT = {
    "split": ("event", "dossier", "actor"),
    "merge": ("event", "dossier", "actor"),
    "confirm": ("event", "item"),
    "reject": ("event", "item", "actor"),
    "correct": ("event",),
    "note": ("event", "item"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A decision as it is given: ``one`` an id (of an item its number or its URL), ``other`` of a split or a merge,
    ``type`` and ``date`` (partial ISO) of a correction; ``private``: rejected because it names, or is, a private
    person."""

    kind: str
    entity: str
    one: str
    other: str = ""
    type: str = ""
    date: str = ""
    why: str = ""
    by: str = ""
    private: bool = False


def decide(word: Word, *, at: str) -> int:
    """Write it on the desk; returns its number. Raises MonitorError for what cannot be decided or is not known."""
    if word.entity not in _ABOUT[word.kind]:
        raise MonitorError(f"{word.kind} is about: {', '.join(_ABOUT[word.kind])}")
    if bool(word.other) != (word.kind in ("split", "merge")):
        raise MonitorError("a split and a merge name two ids, every other decision one")
    if word.private and word.kind != "reject":
        raise MonitorError("--private says why something is rejected")
    if word.kind in ("reject", "note") and not word.why and not word.private:
        raise MonitorError(f"{word.kind}: say it with --why")
    one, value = (word.one, None) if word.other else _looked_at(word)
    with desk.open_desk() as team:
        return desk.decide(
            team, word.kind, word.entity, one, other_id=word.other, value=value, why=word.why, by=word.by, at=at
        )


def _looked_at(word: Word) -> tuple[str, dict[str, Any] | None]:
    """The lasting id of what the decision is about, and the claims it speaks of."""
    db = open_immutable(published_path())
    if word.entity == "item":
        number = word.one if word.one.isdecimal() else queries.item_at(db, word.one)
        page = queries.item(db, int(number)) if number else None
        if page is None:
            raise MonitorError(f"no item {word.one!r} is kept")
        return page.key, PRIVATE if word.private else None
    if word.entity == "actor":
        return _actor(db, word)
    tellings = queries.tellings(db, word.one)
    if not any(one.event_id == word.one for one in tellings):
        raise MonitorError(f"no event {word.one!r} is kept")
    if word.type and not load_vocabulary().has("event_types", word.type):
        raise MonitorError(f"no type of event is called {word.type!r}")
    try:
        return word.one, value_of(word.kind, word.one, tellings, word.type, word.date, private=word.private)
    except ValueError as error:
        raise MonitorError(f"{word.kind}: {error}") from error


def _actor(db: Database, word: Word) -> tuple[str, dict[str, Any]]:
    """The id an actor is shown under and every id it is told under, of one that texts alone name."""
    profile = queries.actor(db, word.one)
    if profile is None:
        raise MonitorError(f"no actor {word.one!r} is listed")
    shown = profile.actor.actor_id
    ids = [shown, *(one for one, _ in queries.members(db, "actor", shown))]
    if public := next(filter(None, (queries.public_by(db, one) for one in ids)), ""):
        raise MonitorError(f"{word.one!r} cannot be rejected: {_PUBLIC[public]}")
    return shown, actor_value(ids, private=word.private)
