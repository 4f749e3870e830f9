"""Bills of the US states and of Congress from LegiScan (https://legiscan.com/legiscan, API manual 1.91; CC BY 4.0).

An error is an answer of status 200 with ``{"status": "ERROR", "alert": …}``. Searches and lists are objects with
numbers as keys and a ``summary`` among them; ``committee`` is an object or an empty list. Status 4 ("Passed") means
enacted; finer steps stand in ``progress``. ``change_hash`` goes into the address of a bill, where the service ignores
it: an unchanged bill is the same address and is not asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, need
from collectors.sources._json import dicts, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import (
    ActorRecord,
    DossierRecord,
    EventRecord,
    Follow,
    Identifier,
    Record,
    Rejected,
    RelationRecord,
    Response,
    Source,
    Unknown,
)

_API = "https://api.legiscan.com/"
_FEDERAL = {"HB": "hr", "SB": "s", "HR": "hres", "SR": "sres", "HJR": "hjres", "SJR": "sjres"}
_VOTES = {"1": "voter_for", "2": "voter_against", "3": "voter_abstain", "4": ""}


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A search, one bill, one roll call or one person, of the service or of its weekly archives."""
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict):
        raise SourceError(source.id, response.url, "not an object")
    if said(payload, "status") == "ERROR":
        raise SourceError(source.id, response.url, f"the service says: {said(payload, 'alert', 'message')[:200]}")
    if isinstance(payload.get("bill"), dict):
        yield from _bill(payload["bill"], response, source)
    elif isinstance(payload.get("roll_call"), dict):
        yield from _roll_call(payload["roll_call"], response, source)
    elif isinstance(payload.get("person"), dict):
        yield from _person(payload["person"], response, source)
    elif isinstance(payload.get("searchresult"), dict):
        yield from _search(payload["searchresult"], source)
    else:
        raise SourceError(source.id, response.url, f"none of the known answers: {', '.join(sorted(payload))[:200]}")


def _search(found: dict[str, Any], source: Source) -> Iterator[Record]:
    rows = found.get("results") if isinstance(found.get("results"), list) else [
        row for key, row in found.items() if key.isdigit()
    ]  # fmt: skip
    for row in dicts(rows)[: bodies.option_number(source, "max_follow", 200)]:
        ident, mark = said(row, "bill_id"), said(row, "change_hash")
        if ident.isdigit():
            yield Follow(f"{_API}?{urlencode({'op': 'getBill', 'id': ident, 'change_hash': mark})}")
        else:
            yield Rejected("searchresult", "no bill_id", str(row)[:500])


def _bill(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("bill_id", "state", "bill_number", "title", "progress", "session"), response, source)
    table = bodies.stage_table("us_states")
    ident, title = said(row, "bill_id"), one_line(said(row, "title"))
    state = said(row, "state").lower()
    if not ident.isdigit() or not title or not re.fullmatch(r"[a-z]{2}", state):
        raise SourceError(source.id, response.url, "a bill without id, state or title")
    place = "us" if state == "us" else f"us-{state}"
    url = safe_link(said(row, "url")) or safe_link(said(row, "state_link"))
    told: list[EventRecord] = []
    for step in dicts(row["progress"]):
        code, said_on = said(step, "event"), said(step, "date")
        when = bodies.on_day(said_on)
        meaning = table["progress"].get(code)
        if meaning is None:
            yield Unknown("progress.event", code, ident)
        elif when is None:
            yield Rejected(f"{ident}:progress", f"no day: {said_on[:30]!r}", str(step)[:300])
        else:
            words = _words_of(row, said_on) or meaning["label"]
            told.append(
                replace(
                    event(
                        source, f"{ident}:{code}:{said_on}", meaning["type"], when, words, lang="en",
                        rule="us_legiscan:progress", outcome=meaning.get("outcome", ""), stage=meaning.get("stage", ""),
                        code=code, url=url, quote=meaning["label"],
                    ),
                    jurisdiction=place,
                )
            )  # fmt: skip
    if said(row, "status") and said(row, "status") != "0" and said(row, "status") not in table["status"]:
        yield Unknown("status", said(row, "status"), ident)
    for text in dicts(row.get("texts")):
        if said(text, "type_id") and said(text, "type_id") not in table["texts"]:
            yield Unknown("texts.type_id", said(text, "type_id"), ident)
    relations: list[RelationRecord] = []
    for one in dicts(row.get("sasts")):
        known = table["sasts"].get(said(one, "type_id"))
        if known is None:
            yield Unknown("sasts.type_id", said(one, "type_id"), ident)
        elif said(one, "sast_bill_id").isdigit():
            relations.append(RelationRecord(known["relation"], Identifier("us.legiscan", said(one, "sast_bill_id"))))
    subjects = "; ".join(one_line(said(one, "subject_name")) for one in dicts(row.get("subjects")))
    yield DossierRecord(
        external_id=ident,
        jurisdiction=place,
        track="law",
        title=title,
        lang="en",
        identifiers=(*_official(row, state, table["sessions"]), Identifier("us.legiscan", ident)),
        url=url,
        text="\n\n".join(bodies.unique([title, one_line(said(row, "description")), subjects])),
        events=tuple(told),
        actors=tuple(_sponsors(row, place)),
        relations=tuple(relations),
    )


