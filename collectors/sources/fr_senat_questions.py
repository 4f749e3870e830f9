"""Questions of senators to ministers: one CSV of the last year, written and oral together.

Published at https://data.senat.fr/questions/. The encoding, the separator and the columns have changed over
time: the encoding is read off the bytes, the separator off the header, and columns are found by name. A
question changes in place when it is answered.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
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

_PAGE = re.compile(r"/q(S[A-Z]{1,3}\d{6,12}[A-Z]?)\.html?$", re.I)
_FRENCH_DAY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?=$|\s)")
_SEPARATORS = ";\t|,"


def parse(response: Response, source: Source) -> Iterator[Record]:
    """One item for each row, with the events it proves (asked, and answered only when it is)."""
    bodies.refuse_page(response, source)
    lines = _decoded(response.body).splitlines(keepends=True)
    while lines and (not lines[0].strip() or lines[0].startswith("%") or lines[0].lower().startswith("sep=")):
        lines.pop(0)
    header = lines[0] if lines else ""
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    try:
        names = [_key(name) for name in next(reader, [])]
        if not {"nature", "titre", "date de publication jo"} <= set(names) or not (
            {"numero", "url question"} & set(names)
        ):
            raise SourceError(source.id, response.url, f"not the columns of questions: {'; '.join(names)[:200]!r}")
        warned: set[str] = set()
        count = 0
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
            for record in _question(row, f"row[{count}]", source):
                if not isinstance(record, Unknown) or record.code not in warned:
                    yield record
                if isinstance(record, Unknown):
                    warned.add(record.code)
    except csv.Error as error:
        raise SourceError(source.id, response.url, f"not a table: {error}") from error
    if not count:
        raise SourceError(source.id, response.url, "a table without any question")


def _decoded(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    return text.replace("\x00", "")


def _key(name: str) -> str:
    """A column name without accents, case or stray space."""
    plain = unicodedata.normalize("NFD", name.strip().strip("\ufeff").lower())
    return " ".join("".join(ch for ch in plain if not unicodedata.combining(ch)).split())


def _day(said: str) -> date | None:
    match = _FRENCH_DAY.match(said)
    if match is None:
        return bodies.calendar_date(said)
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _question(row: dict[str, str], place: str, source: Source) -> Iterator[Record]:
    url = safe_link(row.get("url question", "") or row.get("url", ""))
    page = _PAGE.search(url.partition("?")[0])
    nature, number = row.get("nature", "").upper(), row.get("numero", "")
    ident = page[1].upper() if page else f"{nature}-{number}" if nature and number else ""
    title, raw = one_line(row.get("titre", "")), str(row)[:2000]
    said = row.get("date de publication jo", "")
    asked_on = _day(said)
    if not ident:
        yield Rejected(place, "no number and no page", raw)
        return
    if not title:
        yield Rejected(ident, "no title", raw)
        return
    if asked_on is None:
        yield Rejected(ident, f"no date of publication: {said[:40]!r}", raw)
        return
    words = bodies.stage_table("fr_senat")["questions"].get(nature)
    if words is None:
        yield Unknown("Nature", nature or "(empty)", ident)
        words = {"label": "Question", "answer": "Réponse à la question"}
    answer_said = row.get("date de reponse jo", "")
    answered_on = _day(answer_said)
    if answer_said and (answered_on is None or answered_on < asked_on):
        yield Unknown("Date de réponse JO", answer_said[:40], ident)
        answered_on = None
    asker = tuple(_asker(row))
    asked = tuple(_ministry(row.get("ministere de depot", "")))
    answering = tuple(_ministry(row.get("ministere de reponse", ""))) or asked

    def event(code: str, when: When, label: str, actors: tuple[ActorRecord, ...]) -> EventRecord:
        return EventRecord(
            external_id=f"{ident}:{code}",
            type=f"question_{code}",
            when=when,
            title=f"{label} n° {number} : {title}" if number else f"{label} : {title}",
            lang="fr",
            jurisdiction=source.jurisdiction,
            official_code=nature,
            url=url,
            quote=title,
            rule="fr_senat_questions:date JO",
            actors=actors,
        )

    events = [event("asked", When.on(asked_on, said), words["label"], (*asker, *asked))]
    if answered_on:
        events.append(event("answered", When.on(answered_on, answer_said), words["answer"], (*answering, *asker)))
    heads = bodies.unique(one_line(row.get(name, "")) for name in ("rubrique", "theme(s)", "theme qc"))
    bodies_of_text = (plain_text(row.get(name, "")) for name in ("texte", "texte question", "texte reponse"))
    yield ItemRecord(
        external_id=ident,
        kind="question",
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared="fr",
        lang="fr",
        summary="; ".join(heads),
        text="\n\n".join(bodies.unique(bodies_of_text)),
        published_said=said,
        published_on=asked_on,
        published_quality="date",
        publisher=source.publisher,
        actors=tuple(dict.fromkeys([*asker, *asked, *(answering if answered_on else ())])),
        events=tuple(events),
    )


def _asker(row: dict[str, str]) -> Iterator[ActorRecord]:
    name = one_line(f"{row.get('prenom', '')} {row.get('nom', '')}")
    if name:
        matricule = row.get("matricule", "")
        yield ActorRecord(
            name=name,
            kind="person",
            jurisdiction="fr",
            identifiers=(Identifier("fr.senat", matricule),) if matricule else (),
            role="questioner",
            organisation="Sénat",
            party=one_line(row.get("groupe", "")),
        )


def _ministry(name: str) -> Iterator[ActorRecord]:
    if one_line(name):
        yield ActorRecord(one_line(name), "government", "fr", role="respondent")
