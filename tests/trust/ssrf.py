"""No address of a private network is contacted, however it is written and by whatever way it is reached.

The door runs with the settings of production. Under it the network is replaced at the last step, the connection of a
socket: the one public address of a stranger's server leads to a server on loopback that redirects, every other address
to a canary that counts who comes. So what is counted is not what the door says but what it would have connected to.
"""

from __future__ import annotations

import ipaddress
import os
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch
from urllib.parse import quote, unquote

import httpcore
import httpx

from collectors.addresses import system_resolver
from collectors.http import Failure, NetworkDoor, Settings
from tests.collectors.badserver import FEED, listener
from tests.trust import Missed

PUBLIC = "8.8.8.8"  # where the stranger's own server stands
FORBIDDEN_V4 = (
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.1", "10.255.255.254", "172.16.0.1", "172.31.255.254", "192.168.1.1",
    "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.88.99.1", "192.0.0.1",
    "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
)  # fmt: skip
FORBIDDEN_V6 = (
    "::", "::1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fd12:3456::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
    "2001:2::1", "2001:10::1", "100::1", "64:ff9b:1::808:808", "2001:0:53aa:64c:0:5efe:0:0", "::ffff:0:127.0.0.1", "3fff::1", "5f00::1",
    "4000::1", "100:0:0:1::1",
)  # fmt: skip
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
QUICK = Settings(tries=2, gap_seconds=0.0, backoff_seconds=0.0, backoff_most_seconds=0.0, connect_seconds=3.0)


@dataclass(frozen=True, slots=True)
class Case:
    """A target as written, and how many redirects lead there; ``answers``: what the name says, time after time."""

    url: str
    hops: int = 0
    answers: tuple[tuple[str, ...], ...] = ()


def spellings_v4(text: str) -> Iterator[str]:
    """A host written in the ways that some resolver, library or browser takes for this IPv4 address."""
    number = int(ipaddress.IPv4Address(text))
    a, b, c, d = number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255
    yield text
    yield from (str(number), hex(number), f"0{number:o}", f"0x{number:08X}", str(number + (1 << 32)))
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}")
    yield from (f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"{a:03}.{b:03}.{c:03}.{d:03}", f"{a}.0x{b:x}.0{number & 0xFFFF:o}")
    yield from (f"{text}.", f"{text}..", text.replace(".", "。"), text.translate(_WIDE), text.translate(_CIRCLED))
    yield from (
        quote(text, safe="").replace(".", "%2E"),
        "".join(f"%{ord(ch):02x}" for ch in text),
        f"{text}%00.example",
    )
    yield from (
        f"[::ffff:{text}]",
        f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]",
        f"[::{text}]",
        f"[::ffff:0:{text}]",
    )
    yield from (f"[64:ff9b::{text}]", f"[64:ff9b:1::{text}]", f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::1]")
    yield f"[2001:0:808:808:0:0:{~number >> 16 & 0xFFFF:x}:{~number & 0xFFFF:x}]"
    yield from (
        f"{PUBLIC}@{text}",
        f"user:word@{text}",
        f"{text}#@{PUBLIC}",
        f"{text}\\@{PUBLIC}",
        f"{PUBLIC}\t@{text}",
    )


def spellings_v6(text: str) -> Iterator[str]:
    """The same for an IPv6 address."""
    whole = ipaddress.IPv6Address(text).exploded
    yield from (f"[{text}]", f"[{whole}]", f"[{whole.upper()}]", f"[{text}%25eth0]", f"[{text}%eth0]", f"[{text}%25lo]")
    yield from (f"{PUBLIC}@[{text}]", f"[{text}].", f"%5B{text}%5D", text, f"[{text}]\\@{PUBLIC}")


_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
_NAMES = ("localhost", "LOCALHOST", "localhost.", "ip6-localhost", "localhost.localdomain", "127.0.0.1.nip.example")
_OTHER_DOORS = (
    "file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "unix:///run/docker.sock", "data:text/xml,<rss/>",
    "//127.0.0.1/", "http:127.0.0.1", "http:/127.0.0.1", "http:///127.0.0.1/", "http://[::1", "http://127.0.0.1:99999/",
)  # fmt: skip


def cases() -> list[Case]:
    """Every case: spellings, ports and ways there, then names whose answer changes."""
    found: list[Case] = []
    written = [one for text in FORBIDDEN_V4 for one in spellings_v4(text)]
    written += [one for text in FORBIDDEN_V6 for one in spellings_v6(text)] + [*_NAMES]
    for number, host in enumerate(written):
        found += [Case(f"http://{host}/", hops) for hops in (0, 1 + number % 5)]
        scheme, port = (("http", 8080), ("https", 443), ("http", 22), ("https", 80), ("http", 6379))[number % 5]
        found.append(Case(f"{scheme}://{host}:{port}/latest/meta-data/", number % 6))
    found += [Case(url, hops) for url in _OTHER_DOORS for hops in range(6)]
    for number, text in enumerate((*FORBIDDEN_V4, *FORBIDDEN_V6)):
        public, private = (PUBLIC,), (text,)
        for hops in range(6):  # the redirects ask the name too: it turns after none, some or all of them
            found.append(Case(f"http://turns-{number}-{hops}.example/", hops, (public,) * hops + (private,)))
        found.append(Case(f"http://mixed-{number}.example/", 1 + number % 5, ((text, "203.0.113.1"), (text, text))))
        found.append(Case(f"http://retry-{number}.example/closed", 0, (public, private, private)))
    return list(dict.fromkeys(found))


