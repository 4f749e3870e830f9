"""Every table is made again from what is kept, to the byte; nothing is fetched, and nothing is lost on the way."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from collectors import apart, feed
from collectors.__main__ import main
from collectors.commands import collecting, rebuilding
from collectors.interpret import Interpreter
from data import rebuilt, store_rebuilt
from data.database import Database, collected_path, open_writer, payload_folder, rows, writing
from data.models import ItemRecord, Rejected
from data.readings import MASK
from data.reference import load_sources
from tests.collectors.test_rereading import FEEDS, STORY, by_older_rules
from tests.dump import check_integrity, dump
from tests.replay import feed_entries, official_entries, write_replay

NOW = "2026-11-25T06:00:00Z"
LATER = "2026-11-27T06:00:00Z"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after three collections: the second brings an article told otherwise, the third what the first told."""
    home = tmp_path_factory.mktemp("home")
    first = [(url, body.replace(b"<item>", STORY + b"<item>", 1), headers) for url, body, headers in
             feed_entries(FEEDS, items=10)]  # fmt: skip
    second = [
        (url, body.replace(b"Arcom a ouvert", "Arcom a annoncé".encode()), headers) for url, body, headers in first
    ]
    clipping = home / "clipping.txt"
    clipping.write_text("Deepfakes : la CNIL a ouvert une enquête le 3 mars 2026.", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(home))
        for n, entries in enumerate((first, second, first)):
            answers = [*official_entries(None), *entries]
            write_replay(home / f"answers{n}", answers)
            told = {url for url, _, _ in answers}
            chosen = [
                option for one in load_sources() if told.intersection(one.urls) for option in ("--source", one.id)
            ]
            day = f"2026-11-{22 + n}T06:00:00Z"
            main(["collect", "--replay", str(home / f"answers{n}"), "--now", day, *chosen])
        main(["add", str(clipping), "--published", "2026-03-04", "--title", "Une enquête", "--now", NOW])
    return home


@pytest.fixture
def home(collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    target = tmp_path / "home"
    shutil.copytree(collected, target)
    monkeypatch.setenv("MONITOR_HOME", str(target))

    def refused(*_: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    return target


@pytest.fixture
def db(home: Path) -> Iterator[Database]:
    found = open_writer(collected_path())
    yield found
    found.close()


def content() -> list[str]:
    found = open_writer(collected_path())
    check_integrity(found)
    lines = dump(found)
    found.close()
    return lines


def rebuild(*options: str, now: str = NOW) -> int:
    return main(["rebuild", *options, "--now", now])


def test_what_is_made_again_is_the_same_to_the_byte(home: Path, capsys: pytest.CaptureFixture[str]):
    before = content()
    assert any(MASK in line for line in before)
    assert sum(line.startswith("item_revision:") for line in before) >= 4
    assert rebuild("--check") == 0
    told = capsys.readouterr().out
    prints = re.findall(r"[0-9a-f]{64}", told)
    assert len(prints) == 2 and len(set(prints)) == 1
    assert "byte-identical" in told
    assert content() == before
    assert rebuild() == 0
    told = capsys.readouterr().out
    assert set(re.findall(r"[0-9a-f]{64}", told)) == set(prints)
    assert "carried over: run (the diary of visits)" in told
    assert content() == before


def test_derived_tables_that_were_emptied_come_back(home: Path, db: Database, capsys: pytest.CaptureFixture[str]):
    """Numbers of items are given anew then, and what was never known cannot have changed: all but instants is as before."""
    before = rebuilt.fingerprint(db)
    db.execute("PRAGMA foreign_keys = OFF")
    with writing(db):
        for table in set(rebuilt.DERIVED) - {"item", "review"}:
            db.execute(f"DELETE FROM {table}")
        db.execute("DELETE FROM setting WHERE key = 'baseline'")
    db.execute("PRAGMA foreign_keys = ON")
    assert rebuilt.fingerprint(db) != before
    assert rebuild("--check") == 1
    assert rebuild() == 0
    assert f"after:   {before}\n" in capsys.readouterr().out
    assert rebuilt.fingerprint(db) == before
    check_integrity(db)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE item_text SET text = text || ' ' WHERE item_id = (SELECT max(item_id) FROM item)",
        "DELETE FROM mention WHERE rowid = (SELECT min(rowid) FROM mention)",
        "UPDATE event SET title = 'forged' WHERE origin = 'official'",
        "UPDATE actor SET name = 'forged' WHERE origin = 'official'",
        "UPDATE relevance SET rules = 'older'",
        "UPDATE item SET parser = 'older'",
    ],
)  # fmt: skip
def test_no_difference_goes_unseen_and_each_is_mended(
    home: Path, db: Database, damage: str, capsys: pytest.CaptureFixture[str]
):
    before = rebuilt.fingerprint(db)
    with writing(db):
        assert db.execute(damage).rowcount > 0
    assert rebuild("--check") == 1
    assert "byte-identical" not in capsys.readouterr().out
    assert rebuild(now=LATER) == 0
    assert rebuilt.fingerprint(db) == before
    check_integrity(db)


