"""A view as one self-contained page: no request, no script, light or dark, for the screen and for paper."""

from __future__ import annotations

from typing import Any

from data.export import json_ld
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.figure_svg import draw
from data.export.page import render, script_json, trusted
from data.export.phrases import counted, phrase
from data.export.plain import one_line
from data.export.story import story
from data.export.wording import about, shown_day
from data.vocabulary import Vocabulary

#: above so many events the table alone lists them: a browser still opens the file
CARDS = 1000
#: width of the figure in pixels: its words are still legible when the page is printed
WIDE = 820


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The page; above :data:`CARDS` events without the full text of each."""
    values = told(extract, context, labels)
    page = render("view.html.j2", noindex=options.noindex, **values)
    notes = (phrase("cut", context.lang, limit=CARDS),) if values["is_cut"] else ()
    return Export(context.filename("html"), "text/html; charset=utf-8", page.encode("utf-8"), notes)


def told(extract: Extract, context: Context, labels: Vocabulary) -> dict[str, Any]:
    """What the template of a view, or one that extends it, needs beside ``noindex``."""
    lang = context.lang
    found = story(extract, context, labels)
    instant = context.as_of_instant()
    day = shown_day(instant.date(), lang)
    drawing = draw(extract.events, context, labels, wide=WIDE, framed=False)
    return {
        "lang": lang,
        "labels": labels,
        "title": context.view_title,
        "story": found,
        "figure": trusted(drawing.svg),
        "json_ld": script_json(json_ld.document(found, context, labels)),
        "addresses": context.event_permalink,
        "as_of": phrase("as_of_instant", lang, day=day, time=f"{instant:%H:%M}"),
        "day": day,
        "is_cut": len(found.events) > CARDS,
        "is_counted": drawing.is_counted,
        "limit": CARDS,
        "cite": cite(context),
        "not_covered": context.not_covered,
        "about": about(context),
    }


def cite(context: Context) -> str:
    """The view as a line to cite; without an address that nobody else can open."""
    lang = context.lang
    line = phrase(
        "cite_line",
        lang,
        title=one_line(context.view_title),
        day=shown_day(context.as_of_instant().date(), lang),
        count=counted(context.count, "events", lang),
        address="" if context.is_local else context.permalink(),
    )
    return line.rstrip(", ")
