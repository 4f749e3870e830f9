"""Every key and password is a canary; the monitor does all it does, badly served; then every byte it left is looked at."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import socketserver
import subprocess
import sys
import tarfile
import threading
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote, unquote_plus

import pytest

from collectors import commands, notify, schedule
from collectors.__main__ import main
from collectors.arguments import parser
from collectors.commands import collecting, watching
from collectors.redaction import _in_base64
from collectors.wire import Settings
from data.export import __main__ as export
from data.models import Source
from data.reference import load_sources
from tests.dashboard.program import serve, stop
from tests.data.monitor import NEWS, Monitor, article, said
from tests.shared import ROOT

NOW = "2026-11-25T06:00:00Z"
KEYED = [one for one in load_sources() if one.key_env]
NAMES = (*sorted({one.key_env for one in KEYED}), "MONITOR_SMTP_PASSWORD")
#: what a publisher does to the request that brings it a key
FAULTS = (
    "repeats", "page", "refused", "broken", "garbage", "cut", "gzip", "cut-gzip", "nowhere", "away", "forbidden", "loop",
    "follow", "hangup", "wait",
)  # fmt: skip


def canary(name: str) -> str:
    return f"c4n-{NAMES.index(name)}/+ {zlib.crc32(name.encode()):08x}&zz"


def value(name: str) -> str:
    return f"client:{canary(name)}" if name == "LEGIFRANCE_CREDENTIALS" else canary(name)


#: what came over the wire: the secrets were used, or nothing is shown
HEARD: list[bytes] = []


class Publisher(BaseHTTPRequestHandler):
    """Repeats what it was asked, key and all, in every way an answer can."""

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        asked = f"{self.path} {dict(self.headers.items())} {self.rfile.read(length).decode()}"
        HEARD.extend(one.encode() for one in (asked, unquote(asked), unquote_plus(asked)))
        fault = self.path.partition("?")[0].rpartition("/")[2]
        status, extra, body = self._what(fault, asked)
        if fault == "hangup":
            self.connection.close()
            return
        self.send_response(status)
        for name, one in {"X-Asked": self.path, "ETag": '"1"', **extra}.items():
            self.send_header(name, one)
        self.send_header("Content-Length", str(len(body) + (900 if fault == "cut" else 0)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    do_POST = do_GET  # noqa: N815 - a name of http.server

    def _what(self, fault: str, asked: str) -> tuple[int, dict[str, str], bytes]:
        told = json.dumps({"asked": asked, "next": f"http://127.0.0.1{self.path}", "error": asked}).encode()
        where, port = self.path.partition("?")[2], self.server.server_address[1]
        statuses = {"refused": 403, "broken": 500, "wait": 429}
        to = {
            "away": f"http://localhost:{port}/repeats?{where}", "forbidden": f"http://10.0.0.1/?{where}",
            "loop": f"/loop?{where}", "follow": f"/repeats?{where}", "nowhere": f"http://nowhere.invalid/?{where}",
        }  # fmt: skip
        if fault == "token":
            return 200, {}, json.dumps({"access_token": "t0ken", "expires_in": 60}).encode()
        if fault in to:
            return 302, {"Location": to[fault]}, b""
        if "gzip" in fault:
            return 200, {"Content-Encoding": "gzip"}, gzip.compress(told)[: -9 if fault == "cut-gzip" else None]
        body = {"page": b"<html><title>" + asked.encode() + b"</title></html>", "garbage": b"\x00<" + asked.encode()}
        return statuses.get(fault, 200), {"Retry-After": "3"} if fault == "wait" else {}, body.get(fault, told)

    def log_message(self, *_: object) -> None: ...


class Refusing(socketserver.StreamRequestHandler):
    """A mail server that takes no password and says which one it does not take."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            words = line.decode().split()
            if words[0].upper() == "EHLO":
                self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
            elif words[0].upper() == "AUTH":
                plain = base64.b64decode(words[-1]).decode()
                HEARD.append(plain.encode())
                self.wfile.write(f"535 not {plain[1:].replace(chr(0), ' ')} that is {words[-1]}\r\n".encode())
            else:
                self.wfile.write(b"250 as you like\r\n")


@contextmanager
def running(server: socketserver.TCPServer) -> Iterator[int]:
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def badly_served(port: int) -> list[Source]:
    """The sources of the catalogue that need a key, each with every fault and an address where nobody is."""
    here = f"http://127.0.0.1:{port}"
    return [
        replace(
            one,
            urls=(*(f"{here}/{one.id}/{fault}?q=1" for fault in FAULTS), "https://127.0.0.1:9/x", "http://nobody.invalid/"),
            key_in=f"oauth:{here}/token" if one.key_in.startswith("oauth:") else one.key_in,
        )
        for one in KEYED
    ]  # fmt: skip


def within(data: bytes, depth: int = 3) -> Iterator[bytes]:
    """The bytes, and what is packed in them."""
    yield data
    if depth and data[:2] == b"\x1f\x8b":
        yield from within(gzip.decompress(data), depth - 1)
    if depth and data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield from within(packed.read(name), depth - 1)
    if depth and data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as packed:
            for one in packed:
                if (file := packed.extractfile(one)) is not None:
                    yield from within(file.read(), depth - 1)


def forms(secret: str) -> set[bytes]:
    plain = {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        secret.replace("&", "&amp;"),
    }
    return {one.encode() for one in plain | _in_base64(secret.encode())}


