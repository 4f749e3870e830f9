"""A whole collection from kept answers: what ends up in the database, and that a second one changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.__main__ import main
from data import queries
from data.database import Database, collected_path, open_immutable, open_writer, published_path, rows
from data.reference import load_sources
from data.rows import TimelineEvent
from data.view import View
from tests.dump import check_integrity, dump
from tests.replay import feed_entries, official_entries, write_replay
from tests.shared import SHARED, needs_shared

NOW = "2026-11-25T06:00:00Z"
STRUCTURED = (
    "fr-assemblee-dossiers",
    "fr-assemblee-questions-ecrites",
    "fr-senat-textes",
    "fr-senat-questions",
    "us_govinfo",
    "ca_legisinfo",
    "uk_bills",
    "eu-commission-press",
)


@pytest.fixture(scope="module", params=["fixtures", pytest.param("payloads", marks=needs_shared)])
def collected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home after one replayed collection of every source; the folder of answers stands beside it."""
    shared = SHARED if request.param == "payloads" else None
    home = tmp_path_factory.mktemp(request.param)
    sources = [one for one in load_sources() if one.collector == "feed"][:3]
    write_replay(home / "answers", [*official_entries(shared), *feed_entries(sources, items=10)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(home))
        assert main(["collect", "--replay", str(home / "answers"), "--now", NOW]) == 0
        yield home


def snapshot() -> Database:
    return open_immutable(published_path())


def history(official_id: str) -> list[TimelineEvent]:
    db = snapshot()
    found = queries.dossier(db, official_id)
    assert found, f"{official_id} is not in the database"
    return queries.timeline(db, View(dossiers=(found.dossier_id,)), newest_first=False)


def days(events: list[TimelineEvent]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in events:
        told.setdefault(one.type, []).append(one.date)
    return told


def test_every_structured_source_ends_well(collected: Path):
    found = {row["source_id"]: row for row in rows(snapshot(), "SELECT * FROM run")}
    assert {name: found[name]["outcome"] for name in STRUCTURED} == dict.fromkeys(STRUCTURED, "ok")
    unanswered = {name for name, row in found.items() if row["outcome"] == "unavailable"}
    assert unanswered, "a source without an answer must end as not reached"


def test_sren_is_one_dossier_from_two_chambers_with_its_full_history(collected: Path):
    db = snapshot()
    found = queries.dossier(db, "DLR5L16N47884")
    assert found == queries.dossier(db, "pjl22-593")
    assert found
    assert found.stage in ("enacted", "in_force_partial", "in_force")
    tellers = {row["source_id"] for row in rows(
        db,
        "SELECT d.source_id FROM dossier d JOIN shown_alias a ON a.entity = 'dossier' AND a.id = d.dossier_id"
        " WHERE a.shown_id = ?",
        (found.dossier_id,),
    )}  # fmt: skip
    assert tellers >= {"fr-assemblee-dossiers", "fr-senat-textes"}
    told = days(history("pjl22-593"))
    assert "2023-05-10" in told["bill_tabled"]
    assert {"2023-07-05", "2023-10-17", "2024-04-02", "2024-04-10"} <= set(told["bill_adopted"])
    assert "2024-05-17" in told["constitutional_review"]
    assert "2024-05-21" in told["law_signed"]


def test_take_it_down_ends_as_public_law(collected: Path):
    db = snapshot()
    found = queries.dossier(db, "119-s-146")
    assert found
    assert ("us.pl", "119-12") in found.identifiers
    events = history("119-s-146")
    told = days(events)
    assert told["law_signed"] == ["2025-05-19"]
    assert told["bill_adopted"] == ["2025-02-13", "2025-04-28"]
    assert any("Public Law No: 119-12" in one.title for one in events)


def test_c63_lapsed_with_its_session(collected: Path):
    found = queries.dossier(snapshot(), "44-1/C-63")
    assert found
    assert found.stage == "lapsed"


def test_actors_carry_official_ids(collected: Path):
    schemes = {row["scheme"] for row in rows(
        snapshot(),
        "SELECT DISTINCT i.scheme FROM event_actor x JOIN actor_identifier i USING (actor_id)"
        " JOIN event e USING (event_id) WHERE e.origin = 'official'"
        " UNION SELECT DISTINCT i.scheme FROM dossier_actor x JOIN actor_identifier i USING (actor_id)",
    )}  # fmt: skip
    assert {"fr.an", "us.bioguide"} <= schemes


def test_questions_are_items_with_events(collected: Path):
    found = rows(
        snapshot(),
        "SELECT i.source_id, e.type, e.date_start FROM item i JOIN event e USING (item_id)"
        " WHERE i.kind = 'question' AND e.origin = 'official'",
    )
    assert {"fr-senat-questions", "fr-assemblee-questions-ecrites"} <= {row["source_id"] for row in found}
    assert {"source_id": "fr-senat-questions", "type": "question_asked", "date_start": "2026-01-29"} in found


def test_a_second_collection_changes_nothing(collected: Path):
    db = open_writer(collected_path())
    check_integrity(db)
    before = dump(db)
    indexed = db.execute("SELECT count(*) FROM item_search").fetchone()[0]
    writes = db.execute("SELECT count(*) FROM search_pending").fetchone()[0]
    db.close()
    main(["collect", "--replay", str(collected / "answers"), "--now", NOW])
    db = open_writer(collected_path())
    assert dump(db) == before
    assert db.execute("SELECT count(*) FROM item_search").fetchone()[0] == indexed
    assert db.execute("SELECT count(*) FROM search_pending").fetchone()[0] == writes == 0
    last = rows(
        db,
        "SELECT source_id, outcome, new_count, changed_count FROM run"
        " WHERE run_id IN (SELECT max(run_id) FROM run GROUP BY source_id)",
    )
    assert {(row["new_count"], row["changed_count"]) for row in last} == {(0, 0)}
    assert {row["source_id"]: row["outcome"] for row in last if row["source_id"] in STRUCTURED} == dict.fromkeys(
        STRUCTURED, "unchanged"
    )
    db.close()


def test_progress_names_every_source_that_could_not_be_reached(collected: Path):
    import json

    told = json.loads((collected / "progress.json").read_text(encoding="utf-8"))
    assert told["done"] == told["total"] == len(load_sources())
    assert told["finished_at"]
    assert len(told["unreachable"]) == sum(outcome == "unavailable" for outcome in told["outcomes"].values()) > 50
