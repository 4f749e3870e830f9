"""Loads the sources of ``data/reference/sources/<jurisdiction>.toml``: one table per source."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.errors import ReferenceDataError
from data.models import Source
from data.reference_csv import is_link
from data.vocabulary import load_vocabulary

FOLDER = Path(__file__).parent / "reference" / "sources"

REQUIRED = (
    "names",
    "publisher",
    "kind",
    "lang",
    "collector",
    "urls",
    "licence",
    "every_hours",
    "min_records",
)
TYPES: dict[str, type | tuple[type, ...]] = {
    "names": dict, "publisher": str, "jurisdiction": str, "kind": str, "lang": str, "collector": str,
    "urls": list, "licence": str, "every_hours": int, "min_records": int, "max_mb": int, "timezone": str,
    "official": bool, "robots": bool, "key_env": str, "key_in": str, "accept": str, "method": str, "since": date,
    "overlap_days": int, "quiet_days": int, "keep": str, "articles": bool, "contract": str, "options": dict,
}  # fmt: skip


#: codes and forms a text setting may have
ALLOWED = {
    "key_in": r"query:[\w.-]+|header:[\w-]+(:.*\{key\}.*)?|oauth:https://.+",
    "method": "GET|POST",
    "keep": "all|subject",
    "contract": "evolve|freeze|discard_row|discard_value",
}

EXAMPLE_DAY = datetime(2026, 1, 2)


def load_sources(folder: Path | None = None) -> tuple[Source, ...]:
    """Every registered source, by file then by table; no folder means no source.

    Raises ReferenceDataError with the file and the line of the table's header.
    """
    found: dict[str, Source] = {}
    for path in sorted((folder or FOLDER).glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ReferenceDataError(f"sources/{path.name}", _toml_line(str(error)), str(error)) from error
        for source_id, table in tables.items():
            try:
                source = _source(source_id, path.stem, table)
                if source_id in found:
                    raise ValueError(f"{source_id!r} is registered twice")
            except ValueError as error:
                line = _header_line(text, source_id)
                raise ReferenceDataError(f"sources/{path.name}", line, str(error)) from error
            found[source_id] = source
    return tuple(found.values())


def _source(source_id: str, file_stem: str, table: object) -> Source:
    if not isinstance(table, dict):
        raise ValueError(f"{source_id!r} stands outside a table")
    watched = isinstance(table.get("options"), dict) and table["options"].get("watch_only") is True
    missing = [key for key in REQUIRED if table.get(key) in (None, "", [], {}) and not (key == "urls" and watched)]
    if missing:
        raise ValueError(f"{source_id} cannot be registered without {', '.join(missing)}")
    for key, value in table.items():
        expected = TYPES.get(key)
        if expected is None:
            raise ValueError(f"{source_id}: unknown key {key!r}")
        if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
            raise ValueError(f"{source_id}: {key} has the wrong type")
    _check_values(source_id, table)
    values: dict[str, Any] = {item.name: table[item.name] for item in fields(Source) if item.name in table}
    values["urls"] = tuple(table["urls"])
    values.setdefault("jurisdiction", file_stem)
    return Source(id=source_id, **values)


def _check_values(source_id: str, table: dict[str, Any]) -> None:
    if not all(isinstance(table["names"].get(lang), str) and table["names"][lang] for lang in ("en", "fr")):
        raise ValueError(f"{source_id}: names needs fr and en")
    if not load_vocabulary().has("source_kinds", table["kind"]):
        raise ValueError(f"{source_id}: {table['kind']!r} is not in the list source_kinds")
    for url in table["urls"]:
        if not isinstance(url, str) or not is_link(_filled(source_id, url, bool(table.get("since"))).partition("#")[0]):
            raise ValueError(f"{source_id}: not an http(s) address: {url!r}")
    for key, allowed in ALLOWED.items():
        if key in table and not re.fullmatch(allowed, table[key]):
            raise ValueError(f"{source_id}: {key} cannot be {table[key]!r}")
    if bool(table.get("key_env")) != bool(table.get("key_in")):
        raise ValueError(f"{source_id}: key_env and key_in belong together")
    if table["every_hours"] < 1 or table["min_records"] < 0 or table.get("max_mb", 1) < 1:
        raise ValueError(f"{source_id}: every_hours and max_mb are at least 1, min_records at least 0")


def _filled(source_id: str, url: str, has_since: bool) -> str:
    """The address with its dates filled in, to see that it is one; ``{since}`` needs a declared first day."""
    if "{" not in url:
        return url
    if "{since" in url and not has_since:
        raise ValueError(f"{source_id}: {{since}} without a declared first day")
    try:
        return url.format(since=EXAMPLE_DAY, today=EXAMPLE_DAY)
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(f"{source_id}: only {{since}} and {{today}} can be filled in: {url!r}") from error


def _header_line(text: str, source_id: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\[+\s*[\"']?{re.escape(source_id)}[\"']?\s*[\].]", line.strip()):
            return number
    return 1


def _toml_line(message: str) -> int:
    match = re.search(r"line (\d+)", message)
    return int(match[1]) if match else 1
