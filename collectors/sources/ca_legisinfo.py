"""Bills of the Parliament of Canada: LEGISinfo's list of a session and its record of one bill.

Pages: https://www.parl.ca/legisinfo/en/bills/json?parlsession=45-1 and
https://www.parl.ca/legisinfo/en/bill/45-1/c-277/xml (or ``/json``: an array of one). List and record have
different field names, so each row is told by its fields. Prorogation or dissolution kills a bill without any
event in the record: that end comes from ``data/reference/stages/ca_sessions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from collectors.sources import _bodies as bodies
from collectors.sources._ca_bill import Bill, Fields, both, events, fields, rows, word
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

_NUMBER = re.compile(r"^[CS]-\d+$")
_KEY = re.compile(r"^(\d+-\d+)/([CSU]-\d+)$", re.I)
_SESSION = re.compile(r"^\d+-\d+$")
_ENDED = {"enacted", "rejected", "withdrawn", "lapsed"}


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """The records of bills already known (``ca.bill`` = ``44-1/C-63``)."""
    found = (_KEY.match(i.value) for i in identifiers if i.scheme == "ca.bill")
    return bodies.unique(f"{_page(match[1], match[2])}/xml" for match in found if match)


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A list gives the records to follow, those with a telling title first; a record gives one dossier."""
    bills = _open(response, source)
    listed: list[tuple[bool, date, str]] = []
    for position, row in enumerate(bills):
        if word(row, "BillNumberFormatted"):
            entry = _listed(row, bodies.option_words(source, "title_words"))
            if entry is None:
                yield Rejected(f"bills[{position}]", "no bill number or session", str(row)[:2000])
            else:
                listed.append(entry)
        elif word(row, "NumberCode") and word(row, "Id"):
            yield from _bill(row, response, source)
        else:
            yield Rejected(f"bills[{position}]", "neither a list row nor a bill", str(row)[:2000])
    listed.sort(key=lambda entry: (not entry[0], -entry[1].toordinal(), entry[2]))
    addresses = bodies.unique(address for _, _, address in listed)
    for address in addresses[: bodies.option_number(source, "max_follow", 80)]:
        yield Follow(address)


def _open(response: Response, source: Source) -> list[Fields]:
    start = response.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"[", b"{"):
        value = bodies.read_json(response, source)
        found = value if isinstance(value, list) else [value]
        bills = [row for row in found if isinstance(row, dict)]
        shaped = len(bills) == len(found)
    else:
        root = bodies.read_xml(response, source)
        shaped = root.tag in ("Bills", "Bill")
        try:
            bills = [fields(row) for row in ([root] if root.tag == "Bill" else root.findall("Bill"))]
        except RecursionError as error:
            raise SourceError(source.id, response.url, "elements nested without end") from error
    known = [row for row in bills if word(row, "NumberCode", "BillNumberFormatted")]
    if not shaped or not known:
        raise SourceError(source.id, response.url, "no bill in the answer")
    return bills


def _page(session: str, number: str) -> str:
    return f"https://www.parl.ca/legisinfo/en/bill/{session}/{number.lower()}"


def _session(row: Fields) -> str:
    said = word(row, "ParlSessionCode") or f"{word(row, 'ParliamentNumber')}-{word(row, 'SessionNumber')}"
    return said if _SESSION.match(said) else ""


def _listed(row: Fields, title_words: tuple[str, ...]) -> tuple[bool, date, str] | None:
    number, session = word(row, "BillNumberFormatted").upper(), _session(row)
    if not _NUMBER.match(number) or not session:
        return None
    names = ("LongTitleEn", "LongTitleFr", "ShortTitleEn", "ShortTitleFr")
    titles = " ".join(word(row, name) for name in names).lower()
    active = bodies.calendar_date(word(row, "LatestActivityDateTime")) or date.min
    return any(wanted in titles for wanted in title_words), active, f"{_page(session, number)}/xml"


