"""The catalogue of sources: ``data/reference/sources/*.toml``, one table a source, its id the table's name.

A source without a licence, an expected interval and an expected minimum cannot be registered.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.errors import ReferenceDataError
from data.models import Source
from data.vocabulary import load_vocabulary

FOLDER = Path(__file__).parent / "reference" / "sources"

_NEEDED: dict[str, type] = {
    "names": dict,
    "publisher": str,
    "jurisdiction": str,
    "kind": str,
    "lang": str,
    "collector": str,
    "urls": list,
    "licence": str,
    "every_hours": int,
    "min_records": int,
}
_OPTIONAL: dict[str, type] = {
    "max_mb": int,
    "timezone": str,
    "official": bool,
    "robots": bool,
    "key_env": str,
    "options": dict,
}


def load_sources(folder: Path | None = None) -> tuple[Source, ...]:
    """Every source, by id. Raises ReferenceDataError naming file and line of the first broken rule."""
    problems: list[ReferenceDataError] = []
    found = _read(folder or FOLDER, problems)
    if problems:
        raise problems[0]
    return found


def check_sources(folder: Path | None = None) -> list[ReferenceDataError]:
    """Every broken rule of the catalogue."""
    problems: list[ReferenceDataError] = []
    _read(folder or FOLDER, problems)
    return problems


def _read(folder: Path, problems: list[ReferenceDataError]) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            problems.append(ReferenceDataError(path.name, int(line[1]) if line else 1, str(error)))
            continue
        for source_id, table in tables.items():
            line_number = _line(text, source_id)
            said = _problems(source_id, table)
            if source_id in found:
                said.append(f"the id {source_id!r} stands twice")
            problems.extend(ReferenceDataError(path.name, line_number, one) for one in said)
            if not said:
                found[source_id] = Source(
                    id=source_id, **{**table, "urls": tuple(table["urls"]), "names": dict(table["names"])}
                )
    return tuple(found[source_id] for source_id in sorted(found))


def _problems(source_id: str, table: Any) -> list[str]:
    if not isinstance(table, dict):
        return [f"{source_id!r} is not a table"]
    vocabulary = load_vocabulary()
    known = {**_NEEDED, **_OPTIONAL}
    said = [f"{source_id}: {key} is missing" for key in _NEEDED if key not in table]
    said += [f"{source_id}: unknown key {key!r}" for key in table if key not in known]
    said += [
        f"{source_id}: {key} must be {known[key].__name__}"
        for key, value in table.items()
        if key in known and (not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)))
    ]
    if said:
        return said
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", source_id):
        said.append(f"{source_id}: an id is of [a-z0-9_-]")
    if not all(isinstance(table["names"].get(lang), str) for lang in ("en", "fr")):
        said.append(f"{source_id}: a name in en and in fr")
    if not vocabulary.has("jurisdictions", table["jurisdiction"]):
        said.append(f"{source_id}: unknown jurisdiction {table['jurisdiction']!r}")
    if not vocabulary.has("source_kinds", table["kind"]):
        said.append(f"{source_id}: unknown kind {table['kind']!r}")
    for url in table["urls"]:
        if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            said.append(f"{source_id}: not an http(s) address: {url!r}")
    if not table["urls"]:
        said.append(f"{source_id}: at least one address")
    if not table["licence"]:
        said.append(f"{source_id}: the licence as the publisher states it")
    if table["every_hours"] < 1 or table["min_records"] < 0:
        said.append(f"{source_id}: every_hours from 1, min_records from 0")
    return said


def _line(text: str, source_id: str) -> int:
    """The line of the table's header."""
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[\s*\"?{re.escape(source_id)}\"?[\s.\]]", line):
            return number
    return 1
