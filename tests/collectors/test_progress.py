"""What a running collection says of itself: counts, and how long it will take."""

from __future__ import annotations

import json
from pathlib import Path

from collectors.progress import FEWEST, Progress


def test_counts_and_time_left_from_the_pace_so_far(tmp_path: Path):
    now = [0.0]
    said: list[str] = []
    path = tmp_path / "progress.json"
    progress = Progress(path, said.append, total=40, started_at="2026-11-25T06:00:00Z", seconds=lambda: now[0])
    for n in range(FEWEST):
        progress.start(f"s{n}")
        now[0] += 30.0
        progress.finish(f"s{n}", f"S{n}", "ok", "1 new", records=12)
    state = json.loads(path.read_text(encoding="utf-8"))
    assert (state["done"], state["total"], state["records"]) == (8, 40, 96)
    assert state["seconds_left"] == 32 * 30
    assert said[-1].startswith("[  8/40, 16 min left] s7")
    assert "left" not in said[0], "one visit tells nothing of the others"


def test_a_finished_collection_has_nothing_left(tmp_path: Path):
    progress = Progress(tmp_path / "p.json", lambda _: None, total=1, started_at="2026-11-25T06:00:00Z")
    progress.start("a")
    progress.finish("a", "A", "unavailable", "no answer")
    progress.close("2026-11-25T06:01:00Z")
    state = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert (state["seconds_left"], state["unreachable"]) == (0, ["A"])
