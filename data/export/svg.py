"""The timeline figure of a view as one SVG file, see :mod:`data.export.figure_svg`."""

from __future__ import annotations

from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.figure_svg import draw
from data.vocabulary import Vocabulary


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """Every event as a numbered glyph, or counted in a bar that carries its id."""
    drawing = draw(extract.events, context, labels)
    return Export(context.filename("svg"), "image/svg+xml", drawing.svg.encode("utf-8"))
