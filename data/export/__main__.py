"""Take a view away from the command line.

    python -m data.export csv --view "jurisdiction=fr&from=2025-01-01" --out fr.csv
    python -m data.export bundle --saved "Before the hearing" --out OUT/
    python -m data.export cite --event fr-sren-2024-05-22-jorf --style oscola
    python -m data.export release OUT/

``cite`` prints copyable citation lines of an event, of one of its sources or of a view.
``release`` writes the whole public record as open data into a new folder of ``OUT/``. Everything is read from the
published snapshot with what the team decided since. Exit code 2, with the reason, when the view, the format or the
database is not usable; nothing is written then.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from data import coverage, desk, queries, rewind
from data.edition import current, open_edition
from data.errors import MonitorError, ViewError
from data.export import FORMATS, Context, Export, Extract, Options, build, cite_command, gather, reason
from data.export.context import FEEDS, LANGUAGES
from data.export.extract import gather_event
from data.export.phrases import phrase
from data.export.release import write_release
from data.export.site import write_site
from data.export.wording import check_codes, view_title, word
from data.view import PAGE_KEYS, View
from data.vocabulary import Vocabulary, load_vocabulary

#: other names people know a format by
ALIASES = {"ical": "ics", "icalendar": "ics", "excel": "xlsx", "md": "markdown", "feed": "atom", "zip": "bundle"}


def main(argv: Sequence[str] | None = None) -> int:
    """Write one file, standard output or a folder; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["release"]:
        return _release(words[1:])
    if words[:1] == ["site"]:
        return _site(words[1:])
    if words[:1] == ["cite"]:
        return _cite(words[1:])
    options = _parser().parse_args(words)
    try:
        export, count = take(options)
        target = _write(export, options.out)
    except ImportError as error:
        print(f"data.export: {options.format} cannot be made here: {reason(error)}", file=sys.stderr)
        return 2
    except (MonitorError, OSError) as error:
        print(f"data.export: {error}", file=sys.stderr)
        return 2
    print(f"{count} events, {len(export.data)} bytes: {target}", file=sys.stderr)
    for note in export.notes:
        print(f"note: {note}", file=sys.stderr)
    return 0


def _release(words: Sequence[str]) -> int:
    """The open data release of now, in a folder named by its day."""
    parser = argparse.ArgumentParser(prog="python -m data.export release", description="Write an open data release.")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder in which the release gets a folder of its own")
    _address(parser)
    options = parser.parse_args(words)
    try:
        db = open_edition()
        try:
            release = write_release(db, options.out, address=options.address)
        finally:
            db.close()
    except (MonitorError, OSError) as error:
        print(f"data.export: {error}", file=sys.stderr)
        return 2
    counts = ", ".join(f"{count} {name}" for name, count in release.counts.items())
    print(f"{release.folder}: {counts}", file=sys.stderr)
    return 0


def _site(words: Sequence[str]) -> int:
    """The static site of now."""
    parser = argparse.ArgumentParser(prog="python -m data.export site", description="Write the record as a web site.")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder of the site: new, empty or a former site")
    parser.add_argument("--site", required=True, metavar="ADDRESS", help="address at which the site will stand")
    parser.add_argument("--monitor", default="", metavar="ADDRESS", help="address of the dashboard, when there is one")
    options = parser.parse_args(words)
    try:
        db = open_edition()
        try:
            site = write_site(db, options.out, root=options.site, monitor=options.monitor)
        finally:
            db.close()
    except (MonitorError, OSError) as error:
        print(f"data.export: {error}", file=sys.stderr)
        return 2
    print(f"{site.folder}: {site.page_count} pages, {site.feed_count} files beside them", file=sys.stderr)
    return 0


def _cite(words: Sequence[str]) -> int:
    """Citation lines on standard output."""
    parser = cite_command.parser()
    parser.set_defaults(saved="", only_new_since=None)
    _address(parser)
    options = parser.parse_args(words)
    try:
        extract, context, labels, names = seen(options, options.event)
        for line in cite_command.lines(options, extract, context, labels, names):
            print(line)
    except (MonitorError, OSError) as error:
        print(f"data.export: {error}", file=sys.stderr)
        return 2
    return 0


def take(options: argparse.Namespace) -> tuple[Export, int]:
    """The file of a view and its number of events. Raises MonitorError."""
    extract, context, labels, _ = seen(options)
    chosen = Options(delimiter=options.delimiter, bom=options.bom, noindex=options.noindex, feed=options.feed)
    export = build(options.format, extract, context, options=chosen, labels=labels)
    if context.is_local:
        warned = phrase("local", context.lang, host=urlsplit(context.permalink_base).netloc)
        export = replace(export, notes=(*export.notes, warned))
    return export, len(extract.events)


