"""A view: the saved set of filters behind a page, a permalink and an export.

One query-string form serves all three: ``jurisdiction=fr&jurisdiction=eu&stage=enacted&from=2025-01-01``.
Keys hold stable codes; lists repeat the key. Unknown keys or malformed dates raise
:class:`~data.errors.ViewError`, so a mistyped link never shows more than it says.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import parse_qsl, urlencode

from data.errors import ViewError

#: query key -> field of :class:`View`
LISTS = {
    "jurisdiction": "jurisdictions",
    "track": "tracks",
    "stage": "stages",
    "type": "types",
    "family": "families",
    "harm": "harms",
    "approach": "approaches",
    "dossier": "dossiers",
    "actor": "actors",
    "origin": "origins",
    "verified": "verified",
    "incident": "incidents",
}
SINGLES = {"from": "since", "to": "until", "q": "query"}

#: keys of the dashboard's addresses that belong to a page and are no filters: a copied link can be pasted anywhere
PAGE_KEYS = frozenset(
    {
        "as_of",
        "at",
        "by",
        "change",
        "changed_from",
        "changed_to",
        "cols",
        "decision",
        "entity",
        "event",
        "exact",
        "facet",
        "file",
        "kind",
        "ladder",
        "lanes",
        "lang",
        "member",
        "name",
        "on",
        "order",
        "page",
        "party",
        "piece",
        "place",
        "publisher",
        "role",
        "since",
        "sort",
        "tab",
        "tag",
        "who",
        "with",
        "within",
        "words",
        "year",
        "zoom",
    }
)


@dataclass(frozen=True, slots=True)
class View:
    """Filters of a timeline. Empty means no filter; ``since`` and ``until`` are inclusive days.

    ``origins`` are ``curated``, ``official`` and ``text``: who says that the event happened.
    ``incidents`` are affairs of ``data/reference/incidents.toml``: what happened after them and belongs to them.
    ``query`` is free text over title and summary in the language of :mod:`data.query_language`; a word stands for
    its other forms, not for its equivalents in other languages.
    """

    jurisdictions: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    verified: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    query: str = ""

    @classmethod
    def parse(cls, query_string: str, *, ignore: frozenset[str] = frozenset()) -> View:
        """Read a query string; ``ignore`` names keys that belong to the page (``lang``, ``event``)."""
        lists: dict[str, list[str]] = {}
        since = until = None
        query = ""
        for key, value in parse_qsl(query_string.lstrip("?"), keep_blank_values=True):
            if key in ignore or not value:
                continue
            if key in LISTS:
                lists.setdefault(LISTS[key], []).append(value)
            elif key == "from":
                since = _day(key, value)
            elif key == "to":
                until = _day(key, value)
            elif key == "q":
                query = value
            else:
                known = ", ".join([*LISTS, *SINGLES])
                raise ViewError(f"unknown filter {key!r}; known: {known}", "key", key, value)
        unique = {name: tuple(dict.fromkeys(values)) for name, values in lists.items()}
        return cls(**unique, since=since, until=until, query=query)

    def pairs(self) -> list[tuple[str, str]]:
        """Query pairs in a stable order, without empty filters."""
        found = [(key, value) for key, name in LISTS.items() for value in getattr(self, name)]
        if self.since:
            found.append(("from", self.since.isoformat()))
        if self.until:
            found.append(("to", self.until.isoformat()))
        if self.query:
            found.append(("q", self.query))
        return found

    def query_string(self) -> str:
        """The inverse of :meth:`parse`."""
        return urlencode(self.pairs())

    def is_empty(self) -> bool:
        """True when no filter is set."""
        return not any(getattr(self, item.name) for item in fields(self))


def _day(key: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ViewError(f"filter {key!r} needs a day as YYYY-MM-DD, not {value!r}", "day", key, value) from error
