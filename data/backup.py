"""Everything that cannot be fetched again, in one file, and back: the record, the team's database, the kept bodies.

The file is a tar archive: copies of ``collected.db`` and ``desk.db`` (decisions, saved views, subscriptions),
the kept bodies that the copied record names, and at its end a manifest with the size and sha256 of each. An archive
without its manifest is not whole. It holds addresses of readers, so only its owner may read it.
"""

from __future__ import annotations

import json
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from data import desk
from data.database import Database, a_copy, collected_path, home, open_immutable, payload_folder
from data.errors import StorageError
from data.files import sweep, whole
from data.payloads import payload_path

FORMAT = 1
MANIFEST = "manifest.json"
_NAMES = re.compile(r"collected\.db|desk\.db|payloads/([0-9a-f]{2})/\1[0-9a-f]{62}\.gz")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """What an archive holds: how many bodies, how many the record names that are no longer there, bytes in all."""

    payload_count: int
    missing_count: int
    byte_count: int


def backup(target: Path, *, at: str) -> Kept:
    """Write ``target`` whole or not at all; ``at`` is the UTC instant. A collection at work is not disturbed.

    Raises StorageError when there is no database. One backup at a time.
    """
    sweep(target.parent, target.name)
    files: dict[str, dict[str, object]] = {}
    missing = 0
    with a_copy(collected_path()) as record, whole(target) as temporary:
        temporary.touch(mode=0o600)
        with tarfile.open(temporary, "w", format=tarfile.PAX_FORMAT) as archive:
            files["collected.db"] = _add(archive, "collected.db", record)
            copy = record.with_name("desk.db")
            with desk.open_desk() as team:
                team.execute("VACUUM INTO ?", (str(copy),))
            files["desk.db"] = _add(archive, "desk.db", copy)
            for digest in _digests(record):
                path = payload_path(payload_folder(), digest)
                if not path.exists():
                    missing += 1
                    continue
                name = path.relative_to(payload_folder().parent).as_posix()
                files[name] = _add(archive, name, path)
            manifest = {"format": FORMAT, "made_at": at, "missing_count": missing, "files": files}
            text = record.with_name(MANIFEST)
            text.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            _add(archive, MANIFEST, text)
        byte_count = temporary.stat().st_size
    return Kept(sum(name.startswith("payloads/") for name in files), missing, byte_count)


def in_use() -> list[str]:
    """What stands in the home that a restore would replace or stand beside."""
    names = ("collected.db", "desk.db", "published.db")
    found = [name for name in names if (home() / name).exists()]
    return [*found, "payloads"] if any(payload_folder().glob("*/*.gz")) else found


@contextmanager
def unpacked(archive: Path) -> Iterator[Path]:
    """A folder in the home with every file of the archive, checked against its manifest; gone afterwards unless it was
    handed over (:func:`data.restoring.hand_over`).

    Call it under the writer's lock. Raises StorageError when the archive is damaged, not whole or holds anything that
    no backup has.
    """
    folder = home() / "unpacked.tmp"
    shutil.rmtree(folder, ignore_errors=True)  # of a restore that was stopped
    folder.mkdir(parents=True)
    try:
        _unpack(archive, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(archive: Path, folder: Path) -> None:
    found: dict[str, dict[str, object]] = {}
    manifest: bytes | None = None
    try:
        with tarfile.open(archive, "r:") as opened:
            for member in opened:
                source = opened.extractfile(member) if member.isreg() else None
                if source is None or member.name in found or manifest is not None:
                    raise StorageError(f"{archive} holds what no backup has: {member.name!r}")
                if member.name == MANIFEST:
                    manifest = source.read()
                elif _NAMES.fullmatch(member.name):
                    found[member.name] = _write(source, folder / member.name)
                else:
                    raise StorageError(f"{archive} holds what no backup has: {member.name!r}")
    except (tarfile.TarError, EOFError) as error:
        raise StorageError(f"{archive} is no backup, or a damaged one: {error}") from error
    except FileNotFoundError as error:
        raise StorageError(f"no backup at {archive}") from error
    if manifest is None:
        raise StorageError(f"{archive} is not whole: it ends before its manifest")
    _check(archive, manifest, found)


def _check(archive: Path, manifest: bytes, found: dict[str, dict[str, object]]) -> None:
    """Raise unless the files are exactly those of the manifest and the record among them can be opened."""
    try:
        told = json.loads(manifest)
        newer, files = int(told["format"]) > FORMAT, dict(told["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{archive} is damaged: its manifest cannot be read") from error
    if newer:
        raise StorageError(f"{archive} was written by a newer version; update the code")
    if wrong := sorted(name for name in files.keys() | found.keys() if files.get(name) != found.get(name)):
        raise StorageError(f"{archive} is damaged: {wrong[0]} is not what its manifest says ({len(wrong)} in all)")
    if not {"collected.db", "desk.db"} <= found.keys():
        raise StorageError(f"{archive} holds no whole record")


def _digests(record: Path) -> list[str]:
    db: Database = open_immutable(record)
    found = db.execute("SELECT sha256 FROM payload WHERE length(sha256) = 64 ORDER BY sha256").fetchall()
    db.close()
    return [str(one) for (one,) in found]


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest, self.size = source, sha256(), 0

    def read(self, size: int = _BLOCK) -> bytes:
        found = self.source.read(size)
        self.digest.update(found)
        self.size += len(found)
        return found

    def line(self) -> dict[str, object]:
        return {"size": self.size, "sha256": self.digest.hexdigest()}


def _add(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, object]:
    info = tarfile.TarInfo(name)
    info.size, info.mode = path.stat().st_size, 0o600
    with path.open("rb") as source:
        hashed = _Hashed(source)
        archive.addfile(info, hashed)  # all it does is read
    return hashed.line()


def _write(source: IO[bytes], target: Path) -> dict[str, object]:
    target.parent.mkdir(parents=True, exist_ok=True)
    hashed = _Hashed(source)
    with target.open("wb") as handle:
        while block := hashed.read():
            handle.write(block)
    return hashed.line()
