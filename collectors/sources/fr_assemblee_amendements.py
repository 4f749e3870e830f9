"""Amendments tabled at the Assemblée nationale.

Published as one zip per legislature at https://data.assemblee-nationale.fr/travaux-parlementaires/amendements, one
JSON each in ``{file}/{text}/{amendment}.json``: the folder names the file an amendment hangs on. ``numeroLong``
begins anew with every text, only ``uid`` is unique. The live service of the sittings (eliasse) gives the same
amendments in two forms of its own, JSON and XML: they are read too, by their root.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from collectors.local_dates import paris_when
from collectors.sources import _bodies as bodies
from collectors.sources._archive import Archive
from collectors.sources._fr_votes import fate
from collectors.sources._json import dicts, dig, refs, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import (
    ActorRecord,
    EventRecord,
    Identifier,
    ItemRecord,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
    When,
)

_UID = re.compile(r"^AMANR5L(\d{1,2})\w{10,60}$")
_FILE = re.compile(r"(?:^|/)(DLR5L\d+N\d+)/")
_TEXT_NUMBER = re.compile(r"B(?:TC)?(\d{1,5})$")
_GOVERNMENT = ActorRecord("Gouvernement", "government", "fr", role="author")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One item for each amendment, with the events it proves (tabled; decided only when a day is given)."""
    start = response.body[:200].lstrip()
    if start.startswith(b"PK"):
        yield from _archive(response, source)
    elif start.startswith(b"{"):
        payload = bodies.read_json(response, source)
        rows = payload.get("amendements") if isinstance(payload, dict) else None
        if isinstance(payload, dict) and isinstance(payload.get("amendement"), dict):
            yield from _amendment(payload["amendement"], response.url, "", source)
        elif isinstance(rows, list):
            for place, row in enumerate(rows):
                yield from _live(row, f"amendements[{place}]", source)
        else:
            raise SourceError(source.id, response.url, "neither an amendement nor a list of amendements")
    else:
        root = bodies.read_xml(response, source)
        if root.tag != "amendement":
            raise SourceError(source.id, response.url, f"not an amendement but {root.tag!r}")
        yield from _live(_as_rows(root), "amendement", source)


def _archive(response: Response, source: Source) -> Iterator[Record]:
    count = 0
    for member in Archive(response, source).read():
        if isinstance(member, Rejected):
            yield member
            continue
        raw = member.value.get("amendement")
        if not isinstance(raw, dict):
            yield Rejected(member.name, "not an amendement")
            continue
        count += 1
        file = _FILE.search(member.name.replace("\\", "/"))
        yield from _amendment(raw, member.name, file[1] if file else "", source)
    if not count:
        raise SourceError(source.id, response.url, "an archive without any amendement")


def _amendment(raw: dict[str, Any], place: str, file: str, source: Source) -> Iterator[Record]:
    uid = said(raw, "uid")
    match = _UID.match(uid)
    identification = raw.get("identification")
    number = said(identification, "numeroLong") or said(raw, "identifiant", "numero")
    if not match or not number:
        yield Rejected(place, f"no identifier of an amendment: {uid[:80]!r}")
        return
    cycle = raw.get("cycleDeVie")
    if not isinstance(cycle, dict) or "corps" not in raw:
        raise SourceError(source.id, place, "an amendment without cycleDeVie or corps: the format has changed")
    text_ref = said(raw, "texteLegislatifRef")
    states = dig(cycle, "etatDesTraitements")
    state = said(states, "etat", "libelle") or said(states, "etat", "code")
    end = fate(said(cycle, "sort") or said(cycle, "sort", "libelle") or said(cycle, "sort", "sortEnSeance"), state)
    if not end.known:
        yield Unknown("sort", said(cycle, "sort") or state, uid)
    tabled = paris_when(said(cycle, "dateDepot"))
    decided = paris_when(said(cycle, "dateSort")) or paris_when(said(cycle, "sort", "dateSaisie"))
    part = dig(raw, "pointeurFragmentTexte", "division")
    article = one_line(said(part, "articleDesignation") or said(part, "titre"))
    content = dig(raw, "corps", "contenuAuteur")
    actors = tuple(_signatories(raw.get("signataires")))
    dossier = (Identifier("fr.an.dossier", file),) if file else ()
    yield _item(
        source,
        uid=uid,
        title=_title(number, article, text_ref),
        url=_page(match[1], text_ref, number),
        texts=(_prose(dig(content, "dispositif")), _prose(dig(content, "exposeSommaire"))),
        summary=" · ".join(part for part in (article, text_ref, end.label) if part),
        tabled=tabled,
        decided=decided if end.outcome else None,
        outcome=end.outcome,
        code=said(cycle, "sort") or state,
        actors=actors,
        dossier=dossier,
    )


def _title(number: str, article: str, text: str) -> str:
    where = f" ({article})" if article else ""
    found = _TEXT_NUMBER.search(text)
    return f"Amendement n° {number}{where}" + (f", texte n° {int(found[1])}" if found else "")


def _page(legislature: str, text: str, number: str) -> str:
    """The public page: the number's letters say before which body it was tabled, none the sitting."""
    found = _TEXT_NUMBER.search(text)
    letters = re.match(r"[A-Z]{2,}", number)
    if not found:
        return ""
    body = f"CION-{letters[0]}" if letters else "AN"
    return f"https://www.assemblee-nationale.fr/dyn/{legislature}/amendements/{int(found[1]):04d}/{body}/{number}"


