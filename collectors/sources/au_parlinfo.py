"""Bills and debates of the Australian Parliament: ParlInfo's search as RSS.

``https://parlinfo.aph.gov.au/parlInfo/feeds/rss.w3p;query=…`` gives title, link and day of each hit and nothing
else, at most 500; a search without a hit answers by a redirect. The link names the record; a bill's page is told
where its number (``r7205``) stands in it. Titles alone are told: what was said is on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import item
from collectors.text import one_line
from data.errors import SourceError
from data.models import Identifier, Record, Rejected, Response, Source, When

_BILL = re.compile(r"\b([rs]\d{3,5})\b")
_RECORD = re.compile(r"(?:query=Id[:%=]*\"?|;id=|display/)([^;&\"]+)", re.I)
_SYDNEY = ZoneInfo("Australia/Sydney")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One document for each hit of the search."""
    if "feeds/rss" not in response.url and response.body.lstrip()[:5] != b"<?xml":
        return  # a search without a hit leads away from the feed
    root = bodies.read_xml(response, source)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise SourceError(source.id, response.url, f"not a feed but <{root.tag}>")
    for place, row in enumerate(channel.findall("item")):
        title, link = one_line(bodies.words(row, "title")), safe_link(bodies.words(row, "link"))
        said_on = bodies.words(row, "pubDate")
        try:
            at = parsedate_to_datetime(said_on)
        except (ValueError, TypeError, IndexError):
            at = None
        if not title or not link:
            yield Rejected(f"item[{place}]", "no title or no link", link[:200])
            continue
        plain = unquote(link)
        record = _RECORD.search(plain)
        bill = _BILL.search(plain)
        local = at.astimezone(_SYDNEY) if at is not None and at.tzinfo else at
        kind = "bill" if bill or "bills" in plain.lower() else "speech" if "hansard" in plain.lower() else "notice"
        yield item(
            source,
            record[1].strip('"/ ') if record else link,
            kind,
            title,
            lang="en",
            url=link,
            when=When.on(local.date(), said_on) if local is not None else None,
            at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None and at.tzinfo else "",
            dossier=(Identifier("au.bill", bill[1]),) if bill else (),
        )
