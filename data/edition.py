"""The published snapshot with what the team has decided since, or as it stood on a day: what every reader opens.

An edition is a small database that holds only the tables that differ from the snapshot. It is opened with the snapshot
attached as ``base``; SQLite looks for an unqualified name in the edition first, then in the snapshot, so every
question of :mod:`data.queries` is asked unchanged. Where nothing differs there is no file: the snapshot is opened.

To build one, the tables that the steps write are copied, the steps run on the copies, and the tables people read are
built anew from them by :mod:`data.read_model`. It shows what the next publication will show.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from data import assembly, derived, desk, read_model, rewind, search_index, withheld
from data.database import Database, desk_path, home, only_read, open_immutable, published_path, sqlite3, writing
from data.decisions import state_of, withheld_state
from data.errors import StorageError

#: editions kept for the publication in force
KEPT = 8

#: how often opening starts again when a publication or a decision comes in between
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Edition:
    """What a reader asks. ``publication`` is the identity of the snapshot's file, ``as_of`` a day or empty for now,
    ``decisions`` the state of those it follows, ``withheld`` of those that withhold something: these are those of now,
    whatever the day. ``is_snapshot``: the snapshot holds exactly this."""

    publication: tuple[int, int]
    as_of: str
    decisions: str
    withheld: str
    is_snapshot: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to the copies before the read model is built, in one transaction of its own.

    ``tables`` are those it writes; every other table it sees is the snapshot's.
    """

    tables: tuple[str, ...]
    apply: Callable[[Database, Edition], None]


def _turn_back(db: Database, edition: Edition) -> None:
    day = date.fromisoformat(edition.as_of)
    rewind.rewind(db, day, snapshot="base")
    with writing(db):
        db.execute("UPDATE snapshot SET as_of = ?, today = ?", (rewind.end_of(day), edition.as_of))


def _withhold(db: Database, edition: Edition) -> None:
    decisions = desk.standing()
    if withheld_state(decisions) != edition.withheld:
        raise _Moved
    withheld.mark(db, decisions)
    with writing(db):
        withheld.delete(db, _held(db))
    _leave_out(db, edition)


