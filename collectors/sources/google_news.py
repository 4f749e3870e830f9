"""Google News as RSS: a complement that finds titles, never the publisher's address.

``https://news.google.com/rss/search?q=…``: undocumented, at most 100 items, an empty answer where it has nothing. The
link of an item is Google's own token and is not stored: what is told is a lead (title without its last " - Publisher",
publisher and day), put together with the publisher's article when that is known.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import feedparser

from collectors.feed_dates import resolve
from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ItemRecord, Record, Rejected, Response, Source


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One lead for each item."""
    bodies.refuse_page(response, source)
    found = feedparser.parse(io.BytesIO(response.body), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version"):
        raise SourceError(source.id, response.url, "not a feed")
    for place, entry in enumerate(found.get("entries", [])[:100]):
        said = one_line(plain_text(str(entry.get("title", ""))))
        token = str(entry.get("id", "")) or str(entry.get("link", ""))
        teller = entry.get("source") or {}
        publisher, home = one_line(str(teller.get("title", ""))), safe_link(str(teller.get("href", "")))
        title = said.removesuffix(f" - {publisher}") if publisher else said.rpartition(" - ")[0] or said
        if not title or not token:
            yield Rejected(f"item[{place}]", "no title or no identifier", said[:200])
            continue
        published = resolve(str(entry.get("published", "")), response.fetched_at, lang=source.lang, timezone_name="UTC")
        yield ItemRecord(
            external_id=token,
            kind="lead",
            title=title,
            url="",
            jurisdiction=source.jurisdiction,
            lang_declared=source.lang,
            summary="",
            published_said=str(entry.get("published", "")),
            published_on=published.on,
            published_at=published.at,
            published_quality=published.quality,
            publisher=publisher or urlsplit(home).hostname or "",
        )
