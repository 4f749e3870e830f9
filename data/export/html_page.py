"""A view as one self-contained page: no request, no script, light or dark, for the screen and for paper."""

from __future__ import annotations

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


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The page; above :data:`CARDS` events without the full text of each."""
    lang = context.lang
    told = story(extract, context, labels)
    is_cut = len(told.events) > CARDS
    instant = context.as_of_instant()
    day = shown_day(instant.date(), lang)
    drawing = draw(extract.events, context, labels, framed=False)
    page = render(
        "view.html.j2",
        lang=lang,
        labels=labels,
        title=context.view_title,
        noindex=options.noindex,
        story=told,
        figure=trusted(drawing.svg),
        json_ld=script_json(json_ld.document(told, context, labels)),
        addresses=context.event_permalink,
        as_of=phrase("as_of_instant", lang, day=day, time=f"{instant:%H:%M}"),
        day=day,
        is_cut=is_cut,
        is_counted=drawing.is_counted,
        limit=CARDS,
        cite=cite(context),
        not_covered=context.not_covered,
        about=about(context),
    )
    notes = (phrase("cut", lang, limit=CARDS),) if is_cut else ()
    return Export(context.filename("html"), "text/html; charset=utf-8", page.encode("utf-8"), notes)


def cite(context: Context) -> str:
    """The view as a line to cite."""
    lang = context.lang
    return phrase(
        "cite_line",
        lang,
        title=one_line(context.view_title),
        day=shown_day(context.as_of_instant().date(), lang),
        count=counted(context.count, "events", lang),
        address=context.permalink(),
    )
