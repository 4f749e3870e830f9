"""The entries of a feed as its format gives them, RSS, Atom, RDF and JSON Feed alike; nothing cleaned yet.

XML goes through feedparser, given bytes in a BytesIO and nothing else: given a string or bytes it would
open the file or the address they name. JSON Feed (https://www.jsonfeed.org/version/1.1/) is read here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import feedparser

from collectors import feed_text

_LONGEST_TITLE = 4_000
_LONGEST_TEXT = 200_000
_ADDRESS = re.compile(r"[^\s()<>]+@[^\s()<>]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as given. ``dates`` are the raw strings, the one of publication first."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    text: str = ""
    dates: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    lang: str = ""


class NotAFeedError(Exception):
    """The document is something else."""


def read_xml(text: str) -> list[Entry]:
    """The entries of an RSS, Atom or RDF document."""
    try:
        parsed = feedparser.parse(
            io.BytesIO(feed_text.as_utf8(text)),
            # No content-location: it would make guids absolute too, and an identity must not depend on
            # the address a feed is fetched from. Links are made absolute by the caller.
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,  # every field becomes plain text in our hands
            resolve_relative_uris=False,
        )
    except Exception as error:  # of any kind: the document is hostile and the parser's own code is the target
        raise NotAFeedError(f"the parser gave up: {type(error).__name__}") from error
    if not parsed.get("version"):
        raise NotAFeedError("not a feed")
    lang = _string(parsed.feed.get("language"))
    return [_from_xml(entry, lang) for entry in parsed.entries]


def read_json(text: str) -> list[Entry]:
    """The entries of a JSON Feed, version 1 or 1.1."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError("not a feed: broken JSON") from error
    version = _string(data.get("version")) if isinstance(data, dict) else ""
    known = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
    if version.replace("http:", "https:", 1) not in known or not isinstance(data.get("items"), list):
        raise NotAFeedError("not a feed: JSON of another kind")
    items = data["items"]
    if len(items) > feed_text.MOST_ENTRIES:
        raise NotAFeedError(f"more than {feed_text.MOST_ENTRIES} entries")
    lang = _string(data.get("language"))
    return [_from_json(item, lang) for item in items if isinstance(item, dict)]


def _from_xml(entry: dict[str, Any], lang: str) -> Entry:
    guid, link = _string(entry.get("id")), _string(entry.get("link"))
    link = _string(entry.get("feedburner_origlink")) or link
    if link and link == guid and not link.startswith(("http://", "https://", "/")):
        link = ""  # a guid without isPermaLink is a link by the standard; "abc" is none in fact
    detail = entry.get("title_detail") or entry.get("summary_detail") or {}
    bodies = [_string(part.get("value")) for part in _list(entry.get("content")) if isinstance(part, Mapping)]
    tags = [tag for tag in _list(entry.get("tags")) if isinstance(tag, Mapping)]
    # dict.get and not .get: feedparser's own answers "updated" with "published" when there is none
    dates = (_string(dict.get(entry, name)) for name in ("published", "created", "updated"))
    return Entry(
        guid=guid,
        link=link,
        title=_string(entry.get("title"))[:_LONGEST_TITLE],
        summary=_string(entry.get("summary"))[:_LONGEST_TEXT],
        text=max(bodies, key=len, default="")[:_LONGEST_TEXT],
        dates=tuple(date for date in dates if date),
        authors=_authors(entry),
        categories=_strings([tag.get("label") or tag.get("term") for tag in tags]),
        lang=_string(detail.get("language")) or lang,
    )


def _from_json(item: Mapping[str, Any], lang: str) -> Entry:
    people = _list(item.get("authors")) or [item.get("author")]
    names = [person.get("name") if isinstance(person, Mapping) else person for person in people]
    guid = item.get("id")
    dates = (_string(item.get(name)) for name in ("date_published", "date_modified"))
    return Entry(
        guid=str(guid) if isinstance(guid, int | float) and not isinstance(guid, bool) else _string(guid),
        link=_string(item.get("url")) or _string(item.get("external_url")),
        title=_string(item.get("title"))[:_LONGEST_TITLE],
        summary=_string(item.get("summary"))[:_LONGEST_TEXT],
        text=(_string(item.get("content_html")) or _string(item.get("content_text")))[:_LONGEST_TEXT],
        dates=tuple(date for date in dates if date),
        authors=_strings(names),
        categories=_strings(_list(item.get("tags"))),
        lang=_string(item.get("language")) or lang,
    )


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    """Names without addresses.

    Of ``desk@paper.example (Jane Doe)`` the parser makes the name "ple (Jane Doe", as it expects short
    top-level domains: where it found an address, the string as given is read here.
    """
    people = [person for person in _list(entry.get("authors")) if isinstance(person, Mapping)]
    said = _string(dict.get(entry, "author"))
    if len(people) == 1 and people[0].get("email") and said:
        return (_ADDRESS.sub(" ", said).strip(" ()<>\t\r\n"),)
    return _strings([person.get("name") for person in people])


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _strings(values: list[Any]) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str))
