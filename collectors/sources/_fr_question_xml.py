"""A question of an older legislature in the Assembly's XML form (root ``QUESTION``), before the JSON archives.

Days are written ``07/01/2014``; who asks is named in full; empty elements say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from collectors.sources import _bodies as bodies
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, EventRecord, ItemRecord, Record, Response, Source, Unknown, When

_DAY = re.compile(r"^(\d{2})/(\d{2})/(\d{4})$")


def parse_question(root: Element, response: Response, source: Source) -> Iterator[Record]:
    """The one question, asked on its day and answered on its day where it was."""
    kind, legislature = root.get("TYPE", ""), bodies.words(root, "LEGISLATURE")
    deposit = next((row for row in root.findall("DEPOT") if row.get("NUMERO")), None)
    number = deposit.get("NUMERO", "") if deposit is not None else ""
    asked_on = _day(bodies.words(deposit, "DATE_JO")) if deposit is not None else None
    if root.tag != "QUESTION" or not number.isdigit() or not legislature.isdigit() or asked_on is None:
        raise SourceError(source.id, response.url, "a question without number, legislature or day")
    uid = f"QANR5L{legislature}{kind}{number}"
    words = bodies.stage_table("fr_assemblee")["questions"].get(kind)
    if words is None:
        yield Unknown("question type", kind, uid)
        words = {"label": "Question", "answer": "Réponse à la question"}
    index = root.find("INDEXATION_AN")
    heads = [index.get("RUBRIQUE", "") if index is not None else "", bodies.words(index, "TETE_ANALYSE")]
    heads.append(", ".join(one_line(one.text or "") for one in root.findall("INDEXATION_AN/ANALYSE/ANA")))
    title = " : ".join(bodies.unique(one_line(head) for head in heads)) or f"{words['label']} n° {number}"
    name = one_line(f"{bodies.words(root, 'AUTEUR/PRENOM')} {bodies.words(root, 'AUTEUR/NOM')}")
    asker = ActorRecord(
        name,
        "person",
        source.jurisdiction,
        role="questioner",
        party=one_line(bodies.words(root, "GROUPE/LIBELLE")),
        organisation=source.publisher,
    )
    ministry = ActorRecord(
        one_line(bodies.words(root, "MINI/DEVELOPPE")), "government", source.jurisdiction, role="respondent"
    )
    actors = tuple(one for one in (asker, ministry) if one.name)
    text, answer = _text(root, "TEXTE_DEPOT"), _text(root, "TEXTE_REPONSE")
    answered_on = next(
        (day for row in root.findall("REPONSE") if (day := _day(bodies.words(row, "DATE_JO_REPONSE")))), None
    )
    url = f"https://questions.assemblee-nationale.fr/q{legislature}/{legislature}-{number}{kind}.htm"

    def event(code: str, when: When, label: str) -> EventRecord:
        return EventRecord(
            external_id=f"{uid}:{code}",
            type=f"question_{code}",
            when=when,
            title=f"{label} n° {number} : {title}",
            lang="fr",
            jurisdiction=source.jurisdiction,
            official_code=kind,
            url=url,
            quote=title,
            rule="fr_assemblee_questions:DATE_JO",
            actors=actors,
        )

    events = [event("asked", asked_on, words["label"])]
    if answer and answered_on:
        events.append(event("answered", answered_on, words["answer"]))
    yield ItemRecord(
        external_id=uid,
        kind="question",
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared="fr",
        lang="fr",
        text="\n\n".join(part for part in (text, answer) if part),
        published_said=asked_on.said,
        published_on=asked_on.start,
        published_quality="date",
        publisher=source.publisher,
        actors=actors,
        events=tuple(events),
    )


def _day(said: str) -> When | None:
    match = _DAY.match(said.strip())
    try:
        return When.on(date(int(match[3]), int(match[2]), int(match[1])), said) if match else None
    except ValueError:
        return None


def _text(root: Element, tag: str) -> str:
    return plain_text(" ".join(one.text or "" for one in root.iter(tag)).strip())
