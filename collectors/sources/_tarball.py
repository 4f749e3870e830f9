"""A tar.gz of XML files, read in memory and never extracted: only regular files, bounded in number and size."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from data.errors import SourceError
from data.models import Rejected, Response, Source

MAX_MEMBERS = 60_000
MAX_MEMBER_BYTES = 10_000_000
MAX_TOTAL_BYTES = 600_000_000


def xml_members(response: Response, source: Source) -> Iterator[tuple[str, bytes] | Rejected]:
    """(name, body) of each XML file, in the archive's order. Raises SourceError for no archive or a bomb."""
    total = count = 0
    try:
        with tarfile.open(fileobj=BytesIO(response.body), mode="r|gz") as archive:
            for member in archive:
                count += 1
                if count > MAX_MEMBERS:
                    raise SourceError(source.id, response.url, f"more than {MAX_MEMBERS} members")
                if not member.isreg() or not member.name.lower().endswith(".xml"):
                    continue
                if member.size > MAX_MEMBER_BYTES:
                    yield Rejected(member.name[:200], f"larger than {MAX_MEMBER_BYTES} bytes")
                    continue
                total += member.size
                if total > MAX_TOTAL_BYTES:
                    raise SourceError(source.id, response.url, f"unpacks to more than {MAX_TOTAL_BYTES} bytes")
                stream = archive.extractfile(member)
                yield member.name, stream.read(MAX_MEMBER_BYTES + 1) if stream is not None else b""
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise SourceError(source.id, response.url, f"not a readable tar.gz: {error}") from error
