"""News sitemaps: the articles of the last two days, by address, title and day.

Format: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap (``news:news`` in a
``urlset``); an index (``sitemapindex``) leads to the newest of its parts. Addresses are the publisher's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from collectors.feed_dates import resolve
from collectors.links import clean_link, safe_link
from collectors.sources import _bodies as bodies
from collectors.text import one_line
from data.errors import SourceError
from data.models import Follow, ItemRecord, Record, Rejected, Response, Source

_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One article for each entry with a title; entries without ``news:news`` are other pages and no news."""
    root = bodies.read_xml(response, source)
    kind = root.tag.rpartition("}")[2]
    if kind == "sitemapindex":
        yield from _index(root, response, source)
        return
    if kind != "urlset":
        raise SourceError(source.id, response.url, f"not a sitemap but <{kind}>")
    entries = [node for node in root if node.tag.rpartition("}")[2] == "url"]
    news = [(node, node.find(f"{_NEWS}news")) for node in entries]
    if entries and not any(one is not None for _, one in news):
        raise SourceError(source.id, response.url, "a sitemap without any news")
    most = bodies.option_number(source, "max_items", 2000)
    for place, (node, one) in enumerate(news[:most]):
        if one is not None:
            yield _article(node, one, place, response, source)


def _child(node: Element, name: str) -> str:
    return next((one_line(one.text or "") for one in node if one.tag.rpartition("}")[2] == name), "")


def _index(root: Element, response: Response, source: Source) -> Iterator[Record]:
    parts = [(_child(node, "lastmod"), safe_link(_child(node, "loc"))) for node in root]
    parts = sorted((one for one in parts if one[1]), reverse=True)
    if not parts:
        raise SourceError(source.id, response.url, "an index that names no sitemap")
    for _, link in parts[: bodies.option_number(source, "max_follow", 3)]:
        yield Follow(link)


def _article(node: Element, news: Element, place: int, response: Response, source: Source) -> Record:
    url, title = clean_link(_child(node, "loc")), _child(news, "title")
    publication = next((one for one in news if one.tag.rpartition("}")[2] == "publication"), None)
    lang = _child(publication, "language") if publication is not None else ""
    if not url or not title:
        return Rejected(f"url[{place}]", "no address or no title", url[:200])
    published = resolve(
        _child(news, "publication_date"), response.fetched_at, lang=lang or source.lang, timezone_name=source.timezone
    )
    keywords = tuple(part.strip() for part in _child(news, "keywords").split(",") if part.strip())
    item = ItemRecord(
        external_id=url,
        kind="article",
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared=(lang or source.lang)[:2],
        publisher=source.publisher,
        categories=keywords,
    )
    return replace(
        item,
        published_said=_child(news, "publication_date"),
        published_on=published.on,
        published_at=published.at,
        published_quality=published.quality,
    )
