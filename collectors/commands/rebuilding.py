"""``rebuild``: every kept body parsed and read again, and the tables compared or replaced."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collectors.apart import Apart
from collectors.assemble import assemble
from collectors.clippings import SOURCE
from collectors.clock import Clock, stamp
from collectors.commands import opened, published
from collectors.interpret import Interpreter
from collectors.rebuilding import Rebuilding
from data import rebuilt, store_rebuilt, store_sources
from data.database import Database, a_copy, collected_path, payload_folder, writer_lock
from data.reference import load_sources


def rebuild_command(options: argparse.Namespace) -> int:
    if options.check:
        with a_copy(collected_path()) as copy:
            db = opened(options.now, copy)
            assemble(db, options.now)
            with _rebuilt(db, options.now, copy.parent):
                same = _told(db)
            db.close()
        print("nothing was written" + ("" if same else ": 'rebuild' puts it in place"))
        return 0 if same else 1
    with writer_lock(collected_path()):
        db = opened(options.now)
        assemble(db, options.now)
        with _rebuilt(db, options.now, collected_path().parent):
            if not _told(db):
                store_rebuilt.replace(db, at=stamp(options.now))
                assemble(db, options.now)
                print(f"after:   {rebuilt.fingerprint(db)}")
        published(db, options.now)
        db.close()
    for what, why in rebuilt.CARRIED.items():
        print(f"carried over: {what} ({why})")
    return 0


@contextmanager
def _rebuilt(db: Database, clock: Clock, folder: Path) -> Iterator[None]:
    """``db`` with what is made again of its answers open beside it, in ``folder`` for as long as it is looked at."""
    sources = {one.id: one for one in (*store_sources.kept_sources(db), *load_sources(), SOURCE)}
    with tempfile.TemporaryDirectory(prefix="rebuild-", dir=folder) as room:
        path = Path(room) / "collected.db"
        fresh = opened(clock, path)
        fresh.execute("PRAGMA synchronous = OFF")  # thrown away when anything happens to it
        store_sources.source_rows(fresh, sources.values())
        with Apart() as parse:
            count = Rebuilding(
                db, fresh, payload_folder(), sources, lambda members: Interpreter(lambda: members), parse
            ).run()
        print(f"{count} kept answers parsed and read again, without a network")
        store_rebuilt.number_as(fresh, db)
        assemble(fresh, clock)
        fresh.close()
        with rebuilt.beside(db, path):
            yield


def _told(db: Database) -> bool:
    """Print both fingerprints and what differs; returns whether they are the same."""
    before, again = rebuilt.fingerprint(db), rebuilt.fingerprint(db, rebuilt.FRESH)
    print(f"before:  {before}\nrebuilt: {again}")
    print("byte-identical" if before == again else "\n".join(one.line() for one in rebuilt.differences(db)))
    return before == again