def _prose(value: Any) -> str:
    """The text of a fragment: markup in a string, or markup made into a tree of objects and lists."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, list):
        return "\n".join(part for one in value if (part := _prose(one)))
    if isinstance(value, dict):
        return "\n".join(part for key, one in value.items() if not key.startswith("@") and (part := _prose(one)))
    return ""


def _signatories(value: Any) -> Iterator[ActorRecord]:
    author = dig(value, "auteur")
    kind = said(author, "typeAuteur")
    if kind.lower() == "gouvernement" or said(author, "gouvernementRef"):
        yield _GOVERNMENT
    for ref in refs(dig(author, "acteurRef")):
        yield ActorRecord("", "person", "fr", (Identifier("fr.an", ref),), role="author", role_title=kind)
    for ref in refs(dig(value, "cosignataires", "acteurRef")):
        yield ActorRecord("", "person", "fr", (Identifier("fr.an", ref),), role="co_signatory")


def _as_rows(element: Element) -> dict[str, Any]:
    """The XML form as the JSON one: text of leaves, objects of the others, nil as null, repeats as lists."""
    found: dict[str, Any] = {}
    for child in element:
        nil = any(key.endswith("nil") and value == "true" for key, value in child.attrib.items())
        value: Any = None if nil else _as_rows(child) if len(child) else (child.text or "").strip()
        if child.tag in found:
            known = found[child.tag]
            found[child.tag] = [*(known if isinstance(known, list) else [known]), value]
        else:
            found[child.tag] = value
    return found


def _live(raw: Any, place: str, source: Source) -> Iterator[Record]:
    """An amendment of the live service. The JSON form bears no day, so it proves no dated event."""
    number = said(raw, "numeroLong") or said(raw, "numero")
    bill = said(raw, "bibard") or said(raw, "texte", "numBibard")
    legislature = said(raw, "legislature") or said(raw, "texte", "numeroLegislature")
    found = re.search(r"/amendements/[^/]+/([A-Z-]+)/", said(raw, "urlPDF"))
    body = said(raw, "organeAbrv") or (found[1] if found else "AN")
    if not number or not bill or not legislature:
        yield Rejected(place, "an amendment without number, text or legislature", str(raw)[:2000])
        return
    uid = f"{legislature}-{bill}-{body}-{number}"
    end = fate(said(raw, "sortEnSeance") or said(raw, "sort"), said(raw, "etat"))
    if not end.known:
        yield Unknown("sortEnSeance", said(raw, "sortEnSeance") or said(raw, "etat"), uid)
    article = one_line(said(raw, "division", "titre") or said(raw, "division", "divisionDesignation"))
    signed = raw.get("cosignataires")
    people = [*dicts(raw.get("auteur")), *dicts(dig(signed, "cosignataire") if isinstance(signed, dict) else signed)]
    actors: list[ActorRecord] = []
    for position, one in enumerate(people):
        name = one_line(f"{said(one, 'prenom')} {said(one, 'nom')}")
        ref = said(one, "tribunId")
        if said(one, "estGouvernement") in ("1", "true"):
            actors.append(_GOVERNMENT)
        elif name or ref:
            ids = (Identifier("fr.an", f"PA{ref}"),) if ref.isdigit() else ()
            actors.append(ActorRecord(name, "person", "fr", ids, role="co_signatory" if position else "author"))
    yield _item(
        source,
        uid=uid,
        title=f"Amendement n° {number}" + (f" ({article})" if article else "") + f", texte n° {bill}",
        url=f"https://www.assemblee-nationale.fr/dyn/{legislature}/amendements/{bill}/{body}/{number}",
        texts=(plain_text(said(raw, "dispositif")), plain_text(said(raw, "exposeSommaire"))),
        summary=" · ".join(part for part in (one_line(said(raw, "texte", "titre")), article, end.label) if part),
        tabled=paris_when(said(raw, "dateDepot")) or _french_day(said(raw, "dateDepot")),
        decided=_french_day(said(raw, "dateSaisieSort")) if end.outcome else None,
        outcome=end.outcome,
        code="",
        actors=tuple(actors),
        dossier=(),
    )


def _french_day(text: str) -> When | None:
    """``07/11/2018`` or ``07/11/2018 10:59`` as that day."""
    match = re.match(r"(\d{2})/(\d{2})/(\d{4})\b", text)
    try:
        return When.on(date(int(match[3]), int(match[2]), int(match[1])), text) if match else None
    except ValueError:
        return None


def _item(
    source: Source,
    *,
    uid: str,
    title: str,
    url: str,
    texts: tuple[str, ...],
    summary: str,
    tabled: When | None,
    decided: When | None,
    outcome: str,
    code: str,
    actors: tuple[ActorRecord, ...],
    dossier: tuple[Identifier, ...],
) -> ItemRecord:
    def event(mark: str, kind: str, when: When, result: str = "") -> EventRecord:
        return EventRecord(
            external_id=f"{uid}:{mark}",
            type=kind,
            when=when,
            title=title,
            lang="fr",
            jurisdiction=source.jurisdiction,
            outcome=result,
            official_code=code,
            url=url,
            quote=summary,
            rule=f"fr_assemblee_amendements:{mark}",
            actors=tuple(one for one in actors if one.role == "author"),
            dossier=dossier,
        )

    events = [event("dateDepot", "amendment_tabled", tabled)] if tabled else []
    if decided:
        events.append(event("dateSort", "amendment_decided", decided, outcome))
    return ItemRecord(
        external_id=uid,
        kind="amendment",
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared="fr",
        lang="fr",
        summary=summary,
        text="\n\n".join(text for text in texts if text),
        published_said=tabled.said if tabled else "",
        published_on=tabled.start if tabled else None,
        published_quality="date" if tabled else "unknown",
        publisher=source.publisher,
        actors=actors,
        events=tuple(events),
        dossier=dossier,
    )
