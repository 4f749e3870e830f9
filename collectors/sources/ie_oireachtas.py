"""Bills, members, questions and votes of the Oireachtas: https://api.oireachtas.ie (``/v1``).

``head.counts`` gives the total, not the length of a page. A bill is known by year and number. Private members'
bills name their sponsors by a link, government bills by the minister's title only. ``stages`` tell the whole
history; a stage's ``dates`` may repeat a day. Days are plain days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, listed, need
from collectors.sources._json import dicts, dig, said
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
    Seat,
    Source,
    Unknown,
)

_API = "https://api.oireachtas.ie/v1"
_MEMBER = re.compile(r"/member/id/([^/]+?)/?$")
_HOUSES = {"dail": "Dáil Éireann", "seanad": "Seanad Éireann"}


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A page of bills, members, questions or votes, told by what its rows hold."""
    payload = bodies.read_json(response, source)
    rows = listed(payload, "results", response, source)
    if not isinstance(payload.get("head"), dict):
        raise SourceError(source.id, response.url, "no head: the format has changed")
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Rejected(f"results[{place}]", "not an object", str(row)[:500])
        elif isinstance(row.get("bill"), dict):
            yield from _bill(row["bill"], response, source)
        elif isinstance(row.get("member"), dict):
            yield _member(row["member"], f"results[{place}]", response, source)
        elif isinstance(row.get("question"), dict):
            yield from _question(row["question"], response, source)
        elif isinstance(row.get("division"), dict):
            yield from _division(row["division"], response, source)
        else:
            raise SourceError(source.id, response.url, f"rows of an unknown kind: {', '.join(row)[:100]}")
    yield from _next(payload["head"], len(rows), response, source)


def _next(head: dict[str, Any], size: int, response: Response, source: Source) -> Iterator[Follow]:
    parts = urlsplit(response.url)
    query = dict(parse_qsl(parts.query))
    skip = (int(query["skip"]) if query.get("skip", "").isdigit() else 0) + size
    total = dig(head, "counts", "resultCount")
    if size and isinstance(total, int) and skip < min(total, bodies.option_number(source, "max_results", 2000)):
        yield Follow(f"{_API}/{parts.path.rpartition('/')[2]}?{urlencode(query | {'skip': str(skip)})}")


def _bill(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("billNo", "billYear", "shortTitleEn", "stages", "sponsors", "status"), response, source)
    ident = f"{said(row, 'billYear')}/{said(row, 'billNo')}"
    title = one_line(said(row, "shortTitleEn") or said(row, "longTitleEn"))
    if not re.fullmatch(r"\d{4}/\d+", ident) or not title:
        yield Rejected(ident, "no year, number or title", str(row)[:1000])
        return
    table = bodies.stage_table("ie_oireachtas")
    if said(row, "status") not in table["status"]:
        yield Unknown("status", said(row, "status"), ident)
    url = f"https://www.oireachtas.ie/en/bills/bill/{ident}/"
    origin = _house(said(row, "originHouse", "uri") or said(row, "originHouseURI"))
    sponsors = tuple(_sponsors(row))
    told: dict[str, EventRecord] = {}
    for wrapper in dicts(row["stages"]):
        for found in _stage(wrapper.get("event"), ident, origin, sponsors, url, response, source):
            if isinstance(found, EventRecord):
                told.setdefault(found.external_id, found)
            else:
                yield found
    identifiers = [Identifier("ie.bill", ident)]
    act = row.get("act")
    if isinstance(act, dict) and said(act, "actYear") and said(act, "actNo"):
        identifiers.append(Identifier("ie.act", f"{said(act, 'actYear')}/{said(act, 'actNo')}"))
    irish = one_line(said(row, "shortTitleGa"))
    yield DossierRecord(
        external_id=ident,
        jurisdiction=source.jurisdiction,
        track="law",
        title=title,
        lang="en",
        identifiers=tuple(identifiers),
        titles={"ga": irish} if irish else {},
        url=url,
        text="\n\n".join(bodies.unique([title, plain_text(said(row, "longTitleEn"))])),
        events=tuple(bodies.in_order(told.values())),
        actors=sponsors,
    )


