"""The only door to the network: polite, bounded, and closed towards private addresses.

What it promises for every address asked for:

- it ends: one wall-clock budget for the whole request with its redirects and retries, enforced at each
  read of the socket, so a server that drips bytes (headers or body) stops with it. Bodies whose declared
  cap is above 16 MB get a second more per megabyte;
- it stays small: the cap counts decompressed bytes and is checked every 64 KB;
- it goes to public addresses only, ports 80 and 443, judged at connect time on each hop;
- it is polite: one request per host at a time with a gap, Retry-After kept as a hold on the host,
  conditional requests, an honest User-Agent, robots.txt for pages. It never evades a refusal;
- it never raises for anything the network does: every end is an Outcome.

Validators are sent back verbatim and renewed from every 200 and 304. Two answers give none to keep: one
with ``Expires: 0`` (the server wants no caching) and a Last-Modified more than a day ahead of our clock
(sent back, it would give 304 until that day).

The response handed on has lower-case header names, no Set-Cookie, and no Content-Encoding or
Content-Length, which were true of the wire and not of the body.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from random import random as default_random

import httpx

from collectors import decode, waits
from collectors.access import (
    PLAIN,
    Access,
    Dressed,
    body_without_key,
    dressed,
    token_address,
    token_of,
    token_request,
    without_key,
)
from collectors.addresses import Resolver, is_allowed, system_resolver
from collectors.links import redact
from collectors.outcomes import (
    FAILURE_KINDS,
    FEED_ACCEPT,
    Door,
    Failure,
    Fetched,
    NotModified,
    Outcome,
    Validators,
)
from collectors.replay import RecordingDoor, ReplayDoor
from collectors.robots import MAX_BYTES as ROBOTS_BYTES
from collectors.robots import Robots
from collectors.wire import AGENT, BODIES, Answer, Network, Settings, Wire
from data.models import Response

__all__ = [
    "FAILURE_KINDS", "FEED_ACCEPT", "Door", "Failure", "Fetched", "NetworkDoor", "NotModified", "Outcome",
    "RecordingDoor", "ReplayDoor", "Settings", "Validators",
]  # fmt: skip

_RETRIED_STATUS = {408, 429, 500, 502, 503, 504, 522, 524}
_RETRIED_KINDS = {"dns", "connect", "timeout"}
_REDIRECTS = {301, 302, 303, 307, 308}
_LONGEST_VALIDATOR = 1_000
#: a name, or an IPv6 address
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|(?=[^%]*:)[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,40})?")


class NetworkDoor:
    """The door itself; safe to share between threads. Close it at the end of a run."""

    def __init__(
        self,
        settings: Settings | None = None,
        clock: Callable[[], datetime] = waits.utc_now,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = default_random,
        *,
        holds: Mapping[str, str] | None = None,
        resolve: Resolver = system_resolver,
        wire: Network | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._clock = clock
        self._sleep = sleep
        self._random = random
        self._holds = waits.Holds(holds)
        self._wire = wire or Wire(self.settings, resolve)
        self._robots = Robots(AGENT, self._ask_robots)
        self._guard = threading.Lock()
        self._host_locks: dict[str, threading.Lock] = {}
        self._host_free_at: dict[str, float] = {}
        self._tokens: dict[Access, tuple[str, float]] = {}

    def close(self) -> None:
        """Close kept connections."""
        self._wire.close()

    def holds(self) -> dict[str, str]:
        """Hosts on hold and until when: to be kept and given to the next run's door."""
        return self._holds.as_dict(self._clock())

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        max_bytes: int = 15_000_000,
        accept: str = FEED_ACCEPT,
        check_robots: bool = False,
        access: Access = PLAIN,
        check_reservation: bool = False,
    ) -> Outcome:
        """Ask for ``url``. See :class:`collectors.outcomes.Door` and the top of this file."""
        request = _Request(url, validators or Validators(), max_bytes, accept, check_robots, access, check_reservation)
        if token_address(access):
            refused = self._fetch_token(access)
            if refused is not None:
                return replace(refused, url=url, detail=f"no token: {refused.detail}")
        used = 0.0  # seconds spent on the network and in back-off; waiting for one's turn is not counted
        budget = self.settings.seconds_for(max_bytes)
        outcome: Outcome = Failure("unreachable", url, "no try was made")
        for tries in range(1, max(1, self.settings.tries) + 1):
            spent = _Spent(budget - used)
            outcome, again = self._try(request, spent)
            used = budget - spent.left
            if isinstance(outcome, Failure) and outcome.status == 406 and request.accept != "*/*":
                request = request.accepting_anything()
                outcome, again = self._try(request, spent)
                used = budget - spent.left
            if again is None or tries == self.settings.tries:
                break
            wait = max(
                again + 0.05 if again else 0.0,  # a hair more than asked: two clocks are never the same
                waits.backoff(tries, self.settings.backoff_seconds, self.settings.backoff_most_seconds, self._random()),
            )
            if used + wait >= budget:
                break
            self._sleep(wait)
            used += wait
        return _unsigned(self._final(outcome), access)

    def _fetch_token(self, access: Access) -> Failure | None:
        """Have a valid token for ``access``; the failure when there is none to be had."""
        now = time.monotonic()
        with self._guard:
            if self._tokens.get(access, ("", 0.0))[1] > now + 30.0:
                return None
        where = token_address(access)
        try:
            ask = token_request(access)
        except ValueError as error:
            return Failure("bad_url", where, str(error))
        if (problem := self._forbidden(where)) is not None:
            return Failure(problem[0], where, problem[1])
        host = _host(where)
        with self._turn(host, self.settings.gap_seconds):
            if held := self._holds.held(host, self._clock()):
                return Failure("rate_limited", where, f"{host} asked not to be visited before {held}", held, host=host)
            deadline = time.monotonic() + self.settings.total_seconds
            answer = self._wire.exchange(ask, "application/json", Validators(), 1_000_000, deadline)
        if isinstance(answer, Failure):
            return answer
        if answer.status not in BODIES:
            kind = "http_5xx" if answer.status >= 500 else "http_4xx"
            found = Failure(kind, where, f"HTTP {answer.status}", status=answer.status, host=host)
            until = waits.retry_after(answer.headers.get("retry-after", ""), self._clock())
            if answer.status not in _RETRIED_STATUS or until is None or until <= self._clock():
                return found
            self._holds.hold(host, until)
            return replace(found, retry_at=waits.instant(until))
        try:
            token, seconds = token_of(answer.body)
        except ValueError as error:
            return Failure("bad_encoding", where, str(error))
        with self._guard:
            self._tokens[access] = (token, now + seconds)
        return None

    def _final(self, outcome: Outcome) -> Outcome:
        """429 to the end without a usable Retry-After: the host is left alone for a while all the same."""
        if not isinstance(outcome, Failure) or outcome.kind != "rate_limited" or outcome.retry_at:
            return outcome
        until = self._clock() + waits.DEFAULT_HOLD
        self._holds.hold(_host(outcome.url), until)
        return Failure(outcome.kind, outcome.url, outcome.detail, waits.instant(until), outcome.status)

    def _try(self, request: _Request, spent: _Spent) -> tuple[Outcome, float | None]:
        """One try with its redirects. The second value: seconds to wait before another, None for no other."""
        url = request.url
        for _ in range(self.settings.redirects + 1):
            problem = self._forbidden(url)
            if problem is not None:
                kind, detail = problem
                return Failure(kind, request.url, redact(detail)), None
            gap = self.settings.gap_seconds
            held = self._holds.held(_host(url), self._clock())
            if not held and request.check_robots:
                verdict = self._robots.verdict(url)
                if verdict.failure is not None:
                    found = verdict.failure
                    return Failure(found.kind, request.url, found.detail, found.retry_at, found.status), None
                gap = max(gap, verdict.gap)
                if request.check_reservation and (reserved := self._robots.reservation(url)) is not None:
                    return reserved, None
            with self._turn(_host(url), gap):
                held = held or self._holds.held(_host(url), self._clock())  # others may have met it meanwhile
                if held:
                    detail = f"{_host(url)} asked not to be visited before {held}"
                    return Failure("rate_limited", request.url, detail, held, host=_host(url)), None
                ask = self._ask(url, request)
                with spent.running() as deadline:
                    answer = self._wire.exchange(ask, request.accept, request.validators, request.max_bytes, deadline)
            if isinstance(answer, Failure):
                again = 0.0 if answer.kind in _RETRIED_KINDS else None
                return Failure(answer.kind, request.url, answer.detail), again
            if answer.status in _REDIRECTS and answer.headers.get("location") and request.access.method == "GET":
                url = _target(url, answer.headers["location"])
                continue
            return self._judge(answer, request)
        detail = f"more than {self.settings.redirects} redirects"
        return Failure("too_many_redirects", request.url, detail), None

    def _ask(self, url: str, request: _Request) -> Dressed:
        """The request with its key; to another host than the one the key is for it goes without."""
        access = request.access
        if _origin(url) != _origin(request.url):
            access = Access(method=access.method)
        token = self._tokens.get(access, ("", 0.0))[0]
        return dressed(url, access, token)

    def _forbidden(self, url: str) -> tuple[str, str] | None:
        """Why an address may not be asked for at all: kind and detail."""
        try:
            parts = httpx.URL(url)
            host, port = parts.host, parts.port
            written = parts.raw_host.decode("ascii")
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            return "bad_url", f"not an address: {error}"
        if parts.scheme not in ("http", "https") or not host:
            return "bad_url", f"only http and https addresses are asked for, not {url[:200]}"
        if parts.userinfo or "\\" in url or any(ch <= " " or ch == "\x7f" for ch in url):
            return "bad_url", "an address with user information, backslashes or spaces"
        if not _HOST.fullmatch(written):
            return "bad_url", f"not the name of a host: {written[:200]}"
        if _is_literal(host) and not is_allowed(host, allow_loopback=self.settings.allow_loopback):
            return "forbidden_address", f"{host} is not a public address"
        if port not in (None, 80, 443) and not self.settings.allow_loopback:
            return "bad_url", f"port {port} is not one of the web"
        return None

    @contextmanager
    def _turn(self, host: str, gap: float) -> Iterator[None]:
        """One request per host at a time, ``gap`` seconds after the end of the one before."""
        with self._guard:
            lock = self._host_locks.setdefault(host, threading.Lock())
        with lock:
            wait = self._host_free_at.get(host, 0.0) + gap - time.monotonic()
            if host in self._host_free_at and wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self._host_free_at[host] = time.monotonic()

    def _judge(self, answer: Answer, request: _Request) -> tuple[Outcome, float | None]:
        status, headers, url = answer.status, answer.headers, request.url
        now = self._clock()
        if headers.get("cf-mitigated", "").strip().lower() == "challenge":
            return Failure("blocked", url, "the site answers with a challenge for browsers", "", status), None
        until = waits.retry_after(headers.get("retry-after", ""), now)
        if status in BODIES:
            kept = {k: v for k, v in headers.items() if k not in decode.WIRE_ONLY}
            response = Response(answer.url, status, kept, answer.body, waits.instant(now), url)
            retry_at = waits.instant(until) if until is not None and until > now else ""
            return Fetched(response, _validators(headers, Validators(), now), retry_at), None
        if status == 304 and request.validators != Validators():
            return NotModified(url, _validators(headers, request.validators, now)), None
        kind = "rate_limited" if status == 429 else "http_5xx" if status >= 500 else "http_4xx"
        detail = f"HTTP {status}" if status >= 400 else f"HTTP {status}, which is no answer to this request"
        if status not in _RETRIED_STATUS:
            return Failure(kind, url, detail, "", status), None
        if until is None or until <= now:
            return Failure(kind, url, detail, "", status), 0.0
        host = _host(answer.url)
        self._holds.hold(host, until)
        seconds = (until - now).total_seconds()
        failure = Failure(kind, url, detail, waits.instant(until), status, host)
        return failure, (seconds if seconds <= self.settings.wait_in_place_seconds else None)

    def _ask_robots(self, url: str) -> Outcome:
        return self.get(url, max_bytes=ROBOTS_BYTES, accept="text/plain, */*;q=0.5")


