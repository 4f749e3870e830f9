"""Any RSS, Atom, RDF or JSON feed to item records: a feed is one catalogue entry and no code.

Identity within a source: the guid, else the link, else a hash of what the entry says. Entries that share
an identity and differ are all kept: the earliest keeps the plain form, the others get a suffix made of
their own content, so that the order of a feed never decides what a row is called.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from collectors import feed_entries, feed_text
from collectors.feed_dates import Published, resolve
from collectors.feed_entries import Entry, NotAFeedError
from collectors.language import conclude, primary
from collectors.links import clean_link, safe_link
from collectors.text import clean, one_line, plain_text
from data.errors import BlockedError, SourceError
from data.models import ItemRecord, Record, Rejected, Response, Source

MOST_ITEMS = 5_000
_ARTICLE_KINDS = {"news", "ngo"}
_LONGEST_TITLE = 500
_LONGEST_SUMMARY = 5_000
_LONGEST_GUID = 500
_MOST_NAMES = 20


def parse(response: Response, source: Source) -> Iterator[Record]:
    """The items of a feed. Raises SourceError when the response is no feed, BlockedError for a page.

    ``options.exclude_paths`` of the source is a list of path prefixes whose items are left out.
    """
    text = feed_text.to_text(response.body, response.headers.get("content-type", ""), primary(source.lang))
    if not text:
        raise SourceError(source.id, response.url, "an empty response")
    entries, cut = _entries(text, response, source)
    excluded = _excluded(source)
    found: list[ItemRecord] = []
    for number, entry in enumerate(entries, 1):
        item = _item(entry, response, source)
        if not item.title and not item.summary and not item.text:
            said = clean(entry.guid or entry.link)[:200]
            yield Rejected(said or f"entry {number}", "an entry with neither title nor text", repr(entry)[:500])
        elif not urlsplit(item.url).path.startswith(excluded):
            found.append(item)
    if cut:
        yield Rejected("last entry", "the document ends inside this entry")
    items = _told_apart(found)
    if len(items) > MOST_ITEMS:
        left = len(items) - MOST_ITEMS
        yield Rejected("feed", f"more than {MOST_ITEMS} entries: the {left} oldest are left out")
        newest = sorted(items, key=lambda item: (item.published_at or str(item.published_on or ""), item.external_id))
        kept = {item.external_id for item in newest[-MOST_ITEMS:]}
        items = [item for item in items if item.external_id in kept]
    yield from items


def _entries(text: str, response: Response, source: Source) -> tuple[list[Entry], bool]:
    try:
        if text.startswith(("{", "[")):
            return feed_entries.read_json(text), False
        text, cut = feed_text.cut_unfinished(text)
        feed_text.check_shape(text)
        return feed_entries.read_xml(text), cut
    except feed_text.ShapeError as error:
        raise SourceError(source.id, response.url, f"a feed we do not parse: {error}") from error
    except NotAFeedError as error:
        if feed_text.is_html(text):
            raise BlockedError(source.id, response.url, "a page for people in place of a feed") from error
        raise SourceError(source.id, response.url, str(error)) from error


def _item(entry: Entry, response: Response, source: Source) -> ItemRecord:
    title = one_line(entry.title)[:_LONGEST_TITLE].strip()
    text = plain_text(entry.text)
    summary = plain_text(entry.summary) if entry.summary != entry.text else text
    if not summary:
        summary = text
    summary = _shortened(summary)
    url = clean_link(safe_link(entry.link, response.url)) if entry.link else ""
    declared = clean(entry.lang)[:20]
    lang = conclude(f"{title} {summary}", declared, source.lang)
    published = _published(entry, response, source, lang)
    return ItemRecord(
        external_id=_identity(entry, url, title, summary, published),
        kind="article" if source.kind in _ARTICLE_KINDS else "notice",
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared=declared,
        lang=lang,
        summary=summary,
        text=text if text != summary else "",
        published_said=published.said,
        published_on=published.on,
        published_at=published.at,
        published_quality=published.quality,
        publisher=source.publisher,
        authors=_names(entry.authors),
        categories=_names(entry.categories),
    )


def _published(entry: Entry, response: Response, source: Source, lang: str) -> Published:
    """The first of the entry's dates that can be resolved; else the first one as said."""
    tried = [
        resolve(
            clean(said),
            response.fetched_at,
            lang=primary(entry.lang) or lang,
            timezone_name=source.timezone,
            country=source.jurisdiction.partition("-")[0],
        )
        for said in entry.dates
    ]
    return next((one for one in tried if one.on is not None), tried[0] if tried else Published())


def _identity(entry: Entry, url: str, title: str, summary: str, published: Published) -> str:
    guid = " ".join(clean(entry.guid).split())
    if guid and len(guid) <= _LONGEST_GUID:
        return guid
    return url or "sha256:" + _hash(guid or "\n".join((title, summary, published.said)))


def _told_apart(items: list[ItemRecord]) -> list[ItemRecord]:
    """One row per piece: exact repeats fall together, others of one identity get a suffix of their own."""
    groups: dict[str, dict[str, ItemRecord]] = {}
    for item in items:
        content = _hash("\n".join((item.url, item.title, item.title if item.url else item.summary)))
        same = groups.setdefault(item.external_id, {})
        if content not in same or _rank(item) > _rank(same[content]):
            same[content] = item
    found: list[ItemRecord] = []
    for name, same in groups.items():
        ordered = sorted(same.items(), key=lambda pair: (_when(pair[1]), pair[0]))
        for number, (content, item) in enumerate(ordered):
            found.append(item if number == 0 else replace(item, external_id=f"{name}#{content}"))
    return found


def _rank(item: ItemRecord) -> tuple[str, str, str]:
    """Of two tellings of one piece the later is kept; what is equal in time is ordered by its words."""
    return item.published_at or str(item.published_on or ""), item.summary, item.text


def _when(item: ItemRecord) -> str:
    return item.published_at or str(item.published_on or "9999")


def _excluded(source: Source) -> tuple[str, ...]:
    paths = source.options.get("exclude_paths", ())
    return tuple(path for path in paths if isinstance(path, str)) if isinstance(paths, list | tuple) else ()


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    """Names and keywords on one line each, without repeats; an address in place of a name is left out."""
    lines = (one_line(value)[:200] for value in values[:_MOST_NAMES])
    return tuple(dict.fromkeys(line for line in lines if line and "@" not in line))


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[:_LONGEST_SUMMARY].rsplit(" ", 1)[0] + "…"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
