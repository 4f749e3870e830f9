"""Speeches in both Houses: search of https://hansard-api.parliament.uk (``/search/contributions/Spoken.json``).

Names are in PascalCase. ``MemberId`` is 0 or null for collective and procedural words, which are not told. The text
of the day is provisional and is read again for a few days. ``AttributedTo`` carries a minister's title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, listed, need
from collectors.sources._json import said
from collectors.text import one_line, plain_text
from data.models import ActorRecord, Follow, Identifier, Record, Rejected, Response, Source

_FIELDS = ("ContributionExtId", "DebateSectionExtId", "SittingDate", "House", "MemberId", "DebateSection")
_SITE = "https://hansard.parliament.uk"


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A page of spoken contributions; one speech each."""
    payload = bodies.read_json(response, source)
    rows = listed(payload, "Results", response, source)
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Rejected(f"Results[{place}]", "not an object", str(row)[:500])
            continue
        need(row, _FIELDS, response, source)
        yield from _speech(row, source)
    parts = urlsplit(response.url)
    query = dict(parse_qsl(parts.query))
    skip = query.get("queryParameters.skip", "0")
    total = payload.get("SpokenResultCount") or payload.get("TotalResultCount")
    done = (int(skip) if skip.isdigit() else 0) + len(rows)
    if rows and isinstance(total, int) and done < min(total, bodies.option_number(source, "max_results", 400)):
        following = urlencode(query | {"queryParameters.skip": str(done)})
        yield Follow(f"{parts.scheme}://{parts.netloc}{parts.path}?{following}")


def _speech(row: dict[str, Any], source: Source) -> Iterator[Record]:
    ident, member = said(row, "ContributionExtId"), said(row, "MemberId")
    when = bodies.on_day(said(row, "SittingDate"))
    text = plain_text(said(row, "ContributionTextFull") or said(row, "ContributionText"))
    if not ident or when is None:
        yield Rejected(ident or said(row, "ItemId"), "no identifier or no day", str(row)[:1000])
        return
    if not member.isdigit() or member == "0":
        return
    debate, house = one_line(said(row, "DebateSection")), said(row, "House")
    name = one_line(said(row, "MemberName"))
    slug = quote(re.sub(r"\W+", "", debate.title()) or "debate")
    url = f"{_SITE}/{house}/{when.iso()}/debates/{said(row, 'DebateSectionExtId')}/{slug}#contribution-{ident}"
    speaker = ActorRecord(
        name=name,
        kind="person",
        jurisdiction=source.jurisdiction,
        identifiers=(Identifier("uk.member", member),),
        role="speaker",
        role_title=one_line(said(row, "AttributedTo")),
        organisation=f"House of {house}" if house in ("Commons", "Lords") else house,
    )
    title = f"{debate}: {name}" if name else debate
    told = event(
        source, ident, "statement", when, title, lang="en", rule="uk_hansard:SittingDate", code=said(row, "HRSTag"),
        url=url, quote=one_line(said(row, "ContributionText"))[:400], actors=(speaker,),
    )  # fmt: skip
    yield item(
        source, ident, "speech", title, lang="en", url=url, summary=one_line(said(row, "Section")), text=text,
        when=when, actors=(speaker,), events=(told,),
    )  # fmt: skip
