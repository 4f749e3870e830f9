"""Business, votes, members and speeches of the Swiss Parliament: OData v2 of https://ws.parlament.ch/odata.svc.

One row per language: rows of one business tell the same file in another language. ``d`` is a list, or an object with
``results`` (and ``__next``), or one row. Days of business are midnights written as if in UTC: the day is read as it is
written. Times of votes are instants of Swiss local time in the same form; ``VoteEndWithTimezone`` carries its offset
in minutes. Long identifiers come as texts. Field names are those of ``$metadata``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, need
from collectors.sources._json import said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.fold import fold
from data.models import (
    ActorRecord,
    DossierRecord,
    EventRecord,
    Follow,
    Identifier,
    Record,
    Rejected,
    Response,
    Seat,
    Source,
    Unknown,
    When,
)

_API = "https://ws.parlament.ch/odata.svc"
_BULLETIN = "https://www.parlament.ch/de/ratsbetrieb/amtliches-bulletin/amtliches-bulletin-die-verhandlungen"
_MS = re.compile(r"^/Date\((-?\d+)(?:([+-])(\d{4}))?\)/$")
_SHORT = re.compile(r"^\d{2}\.\d{3,5}$")
_SWISS = ZoneInfo("Europe/Zurich")
_TEXTS = (
    "Description", "InitialSituation", "SubmittedText", "MotionText", "ReasonText", "FederalCouncilResponseText",
    "FederalCouncilProposalText", "DraftText",
)  # fmt: skip
_DECISIONS = {"1": "voter_for", "2": "voter_against", "3": "voter_abstain"}


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """Business already known by its number (``ch.business`` = ``24.4464``), in French and German, and its votes."""
    if source.options.get("watch") is not True:
        return []
    known = bodies.unique(i.value for i in identifiers if i.scheme == "ch.business" and _SHORT.match(i.value))
    return [
        address
        for number in known
        for address in (
            f"{_API}/Business?$filter=BusinessShortNumber%20eq%20'{number}'%20and%20(Language%20eq%20'FR'%20or%20Language%20eq%20'DE')&$format=json",
            f"{_API}/Vote?$filter=BusinessShortNumber%20eq%20'{number}'%20and%20Language%20eq%20'FR'&$format=json",
        )
    ]


def parse(response: Response, source: Source) -> Iterator[Record]:
    """Rows of one entity, told by their fields."""
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict) or "d" not in payload:
        message = said(payload, "error", "message", "value") if isinstance(payload, dict) else ""
        raise SourceError(source.id, response.url, f"no d: {message or 'the format has changed'}")
    d = payload["d"]
    inner = d.get("results") if isinstance(d, dict) else None
    rows = d if isinstance(d, list) else inner if isinstance(inner, list) else [d]
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Rejected(f"d[{place}]", "not an object", str(row)[:500])
        elif "BusinessTypeName" in row and "SubmissionDate" in row:
            yield from _business(row, response, source)
        elif "MeaningYes" in row and "PersonNumber" in row:
            yield from _voting(row, source)
        elif "MeaningYes" in row:
            yield from _vote(row, response, source)
        elif "MeetingDate" in row and "Text" in row:
            yield from _speech(row, response, source)
        elif "CouncilName" in row and "PersonNumber" in row:
            yield _member(row, source)
        else:
            raise SourceError(source.id, response.url, f"rows of an unknown entity: {', '.join(row)[:200]}")
    following = safe_link(said(d, "__next")) if isinstance(d, dict) else ""
    if following.lower().startswith("https://ws.parlament.ch/"):
        yield Follow(following)


def plain_day(text: str) -> date | None:
    """The day of ``/Date(ms)/`` as written: midnight of that day as if in UTC."""
    match = _MS.match(text)
    return (datetime(1970, 1, 1) + timedelta(milliseconds=int(match[1]))).date() if match else None


def _on(row: dict[str, Any], name: str) -> When | None:
    day = plain_day(said(row, name))
    return When.on(day, said(row, name)) if day else None


def swiss_instant(text: str) -> datetime | None:
    """The instant of ``/Date(ms+MMMM)/``, offset in minutes, in Swiss time; without one the digits are UTC."""
    match = _MS.match(text)
    if match is None:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(match[1]))).astimezone(_SWISS)


def _lang(row: dict[str, Any]) -> str:
    return said(row, "Language").lower() or "de"


def _page(row: dict[str, Any], ident: str) -> str:
    lang = _lang(row) if _lang(row) in ("de", "fr", "it") else "de"
    return f"https://www.parlament.ch/{lang}/ratsbetrieb/suche-curia-vista/geschaeft?AffairId={ident}"


def _business(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("ID", "BusinessShortNumber", "BusinessType", "Title", "BusinessStatusText"), response, source)
    ident, number, title = said(row, "ID"), said(row, "BusinessShortNumber"), one_line(said(row, "Title"))
    lang = _lang(row)
    tabled = _on(row, "SubmissionDate")
    if not title:
        return  # English and Romansh rows may hold no text
    if not _SHORT.match(number) or tabled is None:
        yield Rejected(f"{ident}:{lang}", "no number or no day", str(row)[:1000])
        return
    table = bodies.stage_table("ch_parliament")
    kind = table["types"].get(said(row, "BusinessType"))
    if kind is None:
        yield Unknown("BusinessType", said(row, "BusinessType"), number)
        kind = "soft"
    url = _page(row, ident)
    name = one_line(said(row, "BusinessTypeName"))
    council = one_line(said(row, "SubmissionCouncilName"))
    actors = (ActorRecord(council, "parliament", "ch"),) if council else ()
    is_law, is_question = kind == "law", kind == "question"

    def told(mark: str, what: str, when: When, words: str, stage: str = "", outcome: str = "") -> EventRecord:
        return event(
            source, f"{ident}:{mark}", what, when, f"{name} {number}: {words}", lang=lang,
            rule=f"ch_parliament:{mark}", stage=stage if is_law else "", outcome=outcome,
            code=said(row, "BusinessStatus"), url=url, quote=words, actors=actors,
        )  # fmt: skip

    events = [told("SubmissionDate", "question_asked" if is_question else "bill_tabled", tabled, title, "introduced")]
    status, changed = one_line(said(row, "BusinessStatusText")), _on(row, "BusinessStatusDate")
    meaning = next((one for one in table["status"] if re.search(one["pattern"], fold(status))), None)
    if status and meaning is None:
        yield Unknown("BusinessStatusText", status, number)
    if meaning and changed and not fold(status).startswith(("eingereicht", "depose", "depositato", "presentato")):
        what = meaning.get("question", meaning["type"]) if is_question else meaning["type"]
        events.append(
            told("BusinessStatusDate", what, changed, status, meaning.get("stage", ""), meaning.get("outcome", ""))
        )
    text = "\n\n".join(bodies.unique([title, *(plain_text(said(row, field)) for field in _TEXTS)]))
    summary = " · ".join(part for part in (name, status, said(row, "TagNames").replace("|", ", ")) if part)
    own = Identifier("ch.business", number)
    if is_question:
        yield item(
            source, f"{ident}:{lang}", "question", f"{number} {title}", lang=lang, url=url, summary=summary, text=text,
            when=tabled, actors=actors, events=tuple(events), dossier=(own,),
        )  # fmt: skip
        return
    yield DossierRecord(
        external_id=f"{ident}:{lang}",
        jurisdiction=source.jurisdiction,
        track=kind,
        title=title,
        lang=lang,
        identifiers=(own,),
        titles={lang: title},
        url=url,
        text=f"{text}\n\n{summary}",
        events=tuple(events) if lang == said(row, "Language").lower() else (),
        actors=actors,
    )


def _vote(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("ID", "BusinessShortNumber", "Subject", "MeaningYes", "VoteEnd"), response, source)
    at = swiss_instant(said(row, "VoteEndWithTimezone") or said(row, "VoteEnd"))
    ident, number, lang = said(row, "ID"), said(row, "BusinessShortNumber"), _lang(row)
    if at is None:
        yield Rejected(f"vote {ident}", "no time", str(row)[:500])
        return
    when = When.on(at.date(), said(row, "VoteEnd"))
    subject = one_line(said(row, "Subject"))
    title = f"{number} {one_line(said(row, 'BillTitle') or said(row, 'BusinessTitle'))}: {subject}"
    meanings = ", ".join(
        f"{label}: {one_line(said(row, key))}"
        for key, label in (
            ("MeaningYes", "Oui" if lang == "fr" else "Ja"),
            ("MeaningNo", "Non" if lang == "fr" else "Nein"),
        )
        if said(row, key)
    )
    dossier = (Identifier("ch.business", number),) if _SHORT.match(number) else ()
    told = event(
        source, f"vote-{ident}:{lang}", "bill_reading", when, title, lang=lang, rule="ch_parliament:VoteEnd",
        code=said(row, "RegistrationNumber"), quote=meanings, dossier=dossier,
        url=f"https://www.parlament.ch/{lang}/ratsbetrieb/abstimmungen",
        actors=(ActorRecord("Nationalrat", "parliament", "ch"),),
    )  # fmt: skip
    yield item(
        source, f"vote-{ident}:{lang}", "vote", title, lang=lang, summary=meanings, when=when,
        at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), events=(told,), dossier=dossier,
    )  # fmt: skip


def _voting(row: dict[str, Any], source: Source) -> Iterator[Record]:
    """One member's vote, told with the vote's day: names come from the register."""
    at = swiss_instant(said(row, "VoteEndWithTimezone") or said(row, "VoteEnd"))
    role = _DECISIONS.get(said(row, "Decision"), "")
    person = said(row, "PersonNumber")
    if at is None or not person.isdigit():
        yield Rejected(f"voting {said(row, 'ID')}", "no time or no member", str(row)[:300])
        return
    if not role:
        return
    number = said(row, "BusinessShortNumber")
    who = ActorRecord(
        one_line(f"{said(row, 'FirstName')} {said(row, 'LastName')}"), "person", "ch",
        (Identifier("ch.member", person),), role=role, party=one_line(said(row, "ParlGroupName")),
    )  # fmt: skip
    yield item(
        source, f"voting-{said(row, 'ID')}", "vote", f"{number} {one_line(said(row, 'Subject'))}", lang=_lang(row),
        when=When.on(at.date(), said(row, "VoteEnd")), actors=(who,), dossier=(Identifier("ch.business", number),),
    )  # fmt: skip


def _speech(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("ID", "MeetingDate", "PersonNumber", "SpeakerFullName"), response, source)
    text, said_on, ident = plain_text(said(row, "Text")), said(row, "MeetingDate"), said(row, "ID")
    try:
        when = When.on(datetime.strptime(said_on, "%Y%m%d").date(), said_on)
    except ValueError:
        yield Rejected(f"transcript {ident}", f"no day: {said_on[:20]!r}", str(row)[:500])
        return
    if not text or not said(row, "SpeakerLastName"):
        return
    lang = (said(row, "LanguageOfText") or said(row, "Language")).lower() or "de"
    name = one_line(f"{said(row, 'SpeakerFirstName')} {said(row, 'SpeakerLastName')}")
    speaker = ActorRecord(
        name, "person", "ch",
        (Identifier("ch.member", said(row, "PersonNumber")),) if said(row, "PersonNumber").isdigit() else (),
        role="speaker", role_title=one_line(said(row, "CantonName")), organisation=one_line(said(row, "CouncilName")),
        party=one_line(said(row, "ParlGroupName")),
    )  # fmt: skip
    number = said(row, "VoteBusinessShortNumber")
    dossier = (Identifier("ch.business", number),) if _SHORT.match(number) else ()
    title = f"{one_line(said(row, 'VoteBusinessTitle') or said(row, 'CouncilName'))}: {name}"
    told = event(
        source, f"transcript-{ident}", "statement", when, title, lang=lang, rule="ch_parliament:MeetingDate",
        quote=one_line(text)[:400], actors=(speaker,), dossier=dossier,
        url=f"{_BULLETIN}?SubjectId={said(row, 'IdSubject')}",
    )  # fmt: skip
    yield item(
        source, f"transcript-{ident}", "speech", title, lang=lang, url=told.url, text=text, when=when,
        actors=(speaker,), events=(told,), dossier=dossier,
    )  # fmt: skip


def _member(row: dict[str, Any], source: Source) -> Record:
    name, number = one_line(f"{said(row, 'FirstName')} {said(row, 'LastName')}"), said(row, "PersonNumber")
    if not number.isdigit() or not said(row, "LastName"):
        return Rejected(f"member {said(row, 'ID')}", "no number or no name", "")
    is_active = row.get("Active") is True
    return ActorRecord(
        name=name,
        kind="person",
        jurisdiction=source.jurisdiction,
        identifiers=(Identifier("ch.member", number),),
        role_title=", ".join(
            part
            for part in (one_line(said(row, "CouncilName")), one_line(said(row, "CantonName")))
            if part and is_active
        ),
        organisation=one_line(said(row, "CouncilName")),
        party=one_line(said(row, "PartyName")) if is_active else "",
        seats=(Seat(one_line(said(row, "CouncilName"))),) if is_active and said(row, "CouncilName") else (),
    )
