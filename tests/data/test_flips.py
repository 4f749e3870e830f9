"""How often a record that comes back to what it said before is taken."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import flips, migrations, store, store_sources
from data.database import Database, open_writer, rows
from data.flips import MOST, Told
from data.models import DossierRecord, ItemRecord, Record, Response
from data.store_events import BASELINE, Provenance, write_dossier_row
from tests.collectors.test_visit import SOURCE

RECORD = Told(SOURCE.id, "item", "a")
BILL = DossierRecord("b", "fr", "law", "A bill", "fr", ())


def at(hours: float) -> str:
    return (datetime(2026, 11, 2, tzinfo=UTC) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def db(tmp_path: Path) -> Database:
    found = open_writer(tmp_path / "collected.db")
    migrations.migrate(found)
    store_sources.source_rows(found, [SOURCE, replace(SOURCE, id=BASELINE)])
    return found


class Flipping:
    """A record that is told as ``told`` says, one by one; ``is_now`` is what was taken last."""

    def __init__(self, db: Database) -> None:
        self.db, self.is_now, self.taken = db, "A", 0

    def hears(self, told: str, hours: float) -> bool:
        if told == self.is_now:
            flips.stands(self.db, RECORD)
            return False
        if flips.is_taken(self.db, RECORD, self.is_now, told, at=at(hours)):
            self.is_now, self.taken = told, self.taken + 1
            return True
        return False


@pytest.fixture
def flipped(db: Database) -> Flipping:
    """After a hundred hours of A and B in turns."""
    found = Flipping(db)
    for n in range(100):
        found.hears("BA"[n % 2], n)
    return found


def test_two_texts_in_turns_make_24_versions(flipped: Flipping):
    assert flipped.taken == MOST
    assert flips.held(flipped.db, SOURCE.id, at(90)) == ["a"]
    assert flips.held(flipped.db, SOURCE.id, at(101)) == []


def test_what_is_new_is_always_taken(flipped: Flipping):
    assert all(flipped.hears(f"text {n}", 100 + n) for n in range(200))
    (row,) = rows(flipped.db, "SELECT * FROM flip")
    assert len(json.loads(row["contents"])) == MOST, "what is remembered of it does not grow"


def test_an_old_text_that_stays_for_a_week_is_taken(flipped: Flipping):
    other = "A" if flipped.is_now == "B" else "B"
    flipped.hears(flipped.is_now, 100)
    heard = [flipped.hears(other, 101 + day * 24) for day in range(9)]
    assert heard == [*[False] * 7, True, False]


def test_a_week_of_flips_is_no_week_of_one_text(flipped: Flipping):
    assert not any(flipped.hears("AB"[n % 2], 101 + n) for n in range(400))


def test_a_correction_that_is_taken_back_is_no_flip(db: Database):
    found = Flipping(db)
    assert [found.hears(told, n) for n, told in enumerate("BACA")] == [True] * 4
    assert flips.held(db, SOURCE.id, at(0)) == []


def tell(db: Database, record: Record, hours: float) -> store.Counts:
    response = Response("https://example.org/list", 200, {}, b"", at(hours))
    return store.record_unit(db, store.Unit(replace(SOURCE, official=True), response, (store.Entry(record),)), "")


@pytest.mark.parametrize("record", [ItemRecord("a", "article", "A piece", "", "fr"), BILL], ids=["item", "dossier"])
def test_a_record_that_flips_stands_as_it_was_taken_last(db: Database, record: ItemRecord | DossierRecord):
    other = replace(record, title="Otherwise")
    counts = store.Counts()
    for n in range(40):
        counts.add(tell(db, other if n % 2 else record, n))
    assert (counts.new, counts.changed, counts.held) == (1, 24, 8), "of 39 changes 15 are not: 8 and 7 as it stands"
    said = "SELECT title FROM item_text UNION ALL SELECT title FROM dossier"
    assert rows(db, said) == [{"title": record.title}]


def test_reviewed_data_is_always_taken(db: Database):
    by = Provenance(BASELINE, "curated", "", "", at(0))
    states = [write_dossier_row(db, replace(BILL, title="AB"[n % 2]), replace(by, at=at(n)))[1] for n in range(60)]
    assert states == ["new", *["changed"] * 59]
