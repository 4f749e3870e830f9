"""Procedures and documents of the European Parliament: open data v2 (https://data.europarl.europa.eu/en/developer-corner).

JSON-LD; ``consists_of`` is in no order. An error may come with status 200 as ``{"@id", "error"}``; 204 and 404 mean
nothing. A list whose filter was ignored begins in 1972: it ends the visit. There is no search of procedures: those
listed in ``procedures`` and those of known files are asked for by number. Procedure pages of the Legislative
Observatory (OEIL) and press releases are pages, read by what they must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, need
from collectors.sources._eu_pages import parse_page
from collectors.sources._json import as_list, dicts, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import (
    ActorRecord,
    DossierRecord,
    EventRecord,
    Follow,
    Identifier,
    ItemRecord,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
    When,
)

_API = "https://data.europarl.europa.eu/api/v2"
_FORMAT = "format=application%2Fld%2Bjson"
_NUMBER = re.compile(r"^(\d{4})/(\d{4}[A-Z]?)\(([A-Z]{3})\)$")
_DOCUMENT = re.compile(r"^(?:TA|A|B|RC|E|O|G|P)-\d{1,2}-\d{4}-\d+$")
_LEGISLATIVE = {"COD", "CNS", "APP", "NLE", "SYN"}
_DECISION = {"type": "bill_reading", "en": "Plenary decision", "fr": "Décision en séance plénière"}
_OTHER = {"type": "other", "en": "Activity", "fr": "Activité"}
_LANGS = ("en", "fr", "de", "it", "es", "da")


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """Known procedures (``eu.procedure`` = ``2021/0106(COD)``) and those the catalogue lists."""
    declared = source.options.get("procedures", [])
    numbers = [str(one) for one in declared] if isinstance(declared, list) else []
    numbers += [one.value for one in identifiers if one.scheme == "eu.procedure"]
    found = (_NUMBER.match(number) for number in bodies.unique(numbers))
    if source.options.get("procedures") is None:
        return []
    return [f"{_API}/procedures/{match[1]}-{match[2]}?{_FORMAT}" for match in found if match]


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Procedures as files, documents as documents, told by their identifiers."""
    if response.status == 204 or not response.body.strip():
        return
    if re.match(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html|<rdf:RDF)", response.body[:600], re.I):
        yield from parse_page(response, source)
        return
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict) or "error" in payload:
        problem = said(payload, "error") or said(payload, "error", "message")
        raise SourceError(source.id, response.url, f"the service says: {problem[:200]}")
    rows = payload.get("data")
    if not isinstance(rows, list):
        raise SourceError(source.id, response.url, "no list 'data': the format has changed")
    years = [said(row, "document_date")[:4] for row in dicts(rows) if said(row, "document_date")]
    if years and max(years) < "2000":
        raise SourceError(source.id, response.url, f"newest document of {max(years)}: a filter was ignored")
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Rejected(f"data[{place}]", "not an object", str(row)[:300])
        elif "process_id" in row:
            yield from _procedure(row, response, source)
        elif _DOCUMENT.match(said(row, "identifier")):
            yield from _document(row, response, source)
        else:
            yield Rejected(f"data[{place}]", f"neither a procedure nor a document: {said(row, 'id')[:80]}", "")


def _titles(row: dict[str, Any], key: str) -> dict[str, str]:
    value = row.get(key)
    found = {lang: one_line(said(value, lang)) for lang in _LANGS} if isinstance(value, dict) else {}
    return {lang: text for lang, text in found.items() if text}


def _person(ref: str, role: str, group: str = "") -> ActorRecord | None:
    number = ref.removeprefix("person/")
    if not number.isdigit():
        return None
    return ActorRecord("", "person", "eu", (Identifier("eu.mep", number),), role=role, party=group.removeprefix("org/"))


