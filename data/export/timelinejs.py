"""TimelineJS JSON, as TimelineJS3 3.9 reads it (https://timeline.knightlab.com/docs/json-format.html).

Its text fields are HTML (:mod:`data.export.html_text`). What it calls media is the quotation of a source as a
``blockquote``: it loads the address of a page as if that were a picture, so that none is given.
``display_date`` is written as ``TLDate.js`` reads it; the documented ``display_text`` is ignored by the player.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from data.export import json_text
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.html_text import block, escaped, event_text
from data.export.phrases import quoted, source_dates, span_sentence
from data.export.plain import bare, one_line, shortened
from data.export.wording import about, shown_date
from data.rows import EventSource, TimelineEvent
from data.vocabulary import Vocabulary

STORY_LIMIT = 60

#: words for which the player loads something from elsewhere wherever they stand in the media (``MediaType.js`` of 3.9)
_LOADED = re.compile(
    r"youtu\.be|/maps/|documentcloud\.org|(?:jpe?g|png|gif|svg|webp)\?|imgur\.com|google\.com|\.pdf|spotify|iframe",
    re.IGNORECASE,
)

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
    for event in extract.events:
        assert event.date_start, f"{event.event_id}: the player drops a slide without a date in silence"
    data = json_text.written(
        {
            "scale": "human",
            "title": {"text": title_text(extract.events, context), "autolink": False},
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


def title_text(events: Sequence[TimelineEvent], context: Context) -> dict[str, str]:
    """The title slide: the view in one sentence for who watches, then in small letters what the file is."""
    small = " · ".join(map(escaped, about(context)))
    text = f"{block([span_sentence(events, context.lang)])}<p><small>{small}</small></p>"
    return {"headline": escaped(context.view_title), "text": text}


def slide(event: TimelineEvent, context: Context, labels: Vocabulary) -> dict[str, Any]:
    """One event; beside it the words of its first source that is quoted. Nothing of a third party is loaded."""
    lang = context.lang
    found: dict[str, Any] = {
        **_dates(event, lang),
        "text": {"headline": escaped(event.heading(lang)), "text": event_text(event, context, labels)},
        "group": one_line(labels.label("jurisdictions", event.jurisdiction, lang)).replace("<", "").replace(">", ""),
        "unique_id": event.event_id,
        "autolink": False,
    }
    told = next((one for one in event.sources if _adds(one, event, lang)), None)
    if told:
        found["media"] = {"url": _quotation(told, lang), "credit": escaped(_credit(told, lang))}
    return found


def _adds(source: EventSource, event: TimelineEvent, lang: str) -> bool:
    """Does its quotation say more than the headline?"""
    words = bare(source.quote)
    return bool(words) and words not in bare(event.heading(lang))


def _quotation(source: EventSource, lang: str) -> str:
    """A word joiner (U+2060) stands in each word for which the player would load something."""
    words = _LOADED.sub(lambda found: f"{found[0][0]}\u2060{found[0][1:]}", quoted(shortened(source.quote), lang))
    return f"<blockquote>{escaped(words)}</blockquote>"


def _credit(source: EventSource, lang: str) -> str:
    return ", ".join(part for part in (one_line(source.publisher), source_dates(source, lang)) if part)


def _dates(event: TimelineEvent, lang: str) -> dict[str, Any]:
    """Start, end where it says more, and the words for it: never a day or month that is not known."""
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
