"""CSV: one row per event of the view, and nothing but rows, so that any spreadsheet or script reads it.

What the file says of itself stands in the last columns of every row: a block of comments above or below the
rows would be read as data.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.plain import joined, no_formula, web_link
from data.export.wording import body, stage_label
from data.rows import EventActor, TimelineEvent
from data.vocabulary import Vocabulary


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds in one sentence (shown in docs/exports.md), how to fill it."""

    name: str
    holds: str
    value: Callable[[TimelineEvent, Context, Vocabulary], str]


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The view as CSV in UTF-8; the header alone when the view is empty."""
    out = io.BytesIO()
    encoding = "utf-8-sig" if options.bom else "utf-8"
    text = io.TextIOWrapper(out, encoding=encoding, newline="", write_through=True)
    writer = csv.writer(text, delimiter=options.delimiter, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for event in extract.events:
        writer.writerow([no_formula(column.value(event, context, labels)) for column in COLUMNS])
    return Export(context.filename("csv"), "text/csv; charset=utf-8", out.getvalue())


def date_known(event: TimelineEvent) -> str:
    """The first day, cut to what is known: ``2026``, ``2026-01`` or ``2026-01-26``."""
    return event.date_start[: {"year": 4, "month": 7}.get(event.precision, 10)]


def summary_kind(event: TimelineEvent, lang: str) -> str:
    """Whether the summary is in the language asked for: a reviewed text, never a machine's."""
    if not event.summary(lang):
        return ""
    return "reviewed" if event.summaries.get(lang) else "reviewed_en"


def level(event: TimelineEvent, vocabulary: Vocabulary) -> str:
    """Whether the jurisdiction is international, supranational, national or subnational."""
    place = vocabulary.lists["jurisdictions"].get(event.jurisdiction)
    return str(place.extra["level"]) if place else ""


def _position(actor: EventActor) -> str:
    quote = f' "{actor.quote}"' if actor.quote else ""
    return f"{actor.name}: {actor.stance}{quote}"


def _dossier_title(event: TimelineEvent, lang: str) -> str:
    return event.dossier_titles.get(lang) or event.dossier_title


