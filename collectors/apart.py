"""Parsing in a process apart, with limits, so that no answer of a stranger can cost the collection more than itself.

A parse function is pure: a response in, records out. So it can run anywhere, and it runs where it can do no harm: a
child that may use so much processor time and memory, write no file, open no connection, start no program and hold no
key. One child serves a whole collection, answer after answer; one that is stopped is replaced. What comes back is
unpickled as records and nothing else.

The limits are those of a feed, ten seconds and 256 MB beyond what the idle child takes; a source that declares larger
answers (``max_mb``) gets a second and 4 MB more for each megabyte. Without ``resource`` there is only the wall clock.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from data.errors import BlockedError, SourceError
from data.models import Response

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

SECONDS, MEGABYTES, FEED_MB = 10, 256, 15
_MB = 1 << 20
_GROWN = 64 * _MB  # an idle child that keeps so much more than at its start is replaced
_PATIENCE = 12  # times its processor time that a child may take by the wall clock for the next record
_KNOWN = {"data.models", "datetime", "collectors.page_text"}  # modules whose classes a record or a page is made of
_REFUSED = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.exec", "os.posix_spawn",
            "os.system", "os.fork", "os.remove", "os.rename", "os.mkdir", "ctypes.dlopen")  # fmt: skip

Function = Callable[[Response, Any], Iterable[Any]]
#: ``parse(function, response, subject, max_mb)``: the records of ``function(response, subject)``
Parse = Callable[[Function, Response, Any, int], Iterator[Any]]


class BrokenError(Exception):
    """A parse function failed in a way it did not foresee, or was stopped; the message says which and where."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What an answer cost: processor seconds, and megabytes beyond the idle child."""

    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass(frozen=True, slots=True)
class _Job:
    function: Function
    response: Response
    subject: Any
    seconds: int
    megabytes: int


@dataclass(frozen=True, slots=True)
class _End:
    """The last word of the child on an answer. ``kind``: done, refused, blocked or broken."""

    kind: str
    problem: tuple[str, ...] = ()
    cost: tuple[float, float] = (0.0, 0.0)
    is_last: bool = False


def inline(function: Function, response: Response, subject: Any, max_mb: int) -> Iterator[Any]:
    """Parse here and now, without limits: for answers that are trusted, and for tests."""
    yield from function(response, subject)


def told(error: BaseException) -> str:
    """An unforeseen error in one line: its kind, its words, where it happened."""
    if isinstance(error, BrokenError):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} [{Path(place.filename).name}:{place.lineno}]"


