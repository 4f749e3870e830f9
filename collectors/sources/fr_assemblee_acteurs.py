"""Deputies in office and the bodies they sit in: the names behind the Assembly's identifiers.

Published at https://data.assemblee-nationale.fr/acteurs/deputes-en-exercice (AMO10). The records also hold dates and
places of birth, addresses, professions and the names of assistants: none of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from collectors.local_dates import paris_day, paris_today
from collectors.sources import _bodies as bodies
from collectors.sources._archive import Archive
from collectors.sources._json import dicts, dig, refs, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import ActorRecord, Identifier, Record, Rejected, Response, Seat, Source, Unknown

_PERSON = re.compile(r"^PA\d{1,8}$")
_BODY = re.compile(r"^PO\d{1,8}$")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Bodies first, then people with the parliamentary group they sit in on the day of the fetch."""
    try:
        today = paris_today(response.fetched_at)
    except ValueError as error:
        raise SourceError(source.id, response.url, f"no instant: {response.fetched_at!r}") from error
    archive = Archive(response, source)
    names: dict[str, str] = {}
    people: list[str] = []
    for member in archive.read():
        if isinstance(member, Rejected):
            yield member
        elif isinstance(member.value.get("organe"), dict):
            yield from _body(member.value["organe"], member.name, names, source)
        elif isinstance(member.value.get("acteur"), dict):
            people.append(member.name)
        elif not isinstance(member.value.get("deport"), dict):  # abstentions for a conflict of interest: not ours
            yield Rejected(member.name, "neither an acteur nor an organe")
    if not people:
        raise SourceError(source.id, response.url, "an archive without any acteur")
    for member in archive.read(frozenset(people)):
        if not isinstance(member, Rejected) and isinstance(member.value.get("acteur"), dict):
            yield _person(member.value["acteur"], member.name, names, today, source)


def _body(raw: dict[str, Any], locator: str, names: dict[str, str], source: Source) -> Iterator[Record]:
    uid, name, code = said(raw, "uid"), one_line(said(raw, "libelle")), said(raw, "codeType")
    if not _BODY.match(uid) or not name:
        yield Rejected(locator, "a body without identifier or name")
        return
    names[uid] = name
    kind = bodies.stage_table("fr_assemblee")["bodies"].get(code)
    if kind is None:
        yield Unknown("codeType", code, uid)
    if kind != "skip":
        yield ActorRecord(name, kind or "other", source.jurisdiction, (Identifier("fr.an", uid),))


def _person(
    raw: dict[str, Any], locator: str, names: dict[str, str], today: date, source: Source
) -> ActorRecord | Rejected:
    uid = said(raw, "uid")
    first, last = said(raw, "etatCivil", "ident", "prenom"), said(raw, "etatCivil", "ident", "nom")
    if not _PERSON.match(uid) or not last:
        return Rejected(locator, "a person without identifier or name")
    return ActorRecord(
        name=one_line(f"{first} {last}"),
        kind="person",
        jurisdiction=source.jurisdiction,
        identifiers=(Identifier("fr.an", uid),),
        party=_group(raw, names, today),
        seats=_seats(raw),
    )


def _seats(raw: dict[str, Any]) -> tuple[Seat, ...]:
    """One seat for each term, from the day it was taken."""
    days = [
        (paris_day(said(mandate, "dateDebut")), paris_day(said(mandate, "dateFin")))
        for mandate in dicts(dig(raw, "mandats", "mandat"))
        if said(mandate, "typeOrgane") == "ASSEMBLEE"
    ]
    return tuple(
        Seat("Assemblée nationale", start.isoformat(), end.isoformat() if end else "")
        for start, end in sorted(days, key=str)
        if start
    )


def _group(raw: dict[str, Any], names: dict[str, str], today: date) -> str:
    """The group of the latest membership that has begun and not ended; empty when its body is not in the archive."""
    held: list[tuple[date, str]] = []
    for mandate in dicts(dig(raw, "mandats", "mandat")):
        start, end = paris_day(said(mandate, "dateDebut")), paris_day(said(mandate, "dateFin"))
        if said(mandate, "typeOrgane") != "GP" or start is None or start > today or (end and end < today):
            continue
        held += [(start, names[ref]) for ref in refs(dig(mandate, "organes", "organeRef")) if ref in names]
    return max(held)[1] if held else ""
