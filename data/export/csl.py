"""CSL-JSON (schema 1.0 of the Citation Style Language): the view as a data set, then one item per event, in order.

https://github.com/citation-style-language/schema
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from data.export import cited
from data.export.citation_words import word
from data.export.cited import Citation, Parts
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.vocabulary import Vocabulary

MIME = "application/vnd.citationstyles.csl+json; charset=utf-8"


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """A JSON list of items; of an empty view that of the view alone."""
    lines = (json.dumps(item(one), ensure_ascii=False) for one in citations(extract, context, labels))
    return Export(context.filename("csl.json"), MIME, "[\n{}\n]\n".format(",\n".join(lines)).encode())


def citations(extract: Extract, context: Context, labels: Vocabulary) -> Iterable[Citation]:
    """The view itself, then every event through its primary source."""
    yield cited.of_view(context)
    for event in extract.events:
        yield cited.of_event(event, extract, context, labels)


def item(c: Citation) -> dict[str, Any]:
    """A citation under the names of CSL. A key without a value is left out."""
    number = c.number.shown if c.number else ""
    is_chapter = bool(c.number and c.number.scheme == "uk.act" and number.startswith("c. "))
    found: dict[str, Any] = {
        "id": c.id,
        "type": c.type,
        "title": c.marked_title,
        "original-title": c.original,
        "language": c.title_lang,
        "author": [{"literal": c.author}] if c.author else [],
        "authority": c.court,
        "container-title": _container(c),
        # styles print author, newspaper and publisher side by side
        "publisher": "" if c.author == c.publisher or c.type == "article-newspaper" else c.publisher,
        "number": "" if is_chapter else number,
        "chapter-number": number.removeprefix("c. ") if is_chapter else "",
        "jurisdiction": c.place,
        "issued": date(c.issued),
        "available-date": date(c.printed),
        "event-title": c.event_title,
        "event-date": date(c.event_date),
        "accessed": date(c.accessed),
        "URL": c.url,
        "version": c.version,
        "status": c.status,
        "references": c.file,
        "abstract": c.abstract,
        "keyword": ", ".join(c.keywords),
        "note": "; ".join(c.notes),
        "custom": _custom(c),
    }
    return {key: value for key, value in found.items() if value}


def date(parts: Parts) -> dict[str, list[list[int]]]:
    """``date-parts`` with a year, a month and a day as far as known, two of them for a span; empty for no date."""
    return {"date-parts": [list(one) for one in parts]} if parts else {}


def _container(c: Citation) -> str:
    if c.type == "article-newspaper":
        return c.publisher
    if c.gazette == "JORF":
        return word("JORF", c.lang)
    return c.gazette


def _custom(c: Citation) -> dict[str, str | bool]:
    """What CSL has no place for. ``title_is_description``: the title is our words for what happened."""
    found: dict[str, str | bool] = {
        "event_id": c.event_id,
        "event_date": c.event_iso,
        "date_precision": c.precision,
        "permalink": c.permalink,
        "title_translated": c.translated,
        "title_is_description": c.is_described,
    }
    return {key: value for key, value in found.items() if value}
