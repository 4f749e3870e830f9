"""The server that misbehaves, one for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.collectors.badserver import BadServer


@pytest.fixture(scope="module")
def shared_server() -> Iterator[BadServer]:
    with BadServer() as server:
        yield server


@pytest.fixture
def server(shared_server: BadServer) -> BadServer:
    shared_server.seen.clear()
    shared_server.connections = 0
    return shared_server