def _bill(detail: Fields, response: Response, source: Source) -> Iterator[Record]:
    number, session = word(detail, "NumberCode").upper(), _session(detail)
    if not session:
        raise SourceError(source.id, response.url, f"bill {number} names no session")
    key = f"{session}/{number}"
    short, long = both(detail, "ShortTitle"), both(detail, "LongTitle")
    titles = {**long, **short}
    if not titles:
        raise SourceError(source.id, response.url, f"bill {key} has no title")
    sponsor = _sponsor(detail)
    bill = Bill(key, word(detail, "OriginatingChamberOrganizationId"), _page(session, number), sponsor, detail)
    told: list[EventRecord] = []
    for found in events(bill):
        if isinstance(found, Unknown):
            yield found
        else:
            told.append(found)
    for end in _session_end(bill, session, told, response):
        if isinstance(end, Unknown):
            yield end
        else:
            told.append(end)
    lang = "en" if "en" in titles else "fr"
    texts = [*long.values(), *short.values()]
    texts += [plain_text(word(detail, f"ShortLegislativeSummary{suffix}")) for suffix in ("En", "Fr")]
    yield DossierRecord(
        external_id=key,
        jurisdiction=source.jurisdiction,
        track="law",
        title=titles[lang],
        lang=lang,
        identifiers=(Identifier("ca.bill", key),),
        titles=titles,
        url=bill.url,
        text="\n\n".join(bodies.unique(texts)),
        events=tuple(told),
        actors=sponsor,
        relations=tuple(_relations(detail, session, key)),
    )


def _sponsor(detail: Fields) -> tuple[ActorRecord, ...]:
    name, ident = one_line(word(detail, "SponsorPersonName")), word(detail, "SponsorPersonId")
    if not name and ident in ("", "0"):
        return ()
    return (
        ActorRecord(
            name=name,
            kind="person",
            jurisdiction="ca",
            identifiers=(Identifier("ca.parl.person", ident),) if ident not in ("", "0") else (),
            role="author",
            role_title=one_line(word(detail, "SponsorAffiliationTitleEn", "SponsorAffiliationRoleNameEn")),
            party=one_line(word(detail, "SponsorCaucusShortNameEn", "SponsorPoliticalPartyNameEn")),
        ),
    )


def _session_end(
    bill: Bill, session: str, told: list[EventRecord], response: Response
) -> Iterator[EventRecord | Unknown]:
    """The bill of an ended session that was neither assented to, defeated nor withdrawn lapsed with it."""
    if word(bill.detail, "IsSessionOngoing") == "true" or word(bill.detail, "ReceivedRoyalAssent") == "true":
        return
    if any(event.stage in _ENDED for event in told):
        return
    table = bodies.stage_table("ca_sessions")
    known: dict[str, Any] | None = table["sessions"].get(session)
    if known is None:
        if word(bill.detail, "IsSessionOngoing") == "false":
            yield Unknown("session", session, bill.key)
        return
    if response.fetched_at[:10] < known["ended_on"].isoformat():
        return
    yield EventRecord(
        external_id=f"{bill.key}:lapsed",
        type="withdrawn",
        when=When.on(known["ended_on"]),
        title=known["en"],
        lang="en",
        jurisdiction="ca",
        stage="lapsed",
        titles={"en": known["en"], "fr": known["fr"]},
        url=table["source"],
        rule="ca_legisinfo:session ended",
    )


def _relations(detail: Fields, session: str, key: str) -> Iterator[RelationRecord]:
    """Similar bills: one of an earlier session under the same title is brought back, any other is related."""
    seen = {key}
    own = _titles(detail)
    for similar in rows(detail, "SimilarBills"):
        other, number = _session(similar), word(similar, "NumberCode").upper()
        value = f"{other}/{number}"
        if not other or not _NUMBER.match(number) or value in seen:
            continue
        seen.add(value)
        earlier = _ordinal(other) < _ordinal(session)
        again = earlier and bool(own & _titles(similar))
        yield RelationRecord("reintroduces" if again else "related", Identifier("ca.bill", value))


def _titles(detail: Fields) -> set[str]:
    names = ("ShortTitleEn", "LongTitleEn", "ShortTitleFr", "LongTitleFr")
    return {title for name in names if (title := one_line(word(detail, name)).casefold())}


def _ordinal(session: str) -> tuple[int, ...]:
    return tuple(int(part) for part in session.split("-"))
