"""Full-text search over what is shown: events, dossiers, actors and the documents on the subject.

The query language is :mod:`data.query_language`. Whatever the size of the collection, at most :data:`CAP` hits of
each index are looked at, those read last: they are counted, and a count that stops there says so. Ranking by
relevance is bounded by :data:`RANKED`.

The index holds the words of now: in the record of an earlier day, a document whose words changed since is not found.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from data import snippets
from data.database import Database, rows
from data.official_numbers import key
from data.query_language import Node, Query, parse
from data.rows import SearchHit, SearchPage, localised
from data.search_held import held
from data.search_sql import ITEMS, KINDS, RECORDS, Condition, condition
from data.search_terms import widen

CAP = 3_000
RANKED = 1_000
#: hits of each kind on the first page of everything
FEW = {"dossier": 5, "actor": 4, "event": 8, "item": 8}
EXACT = 20
READ = 40_000  # letters of a document in which the words are looked for to be shown
_HEAD = 240  # letters shown of a text that holds none of them


class _Found(NamedTuple):
    """A row of either index; thousands are counted as plain tuples, only those shown are named."""

    kind: str
    id: int
    day: str
    jurisdiction: str
    year: str
    event_type: str
    publisher: str
    story: int
    type: str


_Row = tuple[Any, ...]
_KIND, _ID, _DAY, _STORY = 0, 1, 2, 7
#: facet -> column; a type is counted of events alone, a publisher of documents
_FACETS = {"kind": 0, "jurisdiction": 3, "year": 4, "type": 5, "publisher": 6}


@dataclass(frozen=True, slots=True)
class _Limits:
    """What narrows a search: codes per facet, facets without a choice left out, and inclusive days."""

    codes: dict[str, frozenset[str]]
    since: str
    until: str

    def failed(self, one: _Row) -> list[str]:
        """The facets whose choice leaves the hit out."""
        return [facet for facet, chosen in self.codes.items() if one[_FACETS[facet]] not in chosen]


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
    limits = _Limits({facet: frozenset(chosen) for facet, chosen in codes.items() if chosen}, since, until)
    named = _named(db, text, limits)
    pool, is_capped = _everything(db, tree, limits, named, narrow=False)
    counts, chosen = _counted(pool, limits)
    if is_capped and limits.codes:  # older hits may pass the choices
        pool, is_capped = _everything(db, tree, limits, named, narrow=True)
        chosen = [one for one in pool if not limits.failed(one)]
    first = [one for one in chosen if one in named]
    rest = [one for one in chosen if one not in first] if first else chosen
    if kind:
        shown = [*first, *_ordered(db, tree, rest, order or _order(kind))][offset : offset + limit]
    else:
        shown = list(first)
        for each in KINDS:
            own = [one for one in rest if one[_KIND] == each]
            shown += _ordered(db, tree, own, _order(each))[: FEW[each]]
    words = snippets.wanted(tree)
    return SearchPage(
        tuple(_hit(db, words, _Found(*one), lang, is_exact=one in first) for one in shown),
        len(chosen),
        is_capped,
        counts,
        _publisher_names(db, {*counts["publisher"], *publishers}),
    )


def _order(kind: str) -> str:
    """Documents newest first, everything else best first."""
    return "newest" if kind == "item" else "best"


def finds_something(db: Database, tree: Node) -> bool:
    """Whether anything at all matches."""
    for found, sql in ((condition(tree, RECORDS), _RECORDS), (condition(tree, ITEMS), _ITEMS)):
        statement, params = _statement(sql, found, "", (), 1)
        if db.execute(statement, params).fetchone():
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Table:
    columns: str
    table: str
    index: str
    key: str


_RECORDS = _Table(
    """r.kind, r.id, r.day, r.jurisdiction, substr(r.day, 1, 4), CASE r.kind WHEN 'event' THEN r.type ELSE '' END, '',
       0, r.type""",
    "shown_record",
    "record_search",
    "id",
)
_ITEMS = _Table(
    "'item', r.item_id, r.day, r.jurisdiction, substr(r.day, 1, 4), '', r.publisher, r.story, r.type",
    "shown_item",
    "item_search",
    "item_id",
)


def _statement(
    table: _Table, found: Condition, more: str, params: Sequence[object], limit: int
) -> tuple[str, list[object]]:
    """The newest ids first; CROSS JOIN keeps the index outside, so that the walk can stop at the limit."""
    where = f"({found.where}){more}"
    if found.match:
        sql = f"""SELECT {table.columns} FROM {table.index} s CROSS JOIN {table.table} r ON r.{table.key} = s.rowid
                  WHERE {table.index} MATCH ? AND {where} ORDER BY s.rowid DESC LIMIT ?"""
        return sql, [found.match, *found.params, *params, limit]
    sql = f"SELECT {table.columns} FROM {table.table} r WHERE {where} ORDER BY r.{table.key} DESC LIMIT ?"
    return sql, [*found.params, *params, limit]


def _everything(
    db: Database, tree: Node, limits: _Limits, named: list[_Row], *, narrow: bool
) -> tuple[list[_Row], bool]:
    """``named`` and at most :data:`CAP` hits of each index, each story once, newest first; and whether there are
    more. ``narrow`` applies the chosen codes too.
    """
    more, params = _days(limits)
    if narrow:
        codes, values = _chosen(limits)
        more, params = more + codes, [*params, *values]
    kinds = limits.codes.get("kind", frozenset()) if narrow else frozenset()
    found: list[_Row] = []
    is_capped = False
    for table, target in ((_RECORDS, RECORDS), (_ITEMS, ITEMS)):
        if kinds and ("item" in kinds) != (target is ITEMS):
            continue
        own, bound = (" AND r.kind = ?", [*kinds]) if kinds and target is RECORDS else ("", [])
        statement, values = _statement(table, condition(tree, target), more + own, [*params, *bound], CAP + 1)
        read = db.execute(statement, values).fetchall()
        is_capped = is_capped or len(read) > CAP
        found += _one_per_story(read[:CAP]) if target is ITEMS else dict.fromkeys((*named, *read[:CAP]))
    found.sort(key=itemgetter(_DAY), reverse=True)  # keeps the order of ids within a day
    return found, is_capped


def _days(limits: _Limits) -> tuple[str, list[object]]:
    more = ""
    params: list[object] = []
    if limits.since:
        more, params = more + " AND r.day >= ?", [*params, limits.since]
    if limits.until:
        more, params = more + " AND r.day <> '' AND r.day <= ?", [*params, limits.until]
    return more, params


def _chosen(limits: _Limits) -> tuple[str, list[object]]:
    """Codes that a column of both tables holds; the rest is judged on the rows."""
    columns = {"jurisdiction": "r.jurisdiction", "year": "substr(r.day, 1, 4)", "type": "r.type"}
    more = ""
    params: list[object] = []
    for facet, column in columns.items():
        if codes := sorted(limits.codes.get(facet, ())):
            more += f" AND {column} IN ({', '.join('?' * len(codes))})"
            params += codes
    return more, params


def _named(db: Database, text: str, limits: _Limits) -> list[_Row]:
    """Records whose whole name or official number was typed."""
    asked = key(text)
    if len(asked) < 2:
        return []
    more, params = _days(limits)
    return db.execute(
        f"""SELECT {_RECORDS.columns} FROM shown_key k JOIN shown_record r USING (id)
            WHERE k.key = ?{more} ORDER BY r.id DESC LIMIT ?""",
        [asked, *params, EXACT],
    ).fetchall()


def _one_per_story(found: list[_Row]) -> list[_Row]:
    """Documents with each story once: by the article that told it first if that was found, else by the newest."""
    shared = {one[_STORY] for one in found if one[_ID] != one[_STORY]}
    if not shared:
        return found
    led = {one[_ID] for one in found if one[_ID] in shared}
    told: set[int] = set()
    kept = []
    for one in sorted(found, key=itemgetter(_DAY), reverse=True):
        story = one[_STORY]
        if story in told or (story in led and one[_ID] != story):
            continue
        told.add(story)
        kept.append(one)
    return kept


def _counted(pool: list[_Row], limits: _Limits) -> tuple[dict[str, dict[str, int]], list[_Row]]:
    """Per facet, code -> hits if it were chosen, most first; and the hits that pass every choice."""
    chosen = pool
    missed: dict[str, list[_Row]] = {facet: [] for facet in _FACETS}
    if limits.codes:
        chosen = []
        for one in pool:
            failed = limits.failed(one)
            if not failed:
                chosen.append(one)
            elif len(failed) == 1:
                missed[failed[0]].append(one)
    counts = {}
    for facet, column in _FACETS.items():
        counted = Counter(map(itemgetter(column), chosen))
        counted.update(map(itemgetter(column), missed[facet]))
        counts[facet] = {each: n for each, n in sorted(counted.items(), key=lambda one: (-one[1], one[0])) if each}
    return counts, chosen


def _ordered(db: Database, tree: Node, found: list[_Row], order: str) -> list[_Row]:
    """``found`` comes newest first. By relevance: the newest :data:`RANKED`, then the others as they come."""
    if order != "best" or len(found) < 2:
        return found
    target = ITEMS if found[0][_KIND] == "item" else RECORDS
    match = condition(tree, target).match
    if not match:
        return found
    near, far = found[:RANKED], found[RANKED:]
    scores = _scores(db, target.index, match, [one[_ID] for one in near])
    return sorted(near, key=lambda one: scores.get(one[_ID], 0.0)) + far


def _scores(db: Database, index: str, match: str, ids: Collection[int]) -> dict[int, float]:
    """bm25 of some rows, a title counting for more; lower is better."""
    weights = "6.0, 1.0" if index == "record_search" else "6.0, 3.0, 1.0"
    wanted = set(ids)
    found = db.execute(
        f"SELECT rowid, bm25({index}, {weights}) FROM {index} WHERE {index} MATCH ? AND rowid BETWEEN ? AND ?"
        " ORDER BY rowid DESC LIMIT ?",
        (match, min(wanted), max(wanted), CAP),
    )
    return {int(one): float(score) for one, score in found.fetchall() if one in wanted}


def _hit(db: Database, words: snippets.Words, found: _Found, lang: str, *, is_exact: bool) -> SearchHit:
    if found.kind == "item":
        row = rows(
            db,
            """SELECT CAST(i.item_id AS TEXT) AS ref, t.title, i.url, i.publisher, i.lang, '{}' AS titles, t.summary,
                      substr(t.text, 1, ?) AS text
               FROM item i JOIN item_text t USING (item_id) WHERE i.item_id = ?""",
            (READ, found.id),
        )[0]
        texts = [row["summary"], row["text"]]
    else:
        row = rows(
            db,
            """SELECT r.ref, r.heading AS title, r.url, r.publisher, r.lang, r.titles, r.title AS every_title,
                      coalesce(e.summaries, '{}') AS summaries,
                      coalesce(e.date, CASE r.kind WHEN 'dossier' THEN (
                          SELECT max(l.date) FROM shown_event l
                          WHERE l.dossier_id = r.ref AND l.date_start = r.day AND l.status = 'occurred') END, r.day)
                      AS date
               FROM shown_record r LEFT JOIN shown_event e ON r.kind = 'event' AND e.event_id = r.ref
               WHERE r.id = ?""",
            (found.id,),
        )[0]
        texts = _texts(db, words, found.kind, row, lang)
    values = {name: row[name] for name in ("ref", "title", "url", "publisher", "lang")}
    return SearchHit(
        **values,
        titles=json.loads(row["titles"]),
        kind=found.kind,
        date=row.get("date", found.day),
        jurisdiction=found.jurisdiction,
        type=found.type,
        snippet=_snippet(texts, words),
        is_exact=is_exact,
        also=_also(db, found),
    )


def _texts(db: Database, words: snippets.Words, kind: str, row: dict[str, Any], lang: str) -> list[str]:
    """Where the words of an event, a file or an actor may stand: the summary in the reader's language, quotes; what
    is in another language only where the title that is shown does not hold the words.
    """
    summaries = json.loads(row["summaries"])
    heading = localised(json.loads(row["titles"]), lang, row["title"])
    texts = [summaries.get(lang, "")]
    if kind == "event":
        quotes = db.execute("SELECT quote FROM shown_source WHERE event_id = ? ORDER BY n", (row["ref"],)).fetchall()
        texts += [str(quote) for (quote,) in quotes]
    if not snippets.marked(heading, words):
        texts += [text for code, text in summaries.items() if code != lang]
        texts += [one for one in row["every_title"].split(" · ") if one != heading]
    return texts


def _snippet(texts: list[str], words: snippets.Words) -> snippets.Parts:
    """The first text that holds one of the words, around it; else the beginning of the first."""
    for text in texts:
        if found := snippets.marked(text, words):
            return found
    head = next((text for text in texts[:2] if text), "")
    return ((_head(head), False),) if head else ()


def _head(text: str) -> str:
    return text if len(text) <= _HEAD else text[:_HEAD].rsplit(" ", 1)[0] + " …"


def _also(db: Database, found: _Found) -> tuple[str, ...]:
    """The other publishers of the item's story."""
    if found.kind != "item":
        return ()
    tellers: list[Any] = db.execute(
        """
        SELECT DISTINCT i.publisher FROM story y JOIN item i USING (item_id)
        WHERE y.story_id = ? AND i.item_id <> ?
          AND i.publisher <> (SELECT publisher FROM item WHERE item_id = ?)
        ORDER BY i.publisher
        """,
        (found.story, found.id, found.id),
    ).fetchall()
    return tuple(str(publisher) for (publisher,) in tellers)


def _publisher_names(db: Database, codes: Collection[str]) -> dict[str, str]:
    wanted = sorted(codes)[:500]
    marks = ", ".join("?" * len(wanted))
    found = db.execute(f"SELECT code, min(name) FROM shown_publisher WHERE code IN ({marks}) GROUP BY code", wanted)
    return {str(code): str(name) for code, name in found.fetchall()}
