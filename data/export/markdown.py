"""Markdown of a view (CommonMark with tables): a page to read, to paste and to keep in a repository.

Words of others are escaped letter by letter, so that no link, heading, formula or tag comes of them; the only links are
those written here, to plain web addresses.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from data.export.citation_lines import line as citation_line
from data.export.cited import of_view
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.phrases import source_dates
from data.export.plain import one_line, paragraphs, web_link
from data.export.wording import about, actor_label, shown_date, stage_label, told, word
from data.rows import EventSource, TimelineEvent
from data.vocabulary import Vocabulary

#: signs that are structure wherever they stand
_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~$^#])")
#: signs that are structure at the beginning of a block, doubled, in an entity, a bare address or an icon's short code
_PLACED = re.compile(r"^[-:=+]|^\d{1,9}[.)]|([=+])(?=\1)|&(?=#?\w+;)|(?<=www)\.|:(?=[A-Za-z_+/-])", re.IGNORECASE)


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The view as a page: what it is, a table, and every event with its sources."""
    out = io.BytesIO()
    for line in _lines(extract, context, labels):
        out.write(line.encode("utf-8") + b"\n")
    return Export(context.filename("md"), "text/markdown; charset=utf-8", out.getvalue())


def escaped(text: str) -> str:
    """One line that Markdown shows letter by letter; it may begin a block.

    CommonMark takes every ASCII sign after a backslash for itself. Some programs look for e-mail addresses in the
    text that comes out; an invisible word joiner (U+2060) stands where they would find one.
    """
    signs = _SIGNS.sub(r"\\\1", one_line(text))
    return _PLACED.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", signs).replace("@", "\u2060@")


def link(url: str, shown: str) -> str:
    """A link; the text alone for what is no plain web address."""
    if not web_link(url):
        return escaped(shown)
    target = url.replace("&", "&amp;").replace("|", "%7C")
    return f"[{escaped(shown)}](<{target}>)"


def _lines(extract: Extract, context: Context, labels: Vocabulary) -> Iterator[str]:
    lang = context.lang
    yield f"# {escaped(context.view_title) or escaped(word('title', lang))}"
    yield ""
    address = told("permalink", one_line(context.permalink()), lang)
    for line in about(context):
        yield (
            f"- {_named('permalink', lang)}{link(context.permalink(), context.permalink())}"
            if line == address
            else (f"- {escaped(line)}")
        )
    yield f"- {escaped(told('cite', citation_line(of_view(context), 'apa'), lang))}"
    if not extract.events:
        return
    yield ""
    heads = [word(key, lang) for key in ("date", "event", "place", "type", "stage", "sources")]
    yield f"| {' | '.join(map(escaped, heads))} |"
    yield f"|{' --- |' * len(heads)}"
    for event in extract.events:
        yield f"| {' | '.join(_cells(event, context, labels))} |"
    yield ""
    yield f"## {escaped(word('details', lang))}"
    for event in extract.events:
        yield ""
        yield from _event(event, context, labels)


def _cells(event: TimelineEvent, context: Context, labels: Vocabulary) -> list[str]:
    lang = context.lang
    names = dict.fromkeys(name for one in event.sources if (name := one_line(one.publisher)))
    return [
        escaped(shown_date(event, lang)),
        link(context.event_permalink(event.event_id), event.heading(lang)),
        escaped(labels.label("jurisdictions", event.jurisdiction, lang)),
        escaped(labels.label("event_types", event.type, lang)),
        escaped(stage_label(event, labels, lang)),
        escaped(", ".join(names)),
    ]


def _event(event: TimelineEvent, context: Context, labels: Vocabulary) -> Iterator[str]:
    lang = context.lang
    yield f"### {escaped(shown_date(event, lang))} · {escaped(event.heading(lang))}"
    yield ""
    for line in paragraphs(event.summary(lang)):
        yield escaped(line)
        yield ""
    yield f"- {_named('id', lang)}`{event.event_id}`"
    known = "" if event.precision == "day" else f" ({word(event.precision, lang)})"
    yield f"- {_named('date', lang)}`{event.date}`{known}"
    if event.status != "occurred":
        yield f"- {escaped(told('status', labels.label('statuses', event.status, lang), lang))}"
    if stage := stage_label(event, labels, lang):
        yield f"- {escaped(told('stage', stage, lang))}"
    if event.actors:
        names = ", ".join(actor_label(one, labels, lang) for one in event.actors)
        yield f"- {escaped(told('actors', names, lang))}"
    yield from (f"- {_named('source', lang)}{_source(one, lang)}" for one in event.sources)


def _named(key: str, lang: str) -> str:
    """One of our own words before a value that is Markdown already."""
    return f"{word(key, lang)}{word('colon', lang)}"


def _source(source: EventSource, lang: str) -> str:
    shown = link(source.url, one_line(source.publisher) or one_line(source.url))
    dates = source_dates(source, lang)
    return f"{shown}, {escaped(dates)}" if dates else shown
