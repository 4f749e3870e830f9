"""What each answer means for a visit, and how the visit ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from collectors.outcomes import Failure, Fetched, NotModified, Outcome, Validators
from collectors.visit import Visit
from collectors.watching import Watched
from data import migrations, store_runs, store_sources
from data.database import Database, open_writer, rows
from data.errors import BlockedError, SourceError
from data.models import Follow, ItemRecord, Record, Response, Source
from data.store import Entry

LIST, DETAIL = "https://example.org/list", "https://example.org/detail"
SOURCE = Source(
    id="test",
    names={"en": "Test"},
    publisher="Test",
    jurisdiction="fr",
    kind="news",
    lang="fr",
    collector="test",
    urls=(LIST,),
    licence="none",
    every_hours=6,
    min_records=1,
)


def item(name: str) -> ItemRecord:
    return ItemRecord(name, "article", name, f"https://example.org/{name}", "fr")


def fetched(url: str, body: bytes = b"body", retry_at: str = "") -> Fetched:
    response = Response(url, 200, {}, body, "2026-11-25T06:00:00Z", url)
    return Fetched(response, Validators('"v1"', ""), retry_at)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    found = open_writer(tmp_path / "collected.db")
    migrations.migrate(found)
    store_sources.source_rows(found, [SOURCE])
    return found


def visit(
    db: Database,
    tmp_path: Path,
    records: dict[str, list[Record] | Exception],
    answers: dict[str, Outcome],
    **facts: object,
) -> tuple[str, str, Visit]:
    """Run one whole visit with a parser and answers by address."""

    def parse(response: Response, source: Source) -> Iterator[Record]:
        found = records[response.url]
        if isinstance(found, Exception):
            raise found
        yield from found

    one = Visit(
        db=db,
        source=replace(SOURCE, **facts),  # type: ignore[arg-type]
        collector=SimpleNamespace(parse=parse),  # type: ignore[arg-type]
        interpret=lambda record, source, watched: Entry(record),
        now=lambda: "2026-11-25T06:00:00Z",
        payloads=tmp_path / "payloads",
    )
    one.open()
    while request := one.next_request():
        one.take(request, answers[request.url])
    outcome, detail = one.close()
    return outcome, detail, one


def test_a_good_answer_lands_with_its_validators(db: Database, tmp_path: Path):
    outcome, detail, _ = visit(db, tmp_path, {LIST: [item("a"), item("b")]}, {LIST: fetched(LIST)})
    assert (outcome, detail) == ("ok", "2 new, 0 changed, 0 as before")
    known = store_runs.known_address(db, LIST)
    assert known and known.etag == '"v1"'


def test_nothing_new_is_unchanged(db: Database, tmp_path: Path):
    visit(db, tmp_path, {LIST: [item("a")]}, {LIST: fetched(LIST)})
    outcome, _, _ = visit(db, tmp_path, {}, {LIST: NotModified(LIST, Validators('"v2"', ""))})
    assert outcome == "unchanged"
    known = store_runs.known_address(db, LIST)
    assert known and known.etag == '"v2"', "the server may renew its validators with a 304"


def test_the_same_body_without_validators_is_not_parsed_again(db: Database, tmp_path: Path):
    visit(db, tmp_path, {LIST: [item("a")]}, {LIST: fetched(LIST)})
    outcome, _, _ = visit(db, tmp_path, {LIST: SourceError("test", LIST, "parsed again")}, {LIST: fetched(LIST)})
    assert outcome == "unchanged"


def test_zero_records_where_some_are_expected_is_a_failed_visit_and_keeps_no_cursor(db: Database, tmp_path: Path):
    outcome, detail, _ = visit(db, tmp_path, {LIST: []}, {LIST: fetched(LIST)})
    assert outcome == "failed"
    assert "nothing at all where at least 1" in detail
    assert store_runs.known_address(db, LIST) is None


def test_fewer_records_than_the_minimum_is_a_failed_visit(db: Database, tmp_path: Path):
    outcome, detail, _ = visit(db, tmp_path, {LIST: [item("a")]}, {LIST: fetched(LIST)}, min_records=5)
    assert outcome == "failed"
    assert "1 records where at least 5 are expected" in detail
    assert rows(db, "SELECT count(*) AS n FROM item") == [{"n": 1}], "what was readable still lands"


def test_a_page_for_people_is_blocked_and_touches_nothing(db: Database, tmp_path: Path):
    visit(db, tmp_path, {LIST: [item("a")]}, {LIST: fetched(LIST)})
    before = rows(db, "SELECT * FROM request")
    outcome, _, _ = visit(
        db, tmp_path, {LIST: BlockedError("test", LIST, "an HTML page")}, {LIST: fetched(LIST, b"<html>")}
    )
    assert outcome == "blocked"
    assert rows(db, "SELECT * FROM request") == before


def test_a_host_that_cannot_be_reached_is_unavailable(db: Database, tmp_path: Path):
    outcome, detail, _ = visit(db, tmp_path, {}, {LIST: Failure("timeout", LIST, "no answer in 60 s")})
    assert outcome == "unavailable"
    assert LIST in detail


def test_a_refusal_is_blocked(db: Database, tmp_path: Path):
    outcome, _, _ = visit(db, tmp_path, {}, {LIST: Failure("http_4xx", LIST, "403")})
    assert outcome == "blocked"


def test_a_bug_in_one_parser_is_a_failed_visit_that_names_the_place(db: Database, tmp_path: Path):
    outcome, detail, _ = visit(db, tmp_path, {LIST: KeyError("title")}, {LIST: fetched(LIST)})
    assert outcome == "failed"
    assert "KeyError" in detail
    assert "test_visit.py" in detail


def test_a_text_that_cannot_be_read_lands_unread_and_is_told(db: Database, tmp_path: Path):
    def interpret(record: Record, source: Source, watched: Watched) -> Entry:
        if isinstance(record, ItemRecord) and record.external_id == "bad":
            raise RecursionError("too deep")
        return Entry(record)

    one = Visit(db, SOURCE, SimpleNamespace(parse=None), interpret, lambda: "t", tmp_path)  # type: ignore[arg-type]
    assert [type(entry.record).__name__ for entry in one._read(item("bad"))] == ["ItemRecord", "Rejected"]
    assert [type(entry.record).__name__ for entry in one._read(item("good"))] == ["ItemRecord"]


def test_a_detail_that_does_not_answer_waits_for_the_next_visit(db: Database, tmp_path: Path):
    records: dict[str, list[Record] | Exception] = {LIST: [item("a"), Follow(DETAIL)], DETAIL: [item("b")]}
    outcome, detail, _ = visit(db, tmp_path, records, {LIST: fetched(LIST), DETAIL: Failure("timeout", DETAIL, "slow")})
    assert outcome == "ok"
    assert DETAIL in detail
    assert store_runs.pending_addresses(db, "test") == [DETAIL]
    _, _, second = visit(
        db, tmp_path, records, {LIST: NotModified(LIST, Validators()), DETAIL: fetched(DETAIL, b"detail")}
    )
    assert second.counts.new == 1
    assert store_runs.pending_addresses(db, "test") == []


def test_a_wait_is_remembered_over_runs(db: Database, tmp_path: Path):
    refused = Failure("rate_limited", LIST, "429", retry_at="2026-11-25T07:00:00Z")
    visit(db, tmp_path, {}, {LIST: refused})
    assert store_runs.held_hosts(db, "2026-11-25T06:30:00Z") == {"example.org": "2026-11-25T07:00:00Z"}
    assert store_runs.held_hosts(db, "2026-11-25T07:30:00Z") == {}


def test_the_host_that_redirects_led_to_is_remembered_too(db: Database, tmp_path: Path):
    refused = Failure("rate_limited", LIST, "429", "2026-11-25T07:00:00Z", 429, "elsewhere.example")
    visit(db, tmp_path, {}, {LIST: refused})
    assert store_runs.held_hosts(db, "2026-11-25T06:30:00Z")["elsewhere.example"] == "2026-11-25T07:00:00Z"


def test_an_answer_that_asks_not_to_come_again_before_some_time_is_remembered(db: Database, tmp_path: Path):
    visit(db, tmp_path, {LIST: [item("a")]}, {LIST: fetched(LIST, retry_at="2026-11-25T07:00:00Z")})
    assert list(store_runs.held_hosts(db, "2026-11-25T06:30:00Z").values()) == ["2026-11-25T07:00:00Z"]


def test_an_unknown_host_is_asked_once(db: Database, tmp_path: Path):
    two = (LIST, DETAIL)
    outcome, _, one = visit(db, tmp_path, {}, {LIST: Failure("dns", LIST, "no such host")}, urls=two)
    assert (outcome, one.request_count) == ("unavailable", 1)


def test_an_answer_of_which_something_was_not_taken_is_asked_for_whole(db: Database, tmp_path: Path):
    for n in range(26):
        told = replace(item("a"), title="AB"[n % 2])
        found = visit(db, tmp_path, {LIST: [told, item("b")]}, {LIST: fetched(LIST, b"AB"[n % 2 :])})
    outcome, detail, _ = found
    assert outcome == "suspicious"
    assert "0 new, 0 changed, 2 as before, 1 told as before that and not taken" in detail
    assert "1 of its records flips between words told before (a): the last taken stand" in detail
    known = store_runs.known_address(db, LIST)
    assert known and (known.etag, known.read_with) == ("", "")


def test_a_source_that_flips_is_still_compared_with_its_past(db: Database, tmp_path: Path):
    def told(n: int, count: int) -> tuple[str, str, Visit]:
        some = [replace(item(f"{n}-{one}")) for one in range(count - 1)]
        records: list[Record] = [replace(item("a"), title="AB"[n % 2]), *some]
        return visit(db, tmp_path, {LIST: records}, {LIST: fetched(LIST, str(n).encode())})

    outcomes = [told(n, 30)[0] for n in range(90)]
    assert outcomes == [*["ok"] * 25, *["suspicious"] * 65], "longer than what is looked back at"
    outcome, detail, _ = told(90, 10)
    assert outcome == "suspicious"
    assert "10 records, usually about 30; 1 of its records flips" in detail
