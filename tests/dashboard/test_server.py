"""``streamlit run dashboard/app.py`` as a user starts it: who may talk to it, and what it says of itself."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

SHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def ask(site: str, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_the_page_and_its_health_answer(site: str):
    assert ask(site, "/", {}) == 200
    assert ask(site, "/_stcore/health", {}) == 200


def test_the_own_page_may_open_the_socket(site: str):
    assert ask(site, "/_stcore/stream", {**SHAKE, "Origin": site}) == 101


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_a_foreign_page_or_name_may_not(site: str, header: dict[str, str]):
    assert ask(site, "/_stcore/stream", {**SHAKE, **header}) == 403


def test_the_sources_are_not_served(site: str):
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=10)
    try:
        for path in ("/dashboard/app.py", "/app/static/app.py", "/../dashboard/app.py"):
            connection.request("GET", path)
            assert b"set_page_config" not in connection.getresponse().read(), path
    finally:
        connection.close()