class Apart:
    """Parses in a child of its own; a :data:`Parse`. Safe to share between threads, which then wait for one another.

    ``costliest`` is the most that any answer has cost. Close it at the end.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self.costliest = Cost()
        self.started_count = 0

    def __call__(self, function: Function, response: Response, subject: Any, max_mb: int = FEED_MB) -> Iterator[Any]:
        """The records of ``function(response, subject)``, both by their names. Raises SourceError and BlockedError as
        it does, BrokenError for all else."""
        more = max(0, max_mb - FEED_MB)
        job = _Job(function, response, subject, SECONDS + more, MEGABYTES + 4 * more)
        with self._lock:
            whole = False
            try:
                yield from self._run(job)
                whole = True
            except (SourceError, BlockedError, BrokenError):
                whole = True
                raise
            finally:
                if not whole:  # nobody reads on: what the child still says belongs to no other answer
                    self._stop()

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def _run(self, job: _Job) -> Iterator[Any]:
        connection = self._connection or self._start()
        try:
            connection.send_bytes(pickle.dumps(job))
            while True:
                if not connection.poll(job.seconds * _PATIENCE):
                    raise BrokenError(f"parsing was stopped: no record in {job.seconds * _PATIENCE} s")
                said = _read(connection.recv_bytes())
                if isinstance(said, _End):
                    break
                yield said
        except (EOFError, OSError) as error:
            raise BrokenError(f"parsing was stopped: {self._cause(job)}") from error
        except BrokenError:
            self._stop()
            raise
        self._note(said)
        if said.kind in ("refused", "blocked"):
            raise (BlockedError if said.kind == "blocked" else SourceError)(*said.problem)
        if said.kind == "broken":
            raise BrokenError(said.problem[0])

    def _start(self) -> Connection:
        # a program of its own: a fork would copy locks that threads of ours may hold, and whatever began us
        ours, theirs = Pipe()
        places = os.pathsep.join(one or str(Path.cwd()) for one in sys.path)
        command = [sys.executable, "-c", f"from {__name__} import serve; serve({theirs.fileno()})"]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env={"PYTHONPATH": places})
        theirs.close()
        self._connection = ours
        self.started_count += 1
        return ours

    def _stop(self) -> None:
        if self._connection is not None and self._process is not None:
            self._connection.close()
            self._process.kill()
            self._process.wait()
            self._connection = self._process = None

    def _cause(self, job: _Job) -> str:
        assert self._process is not None
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        code = self._process.returncode
        self._stop()
        if code == -getattr(signal, "SIGXCPU", 0):
            return f"more than {job.seconds} s of processor time"
        return f"the parser ended with {signal.Signals(-code).name if code and code < 0 else code}"

    def _note(self, end: _End) -> None:
        seconds, megabytes = end.cost
        most = self.costliest
        self.costliest = Cost(max(most.seconds, seconds), max(most.megabytes, megabytes))
        if end.is_last:
            self._stop()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module not in _KNOWN and (module, name) != (__name__, "_End"):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a record")
        return super().find_class(module, name)


def _read(data: bytes) -> Any:
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception as error:  # whatever a broken child may say
        raise BrokenError(f"parsing was stopped: {type(error).__name__}: {error}") from error


def _preload() -> None:
    """What parsers load only when they need it: it belongs to the idle child and not to the answer that is first."""
    from collectors import feed_dates, feed_entries, language, page_text

    today = datetime.now(UTC)
    language.conclude("une phrase en français pour le modèle des langues", "", "")
    feed_dates.resolve("lundi dernier", today.isoformat(), lang="fr", timezone_name="", country="fr")
    with suppress(feed_entries.NotAFeedError):
        feed_entries.read_xml("<rss version='2.0'><channel/></rss>")
    page_text.extract(b"<html><body><article><p>words</p></article></body></html>", "", today.date())


def serve(descriptor: int) -> None:
    """The child: one job after the other from the socket ``descriptor`` until nobody asks."""
    connection = Connection(descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the connection
    os.environ.clear()
    sys.dont_write_bytecode = True
    _preload()
    sys.addaudithook(_refuse)
    start = _address_space()
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(EOFError, OSError):
        while True:
            job = pickle.loads(connection.recv_bytes())
            end = _do(job, connection, start)
            connection.send_bytes(pickle.dumps(end))
            if end.is_last:
                return


def _do(job: _Job, connection: Connection, start: int) -> _End:
    used, resident = _used(), _resident()
    _limit(start + job.megabytes * _MB, used + job.seconds)
    kind, problem = "done", ()  # type: tuple[str, tuple[str, ...]]
    try:
        for record in job.function(job.response, job.subject):
            connection.send_bytes(pickle.dumps(record))
    except SourceError as error:
        kind = "blocked" if isinstance(error, BlockedError) else "refused"
        problem = (error.source_id, error.url, error.problem)
    except MemoryError:
        kind, problem = "broken", (f"parsing was stopped: more than {job.megabytes} MB",)
    except Exception as error:
        kind, problem = "broken", (told(error),)
    _limit(0, 0.0)
    cost = (_used() - used, max(0.0, (_resident() - resident) / _MB))
    return _End(kind, problem, cost, _address_space() > start + _GROWN)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _REFUSED or (event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")):
        raise PermissionError(f"a parser may not do this: {event}")


def _limit(address_space: int, seconds: float) -> None:
    """Set the limits of the next answer; none for 0. Where the system does not know one it is left alone."""
    if resource is None:
        return
    for kind, value in ((resource.RLIMIT_AS, address_space), (resource.RLIMIT_CPU, int(seconds) + 1 if seconds else 0)):
        hard = resource.getrlimit(kind)[1]
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value or hard, hard))


def _used() -> float:
    return sum(os.times()[:2])


def _address_space() -> int:
    return _pages(0) or 1 << 40


def _resident() -> int:
    """Most memory that was ever resident, in bytes."""
    if resource is None:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _pages(column: int) -> int:
    """A column of ``/proc/self/statm`` in bytes; 0 where there is none."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[column]) * os.sysconf("SC_PAGE_SIZE")
    return 0
