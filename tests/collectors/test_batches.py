"""Batches are the same wherever they are read; what goes wrong in one costs one document, and every wait ends."""

from __future__ import annotations

import importlib.util
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from collectors import workers as kinds
from collectors.__main__ import main
from collectors.batches import UnfitWorkersError, WorkerDiedError, Workers, batches_of, run_batches
from collectors.reading_batch import Context, records_reader
from collectors.workers import ProcessWorkers, WorkersError, check_scheduler, open_workers
from data.database import collected_path, open_writer
from tests.collectors.batch_work import BAD, dies, hangs, raises, slowly, squares
from tests.collectors.test_rereading import by_older_rules, collected, content, db, home  # noqa: F401
from tests.dump import dump
from tests.trust import Missed, executors

needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="Dask is an extra and not installed"
)
KINDS = ["inline", "processes", pytest.param("dask", marks=needs_dask)]


@contextmanager
def of_kind(kind: str) -> Iterator[Workers | None]:
    with open_workers(kind, 2) as found:
        yield found


def run(fn, count: int, workers: Workers | None, *, size: int = 4, timeout_s: float = 60):
    """Results by number, and what was poisoned with the name of its error."""
    found, poisoned = {}, {}
    for batch, results in run_batches(
        fn,
        batches_of(range(count), size),
        workers=workers,
        in_flight=4,
        timeout_s=timeout_s,
        on_poison=lambda n, error: poisoned.update({n: type(error)}),
    ):
        assert not found.keys() & set(batch), "no result comes twice"
        found.update(zip(batch, results, strict=True))
    return found, poisoned


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_has_its_result_and_a_bad_one_is_named_alone(kind: str):
    with of_kind(kind) as workers:
        assert run(squares, 50, workers) == ({n: n * n for n in range(50)}, {})
        found, poisoned = run(raises, 50, workers)
    assert poisoned == {BAD: ValueError}
    assert found == {n: n * n for n in range(50) if n != BAD}


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_document_that_ends_its_process_is_named_alone(kind: str):
    with of_kind(kind) as workers:
        found, poisoned = run(dies, 12, workers)
    assert poisoned == {BAD: WorkerDiedError}
    assert found == {n: n * n for n in range(12) if n != BAD}


@pytest.mark.slow
@pytest.mark.timeout(500)
@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_document_that_hangs_is_given_up(kind: str):
    with of_kind(kind) as workers:
        run(squares, 4, workers)  # their beginning is no hanging
        began = time.monotonic()
        found, poisoned = run(hangs, 8, workers, timeout_s=8)  # more than a process takes to begin on a busy machine
    assert poisoned == {BAD: TimeoutError}
    assert found == {n: n * n for n in range(8) if n != BAD}
    assert time.monotonic() - began < 450


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_worker_killed_from_outside_changes_nothing(kind: str):
    killed: list[int] = []
    found = {}
    with of_kind(kind) as workers:
        for batch, results in run_batches(
            slowly,
            batches_of(range(80), 4),
            workers=workers,
            in_flight=4,
            timeout_s=60,
            on_poison=lambda n, error: pytest.fail(f"{n} was blamed: {error!r}"),
        ):
            found.update((n, square) for n, (square, _) in zip(batch, results, strict=True))
            if len(found) in (20, 40):
                killed.append(results[0][1])
                os.kill(killed[-1], signal.SIGKILL)
    assert len(killed) == 2
    assert found == {n: n * n for n in range(80)}


def test_no_more_than_the_window_is_taken_before_results_are():
    taken: list[int] = []

    def batches() -> Iterator[list[int]]:
        for n in range(40):
            taken.append(n)
            yield [n]

    with open_workers("processes", 2) as workers:
        given = 0
        for _ in run_batches(squares, batches(), workers=workers, in_flight=3, on_poison=lambda *_: None):
            given += 1
            assert len(taken) - given <= 3
    assert given == 40


@pytest.mark.parametrize("kind", ["inline", "processes"])
def test_workers_that_read_by_other_rules_are_refused_and_no_text_is_blamed(kind: str):
    reader = records_reader(Context("other rules"))
    with of_kind(kind) as workers, pytest.raises(UnfitWorkersError, match="with other rules"):
        list(run_batches(reader, [[()]], workers=workers, on_poison=lambda *_: pytest.fail("blamed")))  # type: ignore[list-item]


