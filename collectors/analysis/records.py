"""From a reading to records for the database.

Only listed actors and provisional ones with a public role become actors. A name that is withheld (a
private person, a victim) never leaves: quotes show ``[…]`` in its place, and the title of such a sentence is made from
type and actors instead. A title shows ``[…]`` in the place of a first word that stands for somebody named before; that
name, in brackets, where the grammar leaves no doubt ("the latter").
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from collectors.analysis.lexicon import load
from collectors.analysis.reading import Document, EventSpan, Mention, Reading
from data.models import ActorRecord, EventRecord, Identifier
from data.readings import Position

_TITLE = 200
_HIDDEN = "[…]"
# "MADRID, 13 ene (Reuters) - The council": the agency that sends a report has no part in what it reports.
_DATELINE = re.compile(r"[A-ZÀ-Þ][^()\n]{1,60}\([^()\n]{2,30}\) ?[-–—] ")
# What a kind of body does in a kind of event; elsewhere the role stays open.
_ROLES = {
    "regulator": "regulator",
    "prosecutor": "prosecutor",
    "court": "court",
    "media": "publisher",
}
_PERSON_ROLES = {
    "bill_tabled": "author",
    "question_asked": "questioner",
    "statement": "speaker",
    "referral": "complainant",
}
_ACTING = frozenset(_PERSON_ROLES.values())
_TARGETED = frozenset(
    (
        "referral",
        "investigation_opened",
        "regulator_contact",
        "search_summons",
        "fine_sanction",
        "court_ruling",
    )
)
# "Ce dernier travaille": read alone, or beside other events, it would be said of somebody else.
_POINTS_BACK, _LATTER = (
    {lang: re.compile(rf"(?:{words})(?=[\s,])", re.IGNORECASE) for lang, words in load("events")[table].items()}
    for table in ("points_back", "latter")
)
#: letters between the name and the sentence that says "the latter"
_SENTENCE = 160
_PRODUCERS = ("platform", "ai_developer", "product")


def facts(reading: Reading, document: Document) -> tuple[EventRecord, ...]:
    """The events of a relevant reading, with the actors that may be shown. A paper that is quoted states nothing."""
    if not reading.relevant:
        return ()
    counts: dict[str, int] = {}
    kinds = {mention.actor_id or mention.name: mention.kind for mention in reading.mentions}
    return tuple(
        _event(reading, document, event, counts)
        for event in reading.events
        if not (event.type == "statement" and {kinds.get(key) for key in event.actors} <= {"media"})
    )


def shown(mention: Mention) -> bool:
    """May this mention become an actor? Listed, a body, or a person beside a public role."""
    return bool(mention.actor_id or mention.public_role or mention.kind != "person")


def shown_text(document: Document, reading: Reading, start: int, end: int) -> tuple[str, bool]:
    """``document.text[start:end]`` on one line without withheld names, and whether any was left out."""
    parts: list[str] = []
    at = start
    hidden = False
    for low, high in _withheld(reading):
        if high <= start or low >= end:
            continue
        parts.append(document.text[at : max(at, low)])
        parts.append(_HIDDEN)
        at, hidden = max(at, min(high, end)), True
    parts.append(document.text[at:end])
    said = " ".join("".join(parts).split())
    return re.sub(r"\[…\](?:'s|’s)?(?:(?:,| et| and| und| e| y| og)? \[…\])+", _HIDDEN, said), hidden


def _withheld(reading: Reading) -> list[tuple[int, int]]:
    """Withheld names, and names of persons without a public role (a lawyer, a researcher)."""
    unlisted = [(m.start, m.end) for m in reading.mentions if not shown(m)]
    return sorted({*reading.withheld, *unlisted})


def private_names(reading: Reading, document: Document) -> tuple[str, ...]:
    """Names that must not be shown, longest first: to mask them in a stored text or title."""
    found = {document.text[start:end] for start, end in _withheld(reading)}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _event(reading: Reading, document: Document, event: EventSpan, counts: dict[str, int]) -> EventRecord:
    quote, hidden = shown_text(document, reading, event.start, event.end)
    latter = _latter(reading, document.text, event)
    if latter is not None:
        event = replace(event, actors=(latter.actor_id or latter.name, *event.actors))
    records = _actors(reading, event, _told_from(document.text, event))
    if hidden or len(quote) > _TITLE:
        title = _made_title(reading.language, event, records)
    else:
        back = _POINTS_BACK.get(reading.language)
        pointed = back.match(quote) if back else None
        name = f"[{latter.name}]" if latter else _HIDDEN
        title = name + quote[pointed.end() :] if pointed else quote
    key = f"{document.id}\n{event.type}\n{event.when.iso()}"
    counts[key] = counts.get(key, 0) + 1
    digest = hashlib.sha256(f"{key}\n{counts[key]}".encode()).hexdigest()[:16]
    return EventRecord(
        external_id=f"text:{digest}",
        type=event.type,
        when=event.when,
        title=_closed(title[:1].upper() + title[1:], reading.language),
        lang=reading.language,
        jurisdiction=reading.country,
        status=event.status,
        quote=quote,
        rule=event.rule,
        rules=reading.rule_version,
        span=(event.start, event.end),
        actors=records,
        legal_references=tuple(
            dict.fromkeys(ref.normalised for ref in reading.legal_references if event.start <= ref.start < event.end)
        ),
    )


def _closed(title: str, lang: str) -> str:
    """A title that ends within a quotation ends with its mark."""
    opened, closing = ("“", "”") if lang == "en" else ("«", "»" if lang in ("it", "es") else "\u00a0»")
    return title + closing if title.count(opened) > title.count(closing.strip()) else title


def _latter(reading: Reading, text: str, event: EventSpan) -> Mention | None:
    """The person whom "the latter" at the head of the event stands for: the last named in the sentence before, unless a
    body was named after. What stands in brackets explains a name and is none of those told."""
    said = _LATTER.get(reading.language)
    if said is None or not said.match(text, event.start):
        return None
    before = text[max(0, event.start - _SENTENCE) : event.start]
    begin = event.start - len(before) + before.rfind("\n") + 1
    named = [
        mention
        for mention in reading.mentions
        if begin <= mention.start and mention.end <= event.start and not _in_brackets(text, begin, mention)
    ]
    last = max(named, key=lambda mention: mention.end, default=None)
    return last if last and last.kind == "person" and shown(last) else None


def _in_brackets(text: str, begin: int, mention: Mention) -> bool:
    return text.rfind("(", begin, mention.start) > text.rfind(")", begin, mention.start)


def positions(reading: Reading, document: Document) -> tuple[Position, ...]:
    """Who is for or against, of those who may be shown; the quote is the sentence without withheld names."""
    known = {m.actor_id or m.name: m for m in reading.mentions if shown(m)}
    return tuple(
        Position(
            stance.start, stance.end, known[stance.actor].actor_id, known[stance.actor].name, stance.stance,
            shown_text(document, reading, stance.start, stance.end)[0], stance.rule,
        )
        for stance in reading.stances
        if stance.actor in known
    )  # fmt: skip


def _made_title(lang: str, event: EventSpan, actors: tuple[ActorRecord, ...]) -> str:
    label = load("event_labels").get(lang, load("event_labels")["en"]).get(event.type, event.type)
    acting_first = sorted(actors, key=lambda actor: (actor.role in ("target", "platform"), actor.role not in _ACTING))
    names = ", ".join(actor.name for actor in acting_first[:4])
    colon = "\u00a0: " if lang == "fr" else ": "
    return f"{label}{colon}{names}" if names else label


def _told_from(text: str, event: EventSpan) -> int:
    """Where the report begins behind the dateline of its quote."""
    dateline = _DATELINE.match(text, event.start, event.end)
    return dateline.end() if dateline else event.start


def _actors(reading: Reading, event: EventSpan, begin: int) -> tuple[ActorRecord, ...]:
    records: dict[str, ActorRecord] = {}
    for mention in reading.mentions:
        key = mention.actor_id or mention.name
        if key in records or key not in event.actors or not shown(mention):
            continue
        if mention.kind == "media" and event.start <= mention.start < begin:
            continue
        records[key] = ActorRecord(
            name=mention.name,
            kind=mention.kind,
            jurisdiction="" if mention.actor_id else reading.country,
            identifiers=(Identifier("monitor", mention.actor_id),) if mention.actor_id else (),
            role=_role(mention, event),
            role_title=mention.public_role if mention.public_role not in ("speaker", "member") else "",
        )
    return tuple(records.values())


def _role(mention: Mention, event: EventSpan) -> str:
    if mention.kind == "person":
        return _PERSON_ROLES.get(event.type, "")
    if mention.kind in _PRODUCERS:
        return "target" if event.type in _TARGETED else "platform"
    return _ROLES.get(mention.kind, "")
