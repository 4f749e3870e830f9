"""The lanes: rows in, facts of the figure out. How it looks is for eyes; what it says is held here."""

from __future__ import annotations

import re
from datetime import date, timedelta

import plotly.io
import pytest

from dashboard.chart_look import look_of, plotly_text, wrapped
from dashboard.lanes import DENSITY_ONLY, SIGNIFICANCE
from dashboard.window import Window
from data.palette import COLOURS
from data.rows import Density, StageSpan
from tests.dashboard.figures import (
    FAMILIES,
    HOSTILE,
    LABELS,
    TODAY,
    TYPES,
    VOCABULARY,
    WHOLE,
    crowd,
    draw,
    event,
    glyphs,
    strips,
    texts,
)


def test_every_event_type_is_either_a_milestone_or_density():
    assert set(SIGNIFICANCE) | DENSITY_ONLY == set(VOCABULARY.codes("event_types"))
    assert set(SIGNIFICANCE) & DENSITY_ONLY == set()
    assert {VOCABULARY.family_of(code) for code in SIGNIFICANCE} == set(FAMILIES) - {"society"}


def test_customdata_are_exactly_the_events_with_a_glyph():
    rows = [event("a"), event("b", "statement"), event("c", "question_asked"), event("d", "fine_sanction", place_="eu")]
    lanes = draw(rows)
    assert set(glyphs(lanes)) == {"a", "d"}
    assert (lanes.glyph_count, lanes.hidden_glyph_count) == (2, 0)


def test_statements_and_questions_count_in_the_strip_without_a_name():
    lanes = draw([event("b", "statement"), event("c", "question_asked"), event("d", "incident", "2026-03-02")])
    (strip,) = strips(lanes)
    assert [text.split("<br>") for text in strip.hovertext] == [["2026-01: 2", "France"], ["2026-03: 1", "France"]]
    assert strip.customdata is None


def test_strip_grows_with_the_square_root_of_the_count():
    lanes = draw([], [Density("fr", "2026-01-01", 100), Density("fr", "2026-02-01", 25)])
    (strip,) = strips(lanes)
    assert strip.y[0] / strip.y[1] == pytest.approx(2)


def test_a_month_without_events_has_no_bar():
    (strip,) = strips(draw([], [Density("fr", "2026-01-01", 2), Density("fr", "2026-02-01", 0)]))
    assert [text.split("<br>")[0] for text in strip.hovertext] == ["2026-01: 2"]


def test_what_the_database_counted_and_is_not_drawn_is_told():
    lanes = draw([event("a"), event("b", place_="eu")], milestone_count=12)
    assert (lanes.glyph_count, lanes.hidden_glyph_count) == (2, 10)


def test_selected_statement_gets_a_glyph_and_a_ring():
    plain = draw([event("a"), event("b", "statement")])
    lanes = draw([event("a"), event("b", "statement")], selected="b")
    assert set(glyphs(lanes)) == {"a", "b"}
    ring = lanes.figure.data[-1]
    assert (ring.x[0], ring.y[0]) == (glyphs(lanes)["b"]["x"], glyphs(lanes)["b"]["y"])
    assert len(lanes.figure.data) > len(plain.figure.data)


def test_events_outside_every_dossier_make_no_lane():
    rows = [event("a", dossier_id=""), event("b")]
    lanes = draw(rows, lane="dossier", names={"fr-one": "A law"})
    assert list(lanes.figure.layout.yaxis.ticktext) == ["A law"]
    assert set(glyphs(lanes)) == {"b"}


def test_scheduled_is_hollow_and_occurred_is_full():
    rows = [
        event("past"),
        event("next", when="2026-12-03", status="scheduled"),
        event("late", when="2025-05-05", status="postponed"),
        event("argued", when="2024-05-05", status="disputed"),
    ]
    symbols = {event_id: glyph["symbol"] for event_id, glyph in glyphs(draw(rows)).items()}
    assert symbols == {"past": "circle", "next": "circle-open", "late": "circle-open", "argued": "circle"}


def test_hover_says_that_an_event_is_only_planned():
    hover = glyphs(draw([event("next", when="2026-12-03", status="scheduled")]))["next"]["hover"]
    assert hover == "2026-12-03 · Text adopted · Planned<br><b>Title of next</b><br>France"


def test_memory_is_paler_and_dotted():
    found = glyphs(draw([event("sure"), event("told", when="2025-01-26", verified="memory")]))
    assert found["told"]["symbol"] == "circle-dot"
    assert found["told"]["opacity"] < found["sure"]["opacity"] == 1


def test_families_differ_in_shape_and_in_colour():
    assert set(COLOURS) == set(FAMILIES)
    assert len({VOCABULARY.glyph_of(family) for family in COLOURS}) == len(COLOURS)
    for theme in (0, 1):
        assert len({pair[theme] for pair in COLOURS.values()}) == len(COLOURS)


@pytest.mark.parametrize(("theme", "page"), [(0, "#ffffff"), (1, "#0e1117")])
def test_glyphs_stand_out_from_the_page(theme: int, page: str):
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for pair in COLOURS.values():
        bright, deep = sorted((luminance(pair[theme]), luminance(page)), reverse=True)
        assert (bright + 0.05) / (deep + 0.05) >= 3


