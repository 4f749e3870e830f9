"""Writing a release: the rows of every table in three forms, what they mean, and the hash of every file."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from data import queries
from data.database import Database, sqlite3
from data.errors import StorageError
from data.export.plain import joined, no_formula
from data.export.release import about
from data.export.release.tables import LINKS, TABLES, Column, Table
from data.rows import Snapshot
from data.view import View

SQLITE_FILE = "monitor.sqlite"
_PARQUET = {"integer": pa.int64(), "number": pa.float64(), "list": pa.list_(pa.string())}
_SQLITE = {"integer": "INTEGER", "number": "REAL"}


@dataclass(frozen=True, slots=True)
class Release:
    """What was written: the folder and the number of rows of each table."""

    folder: Path
    counts: dict[str, int]


class _Part:
    """A row that belongs to another one: the record, with the key of the other and its own place."""

    def __init__(self, record: Any, **key: Any) -> None:
        self.record = record
        self.__dict__.update(key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.record, name)


def write_release(db: Database, out: Path, *, address: str) -> Release:
    """The release of an edition in a new folder of ``out``, named by the day of the record.

    ``address`` is where the monitor is read. Written beside it first, so that the folder is whole or not there. Raises
    StorageError when the folder is there already.
    """
    snapshot = queries.snapshot(db)
    target = out / f"deepfake-policy-monitor-{snapshot.instant()[:10]}"
    if target.exists():
        raise StorageError(f"{target} is there already: a release is never written over")
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=out, prefix=".release-"))
    try:
        counts = write_files(db, folder, address=address)
        folder.chmod(0o755)
        folder.rename(target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Release(target, counts)


def write_files(db: Database, folder: Path, *, address: str) -> dict[str, int]:
    """The files of a release in a folder that is there and empty; returns the number of rows of each table."""
    snapshot = queries.snapshot(db)
    for name in ("csv", "parquet"):
        (folder / name).mkdir()
    records = _records(db, snapshot)
    counts = {}
    lite = sqlite3.connect(folder / SQLITE_FILE)
    try:
        lite.execute("BEGIN")
        for table in TABLES:
            cells = [[column.value(row) for column in table.columns] for row in records[table.name]]
            counts[table.name] = len(cells)
            _csv(folder / "csv" / f"{table.name}.csv", table, cells)
            _parquet(folder / "parquet" / f"{table.name}.parquet", table, cells)
            _sqlite(lite, table, cells)
        lite.execute("COMMIT")
    finally:
        lite.close()
    for name, words in about.files(snapshot, counts, address).items():
        (folder / name).write_text(words, encoding="utf-8")
    (folder / "SHA256SUMS").write_text("".join(_sums(folder)), encoding="utf-8")
    return counts


def _records(db: Database, snapshot: Snapshot) -> dict[str, Sequence[Any]]:
    """The rows of each table, each in the order of its key or of time."""
    events = queries.timeline(db, View(), newest_first=False)
    actors = queries.listed_actors(db, {one.actor_id for event in events for one in event.actors})
    return {
        "dossiers": sorted(queries.dossiers(db, View()), key=lambda one: one.dossier_id),
        "events": events,
        "event_sources": [
            _Part(one, event_id=event.event_id, n=n) for event in events for n, one in enumerate(event.sources)
        ],
        "event_actors": [_Part(one, event_id=event.event_id) for event in events for one in event.actors],
        "actors": list(actors.values()),
        "roles": [
            _Part(one, actor_id=actor_id, n=n, title_fr=one.titles["fr"], title_en=one.titles["en"])
            for actor_id, held in queries.offices(db, actors).items()
            for n, one in enumerate(held)
        ],
        "sources": sorted(queries.sources_health(db, snapshot.published_at), key=lambda one: one.source_id),
    }


def _csv(path: Path, table: Table, cells: Iterable[Sequence[Any]]) -> None:
    """UTF-8, lines end in CR LF, lists as ``a|b``; no cell is run as a formula."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([one.name for one in table.columns])
        for row in cells:
            writer.writerow([_cell(column, value) for column, value in zip(table.columns, row, strict=True)])


def _cell(column: Column, value: Any) -> str:
    if column.kind == "list":
        return no_formula(joined(value))
    return no_formula(value) if isinstance(value, str) else str(value)


def _parquet(path: Path, table: Table, cells: Sequence[Sequence[Any]]) -> None:
    """Texts as strings, lists as lists; what every column holds stands in its metadata."""
    schema = pa.schema(
        [
            pa.field(one.name, _PARQUET.get(one.kind, pa.string()), metadata={"description": one.holds})
            for one in table.columns
        ],
        metadata={"description": table.holds},
    )
    columns = zip(*cells, strict=True) if cells else ([] for _ in table.columns)
    arrays = [pa.array(list(values), type=field.type) for values, field in zip(columns, schema, strict=True)]
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd")


def _sqlite(lite: Any, table: Table, cells: Sequence[Sequence[Any]]) -> None:
    """Lists as JSON, so that Datasette makes facets of them; links between tables as foreign keys."""
    parts = [f"{one.name} {_SQLITE.get(one.kind, 'TEXT')} NOT NULL" for one in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [
        f"FOREIGN KEY ({column}) REFERENCES {other} ({key})"
        for (name, column), (other, key) in LINKS.items()
        if name == table.name
    ]
    lite.execute(f"CREATE TABLE {table.name} ({', '.join(parts)})")
    marks = ", ".join("?" * len(table.columns))
    lite.executemany(
        f"INSERT INTO {table.name} VALUES ({marks})",
        ([json.dumps(one, ensure_ascii=False) if isinstance(one, list) else one for one in row] for row in cells),
    )


def _sums(folder: Path) -> Iterator[str]:
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n"
