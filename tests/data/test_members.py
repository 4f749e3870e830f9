"""Lists of members in the store: official numbers, dates of seats, and who is left to the reviewed data."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import coverage, migrations, store_sources
from data.database import Database, open_writer, writing
from data.members import chamber_lists, members
from data.models import ActorRecord, Identifier, Seat, Source
from data.store_actors import Teller, resolve

AN = "Assemblée nationale"
REGISTER = Source(
    "fr-register", {"en": "R"}, AN, "fr", "parliament", "fr", "none", ("https://example.org/",), "none", 24, 1,
    official=True,
)  # fmt: skip
BY = Teller("official", "2026-01-05T06:00:00Z", REGISTER.id)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    found = open_writer(tmp_path / "collected.db")
    migrations.migrate(found)
    store_sources.source_rows(found, [REGISTER])
    return found


def tell(db: Database, name: str, number: str, *seats: Seat, by: Teller = BY, **facts: object) -> None:
    ids = (Identifier("fr.an", number),) if number else ()
    with writing(db):
        resolve(db, ActorRecord(name, "person", "fr", ids, seats=seats, **facts), by)  # type: ignore[arg-type]


def test_a_member_has_names_party_and_every_seat(db: Database):
    tell(db, "Camille d'Exemple", "PA1", Seat(AN, "2017-06-18", "2022-06-21"), Seat(AN, "2022-06-22"), party="Centre")
    (one,) = members(db)
    assert (one.names, one.jurisdiction, one.party) == (("Camille d'Exemple",), "fr", "Centre")
    assert one.seats == (Seat(AN, "2017-06-18", "2022-06-21"), Seat(AN, "2022-06-22"))


def test_a_seat_that_ended_since_is_closed(db: Database):
    tell(db, "Camille d'Exemple", "PA1", Seat(AN, "2022-06-22"))
    tell(db, "Camille d'Exemple", "PA1", Seat(AN, "2022-06-22", "2024-06-09"))
    assert members(db)[0].seats == (Seat(AN, "2022-06-22", "2024-06-09"),)


def test_a_seat_without_a_start_begins_the_day_it_was_first_told(db: Database):
    tell(db, "Camille d'Exemple", "PA1", Seat(AN))
    tell(db, "Camille d'Exemple", "PA1", Seat(AN), by=Teller("official", "2026-03-05T06:00:00Z", REGISTER.id))
    assert members(db)[0].seats == (Seat(AN, "2026-01-05"),)


def test_a_person_without_a_seat_or_a_number_is_no_member(db: Database):
    tell(db, "Une Citée", "PA2")
    tell(db, "Un Inconnu", "", Seat(AN, "2022-06-22"))
    assert members(db) == []


def test_a_reviewed_person_is_left_to_the_reviewed_data_and_counted(db: Database):
    reviewed = Teller("curated", "2026-01-01T00:00:00Z")
    with writing(db):
        resolve(db, ActorRecord("Anne Relue", "person", "fr", (Identifier("fr.an", "PA3"),)), reviewed)
    tell(db, "Anne Relue", "PA3", Seat(AN, "2022-06-22"))
    assert members(db) == []
    assert chamber_lists(db)[0].person_count == 1


def test_two_namesakes_with_numbers_of_their_own_stay_two(db: Database):
    tell(db, "Dominique Lavallière", "PA4", Seat(AN, "2022-06-22"))
    tell(db, "Dominique Lavallière", "PA5", Seat(AN, "2022-06-22"))
    assert len(members(db)) == 2


def test_the_lists_are_counted_by_chamber_with_days_and_source(db: Database):
    tell(db, "Camille d'Exemple", "PA1", Seat(AN, "2017-06-18", "2022-06-21"), Seat(AN, "2022-06-22"))
    tell(db, "Dominique Lavallière", "PA4", Seat(AN, "2022-06-22", "2024-06-09"))
    (one,) = chamber_lists(db)
    assert (one.person_count, one.sitting_count, one.start, one.end) == (2, 1, "2017-06-18", "")
    assert one.sources == (REGISTER.id,)
    said = coverage.lists([one], 7, 5, "en").splitlines()
    assert said[1:] == [
        "  reviewed: 7 persons, 5 with the date of an office",
        "  France, Assemblée nationale: persons 2, sitting 1, 2017-06-18 – … (fr-register)",
    ]


def test_without_a_register_the_statement_says_so():
    assert "no register" in coverage.lists([], 7, 5, "en")
    assert "aucun registre" in coverage.lists([], 7, 5, "fr")