def seen(
    options: argparse.Namespace, event_id: str | None = None
) -> tuple[Extract, Context, Vocabulary, dict[str, dict[str, str]]]:
    """What a view, or one event whatever the view, shows, what a file says of it, and in each language what the files
    and actors that it asks for are called. Raises MonitorError."""
    query = _saved(options.saved) if options.saved else (options.view or "").rpartition("?")[2]
    view = View.parse(query, ignore=PAGE_KEYS)
    labels = load_vocabulary()
    check_codes(view, labels)
    db = open_edition(current(_day(query)))
    try:
        extract = gather(db, view) if event_id is None else gather_event(db, event_id)
        snapshot = queries.snapshot(db)
        names = {lang: queries.view_names(db, view, lang) for lang in LANGUAGES}
    finally:
        db.conn.close()
    title = options.title or options.saved or view_title(view, labels, options.lang, names[options.lang])
    if since := options.only_new_since:
        extract = extract.only_known_since(since)
        title = f"{title} · {word('new_since', options.lang).format(day=since)}"
    context = Context(
        view_title=title,
        view=view,
        lang=options.lang,
        as_of=snapshot.instant(),
        count=len(extract.events),
        permalink_base=options.address,
        vocabulary_version=snapshot.vocabulary_version,
        not_covered=coverage.not_covered(options.lang, view.jurisdictions),
        day=snapshot.as_of[:10],
    )
    return extract, context, labels, names


def _day(query: str) -> str:
    """The day whose record the address asks for, or empty. Raises ViewError for one that cannot be shown."""
    asked = dict(parse_qsl(query)).get("as_of", "")
    if not asked:
        return ""
    day = rewind.parse_day(asked)
    db = open_edition()
    try:
        span = rewind.span(db)
    finally:
        db.close()
    if span is None or not span.first <= day < span.last:
        days = f"{span.first} to {span.last - timedelta(days=1)}" if span else "none yet"
        raise ViewError(f"there is no record of the end of {day}; days that can be shown: {days}")
    return day.isoformat()


def _saved(name: str) -> str:
    """The query of a kept view. Raises ViewError, with the names there are, for one that nobody kept."""
    kept = {one.name: one.query for one in desk.saved_views()}
    if name not in kept:
        raise ViewError(f"no view is kept as {name!r}; kept views: {', '.join(kept) or 'none'}")
    return kept[name]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data.export", description="Export the events of a view.")
    parser.add_argument(
        "format",
        metavar="FORMAT",
        type=lambda name: ALIASES.get(name.lower(), name.lower()),
        choices=sorted(FORMATS),
        help=f"{', '.join(sorted(FORMATS))} (also known as: {', '.join(ALIASES)})",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--view", default="", help="filters as a query string: jurisdiction=fr&harm=ncii")
    which.add_argument("--saved", default="", metavar="NAME", help="a view the team kept under this name")
    parser.add_argument(
        "--only-new-since",
        type=_a_day,
        metavar="DAY",
        help="only events the monitor first knew on this UTC day or later",
    )
    parser.add_argument(
        "--feed", default="changed", choices=FEEDS, help="of atom: tell of new and changed events, or of new ones alone"
    )
    parser.add_argument("--lang", default="fr", choices=LANGUAGES, help="language of labels and titles")
    parser.add_argument("--title", default="", help="title of the view; made from its filters unless given")
    parser.add_argument("--out", type=Path, help="file or folder to write; standard output unless given")
    parser.add_argument("--delimiter", default=",", help="of CSV: , or ; (French Excel)")
    parser.add_argument("--bom", action="store_true", help="start CSV with a byte-order mark (Excel)")
    parser.add_argument("--noindex", action="store_true", help="ask search engines to leave an HTML page out")
    _address(parser)
    return parser


def _a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written YYYY-MM-DD, not {text!r}") from None


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--address",
        default=os.environ.get("MONITOR_ADDRESS", "http://localhost:8501/timeline"),
        help="address of the timeline page, for permalinks (environment: MONITOR_ADDRESS)",
    )


def _write(export: Export, out: Path | None) -> str:
    """Write whole or not at all; in a folder the file takes the export's own name."""
    if out is None:
        sys.stdout.buffer.write(export.data)
        sys.stdout.buffer.flush()
        return "standard output"
    target = out / export.filename if out.is_dir() else out
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(export.data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return str(target)


if __name__ == "__main__":
    sys.exit(main())
