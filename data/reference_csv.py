"""Reads one reviewed CSV file row by row and names the line of whatever breaks a rule.

The files are UTF-8 with LF ends, one header line, no line break inside a cell. Lists inside a cell are
separated by ``|``. A cell never starts with a character that a spreadsheet takes for a formula, so the
files can be opened, corrected and saved with any spreadsheet.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from data.errors import ReferenceDataError
from data.models import Identifier, When

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

#: ``report(line, problem)``: how a rule that is broken is told.
Report = Callable[[int, str], None]


class Problems:
    """Collects the broken rules of one folder, in the order they were met."""

    def __init__(self) -> None:
        self.found: list[ReferenceDataError] = []

    def reporter(self, file: str) -> Report:
        """A function that files a problem under ``file``."""

        def report(line: int, problem: str) -> None:
            self.found.append(ReferenceDataError(file, line, problem))

        return report


def read_rows(path: Path, columns: tuple[str, ...], report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield ``(line, row)`` of every row with the right number of cells; report the others.

    A file that is missing or has another header yields nothing.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        report(1, "the file is missing")
        return
    except UnicodeDecodeError as error:
        report(1, f"not UTF-8: {error}")
        return
    reader = csv.reader(text.splitlines(keepends=True))
    header = tuple(next(reader, []))
    if header != columns:
        report(1, f"the header must be {','.join(columns)}")
        return
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(columns):
            report(line, f"{len(cells)} cells instead of {len(columns)}")
            continue
        for column, cell in zip(columns, cells, strict=True):
            problem = _cell_problem(cell)
            if problem:
                report(line, f"{column}: {problem}")
        yield line, dict(zip(columns, cells, strict=True))


def _cell_problem(cell: str) -> str:
    if cell.startswith(FORMULA_STARTS):
        return f"starts with {cell[0]!r}, which a spreadsheet reads as a formula"
    if cell != cell.strip():
        return "space around the text"
    if "\n" in cell or "\r" in cell:
        return "line break inside the cell"
    return ""


def split_list(cell: str) -> tuple[str, ...]:
    """The non-empty parts of a ``|`` list."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def split_conditions(cell: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read ``alias [condition; condition]|alias [condition]``.

    A ``|`` inside brackets does not separate. Raises ValueError when an alias has no condition or a
    bracket does not close.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    rest = cell.strip()
    while rest:
        alias, opening, after = rest.partition("[")
        inside, closing, rest = after.partition("]")
        conditions = tuple(part.strip() for part in inside.split(";") if part.strip())
        if not (opening and closing and alias.strip() and conditions) or "|" in alias.strip("| "):
            raise ValueError(f"not 'alias [condition; condition]': {alias.strip()!r}")
        found.append((alias.strip("| "), conditions))
        rest = rest.strip()
        if rest and not rest.startswith("|"):
            raise ValueError(f"'|' expected before {rest[:20]!r}")
    return tuple(found)


def split_pairs(cell: str) -> tuple[tuple[str, str], ...]:
    """Read ``key=value|key=value``. Raises ValueError on a part without ``=``."""
    pairs: list[tuple[str, str]] = []
    for part in split_list(cell):
        key, sign, value = part.partition("=")
        if not (key and sign and value):
            raise ValueError(f"not 'key=value': {part!r}")
        pairs.append((key, value))
    return tuple(pairs)


def split_identifiers(cell: str) -> tuple[Identifier, ...]:
    """Read ``scheme=value|scheme=value``. Raises ValueError on a part without ``=``."""
    return tuple(Identifier(scheme, value) for scheme, value in split_pairs(cell))


def is_link(url: str) -> bool:
    """True for an absolute http(s) address without credentials or blanks."""
    if any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username


def is_date(text: str) -> bool:
    """True when :meth:`data.models.When.parse` reads ``text`` and writes it back the same."""
    try:
        return When.parse(text).iso() == text
    except ValueError:
        return False
