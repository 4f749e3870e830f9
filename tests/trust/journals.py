"""Damaged journals: what a power cut can leave of a log that was being written, and worse.

A collection is stopped with all its units in the write-ahead log and none in the database file. Then the log is cut at a
random byte, or one bit of it is turned, or its tail is zeros, and the database is opened: it must hold a whole number of
units, whichever. The team's database keeps a rollback journal instead, which is cut and damaged in the same ways before
its transaction has touched the file: what stood there before must be there. A kill alone would not show this: what a
killed process wrote is whole in the memory of the system.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from data import database, desk
from data.database import Database, open_writer, rows
from tests.dump import counts
from tests.trust import Missed
from tests.trust.dying import KILLED, die, in_child
from tests.trust.kills import NOW, World, each_row_by_itself, home_of, run, world

Damage = Callable[[bytes, random.Random], bytes]


def _cut(log: bytes, chance: random.Random) -> bytes:
    return log[: chance.randrange(len(log))]


def _bit(log: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(log))
    return log[:place] + bytes([log[place] ^ 1 << chance.randrange(8)]) + log[place + 1 :]


def _zeros(log: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(log))
    return log[:place] + bytes(len(log) - place)


def _lost_block(log: bytes, chance: random.Random) -> bytes:
    """One block of the disk was never written."""
    place = chance.randrange(len(log)) // 4096 * 4096
    return log[:place] + bytes(min(4096, len(log) - place)) + log[place + 4096 :]


KINDS: dict[str, Damage] = {"cut": _cut, "one bit": _bit, "zeros": _zeros, "a lost block": _lost_block}


def prove(count: int) -> list[str]:
    """``count`` damaged logs of the record, a tenth as many journals of the team's database, and the control."""
    with world() as found:
        files = _stopped(found, found.folder / "right")
        seen, halves = _opened(found, *files, count)
        if halves:
            raise Missed(f"{halves} of {count} damaged logs left half a unit")
        lines = [
            f"{count} damaged logs ({', '.join(KINDS)}) of {len(files[1])} bytes: 0 half units, 0 integrity errors,"
            f" {len(seen)} different whole numbers of units recovered of {len(found.states)}",
            _journals(found.folder, max(count // 10, len(KINDS))),
        ]
        runs = max(count // 10, 8)
        _, halves = _opened(found, *_stopped(found, found.folder / "wrong", each_row_by_itself), runs)
        lines.append(f"control, a commit for each row: half a unit in {halves} of {runs} damaged logs")
        if 2 * halves < runs:
            raise Missed(f"{lines[-1]}: the proof has no power")
    return lines


def _stopped(world: World, folder: Path, wrongly: Callable[[], None] = lambda: None) -> tuple[bytes, bytes]:
    """The database file and the log of a collection that was stopped when all was committed and nothing copied back."""
    rightly = database.open_writer

    def opened(path: Path) -> Database:
        db = rightly(path)
        db.execute("PRAGMA wal_autocheckpoint = 0")
        return db

    def work(home: Path) -> None:
        wrongly()
        with patch("tests.trust.kills.open_writer", opened), patch("collectors.progress.Progress.close", die):
            run(world, home, publishes=False)

    with home_of(world, folder.name) as home:
        before = (home / "collected.db").read_bytes()
        if (ended := in_child(lambda: work(home))) != KILLED:
            raise Missed(f"the collection was not stopped: it ended with {ended}")
        if (home / "collected.db").read_bytes() != before:
            raise Missed("something was copied back from the log")
        return before, (home / "collected.db-wal").read_bytes()


def _opened(world: World, base: bytes, log: bytes, count: int) -> tuple[Counter[tuple[int, ...]], int]:
    """(how often each whole number of units was found, how many half ones) in ``count`` damaged logs."""
    chance = random.Random(count)
    seen: Counter[tuple[int, ...]] = Counter()
    folder = world.folder / "damaged"
    for n in range(count):
        damage = list(KINDS.values())[n % len(KINDS)]
        folder.mkdir()
        (folder / "collected.db").write_bytes(base)
        (folder / "collected.db-wal").write_bytes(damage(log, chance))
        db = open_writer(folder / "collected.db")
        verdict = db.execute("PRAGMA integrity_check").fetchone()[0]
        seen[tuple(counts(db))] += 1
        db.close()
        shutil.rmtree(folder)
        if verdict != "ok":
            raise Missed(f"damaged log {n}: {verdict}")
    halves = sum(times for found, times in seen.items() if found not in world.states)
    return seen, halves


def _journals(folder: Path, count: int) -> str:
    """The rollback journal of the team's database, damaged before its transaction reached the file."""
    path = folder / "team" / "desk.db"
    with desk.open_desk(path) as team:
        for n in range(50):
            desk.save_view(team, f"view {n}", "jurisdiction=fr", at=NOW)
    kept = path.with_name("kept-journal")

    def work() -> None:
        with desk.open_desk(path) as team:
            team.execute("BEGIN IMMEDIATE")
            team.execute("UPDATE saved_view SET query = 'changed'")
            team.execute("INSERT INTO saved_view SELECT name || ' again', query, at FROM saved_view")
            shutil.copy(f"{path}-journal", kept)
            die()

    before = path.read_bytes()
    if in_child(work) != KILLED or path.read_bytes() != before:
        raise Missed("the transaction reached the file")
    journal, chance = kept.read_bytes(), random.Random(count)
    for n in range(count):
        damaged = list(KINDS.values())[n % len(KINDS)](journal, chance)
        path.write_bytes(before)
        path.with_name("desk.db-journal").write_bytes(damaged)
        with desk.open_desk(path) as team:
            found = rows(team, "SELECT name, query FROM saved_view")
            verdict = team.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok" or len(found) != 50 or any(one["query"] != "jurisdiction=fr" for one in found):
            raise Missed(f"damaged journal {n} of the team's database: {verdict}, {len(found)} views")
    return f"{count} damaged rollback journals of the team's database ({len(journal)} bytes): as before in each"
