"""The built-in schedule: when the next round is, what a failed one costs, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from collectors.run import due
from collectors.schedule import LONGEST, SHORTEST, TRY_AGAIN, next_due, watch
from data.database import collected_path, writer_lock
from data.store_runs import LastVisit
from tests.data.test_store import OFFICIAL
from tests.shared import ROOT

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)


def visited(hours_ago: float, failures: int = 0) -> dict[str, LastVisit]:
    at = (NOW - timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {OFFICIAL.id: LastVisit(started_at=at, outcome="failed" if failures else "ok", failures=failures)}


@pytest.mark.parametrize(
    ("visits", "in_hours"),
    [
        ({}, 0),
        (visited(23), 1),
        (visited(24), 0),
        (visited(0, failures=1), 0.25),
        (visited(0, failures=3), 1),
        (visited(0, failures=50), 24),
    ],
)
def test_a_source_is_due_when_its_interval_has_passed_and_sooner_after_a_failure(
    visits: dict[str, LastVisit], in_hours: float
):
    assert next_due([OFFICIAL], visits, NOW) - NOW == timedelta(hours=in_hours)


def test_a_visit_made_while_the_clock_was_wrong_holds_nothing_up():
    assert due([OFFICIAL], visited(-24 * 365), NOW) == [OFFICIAL]


class Night:
    """A simulated machine: rounds that take no time, sleep that does, an end after some rounds."""

    def __init__(self, rounds: int) -> None:
        self.now, self.left = NOW, rounds
        self.slept: list[timedelta] = []
        self.told: list[tuple[str, dict[str, object]]] = []

    def clock(self) -> datetime:
        return self.now

    def pause(self, seconds: float) -> bool:
        self.slept.append(timedelta(seconds=seconds))
        self.now += self.slept[-1]
        self.left -= 1
        return self.left <= 0

    def tell(self, event: str, **facts: object) -> None:
        self.told.append((event, facts))


def test_it_sleeps_until_the_next_source_is_due_and_looks_again_within_a_quarter_of_an_hour():
    night = Night(rounds=3)
    wanted: Iterator[timedelta] = iter((timedelta(minutes=5), timedelta(days=3), timedelta(0)))
    watch(lambda: night.now + next(wanted), night.clock, night.pause, night.tell)
    assert night.slept == [timedelta(minutes=5), LONGEST, SHORTEST]
    assert night.told == []


def test_a_round_that_fails_is_told_and_made_again_later_and_later():
    night = Night(rounds=6)
    answers: Iterator[bool] = iter((False, False, False, True, False, False))

    def make_round() -> datetime:
        if not next(answers):
            raise RuntimeError("no room")
        return night.now + timedelta(minutes=2)

    watch(make_round, night.clock, night.pause, night.tell)
    assert night.slept == [TRY_AGAIN, TRY_AGAIN * 2, TRY_AGAIN * 4, timedelta(minutes=2), TRY_AGAIN, TRY_AGAIN * 2]
    assert night.told[0] == ("round_failed", {"error": "RuntimeError", "detail": "no room", "failure_count": 1})
    assert [facts["failure_count"] for _, facts in night.told] == [1, 2, 3, 1, 2]


@pytest.mark.parametrize("step", [timedelta(days=1), timedelta(days=-1)])
def test_a_step_of_the_wall_clock_makes_neither_a_storm_nor_a_stall(step: timedelta):
    """A source of an hour over twelve hours, the clock set wrong in the middle: every visit but one keeps its hour."""
    night = Night(rounds=200)
    hourly = OFFICIAL.__class__(**{name: getattr(OFFICIAL, name) for name in OFFICIAL.__slots__} | {"every_hours": 1})
    visits: dict[str, LastVisit] = {}
    made: list[timedelta] = []  # of the time that really passed
    awake = timedelta(0)

    def make_round() -> datetime:
        nonlocal awake
        awake = sum(night.slept, timedelta(0))
        if len(night.slept) == 25:
            night.now += step
        if due([hourly], visits, night.now):
            made.append(awake)
            visits[hourly.id] = LastVisit(started_at=night.now.isoformat(), outcome="ok", failures=0)
        return next_due([hourly], visits, night.now)

    watch(make_round, night.clock, night.pause, night.tell)
    apart = [later - sooner for sooner, later in pairwise(made)]
    assert len(made) > 30
    assert max(apart) == timedelta(hours=1)
    assert sum(one < timedelta(hours=1) for one in apart) <= 1


@pytest.mark.timeout(120)
def test_it_waits_for_another_collection_and_ends_when_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    with writer_lock(collected_path()):
        process = subprocess.Popen(
            [sys.executable, "-m", "collectors", "watch", "--log", "json"],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stderr is not None
        told = [json.loads(process.stderr.readline()) for _ in range(2)]
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        rest = [json.loads(line) for line in process.stderr]
        assert process.wait() == 0
    assert time.monotonic() - began < 20
    assert [one["event"] for one in (*told, *rest)] == ["started", "round_failed", "stopped"]
    assert f"process {os.getpid()}" in told[1]["detail"]
