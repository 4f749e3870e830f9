"""A briefing of a view as plain values that PDF and DOCX lay out: two pages of body, then whatever does not fit.

Up to :data:`SHORT` events the table of events stands in the body; more stand in an annex. Above :data:`ROWS` events the
rest of the annex gives day and id alone, so that every event of the view is in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from data.export.context import Context
from data.export.extract import Extract
from data.export.figure import BAND
from data.export.figure_svg import Drawing, draw
from data.export.html_page import cite
from data.export.phrases import phrase, quoted, source_dates
from data.export.plain import one_line, paragraphs, unbroken, web_link
from data.export.story import ActorLine, FileLine, Story, Told, story
from data.export.wording import about, shown_day, word
from data.rows import EventSource
from data.vocabulary import Vocabulary

SHORT, ROWS = 12, 1500
#: what fits the body
FILES, ACTORS, COMING, USUAL, STANCES = 6, 10, 6, 3, 2
#: letters of a quotation and of a title in the body; more ends with an ellipsis
QUOTE, TITLE = 300, 160
#: width of the figure on the page, in its own pixels: its text is then as large as the page's
FIGURE = 640
#: above that height the figure counts, on few lanes: the body has two pages
TALLEST, LANES = 400, 5

_HEADINGS = (
    "about", "acts", "actor", "actors", "annex", "annex_ids", "briefing", "cite", "date", "file", "ids", "next",
    "not_covered", "number", "page", "place", "position", "proof", "sources", "what", "where",
)  # fmt: skip


def briefing(extract: Extract, context: Context, labels: Vocabulary) -> tuple[dict[str, Any], Drawing]:
    """The content and the figure. Every value is a string, a number, a list or a mapping of such."""
    lang = context.lang
    tale = story(extract, context, labels, is_short=True)
    instant = context.as_of_instant()
    day = shown_day(instant.date(), lang)
    rows = [_row(one, labels, lang) for one in tale.events[:ROWS]]
    rest = [f"{one.event.date} {marked(one.event.event_id)}" for one in tale.events[ROWS:]]
    less = ("cited_less",) if tale.is_cited_less else ()
    content: dict[str, Any] = {
        "lang": lang,
        "title": _ended(one_line(context.view_title) or phrase("briefing", lang)),
        "as_of": phrase("as_of_instant", lang, day=day, time=f"{instant:%H:%M}"),
        "facts": " ".join(tale.facts),
        "words": {
            **{key: phrase(key, lang) for key in _HEADINGS},
            "sources_note": " ".join(phrase(key, lang) for key in ("sources_note", *less, "titles_quoted")),
        },
        "colon": word("colon", lang),
        "stage_word": word("stage", lang),
        "files": [_file(one, lang) for one in tale.files[:FILES]],
        "actors": [_actor(one, lang) for one in _key_actors(tale)],
        "coming": [_coming(one, one in tale.overdue, lang) for one in _next(tale)],
        "usual": [_usual(one, lang) for one in tale.files if one.usual][:USUAL],
        "notes": _notes(tale, day, lang),
        "is_annex": len(tale.events) > SHORT,
        "rows": rows,
        "ids": [f"{one['n']}\u00a0{one['id']}" for one in rows] if len(tale.events) <= SHORT else [],
        "rest": rest,
        "shortened": phrase("shortened", lang, limit=ROWS) if rest else "",
        "about": [line for line in about(context) if line not in paragraphs(context.not_covered)],
        "not_covered": one_line(context.not_covered),
        "cite": cite(context),
    }
    content["sources"] = _sources(_cited(content), tale.sources, lang)
    figure = draw(extract.events, context, labels, wide=FIGURE, framed=False, limit=BAND)
    if figure.height > TALLEST:
        figure = draw(extract.events, context, labels, wide=FIGURE, framed=False, limit=0, lanes=LANES)
    content["caption"] = phrase("caption_counted" if figure.is_counted else "caption", lang)
    content["figure_alt"] = figure.words
    return _set(content), figure


def _ended(title: str) -> str:
    """A title whose last short word (a year) does not stand on a line of its own."""
    return re.sub(r" (?=\S{1,4}$)", "\u00a0", title)


def _set(value: Any) -> Any:
    """Every text with the no-break spaces of its punctuation; an address has none. Without soft hyphens: in a PDF they
    share their sign with the hyphen, and every hyphen would be copied as one."""
    if isinstance(value, str):
        return unbroken(value.replace("\u00ad", ""))
    if isinstance(value, list):
        return [_set(one) for one in value]
    return {key: _set(one) for key, one in value.items()} if isinstance(value, dict) else value


def _row(one: Told, labels: Vocabulary, lang: str) -> dict[str, Any]:
    event = one.event
    when = one.date if event.precision == "day" else f"{one.date} ({word(event.precision, lang)})"
    state = "" if event.status == "occurred" else one_line(labels.label("statuses", event.status, lang))
    unchecked = phrase("unchecked", lang) if event.verified == "memory" else ""
    return {
        "n": one.number,
        "date": when,
        "title": one.heading,
        "summary": one.summary,
        "place": one_line(labels.label("jurisdictions", event.jurisdiction, lang)),
        "state": " · ".join(part for part in (state, unchecked) if part),
        "notes": list(one.sources),
        "id": marked(event.event_id),
    }


def _file(one: FileLine, lang: str) -> dict[str, Any]:
    return {
        "title": shortened(one.title, TITLE),
        "url": web_link(one.url),
        "ids": [f"{scheme} {one_line(value)}" for scheme, value in one.identifiers[:4]],
        "place": one.place,
        "stage": ", ".join(part for part in (one.stage, one.since) if part),
        "proof": phrase("proof_event", lang, n=one.proof.number) if one.proof else "",
        "proof_date": one.proof.date if one.proof else "",
        "notes": list(one.proof.sources if one.proof else one.notes),
        "page": phrase("page_of_file", lang) if web_link(one.url) and not one.notes else "",
    }


def _key_actors(tale: Story) -> list[ActorLine]:
    """Those whose position is recorded first, then those with the most events."""
    return sorted(tale.actors, key=lambda one: not one.stances)[:ACTORS]


def _actor(one: ActorLine, lang: str) -> dict[str, Any]:
    numbers = ", ".join(map(str, one.events[:10])) + ("…" if len(one.events) > 10 else "")
    return {
        "name": shortened(one.name, TITLE),
        "kind": one.kind,
        "roles": ", ".join(f"{role} ({count})" if count > 1 else role for role, count in one.roles[:3]),
        "events": numbers,
        "stances": [
            {
                "label": stance.label,
                "quote": quoted(shortened(stance.quote, QUOTE), lang),
                "about": shortened(stance.about, TITLE),
                "notes": list(stance.sources),
            }
            for stance in one.stances[:STANCES]
        ],
    }


def _next(tale: Story) -> list[Told]:
    """Planned events nearest first; then those whose date has passed, newest first, as far as there is room."""
    return [*tale.coming, *reversed(tale.overdue)][:COMING]


def _coming(one: Told, is_late: bool, lang: str) -> dict[str, Any]:
    return {
        "n": one.number,
        "date": one.date,
        "title": shortened(one.heading, TITLE),
        "notes": list(one.sources),
        "late": f" ({phrase('overdue', lang)})" if is_late else "",
    }


def _usual(one: FileLine, lang: str) -> dict[str, Any]:
    assert one.usual is not None
    return {
        "lead": f"{shortened(one.title, TITLE)}, {phrase('next_usual', lang).lower()}{word('colon', lang)}",
        "sentence": one.usual.sentence,
        "who": one.usual.who,
        "procedure": one.usual.procedure,
        "url": web_link(one.usual.url),
    }


def _notes(tale: Story, day: str, lang: str) -> dict[str, str]:
    """What a section says when it is empty or cut; an empty string for nothing."""
    actors, files = len(tale.actors), len(tale.files)
    planned = len(tale.coming) + len(tale.overdue)
    has_stance = any(one.stances for one in tale.actors)
    return {
        "files": ""
        if 0 < files <= FILES
        else (phrase("more_dossiers", lang, n=files - FILES) if files else phrase("none_dossiers", lang)),
        "actors": ""
        if 0 < actors <= ACTORS
        else (phrase("more_actors", lang, n=actors - ACTORS) if actors else phrase("none_actors", lang)),
        "stances": "" if has_stance or not actors else phrase("positions_none", lang),
        "next": "" if tale.coming else phrase("next_none", lang, day=day),
        "more_next": phrase("more_next", lang, n=planned - COMING) if planned > COMING else "",
        "annex": phrase("body_note", lang, total=len(tale.events)) if len(tale.events) > SHORT else "",
        "empty": "" if tale.events else phrase("empty", lang),
    }


def _sources(numbers: Sequence[int], sources: Sequence[EventSource], lang: str) -> list[dict[str, Any]]:
    """What is cited, in order; an address stands with the first of its quotations, the others lead to that one."""
    first: dict[str, int] = {}
    found = []
    for number in numbers:
        one = _source(number, sources[number - 1], lang)
        before = first.setdefault(one["url"], number)
        if one["url"] and before != number:
            one["url"], one["same"] = "", phrase("same_address", lang, n=before)
        found.append(one)
    return found


def _source(number: int, one: EventSource, lang: str) -> dict[str, Any]:
    return {
        "same": "",
        "n": number,
        "publisher": one_line(one.publisher),
        "url": web_link(one.url),
        "dates": source_dates(one, lang),
        "quote": quoted(shortened(one_line(one.quote), QUOTE), lang),
    }


def _cited(content: dict[str, Any]) -> list[int]:
    """The numbers of the sources that are named anywhere, in order."""
    lists: list[Iterable[int]] = [one["notes"] for key in ("files", "coming", "rows") for one in content[key]]
    lists += [stance["notes"] for one in content["actors"] for stance in one["stances"]]
    return sorted({number for one in lists for number in one})


def shortened(text: str, most: int) -> str:
    """At most so many letters; what is cut ends with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def marked(event_id: str) -> str:
    """An id as it is printed: its ends stay visible when it takes two lines."""
    return f"‹{event_id}›"


def chunks(values: Sequence[str], size: int) -> list[str]:
    """Texts joined by `` ; ``, so many at a time: a paragraph for each."""
    return [" ; ".join(values[start : start + size]) for start in range(0, len(values), size)]
