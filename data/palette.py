"""The colours and the hollow marks of every figure, on pages and in files alike: one place for both.

The shape of a family stands in the vocabulary (``glyph`` of ``families``); colour is never the only sign.
"""

from __future__ import annotations

from collections.abc import Mapping

#: family -> colour on a light and on a dark page: told apart by colour-blind readers, 3:1 or more against the page.
COLOURS: Mapping[str, tuple[str, str]] = {
    "legislature": ("#0072b2", "#56b4e9"),
    "executive": ("#8f6400", "#e6b422"),
    "law": ("#00795c", "#2cc59a"),
    "review": ("#a8437f", "#e58fc0"),
    "enforcement": ("#c8460a", "#ff8a4c"),
    "court": ("#5b3fa6", "#b79cf2"),
    "platform": ("#3b3b3b", "#e2e2e2"),
    "society": ("#6b7280", "#9aa4b2"),
}
#: what has not happened at its date, or not yet, is drawn hollow
HOLLOW = frozenset({"scheduled", "postponed", "cancelled"})
#: stars and triangles look smaller than a square of the same size
SCALE: Mapping[str, float] = {
    "star": 1.25, "triangle-up": 1.1, "diamond": 1.05, "cross": 1.0, "square": 0.88, "pentagon": 0.8,
}  # fmt: skip
