"""From the writer's database to the snapshot people read.

``VACUUM INTO`` a temporary file, delete what is withheld (:mod:`data.withheld`), build the read model in it
(:mod:`data.read_model`), check it, sync it, rename it over the published one. Readers see the old file or the new one,
never a half-written one and never the writer's log; a reader that has the old file open keeps it until it closes.
"""

from __future__ import annotations

import os
from datetime import date
from hashlib import blake2b
from pathlib import Path

from data import derived, read_model, search_index, withheld
from data.database import Database, sqlite3, writing
from data.errors import StorageError
from data.files import sweep, whole
from data.store_kept import outdated_count


def publish(db: Database, target: Path, *, at: str, today: date, vocabulary_version: str, rules: str) -> str:
    """Publish ``db`` as ``target``; returns the snapshot id. ``at`` is the UTC instant, ``today`` the local day.

    ``rules`` is the version of the rule set in force: the snapshot says how many items were read with another.
    Call it under the writer's lock. Raises StorageError when the new file does not pass its check; the published one
    then stays.
    """
    derived.sync_search(db)
    sweep(target.parent, target.name)
    with whole(target) as temporary:
        db.execute("VACUUM INTO ?", (str(temporary),))
        snapshot_id = _build(temporary, at=at, today=today, vocabulary_version=vocabulary_version, rules=rules)
    return snapshot_id


def _build(path: Path, *, at: str, today: date, vocabulary_version: str, rules: str) -> str:
    connection = sqlite3.connect(str(path), isolation_level=None)
    try:
        snapshot = Database(connection, execute_plugins=False)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = OFF")  # synced as a whole before the rename
        snapshot.execute("DELETE FROM answer")  # of use to the collector alone
        if not withheld.is_empty(snapshot):
            with writing(snapshot):
                withheld.remove(snapshot)
            connection.execute("VACUUM")  # deleted rows leave their bytes in a file, and the file may be handed on
        with writing(snapshot):
            read_model.build(snapshot, today=today)
            search_index.index_places(snapshot)
            snapshot_id = blake2b(f"{at}|{path.stat().st_size}|{os.getpid()}".encode(), digest_size=8).hexdigest()
            snapshot.execute(
                "CREATE TABLE snapshot (id TEXT, published_at TEXT, today TEXT, vocabulary_version TEXT,"
                " outdated_count INTEGER, as_of TEXT NOT NULL DEFAULT '') STRICT"
            )
            snapshot.execute(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, '')",
                (snapshot_id, at, today.isoformat(), vocabulary_version, outdated_count(snapshot, rules)),
            )
        connection.execute("ANALYZE")
        verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise StorageError(f"the new snapshot is damaged ({verdict}); the published one stays")
        return snapshot_id
    finally:
        connection.close()
