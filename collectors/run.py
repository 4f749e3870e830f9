"""A collection: which sources are due, fetched side by side, parsed and written one after the other.

Fetching waits for the network and runs in threads, one address at a time per source; parsing, reading and
writing happen in the calling thread, which holds the only write connection. One failing source never
stops the others.
"""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import NamedTuple
from urllib.parse import urlsplit

from collectors import apart
from collectors import clock as clocks
from collectors.access import Access, access_of
from collectors.assemble import assemble
from collectors.clock import Clock
from collectors.outcomes import Door, Outcome
from collectors.progress import Progress
from collectors.visit import Interpret, Request, Visit
from data import store, store_runs
from data.database import Database, home, payload_folder
from data.files import sweep
from data.models import Source
from data.store_runs import LastVisit

#: after a visit that did not go well, try again this soon
RETRY_AFTER = timedelta(minutes=15)

#: publish at most this often while a collection runs
PUBLISH_EVERY_SECONDS = 60.0

#: a request that takes longer takes no place from others
SLOW_SECONDS = 1.0

ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5"

PAGE_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one collection does: the sources, how many side by side, and where its progress is told."""

    sources: Sequence[Source]
    jobs: int = 8
    progress_path: Path | None = None


class _Asked(NamedTuple):
    """A request under way; ``began`` on a clock that only moves forward."""

    visit: Visit
    request: Request
    began: float


def collector_of(source: Source) -> ModuleType:
    """The module that parses this source: the feed collector or one of ``collectors/sources``."""
    name = "collectors.feed" if source.collector == "feed" else f"collectors.sources.{source.collector}"
    return importlib.import_module(name)


def due(sources: Iterable[Source], visits: dict[str, LastVisit], now: datetime) -> list[Source]:
    """The sources whose interval has passed (:func:`due_at`)."""
    return [source for source in sources if due_at(source, visits.get(source.id), now) <= now]


def due_at(source: Source, visit: LastVisit | None, now: datetime) -> datetime:
    """When a source is to be visited (UTC), given its last visit. After one that failed the interval is short, and
    doubles each time. A visit that lies ahead was made while the clock was wrong: the source is due now.
    """
    if visit is None or (started_at := datetime.fromisoformat(visit.started_at)) > now:
        return now
    interval = timedelta(hours=source.every_hours)
    if visit.failures:
        interval = min(interval, RETRY_AFTER * 2 ** min(visit.failures - 1, 10))
    return started_at + interval


def waves(sources: Iterable[Source]) -> list[list[Source]]:
    """Members first, then the files, then what is kept only for hanging on a watched file: each wave whole."""
    ordered: list[list[Source]] = [[], [], []]
    for source in sources:
        place = 0 if source.options.get("first") is True else 2 if source.keep == "subject" else 1
        ordered[place].append(source)
    return [wave for wave in ordered if wave]


def collect(
    db: Database,
    plan: Plan,
    door: Door,
    interpret: Interpret,
    clock: Clock,
    say: Callable[[str], None],
    publish: Callable[[], None],
    parse: apart.Parse = apart.inline,
) -> dict[str, str]:
    """Visit every source of the plan; returns source id -> outcome. Joins and publishes at the end. ``parse`` is where
    answers are parsed: strangers' ones in a process apart (:mod:`collectors.apart`)."""
    sweep(payload_folder())
    progress = Progress(
        path=plan.progress_path or home() / "progress.json",
        say=say,
        total=len(plan.sources),
        started_at=clocks.stamp(clock),
    )
    for wave in waves(source for source in plan.sources if not _skipped(db, source, clock, progress)):
        _visit_all(db, wave, plan.jobs, door, interpret, clock, progress, publish, parse)
    assemble(db, clock)
    publish()
    progress.close(clocks.stamp(clock))
    return progress.outcomes