def test_what_cannot_be_made_again_is_carried_over(home: Path, db: Database):
    item = db.execute("SELECT min(item_id) FROM item WHERE external_id LIKE '%/5'").fetchone()[0]
    assert main(["decide", "reject", "item", str(item), "--why", "no", "--now", NOW]) == 0
    carried = ("run", "answer", "payload", "request", "pending", "revision", "earlier", "review", "source")

    def kept() -> dict[str, list[dict[str, Any]]]:
        return {table: rows(db, f"SELECT * FROM {table}") for table in carried}

    before, instants = kept(), rows(db, "SELECT item_id, first_seen_at, last_seen_at, changed_at FROM item ORDER BY 1")
    assert before["review"]
    assert rebuild(now=LATER) == 0
    assert kept() == before
    assert rows(db, "SELECT item_id, first_seen_at, last_seen_at, changed_at FROM item ORDER BY 1") == instants


def test_what_changes_is_in_the_record_of_the_day_and_numbers_stay(home: Path, db: Database):
    numbers = rows(db, "SELECT source_id, external_id, item_id FROM item ORDER BY 3")
    with writing(db):
        event_id = db.execute("SELECT min(event_id) FROM event WHERE origin = 'official'").fetchone()[0]
        title = db.execute("SELECT title FROM event WHERE event_id = ?", (event_id,)).fetchone()[0]
        db.execute("UPDATE event SET title = 'forged', revision = 3 WHERE event_id = ?", (event_id,))
    assert rebuild(now=LATER) == 0
    told = rows(db, "SELECT title, revision, changed_at FROM event WHERE event_id = ?", (event_id,))
    assert told == [{"title": title, "revision": 4, "changed_at": LATER}]
    log = rows(db, "SELECT field, old, new, why FROM revision WHERE entity_id = ? AND at = ?", (event_id, LATER))
    assert log == [{"field": "title", "old": "forged", "new": title, "why": store_rebuilt.WHY}]
    image = db.execute("SELECT rows FROM earlier WHERE name = 'event' AND key = ?", (event_id,)).fetchone()
    assert "forged" in image[0]
    assert rows(db, "SELECT source_id, external_id, item_id FROM item ORDER BY 3") == numbers


def test_a_name_that_older_rules_showed_is_hidden_in_what_was_kept_of_it(home: Path, db: Database):
    before = rebuilt.fingerprint(db)
    by_older_rules()
    assert sum("Merval" in line for line in dump(db)) > 5
    assert rebuild(now=LATER) == 0
    assert rebuilt.fingerprint(db) == before
    assert [line for line in dump(db) if "Merval" in line or "merval-" in line] == []


def patched_parser(patch: pytest.MonkeyPatch, function: Any) -> None:
    """Another parser of feeds; parsed here, since a process apart knows the real one alone."""
    patch.setattr(feed, "parse", function)
    for module in (collecting, rebuilding):
        patch.setattr(module, "Apart", lambda: nullcontext(apart.inline))


def test_a_mended_parser_empties_the_quarantine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """One entry in ten is poisoned for the parser of that day; the others land, and the mended one reads them all."""
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path / "poisoned"))
    source = FEEDS[0]
    whole = feed.parse

    def stumbles(response: Any, about: Any) -> Iterator[Any]:
        for record in whole(response, about):
            if isinstance(record, ItemRecord) and record.external_id.endswith("/5"):
                yield Rejected(record.external_id, "not a date: '31 February'", repr(record))
            else:
                yield record

    write_replay(tmp_path / "answers", feed_entries([source], items=10))
    with monkeypatch.context() as patch:
        patched_parser(patch, stumbles)
        main(["collect", "--replay", str(tmp_path / "answers"), "--source", source.id, "--now", NOW])
    db = open_writer(collected_path())
    assert db.execute("SELECT count(*) FROM item").fetchone()[0] == 9
    bad = rows(db, "SELECT locator, reason, payload_sha256, parser FROM quarantine")
    assert len(bad) == 1 and bad[0]["locator"].endswith("/5")
    assert len(bad[0]["payload_sha256"]) == 64 and len(bad[0]["parser"]) == 12
    assert rebuild(now=LATER) == 0
    assert "quarantine: 1 go" in capsys.readouterr().out
    assert rows(db, "SELECT * FROM quarantine") == []
    assert db.execute("SELECT count(*) FROM item").fetchone()[0] == 10
    found = rows(db, "SELECT first_seen_at FROM item WHERE external_id LIKE '%/5'")
    assert found == [{"first_seen_at": LATER}], "this record knows it since today"
    check_integrity(db)
    db.close()


