"""The page of an article that is on the subject: read whole where the publisher allows it, else its feed entry stands.

The text is kept to read names, dates and references in; what is shown of it is never more than a short quotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from collectors.outcomes import Failure
from collectors.page_text import extract
from collectors.reservations import page_reserves
from data.models import ItemRecord, PageRead, Record, Response

#: fewer characters than this is a teaser or a consent page, not an article
SHORTEST = 200

#: how a page that could not be asked for is remembered; other failures are tried again
VERDICTS = {"robots": "refused", "reserved": "reserved", "blocked": "refused", "http_4xx": "gone"}


def read_page(response: Response, item: ItemRecord) -> Iterator[Record]:
    """The item with the text of its page, then the page; the item alone stays as it was when nothing can be used.

    The feed's title and date stand; the page fills what the feed left out.
    """
    if page_reserves(response.headers, response.body):
        yield PageRead(item.external_id, response.url, "reserved")
        return
    found = extract(response.body, response.url, date.fromisoformat(response.fetched_at[:10]))
    if len(found.text) < SHORTEST or len(found.text) <= len(item.text):
        yield PageRead(item.external_id, response.url, "empty", found.published_on)
        return
    verdict = "paywalled" if found.paywalled else "read"
    yield PageRead(item.external_id, response.url, verdict, found.published_on)
    yield with_page(item, found.text, None if found.rewritten else found.published_on)


def with_page(item: ItemRecord, text: str, published_on: date | None) -> ItemRecord:
    """The item as the page completes it."""
    if item.published_on is None and published_on is not None:
        item = replace(item, published_on=published_on, published_quality="date")
    return replace(item, text=text)


def unread_page(failure: Failure, item: ItemRecord) -> PageRead | None:
    """How a refusal is remembered, so that it is not asked again at each visit; None: try again next time."""
    verdict = VERDICTS.get(failure.kind)
    return PageRead(item.external_id, failure.url, verdict) if verdict else None
