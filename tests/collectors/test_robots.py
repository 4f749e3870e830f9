"""robots.txt by RFC 9309, asked for once per host and only for pages."""

from __future__ import annotations

import pytest

from collectors.http import Failure, Fetched, NetworkDoor, Settings
from tests.collectors import badserver
from tests.collectors.badserver import BadServer

SETTINGS = Settings(allow_loopback=True, gap_seconds=0, backoff_seconds=0.01, total_seconds=2, read_seconds=1)
RULES = (
    b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\n"
    b"User-agent: DeepfakePolicyMonitor\n\nDisallow: /private/\nDisallow: /*.pdf$\nAllow: /private/open\n"
)


@pytest.fixture
def server():
    with BadServer() as running:
        yield running


def serve(monkeypatch, status: int, body: bytes = b"", **headers: str) -> None:
    monkeypatch.setitem(badserver.ROUTES, "/robots.txt", lambda h, bad: h.answer(status, body, **headers))
    for path in ("/private/x", "/private/open", "/act.pdf", "/news"):
        monkeypatch.setitem(badserver.ROUTES, path, lambda h, bad: h.answer(200, b"page"))


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/news", True), ("/private/open", True), ("/private/x", False), ("/act.pdf", False)],
)
def test_rules_for_our_name_decide(server, monkeypatch, path, allowed):
    serve(monkeypatch, 200, RULES)
    found = NetworkDoor(SETTINGS).get(server.url(path), check_robots=True)
    if allowed:
        assert isinstance(found, Fetched)
    else:
        assert isinstance(found, Failure)
        assert found.kind == "robots"
        assert server.seen[path] == 0


def test_rules_are_asked_for_once(server, monkeypatch):
    serve(monkeypatch, 200, RULES)
    door = NetworkDoor(SETTINGS)
    for _ in range(3):
        door.get(server.url("/news"), check_robots=True)
    assert server.seen["/robots.txt"] == 1


def test_feed_is_asked_for_without_rules(server, monkeypatch):
    serve(monkeypatch, 200, b"User-agent: *\nDisallow: /")
    assert isinstance(NetworkDoor(SETTINGS).get(server.url("/ok")), Fetched)
    assert server.seen["/robots.txt"] == 0


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_missing_rules_allow(server, monkeypatch, status):
    serve(monkeypatch, status)
    assert isinstance(NetworkDoor(SETTINGS).get(server.url("/news"), check_robots=True), Fetched)


@pytest.mark.parametrize("status", [500, 503])
def test_rules_that_cannot_be_read_forbid_for_now(server, monkeypatch, status):
    serve(monkeypatch, status)
    found = NetworkDoor(SETTINGS).get(server.url("/news"), check_robots=True)
    assert isinstance(found, Failure)
    assert found.kind == "robots"
    assert server.seen["/news"] == 0


def test_rules_behind_429_put_the_page_on_hold_too(server, monkeypatch):
    serve(monkeypatch, 429, Retry_After="300")
    found = NetworkDoor(SETTINGS).get(server.url("/news"), check_robots=True)
    assert isinstance(found, Failure)
    assert found.kind == "rate_limited"
    assert found.retry_at
    assert server.seen["/news"] == 0


def test_redirect_target_is_judged_by_the_rules_too(server, monkeypatch):
    serve(monkeypatch, 200, RULES)
    monkeypatch.setitem(badserver.ROUTES, "/moved", lambda h, bad: h.redirect("/private/x"))
    found = NetworkDoor(SETTINGS).get(server.url("/moved"), check_robots=True)
    assert isinstance(found, Failure)
    assert (found.kind, server.seen["/private/x"]) == ("robots", 0)


def test_crawl_delay_widens_the_gap(server, monkeypatch):
    serve(monkeypatch, 200, b"User-agent: *\nCrawl-delay: 7\n")
    slept: list[float] = []
    door = NetworkDoor(SETTINGS, sleep=slept.append)
    door.get(server.url("/news"), check_robots=True)
    assert len(slept) == 1
    assert 6.5 < slept[0] <= 7
