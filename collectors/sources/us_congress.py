"""US federal bills from congress.gov: list, bill, law, actions, summaries and House votes of API v3.

Format: https://github.com/LibraryOfCongress/api.congress.gov. ``format=json`` must be asked for, the service answers
XML else. ``updateDate`` is re-stamped in bulk and says nothing of substance: what changed is read off the actions. The
API writes the type of a bill in capitals, addresses want it small. One answer is read at a time: the bill gives the
dossier, its actions a second record of it, joined by ``us.bill`` like the records of govinfo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources import us_house_votes
from collectors.sources._build import event, item, listed, need
from collectors.sources._json import dicts, dig, said
from collectors.sources._us_actions import Action, Measure, events
from collectors.sources._us_votes import house_vote_outcome, house_vote_type
from collectors.sources.us_govinfo import split_name
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import (
    ActorRecord,
    DossierRecord,
    Follow,
    Identifier,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
)

_API = "https://api.congress.gov/v3"
_BILL = re.compile(r"^(\d{2,3})-(hconres|sconres|hjres|sjres|hres|sres|hr|s)-(\d+)$")
_TELLING = re.compile(
    r"deep ?fake|digital forger|intimate (?:visual )?(?:image|depiction)|synthetic (?:media|content)|digital replica|"
    r"voice clon|artificial intelligence|generative|child sexual abuse|impersonat",
    re.I,
)


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """Record and actions of federal bills already known (``us.bill`` = ``119-s-146``)."""
    found = [match for i in identifiers if i.scheme == "us.bill" and (match := _BILL.match(i.value.lower()))]
    return bodies.unique(address for match in found for address in _addresses(match[1], match[2], match[3]))


def _addresses(congress: str, kind: str, number: str) -> tuple[str, str]:
    base = f"{_API}/bill/{congress}/{kind}/{number}"
    return f"{base}?format=json", f"{base}/actions?format=json&limit=250"


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Told by the key of the answer: bills, bill, actions, summaries, houseRollCallVote or the Clerk's roll call."""
    if response.body.lstrip()[:5] == b"<?xml":  # the members' votes, at the Clerk of the House
        yield from us_house_votes.parse(response, source)
        return
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict):
        raise SourceError(source.id, response.url, "not an object")
    if "error" in payload:
        raise SourceError(source.id, response.url, f"the service says: {str(payload['error'])[:200]}")
    if isinstance(payload.get("bill"), dict):
        yield from _bill(payload["bill"], response, source)
    elif "actions" in payload:
        yield from _actions(payload, response, source)
    elif "summaries" in payload:
        yield from _summaries(payload, response, source)
    elif isinstance(payload.get("houseRollCallVote"), dict):
        yield from _vote(payload["houseRollCallVote"], response, source)
    elif "bills" in payload:
        yield from _list(payload, response, source)
    else:
        raise SourceError(source.id, response.url, f"none of the known answers: {', '.join(sorted(payload))[:200]}")


def _ident(row: dict[str, Any], kind: str = "type") -> tuple[str, str, str] | None:
    match = _BILL.match(f"{said(row, 'congress')}-{said(row, kind).lower()}-{said(row, 'number')}")
    return (match[1], match[2], match[3]) if match else None


