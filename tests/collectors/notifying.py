"""A record that is followed by mail, with a real mail server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from collectors.__main__ import main
from tests.collectors.mailbox import Mailbox, running
from tests.data.monitor import NEWS, OFFICIAL, Monitor, article, bill, said, step

ANNA, BO = "anna@example.org", "bo@example.org"


def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    """A bill with one step and an article, published on the first day."""
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    monkeypatch.setenv("MONITOR_ADDRESS", "https://monitor.example.org/timeline")
    monkeypatch.setenv("MONITOR_MAIL_FROM", "Veille deepfakes été <monitor@example.org>")
    found = Monitor(tmp_path)
    found.tell(OFFICIAL, bill(step(1, "2026-03-01")))
    found.tell(NEWS, article(1, said(1)))
    found.publish()
    return found


@contextmanager
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mailbox behind the server that the settings name."""
    found = Mailbox()
    with running(found) as port:
        monkeypatch.setenv("MONITOR_SMTP", f"smtp://127.0.0.1:{port}?tls=none")
        yield found


def now(monitor: Monitor, hour: int = 7) -> list[str]:
    return ["--now", monitor.at(hour)]


def add(monitor: Monitor, address: str, *words: str) -> None:
    assert main(["notify", "add", address, *words, *now(monitor)]) == 0


def send(monitor: Monitor, hour: int = 7, *words: str) -> int:
    return main(["notify", "send", *words, *now(monitor, hour)])
