"""Amendments to watched bills: ``/api/v1/Bills/{bill}/Stages/{stage}/Amendments`` of https://bills-api.parliament.uk.

The stages of a bill lead to their amendments. An amendment bears no day: what it proposes and how it was decided is
told with the bill, its event is left to the sitting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.sources import _bodies as bodies
from collectors.sources._build import item, listed, need
from collectors.sources._json import dicts, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, Follow, Identifier, Record, Rejected, Response, Source, Unknown

_API = "https://bills-api.parliament.uk/api/v1/Bills"
_STAGES = re.compile(r"/Bills/(\d+)/Stages/?$", re.I)
_AMENDMENTS = re.compile(r"/Bills/(\d+)/Stages/(\d+)/Amendments/?$", re.I)


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """The stages of bills already known (``uk.bill``); asked for apart from those of the bill itself."""
    known = bodies.unique(i.value for i in identifiers if i.scheme == "uk.bill" and i.value.isdigit())
    return [f"{_API}/{number}/Stages?Take=100" for number in known]


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Stages lead to amendments; a page of amendments gives one document each."""
    payload = bodies.read_json(response, source)
    rows = listed(payload, "items", response, source)
    parts = urlsplit(response.requested_url or response.url)
    if stages := _STAGES.search(parts.path):
        for row in dicts(rows):
            need(row, ("id", "stageId"), response, source)
            yield Follow(f"{_API}/{stages[1]}/Stages/{said(row, 'id')}/Amendments?Skip=0&Take=40")
        return
    place = _AMENDMENTS.search(parts.path)
    if place is None:
        raise SourceError(source.id, response.url, "the address names neither stages nor amendments")
    for row in dicts(rows):
        need(row, ("amendmentId", "decision", "sponsors"), response, source)
        yield from _amendment(row, place[1], place[2], source)
    query = dict(parse_qsl(parts.query))
    skip = int(query.get("Skip", "0")) if query.get("Skip", "0").isdigit() else 0
    total = payload.get("totalResults")
    done = skip + len(rows)
    if rows and isinstance(total, int) and done < min(total, bodies.option_number(source, "max_results", 2000)):
        yield Follow(f"{_API}/{place[1]}/Stages/{place[2]}/Amendments?{urlencode(query | {'Skip': str(done)})}")


def _amendment(row: dict[str, Any], bill: str, stage: str, source: Source) -> Iterator[Record]:
    ident = said(row, "amendmentId")
    number = one_line(said(row, "marshalledListText") or said(row, "dNum") or ident)
    if not ident:
        yield Rejected(f"bill {bill} stage {stage}", "an amendment without id", str(row)[:500])
        return
    decision = said(row, "decision")
    outcomes = bodies.stage_table("uk_bill_amendments")["decision"]
    if decision and decision not in outcomes:
        yield Unknown("decision", decision, ident)
    lines = "\n".join(plain_text(said(line, "text")) for line in dicts(row.get("amendmentLines")))
    where = [
        f"{label} {said(row, key)}" for key, label in (("clause", "clause"), ("schedule", "schedule")) if said(row, key)
    ]
    url = f"https://bills.parliament.uk/bills/{bill}/stages/{stage}/amendments/{ident}"
    yield item(
        source,
        f"amendment-{ident}",
        "amendment",
        f"Amendment {number}" + (f" ({', '.join(where)})" if where else ""),
        lang="en",
        url=url,
        summary=" · ".join(part for part in (one_line(said(row, "amendmentType")), decision) if part),
        text="\n\n".join(part for part in (lines, plain_text(said(row, "explanatoryText"))) if part),
        actors=tuple(_sponsors(row)),
        dossier=(Identifier("uk.bill", bill),),
    )


def _sponsors(row: dict[str, Any]) -> Iterator[ActorRecord]:
    for position, one in enumerate(dicts(row.get("sponsors"))):
        member = one.get("member") if isinstance(one.get("member"), dict) else one
        ident = said(member, "memberId")
        if ident.isdigit() and ident != "0":
            yield ActorRecord(
                name=one_line(said(member, "name")),
                kind="person",
                jurisdiction="uk",
                identifiers=(Identifier("uk.member", ident),),
                role="co_signatory" if position else "author",
                party=one_line(said(member, "party")),
            )
