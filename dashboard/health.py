"""What ``/healthz`` tells an operator."""

from __future__ import annotations

from datetime import datetime

from dashboard import live, store
from dashboard.collecting import TROUBLE


def health(now: datetime) -> dict[str, object]:
    """The publication in force and its age, and how the collection that is under way or was last goes.

    Instants are UTC, empty for what never was; ``in_trouble`` lists the sources of that collection to look at. Raises
    MonitorError when there is no publication.
    """
    published_at, seconds = live.age(now)
    state = store.progress()
    outcomes = state.get("outcomes")
    visited = outcomes if isinstance(outcomes, dict) else {}
    return {
        "status": "ok",
        "published_at": published_at,
        "age_seconds": seconds,
        "collection_began_at": str(state.get("started_at", "")),
        "collection_ended_at": str(state.get("finished_at", "")),
        "in_trouble": sorted(str(one) for one, outcome in visited.items() if outcome in TROUBLE),
    }
