"""The one place that opens SQLite files: paths, connections, the write transaction.

One SQLite library per process: the one sqlite-utils uses (``pysqlite3`` when installed). Other modules
take ``sqlite3`` and ``Database`` from here, never from the standard library.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the library it chose

from data.errors import StorageError, TooLongError
from data.restoring import settle

__all__ = [
    "APPLICATION_ID",
    "Database",
    "a_copy",
    "collected_path",
    "desk_path",
    "home",
    "limited",
    "only_read",
    "open_immutable",
    "open_writer",
    "payload_folder",
    "published_path",
    "slug",
    "sqlite3",
    "writer_lock",
    "writing",
]

APPLICATION_ID = 0x4450_4D31  # "DPM1"
MINIMUM_SQLITE = (3, 51, 3)  # the WAL-reset corruption bug is fixed from here (and in two backports)
BACKPORTS = {(3, 50, 7), (3, 44, 6)}

#: what a reader's connection may do: read rows, also again and again, within a transaction of its own
_QUESTIONS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_TRANSACTION}
#: pragmas that tell something and set nothing, whatever they are given; the search of SQLite asks the first by itself
_TELLING = {"data_version", "database_list", "foreign_key_check", "foreign_key_list", "index_info", "index_list",
            "integrity_check", "quick_check", "table_info", "table_xinfo"}  # fmt: skip
_FORBIDDEN = {"load_extension", "fts3_tokenizer"}
#: steps of SQLite's machine between two looks at the clock: some tenths of a millisecond
_STEPS = 20_000

#: how long a write waits for another program that holds the file
BUSY_SECONDS = 30.0


def home() -> Path:
    """The folder of the database files: ``MONITOR_HOME``, else ``data/db`` of the checkout."""
    configured = os.environ.get("MONITOR_HOME")
    return Path(configured) if configured else Path(__file__).parent / "db"


def collected_path() -> Path:
    """The writer's database."""
    return home() / "collected.db"


def published_path() -> Path:
    """The immutable snapshot that readers open."""
    return home() / "published.db"


def desk_path() -> Path:
    """The team's own decisions and saved views."""
    return home() / "desk.db"


def payload_folder() -> Path:
    """Fetched bodies, compressed, named by their sha256."""
    return home() / "payloads"


def has_safe_wal(version: tuple[int, ...]) -> bool:
    """True when this SQLite has the fix of the WAL-reset bug, so WAL may be switched on."""
    return version >= MINIMUM_SQLITE or version in BACKPORTS


def _check_library() -> None:
    if sqlite3.sqlite_version_info < (3, 37, 0):
        raise StorageError(
            f"SQLite {sqlite3.sqlite_version} is too old (3.37 needed): run 'make run', which installs pysqlite3"
        )


def open_writer(path: Path) -> Database:
    """The single read-write connection, foreign keys on, fully synchronous."""
    _check_library()
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(str(path), timeout=BUSY_SECONDS)
    connection.isolation_level = None
    db = Database(connection, execute_plugins=False)
    for pragma in (
        "foreign_keys = ON",
        "synchronous = FULL",
        "cache_size = -65536",
        "journal_size_limit = 67108864",
        "mmap_size = 0",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return db


def use_wal(db: Database) -> None:
    """Switch to WAL where it is safe. The busy timeout does not cover the switch, so retry briefly."""
    if not has_safe_wal(sqlite3.sqlite_version_info):
        return
    for attempt in range(50):
        try:
            if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                return
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if attempt == 49:
                raise
            time.sleep(0.05)


def open_immutable(path: Path) -> Database:
    """A read-only connection to a file that nobody will ever write (a published snapshot); see :func:`only_read`."""
    _check_library()
    if not path.exists():
        raise StorageError(f"no database at {path}: run 'make run' or 'python -m collectors build'")
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, timeout=5, check_same_thread=False)
    db = Database(connection, execute_plugins=False)  # it sets something of its own first
    only_read(db)
    return db


def only_read(db: Database) -> None:
    """From here on the connection answers questions: it writes nothing, attaches nothing, loads no extension and keeps
    its settings, whatever SQL it is given."""
    db.conn.execute("PRAGMA query_only = ON")
    db.conn.execute("PRAGMA trusted_schema = OFF")
    db.conn.set_authorizer(_may)


def _may(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """What SQLite asks before it does anything; ``first`` is the name of a pragma, ``second`` of a function."""
    is_question = action in _QUESTIONS or (action == sqlite3.SQLITE_PRAGMA and first in _TELLING)
    if action == sqlite3.SQLITE_FUNCTION:
        is_question = second not in _FORBIDDEN
    return int(sqlite3.SQLITE_OK if is_question else sqlite3.SQLITE_DENY)


@contextmanager
def limited(db: Database, seconds: float) -> Iterator[None]:
    """Within, what is asked may take so many seconds of the clock in all, then it is ended. Raises TooLongError."""
    deadline = time.monotonic() + seconds
    db.conn.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise TooLongError(f"a question took longer than {seconds:g} s") from error
        raise
    finally:
        db.conn.set_progress_handler(None, 0)


@contextmanager
def a_copy(path: Path) -> Iterator[Path]:
    """A copy of the database at ``path`` to try something in, beside it for as long as it is looked at.

    Raises StorageError when there is none. A writer at work is not disturbed: the copy has what it committed.
    """
    _check_library()
    if not path.exists():
        raise StorageError(f"no database at {path}: run 'make run' or 'python -m collectors build'")
    for left in path.parent.glob("copy-*-*"):
        if not _runs(int(left.name.split("-")[1])):  # of a process that was stopped
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"copy-{os.getpid()}-", dir=path.parent) as folder:
        copy = Path(folder) / path.name
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30, isolation_level=None)
        try:
            connection.execute("VACUUM INTO ?", (str(copy),))
        finally:
            connection.close()
        yield copy


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One unit of work: ``BEGIN IMMEDIATE``, commit, or roll back whole on any exception."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:  # after a full disk SQLite may have rolled back already
            db.execute("ROLLBACK")
        raise


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Hold the OS lock of the writer; raises StorageError with the holder's process id when it is taken.

    A restore that was interrupted while it put its files into place is finished first.
    """
    with only_one(path.parent / "writer.lock", "collection"):
        settle(path.parent)
        yield


@contextmanager
def only_one(lock: Path, what: str) -> Iterator[None]:
    """Hold an OS lock; raises StorageError that names ``what`` and the holder's process id when it is taken."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = lock.open("a+")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.seek(0)
            holder = handle.read().strip() or "unknown"
            raise StorageError(f"another {what} is running (process {holder}); it holds {handle.name}") from error
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield
    finally:
        handle.close()


def slug(*parts: str) -> str:
    """A readable, stable id of ``[a-z0-9-]`` from official parts, e.g. ``fr-assemblee-dlr5l16n47884``."""
    text = "-".join(part for part in parts if part).lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def rows(db: Database, sql: str, params: Any = ()) -> list[dict[str, Any]]:
    """All rows of a SELECT as dictionaries; nothing stays open."""
    cursor = db.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