def test_a_body_that_is_gone_or_damaged_stops_everything(home: Path, capsys: pytest.CaptureFixture[str]):
    before = content()
    files = sorted(payload_folder().rglob("*.gz"))
    files[0].write_bytes(files[1].read_bytes())
    files[2].unlink()
    files[3].write_bytes(b"not compressed")
    assert rebuild() == 1
    told = capsys.readouterr().err
    assert "nothing was replaced" in told and "the kept body is damaged" in told and "FileNotFoundError" in told
    assert content() == before
    assert not list(home.glob("rebuild-*"))


def test_a_parser_that_no_longer_reads_what_it_read_stops_everything(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = content()

    def broken(*_: Any) -> Iterator[Any]:
        raise ZeroDivisionError("a mistake")
        yield

    patched_parser(monkeypatch, broken)
    assert rebuild() == 1
    assert "ZeroDivisionError: a mistake" in capsys.readouterr().err
    assert content() == before


@pytest.mark.parametrize("moment", ["read", "replace", "commit"])
def test_killed_at_any_moment_the_old_state_stands(home: Path, moment: str, monkeypatch: pytest.MonkeyPatch):
    db = open_writer(collected_path())
    wanted = rebuilt.fingerprint(db)
    with writing(db):
        db.execute("UPDATE event SET title = 'forged' WHERE origin = 'official'")
    forged = rebuilt.fingerprint(db)
    db.close()
    places: dict[str, tuple[Any, str]] = {
        "read": (Interpreter, "__call__"),
        "replace": (store_rebuilt, "_replace_rows"),
        "commit": (store_rebuilt.derived, "rebuild"),
    }
    if (process := os.fork()) == 0:
        owner, name = places[moment]
        calls = 0
        kept = getattr(owner, name)

        def dies(*arguments: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == (1 if moment == "commit" else 8):
                os.kill(os.getpid(), signal.SIGKILL)
            return kept(*arguments, **named)

        if moment == "commit":  # the first call makes the empty database
            calls = -1
        setattr(owner, name, dies)
        rebuild()
        os._exit(0)
    _, status = os.waitpid(process, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    db = open_writer(collected_path())
    assert rebuilt.fingerprint(db) == forged
    assert rebuild() == 0
    assert rebuilt.fingerprint(db) == wanted
    check_integrity(db)
    db.close()


def test_every_row_parsed_from_a_body_names_its_parser_and_every_reading_its_rules(db: Database):
    for table in ("item", "dossier", "event_source", "seat", "quarantine", "unknown_code"):
        ours = {"dossier": "origin = 'official'", "event_source": "retrieved_at <> ''"}.get(table, "true")
        assert db.execute(f"SELECT count(*) FROM {table} WHERE {ours}").fetchone()[0] > 0, table
        assert rows(db, f"SELECT * FROM {table} WHERE parser = '' AND {ours}") == [], table
    for table in ("relevance", "mention", "legal_reference"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0, table
        assert rows(db, f"SELECT * FROM {table} WHERE rules = ''") == [], table


def test_every_table_is_either_made_again_or_carried_over(db: Database):
    carried = {name.strip() for names in rebuilt.CARRIED for name in re.split(r",| and ", names)}
    inner = {"search_pending"}
    tables = {
        str(row["name"]) for row in rows(db, "SELECT name FROM sqlite_master WHERE type = 'table'")
        if not row["name"].startswith(("sqlite_", "_sqlite", "item_search"))
    }  # fmt: skip
    assert tables - set(rebuilt.DERIVED) - carried - inner == set()


def test_a_database_older_than_the_list_of_answers_gets_one_from_its_rows(
    home: Path, db: Database, capsys: pytest.CaptureFixture[str]
):
    parsed = ("item", "dossier", "event_source", "page", "seat", "quarantine", "unknown_code")
    with writing(db):
        db.execute("DROP TABLE answer")
        for table in parsed:
            db.execute(f"ALTER TABLE {table} DROP COLUMN parser")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0012_answers_and_parsers'")
    before = content()
    assert rebuild() == 0
    told = capsys.readouterr().out.splitlines()
    differing = [line for line in told if re.match(r"[a-z_]+: \d+ [a-z]", line)]
    assert differing and all(re.fullmatch(r"[a-z_]+: \d+ name other code", line) for line in differing), differing
    without = [re.sub(r"\('parser', '[0-9a-f]*'\), ", "", line) for line in content()]
    assert sorted(without) == before


def test_a_module_is_told_apart_from_another():
    from collectors import clippings, pages
    from collectors.parsers import parser_version

    modules: tuple[ModuleType, ...] = (feed, pages, clippings)
    assert len({parser_version(one) for one in modules}) == 3