def _procedure(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("process_id", "label", "process_type"), response, source)
    number, titles = said(row, "label"), _titles(row, "process_title")
    match = _NUMBER.match(number)
    if match is None or not titles:
        yield Rejected(said(row, "process_id"), "no number or no title", str(row)[:500])
        return
    title = titles.get("en") or next(iter(titles.values()))
    table = bodies.stage_table("eu_parliament")
    is_law = match[3] in _LEGISLATIVE
    url = f"https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference={number}"
    actors: list[ActorRecord] = []
    for part in dicts(row.get("had_participation")):
        code = said(part, "participation_role").rpartition("/")[2]
        role = table["roles"].get(code)
        if role is None:
            yield Unknown("participation_role", code, number)
            continue
        for ref in as_list(part.get("had_participant_person")):
            if who := _person(str(ref), role, said(part, "politicalGroup")):
                actors.append(who)
        for ref in as_list(part.get("had_participant_organization")):
            committee = str(ref).removeprefix("org/")
            actors.append(
                ActorRecord(committee, "committee", "eu", (Identifier("ep.committee", committee),), role=role)
            )
    events: list[EventRecord] = []
    for place, one in enumerate(dicts(row.get("consists_of"))):
        for found in _activity(one, f"{number}[{place}]", number, is_law, url, source):
            if isinstance(found, EventRecord):
                events.append(found)
            else:
                yield found
    yield DossierRecord(
        external_id=number,
        jurisdiction=source.jurisdiction,
        track="law" if is_law else "soft",
        title=title,
        lang="en",
        identifiers=(Identifier("eu.procedure", number),),
        titles=titles,
        url=url,
        text="\n\n".join(titles.values()),
        events=tuple(bodies.in_order(events)),
        actors=tuple(dict.fromkeys(actors)),
    )


def _activity(
    row: dict[str, Any], place: str, number: str, is_law: bool, url: str, source: Source
) -> Iterator[EventRecord | Unknown | Rejected]:
    code, when = said(row, "had_activity_type").rpartition("/")[2], bodies.on_day(said(row, "activity_date"))
    if when is None:
        yield Rejected(place, "an activity without day", str(row)[:300])
        return
    meaning = bodies.stage_table("eu_parliament")["activities"].get(code)
    if not code:
        is_decision = said(row, "type") == "Decision" and "-DEC-DCPL-" in said(row, "id")
        meaning = _DECISION if is_decision else _OTHER
    elif meaning is None:
        yield Unknown("had_activity_type", code, number)
        meaning = {
            "type": "other",
            "en": code.replace("_", " ").capitalize(),
            "fr": code.replace("_", " ").capitalize(),
        }
    told = event(
        source, said(row, "id") or place, meaning["type"], when, f"{meaning['en']} – {number}", lang="en",
        rule="eu_parliament:had_activity_type", stage=meaning.get("stage", "") if is_law else "",
        outcome=meaning.get("outcome", ""), code=code, url=url, quote=f"{code} {when.iso()}".strip(),
        actors=(ActorRecord("European Parliament", "parliament", "eu"),),
    )  # fmt: skip
    yield EventRecord(
        **{
            **{name: getattr(told, name) for name in EventRecord.__slots__},
            "titles": {"en": f"{meaning['en']} – {number}", "fr": f"{meaning['fr']} – {number}"},
        }
    )


def _document(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("identifier", "document_date", "title_dcterms"), response, source)
    ident, titles = said(row, "identifier"), _titles(row, "title_dcterms")
    when = bodies.on_day(said(row, "document_date"))
    if when is None or not titles:
        yield Rejected(ident, "no day or no title", str(row)[:500])
        return
    title = titles.get("en") or next(iter(titles.values()))
    lang = "en" if "en" in titles else next(iter(titles))
    is_question = ident.startswith(("E-", "O-", "G-", "P-"))
    role = "questioner" if is_question else "author"
    actors = tuple(who for ref in as_list(row.get("creator")) if (who := _person(str(ref), role)))
    procedures = []
    for ref in as_list(row.get("inverse_created_a_realization_of")):
        found = re.search(r"proc/(\d{4})-(\d{4}[A-Z]?)$", str(ref))
        if found:
            procedures.append(f"{found[1]}-{found[2]}")
    url = f"https://www.europarl.europa.eu/doceo/document/{ident}_EN.html"
    kind, what = ("question", "question_asked") if is_question else ("report", "other")
    if ident.startswith("TA-"):
        kind, what = "act", "bill_adopted"
    yield _item(row, ident, kind, what, when, title, lang, url, titles, actors, source)
    for number in bodies.unique(procedures) if source.options.get("follow_procedures") is True else ():
        yield Follow(f"{_API}/procedures/{number}?{_FORMAT}")


def _item(
    row: dict[str, Any],
    ident: str,
    kind: str,
    what: str,
    when: When,
    title: str,
    lang: str,
    url: str,
    titles: dict[str, str],
    actors: tuple[ActorRecord, ...],
    source: Source,
) -> ItemRecord:
    told = event(
        source, f"{ident}:document_date", what, when, title, lang=lang, rule="eu_parliament:document_date",
        outcome="adopted" if what == "bill_adopted" else "", code=said(row, "work_type").rpartition("/")[2], url=url,
        quote=title, actors=actors[:20],
    )  # fmt: skip
    return item(
        source, ident, kind, title, lang=lang, url=url, text="\n".join(titles.values()), when=when, actors=actors,
        events=(told,), categories=(said(row, "work_type").rpartition("/")[2],),
    )  # fmt: skip
