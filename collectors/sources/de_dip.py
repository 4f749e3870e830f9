"""Proceedings of the German Bundestag and Bundesrat: DIP API v1 (https://search.dip.bundestag.de/api/v1).

``/vorgang`` gives a proceeding, ``/vorgangsposition`` its dated steps; there is no full-text search. A parameter the
service does not know is ignored in silence and brings the whole corpus: an answer of more than a declared number ends
the visit. Pages follow by ``cursor`` until it no longer changes. ``datum`` is the day of the latest document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, listed, need
from collectors.sources._json import as_list, dicts, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.fold import fold
from data.models import (
    ActorRecord,
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

_API = "https://search.dip.bundestag.de/api/v1"
_DRS = re.compile(r"^(\d{1,2}/\d{1,5})$")
_BR = re.compile(r"^(\d{1,4}/\d{2})$")


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """Proceedings and steps of known numbers (``de.vorgang``), and documents known by number (``de.drs``)."""
    found: list[str] = []
    for one in identifiers:
        if one.scheme == "de.vorgang" and one.value.isdigit():
            found += [f"{_API}/vorgang?f.id={one.value}", f"{_API}/vorgangsposition?f.vorgang={one.value}"]
        elif one.scheme == "de.drs" and _DRS.match(one.value):
            found.append(f"{_API}/vorgang?f.dokumentnummer={one.value}")
    return bodies.unique(found)


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A page of proceedings or of steps."""
    payload = bodies.read_json(response, source)
    if isinstance(payload, dict) and "message" in payload and "documents" not in payload:
        raise SourceError(source.id, response.url, f"the service says: {str(payload['message'])[:200]}")
    rows = listed(payload, "documents", response, source)
    total = payload.get("numFound")
    most = bodies.option_number(source, "max_found", 5000)
    if not isinstance(total, int) or total > most:
        raise SourceError(
            source.id, response.url, f"{total} documents where at most {most} are asked for: a filter was ignored"
        )
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Rejected(f"documents[{place}]", "not an object", str(row)[:500])
        elif "vorgang_id" in row or "vorgangsposition" in row:
            yield from _position(row, response, source)
        else:
            yield from _proceeding(row, response, source)
    parts = urlsplit(response.url)
    query = dict(parse_qsl(parts.query))
    cursor = said(payload, "cursor")
    if rows and cursor and cursor != query.get("cursor", ""):
        yield Follow(f"{_API}/{parts.path.rpartition('/')[2]}?{urlencode(query | {'cursor': cursor})}")


def _kind(row: dict[str, Any]) -> str | None:
    found = bodies.stage_table("de_dip")["kinds"].get(said(row, "vorgangstyp"))
    return str(found) if found else None


def _proceeding(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("id", "vorgangstyp", "wahlperiode", "titel", "aktualisiert"), response, source)
    ident, title = said(row, "id"), one_line(said(row, "titel"))
    kind = _kind(row)
    if kind == "skip":
        return  # petitions are those of private persons
    if not ident.isdigit() or not title:
        yield Rejected(ident, "no id or no title", str(row)[:500])
        return
    if kind is None:
        yield Unknown("vorgangstyp", said(row, "vorgangstyp"), ident)
    url = f"https://dip.bundestag.de/vorgang/-/{ident}"
    state = one_line(said(row, "beratungsstand"))
    words = "; ".join(one_line(said(one, "name")) for one in dicts(row.get("deskriptor")))
    fields = "; ".join(str(one) for one in as_list(row.get("sachgebiet")))
    text = "\n\n".join(bodies.unique([title, plain_text(said(row, "abstract")), words, fields, state]))
    authors = tuple(
        ActorRecord(
            one_line(str(name)), "party" if str(name).startswith("Fraktion") else "government", "de", role="author"
        )
        for name in as_list(row.get("initiative"))
    )
    yield Follow(f"{_API}/vorgangsposition?f.vorgang={ident}")
    if kind == "question":
        yield item(
            source, f"vorgang-{ident}", "question", title, lang="de", url=url, summary=state, text=text,
            when=bodies.on_day(said(row, "datum")), actors=authors, dossier=(Identifier("de.vorgang", ident),),
        )  # fmt: skip
        return
    identifiers = [Identifier("de.vorgang", ident)]
    identifiers += (
        [Identifier("de.gesta", f"{said(row, 'wahlperiode')}:{said(row, 'gesta')}")] if said(row, "gesta") else []
    )
    events = tuple(_promulgation(row, ident, title, url, source))
    yield DossierRecord(
        external_id=f"vorgang-{ident}",
        jurisdiction=source.jurisdiction,
        track="law" if kind == "law" else "soft",
        title=title,
        lang="de",
        identifiers=tuple(identifiers),
        url=url,
        text=text,
        events=events,
        actors=authors,
    )


