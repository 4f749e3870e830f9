"""Debates and committee evidence of the Canadian House of Commons, and the wording of bills, as XML.

``https://www.ourcommons.ca/Content/House/{parliament}{session}/Debates/{n}/HAN{n}-{E|F}.XML`` and the evidence of
committees share one format (root ``Hansard``); bills are ``https://www.parl.ca/Content/Bills/…`` (root ``Bill``). A
speaker bears a number (``Affiliation/@DbId``) and, in words, riding and party. Members, ministers and presiding
officers are named; a witness is not, unless an office is stated, and then by the body alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, DossierRecord, Identifier, Record, Rejected, Response, Source, When

_BILL = re.compile(r"^(\d{2})-(\d)/([CS])-(\d+)$")
_PARTY = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)?),\s*([A-ZÉ][\w.é]{1,5})\)\s*$")
_CIVILITY = re.compile(
    r"^(?:The |Le |La |L['’])?(?:très |Right )?(?:hon(?:\.|orable)?|Hon\.)?\s*"
    r"(?:MM?\.|Mr\.|Mrs\.|Ms\.|Mme|Miss|Dr\.|Hon\.)?\s*",
    re.I,
)
#: types of affiliation that hold a public office of the House: prime minister, member, minister, Speaker, chair
_OFFICES = {"1", "2", "4", "15", "35", "47"}
_PARTIES = {
    "Lib.": "Liberal", "lib.": "Liberal", "CPC": "Conservative", "PCC": "Conservative", "NDP": "New Democratic",
    "NPD": "New Democratic", "BQ": "Bloc Québécois", "GP": "Green", "PV": "Green", "Ind.": "Independent",
}  # fmt: skip


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """The first wording of bills already known: government or private, whichever answers."""
    if source.options.get("bill_texts") is not True:
        return []
    found = [match for one in identifiers if one.scheme == "ca.bill" and (match := _BILL.match(one.value))]
    return [
        f"https://www.parl.ca/Content/Bills/{m[1]}{m[2]}/{kind}/{m[3]}-{m[4]}/{m[3]}-{m[4]}_1/{m[3]}-{m[4]}_E.xml"
        for m in found
        for kind in ("Government", "Private")
    ]


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Speeches of one sitting or meeting, or the wording of one bill."""
    root = bodies.read_xml(response, source)
    if root.tag == "Bill":
        yield _wording(root, response, source)
        return
    if root.tag != "Hansard":
        raise SourceError(source.id, response.url, f"neither Hansard nor a Bill: <{root.tag}>")
    facts = {row.get("Name", ""): one_line("".join(row.itertext())) for row in root.iter("ExtractedItem")}
    parts = [facts.get(f"MetaDateNum{name}", "") for name in ("Year", "Month", "Day")]
    when = bodies.on_day("-".join(parts))
    if when is None:
        raise SourceError(source.id, response.url, f"no day of the sitting: {'-'.join(parts)!r}")
    lang = (root.get("{http://www.w3.org/XML/1998/namespace}lang") or "en").lower()
    body = facts.get("InstitutionDebate") or facts.get("Institution", "")
    found = list(_speeches(root))
    if not found:
        raise SourceError(source.id, response.url, "a sitting without any intervention")
    for subject, row in found:
        yield from _speech(row, subject, body, when, lang, facts, response, source)


def _speeches(root: Element) -> Iterator[tuple[str, Element]]:
    """Every intervention with the subject of business it stands under."""

    def walk(node: Element, subject: str) -> Iterator[tuple[str, Element]]:
        for child in node:
            if child.tag == "Intervention":
                yield subject, child
            else:
                title = child.find("SubjectOfBusinessTitle") if child.tag == "SubjectOfBusiness" else None
                heading = one_line("".join(title.itertext())) if title is not None else ""
                yield from walk(child, heading or subject)

    yield from walk(root, "")


