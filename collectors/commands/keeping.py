"""``backup`` and ``restore``: everything that cannot be fetched again, in one file, and back."""

from __future__ import annotations

import argparse

from collectors.clock import stamp
from collectors.commands import opened, published
from data import store_sources
from data.backup import backup, in_use, unpacked
from data.database import collected_path, home, only_one, writer_lock
from data.errors import StorageError
from data.restoring import hand_over


def backup_command(options: argparse.Namespace) -> int:
    with only_one(home() / "backup.lock", "backup"):
        kept = backup(options.file, at=stamp(options.now))
    print(f"{options.file}: the record, the team's decisions and {kept.payload_count} kept bodies,"
          f" {kept.byte_count / 1e6:.1f} MB")  # fmt: skip
    if kept.missing_count:
        print(f"{kept.missing_count} bodies that the record names are no longer kept")
    return 0


def restore_command(options: argparse.Namespace) -> int:
    """Unpack and check, bring to the current schema, publish, all aside; then take the places of the old files."""
    with writer_lock(collected_path()), only_one(home() / "notify.lock", "notify"):
        if not options.replace and (found := in_use()):
            raise StorageError(
                f"{home()} is not empty ({', '.join(found)}): set MONITOR_HOME to an empty folder, or say --replace"
            )
        with unpacked(options.file) as folder:
            db = opened(options.now, folder / "collected.db")
            published(db, options.now, folder / "published.db")
            count = store_sources.event_count(db)
            db.close()
            hand_over(folder, home())
    print(f"restored: {count} events in {home()}")
    return 0
