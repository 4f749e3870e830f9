"""Opening a body whose shape is known: JSON or XML, never a page for humans; plain dates; table files."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from data.errors import BlockedError, SourceError
from data.models import EventRecord, Response, Source, When

_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?=$|[T ])")
_LADDER = (
    "",
    *("introduced", "committee", "floor", "passed_one", "second_chamber", "reconciliation", "agreed"),
    *("adopted", "review_signature", "enacted", "rejected", "withdrawn", "lapsed", "vetoed"),
)
_STAGES = Path(__file__).parents[2] / "data" / "reference" / "stages"


def refuse_page(response: Response, source: Source) -> None:
    """Raise BlockedError when the body is an HTML page, whatever the status and the content type say."""
    if _HTML.match(response.body[:4096]):
        raise BlockedError(source.id, response.url, "an HTML page instead of data")
    if not response.body.strip():
        raise SourceError(source.id, response.url, "an empty body")


def read_xml(response: Response, source: Source) -> Element:
    """The root element; entities and external references are refused. Raises SourceError."""
    refuse_page(response, source)
    try:
        root: Element = fromstring(response.body)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise SourceError(source.id, response.url, f"not well-formed XML: {error}") from error
    return root


def read_json(response: Response, source: Source) -> Any:
    """The decoded JSON value. Raises SourceError."""
    refuse_page(response, source)
    try:
        return json.loads(response.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SourceError(source.id, response.url, f"not JSON: {error}") from error


def dict_rows(value: Any) -> list[dict[str, Any]]:
    """The dictionaries of a JSON list; anything else is no rows."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def words(element: Element | None, path: str = "") -> str:
    """The stripped text at ``path``; empty when the element is missing or holds only space."""
    found = element.find(path) if element is not None and path else element
    return (found.text or "").strip() if found is not None else ""


def calendar_date(said: str) -> date | None:
    """The day a local timestamp writes, as written: no zone is ever applied. None for the null date."""
    match = _DATE.match(said.strip())
    if not match or match[1] == "0001":
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def on_day(said: str) -> When | None:
    """``said`` as a one-day When that keeps the source's words."""
    day = calendar_date(said)
    return When.on(day, said.strip()) if day else None


@lru_cache(maxsize=16)
def stage_table(name: str) -> dict[str, Any]:
    """One file of ``data/reference/stages``: a source's step codes and what they mean to us."""
    return tomllib.loads((_STAGES / f"{name}.toml").read_text(encoding="utf-8"))


def in_order(events: Iterable[EventRecord]) -> list[EventRecord]:
    """By day, and within a day by the stage reached: the last event of a day says where it ended."""
    return sorted(events, key=lambda e: (e.when.start, _LADDER.index(e.stage), e.external_id))


def option_number(source: Source, key: str, default: int) -> int:
    """A whole number of the source's options, or ``default``."""
    value = source.options.get(key, default)
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def option_words(source: Source, key: str) -> tuple[str, ...]:
    """A list of words of the source's options, in lower case."""
    value = source.options.get(key, ())
    return tuple(str(word).lower() for word in value) if isinstance(value, list | tuple) else ()


def unique(values: Iterable[str]) -> list[str]:
    """The non-empty values in their order, each once."""
    return list(dict.fromkeys(value for value in values if value))
