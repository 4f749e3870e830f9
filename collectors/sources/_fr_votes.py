"""What the Assembly's words for fates of amendments and titles of votes mean to us (``fr_assemblee_votes.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from collectors.sources import _bodies as bodies
from data.fold import fold


@dataclass(frozen=True, slots=True)
class Fate:
    """How an amendment ended: ``outcome`` a code or empty while open, ``label`` in French; ``known`` else a warning."""

    outcome: str = ""
    label: str = ""
    known: bool = True


def fate(sort: str, state: str) -> Fate:
    """The fate told in the sitting, else what its state says."""
    table = bodies.stage_table("fr_assemblee_votes")
    if sort:
        row = table["sort"].get(fold(sort))
        return Fate(row["outcome"], row["fr"]) if row else Fate(known=False)
    if not state or state in table["etat"]["open"]:
        return Fate()
    row = table["sort"].get(table["etat"]["decided"].get(state, ""))
    return Fate(row["outcome"], row["fr"]) if row else Fate(known=False)


def vote_type(title: str, outcome: str) -> str:
    """The event type of a vote by its title; ``other`` when no pattern tells."""
    words = re.sub(r"^(?:les?|la|l)\s+", "", fold(title))
    for row in bodies.stage_table("fr_assemblee_votes")["titles"]:
        if re.search(row["pattern"], words):
            return str(row["carried"] if outcome == "adopted" else row["lost"])
    return "other"
