"""US federal bills: govinfo's feed of changed records and BILLSTATUS XML, versions 1.0.0 to 3.0.0.

Format: https://github.com/usgpo/bill-status/blob/main/BILLSTATUS-XML_User_User-Guide.md. Dates of actions
are calendar dates of the chamber and are kept as written; ``recordedVote/date`` is UTC and is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, tostring

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._us_actions import Action, Measure, events
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
    RelationRecord,
    Response,
    Source,
    Unknown,
    When,
)

_FILE = re.compile(r"BILLSTATUS-(\d{2,3})(hconres|sconres|hjres|sjres|hres|sres|hr|s)(\d+)\.xml", re.I)
_BILL = re.compile(r"^(\d{2,3})-(hconres|sconres|hjres|sjres|hres|sres|hr|s)-(\d+)$")
_NAME = re.compile(r"^(?:(Sen|Rep|Del|Res|Resident Commissioner)\.?(?:Com\.)? )?(.+?)(?: \[([^\]]*)\])?$")
_SUFFIX = re.compile(r"^(Jr\.?|Sr\.?|I{2,3}|IV)$")
_PUBLIC_LAW = re.compile(r"^Became Public Law No: (\d+-\d+)")


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """The records of federal bills already known (``us.bill`` = ``119-s-146``)."""
    found = (_BILL.match(i.value.lower()) for i in identifiers if i.scheme == "us.bill")
    return bodies.unique(_address(match[1], match[2], match[3]) for match in found if match)


def parse(response: Response, source: Source) -> Iterator[Record]:
    """The feed gives addresses to follow; a BILLSTATUS record gives one dossier with its whole history."""
    root = bodies.read_xml(response, source)
    if root.tag == "rss":
        yield from _feed(root, response, source)
        return
    bill = root.find("bill")
    if root.tag != "billStatus" or bill is None:
        raise SourceError(source.id, response.url, f"neither a feed nor a BILLSTATUS record: <{root.tag}>")
    yield from _bill(bill, response, source)


def _address(congress: str, kind: str, number: str) -> str:
    return f"https://www.govinfo.gov/bulkdata/BILLSTATUS/{congress}/{kind}/BILLSTATUS-{congress}{kind}{number}.xml"


def _feed(root: Element, response: Response, source: Source) -> Iterator[Record]:
    items = root.findall("channel/item")
    oldest = bodies.option_number(source, "min_congress", 0)
    named = [
        (int(match[1]), _address(match[1], match[2].lower(), match[3]))
        for item in items
        for match in _FILE.finditer(" ".join(item.itertext()))
    ]
    if items and not named:
        raise SourceError(source.id, response.url, "a feed whose items name no BILLSTATUS file")
    wanted = bodies.unique(address for congress, address in named if congress >= oldest)
    for address in wanted[: bodies.option_number(source, "max_follow", 120)]:
        yield Follow(address)


def _bill(bill: Element, response: Response, source: Source) -> Iterator[Record]:
    table = bodies.stage_table("us_govinfo")
    congress = bodies.words(bill, "congress")
    kind = (bodies.words(bill, "type") or bodies.words(bill, "billType")).lower()
    number = bodies.words(bill, "number") or bodies.words(bill, "billNumber")
    form = table["bill_types"].get(kind)
    if form is None or not congress.isdigit() or not number.isdigit():
        raise SourceError(source.id, response.url, f"no bill number: {congress!r} {kind!r} {number!r}")
    bill_id = f"{congress}-{kind}-{number}"
    url = safe_link(bodies.words(bill, "legislationUrl")) or (
        f"https://www.congress.gov/bill/{_ordinal(int(congress))}-congress/{form['path']}/{number}"
    )
    measure = Measure(bill_id, form["chamber"], form["ends"], url)
    sponsors = tuple(_members(bill, "sponsors", "author"))
    actions: list[Action] = []
    for position, row in enumerate(bill.findall("actions/item")):
        action = _action(row)
        if action is not None:
            actions.append(action)
        elif bodies.words(row, "text") or bodies.words(row, "actionCode"):
            yield Rejected(f"{bill_id}:actions[{position}]", "no date", tostring(row, encoding="unicode")[:2000])
    told: list[EventRecord] = []
    for found in events(actions, measure, sponsors):
        if isinstance(found, Unknown):
            yield found
        else:
            told.append(found)
    told.extend(_lapse(congress, measure, told, response, table["congresses"]))
    relations: list[RelationRecord] = []
    for related in _relations(bill, bill_id, table["relations"]):
        if isinstance(related, Unknown):
            yield related
        else:
            relations.append(related)
    titles = bodies.unique(
        one_line(text)
        for text in [
            bodies.words(bill, "title"),
            *(bodies.words(row, "title") for row in bill.findall("titles/item")),
        ]
    )
    if not titles:
        raise SourceError(source.id, response.url, f"{bill_id} has no title")
    yield DossierRecord(
        external_id=bill_id,
        jurisdiction=source.jurisdiction,
        track="law",
        title=titles[0],
        lang="en",
        identifiers=(Identifier("us.bill", bill_id), *_public_laws(bill, actions)),
        url=url,
        text="\n\n".join([*titles, *_subjects(bill), *_summaries(bill)]),
        events=tuple(told),
        actors=(*sponsors, *_members(bill, "cosponsors", "co_signatory")),
        relations=tuple(relations),
    )


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _action(row: Element) -> Action | None:
    said = bodies.words(row, "actionDate")
    on = bodies.calendar_date(said)
    text = one_line(bodies.words(row, "text"))
    if on is None or not (text or bodies.words(row, "actionCode")):
        return None
    name = bodies.words(row, "sourceSystem/name").lower()
    system = "senate" if name.startswith("senate") else "house" if name.startswith("house") else "library"
    links = (safe_link(bodies.words(vote, "url")) for vote in row.findall("recordedVotes/recordedVote"))
    return Action(
        on=on,
        said=said,
        text=text or bodies.words(row, "type"),
        code=bodies.words(row, "actionCode"),
        system=system,
        url=next((link for link in links if link), ""),
        committees=tuple(
            _committee(item)
            for item in [*row.findall("committees/item"), *row.findall("committee")]
            if bodies.words(item, "name")
        ),
    )


def _committee(item: Element) -> ActorRecord:
    """A committee; ``sscm00`` is the full committee SSCM, any other ending a subcommittee of it."""
    code = bodies.words(item, "systemCode").upper()
    value = code.removesuffix("00") if len(code) == 6 else code
    return ActorRecord(
        name=one_line(bodies.words(item, "name")),
        kind="committee",
        jurisdiction="us",
        identifiers=(Identifier("us.committee", value),) if value else (),
    )


def _members(bill: Element, container: str, role: str) -> Iterator[ActorRecord]:
    """Members in ``role``; who withdrew is no cosponsor."""
    parties = bodies.stage_table("us_govinfo")["parties"]
    for item in bill.findall(f"{container}/item"):
        if bodies.words(item, "sponsorshipWithdrawnDate"):
            continue
        ident = bodies.words(item, "bioguideId") or bodies.words(item, "identifiers/bioguideId")
        plain = " ".join(part for part in (bodies.words(item, "firstName"), bodies.words(item, "lastName")) if part)
        office, name, seat = split_name(one_line(bodies.words(item, "fullName")))
        name = name or plain
        if not (name or ident):
            continue
        party = bodies.words(item, "party") or seat.partition("-")[0]
        state = bodies.words(item, "state") or seat.partition("-")[2].partition("-")[0]
        yield ActorRecord(
            name=name,
            kind="person",
            jurisdiction="us",
            identifiers=(Identifier("us.bioguide", ident),) if ident else (),
            role=role,
            role_title=", ".join(part for part in (office, state) if part),
            party=parties.get(party, party),
            aliases=(plain,) if plain and plain != name else (),
        )


def split_name(said: str) -> tuple[str, str, str]:
    """``Sen. Casey, Robert P., Jr. [D-PA]`` to (``Sen.``, ``Robert P. Casey, Jr.``, ``D-PA``)."""
    match = _NAME.match(said)
    if not match or not said:
        return "", "", ""
    office = f"{match[1]}." if match[1] and " " not in match[1] else match[1] or ""
    parts = [part.strip() for part in match[2].split(",")]
    suffix = parts.pop() if len(parts) > 2 and _SUFFIX.match(parts[-1]) else ""
    name = " ".join([*parts[1:], parts[0]])
    return office, f"{name}, {suffix}" if suffix else name, match[3] or ""


def _public_laws(bill: Element, actions: list[Action]) -> list[Identifier]:
    numbers = [
        bodies.words(law, "number")
        for law in bill.findall("laws/item")
        if bodies.words(law, "type").lower() == "public law"
    ]
    numbers += [match[1] for action in actions if (match := _PUBLIC_LAW.match(action.text))]
    return [Identifier("us.pl", number) for number in bodies.unique(numbers)]


def _subjects(bill: Element) -> list[str]:
    areas = [bodies.words(bill, path) for path in ("policyArea/name", "subjects/policyArea/name")]
    for path in ("legislativeSubjects", "billSubjects/legislativeSubjects", "billSubjects/otherSubjects"):
        areas += [bodies.words(row, "name") for row in bill.findall(f"subjects/{path}/item")]
    areas.append(bodies.words(bill, "subjects/billSubjects/policyArea/name"))
    named = bodies.unique(one_line(area) for area in areas)
    return ["; ".join(named)] if named else []


def _summaries(bill: Element) -> list[str]:
    """Summaries of the Congressional Research Service, the latest text first, each once."""
    rows = [*bill.findall("summaries/summary"), *bill.findall("summaries/billSummaries/item")]
    rows.sort(key=lambda row: (bodies.words(row, "actionDate"), bodies.words(row, "versionCode")), reverse=True)
    return bodies.unique(plain_text(bodies.words(row, "text") or bodies.words(row, "cdata/text")) for row in rows)


def _relations(bill: Element, bill_id: str, kinds: dict[str, str]) -> Iterator[RelationRecord | Unknown]:
    seen: set[str] = {bill_id}
    for row in [*bill.findall("relatedBills/item"), *bill.findall("relatedBills/bill")]:
        kind = re.sub(r"[^a-z]", "", bodies.words(row, "type").lower())
        value = f"{bodies.words(row, 'congress')}-{kind}-{bodies.words(row, 'number')}"
        if not _BILL.match(value) or value in seen:
            continue
        seen.add(value)
        said = [bodies.words(detail, "type") for detail in row.findall("relationshipDetails/item")]
        known = {kinds[word.lower()] for word in said if word.lower() in kinds}
        for word in said:
            if word and word.lower() not in kinds:
                yield Unknown("relationshipDetails/type", word, bill_id)
        yield RelationRecord("companion" if "companion" in known else "related", Identifier("us.bill", value))


def _lapse(
    congress: str, measure: Measure, told: list[EventRecord], response: Response, congresses: dict[str, Any]
) -> Iterator[EventRecord]:
    """The end of its Congress kills a measure that neither became law nor was finally agreed to."""
    ended = congresses.get(congress)
    if not isinstance(ended, date) or not told or response.fetched_at[:10] <= ended.isoformat():
        return
    finals = {"enacted", "vetoed", "rejected", "review_signature", "adopted"}
    if any(event.stage in finals for event in told):
        return
    yield EventRecord(
        external_id=f"{measure.id}:lapsed",
        type="withdrawn",
        when=When.on(ended),
        title=f"{congresses['label']} ({_ordinal(int(congress))} Congress)",
        lang="en",
        jurisdiction=measure.jurisdiction,
        stage="lapsed",
        url=congresses["source"],
        rule="us_govinfo:session ended",
    )
