"""One person in two sources: one actor by an official number, two by a name alone, with a merge proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.assemble import assemble
from collectors.clock import fixed_clock
from data import desk, migrations, store, store_identity, store_sources
from data.database import Database, open_writer, rows
from data.models import ActorRecord, DossierRecord, EventRecord, Identifier, Response, Source, When
from data.readings import Relevance
from data.store import Entry

NOW = "2026-11-25T06:00:00Z"


def source(source_id: str, **options: object) -> Source:
    return Source(
        source_id, {"en": source_id}, source_id, "fr", "parliament", "fr", "x", ("https://example.org/",), "open", 24,
        1, official=True, options=options,
    )  # fmt: skip


ASSEMBLY, SENATE, PRESS = source("assembly"), source("senate"), source("questions", names_in="fr.senat")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    found = open_writer(tmp_path / "collected.db")
    migrations.migrate(found)
    store_sources.source_rows(found, [ASSEMBLY, SENATE, PRESS])
    return found


def tell(db: Database, by: Source, *actors: ActorRecord) -> None:
    """A file on the subject in which the actors take part."""
    event = EventRecord("e", "bill_tabled", When.parse("2026-01-07"), "Dépôt", "fr", "fr", actors=actors)
    record = DossierRecord("d", "fr", "law", "Deepfakes", "fr", (Identifier("case", by.id),), events=(event,))
    response = Response("https://example.org/", 200, {}, b"x", NOW)
    entry = Entry(record, relevance=Relevance(True, 1.0))
    for unit in store.units(by, response, [entry], etag="", last_modified="", read_with="1"):
        store.record_unit(db, unit, "sha")


def person(name: str, *identifiers: Identifier) -> ActorRecord:
    return ActorRecord(name, "person", "fr", identifiers, role="author")


def actors(db: Database) -> list[str]:
    return [row["actor_id"] for row in rows(db, "SELECT actor_id FROM actor ORDER BY actor_id")]


def test_a_shared_official_number_is_one_actor(db: Database):
    tell(db, ASSEMBLY, person("Marie Martin", Identifier("wikidata", "Q5"), Identifier("fr.an", "PA1")))
    tell(db, SENATE, person("Mme Marie Martin", Identifier("fr.an", "PA1")))
    assert len(actors(db)) == 1
    assert store_identity.same_names(db) == []


def test_the_name_alone_is_two_actors_and_a_proposal(db: Database):
    tell(db, ASSEMBLY, person("Marie Martin", Identifier("fr.an", "PA1")))
    tell(db, SENATE, person("Marie MARTIN", Identifier("fr.senat", "12345A")))
    assemble(db, fixed_clock(NOW))
    assert store_identity.proposals(db) == [("fr-an-pa1", "fr-senat-12345a", "Marie Martin")]


def test_two_sources_that_know_a_name_only_are_two_actors(db: Database):
    tell(db, ASSEMBLY, person("Marie Martin"))
    tell(db, SENATE, person("Marie Martin"))
    tell(db, SENATE, person("Marie Martin"))
    assert len(actors(db)) == 2


def test_a_source_that_names_members_of_a_register_means_that_register(db: Database):
    tell(db, SENATE, person("Marie Martin", Identifier("fr.senat", "12345A")))
    tell(db, PRESS, person("Marie Martin"))
    assert actors(db) == ["fr-senat-12345a"]


def test_a_decision_puts_two_together_and_the_proposal_goes(db: Database, tmp_path: Path):
    tell(db, ASSEMBLY, person("Marie Martin", Identifier("fr.an", "PA1")))
    tell(db, SENATE, person("Marie Martin", Identifier("fr.senat", "12345A")))
    with desk.open_desk() as team:
        number = desk.decide(team, "merge", "actor", "fr-an-pa1", other_id="fr-senat-12345a", at=NOW)
    assemble(db, fixed_clock(NOW))
    assert rows(db, "SELECT actor_id, into_id FROM actor_join") == [
        {"actor_id": "fr-senat-12345a", "into_id": "fr-an-pa1"}
    ]
    assert store_identity.proposals(db) == []
    with desk.open_desk() as team:
        desk.withdraw(team, number, at=NOW)
    assemble(db, fixed_clock(NOW))
    assert rows(db, "SELECT * FROM actor_join") == []
    assert len(store_identity.proposals(db)) == 1


def test_a_decision_to_keep_apart_ends_the_proposal(db: Database):
    tell(db, ASSEMBLY, person("Marie Martin", Identifier("fr.an", "PA1")))
    tell(db, SENATE, person("Marie Martin", Identifier("fr.senat", "12345A")))
    with desk.open_desk() as team:
        desk.decide(team, "split", "actor", "fr-an-pa1", other_id="fr-senat-12345a", at=NOW)
    assemble(db, fixed_clock(NOW))
    assert store_identity.proposals(db) == []
