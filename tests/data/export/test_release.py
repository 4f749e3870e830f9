"""A release opens in DuckDB, as CSV and in Datasette: three forms of the same rows, whose links lead somewhere."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import re
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pytest
import yaml
from datasette.app import Datasette

from data import queries
from data.database import Database, open_immutable, sqlite3
from data.errors import StorageError
from data.export.__main__ import main
from data.export.plain import QUOTE_LETTERS
from data.export.release import tables, write_release
from data.export.release.tables import LINKS, TABLES
from data.view import View
from tests.dashboard import snapshot as sample

Answer = TypeVar("Answer")
NAMES = [one.name for one in TABLES]
ADDRESS = "https://monitor.example/timeline"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    sample.build(folder)
    return folder


@pytest.fixture(scope="module")
def db(home: Path) -> Iterator[Database]:
    found = open_immutable(home / "published.db")
    yield found
    found.close()


@pytest.fixture(scope="module")
def folder(db: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the snapshot."""
    return write_release(db, tmp_path_factory.mktemp("out"), address=ADDRESS).folder


def answered(question: Coroutine[Any, Any, Answer]) -> Answer:
    """What a coroutine gives, in a thread of its own: a browser of another test may keep a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, question).result()


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", NAMES)
def test_csv_parquet_and_sqlite_hold_the_same_rows(folder: Path, name: str):
    table = next(one for one in TABLES if one.name == name)
    key = ", ".join(table.key)
    parquet = duckdb.sql(f"SELECT * FROM '{folder}/parquet/{name}.parquet' ORDER BY {key}")
    assert parquet.columns == [one.name for one in table.columns]
    lite = sqlite3.connect(folder / "monitor.sqlite")
    told = lite.execute(f"SELECT * FROM {name} ORDER BY {key}").fetchall()
    lite.close()
    lists = {n for n, one in enumerate(table.columns) if one.kind == "list"}
    held = [tuple(list(cell) if n in lists else cell for n, cell in enumerate(row)) for row in parquet.fetchall()]
    assert held == [tuple(json.loads(cell) if n in lists else cell for n, cell in enumerate(row)) for row in told]
    written = rows_of(folder / "csv" / f"{name}.csv")
    assert len(written) == len(held)
    assert held or name == "roles"  # nobody of the sample holds an office
    assert {tuple(row[one] for one in table.key) for row in written} == {
        tuple(str(row[parquet.columns.index(one)]) for one in table.key) for row in held
    }


def test_it_holds_every_event_with_its_day_and_precision(folder: Path, db: Database):
    told = duckdb.sql(f"SELECT event_id, date_start, date_end, precision FROM '{folder}/parquet/events.parquet'")
    expected = [
        (one.event_id, one.date_start, one.date_end, one.precision)
        for one in queries.timeline(db, View(), newest_first=False)
    ]
    assert told.fetchall() == expected


def test_every_link_leads_to_a_row(folder: Path):
    for (name, column), (other, key) in LINKS.items():
        lost = duckdb.sql(
            f"SELECT DISTINCT {column} FROM '{folder}/parquet/{name}.parquet' WHERE {column} <> ''"
            f" AND {column} NOT IN (SELECT {key} FROM '{folder}/parquet/{other}.parquet')"
        ).fetchall()
        assert [one for one in lost if not (column == "source_id" and one[0] == "baseline")] == [], (name, column)


def test_what_every_column_holds_is_told_to_people_and_programs(folder: Path):
    readme = (folder / "README.md").read_text("utf-8")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    served = json.loads((folder / "datasette.json").read_text("utf-8"))["databases"]["monitor"]["tables"]
    for table, resource in zip(TABLES, package["resources"], strict=True):
        for column in table.columns:
            assert f"| `{column.name}` | {column.kind} | {column.holds} |" in readme
            assert column.holds in served[table.name]["columns"][column.name]
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [one["name"] for one in resource["schema"]["fields"]]
    assert {one.kind for table in TABLES for one in table.columns} == {
        "text", "day", "instant", "integer", "number", "list",
    }  # fmt: skip


def test_a_citation_file_names_version_licence_and_address(folder: Path, db: Database):
    told = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert told["cff-version"] == "1.2.0"
    assert told["license"] == "CC-BY-4.0"
    assert told["url"] == ADDRESS
    assert str(told["version"]) == queries.snapshot(db).instant()[:10] == folder.name[-10:]


def test_every_file_is_there_with_its_hash(folder: Path):
    sums = dict(
        reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    )  # fmt: skip
    files = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()} - {"SHA256SUMS"}
    assert files == set(sums)
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == told for name, told in sums.items())


def test_datasette_serves_it_as_it_is(folder: Path):
    metadata = json.loads((folder / "datasette.json").read_text("utf-8"))

    async def ask(path: str) -> tuple[int, str]:
        served = Datasette([str(folder / "monitor.sqlite")], metadata=metadata)
        answer = await served.client.get(path)
        return answer.status_code, answer.text

    status, text = answered(ask("/monitor/events.json?_shape=array&_size=max"))
    assert status == 200
    assert {one["event_id"] for one in json.loads(text)} == {
        row["event_id"] for row in rows_of(folder / "csv/events.csv")
    }
    status, page = answered(ask("/monitor/events"))
    assert status == 200
    assert "First day, cut to what is known" in page  # what a column holds stands on its page


def test_the_published_database_opens_in_datasette_too(home: Path):
    async def ask() -> int:
        served = Datasette([], immutables=[str(home / "published.db")])
        return int((await served.client.get("/published/shown_event.json")).status_code)

    assert answered(ask()) == 200


def test_a_quotation_stays_short_and_a_hostile_text_stays_text(folder: Path):
    assert tables.shortened("x" * 5000) == "x" * (QUOTE_LETTERS - 1) + "…"
    assert tables.shortened("a\r\nb\x00c") == "a b c"
    for path in (folder / "csv").iterdir():
        for row in rows_of(path):
            assert not any(re.match(r"[=+\-@\t\r]", cell) for cell in row.values())


def test_a_release_is_never_written_over(folder: Path, db: Database):
    with pytest.raises(StorageError, match="never written over"):
        write_release(db, folder.parent, address=ADDRESS)
    assert [one.name for one in folder.parent.iterdir()] == [folder.name]


def test_the_command_writes_it_and_says_how_much(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MONITOR_HOME", str(home))
    assert main(["release", str(tmp_path)]) == 0
    assert re.search(r"\d+ dossiers, \d+ events, ", capsys.readouterr().err)
    assert main(["release", str(tmp_path)]) == 2