def _house(uri: str) -> str:
    return next((name for name in _HOUSES if f"/{name}" in uri), "")


def _stage(
    row: Any,
    ident: str,
    origin: str,
    sponsors: tuple[ActorRecord, ...],
    url: str,
    response: Response,
    source: Source,
) -> Iterator[EventRecord | Unknown | Rejected]:
    code = said(row, "stageURI").rstrip("/").rpartition("/")[2]
    words, house = one_line(said(row, "showAs")), _house(said(row, "chamber", "uri") or said(row, "uri"))
    days = [day for one in dicts(dig(row, "dates")) if (day := bodies.on_day(said(one, "date")))]
    if not days:
        return  # listed and not yet scheduled
    meaning = bodies.stage_table("ie_oireachtas")["stages"].get(code)
    if meaning is None:
        yield Unknown("stageURI", code, ident)
        meaning = {"type": "other", "stage": "", "second": ""}
    is_completed = dig(row, "stageCompleted") is True
    passes = meaning["type"] in ("bill_adopted", "law_signed")
    when = max(days, key=lambda day: day.start) if passes else min(days, key=lambda day: day.start)
    in_second = bool(origin and house) and house != origin
    stage = meaning["second"] if in_second else meaning["stage"]
    kind = meaning["type"] if is_completed or not passes else "bill_reading"
    if passes and not is_completed:
        stage = "second_chamber" if in_second else "floor"
    where = _HOUSES.get(house, "")
    yield event(
        source,
        f"{ident}:{house or 'act'}:{code}:{when.iso()}",
        kind,
        when,
        f"{words} ({where})" if where else words,
        lang="en",
        rule="ie_oireachtas:stages",
        status="occurred" if when.iso() <= response.fetched_at[:10] else "scheduled",
        outcome="adopted" if passes and is_completed and kind == "bill_adopted" else "",
        stage=stage,
        code=code,
        url=url,
        quote=words,
        actors=(ActorRecord(where, "parliament", "ie"),) if where else sponsors if code == "1" else (),
    )


def _sponsors(row: dict[str, Any]) -> Iterator[ActorRecord]:
    for position, wrapper in enumerate(dicts(row["sponsors"])):
        sponsor = wrapper.get("sponsor")
        name, office = one_line(said(sponsor, "by", "showAs")), one_line(said(sponsor, "as", "showAs"))
        match = _MEMBER.search(said(sponsor, "by", "uri"))
        role = "co_signatory" if position else "author"
        if name:
            ids = (Identifier("ie.member", unquote(match[1])),) if match else ()
            yield ActorRecord(name, "person", "ie", ids, role=role, role_title=office)
        elif office:
            yield ActorRecord(office, "government", "ie", role=role)


def _member(row: dict[str, Any], place: str, response: Response, source: Source) -> Record:
    need(row, ("memberCode", "fullName", "memberships"), response, source)
    code, name = said(row, "memberCode"), one_line(said(row, "fullName"))
    if not code or not name:
        return Rejected(place, "no code or no name", str(row)[:500])
    today = response.fetched_at[:10]
    held = [one["membership"] for one in dicts(row["memberships"]) if isinstance(one.get("membership"), dict)]
    open_now = [one for one in held if not said(one, "dateRange", "end") or said(one, "dateRange", "end") >= today]
    current = max(open_now, key=lambda one: said(one, "dateRange", "start"), default=None)
    party = seat = house = ""
    if current is not None:
        rows = [one["party"] for one in dicts(current.get("parties")) if isinstance(one.get("party"), dict)]
        rows = [one for one in rows if not said(one, "dateRange", "end")] or rows
        party = one_line(said(rows[-1], "showAs")) if rows else ""
        seats = [one["represent"] for one in dicts(current.get("represents")) if isinstance(one.get("represent"), dict)]
        seat = one_line(said(seats[0], "showAs")) if seats else ""
        house = _HOUSES.get(said(current, "house", "houseCode"), "")
    return ActorRecord(
        name=name,
        kind="person",
        jurisdiction=source.jurisdiction,
        identifiers=(Identifier("ie.member", code),),
        role_title=", ".join(part for part in (house, seat) if part),
        organisation=house,
        party=party,
        seats=tuple(
            Seat(chamber, said(one, "dateRange", "start")[:10], said(one, "dateRange", "end")[:10])
            for one in held
            if (chamber := _HOUSES.get(said(one, "house", "houseCode"), "")) and said(one, "dateRange", "start")
        ),
    )


