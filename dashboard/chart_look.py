"""Colours, measures and text of the figures.

Plotly reads a little HTML, TeX and templates in every text it draws: whatever comes from a row passes
:func:`plotly_text`, or :func:`wrapped` when it may take several lines.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

#: a layer of a figure as Plotly writes it down: the names of its reference, checked where a figure is built from it
Trace = dict[str, Any]

GLYPH_PX, GAP_PX = 12, 3
HOVER_LETTERS, HOVER_LINE = 240, 56
#: what stands loose before the ellipsis of words cut short: a comma, an open bracket, half of a compound
_LOOSE = re.compile(r"[\s,;:(\[«–-]+…$")


@dataclass(frozen=True, slots=True)
class Look:
    """Measures in pixels and colours of one variant.

    ``shift`` moves the middle line down, below a label on top, or up, above a bar of stages; that bar stands
    ``stage_at`` below the middle of its lane and is ``stage_px`` high (0: there is none).
    """

    lane_px: int
    plot_px: int
    shift_px: int
    row_px: int
    strip_px: int
    stage_at: int
    stage_px: int
    text: str
    faint: str
    strip: str
    halo: str
    panel: str
    today: str
    future: str
    #: stages early, midway and late on their ladder, then closed: (fill, letters on it)
    stages: tuple[tuple[str, str], ...]


def look_of(narrow: bool, dark: bool, staged: bool = False) -> Look:
    """The variant for a phone or a wide page, a light or a dark one, with or without bars of stages."""
    if staged:
        sizes = (84, 340, -4, 14, 38, 28, 15) if narrow else (68, 1000, -9, 14, 40, 24, 16)
    else:
        sizes = (62, 340, 9, 14, 38, 0, 0) if narrow else (48, 1000, 0, 14, 40, 0, 0)
    if dark:
        stages = (("#2b4258", "#eceff1"), ("#3f6d95", "#ffffff"), ("#a9d0f5", "#0b0c0c"), ("#3a3d42", "#eceff1"))
        return Look(*sizes, "#d7dce3", "#2d3540", "rgba(176,188,204,0.26)", "#14181c", "#1e242a", "#ff9d9d",
                    "rgba(138,180,248,0.13)", stages)  # fmt: skip
    stages = (("#d6e4f2", "#0b0c0c"), ("#8fb7dd", "#0b0c0c"), ("#1d4e89", "#ffffff"), ("#e4e4e4", "#0b0c0c"))
    return Look(*sizes, "#2f3743", "#e4e7eb", "rgba(98,110,128,0.22)", "#ffffff", "#ffffff", "#b42318",
                "rgba(29,78,137,0.08)", stages)  # fmt: skip


def plotly_text(text: str, limit: int = HOVER_LETTERS) -> str:
    """``text`` for any place where Plotly draws text: one line, no tag, no formula, no template, no hidden direction.

    Plotly turns ``<a>``, ``<b>`` or ``<br>`` into markup, text between dollar signs into TeX, whose ``\\href`` is a
    link, and ``%{meta}`` in names and notes into the figure's own data. Longer text ends with an ellipsis.
    """
    return _escaped(_flat(text, limit))


def wrapped(text: str, width: int = HOVER_LINE, lines: int = HOVER_LETTERS) -> str:
    """:func:`plotly_text` over several lines, at most ``lines``; longer text ends with an ellipsis."""
    flat = wrap(_flat(text, HOVER_LETTERS), width, max_lines=lines, placeholder="…")
    return "<br>".join(_escaped(_LOOSE.sub("…", line)) for line in flat)


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
