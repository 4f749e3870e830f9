"""One text of the Sénat in Akoma Ntoso 3.0: its file's identity, its steps, its wording.

Format: https://data.senat.fr/wp-content/uploads/2021/03/akomantoso.pdf (LegalDocML 3.0). Every version of a
text repeats the steps of the whole file; dates are calendar dates and are kept as written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, tostring

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._senat_stages import Step, chamber_named, events, law_number, meaning
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import (
    ActorRecord,
    DossierRecord,
    Identifier,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
)

SIGNET = re.compile(r"(?<![a-z])([a-z]{3,6}\d{2}-\d{1,4})(?!\d)", re.I)
_AN_FILE = re.compile(r"\b(DLR5L\d{2}N\d+)\b")
_TEXT = re.compile(r"/(?:leg|akomantoso|leg/tas)/[a-z]{3,5}(\d{2})-(\d{1,4})\b", re.I)
_CIVILITY = re.compile(r"^(?:MM?\.|Mmes?|Mlle)\s+")
_QUALIFIER = re.compile(r"^(?:(?:déposé|transmis|adopté|modifié|rejeté|retiré)\b|de la )", re.I)
_BODY_LIMIT = 60_000


def parse_text(root: Element, response: Response, source: Source) -> Iterator[Record]:
    """The file that a text belongs to, with every step told. ``root`` has local names only."""
    work = root.find(".//meta/identification/FRBRWork")
    if work is None:
        raise SourceError(source.id, response.url, "an Akoma Ntoso text without identification")
    alias = {row.get("name", "").strip(): one_line(row.get("value", "")) for row in work.findall("FRBRalias")}
    page = safe_link(alias.get("url-senat", ""))
    found = SIGNET.search(alias.get("signet-dossier-legislatif-senat", "")) or SIGNET.search(page.rpartition("/")[2])
    if found is None:
        raise SourceError(source.id, response.url, "the text names no file of the Sénat")
    signet = found[1].lower()
    title, long_title = alias.get("intitule-court", ""), alias.get("intitule", "")
    heading = root.find(".//preamble/docTitle")
    doc_title = one_line(" ".join(heading.itertext())) if heading is not None else ""
    titles = bodies.unique([title, long_title, doc_title])
    if not titles:
        raise SourceError(source.id, response.url, f"{signet} has no title")
    authors = tuple(_authors(root, work))
    steps: list[Step] = []
    for position, row in enumerate(root.findall(".//meta/workflow/step")):
        step = _step(row, authors)
        if step is None:
            yield Rejected(
                f"{signet}:step[{position}]", "no date or no wording", tostring(row, encoding="unicode")[:2000]
            )
            continue
        yield from _unknown(row, step, signet)
        steps.append(step)
    steps.sort(key=lambda step: step.on)
    url = page or f"https://www.senat.fr/dossier-legislatif/{signet}.html"
    an_file = _AN_FILE.search(alias.get("url-AN", ""))
    law = law_number(steps)
    identifiers = [Identifier("fr.senat.dossier", signet)]
    identifiers += [Identifier("fr.an.dossier", an_file[1])] if an_file else []
    identifiers += [Identifier("fr.loi", law)] if law else []
    identifiers += [Identifier("fr.senat.texte", text) for text in _texts(response.url, root)]
    yield DossierRecord(
        external_id=signet,
        jurisdiction="fr",
        track="law",
        title=titles[0],
        lang="fr",
        identifiers=tuple(identifiers),
        url=url,
        text="\n\n".join([*titles, *_body(root)]),
        events=tuple(events(steps, signet, url, signet.startswith("ppr"))),
        actors=authors,
    )


def _texts(address: str, root: Element) -> list[str]:
    """The numbers of the file's texts at the Sénat, of this one and of those its steps lead to: ``2022-2023/778``."""
    links = [address, *(row.get("href", "") for row in root.findall(".//meta/workflow/step"))]
    found = []
    for link in links:
        for session, number in _TEXT.findall(link):
            year = int(session) + (1900 if int(session) > 80 else 2000)
            found.append(f"{year}-{year + 1}/{int(number)}")
    return bodies.unique(found)


def _code(row: Element, name: str) -> str:
    return row.get(name, "").strip().lstrip("#")


def _step(row: Element, authors: tuple[ActorRecord, ...]) -> Step | None:
    said, outcome = row.get("date", ""), one_line(row.get("outcome", ""))
    on = bodies.calendar_date(said)
    if on is None or not (outcome or _code(row, "by")):
        return None
    table = _table()
    wording = outcome or _code(row, "by")
    title = f"Texte {wording}" if _QUALIFIER.match(wording) else wording  # outcomes qualify the text
    step = Step(
        on=on,
        said=said.strip(),
        title=title[:1].upper() + title[1:],
        wordings=(wording,),
        by=table["bodies"].get(_code(row, "by"), "") or chamber_named(outcome),
        reading=table["readings"].get(_code(row, "refersTo"), ""),
        code=_code(row, "refersTo"),
        url=safe_link(row.get("href", "")),
    )
    rule = meaning(step)
    if rule is None:
        mark = hashlib.sha256(outcome.encode()).hexdigest()[:8]
        return replace(step, mark=mark)
    return replace(step, actors=authors) if rule.key == "tabled" else step


def _table() -> dict[str, Any]:
    return bodies.stage_table("fr_senat")


def _unknown(row: Element, step: Step, signet: str) -> Iterator[Unknown]:
    table = _table()
    for name, known in (("refersTo", table["readings"]), ("by", table["bodies"])):
        code = _code(row, name)
        if code and code not in known:
            yield Unknown(f"step/{name}", code, signet)
    if meaning(step) is None:
        yield Unknown("step/outcome", step.wordings[0], signet)


def _authors(root: Element, work: Element) -> Iterator[ActorRecord]:
    """Who tabled the text: the ontology entries that ``FRBRauthor`` points to."""
    named = {row.get("eId", ""): row for row in root.findall(".//meta/references/*")}
    seen: set[str] = set()
    for row in work.findall("FRBRauthor"):
        entry = named.get(_code(row, "href"))
        if entry is None or entry.tag not in ("TLCPerson", "TLCOrganization"):
            continue
        said = one_line(entry.get("showAs", ""))
        name = _CIVILITY.sub("", said)
        if not name or name in seen:
            continue
        seen.add(name)
        if entry.tag == "TLCPerson":
            yield ActorRecord(name=name, kind="person", jurisdiction="fr", role="author")
        elif "gouvernement" in name.lower():
            yield ActorRecord(name=name, kind="government", jurisdiction="fr", role="author")


def _body(root: Element) -> list[str]:
    """The articles as text: a title seldom says that a bill deals with deepfakes."""
    body = root.find(".//body")
    if body is None:
        return []
    text = plain_text(" ".join(" ".join(part.split()) for part in body.itertext() if part.strip()))
    return [text[:_BODY_LIMIT]] if text else []