def _question(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("uri", "date", "showAs", "questionNumber", "by", "to"), response, source)
    when, number = bodies.on_day(said(row, "date")), said(row, "questionNumber")
    text = plain_text(said(row, "showAs"))
    if when is None or not text:
        yield Rejected(said(row, "uri"), "no day or no text", str(row)[:500])
        return
    key = said(row, "uri").partition("data.oireachtas.ie")[2] or f"{when.iso()}:{number}"
    heading = one_line(said(row, "debateSection", "showAs")) or one_line(text)[:120]
    match = _MEMBER.search(said(row, "by", "uri"))
    asker = ActorRecord(
        one_line(said(row, "by", "showAs")), "person", "ie",
        (Identifier("ie.member", unquote(match[1])),) if match else (), role="questioner",
    )  # fmt: skip
    asked = ActorRecord(one_line(said(row, "to", "showAs")), "government", "ie", role="respondent")
    url = f"https://www.oireachtas.ie/en/debates/question/{when.iso()}/{number}/"
    told = event(
        source, f"{key}:asked", "question_asked", when, f"Question {number}: {heading}", lang="en",
        rule="ie_oireachtas:date", code=said(row, "questionType"), url=url, quote=one_line(text)[:400],
        actors=(asker, asked),
    )  # fmt: skip
    yield item(
        source, key, "question", heading, lang="en", url=url, text=text, when=when, actors=(asker, asked),
        events=(told,),
    )  # fmt: skip


def _division(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("uri", "date", "outcome", "tallies"), response, source)
    when = bodies.on_day(said(row, "date"))
    title = one_line(said(row, "subject", "showAs") or said(row, "debate", "showAs"))
    if when is None or not title:
        yield Rejected(said(row, "uri"), "no day or no subject", str(row)[:500])
        return
    key = said(row, "uri").partition("data.oireachtas.ie")[2] or f"{when.iso()}:{title}"
    voters: list[ActorRecord] = []
    counts = []
    for field, role, label in (
        ("taVotes", "voter_for", "Tá"),
        ("nilVotes", "voter_against", "Níl"),
        ("staonVotes", "voter_abstain", "Staon"),
    ):
        side = dig(row, "tallies", field)
        if side is None:
            continue
        counts.append(f"{label}: {said(side, 'tally')}")
        for one in dicts(dig(side, "members")):
            code = said(one, "member", "memberCode")
            if code:
                name = one_line(said(one, "member", "showAs"))
                voters.append(ActorRecord(name, "person", "ie", (Identifier("ie.member", code),), role=role))
    outcome = {"carried": "adopted", "lost": "rejected"}.get(said(row, "outcome").lower().strip("_"), "")
    told = event(
        source, key, "bill_reading", when, title, lang="en", rule="ie_oireachtas:division", outcome=outcome,
        url=safe_link(said(row, "debate", "uri")), quote=", ".join(counts), actors=tuple(voters),
    )  # fmt: skip
    yield item(source, key, "vote", title, lang="en", summary=", ".join(counts), when=when, events=(told,))
