"""Roll-call votes of the European Parliament: XML of https://www.europarl.europa.eu/doceo (``PV-…-RCV_FR.xml``).

A member bears two numbers; ``PersId`` is the one of the register. The description names the text voted on and may
stand in several languages. A correction of a vote does not change it and is not told. What a vote decided is told by
counts; the words "as a whole" and the like make it the adoption of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, Identifier, Record, Rejected, Response, Source

_WHOLE = re.compile(
    r"(?i)\(as a whole\)|\(ensemble du texte\)|ensemble du texte|vote unique|single vote|proposition de la commission$"
)
_AMENDMENT = re.compile(r"(?i)\bam\b\.?|amendements?|amendments?")
_DOCUMENT = re.compile(r"\b((?:RC-)?[ABC])(\d{1,2})-(\d{4})/(\d{4})\b")
_SIDES = {"Result.For": "voter_for", "Result.Against": "voter_against", "Result.Abstention": "voter_abstain"}


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One vote each, with every member by number and group."""
    root = bodies.read_xml(response, source)
    when = bodies.on_day(root.get("Sitting.Date", ""))
    if root.tag != "PV.RollCallVoteResults" or when is None:
        raise SourceError(source.id, response.url, f"not roll-call votes with a day: <{root.tag}>")
    rows = root.findall(".//RollCallVote.Result")
    if not rows:
        raise SourceError(source.id, response.url, "a sitting without any roll-call vote")
    for row in rows:
        ident = row.get("Identifier", "")
        description = row.find("RollCallVote.Description.Text")
        title = one_line("".join(description.itertext())) if description is not None else ""
        if not ident or not title:
            yield Rejected(ident or "?", "a vote without number or description", "")
            continue
        sides = [(row.find(tag), role) for tag, role in _SIDES.items()]
        if all(side is None for side, role in sides if role != "voter_abstain"):
            yield Rejected(ident, "neither for nor against is told", title)
            continue
        numbers = [side.get("Number") or "0" if side is not None else "0" for side, _ in sides]
        if not all(re.fullmatch(r"\d{1,6}", number, re.ASCII) for number in numbers):
            yield Rejected(ident, f"no number of votes: {numbers}", title)
            continue
        counts = [int(number) for number in numbers]
        voters = tuple(voter for side, role in sides if side is not None for voter in _voters(side, role))
        outcome = "adopted" if counts[0] > counts[1] else "rejected"
        is_whole = bool(_WHOLE.search(title))
        kind = (
            ("bill_adopted" if outcome == "adopted" else "bill_rejected")
            if is_whole
            else "amendment_decided"
            if _AMENDMENT.search(title)
            else "bill_reading"
        )
        documents = [f"{m[1].replace('RC-', '')}-{int(m[2])}-{m[4]}-{m[3]}" for m in _DOCUMENT.finditer(title)]
        url = f"https://www.europarl.europa.eu/doceo/document/PV-{_term(root)}-{when.iso()}-RCV_EN.html"
        result = f"+: {counts[0]}, -: {counts[1]}, 0: {counts[2]}"
        told = event(
            source, f"rcv-{ident}", kind, when, title, lang="en", rule="eu_parliament_votes:Sitting.Date",
            outcome=outcome, url=url, quote=result, actors=voters,
        )  # fmt: skip
        yield item(
            source, f"rcv-{ident}", "vote", title, lang="en", url=url, summary=result, when=when, events=(told,),
            categories=tuple(documents),
        )  # fmt: skip


def _term(root: Element) -> str:
    match = re.match(r"P(\d+)_", root.get("EP.Reference", ""))
    return match[1] if match else "10"


def _voters(side: Element, role: str) -> Iterator[ActorRecord]:
    for group in side.iter("Result.PoliticalGroup.List"):
        for member in group.iter():
            number = member.get("PersId", "")
            if number.isdigit():
                yield ActorRecord(
                    "", "person", "eu", (Identifier("eu.mep", number),), role=role, party=group.get("Identifier", "")
                )
