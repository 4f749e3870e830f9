"""Legislative files of the Assemblée nationale: one zip per legislature, one JSON per file and per document.

Published at https://data.assemblee-nationale.fr/travaux-parlementaires/dossiers-legislatifs. What a member is, is
decided by its root key (``dossierParlementaire`` or ``document``), never by its folder. Every file is told, whatever
its subject: the law on digital space says "deepfake" in none of its titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from collectors.links import safe_link
from collectors.local_dates import paris_day, paris_today
from collectors.sources import _bodies as bodies
from collectors.sources import _fr_acts as acts
from collectors.sources._archive import Archive, Member
from collectors.sources._json import dicts, dig, refs, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import (
    ActorRecord,
    DossierRecord,
    EventRecord,
    Identifier,
    Record,
    Rejected,
    RelationRecord,
    Response,
    Source,
    Unknown,
    When,
)

_UID = re.compile(r"^[A-Z0-9]{4,40}$")
_SENATE = re.compile(r"/([a-z]{2,6}\d{2}-\d{1,4})(?:\.html?)?$")
_NOR = re.compile(r"^[A-Z]{4}\d{7}[A-Z]$")
_JORFTEXT = re.compile(r"\bJORFTEXT\d{12}\b")
_LAW = re.compile(r"^\d{4}-\d{1,4}$")
_SENATE_BODY = "PO78718"


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One dossier for each ``dossierParlementaire``, with the titles of its documents as its text."""
    archive = Archive(response, source)
    try:
        today = paris_today(response.fetched_at)
    except ValueError as error:
        raise SourceError(source.id, response.url, f"no instant: {response.fetched_at!r}") from error
    titles: dict[str, list[str]] = {}
    files: list[str] = []
    for member in archive.read():
        if isinstance(member, Rejected):
            yield member
        elif isinstance(member.value.get("dossierParlementaire"), dict):
            files.append(member.name)
        elif isinstance(member.value.get("document"), dict):
            _note_titles(member.value["document"], titles)
        else:
            yield Rejected(member.name, "neither a dossierParlementaire nor a document")
    if not files:
        raise SourceError(source.id, response.url, "an archive without any dossierParlementaire")
    for member in archive.read(frozenset(files)):
        if isinstance(member, Member) and isinstance(member.value.get("dossierParlementaire"), dict):
            yield from _dossier(member, titles, today, source)


def _note_titles(document: dict[str, Any], titles: dict[str, list[str]]) -> None:
    for ref in refs(document.get("dossierRef")):
        for key in ("titrePrincipal", "titrePrincipalCourt"):
            if text := one_line(said(document, "titres", key)):
                titles.setdefault(ref, []).append(text)


def _dossier(member: Member, titles: dict[str, list[str]], today: date, source: Source) -> Iterator[Record]:
    raw = member.value["dossierParlementaire"]
    uid = said(raw.get("uid"))
    title = one_line(said(raw, "titreDossier", "titre"))
    if not _UID.match(uid) or not title:
        yield Rejected(member.name, "no identifier" if not _UID.match(uid) else f"{uid} has no title")
        return
    bill, congress = _procedure(raw)
    if bill is None:
        yield Unknown("procedureParlementaire", said(raw, "procedureParlementaire", "code"), uid)
    legislature = said(raw.get("legislature"))
    number = legislature if legislature.isdigit() else ((m := re.match(r"DLR5L(\d+)N", uid)) and m[1]) or "17"
    url = f"https://www.assemblee-nationale.fr/dyn/{number}/dossiers/{uid}"
    found: list[acts.Act] = []
    containers: list[dict[str, Any]] = []
    undated: list[ActorRecord] = []
    seen: dict[str, tuple[str, date]] = {}
    for place, one in enumerate(acts.walk(raw)):
        act = acts.dated(one, place)
        if act is None and said(one.get("dateActe")):
            yield Rejected(
                f"{member.name}:{said(one.get('uid')) or place}", "an act without code, identifier or true date"
            )
        elif act is None:
            containers.append(one)
            undated += _rapporteurs(one)
        elif act.uid not in seen:
            seen[act.uid] = (act.code, act.on)
            found.append(act)
        elif seen[act.uid] != (act.code, act.on):
            yield Rejected(f"{member.name}:{act.uid}", "a second act of the same identifier")
    events: list[EventRecord] = []
    read = acts.read(found, bill=bool(bill), congress=congress, containers=containers)
    for told in read:
        if told.meaning is None:
            yield Unknown("codeActe", told.act.code, told.act.uid)
        if not told.conclusion.known:
            yield Unknown("statutConclusion", told.conclusion.said, told.act.uid)
        events.append(_event(told, uid, url, today, source))
    if bill and not dig(raw, "fusionDossier") and acts.first_chamber(found, containers) == "an":
        events += _lapse(read, number, uid, url, today, source)
    order = acts.table()["order"]
    yield DossierRecord(
        external_id=uid,
        jurisdiction=source.jurisdiction,
        track="law" if bill else "soft",
        title=title,
        lang="fr",
        identifiers=tuple(_identifiers(raw, uid, found)),
        url=url,
        text="\n\n".join(bodies.unique([title, *titles.get(uid, ()), *_promulgated_titles(found)])),
        events=tuple(sorted(events, key=lambda e: (e.when.start, order.index(e.stage)))),
        actors=tuple(dict.fromkeys([*_initiators(raw), *undated])),
        relations=tuple(_relations(raw, uid)),
    )


