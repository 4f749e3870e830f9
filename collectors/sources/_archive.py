"""A zip of one JSON record per file, read in memory and never extracted.

An archive is hostile until read: the number of members and the bytes they really unpack to are bounded (declared
sizes prove nothing), names are only ever shown, and a member that cannot be read costs that member alone.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from collectors.sources import _bodies as bodies
from data.errors import SourceError
from data.models import Rejected, Response, Source

MB = 1_000_000
MAX_MEMBERS = 400_000
MAX_MEMBER_BYTES = 20 * MB
MAX_TOTAL_MB = 3_000
_CHUNK = 1 << 16
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One record: the name of its file and the object it holds."""

    name: str
    value: dict[str, Any]


class Archive:
    """The JSON members of a response. Raises SourceError when the body is no such archive."""

    def __init__(self, response: Response, source: Source) -> None:
        bodies.refuse_page(response, source)
        self._response = response
        self._source = source
        self._cap = bodies.option_number(source, "max_unpacked_mb", MAX_TOTAL_MB) * MB
        self._most = bodies.option_number(source, "max_members", MAX_MEMBERS)
        try:
            self._zip = zipfile.ZipFile(BytesIO(response.body))
        except _UNREADABLE as error:
            raise self._error(f"not a zip archive: {error}") from error
        infos = self._zip.infolist()
        if len(infos) > self._most:
            raise self._error(f"{len(infos)} members, more than {self._most}")
        self._infos = [info for info in infos if _is_record(info)]
        if not self._infos:
            raise self._error("an archive without any JSON file")

    def read(self, wanted: frozenset[str] | None = None) -> Iterator[Member | Rejected]:
        """Every JSON member in the archive's order, or those of ``wanted`` names; bad ones as Rejected."""
        left = self._cap
        for info in self._infos:
            if wanted is not None and info.filename not in wanted:
                continue
            try:
                body = self._bytes(info, min(left, MAX_MEMBER_BYTES))
            except _UNREADABLE as error:
                yield Rejected(info.filename, f"unreadable member: {error}")
                continue
            if body is None and left <= MAX_MEMBER_BYTES:
                raise self._error(f"unpacks to more than {self._cap // MB} MB")
            if body is None:
                left -= MAX_MEMBER_BYTES
                yield Rejected(info.filename, f"larger than {MAX_MEMBER_BYTES // MB} MB")
                continue
            left -= len(body)
            yield _decoded(info.filename, body)

    def _bytes(self, info: zipfile.ZipInfo, most: int) -> bytes | None:
        """What the member really holds; None once it passes ``most`` bytes."""
        parts: list[bytes] = []
        size = 0
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    return None
                parts.append(chunk)
        return b"".join(parts)

    def _error(self, problem: str) -> SourceError:
        return SourceError(self._source.id, self._response.url, problem)


def _is_record(info: zipfile.ZipInfo) -> bool:
    """A JSON file; not a folder (whose name may be empty), nor the resource fork that macOS adds beside each file."""
    name = info.filename.replace("\\", "/")
    last = name.rpartition("/")[2]
    return last.lower().endswith(".json") and not last.startswith("._")


def _decoded(name: str, body: bytes) -> Member | Rejected:
    try:
        value = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Rejected(name, f"not JSON: {error}", body[:2000].decode("utf-8", "replace"))
    if not isinstance(value, dict):
        return Rejected(name, "not a JSON object", body[:2000].decode("utf-8", "replace"))
    return Member(name, value)
