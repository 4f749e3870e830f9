"""Every real payload runs through its collector from a replay folder: read whole, without quarantine or warning."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectors.clock import fixed_clock
from collectors.interpret import Interpreter
from collectors.replay import ReplayDoor
from collectors.run import Plan, collect
from data import migrations, store_runs, store_sources
from data.database import collected_path, open_writer, rows, writing
from data.reference import load_sources
from tests.fixtures.replay_samples import ELSEWHERE, WITHOUT_RECORDS, named
from tests.replay import write_replay
from tests.shared import SHARED, needs_shared

NOW = "2026-11-25T06:00:00Z"
KINDS = {
    ".json": "application/json",
    ".xml": "application/xml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".yml": "text/yaml",
}

pytestmark = [needs_shared, pytest.mark.shared]


def test_every_file_of_the_collection_is_named_or_read_elsewhere():
    samples = SHARED / "samples"
    files = {
        path.relative_to(samples).as_posix() for path in samples.rglob("*") if path.is_file() and path.parent != samples
    }
    told = {path.relative_to(samples).as_posix() for _, _, path in named(SHARED)}
    assert told <= files
    left = {name for name in files - told - WITHOUT_RECORDS if not name.startswith(ELSEWHERE)}
    assert left == set()


def test_every_file_is_read_whole_by_its_collector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path / "home"))
    catalogue = {source.id: source for source in load_sources()}
    for source in catalogue.values():
        if source.key_env:
            monkeypatch.setenv(source.key_env, "a:b")
    entries = [(url, path.read_bytes(), {"content-type": KINDS[path.suffix]}) for _, url, path in named(SHARED)]
    write_replay(tmp_path / "replay", entries)
    db = open_writer(collected_path())
    migrations.migrate(db)
    store_sources.source_rows(db, catalogue.values())
    wanted = {source_id for source_id, _, _ in named(SHARED)}
    with writing(db):
        for source_id, url, _ in named(SHARED):
            db.execute("INSERT INTO pending (source_id, url) VALUES (?, ?)", (source_id, url))
    plan = Plan([catalogue[name] for name in sorted(wanted)], jobs=1)
    clock = fixed_clock(NOW)
    collect(db, plan, ReplayDoor(tmp_path / "replay", clock), Interpreter(), clock, lambda _: None, lambda: None)
    read = {row["url"] for row in rows(db, "SELECT url FROM request")}
    assert {url for _, url, _ in named(SHARED)} <= read
    assert rows(db, "SELECT source_id, locator, reason FROM quarantine WHERE payload_sha256 <> ''") == []
    assert rows(db, "SELECT * FROM unknown_code") == []
    counts = {row["source_id"]: row["record_count"] for row in rows(db, "SELECT source_id, record_count FROM run")}
    assert set(counts) == wanted and all(counts[name] for name in wanted)
    assert store_runs.last_visits(db).keys() == wanted
    assert os.environ["MONITOR_HOME"]
