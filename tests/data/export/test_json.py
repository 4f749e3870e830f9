"""JSON: everything about a view under documented keys, and nothing that a script could stumble over."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import jsonschema
import pytest
from hypothesis import given, settings

from data.export import Extract, build
from data.rows import DossierRow, EventActor, EventSource, ListedActor, Statement, TimelineEvent
from tests.data.export import hostile
from tests.data.export.sample import EVENTS, SREN, Codes, context
from tests.shared import ROOT

SCHEMA = json.loads((ROOT / "docs" / "export.schema.json").read_text(encoding="utf-8"))
LISTED = ListedActor("fr-an", "Assemblée nationale", "", "parliament", "fr", "https://a.example/", "memory", (("wikidata", "Q193582"),))  # fmt: skip
SAID = Statement(
    "fr-x", "Une association", "", "ngo", "fr-loi-sren", "Loi", {"en": "Act"}, "supports", False, "2024-05-21", "fr",
    SREN.event_id, 0, "mot " * 200, "", "Titre", {}, "javascript:alert(1)", "Le Journal",
)  # fmt: skip


def document(*events: TimelineEvent, lang: str = "fr", **parts: object) -> dict:
    data = build("json", Extract(events, **parts), context(len(events), lang), labels=Codes()).data
    found = json.loads(data)
    jsonschema.validate(found, SCHEMA)
    return found


def test_an_event_has_every_field_of_the_record():
    found = document(SREN)["events"][0]
    renamed = {"precision": "date_precision", "changed_at": "last_changed_at"}
    assert {renamed.get(one.name, one.name) for one in fields(TimelineEvent)} <= set(found)
    assert found["event_id"] == SREN.event_id
    assert (found["date"], found["date_precision"]) == ("2024-05-21", "day")
    assert found["heading"] == SREN.title
    assert found["stage_label"] == "law/enacted/fr"
    assert found["dossier_identifiers"][0] == {"scheme": "fr.an.dossier", "value": "DLR5L16N47884"}
    assert [one["url"] for one in found["sources"]] == [one.url for one in SREN.sources]
    assert [one["role"] for one in found["actors"]] == ["author", "campaigner"]


def test_the_schema_knows_every_field_there_is_and_no_other():
    kinds = {"event": TimelineEvent, "source": EventSource, "acting": EventActor, "actor": ListedActor, "dossier": DossierRow, "statement": Statement}  # fmt: skip
    renamed = {"precision": "date_precision", "changed_at": "last_changed_at", "payload_sha256": "content_hash"}
    added = {"permalink", "heading", "body", "type_label", "status_label", "stage_label", "jurisdiction_label"}
    for name, kind in kinds.items():
        known = {renamed.get(one.name, one.name) for one in fields(kind)}
        assert set(SCHEMA["$defs"][name]["properties"]) == (known | added if name == "event" else known), name


def test_the_schema_refuses_a_key_it_does_not_know():
    found = document(SREN)
    found["events"][0]["victim"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA)


def test_the_context_says_what_the_file_is():
    found = document(*EVENTS, lang="en")["context"]
    assert (found["title"], found["count"], found["lang"]) == ("Affaire d'exemple", 3, "en")
    assert found["query"] == "jurisdiction=fr&jurisdiction=us&jurisdiction=int&q=deepfake+%26+droit"


def test_actors_and_statements_stand_beside_the_events():
    found = document(SREN, actors={"fr-an": LISTED}, statements=[SAID])
    assert found["actors"][0]["identifiers"] == [{"scheme": "wikidata", "value": "Q193582"}]
    assert len(found["statements"][0]["quote"]) == 300
    assert found["statements"][0]["url"] == ""


@settings(max_examples=60, deadline=None)
@given(hostile.events)
def test_no_text_leaves_its_string(event: TimelineEvent):
    data = build("json", Extract((event,)), context(1, view_title=event.title), labels=Codes()).data
    assert b"<" not in data
    found = json.loads(data)
    jsonschema.validate(found, SCHEMA)
    assert [one["event_id"] for one in found["events"]] == [event.event_id]


def test_a_link_that_is_no_web_address_is_empty():
    bad = replace(SREN.sources[0], url="javascript:alert(1)")
    assert document(replace(SREN, sources=(bad,)))["events"][0]["sources"][0]["url"] == ""
