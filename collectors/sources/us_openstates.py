"""Bills of the US states: search of the Open States API v3 (https://docs.openstates.org/api-v3/).

Absent values are absent keys. ``ocd-bill`` ids can change when a bill is imported again: a bill is known by state,
session and number. Days are written with varying precision. A default key has ten requests a minute and 250 a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, listed, need
from collectors.sources._json import as_list, dicts, dig, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import (
    ActorRecord,
    DossierRecord,
    EventRecord,
    Follow,
    Identifier,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
    When,
)

_API = "https://v3.openstates.org/bills"
_STATE = re.compile(r"/(?:state|district|territory):([a-z]{2})/")
#: what says most about where a bill stands wins when an action bears several classes
_WEIGHT = (
    "became-law", "executive-signature", "executive-veto", "veto-override-passage", "passage", "failure", "enrolled",
    "executive-receipt", "withdrawal", "concurrence", "committee-passage", "committee-passage-favorable",
)  # fmt: skip


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A page of bills, or one bill."""
    payload = bodies.read_json(response, source)
    if isinstance(payload, dict) and "detail" in payload:
        raise SourceError(source.id, response.url, f"the service says: {str(payload['detail'])[:200]}")
    if isinstance(payload, dict) and "identifier" in payload:
        yield from _bill(payload, response, source)
        return
    for row in dicts(listed(payload, "results", response, source)):
        yield from _bill(row, response, source)
    page, last = dig(payload, "pagination", "page"), dig(payload, "pagination", "max_page")
    if (
        isinstance(page, int)
        and isinstance(last, int)
        and page < min(last, bodies.option_number(source, "max_pages", 5))
    ):
        query = [(k, v) for k, v in parse_qsl(urlsplit(response.url).query) if k != "page"]
        yield Follow(f"{_API}?{urlencode([*query, ('page', str(page + 1))])}")


def _bill(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("session", "jurisdiction", "identifier", "title"), response, source)
    state = _STATE.search(said(row, "jurisdiction", "id"))
    number, title = re.sub(r"\s+", "", said(row, "identifier")).upper(), one_line(said(row, "title"))
    session = said(row, "session")
    if state is None or not number or not title or not session:
        yield Rejected(said(row, "id") or "?", "no state, session, number or title", str(row)[:1000])
        return
    ident = f"{state[1]}:{session}:{number}"
    url = safe_link(said(row, "openstates_url"))
    told: list[EventRecord] = []
    first_house = said(row, "from_organization", "classification")
    for place, action in enumerate(dicts(row.get("actions"))):
        for found in _action(action, ident, place, first_house, url, response, source):
            if isinstance(found, EventRecord):
                told.append(found)
            else:
                yield found
    abstracts = [plain_text(said(one, "abstract")) for one in dicts(row.get("abstracts"))]
    yield DossierRecord(
        external_id=ident,
        jurisdiction=f"us-{state[1]}",
        track="law",
        title=title,
        lang="en",
        identifiers=(Identifier("us.state.bill", ident),),
        url=url,
        text="\n\n".join(bodies.unique([title, *abstracts, "; ".join(map(str, as_list(row.get("subject"))))])),
        events=tuple(sorted(told, key=lambda one: (one.when.start, one.external_id))),
        actors=tuple(_sponsors(row, state[1])),
    )


def _action(
    row: dict[str, Any], ident: str, place: int, first_house: str, url: str, response: Response, source: Source
) -> Iterator[EventRecord | Unknown | Rejected]:
    words = one_line(said(row, "description"))
    said_on = said(row, "date")
    try:
        when = When.parse(said_on[:10], said_on)
    except ValueError:
        yield Rejected(f"{ident}:actions[{place}]", f"no day: {said_on[:30]!r}", str(row)[:500])
        return
    table = bodies.stage_table("us_states")["classes"]
    classes = [str(one) for one in as_list(row.get("classification"))]
    for one in classes:
        if one not in table:
            yield Unknown("classification", one, ident)
    known = [one for one in classes if one in table]
    known.sort(key=lambda one: _WEIGHT.index(one) if one in _WEIGHT else len(_WEIGHT))
    meaning = table[known[0]] if known else {"type": "other"}
    house = said(row, "organization", "classification")
    in_second = bool(first_house) and house in ("upper", "lower") and house != first_house
    order = said(row, "order") or str(place)
    found = event(
        source, f"{ident}:{order}:{said_on[:10]}", meaning["type"], when, words, lang="en",
        rule="us_openstates:classification", outcome=meaning.get("outcome", ""),
        stage=meaning.get("second", "") if in_second else meaning.get("stage", ""), code=" ".join(classes), url=url,
        quote=words,
    )  # fmt: skip
    yield EventRecord(**{**_fields(found), "jurisdiction": f"us-{ident.partition(':')[0]}"})


def _fields(one: EventRecord) -> dict[str, Any]:
    return {name: getattr(one, name) for name in EventRecord.__slots__}


def _sponsors(row: dict[str, Any], state: str) -> Iterator[ActorRecord]:
    for one in dicts(row.get("sponsorships")):
        name = one_line(said(one, "person", "name") or said(one, "name"))
        ident = said(one, "person", "id")
        if not name or said(one, "entity_type") == "organization":
            continue
        yield ActorRecord(
            name=name,
            kind="person",
            jurisdiction=f"us-{state}",
            identifiers=(Identifier("ocd", ident),) if ident.startswith("ocd-person/") else (),
            role="author" if one.get("primary") is True else "co_signatory",
            role_title=one_line(said(one, "person", "current_role", "title")),
            party=one_line(said(one, "person", "party")),
        )
