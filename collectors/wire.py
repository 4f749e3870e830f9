"""One exchange over the network: a request out, an answer or a named failure back. Never raises for it."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import certifi
import httpcore
import httpx

from collectors import decode
from collectors.access import Dressed
from collectors.addresses import (
    Budget,
    DnsError,
    ForbiddenAddressError,
    GuardedBackend,
    Resolver,
    TlsError,
)
from collectors.links import redact
from collectors.outcomes import Failure, Validators

VERSION = "0.1.0"
AGENT = "DeepfakePolicyMonitor"
DEFAULT_CONTACT = "https://github.com/deepfake-policy-monitor/deepfake-policy-monitor"
BODIES = {200, 203}  # the statuses whose body is the page asked for


@dataclass(frozen=True, slots=True)
class Settings:
    """How the door behaves. The defaults are those of production."""

    contact: str = DEFAULT_CONTACT
    proxy: str = ""
    allow_loopback: bool = False
    total_seconds: float = 60.0
    connect_seconds: float = 10.0
    read_seconds: float = 25.0
    tries: int = 3
    backoff_seconds: float = 1.0
    backoff_most_seconds: float = 20.0
    gap_seconds: float = 1.0
    redirects: int = 5
    wait_in_place_seconds: float = 5.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """``MONITOR_CONTACT`` (address named in the User-Agent) and ``MONITOR_PROXY`` are read, no other."""
        contact = "".join(ch for ch in environment.get("MONITOR_CONTACT", "") if " " < ch < "\x7f")
        return cls(contact=contact or DEFAULT_CONTACT, proxy=environment.get("MONITOR_PROXY", "").strip())

    def user_agent(self) -> str:
        """``DeepfakePolicyMonitor/0.1.0 (+contact)``."""
        return f"{AGENT}/{VERSION} (+{self.contact})"

    def seconds_for(self, max_bytes: int) -> float:
        """The wall-clock budget of a request whose body may be ``max_bytes`` long."""
        return self.total_seconds + max(0.0, max_bytes / 1024**2 - 16)


@dataclass(frozen=True, slots=True)
class Answer:
    """One exchange on the wire: no redirect followed, nothing judged yet."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


class Network(Protocol):
    """What exchanges go over: a :class:`Wire`, or what a simulation puts in its place."""

    def exchange(
        self, ask: Dressed, accept: str, validators: Validators, max_bytes: int, deadline: float
    ) -> Answer | Failure:
        """Ask before ``deadline`` (monotonic clock); redirects are answers like any other."""
        ...

    def close(self) -> None:
        """Close kept connections."""
        ...


class Wire:
    """A transport that connects to judged addresses only, keeps no cookies and reads no environment."""

    def __init__(self, settings: Settings, resolve: Resolver) -> None:
        self._settings = settings
        self._budget = Budget()
        self._transport = _transport(settings, self._budget, resolve)

    def close(self) -> None:
        """Close kept connections."""
        self._transport.close()

    def exchange(
        self, ask: Dressed, accept: str, validators: Validators, max_bytes: int, deadline: float
    ) -> Answer | Failure:
        """Ask before ``deadline`` (monotonic clock); redirects are answers like any other."""
        url = ask.url
        try:
            with self._budget.until(deadline):
                return self._send(ask, accept, validators, max_bytes)
        except decode.TooLargeError as error:
            return Failure("too_large", url, str(error))
        except decode.BadEncodingError as error:
            return Failure("bad_encoding", url, str(error))
        except httpx.TimeoutException as error:
            return Failure("timeout", url, redact(f"no whole answer in time: {error}"))
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError) as error:
            return Failure("bad_url", url, redact(str(error)))
        except (httpx.TransportError, OSError) as error:
            return Failure(_kind(error), url, redact(f"{type(error).__name__}: {error}"))

    def _send(self, ask: Dressed, accept: str, validators: Validators, max_bytes: int) -> Answer:
        settings = self._settings
        timeout = {
            "connect": settings.connect_seconds,
            "read": settings.read_seconds,
            "write": settings.read_seconds,
            "pool": settings.connect_seconds,
        }
        headers: list[tuple[bytes, bytes]] = [
            (b"User-Agent", settings.user_agent().encode("ascii")),
            (b"Accept", accept.encode("ascii", "ignore")),
            (b"Accept-Encoding", decode.ACCEPT_ENCODING.encode("ascii")),
        ]
        if validators.etag:
            headers.append((b"If-None-Match", validators.etag.encode("latin-1", "ignore")))
        if validators.last_modified:
            headers.append((b"If-Modified-Since", validators.last_modified.encode("latin-1", "ignore")))
        headers += [(name.encode("ascii"), value.encode("latin-1")) for name, value in ask.headers]
        method = "GET" if ask.body is None else "POST"
        wire = httpx.Request(method, ask.url, headers=headers, content=ask.body, extensions={"timeout": timeout})
        response = self._transport.handle_request(wire)
        response.request = wire
        try:
            found = _headers(response)
            body = b""
            if response.status_code in BODIES:
                length = found.get("content-length", "")
                if length.isdigit() and int(length[:18]) > max_bytes:
                    raise decode.TooLargeError(f"{length[:18]} bytes announced, {max_bytes} allowed")
                body = decode.read_body(response.iter_raw(), found.get("content-encoding", ""), max_bytes)
        finally:
            response.close()
        return Answer(str(wire.url), response.status_code, found, body)


def _transport(settings: Settings, budget: Budget, resolve: Resolver) -> httpx.HTTPTransport:
    context = ssl.create_default_context(cafile=certifi.where())
    transport = httpx.HTTPTransport(verify=context, trust_env=False, proxy=settings.proxy or None)
    proxy = httpx.URL(settings.proxy) if settings.proxy else None
    exempt = (proxy.host, proxy.port or (443 if proxy.scheme == "https" else 80)) if proxy else None
    # httpx offers no way to choose the network backend, the pool it wraps does.
    transport._pool._network_backend = GuardedBackend(
        budget, allow_loopback=settings.allow_loopback, resolve=resolve, exempt=exempt
    )
    return transport


def _headers(response: httpx.Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _kind(error: BaseException) -> str:
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None:
            break
        if isinstance(seen, ForbiddenAddressError):
            return "forbidden_address"
        if isinstance(seen, DnsError):
            return "dns"
        if isinstance(seen, TlsError | ssl.SSLError):
            return "tls"
        if isinstance(seen, httpcore.TimeoutException):
            return "timeout"
        seen = seen.__cause__ or seen.__context__
    return "connect"
