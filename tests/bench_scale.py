"""``python -m tests.bench_scale [N …]``: what grows with the collection, on N synthetic pieces each.

- cost: microseconds and bytes a piece, step by step, and against the smallest collection of the run; only of one that
  this run builds (see :mod:`tests.corpus`), not of one that stands in ``MONITOR_CORPUS/N``
- facets: the counts that pages ask for, 95th percentile over many views, against DuckDB on the same tables
- search: a thousand queries, the twenty commonest words among them, 95th percentile
- readers: the 99th percentile of a reader's questions while another process collects, against an idle machine
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from data import queries
from data.database import Database, open_immutable
from data.search import search
from data.view import View
from tests import corpus
from tests.bench_pages import percentile

PLACES = ("", "fr", "us", "uk", "eu", "de", "kr")
SINCE = (None, date(2023, 1, 1), date(2026, 1, 1))
VIEWS = [View(jurisdictions=(place,) if place else (), since=day) for place in PLACES for day in SINCE]
WORDS = ("deepfake", "hypertrucage", "loi", "law", "fraud", "élection", "images intimes", '"synthetic media"', "grok",
         "Ofcom", "consent*", "title:bill", "X OR Meta", "vote -image", "place:fr deepfake")  # fmt: skip
QUERIES, COMMONEST, ASKED = 1_000, 20, 400


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3


def facets(count: int, db: Database) -> None:
    """Events by place, by month and by actor, for every view, by both."""
    other = duckdb.connect()
    for name in ("shown_event", "shown_actor"):
        found = db.execute(f"SELECT * FROM {name} LIMIT 0").description
        columns = [one[0] for one in found]
        other.execute(f"CREATE TABLE {name} ({', '.join(f'{one} VARCHAR' for one in columns)})")
        told = db.execute(f"SELECT * FROM {name}").fetchall()
        frame = pd.DataFrame([[None if one is None else str(one) for one in row] for row in told], columns=columns)
        other.register("frame", frame)
        other.execute(f"INSERT INTO {name} SELECT * FROM frame")
        other.unregister("frame")
    ours, theirs = [], []
    for view in VIEWS:
        limits = [f"jurisdiction = '{one}'" for one in view.jurisdictions]
        limits += [f"date_end >= '{view.since}'"] if view.since else []
        where = " AND ".join(limits) or "true"
        pairs: list[tuple[Callable[[], dict[str, int]], str]] = [
            (
                lambda view=view: {
                    one.code: one.count for one in queries.lanes(db, view, "jurisdiction", limit=100)[0]
                },
                f"SELECT jurisdiction, count(*) FROM shown_event WHERE {where} GROUP BY 1",
            ),
            (
                lambda view=view: {f"{one.lane} {one.bin}": one.count for one in queries.density(db, view, "jurisdiction")},
                f"SELECT jurisdiction || ' ' || substr(date_start, 1, 7) || '-01', count(*) FROM shown_event WHERE {where} GROUP BY 1",
            ),
            (
                lambda view=view: {one.code: one.count for one in queries.lanes(db, view, "actor", limit=20)[0]},
                f"""SELECT actor_id, count(DISTINCT event_id) AS n FROM shown_event JOIN shown_actor USING (event_id)
                    WHERE {where} AND actor_id <> '' GROUP BY 1 ORDER BY n DESC, actor_id LIMIT 20""",
            ),
        ]  # fmt: skip
        for ask, sql in pairs:
            answer = {str(key): int(n) for key, n in other.execute(sql).fetchall()}
            assert ask() == answer, f"{view} {sql}: both must count the same"
            ours.append(statistics.median(milliseconds(ask) for _ in range(3)))
            theirs.append(
                statistics.median(milliseconds(lambda sql=sql: other.execute(sql).fetchall()) for _ in range(3))
            )  # type: ignore[misc]
    one, peer = percentile(ours, 0.95), percentile(theirs, 0.95)
    print(
        f"{count:>8} facets  {one / peer:6.2f} x DuckDB  (p95 {one:6.1f} ms against {peer:6.1f}; median"
        f" {statistics.median(ours):5.1f} against {statistics.median(theirs):5.1f}; {len(ours)} questions)"
    )


def asked(db: Database) -> Iterator[str]:
    """A thousand queries: the commonest words, those people type, and pairs of words of the collection."""
    common = [str(one) for (one,) in db.execute("SELECT word FROM shown_word ORDER BY n DESC LIMIT 400").fetchall()]
    yield from common[:COMMONEST]
    yield from WORDS
    chance = random.Random(1)
    for n in range(QUERIES - COMMONEST - len(WORDS)):
        yield " ".join(chance.sample(common, 1 + n % 3))


def searches(count: int, db: Database) -> None:
    found, hits = [], 0
    chance = random.Random(2)
    for words in asked(db):
        view = chance.choice(VIEWS)
        since = view.since.isoformat() if view.since else ""
        began = time.perf_counter()
        page = search(db, words, jurisdictions=view.jurisdictions, since=since)
        found.append((time.perf_counter() - began) * 1e3)
        hits += bool(page.total)
    assert hits > QUERIES / 4, "most queries must find something"
    print(
        f"{count:>8} search  p95 {percentile(found, 0.95):6.1f} ms, median {statistics.median(found):6.1f}, slowest"
        f" {max(found):6.1f}  ({len(found)} queries, {hits} with hits)"
    )


def readers(count: int, db: Database) -> None:
    """Asked in turns of forty questions, idle and beside a collection in its own process and database."""
    views = [replace(view, types=()) for view in VIEWS]

    def ask() -> list[float]:
        return [
            milliseconds(lambda n=n: queries.timeline(db, views[n % len(views)], limit=50))  # type: ignore[misc]
            for n in range(ASKED // 10)
        ]

    idle: list[float] = []
    busy: list[float] = []
    for _ in range(10):
        idle += ask()
        with tempfile.TemporaryDirectory() as folder:
            writer = subprocess.Popen(
                [sys.executable, "-m", "tests.corpus", "1000000", folder], stdout=subprocess.DEVNULL
            )
            while not list(Path(folder).glob("collected.db-wal")) and writer.poll() is None:
                time.sleep(0.05)
            busy += ask()
            assert writer.poll() is None, "the collection must go on while it is measured"
            writer.kill()
            writer.wait()
    one, other = percentile(busy, 0.99), percentile(idle, 0.99)
    print(
        f"{count:>8} readers {one / other:6.2f} x an idle machine  (p99 {one:6.1f} ms against {other:6.1f}; median"
        f" {statistics.median(busy):5.1f} against {statistics.median(idle):5.1f})"
    )


def cost(count: int, home: Path, smallest: dict[str, float]) -> dict[str, float]:
    """Build, and print what a piece took; beside it the ratio to the smallest collection of the run."""
    os.environ["MONITOR_HOME"] = str(home)
    home.mkdir(parents=True)
    spent = corpus.build(count)
    found = {name: seconds / count * 1e6 for name, seconds in spent.items()}
    found["all"] = sum(found.values())
    found["bytes"] = (home / "published.db").stat().st_size / count
    against = smallest or found
    told = ", ".join(f"{name} {value:.0f} ({value / against[name]:.2f} x)" for name, value in found.items())
    print(f"{count:>8} cost    {told}  (us a piece)")
    return found


def main(arguments: list[str]) -> int:
    smallest: dict[str, float] = {}
    for count in [int(one) for one in arguments] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as name:
            kept = Path(os.environ.get("MONITOR_CORPUS", name)) / str(count)
            if not (kept / "published.db").exists():
                kept = Path(name) / "home"
                found = cost(count, kept, smallest)
                smallest = smallest or found
            db = open_immutable(kept / "published.db")
            facets(count, db)
            searches(count, db)
            readers(count, db)
            db.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
