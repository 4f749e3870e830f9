"""What a search found, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.rows.events import localised


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A found record. ``kind``: event, dossier, actor, item. ``snippet`` is a list of (text, is_match) parts.

    ``type`` is the type of an event, the track of a file, the kind of an actor or document. ``is_exact``: what was
    typed is its whole name or official number. ``also`` names the other publishers of an article's story.
    """

    kind: str
    ref: str
    title: str
    snippet: tuple[tuple[str, bool], ...]
    date: str
    jurisdiction: str
    url: str
    publisher: str
    lang: str
    type: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    is_exact: bool = False
    also: tuple[str, ...] = ()

    def heading(self, lang: str) -> str:
        """Title in ``lang`` when reviewed, else the official wording."""
        return localised(self.titles, lang, self.title)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits, and counts per facet; ``total`` is exact unless ``is_capped``.

    ``counts`` holds, per facet (kind, jurisdiction, year, type, publisher), code -> hits if that code were chosen,
    the other choices kept. ``publishers`` gives the names of the publishers counted. When ``is_capped``, everything
    is counted among the hits read last.
    """

    hits: tuple[SearchHit, ...]
    total: int
    is_capped: bool
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    publishers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlsoSearched:
    """What was looked for beside ``word``, as far as any text holds it: its other forms, the same in other words.

    ``must_be_absent``: the word was excluded, and its forms with it.
    """

    word: str
    forms: tuple[str, ...]
    equivalents: tuple[str, ...]
    must_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class FoundNothing:
    """A part of a query that found nothing. ``text`` is the part as typed, ``absent`` when it finds nothing alone.

    ``query`` is the rest of the query, or empty when the rest finds nothing either. ``nearest`` are
    (spelling, query with it) that find something.
    """

    text: str
    absent: bool
    query: str
    nearest: tuple[tuple[str, str], ...] = ()
