"""Where a publisher says that its pages may not be mined."""

from __future__ import annotations

import pytest

from collectors.outcomes import Failure, Fetched, Outcome, Validators
from collectors.reservations import file_reserves, page_reserves, robots_reserves
from collectors.robots import Robots
from data.models import Response


def test_header_and_meta_reserve_a_page():
    assert page_reserves({"tdm-reservation": "1"}, b"")
    assert page_reserves({}, b'<head><meta content="1" name="tdm-reservation"></head>')
    assert not page_reserves({"tdm-reservation": "0"}, b'<meta name="tdm-reservation" content="0">')


@pytest.mark.parametrize(
    ("path", "reserved"), [("/news/a.html", True), ("/news/open/a", False), ("/about", False), ("/x.pdf", True)]
)
def test_the_first_location_that_matches_decides(path, reserved):
    body = (
        b'[{"location": "/news/open/*", "tdm-reservation": 0}, {"location": "/news/", "tdm-reservation": 1},'
        b' {"location": "*.pdf$", "tdm-reservation": 1}]'
    )
    assert file_reserves(body, path) is reserved


@pytest.mark.parametrize("body", [b"", b"<html>not found</html>", b"{}", b'["x"]', b'[{"location": 5}]'])
def test_a_file_that_is_none_reserves_nothing(body):
    assert not file_reserves(body, "/a")


def test_content_signal_against_search_reserves():
    assert robots_reserves("User-agent: *\nContent-Signal: ai-train=no, search=no\nAllow: /")
    assert not robots_reserves("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /")


def test_each_host_is_asked_once():
    asked: list[str] = []

    def ask(url: str) -> Outcome:
        asked.append(url)
        if url.endswith("tdmrep.json"):
            body = b'[{"location": "/", "tdm-reservation": 1}]'
            return Fetched(Response(url, 200, {}, body, "2026-11-25T06:00:00Z", url), Validators())
        return Failure("http_4xx", url, "HTTP 404", "", 404)

    robots = Robots("Us", ask)
    for name in ("a", "b"):
        url = f"https://example.org/{name}"
        assert robots.verdict(url).failure is None
        refused = robots.reservation(url)
        assert refused is not None and refused.kind == "reserved"
    assert asked == ["https://example.org/robots.txt", "https://example.org/.well-known/tdmrep.json"]
