"""The schema of the collected database, one function a step; released steps are never edited.

:func:`migrate` is the only way in. It refuses a foreign file and a newer database, runs the pending steps
and rebuilds the derived objects in one ``BEGIN IMMEDIATE`` transaction, so concurrent first starts are
safe and a step that fails half-way changes nothing. ``data/schema.sql`` shows the result.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from data import derived, schema_steps
from data.database import APPLICATION_ID, Database, use_wal, writing
from data.errors import StorageError

collected = Migrations("collected")


@collected()
def m0001_first_schema(db: Database) -> None:
    """Everything of the first release."""
    db.executescript(schema_steps.M0001)


@collected()
def m0002_health_pages_stories(db: Database) -> None:
    """Measures of a visit, files of items, pages of articles, stories, joined actors."""
    db.executescript(schema_steps.M0002)


@collected()
def m0003_figures_positions(db: Database) -> None:
    """Figures and positions read in items; the rule that read a citation."""
    db.executescript(schema_steps.M0003)


@collected()
def m0004_reviews(db: Database) -> None:
    """What the team decided about events and items."""
    db.executescript(schema_steps.M0004)


@collected()
def m0005_rules_of_each_row(db: Database) -> None:
    """The version of the rule set beside every row that was read, the span beside every event."""
    db.executescript(schema_steps.M0005)


@collected()
def m0006_citations(db: Database) -> None:
    """Files that items speak of by citing their law."""
    db.executescript(schema_steps.M0006)


@collected()
def m0007_seats(db: Database) -> None:
    """Seats of members of parliaments, with their dates."""
    db.executescript(schema_steps.M0007)


@collected()
def m0008_earlier_rows(db: Database) -> None:
    """Rows as they stood before a change, for turning the record back to a day."""
    db.executescript(schema_steps.M0008)


@collected()
def m0009_withheld(db: Database) -> None:
    """What is withheld because it names a private person."""
    db.executescript(schema_steps.M0009)


@collected()
def m0010_language_of_quotes(db: Database) -> None:
    """The language of a quoted sentence, where it is told."""
    db.executescript(schema_steps.M0010)


@collected()
def m0011_search_on_the_subject(db: Database) -> None:
    """The search index holds the documents on the subject alone; it is made anew after the steps."""
    db.executescript(schema_steps.M0011)


@collected()
def m0012_answers_and_parsers(db: Database) -> None:
    """Every answer in the order it was read; the version of the parser beside every row it gave."""
    db.executescript(schema_steps.M0012)


@collected()
def m0013_withheld_actors(db: Database) -> None:
    """Who is no policy actor by the team's word."""
    db.executescript(schema_steps.M0013)


@collected()
def m0014_told_again(db: Database) -> None:
    """A piece told again under another name is found by its address; what flips between two texts is counted."""
    db.executescript(schema_steps.M0014)


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
