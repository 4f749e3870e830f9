"""Atom feed of a view (RFC 4287), its events in order of what a subscriber is told last first.

``Options.feed`` decides what counts as an update: of ``changed`` an entry is updated whenever its event changes, and
its summary says what changed; of ``new`` it keeps the instant at which the monitor first knew the event, so that
nobody is told twice. Both hold the same events under the same ids. Text is plain text or escaped HTML of ours.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from data.export.context import Context, Export, Options, instant
from data.export.extract import Extract
from data.export.html_text import block, event_text
from data.export.plain import one_line, web_link
from data.export.wording import about, body, change_lines, shown_date, stage_label, told
from data.rows import TimelineEvent
from data.vocabulary import Vocabulary

#: RFC 4151: who names things, and since when; changing it would double the entries in every reader
TAG = "tag:deepfake-policy-monitor,2026:"
NAME = "Deepfake Policy Monitor"


class _Writer:
    """Elements on a stream, escaped by the standard library."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self._xml = XMLGenerator(self.out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def start(self, name: str, **attributes: str) -> None:
        self._xml.startElement(name, AttributesImpl({key.replace("_", ":"): text for key, text in attributes.items()}))

    def end(self, name: str) -> None:
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def element(self, name: str, text: str = "", **attributes: str) -> None:
        self.start(name, **attributes)
        self._xml.characters(text)
        self.end(name)


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The view as a feed; without an entry when the view is empty."""
    told_at = {one.event_id: _updated(one, context, options) for one in extract.events}
    events = sorted(extract.events, key=lambda one: (told_at[one.event_id], one.event_id), reverse=True)
    xml = _Writer()
    xml.start("feed", xmlns="http://www.w3.org/2005/Atom", xml_lang=context.lang)
    xml.element("id", feed_id(context, options))
    xml.element("title", one_line(context.view_title))
    xml.element("subtitle", " · ".join(about(context)))
    xml.element("updated", _stamp(max(told_at.values(), default=context.as_of_instant())))
    if address := web_link(context.permalink()):
        xml.element("link", rel="alternate", type="text/html", hreflang=context.lang, href=address)
    if address := web_link(options.self_link):
        xml.element("link", rel="self", type="application/atom+xml", href=address)
    xml.start("author")
    xml.element("name", NAME)
    xml.end("author")
    xml.element("rights", one_line(context.licence))
    xml.element("generator", NAME)
    for event in events:
        _entry(xml, event, extract, context, labels, _stamp(told_at[event.event_id]))
    xml.end("feed")
    return Export(context.filename("atom"), "application/atom+xml; charset=utf-8", xml.out.getvalue())


def feed_id(context: Context, options: Options) -> str:
    """The same for ever for a view, a language and what it tells of. A query string is made of characters of a URI."""
    return f"{TAG}view/{options.feed}/{context.lang}/{context.day}?{context.view.query_string()}"


def entry_id(event_id: str) -> str:
    """The same for ever, in every feed."""
    return f"{TAG}event/{event_id}"


def _updated(event: TimelineEvent, context: Context, options: Options) -> datetime:
    known = event.first_seen_at if options.feed == "new" else event.changed_at or event.first_seen_at
    return instant(known) if known else context.as_of_instant()


def _entry(
    xml: _Writer, event: TimelineEvent, extract: Extract, context: Context, labels: Vocabulary, updated: str
) -> None:
    lang = context.lang
    xml.start("entry")
    xml.element("id", entry_id(event.event_id))
    place = one_line(labels.label("jurisdictions", event.jurisdiction, lang))
    where = ", ".join(part for part in (place, one_line(stage_label(event, labels, lang))) if part)
    xml.element("title", f"{one_line(event.heading(lang))} ({where})")
    xml.element("updated", updated)
    if event.first_seen_at:
        xml.element("published", _stamp(instant(event.first_seen_at)))
    # an entry without content must have an alternate link; its own address stands for it
    address = context.event_permalink(event.event_id)
    xml.element(
        "link", rel="alternate", type="text/html", hreflang=lang, href=web_link(address) or entry_id(event.event_id)
    )
    for url in dict.fromkeys(link for one in event.sources if (link := web_link(one.url))):
        xml.element("link", rel="via", href=url)
    publisher = next((name for one in event.sources if (name := one_line(one.publisher))), "")
    xml.start("author")
    xml.element("name", publisher or one_line(body(event)) or NAME)
    xml.end("author")
    for scheme, term, label in _categories(event, labels, lang):
        xml.element("category", scheme=f"{TAG}vocabulary/{scheme}", term=term, label=one_line(label))
    when = block([told("date", shown_date(event, lang), lang)])
    changed = block(change_lines(extract.changes.get(event.event_id, ()), labels, lang))
    xml.element("summary", when + changed + event_text(event, context, labels), type="html")
    if publisher:
        _source(xml, event, publisher)
    xml.end("entry")


def _source(xml: _Writer, event: TimelineEvent, publisher: str) -> None:
    """Where it was read first. What the publisher calls the feed or register is not known, so it has no id of one."""
    xml.start("source")
    xml.element("title", publisher)
    if url := next((link for one in event.sources if (link := web_link(one.url))), ""):
        xml.element("link", rel="alternate", href=url)
    xml.end("source")


def _categories(event: TimelineEvent, labels: Vocabulary, lang: str) -> Iterator[tuple[str, str, str]]:
    yield "jurisdiction", event.jurisdiction, labels.label("jurisdictions", event.jurisdiction, lang)
    yield "type", event.type, labels.label("event_types", event.type, lang)
    yield "status", event.status, labels.label("statuses", event.status, lang)
    yield "date", event.date, shown_date(event, lang)
    yield "precision", event.precision, labels.label("precisions", event.precision, lang)
    if event.stage:
        yield "stage", event.stage, stage_label(event, labels, lang)
    for harm in event.harms:
        yield "harm", harm, labels.label("harms", harm, lang)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
