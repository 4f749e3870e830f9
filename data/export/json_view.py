"""JSON with everything a view holds, for scripts: its events with every field, and the actors, files and statements
they name. The schema of the file is ``docs/export.schema.json``.

Texts stand on one line without control characters, an address that is no plain web address is empty, and a quotation
has at most 300 letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from data.export import json_text
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.plain import one_line, shortened, web_link
from data.export.wording import body, stage_label
from data.rows import TimelineEvent
from data.vocabulary import Vocabulary

#: changes when a key changes its meaning or goes; a new key does not change it
VERSION = 1

#: names of fields as the other formats have them
_NAMES = {"precision": "date_precision", "changed_at": "last_changed_at", "payload_sha256": "content_hash"}


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The view as one JSON object; its lists are empty when the view is."""
    data = json_text.written(
        {
            "format": "deepfake-policy-monitor-view",
            "format_version": VERSION,
            "context": json_text.context_members(context),
            "events": (event_record(one, context, labels) for one in extract.events),
            "actors": (record(one) for _, one in sorted(extract.actors.items())),
            "dossiers": (record(one) for _, one in sorted(extract.dossiers.items())),
            "statements": (record(one) for one in extract.statements),
        }
    )
    return Export(context.filename("json"), "application/json", data)


def event_record(event: TimelineEvent, context: Context, labels: Vocabulary) -> dict[str, Any]:
    """Every field of an event, its address, and the labels of its codes in the language of the file."""
    lang = context.lang
    return {
        **record(event),
        "permalink": web_link(context.event_permalink(event.event_id)),
        "heading": one_line(event.heading(lang)),
        "body": one_line(body(event)),
        "type_label": labels.label("event_types", event.type, lang),
        "status_label": labels.label("statuses", event.status, lang),
        "stage_label": stage_label(event, labels, lang),
        "jurisdiction_label": labels.label("jurisdictions", event.jurisdiction, lang),
    }


def record(row: Any) -> dict[str, Any]:
    """A record of :mod:`data.rows` with its own names of fields, made harmless."""
    return {_NAMES.get(one.name, one.name): _harmless(one.name, getattr(row, one.name)) for one in fields(row)}


def _harmless(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return web_link(value) if name == "url" else shortened(value) if name == "quote" else one_line(value)
    if isinstance(value, Mapping):
        return {one_line(key): one_line(text) for key, text in sorted(value.items())}
    if isinstance(value, tuple) and "identifiers" in name:
        return [{"scheme": scheme, "value": one_line(text)} for scheme, text in value]
    if isinstance(value, tuple):
        return [record(one) if is_dataclass(one) else _harmless("", one) for one in value]
    return value