def _words_of(row: dict[str, Any], day: str) -> str:
    """The official wording of a step: the weightiest entry of the history on its day."""
    rows = [one for one in dicts(row.get("history")) if said(one, "date") == day and said(one, "action")]
    rows.sort(key=lambda one: said(one, "importance"), reverse=True)
    return one_line(said(rows[0], "action")) if rows else ""


def _official(row: dict[str, Any], state: str, sessions: dict[str, str]) -> Iterator[Identifier]:
    number = re.sub(r"\s+", "", said(row, "bill_number")).upper()
    start, end = said(row, "session", "year_start"), said(row, "session", "year_end")
    if state == "us":
        match = re.fullmatch(r"([HS](?:B|R|JR))(\d+)", number)
        if match and start.isdigit() and int(start) % 2:
            yield Identifier("us.bill", f"{(int(start) - 1787) // 2}-{_FEDERAL[match[1]]}-{match[2]}")
    elif state in sessions and start.isdigit() and said(row, "session", "special") in ("0", ""):
        session = sessions[state].format(start=start, end=end or start, end2=(end or start)[-2:])
        yield Identifier("us.state.bill", f"{state}:{session}:{number}")


def _sponsors(row: dict[str, Any], place: str) -> Iterator[ActorRecord]:
    parties = bodies.stage_table("us_states")["parties"]
    for one in dicts(row.get("sponsors")):
        name = one_line(said(one, "name"))
        if not name or said(one, "committee_sponsor") == "1":
            continue
        ids = [Identifier("us.legiscan.person", said(one, "people_id"))]
        if said(one, "bioguide_id"):
            ids.insert(0, Identifier("us.bioguide", said(one, "bioguide_id")))
        yield ActorRecord(
            name=name,
            kind="person",
            jurisdiction=place,
            identifiers=tuple(ids),
            role="author" if said(one, "sponsor_type_id") in ("1", "0", "") else "co_signatory",
            role_title=", ".join(part for part in (said(one, "role"), said(one, "district")) if part),
            party=parties.get(said(one, "party"), said(one, "party")),
        )


def _roll_call(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("roll_call_id", "bill_id", "date", "desc", "yea", "nay", "passed"), response, source)
    ident, when = said(row, "roll_call_id"), bodies.on_day(said(row, "date"))
    if when is None:
        raise SourceError(source.id, response.url, "a roll call without day")
    voters: list[ActorRecord] = []
    for vote in dicts(row.get("votes")):
        code = said(vote, "vote_id")
        if code not in _VOTES:
            yield Unknown("votes.vote_id", code, ident)
        elif _VOTES[code]:
            person = Identifier("us.legiscan.person", said(vote, "people_id"))
            voters.append(ActorRecord("", "person", "us", (person,), role=_VOTES[code]))
    words = one_line(said(row, "desc"))
    dossier = (Identifier("us.legiscan", said(row, "bill_id")),)
    result = f"yea: {said(row, 'yea')}, nay: {said(row, 'nay')}"
    is_final = re.search(r"(?i)\b(?:third reading|passage|final)\b", words) is not None
    is_passed = said(row, "passed") == "1"
    kind = ("bill_adopted" if is_passed else "bill_rejected") if is_final else "bill_reading"
    told = event(
        source, f"roll-{ident}", kind, when, words or "Roll call", lang="en", rule="us_legiscan:date",
        outcome="adopted" if is_passed else "rejected", code=said(row, "chamber"), quote=result,
        actors=tuple(voters), dossier=dossier,
    )  # fmt: skip
    yield item(
        source, f"roll-{ident}", "vote", words or f"Roll call {ident}", lang="en", summary=result, when=when,
        events=(told,), dossier=dossier,
    )  # fmt: skip


def _person(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("people_id", "name", "party"), response, source)
    if said(row, "committee_sponsor") == "1":
        yield ActorRecord(one_line(said(row, "name")), "committee", "us")
        return
    ids = [Identifier("us.legiscan.person", said(row, "people_id"))]
    if said(row, "bioguide_id"):
        ids.insert(0, Identifier("us.bioguide", said(row, "bioguide_id")))
    parties = bodies.stage_table("us_states")["parties"]
    yield ActorRecord(
        name=one_line(said(row, "name")),
        kind="person",
        jurisdiction="us",
        identifiers=tuple(ids),
        role_title=", ".join(part for part in (said(row, "role"), said(row, "district")) if part),
        party=parties.get(said(row, "party"), said(row, "party")),
    )
