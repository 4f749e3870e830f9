"""What a command does, one module per subject; here what several of them open."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from collectors.analysis.lexicon import rule_version
from collectors.clippings import SOURCE
from collectors.clock import Clock, stamp, today
from collectors.interpret import Interpreter
from collectors.wire import Settings
from data import (
    baseline,
    members,
    migrations,
    store_sources,
)
from data.database import (
    Database,
    collected_path,
    open_writer,
    published_path,
)
from data.publish import publish
from data.reference import load_reference, load_sources
from data.vocabulary import load_vocabulary


def opened(clock: Clock, path: Path | None = None) -> Database:
    """The writer's database (or a copy of it), migrated, with the baseline and the catalogue as the files have them."""
    db = open_writer(path or collected_path())
    migrations.migrate(db)
    store_sources.source_rows(db, [*load_sources(), SOURCE, baseline.SOURCE])
    baseline.load(db, load_reference(), at=stamp(clock))
    return db


def published(db: Database, clock: Clock, path: Path | None = None) -> None:
    """Publish, or write what would be published at ``path``."""
    publish(
        db,
        path or published_path(),
        at=stamp(clock),
        today=today(clock),
        vocabulary_version=load_vocabulary().version,
        rules=rule_version(),
    )


def interpreter(db: Database) -> Interpreter:
    """Reads with the members of parliaments that the registers of this database list."""
    return Interpreter(lambda: members.members(db))


def settings() -> Settings:
    return replace(
        Settings.from_environment(os.environ), allow_loopback=os.environ.get("MONITOR_ALLOW_LOOPBACK") == "1"
    )


def no_such(names: Iterable[str]) -> int:
    print(f"no such source: {', '.join(sorted(names))}; see 'python -m collectors sources'", file=sys.stderr)
    return 2
