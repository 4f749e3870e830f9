"""The search index holds the documents on the subject, with the words they have now, and nothing of the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data import derived, migrations, store, store_sources
from data.database import Database, open_writer, writing
from data.models import Response
from data.readings import Reading, Relevance
from data.store import Entry
from tests.data.test_store import ITEM, OFFICIAL, write
from tests.dump import check_integrity


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """One document on the subject, a1, and one that is not, b1."""
    found = open_writer(tmp_path / "collected.db")
    migrations.migrate(found)
    store_sources.source_rows(found, [OFFICIAL])
    write(found, ITEM)
    other = Entry(replace(ITEM, external_id="b1", title="La pêche"), Reading(Relevance(False, 0.0, (), (), "1")))
    answer = Response("https://example.org/other", 200, {}, b"", "2026-11-25T06:00:00Z", "https://example.org/other")
    for unit in store.units(OFFICIAL, answer, [other], etag="", last_modified="", read_with="1"):
        store.record_unit(found, unit, "sha")
    derived.sync_search(found)
    return found


def held(db: Database, word: str) -> list[str]:
    """External ids of the documents whose words the index holds."""
    check_integrity(db)
    found = db.execute(
        "SELECT external_id FROM item_search s JOIN item i ON i.item_id = s.rowid WHERE item_search MATCH ?", (word,)
    )
    return [str(one) for (one,) in found.fetchall()]


def team_says(db: Database, external_id: str, state: str) -> None:
    with writing(db):
        db.execute("DELETE FROM review")
        db.execute(
            "INSERT INTO review SELECT 'item', CAST(item_id AS TEXT), 1, ?, '', '', '', '', '2026-11-26' FROM item"
            " WHERE external_id = ?",
            (state, external_id),
        )


def test_what_is_about_something_else_is_not_indexed(db: Database):
    assert held(db, "hypertrucages") == ["a1"]
    assert held(db, "peche") == []


def test_feeding_again_writes_nothing(db: Database):
    before = db.conn.total_changes
    assert derived.sync_search(db) == 0
    assert db.conn.total_changes == before


def test_what_the_team_confirms_is_indexed_and_leaves_when_that_is_taken_back(db: Database):
    team_says(db, "b1", "confirmed")
    assert derived.sync_search(db) == 1
    assert held(db, "peche") == ["b1"]
    with writing(db):
        db.execute("DELETE FROM review")
    derived.sync_search(db)
    assert held(db, "peche") == []


def test_what_the_team_rejects_stays_so_that_taking_it_back_is_found_at_once(db: Database):
    team_says(db, "a1", "rejected")
    derived.sync_search(db)
    assert held(db, "hypertrucages") == ["a1"]


def test_rules_that_judge_otherwise_move_a_document_in_and_out(db: Database):
    with writing(db):
        db.execute("UPDATE relevance SET relevant = NOT relevant")
    assert derived.sync_search(db) == 1
    assert (held(db, "hypertrucages"), held(db, "peche")) == ([], ["b1"])


def test_a_text_that_changes_and_leaves_the_subject_at_once_leaves_no_word(db: Database):
    write(db, replace(ITEM, title="Élections et moissons"), at="2026-11-26T06:00:00Z")
    with writing(db):
        db.execute("UPDATE relevance SET relevant = 0")
    derived.sync_search(db)
    assert held(db, "hypertrucages") == held(db, "moissons") == []


def test_what_is_withheld_is_in_no_index(db: Database):
    with writing(db):
        db.execute("INSERT INTO withheld_item SELECT item_id FROM item WHERE external_id = 'a1'")
    derived.sync_search(db)
    assert held(db, "hypertrucages") == []


def test_a_feed_that_was_cut_goes_on_where_it_stopped(db: Database, monkeypatch: pytest.MonkeyPatch):
    write(db, *(replace(ITEM, external_id=f"c{n}", title=f"Hypertrucages {n}") for n in range(7)))
    monkeypatch.setattr(derived, "UNIT", 2)
    begun = derived.writing
    units = iter(range(3))

    def cut(db: Database):  # the fourth unit is not begun
        if next(units, None) is None:
            raise KeyboardInterrupt
        return begun(db)

    monkeypatch.setattr(derived, "writing", cut)
    with pytest.raises(KeyboardInterrupt):
        derived.sync_search(db)
    assert db.execute("SELECT count(*) FROM item_search_docsize").fetchone()[0] == 7
    monkeypatch.setattr(derived, "writing", begun)
    assert derived.sync_search(db) == 1
    assert len(held(db, "hypertrucages")) == 8
