"""Bills of the National Assembly of Korea: services of https://open.assembly.go.kr/portal/openapi.

Each service wraps its rows in its own code: ``{CODE: [{"head": …}, {"row": […]}]}``. Errors, and at times an empty
answer, come with status 200 as ``{"RESULT": {"CODE", "MESSAGE"}}``; what a code means differs between documents, so
the message decides. Field names differ from service to service (BILL_NAME, BILL_NM; PROPOSE_DT, PPSL_DT). Names of
proposers have homonyms and carry no number: they stand in the text and make nobody an actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item
from collectors.sources._json import dicts, dig, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import (
    DossierRecord,
    EventRecord,
    Follow,
    Identifier,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
)

_NOTHING = re.compile(r"없습니다|no data|해당하는 데이터", re.I)
_PAGE = "https://likms.assembly.go.kr/bill/billDetail.do?billId="


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Bills as files with their dated steps; votes with their counts."""
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict):
        raise SourceError(source.id, response.url, "not an object")
    if isinstance(payload.get("RESULT"), dict):
        message = said(payload, "RESULT", "MESSAGE")
        if _NOTHING.search(message):
            return
        raise SourceError(source.id, response.url, f"{said(payload, 'RESULT', 'CODE')}: {message}")
    parts = next((value for value in payload.values() if isinstance(value, list)), None)
    if parts is None:
        raise SourceError(source.id, response.url, "no service in the answer: the format has changed")
    rows = [row for part in dicts(parts) for row in dicts(part.get("row"))]
    if not rows:
        raise SourceError(source.id, response.url, "a head without rows")
    for place, row in enumerate(rows):
        ident, name = said(row, "BILL_ID"), one_line(said(row, "BILL_NAME") or said(row, "BILL_NM"))
        if not ident or not name:
            yield Rejected(f"row[{place}]", "no BILL_ID or no name", str(row)[:1000])
        elif "YES_TCNT" in row:
            yield from _vote(row, ident, name, source)
        elif said(row, "PROPOSE_DT") or said(row, "PPSL_DT"):
            yield from _bill(row, ident, name, source)
        else:
            yield Rejected(ident, "no day of proposal", str(row)[:1000])
    yield from _next(parts, len(rows), response, source)


def _next(parts: list[Any], size: int, response: Response, source: Source) -> Iterator[Follow]:
    head: list[Any] = next((part["head"] for part in dicts(parts) if isinstance(part.get("head"), list)), [])
    total = next((one["list_total_count"] for one in dicts(head) if isinstance(one.get("list_total_count"), int)), 0)
    address = urlsplit(response.url)
    query = dict(parse_qsl(address.query))
    page = int(query["pIndex"]) if query.get("pIndex", "").isdigit() else 1
    per = int(query["pSize"]) if query.get("pSize", "").isdigit() else size
    if page * per < total and page < bodies.option_number(source, "max_pages", 5):
        yield Follow(
            f"{address.scheme}://{address.netloc}{address.path}?{urlencode(query | {'pIndex': str(page + 1)})}"
        )


def _link(row: dict[str, Any], ident: str) -> str:
    given = safe_link(said(row, "LINK_URL") or said(row, "DETAIL_LINK"))
    return given.replace("http://", "https://", 1) or f"{_PAGE}{ident}"


def _bill(row: dict[str, Any], ident: str, name: str, source: Source) -> Iterator[Record]:
    url = _link(row, ident)
    told: list[EventRecord] = []

    def step(mark: str, kind: str, day: str, words: str, stage: str = "", outcome: str = "", code: str = "") -> None:
        when = bodies.on_day(day)
        if when is not None:
            told.append(
                event(
                    source, f"{ident}:{mark}", kind, when, f"{name} ({words})", lang="ko", stage=stage,
                    rule=f"kr_assembly:{mark}", outcome=outcome, code=code, url=url, quote=f"{mark} {day}",
                )
            )  # fmt: skip

    step("PROPOSE_DT", "bill_tabled", said(row, "PROPOSE_DT") or said(row, "PPSL_DT"), "발의", "introduced")
    step("COMMITTEE_DT", "committee_referral", said(row, "COMMITTEE_DT"), "소관위 회부", "committee")
    step("CMT_PROC_DT", "committee_vote", said(row, "CMT_PROC_DT"), "소관위 처리", "committee",
         code=said(row, "CMT_PROC_RESULT_CD"))  # fmt: skip
    result = said(row, "PROC_RESULT") or said(row, "PROC_RESULT_CD") or said(row, "PROC_RSLT")
    meaning = bodies.stage_table("kr_assembly")["results"].get(result)
    if result and meaning is None:
        yield Unknown("PROC_RESULT", result, ident)
    if meaning and said(row, "PROC_DT"):
        step("PROC_DT", meaning["type"], said(row, "PROC_DT"), result, meaning["stage"], meaning["outcome"], result)
    number = said(row, "BILL_NO")
    proposers = one_line(said(row, "PROPOSER"))
    yield DossierRecord(
        external_id=ident,
        jurisdiction=source.jurisdiction,
        track="law",
        title=name,
        lang="ko",
        identifiers=(Identifier("kr.bill", ident), *((Identifier("kr.bill.no", number),) if number else ())),
        url=url,
        text="\n\n".join(part for part in (name, result, one_line(said(row, "COMMITTEE")), proposers) if part),
        events=tuple(bodies.in_order(told)),
    )


def _vote(row: dict[str, Any], ident: str, name: str, source: Source) -> Iterator[Record]:
    when = bodies.on_day(said(row, "PROC_DT"))
    result = said(row, "PROC_RESULT_CD")
    meaning = bodies.stage_table("kr_assembly")["results"].get(result)
    if when is None:
        yield Rejected(ident, "a vote without day", str(row)[:500])
        return
    if result and meaning is None:
        yield Unknown("PROC_RESULT_CD", result, ident)
    counts = f"찬성 {said(row, 'YES_TCNT')}, 반대 {said(row, 'NO_TCNT')}, 기권 {said(row, 'BLANK_TCNT')}"
    dossier = (Identifier("kr.bill", ident),)
    told = event(
        source, f"{ident}:vote", meaning["type"] if meaning else "other", when, f"{name} ({result})", lang="ko",
        rule="kr_assembly:PROC_DT", outcome=meaning["outcome"] if meaning else "", code=result, url=_link(row, ident),
        quote=counts, dossier=dossier,
    )  # fmt: skip
    yield item(
        source, f"{ident}:vote", "vote", told.title, lang="ko", url=told.url, summary=counts, when=when, events=(told,),
        dossier=dossier, text=one_line(str(dig(row, "BILL_KIND_CD") or "")),
    )  # fmt: skip
