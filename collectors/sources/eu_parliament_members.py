"""Members of the European Parliament: the directory as XML and the list of open data.

``https://www.europarl.europa.eu/meps/en/full-list/xml`` gives name and number, for members in office also group and
country; ``/meps/show-current`` the same as JSON-LD. Surnames stand in capitals.
"""

from __future__ import annotations

from collections.abc import Iterator

from collectors.sources import _bodies as bodies
from collectors.sources._json import dicts, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, Identifier, Record, Rejected, Response, Seat, Source


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One person each."""
    if response.body.lstrip()[:1] == b"{":
        payload = bodies.read_json(response, source)
        rows = payload.get("data") if isinstance(payload, dict) else None
        if not isinstance(rows, list) or not rows:
            raise SourceError(source.id, response.url, "no list of members")
        for one in dicts(rows):
            yield _member(
                said(one, "label") or f"{said(one, 'givenName')} {said(one, 'familyName')}",
                said(one, "identifier") or said(one, "id").rpartition("/")[2],
                said(one, "api:political-group"),
                said(one, "api:country-of-representation"),
            )
        return
    root = bodies.read_xml(response, source)
    people = root.findall("mep")
    if root.tag != "meps" or not people:
        raise SourceError(source.id, response.url, f"not a directory of members: <{root.tag}>")
    for row in people:
        yield _member(*(bodies.words(row, name) for name in ("fullName", "id", "politicalGroup", "country")))


def _member(name: str, number: str, group: str, country: str) -> Record:
    written = " ".join(_word(part) for part in one_line(name).split(" "))
    if not written or not number.isdigit():
        return Rejected(number or name, "no name or no number", "")
    return ActorRecord(
        written, "person", "eu", (Identifier("eu.mep", number),), role_title=one_line(country), party=one_line(group),
        organisation="European Parliament", seats=(Seat("European Parliament"),) if group else (),
    )  # fmt: skip


def _word(part: str) -> str:
    """``ALAMETSÄ`` as ``Alametsä``, ``AL-SAHLANI`` as ``Al-Sahlani``; what is no surname stays."""
    if len(part) < 2 or not part.replace("-", "").replace("'", "").replace("’", "").isupper():
        return part
    return "-".join(piece.capitalize() for piece in part.split("-"))
