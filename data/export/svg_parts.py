"""Pieces of SVG: escaped text, the marker symbols of the vocabulary, colours and measures of the printed figure."""

from __future__ import annotations

from html import escape
from math import cos, pi, sin

from data.export.plain import one_line
from data.palette import HOLLOW, SCALE
from data.rows import TimelineEvent
from data.vocabulary import load_vocabulary

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, FAINT, LINE, TODAY, BAR = "#1b1f24", "#4a5361", "#d4d9e0", "#b42318", "#c3cad5"
RADIUS, MARGIN, TITLE, TEXT, SMALL = 6.5, 24, 20, 12.5, 11
#: a line of the list of events, and the narrowest figure that lists them in two columns
KEY_LINE, TWO_COLUMNS = 16, 800

_ANGLES = {"triangle-up": (3, -90), "diamond": (4, -90), "square": (4, -45), "pentagon": (5, -90), "hexagon": (6, -90)}
#: a polygon of few corners needs a wider circle to weigh as much as a disc
_GROWN = {"triangle-up": 1.15, "square": 1.25, "diamond": 1.15, "pentagon": 1.15, "hexagon": 1.08}


def put_text(
    parts: list[str],
    text: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    *,
    anchor: str = "start",
    weight: int = 400,
) -> float:
    """One line of text with its left end, middle or right end at ``x``; gives back ``y``."""
    more = "" if anchor == "start" else f' text-anchor="{anchor}"'
    more += "" if weight == 400 else f' font-weight="{weight}"'
    parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}"{more}>{escaped(text)}</text>')
    return y


def escaped(text: str) -> str:
    """Text of others inside a tag or an attribute of ours."""
    return escape(one_line(text), quote=True)


def glyph(event: TimelineEvent, x: float, y: float, colour: str) -> str:
    """The shape of an event's family, hollow when it has not happened (yet)."""
    fill = "#ffffff" if event.status in HOLLOW else colour
    paint = f'fill="{fill}" stroke="{colour if event.status in HOLLOW else "#ffffff"}" stroke-width="1.6"'
    return shape(load_vocabulary().glyph_of(event.family), x, y, paint)


def shape(name: str, x: float, y: float, paint: str) -> str:
    """A marker symbol of the vocabulary around a point."""
    radius = RADIUS * SCALE.get(name, 1.0)
    if name == "star":
        points = [(radius if n % 2 == 0 else radius * 0.45, -90.0 + 36 * n) for n in range(10)]
    elif name == "cross":
        arm, out = radius * 0.36, radius
        corners = [(arm, out), (arm, arm), (out, arm)]
        turned = [(cx, cy) for cx, cy in corners]
        path = [*turned, *((cx, -cy) for cx, cy in reversed(turned)), *((-cx, -cy) for cx, cy in turned)]
        path += [(-cx, cy) for cx, cy in reversed(turned)]
        shown = " ".join(f"{x + cx:.1f},{y + cy:.1f}" for cx, cy in path)
        return f'<polygon points="{shown}" {paint}/>'
    elif name in _ANGLES:
        count, start = _ANGLES[name]
        points = [(radius * _GROWN[name], start + 360 * n / count) for n in range(count)]
    else:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {paint}/>'
    shown = " ".join(f"{x + r * cos(a * pi / 180):.1f},{y + r * sin(a * pi / 180):.1f}" for r, a in points)
    return f'<polygon points="{shown}" {paint}/>'
