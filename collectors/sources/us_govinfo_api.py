"""govinfo beyond the bulk files: lists of changed packages, package summaries, and a bill's text as a page.

``https://api.govinfo.gov/collections/BILLS/{since}`` and ``/packages/{id}/summary`` (https://api.govinfo.gov/docs/);
``lastModified`` is when a file changed, not when a bill did. A bill's text is read for what it says: titles seldom
name the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import item, listed, need
from collectors.sources._json import dicts, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import DossierRecord, Follow, Identifier, Record, Response, Source

_PACKAGE = re.compile(r"BILLS-(\d{2,3})(hconres|sconres|hjres|sjres|hres|sres|hr|s)(\d+)([a-z]{2,4}\d?)\b", re.I)
_TITLE = re.compile(r"<title>(.*?)</title>", re.S | re.I)


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A list leads to the texts of bills; a text is told with its bill; a summary is one published issue."""
    if re.match(rb"\s*(?:<!doctype html|<html)", response.body[:500], re.I):
        yield _text(response, source)
        return
    payload = bodies.read_json(response, source)
    if isinstance(payload, dict) and "packageId" in payload:
        yield _summary(payload, response, source)
        return
    rows = dicts(listed(payload, "packages", response, source))
    for row in rows[: bodies.option_number(source, "max_follow", 60)]:
        if _PACKAGE.fullmatch(package := said(row, "packageId")):
            yield Follow(f"https://www.govinfo.gov/content/pkg/{package}/html/{package}.htm")


def _text(response: Response, source: Source) -> Record:
    match = _PACKAGE.search(response.requested_url or response.url) or _PACKAGE.search(response.url)
    text = plain_text(response.body.decode("utf-8", "replace"))
    title = _TITLE.search(response.body.decode("utf-8", "replace"))
    if match is None or len(text) < 200 or title is None:
        raise SourceError(source.id, response.url, "no text of a bill")
    ident = f"{match[1]}-{match[2].lower()}-{match[3]}"
    return DossierRecord(
        external_id=f"{ident}-text",
        jurisdiction=source.jurisdiction,
        track="law",
        title="",
        lang="en",
        identifiers=(Identifier("us.bill", ident),),
        url=safe_link(response.url),
        text=text[:60_000],
    )


def _summary(row: dict[str, Any], response: Response, source: Source) -> Record:
    need(row, ("packageId", "title", "dateIssued", "collectionCode"), response, source)
    when = bodies.on_day(said(row, "dateIssued"))
    if when is None:
        raise SourceError(source.id, response.url, "a package without day")
    return item(
        source, said(row, "packageId"), "act", one_line(said(row, "title")), lang="en",
        url=safe_link(said(row, "detailsLink")), summary=one_line(said(row, "collectionName")), when=when,
    )  # fmt: skip
