"""TimelineJS JSON, as TimelineJS3 3.9 reads it (https://timeline.knightlab.com/docs/json-format.html).

Its text fields are HTML (:mod:`data.export.html_text`).
``display_date`` is written as ``TLDate.js`` reads it; the documented ``display_text`` is ignored by the player.
"""

from __future__ import annotations

from typing import Any

from data.export import json_text
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.html_text import block, escaped, event_text
from data.export.phrases import source_dates
from data.export.plain import one_line, web_link
from data.export.wording import about, shown_date
from data.rows import TimelineEvent
from data.vocabulary import Vocabulary

STORY_LIMIT = 60

_NOTES = {
    "en": {
        "many": "{count} slides: a story stays readable up to about {limit}; narrow the view.",
        "none": "No event in this view: TimelineJS shows an error for a timeline without slides.",
    },
    "fr": {
        "many": "{count} diapositives : un récit reste lisible jusqu’à {limit} environ ; resserrez la vue.",
        "none": "Aucun fait dans cette vue : TimelineJS affiche une erreur sans diapositive.",
    },
}


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The view as a slide timeline, with a title slide that says what it is."""
    data = json_text.written(
        {
            "scale": "human",
            "title": {
                "text": {"headline": escaped(context.view_title), "text": block(about(context))},
                "autolink": False,
            },
            "events": (slide(event, context, labels) for event in extract.events),
        }
    )
    name = context.filename("timelinejs.json")
    return Export(name, "application/json", data, notes(len(extract.events), context.lang))


def notes(count: int, lang: str) -> tuple[str, ...]:
    """What the person who takes ``count`` slides should know, before they are made too."""
    if not count:
        return (_NOTES[lang]["none"],)
    return (_NOTES[lang]["many"].format(count=count, limit=STORY_LIMIT),) if count > STORY_LIMIT else ()


def slide(event: TimelineEvent, context: Context, labels: Vocabulary) -> dict[str, Any]:
    """One event. Links to its first source, shows no picture: nothing of a third party is loaded by us."""
    lang = context.lang
    found: dict[str, Any] = {
        **_dates(event, lang),
        "text": {"headline": escaped(event.heading(lang)), "text": event_text(event, context, labels)},
        "group": one_line(labels.label("jurisdictions", event.jurisdiction, lang)).replace("<", "").replace(">", ""),
        "unique_id": event.event_id,
        "autolink": False,
    }
    linked = next((one for one in event.sources if web_link(one.url)), None)
    if linked:
        found["media"] = {
            "url": linked.url,
            "caption": escaped(source_dates(linked, lang)),
            "credit": escaped(linked.publisher),
        }
    return found


def _dates(event: TimelineEvent, lang: str) -> dict[str, Any]:
    """Start, end where it says more, and the words for it: never a day or month that is not known."""
    assert event.date_start, f"{event.event_id}: the player drops a slide without a date in silence"
    kept = {"year": 1, "month": 2, "quarter": 2, "half": 2}.get(event.precision, 3)
    start, end = _parts(event.date_start, kept), _parts(event.date_end, kept)
    found: dict[str, Any] = {"start_date": start}
    if end != start:
        found["end_date"] = end
    if event.precision != "day":
        shown = escaped(shown_date(event, lang))
        start["display_date"] = found["display_date"] = shown
    return found


def _parts(day: str, kept: int) -> dict[str, Any]:
    return dict(zip(("year", "month", "day"), map(int, day.split("-")[:kept]), strict=False))
