"""GEXF and GraphML: read by networkx, with the events of the view, who acts in them and with whom."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings

from data.export import Extract, build
from data.export.network import PAIRED_UP_TO
from data.rows import EventActor, ListedActor, TimelineEvent
from tests.data.export import hostile
from tests.data.export.sample import DEEPTRACE, HEARING, SREN, Codes, context, dated

READ: dict[str, Callable[[io.BytesIO], nx.Graph]] = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}
FORMATS = sorted(READ)
AN, NGO = "actor:fr-an", "actor:fr-x"


def actor(number: int) -> EventActor:
    return EventActor(f"member-{number}", f"Member {number}", "person", "voter_for", "", "", "", "")


def network(fmt: str, *events: TimelineEvent, actors: dict[str, ListedActor] | None = None) -> nx.Graph:
    extract = Extract(events, actors=actors or {})
    return READ[fmt](io.BytesIO(build(fmt, extract, context(len(events)), labels=Codes()).data))


def edge(graph: nx.Graph, one: str, other: str) -> dict[str, Any]:
    found: dict[str, Any] = graph.edges[one, other]
    return found


@pytest.mark.parametrize("fmt", FORMATS)
def test_events_keep_their_ids_and_dates(fmt: str):
    month = dated("2026-07", "2026-07-01", "2026-07-31", "month", event_id="a-month")
    found = network(fmt, SREN, month)
    assert [name for name, kind in found.nodes(data="kind") if kind == "event"] == [SREN.event_id, "a-month"]
    node = found.nodes["a-month"]
    assert (node["date"], node["date_precision"], node["start"], node["end"]) == (
        "2026-07", "month", "2026-07-01", "2026-07-31",
    )  # fmt: skip
    assert node["label"] == "Promulgation de la loi n° 2024-449"
    assert node["permalink"] == "https://monitor.example/?event=a-month"


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_actor_is_tied_to_its_events_its_files_and_those_it_acts_with(fmt: str):
    later = replace(SREN, event_id="later", date="2024-06-01", date_start="2024-06-01", date_end="2024-06-01")
    found = network(fmt, SREN, later, HEARING)
    assert edge(found, AN, "later")["role"] == "author"
    assert edge(found, NGO, "later")["stance"] == "supports_with_changes"
    file = edge(found, AN, "dossier:fr-loi-sren")
    assert (file["tie"], file["weight"], file["start"], file["end"]) == ("acts_on", 3, "2024-05-21", "2027-01-12")
    both = edge(found, AN, NGO)
    assert (both["tie"], both["weight"]) == ("together", 3)
    assert both["event_ids"] == f"{SREN.event_id}|later|{HEARING.event_id}"
    assert edge(found, "later", "dossier:fr-loi-sren")["tie"] == "belongs_to"
    assert (found.nodes[AN]["n_events"], found.nodes[AN]["first"], found.nodes[AN]["last"]) == (
        3,
        "2024-05-21",
        "2027-01-12",
    )


@pytest.mark.parametrize("fmt", FORMATS)
def test_several_roles_in_one_event_are_one_tie(fmt: str):
    twice = replace(SREN, actors=(SREN.actors[0], replace(SREN.actors[0], role="speaker")))
    assert edge(network(fmt, twice), AN, SREN.event_id)["role"] == "author|speaker"


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_node_says_who_the_actor_is_as_far_as_known(fmt: str):
    listed = ListedActor(
        "fr-an", "Assemblée nationale", "", "parliament", "fr", "", "official_page", (("wikidata", "Q193582"),)
    )
    found = network(fmt, SREN, actors={"fr-an": listed})
    assert found.nodes[AN]["wikidata"] == "Q193582"
    assert found.nodes[AN]["subkind"] == "parliament"
    assert "party" not in found.nodes[AN]
    assert "jurisdiction" not in found.nodes[NGO]


@pytest.mark.parametrize("fmt", FORMATS)
def test_ids_of_different_lists_never_meet(fmt: str):
    same = replace(SREN, event_id="fr-an", dossier_id="fr-an")
    assert {"fr-an", "actor:fr-an", "dossier:fr-an"} <= set(network(fmt, same))


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_roll_call_links_nobody_and_the_file_says_so(fmt: str):
    few = replace(SREN, actors=tuple(actor(n) for n in range(PAIRED_UP_TO)))
    many = replace(SREN, actors=tuple(actor(n) for n in range(PAIRED_UP_TO + 1)))
    assert network(fmt, few).has_edge("actor:member-0", "actor:member-1")
    found = network(fmt, many)
    assert not found.has_edge("actor:member-0", "actor:member-1")
    assert found.has_edge("actor:member-0", SREN.event_id)
    export = build(fmt, Extract((many,)), context(1), labels=Codes())
    assert export.notes and export.notes[0] in export.data.decode()
    assert build(fmt, Extract((few,)), context(1), labels=Codes()).notes == ()


def test_gexf_is_dynamic_and_dated_by_its_snapshot():
    root = ElementTree.fromstring(build("gexf", Extract((SREN,)), context(1), labels=Codes()).data)
    space = {"g": "http://www.gexf.net/1.2draft"}
    graph, meta = root.find("g:graph", space), root.find("g:meta", space)
    assert graph is not None and meta is not None
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == (
        "dynamic",
        "date",
        "undirected",
    )
    assert meta.get("lastmodifieddate") == "2026-11-25"
    dates = {(one.get("start"), one.get("end")) for one in root.iter("{http://www.gexf.net/1.2draft}edge")}
    assert dates == {("2024-05-21", "2024-05-21")}


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_empty_view_is_a_network_without_nodes(fmt: str):
    assert len(network(fmt)) == 0


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_event_that_nobody_acts_in_stands_alone(fmt: str):
    found = network(fmt, DEEPTRACE)
    assert (list(found), found.number_of_edges()) == ([DEEPTRACE.event_id], 0)


@settings(max_examples=60, deadline=None)
@given(hostile.events)
def test_no_text_of_strangers_makes_a_node_or_an_edge(event: TimelineEvent):
    for fmt in FORMATS:
        made = build(fmt, Extract((event,)), context(1, view_title=event.title), labels=Codes())
        found = READ[fmt](io.BytesIO(made.data))
        expected = {event.event_id, "dossier:fr-loi-sren", *(f"actor:{one.actor_id}" for one in event.actors)}
        assert set(found) == expected
        for _, data in [*found.nodes(data=True), *((None, told) for _, _, told in found.edges(data=True))]:
            assert all(
                link.startswith(("https://", "http://")) for link in data.get("source_url", "").split("|") if link
            )