@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.7:8786", "192.168.1.5:8786", "tcp://scheduler.example:8786", "ws://127.0.0.1:8786", "[::]:1"],
)
def test_a_scheduler_that_anybody_may_reach_is_refused(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(WorkersError, match="neither on loopback nor behind TLS"):
        check_scheduler(address)
    (tmp_path / "in.jsonl").write_text("", encoding="utf-8")
    arguments = ["--documents", str(tmp_path / "in.jsonl"), "--predictions", str(tmp_path / "out.jsonl")]
    assert main(["read", *arguments, "--executor", "dask", "--scheduler", address]) == 1
    assert "neither on loopback" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "localhost:8786", "tcp://[::1]:8786", "tls://far.example:8786"]
)
def test_loopback_and_tls_are_allowed(address: str):
    check_scheduler(address)


@needs_dask
def test_tls_without_certificates_is_refused_before_anything_is_sent():
    with pytest.raises(WorkersError, match="needs certificates"), open_workers("dask", 2, "tls://127.0.0.1:1"):
        pytest.fail("it was opened")


@needs_dask
def test_a_scheduler_with_certificates_is_used_over_tls(tmp_path: Path):
    import dask
    from distributed import LocalCluster, Security

    drawn = Security.temporary()
    files = {
        "ca-file": ("ca.pem", drawn.tls_ca_file),
        "client.cert": ("cert.pem", drawn.tls_client_cert),
        "client.key": ("key.pem", drawn.tls_client_key),
    }
    for name, text in files.values():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings = {f"distributed.comm.tls.{key}": str(tmp_path / name) for key, (name, _) in files.items()}
    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="tls://127.0.0.1", dashboard_address=None, security=drawn
    ) as cluster:
        address = cluster.scheduler_address
        assert address.startswith("tls://")
        with dask.config.set(settings), open_workers("dask", 1, address) as workers:
            assert run(squares, 12, workers) == ({n: n * n for n in range(12)}, {})


@pytest.mark.parametrize("asked", [("processes", 0), ("dask", -1), ("inline", 2, "127.0.0.1:8786")])
def test_what_makes_no_sense_is_refused(asked: tuple):
    with pytest.raises(WorkersError), open_workers(*asked):
        pytest.fail("it was opened")


@needs_dask
def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kinds, "_PATIENCE", 1)
    with pytest.raises(WorkersError, match="no scheduler with workers at"), open_workers("dask", 2, "127.0.0.1:9"):
        pytest.fail("it was opened")


def test_without_dask_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, "dask", None)
    with pytest.raises(WorkersError, match=r"requirements-dask\.txt"), open_workers("dask"):
        pytest.fail("it was opened")


@needs_dask
def test_texts_are_read_the_same_in_all_three_ways():
    assert "the same results in all three" in executors.prove(60)[0]


def test_workers_that_read_otherwise_are_seen(monkeypatch: pytest.MonkeyPatch):
    """The control: one row of all that comes back from other processes is another."""
    rightly = executors.run_batches

    def wrongly(*args: Any, workers: Workers | None, **more: Any) -> Iterator[Any]:
        found = list(rightly(*args, workers=workers, **more))
        if workers is not None:
            batch, results = found[-1]
            found[-1] = (batch, [*results[:-1], {"mentions": []}])
        yield from found

    monkeypatch.setattr(executors, "run_batches", wrongly)
    monkeypatch.setattr(executors, "KINDS", ("inline", "processes"))
    with pytest.raises(Missed, match="results differ"):
        executors.prove(16)


@pytest.mark.parametrize("kind", KINDS[1:])
def test_what_is_kept_is_read_again_the_same_elsewhere(home: Path, kind: str, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    fresh = content()
    by_older_rules()
    assert content() != fresh
    monkeypatch.setattr("collectors.rereading.BATCH", 5)
    assert main(["reread", "--apply", "--executor", kind, "--now", "2026-11-25T06:00:00Z"]) == 0
    assert content() == fresh


def test_a_worker_killed_while_what_is_kept_is_read_again_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    fresh = content()
    by_older_rules()
    monkeypatch.setattr("collectors.rereading.BATCH", 3)
    opened: list[ProcessWorkers] = []
    killed: list[int] = []

    class Watched(ProcessWorkers):
        def __init__(self, count: int) -> None:
            super().__init__(count)
            opened.append(self)

    from data import store_reread

    write = store_reread.write_items

    def kills(*arguments, **named):
        if not killed:
            killed.extend(opened[0].process_ids())
            os.kill(killed[0], signal.SIGKILL)
        return write(*arguments, **named)

    monkeypatch.setattr(kinds, "ProcessWorkers", Watched)
    monkeypatch.setattr(store_reread, "write_items", kills)
    assert main(["reread", "--apply", "--executor", "processes", "--now", "2026-11-25T06:00:00Z"]) == 0
    assert len(killed) == 2
    assert content() == fresh
    database = open_writer(collected_path())
    assert not any("'older'" in line for line in dump(database))
    database.close()
