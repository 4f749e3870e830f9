"""A door with short times."""

from __future__ import annotations

from datetime import UTC, datetime

from collectors.http import Failure, NetworkDoor, Settings

QUICK = Settings(
    allow_loopback=True,
    total_seconds=1.5,
    connect_seconds=1.0,
    read_seconds=0.6,
    backoff_seconds=0.02,
    gap_seconds=0.0,
)


NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def door(settings: Settings = QUICK, **more: object) -> NetworkDoor:
    return NetworkDoor(settings, **more)  # type: ignore[arg-type]


def failure(outcome: object) -> Failure:
    assert isinstance(outcome, Failure), outcome
    return outcome
