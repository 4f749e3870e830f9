"""One SQLite library, one writer, migrations that are safe to start at once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import utils

from data import database, migrations
from data.database import (
    Database,
    has_safe_wal,
    limited,
    open_immutable,
    open_writer,
    rows,
    slug,
    writer_lock,
    writing,
)
from data.errors import StorageError, TooLongError
from tests.shared import ROOT


def test_one_sqlite_library_is_loaded_and_new_enough_for_wal():
    assert database.sqlite3 is utils.sqlite3
    assert has_safe_wal(database.sqlite3.sqlite_version_info)
    others = {name for name in ("pysqlite3", "pysqlite3.dbapi2") if name in sys.modules}
    assert others, "the library sqlite-utils chose must be the packaged one, not the system's"


def test_versions_with_the_wal_reset_bug_are_not_switched_to_wal():
    assert not has_safe_wal((3, 40, 1))
    assert not has_safe_wal((3, 51, 2))
    assert has_safe_wal((3, 44, 6))
    assert has_safe_wal((3, 51, 3))


def test_migration_runs_once_and_matches_the_schema_snapshot(tmp_path: Path):
    db = open_writer(tmp_path / "a.db")
    assert migrations.migrate(db) == sorted(migrations.known_steps())
    assert migrations.migrate(db) == []
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    found = ";\n\n".join(
        row[0]
        for row in db.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'item_search_%'"
            " AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY type DESC, name"
        ).fetchall()
    )
    expected = ROOT / "data" / "schema.sql"
    if not expected.exists():
        expected.write_text(found + ";\n", encoding="utf-8")
        pytest.fail("data/schema.sql was missing and has been written: review it")
    assert found + ";\n" == expected.read_text(encoding="utf-8")


def test_rows_read_before_learn_the_rule_set_of_their_item(tmp_path: Path):
    db = open_writer(tmp_path / "a.db")
    migrations.collected.apply(db, stop_before="m0005_rules_of_each_row")
    db.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("INSERT INTO source VALUES ('s', '{}', '', '', 'news', '', '', '', '', 1, 1, 0, '')")
    db.execute(
        "INSERT INTO item VALUES (7, 's', 'a', 'article', '', '', '', '[]', '', '', '', NULL, '', '', '', '', '', '', '')"
    )
    db.execute("INSERT INTO relevance VALUES ('item', '7', 1, 1.0, '[]', '[]', 'abc')")
    db.execute("INSERT INTO mention VALUES (7, 0, 4, 'Name', NULL, 'Name', 'list')")
    db.execute("INSERT INTO legal_reference VALUES (7, 0, 4, 'Act', 'uk:act:x', 'instrument')")
    for event_id, origin, rule in (("read", "text", "clause:word@abc"), ("told", "official", "mail@source")):
        db.execute(
            "INSERT INTO event VALUES (NULL, ?, 's', ?, 'other', '2026-01-01', '2026-01-01', 'day', '', 'occurred', '',"
            " '', NULL, 7, '', '', '', '', '{}', '{}', '[]', ?, '', 1.0, '', 0, '', '')",
            (event_id, event_id, origin),
        )
        db.execute("INSERT INTO event_source VALUES (?, 0, '', '', '', '', '', ?, '', '')", (event_id, rule))
    assert migrations.migrate(db)[0] == "m0005_rules_of_each_row"
    assert rows(db, "SELECT rules FROM mention UNION ALL SELECT rules FROM legal_reference") == [{"rules": "abc"}] * 2
    assert rows(db, "SELECT event_id, rule, rules, start FROM event_source ORDER BY event_id") == [
        {"event_id": "read", "rule": "clause:word", "rules": "abc", "start": None},
        {"event_id": "told", "rule": "mail@source", "rules": "", "start": None},
    ]


def test_every_table_of_ours_is_strict(tmp_path: Path):
    db = open_writer(tmp_path / "a.db")
    migrations.migrate(db)
    loose = [
        row[0]
        for row in db.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
        )
        if not row[0].startswith(("sqlite_", "_sqlite", "item_search"))
    ]
    assert loose == []


def test_a_foreign_file_is_refused(tmp_path: Path):
    db = open_writer(tmp_path / "other.db")
    db.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StorageError, match="another application"):
        migrations.migrate(db)


def test_a_newer_database_is_refused(tmp_path: Path):
    db = open_writer(tmp_path / "a.db")
    migrations.migrate(db)
    db["_sqlite_migrations"].insert(
        {"migration_set": "collected", "name": "m9999_from_the_future", "applied_at": "2030-01-01"}
    )
    with pytest.raises(StorageError, match="newer version"):
        migrations.migrate(db)


def test_four_first_starts_at_once_all_succeed(tmp_path: Path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]);"
        "from data.database import open_writer; from data.migrations import migrate; from pathlib import Path;"
        "migrate(open_writer(Path(sys.argv[1])))"
    )
    target = str(tmp_path / "a.db")
    running = [subprocess.Popen([sys.executable, "-c", code, target, str(ROOT)]) for _ in range(4)]
    assert [one.wait(60) for one in running] == [0, 0, 0, 0]


def test_a_unit_that_fails_leaves_nothing(tmp_path: Path):
    db = open_writer(tmp_path / "a.db")
    migrations.migrate(db)
    with pytest.raises(RuntimeError), writing(db):
        db.execute("INSERT INTO host VALUES ('example.org', '2026-01-01T00:00:00Z')")
        raise RuntimeError
    assert db.execute("SELECT count(*) FROM host").fetchone()[0] == 0


def test_a_full_disk_is_an_error_and_not_a_half_unit(tmp_path: Path):
    db = open_writer(tmp_path / "a.db")
    migrations.migrate(db)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(database.sqlite3.OperationalError, match="full"), writing(db):
        for n in range(10_000):
            db.execute("INSERT INTO host VALUES (?, ?)", (f"host-{n}" * 20, "2026-01-01T00:00:00Z"))
    assert db.execute("SELECT count(*) FROM host").fetchone()[0] == 0
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path):
    with writer_lock(tmp_path / "a.db"):
        code = (
            "import sys; sys.path.insert(0, sys.argv[2]);"
            "from data.database import writer_lock; from pathlib import Path\n"
            "with writer_lock(Path(sys.argv[1])): pass"
        )
        found = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "a.db"), str(ROOT)], capture_output=True, text=True
        )
    assert found.returncode == 1
    assert "another collection is running (process" in found.stderr


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[Database]:
    db = open_writer(tmp_path / "a.db")
    migrations.migrate(db)
    db.close()
    found = open_immutable(tmp_path / "a.db")
    yield found
    found.close()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO host VALUES ('x', 'y')", "UPDATE host SET host = 'x'", "DELETE FROM host", "DROP TABLE host",
        "CREATE TABLE new (x)", "CREATE TEMP TABLE new (x)", "CREATE TEMP VIEW new AS SELECT 1", "ALTER TABLE host RENAME TO x",
        "INSERT INTO item_search(item_search) VALUES ('rebuild')", "ATTACH DATABASE 'other.db' AS other", "DETACH main", "VACUUM",
        "VACUUM INTO 'other.db'", "REINDEX", "ANALYZE", "PRAGMA query_only = OFF", "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = ON", "PRAGMA user_version = 7", "PRAGMA temp_store_directory = '/tmp'", "PRAGMA wal_checkpoint",
        "SELECT load_extension('x')", "CREATE VIRTUAL TABLE temp.new USING fts5(x)",
    ],
)  # fmt: skip
def test_a_reader_can_only_ask(sql: str, readers: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(database.sqlite3.DatabaseError, match=r"not authori[sz]ed|prohibited|denied"):
        readers.execute(sql)
    assert [one.name for one in tmp_path.iterdir()] == ["a.db"]


def test_what_pages_and_the_search_ask_is_allowed(readers: Database):
    readers.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9) SELECT count(*) FROM n")
    readers.execute("SELECT rank FROM item_search WHERE item_search MATCH 'deepfake' ORDER BY rank").fetchall()
    readers.execute("SELECT j.value FROM json_each('[1]') j JOIN pragma_table_info('item') USING (type)").fetchall()
    assert readers["host"].columns


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_question_is_ended_by_the_clock_and_the_connection_stays_of_use(readers: Database):
    began = time.monotonic()
    with pytest.raises(TooLongError, match=r"longer than 0\.2 s"), limited(readers, 0.2):
        readers.execute(ENDLESS).fetchall()
    assert 0.2 <= time.monotonic() - began < 5
    assert readers.execute("SELECT 1").fetchall() == [(1,)]


def test_the_limit_is_for_all_that_is_asked_within_and_for_nothing_after(readers: Database):
    some = ENDLESS.replace("FROM n) SELECT", "FROM n LIMIT 300000) SELECT")
    with pytest.raises(TooLongError), limited(readers, 0.2):
        while True:
            readers.execute(some).fetchall()
    with limited(readers, 0.01):
        time.sleep(0.02)
    readers.execute(some).fetchall()


def test_another_mistake_of_a_question_stays_what_it_is(readers: Database):
    with pytest.raises(database.sqlite3.OperationalError, match="no such table"), limited(readers, 5):
        readers.execute("SELECT * FROM nowhere")


def test_a_missing_snapshot_says_what_to_do(tmp_path: Path):
    with pytest.raises(StorageError, match="make run"):
        open_immutable(tmp_path / "none.db")


def test_slugs_are_readable_and_stable():
    assert slug("fr-assemblee", "DLR5L16N47884") == "fr-assemblee-dlr5l16n47884"
    assert slug("eu.procedure", "2025/0359(COD)") == "eu-procedure-2025-0359-cod"
