"""Acts and proposals of the European Union: notices of CELLAR and answers of its SPARQL service.

``http://publications.europa.eu/resource/celex/{number}`` with ``Accept: application/xml;notice=branch`` gives a NOTICE
(https://op.europa.eu/en/web/cellar/cellar-data/metadata); ``https://publications.europa.eu/webapi/rdf/sparql`` finds
works by date and words. One act has many identifiers (``SAMEAS``): celex, eli, procedure join it to its file. Only
what stands directly under the work is its own; the same elements come again in what it is related to. 9999-12-31 means
"no end". Corrigenda (CELEX ending in R(nn)) are no new acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from collectors.sources import _bodies as bodies
from collectors.sources._build import event
from collectors.sources._json import dicts, dig, said
from collectors.text import one_line
from data.errors import SourceError
from data.models import DossierRecord, EventRecord, Follow, Identifier, Record, Rejected, Response, Source

_CELEX = re.compile(r"^[0-9CE]\d{4}[A-Z]{1,2}\d{4}(?:\(\d+\))?$")
_CORRIGENDUM = re.compile(r"R\(\d+\)$")
_PROCEDURE = re.compile(r"^(\d{4})/(\d{4}[A-Z]?)/([A-Z]{3})$")
_DATES = (
    ("WORK_DATE_DOCUMENT", "law_signed", "enacted", "Date of document"),
    ("RESOURCE_LEGAL_DATE_DISPATCH", "bill_tabled", "introduced", "Sent to Parliament and Council"),
    ("RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE", "law_in_force", "in_force", "Entry into force"),
    ("RESOURCE_LEGAL_DATE_DEADLINE", "deadline", "", "Deadline"),
    ("DIRECTIVE_DATE_TRANSPOSITION", "deadline", "", "Deadline for transposition"),
    ("RESOURCE_LEGAL_DATE_END-OF-VALIDITY", "repealed", "", "End of validity"),
)
#: a proposal's date and its end (it was adopted or withdrawn) are told by its procedure
_OF_ACTS = {"WORK_DATE_DOCUMENT", "RESOURCE_LEGAL_DATE_END-OF-VALIDITY"}


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """Notices of acts already known (``eu.celex``)."""
    if source.options.get("watch_only") is not True:
        return []
    known = bodies.unique(i.value for i in identifiers if i.scheme == "eu.celex" and _CELEX.match(i.value))
    return [f"https://publications.europa.eu/resource/celex/{number}?language=eng" for number in known]


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A notice gives one file with its dates; a SPARQL answer leads to notices."""
    if response.body.lstrip()[:1] == b"{":
        yield from _found(response, source)
        return
    root = bodies.read_xml(response, source)
    work, expression = root.find("WORK"), root.find("EXPRESSION")
    if root.tag != "NOTICE" or (work is None and expression is None):
        raise SourceError(source.id, response.url, f"not a notice of a work: <{root.tag}>")
    yield from _notice(work if work is not None else expression, work is None, response, source)


def _found(response: Response, source: Source) -> Iterator[Record]:
    payload = bodies.read_json(response, source)
    rows = dig(payload, "results", "bindings")
    if rows is None and not (isinstance(payload, dict) and "results" in payload):
        raise SourceError(source.id, response.url, "no bindings: not an answer of the SPARQL service")
    seen: set[str] = set()
    for row in dicts(rows):
        celex = said(row, "celex", "value")
        if not _CELEX.match(celex):
            yield Rejected(celex or "?", "not a CELEX number", str(row)[:300])
        elif celex not in seen and not _CORRIGENDUM.search(celex):
            seen.add(celex)
            yield Follow(f"https://publications.europa.eu/resource/celex/{celex}?language=eng")


def _same(element: Element, kind: str) -> list[str]:
    """Identifiers of that kind that are the element's own: its address and what is the same as it."""
    uris = [*element.findall("URI"), *element.findall("SAMEAS/URI")]
    return [bodies.words(uri, "IDENTIFIER") for uri in uris if bodies.words(uri, "TYPE") == kind]


