"""Bills of the UK Parliament: list, record and stages of https://bills-api.parliament.uk (``/api/v1``).

Specification: https://bills-api.parliament.uk/index.html. One answer is read at a time: the list gives
addresses to follow, the record gives the dossier with its sponsors and its end, the stages give a second
record of the same dossier (joined by ``uk.bill``) with the dated steps. ``stageId`` is the type of a stage,
``id`` one bill's passage through it. Dates are local midnights without a zone: the day is read as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.sources import _bodies as bodies
from collectors.sources._uk_stages import stage_events
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

_API = "https://bills-api.parliament.uk/api/v1/Bills"
_STAGES = re.compile(r"/Bills/(\d+)/Stages/?$", re.I)


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """Record and stages of bills already known (``uk.bill`` = ``2818``)."""
    known = bodies.unique(i.value for i in identifiers if i.scheme == "uk.bill" and i.value.isdigit())
    return [address for number in known for address in _addresses(number)]


def parse(response: Response, source: Source) -> Iterator[Record]:
    """The list, one bill or the stages of one bill, told by the shape of the answer."""
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict):
        raise SourceError(source.id, response.url, "not an object")
    if "billId" in payload and "shortTitle" in payload:
        yield from _record(payload, response, source)
        return
    items = payload.get("items")
    if not isinstance(items, list):
        raise SourceError(source.id, response.url, "neither a list, a bill nor stages")
    path = urlsplit(response.url).path
    match = _STAGES.search(path) or _STAGES.search(urlsplit(response.requested_url).path)
    if match or any(isinstance(item, dict) and "stageSittings" in item for item in items):
        yield from _stages(payload, items, match[1] if match else "", response, source)
    else:
        yield from _list(payload, items, response, source)


def _addresses(number: str) -> tuple[str, str]:
    return f"{_API}/{number}", f"{_API}/{number}/Stages"


def _list(payload: dict[str, Any], items: list[Any], response: Response, source: Source) -> Iterator[Record]:
    for position, item in enumerate(items):
        number = item.get("billId") if isinstance(item, dict) else None
        if isinstance(number, int) and not isinstance(number, bool):
            yield from (Follow(address) for address in _addresses(str(number)))
        else:
            yield Rejected(f"items[{position}]", "no billId", str(item)[:2000])
    query = dict(parse_qsl(urlsplit(response.url).query))
    skip = int(query.get("Skip", "0")) if query.get("Skip", "0").isdigit() else 0
    size = payload.get("itemsPerPage")
    total = payload.get("totalResults")
    if not isinstance(size, int) or not isinstance(total, int) or size <= 0 or not items:
        return
    following = skip + size
    if following < total and following // size < bodies.option_number(source, "max_pages", 1):
        query.update(Skip=str(following), Take=query.get("Take", str(size)))
        yield Follow(f"{_API}?{urlencode(query)}")


def _record(bill: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    number, title = bill["billId"], one_line(_text(bill, "shortTitle"))
    if not isinstance(number, int) or isinstance(number, bool) or not title:
        raise SourceError(source.id, response.url, "a bill without number or title")
    former = one_line(_text(bill, "formerShortTitle"))
    texts = [plain_text(_text(bill, "longTitle")), plain_text(_text(bill, "summary")), title, former]
    told: list[EventRecord] = []
    for found in _end(bill, number, response):
        if isinstance(found, EventRecord):
            told.append(found)
        else:
            yield found
    yield DossierRecord(
        external_id=f"bill-{number}",
        jurisdiction=source.jurisdiction,
        track="law",
        title=title,
        lang="en",
        identifiers=(Identifier("uk.bill", str(number)),),
        url=f"https://bills.parliament.uk/bills/{number}",
        text="\n\n".join(bodies.unique(texts)),
        events=tuple(told),
        actors=tuple(_sponsors(bill)),
    )


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def _sponsors(bill: dict[str, Any]) -> Iterator[ActorRecord]:
    """Sponsoring members (the first is the author) and departments; promoters and agents are private."""
    rows = bodies.dict_rows(bill.get("sponsors"))
    rows.sort(key=lambda row: row["sortOrder"] if isinstance(row.get("sortOrder"), int) else 0)
    seen: set[str] = set()
    for position, row in enumerate(rows):
        role = "author" if position == 0 else "co_signatory"
        member, body = row.get("member"), row.get("organisation")
        department = one_line(_text(body, "name")) if isinstance(body, dict) else ""
        if isinstance(member, dict) and (member.get("memberId") or _text(member, "name")):
            ident = str(member.get("memberId") or "")
            yield ActorRecord(
                name=one_line(_text(member, "name")),
                kind="person",
                jurisdiction="uk",
                identifiers=(Identifier("uk.member", ident),) if ident else (),
                role=role,
                role_title=", ".join(
                    part for part in (_text(member, "house"), one_line(_text(member, "memberFrom"))) if part
                ),
                organisation=department,
                party=one_line(_text(member, "party")),
            )
        if department and department not in seen:
            seen.add(department)
            yield ActorRecord(
                name=department,
                kind="government",
                jurisdiction="uk",
                role=role if not isinstance(member, dict) else "minister_responsible",
            )


def _end(bill: dict[str, Any], number: int, response: Response) -> Iterator[EventRecord | Rejected | Unknown]:
    """How the record says the bill ended, when it is not an Act (Royal Assent is one of its stages)."""
    raw = bill.get("currentStage")
    stage: dict[str, Any] = raw if isinstance(raw, dict) else {}
    if bill.get("isAct"):
        return
    withdrawn = bodies.on_day(_text(bill, "billWithdrawn"))
    if withdrawn is not None:
        yield _ending(number, "withdrawn", withdrawn, "withdrawn", "Bill withdrawn", "billWithdrawn")
    elif bill.get("isDefeated"):
        days = _sitting_days(stage)
        past = [day for day in days if day.isoformat() <= response.fetched_at[:10]]
        if past:
            name = one_line(_text(stage, "description"))
            title = f"Bill defeated ({name})" if name else "Bill defeated"
            yield _ending(number, "rejected", When.on(max(past)), "rejected", title, "isDefeated")
        else:
            yield Rejected(f"bill-{number}:isDefeated", "defeated, but its stage has no dated sitting")
    else:
        yield from _lapse(bill, number, response)


def _ending(number: int, mark: str, when: When, stage: str, title: str, field: str) -> EventRecord:
    return EventRecord(
        external_id=f"bill-{number}:{mark}",
        type="bill_rejected" if stage == "rejected" else "withdrawn",
        when=when,
        title=title,
        lang="en",
        jurisdiction="uk",
        outcome="rejected" if stage == "rejected" else "",
        stage=stage,
        url=f"https://bills.parliament.uk/bills/{number}",
        quote=f"{field}: {when.said}",
        rule=f"uk_bills:{field}",
    )


def _sitting_days(stage: dict[str, Any]) -> list[date]:
    rows = bodies.dict_rows(stage.get("stageSittings"))
    return [day for row in rows if (day := bodies.calendar_date(_text(row, "date")))]


def _lapse(bill: dict[str, Any], number: int, response: Response) -> Iterator[EventRecord]:
    table = bodies.stage_table("uk_bills")
    listed = bill.get("includedSessionIds")
    sessions = [s for s in listed if isinstance(s, int)] if isinstance(listed, list) else []
    ended = table["sessions"].get(str(max(sessions))) if sessions else None
    if not isinstance(ended, date) or response.fetched_at[:10] < ended.isoformat():
        return
    yield EventRecord(
        external_id=f"bill-{number}:lapsed",
        type="withdrawn",
        when=When.on(ended),
        title=table["lapsed"]["en"],
        lang="en",
        jurisdiction="uk",
        stage="lapsed",
        titles=dict(table["lapsed"]),
        url=table["sessions"]["source"],
        quote=f"includedSessionIds: {sessions}",
        rule="uk_bills:session ended",
    )


def _stages(
    payload: dict[str, Any], items: list[Any], number: str, response: Response, source: Source
) -> Iterator[Record]:
    rows = [item for item in items if isinstance(item, dict)]
    yield from (
        Rejected(f"items[{position}]", "not an object", str(item)[:2000])
        for position, item in enumerate(items)
        if not isinstance(item, dict)
    )
    number = number or next(
        (str(s["billId"]) for row in rows for s in bodies.dict_rows(row.get("stageSittings")) if "billId" in s),
        "",
    )
    if not number:
        raise SourceError(source.id, response.url, "stages of no known bill")
    query = dict(parse_qsl(urlsplit(response.url).query))
    total = payload.get("totalResults")
    if isinstance(total, int) and total > len(items):
        if "Take" not in query:  # a cut list hides where the bill began and what followed: ask for all
            yield Follow(f"{_API}/{number}/Stages?{urlencode({'Skip': 0, 'Take': total})}")
            return
        yield Rejected(f"bill-{number}:stages", f"{len(items)} of {total} stages given", "")
    told: list[EventRecord] = []
    for found in stage_events(rows, number, response.fetched_at[:10]):
        if isinstance(found, EventRecord):
            told.append(found)
        else:
            yield found
    yield DossierRecord(
        external_id=f"bill-{number}-stages",
        jurisdiction=source.jurisdiction,
        track="law",
        title="",
        lang="en",
        identifiers=(Identifier("uk.bill", number),),
        url=f"https://bills.parliament.uk/bills/{number}",
        events=tuple(told),
    )
