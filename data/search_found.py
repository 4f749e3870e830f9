"""Which rows of the two search indexes a query finds, how they count by facet, and in which order they stand.

At most :data:`CAP` hits of each index are looked at, those read last; a count that stops there says so. Ranking by
relevance is bounded by :data:`RANKED`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from data.database import Database
from data.official_numbers import key
from data.query_language import Node
from data.search_sql import ITEMS, RECORDS, Condition, condition

CAP = 3_000
RANKED = 1_000
EXACT = 20


class Found(NamedTuple):
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


Row = tuple[Any, ...]
KIND, ID, DAY, STORY = 0, 1, 2, 7
#: facet -> column; a type is counted of events alone, a publisher of documents
_FACETS = {"kind": 0, "jurisdiction": 3, "year": 4, "type": 5, "publisher": 6}


@dataclass(frozen=True, slots=True)
class Limits:
    """What narrows a search: codes per facet, facets without a choice left out, and inclusive days."""

    codes: dict[str, frozenset[str]]
    since: str
    until: str

    def failed(self, one: Row) -> list[str]:
        """The facets whose choice leaves the hit out."""
        return [facet for facet, chosen in self.codes.items() if one[_FACETS[facet]] not in chosen]


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


def everything(db: Database, tree: Node, limits: Limits, named: list[Row], *, narrow: bool) -> tuple[list[Row], bool]:
    """``named`` and at most :data:`CAP` hits of each index, each story once, newest first; and whether there are
    more. ``narrow`` applies the chosen codes too.
    """
    more, params = _days(limits)
    if narrow:
        codes, values = _chosen(limits)
        more, params = more + codes, [*params, *values]
    kinds = limits.codes.get("kind", frozenset()) if narrow else frozenset()
    found: list[Row] = []
    is_capped = False
    for table, target in ((_RECORDS, RECORDS), (_ITEMS, ITEMS)):
        if kinds and ("item" in kinds) != (target is ITEMS):
            continue
        own, bound = (" AND r.kind = ?", [*kinds]) if kinds and target is RECORDS else ("", [])
        asked, values = _statement(table, condition(tree, target), more + own, [*params, *bound], CAP + 1)
        read = db.execute(asked, values).fetchall()
        is_capped = is_capped or len(read) > CAP
        found += _one_per_story(read[:CAP]) if target is ITEMS else dict.fromkeys((*named, *read[:CAP]))
    found.sort(key=itemgetter(DAY), reverse=True)  # keeps the order of ids within a day
    return found, is_capped


def finds_something(db: Database, tree: Node) -> bool:
    """Whether anything at all matches."""
    for found, table in ((condition(tree, RECORDS), _RECORDS), (condition(tree, ITEMS), _ITEMS)):
        asked, params = _statement(table, found, "", (), 1)
        if db.execute(asked, params).fetchone():
            return True
    return False


def _days(limits: Limits) -> tuple[str, list[object]]:
    more = ""
    params: list[object] = []
    if limits.since:
        more, params = more + " AND r.day >= ?", [*params, limits.since]
    if limits.until:
        more, params = more + " AND r.day <> '' AND r.day <= ?", [*params, limits.until]
    return more, params


def _chosen(limits: Limits) -> tuple[str, list[object]]:
    """Codes that a column of both tables holds; the rest is judged on the rows."""
    columns = {"jurisdiction": "r.jurisdiction", "year": "substr(r.day, 1, 4)", "type": "r.type"}
    more = ""
    params: list[object] = []
    for facet, column in columns.items():
        if codes := sorted(limits.codes.get(facet, ())):
            more += f" AND {column} IN ({', '.join('?' * len(codes))})"
            params += codes
    return more, params


def named_exactly(db: Database, text: str, limits: Limits) -> list[Row]:
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


def _one_per_story(found: list[Row]) -> list[Row]:
    """Documents with each story once: by the article that told it first if that was found, else by the newest."""
    shared = {one[STORY] for one in found if one[ID] != one[STORY]}
    if not shared:
        return found
    led = {one[ID] for one in found if one[ID] in shared}
    told: set[int] = set()
    kept = []
    for one in sorted(found, key=itemgetter(DAY), reverse=True):
        story = one[STORY]
        if story in told or (story in led and one[ID] != story):
            continue
        told.add(story)
        kept.append(one)
    return kept


def counted(pool: list[Row], limits: Limits) -> tuple[dict[str, dict[str, int]], list[Row]]:
    """Per facet, code -> hits if it were chosen, most first; and the hits that pass every choice."""
    chosen = pool
    missed: dict[str, list[Row]] = {facet: [] for facet in _FACETS}
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


def ordered(db: Database, tree: Node, found: list[Row], order: str) -> list[Row]:
    """``found`` comes newest first. By relevance: the newest :data:`RANKED`, then the others as they come."""
    if order != "best" or len(found) < 2:
        return found
    target = ITEMS if found[0][KIND] == "item" else RECORDS
    match = condition(tree, target).match
    if not match:
        return found
    near, far = found[:RANKED], found[RANKED:]
    scores = _scores(db, target.index, match, [one[ID] for one in near])
    return sorted(near, key=lambda one: scores.get(one[ID], 0.0)) + far


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
