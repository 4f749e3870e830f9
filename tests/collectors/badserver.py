"""A web server on loopback that misbehaves on purpose: one path per hazard. Standard library only."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>'
    b"<item><guid>1</guid><title>One</title></item></channel></rss>"
)
MEGABYTE = 1_000_000


class BadServer:
    """Runs until the ``with`` block ends; counts what it was asked for and every connection it accepted."""

    def __init__(self, certificate: Path | None = None) -> None:
        self.seen: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self.times: list[float] = []
        self.connections = 0
        self.sent = 0
        self.active = 0
        self.most_active = 0
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self._server = _Quiet(("127.0.0.1", 0), _handler(self))
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def __enter__(self) -> BadServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up on a misbehaving server is what the tests expect."""


@contextlib.contextmanager
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port that notes every connection and answers nothing: the canary of forbidden targets."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen()
    met: list[object] = []

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, peer = sock.accept()
                met.append(peer)
                connection.close()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield int(sock.getsockname()[1]), met
    finally:
        sock.close()


def _handler(bad: BadServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            with bad.lock:
                bad.connections += 1

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            with bad.lock:
                bad.seen[path] += 1
                bad.headers[path] = {k.lower(): v for k, v in self.headers.items()}
                bad.times.append(time.monotonic())
                bad.active += 1
                bad.most_active = max(bad.most_active, bad.active)
            try:
                with contextlib.suppress(OSError):
                    route = ROUTES.get(path)
                    if route is None:
                        self.answer(404, b"nothing here")
                    else:
                        route(self, bad)
            finally:
                with bad.lock:
                    bad.active -= 1

        def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            if "Content_Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def redirect(self, to: str, status: int = 302) -> None:
            self.answer(status, b"", Location=to)

        def drip(self, data: bytes, pause: float = 0.1) -> None:
            for number in range(len(data)):
                if bad.stopping.is_set():
                    return
                self.wfile.write(data[number : number + 1])
                self.wfile.flush()
                time.sleep(pause)

    return Handler


Route = Callable[..., None]
ROUTES: dict[str, Route] = {}


def route(path: str) -> Callable[[Route], Route]:
    def add(function: Route) -> Route:
        ROUTES[path] = function
        return function

    return add


def _fixed(path: str, status: int, body: bytes = b"", **headers: str) -> None:
    ROUTES[path] = lambda h, bad: h.answer(status, body, **headers)


def _redirects(path: str, to: str, status: int = 302) -> None:
    ROUTES[path] = lambda h, bad: h.redirect(to, status)


_fixed("/ok", 200, FEED, Content_Type="application/rss+xml", ETag='"v1"', X_UPPER="Yes", Set_Cookie="id=1")
_fixed("/empty", 200)
_fixed("/wrong-type", 200, FEED, Content_Type="image/png")
_fixed("/partial", 206, FEED[:20])
_fixed("/no-content", 204)
_fixed("/always-304", 304)
_fixed("/403", 403)
_fixed("/404", 404)
_fixed("/410", 410)
_fixed("/500", 500)
_fixed("/503-seconds", 503, Retry_After="3600")
_fixed("/429-bare", 429)
_fixed("/429-seconds", 429, Retry_After="120")
_fixed("/429-past", 429, Retry_After="Mon, 01 Jan 2024 00:00:00 GMT")
_fixed("/429-long", 429, Retry_After="999999999")
_fixed("/429-garbage", 429, Retry_After="soon, perhaps")
_fixed("/challenge", 403, b"<html>", Cf_Mitigated="challenge")
_fixed("/challenge-200", 200, b"<html>", Cf_Mitigated="challenge")
_fixed("/nested", 200, gzip.compress(gzip.compress(FEED)), Content_Encoding="gzip, gzip")
_fixed("/unknown-coding", 200, FEED, Content_Encoding="zstd")
_fixed("/not-gzip", 200, FEED, Content_Encoding="gzip")
_fixed("/cut-gzip", 200, gzip.compress(FEED)[:-9], Content_Encoding="gzip")
_fixed("/gzip", 200, gzip.compress(FEED), Content_Encoding="gzip")
_fixed("/deflate", 200, zlib.compress(FEED), Content_Encoding="deflate")
_fixed("/br", 200, brotli.compress(FEED), Content_Encoding="br")
_fixed("/no-cache", 200, FEED, ETag='"x"', Expires="0")
_fixed("/far-date", 200, FEED, Last_Modified="Sat, 06 Jul 2041 08:00:00 GMT")
_redirects("/to-ok", "/ok", 301)
_redirects("/to-file", "file:///etc/hostname")
_redirects("/to-metadata", "http://169.254.169.254/latest/meta-data/")
_redirects("/to-user", "http://someone:word@127.0.0.1/")
_redirects("/to-loopback", "http://127.0.0.1/")
_redirects("/loop", "/loop")
_redirects("/no-way", "")
for step in range(7):
    _redirects(f"/hop{step}", f"/hop{step + 1}" if step < 6 else "/ok", 307)


@route("/429-date")
def _later(h, bad) -> None:
    h.answer(429, Retry_After=formatdate(time.time() + 600, usegmt=True))


@route("/flaky")
def _flaky(h, bad) -> None:
    h.answer(500) if bad.seen["/flaky"] < 3 else h.answer(200, FEED)


@route("/soon")
def _soon(h, bad) -> None:
    h.answer(429, Retry_After="1") if bad.seen["/soon"] < 2 else h.answer(200, FEED)


@route("/picky")
def _picky(h, bad) -> None:
    h.answer(200, FEED) if bad.headers["/picky"].get("accept") == "*/*" else h.answer(406)


@route("/conditional")
def _conditional(h, bad) -> None:
    if bad.headers["/conditional"].get("if-none-match"):
        h.answer(304, ETag='"v2"')
    else:
        h.answer(200, FEED, ETag='W/"v1"', Last_Modified="Tue, 03 Mar 2026 10:00:00 GMT")


@route("/drip-body")
def _drip_body(h, bad) -> None:
    h.send_response(200)
    h.send_header("Content-Length", str(len(FEED)))
    h.end_headers()
    h.drip(FEED)


@route("/drip-headers")
def _drip_headers(h, bad) -> None:
    h.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 300 + b"\r\n\r\n")


