"""A clipping somebody adds by hand (txt, html, pdf): the same path as everything fetched.

The day of publication is given, never guessed from the file. HTML goes through trafilatura, PDF through
pypdf; a text file is UTF-8, else cp1252.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from collectors.links import safe_link
from collectors.text import clean, one_line
from data.errors import SourceError
from data.models import ItemRecord, Record, Response, Source

TITLE_LENGTH = 140

SOURCE = Source(
    id="clippings",
    names={"en": "Clippings added by hand", "fr": "Coupures ajoutées à la main"},
    publisher="",
    jurisdiction="int",
    kind="news",
    lang="",
    collector="clippings",
    urls=(),
    licence="rights of the publisher; kept for reading, quoted briefly",
    every_hours=24 * 365,
    min_records=0,
)

# an archive's own first line, "date 2026-01-07 …", is not part of the article
_DATE_HEADER = re.compile(r"^\s*date\s+\d{4}-\d{2}-\d{2}\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clipping:
    """What the person who adds it says of it."""

    name: str
    published_on: date
    publisher: str = ""
    title: str = ""
    url: str = ""
    lang: str = ""
    jurisdiction: str = ""


def clipping_record(response: Response, clipping: Clipping) -> ItemRecord:
    """The item of one file or page. Raises SourceError when no text can be read in it."""
    title, text = _read(response, clipping)
    if not text:
        raise SourceError(SOURCE.id, clipping.name, "no text could be read in it")
    return ItemRecord(
        external_id=clipping.url or f"sha256:{sha256(response.body).hexdigest()}",
        kind="clipping",
        title=clipping.title or title,
        url=safe_link(clipping.url),
        jurisdiction=clipping.jurisdiction or "int",
        lang_declared=clipping.lang,
        lang=clipping.lang,
        text=text,
        published_said=clipping.published_on.isoformat(),
        published_on=clipping.published_on,
        published_quality="date",
        publisher=clipping.publisher,
    )


def _read(response: Response, clipping: Clipping) -> tuple[str, str]:
    body = response.body
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if body[:5] == b"%PDF-":
        return _first_line(text := _pdf_text(body, clipping.name)), text
    if kind in ("text/html", "application/xhtml+xml") or re.match(rb"\s*(<!doctype html|<html)", body[:200], re.I):
        return _html(body, response.url, clipping)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    text = clean(_DATE_HEADER.sub("", text))
    return _first_line(text), text


def _html(body: bytes, url: str, clipping: Clipping) -> tuple[str, str]:
    import trafilatura

    found = trafilatura.bare_extraction(
        body,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        deduplicate=True,
        date_extraction_params={"max_date": clipping.published_on.isoformat()},
    )
    if found is None:
        return "", ""
    page = found if isinstance(found, dict) else found.as_dict()
    text = clean(page.get("text") or "")
    return one_line(page.get("title") or "") or _first_line(text), text


def _pdf_text(body: bytes, name: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(io.BytesIO(body)).pages
        return clean("\n\n".join(page.extract_text() for page in pages))
    except (PyPdfError, ValueError, KeyError) as error:
        raise SourceError(SOURCE.id, name, f"this PDF cannot be read: {error}") from error


def _first_line(text: str) -> str:
    """The first sentence of the first line, as a title."""
    line = text.strip().split("\n", 1)[0]
    sentence = re.split(r"(?<=[.!?…])\s", line, maxsplit=1)[0].rstrip(".")
    return sentence if len(sentence) <= TITLE_LENGTH else sentence[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def as_told(clipping: Clipping) -> dict[str, str]:
    """What somebody said of a clipping, to be stored with its answer."""
    return {name: str(value) for name, value in asdict(clipping).items()}


def from_told(told: Mapping[str, str]) -> Clipping:
    """The clipping of :func:`as_told`. Raises ValueError."""
    return Clipping(**{**told, "published_on": date.fromisoformat(told["published_on"])})  # type: ignore[arg-type]


class ClippingCollector:
    """A collector for one clipping, so that it takes the path of every other response."""

    __file__ = __file__  # the version of its parser is told like that of a module

    def __init__(self, clipping: Clipping) -> None:
        self.clipping = clipping

    def parse(self, response: Response, source: Source) -> Iterator[Record]:
        """The one item of the clipping."""
        yield clipping_record(response, self.clipping)
