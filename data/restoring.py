"""The last step of a restore, which the next writer finishes when it was interrupted.

All that is restored stands ready in the folder ``restoring`` of the home, on the same disk: it gets that name when
it is whole, and from then on its files take the places of the old ones one by one, however often that is begun again.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from data.files import sync

FOLDER = "restoring"

#: what else belongs to a database file: of the old one it must not be found beside the new one
_LOGS = ("-wal", "-shm", "-journal")


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
