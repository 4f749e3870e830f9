"""What is kept of a visit so that later ones can be compared with it, and the alarms that come of it.

The stored form is JSON beside the run (:func:`stored`, :func:`read`). What older versions stored is still read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Measures:
    """What one whole visit brought. ``filled``: kind.field -> share of records (0 to 1); ``newest`` a day or ''.

    ``new_count`` records were never seen before, ``changed_count`` are told otherwise, ``late_count`` of the new ones
    carry a day on which they should have been seen; -1 where that was not measured. ``rules`` names the code that read.
    """

    record_count: int
    newest: str = ""
    filled: dict[str, float] = field(default_factory=dict)
    new_count: int = -1
    changed_count: int = -1
    late_count: int = -1
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """``kind`` is ``fewer``, ``silent``, ``stale``, ``field``, ``otherwise``, ``strangers`` or ``flips``; ``reason`` a
    sentence with the figures."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier visit that was answered: its day (UTC), how much was new or changed, its measures if whole, and what
    was wrong with it."""

    on: date
    news_count: int
    measures: Measures | None = None
    alarms: tuple[Alarm, ...] = ()


def stored(measures: Measures | None, alarms: Sequence[Alarm] = ()) -> str:
    """What stands beside the run; nothing where a visit neither read everything nor was wrong."""
    told: dict[str, object] = {}
    if measures is not None:
        told = {
            "records": measures.record_count, "newest": measures.newest, "filled": measures.filled,
            "new": measures.new_count, "changed": measures.changed_count, "late": measures.late_count,
            "rules": measures.rules,
        }  # fmt: skip
    if alarms:
        told["alarms"] = [[one.kind, one.reason] for one in alarms]
    return json.dumps(told, sort_keys=True) if told else ""


def read(text: str, on: date, news_count: int) -> Past:
    """The visit of that day, with what :func:`stored` made of it."""
    found = json.loads(text) if text else {}
    measures = None
    if "records" in found:
        measures = Measures(
            found["records"], found["newest"], found["filled"],
            found.get("new", -1), found.get("changed", -1), found.get("late", -1), found.get("rules", ""),
        )  # fmt: skip
    return Past(on, news_count, measures, tuple(Alarm(*one) for one in found.get("alarms", ())))