def _notice(work: Element | None, is_expression: bool, response: Response, source: Source) -> Iterator[Record]:
    assert work is not None
    numbers = [*(bodies.words(one, "VALUE") for one in work.findall("RESOURCE_LEGAL_ID_CELEX")), *_same(work, "celex")]
    celex = next((one for number in numbers if _CELEX.match(one := number.partition(".")[0])), "")
    if not celex:
        raise SourceError(source.id, response.url, "a work without CELEX number")
    titles = _titles(work)
    identifiers = [Identifier("eu.celex", celex)]
    for eli in _same(work, "eli")[:1]:
        path = eli.replace(":", "/").removesuffix("/DEU").removesuffix("/ENG").removesuffix("/FRA")
        identifiers.append(Identifier("eli", f"http://data.europa.eu/eli/{path}"))
    for node in work.iter("PROCEDURE_CODE_INTERINSTITUTIONAL_REFERENCE_PROCEDURE"):
        if match := _PROCEDURE.match(bodies.words(node, "VALUE")):
            identifiers.append(Identifier("eu.procedure", f"{match[1]}/{match[2]}({match[3]})"))
    url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{celex}"
    is_act = celex[:1] == "3" and not _CORRIGENDUM.search(celex)
    told: list[EventRecord] = []
    for tag, kind, stage, words in _DATES if not is_expression else ():
        for place, node in enumerate(work.findall(tag)):
            found = _event(node, tag, kind, stage, words, celex, is_act, place, response, source, url)
            if isinstance(found, EventRecord):
                told.append(found)
            elif found is not None:
                yield found
    title = titles.get("en") or next(iter(titles.values()), "")
    concepts = bodies.unique(
        one_line(bodies.words(node, "PREFLABEL")) for node in work.iter("WORK_IS_ABOUT_CONCEPT_EUROVOC")
    )
    yield DossierRecord(
        external_id=f"{celex}:expression" if is_expression else celex,
        jurisdiction=source.jurisdiction,
        track="law",
        title=title,
        lang="en" if "en" in titles or not titles else next(iter(titles)),
        identifiers=tuple(dict.fromkeys(identifiers)),
        titles=titles,
        url=url,
        text="\n\n".join(part for part in (*titles.values(), "; ".join(concepts)) if part),
        events=tuple(sorted(told, key=lambda one: one.when.start)),
    )


def _titles(work: Element) -> dict[str, str]:
    languages = {"ENG": "en", "FRA": "fr", "DEU": "de", "ITA": "it", "SPA": "es", "DAN": "da"}
    found: dict[str, str] = {}
    for node in [work, *work.findall("WORK_HAS_EXPRESSION/EMBEDDED_NOTICE/EXPRESSION"), *work.iter("EXPRESSION")]:
        title = bodies.words(node, "EXPRESSION_TITLE/VALUE")
        code = bodies.words(node, "EXPRESSION_USES_LANGUAGE/IDENTIFIER") or bodies.words(
            node, "EXPRESSION_USES_LANGUAGE/URI/IDENTIFIER"
        )
        code = code or next((one.rpartition(".")[2] for one in _same(node, "celex") if "." in one), "")
        if title:
            found.setdefault(languages.get(code, "en" if not code else code.lower()[:2]), one_line(title))
    return found


def _event(
    node: Element,
    tag: str,
    kind: str,
    stage: str,
    words: str,
    celex: str,
    is_act: bool,
    place: int,
    response: Response,
    source: Source,
    url: str,
) -> EventRecord | Rejected | None:
    said_on = bodies.words(node, "VALUE")
    if said_on.startswith("9999") or (tag in _OF_ACTS and not is_act):
        return None
    when = bodies.on_day(said_on)
    if when is None:
        return Rejected(f"{celex}:{tag}", f"no day: {said_on[:30]!r}", "")
    note = one_line(" ".join(one.text or "" for one in node.findall("COMMENT_ON_DATE")))
    codes = re.findall(r"\{([^|}]+)\|", f"{bodies.words(node, 'TYPE_OF_DATE')} {note}")
    if tag.endswith("ENTRY-INTO-FORCE") and "MA" in codes:
        words, stage = "Application", "in_force"
    return event(
        source, f"{celex}:{tag}:{when.iso()}:{place}", kind, when, f"{words}: {celex}", lang="en",
        rule=f"eu_eurlex:{tag}", stage=stage if is_act or kind == "bill_tabled" else "", code=" ".join(codes), url=url,
        status="occurred" if when.iso() <= response.fetched_at[:10] else "scheduled", quote=note or f"{tag} {said_on}",
    )  # fmt: skip
