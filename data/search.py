"""Full-text search over what is shown: events, dossiers, actors and the documents on the subject.

The query language is :mod:`data.query_language`; which rows are found, and how many of them are looked at,
:mod:`data.search_found`; what is shown of each, :mod:`data.search_hits`.

The index holds the words of now: in the record of an earlier day, a document whose words changed since is not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from data import snippets
from data.database import Database
from data.official_numbers import key
from data.query_language import Node, Query, parse
from data.rows import SearchPage
from data.search_found import (
    KIND,
    Found,
    Limits,
    counted,
    everything,
    named_exactly,
    ordered,
)
from data.search_held import held
from data.search_hits import hit, publisher_names
from data.search_sql import KINDS, RECORDS, condition
from data.search_terms import widen

#: hits of each kind on the first page of everything
FEW = {"dossier": 5, "actor": 4, "event": 8, "item": 8}


@lru_cache(maxsize=256)
def understood(text: str, *, exact: bool = False, languages: bool = True) -> tuple[Query, Node | None]:
    """The query as typed, and the tree that is looked for: with other forms and, if ``languages``, equivalents."""
    query = parse(text)
    tree = query.tree if exact or query.tree is None else widen(query.tree, languages=languages)
    return query, tree


def record_condition(text: str) -> tuple[str, tuple[object, ...]]:
    """The condition over ``shown_record r`` of the words that filter a view: other forms, no other languages; or its
    whole name or official number.
    """
    found = condition(understood(text, languages=False)[1], RECORDS)
    where, params = found.where, found.params
    if found.match:
        where = f"r.id IN (SELECT rowid FROM record_search WHERE record_search MATCH ?) AND ({where})"
        params = (found.match, *params)
    if len(key(text)) >= 2:
        return f"({where} OR r.id IN (SELECT k.id FROM shown_key k WHERE k.key = ?))", (*params, key(text))
    return f"({where})", params


def search(
    db: Database,
    text: str,
    *,
    kind: str = "",
    jurisdictions: Sequence[str] = (),
    years: Sequence[str] = (),
    types: Sequence[str] = (),
    publishers: Sequence[str] = (),
    since: str = "",
    until: str = "",
    exact: bool = False,
    order: str = "",
    lang: str = "en",
    limit: int = 50,
    offset: int = 0,
) -> SearchPage:
    """Hits with highlighted snippets and counts.

    Without ``kind`` the first page of everything: exact names and numbers, then a few of each kind. With it, one
    page of that kind; ``order`` is ``best`` (the default, but for documents) or ``newest``. ``exact`` looks for the
    words as typed, in no other form or language. Snippets prefer the language ``lang``. Undated records come last.
    """
    _, tree = understood(text, exact=exact)
    if tree is None:
        return SearchPage((), 0, False)
    tree = held(db, tree)
    codes = {"kind": (kind,) if kind else (), "jurisdiction": jurisdictions, "year": years, "type": types,
             "publisher": publishers}  # fmt: skip
    limits = Limits({facet: frozenset(chosen) for facet, chosen in codes.items() if chosen}, since, until)
    named = named_exactly(db, text, limits)
    pool, is_capped = everything(db, tree, limits, named, narrow=False)
    counts, chosen = counted(pool, limits)
    if is_capped and limits.codes:  # older hits may pass the choices
        pool, is_capped = everything(db, tree, limits, named, narrow=True)
        chosen = [one for one in pool if not limits.failed(one)]
    first = [one for one in chosen if one in named]
    rest = [one for one in chosen if one not in first] if first else chosen
    if kind:
        shown = [*first, *ordered(db, tree, rest, order or _order(kind))][offset : offset + limit]
    else:
        shown = list(first)
        for each in KINDS:
            own = [one for one in rest if one[KIND] == each]
            shown += ordered(db, tree, own, _order(each))[: FEW[each]]
    words = snippets.wanted(tree)
    return SearchPage(
        tuple(hit(db, words, Found(*one), lang, is_exact=one in first) for one in shown),
        len(chosen),
        is_capped,
        counts,
        publisher_names(db, {*counts["publisher"], *publishers}),
    )


def _order(kind: str) -> str:
    """Documents newest first, everything else best first."""
    return "newest" if kind == "item" else "best"
