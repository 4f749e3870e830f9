"""A stored item with the words that stand under its masks, taken from the kept payload.

A stored text without a mask is what the publisher said, letter for letter: it is read as it is. Under a mask the words
are only in the payload, which is parsed again (once for all its items) and believed where every letter outside the
masks agrees; a page that was parsed by other code or is no longer kept gives nothing, and then the masks stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from collectors.apart import FEED_MB, BrokenError, Parse, inline
from collectors.clippings import SOURCE as CLIPPINGS
from collectors.clippings import Clipping, ClippingCollector
from collectors.page_text import Extracted, extract
from collectors.run import collector_of
from data.models import ItemRecord, Response, Source
from data.readings import MASK
from data.store_kept import KeptItem

#: parsed payloads held at once; items of one payload stand side by side
_HELD = 4

_HTML = re.compile(rb"<html|<!doctype html", re.IGNORECASE)

Words = tuple[str, str, str]


@dataclass
class Originals:
    """Gives stored items back with the words of their payloads.

    ``kept`` brings a kept answer by its sha256, or None; ``masked`` the external ids of a source's items with masks.
    """

    kept: Callable[[str], Response | None]
    masked: Callable[[str], frozenset[str]]
    sources: Mapping[str, Source]
    parse: Parse = inline
    _masked: dict[str, frozenset[str]] = field(default_factory=dict)
    _parsed: dict[str, dict[str, Words]] = field(default_factory=dict)

    def __call__(self, item: KeptItem) -> ItemRecord:
        """The record to read, as far as its payloads give it back."""
        record = item.record
        if not is_masked(record):
            return record
        told = [words for digest in item.payloads for words in self._words(digest, item)]
        title, summary, text = (
            _uncovered(stored, (words[place] for words in told))
            for place, stored in enumerate((record.title, record.summary, record.text))
        )
        return replace(record, title=title, summary=summary, text=text)

    def _words(self, digest: str, item: KeptItem) -> Iterable[Words]:
        if digest not in self._parsed:
            if len(self._parsed) == _HELD:
                del self._parsed[next(iter(self._parsed))]
            self._parsed[digest] = self._parse(digest, item)
        found = self._parsed[digest]
        return [found[key] for key in (item.record.external_id, "") if key in found]

    def _parse(self, digest: str, item: KeptItem) -> dict[str, Words]:
        """Words by external id; those of a page without its own under an empty one."""
        response = self.kept(digest)
        if response is None:
            return {}
        if item.source_id not in self._masked:
            self._masked[item.source_id] = self.masked(item.source_id)
        found: dict[str, Words] = {}
        try:
            for record in self._records(response, item):
                if record.external_id in self._masked[item.source_id]:
                    found[record.external_id] = (record.title, record.summary, record.text)
        except Exception:  # the page of an article is no feed, and other code may have parsed it: then nothing is known
            found.clear()
        if not found and _HTML.search(response.body, 0, 2_000):
            with suppress(BrokenError):
                for page in self.parse(_page, response, None, FEED_MB):
                    found[""] = (page.title, "", page.text)
        return found

    def _records(self, response: Response, item: KeptItem) -> Iterable[ItemRecord]:
        if item.source_id == CLIPPINGS.id:
            record = item.record
            clipping = Clipping(
                record.external_id, record.published_on or date.min, url=record.url, lang=record.lang_declared
            )
            source, collector = CLIPPINGS, ClippingCollector(clipping)
            return (
                one
                for one in self.parse(collector.parse, response, source, source.max_mb)
                if isinstance(one, ItemRecord)
            )
        source = self.sources[item.source_id]
        parsed = self.parse(collector_of(source).parse, response, source, source.max_mb)
        return (one for one in parsed if isinstance(one, ItemRecord))


def _page(response: Response, _: object) -> Iterable[Extracted]:
    yield extract(response.body, response.url, date.fromisoformat(response.fetched_at[:10]))


def is_masked(record: ItemRecord) -> bool:
    """Whether a name stands under the mask in a stored item."""
    return any(MASK in words for words in (record.title, record.summary, record.text))


def _uncovered(stored: str, told: Iterable[str]) -> str:
    """The first of ``told`` that says the same as ``stored`` outside its masks, else ``stored``."""
    if MASK not in stored:
        return stored
    return next((words for words in told if _agrees(stored, words)), stored)


def _agrees(stored: str, words: str) -> bool:
    return len(stored) == len(words) and all(a in (b, MASK) for a, b in zip(stored, words, strict=True))
