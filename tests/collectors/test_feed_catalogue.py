"""The feeds of the catalogue: complete, distinct, and registered where their jurisdiction is."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collectors.language import primary
from collectors.links import safe_link
from data.models import Source

FOLDER = Path(__file__).parents[2] / "data" / "reference" / "sources"
TABLES: list[tuple[str, str, dict[str, Any]]] = [
    (path.name, name, table)
    for path in sorted(FOLDER.glob("*-feeds.toml"))
    for name, table in tomllib.loads(path.read_text("utf-8")).items()
]


def test_press_authorities_and_organisations_of_the_main_countries_are_followed():
    assert len(TABLES) >= 170
    assert {table["jurisdiction"] for _, _, table in TABLES} >= {"fr", "eu", "uk", "us", "de", "ch", "ca", "int"}
    assert {table["kind"] for _, _, table in TABLES} >= {"news", "ngo", "regulator", "government"}
    assert {table["lang"] for _, _, table in TABLES} >= {"fr", "en", "de", "it", "es", "da"}


def test_no_feed_is_registered_twice():
    urls = [url for _, _, table in TABLES for url in table["urls"]]
    assert len(set(urls)) == len(urls)
    names = [name for _, name, _ in TABLES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("file", "name", "table"), TABLES, ids=[name for _, name, _ in TABLES])
def test_feed_says_all_that_a_source_must_say(file: str, name: str, table: dict[str, Any]):
    source = Source(id=name, **table)
    assert file == f"{source.jurisdiction}-feeds.toml"
    assert name.startswith(f"{source.jurisdiction}-")
    assert source.collector == "feed"
    assert source.names["fr"] and source.names["en"] and source.publisher and source.licence
    assert all(safe_link(url) == url and url.startswith("https://") for url in source.urls)
    assert primary(source.lang) == source.lang
    assert ZoneInfo(source.timezone)
    assert 1 <= source.every_hours <= 24
    assert 1 <= source.min_records <= 50
    assert source.official == (source.kind in ("regulator", "government", "parliament", "court"))
    assert all(isinstance(path, str) and path.startswith("/") for path in source.options.get("exclude_paths", []))
