"""Two at once: one collection runs and the other is told so; another program that holds the database is waited for, then
named; and a killed holder holds nothing any more."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from collectors.__main__ import main
from data import database
from data.database import open_writer
from tests.trust import Missed
from tests.trust.dying import KILLED, in_child, quick_folder, surroundings

NOW = "2026-11-25T06:00:00Z"
BUILD = ["build", "--now", NOW]
#: how long two processes may take to find out about each other before it is said that they do not
PATIENCE = 10.0


def prove(count: int) -> list[str]:
    """``count`` pairs of collections started at once, their control, then the locked database."""
    with quick_folder() as folder, surroundings(MONITOR_HOME=str(folder / "home")):
        log = folder / "errors.txt"
        if in_child(lambda: quietly(log, lambda: main(BUILD))):
            raise Missed(log.read_text(encoding="utf-8"))
        return [*_pairs(log, count), _without_lock(log), *_locked(folder, log)]


def quietly(log: Path, work: Callable[[], int]) -> int:
    """In a child: its errors go to ``log``, what it prints nowhere."""
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return work()


class Pair:
    """Two builds started at once; whoever has the lock waits inside it until it is let go."""

    def __init__(self, log: Path, unlocked: bool = False) -> None:
        self.gate_read, self.gate_write = os.pipe()
        self.log = log
        self.unlocked = unlocked
        self.began = time.monotonic()
        self.running = {self._start(), self._start()}

    def _start(self) -> int:
        child = os.fork()
        if child == 0:
            code = 70
            try:
                os.close(self.gate_write)
                code = quietly(self.log.with_suffix(f".{os.getpid()}"), self._work)
            finally:
                os._exit(code)
        return child

    def _work(self) -> int:
        gate = self.gate_read

        def held(*args: Any) -> Any:
            os.read(gate, 1)  # nothing comes: it ends when the other side is closed
            return rightly(*args)

        from collectors.commands import collecting

        rightly = collecting.opened
        with contextlib.ExitStack() as kept:
            kept.enter_context(patch.object(collecting, "opened", held))
            if self.unlocked:
                kept.enter_context(patch.object(database, "only_one", lambda *_: contextlib.nullcontext()))
            return main(BUILD)

    def first_to_end(self) -> tuple[int, float]:
        """(exit code, seconds) of the first that ends; raises Missed when neither does."""
        while time.monotonic() - self.began < PATIENCE:
            for child in self.running:
                ended, status = os.waitpid(child, os.WNOHANG)
                if ended:
                    self.running.discard(child)
                    return os.waitstatus_to_exitcode(status), time.monotonic() - self.began
            time.sleep(0.005)
        raise Missed("both collections run at once")

    def let_go(self, kill: bool = False) -> list[int]:
        """Let the others go on, or kill them; their exit codes."""
        if kill:
            for child in self.running:
                os.kill(child, signal.SIGKILL)
        os.close(self.gate_write)
        os.close(self.gate_read)
        return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in self.running]

    def said(self) -> str:
        """What both printed as errors; the files are gone afterwards."""
        found = list(self.log.parent.glob(f"{self.log.stem}.[0-9]*"))
        words = "".join(path.read_text(encoding="utf-8") for path in found)
        for path in found:
            path.unlink()
        return words


def _pairs(log: Path, count: int) -> list[str]:
    waits = []
    for n in range(count):
        pair = Pair(log)
        try:
            code, seconds = pair.first_to_end()
        finally:
            kill = n % 2 == 1
            others = pair.let_go(kill)
        said = pair.said()
        if code != 75 or "another collection is running (process " not in said:
            raise Missed(f"pair {n}: the second ended with {code}: {said}")
        if others != [KILLED if kill else 0]:
            raise Missed(f"pair {n}: the first ended with {others}: {said}")
        waits.append(seconds)
    if in_child(lambda: quietly(log, lambda: main(BUILD))):
        raise Missed(f"after the holder was killed: {log.read_text(encoding='utf-8')}")
    if median(waits) > 1:
        raise Missed(f"the second of two collections took {median(waits):.2f} s to say so")
    return [
        f"{count} pairs of collections at once: one runs, the other exits 75 (median {median(waits):.3f} s, longest"
        f" {max(waits):.3f} s); {count // 2} killed holders held nothing any more"
    ]


def _without_lock(log: Path) -> str:
    pair = Pair(log, unlocked=True)
    global PATIENCE
    before, PATIENCE = PATIENCE, 1.0
    try:
        ended = pair.first_to_end()
    except Missed:
        return "control, without the lock: both are seen to run"
    finally:
        PATIENCE = before
        pair.let_go(kill=True)
        pair.said()
    raise Missed(f"without the lock one ended by itself ({ended}): the proof has no power")


@contextmanager
def holder(path: Path, seconds: float) -> Iterator[int]:
    """The id of a process that holds the database for writing for so long."""
    ready_read, ready_write = os.pipe()
    child = os.fork()
    if child == 0:
        db = open_writer(path)
        db.execute("BEGIN IMMEDIATE")
        os.write(ready_write, b"x")
        time.sleep(seconds)
        os._exit(0)
    os.read(ready_read, 1)
    try:
        yield child
    finally:
        os.close(ready_read)
        os.close(ready_write)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _locked(folder: Path, log: Path) -> list[str]:
    path = folder / "home" / "collected.db"
    with holder(path, 2.0):
        began = time.monotonic()
        code = in_child(lambda: quietly(log, lambda: main(BUILD)))
        waited = time.monotonic() - began
    if code or waited < 1:
        raise Missed(f"locked for 2 s: ended with {code} after {waited:.1f} s: {log.read_text(encoding='utf-8')}")
    before = (folder / "home" / "published.db").stat().st_mtime_ns

    def impatient() -> int:
        with patch.object(database, "BUSY_SECONDS", 0.5):
            return main(BUILD)

    with holder(path, 600) as process:
        code = in_child(lambda: quietly(log, impatient))
    said = log.read_text(encoding="utf-8")
    named = f"process {process} holds collected.db" if Path("/proc/locks").exists() else "process unknown"
    if code != 1 or f"locked by another program ({named})" not in said or "Traceback" in said:
        raise Missed(f"locked for longer than is waited: ended with {code}: {said}")
    if (folder / "home" / "published.db").stat().st_mtime_ns != before:
        raise Missed("something was published while the database was locked")
    return [
        f"a database locked for 2 s: waited {waited:.1f} s, then well",
        f"locked for longer than is waited: exit 1, {named!r}, nothing written",
    ]