@dataclass(frozen=True, slots=True)
class _Request:
    url: str
    validators: Validators
    max_bytes: int
    accept: str
    check_robots: bool
    access: Access
    check_reservation: bool

    def accepting_anything(self) -> _Request:
        return replace(self, accept="*/*")


class _Spent:
    """Time left of a budget, counted only while an exchange runs."""

    def __init__(self, left: float) -> None:
        self.left = left

    @contextmanager
    def running(self) -> Iterator[float]:
        start = time.monotonic()
        try:
            yield start + self.left
        finally:
            self.left -= time.monotonic() - start


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host.lower()
    except (httpx.InvalidURL, ValueError):
        return ""


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = httpx.URL(url)
        return parts.scheme, parts.host.lower(), parts.port
    except (httpx.InvalidURL, ValueError):
        return "", url, None


def _unsigned(outcome: Outcome, access: Access) -> Outcome:
    """The outcome without the key that may stand in its addresses, its message, or what the server repeats of it."""
    if not access.key:
        return outcome
    if isinstance(outcome, Fetched):
        response = outcome.response
        headers = {name: without_key(value, access) for name, value in response.headers.items()}
        body = body_without_key(response.body, access)
        found = replace(response, url=without_key(response.url, access), headers=headers, body=body)
        return replace(outcome, response=found)
    if isinstance(outcome, Failure):
        return replace(outcome, detail=without_key(outcome.detail, access))
    return outcome


def _is_literal(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _target(url: str, location: str) -> str:
    try:
        # Header bytes are read as latin-1; a location is often UTF-8 unescaped.
        text = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = location
    try:
        joined = httpx.URL(url).join(text.strip())
        return str(joined.copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError):
        return text.strip()


def _validators(headers: dict[str, str], before: Validators, now: datetime) -> Validators:
    if headers.get("expires", "").strip() == "0":
        return Validators()
    etag = headers.get("etag", "") or before.etag
    last_modified = headers.get("last-modified", "") or before.last_modified
    try:
        if parsedate_to_datetime(last_modified) > now + timedelta(days=1):
            last_modified = ""
    except (ValueError, TypeError, IndexError, OverflowError):
        pass  # sent back verbatim: it is the server's word, not ours to read
    return Validators(_short(etag), _short(last_modified))


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_VALIDATOR and value.isprintable() else ""
