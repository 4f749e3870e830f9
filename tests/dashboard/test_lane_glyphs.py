"""Which events of the lanes get a mark of their own, and where it stands."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from dashboard.lanes import EVERYTHING, PER_BIN, ROWS, SIGNIFICANCE, place
from dashboard.window import Window
from data.rows import EventActor
from tests.dashboard.figures import PLACES, WHOLE, crowd, draw, event, glyphs, strips


def test_a_day_is_a_point_and_whatever_is_vaguer_a_bar_over_all_of_it():
    rows = [event("month", when="2026-02"), event("range", "deadline", "2025-03-01/2025-08-31"), event("day")]
    lanes = draw(rows)
    found = glyphs(lanes)
    assert found["month"]["x"] == "2026-02-14"
    assert found["day"]["x"] == "2026-01-26"
    assert "2025-03-01" < found["range"]["x"] < "2025-08-31"
    bars = [trace for trace in lanes.figure.data if trace.type == "scatter" and trace.mode == "lines"]
    drawn = [(one.x[0], one.x[1], one.y[0]) for one in bars]
    assert sorted(drawn) == [
        ("2025-03-01", "2025-08-31", found["range"]["y"]),
        ("2026-02-01", "2026-02-28", found["month"]["y"]),
    ]
    assert "period" in lanes.marks


def test_a_year_reaching_out_of_the_window_keeps_its_mark_inside():
    near = Window("days", date(2026, 1, 1), date(2026, 3, 1), date(2024, 1, 1), date(2026, 12, 1))
    x = glyphs(draw([event("year", when="2026")], window=near))["year"]["x"]
    assert "2026-01-01" < x < "2026-03-01"


def test_cap_of_glyphs_is_kept_counted_and_spread():
    rows = crowd(900)
    lanes = draw(rows, max_glyphs=40)
    shown = glyphs(lanes)
    assert len(shown) == lanes.glyph_count == 40
    assert lanes.hidden_glyph_count == 900 - 40
    assert {glyph["x"][:4] for glyph in shown.values()} == {"2024", "2025", "2026"}


def test_no_glyph_covers_another_of_its_row():
    rows = crowd(900)
    placed = place(
        rows, list(PLACES), "jurisdiction", window=WHOLE, significance=SIGNIFICANCE, gap_days=20, max_glyphs=999,
        selected="",
    )  # fmt: skip
    by_row: dict[tuple[int, int], list[date]] = {}
    for one in placed:
        by_row.setdefault((one.lane, one.row), []).append(one.on)
    assert {row for _, row in by_row} == set(ROWS)
    for days in by_row.values():
        assert all((later - earlier).days >= 20 for earlier, later in pairwise(days))


def test_one_stretch_of_a_lane_never_holds_more_than_its_share():
    rows = [event(f"e{n}", when="2026-01-26") for n in range(10)]
    rows += [event("law", "law_signed", "2026-01-26")]
    shown = glyphs(draw(rows))
    assert len(shown) == PER_BIN
    assert "law" in shown


def test_significant_events_go_first():
    rows = [event(f"e{n}", "amendment_tabled", "2026-01-26") for n in range(9)]
    rows += [event("ruling", "court_ruling"), event("fine", "fine_sanction"), event("force", "law_in_force")]
    assert set(glyphs(draw(rows))) == {"ruling", "fine", "force"}


def test_a_small_view_gives_a_glyph_to_every_type_and_needs_no_strip():
    rows = [event(f"e{n}", code, f"20{10 + n // 4}-0{1 + 2 * (n % 4)}-05") for n, code in enumerate(EVERYTHING)]
    lanes = draw(rows, lane="dossier", significance=EVERYTHING, show_labels=False, dark=True)
    assert lanes.glyph_count == len(EVERYTHING)
    assert strips(lanes) == []
    assert lanes.figure.layout.yaxis.ticktext is None


def test_an_event_stands_in_the_lane_of_each_of_its_actors():
    both = tuple(EventActor(name, name, "platform", "target", "", "", "", "") for name in ("org-x", "org-xai"))
    lanes = draw([event("a", actors=both)], lane="actor", names={})
    marks = [trace for trace in lanes.figure.data if trace.customdata]
    assert [list(trace.customdata) for trace in marks] == [["a", "a"]]
    assert len(set(marks[0].y)) == 2
    assert (lanes.lane_count, lanes.glyph_count) == (2, 1)
