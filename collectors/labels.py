"""The team's decisions as an annotated collection: what reading is measured on besides a hand-made one.

One line a decided item, in the format :mod:`collectors.analysis.scoring` reads, marked ``partial``: only what a
decision speaks about is known. ``relevant`` is there when somebody decided on it, ``events`` are those confirmed or
corrected (wanted), ``rejected_events`` those that must not be found again; nothing else is said of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from collectors.interpret import UNDATED
from data.decisions import Decision, word_on_events, word_on_items

Row = dict[str, Any]


def labels(decisions: Iterable[Decision], stored: Callable[[str], Row | None]) -> tuple[list[Row], int]:
    """The labelled set in the order of the items' keys, and how many decided items ``stored`` (by key) lacks.

    A piece confirmed although only a watched file held it says nothing of its words: its relevance is not measured.
    """
    decisions = tuple(decisions)
    on_items, known = word_on_items(decisions), _known(decisions)
    found, missing = [], 0
    for key in sorted({*on_items, *known}):
        document = stored(key)
        if document is None:
            missing += 1
            continue
        watched = document.pop("watched")
        row = {**document, "published": document["published"] or UNDATED.isoformat(), "partial": True}
        if key in on_items and not (watched and on_items[key].kind == "confirm"):
            row["relevant"] = on_items[key].kind == "confirm"
        row |= known.get(key, {"events": [], "rejected_events": []})
        found.append(row)
    return found, missing


def _known(decisions: tuple[Decision, ...]) -> dict[str, Row]:
    """item key -> its events that are wanted and that are rejected. A correction does both."""
    found: dict[str, Row] = {}
    for decision, claim in word_on_events(decisions).values():
        if claim.origin != "text" or not claim.item:
            continue
        row = found.setdefault(claim.item, {"events": [], "rejected_events": []})
        read = {"date": claim.date, "type": claim.type}
        wanted = {"confirm": read, "correct": {"date": decision.date, "type": decision.type}}.get(decision.kind)
        if wanted and wanted not in row["events"]:  # two events corrected into one are one
            row["events"].append(wanted)
        if wanted != read:
            row["rejected_events"].append(read)
    return found
