"""docs/exports.md tells of every column, key and property that is written, and of no other."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import networkx as nx
from icalendar import Calendar

from data.export import Extract, build
from data.export.citation_lines import STYLES
from data.export.csv_table import COLUMNS
from data.rows import ListedActor
from data.vocabulary import load_vocabulary
from tests.data.export.cited_sample import EVERY, NOTICE
from tests.data.export.sample import DEEPTRACE, EVENTS, SREN, Codes, context, dated
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


def test_every_key_of_a_csl_item_is_documented():
    events = (
        *EVERY,
        replace(NOTICE, event_id="e-2", title="x", lang="de", titles={"fr": "y"}, status="disputed"),
        SREN,
    )
    extract = Extract(events, source_titles={})
    items = json.loads(build("csl", extract, context(len(events)), labels=load_vocabulary()).data)
    assert {name for name, _ in table("key of an item")} == {key for one in items for key in one}


def test_every_attribute_of_a_network_is_documented():
    member = replace(SREN.actors[0], party="A party")
    listed = ListedActor("fr-an", "A", "", "parliament", "fr", "", "payload", (("wikidata", "Q1"),))
    extract = Extract((replace(SREN, actors=(member, *SREN.actors[1:])),), actors={"fr-an": listed})
    for fmt, read in (("gexf", nx.read_gexf), ("graphml", nx.read_graphml)):
        found = read(io.BytesIO(build(fmt, extract, context(1), labels=Codes()).data))
        nodes = {key for _, told in found.nodes(data=True) for key in told}
        edges = {key for _, _, told in found.edges(data=True) for key in told} - {"id"}
        assert {name for name, _ in table("attribute of a node")} == nodes
        assert {name for name, _ in table("attribute of an edge")} == edges


def test_every_style_of_a_line_is_documented_in_order():
    rows = PAGE[PAGE.index("| style | rules |") :].split("\n\n", 1)[0]
    assert re.findall(r"^\| `(\w+)` \|", rows, re.M) == list(STYLES)


def test_every_property_of_a_calendar_event_is_documented():
    found = Calendar.from_ical(build("ics", Extract(EVENTS), context(3), labels=Codes()).data).walk("VEVENT")
    assert {name for name, _ in table("property of an event")} == {name for one in found for name in one}
    assert DEEPTRACE.event_id in str(found[0]["UID"])
