"""The last step of a restore, which the next writer finishes when it was interrupted.

All that is restored stands ready in the folder ``restoring`` of the home, on the same disk: it gets that name when
it is whole, and from then on its files take the places of the old ones one by one, however often that is begun again.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import StorageError
from data.files import sync

FOLDER = "restoring"

#: what else belongs to a database file: of the old one it must not be found beside the new one
_LOGS = ("-wal", "-shm", "-journal")

#: how long one who replaces the team's file, or one who uses it, waits for the other
_PATIENCE_SECONDS = 30.0


@contextmanager
def in_place(home: Path, *, replacing: bool = False) -> Iterator[None]:
    """Within, the team's database stays the file it is: many use it at once, who replaces it is alone.

    Raises StorageError when the others take longer than half a minute.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "desk.lock").open("a") as handle:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(handle, (fcntl.LOCK_EX if replacing else fcntl.LOCK_SH) | fcntl.LOCK_NB)
                break
            except OSError as error:
                if time.monotonic() > deadline:
                    who = "used" if replacing else "being restored"
                    raise StorageError(f"the team's database is {who}; try again") from error
                time.sleep(0.02)
        yield


def hand_over(ready: Path, home: Path) -> None:
    """Give what is ready its name, then its places. Before the first of the two nothing has changed."""
    for path in [*ready.rglob("*"), ready]:
        sync(path)
    ready.rename(home / FOLDER)
    sync(home)
    settle(home)


def settle(home: Path) -> None:
    """Put what a restore left ready into its places. Call it under the writer's lock; nothing to do is the rule."""
    ready = home / FOLDER
    if not ready.is_dir():
        return
    for path in sorted(ready.glob("payloads/*/*.gz")):
        _place(path, home / path.relative_to(ready))
    for folder in {path.parent for path in (home / "payloads").glob("*/*.gz")}:
        sync(folder)
    with in_place(home, replacing=True):
        for path in sorted(ready.glob("*.db")):
            for log in _LOGS:
                (home / f"{path.name}{log}").unlink(missing_ok=True)
            _place(path, home / path.name)
        sync(home)
    shutil.rmtree(home / "editions", ignore_errors=True)  # a cache of what was published before
    shutil.rmtree(ready)


def _place(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
