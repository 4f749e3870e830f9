"""Colours, measures and text of the figures.

Plotly reads a little HTML, TeX and templates in every text it draws: whatever comes from a row passes
:func:`plotly_text`, or :func:`wrapped` when it may take several lines.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap

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
GLYPH_PX, GAP_PX = 12, 3
HOVER_LETTERS, HOVER_LINE = 240, 56


@dataclass(frozen=True, slots=True)
class Look:
    """Measures in pixels and colours of one variant. ``shift`` moves the middle line down, below a label on top."""

    lane_px: int
    plot_px: int
    shift_px: int
    row_px: int
    strip_px: int
    text: str
    faint: str
    strip: str
    halo: str
    panel: str
    today: str


def look_of(narrow: bool, dark: bool) -> Look:
    sizes = (62, 340, 9, 14, 38) if narrow else (48, 1000, 0, 14, 40)
    if dark:
        return Look(*sizes, "#d7dce3", "#2d3540", "rgba(176,188,204,0.26)", "#14181c", "#1e242a", "#ff9d9d")
    return Look(*sizes, "#2f3743", "#e4e7eb", "rgba(98,110,128,0.22)", "#ffffff", "#ffffff", "#b42318")


def plotly_text(text: str, limit: int = HOVER_LETTERS) -> str:
    """``text`` for any place where Plotly draws text: one line, no tag, no formula, no template, no hidden direction.

    Plotly turns ``<a>``, ``<b>`` or ``<br>`` into markup, text between dollar signs into TeX, whose ``\\href`` is a
    link, and ``%{meta}`` in names and notes into the figure's own data. Longer text ends with an ellipsis.
    """
    return _escaped(_flat(text, limit))


def wrapped(text: str) -> str:
    """:func:`plotly_text` over several lines."""
    return "<br>".join(_escaped(line) for line in wrap(_flat(text, HOVER_LETTERS), HOVER_LINE))


def _flat(text: str, limit: int) -> str:
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_printable(char))
    flat = " ".join(kept.replace("$", "").replace("%{", "% {").split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def _escaped(text: str) -> str:
    # quotes stay: Plotly decodes few entities and would show ``&quot;`` letter by letter
    return html.escape(text, quote=False)


def _is_printable(char: str) -> bool:
    # the joiners shape letters in Hindi or Persian; other format characters can turn or hide text
    return char in "\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
