"""Search: user input is never a query language, newest first, titles in the reader's language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import baseline, migrations, queries, search, store_sources
from data.database import Database, open_immutable, open_writer, published_path
from data.publish import publish
from data.reference import load_reference
from data.view import View


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    home = tmp_path_factory.mktemp("search")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(home))
        writer = open_writer(home / "collected.db")
        migrations.migrate(writer)
        store_sources.source_rows(writer, [baseline.SOURCE])
        baseline.load(writer, load_reference(), at="2026-11-25T06:00:00Z")
        publish(
            writer,
            published_path(),
            at="2026-11-25T06:00:00Z",
            today=date(2026, 11, 25),
            vocabulary_version="1",
            rules="1",
        )
        return open_immutable(published_path())


def test_accents_and_case_do_not_matter(db: Database):
    assert (
        search.search(db, "HYPERTRUCAGES electoraux").total == search.search(db, "hypertrucages électoraux").total > 0
    )


def test_hits_come_newest_first(db: Database):
    days = [hit.date for hit in search.search(db, "deepfake").hits]
    assert days == sorted(days, reverse=True)


def test_a_hit_has_its_title_in_the_language_of_the_reader(db: Database):
    hit = next(one for one in search.search(db, "SREN", kinds=("dossier",)).hits)
    assert hit.heading("fr").startswith("Loi SREN")
    assert hit.heading("en").startswith("Act to secure")


def test_the_snippet_marks_what_matched(db: Database):
    hit = search.search(db, "nudification").hits[0]
    assert any(matched and "nudif" in text.lower() for text, matched in hit.snippet)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
def test_no_input_is_an_error(db: Database, text: str):
    search.search(db, text, limit=3)
    queries.timeline_count(db, View(query=text))


@pytest.mark.parametrize("text", ['"', "a AND", "NEAR(", "title:x", "*", "-", "^a", "a\x00b", "\ud800", "{a b}: c"])
def test_the_words_of_the_query_language_are_words(db: Database, text: str):
    search.search(db, text)


def test_a_snapshot_is_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    writer = open_writer(tmp_path / "collected.db")
    migrations.migrate(writer)
    store_sources.source_rows(writer, [baseline.SOURCE])
    facts = {"at": "2026-11-25T06:00:00Z", "today": date(2026, 11, 25), "vocabulary_version": "1", "rules": "1"}
    first = publish(writer, published_path(), **facts)  # type: ignore[arg-type]
    reader = open_immutable(published_path())
    baseline.load(writer, load_reference(), at="2026-11-25T06:00:00Z")
    second = publish(writer, published_path(), **facts)  # type: ignore[arg-type]
    assert queries.snapshot(reader).id == first != second
    assert queries.snapshot(reader).event_count == 0
    assert queries.snapshot(open_immutable(published_path())).event_count > 300
    assert [one.name for one in tmp_path.glob("*.tmp")] == []
