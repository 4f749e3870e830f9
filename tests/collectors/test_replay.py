"""A folder of kept responses stands for the network, and for nothing more than what is in it."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectors.http import (
    Failure,
    Fetched,
    NetworkDoor,
    NotModified,
    RecordingDoor,
    ReplayDoor,
    Settings,
    Validators,
)
from collectors.replay import ReplayError
from data.errors import MonitorError
from tests.collectors.badserver import FEED, BadServer

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
URL = "https://news.example/feed"


def folder(path: Path, *rows: dict[str, object], body: bytes = FEED) -> ReplayDoor:
    (path / "body.xml").write_bytes(body)
    (path / "index.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return ReplayDoor(path, lambda: NOW)


def row(url: str = URL, status: int = 200, file: str = "body.xml", **headers: str) -> dict[str, object]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"url": url, "status": status, "headers": named, "file": file}


def kind(outcome: object) -> str:
    assert isinstance(outcome, Failure), outcome
    return outcome.kind


def test_kept_response_is_answered_with_lower_case_headers_and_the_given_clock(tmp_path):
    found = folder(tmp_path, row(ETag='"1"', CONTENT_TYPE="text/xml")).get(URL)
    assert isinstance(found, Fetched)
    assert found.response.body == FEED
    assert found.response.headers == {"etag": '"1"', "content-type": "text/xml"}
    assert found.response.fetched_at == "2026-03-04T12:00:00Z"
    assert found.validators == Validators('"1"', "")


def test_address_that_was_not_kept_is_unreachable(tmp_path):
    assert kind(folder(tmp_path, row()).get("https://news.example/other")) == "unreachable"


@pytest.mark.parametrize("url", ["https://NEWS.example:443/feed#x", "https://news.example/feed"])
def test_spellings_of_one_address_are_one(tmp_path, url):
    assert isinstance(folder(tmp_path, row()).get(url), Fetched)


def test_last_line_of_an_address_wins(tmp_path):
    assert kind(folder(tmp_path, row(), row(status=404, file="")).get(URL)) == "http_4xx"


@pytest.mark.parametrize(
    "validators",
    [Validators('"1"', ""), Validators("", "Tue, 03 Mar 2026 10:00:00 GMT"), Validators('W/"1"', "other")],
)
def test_matching_validators_give_not_modified(tmp_path, validators):
    door = folder(tmp_path, row(ETag='"1"', Last_Modified="Tue, 03 Mar 2026 10:00:00 GMT"))
    assert isinstance(door.get(URL, validators=validators), NotModified)


@pytest.mark.parametrize(
    "validators", [Validators('"2"', "Tue, 03 Mar 2026 10:00:00 GMT"), Validators("", "x"), Validators()]
)
def test_other_validators_give_the_whole_response(tmp_path, validators):
    door = folder(tmp_path, row(ETag='"1"', Last_Modified="Tue, 03 Mar 2026 10:00:00 GMT"))
    assert isinstance(door.get(URL, validators=validators), Fetched)


@pytest.mark.parametrize("body", [FEED, gzip.compress(FEED)])
def test_gzip_header_never_decodes_twice(tmp_path, body):
    found = folder(tmp_path, row(Content_Encoding="gzip"), body=body).get(URL)
    assert isinstance(found, Fetched)
    assert found.response.body == FEED


def test_archive_that_is_gzip_itself_stays_as_it_is(tmp_path):
    body = gzip.compress(FEED)
    found = folder(tmp_path, row(), body=body).get(URL)
    assert isinstance(found, Fetched)
    assert found.response.body == body


@pytest.mark.parametrize(
    ("headers", "body"),
    [({}, b"x" * 2_000), ({"Content_Encoding": "gzip"}, gzip.compress(b"x" * 2_000))],
    ids=["plain", "gzip"],
)
def test_byte_cap_counts_decoded_bytes(tmp_path, headers, body):
    assert kind(folder(tmp_path, row(**headers), body=body).get(URL, max_bytes=1_000)) == "too_large"


@pytest.mark.parametrize(("status", "named"), [(429, "rate_limited"), (503, "http_5xx")])
@pytest.mark.parametrize(
    ("value", "until"),
    [
        ("60", "2026-03-04T12:01:00Z"),
        ("Wed, 04 Mar 2026 13:00:00 GMT", "2026-03-04T13:00:00Z"),
        ("9" * 30, "2026-04-04T12:00:00Z"),
    ],
)
def test_retry_after_is_honoured_for_the_whole_host(tmp_path, status, named, value, until):
    door = folder(tmp_path, row(status=status, file="", Retry_After=value), row("https://news.example/b"))
    found = door.get(URL)
    assert (kind(found), found.retry_at) == (named, until)
    other = door.get("https://news.example/b")
    assert (kind(other), other.retry_at) == ("rate_limited", until)


def test_kept_redirect_is_followed_within_the_folder(tmp_path):
    door = folder(tmp_path, row(status=301, file="", Location="/new"), row("https://news.example/new"))
    found = door.get(URL)
    assert isinstance(found, Fetched)
    assert found.response.url == "https://news.example/new"


def test_redirect_loop_in_a_folder_ends(tmp_path):
    assert kind(folder(tmp_path, row(status=302, file="", Location="/feed")).get(URL)) == "too_many_redirects"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not a JSON object"),
        ("[1]", "with a url"),
        ('{"url": "https://a.example/", "status": "200", "file": "body.xml"}', "status"),
        ('{"url": "https://a.example/", "status": 200, "file": "../body.xml"}', "outside"),
        ('{"url": "https://a.example/", "status": 200, "file": "/etc/hostname"}', "outside"),
        ('{"url": "https://a.example/", "status": 200, "file": "gone.xml"}', "missing"),
        ('{"url": "https://a.example/", "status": 200, "headers": [], "file": ""}', "without a file"),
    ],
)
def test_broken_line_is_named_with_its_file_and_number(tmp_path, line, problem):
    (tmp_path / "body.xml").write_bytes(FEED)
    (tmp_path / "index.jsonl").write_text(json.dumps(row()) + "\n\n" + line + "\n", "utf-8")
    with pytest.raises(ReplayError, match=problem) as caught:
        ReplayDoor(tmp_path)
    assert isinstance(caught.value, MonitorError)
    assert caught.value.line == 3
    assert "index.jsonl:3:" in str(caught.value)


def test_folder_without_index_is_an_error(tmp_path):
    with pytest.raises(ReplayError, match=r"index\.jsonl"):
        ReplayDoor(tmp_path)


def test_what_was_recorded_is_replayed(tmp_path):
    settings = Settings(allow_loopback=True, gap_seconds=0, backoff_seconds=0.01, total_seconds=2)
    with BadServer() as server:
        door = RecordingDoor(NetworkDoor(settings), tmp_path)
        asked = ["/ok", "/to-ok", "/gzip", "/404", "/challenge", "/hang-up", "/429-seconds"]
        live = {path: door.get(server.url(path) + "?api_key=SECRET") for path in asked}
    assert "SECRET" not in (tmp_path / "index.jsonl").read_text("utf-8")
    replay = ReplayDoor(tmp_path)
    for path in asked:
        again = replay.get(server.url(path) + "?api_key=SECRET")
        before = live[path]
        assert type(again) is type(before), path
        if isinstance(before, Fetched) and isinstance(again, Fetched):
            assert again.response.body == before.response.body
            assert again.response.headers == before.response.headers
            assert again.validators == before.validators
        if isinstance(before, Failure) and isinstance(again, Failure):
            assert again.kind == ("unreachable" if path == "/hang-up" else before.kind)
            assert again.retry_at == before.retry_at


def test_final_address_of_a_redirect_is_kept_under_the_one_asked_for(tmp_path):
    settings = Settings(allow_loopback=True, gap_seconds=0)
    with BadServer() as server:
        RecordingDoor(NetworkDoor(settings), tmp_path).get(server.url("/to-ok"))
        found = ReplayDoor(tmp_path).get(server.url("/to-ok"))
        assert isinstance(found, Fetched)
        assert found.response.url == server.url("/ok")


def test_not_modified_keeps_the_earlier_body_in_the_folder(tmp_path):
    settings = Settings(allow_loopback=True, gap_seconds=0)
    with BadServer() as server:
        door = RecordingDoor(NetworkDoor(settings), tmp_path)
        first = door.get(server.url("/conditional"))
        assert isinstance(first, Fetched)
        assert isinstance(door.get(server.url("/conditional"), validators=first.validators), NotModified)
        assert isinstance(ReplayDoor(tmp_path).get(server.url("/conditional")), Fetched)