def test_legend_names_each_family_present_once():
    rows = [event("a"), event("b", "fine_sanction"), event("c", "bill_tabled", "2025-02-01"), event("d", "statement")]
    shown = [trace.name for trace in draw(rows).figure.data if trace.showlegend]
    assert shown == ["Parliament", "Enforcement"]


@pytest.mark.parametrize("narrow", [False, True])
def test_hostile_text_reaches_no_place_as_markup(narrow: bool):
    families, types = dict.fromkeys(FAMILIES, HOSTILE), dict.fromkeys(TYPES, HOSTILE)
    rows = [event("a", title=HOSTILE, status="scheduled")]
    words = dict.fromkeys(LABELS, HOSTILE)
    stage = StageSpan("fr-one", "law", "enacted", "2026-01", "2026-01-01", "2026-06-01", "a")
    lanes = draw(
        rows, lane="dossier", names={"fr-one": HOSTILE}, families=families, types=types, narrow=narrow, labels=words,
        stages=[stage], attention=[Density("", "2026-01-01", 3)],
    )  # fmt: skip
    found = texts(lanes)
    assert any("onerror" in text for text in found)
    for text in found:
        bare = text.replace("<br>", "").replace("<b>", "").replace("</b>", "")
        assert "<" not in bare and ">" not in bare
        assert not set("$\u202e\u0007") & set(text)
        assert "%{" not in text and "&lt;b&gt; %" not in text


def test_own_markup_of_the_hover_cannot_be_forged():
    hover = glyphs(draw([event("a", title="one<br>two</b>three")]))["a"]["hover"]
    assert hover.split("<br>")[1] == "<b>one&lt;br&gt;two&lt;/b&gt;three</b>"


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("<a href='x'>y</a>", "&lt;a href='x'&gt;y&lt;/a&gt;"),
        ("$\\href{javascript:x}{y}$", "\\href{javascript:x}{y}"),
        ('Q & A, "l\'été"', 'Q &amp; A, "l\'été"'),
        ("two\nlines\t here ", "two lines here"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("%{meta} at 5 %", "% {meta} at 5 %"),
        ("a%$$%{b}", "a%% {b}"),
        ("", ""),
    ],
)
def test_plotly_text(text: str, drawn: str):
    assert plotly_text(text) == drawn


def test_long_text_is_cut_before_it_is_escaped():
    assert plotly_text("&" * 50, 10) == "&amp;" * 9 + "…"


def test_long_lane_labels_take_two_lines_and_get_room():
    long = "A law about the manipulation of images and of voices by artificial means"
    wide = draw([event("a")], names={"fr": long}).figure.layout
    lines = wide.yaxis.ticktext[0].split("<br>")
    assert len(lines) == 2 and lines[1].endswith("…") and max(map(len, lines)) <= 28
    assert wide.margin.l > draw([event("a")]).figure.layout.margin.l


@pytest.mark.parametrize(
    "text", ["An act on the digital space (SREN), deepfakes", "The space (of the digital world) x"]
)
def test_no_label_ends_in_what_only_leads_on(text: str):
    for width in range(8, len(text)):
        assert not re.search(r"[\s,;:(\[–-]…", wrapped(text, width, 1)), width


def test_the_axis_writes_days_and_months_as_the_page_says():
    stops = draw([event("a")]).figure.layout.xaxis.tickformatstops
    assert [one.value for one in stops] == ["%-d %b %Y", "%b %Y", "%Y"], "no ISO date under a figure"


def test_narrow_puts_labels_above_the_lanes():
    lanes = draw([event("a"), event("b", place_="eu")], narrow=True)
    assert lanes.figure.layout.margin.l <= 12
    assert lanes.figure.layout.yaxis.showticklabels is False
    above = {note.text: note.y for note in lanes.figure.layout.annotations if note.xref == "paper"}
    assert above == {"European Union": -0.5, "France": 0.5}
    heights = {event_id: glyph["y"] for event_id, glyph in glyphs(lanes).items()}
    assert -0.5 < heights["b"] < 0.5 < heights["a"]


