"""A search hit as it is shown: title, date, the words in their context, who else told it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from data import snippets
from data.database import Database, rows
from data.rows import SearchHit, localised
from data.search_found import Found

READ = 40_000  # letters of a document in which the words are looked for to be shown
_HEAD = 240  # letters shown of a text that holds none of them


def hit(db: Database, words: snippets.Words, found: Found, lang: str, *, is_exact: bool) -> SearchHit:
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


def _also(db: Database, found: Found) -> tuple[str, ...]:
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


def publisher_names(db: Database, codes: Collection[str]) -> dict[str, str]:
    wanted = sorted(codes)[:500]
    marks = ", ".join("?" * len(wanted))
    found = db.execute(f"SELECT code, min(name) FROM shown_publisher WHERE code IN ({marks}) GROUP BY code", wanted)
    return {str(code): str(name) for code, name in found.fetchall()}
