"""Taking a view away: one list of events, one set of ids, many writers. Records in, bytes out.

Fields of every format: ``docs/exports.md``. Command line: ``python -m data.export``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from data.errors import MonitorError, ViewError
from data.export.context import LICENCES, Context, Export, Options
from data.export.extract import Extract, gather
from data.vocabulary import Vocabulary, load_vocabulary

__all__ = [
    "FORMATS",
    "LICENCES",
    "Context",
    "Export",
    "Extract",
    "Format",
    "Options",
    "Writer",
    "build",
    "gather",
    "reason",
]

Writer = Callable[[Extract, Context, Vocabulary, Options], Export]


@dataclass(frozen=True)
class Format:
    """A kind of file: the end of its name, its MIME type, and the module whose ``write`` makes it.

    The module is loaded when a file is made, so that a page need not load the library of every format.
    """

    extension: str
    mime: str
    module: str

    @property
    def write(self) -> Writer:
        """The writer. It gets the events in order of date and gives the whole file."""
        found: Writer = import_module(f"data.export.{self.module}").write
        return found


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: dict[str, Format] = {
    "csv": Format("csv", "text/csv; charset=utf-8", "csv_table"),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "timelinejs": Format("timelinejs.json", "application/json", "timelinejs"),
    "timelinejs-csv": Format("timelinejs.csv", "text/csv; charset=utf-8", "timelinejs_csv"),
    "ics": Format("ics", "text/calendar; charset=utf-8", "ics"),
    "atom": Format("atom", "application/atom+xml; charset=utf-8", "atom"),
    "json": Format("json", "application/json", "json_view"),
    "markdown": Format("md", "text/markdown; charset=utf-8", "markdown"),
    "html": Format("html", "text/html; charset=utf-8", "html_page"),
    "pdf": Format("pdf", "application/pdf", "pdf_briefing"),
    "docx": Format("docx", DOCX, "docx_briefing"),
    "svg": Format("svg", "image/svg+xml", "svg"),
    "png": Format("png", "image/png", "png"),
    "csl": Format("csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8", "csl"),
    "ris": Format("ris", "application/x-research-info-systems; charset=utf-8", "ris"),
    "bibtex": Format("bib", "application/x-bibtex; charset=utf-8", "bibtex"),
    "gexf": Format("gexf", "application/gexf+xml; charset=utf-8", "gexf"),
    "graphml": Format("graphml", "application/graphml+xml; charset=utf-8", "graphml"),
    "bundle": Format("zip", "application/zip", "bundle"),
}


def known_notes(fmt: str, count: int, lang: str) -> tuple[str, ...]:
    """What a writer has to say of a file of ``count`` events before it is made.

    Raises ImportError when the library it needs is not installed.
    """
    notes: Callable[[int, str], tuple[str, ...]] | None
    notes = getattr(import_module(f"data.export.{FORMATS[fmt].module}"), "notes", None)
    return notes(count, lang) if notes else ()


def reason(error: BaseException) -> str:
    """Why a format cannot be made here, in a few words: the library that is missing, or the kind of failure."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"library {error.name} is not installed"
    return str(error) if isinstance(error, MonitorError) else type(error).__name__


def build(
    fmt: str,
    extract: Extract,
    context: Context,
    *,
    options: Options | None = None,
    labels: Vocabulary | None = None,
) -> Export:
    """The file of ``fmt`` with exactly the events of ``extract``, in order of date.

    Raises ViewError for an unknown format, ValueError when the rows are not those the context announces.
    ``labels`` is the vocabulary unless given.
    """
    if fmt not in FORMATS:
        raise ViewError(f"unknown format {fmt!r}; known: {', '.join(FORMATS)}")
    events = extract.events
    if context.count != len(events):
        raise ValueError(f"the context announces {context.count} events, {len(events)} were given")
    if len({one.event_id for one in events}) != len(events):
        raise ValueError("an event is given twice")
    if bad := [one.event_id for one in events if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.event_id)]:
        raise ValueError(f"not an id of [a-z0-9-], so formats would disagree on it: {bad[0]!r}")
    ordered = sorted(events, key=lambda one: (one.date_start, one.date_end, one.event_id))
    sorted_extract = replace(extract, events=ordered)
    return FORMATS[fmt].write(sorted_extract, context, labels or load_vocabulary(), options or Options())
