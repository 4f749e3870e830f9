"""Collections and publications killed at any moment, then started again, end as the ones that were never stopped.

A collection is killed up to five times at random points and then run to its end, again and again until so many kills
have hit; then once at each passing of each named point, or at a few of them spread over the run. Each must equal the
uninterrupted one row by row, the record and what was published of it. Two wrong variants, one that saves the cursor
before the records and one that commits each row by itself, must be caught in at least half of their runs.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from collectors.assemble import assemble
from collectors.clock import fixed_clock
from collectors.commands import published
from collectors.http import Fetched
from collectors.interpret import Interpreter
from collectors.replay import ReplayDoor
from collectors.run import Plan, collect
from collectors.visit import Visit
from data import baseline, migrations, store, store_sources
from data.database import Database, open_immutable, open_writer, writing
from data.models import Source
from data.reference import load_reference, load_sources
from tests.dump import check_integrity, counts, dump
from tests.replay import feed_entries, official_entries, write_replay
from tests.trust import Missed
from tests.trust.dying import KILLED, Point, counted, dies_at, in_child, quick_folder, spread

NOW = "2026-11-25T06:00:00Z"
CLOCK = fixed_clock(NOW)
CHAIN = 5

POINTS = (
    Point("a run begun", "data.store_runs:start_run", after=True),
    Point("after fetch", "collectors.run:fetch", after=True),
    Point("before payload write", "collectors.visit:keep_payload"),
    Point("a file written, not synced", "data.files:sync"),
    Point("a file or a folder synced", "data.files:sync", after=True),
    Point("after payload write", "collectors.visit:keep_payload", after=True),
    Point("inside a unit", "data.store:_record"),
    Point("before commit", "data.database:Database.execute", only="COMMIT"),
    Point("after commit", "data.database:Database.execute", after=True, only="COMMIT"),
    Point("before a run's end", "data.store_runs:end_run"),
    Point("after a run's end", "data.store_runs:end_run", after=True),
    Point("before assembling", "data.assembly:assemble"),
    Point("after assembling", "data.assembly:assemble", after=True),
    Point("before search sync", "data.derived:sync_search"),
    Point("during search sync", "data.derived:_units"),
    Point("after search sync", "data.derived:sync_search", after=True),
    Point("the copy made", "data.publish:_build"),
    Point("during read model", "data.read_model:build"),
    Point("after read model", "data.read_model:build", after=True),
    Point("during search of places", "data.search_index:index_places", after=True),
    Point("before snapshot publish", "data.publish:_build", after=True),
    Point("after snapshot publish", "collectors.commands:publish", after=True),
    Point("before the end is told", "collectors.progress:Progress.close"),
)
STATEMENT = Point("any statement", "data.database:Database.execute")


@dataclass(frozen=True, slots=True)
class World:
    """What every collection starts from, how the uninterrupted one ends (rows), what it takes (seconds), how often it
    passes each point, the counts of rows it stands at between two units, and its statements before it publishes."""

    folder: Path
    answers: Path
    start: Path
    sources: list[Source]
    interpret: Interpreter
    expected: list[str]
    seconds: float
    passings: dict[str, int]
    states: set[tuple[int, ...]]
    unpublished: int


@contextmanager
def world() -> Iterator[World]:
    """Recorded answers, a home with the baseline, the sources they answer, a loaded reader: to be forked from."""
    with quick_folder() as folder:
        answers, start = folder / "answers", folder / "start"
        sources = load_sources()
        feeds = [one for one in sources if one.collector == "feed"][:5]
        entries = [*official_entries(None), *feed_entries(feeds, items=20)]
        write_replay(answers, entries)
        answered = {url for url, _, _ in entries}
        chosen = [one for one in sources if answered.intersection(one.urls)]
        db = open_writer(start / "collected.db")
        migrations.migrate(db)
        store_sources.source_rows(db, [*sources, baseline.SOURCE])
        baseline.load(db, load_reference(), at=NOW)
        assemble(db, CLOCK)
        published_in(start, db)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        interpret = Interpreter()
        interpret.load()
        found = World(folder, answers, start, chosen, interpret, [], 0.0, {}, set(), 0)
        with home_of(found, "warm") as home:  # what is loaded at the first use is loaded before the fork
            passings = counted([*POINTS, STATEMENT], lambda: run(found, home))
        with home_of(found, "collecting") as home:
            collecting = counted([STATEMENT], lambda: run(found, home, publishes=False))
        with home_of(found, "units") as home:
            states = whole_units(found, home)
        with home_of(found, "whole") as home:
            began = time.monotonic()
            ended = in_child(lambda: run(found, home))
            seconds = time.monotonic() - began
            assert ended == 0, "the uninterrupted collection fails"
            expected = content(home)
        yield World(
            folder,
            answers,
            start,
            chosen,
            interpret,
            expected,
            seconds,
            dict(passings),
            states,
            collecting[STATEMENT.name],
        )


@contextmanager
def home_of(world: World, name: str) -> Iterator[Path]:
    """A home of its own, as every collection starts from it."""
    home = world.folder / name
    shutil.copytree(world.start, home)
    try:
        yield home
    finally:
        shutil.rmtree(home)


def published_in(home: Path, db: Database) -> None:
    """Publish into ``home``."""
    with patch.dict(os.environ, MONITOR_HOME=str(home)):
        published(db, CLOCK)


def run(world: World, home: Path, publishes: bool = True) -> None:
    """One collection with its publication."""
    with patch.dict(os.environ, MONITOR_HOME=str(home)):
        db = open_writer(home / "collected.db")
        door = ReplayDoor(world.answers, CLOCK)
        plan = Plan(world.sources, jobs=1)
        publish = partial(published, db, CLOCK) if publishes else lambda: None
        collect(db, plan, door, world.interpret, CLOCK, lambda line: None, publish)
        db.close()


def whole_units(world: World, home: Path) -> set[tuple[int, ...]]:
    """How many rows each table has at the start and after every commit of an uninterrupted run."""
    rightly = Database.execute
    found = {state(home)}

    def execute(self: Database, sql: str, *more: Any) -> Any:
        done = rightly(self, sql, *more)
        if sql == "COMMIT":
            found.add(tuple(counts(self)))
        return done

    with patch.object(Database, "execute", execute):
        run(world, home)
    return found


def state(home: Path) -> tuple[int, ...]:
    """How many rows each table of the record has."""
    db = open_writer(home / "collected.db")
    found = tuple(counts(db))
    db.close()
    return found


def content(home: Path) -> list[str]:
    """Every row of the record and of what is published. Raises when a file is damaged or something was left behind."""
    db = open_writer(home / "collected.db")
    check_integrity(db)
    found = [f"collected {line}" for line in dump(db)]
    db.close()
    left = [path.name for path in home.rglob("*.tmp*")]
    assert not left, f"left behind: {left}"
    with readable(home) as db:
        return found + [f"published {line}" for line in dump(db) if not line.startswith("snapshot: ")]


@contextmanager
def readable(home: Path) -> Iterator[Database]:
    """What is published, which must be whole at any moment. Raises when it is not."""
    db = open_immutable(home / "published.db")
    assert db.execute("PRAGMA quick_check").fetchone()[0] == "ok", "what is published is damaged"
    assert db.execute("SELECT count(*) FROM snapshot").fetchone()[0] == 1, "what is published is not whole"
    yield db
    db.close()


def killed_at_random(world: World, seed: int, kills: int, wrongly: Callable[[], Any] | None = None) -> tuple[str, int]:
    """(in what it differs, or nothing; how many kills hit) after ``kills`` tries and a whole run.

    The moments are taken by turns from the statements a run makes of the database and from the time it takes. After
    the first kill the record must be a whole number of units: a later run takes what is left in another order.
    """
    chance, hit = random.Random(seed), 0

    def work(statement: int = 0) -> None:
        if wrongly is not None:
            wrongly()
        if statement:
            dies_at(STATEMENT, statement)
        run(world, home)

    with home_of(world, f"chain-{seed}") as home:
        for n in range(kills):
            if n % 2:
                ended = in_child(work, kill_after=chance.uniform(0, 0.6 * world.seconds))
            else:
                last = world.unpublished if wrongly or chance.random() < 0.6 else world.passings[STATEMENT.name]
                ended = in_child(partial(work, chance.randint(1, last)))
            hit += ended == KILLED
            with readable(home):
                pass
            if n == 0 and state(home) not in world.states:
                return "half a unit was kept", hit
        return _difference(world, home, in_child(work)), hit


def killed_at(world: World, point: Point, nth: int) -> str:
    """In what a collection that died at the ``nth`` passing of the point and was started again differs."""

    def work() -> None:
        dies_at(point, nth)
        run(world, home)

    with home_of(world, "point") as home:
        ended = in_child(work)
        if ended != KILLED:
            return f"the child ended with {ended} and was not killed"
        with readable(home):
            pass
        return _difference(world, home, in_child(lambda: run(world, home)))


def _difference(world: World, home: Path, ended: int) -> str:
    """The first row in which what stands in ``home`` differs from the uninterrupted run; empty when it does not."""
    if ended:
        return f"started again it ended with {ended}"
    try:
        found = content(home)
    except AssertionError as error:
        return str(error) or "damaged"
    lost, more = set(world.expected) - set(found), set(found) - set(world.expected)
    if found == world.expected:
        return ""
    return f"{len(lost)} rows lost, {len(more)} others: {next(iter(sorted(lost or more)), 'twice')[:200]}"


def cursor_first() -> None:
    """A wrong variant: validators are saved before the records of the answer."""
    rightly = Visit._fetched

    def fetched(self: Visit, url: str, outcome: Fetched) -> None:
        with writing(self.db):
            self.db.execute(
                "INSERT OR REPLACE INTO request (url, source_id, etag, last_modified, read_with) VALUES (?, ?, ?, ?, ?)",
                (url, self.source.id, outcome.validators.etag or '"x"', "", self.read_with),
            )
            self.db.execute("DELETE FROM pending WHERE url = ?", (url,))
        rightly(self, url, outcome)

    patch.object(Visit, "_fetched", fetched).start()


def each_row_by_itself() -> None:
    """A wrong variant: every statement of a unit commits by itself."""

    @contextmanager
    def no_unit(db: Database) -> Iterator[Database]:
        yield db

    with ExitStack() as kept:
        kept.enter_context(patch.object(store, "writing", no_unit))
        kept.enter_context(patch.object(store, "_record_or_reject", store._record))
        kept.pop_all()


CONTROLS = (("cursor before records", cursor_first), ("a commit for each row", each_row_by_itself))


def prove(count: int) -> list[str]:
    """``count`` kills at random points, every named point, both controls."""
    with world() as whole:
        return [
            *_at_random(whole, count),
            *_at_points(whole, most=1 if count < 1000 else 12),
            *(_power(whole, name, wrongly, runs=max(4, count // 50)) for name, wrongly in CONTROLS),
        ]


def _at_random(world: World, count: int) -> list[str]:
    began, killed, chains = time.monotonic(), 0, 0
    while killed < count:
        difference, hit = killed_at_random(world, chains, CHAIN)
        if difference:
            raise Missed(f"chain {chains} of kills differs: {difference}")
        killed, chains = killed + hit, chains + 1
        if chains > 2 * count + 10:
            raise Missed(f"only {killed} kills hit a running collection")
    pace = (time.monotonic() - began) / max(killed, 1)
    return [
        f"{killed} kills of collections with their publication, {chains} runs to the end: 0 rows lost, doubled or"
        f" changed among {len(world.expected)} ({pace:.2f} s a kill)"
    ]


def _at_points(world: World, most: int) -> list[str]:
    if unseen := [name for name, passed in world.passings.items() if not passed]:
        raise Missed(f"points that no collection passes: {', '.join(unseen)}")
    tried = 0
    for point in POINTS:
        for nth in spread(world.passings[point.name], most):
            if difference := killed_at(world, point, nth):
                raise Missed(f"killed at {point.name!r}, passing {nth}: {difference}")
            tried += 1
    return [f"{len(POINTS)} named points, {tried} passings of them: every one ends as the uninterrupted run"]


def _power(world: World, name: str, wrongly: Callable[[], Any], runs: int) -> str:
    caught = sum(bool(killed_at_random(world, seed, CHAIN, wrongly)[0]) for seed in range(runs))
    line = f"control, {name}: caught in {caught} of {runs} runs"
    if 2 * caught < runs:
        raise Missed(f"{line}: the proof has no power")
    return line
