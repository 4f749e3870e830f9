"""One round of the schedule: what it tells, what failing mails cost it, and what it never tells."""

from __future__ import annotations

import argparse
import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectors import schedule
from collectors.clock import Clock, fixed_clock
from collectors.commands.watching import Hands, Teller, make_round
from collectors.redaction import without_secrets
from data import migrations, store_sources
from data.database import Database, collected_path, open_writer
from data.errors import SubscriptionError
from data.store import Counts
from data.store_runs import end_run, start_run
from tests.data.test_store import OFFICIAL

NOW = "2026-11-25T06:00:00Z"
PASSWORD = "corr-ect/horse&9"
KEY = "k3y-of-the-congress"


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    monkeypatch.setenv("MONITOR_SMTP", "smtp://user@127.0.0.1:1?tls=none")
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("CONGRESS_API_KEY", KEY)


def options(log: str) -> argparse.Namespace:
    return argparse.Namespace(log=log, now=fixed_clock(NOW), replay=None, record=None, jobs=1)


def opened(_: Clock) -> Database:
    db = open_writer(collected_path())
    migrations.migrate(db)
    store_sources.source_rows(db, [OFFICIAL])
    return db


def visited(db: Database, *_: object) -> dict[str, str]:
    run_id = start_run(db, OFFICIAL.id, NOW)
    end_run(db, run_id, outcome="ok", counts=Counts(), request_count=1, at=NOW)
    return {OFFICIAL.id: "ok"}


def refuse(_: Clock) -> int:
    raise SubscriptionError(f"no mail for https://mail.example/?key=abcdef and {PASSWORD}")


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_mails_that_fail_are_told_by_themselves_and_the_collection_is_what_it_was(capsys: pytest.CaptureFixture[str]):
    words = options("json")
    hands = Hands(lambda: [OFFICIAL], opened, visited, refuse)
    assert make_round(words, Teller(words), hands) == datetime(2026, 11, 26, 6, tzinfo=UTC)
    lines = told(capsys)
    assert [one["event"] for one in lines] == ["round_began", "visited", "round_ended", "digests"]
    assert lines[2]["failed"] == []
    assert (lines[3]["outcome"], lines[3]["error"]) == ("failed", "SubscriptionError")


@pytest.mark.parametrize(("pending", "outcome"), [(0, "ok"), (1, "pending")])
def test_mails_that_were_sent_or_wait_are_told(pending: int, outcome: str, capsys: pytest.CaptureFixture[str]):
    words = options("json")
    make_round(words, Teller(words), Hands(lambda: [OFFICIAL], opened, visited, lambda _: pending))
    assert told(capsys)[-1]["outcome"] == outcome


def test_after_mails_that_fail_the_schedule_sleeps_as_after_any_round():
    slept: list[float] = []
    words = options("json")
    hands = Hands(lambda: [replace(OFFICIAL, every_hours=1)], opened, visited, refuse)

    def pause(seconds: float) -> bool:
        slept.append(seconds)
        return len(slept) == 3

    schedule.watch(lambda: make_round(words, Teller(words), hands), words.now, pause, lambda *_, **__: None)
    assert slept == [schedule.LONGEST.total_seconds()] * 3


@pytest.mark.parametrize("log", ["text", "json"])
def test_no_key_and_no_password_is_in_what_a_failed_round_tells(log: str, capsys: pytest.CaptureFixture[str]):
    words = options(log)
    hidden = base64.b64encode(f"\0user\0{PASSWORD}".encode()).decode()
    encoded = "corr-ect%2Fhorse%269"

    def make() -> datetime:
        raise RuntimeError(f"https://a.example/?q=1&api_key={KEY}x {PASSWORD} {encoded} AUTH PLAIN {hidden}")

    schedule.watch(make, words.now, lambda _: True, Teller(words).tell)
    printed = capsys.readouterr()
    said = printed.out + printed.err
    assert "RuntimeError" in said and "q=1" in said
    assert not [one for one in (KEY, PASSWORD, encoded, hidden) if one in said]


def test_what_is_no_secret_is_told_as_it_is():
    text = "HTTP 503 (https://www.example.org/feed?page=2)"
    assert without_secrets(text, (KEY, PASSWORD)) == text
