"""Backups and restores killed at any moment: what stood there before, or what was to stand there; never a mixture."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import StringIO
from pathlib import Path

from collectors.__main__ import main
from data import desk
from data.backup import unpacked
from data.database import open_immutable, open_writer, writer_lock
from tests.dump import dump
from tests.trust import Missed
from tests.trust.dying import KILLED, Point, dies_at, in_child, quick_folder, surroundings
from tests.trust.kills import readable

NOW = "2026-11-25T06:00:00Z"

BACKUP = (
    Point("before the copy", "data.backup:a_copy"),
    Point("before the team's copy", "data.backup:desk.open_desk"),
    Point("before a body is added", "data.backup:payload_path"),
    Point("the archive written", "data.files:sync"),
    Point("before its rename", "pathlib:Path.replace"),
)
RESTORE = (
    Point("before unpacking", "data.backup:_unpack"),
    Point("before checking", "data.backup:_check"),
    Point("unpacked and checked", "data.backup:_check", after=True),
    Point("before migrating", "data.migrations:migrate"),
    Point("before publishing", "collectors.commands:publish"),
    Point("all ready", "data.restoring:sync"),
    Point("before it has its name", "pathlib:Path.rename"),
)
HAND_OVER = (
    Point("it has its name", "pathlib:Path.rename", after=True),
    Point("before the places", "data.restoring:settle"),
    Point("before a place", "data.restoring:_place"),
    Point("in its place", "data.restoring:_place", after=True),
)
#: a body, the record, the team's database, what is published
PLACES = 4


@dataclass(frozen=True, slots=True)
class Stand:
    """Two homes, the archive of the second, and what stands in the first before and after restoring it."""

    folder: Path
    old: Path
    archive: Path
    before: list[str]
    after: list[str]

    def restore(self) -> int:
        return main(["restore", "--replace", str(self.archive), "--now", NOW])


@contextmanager
def stand() -> Iterator[Stand]:
    """A monitor with nothing but its baseline, and the backup of one with a clipping and a saved view more."""
    with quick_folder() as folder:
        archive, clipping = folder / "new.tar", folder / "clipping.txt"
        clipping.write_text("Le 12 janvier 2026, l'Arcom a ouvert une enquête sur les hypertrucages.", encoding="utf-8")
        for name in ("old", "new"):
            with surroundings(MONITOR_HOME=str(folder / name)):
                assert main(["build", "--now", NOW]) == 0
                if name == "new":
                    words = ["--published", "2026-01-13", "--title", "Deepfakes : une enquête", "--now", NOW]
                    assert main(["add", str(clipping), *words]) == 0
                    assert main(["backup", str(archive), "--now", NOW]) == 0
                with desk.open_desk() as team:
                    desk.save_view(team, name, "jurisdiction=fr", at=NOW)
                if name == "new":
                    assert main(["backup", str(archive), "--now", NOW]) == 0
        found = Stand(folder, folder / "old", archive, content(folder / "old"), [])
        with copied(found) as home:
            assert found.restore() == 0
            after = content(home)
        if after != content(folder / "new"):
            raise Missed("what is restored is not what was kept")
        yield Stand(folder, found.old, archive, found.before, after)


@contextmanager
def copied(stand: Stand) -> Iterator[Path]:
    """The old home, for one try."""
    home = stand.folder / "home"
    shutil.copytree(stand.old, home)
    try:
        with surroundings(MONITOR_HOME=str(home)):
            yield home
    finally:
        shutil.rmtree(home)


def content(home: Path) -> list[str]:
    """Every row of the three databases and every body, after whatever was left half-way is settled."""
    with writer_lock(home / "collected.db"):
        rows = []
        for name in ("collected.db", "desk.db"):
            db = open_writer(home / name)
            rows += [f"{name} {line}" for line in dump(db, items=name == "collected.db")]
            db.close()
        with readable(home) as shown:
            rows += [f"published {line}" for line in dump(shown) if not line.startswith("snapshot: ")]
    bodies = [f"{path.name} {sha256(path.read_bytes()).hexdigest()}" for path in home.glob("payloads/*/*.gz")]
    return [*rows, *sorted(bodies)]


def restored_after(stand: Stand, work: Callable[[], int], kill_after: float | None = None) -> tuple[int, str]:
    """(how ``work`` ended in a child, whether the home is ``old``, ``new`` or ``mixed`` afterwards)."""
    with copied(stand) as home:
        ended = in_child(work, kill_after)
        found = content(home)
        verdict = "old" if found == stand.before else "new" if found == stand.after else "mixed"
        if in_child(stand.restore):
            return ended, "not to be restored again"
        return ended, verdict if content(home) == stand.after else "mixed"


def prove(count: int) -> list[str]:
    """``count`` restores killed at random points, then one at each named point of a restore and of a backup."""
    with redirect_stdout(StringIO()), stand() as found:
        began = time.monotonic()
        assert in_child(lambda: _in_copy(found)) == 0
        span = time.monotonic() - began
        told = {"old": 0, "new": 0}
        chance, killed = random.Random(9), 0
        while killed < count:
            ended, verdict = restored_after(found, found.restore, kill_after=chance.uniform(0, span))
            if verdict not in told:
                raise Missed(f"after kill {killed} of a restore the home is {verdict}")
            told[verdict] += 1
            killed += ended == KILLED
        tried = [(point, 1, "old") for point in RESTORE] + [(point, 1, "new") for point in HAND_OVER]
        tried += [(point, nth, "new") for point in HAND_OVER[2:] for nth in range(2, PLACES + 1)]
        for point, nth, expected in tried:
            seen = restored_after(found, partial(_dying, point, nth, found.restore))
            if seen != (KILLED, expected):
                raise Missed(f"a restore killed at {point.name!r}, passing {nth}: {seen}, expected {expected}")
        for point in BACKUP:
            _backup_killed(found, point)
    return [
        f"{killed} restores killed at random: {told['old']} homes as before, {told['new']} restored, 0 mixed",
        f"{len(tried)} named points of a restore: as before up to the last step, restored from there on",
        f"{len(BACKUP)} named points of a backup: the archive before it stays whole",
    ]


def _in_copy(stand: Stand) -> int:
    with copied(stand):
        return stand.restore()


def _dying(point: Point, nth: int, work: Callable[[], int]) -> int:
    dies_at(point, nth)
    return work()


def _backup_killed(stand: Stand, point: Point) -> None:
    with surroundings(MONITOR_HOME=str(stand.folder / "new")):
        target = stand.folder / "kept.tar"
        shutil.copy(stand.archive, target)
        words = ["backup", str(target), "--now", NOW]
        if (ended := in_child(lambda: _dying(point, 1, lambda: main(words)))) != KILLED:
            raise Missed(f"a backup was not killed at {point.name!r}: it ended with {ended}")
        if target.read_bytes() != stand.archive.read_bytes():
            raise Missed(f"a backup killed at {point.name!r} left another archive")
        assert in_child(lambda: main(words)) == 0
        left = [one.name for one in (*stand.folder.glob("kept.tar.*"), *(stand.folder / "new").glob("copy-*"))]
        if left:
            raise Missed(f"left behind by a backup killed at {point.name!r}: {left}")
        with copied(stand), unpacked(target) as folder:
            db = open_immutable(folder / "collected.db")
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            db.close()