@dataclass
class Net:
    """What stands behind the door: ``met`` lists the addresses that reached the canary."""

    port: int
    canary: int
    met: list[str]
    served: Counter[str]


@contextmanager
def network() -> Iterator[Net]:
    """The stranger's server and the canary, and every connection led to one of them."""
    served: Counter[str] = Counter()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _stranger(served))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    connect = httpcore.SyncBackend.connect_tcp
    with listener() as (canary, contacts):
        net = Net(server.server_port, canary, [], served)

        def routed(self: httpcore.SyncBackend, host: str, port: int, *rest: object, **more: object) -> object:
            if host == PUBLIC and port in (80, 443):
                return connect(self, "127.0.0.1", net.port, *rest, **more)
            net.met.append(f"{host}:{port}")
            return connect(self, "127.0.0.1", canary, *rest, **more)

        proxies = dict.fromkeys(PROXIES, f"http://127.0.0.1:{canary}")
        try:
            with patch.object(httpcore.SyncBackend, "connect_tcp", routed), patch.dict(os.environ, proxies):
                yield net
        finally:
            server.shutdown()
            server.server_close()
            net.met += [f"the canary itself: {peer}" for peer in contacts[len(net.met) :]]


def _stranger(served: Counter[str]) -> type[BaseHTTPRequestHandler]:
    class Stranger(BaseHTTPRequestHandler):
        """``/N/TARGET`` leads to TARGET in N redirects; ``/closed`` hangs up; all else is a feed."""

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            served[self.path.partition("/")[0] + self.headers.get("Host", "")] += 1
            step = re.fullmatch(r"/(\d)/(.+)", self.path)
            if self.path == "/closed":
                self.close_connection = True
                return
            if step is None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(FEED)))
                self.end_headers()
                self.wfile.write(FEED)
                return
            left, target = int(step[1]), unquote(step[2])
            on_the_way = f"http://{self.headers['Host']}/{left - 1}/{step[2]}"
            self.send_response((301, 302, 303, 307, 308)[left % 5])
            self.send_header("Location", (on_the_way if left > 1 else target).encode().decode("latin-1"))
            self.send_header("Content-Length", "0")
            self.end_headers()

    return Stranger


def resolver(case: Case) -> Callable[[str, int], list[str]]:
    """Names under .example answer as the case says, the last answer for ever; the system reads all else."""
    answers = list(case.answers)

    def resolve(host: str, port: int) -> list[str]:
        if not host.endswith(".example"):
            return [PUBLIC] if host == PUBLIC else system_resolver(host, port)
        if host == "stranger.example" or not answers:
            return [PUBLIC]
        return list(answers.pop(0) if len(answers) > 1 else answers[0])

    return resolve


class Asker:
    """A door of its own whose names answer as the case in hand says."""

    def __init__(self) -> None:
        self._resolve: Callable[[str, int], list[str]] = system_resolver
        self.door = NetworkDoor(QUICK, resolve=lambda host, port: self._resolve(host, port), sleep=lambda _: None)

    def ask(self, case: Case) -> str:
        """Ask for the case as a source would; how it ended. A name that turns is asked for twice."""
        self._resolve = resolver(case)
        host = case.url.split("/")[2] if case.answers and case.hops else "stranger.example"
        first = f"http://{host}/{case.hops}/{quote(case.url, safe='')}" if case.hops else case.url
        found = [self.door.get(url) for url in ((first, case.url) if case.answers else (first,))]
        last = found[-1]
        return last.kind if isinstance(last, Failure) else type(last).__name__


def prove(count: int) -> list[str]:
    """At most ``count`` cases, spread over all: 0 contacts; and the same without the check, where there must be many."""
    everything = cases()
    chosen = (
        everything if count >= len(everything) else [everything[n * len(everything) // count] for n in range(count)]
    )
    sample = chosen[:: max(1, len(chosen) // 200)]
    ends: Counter[str] = Counter()
    with network() as net:
        asker = Asker()
        reached = asker.ask(Case("http://open.example/feed"))
        for case in chosen:
            before = len(net.met)
            end = asker.ask(case)
            ends[end] += 1
            if len(net.met) > before:
                raise Missed(f"{case} reached {net.met[before:]}")
    if net.met or reached != "Fetched":
        raise Missed(f"contacts {net.met}; a public address answered {reached}")
    with network() as open_net:
        control = contacted(sample, open_net)
        before = len(open_net.met)
        with suppress(httpx.HTTPError):
            httpx.get(f"http://{PUBLIC}/")
        by_proxy = len(open_net.met) - before
    if control < len(sample) // 4 or not by_proxy:
        raise Missed(f"without the check only {control} cases reach the canary: the proof has no power")
    told = ", ".join(f"{n} {kind}" for kind, n in ends.most_common())
    return [
        f"{len(chosen)} cases of {len(FORBIDDEN_V4) + len(FORBIDDEN_V6)} addresses, {sum(c.hops > 0 for c in chosen)} by redirects,"
        f" {sum(bool(c.answers) for c in chosen)} by names that turn: 0 contacts ({told})",
        f"proxies named in the environment: 0 contacts, where a client that heeds them makes {by_proxy};"
        f" control without the check: {control} of {len(sample)} cases reach the canary",
    ]


def contacted(chosen: list[Case], net: Net) -> int:
    """How many cases reach the canary when every address is allowed."""
    reached, asker = 0, Asker()
    with (
        patch("collectors.addresses.is_allowed", lambda *_, **__: True),
        patch("collectors.http.is_allowed", lambda *_, **__: True),
    ):
        for case in chosen:
            before = len(net.met)
            asker.ask(case)
            reached += len(net.met) > before
    return reached
