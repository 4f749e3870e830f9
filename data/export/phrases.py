"""The words of what is printed: figure, page and briefing, in the languages of files. Labels of codes are elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.export.plain import one_line
from data.export.wording import shown_day
from data.rows import EventSource, TimelineEvent

MONTHS_SHORT = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
}

_PHRASES = {
    "en": {
        "about": "About this document",
        "acts": "Role in these events",
        "actor": "Actor",
        "actors": "Main actors and positions",
        "annex": "Annex: every event of the view",
        "annex_ids": "Further events (day and id)",
        "as_of": "As of {day}",
        "body_note": "All {total} events stand in the annex, with date, title and source.",
        "briefing": "Briefing",
        "caption": "Timeline of the events; the numbers are those of the table.",
        "caption_counted": "Timeline of the events, counted.",
        "cite": "How to cite",
        "cite_line": "Deepfake Policy Monitor, “{title}”, record of {day}, {count}, {address}",
        "counted": "Each bar counts the events of its period; the number stands above it.",
        "date": "Date",
        "desc": "{count} between {first} and {last}, in lanes: {lanes}.",
        "desc_empty": "No event in this view.",
        "empty": "No event in this view.",
        "events": "Events",
        "figure": "Timeline",
        "gaps": "The full list stands in the metadata of this file and on the monitor’s Sources page.",
        "hollow_bar": "Hollow bar: planned, postponed or cancelled.",
        "hollow": "hollow: planned, postponed or cancelled",
        "ids": "Identifiers of the events",
        "local": "Links in this file lead to {host}, which nobody else can open: give the address of the monitor "
        "(--address or MONITOR_ADDRESS) before you send it.",
        "more_actors": "{n} further actors are named in the events.",
        "more_dossiers": "{n} further files are named in the events.",
        "more_next": "{n} further planned events stand in the annex.",
        "next": "What comes next",
        "next_none": "This view holds no event planned after {day}.",
        "next_usual": "Usual procedure at this stage",
        "no_dossier": "Outside any file",
        "no_font": "Some letters are in no font of this machine: they are in the file as text, drawn as boxes.",
        "none_actors": "The events name no actor.",
        "none_dossiers": "The events belong to no file.",
        "not_covered": "What is not covered",
        "number": "No.",
        "others": "Other",
        "page": "Page",
        "period": "bar: day not known, or several days",
        "position": "Position and words",
        "positions_none": "No position of these actors is recorded in this view.",
        "proof": "Proof",
        "published_in": "published {date}",
        "published_on": "published {date}",
        "retrieved_on": "retrieved {date}",
        "site_actors": "Actors",
        "site_data": "Open data",
        "site_dossiers": "Files",
        "site_event": "Page of this event",
        "site_home": "Overview",
        "site_kind": "Kind",
        "site_language": "English",
        "site_last": "Latest event",
        "site_lead": "{events} on {dossiers} in {places} jurisdictions, each with its sources.",
        "site_monitor": "In the monitor",
        "site_newest": "Latest events",
        "site_pages": "Pages",
        "site_since": "Since",
        "site_timeline": "Timelines by jurisdiction",
        "site_title": "Deepfake policy: who did what, when",
        "same_address": "address: [{n}]",
        "since": "since {date}",
        "since_day": "since {date}",
        "skip": "Skip to the content",
        "source": "Source: Deepfake Policy Monitor",
        "sources": "Sources",
        "sources_note": "The day we read a page stands beside it where it is recorded; rows that a person reviewed "
        "carry none.",
        "cited_less": "An event that was checked in two independent sources may cite only one of them.",
        "titles_quoted": "A title that is a sentence of its source word for word is not quoted a second time.",
        "table": "Table",
        "today": "record of {day}",
        "total": "{events}, from {first} to {last}.",
        "unchecked": "not checked against a source",
        "unsourced": "no source recorded",
        "by_family": "By kind: {parts}.",
        "by_check": "Checked by: {parts}.",
        "overdue": "date passed, no outcome recorded",
        "proof_event": "event {n}",
        "page_of_file": "page of the file",
        "shortened": "Above {limit} events, the annex gives day and id alone for those that follow.",
        "as_of_instant": "Record of {day}, {time} UTC",
        "cut": "Above {limit} events, the page lists them in the table alone.",
        "view": "Open in the monitor",
        "where": "Where it stands",
        "file": "File",
        "place": "Place",
        "what": "What happened",
    },
    "fr": {
        "about": "À propos de ce document",
        "acts": "Rôle dans ces faits",
        "actor": "Acteur",
        "actors": "Principaux acteurs et positions",
        "annex": "Annexe : tous les faits de la vue",
        "annex_ids": "Autres faits (jour et identifiant)",
        "as_of": "État au {day}",
        "body_note": "Les faits ({total}) figurent tous en annexe, avec date, titre et source.",
        "briefing": "Note de synthèse",
        "caption": "Frise des faits ; les numéros sont ceux du tableau.",
        "caption_counted": "Frise des faits, comptés par période.",
        "cite": "Comment citer",
        "cite_line": "Deepfake Policy Monitor, « {title} », état au {day}, {count}, {address}",
        "counted": "Chaque barre compte les faits de sa période ; le nombre figure au-dessus.",
        "date": "Date",
        "desc": "{count} entre le {first} et le {last}, par lignes : {lanes}.",
        "desc_empty": "Aucun fait dans cette vue.",
        "empty": "Aucun fait dans cette vue.",
        "events": "Faits",
        "figure": "Frise chronologique",
        "gaps": "La liste complète figure dans les métadonnées de ce fichier et sur la page Sources du moniteur.",
        "hollow_bar": "Barre creuse : prévu, reporté ou annulé.",
        "hollow": "creux : prévu, reporté ou annulé",
        "ids": "Identifiants des faits",
        "local": "Les liens de ce fichier mènent à {host}, que personne d’autre ne peut ouvrir : donnez l’adresse du "
        "moniteur (--address ou MONITOR_ADDRESS) avant de l’envoyer.",
        "more_actors": "{n} autres acteurs sont nommés dans les faits.",
        "more_dossiers": "{n} autres dossiers sont nommés dans les faits.",
        "more_next": "{n} autres faits prévus figurent en annexe.",
        "next": "Prochaines échéances",
        "next_none": "Cette vue ne contient aucun fait prévu après le {day}.",
        "next_usual": "Procédure habituelle à cette étape",
        "no_dossier": "Hors dossier",
        "no_font": "Certains caractères ne sont dans aucune police de cette machine : le texte les contient, mais ils "
        "s’affichent comme des cases vides.",
        "none_actors": "Les faits ne nomment aucun acteur.",
        "none_dossiers": "Les faits ne relèvent d’aucun dossier.",
        "not_covered": "Ce qui n’est pas couvert",
        "number": "N°",
        "others": "Autres",
        "page": "Page",
        "period": "barre : jour inconnu ou plusieurs jours",
        "position": "Position et propos",
        "positions_none": "Aucune position de ces acteurs n’est enregistrée dans cette vue.",
        "proof": "Preuve",
        "published_in": "publié en {date}",
        "published_on": "publié le {date}",
        "retrieved_on": "consulté le {date}",
        "site_actors": "Acteurs",
        "site_data": "Données ouvertes",
        "site_dossiers": "Dossiers",
        "site_event": "Page de ce fait",
        "site_home": "Vue d’ensemble",
        "site_kind": "Nature",
        "site_language": "Français",
        "site_last": "Dernier fait",
        "site_lead": "{events} sur {dossiers} dans {places} pays et institutions, chacun avec ses sources.",
        "site_monitor": "Dans le moniteur",
        "site_newest": "Derniers faits",
        "site_pages": "Pages",
        "site_since": "Depuis",
        "site_timeline": "Chronologies par pays et institution",
        "site_title": "Politiques sur les deepfakes : qui a fait quoi, quand",
        "same_address": "adresse : [{n}]",
        "since": "depuis {date}",
        "since_day": "depuis le {date}",
        "skip": "Aller au contenu",
        "source": "Source : Deepfake Policy Monitor",
        "sources": "Sources",
        "sources_note": "La date de consultation figure lorsqu’elle est enregistrée ; les lignes relues par une "
        "personne n’en portent pas.",
        "cited_less": "Un fait vérifié sur deux sources indépendantes peut n’en citer qu’une.",
        "titles_quoted": "Un titre qui est mot pour mot une phrase de sa source n’est pas cité une seconde fois.",
        "table": "Tableau",
        "today": "état au {day}",
        "total": "{events}, du {first} au {last}.",
        "unchecked": "non vérifié sur une source",
        "unsourced": "aucune source enregistrée",
        "by_family": "Par nature : {parts}.",
        "by_check": "Vérification : {parts}.",
        "overdue": "date passée, aucune suite enregistrée",
        "proof_event": "fait {n}",
        "page_of_file": "page du dossier",
        "shortened": "Au-delà de {limit} faits, l’annexe ne donne plus que le jour et l’identifiant.",
        "as_of_instant": "État au {day} à {time} UTC",
        "cut": "Au-delà de {limit} faits, la page les présente dans le tableau seulement.",
        "view": "Ouvrir dans le moniteur",
        "where": "Où en sont les dossiers",
        "file": "Dossier",
        "place": "Pays ou organisation",
        "what": "Ce qui s’est passé",
    },
}

#: what is counted: one, several
_COUNTED = {
    "en": {
        "events": ("event", "events"),
        "dossiers": ("file", "files"),
        "places": ("country or organisation", "countries or organisations"),
        "actors": ("actor", "actors"),
        "sources": ("source", "sources"),
        "planned": ("planned event", "planned events"),
    },
    "fr": {
        "events": ("fait", "faits"),
        "dossiers": ("dossier", "dossiers"),
        "places": ("pays ou organisation", "pays ou organisations"),
        "actors": ("acteur", "acteurs"),
        "sources": ("source", "sources"),
        "planned": ("fait prévu", "faits prévus"),
    },
}


def phrase(key: str, lang: str, **values: object) -> str:
    """One of our own phrases, with its values. Raises KeyError for an unknown key."""
    return _PHRASES[lang][key].format(**values)


def counted(number: int, what: str, lang: str) -> str:
    """A number and what is counted: ``9 faits``; French counts nothing in the singular."""
    one, several = _COUNTED[lang][what]
    is_one = number == 1 or (lang == "fr" and number == 0)
    figure = f"{number:,}".replace(",", "\u202f" if lang == "fr" else ",")
    return f"{figure} {one if is_one else several}"


def span_sentence(events: Sequence[TimelineEvent], lang: str) -> str:
    """``12 events, from 2 January 2026 to 29 January 2026.``; that there is none for none."""
    if not events:
        return phrase("empty", lang)
    first = shown_day(date.fromisoformat(min(one.date_start for one in events)), lang)
    last = shown_day(date.fromisoformat(max(one.date_end for one in events)), lang)
    return phrase("total", lang, events=counted(len(events), "events", lang), first=first, last=last)


def quoted(text: str, lang: str) -> str:
    """The text between the quotation marks of the language; empty stays empty."""
    if not text:
        return ""
    return f"«\u00a0{text}\u00a0»" if lang == "fr" else f"“{text}”"


def source_dates(source: EventSource, lang: str) -> str:
    """When a source was published and when we read it, in words; empty when neither is recorded."""
    found = []
    if source.published_on:
        key = "published_on" if len(source.published_on) >= 10 else "published_in"
        found.append(phrase(key, lang, date=partial_date(one_line(source.published_on), lang)))
    if source.retrieved_at:
        found.append(phrase("retrieved_on", lang, date=partial_date(one_line(source.retrieved_at[:10]), lang)))
    return ", ".join(found)


def partial_date(text: str, lang: str) -> str:
    """A stored date (``2026``, ``2026-01``, ``2026-01-26``, ``a/b``) in words; empty stays empty."""
    if "/" in text:
        return " – ".join(partial_date(part, lang) for part in text.split("/"))
    try:
        if len(text) == 10:
            return shown_day(date.fromisoformat(text), lang)
        if len(text) == 7:
            return shown_day(date.fromisoformat(f"{text}-01"), lang).split(" ", 1)[1]
    except ValueError:
        return text
    return text
