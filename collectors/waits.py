"""When a host may be asked again: Retry-After, holds, back-off. Instants are UTC text ending in Z."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_HOLD = timedelta(days=31)
DEFAULT_HOLD = timedelta(minutes=15)  # after a 429 that does not say how long


def instant(moment: datetime) -> str:
    """``2026-11-25T10:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_now() -> datetime:
    """The wall clock; passed in everywhere so that a test can pass another."""
    return datetime.now(UTC)


def from_instant(text: str) -> datetime | None:
    """Inverse of :func:`instant`; None for anything else."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def retry_after(value: str, now: datetime) -> datetime | None:
    """The instant a Retry-After field means (RFC 9110 §10.2.3), None when it means nothing.

    Both forms are read: seconds and an HTTP date. A past date means now; more than 31 days means 31 days.
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        seconds = int(text[:12])
        return now + min(timedelta(seconds=seconds), LONGEST_HOLD)
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return min(max(moment, now), now + LONGEST_HOLD)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def backoff(tries: int, base: float, cap: float, random: float) -> float:
    """Seconds to wait after the ``tries``-th try: doubles each time, times 0.5 to 1.5 by chance."""
    return float(min(cap, base * 2 ** (tries - 1)) * (0.5 + random))


class Holds:
    """Hosts that asked to be left alone, until when."""

    def __init__(self, preloaded: Mapping[str, str] | None = None) -> None:
        self._lock = threading.Lock()
        self._until: dict[str, datetime] = {}
        for host, text in (preloaded or {}).items():
            moment = from_instant(text)
            if moment is not None:
                self._until[host.lower()] = moment

    def hold(self, host: str, until: datetime) -> None:
        """Keep the later of two instants: a second answer never shortens the first."""
        with self._lock:
            before = self._until.get(host)
            self._until[host] = until if before is None else max(before, until)

    def held(self, host: str, now: datetime) -> str:
        """The instant until which ``host`` is on hold, or an empty string."""
        with self._lock:
            until = self._until.get(host)
        if until is None or until <= now:
            return ""
        return instant(min(until, now + LONGEST_HOLD))

    def as_dict(self, now: datetime) -> dict[str, str]:
        """The holds still in force, to be kept for the next run."""
        with self._lock:
            hosts = list(self._until)
        found = {host: self.held(host, now) for host in hosts}
        return {host: until for host, until in found.items() if until}