@route("/silent")
def _silent(h, bad) -> None:
    bad.stopping.wait(30)


@route("/hang-up")
def _hang_up(h, bad) -> None:
    h.close_connection = True
    h.connection.shutdown(socket.SHUT_RDWR)


@route("/endless")
def _endless(h, bad) -> None:
    h.send_response(200)
    h.send_header("Transfer-Encoding", "chunked")
    h.end_headers()
    while not bad.stopping.is_set():
        h.wfile.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        bad.sent += 0x4000


@route("/announced")
def _announced(h, bad) -> None:
    h.answer(200, b"short", Content_Length=str(10_000 * MEGABYTE))


@route("/lying-long")
def _lying_long(h, bad) -> None:
    h.answer(200, FEED, Content_Length=str(len(FEED) + 50))
    h.close_connection = True


@route("/lying-short")
def _lying_short(h, bad) -> None:
    h.answer(200, FEED, Content_Length="20")
    h.close_connection = True


@route("/gzip-bomb")
def _gzip_bomb(h, bad) -> None:
    h.answer(200, BOMB_GZIP, Content_Encoding="gzip")


@route("/br-bomb")
def _br_bomb(h, bad) -> None:
    h.answer(200, BOMB_BR, Content_Encoding="br")


@route("/slow")
def _slow(h, bad) -> None:
    time.sleep(0.1)
    h.answer(200, FEED)


@route("/many-headers")
def _many_headers(h, bad) -> None:
    h.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 500) for n in range(2000)))


BOMB_GZIP = gzip.compress(b"\0" * (100 * MEGABYTE), 6)
BOMB_BR = brotli.compress(b"\0" * (100 * MEGABYTE), quality=3)