def _list(payload: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    """Bills whose title tells are followed; the text of the others is seen through their summaries."""
    rows = listed(payload, "bills", response, source)
    for place, row in enumerate(dicts(rows)):
        ident = _ident(row)
        if ident is None:
            yield Rejected(f"bills[{place}]", "no bill number", str(row)[:500])
        elif _TELLING.search(said(row, "title")):
            yield from (Follow(address) for address in _addresses(*ident))
    yield from _next(payload, len(rows), response, source)


def _next(payload: dict[str, Any], size: int, response: Response, source: Source) -> Iterator[Follow]:
    if not said(payload, "pagination", "next") or not size:
        return
    parts = urlsplit(response.url)
    query = dict(parse_qsl(parts.query))
    offset = (int(query["offset"]) if query.get("offset", "").isdigit() else 0) + size
    if offset < bodies.option_number(source, "max_results", 5000):
        yield Follow(f"{_API}{parts.path.partition('/v3')[2]}?{urlencode(query | {'offset': str(offset)})}")


def _bill(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("congress", "type", "number", "title", "latestAction"), response, source)
    ident = _ident(row)
    title = one_line(said(row, "title"))
    if ident is None or not title:
        raise SourceError(source.id, response.url, "a bill without number or title")
    bill_id = "-".join(ident)
    laws = [said(law, "number") for law in dicts(row.get("laws")) if said(law, "type") == "Public Law"]
    yield DossierRecord(
        external_id=bill_id,
        jurisdiction=source.jurisdiction,
        track="law",
        title=title,
        lang="en",
        identifiers=(Identifier("us.bill", bill_id), *(Identifier("us.pl", law) for law in laws if law)),
        url=_page(ident, row),
        text="\n\n".join(bodies.unique([title, one_line(said(row, "policyArea", "name"))])),
        actors=tuple(_sponsors(row)),
    )
    yield Follow(f"{_API}/bill/{ident[0]}/{ident[1]}/{ident[2]}/summaries?format=json")


def _page(ident: tuple[str, str, str], row: dict[str, Any]) -> str:
    form = bodies.stage_table("us_govinfo")["bill_types"][ident[1]]
    return safe_link(said(row, "legislationUrl")) or (
        f"https://www.congress.gov/bill/{_ordinal(ident[0])}-congress/{form['path']}/{ident[2]}"
    )


def _ordinal(congress: str) -> str:
    ending = "th" if congress[-2:] in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(congress[-1], "th")
    return f"{congress}{ending}"


def _sponsors(row: dict[str, Any]) -> Iterator[ActorRecord]:
    parties = bodies.stage_table("us_govinfo")["parties"]
    for one in dicts(row.get("sponsors")):
        office, name, _ = split_name(one_line(said(one, "fullName")))
        ident = said(one, "bioguideId")
        if name or ident:
            yield ActorRecord(
                name=name,
                kind="person",
                jurisdiction="us",
                identifiers=(Identifier("us.bioguide", ident),) if ident else (),
                role="author",
                role_title=", ".join(part for part in (office, said(one, "state")) if part),
                party=parties.get(said(one, "party"), said(one, "party")),
            )


def _asked(payload: dict[str, Any], response: Response, source: Source) -> tuple[str, str, str]:
    """The bill an answer is about: told by its ``request``, or by the address."""
    request = payload.get("request")
    words = f"{said(request, 'congress')}-{said(request, 'billType').lower()}-{said(request, 'billNumber')}"
    match = _BILL.match(words)
    if match is None:
        path = re.search(r"/bill/(\d+)/([a-z]+)/(\d+)/", urlsplit(response.requested_url or response.url).path)
        match = _BILL.match("-".join(path.groups())) if path else None
    if match is None:
        raise SourceError(source.id, response.url, "an answer about no known bill")
    return match[1], match[2], match[3]


def _actions(payload: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    rows = listed(payload, "actions", response, source)
    ident = _asked(payload, response, source)
    bill_id = "-".join(ident)
    form = bodies.stage_table("us_govinfo")["bill_types"][ident[1]]
    measure = Measure(bill_id, form["chamber"], form["ends"], _page(ident, {}))
    actions: list[Action] = []
    for place, row in enumerate(dicts(rows)):
        need(row, ("actionDate", "text"), response, source)
        on = bodies.calendar_date(said(row, "actionDate"))
        if on is None:
            yield Rejected(f"{bill_id}:actions[{place}]", "no date", str(row)[:1000])
            continue
        name = said(row, "sourceSystem", "name").lower()
        system = "senate" if name.startswith("senate") else "house" if name.startswith("house") else "library"
        links = (safe_link(said(vote, "url")) for vote in dicts(row.get("recordedVotes")))
        actions.append(
            Action(
                on=on,
                said=said(row, "actionDate"),
                text=one_line(said(row, "text")),
                code=said(row, "actionCode"),
                system=system,
                url=next((link for link in links if link), ""),
                committees=tuple(_committees(row)),
            )
        )
    total = dig(payload, "pagination", "count")
    is_whole = not isinstance(total, int) or total <= len(rows)
    told = []
    for found in events(actions, measure, ()):
        if isinstance(found, Unknown):
            yield found
        else:  # what a passage implies depends on all that came before: half a list proves no stage
            told.append(found if is_whole else replace(found, stage=""))
    offset = dict(parse_qsl(urlsplit(response.url).query)).get("offset", "0")
    yield DossierRecord(
        external_id=f"{bill_id}-actions" if is_whole else f"{bill_id}-actions-{offset}",
        jurisdiction=source.jurisdiction,
        track="law",
        title="",
        lang="en",
        identifiers=(Identifier("us.bill", bill_id),),
        url=measure.url,
        events=tuple(told),
    )
    yield from _next(payload, len(rows), response, source)


def _committees(row: dict[str, Any]) -> Iterator[ActorRecord]:
    for one in dicts(row.get("committees")):
        code = said(one, "systemCode").upper()
        value = code.removesuffix("00") if len(code) == 6 else code
        ids = (Identifier("us.committee", value),) if value else ()
        yield ActorRecord(one_line(said(one, "name")), "committee", "us", ids)


def _summaries(payload: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    """Of one bill: its text for reading. Of all bills, by day of update: those that tell are followed."""
    rows = dicts(listed(payload, "summaries", response, source))
    if any(isinstance(row.get("bill"), dict) for row in rows):
        for row in rows:
            ident = _ident(row["bill"]) if isinstance(row.get("bill"), dict) else None
            if ident and _TELLING.search(f"{said(row, 'bill', 'title')} {said(row, 'text')}"):
                yield from (Follow(address) for address in _addresses(*ident))
        yield from _next(payload, len(rows), response, source)
        return
    ident = _asked(payload, response, source)
    bill_id = "-".join(ident)
    rows.sort(key=lambda row: (said(row, "actionDate"), said(row, "versionCode")), reverse=True)
    text = "\n\n".join(bodies.unique(plain_text(said(row, "text")) for row in rows))
    if text:
        yield DossierRecord(
            external_id=f"{bill_id}-summaries",
            jurisdiction=source.jurisdiction,
            track="law",
            title="",
            lang="en",
            identifiers=(Identifier("us.bill", bill_id),),
            url=_page(ident, {}),
            text=text,
        )


def _vote(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(
        row, ("congress", "rollCallNumber", "sessionNumber", "result", "startDate", "votePartyTotal"), response, source
    )
    when = bodies.on_day(said(row, "startDate"))
    kind = said(row, "legislationType").lower()
    match = _BILL.match(f"{said(row, 'congress')}-{kind}-{said(row, 'legislationNumber')}")
    if when is None:
        raise SourceError(source.id, response.url, "a vote without day")
    key = f"house-{said(row, 'congress')}-{said(row, 'sessionNumber')}-{said(row, 'rollCallNumber')}"
    question, result = one_line(said(row, "voteQuestion")), one_line(said(row, "result"))
    subject = f"{kind.upper()} {said(row, 'legislationNumber')}" if match else ""
    title = f"House roll call {said(row, 'rollCallNumber')}: " + " · ".join(p for p in (subject, question) if p)
    yea, nay = (
        sum(int(said(one, name) or 0) for one in dicts(row["votePartyTotal"])) for name in ("yeaTotal", "nayTotal")
    )
    dossier = (Identifier("us.bill", "-".join(match.groups())),) if match else ()
    url = safe_link(said(row, "sourceDataURL"))
    told = event(
        source, key, house_vote_type(question, result), when, title, lang="en", rule="us_congress:startDate",
        outcome=house_vote_outcome(result), url=url, quote=f"{result}, yeas: {yea}, nays: {nay}", dossier=dossier,
    )  # fmt: skip
    yield item(
        source, key, "vote", title, lang="en", url=url, summary=told.quote, when=when, events=(told,), dossier=dossier
    )
    if url:
        yield Follow(url)
