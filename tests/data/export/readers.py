"""How each format is read back, by a library that did not write it: the events it holds, in its order.

A format joins the tests over all formats with one line of :data:`READERS`.
"""

from __future__ import annotations

import calendar
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import bibtexparser
import feedparser
import networkx as nx
import openpyxl
import rispy
from icalendar import Calendar
from markdown_it import MarkdownIt

from data.export import Export
from data.export.wording import word
from data.rows import TimelineEvent
from tests.data.export import printed

#: precisions told by a span of days and not by a part of a date
SPANS = ("quarter", "half", "range")


class Read(NamedTuple):
    """An event as a file tells it: ``date`` in the shortest ISO form. Empty where the format has no place for it."""

    event_id: str
    date: str = ""
    precision: str = ""


def of(event: TimelineEvent) -> Read:
    """What a format with a place for everything must tell."""
    return Read(event.event_id, event.date, event.precision)


def rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file under the names of its header."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def sheet(data: bytes, name: str) -> list[dict[str, object]]:
    """The rows of a sheet under the names of its header; empty cells are None."""
    found = list(openpyxl.load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True))
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


def read_csv(export: Export) -> list[Read]:
    return [_of_row(row) for row in rows(export.data)]


def read_xlsx(export: Export) -> list[Read]:
    return [_of_row(row) for row in sheet(export.data, "Timeline")]


def _of_row(row: dict) -> Read:
    first, last, precision = row["date"], row["date_end"], row["date_precision"]
    return Read(row["event_id"], f"{first}/{last}" if precision in SPANS else first, precision)


def read_slides(export: Export) -> list[Read]:
    return [_of_slide(one) for one in json.loads(export.data)["events"]]


def read_slide_rows(export: Export) -> list[Read]:
    """The sheet has no column for an id: the link in the text leads to it."""
    found = []
    for row in rows(export.data):
        if row["Type"] == "title":
            continue
        link = re.findall(r'href="([^"]*[?&](?:amp;)?event=[^"]*)"', row["Text"])[-1]
        parts = {
            name: {part.lower(): int(row[prefix + part]) for part in ("Year", "Month", "Day") if row[prefix + part]}
            for name, prefix in (("start_date", ""), ("end_date", "End "))
        }
        event_id = parse_qs(urlsplit(link.replace("&amp;", "&")).query)["event"][0]
        found.append(_of_slide({"unique_id": event_id, **{name: one for name, one in parts.items() if one}}))
    return found


def _of_slide(slide: dict) -> Read:
    start, end = slide["start_date"], slide.get("end_date")
    known = [start[part] for part in ("year", "month", "day") if part in start]
    first = "-".join(f"{part:02d}" for part in known)
    if not end:
        return Read(slide["unique_id"], first, ("year", "month", "day")[len(known) - 1])
    if "day" in end:
        last = f"{end['year']}-{end['month']:02d}-{end['day']:02d}"
        return Read(slide["unique_id"], f"{first}/{last}", "range")
    last_day = calendar.monthrange(end["year"], end["month"])[1]
    months = (end["year"] - start["year"]) * 12 + end["month"] - start["month"] + 1
    span = f"{first}-01/{end['year']}-{end['month']:02d}-{last_day}"
    return Read(slide["unique_id"], span, {3: "quarter", 6: "half"}[months])


def read_ics(export: Export) -> list[Read]:
    found = []
    for one in Calendar.from_ical(export.data).walk("VEVENT"):
        uid, _, domain = str(one["UID"]).partition("@")
        assert domain == "deepfake-policy-monitor"
        first, last = one["DTSTART"].dt, one["DTEND"].dt - timedelta(days=1)
        found.append(Read(uid, *_spanned(first, last, str(one["DESCRIPTION"]))))
    return found


def _spanned(first: date, last: date, told: str) -> tuple[str, str]:
    """Date and precision of a span of days, as the words beside it tell."""
    words = {word(name, lang): name for lang in ("fr", "en") for name in ("year", "month", *SPANS)}
    precision = next((name for shown, name in words.items() if f"({shown})" in told), "day")
    if precision in SPANS:
        return f"{first}/{last}", precision
    return str(first)[: {"year": 4, "month": 7, "day": 10}[precision]], precision


def read_atom(export: Export) -> list[Read]:
    feed = feedparser.parse(io.BytesIO(export.data))
    assert not feed.bozo, feed.get("bozo_exception")
    found = []
    for entry in feed.entries:
        terms = {one["scheme"].rpartition("/")[2]: one["term"] for one in entry.tags}
        found.append(Read(entry.id.rpartition("/")[2], terms["date"], terms["precision"]))
    return found


def read_json(export: Export) -> list[Read]:
    events = json.loads(export.data)["events"]
    return [Read(one["event_id"], one["date"], one["date_precision"]) for one in events]


