"""The tables of a workbook, as rows: what each column is called, how wide it is and what fills it. No library here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.export.context import Context
from data.export.csv_table import EVENT_COLUMNS
from data.export.extract import Extract
from data.export.plain import shortened, web_link
from data.rows import EventActor, EventSource, ListedActor, Statement, TimelineEvent
from data.vocabulary import Vocabulary

Cell = str | int | float | date

#: columns of words, wide; the others are codes and dates
_WIDE = {
    **dict.fromkeys(("title", "title_original", "summary", "quote", "dossier_title"), 60),
    **dict.fromkeys(("actors", "positions", "source_quotes", "label_fr", "label_en"), 40),
    **dict.fromkeys(("event_id", "permalink", "url", "name", "actor_name", "source_urls", "first_source"), 36),
}


@dataclass(frozen=True)
class Head:
    """A column. ``kind`` ``link``: a plain web address may be followed; ``width`` is in letters."""

    name: str
    kind: Literal["text", "link", "day", "number"] = "text"

    @property
    def width(self) -> int:
        return _WIDE.get(self.name, 16)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its columns and its rows, one value a column; an empty text is an empty cell."""

    name: str
    columns: tuple[Head, ...]
    rows: Iterator[tuple[Cell, ...]]


def sheets(extract: Extract, context: Context, labels: Vocabulary) -> list[Sheet]:
    """The sheets after the first page, in order. Ids and codes lead from one to the other."""
    return [
        _timeline(extract, context, labels),
        _actors(extract),
        _positions(extract, context),
        _sources(extract),
        _vocabulary(extract, labels),
    ]


def known_day(event: TimelineEvent) -> Cell:
    """The day as a date that a spreadsheet sorts and counts by; empty when only a month or a year is known.

    Spreadsheets know no day before 1900.
    """
    is_day = event.precision == "day" and event.date_start >= "1900"
    return date.fromisoformat(event.date_start) if is_day else ""


#: columns of the timeline that CSV has not, each after one it has
_ADDED: dict[str, tuple[Head, Callable[[TimelineEvent], Cell]]] = {
    "date": (Head("day", "day"), known_day),
    "source_urls": (
        Head("first_source", "link"),
        lambda event: next((link for one in event.sources if (link := web_link(one.url))), ""),
    ),
}
_NUMBERS = frozenset({"confidence", "revision"})


def _timeline(extract: Extract, context: Context, labels: Vocabulary) -> Sheet:
    """The columns of CSV with the day as a date and the first source as a link."""
    heads: list[Head] = []
    for column in EVENT_COLUMNS:
        heads.append(Head(column.name, "link" if column.name == "permalink" else "text"))
        if column.name in _ADDED:
            heads.append(_ADDED[column.name][0])

    def row(event: TimelineEvent) -> Iterator[Cell]:
        for column in EVENT_COLUMNS:
            value = column.value(event, context, labels)
            yield float(value) if column.name in _NUMBERS else value
            if column.name in _ADDED:
                yield _ADDED[column.name][1](event)

    return Sheet("Timeline", tuple(heads), (tuple(row(event)) for event in extract.events))


@dataclass
class _Acting:
    """What the events of the view tell of one actor: how many, the first, the last, the last party they name."""

    told: EventActor
    event_ids: set[str]
    first: str
    last: str = ""
    party: str = ""
    party_on: str = ""


def _actors(extract: Extract) -> Sheet:
    found: dict[str, _Acting] = {}
    for event in extract.events:
        for one in event.actors:
            acting = found.setdefault(one.actor_id, _Acting(one, set(), event.date))
            acting.event_ids.add(event.event_id)
            acting.last = event.date
            if one.party:
                acting.party, acting.party_on = one.party, event.date
    heads = (
        *("actor_id", "name", "official_number", "kind", "party", "party_on", "jurisdiction", "wikidata"),
        *("events", "first", "last"),
    )
    rows = (_actor(name, acting, extract.actors.get(name)) for name, acting in sorted(found.items()))
    return Sheet("Actors", (*map(Head, heads), Head("url", "link")), rows)


def _actor(actor_id: str, acting: _Acting, listed: ListedActor | None) -> tuple[Cell, ...]:
    told = acting.told
    return (
        actor_id,
        listed.name if listed else told.name if told.named else "",
        listed.number if listed else "" if told.named else told.name,
        told.kind,
        acting.party,
        acting.party_on,
        listed.jurisdiction if listed else "",
        listed.identifier("wikidata") if listed else "",
        len(acting.event_ids),
        acting.first,
        acting.last,
        web_link(listed.url) if listed else "",
    )


def _positions(extract: Extract, context: Context) -> Sheet:
    heads = ("actor_id", "actor_name", "dossier_id", "dossier_title", "stance", "vote", "quote", "date", "event_id")
    rows = (_position(one, context.lang) for one in extract.statements)
    return Sheet("Positions", (*map(Head, heads), Head("publisher"), Head("url", "link")), rows)


def _position(one: Statement, lang: str) -> tuple[Cell, ...]:
    return (
        one.actor_id,
        one.name or one.number,
        one.dossier_id,
        one.dossier_titles.get(lang) or one.dossier_title,
        "" if one.is_vote else one.code,
        one.code if one.is_vote else "",
        shortened(one.quote),
        one.date,
        one.event_id,
        one.publisher,
        web_link(one.url),
    )


def _sources(extract: Extract) -> Sheet:
    heads = ("event_id", "publisher", "kind", "published_on", "retrieved_at", "verified", "quote", "content_hash")
    rows = (_source(event.event_id, one) for event in extract.events for one in event.sources)
    return Sheet("Sources", (*map(Head, heads), Head("url", "link")), rows)


def _source(event_id: str, one: EventSource) -> tuple[Cell, ...]:
    return (
        event_id,
        one.publisher,
        one.kind,
        one.published_on,
        one.retrieved_at,
        one.verified,
        shortened(one.quote),
        one.payload_sha256,
        web_link(one.url),
    )


def _vocabulary(extract: Extract, labels: Vocabulary) -> Sheet:
    """The codes that stand in the other sheets, with their labels; a stage with those of its track."""
    used = {code for event in extract.events for code in _codes(event)} | _stated(extract.statements)

    def row(list_name: str, track: str, code: str) -> tuple[Cell, ...]:
        found = [
            labels.stage_label(track, code, lang) if track else labels.label(list_name, code, lang)
            for lang in ("fr", "en")
        ]
        return (list_name, track, code, *found)

    heads = ("list", "track", "code", "label_fr", "label_en")
    return Sheet("Vocabulary", tuple(map(Head, heads)), (row(*one) for one in sorted(used)))


def _codes(event: TimelineEvent) -> Iterator[tuple[str, str, str]]:
    """(list, track, code) of every code of an event."""
    told = {
        "jurisdictions": (event.jurisdiction,),
        "event_types": (event.type,),
        "statuses": (event.status,),
        "precisions": (event.precision,),
        "review_states": (event.review_state,),
        "harms": event.harms,
        "approaches": event.approaches,
        "event_roles": tuple(one.role for one in event.actors),
        "stances": tuple(one.stance for one in event.actors),
        "actor_kinds": tuple(one.kind for one in event.actors),
        "proof_kinds": tuple(one.kind for one in event.sources),
        "verification": tuple(one.verified for one in event.sources),
    }
    yield from ((name, "", code) for name, codes in told.items() for code in codes if code)
    if event.stage:
        yield "stages", event.track, event.stage


def _stated(statements: Iterable[Statement]) -> set[tuple[str, str, str]]:
    return {("event_roles" if one.is_vote else "stances", "", one.code) for one in statements}
