"""A run over recorded answers: every address that a source follows is answered, no bill is lost."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path

import pytest

from data.models import DossierRecord, Follow, Unknown
from tests.collectors.sources.helpers import ROOT, response, source
from tests.fixtures.replay_world import entries
from tests.shared import SHARED, needs_shared

SOURCES = [("us", "us_govinfo"), ("ca", "ca_legisinfo"), ("uk", "uk_bills")]


def walk(jurisdiction: str, source_id: str, shared: Path | None) -> tuple[list[DossierRecord], list[Unknown]]:
    answers = {url: body for url, body, _ in entries(shared)}
    module = importlib.import_module(f"collectors.sources.{source_id}")
    described = source(jurisdiction, source_id, min_congress=0)
    waiting, seen = list(described.urls), set()
    dossiers: list[DossierRecord] = []
    unknown: list[Unknown] = []
    while waiting:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        for record in module.parse(response(url, answers[url]), described):
            if isinstance(record, Follow):
                waiting.append(record.url)
            elif isinstance(record, DossierRecord):
                dossiers.append(record)
            elif isinstance(record, Unknown):
                unknown.append(record)
    assert seen == {url for url in answers if url.split("/")[2] in {u.split("/")[2] for u in described.urls}}
    return dossiers, unknown


@pytest.mark.parametrize(("jurisdiction", "source_id"), SOURCES)
def test_hand_written_answers_lead_to_every_bill(jurisdiction: str, source_id: str) -> None:
    dossiers, _ = walk(jurisdiction, source_id, None)
    assert len(dossiers) >= 2
    assert all(record.events or record.title for record in dossiers)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(("jurisdiction", "source_id"), SOURCES)
def test_real_answers_lead_to_every_bill_and_hold_no_unknown_code(jurisdiction: str, source_id: str) -> None:
    dossiers, unknown = walk(jurisdiction, source_id, SHARED)
    assert len(dossiers) >= 2
    assert unknown == []


@pytest.mark.parametrize("jurisdiction", ["us", "ca", "uk"])
def test_source_file_has_every_field_of_a_source(jurisdiction: str) -> None:
    path = ROOT / "data" / "reference" / "sources" / f"{jurisdiction}.toml"
    for source_id in tomllib.loads(path.read_text(encoding="utf-8")):
        described = source(jurisdiction, source_id)
        assert {"en", "fr"} <= set(described.names)
        assert described.official
        asks_for_a_part = any("{" in url or "?" in url for url in described.urls) or described.keep == "subject"
        assert described.min_records > 0 or asks_for_a_part or described.options.get("watch_only") is True
