"""What changed in a view since somebody was told last. Pure: two states in, steps out.

A state is key -> mark. The key names an event (``event:ID``) or a file (``file:ID``); the mark is a short text of what
people are told of it: date, status, stage, type and a hash of the title of an event, the stage of a file. More sources
for the same event are no change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

#: what a subscription tells of its view
KINDS = ("new_and_changed", "stage_changes", "new")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a mark of an event says. ``title`` is a hash: words are never kept."""

    date: str
    status: str
    stage: str
    type: str
    title: str


def mark_of(date: str, status: str, stage: str, type_: str, title: str) -> str:
    """The mark of an event; ``title`` is its wording."""
    return json.dumps(
        [date, status, stage, type_, blake2b(title.encode("utf-8", "replace"), digest_size=8).hexdigest()]
    )


def facts_of(mark: str) -> Facts:
    """The inverse of :func:`mark_of`, but for the title."""
    return Facts(*json.loads(mark))


def steps(
    told: Mapping[str, str], now: Mapping[str, str], kind: str, joined: frozenset[str] = frozenset()
) -> dict[str, tuple[str | None, str | None]]:
    """key -> (mark before, mark after) of everything that a mail of this kind tells.

    ``joined`` are keys that are gone because they stand within another one now: nothing happened to them. Of kind
    ``new`` only what was never told; of kind ``stage_changes`` what is gone has left the view by changing its stage,
    which is told by who asks for the state (:func:`data.queries.digest.file_stages`).
    """
    found: dict[str, tuple[str | None, str | None]] = {
        key: (told.get(key), mark)
        for key, mark in sorted(now.items())
        if key not in told or (kind != "new" and told[key] != mark)
    }
    if kind == "new_and_changed":
        found |= {key: (told[key], None) for key in sorted(told) if key not in now and key not in joined}
    return found


def silent(
    told: Mapping[str, str], now: Mapping[str, str], kind: str, joined: frozenset[str]
) -> dict[str, tuple[str | None, str | None]]:
    """What is taken in without telling: keys that stand within another one now, and files that left the view."""
    gone = {key for key in told if key not in now}
    if kind == "new_and_changed":
        gone &= joined
    elif kind == "new":
        return {}
    return {key: (told[key], None) for key in sorted(gone)}
