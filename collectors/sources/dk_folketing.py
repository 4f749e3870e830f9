"""Cases of the Danish Folketing: OData v3 of https://oda.ft.dk/api (entity ``Sag`` with ``Sagstrin``, ``SagAktør``).

Days are local, with 0 to 3 decimals and no zone. ``opdateringsdato`` is when the row was copied and is never told as
a day of the case. Numbers (L 107) begin anew with each session. Empty strings and nulls both mean nothing. What a
kind or a step is, is told by its words: ids are the database's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, listed, need
from collectors.sources._json import dicts, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
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
    When,
)

_ROLES = {
    "Forslagsstiller": "author", "Fremsat af": "author", "Ministeromr": "", "Minister": "minister_responsible",
    "Spørger": "questioner", "Stiller": "questioner", "Besvarer": "respondent", "Svarer": "respondent",
}  # fmt: skip


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A page of cases: bills and motions as files, questions as questions."""
    payload = bodies.read_json(response, source)
    if isinstance(payload, dict) and "odata.error" in payload:
        raise SourceError(source.id, response.url, f"the service says: {str(payload['odata.error'])[:200]}")
    rows = listed(payload, "value", response, source)
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Rejected(f"value[{place}]", "not an object", str(row)[:500])
            continue
        need(row, ("id", "typeid", "titel", "periodeid"), response, source)
        yield from _case(row, response, source)
    following = safe_link(said(payload, "odata.nextLink"), "https://oda.ft.dk/api/")
    if following.startswith("https://oda.ft.dk/"):
        yield Follow(following)


def _day(text: str) -> When | None:
    return bodies.on_day(text)


def _case(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    ident, title = said(row, "id"), one_line(said(row, "titel"))
    kind_words = one_line(said(row, "Sagstype", "type"))
    kind = bodies.stage_table("dk_folketing")["kinds"].get(kind_words, "")
    if not title:
        yield Rejected(ident, "no title", str(row)[:500])
        return
    if kind_words and not kind:
        yield Unknown("Sagstype.type", kind_words, ident)
    number, session = one_line(said(row, "nummer")), said(row, "Periode", "kode")
    url = _page(number, session, row)
    actors = tuple(_actors(row))
    text = "\n\n".join(
        bodies.unique([title, one_line(said(row, "titelkort")), plain_text(said(row, "resume")),
                       plain_text(said(row, "baggrundsmateriale")), plain_text(said(row, "begrundelse"))])
    )  # fmt: skip
    told: list[EventRecord] = []
    for step in dicts(row.get("Sagstrin")):
        for found in _step(step, ident, number, url, actors, response, source):
            if isinstance(found, EventRecord):
                told.append(found)
            else:
                yield found
    signed = _day(said(row, "lovnummerdato"))
    if signed is not None and said(row, "lovnummer"):
        told.append(
            event(
                source, f"{ident}:lovnummer", "law_signed", signed, f"Lov nr. {said(row, 'lovnummer')}: {title}",
                lang="da", rule="dk_folketing:lovnummerdato", stage="enacted",
                url=safe_link(said(row, "retsinformationsurl")) or url,
            )
        )  # fmt: skip
    own = Identifier("dk.sag", ident)
    if kind == "question" or (not kind and number.startswith("S ")):
        days = sorted(one.when.start for one in told)
        first = next((one.when for one in told if one.when.start == days[0]), None) if days else None
        yield item(source, ident, "question", f"{number}: {title}" if number else title, lang="da", url=url, text=text,
                   when=first, actors=actors, events=tuple(told), dossier=(own,))  # fmt: skip
        return
    identifiers = [own]
    if number and session:
        identifiers.append(Identifier("dk.forslag", f"{session}:{number.replace(' ', '')}"))
    if eli := safe_link(said(row, "retsinformationsurl")):
        identifiers.append(Identifier("eli", eli))
    yield DossierRecord(
        external_id=ident,
        jurisdiction=source.jurisdiction,
        track="law" if kind == "bill" or number.startswith("L ") else "soft",
        title=title,
        lang="da",
        identifiers=tuple(identifiers),
        url=url,
        text=text,
        events=tuple(bodies.in_order(told)) if kind == "bill" or number.startswith("L ") else tuple(told),
        actors=actors,
    )


def _page(number: str, session: str, row: dict[str, Any]) -> str:
    match = re.fullmatch(r"(L|B|S)\s*(\d+)([A-Z]?)", number)
    if match and session.isalnum():
        folder = {"L": "lovforslag", "B": "beslutningsforslag", "S": "spoergsmaal"}[match[1]]
        return f"https://www.ft.dk/samling/{session}/{folder}/{match[1].lower()}{match[2]}{match[3].lower()}/index.htm"
    return safe_link(said(row, "retsinformationsurl"))


def _step(
    row: dict[str, Any],
    ident: str,
    number: str,
    url: str,
    actors: tuple[ActorRecord, ...],
    response: Response,
    source: Source,
) -> Iterator[EventRecord | Unknown]:
    words, when = one_line(said(row, "titel")), _day(said(row, "dato"))
    if when is None or not words:
        return  # a step that is planned without a day
    meaning = next(
        (one for one in bodies.stage_table("dk_folketing")["steps"] if re.search(one["pattern"], words)), None
    )
    if meaning is None:
        yield Unknown("Sagstrin.titel", words[:80], ident)
        meaning = {"type": "other"}
    yield event(
        source, f"{ident}:{said(row, 'id') or words}", meaning["type"], when,
        f"{number}: {words}" if number else words, lang="da", rule="dk_folketing:Sagstrin",
        status="occurred" if when.iso() <= response.fetched_at[:10] else "scheduled",
        outcome=meaning.get("outcome", ""), stage=meaning.get("stage", "") if number.startswith("L") else "",
        code=said(row, "typeid"), url=url, quote=words,
        actors=actors if meaning["type"] in ("bill_tabled", "question_asked", "question_answered") else (),
    )  # fmt: skip


def _actors(row: dict[str, Any]) -> Iterator[ActorRecord]:
    for one in dicts(row.get("SagAktør")):
        who = one.get("Aktør")
        name, ident = one_line(said(who, "navn")), said(who, "id") or said(one, "aktørid")
        role = one_line(said(one, "SagAktørRolle", "rolle"))
        is_person = bool(said(who, "fornavn") or said(who, "efternavn"))
        if name:
            yield ActorRecord(
                name, "person" if is_person else "government" if "minist" in name.lower() else "other", "dk",
                (Identifier("dk.aktor", ident),) if ident.isdigit() else (),
                role=next((code for words, code in _ROLES.items() if role.startswith(words)), ""), role_title=role,
            )  # fmt: skip
