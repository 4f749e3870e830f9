"""RIS, as reference managers read it: the view as a data set, then one record per event, in order."""

from __future__ import annotations

from collections.abc import Iterator

from data.export.cited import Citation, Parts
from data.export.context import Context, Export, Options
from data.export.csl import citations
from data.export.extract import Extract
from data.vocabulary import Vocabulary

#: CSL type -> type of RIS
_TYPES = {
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "dataset": "DATA",
    "event": "GEN",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "post": "BLOG",
    "regulation": "GOVDOC",
    "report": "RPRT",
    "speech": "GOVDOC",
    "treaty": "STAT",
    "webpage": "ELEC",
}


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The records in UTF-8, each line ``TAG  - value`` with CR LF, a blank line between records."""
    records = (
        "".join(f"{tag}  - {value}\r\n" for tag, value in fields(one)) for one in citations(extract, context, labels)
    )
    return Export(
        context.filename("ris"), "application/x-research-info-systems; charset=utf-8", "\r\n".join(records).encode()
    )


def fields(c: Citation) -> Iterator[tuple[str, str]]:
    """Tags and values of a record, ``TY`` first and ``ER`` last; a tag without a value is left out."""
    tags: list[tuple[str, str]] = [
        ("TY", _TYPES[c.type]),
        ("ID", c.id),
        ("TI", c.marked_title),
        ("AU", c.author or c.court),
        ("T2", c.publisher if c.type == "article-newspaper" else c.gazette),
        ("PB", "" if c.type == "article-newspaper" else c.publisher),
        ("PY", str(c.issued[0][0]) if c.issued else ""),
        ("DA", _date(c.issued)),
        ("IS", c.number.shown if c.number else ""),
        ("ET", c.version),
        ("CY", c.place),
        ("LA", c.title_lang),
        ("AB", c.abstract),
        *(("KW", one) for one in c.keywords),
        ("UR", c.url),
        ("Y2", _date(c.accessed)),
        *(("N1", one) for one in c.notes),
        *_event_notes(c),
    ]
    yield from ((tag, value) for tag, value in tags if value)
    yield "ER", ""


def _event_notes(c: Citation) -> list[tuple[str, str]]:
    """The date of the event for programs, beside the words for people."""
    if not c.event_id:
        return []
    title = [("N1", f"original_title={c.original}")] if c.original else []
    return [("N1", f"event_date={c.event_iso}"), ("N1", f"date_precision={c.precision}"), *title]


def _date(parts: Parts) -> str:
    """``2024/05/21/``, ``2024/05//`` or ``2024///``; of a span its first end."""
    if not parts:
        return ""
    year, *rest = parts[0]
    month, day = (f"{one:02d}" for one in (*rest, 0, 0)[:2])
    return f"{year:04d}/{month.replace('00', '')}/{day.replace('00', '')}/"
