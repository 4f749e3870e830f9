"""Divisions of both Houses, with how every member voted.

Commons: https://commonsvotes-api.parliament.uk (``/data/divisions.json/search``, ``/data/division/{id}.json``),
names in PascalCase, at most 25 a page whatever is asked for. Lords: https://lordsvotes-api.parliament.uk
(``/data/Divisions/search``), a bare array in camelCase. The day is the local one of the division. Tellers are
counted by neither House; they are told as voting on their side only where the House lists them with its voters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, need
from collectors.sources._json import said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, Follow, Identifier, ItemRecord, Record, Rejected, Response, Source

_COMMONS = "https://commonsvotes-api.parliament.uk/data/division"


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A search of either House, or one division of the Commons."""
    payload = bodies.read_json(response, source)
    if not isinstance(payload, list | dict):
        raise SourceError(source.id, response.url, "neither a list of divisions nor one: the format has changed")
    rows = payload if isinstance(payload, list) else [payload]
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Rejected(f"[{place}]", "not a division", str(row)[:500])
        elif "DivisionId" in row:
            yield from _commons(row, isinstance(payload, list), response, source)
        elif "divisionId" in row:
            yield from _lords(row, response, source)
        else:
            raise SourceError(source.id, response.url, "neither DivisionId nor divisionId: the format has changed")


def _commons(row: dict[str, Any], is_listed: bool, response: Response, source: Source) -> Iterator[Record]:
    need(row, ("Date", "Title", "AyeCount", "NoCount", "Ayes", "Noes"), response, source)
    ident = said(row, "DivisionId")
    if is_listed and not row.get("Ayes") and not row.get("Noes"):
        yield Follow(f"{_COMMONS}/{ident}.json")  # the search leaves the voters out
        return
    yield _vote(
        source,
        key=f"commons-{ident}",
        number=said(row, "Number"),
        said_on=said(row, "Date"),
        title=one_line(said(row, "FriendlyTitle") or said(row, "Title")),
        notes=plain_text(said(row, "FriendlyDescription")),
        counts=(said(row, "AyeCount"), said(row, "NoCount")),
        labels=("Ayes", "Noes"),
        url=f"https://votes.parliament.uk/votes/commons/division/{ident}",
        voters=(
            *_voters(row["Ayes"], "voter_for", "House of Commons"),
            *_voters(row["Noes"], "voter_against", "House of Commons"),
        ),
    )


def _lords(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("date", "title", "contents", "notContents", "authoritativeContentCount"), response, source)
    ident = said(row, "divisionId")
    yield _vote(
        source,
        key=f"lords-{ident}",
        number=said(row, "number"),
        said_on=said(row, "date"),
        title=one_line(said(row, "title")),
        notes=plain_text(said(row, "amendmentMotionNotes") or said(row, "notes")),
        counts=(said(row, "authoritativeContentCount"), said(row, "authoritativeNotContentCount")),
        labels=("Contents", "Not contents"),
        url=f"https://votes.parliament.uk/votes/lords/division/{ident}",
        voters=(
            *_voters(row["contents"], "voter_for", "House of Lords"),
            *_voters(row["notContents"], "voter_against", "House of Lords"),
        ),
    )


def _voters(rows: Any, role: str, house: str) -> Iterator[ActorRecord]:
    for row in bodies.dict_rows(rows):
        ident = said(row, "MemberId") or said(row, "memberId")
        if ident.isdigit() and ident != "0":
            yield ActorRecord(
                name=one_line(said(row, "Name") or said(row, "name")),
                kind="person",
                jurisdiction="uk",
                identifiers=(Identifier("uk.member", ident),),
                role=role,
                role_title=one_line(said(row, "MemberFrom") or said(row, "memberFrom")),
                organisation=house,
                party=one_line(said(row, "Party") or said(row, "party")),
            )


def _vote(
    source: Source,
    *,
    key: str,
    number: str,
    said_on: str,
    title: str,
    notes: str,
    counts: tuple[str, str],
    labels: tuple[str, str],
    url: str,
    voters: tuple[ActorRecord, ...],
) -> ItemRecord | Rejected:
    when = bodies.on_day(said_on)
    if when is None or not title or not (counts[0].isdigit() and counts[1].isdigit()):
        return Rejected(key, f"no day, title or counts: {said_on[:30]!r}")
    is_carried = int(counts[0]) > int(counts[1])
    kind = _type(f"{title} {notes}", is_carried)
    result = f"{labels[0]}: {counts[0]}, {labels[1]}: {counts[1]}"
    told = event(
        source,
        key,
        kind,
        when,
        f"Division {number}: {title}" if number else title,
        lang="en",
        rule="uk_divisions:date",
        outcome="adopted" if is_carried else "rejected",
        code=number,
        url=url,
        quote=f"{notes} {result}".strip(),
        actors=voters,
    )
    return item(
        source, key, "vote", told.title, lang="en", url=url, summary=result, text=notes, when=when, events=(told,)
    )


def _type(words: str, is_carried: bool) -> str:
    for row in bodies.stage_table("uk_divisions")["titles"]:
        if re.search(row["pattern"], words, re.I):
            return str(row["carried"] if is_carried else row["lost"])
    return "other"
