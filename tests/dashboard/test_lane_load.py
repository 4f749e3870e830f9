"""Fifty thousand events are drawn with as many marks as a reader can tell apart, and laws stay in sight among them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard import lane_figure, store
from dashboard.charts import Lanes, Words, lanes_figure, mark_count
from dashboard.lanes import EVERYTHING, SIGNIFICANCE, LaneKind
from dashboard.window import ZOOMS, Zoom, window
from data import queries
from data.view import View
from tests.lane_snapshot import TYPES, row, snapshot

EVENTS = 50_000
FIRST, TODAY = date(2017, 1, 2), date(2026, 11, 25)
PLACES = ("fr", "eu", "uk", "us", "ca", "de", "it", "es", "dk", "ie", "au", "kr", "in", "br", "jp", "cn", "nl", "be", "at",
          "ch", "pl", "sk", "sg", "my", "no")  # fmt: skip
WORDS = Words(
    lang="en", families={}, types={}, labels={"today": "today", "planned": "planned", "attention": "documents"}
)


def many() -> Iterator[dict[str, Any]]:
    """More each year, nine in ten of them statements; one law a month in one country; a tenth known by the month."""
    days = (TODAY - FIRST).days + 200
    for number in range(EVENTS):
        day = FIRST + timedelta(days=int(days * (number / EVENTS) ** 0.5))
        when = day.isoformat()[:7] if number % 10 == 3 else day.isoformat()
        type_ = TYPES[number // 10 % len(TYPES)] if number % 10 == 0 else "statement"
        yield row(f"e{number}", when, type=type_, jurisdiction=PLACES[number * 7 % len(PLACES)],
                  dossier_id=f"file-{number % 399}", track=("law", "case", "soft")[number % 3],
                  stage="introduced" if number % 40 == 0 else "",
                  status="scheduled" if day > TODAY else "occurred")  # fmt: skip
    for month in range(12):
        yield row(f"law-{month}", f"2018-{month + 1:02}-15", type="law_in_force", jurisdiction="no")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crowded")
    db = snapshot(folder / "published.db", many(), {f"e{n}": [f"actor-{n % 60}"] for n in range(0, EVENTS, 3)})
    db.execute("BEGIN")
    for number in range((TODAY - FIRST).days):
        db.execute("INSERT INTO shown_attention VALUES (?, 'fr', ?)",
                   ((FIRST + timedelta(days=number)).isoformat(), number % 9))  # fmt: skip
    db.execute("COMMIT")
    db.close()
    return folder


@pytest.fixture
def here(crowded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_HOME", str(crowded))
    monkeypatch.setattr(store, "today", TODAY.isoformat)


def draw(by: LaneKind, zoom: Zoom, **more: Any) -> Lanes:
    first, last = (date.fromisoformat(day) for day in store.ask(queries.extent, View()))
    shown = window(first, last, zoom, TODAY)
    ranks = EVERYTHING if zoom == "days" else SIGNIFICANCE
    view = lane_figure.in_window(View(), shown)
    rows, _ = lane_figure.gather(view, "en", by, shown, ranks=ranks, attention=True, **more)
    return lanes_figure(
        rows,
        WORDS,
        lane=by,
        window=shown,
        today=TODAY,
        dark=False,
        significance=ranks,
        max_glyphs=lane_figure.MAX_GLYPHS,
    )


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("by", ["jurisdiction", "track", "dossier", "actor"])
def test_no_figure_sends_more_than_twelve_hundred_marks(here: None, by: LaneKind, zoom: Zoom):
    lanes = draw(by, zoom)
    sent = json.loads(lanes.figure.to_json())["data"]
    marks = sum(sum(one is not None for one in trace.get("x", ())) for trace in sent)
    assert marks == mark_count(lanes.figure) <= 1_200
    assert lanes.lane_count <= 20 and lanes.glyph_count > 20
    assert lanes.hidden_glyph_count > 0


def test_laws_stand_out_in_every_year_not_at_the_right_edge(here: None):
    lanes = draw("jurisdiction", "years")
    years = Counter(x[:4] for trace in lanes.figure.data if trace.customdata for x in trace.x)
    assert set(years) >= {str(year) for year in range(2018, 2027)}
    assert max(years.values()) <= 3 * min(years[str(year)] for year in range(2018, 2026))


def test_a_quiet_place_keeps_its_laws_among_fifty_thousand_events(here: None):
    first, last = (date.fromisoformat(day) for day in store.ask(queries.extent, View()))
    shown = window(first, last, "years", TODAY)
    rows, _ = lane_figure.gather(View(jurisdictions=("no",)), "en", "jurisdiction", shown, ranks=SIGNIFICANCE)
    laws = {one.event_id for one in rows.events if one.type == "law_in_force" and one.date_start < "2019"}
    assert len(laws) >= 6


def test_the_strip_counts_every_event_of_the_lanes_once(here: None):
    first, last = (date.fromisoformat(day) for day in store.ask(queries.extent, View()))
    shown = window(first, last, "years", TODAY)
    rows, total = lane_figure.gather(View(), "en", "track", shown, ranks=SIGNIFICANCE)
    assert total == 3 and rows.step == "month"
    assert sum(cell.count for cell in rows.cells) == EVENTS
