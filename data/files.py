"""Files that are there whole or not at all, also after the power went: written aside, synced, renamed, synced again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(target: Path, aside: Path | None = None) -> Iterator[Path]:
    """The path to write ``target`` at. It takes its place when the block ends well and is gone when it does not.

    ``aside`` is the folder it is written in (default: that of the target), on the same disk.
    """
    temporary = (aside or target.parent) / f"{target.name}.{os.getpid()}.tmp"
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
        sync(temporary)
        temporary.replace(target)
        sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, name: str = "") -> None:
    """Delete what processes that were stopped have left of ``name`` (default: of any file) in ``folder``.

    Call it where nobody else can be writing: under the lock of the writer.
    """
    for path in folder.glob(f"{name}*.tmp*"):
        path.unlink(missing_ok=True)
