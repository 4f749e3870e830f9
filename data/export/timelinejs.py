"""TimelineJS JSON, as TimelineJS3 3.9 reads it (https://timeline.knightlab.com/docs/json-format.html).

Its text fields are HTML: every word goes through :func:`html.escape`, every tag stands in this file.
``display_date`` is written as ``TLDate.js`` reads it; the documented ``display_text`` is ignored by the player.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.plain import one_line, paragraphs, web_link
from data.export.wording import about, actor_label, shown_date, source_dates, stage_label, told, word
from data.rows import EventSource, TimelineEvent
from data.vocabulary import Vocabulary

STORY_LIMIT = 60

_NOTES = {
    "en": {
        "many": "{count} slides: a story stays readable up to about {limit}; narrow the view.",
        "none": "No event in this view: TimelineJS shows an error for a timeline without slides.",
    },
    "fr": {
        "many": "{count} diapositives : un récit reste lisible jusqu'à {limit} environ ; resserrez la vue.",
        "none": "Aucun événement dans cette vue : TimelineJS affiche une erreur sans diapositive.",
    },
}


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The view as a slide timeline, with a title slide that says what it is."""
    events = extract.events
    document = {
        "scale": "human",
        "title": {"text": {"headline": _html(context.view_title), "text": _block(about(context))}, "autolink": False},
        "events": [slide(event, context, labels) for event in events],
    }
    # The file may be pasted into a page's script element: no tag may end that element.
    text = json.dumps(document, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    notes = []
    if not events:
        notes.append(_NOTES[context.lang]["none"])
    if len(events) > STORY_LIMIT:
        notes.append(_NOTES[context.lang]["many"].format(count=len(events), limit=STORY_LIMIT))
    return Export(context.filename("json"), "application/json", text.encode("utf-8"), tuple(notes))


def slide(event: TimelineEvent, context: Context, labels: Vocabulary) -> dict[str, Any]:
    """One event. Links to its first source, shows no picture: nothing of a third party is loaded by us."""
    lang = context.lang
    found: dict[str, Any] = {
        **_dates(event, lang),
        "text": {"headline": _html(event.heading(lang)), "text": _text(event, context, labels)},
        "group": one_line(labels.label("jurisdictions", event.jurisdiction, lang)).replace("<", "").replace(">", ""),
        "unique_id": event.event_id,
        "autolink": False,
    }
    linked = next((one for one in event.sources if web_link(one.url)), None)
    if linked:
        found["media"] = {
            "url": linked.url,
            "caption": _html(source_dates(linked, lang)),
            "credit": _html(linked.publisher),
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
        shown = _html(shown_date(event, lang))
        start["display_date"] = found["display_date"] = shown
    return found


def _parts(day: str, kept: int) -> dict[str, Any]:
    return dict(zip(("year", "month", "day"), map(int, day.split("-")[:kept]), strict=False))


def _text(event: TimelineEvent, context: Context, labels: Vocabulary) -> str:
    lang = context.lang
    parts = [_block(paragraphs(event.summary(lang)))]
    chips = [(key, text) for key, text in _chips(event, labels, lang) if text]
    if chips:
        shown = "<br>".join(f"<strong>{_html(told(key, text, lang))}</strong>" for key, text in chips)
        parts.append(f"<p>{shown}</p>")
    if event.actors:
        names = ", ".join(actor_label(one, labels, lang) for one in event.actors)
        parts.append(_block([told("actors", names, lang)]))
    if event.sources:
        items = "".join(f"<li>{_source(one, lang)}</li>" for one in event.sources)
        parts.append(f"{_block([word('sources', lang)])}<ul>{items}</ul>")
    if web_link(context.event_permalink(event.event_id)):
        parts.append(f"<p>{_link(context.event_permalink(event.event_id), word('permalink', lang))}</p>")
    return "".join(parts)


def _chips(event: TimelineEvent, labels: Vocabulary, lang: str) -> list[tuple[str, str]]:
    status = "" if event.status == "occurred" else labels.label("statuses", event.status, lang)
    return [("status", status), ("stage", stage_label(event, labels, lang))]


def _source(source: EventSource, lang: str) -> str:
    name = one_line(source.publisher) or one_line(source.url)
    shown = _link(source.url, name) if web_link(source.url) else _html(name)
    dates = source_dates(source, lang)
    return f"{shown} ({_html(dates)})" if dates else shown


def _link(url: str, shown: str) -> str:
    return f'<a href="{_html(url)}">{_html(shown)}</a>'


def _block(lines: Iterable[str]) -> str:
    return "".join(f"<p>{_html(line)}</p>" for line in lines)


def _html(text: str) -> str:
    return escape(one_line(text), quote=True)
