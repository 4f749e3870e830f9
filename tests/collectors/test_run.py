"""One collection of many sources: what goes wrong with one stays with that one, and the diary says what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.clock import fixed_clock
from collectors.http import NetworkDoor, Settings
from collectors.interpret import Interpreter
from collectors.run import Plan, collect
from data import migrations, store_runs, store_sources
from data.database import collected_path, open_writer, rows
from data.models import Source
from tests.collectors.badserver import BadServer

CLOCK = fixed_clock("2026-11-25T06:00:00Z")
QUICK = Settings(
    allow_loopback=True, total_seconds=2.0, connect_seconds=1.0, read_seconds=1.0, tries=1, gap_seconds=0.0
)


def feed(name: str, url: str) -> Source:
    return Source(name, {"en": name}, name, "fr", "news", "fr", "feed", (url,), "titles", 6, 1)


def test_one_hanging_one_bombing_and_one_blocked_source_cost_thirty_seven_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    db = open_writer(collected_path())
    migrations.migrate(db)
    said: list[str] = []
    with BadServer() as bad:
        good = [feed(f"good-{n:02}", bad.url(f"/ok?{n}")) for n in range(37)]
        sources = [
            feed("hanging", bad.url("/silent")), feed("bombing", bad.url("/gzip-bomb")),
            feed("blocked", bad.url("/challenge")), *good,
        ]  # fmt: skip
        store_sources.source_rows(db, sources)
        door = NetworkDoor(QUICK, CLOCK)
        outcomes = collect(db, Plan(sources, jobs=4), door, Interpreter(), CLOCK, said.append, lambda: None)
        door.close()
    assert {name: outcomes.pop(name) for name in ("hanging", "bombing", "blocked")} == {
        "hanging": "unavailable", "bombing": "failed", "blocked": "blocked",
    }  # fmt: skip
    assert len(outcomes) == 37 and set(outcomes.values()) == {"ok"}
    assert rows(db, "SELECT count(*) AS n, count(DISTINCT source_id) AS sources FROM item") == [
        {"n": 37, "sources": 37}
    ]
    diary = {row["source_id"]: row for row in rows(db, "SELECT source_id, outcome, error, ended_at FROM run")}
    assert len(diary) == 40 and all(row["ended_at"] for row in diary.values())
    assert "s" in diary["hanging"]["error"] and "/silent" in diary["hanging"]["error"]
    assert "/gzip-bomb" in diary["bombing"]["error"] and "/challenge" in diary["blocked"]["error"]
    assert store_runs.last_visits(db)["hanging"].failures == 1, "it is tried again soon"
    assert any("blocked" in line and "hanging" in line for line in said), "the last line names who was not reached"
