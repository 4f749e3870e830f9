"""A collection killed at any moment and started again ends as one that was never stopped.

A collection is killed up to five times at random points, then run to its end, again and again until a
hundred kills have hit; each must equal the uninterrupted one row by row.
The control saves the cursor before the records: the same test must
catch it, or it would prove nothing.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collectors.assemble import assemble
from collectors.clock import fixed_clock
from collectors.http import Fetched, ReplayDoor
from collectors.interpret import Interpreter
from collectors.run import Plan, collect
from collectors.visit import Visit
from data import baseline, derived, migrations, store_sources
from data.database import Database, open_writer, writing
from data.models import Source
from data.reference import load_reference, load_sources
from tests.dump import check_integrity, dump
from tests.replay import feed_entries, official_entries, write_replay

CLOCK = fixed_clock("2026-11-25T06:00:00Z")
KILLS = 100
CHAIN = 5


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest) -> Iterator[Path]:
    """In memory where the system has such a folder: what a kill leaves does not depend on the disk's pace."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Source], Interpreter]:
    """A replay folder, a home with the baseline, the sources it answers and a loaded reader."""
    folder = tmp_path_factory.mktemp("replay")
    sources = load_sources()
    feeds = [one for one in sources if one.collector == "feed"][:5]
    entries = [*official_entries(None), *feed_entries(feeds, items=20)]
    write_replay(folder, entries)
    answered = {url for url, _, _ in entries}
    chosen = [one for one in sources if answered.intersection(one.urls)]
    home = tmp_path_factory.mktemp("home")
    db = open_writer(home / "collected.db")
    migrations.migrate(db)
    store_sources.source_rows(db, [*sources, baseline.SOURCE])
    baseline.load(db, load_reference(), at="2026-11-25T06:00:00Z")
    assemble(db, CLOCK)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    interpret = Interpreter()
    interpret.load()
    return folder, home, chosen, interpret


def run(home: Path, folder: Path, sources: list[Source], interpret: Interpreter) -> None:
    os.environ["MONITOR_HOME"] = str(home)
    db = open_writer(home / "collected.db")
    plan = Plan(sources, jobs=1, progress_path=home / "progress.json")
    collect(db, plan, ReplayDoor(folder, CLOCK), interpret, CLOCK, lambda line: None, lambda: derived.sync_search(db))
    db.close()


def in_child(work: Callable[[], None], kill_after: float | None = None) -> bool:
    """Run ``work`` in a forked process; True when it ended by itself."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0, "the collection failed by itself"
        return True
    return False


def content(home: Path) -> list[str]:
    db = open_writer(home / "collected.db")
    check_integrity(db)
    found = dump(db)
    db.close()
    return found


def killed_then_finished(
    tmp_path: Path, prepared: tuple[Path, Path, list[Source], Interpreter], seed: int, span: float, kills: int
) -> tuple[list[str], int]:
    folder, start, sources, interpret = prepared
    home = tmp_path / f"chain-{seed}"
    shutil.copytree(start, home)
    chance = random.Random(seed)
    killed = 0
    for _ in range(kills):
        ended = in_child(lambda: run(home, folder, sources, interpret), kill_after=chance.uniform(0, 0.6 * span))
        killed += not ended
    in_child(lambda: run(home, folder, sources, interpret))
    found = content(home)
    shutil.rmtree(home)
    return found, killed


def uninterrupted(tmp_path: Path, prepared: tuple[Path, Path, list[Source], Interpreter]) -> tuple[list[str], float]:
    folder, start, sources, interpret = prepared
    home = tmp_path / "whole"
    shutil.copytree(start, home)
    began = time.monotonic()
    in_child(lambda: run(home, folder, sources, interpret))
    return content(home), time.monotonic() - began


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_collections_end_as_the_uninterrupted_one(tmp_path: Path, prepared):
    expected, span = uninterrupted(tmp_path, prepared)
    assert sum(line.startswith("item:") for line in expected) >= 100
    assert sum(line.startswith("event:") for line in expected) > 400
    killed = seed = 0
    while killed < KILLS:
        found, count = killed_then_finished(tmp_path, prepared, seed, span, CHAIN)
        assert found == expected, f"chain {seed} differs"
        killed += count
        seed += 1
        assert seed < KILLS, f"only {killed} kills hit a running collection"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_cursor_saved_before_the_records_is_caught(tmp_path: Path, prepared, monkeypatch: pytest.MonkeyPatch):
    expected, span = uninterrupted(tmp_path, prepared)
    rightly = Visit._fetched

    def cursor_first(self: Visit, url: str, outcome: Fetched) -> None:
        _save_cursor(self.db, self.source.id, url, outcome)
        rightly(self, url, outcome)

    monkeypatch.setattr(Visit, "_fetched", cursor_first)
    different = 0
    for seed in range(8):
        found, _ = killed_then_finished(tmp_path, prepared, seed, span, 3)
        different += found != expected
    assert different > 0, "the test has no power: the wrong order went unnoticed"


def _save_cursor(db: Database, source_id: str, url: str, outcome: Fetched) -> None:
    with writing(db):
        db.execute(
            "INSERT OR REPLACE INTO request (url, source_id, etag, last_modified) VALUES (?, ?, ?, ?)",
            (url, source_id, outcome.validators.etag or '"x"', outcome.validators.last_modified),
        )
        db.execute("UPDATE request SET read_with = '1' WHERE url = ?", (url,))
        db.execute("DELETE FROM pending WHERE url = ?", (url,))
