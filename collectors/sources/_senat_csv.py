"""Tables of the Sénat: the encoding is read off the bytes, the separator off the header, columns found by name.

They begin with ``sep=`` or with ``%`` lines (the query that made them); column names carry stray spaces.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from collectors.sources import _bodies as bodies
from data.errors import SourceError
from data.models import Rejected, Response, Source

_SEPARATORS = "\t;,|"
_BODY = re.compile(r"<body>.*?</body>", re.S | re.I)


def table_rows(response: Response, source: Source, needed: set[str]) -> Iterator[tuple[str, dict[str, str]] | Rejected]:
    """(place, cells by plain column name) of each row; a row that ends before a needed column as Rejected.

    Raises SourceError when the table has no such column.
    """
    bodies.refuse_page(response, source)
    lines = _BODY.sub(_on_one_line, _decoded(response.body)).splitlines(keepends=True)
    while lines and (not lines[0].strip() or lines[0].startswith("%") or lines[0].lower().startswith("sep=")):
        lines.pop(0)
    header = lines[0] if lines else ""
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    try:
        names = [plain(name) for name in next(reader, [])]
        if missing := needed - set(names):
            raise SourceError(source.id, response.url, f"columns missing: {', '.join(sorted(missing))}")
        for number, cells in enumerate(reader, start=1):
            row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
            if missing := needed - set(row):
                if any(row.values()):
                    lacking = ", ".join(sorted(missing))
                    yield Rejected(f"row[{number}]", f"ends before: {lacking}", str(cells)[:2000])
            elif any(row.values()):
                yield f"row[{number}]", row
    except csv.Error as error:
        raise SourceError(source.id, response.url, f"not a table: {error}") from error


def _on_one_line(match: re.Match[str]) -> str:
    """Markup pasted from a word processor holds tabs and line ends of its own, which end no cell."""
    return re.sub(r"[\t\r\n]+", " ", match[0])


def _decoded(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    return text.replace("\x00", "")


def plain(name: str) -> str:
    """A column name without accents, case or stray space."""
    bare = unicodedata.normalize("NFD", name.strip().strip("\ufeff").lower())
    return " ".join("".join(ch for ch in bare if not unicodedata.combining(ch)).split())
