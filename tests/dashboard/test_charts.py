"""The lanes: rows in, facts of the figure out. How it looks is for eyes; what it says is held here."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import plotly.io
import pytest

from dashboard.chart_look import COLOURS, plotly_text
from dashboard.charts import Lanes, lanes_figure, mini_lanes
from dashboard.lanes import DENSITY_ONLY, EVERYTHING, PER_BIN, ROWS, SIGNIFICANCE, monthly, place, span
from data.models import When
from data.rows import Density, TimelineEvent
from data.vocabulary import load_vocabulary

TODAY = date(2026, 11, 25)
VOCABULARY = load_vocabulary()
PLACES = {"fr": "France", "eu": "European Union", "uk": "United Kingdom"}
FAMILIES = {code: VOCABULARY.label("families", code, "en") for code in VOCABULARY.codes("families")}
TYPES = {code: VOCABULARY.label("event_types", code, "en") for code in VOCABULARY.codes("event_types")}
HOSTILE = (
    '<a href="https://bad.example">read</a> <img src=x onerror=alert(1)> '
    "$\\href{javascript:alert(1)}{x}$ &lt;b&gt; %{meta} \u202eevil\u0007<br>end"
)


def event(event_id: str, type_: str = "bill_adopted", when: str = "2026-01-26", place_: str = "fr", **more: Any):
    said = When.parse(when)
    row: dict[str, Any] = {
        "event_id": event_id,
        "date": said.iso(),
        "date_start": said.start.isoformat(),
        "date_end": said.end.isoformat(),
        "precision": said.precision,
        "status": "occurred",
        "outcome": "",
        "type": type_,
        "family": VOCABULARY.family_of(type_),
        "jurisdiction": place_,
        "dossier_id": f"{place_}-one",
        "dossier_title": "A law",
        "dossier_titles": {},
        "dossier_stage": "",
        "dossier_identifiers": (),
        "track": "law",
        "stage": "",
        "official_code": "",
        "title": f"Title of {event_id}",
        "lang": "en",
        "titles": {},
        "summaries": {},
        "origin": "official",
        "verified": "payload",
        "review_state": "",
        "confidence": 1.0,
        "harms": (),
        "approaches": (),
        "legal_references": (),
        "first_seen_at": "",
        "changed_at": "",
        "revision": 1,
    }
    return TimelineEvent(**{**row, **more})


def draw(events: list[TimelineEvent], density: list[Density] | None = None, **more: Any) -> Lanes:
    options: dict[str, Any] = {
        "lane": "jurisdiction",
        "lane_labels": PLACES,
        "family_labels": FAMILIES,
        "type_labels": TYPES,
        "lang": "en",
        "today": TODAY,
        "dark": False,
    }
    options |= more
    counts = monthly(events, options["lane"]) if density is None else density
    return lanes_figure(events, counts, **options)


def glyphs(lanes: Lanes) -> dict[str, dict[str, Any]]:
    """event id -> what its glyph looks like."""
    found = {}
    for trace in lanes.figure.data:
        for number, event_id in enumerate(trace.customdata or ()):
            found[event_id] = {
                "x": trace.x[number],
                "y": trace.y[number],
                "symbol": trace.marker.symbol[number],
                "opacity": trace.marker.opacity[number],
                "color": trace.marker.color,
                "hover": trace.hovertext[number],
                "family": trace.legendgroup,
            }
    return found


def strips(lanes: Lanes) -> list[Any]:
    return [trace for trace in lanes.figure.data if trace.type == "bar"]


def texts(lanes: Lanes) -> list[str]:
    """Every text that Plotly would draw."""
    layout = lanes.figure.layout
    found = [note.text for note in layout.annotations] + list(layout.yaxis.ticktext or ())
    for trace in lanes.figure.data:
        found += [trace.name or "", *(trace.hovertext or ())]
    return found


def crowd(count: int) -> list[TimelineEvent]:
    """Milestones of every type, day after day in three places."""
    types, places = list(SIGNIFICANCE), list(PLACES)
    first = date(2024, 1, 1)
    return [
        event(f"e{n}", types[n % len(types)], (first + timedelta(days=n)).isoformat(), places[n % 3])
        for n in range(count)
    ]


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


def test_fullest_lane_stands_first_and_the_rest_is_counted():
    counts = [Density("uk", "2026-01-01", 9), Density("eu", "2026-01-01", 4), Density("fr", "2026-01-01", 1)]
    lanes = draw([event("a", place_="eu"), event("b")], counts, max_lanes=2)
    assert list(lanes.figure.layout.yaxis.ticktext) == ["United Kingdom", "European Union"]
    assert (lanes.lane_count, lanes.hidden_lane_count) == (2, 1)
    assert set(glyphs(lanes)) == {"a"}
    assert lanes.hidden_glyph_count == 1


def test_lane_of_the_selected_event_is_kept():
    counts = [Density("uk", "2026-01-01", 9), Density("eu", "2026-01-01", 4), Density("fr", "2026-01-01", 1)]
    lanes = draw([event("a")], counts, max_lanes=2, selected="a")
    assert list(lanes.figure.layout.yaxis.ticktext) == ["United Kingdom", "France"]
    assert set(glyphs(lanes)) == {"a"}


def test_selected_statement_gets_a_glyph_and_a_ring():
    plain = draw([event("a"), event("b", "statement")])
    lanes = draw([event("a"), event("b", "statement")], selected="b")
    assert set(glyphs(lanes)) == {"a", "b"}
    ring = lanes.figure.data[-1]
    assert (ring.x[0], ring.y[0]) == (glyphs(lanes)["b"]["x"], glyphs(lanes)["b"]["y"])
    assert len(lanes.figure.data) > len(plain.figure.data)


def test_events_outside_every_dossier_make_no_lane():
    rows = [event("a", dossier_id=""), event("b")]
    lanes = draw(rows, lane="dossier", lane_labels={"fr-one": "A law"})
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
    names = {"fr": HOSTILE}
    families, types = dict.fromkeys(FAMILIES, HOSTILE), dict.fromkeys(TYPES, HOSTILE)
    rows = [event("a", title=HOSTILE, status="scheduled")]
    lanes = draw(rows, lane_labels=names, family_labels=families, type_labels=types, narrow=narrow, today_label=HOSTILE)
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


def test_long_lane_labels_are_cut_and_get_room():
    long = "A law about the manipulation of images and of voices by artificial means"
    wide = draw([event("a")], lane_labels={"fr": long}).figure.layout
    assert wide.yaxis.ticktext[0].endswith("…") and len(wide.yaxis.ticktext[0]) <= 30
    assert wide.margin.l > draw([event("a")]).figure.layout.margin.l


def test_narrow_puts_labels_above_the_lanes():
    lanes = draw([event("a"), event("b", place_="eu")], narrow=True)
    assert lanes.figure.layout.margin.l <= 12
    assert lanes.figure.layout.yaxis.showticklabels is False
    above = {note.text: note.y for note in lanes.figure.layout.annotations if note.xref == "paper"}
    assert above == {"European Union": -0.5, "France": 0.5}
    heights = {event_id: glyph["y"] for event_id, glyph in glyphs(lanes).items()}
    assert -0.5 < heights["b"] < 0.5 < heights["a"]


def test_month_stands_in_its_middle_and_a_range_is_a_line():
    rows = [event("month", when="2026-02"), event("range", "deadline", "2025-03-01/2025-08-31"), event("day")]
    lanes = draw(rows)
    found = glyphs(lanes)
    assert found["month"]["x"] == "2026-02-14"
    assert found["day"]["x"] == "2026-01-26"
    assert "2025-03-01" < found["range"]["x"] < "2025-08-31"
    (line,) = [trace for trace in lanes.figure.data if trace.type == "scatter" and trace.mode == "lines"]
    assert list(line.x) == ["2025-03-01", "2025-08-31", None]
    assert line.y[0] == found["range"]["y"]


def test_cap_of_glyphs_is_kept_counted_and_spread():
    rows = crowd(900)
    lanes = draw(rows, max_glyphs=40)
    shown = glyphs(lanes)
    assert len(shown) == lanes.glyph_count == 40
    assert lanes.hidden_glyph_count == 900 - 40
    assert {glyph["x"][:4] for glyph in shown.values()} == {"2024", "2025", "2026"}


def test_no_glyph_covers_another_of_its_row():
    rows = crowd(900)
    placed, _ = place(
        rows, list(PLACES), "jurisdiction", significance=SIGNIFICANCE, gap_days=20, max_glyphs=999, selected=""
    )
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


def test_dossier_page_gives_a_glyph_to_every_type():
    rows = [event(f"e{n}", code, f"20{10 + n // 4}-0{1 + 2 * (n % 4)}-05") for n, code in enumerate(EVERYTHING)]
    lanes = mini_lanes(
        rows,
        lane_labels={"fr-one": "A law"},
        family_labels=FAMILIES,
        type_labels=TYPES,
        lang="en",
        today=TODAY,
        dark=True,
    )
    assert lanes.glyph_count == len(EVERYTHING)
    assert lanes.figure.layout.yaxis.ticktext is None


def test_actor_page_labels_its_lanes_when_there_are_several():
    lanes = mini_lanes(
        [event("a", "statement"), event("b", place_="eu")],
        lane="jurisdiction",
        lane_labels=PLACES,
        family_labels=FAMILIES,
        type_labels=TYPES,
        lang="en",
        today=TODAY,
        dark=False,
    )
    assert set(lanes.figure.layout.yaxis.ticktext) == {"France", "European Union"}


@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_gives_a_valid_empty_figure(narrow: bool):
    lanes = draw([], narrow=narrow)
    assert (lanes.lane_count, lanes.hidden_lane_count, lanes.glyph_count, lanes.hidden_glyph_count) == (0, 0, 0, 0)
    assert (lanes.first_on, lanes.last_on) == ("", "")
    assert lanes.figure.data == ()
    assert plotly.io.from_json(lanes.figure.to_json()).layout.height > 0


def test_same_rows_give_the_same_figure_in_any_order():
    rows = crowd(200)
    assert draw(rows).figure.to_json() == draw(list(reversed(rows))).figure.to_json()


def test_bounds_are_those_of_the_data_and_the_axis_is_padded():
    lanes = draw([event("a", when="2025-01-10"), event("b", when="2026-10-05")])
    assert (lanes.first_on, lanes.last_on) == ("2025-01-10", "2026-10-05")
    low, high = lanes.figure.layout.xaxis.range
    assert low < "2025-01-01" and high > TODAY.isoformat()


def test_months_known_by_their_count_alone_bound_the_data_too():
    lanes = draw([event("a", when="2025-01-10")], [Density("fr", "2024-05-01", 3), Density("fr", "2025-01-01", 1)])
    assert (lanes.first_on, lanes.last_on) == ("2024-05-01", "2025-01-10")


def test_today_is_drawn_when_it_is_near_the_data_only():
    assert len(draw([event("a", when="2026-10-05")]).figure.layout.shapes) == 1
    assert len(draw([event("a", when="2016-03-01")]).figure.layout.shapes) == 0


def test_axis_ends_with_the_calendar():
    low, high, has_today = span([date.min, date.max], TODAY)
    assert (low, high, has_today) == (date.min, date.max, True)


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
