"""``build``, ``collect`` and ``add``: what writes the collected database and publishes it."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from collectors import READ_WITH, clippings
from collectors.analysis.lexicon import rule_version
from collectors.apart import Apart
from collectors.assemble import assemble
from collectors.clippings import SOURCE, Clipping, ClippingCollector, as_told
from collectors.clock import Clock, stamp
from collectors.commands import interpreter, no_such, opened, published, settings
from collectors.http import NetworkDoor
from collectors.notify import send_due
from collectors.outcomes import Failure, Fetched
from collectors.parsers import parser_version
from collectors.replay import RecordingDoor, ReplayDoor
from collectors.run import Plan, collect, due
from collectors.wire import Network
from data import (
    store,
    store_kept,
    store_runs,
    store_sources,
)
from data.database import (
    Database,
    collected_path,
    payload_folder,
    writer_lock,
)
from data.errors import MonitorError
from data.models import Response, Source
from data.payloads import keep_payload
from data.reference import load_sources

#: outcomes somebody has to look at; a publisher that could not be reached is told and tried again
FAILED = {"failed", "blocked", "suspicious"}


def build_command(options: argparse.Namespace) -> int:
    with writer_lock(collected_path()):
        db = opened(options.now)
        assemble(db, options.now)
        published(db, options.now)
        count = store_sources.event_count(db)
        db.close()
    print(f"ready: {count} events in {collected_path().parent}")
    return 0


def collect_command(options: argparse.Namespace) -> int:
    catalogue = {source.id: source for source in load_sources()}
    if unknown := [name for name in options.source if name not in catalogue]:
        return no_such(unknown)
    with writer_lock(collected_path()):
        db = opened(options.now)
        chosen = [catalogue[name] for name in options.source] or list(catalogue.values())
        chosen.sort(key=lambda one: (not one.options.get("first", False), one.id))
        if options.due:
            chosen = due(chosen, store_runs.last_visits(db), options.now())
        outcomes = gather(db, chosen, options, print)
        if outdated := store_kept.outdated_count(db, rule_version()):
            print(f"{outdated} kept items were read with other rules: 'reread' shows what today's would change")
        db.close()
    told = send_due(options.now) if options.notify else 0
    return 1 if told or any(outcome in FAILED for outcome in outcomes.values()) else 0


def gather(
    db: Database, chosen: list[Source], options: argparse.Namespace, say: Callable[[str], None]
) -> dict[str, str]:
    """Visit the sources, join, publish; source id -> outcome."""
    with closing(_door(options, db)) as door, Apart() as parse:
        return collect(
            db,
            Plan(chosen, jobs=1 if options.replay else options.jobs),
            door,
            interpreter(db),
            options.now,
            say,
            lambda: published(db, options.now),
            parse,
        )


def _door(options: argparse.Namespace, db: Database) -> NetworkDoor | RecordingDoor | ReplayDoor:
    if options.replay:
        return ReplayDoor(options.replay, options.now)
    door = network_door(db, options.now)
    return RecordingDoor(door, options.record) if options.record else door


def network_door(
    db: Database, clock: Clock, wire: Network | None = None, sleep: Callable[[float], None] = time.sleep
) -> NetworkDoor:
    """The door to the network with what hosts asked for in earlier runs."""
    return NetworkDoor(settings(), clock, sleep, holds=store_runs.held_hosts(db, stamp(clock)), wire=wire)


def add_command(options: argparse.Namespace) -> int:
    clipping = Clipping(
        name=Path(options.what).name,
        published_on=options.published,
        publisher=options.publisher,
        title=options.title,
        url=options.url or (options.what if options.what.startswith(("http://", "https://")) else ""),
        lang=options.lang,
        jurisdiction=options.jurisdiction,
    )
    with writer_lock(collected_path()):
        db = opened(options.now)
        response = _clipping_response(options, db)
        digest = keep_payload(payload_folder(), response.body)
        interpret = interpreter(db)
        with Apart() as parse:
            records = list(parse(ClippingCollector(clipping).parse, response, SOURCE, SOURCE.max_mb))
        entries = [interpret(record, SOURCE) for record in records]
        counts = store.Counts()
        for unit in store.units(
            SOURCE, response, entries, etag="", last_modified="", read_with=READ_WITH,
            told=store_kept.told_of(**as_told(clipping)), parser=parser_version(clippings),
        ):  # fmt: skip
            counts.add(store.record_unit(db, unit, digest))
        assemble(db, options.now)
        published(db, options.now)
        db.close()
    reading = entries[0].reading
    found = len(reading.events) if reading else 0
    state = "new" if counts.new else "changed" if counts.changed else "as before"
    print(f"{clipping.name}: {state}, on the subject: {'yes' if reading and reading.relevance.relevant else 'no'}, "
          f"{found} events read")  # fmt: skip
    return 0


def _clipping_response(options: argparse.Namespace, db: Database) -> Response:
    if not options.what.startswith(("http://", "https://")):
        try:
            body = Path(options.what).read_bytes()
        except OSError as error:
            raise MonitorError(f"cannot read {options.what}: {error.strerror}") from error
        name = Path(options.what).name
        kind = "text/html" if name.lower().endswith((".html", ".htm")) else ""
        return Response(url=name, status=200, headers={"content-type": kind}, body=body, fetched_at=stamp(options.now))
    with closing(network_door(db, options.now)) as door:
        outcome = door.get(
            options.what, validators=None, max_bytes=SOURCE.max_mb * 1024 * 1024, accept="text/html, */*;q=0.5",
            check_robots=True,
        )  # fmt: skip
    if isinstance(outcome, Fetched):
        return outcome.response
    said = f"{outcome.kind} {outcome.detail}".rstrip() if isinstance(outcome, Failure) else "nothing new"
    raise MonitorError(f"could not fetch {options.what}: {said}")
