"""robots.txt as RFC 9309 asks: who answers 4xx allows, who cannot answer forbids for now.

Feeds are published to be fetched by programs and are asked for without it; pages are not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

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
        self._lock = threading.Lock()

    def verdict(self, url: str) -> Verdict:
        """The verdict on ``url`` for our agent."""
        parts = httpx.URL(url)
        origin = f"{parts.scheme}://{parts.netloc.decode('ascii')}"
        with self._lock:
            known = origin in self._rules
            rules = self._rules.get(origin)
        if not known:
            rules = _rules(self._ask(f"{origin}/robots.txt"))
            with self._lock:
                self._rules[origin] = rules
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


def _rules(outcome: Outcome) -> Protego | Failure | None:
    if isinstance(outcome, Fetched):
        return Protego.parse(outcome.response.body.decode("utf-8", "replace").lstrip("\ufeff"))
    if isinstance(outcome, Failure):
        # Too many redirects and unreadable codings count as "unavailable" (RFC 9309 §2.3.1.2, §2.3.1.3).
        if outcome.kind in ("http_4xx", "too_many_redirects", "bad_encoding", "too_large"):
            return None
        return outcome
    return None
