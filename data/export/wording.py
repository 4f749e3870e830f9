"""The few words that writers add to the records, in the interface languages, and dates as people write them."""

from __future__ import annotations

from datetime import date

from data.errors import ViewError
from data.export.context import Context
from data.export.plain import one_line, paragraphs
from data.rows import EventActor, EventSource, TimelineEvent
from data.view import View
from data.vocabulary import Vocabulary

MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
}

_WORDS = {
    "en": {
        "actors": "Actors",
        "as_of": "As of",
        "colon": ": ",
        "count": "Events in this view",
        "date": "Date",
        "licence": "Licence",
        "permalink": "Address",
        "published": "published",
        "query": "Query",
        "everything": "no filter",
        "latest": "This feed holds the {shown} events that changed last, of {total} of the view.",
        "retrieved": "retrieved",
        "source": "Source",
        "sources": "Sources",
        "stage": "Stage",
        "status": "Status",
        "title": "Deepfake policy timeline",
        "vocabulary": "Vocabulary version",
        "month": "known to the month",
        "quarter": "known to the quarter",
        "half": "known to the half-year",
        "year": "known to the year",
        "range": "known as an interval",
    },
    "fr": {
        "actors": "Acteurs",
        "as_of": "État au",
        "colon": " : ",
        "count": "Événements de cette vue",
        "date": "Date",
        "licence": "Licence",
        "permalink": "Adresse",
        "published": "publié le",
        "query": "Requête",
        "everything": "aucun filtre",
        "latest": "Ce flux contient les {shown} événements modifiés le plus récemment, sur {total} de la vue.",
        "retrieved": "consulté le",
        "source": "Source",
        "sources": "Sources",
        "stage": "Étape",
        "status": "Statut",
        "title": "Chronologie des politiques sur les deepfakes",
        "vocabulary": "Version du vocabulaire",
        "month": "connue au mois",
        "quarter": "connue au trimestre",
        "half": "connue au semestre",
        "year": "connue à l'année",
        "range": "connue comme intervalle",
    },
}


_BODY_KINDS = frozenset({"parliament", "committee", "government", "regulator", "prosecutor", "court", "international"})
_NOT_ACTING = frozenset({"target", "complainant", "affected_group", "consulted", "expert", "campaigner", "publisher"})


def word(key: str, lang: str) -> str:
    """One of our own words."""
    return _WORDS[lang][key]


def told(key: str, text: str, lang: str) -> str:
    """``Stage: Tabled`` with the spacing of the language."""
    return f"{word(key, lang)}{word('colon', lang)}{text}"


#: query key of a view -> list of the vocabulary whose codes it holds
LIST_OF = {
    "jurisdiction": "jurisdictions",
    "track": "tracks",
    "stage": "stages",
    "type": "event_types",
    "family": "families",
    "harm": "harms",
    "approach": "approaches",
    "origin": "origins",
    "verified": "verification",
    "incident": "incidents",
}


def check_codes(view: View, vocabulary: Vocabulary) -> None:
    """Raise ViewError for a code no list holds: a mistyped view is not an empty one."""
    for key, value in view.pairs():
        if key in LIST_OF and not vocabulary.has(LIST_OF[key], value):
            raise ViewError(f"unknown {key} {one_line(value)[:80]!r}")


def view_title(view: View, labels: Vocabulary, lang: str) -> str:
    """A title for a view that nobody named: what is filtered, in words."""
    parts = [labels.label(LIST_OF[key], value, lang) if key in LIST_OF else value for key, value in view.pairs()]
    return " · ".join([word("title", lang), *map(one_line, parts)])


def about(context: Context) -> list[str]:
    """What every file says of itself, one line each."""
    lang = context.lang
    query = one_line(context.view.query_string()) or word("everything", lang)
    return [
        told("query", query, lang),
        told("as_of", context.as_of, lang),
        told("count", str(context.count), lang),
        told("permalink", one_line(context.permalink()), lang),
        told("licence", one_line(context.licence), lang),
        told("vocabulary", one_line(context.vocabulary_version), lang),
        *paragraphs(context.not_covered),
    ]


def shown_date(event: TimelineEvent, lang: str) -> str:
    """The date as people write it, never finer than it is known."""
    start, end = date.fromisoformat(event.date_start), date.fromisoformat(event.date_end)
    if event.precision == "day" or start == end:
        return shown_day(start, lang)
    if event.precision == "month":
        return f"{MONTHS[lang][start.month - 1]} {start.year}"
    if event.precision == "year":
        return str(start.year)
    if event.precision == "quarter":
        number = (start.month + 2) // 3
        return f"Q{number} {start.year}" if lang == "en" else f"T{number} {start.year}"
    if event.precision == "half":
        number = 1 if start.month < 7 else 2
        if lang == "fr":
            return f"{'1er' if number == 1 else '2e'} semestre {start.year}"
        return f"{'first' if number == 1 else 'second'} half of {start.year}"
    if lang == "fr":
        return f"du {shown_day(start, lang)} au {shown_day(end, lang)}"
    return f"{shown_day(start, lang)} – {shown_day(end, lang)}"


def shown_day(day: date, lang: str) -> str:
    """A day in words."""
    number = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    return f"{number} {MONTHS[lang][day.month - 1]} {day.year}"


def stage_label(event: TimelineEvent, labels: Vocabulary, lang: str) -> str:
    """Label of the stage that this event implies; empty when it implies none."""
    if not event.stage:
        return ""
    return (
        labels.stage_label(event.track, event.stage, lang) if event.track else labels.label("stages", event.stage, lang)
    )


def actor_label(actor: EventActor, labels: Vocabulary, lang: str) -> str:
    """``Name (role)``."""
    name = one_line(actor.name)
    return f"{name} ({one_line(labels.label('event_roles', actor.role, lang))})" if actor.role else name


def source_dates(source: EventSource, lang: str) -> str:
    """When a source was published and when we read it."""
    parts = [("published", source.published_on), ("retrieved", source.retrieved_at[:10])]
    return ", ".join(f"{word(key, lang)} {one_line(text)}" for key, text in parts if text)


def body(event: TimelineEvent) -> str:
    """The first public body that acts in the event; empty when the sources name none."""
    return next((one.name for one in event.actors if one.kind in _BODY_KINDS and one.role not in _NOT_ACTING), "")
