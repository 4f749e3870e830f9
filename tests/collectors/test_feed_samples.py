"""Every captured feed at hand, parsed: nothing raises, nothing unsafe is stored, order decides nothing."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from collectors import feed_text
from collectors.feed import parse
from data.errors import SourceError
from data.models import ItemRecord, Rejected, Response, Source
from tests.shared import SHARED, needs_shared

FOLDER = SHARED / "samples" / "news-feeds"
FILES = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []
SOURCE = Source("s", {"en": "S"}, "P", "eu", "news", "", "feed", ("https://feed.example/x",), "", 6, 1)
FETCHED = "2026-11-25T00:00:00Z"
ITEM = re.compile(r"<(item|entry)[\s>].*?</\1\s*>", re.S)

pytestmark = [pytest.mark.shared, needs_shared]


def records(body: bytes) -> list[object]:
    return list(parse(Response("https://feed.example/dir/x", 200, {}, body, FETCHED), SOURCE))


def items(body: bytes) -> list[ItemRecord]:
    return [record for record in records(body) if isinstance(record, ItemRecord)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_feed_gives_safe_records_or_a_named_error(path: Path):
    try:
        found = records(path.read_bytes())
    except SourceError as error:
        assert error.problem
        return
    kept = [record for record in found if isinstance(record, ItemRecord)]
    assert len({item.external_id for item in kept}) == len(kept)
    assert all(isinstance(record, ItemRecord | Rejected) for record in found)
    for item in kept:
        assert not re.search(r"<[a-zA-Z/!?][^<>]*>", item.title + item.summary + item.text)
        assert "\n" not in item.title
        assert item.url == "" or re.match(r"https?://[^\s<>\"]+$", item.url)
        assert not re.search(r"[?&](?:utm_|xtor|at_medium|fbclid)", item.url)
        assert item.external_id
        assert (item.published_on is None) == (item.published_quality == "unknown")
        if item.published_at:
            assert datetime.fromisoformat(item.published_at) < datetime.fromisoformat(FETCHED)
        assert not any("@" in name for name in item.authors)
    assert records(path.read_bytes()) == found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_order_of_entries_decides_nothing(path: Path):
    body = path.read_bytes()
    try:
        forward = items(body)
    except SourceError:
        return
    if path.suffix == ".json":
        data = json.loads(body)
        data["items"].reverse()
        backward = items(json.dumps(data).encode())
    else:
        text = feed_text.to_text(body, "", "")
        reordered = iter([match.group() for match in ITEM.finditer(text)][::-1])
        backward = items(ITEM.sub(lambda match: next(reordered), text).encode("utf-8"))
    assert sorted(map(repr, forward)) == sorted(map(repr, backward))


def test_every_date_of_the_captured_feeds_is_resolved():
    said = unresolved = 0
    for path in FILES:
        try:
            found = items(path.read_bytes())
        except SourceError:
            continue
        said += sum(bool(item.published_said) for item in found)
        unresolved += sum(bool(item.published_said) and item.published_on is None for item in found)
    assert said > 500
    assert unresolved <= said // 100


@pytest.mark.slow
@pytest.mark.parametrize("path", [path for path in FILES if path.stat().st_size < 30_000], ids=lambda p: p.name)
def test_cut_and_damaged_feed_ends_in_records_or_a_named_error(path: Path):
    body = path.read_bytes()
    variants = [body[: len(body) * step // 100] for step in range(0, 100, 5)]
    for step in range(20):
        at = (len(body) * step // 20 + step) % len(body)
        variants.append(body[:at] + bytes([body[at] ^ (1 << step % 8)]) + body[at + 1 :])
    for variant in variants:
        try:
            records(variant)
        except SourceError as error:
            assert error.problem