EVENT_COLUMNS: tuple[Column, ...] = (
    Column("event_id", "Stable id of the event, the same in every format.", lambda e, c, v: e.event_id),
    Column("permalink", "Address of the event in the monitor.", lambda e, c, v: c.event_permalink(e.event_id)),
    Column(
        "date",
        "First day, cut to what is known: `2026`, `2026-01` or `2026-01-26`.",
        lambda e, c, v: date_known(e),
    ),
    Column("date_end", "Last day of the period the date covers, always a whole day.", lambda e, c, v: e.date_end),
    Column(
        "date_precision",
        "`day`, `month`, `quarter`, `half`, `year` or `range`.",
        lambda e, c, v: e.precision,
    ),
    Column(
        "event_status",
        "`scheduled`, `occurred`, `postponed`, `cancelled` or `disputed`.",
        lambda e, c, v: e.status,
    ),
    Column("jurisdiction", "Code of the jurisdiction (`fr`, `eu`, `us-ca`).", lambda e, c, v: e.jurisdiction),
    Column(
        "level",
        "`international`, `supranational`, `national` or `subnational`.",
        lambda e, c, v: level(e, v),
    ),
    Column(
        "body",
        "The first public body acting in the event; empty when the sources name none.",
        lambda e, c, v: body(e),
    ),
    Column("dossier_id", "Id of the law, case or soft-law file; empty for a lone event.", lambda e, c, v: e.dossier_id),
    Column(
        "dossier_title",
        "Its title in the language of the file when a reviewed one exists, else the official one.",
        lambda e, c, v: _dossier_title(e, c.lang),
    ),
    Column(
        "dossier_official_id",
        "List of its official identifiers as `scheme=value`.",
        lambda e, c, v: joined(f"{scheme}={value}" for scheme, value in e.dossier_identifiers),
    ),
    Column("stage", "Code of the stage this event implies for its dossier; empty for none.", lambda e, c, v: e.stage),
    Column("stage_label_fr", "Its label in French.", lambda e, c, v: stage_label(e, v, "fr")),
    Column("stage_label_en", "Its label in English.", lambda e, c, v: stage_label(e, v, "en")),
    Column(
        "stage_label_local",
        "The source's own code for the act (`AN1-DEPOT`), as it writes it.",
        lambda e, c, v: e.official_code,
    ),
    Column("event_type", "Code of the event type.", lambda e, c, v: e.type),
    Column(
        "event_type_label",
        "Its label in the language of the file.",
        lambda e, c, v: v.label("event_types", e.type, c.lang),
    ),
    Column(
        "title",
        "Title in the language of the file when a reviewed one exists, else the official wording.",
        lambda e, c, v: e.heading(c.lang),
    ),
    Column("title_original", "The official wording.", lambda e, c, v: e.title),
    Column("lang", "Language of the official wording.", lambda e, c, v: e.lang),
    Column(
        "summary",
        "Summary in the language of the file, else in English, else empty.",
        lambda e, c, v: e.summary(c.lang),
    ),
    Column(
        "summary_kind",
        "`reviewed`, or `reviewed_en` when only the English one exists; no summary is made by a machine.",
        lambda e, c, v: summary_kind(e, c.lang),
    ),
    Column("harms", "List of codes: the harms addressed.", lambda e, c, v: joined(e.harms)),
    Column("duties", "List of codes: the approaches taken.", lambda e, c, v: joined(e.approaches)),
    Column(
        "actors",
        "List of `name [role]`, roles as codes.",
        lambda e, c, v: joined(f"{one.name} [{one.role}]" if one.role else one.name for one in e.actors),
    ),
    Column(
        "positions",
        'List of `name: stance "quote"`, for the actors whose stance is quoted.',
        lambda e, c, v: joined(_position(one) for one in e.actors if one.stance),
    ),
    Column(
        "source_urls",
        "List of the addresses of the sources; this and the next seven lists run in parallel.",
        lambda e, c, v: joined(web_link(one.url) for one in e.sources),
    ),
    Column("source_names", "List of their publishers.", lambda e, c, v: joined(one.publisher for one in e.sources)),
    Column(
        "source_kinds",
        "List of `official`, `news`, `ngo` or `curated`.",
        lambda e, c, v: joined(one.kind for one in e.sources),
    ),
    Column(
        "source_dates",
        "List of the days they were published.",
        lambda e, c, v: joined(one.published_on for one in e.sources),
    ),
    Column(
        "retrieved_at",
        "List of the UTC instants they were read.",
        lambda e, c, v: joined(one.retrieved_at for one in e.sources),
    ),
    Column(
        "archive_urls",
        "List of archived copies; blank places, since the monitor asks no archive for copies.",
        lambda e, c, v: joined("" for _ in e.sources),
    ),
    Column(
        "content_hashes",
        "List of the SHA-256 of what was fetched; blank for a source read by a person.",
        lambda e, c, v: joined(one.payload_sha256 for one in e.sources),
    ),
    Column(
        "source_quotes",
        "List of the words in which they say it, word for word; blank for a source without a quoted sentence.",
        lambda e, c, v: joined(one.quote for one in e.sources),
    ),
    Column(
        "review_state",
        "`reviewed` (a reviewed row), `collected`, or the team's `confirmed`, `corrected`, `rejected` (disputed).",
        lambda e, c, v: e.review_state,
    ),
    Column("confidence", "From 0 to 1: how sure the reading is.", lambda e, c, v: f"{e.confidence:g}"),
    Column("first_seen_at", "UTC instant when the monitor first knew the event.", lambda e, c, v: e.first_seen_at),
    Column("last_changed_at", "UTC instant of the last change.", lambda e, c, v: e.changed_at),
    Column("revision", "How often the event was changed.", lambda e, c, v: str(e.revision)),
    Column("licence", "Licence of the row.", lambda e, c, v: c.licence),
)

VIEW_COLUMNS: tuple[Column, ...] = (
    Column("view_title", "Title of the view this file was taken from.", lambda e, c, v: c.view_title),
    Column("view_query", "Its filters, as a query string; empty for no filter.", lambda e, c, v: c.view.query_string()),
    Column("view_permalink", "Its address in the monitor.", lambda e, c, v: c.permalink()),
    Column("view_count", "Number of events in the view, and of rows in this file.", lambda e, c, v: str(c.count)),
    Column(
        "as_of",
        "UTC instant of the snapshot the view was read from, or the end of the day whose record it is.",
        lambda e, c, v: c.as_of,
    ),
    Column("vocabulary_version", "Version of the lists of codes.", lambda e, c, v: c.vocabulary_version),
    Column("not_covered", "What the file cannot show.", lambda e, c, v: c.not_covered),
)

COLUMNS = (*EVENT_COLUMNS, *VIEW_COLUMNS)