def _speech(
    row: Element,
    subject: str,
    body: str,
    when: When,
    lang: str,
    facts: dict[str, str],
    response: Response,
    source: Source,
) -> Iterator[Record]:
    ident = row.get("id", "")
    content = row.find("Content")
    text = (
        plain_text("\n".join("".join(one.itertext()) for one in content.iter("ParaText")))
        if content is not None
        else ""
    )
    if not ident or not text:
        if not ident:
            yield Rejected(f"{when.iso()}:{subject}", "an intervention without id", text[:300])
        return
    speaker = _speaker(row.find("PersonSpeaking/Affiliation"))
    who = speaker.name if speaker and speaker.kind == "person" else ""
    title = ": ".join(part for part in (subject or body, who) if part)
    number = re.sub(r"\D", "", facts.get("MetaNumberNumber", "") or facts.get("Number", ""))
    session = f"{facts.get('ParliamentNumber', '')}-{facts.get('SessionNumber', '')}"
    is_debate = facts.get("MetaDocumentCategory") == "DEBATES" and number.isdigit() and re.fullmatch(r"\d+-\d", session)
    viewer = f"https://www.ourcommons.ca/DocumentViewer/{'fr' if lang == 'fr' else 'en'}/{session}"
    address = f"{viewer}/house/sitting-{int(number)}/hansard" if is_debate else ""
    actors = (speaker,) if speaker else ()
    told = event(
        source, f"{ident}:{lang}", "statement", when, title, lang=lang, rule="ca_hansard:MetaDateNum",
        code=row.get("Type", ""), url=address, quote=one_line(text)[:400], actors=actors,
    )  # fmt: skip
    yield item(
        source, f"{ident}:{lang}", "speech", title, lang=lang, url=address, summary=body, text=text, when=when,
        actors=actors, events=(told,),
    )  # fmt: skip


def _speaker(affiliation: Element | None) -> ActorRecord | None:
    if affiliation is None:
        return None
    words = one_line("".join(affiliation.itertext())).rstrip(": ")
    number, kind = affiliation.get("DbId", ""), affiliation.get("Type", "")
    party = _PARTY.search(words)
    name = _CIVILITY.sub("", words[: party.start()] if party else words.partition("(")[0]).strip()
    if party or kind in _OFFICES:
        is_office = not party and re.match(r"(?i)(?:the |le |la )?(?:pr[ée]sident|speaker|chair|deputy)", words)
        return ActorRecord(
            name="" if is_office else name,
            kind="person",
            jurisdiction="ca",
            identifiers=(Identifier("ca.affiliation", number),) if number.isdigit() else (),
            role="speaker",
            role_title=one_line(party[1]) if party else words if is_office else "",
            organisation="House of Commons",
            party=_PARTIES.get(party[2], party[2]) if party else "",
        )
    stated = re.search(r"\(([^()]*),\s*([^(),]{6,})\)\s*$", words)
    return ActorRecord(one_line(stated[2]), "other", "ca", role="expert") if stated else None


def _wording(root: Element, response: Response, source: Source) -> Record:
    number = bodies.words(root, "Identification/BillNumber")
    session = bodies.words(root, "Identification/Parliament/Session")
    legislature = bodies.words(root, "Identification/Parliament/Legislature") or bodies.words(
        root, "Identification/Parliament/Number"
    )
    if not re.fullmatch(r"[CS]-\d+", number) or not session.isdigit() or not legislature.isdigit():
        raise SourceError(
            source.id, response.url, f"no bill number and session: {number!r} {legislature!r}-{session!r}"
        )
    text = plain_text(
        "\n".join(part for one in root.iter("Text") if (part := " ".join("".join(one.itertext()).split())))
    )
    if not text:
        raise SourceError(source.id, response.url, "a bill without wording")
    lang = (root.get("{http://www.w3.org/XML/1998/namespace}lang") or "en").lower()
    ident = f"{legislature}-{session}/{number}"
    return DossierRecord(
        external_id=f"{ident}:text:{lang}",
        jurisdiction=source.jurisdiction,
        track="law",
        title="",
        lang=lang,
        identifiers=(Identifier("ca.bill", ident),),
        url=f"https://www.parl.ca/legisinfo/{lang}/bill/{legislature}-{session}/{number.lower()}",
        text=text[:60_000],
    )
