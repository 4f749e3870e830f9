"""The briefing as PDF: A4, tagged for readers that speak (PDF/UA-1), the same bytes for the same view."""

from __future__ import annotations

import re

from data.export.briefing import ROWS, briefing, chunks
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.phrases import phrase
from data.export.typeset import document
from data.vocabulary import Vocabulary

#: letters without a hyphen after which a line may break: a word of thousands of letters stays on the page
UNBROKEN = re.compile(r"[^\s-]{40}(?=[^\s-])")
#: the figure is at most so high, in millimetres
FIGURE_MM = 110


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """Two pages; annexes for a view of many events."""
    content, figure = briefing(extract, context, labels)
    content["rest"] = chunks(content["rest"], 60)
    natural = 176 * figure.height / figure.width
    data, is_ua = document(
        "briefing.typ",
        _breakable(content),
        {"figure": figure.svg, "height": f"{min(natural, FIGURE_MM):.1f}"},
        context.as_of_instant(),
    )
    notes = []
    if content["rest"]:
        notes.append(phrase("shortened", context.lang, limit=ROWS))
    if not is_ua:
        notes.append(phrase("no_font", context.lang))
    return Export(context.filename("pdf"), "application/pdf", data, tuple(notes))


def _breakable(value: object) -> object:
    """Texts in which long words may break; addresses are left as they are, typst breaks them by itself."""
    if isinstance(value, str):
        return value if value.startswith(("http://", "https://")) else UNBROKEN.sub("\\g<0>\u200b", value)
    if isinstance(value, list):
        return [_breakable(one) for one in value]
    if isinstance(value, dict):
        return {key: _breakable(one) for key, one in value.items()}
    return value
