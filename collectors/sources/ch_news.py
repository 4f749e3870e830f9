"""Releases of the Swiss federal administration: the news broker behind https://www.news.admin.ch.

``https://d-nsbc-p.admin.ch/v1/search`` gives two kinds of record (CONTENT_HUB and ONSB) with the same head. Title and
description stand in the language asked for. ``publishDate`` is an instant; the day told is the one it was in Bern.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from collectors.sources import _bodies as bodies
from collectors.sources._build import item, listed, need
from collectors.sources._json import dicts, said
from collectors.text import one_line, plain_text
from data.models import ActorRecord, Follow, Record, Rejected, Response, Source, When

_BERN = ZoneInfo("Europe/Zurich")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One notice for each release."""
    payload = bodies.read_json(response, source)
    rows = listed(payload, "items", response, source)
    query = dict(parse_qsl(urlsplit(response.url).query))
    lang = query.get("languages", source.lang)
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Rejected(f"items[{place}]", "not an object", str(row)[:500])
            continue
        need(row, ("title", "publishDate"), response, source)
        yield _release(row, lang, source)
    total, offset = payload.get("pageResults"), query.get("offset", "0")
    done = (int(offset) if offset.isdigit() else 0) + len(rows)
    if rows and isinstance(total, int) and done < min(total, bodies.option_number(source, "max_results", 300)):
        parts = urlsplit(response.url)
        pairs = [(k, v) for k, v in parse_qsl(parts.query) if k != "offset"]
        yield Follow(f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode([*pairs, ('offset', str(done))])}")


def _release(row: dict[str, Any], lang: str, source: Source) -> Record:
    ident, title = said(row, "langGroupId") or said(row, "id"), one_line(said(row, "title"))
    try:
        at = datetime.fromisoformat(said(row, "publishDate"))
    except ValueError:
        at = None
    if not ident or not title or at is None:
        return Rejected(ident or "?", "no id, title or day", str(row)[:500])
    local = at.astimezone(_BERN) if at.tzinfo else at
    names = [name for one in dicts(row.get("publishers")) if (name := one_line(said(one, "name")))]
    return item(
        source,
        f"{ident}:{lang}",
        "notice",
        title,
        lang=lang,
        url=f"https://www.news.admin.ch/{lang}/newnsb/{ident}",
        text=plain_text(said(row, "description")),
        when=When.on(local.date(), said(row, "publishDate")),
        at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at.tzinfo else "",
        actors=tuple(ActorRecord(name, "government", "ch", role="publisher") for name in bodies.unique(names)),
        categories=tuple(one_line(said(one, "name")) for one in dicts(row.get("topics")) if said(one, "name")),
    )
