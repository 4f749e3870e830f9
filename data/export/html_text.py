"""An event as a few paragraphs of HTML, for slides and feeds: every word is escaped, every tag stands in this file."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from data.export.context import Context
from data.export.phrases import phrase, source_dates
from data.export.plain import one_line, paragraphs, unbroken, web_link
from data.export.publications import once
from data.export.wording import actor_label, stage_label, told, word
from data.rows import EventSource, TimelineEvent
from data.vocabulary import Vocabulary


def escaped(text: str) -> str:
    """One line of text as HTML shows it, letter by letter."""
    return escape(unbroken(one_line(text)), quote=True)


def block(lines: Iterable[str]) -> str:
    """A paragraph a line."""
    return "".join(f"<p>{escaped(line)}</p>" for line in lines)


def anchor(url: str, shown: str) -> str:
    """A link; ``url`` has passed :func:`web_link`."""
    return f'<a href="{escaped(url)}">{escaped(shown)}</a>'


def event_text(event: TimelineEvent, context: Context, labels: Vocabulary) -> str:
    """Summary, status unless it simply occurred, stage, actors with roles, sources with dates, permalink."""
    lang = context.lang
    parts = [block(paragraphs(event.summary(lang)))]
    chips = [(key, text) for key, text in _chips(event, labels, lang) if text]
    if chips:
        shown = "<br>".join(f"<strong>{escaped(told(key, text, lang))}</strong>" for key, text in chips)
        parts.append(f"<p>{shown}</p>")
    if event.actors:
        names = ", ".join(actor_label(one, labels, lang) for one in event.actors)
        parts.append(block([told("actors", names, lang)]))
    if event.sources:
        items = "".join(f"<li>{_source(one, lang)}</li>" for one in once(event.sources))
        parts.append(f"{block([word('sources', lang)])}<ul>{items}</ul>")
    if web_link(context.event_permalink(event.event_id)):
        parts.append(f"<p>{anchor(context.event_permalink(event.event_id), phrase('view', lang))}</p>")
    return "".join(parts)


def _chips(event: TimelineEvent, labels: Vocabulary, lang: str) -> list[tuple[str, str]]:
    status = "" if event.status == "occurred" else labels.label("statuses", event.status, lang)
    return [("status", status), ("stage", stage_label(event, labels, lang))]


def _source(source: EventSource, lang: str) -> str:
    name = one_line(source.publisher) or one_line(source.url)
    shown = anchor(source.url, name) if web_link(source.url) else escaped(name)
    dates = source_dates(source, lang)
    return f"{shown} ({escaped(dates)})" if dates else shown
