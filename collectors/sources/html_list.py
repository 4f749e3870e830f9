"""A list of releases on a page, for authorities that publish no feed: strict, and loud when the page changes.

The catalogue gives XPath expressions: ``item`` for the entries, and inside one ``title``, ``link`` and ``date``
(``date_attribute`` when the day stands in an attribute). The page is refused when no entry is found, fewer than
``min`` are, or more than a third lack a title, an address or a day: half an answer is a changed page, not news.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from collectors.feed_dates import resolve
from collectors.links import clean_link, safe_link
from collectors.sources import _bodies as bodies
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, ItemRecord, Record, Rejected, Response, Source


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One notice for each entry of the list."""
    if not response.body.strip():
        raise SourceError(source.id, response.url, "an empty body")
    try:
        tree = html.fromstring(response.body)
        nodes = list(tree.xpath(_option(source, "item")))
    except (etree.XPathError, etree.ParserError, ValueError) as error:
        raise SourceError(source.id, response.url, f"cannot be read as a page: {error}") from error
    if len(nodes) < (least := bodies.option_number(source, "min", 1)):
        raise SourceError(
            source.id,
            response.url,
            f"{len(nodes)} entries by {_option(source, 'item')!r}, at least {least} are expected",
        )
    found = [_entry(node, place, response, source) for place, node in enumerate(nodes)]
    bad = [one for one in found if isinstance(one, Rejected)]
    if 3 * len(bad) > len(found):
        raise SourceError(
            source.id, response.url, f"{len(bad)} of {len(found)} entries lack something: {bad[0].reason}"
        )
    yield from found


def _option(source: Source, name: str) -> str:
    value = source.options.get(name, "")
    return value if isinstance(value, str) else ""


def _words(node: Any, path: str) -> str:
    if not path:
        return ""
    for one in node.xpath(path):
        text = one_line(one if isinstance(one, str) else one.text_content())
        if text:
            return text
    return ""


def _entry(node: Any, place: int, response: Response, source: Source) -> ItemRecord | Rejected:
    title = _words(node, _option(source, "title"))
    link = clean_link(safe_link(_words(node, _option(source, "link")), response.url))
    said = _words(node, _option(source, "date"))
    published = resolve(said, response.fetched_at, lang=source.lang, timezone_name=source.timezone)
    lacking = [name for name, value in (("title", title), ("link", link), ("date", published.on)) if not value]
    if lacking:
        return Rejected(f"entry[{place}]", f"no {' and no '.join(lacking)}", said[:100])
    return ItemRecord(
        external_id=link,
        kind="notice",
        title=title,
        url=link,
        jurisdiction=source.jurisdiction,
        lang_declared=source.lang,
        summary=_words(node, _option(source, "summary")),
        published_said=said,
        published_on=published.on,
        published_at=published.at,
        published_quality=published.quality,
        publisher=source.publisher,
        actors=(ActorRecord(source.publisher, source.kind if source.kind == "regulator" else "government",
                            source.jurisdiction, role="publisher"),),
    )  # fmt: skip