def read_markdown(export: Export) -> list[Read]:
    """The ids and dates stand as code in the list below the heading of each event."""
    words = {word(name, lang): name for lang in ("fr", "en") for name in ("year", "month", *SPANS)}
    codes, found = [], []
    for token in MarkdownIt("commonmark").enable("table").parse(export.data.decode()):
        inner = token.children or []
        codes += [(one.content, token.content) for one in inner if one.type == "code_inline"]
    for (event_id, _), (day, line) in zip(codes[::2], codes[1::2], strict=True):
        found.append(Read(event_id, day, next((name for shown, name in words.items() if f"({shown})" in line), "day")))
    return found


def read_csl(export: Export) -> list[Read]:
    return [
        Read(one["id"], one["custom"]["event_date"], one["custom"]["date_precision"])
        for one in _without_view(json.loads(export.data), "id")
    ]


def read_ris(export: Export) -> list[Read]:
    found = []
    for one in _without_view(rispy.loads(export.data.decode()), "id"):
        notes = dict(re.findall(r"(event_date|date_precision)=(\S+)", " ".join(one["notes"])))
        found.append(Read(one["id"], notes["event_date"].strip(";,."), notes["date_precision"].strip(";,.")))
    return found


def read_bibtex(export: Export) -> list[Read]:
    entries = bibtexparser.parse_string(export.data.decode()).entries
    assert entries[0].key.startswith("view:")
    return [Read(one.key, one["eventdate"], one["dateprecision"]) for one in entries[1:]]


def _without_view(found: list[dict], key: str) -> list[dict]:
    """Without the record of the view itself, which reference files begin with."""
    assert found[0][key].startswith("view:")
    return found[1:]


def read_network(graph: nx.Graph) -> list[Read]:
    return [
        Read(name, one["date"], one["date_precision"])
        for name, one in graph.nodes(data=True)
        if one.get("kind") == "event"
    ]


def read_bundle(export: Export) -> list[Read]:
    """Every table, feed and page in it holds the same events; those are told."""
    with zipfile.ZipFile(io.BytesIO(export.data)) as archive:
        assert archive.testzip() is None
        files = json.loads(archive.read("manifest.json"))["files"]
        told = {}
        for one in files:
            inner = Export(one["name"], one["mime"], archive.read(one["name"]))
            told[one["format"]] = READERS[one["format"]](inner)
    wanted = sorted(one.event_id for one in told["csv"])
    assert [name for name, found in told.items() if sorted(one.event_id for one in found) != wanted] == []
    return told["csv"]


def _ids_alone(read: Callable[[bytes], list[str]]) -> Callable[[Export], list[Read]]:
    return lambda export: [Read(one) for one in read(export.data)]


READERS: dict[str, Callable[[Export], list[Read]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "timelinejs": read_slides,
    "timelinejs-csv": read_slide_rows,
    "ics": read_ics,
    "atom": read_atom,
    "json": read_json,
    "markdown": read_markdown,
    "csl": read_csl,
    "ris": read_ris,
    "bibtex": read_bibtex,
    "gexf": lambda export: read_network(nx.read_gexf(io.BytesIO(export.data))),
    "graphml": lambda export: read_network(nx.read_graphml(io.BytesIO(export.data))),
    "bundle": read_bundle,
    **{fmt: _ids_alone(one) for fmt, one in printed.IDS.items()},
}

#: formats with an order of their own; the others are in order of date
OWN_ORDER = frozenset({"atom", "svg"})


def _readme_sheet(export: Export) -> str:
    book = openpyxl.load_workbook(io.BytesIO(export.data))
    return "\n".join(str(cell) for row in book["README"].iter_rows(values_only=True) for cell in row if cell)


def _readme_page(export: Export) -> str:
    with zipfile.ZipFile(io.BytesIO(export.data)) as archive:
        return archive.read("README.txt").decode()


def _unfolded(export: Export) -> str:
    return export.data.decode().replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")


def _page(export: Export) -> str:
    tokens = MarkdownIt("commonmark").enable("table").parse(export.data.decode())
    return "\n".join(one.content for token in tokens for one in token.children or [])


#: where the words of a file are found when they are not simply its text
TEXTS: dict[str, Callable[[Export], str]] = {
    "xlsx": _readme_sheet,
    "bundle": _readme_page,
    "ics": _unfolded,
    "markdown": _page,
    **{fmt: lambda export, words=words: words(export.data) for fmt, words in printed.WORDS.items()},
}


def text(fmt: str, export: Export) -> str:
    """What a file says of itself, in words; HTML inside it as it is shown."""
    if fmt in TEXTS:
        return TEXTS[fmt](export)
    said = unescape(unescape(export.data.decode()))
    return re.sub(r"\\([,;&_])", r"\1", said)  # BibTeX


def read(fmt: str, export: Export) -> list[Read]:
    """The events of a file. A format without a reader fails by name."""
    assert fmt in READERS, f"{fmt}: tests/data/export/readers.py needs a line that reads it"
    return READERS[fmt](export)


def ids(fmt: str, export: Export) -> list[str]:
    """The ids a file carries, in its order."""
    return [one.event_id for one in read(fmt, export)]
