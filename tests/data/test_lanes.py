"""What the figure of lanes asks, on a small database whose every count is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.lanes import SIGNIFICANCE
from data import queries
from data.database import Database
from data.view import View
from tests.lane_snapshot import row, snapshot

Make = Callable[..., Database]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    return lambda events, **actors: snapshot(tmp_path / "small.db", events, actors)


def milestones(db: Database, view: View, **more: Any) -> list[str]:
    options: dict[str, Any] = {
        "ranks": SIGNIFICANCE,
        "step": "month",
        "stretch_days": 30.0,
        "per_stretch": 3,
        "limit": 600,
    }
    found, _ = queries.milestones(db, view, "jurisdiction", ["fr", "eu"], **options | more)
    return [one.event_id for one in found]


def test_lanes_are_the_fullest_and_the_rest_is_counted(made: Make):
    db = made([row("a", "2026-01-01"), row("b", "2026-01-02"), row("c", "2026-01-03", jurisdiction="eu"),
               row("d", "2026-01-04", jurisdiction="de")])  # fmt: skip
    found, total = queries.lanes(db, View(), "jurisdiction", limit=2)
    assert ([(one.code, one.count) for one in found], total) == ([("fr", 2), ("de", 1)], 3)


def test_the_lane_of_the_selected_event_is_kept(made: Make):
    db = made([row("a", "2026-01-01"), row("b", "2026-01-02"), row("c", "2026-01-03", jurisdiction="eu"),
               row("d", "2026-01-04", jurisdiction="eu"), row("e", "2026-01-05", jurisdiction="de")])  # fmt: skip
    found, _ = queries.lanes(db, View(), "jurisdiction", limit=2, selected="e")
    assert [one.code for one in found] == ["eu", "de"]


def test_lanes_of_actors_count_an_event_once_whatever_its_roles(made: Make):
    db = made([row("a", "2026-01-01"), row("b", "2026-01-02")], a=["ofcom", "nameless"], b=["ofcom", "cnil"])
    found, total = queries.lanes(db, View(), "actor", limit=20)
    assert ([(one.code, one.count, one.title) for one in found], total) == (
        [("ofcom", 2, "Ofcom"), ("cnil", 1, "Cnil")],
        2,
    )
    assert [(one.lane, one.count) for one in queries.bins(db, View(), "actor", ["ofcom"], "year")] == [("ofcom", 2)]


def test_lanes_of_files_carry_their_names_and_leave_out_what_has_none(made: Make):
    db = made([row("a", "2026-01-01", dossier_id="one", track="law"), row("b", "2026-01-02")])
    found, total = queries.lanes(db, View(), "dossier", limit=20)
    assert ([(one.code, one.title, one.titles) for one in found], total) == ([("one", "Law one", {"fr": "Loi one"})], 1)


@pytest.mark.parametrize(
    ("step", "bins"),
    [
        ("day", {"2026-01-04": 1, "2026-01-05": 1, "2026-02-28": 1}),
        ("week", {"2025-12-29": 1, "2026-01-05": 1, "2026-02-23": 1}),
        ("month", {"2026-01-01": 2, "2026-02-01": 1, "2026-04-01": 1}),
        ("quarter", {"2026-01-01": 3, "2026-04-01": 1}),
        ("year", {"2026-01-01": 5}),
    ],
)
def test_bins_follow_the_calendar_and_hold_nothing_vaguer_than_themselves(made: Make, step: str, bins: dict[str, int]):
    days = ("2026-01-04", "2026-01-05", "2026-02-28", "2026-04", "2026")
    db = made([row(f"e{n}", day) for n, day in enumerate(days)])
    assert {one.bin: one.count for one in queries.bins(db, View(), "jurisdiction", ["fr"], step)} == bins


def test_the_extent_is_that_of_the_events_inside_the_bounds_asked_for(made: Make):
    db = made([row("a", "2025-03-04"), row("b", "2026"), row("c", "2026-02-02", jurisdiction="eu")])
    assert queries.extent(db, View()) == ("2025-03-04", "2026-12-31")
    assert queries.extent(db, View(since=date(2026, 2, 1), until=date(2026, 6, 1))) == ("2026-02-01", "2026-06-01")
    assert queries.extent(db, View(jurisdictions=("de",))) == ("", "")


def test_milestones_are_the_most_significant_of_every_stretch_not_the_newest(made: Make):
    busy = [row(f"busy{n}", f"2026-11-{n + 1:02}", type="amendment_tabled") for n in range(25)]
    old = [row("law", "2018-05-05", type="law_signed"), row("fine", "2020-01-05", type="fine_sanction")]
    db = made([*busy, *old, row("ruling", "2026-11-02", type="court_ruling")])
    assert milestones(db, View(), limit=4)[:2] == ["law", "fine"]
    assert "ruling" in milestones(db, View(), limit=4)
    assert len(milestones(db, View(), per_stretch=1)) <= 4


def test_statements_are_no_milestones_unless_selected_or_in_no_bin(made: Make):
    db = made([row("a", "2026-01-05"), row("b", "2026-03-05"), row("c", "2024")])
    assert milestones(db, View()) == ["c"]
    assert milestones(db, View(), selected="b") == ["c", "b"]
    assert milestones(db, View(), step="year") == []


def test_a_file_moves_from_stage_to_stage_as_its_events_prove(made: Make):
    law = {"dossier_id": "one", "track": "law"}
    db = made([
        row("tabled", "2024-01-10", stage="introduced", **law),
        row("again", "2024-02-10", stage="introduced", **law),
        row("voted", "2024-09", stage="passed_one", **law),
        row("argued", "2025-01-01", stage="adopted", status="disputed", **law),
        row("planned", "2025-02-01", stage="enacted", status="scheduled", **law),
        row("other", "2025-03-01", stage="no_such_stage", **law),
        row("quiet", "2025-04-01", dossier_id="two", track="law"),
    ])  # fmt: skip
    told = [(one.stage, one.since, one.start, one.end, one.event_id)
            for one in queries.stage_history(db, ["one", "two"], "2026-11-25")]  # fmt: skip
    assert told == [
        ("introduced", "2024-01-10", "2024-01-10", "2024-09-01", "tabled"),
        ("passed_one", "2024-09", "2024-09-01", "2026-11-25", "voted"),
    ]


def test_neighbours_are_of_the_same_file(made: Make):
    law = {"dossier_id": "one", "track": "law"}
    db = made([row("a", "2024-01-10", **law), row("x", "2024-02-10"), row("b", "2024-03-10", **law),
               row("c", "2024-04-10", **law)])  # fmt: skip
    around = {name: tuple(one and one.event_id for one in queries.before_and_after(db, name)) for name in "abcx"}
    assert around == {"a": (None, "b"), "b": ("a", "c"), "c": ("b", None), "x": (None, None)}


def test_attention_counts_documents_by_place_and_period_alone(made: Make):
    db = made([row("a", "2026-01-01")])
    for day, place, count in (("2026-01-04", "fr", 2), ("2026-01-05", "uk", 3), ("2026-02-01", "fr", 1)):
        db.execute("INSERT INTO shown_attention VALUES (?, ?, ?)", (day, place, count))

    def told(view: View, step: str) -> dict[str, int]:
        return {one.bin: one.count for one in queries.attention(db, view, step)}

    assert told(View(), "month") == {"2026-01-01": 5, "2026-02-01": 1}
    assert told(View(jurisdictions=("fr",), query="nothing"), "week") == {"2025-12-29": 2, "2026-01-26": 1}
    assert told(View(since=date(2026, 1, 5), until=date(2026, 1, 31)), "month") == {"2026-01-01": 3}
