"""The timeline figure: every event once, told by shape and word, legible, harmless, the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree
from PIL import Image

from data.export import Extract, build
from data.export.axis import axis_of
from data.export.figure import BAND, DRAWN, OTHERS, bands
from data.export.letters import lines, width
from data.palette import COLOURS
from data.vocabulary import load_vocabulary
from tests.data.export import hostile
from tests.data.export.sample import DEEPTRACE, EVENTS, HEARING, SREN, context, dated

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 11, 25)


def drawn(events: Any = EVENTS, **more: Any) -> etree._Element:
    data = build("svg", Extract(events), context(len(events), **more)).data
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def words(root: etree._Element) -> str:
    return "\n".join(one.text or "" for one in root.iter(f"{SVG}text"))


def many(count: int, **more: Any) -> list[Any]:
    return [
        dated(f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}", *[f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}"] * 2, "day",
              event_id=f"e-{n:04d}", **more)
        for n in range(count)
    ]  # fmt: skip


def test_every_event_has_its_glyph_its_number_and_its_title():
    root = drawn()
    marks = [one for one in root.iter(f"{SVG}g") if one.get("data-event")]
    assert [one.get("data-event") for one in marks] == [DEEPTRACE.event_id, SREN.event_id, HEARING.event_id]
    assert [one.find(f"{SVG}text").text for one in marks] == ["1", "2", "3"]
    assert "Deeptrace counts 14,678 deepfake videos" in words(root)
    assert "octobre 2019" in words(root)


def test_what_stands_alone_says_title_span_count_state_source_and_licence():
    shown = words(drawn())
    for told in (
        "Affaire d'exemple",
        "3 faits · 1er octobre 2019 – 12 janvier 2027 · État au 25 novembre 2026",
        "Source : Deepfake Policy Monitor, https://monitor.example/?",
        "Licence : CC BY 4.0",
        "Non couvert",
        "2026-11-01",
        "état au 25 novembre 2026",
    ):
        assert told in shown


def test_those_who_do_not_see_it_are_told_it():
    root = drawn()
    assert root.get("role") == "img"
    named = {one.get("id"): one.text for one in root if one.get("id")}
    first, second = root.get("aria-labelledby").split()
    assert named[first] == "Affaire d'exemple"
    assert named[second].startswith("3 faits entre le 1er octobre 2019 et le 12 janvier 2027, par lignes : ")
    assert "Non couvert" in root.find(f"{SVG}metadata").text


def test_colour_is_never_the_only_sign():
    families = list(COLOURS)
    assert set(families) == set(load_vocabulary().codes("families"))
    events = [replace(SREN, event_id=f"e-{family}", family=family) for family in families]
    shapes = {}
    for mark in drawn(events).iter(f"{SVG}g"):
        shape = next(one for one in mark if one.tag in (f"{SVG}polygon", f"{SVG}circle"))
        xs = [tuple(map(float, pair.split(","))) for pair in shape.get("points", "").split()]
        low = min((pair[1] for pair in xs), default=0.0)
        middle = sum(pair[0] for pair in xs) / max(len(xs), 1)
        shapes[mark.get("data-event")] = (len(xs), tuple(sorted(round(x - middle) for x, y in xs if y == low)))
    assert len(set(shapes.values())) == len(families)
    legend = words(drawn(events))
    assert all(load_vocabulary().label("families", family, "fr") in legend for family in families)


def test_what_has_not_happened_is_hollow_and_the_legend_says_so():
    root = drawn()
    fills = {
        mark.get("data-event"): next(one.get("fill") for one in mark if one.tag in (f"{SVG}polygon", f"{SVG}circle"))
        for mark in root.iter(f"{SVG}g")
    }
    assert fills[HEARING.event_id] == "#ffffff"
    assert fills[SREN.event_id] == COLOURS["law"][0]
    assert "creux : prévu" in words(root)
    assert "creux" not in words(drawn([SREN]))


def test_a_date_known_to_the_month_is_a_bar_of_that_month():
    root = drawn()
    bars = {mark.get("data-event"): mark.find(f"{SVG}rect") for mark in root.iter(f"{SVG}g")}
    assert bars[SREN.event_id] is None
    axis = axis_of(sorted(EVENTS, key=lambda one: one.date_start), TODAY, left=17, width=912 - 51)
    expected = axis.x(date(2019, 10, 31)) - axis.x(date(2019, 10, 1))
    assert float(bars[DEEPTRACE.event_id].get("width")) == pytest.approx(expected, abs=0.2)


def test_the_axis_is_marked_evenly_and_every_year_stands_on_its_first_day():
    for low, high in (("2026-01-02", "2026-01-09"), ("2025-01-12", "2026-04-20"), ("1999-01-01", "2040-12-31")):
        axis = axis_of([dated(low, low, high, "range")], TODAY, left=0, width=860)
        ticks = axis.ticks("fr")
        assert 3 <= len(ticks) <= 15
        xs = [axis.x(day) for day, _, _ in ticks]
        assert min(b - a for a, b in pairwise(xs)) > 40
        assert all(str(day.year) in shown for day, shown, is_year in ticks if is_year)


def test_words_at_the_ends_of_the_axis_stay_whole():
    events = [dated(day, day, day, "day", event_id=f"e-{day}") for day in ("2026-01-02", "2026-04-20")]
    root = drawn(events)
    labels = [one for one in root.iter(f"{SVG}text") if one.get("text-anchor") == "middle"]
    assert "31 déc. 2025" in {one.text for one in labels}
    for one in labels:
        half = width(one.text, float(one.get("font-size"))) / 2
        assert float(one.get("x")) - half >= 24
        assert float(one.get("x")) + half <= 936


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_have_a_place(day: str):
    assert (
        DEEPTRACE.event_id
        in build("svg", Extract([replace(DEEPTRACE, date_start=day, date_end=day)]), context(1)).data.decode()
    )


def test_no_glyph_covers_another():
    events = many(BAND, jurisdiction="fr")
    (band,) = bands(sorted(events, key=lambda one: one.date_start), TODAY, 900)
    places = [(mark.x, mark.y) for mark in band.marks]
    near = [
        (a, b)
        for number, a in enumerate(places)
        for b in places[number + 1 :]
        if abs(a[0] - b[0]) < 14 and abs(a[1] - b[1]) < 14
    ]
    assert near == []


def test_many_events_stand_in_bands_each_with_an_axis_of_its_own():
    root = drawn(many(2 * BAND + 1))
    marks = [one.get("data-event") for one in root.iter(f"{SVG}g")]
    assert len(marks) == len(set(marks)) == 2 * BAND + 1
    assert len(bands(sorted(many(2 * BAND + 1), key=lambda one: one.date_start), TODAY, 900)) == 3
    assert all(shown in words(root) for shown in ("1–41 · ", "42–82 · ", "83–121 · "))


def test_more_are_counted_and_none_is_lost():
    events = many(DRAWN + 1)
    root = drawn(events)
    bars = [one for one in root.iter(f"{SVG}g") if one.get("data-events")]
    ids = [event_id for bar in bars for event_id in bar.get("data-events").split()]
    assert sorted(ids) == [one.event_id for one in events]
    assert sum(int(bar.find(f"{SVG}text").text) for bar in bars) == DRAWN + 1
    assert "Chaque barre compte" in words(root)


def test_lanes_are_places_and_within_one_place_its_files():
    assert {lane.code for lane in bands(EVENTS, TODAY, 900)[0].lanes} == {"int", "fr", "us"}
    other = replace(SREN, event_id="b", dossier_id="fr-other")
    assert {lane.code for lane in bands([SREN, other], TODAY, 900)[0].lanes} == {"fr-loi-sren", "fr-other"}


def test_the_rest_of_many_lanes_is_counted_in_one():
    events = [replace(one, dossier_id=f"d-{number % 40:02d}") for number, one in enumerate(many(DRAWN + 80))]
    (band,) = bands(sorted(events, key=lambda one: one.date_start), TODAY, 900, lanes=5)
    assert len(band.lanes) == 5
    assert band.lanes[-1].code == OTHERS
    assert sum(len(bar.events) for bar in band.bars) == DRAWN + 80


def test_nothing_is_loaded_run_or_styled_from_outside():
    root = drawn()
    tags = {etree.QName(one).localname for one in root.iter() if isinstance(one.tag, str)}
    assert tags <= {"svg", "title", "desc", "metadata", "rect", "path", "text", "g", "polygon", "circle"}
    assert not [
        name for one in root.iter() for name in one.attrib if "href" in name or name.startswith("on") or name == "style"
    ]


@settings(max_examples=60, deadline=None)
@given(hostile.events)
def test_whatever_strangers_write_is_text(event: Any):
    root = drawn([event], view_title=event.title)
    tags = {etree.QName(one).localname for one in root.iter() if isinstance(one.tag, str)}
    assert tags <= {"svg", "title", "desc", "metadata", "rect", "path", "text", "g", "polygon", "circle"}
    assert [one.get("data-event") for one in root.iter(f"{SVG}g")] == [event.event_id]


def test_a_line_stays_in_its_room_and_says_when_it_was_cut():
    text = "Proposition de loi visant à protéger les personnes contre les hypertrucages " * 9
    found = lines(text, 12, 300, 2)
    assert len(found) == 2
    assert found[-1].endswith("…")
    assert all(width(line, 12) <= 300 for line in found)
    assert lines("x" * 5000, 12, 300, 3)[-1].endswith("…")
    assert lines("", 12, 300, 2) == []
    assert lines("deux mots", 12, 300, 2) == ["deux mots"]


def test_the_png_is_for_slides_and_carries_its_facts():
    export = build("png", Extract(EVENTS), context())
    with Image.open(io.BytesIO(export.data)) as picture:
        assert picture.format == "PNG"
        assert picture.width == 1920
        assert picture.text["Events"].split() == [DEEPTRACE.event_id, SREN.event_id, HEARING.event_id]
        assert "CC BY 4.0" in picture.text["Source"]
        assert picture.text["Title"] == "Affaire d'exemple"
        pixels = picture.convert("L").histogram()
    assert sum(pixels[:80]) > 5000, "letters are drawn"
    assert export == build("png", Extract(EVENTS), context())


def test_the_picture_is_as_high_as_the_figure():
    root = etree.fromstring(build("svg", Extract(EVENTS), context()).data)
    with Image.open(io.BytesIO(build("png", Extract(EVENTS), context()).data)) as picture:
        assert picture.size == (2 * int(root.get("width")), 2 * int(root.get("height")))
