"""Cells say in words what rows say in codes."""

from __future__ import annotations

from dataclasses import replace

from dashboard import tables
from data.rows import Density, Revision
from tests.data.export.sample import SREN


def test_an_event_line_speaks_the_language_of_the_page():
    (line,) = tables.event_cells([SREN], "fr")
    assert (line["date"], line["place"], line["sources"]) == ("21 mai 2024", "France", 2)
    assert tables.event_cells([SREN], "en")[0]["title"] == "Act no. 2024-449 is promulgated"


def test_what_nobody_has_checked_carries_a_question_mark():
    (line,) = tables.event_cells([replace(SREN, verified="memory")], "en")
    assert line["check"].startswith("? ")


def test_density_counts_the_last_months_up_to_this_one():
    (line,) = tables.density_cells(
        [Density("fr", "2026-11-01", 3), Density("fr", "2026-10-01", 1), Density("fr", "2019-01-01", 5)],
        "2026-11-25", "en", months=3,
    )  # fmt: skip
    assert (line["months"], line["events"]) == ([0, 1, 3], 9)


def test_density_leaves_the_future_to_the_total():
    (line,) = tables.density_cells([Density("eu", "2027-02-01", 2)], "2026-11-25", "en", months=3)
    assert (line["months"], line["events"]) == ([0, 0, 0], 2)


def test_the_fullest_place_comes_first():
    cells = tables.density_cells([Density("fr", "2026-11-01", 1), Density("eu", "2026-11-01", 2)], "2026-11-25", "en")
    assert [line["code"] for line in cells] == ["eu", "fr"]


def revision(field: str, old: str, new: str) -> Revision:
    return Revision("dossier", "d", field, old, new, "2026-11-25T06:00:00Z", "stages", "event e")


def test_a_change_of_stage_is_told_in_words():
    assert tables.revision_text(revision("stage", "committee", "enacted"), "en") == (
        "Stage: In committee (first chamber) → Enacted and published"
    )


def test_a_corrected_date_is_told_as_a_date():
    assert tables.revision_text(revision("date_start", "2024-05-20", "2024-05-21"), "fr") == (
        "Date\u00a0: 20 mai 2024 → 21 mai 2024"
    )


def test_a_removal_says_what_was_removed():
    assert tables.revision_text(revision("removed", "2023-10-17 Décision", ""), "en") == "Removed: 2023-10-17 Décision"
