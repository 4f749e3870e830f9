"""docs/exports.md tells of every column, key and property that is written, and of no other."""

from __future__ import annotations

import json
import re

from icalendar import Calendar

from data.export import Extract, build
from data.export.csv_table import COLUMNS
from tests.data.export.sample import DEEPTRACE, EVENTS, Codes, context, dated
from tests.shared import ROOT

PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


def table(heading: str) -> list[tuple[str, str]]:
    """The rows of the table whose first heading this is."""
    lines = PAGE[PAGE.index(f"| {heading} | holds |") :].split("\n\n", 1)[0].splitlines()[2:]
    return [(name, holds) for name, holds in re.findall(r"^\| `([^`]+)` \| (.+) \|$", "\n".join(lines), re.M)]


def test_every_column_is_documented_in_order_and_in_the_same_words():
    assert table("column") == [(column.name, column.holds) for column in COLUMNS]


def test_every_key_of_a_slide_is_documented():
    events = (*EVENTS, dated("2026-07-01/2026-09-30", "2026-07-01", "2026-09-30", "quarter", event_id="e-1"))
    slides = json.loads(build("timelinejs", Extract(events), context(4), labels=Codes()).data)["events"]
    assert {name for name, _ in table("key of a slide")} == {key for slide in slides for key in slide}


def test_every_property_of_a_calendar_event_is_documented():
    found = Calendar.from_ical(build("ics", Extract(EVENTS), context(3), labels=Codes()).data).walk("VEVENT")
    assert {name for name, _ in table("property of an event")} == {name for one in found for name in one}
    assert DEEPTRACE.event_id in str(found[0]["UID"])
