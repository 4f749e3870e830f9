"""The words of the command line: commands and their options."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from collectors.clock import fixed_clock, system_clock
from collectors.workers import KINDS as KINDS_OF_WORKERS
from data.digest import KINDS
from data.subscriptions import EVERY, LANGUAGES


def parser(about: str) -> argparse.ArgumentParser:
    """Every command with its options; ``about`` describes them all."""
    found = argparse.ArgumentParser(prog="python -m collectors", description=about)
    found.formatter_class = argparse.RawDescriptionHelpFormatter
    commands = found.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build", help="database, baseline, first snapshot")
    collecting = commands.add_parser("collect", help="visit the sources")
    collecting.add_argument("--source", action="append", default=[], metavar="ID", help="only this source (repeatable)")
    collecting.add_argument("--due", action="store_true", help="only sources whose interval has passed")
    collecting.add_argument("--notify", action="store_true", help="then send the changes by mail that are due")
    collecting.add_argument("--record", type=Path, metavar="DIR", help="write each response into DIR")
    collecting.add_argument("--replay", type=Path, metavar="DIR", help="answer every request from DIR, no network")
    collecting.add_argument("--jobs", type=int, default=8, help="sources fetched side by side (replay: 1)")
    watching = commands.add_parser("watch", help="collect what is due, for ever")
    watching.add_argument("--jobs", type=int, default=8, help="sources fetched side by side")
    watching.add_argument("--log", choices=("text", "json"), default="text", help="json: one object a line, on stderr")
    watching.set_defaults(replay=None, record=None)
    adding = commands.add_parser("add", help="read one clipping")
    adding.add_argument("what", metavar="FILE_OR_URL")
    adding.add_argument("--published", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
    adding.add_argument("--publisher", default="")
    adding.add_argument("--title", default="")
    adding.add_argument("--url", default="", help="public address of the file's text")
    adding.add_argument("--lang", default="", help="language code when it is known")
    adding.add_argument("--jurisdiction", default="", help="country of the publisher, e.g. fr")
    reading = commands.add_parser("read", help="read documents without a database")
    reading.add_argument("--documents", required=True, type=Path, metavar="FILE.jsonl")
    reading.add_argument("--predictions", required=True, type=Path, metavar="OUT.jsonl")
    again = commands.add_parser("reread", help="what today's rules would change in what is kept")
    again.add_argument("--apply", action="store_true", help="write it")
    again.add_argument("--all", action="store_true", help="also what was read with the same rules")
    again.add_argument("--source", default="", metavar="ID", help="only this source")
    rebuilding = commands.add_parser("rebuild", help="parse and read every kept answer again, without a network")
    rebuilding.add_argument("--check", action="store_true", help="only compare; exit code 1 when anything differs")
    for one in (reading, again):
        one.add_argument("--executor", choices=KINDS_OF_WORKERS, default="inline", help="where texts are read")
        one.add_argument("--workers", type=int, default=2, metavar="N", help="processes that read")
        one.add_argument(
            "--scheduler", default="", metavar="ADDRESS", help="a Dask scheduler (default: one begun here)"
        )
    labelling = commands.add_parser("labels", help="what the team decided, as an annotated collection")
    labelling.add_argument("--out", type=Path, metavar="FILE.jsonl", help="write it here (else it is printed)")
    scoring = commands.add_parser("score", help="how well texts are read: an annotated collection, what was decided")
    scoring.add_argument("collection", nargs="?", type=Path, metavar="ANNOTATED.jsonl")
    explaining = commands.add_parser("explain", help="a kept item's text with every decision of reading it")
    explaining.add_argument("what", metavar="ITEM", help="number of the item (as in its address) or its URL")
    joined = commands.add_parser("joins", help="which records were put together, and why")
    joined.add_argument("what", nargs="?", default="", metavar="ID", help="only those of this event or dossier")
    joined.add_argument("--proposed", action="store_true", help="persons who share a name and wait for a decision")
    deciding = commands.add_parser("decide", help="the team's word on a record; outranks every rule")
    deciding.add_argument("kind", choices=("confirm", "reject", "correct", "note", "split", "merge"))
    deciding.add_argument("entity", choices=("event", "item", "dossier", "actor"))
    deciding.add_argument("one", metavar="ID", help="of an item its number or its URL")
    deciding.add_argument("other", nargs="?", default="", metavar="OTHER_ID", help="of a split or a merge")
    deciding.add_argument("--type", default="", help="the right type of a corrected event")
    deciding.add_argument("--date", default="", help="its right date: 2026, 2026-01, 2026-01-26 or start/end")
    deciding.add_argument("--why", default="", help="the reason, or the note")
    deciding.add_argument("--by", default="", help="who decides")
    deciding.add_argument("--private", action="store_true", help="reject: it names, or is, a private person")
    withdrawing = commands.add_parser("withdraw", help="take a decision back")
    withdrawing.add_argument("number", type=int)
    listing = commands.add_parser("sources", help="list the catalogue")
    listing.add_argument("--coverage", action="store_true", help="what is read of each place and body, what is not")
    listing.add_argument("--page", action="store_true", help="the page docs/sources.md")
    listing.add_argument("--lang", choices=("en", "fr"), default="en")
    checking = commands.add_parser("check", help="validate the reference data, ask every source once")
    checking.add_argument("--offline", action="store_true", help="only validate the reference data")
    checking.add_argument("--source", action="append", default=[], metavar="ID", help="only this source (repeatable)")
    checking.add_argument("--replay", type=Path, metavar="DIR", help="answer every request from DIR, no network")
    checking.add_argument("--out", type=Path, metavar="FILE.md", help="write the table here (else it is printed)")
    keeping = commands.add_parser("backup", help="everything that cannot be fetched again, in one file")
    keeping.add_argument("file", type=Path, metavar="FILE.tar")
    restoring = commands.add_parser("restore", help="put it back from such a file, and publish")
    restoring.add_argument("file", type=Path, metavar="FILE.tar")
    restoring.add_argument("--replace", action="store_true", help="also where there is a record already")
    notifying = commands.add_parser("notify", help="changes by mail: subscriptions, and the round that sends them")
    notified = notifying.add_subparsers(dest="what", metavar="WHAT")
    notifying.set_defaults(what="send", dry_run=False, now=system_clock)
    sending = notified.add_parser("send", help="send what is pending and what is due")
    sending.add_argument("--dry-run", action="store_true", help="print what would be sent, write and send nothing")
    subscribing = notified.add_parser("add", help="tell an address of what changes from now on")
    subscribing.add_argument("address", metavar="ADDRESS")
    subscribing.add_argument("--view", default="", help="filters as a query string (default: every event)")
    subscribing.add_argument("--saved", default="", metavar="NAME", help="a view the team keeps, by its name")
    subscribing.add_argument("--actor", default="", metavar="ID", help="one actor")
    subscribing.add_argument("--kind", choices=KINDS, default=KINDS[0], help=f"what is told (default: {KINDS[0]})")
    subscribing.add_argument("--every", choices=EVERY, default=EVERY[0], help="how often at most (default: daily)")
    subscribing.add_argument("--lang", choices=LANGUAGES, default="fr")
    notified.add_parser("list", help="every subscription and how it stands")
    ending = notified.add_parser("remove", help="end a subscription and forget its address")
    ending.add_argument("number", type=int)
    timed = (building, collecting, watching, adding, again, rebuilding, checking, deciding, withdrawing)
    for one in (*timed, sending, subscribing, ending, keeping, restoring):
        one.add_argument(
            "--now", type=fixed_clock, default=system_clock, metavar="INSTANT", help="hold the clock still"
        )
    return found
