"""What the disk and SQLite refuse, in words somebody can act on. Everything else is a bug and is left raw."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.database import home, sqlite3
from data.errors import StorageError

_LOCKS = Path("/proc/locks")

#: kinds of SQLite's result codes, of which the lower byte tells the kind
_FULL, _BUSY, _LOCKED, _READ_ONLY, _CORRUPT, _NOT_A_DATABASE = 13, 5, 6, 8, 11, 26


@contextmanager
def explained() -> Iterator[None]:
    """Raise StorageError in place of what the disk or SQLite refuses. Nothing of the unit at work was kept then."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not (said := _of_sqlite(getattr(error, "sqlite_errorcode", 0) & 0xFF)):
            raise
        raise StorageError(said) from error
    except OSError as error:
        if not (said := _of_disk(error)):
            raise
        raise StorageError(said) from error


def _of_sqlite(kind: int) -> str:
    if kind == _FULL:
        return _full("the database")
    if kind in (_BUSY, _LOCKED):
        return f"the database is locked by another program ({_holders() or 'process unknown'}): end it and start again"
    if kind == _READ_ONLY:
        return f"the database in {home()} cannot be written: its files or their folder are read-only"
    if kind in (_CORRUPT, _NOT_A_DATABASE):
        return f"a database in {home()} is damaged: restore a backup (python -m collectors restore FILE.tar --replace)"
    return ""


def _of_disk(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(error.filename or "a file")
    if error.errno == errno.EROFS:
        return f"{error.filename or home()} cannot be written: its disk is read-only"
    return ""


def _full(what: object) -> str:
    return (
        f"no room left on the disk of {home()} for {what}: nothing was written by halves; make room and start again,"
        " it goes on where it stopped"
    )


def _holders() -> str:
    """The processes that hold a database file of the home for writing, as the system lists its locks (Linux)."""
    try:
        lines = _LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return ""
    files = {path.stat().st_ino: path.name for path in (*home().glob("*.db"), *home().glob("*.db-shm"))}
    found = set()
    for line in lines:
        words = line.replace("-> ", "").split()
        if len(words) < 6 or words[1] != "POSIX" or words[3] != "WRITE" or words[4] == str(os.getpid()):
            continue
        if name := files.get(int(words[5].rpartition(":")[2])):
            found.add(f"process {words[4]} holds {name.removesuffix('-shm')}")
    return ", ".join(sorted(found))
