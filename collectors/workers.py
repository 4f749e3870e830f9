"""Where reading is done: here, in processes of this machine, or on a Dask cluster. Nothing but pure work goes there.

Dask is an extra (``requirements-dask.txt``) and imported only when it is asked for. Its scheduler runs whatever it is
sent and asks nobody who they are, so one that is reached over a network must speak TLS with certificates both ways.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlsplit

from collectors.batches import Submits, Workers
from data.errors import MonitorError

KINDS = ("inline", "processes", "dask")

#: seconds to wait for a scheduler and its first worker
_PATIENCE = 60


class WorkersError(MonitorError):
    """Workers that cannot be had, or must not be used."""


class ProcessWorkers:
    """A pool of processes of this machine, begun anew when one of them dies."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool = self._open()

    def _open(self) -> ProcessPoolExecutor:
        # not by fork: a child must not hold the writer's database
        return ProcessPoolExecutor(self._count, mp_context=get_context("spawn"))

    @property
    def executor(self) -> Submits:
        """The pool of now."""
        return self._pool

    def process_ids(self) -> list[int]:
        """Of the processes that have begun."""
        return list(self._pool._processes or ())

    def restart(self, *, hangs: bool) -> None:
        """Kill the processes, all of them: one that hangs never ends by itself, and a pool that lost one is broken."""
        for process in list((self._pool._processes or {}).values()):
            process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._open()

    def is_lost(self, error: BaseException) -> bool:
        """A pool breaks as a whole when one of its processes ends."""
        return isinstance(error, BrokenExecutor | CancelledError)

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class DaskWorkers:
    """The workers of a Dask cluster, under nannies that begin a process anew when it ends."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self._executor = client.get_executor(pure=False)

    @property
    def executor(self) -> Submits:
        """The executor of the client."""
        return self._executor  # type: ignore[no-any-return]

    def restart(self, *, hangs: bool) -> None:
        """Have every worker of the cluster killed when one hangs (what others run there is lost too); its nanny begins
        it anew, as it does with one that died. Raises WorkersError when no worker comes back."""
        old: set[str] = set()
        if hangs and (old := self._known()):
            self.client.run(_kill_worker, nanny=True, workers=sorted(old))  # one that is just beginning is let be
        # by a clock that only moves forward: the client's own wait takes a step of the wall clock for a minute
        ends_at = time.monotonic() + _PATIENCE
        while old & (known := self._known()) or not known:
            if time.monotonic() > ends_at:
                raise WorkersError(f"no worker came back within {_PATIENCE} s")
            time.sleep(0.1)

    def _known(self) -> set[str]:
        """Addresses of the workers that the scheduler has and that run."""
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        return {str(address) for address, one in workers.items() if one["status"] == "running"}

    def is_lost(self, error: BaseException) -> bool:
        """A task whose workers died too often, or that a restart took away."""
        from distributed.client import FutureCancelledError
        from distributed.scheduler import KilledWorker

        return isinstance(error, KilledWorker | FutureCancelledError | CancelledError | BrokenExecutor)


def _kill_worker(dask_worker: Any) -> None:
    """Run in a nanny: not even code that never comes back to Python can keep its process from ending so."""
    os.kill(dask_worker.pid, signal.SIGKILL)


@contextmanager
def open_workers(kind: str, count: int = 2, scheduler: str = "") -> Iterator[Workers | None]:
    """Workers of one of :data:`KINDS`, ended afterwards; None for ``inline``.

    ``dask`` without a ``scheduler`` begins a cluster of ``count`` processes on loopback. Raises WorkersError.
    """
    if count < 1:
        raise WorkersError(f"{count} workers read nothing: at least one is needed")
    if scheduler and kind != "dask":
        raise WorkersError(f"a scheduler is asked for with 'dask' alone, not with {kind!r}")
    if kind == "processes":
        pool = ProcessWorkers(count)
        try:
            yield pool
        finally:
            pool.close()
    elif kind == "dask":
        with _dask(count, scheduler) as cluster:
            yield cluster
    else:
        yield None


@contextmanager
def _dask(count: int, scheduler: str) -> Iterator[DaskWorkers]:
    if scheduler:
        check_scheduler(scheduler)
    try:
        import dask
        from distributed import Client, LocalCluster, Security
    except ImportError as error:
        raise WorkersError("Dask is not installed: pip install -r requirements-dask.txt") from error
    if not scheduler:
        # a task that ended its process is not tried on the others one by one: its batch is halved instead
        with (
            dask.config.set({"distributed.scheduler.allowed-failures": 1}),
            LocalCluster(
                n_workers=count, threads_per_worker=1, host="127.0.0.1", dashboard_address=None,
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):  # fmt: skip
            yield DaskWorkers(client)
        return
    secured = scheduler.startswith("tls://")
    security = Security(require_encryption=True) if secured else None
    if security is not None and not (security.tls_ca_file and security.tls_client_cert and security.tls_client_key):
        raise WorkersError(
            "a scheduler over TLS needs certificates: set DASK_DISTRIBUTED__COMM__TLS__CA_FILE and, under"
            " DASK_DISTRIBUTED__COMM__TLS__CLIENT__, CERT and KEY"
        )
    try:
        with Client(scheduler, security=security, timeout=_PATIENCE) as client:
            client.wait_for_workers(1, timeout=_PATIENCE)
            yield DaskWorkers(client)
    except (OSError, TimeoutError) as error:
        raise WorkersError(f"no scheduler with workers at {scheduler}: {error}") from error


def check_scheduler(address: str) -> None:
    """Refuse an address that is neither on this machine nor encrypted. Raises WorkersError."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme == "tls":
        return
    host = parts.hostname or ""
    try:
        is_here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if parts.scheme != "tcp" or not is_here:
        raise WorkersError(
            f"the scheduler {address} is neither on loopback nor behind TLS (tls://…): whoever reaches it can run"
            " anything on its workers, so it is not used"
        )
