"""Records that a source tells now one way, now another: so many returns to what was said before are taken, no more.

A page with two servers behind it, of which one is late, flips for ever; each flip would be a version, lines of the
change log and a feeding of the search. What is new is always taken. What a record said before and says again is taken
until it has as many versions as :data:`MOST`; from then on the words that were taken last stand, and the run says so.
Words that the source then keeps to for a week, without the others in between, are no flip and are taken.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from data.database import Database, rows

#: versions of a record that flips, and contents that are remembered of it
MOST = 24

#: how long a source has to keep to words that were not taken until they are
SETTLED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """A record of a source: its ``kind`` is ``item`` or ``dossier``."""

    source_id: str
    kind: str
    external_id: str

    def key(self) -> dict[str, object]:
        """The same, for a statement."""
        return {"source_id": self.source_id, "kind": self.kind, "external_id": self.external_id}


_KEY = "source_id = :source_id AND kind = :kind AND external_id = :external_id"


def is_taken(db: Database, told: Told, old: str, new: str, *, at: str) -> bool:
    """Whether a record whose content was ``old`` becomes ``new`` (digests) at the UTC instant ``at``; remembers it."""
    found = rows(db, f"SELECT * FROM flip WHERE {_KEY}", told.key())
    known: dict[str, Any] = (
        found[0] if found else {"contents": json.dumps([old]), "return_count": 0, "held": "", "held_since": ""}
    )
    contents: list[str] = json.loads(known["contents"])
    count, held_since = int(known["return_count"]), ""
    if new not in contents:
        contents = [*contents, new][-MOST:]
    elif count + 1 < MOST:
        count += 1
    elif known["held"] != new:
        held_since = at
    elif datetime.fromisoformat(at) - datetime.fromisoformat(known["held_since"]) < SETTLED:
        held_since = known["held_since"]
    values = {
        "contents": json.dumps(contents), "return_count": count, "held": new if held_since else "",
        "held_since": held_since, "held_at": at if held_since else "",
    }  # fmt: skip
    db.execute(
        """
        INSERT INTO flip
        VALUES (:source_id, :kind, :external_id, :contents, :return_count, :held, :held_since, :held_at)
        ON CONFLICT (source_id, kind, external_id) DO UPDATE SET
            contents = excluded.contents, return_count = excluded.return_count, held = excluded.held,
            held_since = excluded.held_since,
            held_at = iif(excluded.held_at = '', held_at, excluded.held_at)
        """,
        told.key() | values,
    )
    return not held_since


def stands(db: Database, told: Told) -> None:
    """The source tells the record as it stands: what was not taken is not what it keeps to."""
    db.execute(f"UPDATE flip SET held = '', held_since = '' WHERE {_KEY} AND held <> ''", told.key())


def held(db: Database, source_id: str, since: str) -> list[str]:
    """Names of the source's records of which something was not taken at ``since`` (UTC) or later."""
    found = db.execute(
        "SELECT external_id FROM flip WHERE source_id = ? AND held_at >= ? ORDER BY kind, external_id",
        (source_id, since),
    ).fetchall()
    return [str(name) for (name,) in found]
