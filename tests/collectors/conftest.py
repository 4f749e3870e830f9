"""What several files of tests share: the server that misbehaves, and a record that is followed by mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collectors.badserver import BadServer
from tests.collectors.mailbox import Mailbox
from tests.collectors.notifying import followed, post
from tests.data.monitor import Monitor


@pytest.fixture(scope="module")
def shared_server() -> Iterator[BadServer]:
    with BadServer() as server:
        yield server


@pytest.fixture
def server(shared_server: BadServer) -> BadServer:
    shared_server.seen.clear()
    shared_server.connections = 0
    return shared_server


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    return followed(tmp_path, monkeypatch)


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with post(monkeypatch) as found:
        yield found
