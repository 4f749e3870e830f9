"""Full-text search over what is shown: events, dossiers, actors and the items on the subject.

User input never reaches the MATCH language: it is cut into words, each quoted. Default order is newest
first, which costs the same for a rare and a common word; counts stop at a cap and say so.

The index holds the words of now: in the record of an earlier day, a document whose words changed since is not found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from data.database import Database, rows
from data.rows import SearchHit, SearchPage

MAX_WORDS = 32
CAP = 5_000
_START, _END = "\x02", "\x03"


def match_expression(text: str) -> str:
    """A safe FTS5 expression: every word must occur, the last one as a prefix; matches nothing when empty."""
    words = re.findall(r"\w+", "".join(ch for ch in text if ch.isprintable()), flags=re.UNICODE)[:MAX_WORDS]
    words = [word.encode("utf-8", "ignore").decode() for word in words]
    words = [word for word in words if word]
    if not words:
        return '""'
    return " ".join(f'"{word}"' for word in words[:-1]) + f' "{words[-1]}"*'


def search(
    db: Database,
    text: str,
    *,
    kinds: Sequence[str] = (),
    jurisdictions: Sequence[str] = (),
    since: str = "",
    until: str = "",
    limit: int = 50,
    offset: int = 0,
) -> SearchPage:
    """Hits newest first with highlighted snippets. Undated records come last."""
    expression = match_expression(text)
    if expression == '""':
        return SearchPage((), 0, False)
    found = _one_per_story(_found(db, expression, since, until))
    chosen = [
        one
        for one in found
        if (not kinds or one["kind"] in kinds) and (not jurisdictions or one["jurisdiction"] in jurisdictions)
    ]
    by_kind: dict[str, int] = {}
    by_place: dict[str, int] = {}
    for one in found:
        if not jurisdictions or one["jurisdiction"] in jurisdictions:
            by_kind[one["kind"]] = by_kind.get(one["kind"], 0) + 1
        if not kinds or one["kind"] in kinds:
            by_place[one["jurisdiction"]] = by_place.get(one["jurisdiction"], 0) + 1
    hits = tuple(_hit(db, expression, one) for one in chosen[offset : offset + limit])
    return SearchPage(hits, len(chosen), len(found) >= CAP, by_kind, by_place)


def _found(db: Database, expression: str, since: str, until: str) -> list[dict[str, Any]]:
    """The newest matches of both indexes, at most ``CAP``, newest first."""
    return rows(
        db,
        """
        SELECT * FROM (
            SELECT 'record' AS place, r.id AS id, r.kind AS kind, r.day AS day, r.jurisdiction AS jurisdiction,
                   -r.id AS story
            FROM record_search s JOIN shown_record r ON r.id = s.rowid
            WHERE record_search MATCH :expression
            UNION ALL
            SELECT 'item', i.item_id, 'item', coalesce(i.published_on, ''), i.jurisdiction,
                   coalesce(y.story_id, i.item_id)
            FROM item_search s JOIN item i ON i.item_id = s.rowid LEFT JOIN story y USING (item_id)
            JOIN on_subject_item USING (item_id), snapshot n
            WHERE item_search MATCH :expression AND (n.as_of = '' OR i.changed_at <= n.as_of)
        )
        WHERE (:since = '' OR day >= :since) AND (:until = '' OR (day <> '' AND day <= :until))
        ORDER BY day DESC, place, id LIMIT :cap
        """,
        {"expression": expression, "since": since, "until": until, "cap": CAP},
    )


def _one_per_story(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each story once: by the article that told it first when that one was found, else by the newest found."""
    first = {one["id"] for one in found if one["place"] == "item" and one["id"] == one["story"]}
    told: set[int] = set()
    kept = []
    for one in found:
        if one["place"] == "item":
            if one["story"] in told or (one["story"] in first and one["id"] != one["story"]):
                continue
            told.add(one["story"])
        kept.append(one)
    return kept


def _also(db: Database, found: dict[str, Any]) -> tuple[str, ...]:
    """The other publishers of the item's story, in the order they told it."""
    if found["place"] != "item":
        return ()
    tellers = db.execute(
        """
        SELECT DISTINCT i.publisher FROM story y JOIN item i USING (item_id)
        WHERE y.story_id = ? AND i.item_id <> ?
          AND i.publisher <> (SELECT publisher FROM item WHERE item_id = ?)
        ORDER BY i.publisher
        """,
        (found["story"], found["id"], found["id"]),
    ).fetchall()
    return tuple(str(publisher) for (publisher,) in tellers)


def _hit(db: Database, expression: str, found: dict[str, Any]) -> SearchHit:
    if found["place"] == "record":
        row = rows(
            db,
            """
            SELECT r.kind, r.ref, r.title, r.day, r.jurisdiction, r.url, r.publisher, r.lang, r.titles,
                   snippet(record_search, -1, ?, ?, ' … ', 24) AS snippet
            FROM record_search JOIN shown_record r ON r.id = record_search.rowid
            WHERE record_search MATCH ? AND record_search.rowid = ?
            """,
            (_START, _END, expression, found["id"]),
        )[0]
    else:
        row = rows(
            db,
            """
            SELECT 'item' AS kind, CAST(i.item_id AS TEXT) AS ref, t.title, coalesce(i.published_on, '') AS day,
                   i.jurisdiction, i.url, i.publisher, i.lang, '{}' AS titles,
                   snippet(item_search, -1, ?, ?, ' … ', 24) AS snippet
            FROM item_search JOIN item i ON i.item_id = item_search.rowid JOIN item_text t USING (item_id)
            WHERE item_search MATCH ? AND item_search.rowid = ?
            """,
            (_START, _END, expression, found["id"]),
        )[0]
    return SearchHit(
        kind=row["kind"],
        ref=row["ref"],
        title=row["title"],
        snippet=_parts(row["snippet"]),
        date=row["day"],
        jurisdiction=row["jurisdiction"],
        url=row["url"],
        publisher=row["publisher"],
        lang=row["lang"],
        titles=json.loads(row["titles"]),
        also=_also(db, found),
    )


def _parts(marked: str) -> tuple[tuple[str, bool], ...]:
    """Cut a marked snippet into (text, is a match) parts."""
    parts = []
    for piece in re.split(f"({_START}.*?{_END})", marked, flags=re.DOTALL):
        if piece.startswith(_START):
            parts.append((piece[1:-1], True))
        elif piece:
            parts.append((piece.replace(_START, "").replace(_END, ""), False))
    return tuple(parts)
