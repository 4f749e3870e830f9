"""The European Commission's press corner: the feed of the latest pieces and one piece in full.

Feed: https://ec.europa.eu/commission/presscorner/api/rss?language=en. Detail:
https://ec.europa.eu/commission/presscorner/api/documents?reference=IP/26/203&language=en. A piece is known by
its reference, which the site spells in three ways (``IP/26/203``, ``ip_26_203``, ``IP_26_203``): one form is
kept, so that a piece told by the feed and the same piece in full are one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import feedparser

from collectors.links import safe_link
from collectors.local_dates import paris_day
from collectors.sources import _bodies as bodies
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import Follow, ItemRecord, Record, Rejected, Response, Source

_REFERENCE = re.compile(r"(?<![A-Za-z])([A-Za-z]{2,12})([_/])(\d{2})\2(\d{1,5})(?!\d)")
_ASKED = re.compile(r"[?&]reference=([^&#]+)", re.I)
_SITE = "https://ec.europa.eu/commission/presscorner"
_BRUSSELS = ZoneInfo("Europe/Brussels")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """The feed gives pieces to follow and notices; a detail record gives one notice with its text."""
    bodies.refuse_page(response, source)
    if response.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        yield from _detail(bodies.read_json(response, source), response, source)
    else:
        yield from _feed(response, source)


def _reference(*places: str) -> str:
    """``IP/26/203``, from the first place that holds a reference in any spelling."""
    for place in places:
        match = _REFERENCE.search(unquote(place))
        if match:
            return f"{match[1].upper()}/{match[3]}/{match[4]}"
    return ""


def _page(reference: str) -> str:
    return f"{_SITE}/detail/en/{reference.lower().replace('/', '_')}"


def _feed(response: Response, source: Source) -> Iterator[Record]:
    if b"<!ENTITY" in response.body:
        raise SourceError(source.id, response.url, "a feed that defines entities")
    try:
        parsed = feedparser.parse(io.BytesIO(response.body), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # of any kind: the document is hostile and the reader's own code is the target
        raise SourceError(source.id, response.url, f"not a feed: {type(error).__name__}") from error
    if not parsed.get("version") or not parsed.entries:
        raise SourceError(source.id, response.url, "neither a feed with pieces nor a piece")
    words = _pattern(bodies.option_words(source, "follow_words"))
    seen: set[str] = set()
    for position, entry in enumerate(parsed.entries):
        link, guid, title = (_string(entry, name) for name in ("link", "id", "title"))
        reference = _reference(link, guid)
        identity = reference or safe_link(link, response.url)
        title = one_line(title)
        if not identity or not title:
            yield Rejected(f"item[{position}]", "no reference, address or title", str(dict(entry))[:2000])
            continue
        if identity in seen:
            continue
        seen.add(identity)
        summary = plain_text(_string(entry, "summary"))
        if reference and words is not None and words.search(_folded(f"{title}\n{summary}")):
            yield Follow(f"{_SITE}/api/documents?reference={reference}&language=en")
            continue
        yield _from_feed(entry, identity, reference, title, summary, source)


def _string(entry: Any, name: str) -> str:
    value = entry.get(name, "")
    return value if isinstance(value, str) else ""


def _folded(text: str) -> str:
    return text.replace("\u2019", "'").replace("\u2011", "-").replace("\u2010", "-").casefold()


def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of ``words`` at the beginning of a word."""
    if not words:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(_folded(word)) for word in words) + ")")


def _instant(said: str) -> datetime | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(said)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _from_feed(entry: Any, identity: str, reference: str, title: str, summary: str, source: Source) -> ItemRecord:
    said = _string(entry, "published") or _string(entry, "updated")
    day, at, quality = _day(said)
    return ItemRecord(
        external_id=identity,
        kind="notice",
        title=title,
        url=_page(reference) if reference else identity,
        jurisdiction=source.jurisdiction,
        lang_declared="en",
        lang="en",
        summary=summary,
        published_said=said,
        published_on=day.date() if day else None,
        published_at=at,
        published_quality=quality,
        publisher=source.publisher,
    )


def _day(said: str) -> tuple[datetime | None, str, str]:
    """The local time in Brussels, the UTC instant and the quality; a time without a zone stays as written."""
    moment = _instant(said) if said else None
    if moment is None:
        return None, "", "unknown"
    if moment.tzinfo is None:
        return moment, "", "date"
    try:
        return moment.astimezone(_BRUSSELS), _stamp(moment), "exact"
    except OverflowError:
        return None, "", "unknown"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _detail(value: Any, response: Response, source: Source) -> Iterator[Record]:
    if not isinstance(value, dict) or not {"eventDate", "docuLanguageResource"} & value.keys():
        raise SourceError(source.id, response.url, "not a piece of the press corner")
    asked = [match[1] for url in (response.requested_url, response.url) if (match := _ASKED.search(url))]
    named = [text for name in ("refCd", "refCode") if isinstance(text := value.get(name), str)]
    reference = _reference(*named, *asked)
    if not reference:
        raise SourceError(source.id, response.url, "a piece without a reference")
    content = value.get("docuLanguageResource")
    if not isinstance(content, dict):
        yield Rejected(reference, "no text in this language", str(value)[:2000])
        return
    title = one_line(_string(content, "title"))
    said = _string(value, "eventDate")
    day = paris_day(said)  # Brussels keeps the clock of Paris
    if not title or day is None:
        yield Rejected(reference, "no title" if not title else f"no date: {said[:40]!r}", str(value)[:2000])
        return
    published = _string(value, "publishDate")
    local, at, _ = _day(published)
    if local is None or local.date() != day:  # put online on another day than the one it is dated
        at = ""
    policies = bodies.unique(
        one_line(_string(row, "description")) for row in bodies.dict_rows(value.get("policiesResource"))
    )
    yield ItemRecord(
        external_id=reference,
        kind="notice",
        title=title,
        url=_page(reference),
        jurisdiction=source.jurisdiction,
        lang_declared="en",
        lang="en",
        summary="; ".join(bodies.unique([one_line(_string(content, "subtitle")), *policies])),
        text=plain_text(_string(content, "htmlContent")),
        published_said=said,
        published_on=day,
        published_at=at,
        published_quality="exact" if at else "date",
        publisher=source.publisher,
    )
