"""What every exported file says of itself, and the file that comes out."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from data.database import slug
from data.errors import ViewError
from data.export.plain import one_line
from data.view import View

LANGUAGES = ("fr", "en")

#: what a feed announces
FEEDS = ("changed", "new")

#: the licence of the compiled data by language, see LICENSE-DATA; it cannot cover what others wrote
LICENCES = {
    "en": "CC BY 4.0, Deepfake Policy Monitor contributors; quoted and linked documents keep their publishers' terms",
    "fr": "CC BY 4.0, contributeurs de Deepfake Policy Monitor ; les documents cités ou liés gardent les conditions de "
    "leurs éditeurs",
}


@dataclass(frozen=True)
class Context:
    """The view behind a file. ``as_of`` is the UTC instant of the snapshot; ``count`` its number of events.

    ``permalink_base`` is the address of the timeline page without a query. ``not_covered`` says in
    ``lang`` what the file cannot show (:mod:`data.coverage`). ``day`` is set when the record is that of an earlier
    day: every address in the file then leads to it.
    """

    view_title: str
    view: View
    lang: str
    as_of: str
    count: int
    permalink_base: str
    vocabulary_version: str
    not_covered: str
    day: str = ""

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ViewError(f"unknown language {self.lang!r}; known: {', '.join(LANGUAGES)}")
        self.as_of_instant()

    def as_of_instant(self) -> datetime:
        """``as_of`` as an instant. Raises ValueError when it has no zone."""
        return instant(self.as_of)

    @property
    def licence(self) -> str:
        """The licence of the compiled data, in the language of the file."""
        return LICENCES[self.lang]

    @property
    def is_local(self) -> bool:
        """Do the links lead to the machine that made the file, where nobody else gets to?"""
        host = urlsplit(self.permalink_base).hostname or ""
        return host in ("localhost", "127.0.0.1", "::1")

    def permalink(self) -> str:
        """The address of the view."""
        query = urlencode([*self.view.pairs(), *self._day()])
        return f"{self.permalink_base}?{query}" if query else self.permalink_base

    def event_permalink(self, event_id: str) -> str:
        """The address of one event, whatever the view."""
        return f"{self.permalink_base}?{urlencode([('event', event_id), *self._day()])}"

    def _day(self) -> list[tuple[str, str]]:
        return [("as_of", self.day)] if self.day else []

    def filename(self, extension: str) -> str:
        """A name of ``[a-z0-9-]`` only: title, day and a mark of the query, never a path."""
        folded = unicodedata.normalize("NFKD", one_line(self.view_title)).encode("ascii", "ignore").decode()
        name = slug(folded)[:60].strip("-") or "deepfake-policy-timeline"
        mark = hashlib.sha256(self.view.query_string().encode("utf-8", "replace")).hexdigest()[:8]
        return f"{name}-{self.as_of_instant():%Y-%m-%d}-{mark}.{extension}"


@dataclass(frozen=True)
class Export:
    """A file to hand over. ``notes`` are warnings for the person who takes it, in the interface language."""

    filename: str
    mime: str
    data: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """Choices of CSV (French Excel wants ``;`` and a byte-order mark), of a page and of feeds.

    ``noindex`` asks search engines to leave a page out.
    ``feed`` is what a subscriber of a feed is told of: ``changed`` (new and changed events) or ``new``;
    ``self_link`` the address a feed is fetched from, empty for a file.
    """

    delimiter: str = ","
    bom: bool = False
    noindex: bool = False
    feed: str = "changed"
    self_link: str = ""

    def __post_init__(self) -> None:
        if self.delimiter not in (",", ";"):
            raise ViewError(f"unknown delimiter {self.delimiter!r}; known: ',' and ';'")
        if self.feed not in FEEDS:
            raise ViewError(f"unknown feed {self.feed!r}; known: {', '.join(FEEDS)}")


def instant(text: str) -> datetime:
    """An instant written with its zone, in UTC. Raises ValueError."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"an instant needs its zone: {text!r}")
    return found.astimezone(UTC)
