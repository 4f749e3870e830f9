"""Reading the law that items cite and writing which files they speak of; writes only the rows that differ."""

from __future__ import annotations

from collections.abc import Iterable

from data.database import Database, writing
from data.models import Identifier


def cited(db: Database) -> list[tuple[int, str]]:
    """(item, normalised reference) of every citation read, each once, in order."""
    return [
        (int(item_id), str(reference))
        for item_id, reference in db.execute(
            "SELECT DISTINCT item_id, normalised FROM legal_reference ORDER BY item_id, normalised"
        ).fetchall()
    ]


def belongs(db: Database) -> list[tuple[int, Identifier]]:
    """(item, official file it says it is of), of the items that cite law."""
    return [
        (int(item_id), Identifier(str(scheme), str(value)))
        for item_id, scheme, value in db.execute(
            "SELECT item_id, scheme, value FROM item_dossier WHERE item_id IN (SELECT item_id FROM legal_reference)"
        ).fetchall()
    ]


def write_citations(db: Database, found: Iterable[tuple[int, str, str, str]]) -> int:
    """Make ``citation`` hold exactly ``found`` (item, dossier, reference, rule); returns the rows written."""
    wanted = set(found)
    held = {tuple(row) for row in db.execute("SELECT item_id, dossier_id, normalised, rule FROM citation").fetchall()}
    if held == wanted:
        return 0
    with writing(db):
        for row in held - wanted:
            db.execute("DELETE FROM citation WHERE item_id = ? AND dossier_id = ? AND normalised = ?", row[:3])
        for row in sorted(wanted - held):
            db.execute("INSERT INTO citation VALUES (?, ?, ?, ?)", row)
    return len(held ^ wanted)
