"""The disk is full: no half unit, a clear message, and the next collection goes on where this one stopped.

First the database alone, by a limit on its pages that is reached at every allocation of a collection in turn; then a
real disk of a few megabytes, where bodies, database, its log, the copy to publish and the progress file all compete
for room. Where mounting is not allowed, the error of a full disk is raised in place of the real one, and that is said.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from collectors.__main__ import main
from data import database, files
from data.database import Database, open_writer
from tests.trust import Missed
from tests.trust.dying import in_child, quick_folder, spread, surroundings
from tests.trust.kills import NOW, World, content, each_row_by_itself, home_of, readable, run, state, world

MEGABYTE = 1 << 20


def prove(count: int) -> list[str]:
    """At most ``count`` allocations, evenly over a collection (more than there are: every one), then a small disk."""
    with world() as found:
        return [*_pages(found, count), *_control(found), *_small_disk(found, 3 if count < 100 else 16)]


def _limited(pages: int) -> Any:
    """The patch by which the writer's database grows by so many pages and no further."""
    rightly = database.open_writer

    def opened(path: Path) -> Database:
        db = rightly(path)
        size = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {size + pages}")
        return db

    return patch("tests.trust.kills.open_writer", opened)


def _pages(world: World, count: int) -> list[str]:
    with home_of(world, "whole-again") as home:
        before = (home / "collected.db").stat().st_size
        run(world, home, publishes=False)
        allocations = ((home / "collected.db").stat().st_size - before) // 4096
    tried = [one - 1 for one in spread(allocations, count)]
    stopped: set[tuple[int, ...]] = set()
    for pages in tried:
        with home_of(world, "limited") as home:
            try:
                with _limited(pages):
                    run(world, home, publishes=False)
            except database.sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorname", "") != "SQLITE_FULL":
                    raise Missed(f"with room for {pages} pages: {error}") from error
            else:
                raise Missed(f"room for {pages} pages was enough")
            if (found := state(home)) not in world.states:
                raise Missed(f"with room for {pages} pages half a unit was kept")
            stopped.add(found)
            db = open_writer(home / "collected.db")
            check_integrity_of(db)
            db.close()
            run(world, home)
            if content(home) != world.expected:
                raise Missed(f"with room for {pages} pages and then enough the end differs")
    return [
        f"SQLITE_FULL at {len(tried)} of {allocations} page allocations of a collection: {len(stopped)} different whole"
        " numbers of units, 0 half ones; every one goes on to the same end"
    ]


def check_integrity_of(db: Database) -> None:
    """Raise when the file or its references are damaged; the search index is brought up to date later."""
    if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok" or db.execute("PRAGMA foreign_key_check").fetchall():
        raise Missed("the database is damaged")


def _control(world: World) -> list[str]:
    """With a commit for each row the same limit must leave half units behind."""
    caught = 0
    places = spread(40, 8)

    def work(home: Path, pages: int) -> int:
        each_row_by_itself()
        with _limited(pages), suppress(database.sqlite3.OperationalError):
            run(world, home, publishes=False)
        return int(state(home) not in world.states)

    for pages in places:
        with home_of(world, "control") as home:
            caught += in_child(lambda home=home, pages=pages: work(home, pages))  # type: ignore[misc]
    line = f"control, a commit for each row: caught in {caught} of {len(places)} runs"
    if 2 * caught < len(places):
        raise Missed(f"{line}: the proof has no power")
    return [line]


def _small_disk(world: World, steps: int) -> list[str]:
    with quick_folder() as folder:
        (folder / "home").mkdir()
        mounted = _mount(folder / "home", 64 * MEGABYTE)
        try:
            return _on(world, folder / "home", steps) if mounted else _pretended(world)
        finally:
            if mounted:
                subprocess.run(["umount", str(folder / "home")], check=False)


def _mount(place: Path, size: int, *options: str) -> bool:
    words = ["mount", "-t", "tmpfs", "-o", ",".join(["size=" + str(size), *options]), "tmpfs", str(place)]
    return shutil.which("mount") is not None and subprocess.run(words, capture_output=True, check=False).returncode == 0


def _collect(world: World, home: Path, log: Path) -> int:
    """The command in a child; what it printed as errors is in ``log``."""
    named = [word for one in world.sources for word in ("--source", one.id)]

    def work() -> int:
        os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        with surroundings(MONITOR_HOME=str(home)):
            return main(["collect", *named, "--replay", str(world.answers), "--now", NOW])

    return in_child(work)


@contextmanager
def _filled(home: Path, start: Path) -> Iterator[None]:
    for path in home.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(start, home, dirs_exist_ok=True)
    yield


def _on(world: World, home: Path, steps: int) -> list[str]:
    log = home.parent / "errors.txt"
    with _filled(home, world.start):
        if _collect(world, home, log):
            raise Missed(f"a disk with room enough: {log.read_text(encoding='utf-8')}")
        expected = content(home)
        least = sum(path.stat().st_size for path in world.start.rglob("*") if path.is_file())
    full = 0
    for n in range(steps):
        _mount(home, 64 * MEGABYTE, "remount")
        with _filled(home, world.start):
            _mount(home, least + (n + 1) * 9 * MEGABYTE // steps // 8 * 8, "remount")
            ended = _collect(world, home, log)
            if ended:
                full += 1
                _check_told(ended, log)
            with readable(home):
                pass
            _mount(home, 64 * MEGABYTE, "remount")
            if _collect(world, home, log) or content(home) != expected:
                raise Missed(f"step {n}: with room again the end differs: {log.read_text(encoding='utf-8')}")
    if full < steps / 2:
        raise Missed(f"only {full} of {steps} disks were too small")
    return [f"{full} of {steps} small disks were full: exit 1 with a message and no traceback, then the same end"]


def _pretended(world: World) -> list[str]:
    """The error of a full disk at each of a few files, raised by us."""
    log = world.folder / "errors.txt"
    rightly = files.sync
    left = 0

    def full(path: Path) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        rightly(path)

    places = spread(60, 6)
    for place in places:
        with home_of(world, "pretended") as home:
            left = place
            with patch.object(files, "sync", full):
                ended = _collect(world, home, log)
            _check_told(ended, log)
            if _collect(world, home, log):
                raise Missed(f"with room again: {log.read_text(encoding='utf-8')}")
            content(home)
    return [f"mounting is not allowed here: the error of a full disk was raised at {len(places)} files, exit 1 each"]


def _check_told(ended: int, log: Path) -> None:
    said = log.read_text(encoding="utf-8")
    if ended != 1 or "no room left on the disk" not in said or "Traceback" in said:
        raise Missed(f"a full disk ended with {ended}: {said[-2000:]}")