def _visit_all(
    db: Database,
    waiting: list[Source],
    jobs: int,
    door: Door,
    interpret: Interpret,
    clock: Clock,
    progress: Progress,
    publish: Callable[[], None],
    parse: apart.Parse,
) -> None:
    """Visit each source of a wave, ``jobs`` side by side."""
    if jobs <= 1:
        for source in waiting:
            visit = _open(db, source, interpret, clock, progress, parse)
            while request := visit.next_request():
                visit.take(request, fetch(door, source, request))
            _close(visit, progress)
        return
    published = clocks.system_clock()
    with ThreadPoolExecutor(jobs * 2) as pool:
        under_way: dict[Future[Outcome], _Asked] = {}
        while waiting or under_way:
            while waiting and _has_room(under_way, jobs):
                visit = _open(db, waiting.pop(0), interpret, clock, progress, parse)
                _submit(pool, door, visit, under_way, progress)
            done, _ = wait(under_way, timeout=SLOW_SECONDS if waiting else None, return_when=FIRST_COMPLETED)
            for future in done:
                visit, request, _ = under_way.pop(future)
                visit.take(request, future.result())
                _submit(pool, door, visit, under_way, progress)
            if (clocks.system_clock() - published).total_seconds() > PUBLISH_EVERY_SECONDS:
                assemble(db, clock)
                publish()
                published = clocks.system_clock()


def _submit(
    pool: ThreadPoolExecutor,
    door: Door,
    visit: Visit,
    under_way: dict[Future[Outcome], _Asked],
    progress: Progress,
) -> None:
    request = visit.next_request()
    if request is None:
        _close(visit, progress)
    else:
        under_way[pool.submit(fetch, door, visit.source, request)] = _Asked(visit, request, time.monotonic())


def _has_room(under_way: dict[Future[Outcome], _Asked], jobs: int) -> bool:
    """Who answers slowly or not at all takes no place from the others, as far as there are threads."""
    now = time.monotonic()
    quick = sum(now - one.began < SLOW_SECONDS for one in under_way.values())
    return quick < jobs and len(under_way) < jobs * 2


def fetch(door: Door, source: Source, request: Request) -> Outcome:
    """Ask the door for what a visit wants next, the way its source must be asked."""
    return door.get(
        request.url,
        validators=request.validators,
        max_bytes=source.max_mb * 1024 * 1024,
        accept=PAGE_ACCEPT if request.article else source.accept or ACCEPT,
        check_robots=request.is_page,
        access=_access(source, request),
        check_reservation=bool(request.article),
    )


def _access(source: Source, request: Request) -> Access:
    """The key goes to the hosts of the source's own addresses and to no other."""
    hosts = {urlsplit(url).hostname for url in source.urls}
    is_own = not request.article and urlsplit(request.url).hostname in hosts
    return access_of(source, os.environ) if is_own else Access(method="GET" if request.article else source.method)


def _skipped(db: Database, source: Source, clock: Clock, progress: Progress) -> bool:
    """A source that needs a key nobody set is skipped: a normal state, not an error."""
    if not source.key_env or os.environ.get(source.key_env):
        return False
    progress.start(source.id)
    now = clocks.stamp(clock)
    run_id = store_runs.start_run(db, source.id, now)
    detail = f"no key: set {source.key_env}"
    store_runs.end_run(db, run_id, outcome="skipped", counts=store.Counts(), request_count=0, at=now, error=detail)
    progress.finish(source.id, source.name("en"), "skipped", detail)
    return True


def _open(
    db: Database, source: Source, interpret: Interpret, clock: Clock, progress: Progress, parse: apart.Parse
) -> Visit:
    progress.start(source.id)
    visit = Visit(
        db=db,
        source=source,
        collector=collector_of(source),
        interpret=interpret,
        now=lambda: clocks.stamp(clock),
        payloads=payload_folder(),
        parse=parse,
    )
    visit.open()
    return visit


def _close(visit: Visit, progress: Progress) -> None:
    outcome, detail = visit.close()
    progress.finish(visit.source.id, visit.source.name("en"), outcome, detail, visit.counts.records)
