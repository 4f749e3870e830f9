"""A unit is written whole or not at all; what did not change is not written again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data import derived, migrations, payloads, store, store_actors, store_runs, store_sources
from data.database import Database, open_writer, rows, writing
from data.models import (
    ActorRecord,
    DossierRecord,
    EventRecord,
    Follow,
    Identifier,
    ItemRecord,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
    When,
)
from data.readings import MASK, Mention, Reading, Relevance
from data.store import Counts, Entry
from data.store_actors import Teller
from data.store_events import Provenance, write_event
from data.store_readings import TEXT_CONFIDENCE

OFFICIAL = Source(
    id="fr-test",
    names={"en": "Test"},
    publisher="Assemblée nationale",
    jurisdiction="fr",
    kind="parliament",
    lang="fr",
    collector="none",
    urls=("https://example.org/list",),
    licence="none",
    every_hours=24,
    min_records=1,
    official=True,
)
NEWS = replace(OFFICIAL, id="news-test", kind="news", official=False, publisher="Le Journal")

ITEM = ItemRecord(
    external_id="a1",
    kind="article",
    title="Élections et hypertrucages",
    url="https://example.org/a1",
    jurisdiction="fr",
    text="Le texte.",
    published_on=date(2026, 1, 7),
)
VOTE = EventRecord(
    external_id="acte-2",
    type="bill_adopted",
    when=When.on(date(2023, 10, 17)),
    title="Décision",
    lang="fr",
    jurisdiction="fr",
    stage="passed_one",
    actors=(ActorRecord("", "person", "fr", (Identifier("fr.an", "PA1"),), role="rapporteur"),),
)
BILL = DossierRecord(
    external_id="DLR1",
    jurisdiction="fr",
    track="law",
    title="Projet de loi",
    lang="fr",
    identifiers=(Identifier("fr.an.dossier", "DLR1"),),
    events=(VOTE,),
)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    found = open_writer(tmp_path / "collected.db")
    migrations.migrate(found)
    store_sources.source_rows(found, [OFFICIAL, NEWS])
    return found


def write(db: Database, *records: Record, source: Source = OFFICIAL, at: str = "2026-11-25T06:00:00Z") -> Counts:
    response = Response("https://example.org/list", 200, {}, b"body", at, "https://example.org/list")
    counts = Counts()
    entries = [
        Entry(one, Reading(Relevance(True, 1.0, ("ncii",), (), "1")) if isinstance(one, ItemRecord) else None)
        for one in records
    ]
    for unit in store.units(source, response, entries, etag='"e"', last_modified="", read_with="1"):
        counts.add(store.record_unit(db, unit, "sha"))
    return counts


def count(db: Database, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_second_telling_writes_nothing(db: Database):
    first = write(db, ITEM, BILL)
    assert (first.new, first.changed) == (2, 0)
    assert derived.sync_search(db) == 1
    before = db.conn.total_changes
    again = write(db, ITEM, BILL)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert derived.sync_search(db) == 0
    # the answer's line, the address's own, and when the item was last seen
    assert db.conn.total_changes - before == 3


def test_first_seen_stays_and_the_old_text_is_kept(db: Database):
    write(db, ITEM)
    derived.sync_search(db)
    counts = write(db, replace(ITEM, title="Titre corrigé"), at="2026-11-26T06:00:00Z")
    assert (counts.new, counts.changed) == (0, 1)
    row = rows(db, "SELECT first_seen_at, changed_at FROM item")[0]
    assert row == {"first_seen_at": "2026-11-25T06:00:00Z", "changed_at": "2026-11-26T06:00:00Z"}
    assert rows(db, "SELECT title FROM item_revision") == [{"title": "Élections et hypertrucages"}]
    assert derived.sync_search(db) == 1
    assert not rows(db, "SELECT rowid FROM item_search WHERE item_search MATCH 'hypertrucages'")
    assert rows(db, "SELECT rowid FROM item_search WHERE item_search MATCH 'corrige'")
    db.execute("INSERT INTO item_search(item_search, rank) VALUES ('integrity-check', 1)")


def test_a_corrected_date_is_told_in_the_change_log(db: Database):
    write(db, BILL)
    moved = replace(VOTE, when=When.on(date(2023, 10, 18)))
    write(db, replace(BILL, events=(moved,)), at="2026-11-26T06:00:00Z")
    found = rows(db, "SELECT entity, field, old, new, by FROM revision ORDER BY revision_id")
    assert {
        "entity": "event",
        "field": "date_start",
        "old": "2023-10-17",
        "new": "2023-10-18",
        "by": "fr-test",
    } in found
    assert rows(db, "SELECT revision FROM event") == [{"revision": 1}]


def test_an_act_the_source_no_longer_lists_goes_and_leaves_a_trace(db: Database):
    write(db, BILL)
    write(db, replace(BILL, events=()), at="2026-11-26T06:00:00Z")
    assert count(db, "event") == 0
    assert rows(db, "SELECT field, old FROM revision") == [{"field": "removed", "old": "2023-10-17 Décision"}]


def test_a_bad_row_goes_to_quarantine_and_the_rest_lands(db: Database):
    counts = write(db, ITEM, Rejected("json/x.json", "not JSON", "{"), Unknown("codeActe", "XX1", "DLR1"))
    assert (counts.new, counts.rejected, counts.unknown) == (1, 1, 1)
    assert rows(db, "SELECT locator, reason, payload_sha256 FROM quarantine") == [
        {"locator": "json/x.json", "reason": "not JSON", "payload_sha256": "sha"}
    ]
    assert rows(db, "SELECT field, code FROM unknown_code") == [{"field": "codeActe", "code": "XX1"}]


@pytest.mark.parametrize(
    "poison",
    [
        replace(ITEM, external_id="bad", url="ftp://example.org/x"),
        replace(ITEM, external_id="bad", title="lone \ud800 surrogate"),
        replace(ITEM, external_id="\ud800"),
        replace(BILL, external_id="bad", track="nonsense"),
        replace(BILL, external_id="bad", events=(replace(VOTE, status="maybe"),)),
        replace(BILL, external_id="bad", events=(replace(VOTE, when=When(date(2026, 2, 2), date(2026, 2, 1), "day")),)),
    ],
    ids=["link", "surrogate", "surrogate-id", "track", "status", "interval"],
)
def test_a_record_the_database_refuses_goes_to_quarantine_and_its_neighbours_land(db: Database, poison: Record):
    good = [replace(ITEM, external_id=f"good-{n}") for n in range(99)]
    counts = write(db, *good[:50], poison, *good[50:], BILL)
    assert (counts.new, counts.rejected) == (100, 1)
    assert count(db, "item") == 99
    assert count(db, "event") == 1
    assert len(rows(db, "SELECT reason FROM quarantine")) == 1
    assert not db.conn.in_transaction


def test_follow_up_addresses_wait_in_the_database(db: Database):
    write(db, Follow("https://example.org/detail"))
    assert store_runs.pending_addresses(db, "fr-test") == ["https://example.org/detail"]


def test_an_address_that_never_answers_ends_in_quarantine(db: Database):
    write(db, Follow("https://example.org/detail"))
    for _ in range(store_runs.MAX_ATTEMPTS):
        store_runs.address_failed(db, "fr-test", "https://example.org/detail", "timeout", "2026-11-25T06:00:00Z")
    assert store_runs.pending_addresses(db, "fr-test") == []
    assert "gave up after 5 attempts: timeout" in rows(db, "SELECT reason FROM quarantine")[0]["reason"]


def test_only_the_last_unit_of_a_response_marks_it_done(db: Database):
    many = [replace(ITEM, external_id=f"a{n}") for n in range(450)]
    cut = list(
        store.units(
            OFFICIAL,
            Response("https://example.org/list", 200, {}, b"", "2026-11-25T06:00:00Z"),
            [Entry(one) for one in many],
            etag="",
            last_modified="",
            read_with="1",
        )
    )
    assert [len(one.entries) for one in cut] == [200, 200, 50]
    assert [one.done for one in cut] == [False, False, True]


def test_an_official_id_without_a_name_gets_the_name_later(db: Database):
    write(db, BILL)
    assert rows(db, "SELECT actor_id, name FROM actor") == [{"actor_id": "fr-an-pa1", "name": ""}]
    write(db, ActorRecord("Paul Midy", "person", "fr", (Identifier("fr.an", "PA1"),)))
    assert rows(db, "SELECT actor_id, name FROM actor") == [{"actor_id": "fr-an-pa1", "name": "Paul Midy"}]


def test_homonyms_with_official_ids_stay_two(db: Database):
    with writing(db):
        one = store_actors.resolve(
            db, ActorRecord("Marie Martin", "person", "fr", (Identifier("fr.an", "PA1"),)), Teller("official", "t")
        )
        two = store_actors.resolve(
            db, ActorRecord("Marie Martin", "person", "fr", (Identifier("fr.an", "PA2"),)), Teller("official", "t")
        )
        same = store_actors.resolve(
            db, ActorRecord("MARIE  MARTIN", "person", "fr", (Identifier("fr.senat", "1A"),)), Teller("official", "t")
        )
    assert one != two
    assert same not in (one, two), "a name held by two actors decides nothing"


def test_a_name_matches_only_inside_its_jurisdiction(db: Database):
    with writing(db):
        fr = store_actors.resolve(db, ActorRecord("Ministère de la Justice", "government", "fr"), Teller("text", "t"))
        be = store_actors.resolve(db, ActorRecord("Ministère de la Justice", "government", "be"), Teller("text", "t"))
        again = store_actors.resolve(
            db, ActorRecord("ministère de la justice", "government", "fr"), Teller("text", "t")
        )
    assert fr == again != be


def test_a_mention_never_becomes_an_actor(db: Database):
    response = Response("https://example.org/a1", 200, {}, b"", "2026-11-25T06:00:00Z")
    reading = Reading(Relevance(True, 1.0, (), (), "1"), mentions=(Mention(0, 5, "Fafa ", "", "Fafa", "unlisted"),))
    for unit in store.units(NEWS, response, [Entry(ITEM, reading)], etag="", last_modified="", read_with="1"):
        store.record_unit(db, unit, "sha")
    assert count(db, "mention") == 1
    assert count(db, "actor") == 0


def test_events_read_in_a_text_follow_the_text(db: Database):
    response = Response("https://example.org/a1", 200, {}, b"", "2026-11-25T06:00:00Z")

    def read(item: ItemRecord, *events: EventRecord) -> None:
        reading = Reading(Relevance(True, 1.0, (), (), "1"), events=events)
        for unit in store.units(NEWS, response, [Entry(item, reading)], etag="", last_modified="", read_with="1"):
            store.record_unit(db, unit, "sha")

    said = replace(VOTE, external_id="a1#1", actors=())
    read(ITEM, said)
    assert rows(db, "SELECT origin, confidence FROM event") == [{"origin": "text", "confidence": TEXT_CONFIDENCE}]
    assert rows(db, "SELECT publisher, url FROM event_source") == [
        {"publisher": "Le Journal", "url": "https://example.org/a1"}
    ]
    read(replace(ITEM, text="Le texte corrigé."))
    assert count(db, "event") == 0


def test_payloads_are_kept_by_their_hash_and_read_back(tmp_path: Path):
    digest = payloads.keep_payload(tmp_path, b"body")
    assert payloads.read_payload(tmp_path, digest) == b"body"
    assert payloads.keep_payload(tmp_path, b"body") == digest
    assert [one.name for one in tmp_path.rglob("*.gz")] == [f"{digest}.gz"]


def test_empty_fields_do_not_count_in_the_hash():
    assert store.content_hash(ITEM) == store.content_hash(replace(ITEM, summary=""))
    assert store.content_hash(ITEM) != store.content_hash(replace(ITEM, summary="x"))
    assert json.dumps(store.content_hash(ITEM))


def test_a_name_hidden_now_is_hidden_in_what_the_item_said_before(db: Database):
    text_event = replace(VOTE, external_id="text:1", title="Lila Merval vote", actors=(), rule="r", rules="1")
    hidden = ("Lila Merval",)
    response = Response("https://example.org/list", 200, {}, b"body", "2026-11-25T06:00:00Z")
    for text, title, names in (("Lila Merval parle.", "Lila Merval vote", ()), ("Elle parle.", "Vote", hidden)):
        reading = Reading(Relevance(True, 1.0, rules="1"), events=(replace(text_event, title=title),))
        entry = Entry(replace(ITEM, text=text), reading, hidden=names)
        store.record_unit(db, store.Unit(NEWS, response, (entry,)), "sha")
    assert [row["text"] for row in rows(db, "SELECT text FROM item_revision")] == [f"{MASK * 11} parle."]
    assert rows(db, "SELECT old, new FROM revision WHERE field = 'title'") == [
        {"old": f"{MASK * 11} vote", "new": "Vote"}
    ]


def test_an_event_that_other_rules_read_the_same_is_unchanged(db: Database):
    event = replace(VOTE, external_id="text:1", actors=(), rule="r", rules="1", span=(0, 8))
    by = Provenance("news-test", "text", "Le Journal", "news", "2026-11-25T06:00:00Z")
    with writing(db):
        assert write_event(db, event, by)[1] == "new"
        assert write_event(db, replace(event, rules="2"), replace(by, at="2026-12-01T06:00:00Z"))[1] == "unchanged"
    assert rows(db, "SELECT rules, start, end FROM event_source") == [{"rules": "2", "start": 0, "end": 8}]
    assert rows(db, "SELECT revision, changed_at FROM event") == [{"revision": 0, "changed_at": by.at}]
    assert count(db, "revision") == 0
