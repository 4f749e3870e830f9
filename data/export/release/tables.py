"""The tables of a release: their columns, what each holds, and how a record fills it.

Kinds of a column: ``text`` (empty: not known), ``day`` (ISO day, empty: not known), ``instant`` (UTC, ``…Z``),
``integer``, ``number`` and ``list`` (of texts). Keys and links between tables are those of ``LINKS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from data.export.csv_table import date_known
from data.export.plain import one_line, shortened, web_link


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its kind, what it holds in one sentence, and how a record fills it."""

    name: str
    kind: str
    holds: str
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, its key, and its columns."""

    name: str
    holds: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def text(name: str, holds: str, field: str = "") -> Column:
    """A column of one line of text."""
    return Column(name, "text", holds, lambda row: one_line(getattr(row, field or name)))


def day(name: str, holds: str) -> Column:
    """A column of a day."""
    return Column(name, "day", holds, lambda row: getattr(row, name))


def instant(name: str, holds: str) -> Column:
    """A column of a UTC instant."""
    return Column(name, "instant", holds, lambda row: getattr(row, name))


def integer(name: str, holds: str) -> Column:
    """A column of a whole number."""
    return Column(name, "integer", holds, lambda row: int(getattr(row, name)))


def codes(name: str, holds: str) -> Column:
    """A column of a list of codes."""
    return Column(name, "list", holds, lambda row: list(getattr(row, name)))


def link(name: str, holds: str) -> Column:
    """A column of an http(s) address, empty for anything else."""
    return Column(name, "text", holds, lambda row: web_link(getattr(row, name)))


def translated(name: str, holds: str, field: str, lang: str) -> Column:
    """A column of a reviewed text in one language, empty when there is none."""
    return Column(name, "text", holds, lambda row: one_line(getattr(row, field).get(lang, "")))


def quote(holds: str) -> Column:
    """A column of a quotation, short enough to be one."""
    return Column("quote", "text", holds, lambda row: shortened(row.quote))


def identifiers(holds: str) -> Column:
    """A column of official identifiers."""
    return Column(
        "identifiers", "list", holds, lambda row: [f"{scheme}={one_line(value)}" for scheme, value in row.identifiers]
    )


TABLES: tuple[Table, ...] = (
    Table(
        "dossiers",
        "A law, a case or a soft-law file that lives through time.",
        ("dossier_id",),
        (
            text("dossier_id", "Stable id of the file."),
            text("jurisdiction", "Code of the jurisdiction (`fr`, `eu`, `us-ca`)."),
            text("track", "`law`, `case` or `soft`."),
            text("title", "Official title, in `lang`."),
            text("lang", "Language of the official title."),
            translated("title_fr", "Reviewed title in French, empty when there is none.", "titles", "fr"),
            translated("title_en", "Reviewed title in English, empty when there is none.", "titles", "en"),
            text("stage", "Code of the stage it stands at; `unknown` when no event proves one."),
            text("stage_since", "Since when, as finely as it is known (`2026`, `2026-01` or a day)."),
            text("stage_event_id", "The event that proves the stage."),
            link("url", "Official page of the file."),
            identifiers("Official identifiers as `scheme=value`."),
            codes("harms", "Codes of the harms addressed."),
            codes("approaches", "Codes of the approaches taken."),
            integer("event_count", "How many events of `events` belong to it."),
            day("first_on", "First day of its first event that has happened."),
            day("last_on", "First day of its last event that has happened."),
            day("next_on", "First day of its next planned event."),
            text(
                "verified",
                "How the file was checked: `payload`, `official_page`, `two_sources`, `one_source`, `memory`.",
            ),
            text("origin", "`curated` or `official`: who says that the file exists."),
        ),
    ),
    Table(
        "events",
        "A dated happening, after joining: one row however many sources tell it.",
        ("event_id",),
        (
            text("event_id", "Stable id of the event, the same in every export."),
            Column("date", "text", "First day, cut to what is known: `2026`, `2026-01` or `2026-01-26`.", date_known),
            day("date_start", "First day of the period the date covers."),
            day("date_end", "Last day of the period the date covers."),
            text("precision", "`day`, `month`, `quarter`, `half`, `year` or `range`."),
            text("status", "`scheduled`, `occurred`, `postponed`, `cancelled` or `disputed`."),
            text("outcome", "Code of the outcome, empty when the sources name none."),
            text("type", "Code of the event type."),
            text("family", "Code of the family of types."),
            text("jurisdiction", "Code of the jurisdiction."),
            text("dossier_id", "The file it belongs to; empty for a lone event."),
            text("track", "Track of that file."),
            text("stage", "Code of the stage this event implies for its file; empty for none."),
            text("official_code", "The source's own code for the act."),
            text("title", "Official wording, in `lang`."),
            text("lang", "Language of the official wording."),
            translated("title_fr", "Reviewed title in French, empty when there is none.", "titles", "fr"),
            translated("title_en", "Reviewed title in English, empty when there is none.", "titles", "en"),
            translated("summary_fr", "Reviewed summary in French, empty when there is none.", "summaries", "fr"),
            translated("summary_en", "Reviewed summary in English, empty when there is none.", "summaries", "en"),
            text("origin", "`curated`, `official` or `text`: who says that it happened."),
            text("verified", "How it was checked: `payload`, `official_page`, `two_sources`, `one_source`, `memory`."),
            text("review_state", "`reviewed`, `collected`, or the team's `confirmed`, `corrected`, `rejected`."),
            Column("confidence", "number", "From 0 to 1: how sure the reading is.", lambda row: float(row.confidence)),
            codes("harms", "Codes of the harms addressed."),
            codes("approaches", "Codes of the approaches taken."),
            codes("legal_references", "Normalised references to law, as `fr:loi:2024-449`."),
            instant("first_seen_at", "UTC instant when the monitor first knew the event."),
            instant("changed_at", "UTC instant of the last change."),
            integer("revision", "How often the event was changed."),
        ),
    ),
    Table(
        "event_sources",
        "A publication that proves an event, the one that names it first.",
        ("event_id", "n"),
        (
            text("event_id", "The event."),
            integer("n", "Place in the order of the sources, from 0."),
            link("url", "Address of the publication."),
            text("publisher", "Who published it."),
            text("kind", "`official`, `news`, `ngo` or `curated`."),
            text("published_on", "When it was published, as finely as it is known."),
            instant("retrieved_at", "UTC instant when it was read."),
            quote("At most 300 letters of it that prove the event."),
            text("payload_sha256", "SHA-256 of what was fetched; empty for a source read by a person."),
            text("source_id", "The collected source, see `sources`; empty for a source read by a person."),
            text("verified", "How this publication was checked."),
            text("rule", "The rule that read it, with its version."),
        ),
    ),
    Table(
        "event_actors",
        "An actor in an event, in one role.",
        ("event_id", "actor_id", "role"),
        (
            text("event_id", "The event."),
            text("actor_id", "The actor."),
            text("role", "Code of the role in the event; empty when the sources name none."),
            text("stance", "Code of the stance where it is stated, else empty."),
            quote("At most 300 letters of the actor's words behind the stance."),
            text("role_title", "Office on that day, as the source says it."),
            text("party", "Party on that day."),
        ),
    ),
    Table(
        "actors",
        "A person or body that acts. Victims and private persons are never listed.",
        ("actor_id",),
        (
            text("actor_id", "Stable id of the actor."),
            text("name", "Name; empty while only an official number is known."),
            text("number", "Official number of an actor without a name."),
            text("kind", "Code of the kind: `person`, `parliament`, `regulator` …"),
            text("jurisdiction", "Code of the actor's own jurisdiction."),
            Column("wikidata", "text", "Item of Wikidata (`Q…`).", lambda row: row.identifier("wikidata")),
            identifiers("Official identifiers as `scheme=value`."),
            link("url", "Official page."),
            text("verified", "How the entry was checked."),
        ),
    ),
    Table(
        "roles",
        "An office or membership of an actor through time.",
        ("actor_id", "n"),
        (
            text("actor_id", "Who holds it."),
            integer("n", "Place among the offices of the actor, from 0."),
            text("organisation_id", "Actor id of the body, empty when it is not listed."),
            text("organisation", "Name of the body."),
            text("title_fr", "Title in French."),
            text("title_en", "Title in English."),
            text("start", "Since when, as finely as it is known."),
            text("end", "Until when; empty: not known to have ended."),
            text("verified", "How it was checked."),
            link("source_url", "Where it is said."),
        ),
    ),
    Table(
        "sources",
        "A source that the monitor collects.",
        ("source_id",),
        (
            text("source_id", "Stable id of the source."),
            translated("name_fr", "Name in French.", "names", "fr"),
            translated("name_en", "Name in English.", "names", "en"),
            text("publisher", "Who publishes it."),
            text("jurisdiction", "Code of the jurisdiction."),
            text("kind", "Code of the kind of source."),
            text("lang", "Language."),
            text("licence", "Licence of what it publishes."),
            link("url", "Address of the source."),
            integer("every_hours", "How often it is visited, in hours."),
            instant("last_ok_at", "UTC instant of the last visit that went well."),
        ),
    ),
)

#: (table, column) -> (table, column) that it points to
LINKS = {
    ("events", "dossier_id"): ("dossiers", "dossier_id"),
    ("dossiers", "stage_event_id"): ("events", "event_id"),
    ("event_sources", "event_id"): ("events", "event_id"),
    ("event_sources", "source_id"): ("sources", "source_id"),
    ("event_actors", "event_id"): ("events", "event_id"),
    ("event_actors", "actor_id"): ("actors", "actor_id"),
    ("roles", "actor_id"): ("actors", "actor_id"),
}
