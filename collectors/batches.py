"""Batches of documents through a pure function, here or in other processes: the same results wherever they are made.

A window of batches is under way; results come in any order and whoever asks commits each. What goes wrong in a batch
stays in it: a function that raises has its batch halved until the one bad document is found, a process that dies or
hangs has everything that was under way tried again, one batch at a time, so that the guilty one is found and no other
is blamed. A process that somebody else killed therefore changes nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Generic, Protocol, TypeVar

from data.errors import MonitorError

Doc = TypeVar("Doc")
Result = TypeVar("Result")

#: documents in a batch: below ten the way there costs more than the reading, above a few hundred nothing is gained
BATCH = 100

#: a document that is alone when its process dies gets another try: the process may have been killed from outside
TRIES = 2


class Submits(Protocol):
    """What is asked of a :class:`concurrent.futures.Executor`."""

    def submit(self, fn: Callable[..., object], /, *arguments: object) -> Future[object]:
        """Begin ``fn(*arguments)`` somewhere."""


class Workers(Protocol):
    """Processes that work: an executor that can be had anew when one of them died or hangs."""

    @property
    def executor(self) -> Submits:
        """The executor of now."""

    def restart(self, *, hangs: bool) -> None:
        """Begin with an empty executor after a process died or ``hangs``, which is ended by force."""

    def is_lost(self, error: BaseException) -> bool:
        """Whether ``error`` says that a process died, not that the work failed."""


class WorkerDiedError(MonitorError):
    """The process that worked on a document ended."""


class UnfitWorkersError(MonitorError):
    """The workers cannot do this work at all: raised by the function, never blamed on a document."""


def batches_of(documents: Iterable[Doc], size: int = BATCH) -> Iterator[list[Doc]]:
    """Cut ``documents`` into lists of at most ``size``."""
    batch: list[Doc] = []
    for one in documents:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def run_batches(
    fn: Callable[[Sequence[Doc]], Sequence[Result]],
    batches: Iterable[Sequence[Doc]],
    *,
    workers: Workers | None = None,
    in_flight: int = 8,
    timeout_s: float = 120,
    on_poison: Callable[[Doc, BaseException], None],
) -> Iterator[tuple[Sequence[Doc], Sequence[Result]]]:
    """Each batch with its results, in any order; a bad document goes to ``on_poison`` with the error instead.

    Without ``workers`` everything is done here, one batch after the other, and nothing ends a function that hangs. With
    them at most ``in_flight`` batches are taken from ``batches`` before their results are, and when none has come for
    ``timeout_s`` seconds of wall clock the processes are ended. Raises UnfitWorkersError.
    """
    if workers is None:
        for batch in batches:
            yield from _here(fn, batch, on_poison)
    else:
        yield from _Window(fn, iter(batches), workers, in_flight, timeout_s, on_poison).results()


def _here(
    fn: Callable[[Sequence[Doc]], Sequence[Result]],
    batch: Sequence[Doc],
    on_poison: Callable[[Doc, BaseException], None],
) -> Iterator[tuple[Sequence[Doc], Sequence[Result]]]:
    try:
        found = fn(batch)
    except UnfitWorkersError:
        raise
    except Exception as error:
        if len(batch) == 1:
            on_poison(batch[0], error)
            return
        for half in _halves(batch):
            yield from _here(fn, half, on_poison)
    else:
        yield batch, found


def _halves(batch: Sequence[Doc]) -> tuple[Sequence[Doc], Sequence[Doc]]:
    middle = len(batch) // 2
    return batch[:middle], batch[middle:]


class _Window(Generic[Doc, Result]):
    """The batches under way, those to be tried again, and those suspected of having ended a process."""

    def __init__(
        self,
        fn: Callable[[Sequence[Doc]], Sequence[Result]],
        waiting: Iterator[Sequence[Doc]],
        workers: Workers,
        in_flight: int,
        timeout_s: float,
        on_poison: Callable[[Doc, BaseException], None],
    ) -> None:
        self._fn, self._waiting, self._workers = fn, waiting, workers
        self._in_flight, self._timeout_s, self._on_poison = in_flight, timeout_s, on_poison
        self._under_way: dict[Future[object], Sequence[Doc]] = {}
        self._again: deque[Sequence[Doc]] = deque()
        self._suspects: deque[tuple[Sequence[Doc], int]] = deque()

    def results(self) -> Iterator[tuple[Sequence[Doc], Sequence[Result]]]:
        """Every batch with its results."""
        while True:
            while self._suspects:
                yield from self._alone(*self._suspects.popleft())
            self._fill()
            if not self._under_way:
                if self._suspects:
                    continue
                return
            done, _ = wait(self._under_way, timeout=self._timeout_s, return_when=FIRST_COMPLETED)
            hangs = lost = not done
            for future in done:
                batch = self._under_way.pop(future)
                if (error := future.exception()) is None:
                    yield batch, future.result()  # type: ignore[misc]
                elif self._workers.is_lost(error):
                    lost = True
                    self._suspects.append((batch, 1))
                else:
                    self._bad(batch, error)
            if lost:
                yield from self._give_up(hangs)

    def _fill(self) -> None:
        while len(self._under_way) < self._in_flight and not self._suspects:
            batch = self._again.popleft() if self._again else next(self._waiting, None)
            if batch is None:
                return
            try:
                self._under_way[self._workers.executor.submit(self._fn, batch)] = batch
            except Exception as error:  # a pool whose process died takes nothing more
                if not self._workers.is_lost(error):
                    raise
                self._again.appendleft(batch)
                if not self._under_way:
                    self._workers.restart(hangs=False)
                return

    def _give_up(self, hangs: bool) -> Iterator[tuple[Sequence[Doc], Sequence[Result]]]:
        """Take what is done all the same, suspect the rest, and begin anew."""
        for future, batch in self._under_way.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                yield batch, future.result()  # type: ignore[misc]
            else:
                future.cancel()
                self._suspects.append((batch, 1))
        self._under_way.clear()
        self._workers.restart(hangs=hangs)

    def _alone(self, batch: Sequence[Doc], tries: int) -> Iterator[tuple[Sequence[Doc], Sequence[Result]]]:
        """Try one batch with nothing beside it: what ends the process now is in it."""
        future = self._workers.executor.submit(self._fn, batch)
        done, _ = wait([future], timeout=self._timeout_s)
        error = future.exception() if done else TimeoutError(f"no result after {self._timeout_s:g} s")
        if error is None:
            yield batch, future.result()  # type: ignore[misc]
            return
        if not done or self._workers.is_lost(error):
            self._workers.restart(hangs=not done)
            if len(batch) > 1:
                self._suspects.extendleft((half, 1) for half in reversed(_halves(batch)))
            elif tries < TRIES:
                self._suspects.appendleft((batch, tries + 1))
            else:
                self._on_poison(batch[0], error if not done else WorkerDiedError("its process ended"))
        else:
            self._bad(batch, error)

    def _bad(self, batch: Sequence[Doc], error: BaseException) -> None:
        """The function raised: halve, or name the one document."""
        if isinstance(error, UnfitWorkersError):
            raise error
        if len(batch) == 1:
            self._on_poison(batch[0], error)
        else:
            self._again.extend(_halves(batch))
