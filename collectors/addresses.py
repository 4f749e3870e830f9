"""Which network addresses the door may connect to, checked on the very address of the connection.

A fetched page may name any host and a name may answer differently each time it is asked. So a host is
resolved once per connection, every answer is judged, and the connection goes to a judged address itself.
``ipaddress`` alone is not enough: Python 3.11 calls the NAT64 and 6to4 forms of private addresses global.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_DENIED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "168.63.129.16/32",  # the metadata address of one cloud: a public number with a private meaning
        "100.64.0.0/10",  # carrier-grade NAT
        "192.88.99.0/24",  # 6to4 relays
        "fec0::/10",  # site-local, deprecated
        "64:ff9b:1::/48",  # local-use NAT64: leads into a private network by definition
        "2001::/23",  # protocol assignments, among them Teredo
        "3fff::/20",  # documentation; Python 3.11 does not know it yet
    )
)
_UNICAST = ipaddress.ip_network("2000::/3")  # all of IPv6 that is given out on the public internet
_MOST_CANDIDATES = 6


class ForbiddenAddressError(httpcore.ConnectError):
    """The host has no address that we may connect to."""


class DnsError(httpcore.ConnectError):
    """The host has no address at all, or the answer did not come in time."""


class TlsError(httpcore.ConnectError):
    """No trusted and encrypted connection came about."""


def unwrap(address: Address) -> list[Address]:
    """The address and every address it carries inside (v4-mapped, 6to4, Teredo, NAT64)."""
    found: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        inner: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
        if address.teredo is not None:
            inner.extend(address.teredo)
        if any(address in network for network in _NAT64):
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if int(address) < 1 << 32 and int(address) > 1:  # ::a.b.c.d, the deprecated compatible form
            inner.append(ipaddress.IPv4Address(int(address)))
        found.extend(item for item in inner if item is not None)
    return found


def is_allowed(text: str, *, allow_loopback: bool = False) -> bool:
    """Whether ``text`` is an address literal on the public internet (or loopback, where that is allowed)."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    layers = unwrap(address)
    if allow_loopback and layers[-1].is_loopback and all(_is_loopback_form(layer) for layer in layers):
        return True
    if len(layers) > 1 and isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        layers = layers[1:]  # the mapped form is only a spelling of the IPv4 address it holds
    outer, inner = layers[0], layers[1:]
    nat64 = isinstance(outer, ipaddress.IPv6Address) and outer in _NAT64[0]
    return (nat64 or _is_public(outer)) and all(_is_public(layer) for layer in inner)


def _is_loopback_form(layer: Address) -> bool:
    return layer.is_loopback or (isinstance(layer, ipaddress.IPv6Address) and layer.ipv4_mapped is not None)


def _is_public(address: Address) -> bool:
    if any(address.version == network.version and address in network for network in _DENIED):
        return False
    if address.version == 6 and address not in _UNICAST:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def system_resolver(host: str, port: int) -> list[str]:
    """Every stream address the system knows for a host, in its order of preference."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class Budget:
    """The instant at which the request of the current thread must have ended, on the monotonic clock."""

    def __init__(self) -> None:
        self._local = threading.local()

    @contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        """Bound everything this thread does on the network within the block."""
        before = getattr(self._local, "deadline", None)
        self._local.deadline = deadline
        try:
            yield
        finally:
            self._local.deadline = before

    def left(self, timeout: float | None) -> float:
        """The smaller of ``timeout`` and the time left; raises ReadTimeout when none is left."""
        deadline = getattr(self._local, "deadline", None)
        if deadline is None:
            return timeout if timeout is not None else 60.0
        remaining = float(deadline) - time.monotonic()
        if remaining <= 0:
            raise httpcore.ReadTimeout("the time for the whole request is over")
        return remaining if timeout is None else min(timeout, remaining)


class BudgetedStream(httpcore.NetworkStream):
    """A connection on which no read, write or handshake outlives the budget of the request.

    A timeout per read does not end a server that sends one byte a second, in the headers or in the
    body; shortening each read to what is left of the whole does.
    """

    def __init__(self, inner: httpcore.NetworkStream, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._budget.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._budget.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, self._budget.left(timeout))
        except httpcore.ConnectError as error:
            raise TlsError(str(error)) from error
        return BudgetedStream(inner, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to judged addresses only. ``exempt`` is the proxy, if there is one."""

    def __init__(
        self,
        budget: Budget,
        *,
        allow_loopback: bool = False,
        resolve: Resolver = system_resolver,
        exempt: tuple[str, int] | None = None,
    ) -> None:
        self._budget = budget
        self._allow_loopback = allow_loopback
        self._resolve = resolve
        self._exempt = exempt
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        end = time.monotonic() + self._budget.left(timeout)
        candidates = self._answers(host, port, end)
        if self._exempt != (host, port):
            candidates = [c for c in candidates if is_allowed(c, allow_loopback=self._allow_loopback)]
        if not candidates:
            raise ForbiddenAddressError(f"{host} has no public address")
        candidates = candidates[:_MOST_CANDIDATES]
        for number, candidate in enumerate(candidates, 1):
            left = end - time.monotonic()
            if left <= 0:
                break
            # One address of a host may be a black hole (often IPv6): leave time for the others.
            share = left if number == len(candidates) else left / 2
            try:
                stream = self._inner.connect_tcp(candidate, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(candidates):
                    raise
                continue
            return BudgetedStream(stream, self._budget)
        raise httpcore.ConnectTimeout(f"{host} did not answer in time")

    def _answers(self, host: str, port: int, end: float) -> list[str]:
        """Resolve in a thread of its own: the system's resolver knows no timeout."""
        box: list[list[str] | Exception] = []

        def ask() -> None:
            try:
                box.append(self._resolve(host, port))
            except Exception as error:
                box.append(error)

        thread = threading.Thread(target=ask, daemon=True, name="resolve")
        thread.start()
        thread.join(max(0.0, end - time.monotonic()))
        if not box:
            raise DnsError(f"{host}: no answer from the name service in time")
        answer = box[0]
        if isinstance(answer, Exception):
            raise DnsError(f"{host}: {answer}") from answer
        if not answer:
            raise DnsError(f"{host}: the name service knows no address")
        return answer
