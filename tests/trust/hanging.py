"""A publisher that never answers costs the others nothing: the same sources with it and without it, in turns."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from unittest.mock import patch
from zlib import crc32

from collectors.clock import fixed_clock
from collectors.interpret import Interpreter
from collectors.outcomes import Failure, Fetched, Outcome, Validators
from collectors.run import Plan, collect
from data import migrations, store_sources
from data.database import collected_path, open_writer
from data.models import Response, Source
from data.reference import load_sources
from tests.trust import Missed

NOW = "2026-11-25T06:00:00Z"
ANSWER_SECONDS, HANG_SECONDS, ADDRESSES, TURNS = 0.2, 12.0, 3, 3
#: sources side by side, and the share of their throughput that the others must keep
JOBS, LEAST = 8, 0.95
HANGING = "the-hanging-one"


class Door:
    """Answers every address after a while, and one source not before its time is over."""

    def __init__(self) -> None:
        self.last = 0.0

    def get(self, url: str, **_: object) -> Outcome:
        if HANGING in url:
            time.sleep(HANG_SECONDS)
            return Failure("timeout", url, "no answer")
        time.sleep(ANSWER_SECONDS * (0.4 + 1.2 * (crc32(url.encode()) % 1000) / 1000))  # else all end in step
        self.last = time.monotonic()
        body = (
            "<rss version='2.0'><channel><title>F</title>"
            f"<item><title>Nouvelle</title><guid>{url}</guid><link>{url}</link></item></channel></rss>"
        )
        return Fetched(Response(url, 200, {}, body.encode(), NOW, url), Validators())


def prove(count: int) -> list[str]:
    """``count`` sources of three addresses each. Raises Missed when the others keep less than :data:`LEAST`."""
    model = next(one for one in load_sources() if one.collector == "feed")
    sources = [_named(model, f"source-{n:03}") for n in range(count)]
    reader = Interpreter()
    reader.load()
    alone, beside = [], []
    for _ in range(TURNS):
        alone.append(_seconds(sources, reader))
        beside.append(_seconds([_named(model, HANGING), *sources], reader))
    share = median(alone) / median(beside)
    line = (
        f"{count} sources beside one that hangs: {share:.1%} of their throughput alone ({median(beside):.1f} s against"
        f" {median(alone):.1f} s, medians of {TURNS})"
    )
    if share < LEAST:
        raise Missed(line)
    return [line]


def _named(model: Source, name: str) -> Source:
    urls = tuple(f"https://{name}.example/{n}" for n in range(1 if name == HANGING else ADDRESSES))
    return replace(model, id=name, urls=urls, min_records=0, every_hours=24, articles=False)


def _seconds(sources: list[Source], reader: Interpreter) -> float:
    """From the beginning to the last answer of a source that does answer."""
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"MONITOR_HOME": home}):
        db = open_writer(collected_path())
        migrations.migrate(db)
        store_sources.source_rows(db, sources)
        door = Door()
        began = time.monotonic()
        plan = Plan(sources, jobs=JOBS, progress_path=Path(home) / "progress.json")
        outcomes = collect(db, plan, door, reader, fixed_clock(NOW), lambda _: None, lambda: None)
        db.close()
        told = {one for name, one in outcomes.items() if name != HANGING}
        if told != {"ok"} or outcomes.get(HANGING, "unavailable") != "unavailable":
            raise Missed(f"outcomes: {sorted({*outcomes.values()})}")
        return door.last - began
