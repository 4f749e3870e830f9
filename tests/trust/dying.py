"""Processes that die: forked, then killed from outside after a while or by themselves at a named point.

The points are functions of the product that the child replaces by one that kills it before or after the n-th call:
the product has no hook for this.
"""

from __future__ import annotations

import importlib
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

KILLED = -signal.SIGKILL


@contextmanager
def quick_folder() -> Iterator[Path]:
    """In memory where the system has such a folder: what a kill leaves does not depend on the disk's pace."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        yield Path(name)


@contextmanager
def surroundings(**names: str) -> Iterator[None]:
    """The environment with these variables."""
    with patch.dict(os.environ, names):
        yield


def in_child(work: Callable[[], int | None], kill_after: float | None = None) -> int:
    """Run ``work`` in a forked process, killed after so many seconds or not; its exit code, or minus the signal."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = work() or 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die(*_: Any, **__: Any) -> None:
    """Be killed, as by the kernel."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Point:
    """A named moment: before or after a call of ``where`` (``module:name``), only calls with ``only`` as an argument."""

    name: str
    where: str
    after: bool = False
    only: str = ""

    def owner(self) -> tuple[Any, str]:
        module, _, path = self.where.partition(":")
        *outer, name = path.split(".")
        owner = importlib.import_module(module)
        for one in outer:
            owner = getattr(owner, one)
        return owner, name


def replaced(point: Point, before: Callable[[], None], after: Callable[[], None]) -> Any:
    """The patch that calls ``before`` and ``after`` around each call of the point."""
    owner, name = point.owner()
    rightly = getattr(owner, name)

    def watched(*args: Any, **kwargs: Any) -> Any:
        if point.only and point.only not in args:
            return rightly(*args, **kwargs)
        before()
        found = rightly(*args, **kwargs)
        after()
        return found

    return patch.object(owner, name, watched)


def dies_at(point: Point, nth: int = 1) -> None:
    """From now on this process dies at the ``nth`` passing of the point. For a child: nothing undoes it."""
    passed = 0

    def pass_by() -> None:
        nonlocal passed
        passed += 1
        if passed == nth:
            die()

    replaced(point, *((_nothing, pass_by) if point.after else (pass_by, _nothing))).start()


def counted(points: Sequence[Point], work: Callable[[], Any]) -> Mapping[str, int]:
    """How often ``work`` passes each point."""
    found = dict.fromkeys((one.name for one in points), 0)

    def counting(name: str) -> Callable[[], None]:
        def add() -> None:
            found[name] += 1

        return add

    with ExitStack() as kept:
        for one in points:
            kept.enter_context(replaced(one, counting(one.name), _nothing))
        work()
    return found


def spread(total: int, most: int) -> list[int]:
    """At most ``most`` numbers from 1 to ``total``, evenly, the first and the last among them."""
    if total <= most:
        return list(range(1, total + 1))
    return sorted({1 + round(n * (total - 1) / (most - 1)) for n in range(most)}) if most > 1 else [(total + 1) // 2]


def _nothing() -> None:
    """Where nothing happens."""