def found(data: bytes) -> set[str]:
    """The canaries that stand in the bytes, in any form."""
    wanted = {name: forms(canary(name)) for name in NAMES}
    return {name for part in within(data) for name, ways in wanted.items() if any(way in part for way in ways)}


def leaks(folder: Path) -> dict[str, set[str]]:
    """file -> the canaries in it or in its name."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    told = {str(one.relative_to(folder)): found(one.read_bytes()) | found(str(one).encode()) for one in files}
    return {name: canaries for name, canaries in told.items() if canaries}


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which every secret is a canary."""
    for name in NAMES:
        monkeypatch.setenv(name, value(name))
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MONITOR_MAIL_FROM", "monitor@example.org")
    monkeypatch.setenv("MONITOR_ADDRESS", "https://monitor.example.org/timeline")
    (tmp_path / "home").mkdir()
    return tmp_path


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_no_secret_is_in_anything_that_is_written_or_said(
    left: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monitor = Monitor(left / "home")
    monitor.tell(NEWS, article(1, said(1)))
    monitor.publish()
    assert main(["notify", "add", "anna@example.org", "--now", monitor.at()]) == 0
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    monitor.db.close()
    HEARD.clear()
    quick = Settings(allow_loopback=True, gap_seconds=0.0, backoff_seconds=0.01, tries=2, connect_seconds=2.0)
    monkeypatch.setattr(collecting, "settings", lambda: quick)
    with running(ThreadingHTTPServer(("127.0.0.1", 0), Publisher)) as port, running(
        socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusing)
    ) as post:  # fmt: skip
        monkeypatch.setenv("MONITOR_SMTP", f"smtp://user@127.0.0.1:{post}?tls=none")
        sources = badly_served(port)
        for module in (collecting, commands, watching, notify):
            monkeypatch.setattr(module, "load_sources", lambda: sources)
        hands = watching.Hands(sources=lambda: sources)
        collected = main(["collect", "--jobs", "2", "--now", NOW])
        main(["collect", "--record", str(left / "recorded"), "--now", "2026-11-26T06:00:00Z"])
        for log, at in (("text", "2026-11-28T06:00:00Z"), ("json", "2026-11-30T06:00:00Z")):
            options = parser("").parse_args(["watch", "--log", log, "--jobs", "2", "--now", at])
            teller = watching.Teller(options)
            make_round = partial(watching.make_round, options, teller, hands)
            schedule.watch(make_round, options.now, lambda _: True, teller.tell)
        sent = main(["notify", "send", "--now", "2026-12-01T06:00:00Z"])
        main(["notify", "list"])
    assert (collected, sent) == (1, 1)
    unused = [one for one in NAMES if not any(canary(one).encode() in heard for heard in HEARD)]
    assert unused == []
    for name in export.FORMATS:
        (left / "out" / name).mkdir(parents=True)
        with suppress(SystemExit):
            export.main([name, "--out", str(left / "out" / name)])
    assert main(["backup", str(left / "backup.tar"), "--now", NOW]) == 0
    printed = capfd.readouterr()
    (left / "stdout").write_text(printed.out)
    (left / "stderr").write_text(printed.err)
    _visit_the_dashboard(left)
    written = [one for one in left.rglob("*") if one.is_file()]
    assert len(written) > 60 and "round_ended" in printed.err and "REDACTED" in printed.out + printed.err
    assert leaks(left) == {}


def _visit_the_dashboard(left: Path) -> None:
    """Its health, a live address that is wrong, and a page while the record is damaged."""
    process, site = serve(ROOT / "dashboard" / "app.py", left / "home", left / "dashboard.log")
    try:
        for number, path in enumerate(("/healthz", "/feed/ics?jurisdiction=xx", "/feed/nothing", "/", "/healthz")):
            if number == 3:
                (left / "home" / "published.db").write_bytes(b"this is no database" * 300)
            try:
                with urllib.request.urlopen(site + path, timeout=30) as answer:
                    body = answer.read()
            except urllib.error.HTTPError as error:
                body = error.read() + str(error.headers).encode()
            (left / f"answer-{number}").write_bytes(body)
    finally:
        stop(process)


@pytest.mark.parametrize("name", NAMES)
def test_a_secret_that_was_written_is_found_in_every_form(name: str, tmp_path: Path):
    secret = canary(name).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("a.xml", b"x" + secret)
    planted = {
        "plain": b"a" + secret, "encoded": quote(secret, safe="").encode(), "base64": base64.b64encode(b"id:" + secret),
        "gz": gzip.compress(secret), "zip": buffer.getvalue(), "clean": b"nothing",
    }  # fmt: skip
    for kind, data in planted.items():
        (tmp_path / kind).write_bytes(data)
    assert leaks(tmp_path) == {kind: {name} for kind in planted if kind != "clean"}


def test_the_password_of_a_proxy_is_in_no_line(left: Path, monkeypatch: pytest.MonkeyPatch):
    secret = canary("MONITOR_SMTP_PASSWORD")
    monkeypatch.setenv("MONITOR_PROXY", f"http://user:{quote(secret, safe='')}@127.0.0.1:9")
    command = [sys.executable, "-m", "collectors", "collect", "--source", "us_congress", "--now", NOW]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, timeout=200, check=False)
    (left / "said").write_bytes(done.stdout + done.stderr)
    assert b"us_congress" in done.stdout
    assert leaks(left) == {}