def test_stages_are_told_by_name_shade_and_pattern_and_lead_to_their_proof():
    history = [
        StageSpan("fr-one", "law", "introduced", "2024-01-10", "2024-01-10", "2024-09-01", "tabled"),
        StageSpan("fr-one", "law", "enacted", "2024-09", "2024-09-01", "2025-06-01", "signed"),
        StageSpan("fr-one", "law", "repealed", "2025-06-01", "2025-06-01", "2026-11-25", "gone"),
    ]
    lanes = draw(
        [event("a", when="2024-01-10")], lane="dossier", names={"fr-one": "A law"}, stages=history, window=WHOLE
    )
    (bar,) = [trace for trace in lanes.figure.data if trace.type == "bar" and trace.customdata]
    assert list(bar.customdata) == ["tabled", "signed", "gone"]
    assert len(set(bar.marker.color)) == 3
    assert [bool(shape) for shape in bar.marker.pattern.shape] == [False, False, True]
    assert bar.hovertext[1] == "<b>enacted</b><br>2024-09 → 2025-06-01<br>A law"
    assert "repealed" in bar.text
    starts = [date.fromisoformat(x) - timedelta(milliseconds=w // 2) for x, w in zip(bar.x, bar.width, strict=True)]
    assert [
        abs((start - date.fromisoformat(one.start)).days) <= 1 for start, one in zip(starts, history, strict=True)
    ] == [True] * 3


def test_stages_stay_clear_of_the_glyphs():
    stage = StageSpan("fr-one", "law", "enacted", "2026-01", "2026-01-01", "2026-06-01", "a")
    for narrow in (False, True):
        lanes = draw(crowd(60), lane="dossier", stages=[stage], narrow=narrow, window=WHOLE)
        (bar,) = [trace for trace in lanes.figure.data if trace.type == "bar" and trace.customdata]
        px = look_of(narrow, False, staged=True).lane_px
        lowest = max(
            glyph["y"] % 1 if glyph["y"] >= 0 else glyph["y"] for glyph in glyphs(lanes).values() if glyph["y"] < 0.5
        )
        assert (bar.base[0] + bar.y[0] - lowest % 1) * px >= 6


def test_the_curve_counts_every_bin_and_has_its_own_axis():
    counts = [Density("", "2026-01-01", 4), Density("", "2026-04-01", 1)]
    lanes = draw([event("a"), event("b", when="2025-11-03")], attention=counts, window=WHOLE)
    (curve,) = [trace for trace in lanes.figure.data if trace.yaxis == "y2"]
    told = list(curve.hovertext)
    assert told[told.index("2026-01: 4") :][:4] == ["2026-01: 4", "2026-02: 0", "2026-03: 0", "2026-04: 1"]
    assert told[-1] == "2026-11: 0", "nothing since is told up to today, and nothing of the future"
    assert any("Documents" in note.text for note in lanes.figure.layout.annotations)
    assert lanes.figure.layout.yaxis2.domain[1] < lanes.figure.layout.yaxis.domain[0]
    assert "attention" in lanes.marks
    assert all(trace.yaxis != "y2" for trace in draw([event("a")]).figure.data)


@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_gives_a_valid_empty_figure(narrow: bool):
    lanes = draw([], narrow=narrow)
    assert (lanes.lane_count, lanes.glyph_count, lanes.hidden_glyph_count, lanes.marks) == (0, 0, 0, frozenset())
    assert lanes.figure.data == ()
    assert plotly.io.from_json(lanes.figure.to_json()).layout.height > 0


def test_same_rows_give_the_same_figure_in_any_order():
    rows = crowd(200)
    assert draw(rows).figure.to_json() == draw(list(reversed(rows))).figure.to_json()


def test_the_axis_holds_the_data_and_today():
    lanes = draw([event("a", when="2025-01-10"), event("b", when="2026-10-05")])
    low, high = lanes.figure.layout.xaxis.range
    assert low < "2025-01-01" and high > TODAY.isoformat()


def test_today_is_a_line_and_what_follows_is_shaded_and_named():
    lanes = draw([event("a", when="2026-10-05"), event("next", when="2027-12-03", status="scheduled")])
    shade, line = lanes.figure.layout.shapes
    assert (shade.type, shade.x0, shade.x1) == ("rect", TODAY.isoformat(), lanes.figure.layout.xaxis.range[1])
    assert (line.type, line.x0, line.x1) == ("line", TODAY.isoformat(), TODAY.isoformat())
    assert {note.text for note in lanes.figure.layout.annotations} == {"today", "planned"}
    assert {"future", "hollow"} <= lanes.marks


def test_a_past_far_from_today_has_neither_line_nor_shade():
    assert len(draw([event("a", when="2016-03-01")]).figure.layout.shapes) == 0


def test_a_window_after_today_is_shaded_whole():
    later = Window("days", date(2027, 1, 1), date(2027, 3, 1), date(2026, 1, 1), date(2027, 5, 1))
    (shade,) = draw([event("a", when="2027-02-02", status="scheduled")], window=later).figure.layout.shapes
    assert (shade.x0, shade.x1) == ("2027-01-01", "2027-03-01")


def test_height_follows_the_lanes():
    one = draw([event("a")]).figure.layout.height
    two = draw([event("a"), event("b", place_="eu")]).figure.layout.height
    assert 40 <= two - one <= 64


def test_title_in_the_language_of_the_page():
    row = event("a", titles={"fr": "Texte adopté au Sénat"})
    assert "Texte adopté au Sénat" in glyphs(draw([row], lang="fr"))["a"]["hover"]
    assert "Title of a" in glyphs(draw([row]))["a"]["hover"]


def test_page_may_write_dates_its_own_way():
    assert "jour 2026-01-26" in glyphs(draw([event("a")], show_date="jour {}".format))["a"]["hover"]


def test_background_is_that_of_the_page():
    layout = draw([event("a")], dark=True).figure.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
