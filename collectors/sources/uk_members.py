"""Members of both Houses: search results and biographies of https://members-api.parliament.uk (``/api/Members``).

``latestParty`` is today's. A member's posts and memberships come with their days; gender and the like are not read.
The service gives at most 20 members a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.sources import _bodies as bodies
from collectors.sources._build import need
from collectors.sources._json import dig, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, Follow, Identifier, Record, Rejected, Response, Seat, Source

_API = "https://members-api.parliament.uk/api/Members"
_HOUSES = {"1": "House of Commons", "2": "House of Lords"}
_BIOGRAPHY = re.compile(r"/Members/(\d+)/Biography", re.I)


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A page of the search, one member, or one biography."""
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict):
        raise SourceError(source.id, response.url, "not an object")
    if payload.get("value") == []:
        return
    if isinstance(payload.get("items"), list):
        yield from _page(payload, response, source)
    elif isinstance(payload.get("value"), dict) and "representations" in payload["value"]:
        yield from _biography(payload["value"], response, source)
    elif isinstance(payload.get("value"), dict):
        yield _member(payload["value"], "value", response, source)
    else:
        raise SourceError(source.id, response.url, "neither a page of members, a member nor a biography")


def _page(payload: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    items = payload["items"]
    for place, row in enumerate(items):
        value = row.get("value") if isinstance(row, dict) else None
        if isinstance(value, dict):
            yield _member(value, f"items[{place}]", response, source)
        else:
            yield Rejected(f"items[{place}]", "no value", str(row)[:500])
    skip, size, total = payload.get("skip"), len(items), payload.get("totalResults")
    if isinstance(skip, int) and isinstance(total, int) and size and skip + size < total:
        query = dict(parse_qsl(urlsplit(response.url).query)) | {"skip": str(skip + size)}
        if (skip + size) // 20 < bodies.option_number(source, "max_pages", 100):
            yield Follow(f"{_API}/Search?{urlencode(query)}")


def _member(value: dict[str, Any], place: str, response: Response, source: Source) -> ActorRecord | Rejected:
    need(value, ("id", "nameDisplayAs", "latestParty", "latestHouseMembership"), response, source)
    ident, name = said(value, "id"), one_line(said(value, "nameDisplayAs"))
    if not ident.isdigit() or not name:
        return Rejected(place, "no id or no name", str(value)[:500])
    house = _HOUSES.get(said(value, "latestHouseMembership", "house"), "")
    seat = one_line(said(value, "latestHouseMembership", "membershipFrom"))
    ended = said(value, "latestHouseMembership", "membershipEndDate")
    began = said(value, "latestHouseMembership", "membershipStartDate")[:10]
    full = one_line(said(value, "nameFullTitle"))
    return ActorRecord(
        name=name,
        kind="person",
        jurisdiction=source.jurisdiction,
        identifiers=(Identifier("uk.member", ident),),
        role_title="" if ended else ", ".join(part for part in (house, seat) if part),
        organisation=house,
        party=one_line(said(value, "latestParty", "name")),
        aliases=(full,) if full and full != name else (),
        seats=(Seat(house, began, ended[:10]),) if house and began else (),
    )


def _biography(value: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    """The posts a member holds: the latest one that has not ended, and the party of today."""
    match = _BIOGRAPHY.search(urlsplit(response.requested_url or response.url).path)
    if match is None:
        raise SourceError(source.id, response.url, "a biography whose address names no member")
    need(value, ("governmentPosts", "partyAffiliations", "houseMemberships"), response, source)
    posts = [row for key in ("governmentPosts", "oppositionPosts") for row in bodies.dict_rows(value.get(key))]
    held = sorted((row for row in posts if not row.get("endDate")), key=lambda row: said(row, "startDate"))
    parties = [row for row in bodies.dict_rows(value["partyAffiliations"]) if not row.get("endDate")]
    yield ActorRecord(
        name="",
        kind="person",
        jurisdiction=source.jurisdiction,
        identifiers=(Identifier("uk.member", match[1]),),
        role_title=one_line(said(held[-1], "name")) if held else "",
        party=one_line(said(dig(parties, "name"))) if parties else "",
    )
