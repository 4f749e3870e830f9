"""Questions of deputies to ministers: one zip per kind, one JSON per question.

Published at https://data.assemblee-nationale.fr/travaux-parlementaires/questions. A written question changes in
place when it is renewed, given to another minister or answered: every reading tells it whole. A question to the
Government is asked aloud: its record has no text of the question, and its date is that of the minutes in the
Journal officiel, which hold question and answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from collectors.local_dates import paris_when
from collectors.sources import _bodies as bodies
from collectors.sources._archive import Archive
from collectors.sources._fr_question_xml import parse_question
from collectors.sources._json import as_list, dicts, dig, refs, said
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

_UID = re.compile(r"^QANR5L(\d{1,2})([A-Z]{2,5})(\d{1,6})$")


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One item for each question, with the events it proves (asked, and answered only when it is)."""
    if response.body.lstrip()[:1] == b"<":
        yield from parse_question(bodies.read_xml(response, source), response, source)
        return
    questions = 0
    for member in Archive(response, source).read():
        if isinstance(member, Rejected):
            yield member
            continue
        raw = member.value.get("question")
        uid = said(raw, "uid") if isinstance(raw, dict) else ""
        match = _UID.match(uid)
        if not isinstance(raw, dict):
            yield Rejected(member.name, "not a question")
        elif not match:
            yield Rejected(member.name, f"no identifier of a question: {uid[:60]!r}")
        else:
            questions += 1
            yield from _question(raw, match, source)
    if not questions:
        raise SourceError(source.id, response.url, "an archive without any question")


@dataclass(frozen=True, slots=True)
class _Texts:
    """The versions of a question or an answer: what they say, and when the first was published."""

    body: str
    published: When | None


def _texts(value: Any) -> _Texts:
    rows = dicts(value)
    written = bodies.unique(plain_text(said(row.get("texte"))) for row in rows)
    return _Texts("\n\n".join(written), _first_day(rows))


def _first_day(rows: list[dict[str, Any]]) -> When | None:
    found = [day for row in rows if (day := paris_when(said(row, "infoJO", "dateJO")))]
    return min(found, key=lambda day: day.start) if found else None


def _question(raw: dict[str, Any], match: re.Match[str], source: Source) -> Iterator[Record]:
    uid, legislature, kind, number = match[0], match[1], match[2], match[3]
    words = bodies.stage_table("fr_assemblee")["questions"].get(kind)
    if words is None:
        yield Unknown("question type", kind, uid)
        words = {"label": "Question", "answer": "Réponse à la question"}
    question = _texts(dig(raw, "textesQuestion", "texteQuestion"))
    answer = _texts(dig(raw, "textesReponse", "texteReponse"))
    attributions = dicts(dig(raw, "minAttribs", "minAttrib"))
    asked_on = question.published or (answer.published if kind == "QG" else None) or _first_day(attributions)
    answered_on = answer.published or _closed_by_an_answer(raw)
    title = _title(raw) or f"{words['label']} n° {number}"
    url = f"https://www.assemblee-nationale.fr/dyn/{legislature}/questions/{uid}"
    asker = tuple(_asker(raw))
    asked = tuple(_ministry(raw.get("minInt")))
    last = attributions[-1] if attributions else {}
    answering = tuple(_ministry(dig(last, "denomination") or last)) or asked

    def event(code: str, when: When, label: str, actors: tuple[ActorRecord, ...]) -> EventRecord:
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
            rule="fr_assemblee_questions:infoJO",
            actors=actors,
        )

    events = []
    if asked_on:
        events.append(event("asked", asked_on, words["label"], (*asker, *asked)))
    if answer.body and answered_on:
        events.append(event("answered", answered_on, words["answer"], (*answering, *asker)))
    yield ItemRecord(
        external_id=uid,
        kind="question",
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared="fr",
        lang="fr",
        text="\n\n".join(part for part in (question.body, answer.body) if part),
        published_said=asked_on.said if asked_on else "",
        published_on=asked_on.start if asked_on else None,
        published_quality="date" if asked_on else "unknown",
        publisher=source.publisher,
        actors=tuple(dict.fromkeys([*asker, *asked, *(answering if answer.body else ())])),
        events=tuple(events),
    )


def _closed_by_an_answer(raw: dict[str, Any]) -> When | None:
    """The day the question was closed, when it was closed by the publication of its answer."""
    if said(raw, "cloture", "codeCloture") != "REP_PUB":
        return None
    return paris_when(said(raw, "cloture", "infoJO", "dateJO")) or paris_when(said(raw, "cloture", "dateCloture"))


def _title(raw: dict[str, Any]) -> str:
    """The Assembly's own index: heading, sub-heading, then what the question is about."""
    index = dig(raw, "indexationAN")
    about = [said(one) for one in as_list(dig(index, "analyses", "analyse"))]
    parts = [said(index, "rubrique"), said(index, "teteAnalyse"), ", ".join(text for text in about if text)]
    return " : ".join(bodies.unique(one_line(part) for part in parts))


def _asker(raw: dict[str, Any]) -> Iterator[ActorRecord]:
    for ref in refs(dig(raw, "auteur", "identite", "acteurRef")):
        group = one_line(said(raw, "auteur", "groupe", "developpe"))
        yield ActorRecord("", "person", "fr", (Identifier("fr.an", ref),), role="questioner", party=group)


def _ministry(value: Any) -> Iterator[ActorRecord]:
    name = one_line(said(value, "developpe") or said(value, "abrege"))
    found = refs(dig(value, "organeRef"))
    if name or found:
        identifiers = tuple(Identifier("fr.an", ref) for ref in found)
        yield ActorRecord(name, "government", "fr", identifiers, role="respondent")