def _procedure(raw: dict[str, Any]) -> tuple[bool | None, bool]:
    """Whether the file is that of a bill (None when its procedure is not said), and one for Congress."""
    table = acts.table()["procedures"]
    label = one_line(said(raw, "procedureParlementaire", "libelle")).lower()
    code = said(raw, "procedureParlementaire", "code")
    if label:
        bill = any(re.search(words, label) for words in table["law_labels"])
        return bill, bill and any(re.search(words, label) for words in table["congress_labels"])
    return (True if code in table["law_codes"] else None), code in table["congress_codes"]


def _identifiers(raw: dict[str, Any], uid: str, found: list[acts.Act]) -> Iterator[Identifier]:
    yield Identifier("fr.an.dossier", uid)
    path = said(raw, "titreDossier", "senatChemin").partition("?")[0].partition("#")[0]
    if match := _SENATE.search(path.strip().lower()):
        yield Identifier("fr.senat.dossier", match[1])
    values: list[tuple[str, str]] = []
    for act in found:
        if act.code != "PROM-PUB":
            continue
        link = said(act.raw, "infoJO", "urlLegifrance")
        nor = said(act.raw, "infoJO", "referenceNOR") or _query(link, "numjo")
        if _NOR.match(nor):
            values.append(("fr.nor", nor))
        values += [("fr.jorftext", text) for text in _JORFTEXT.findall(link)]
    values += [("fr.an.scrutin", ref) for act in found for ref in refs(dig(act.raw, "voteRefs", "voteRef"))]
    for scheme, value in dict.fromkeys(values):
        yield Identifier(scheme, value)


def _query(link: str, key: str) -> str:
    try:
        return parse_qs(urlsplit(link).query).get(key, [""])[0]
    except ValueError:
        return ""


def _promulgated_titles(found: list[acts.Act]) -> list[str]:
    return [one_line(said(act.raw.get("titreLoi"))) for act in found if act.code == "PROM-PUB"]


def _event(told: acts.Told, uid: str, url: str, today: date, source: Source) -> EventRecord:
    act = told.act
    ahead = act.on > today
    promulgated = act.code == "PROM-PUB"
    law = said(act.raw.get("codeLoi"))
    link = said(act.raw, "infoJO", "urlLegifrance") or said(act.raw.get("urlConclusion"))
    return EventRecord(
        external_id=f"{uid}:{act.uid}",
        type=told.type,
        when=When.on(act.on, act.said),
        title=_title(told),
        lang="fr",
        jurisdiction=source.jurisdiction,
        status="scheduled" if ahead else "occurred",
        outcome=told.outcome,
        stage="" if ahead else told.stage,
        official_code=act.code,
        url=safe_link(link) or url,
        quote=_quote(told),
        rule="fr_assemblee:codeActe",
        actors=tuple(_actors(told)),
        dossier=(Identifier("fr.an.dossier", uid),),
        legal_references=(f"fr:loi:{law}",) if promulgated and _LAW.match(law) else (),
    )