def _decide(db: Database, edition: Edition) -> None:
    decisions = desk.standing(on=edition.as_of)
    if state_of(decisions) != edition.decisions:
        raise _Moved
    if edition.as_of and assembly.followed(db) == edition.decisions:
        return  # joins and stages are those of the day, not what rules of now would make of it
    at = max((one.at for one in decisions), default=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    db.execute("CREATE TEMP TABLE earlier AS SELECT * FROM base.earlier WHERE false")  # an edition has no history
    assembly.assemble(db, decisions, at=at, today=_today(db, edition))
    db.execute("DROP TABLE temp.earlier")


def _follow_files(db: Database, edition: Edition) -> None:
    """A piece that cites the law of a file speaks of the one it was put together with."""
    with writing(db):
        db.execute(
            "UPDATE OR REPLACE citation SET dossier_id = (SELECT into_id FROM dossier_join j"
            " WHERE j.dossier_id = citation.dossier_id) WHERE dossier_id IN (SELECT dossier_id FROM dossier_join)"
        )


TURN_BACK = Step((*rewind.TABLES, "snapshot"), _turn_back)

#: run in this order, after :data:`TURN_BACK` where a day is asked for
STEPS: list[Step] = [
    Step((*withheld.TABLES, *assembly.TABLES), _withhold),
    Step(assembly.TABLES, _decide),
    Step(("citation",), _follow_files),
]


class _Moved(Exception):  # noqa: N818 - not an error: ask again
    """The publication or the desk is no longer the one asked for."""


def current(as_of: str = "") -> Edition:
    """The edition to read now. Raises StorageError before the first publication."""
    publication = _publication()
    decisions, hidden = _state(desk_path(), desk.version(), as_of)
    followed = _followed(publication)
    return Edition(publication, as_of, decisions, hidden, not as_of and (decisions, hidden) == followed)


def open_edition(edition: Edition | None = None) -> Database:
    """A read-only connection to an edition, built when it is missing; to the current one unless given.

    One that is no longer in force is replaced by the one that is. Raises StorageError when it cannot be built.
    """
    asked = edition or current()
    for _ in range(_TRIES):
        try:
            return _open(asked)
        except (_Moved, FileNotFoundError):
            asked = current(asked.as_of)
        except OSError as error:
            raise StorageError(f"the edition cannot be kept in {_folder()}: {error}") from error
    raise StorageError("the publication changes faster than it can be read; try again")


def _open(edition: Edition) -> Database:
    path = published_path()
    if edition.is_snapshot:
        db = open_immutable(path)
    else:
        db = _connect(_built(edition), edition, mode="ro&immutable=1")
        only_read(db)
    if _publication() != edition.publication:
        db.close()
        raise _Moved
    return db


def _publication() -> tuple[int, int]:
    try:
        state = published_path().stat()
    except FileNotFoundError:
        raise StorageError(f"no database at {published_path()}: run 'make run'") from None
    return state.st_ino, state.st_mtime_ns


@lru_cache(maxsize=32)
def _followed(publication: tuple[int, int]) -> tuple[str, str]:
    """The decisions that a publication follows, and those that withhold something. Read once for each."""
    db = open_immutable(published_path())
    try:
        return assembly.followed(db), withheld.followed(db)
    finally:
        db.close()


@lru_cache(maxsize=256)
def _state(path: Path, version: tuple[int, bytes], as_of: str) -> tuple[str, str]:
    """The state of the desk at one of its versions: of that day, and what it withholds now."""
    return state_of(desk.standing(path, on=as_of)), withheld_state(desk.standing(path))


def _today(db: Database, edition: Edition) -> date:
    return date.fromisoformat(edition.as_of or db.execute("SELECT today FROM base.snapshot").fetchone()[0])


def _connect(path: Path, edition: Edition, *, mode: str) -> Database:
    """The edition with the snapshot attached. Views are made again: one of ``base`` sees nothing of the edition."""
    try:
        connection = sqlite3.connect(
            f"file:{path}?mode={mode}", uri=True, timeout=5, isolation_level=None, check_same_thread=False
        )
        connection.execute("ATTACH DATABASE ? AS base", (f"file:{published_path()}?mode=ro&immutable=1",))
    except sqlite3.OperationalError as error:
        raise FileNotFoundError(str(path)) from error
    if edition.as_of:
        connection.executescript(rewind.views(date.fromisoformat(edition.as_of), "base"))
    connection.executescript(derived.VIEWS.replace("CREATE VIEW", "CREATE TEMP VIEW"))
    db = Database(connection, execute_plugins=False)
    _leave_out(db, edition)
    return db


def _held(db: Database) -> set[str]:
    """The tables that the edition has itself."""
    return {str(name) for (name,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()}


def _leave_out(db: Database, edition: Edition) -> None:
    """Let nobody see what is withheld in the tables of the snapshot; nothing to do when there is nothing."""
    held = _held(db)
    if set(withheld.TABLES) <= held and not withheld.is_empty(db):
        db.conn.executescript(withheld.views(held, snapshot="base", of_a_day=bool(edition.as_of)))


def _folder() -> Path:
    return home() / "editions"


def _built(edition: Edition) -> Path:
    """The file of an edition; built by one of those who ask for it while the others wait."""
    publication = "-".join(f"{number:x}" for number in edition.publication)
    states = f"{edition.decisions or 'none'}-{edition.withheld or 'none'}"
    path = _folder() / f"{publication}-{edition.as_of or 'now'}-{states}.db"
    if not path.exists():
        with _lock():
            if not path.exists():
                _build(edition, path)
                _clear(f"{publication}-", path)
    return path


@contextmanager
def _lock() -> Iterator[None]:
    _folder().mkdir(parents=True, exist_ok=True)
    with (_folder() / "lock").open("a") as handle:  # released when it is closed, also by a process that dies
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _build(edition: Edition, target: Path) -> None:
    temporary = target.with_name(f"{target.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        db = _connect(temporary, edition, mode="rwc")
        try:
            db.execute("PRAGMA journal_mode = MEMORY")
            db.execute("PRAGMA synchronous = OFF")  # a cache: what is lost is built again
            steps = [TURN_BACK, *STEPS] if edition.as_of else STEPS
            for name in dict.fromkeys(name for step in steps for name in step.tables):
                _copy(db, name)
            for step in steps:
                step.apply(db, edition)
            with writing(db):
                read_model.build(db, today=_today(db, edition))
                if edition.as_of:
                    search_index.forget_changed(db, rewind.end_of(date.fromisoformat(edition.as_of)))
            db.execute("ANALYZE main")
        finally:
            db.close()
        if _publication() != edition.publication:
            raise _Moved
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _copy(db: Database, table: str) -> None:
    """A table of the snapshot with its rows and indexes."""
    made = db.execute(
        "SELECT sql FROM base.sqlite_master WHERE tbl_name = ? AND sql <> '' ORDER BY type DESC", (table,)
    )
    with writing(db):
        for number, (sql,) in enumerate(made.fetchall()):
            db.execute(sql)
            if not number:  # "table" sorts before "index" backwards
                db.execute(f"INSERT INTO main.{table} SELECT * FROM base.{table}")


def _clear(publication: str, newest: Path) -> None:
    """Leave the newest editions of this publication that withhold the same; who still reads another keeps it until he
    closes it."""
    held = [(path, _age(path)) for path in _folder().glob("*.db") if path != newest]
    hidden = newest.stem.rpartition("-")[2]
    ours = sorted(
        (one for one in held if one[0].name.startswith(publication) and one[0].stem.endswith(f"-{hidden}")),
        key=lambda one: one[1],
    )
    kept = {path for path, _ in ours[-(KEPT - 1) :]}
    for path, _ in held:
        if path not in kept:
            path.unlink(missing_ok=True)
    for path in _folder().glob("*.tmp"):  # of a process that was stopped: nobody else builds under the lock
        path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
