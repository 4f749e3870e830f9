"""What keeps a document that never names the subject: a watched file it hangs on, a watched article it cites.

The files are those on the subject, by official identifier; the articles stand in
``data/reference/watch.toml``. A bill of a hundred articles has a thousand amendments: those on a watched
file are kept and shown with the file, and reach the timeline only when they speak of the subject themselves.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from data.models import Identifier, ItemRecord
from data.readings import Evidence

WATCH = Path(__file__).parents[1] / "data" / "reference" / "watch.toml"

#: kinds that come by the hundred with every bill: on the subject only by their own words
MANY = {"amendment", "speech", "vote"}


@dataclass(frozen=True, slots=True)
class Watched:
    """Identifiers of the files on the subject, as (scheme, value in lower case)."""

    identifiers: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, identifiers: Iterable[Identifier]) -> Watched:
        """From the identifiers of known files; free case numbers prove nothing by themselves."""
        return cls(frozenset((one.scheme, one.value.lower()) for one in identifiers if one.scheme != "case"))

    def digest(self) -> str:
        """Short and stable: the same files and articles, the same word."""
        text = "\n".join([*sorted(f"{scheme} {value}" for scheme, value in self.identifiers), WATCH.read_text("utf-8")])
        return sha256(text.encode()).hexdigest()[:12]


NOTHING = Watched()


@dataclass(frozen=True, slots=True)
class Article:
    """A watched article: normalised reference, the country whose documents are looked at (empty: any).

    ``cited_as`` are the normalised references that mean it, ``dossiers`` the reviewed files it was made in.
    """

    reference: str
    jurisdiction: str
    pattern: re.Pattern[str]
    cited_as: tuple[str, ...]
    dossiers: tuple[str, ...]


@cache
def articles(path: Path = WATCH) -> tuple[Article, ...]:
    """The watched articles, in the file's order."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Article(
            one["reference"],
            one["jurisdiction"],
            re.compile(one["pattern"]),
            tuple(one.get("cited_as", [one["reference"]])),
            tuple(one["dossiers"]),
        )
        for one in table["articles"]
    )


def hangs_on(record: ItemRecord, watched: Watched) -> Evidence | None:
    """The watched file an item belongs to by an official identifier, of its own or of one of its events."""
    for identifier in (*record.dossier, *(one for event in record.events for one in event.dossier)):
        if (identifier.scheme, identifier.value.lower()) in watched.identifiers:
            return Evidence(0, 0, f"{identifier.scheme} {identifier.value}", "watched:dossier")
    return None


def cites(text: str, jurisdiction: str) -> tuple[Evidence, ...]:
    """Watched articles that ``text`` names, each once. Offsets are into ``text``."""
    found = []
    country = jurisdiction.partition("-")[0]
    for one in articles():
        if one.jurisdiction and one.jurisdiction != country:
            continue
        if match := one.pattern.search(text):
            found.append(Evidence(*match.span(), match.group(), f"watched:{one.reference}"))
    return tuple(found)


def comes_by_hundreds(record: ItemRecord) -> bool:
    """True for an amendment, a speech, a vote on less than a whole text: a watched file alone does not show it."""
    whole = {"bill_adopted", "bill_rejected"}
    return record.kind in MANY and not any(event.type in whole for event in record.events)
