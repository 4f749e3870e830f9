"""The few words that writers add to the records, in the interface languages, and dates as people write them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from data.errors import ViewError
from data.export.context import Context
from data.export.plain import one_line, paragraphs
from data.rows import Change, EventActor, TimelineEvent
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
        "actor": "Actor",
        "as_of": "As of",
        "changed_on": "Changed on {day}",
        "between": "{start} – {end}",
        "cite": "How to cite",
        "colon": ": ",
        "count": "Events in this view",
        "date": "Date",
        "details": "Details",
        "event": "Event",
        "id": "Id",
        "joined": "put together with another account of the same event",
        "apart": "told apart from another event again",
        "left_out": "Not in the bundle, since they cannot be made here: {formats}",
        "licence": "Licence",
        "manifest": "manifest.json holds the size and the SHA-256 of every file.",
        "new_since": "known since {day}",
        "permalink": "Address",
        "place": "Jurisdiction",
        "query": "Query",
        "everything": "no filter",
        "latest": "This feed holds the {shown} events that changed last, of {total} of the view.",
        "sheet_actors": "who acts in these events: how often, when first and last, the party named last",
        "sheet_positions": "who is for or against what, with the words and their source",
        "sheet_sources": "every source of every event, with the sentence read in it",
        "sheet_timeline": "the events, one a row, columns as in CSV",
        "sheet_vocabulary": "the codes of the other sheets in French and English",
        "since": "since {day}",
        "source": "Source",
        "sources": "Sources",
        "stage": "Stage",
        "status": "Status",
        "title": "Deepfake policy timeline",
        "type": "Type",
        "until": "until {day}",
        "vocabulary": "Vocabulary version",
        "field_type": "type",
        "field_date_start": "date",
        "field_date_end": "end date",
        "field_status": "status",
        "field_outcome": "outcome",
        "field_stage": "stage",
        "field_title": "title",
        "field_review": "review",
        "month": "known to the month",
        "quarter": "known to the quarter",
        "half": "known to the half-year",
        "year": "known to the year",
        "range": "known as an interval",
    },
    "fr": {
        "actors": "Acteurs",
        "actor": "Acteur",
        "as_of": "État au",
        "changed_on": "Modifié le {day}",
        "between": "du {start} au {end}",
        "cite": "Comment citer",
        "colon": " : ",
        "count": "Faits de cette vue",
        "date": "Date",
        "details": "Détails",
        "event": "Fait",
        "id": "Identifiant",
        "joined": "réuni avec un autre récit du même fait",
        "apart": "de nouveau distinct d'un autre fait",
        "left_out": "Absents du lot, faute de pouvoir être produits ici : {formats}",
        "licence": "Licence",
        "manifest": "manifest.json donne la taille et l'empreinte SHA-256 de chaque fichier.",
        "new_since": "connus depuis le {day}",
        "permalink": "Adresse",
        "place": "Juridiction",
        "query": "Requête",
        "everything": "aucun filtre",
        "latest": "Ce flux contient les {shown} faits modifiés le plus récemment, sur {total} de la vue.",
        "sheet_actors": "qui agit dans ces faits : combien de fois, première et dernière fois, dernier parti cité",
        "sheet_positions": "qui est pour ou contre quoi, avec les mots et leur source",
        "sheet_sources": "chaque source de chaque fait, avec la phrase qui y a été lue",
        "sheet_timeline": "les faits, un par ligne, colonnes du CSV",
        "sheet_vocabulary": "les codes des autres feuilles en français et en anglais",
        "since": "depuis le {day}",
        "source": "Source",
        "sources": "Sources",
        "stage": "Étape",
        "status": "Statut",
        "title": "Chronologie des politiques sur les deepfakes",
        "type": "Type",
        "until": "jusqu’au {day}",
        "vocabulary": "Version du vocabulaire",
        "field_type": "type",
        "field_date_start": "date",
        "field_date_end": "date de fin",
        "field_status": "statut",
        "field_outcome": "issue",
        "field_stage": "étape",
        "field_title": "titre",
        "field_review": "relecture",
        "month": "connue au mois",
        "quarter": "connue au trimestre",
        "half": "connue au semestre",
        "year": "connue à l’année",
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


_FIELD_LISTS = {
    "type": "event_types",
    "status": "statuses",
    "outcome": "outcomes",
    "stage": "stages",
    "review": "review_states",
}


def change_lines(changes: Iterable[Change], labels: Vocabulary, lang: str) -> list[str]:
    """``Changed on 2026-11-24: stage: Tabled → Enacted``, a line a field; an end that moved with its start once."""
    found = []
    for change in changes:
        moved = {(line.old, line.new) for line in change.lines if line.field == "date_start"}
        on = word("changed_on", lang).format(day=change.at[:10])
        for line in change.lines:
            if line.field == "date_end" and (line.old, line.new) in moved:
                continue
            if line.field == "joined":
                what = word("joined" if line.new else "apart", lang)
            elif f"field_{line.field}" in _WORDS[lang]:
                old, new = (_changed_value(line.field, text, labels, lang) for text in (line.old, line.new))
                what = told(f"field_{line.field}", f"{old} → {new}" if old else new, lang)
            else:
                continue
            found.append(f"{on}{word('colon', lang)}{what}")
    return found


def _changed_value(field: str, text: str, labels: Vocabulary, lang: str) -> str:
    """A value of the change log: a code that the lists no longer hold stays a code."""
    try:
        return labels.label(_FIELD_LISTS[field], text, lang) if text and field in _FIELD_LISTS else one_line(text)
    except KeyError:
        return one_line(text) or "–"


def check_codes(view: View, vocabulary: Vocabulary) -> None:
    """Raise ViewError for a code no list holds: a mistyped view is not an empty one."""
    for key, value in view.pairs():
        if key in LIST_OF and not vocabulary.has(LIST_OF[key], value):
            raise ViewError(f"unknown {key} {one_line(value)[:80]!r}")


def view_title(view: View, labels: Vocabulary, lang: str, names: Mapping[str, str]) -> str:
    """A title for a view that nobody named: what is filtered, in words; ``names`` by id of the files and actors."""
    told_apart = [(key, value) for key, value in view.pairs() if key not in ("from", "to")]
    parts = [
        labels.label(LIST_OF[key], value, lang)
        if key in LIST_OF
        else (names.get(value, value) if key in ("dossier", "actor") else value)
        for key, value in told_apart
    ]
    return " · ".join([word("title", lang), *map(one_line, parts), *_period(view.since, view.until, lang)])


def _period(since: date | None, until: date | None, lang: str) -> list[str]:
    """The days of a view, as people say them: a whole month and a whole year by their names."""
    if since and until:
        year, month = since.year, since.month
        if since.day == 1 and until == date(year, month, monthrange(year, month)[1]):
            return [f"{MONTHS[lang][month - 1]} {year}"]
        if (since, until) == (date(year, 1, 1), date(year, 12, 31)):
            return [str(year)]
        if since == until:
            return [shown_day(since, lang)]
        return [word("between", lang).format(start=shown_day(since, lang), end=shown_day(until, lang))]
    if since:
        return [word("since", lang).format(day=shown_day(since, lang))]
    return [word("until", lang).format(day=shown_day(until, lang))] if until else []


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


def body(event: TimelineEvent) -> str:
    """The first public body that acts in the event; empty when the sources name none."""
    return next((one.name for one in event.actors if one.kind in _BODY_KINDS and one.role not in _NOT_ACTING), "")
