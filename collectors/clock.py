"""The time of day, passed in wherever it is needed so that tests and replays can hold it still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def fixed_clock(instant: str) -> Clock:
    """A clock that stands still at an ISO instant such as ``2026-11-25T06:00:00Z``. Raises ValueError."""
    moment = datetime.fromisoformat(instant)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return lambda: moment.astimezone(UTC)


def stamp(clock: Clock) -> str:
    """The instant as it is stored: UTC, whole seconds, trailing ``Z``."""
    return clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today(clock: Clock) -> date:
    """The local calendar day of the machine at that instant."""
    return clock().astimezone().date()