def _title(told: acts.Told) -> str:
    """The official label, and what it leaves unsaid: the chamber of the act, the title of the law."""
    label, law = told.act.title, one_line(said(told.act.raw.get("titreLoi")))
    if told.act.code == "PROM-PUB" and law:
        return f"{label} : {law}"
    chamber = acts.table()["chambers"].get(told.meaning.chamber, "") if told.meaning else ""
    return f"{label.rstrip(' .')} ({chamber})" if chamber and chamber not in label else label


def _quote(told: acts.Told) -> str:
    """What the record says of the act beside its label: motion, conclusion, ground, ballots, Journal officiel."""
    raw = told.act.raw
    conclusion = told.conclusion.said or one_line(said(raw, "statutConclusion", "libelle"))
    motion = one_line(said(raw, "typeMotion", "libelle"))
    words = bodies.unique([motion, conclusion, one_line(said(raw.get("motif")))]) or [told.act.title]
    ballots = [f"scrutin {ref}" for ref in refs(dig(raw, "voteRefs", "voteRef"))]
    journal = paris_day(said(raw, "infoJO", "dateJO"))
    number = one_line(said(raw, "infoJO", "numJO"))
    published = [f"JO n° {number} du {journal}" if number else f"JO du {journal}"] if journal else []
    return " ; ".join([*words, *ballots, *published])


def _lapse(
    read: list[acts.Told], legislature: str, uid: str, url: str, today: date, source: Source
) -> Iterator[EventRecord]:
    """The end of its legislature kills a text that the Assembly had before it and neither passed nor ended."""
    ends = acts.table()["legislatures"]
    last = ends.get(legislature)
    if not isinstance(last, date) or today <= last or not read or any(told.act.on > last for told in read):
        return
    if any(told.stage in acts.ENDS or told.type == "bill_adopted" for told in read):
        return
    yield EventRecord(
        external_id=f"{uid}:lapsed",
        type="withdrawn",
        when=When.on(last),
        title=str(ends["label"]),
        lang="fr",
        jurisdiction=source.jurisdiction,
        stage="lapsed",
        url=url,
        rule="fr_assemblee:legislature ended",
        dossier=(Identifier("fr.an.dossier", uid),),
    )


def _actors(told: acts.Told) -> Iterator[ActorRecord]:
    """The body where the act took place, then the rapporteurs or the author of the motion that it names."""
    kind = told.meaning.body if told.meaning and told.meaning.body else "parliament"
    for ref in refs(told.act.raw.get("organeRef")):
        if ref.startswith("PO") and told.meaning:
            yield _actor(ref, "parliament" if ref == _SENATE_BODY else kind)
    yield from _rapporteurs(told.act.raw)
    mover = told.act.raw.get("auteurMotion")
    for ref in refs(mover) or refs(dig(mover, "acteurRef")):
        if ref.startswith("PA"):
            yield _actor(ref, "person", role="author")


def _rapporteurs(raw: dict[str, Any]) -> list[ActorRecord]:
    found = []
    for one in dicts(dig(raw, "rapporteurs", "rapporteur")):
        for ref in refs(one.get("acteurRef")):
            title = one_line(said(one.get("typeRapporteur")))
            found.append(_actor(ref, "person", role="rapporteur", role_title=title))
    return list(dict.fromkeys(found))


def _initiators(raw: dict[str, Any]) -> Iterator[ActorRecord]:
    for one in dicts(dig(raw, "initiateur", "acteurs", "acteur")):
        for ref in refs(one.get("acteurRef")):
            yield _actor(ref, "person", role="author")
    for one in dicts(dig(raw, "initiateur", "organes", "organe")):
        for ref in refs(one.get("organeRef")):
            yield _actor(ref, "parliament" if ref == _SENATE_BODY else "committee", role="author")


def _actor(ref: str, kind: str, role: str = "", role_title: str = "") -> ActorRecord:
    """Someone known by the Assembly's identifier alone: the name comes from its list of actors."""
    return ActorRecord("", kind, "fr", (Identifier("fr.an", ref),), role=role, role_title=role_title)


def _relations(raw: dict[str, Any], uid: str) -> Iterator[RelationRecord]:
    """The file that absorbed this one (``fusionDossier``)."""
    for ref in refs(dig(raw, "fusionDossier", "dossierAbsorbantRef")):
        if _UID.match(ref) and ref != uid:
            yield RelationRecord("joined_with", Identifier("fr.an.dossier", ref))
