"""robots.txt as RFC 9309 asks: who answers 4xx allows, who cannot answer forbids for now.

Feeds are published to be fetched by programs and are asked for without it; pages are not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from collectors import reservations
from collectors.outcomes import Failure, Fetched, Outcome

MAX_BYTES = 512_000
LONGEST_GAP = 30.0
_UNANSWERED = {"http_5xx", "blocked"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address may be asked for. ``failure`` is set when not; ``gap`` is a wished Crawl-delay."""

    failure: Failure | None = None
    gap: float = 0.0


class Robots:
    """The rules of each host, asked for once in the life of a door (one run)."""

    def __init__(self, agent: str, ask: Callable[[str], Outcome]) -> None:
        self._agent = agent
        self._ask = ask
        self._rules: dict[str, Protego | Failure | None] = {}
        self._texts: dict[str, str] = {}
        self._reserved: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def verdict(self, url: str) -> Verdict:
        """The verdict on ``url`` for our agent."""
        parts = httpx.URL(url)
        origin = f"{parts.scheme}://{parts.netloc.decode('ascii')}"
        with self._lock:
            known = origin in self._rules
            rules = self._rules.get(origin)
        if not known:
            outcome = self._ask(f"{origin}/robots.txt")
            rules = _rules(outcome)
            with self._lock:
                self._rules[origin] = rules
                self._texts[origin] = _text(outcome)
        if rules is None:
            return Verdict()
        if isinstance(rules, Failure):
            kind = "robots" if rules.kind in _UNANSWERED else rules.kind
            detail = f"robots.txt could not be read, so the host is left alone for now: {rules.detail}"
            return Verdict(Failure(kind, url, detail, rules.retry_at, rules.status))
        if not rules.can_fetch(url, self._agent):
            return Verdict(Failure("robots", url, "robots.txt disallows this address"))
        delay = rules.crawl_delay(self._agent) or 0.0
        return Verdict(gap=min(float(delay), LONGEST_GAP))

    def reservation(self, url: str) -> Failure | None:
        """The failure that says text mining is reserved here; ask for the verdict first."""
        parts = httpx.URL(url)
        origin = f"{parts.scheme}://{parts.netloc.decode('ascii')}"
        with self._lock:
            signalled = reservations.robots_reserves(self._texts.get(origin, ""))
            known = self._reserved.get(origin)
        if known is None and not signalled:
            outcome = self._ask(f"{origin}{reservations.WELL_KNOWN}")
            known = outcome.response.body if isinstance(outcome, Fetched) else b""
            with self._lock:
                self._reserved[origin] = known
        if signalled or reservations.file_reserves(known or b"", parts.path):
            return Failure("reserved", url, "the publisher reserves text mining")
        return None


def _text(outcome: Outcome) -> str:
    return outcome.response.body.decode("utf-8", "replace") if isinstance(outcome, Fetched) else ""


def _rules(outcome: Outcome) -> Protego | Failure | None:
    if isinstance(outcome, Fetched):
        return Protego.parse(outcome.response.body.decode("utf-8", "replace").lstrip("\ufeff"))
    if isinstance(outcome, Failure):
        # Too many redirects and unreadable codings count as "unavailable" (RFC 9309 §2.3.1.2, §2.3.1.3).
        if outcome.kind in ("http_4xx", "too_many_redirects", "bad_encoding", "too_large"):
            return None
        return outcome
    return None
