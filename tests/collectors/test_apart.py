"""Parsing in a process apart: the same records, and whatever an answer does, it costs no more than itself."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collectors import apart, feed
from collectors.apart import Apart, BrokenError
from data.errors import BlockedError, SourceError
from data.models import ItemRecord, Response
from data.reference import load_sources

AT = "2026-11-25T06:00:00Z"
FEED = b"""<rss version='2.0'><channel><title>F</title><item><title>Une loi</title><guid>a</guid>
<link>https://a.example/1</link><pubDate>Wed, 25 Nov 2026 05:00:00 GMT</pubDate></item></channel></rss>"""
SOURCE = next(one for one in load_sources() if one.collector == "feed")


def answer(body: bytes = b"") -> Response:
    return Response("https://a.example/rss", 200, {}, body, AT, "https://a.example/rss")


def hangs(_: Response, __: Any) -> Iterator[Any]:
    while True:
        pass
    yield


def swells(_: Response, __: Any) -> Iterator[Any]:
    kept = []
    while True:
        kept.append(bytearray(8 << 20))
    yield


def dies(_: Response, __: Any) -> Iterator[Any]:
    os._exit(3)
    yield


def fails(_: Response, __: Any) -> Iterator[Any]:
    yield ItemRecord("a", "article", "T", "https://a.example/1", "fr")
    raise ZeroDivisionError("a mistake")


def refuses(_: Response, subject: str) -> Iterator[Any]:
    raise (BlockedError if subject == "blocked" else SourceError)("s", "https://a.example/", "not the page we know")
    yield


def does(_: Response, what: str) -> Iterator[Any]:
    if what == "write":
        Path("written-by-a-parser").write_text("x", encoding="utf-8")
    if what == "connect":
        socket.create_connection(("127.0.0.1", 9), 1)
    if what == "program":
        subprocess.run(["true"], check=True)
    if what == "key":
        yield os.environ["MONITOR_TEST_KEY"]
    yield from ()


class Foreign:
    """No part of a record."""


def lies(_: Response, __: Any) -> Iterator[Any]:
    yield Foreign()


@pytest.fixture(scope="module")
def parse() -> Iterator[Apart]:
    with Apart() as found:
        yield found


def test_it_gives_the_records_that_parsing_here_gives(parse: Apart):
    found = list(parse(feed.parse, answer(FEED), SOURCE))
    assert found == list(apart.inline(feed.parse, answer(FEED), SOURCE, 15))
    assert [one.title for one in found] == ["Une loi"]


def test_one_process_serves_many_answers(parse: Apart):
    before = parse.started_count
    for _ in range(20):
        list(parse(feed.parse, answer(FEED), SOURCE))
    assert parse.started_count <= before + 1


@pytest.mark.parametrize(("subject", "kind"), [("blocked", BlockedError), ("refused", SourceError)])
def test_what_a_parser_says_of_a_page_is_said_here(parse: Apart, subject: str, kind: type[Exception]):
    with pytest.raises(kind, match="not the page we know"):
        list(parse(refuses, answer(), subject))


def test_a_mistake_is_told_with_its_place_after_the_records_before_it(parse: Apart):
    records = parse(fails, answer(), None)
    assert next(records).external_id == "a"
    with pytest.raises(BrokenError, match=r"ZeroDivisionError: a mistake \[test_apart\.py:\d+\]"):
        next(records)


@pytest.mark.parametrize(
    ("function", "said"), [(swells, "more than 256 MB"), (dies, "ended with 3"), (lies, "no part of a record")]
)
def test_what_would_take_the_collection_down_is_stopped_and_the_next_answer_is_read(
    parse: Apart, function: Any, said: str
):
    with pytest.raises(BrokenError, match=said):
        list(parse(function, answer(), None))
    assert len(list(parse(feed.parse, answer(FEED), SOURCE))) == 1


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_what_never_ends_is_stopped_after_its_processor_time(parse: Apart, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apart, "SECONDS", 1)
    began = time.monotonic()
    with pytest.raises(BrokenError, match="1 s of processor time"):
        list(parse(hangs, answer(), None))
    assert time.monotonic() - began < 60
    assert len(list(parse(feed.parse, answer(FEED), SOURCE))) == 1


@pytest.mark.parametrize("what", ["write", "connect", "program", "key"])
def test_a_parser_can_neither_write_nor_connect_nor_start_nor_know(
    parse: Apart, what: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MONITOR_TEST_KEY", "secret")
    with pytest.raises(BrokenError, match=r"may not do this|MONITOR_TEST_KEY"):
        list(parse(does, answer(), what))
    assert not Path("written-by-a-parser").exists()


def test_what_is_unpickled_is_a_record_and_nothing_else():
    with pytest.raises(BrokenError, match=r"posix\.system|system"):
        apart._read(b"cposix\nsystem\n(S'true'\ntR.")
    assert apart._read(pickle.dumps(ItemRecord("a", "article", "T", "https://a.example/1", "fr"))).external_id == "a"


def test_who_stops_reading_leaves_nothing_behind_for_the_next(parse: Apart):
    records = parse(fails, answer(), None)
    next(records)
    records.close()
    assert [one.title for one in parse(feed.parse, answer(FEED), SOURCE)] == ["Une loi"]
