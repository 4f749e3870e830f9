"""The sheet of TimelineJS: the fixed columns, the same slides as the JSON, no formula."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

from hypothesis import given, settings

from data.export import Extract, build
from data.export.timelinejs import STORY_LIMIT
from data.rows import TimelineEvent
from tests.data.export import hostile
from tests.data.export.readers import rows
from tests.data.export.sample import EVENTS, SREN, Codes, context, dated
from tests.data.export.test_timelinejs import OURS, Tags

#: the columns of the player's template, in its order
COLUMNS = (
    "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,"
    "Media Caption,Media Thumbnail,Alt Text,Type,Group,Background"
)


def raw(*events: TimelineEvent, **more: str) -> bytes:
    return build("timelinejs-csv", Extract(events), context(len(events), **more), labels=Codes()).data


def test_the_header_is_the_players():
    assert raw(*EVENTS).decode().partition("\r\n")[0] == COLUMNS


def test_the_title_slide_comes_first_and_has_no_date():
    first = rows(raw(*EVENTS))[0]
    assert (first["Type"], first["Year"], first["Headline"]) == ("title", "", "Affaire d&#x27;exemple")


def test_the_slides_are_those_of_the_json():
    quarter = dated("2026-07-01/2026-09-30", "2026-07-01", "2026-09-30", "quarter", event_id="e-1")
    events = (*EVENTS, quarter)
    slides = json.loads(build("timelinejs", Extract(events), context(4), labels=Codes()).data)["events"]
    for row, slide in zip(rows(raw(*events))[1:], slides, strict=True):
        for prefix, key in (("", "start_date"), ("End ", "end_date")):
            told = {name: int(row[f"{prefix}{name.title()}"]) for name in ("year", "month", "day") if row[f"{prefix}{name.title()}"]}  # fmt: skip
            assert told == {name: value for name, value in slide.get(key, {}).items() if name != "display_date"}
        assert row["Display Date"] == slide.get("display_date", "")
        assert (row["Headline"], row["Text"]) == (slide["text"]["headline"], slide["text"]["text"])
        assert row["Media"] == slide.get("media", {}).get("url", "")
        assert row["Media Thumbnail"] == row["Background"] == row["Type"] == ""


def test_the_player_finds_no_address_in_words_of_others():
    text = "see https://a.example, www.a.example and me@a.example"
    row = rows(raw(replace(SREN, title=text, summaries={"fr": text})))[1]
    for shown in (row["Headline"], Tags(row["Text"]).text):
        assert not re.search(r"https?://|www\.|[a-z]@[a-z]", shown)
        assert text in shown.replace("\u2060", "")
    assert Tags(row["Text"]).links == [
        *(one.url for one in SREN.sources),
        f"https://monitor.example/?event={SREN.event_id}",
    ]


def test_a_story_that_is_too_long_is_told():
    many = [dated("2026", "2026-01-01", "2026-12-31", "year", event_id=f"e-{n}") for n in range(STORY_LIMIT + 1)]
    export = build("timelinejs-csv", Extract(many), context(len(many)), labels=Codes())
    assert "61" in export.notes[0]


@settings(max_examples=60, deadline=None)
@given(hostile.events)
def test_no_text_makes_a_formula_a_row_or_a_tag(event: TimelineEvent):
    text = raw(event, view_title=event.title).decode()
    table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [len(row) for row in table] == [19, 19, 19]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in table for cell in row)
    for row in rows(text.encode()):
        assert set(Tags(row["Text"]).found) <= OURS
        assert Tags(row["Headline"]).found == []
        assert set(Tags(row["Media"]).found) <= {("blockquote", ())}