def _promulgation(row: dict[str, Any], ident: str, title: str, url: str, source: Source) -> Iterator[EventRecord]:
    for place, one in enumerate(dicts(row.get("verkuendung"))):
        if when := bodies.on_day(said(one, "verkuendungsdatum")):
            yield event(
                source, f"{ident}:verkuendung:{place}", "law_signed", when, f"Verkündung: {title}", lang="de",
                rule="de_dip:verkuendung", stage="enacted", url=safe_link(said(one, "pdf_url")) or url,
                quote=one_line(said(one, "fundstelle")),
            )  # fmt: skip
    for place, one in enumerate(dicts(row.get("inkrafttreten"))):
        if when := bodies.on_day(said(one, "datum")):
            yield event(
                source, f"{ident}:inkrafttreten:{place}", "law_in_force", when, f"Inkrafttreten: {title}", lang="de",
                rule="de_dip:inkrafttreten", stage="in_force", url=url, quote=one_line(said(one, "erlaeuterung")),
            )  # fmt: skip


def _position(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("id", "vorgangsposition", "vorgang_id", "titel", "datum", "fundstelle"), response, source)
    ident, proceeding = said(row, "id"), said(row, "vorgang_id")
    words, when, title = (
        one_line(said(row, "vorgangsposition")),
        bodies.on_day(said(row, "datum")),
        one_line(said(row, "titel")),
    )
    if when is None or not proceeding.isdigit():
        yield Rejected(ident, "no day or no proceeding", str(row)[:500])
        return
    table = bodies.stage_table("de_dip")
    meaning = next((one for one in table["positions"] if re.search(one["pattern"], fold(words))), None)
    if meaning is None:
        yield Unknown("vorgangsposition", words, ident)
        meaning = {"type": "other"}
    number = said(row, "fundstelle", "dokumentnummer")
    url = safe_link(said(row, "fundstelle", "pdf_url")) or f"https://dip.bundestag.de/vorgang/-/{proceeding}"
    actors = tuple(_authors(row))
    is_law = _kind(row) in ("law", None) and said(row, "vorgangstyp") in ("Gesetzgebung", "Verordnung", "")
    told = event(
        source, f"position-{ident}", meaning["type"], when,
        f"{words}: {title}" + (f" ({number})" if number else ""),
        lang="de", rule="de_dip:vorgangsposition", stage=meaning.get("stage", "") if is_law else "",
        outcome=meaning.get("outcome", ""), code=said(row, "zuordnung"), url=url,
        quote=f"{words}, {number}".strip(", "),
        actors=actors,
    )  # fmt: skip
    own = Identifier("de.vorgang", proceeding)
    identifiers = [own]
    if said(row, "zuordnung") == "BT" and _DRS.match(number) and said(row, "dokumentart") == "Drucksache":
        identifiers.append(Identifier("de.drs", number))
    elif said(row, "zuordnung") == "BR" and _BR.match(number):
        identifiers.append(Identifier("de.br.drs", number))
    if _kind(row) == "question":
        yield item(
            source, f"position-{ident}", "question", told.title, lang="de", url=url, when=when, actors=actors,
            events=(told,), dossier=tuple(identifiers), text=plain_text(said(row, "abstract")),
        )  # fmt: skip
        return
    yield DossierRecord(
        external_id=f"position-{ident}",
        jurisdiction=source.jurisdiction,
        track="law" if is_law else "soft",
        title="",
        lang="de",
        identifiers=tuple(identifiers),
        url=f"https://dip.bundestag.de/vorgang/-/{proceeding}",
        text="",
        events=(told,),
    )


def _authors(row: dict[str, Any]) -> Iterator[ActorRecord]:
    for one in dicts(row.get("urheber")):
        name = one_line(said(one, "titel") or said(one, "bezeichnung"))
        if name:
            kind = (
                "party" if "Fraktion" in name else "parliament" if name in ("Bundestag", "Bundesrat") else "government"
            )
            yield ActorRecord(name, kind, "de", role="author")
    for one in dicts(row.get("ressort")):
        if name := one_line(said(one, "titel")):
            yield ActorRecord(name, "government", "de", role="respondent")
