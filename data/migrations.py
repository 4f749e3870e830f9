"""The schema of the collected database, one file of ``data/schema_steps`` a step; released steps are never edited.

:func:`migrate` is the only way in. It refuses a foreign file and a newer database, runs the pending steps
and rebuilds the derived objects in one ``BEGIN IMMEDIATE`` transaction, so concurrent first starts are
safe and a step that fails half-way changes nothing. ``data/schema.sql`` shows the result.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Migrations

from data import derived
from data.database import APPLICATION_ID, Database, use_wal, writing
from data.errors import StorageError

collected = Migrations("collected")


def _add(step: Path) -> None:
    """A step is known by its file's name; the file's first line says what it brings."""

    @collected(name=step.stem)
    def run(db: Database) -> None:
        db.executescript(step.read_text(encoding="utf-8"))


for _file in sorted((Path(__file__).parent / "schema_steps").glob("m*.sql")):
    _add(_file)


def known_steps() -> set[str]:
    """Names of the steps this code knows."""
    return {step.name for step in collected.pending(Database(memory=True))}


def migrate(db: Database) -> list[str]:
    """Bring ``db`` to the current schema; returns the names of the steps that ran.

    Raises StorageError for a file of another application or a database written by newer code.
    """
    found = db.execute("PRAGMA application_id").fetchone()[0]
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if found not in (0, APPLICATION_ID) or (found == 0 and tables and "_sqlite_migrations" not in db.table_names()):
        raise StorageError("this file belongs to another application; set MONITOR_HOME to an empty folder")
    use_wal(db)
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        with writing(db):
            if "_sqlite_migrations" in db.table_names():
                applied = {
                    row[0]
                    for row in db.execute(
                        "SELECT name FROM _sqlite_migrations WHERE migration_set = 'collected'"
                    ).fetchall()
                }
                if newer := applied - known_steps():
                    raise StorageError(
                        f"this database was written by a newer version ({', '.join(sorted(newer))}); update the code"
                    )
            ran = [step.name for step in collected.pending(db)]
            collected.apply(db)
            if ran:
                derived.rebuild(db)
                if broken := db.execute("PRAGMA foreign_key_check").fetchall():
                    raise StorageError(f"migration would leave {len(broken)} dangling references; nothing was changed")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    finally:
        db.execute("PRAGMA foreign_keys = ON")
    return ran
