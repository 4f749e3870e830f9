"""Writing what reading found: the rows of an item or a dossier become exactly those of one reading.

Each row names the rule that read it and the version of its rule set (``rules``), and its span in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data import earlier
from data.database import Database
from data.earlier import keep
from data.readings import MASK, Reading, Relevance
from data.store_events import Provenance, as_json, replace_item_events

#: how sure a rule over prose is; official and curated events are 1.0
TEXT_CONFIDENCE = 0.6

#: tables that hold one row for each thing read in an item
READ_TABLES = ("mention", "legal_reference", "figure", "position")

_OFFICIAL = ("parliament", "government", "regulator", "court")


def teller_kind(source_kind: str) -> str:
    """What a source of this kind is called beside the events it tells."""
    return "official" if source_kind in _OFFICIAL else source_kind


def write_relevance(
    db: Database, entity: str, entity_id: str, found: Relevance, *, at: str, is_new: bool = False
) -> None:
    """The judgement of an ``item`` or a ``dossier``, with the words that decided.

    What it was before is kept where it decided otherwise; that other rules say the same is no change.
    """
    same = (
        is_new
        or db.execute(
            "SELECT 1 FROM relevance WHERE entity = ? AND entity_id = ? AND relevant = ? AND facets = ?",
            (entity, entity_id, int(found.relevant), as_json(found.facets)),
        ).fetchone()
    )
    if not same:
        keep(db, f"{entity}_relevance", entity_id, at=at)
    db.execute(
        """
        INSERT INTO relevance VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (entity, entity_id) DO UPDATE SET
            relevant = excluded.relevant, score = excluded.score, facets = excluded.facets,
            evidence = excluded.evidence, rules = excluded.rules
        WHERE (relevant, score, facets, evidence, rules)
            IS NOT (excluded.relevant, excluded.score, excluded.facets, excluded.evidence, excluded.rules)
        """,
        (
            entity,
            entity_id,
            int(found.relevant),
            found.score,
            as_json(found.facets),
            as_json(
                [{"text": one.text, "rule": one.rule, "start": one.start, "end": one.end} for one in found.evidence]
            ),
            found.rules,
        ),
    )


def write_reading(db: Database, item_id: int, reading: Reading, by: Provenance, *, is_new: bool = False) -> None:
    """Everything read in an item; what other rules read in it before goes, unless it ``is_new``. ``by`` tells of it."""
    write_relevance(db, "item", str(item_id), reading.relevance, at=by.at, is_new=is_new)
    rules = reading.relevance.rules
    for table in () if is_new else READ_TABLES:
        db.execute(f"DELETE FROM {table} WHERE item_id = ?", (item_id,))
    for one in reading.mentions:
        db.execute(
            """
            INSERT INTO mention
            SELECT ?, ?, ?, ?, (SELECT actor_id FROM actor WHERE actor_id = ?), ?, ?, ? WHERE true
            ON CONFLICT DO NOTHING
            """,
            (item_id, one.start, one.end, one.text, one.actor_id, one.name, one.rule, rules),
        )
    for ref in reading.legal_references:
        db.execute(
            "INSERT INTO legal_reference VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (item_id, ref.start, ref.end, ref.text, ref.normalised, ref.rule, rules),
        )
    for figure in reading.figures:
        db.execute(
            "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                item_id, figure.start, figure.end, figure.text, figure.value, figure.unit, figure.about, figure.rule,
                rules,
            ),
        )  # fmt: skip
    for held in reading.positions:
        db.execute(
            """
            INSERT INTO position
            SELECT ?, ?, ?, (SELECT actor_id FROM actor WHERE actor_id = ?), ?, ?, ?, ?, ? WHERE true
            ON CONFLICT DO NOTHING
            """,
            (item_id, held.start, held.end, held.actor_id, held.name, held.stance, held.quote, held.rule, rules),
        )
    text = replace(by, origin="text", verified="one_source", register="")
    replace_item_events(db, item_id, reading.events, text, confidence=TEXT_CONFIDENCE, is_new=is_new)


def conceal(db: Database, item_id: int, names: Sequence[str], events: Sequence[str] = ()) -> None:
    """Mask ``names`` (longest first) in what the item said before, in the change log of its events and in what was
    kept of their rows.

    ``events`` are ids of events that were read in it and are gone.
    """
    ids = [row[0] for row in db.execute("SELECT event_id FROM event WHERE item_id = ?", (item_id,)).fetchall()]
    ids = [*dict.fromkeys([*ids, *earlier.events_of(db, item_id), *events])]
    marks = ", ".join("?" * len(ids))
    for name in names:
        hidden = (name, MASK * len(name))
        db.execute(
            "UPDATE item_revision SET title = replace(title, ?, ?), summary = replace(summary, ?, ?),"
            " text = replace(text, ?, ?) WHERE item_id = ?",
            (*hidden * 3, item_id),
        )
        if ids:
            db.execute(
                f"UPDATE revision SET old = replace(old, ?, ?), new = replace(new, ?, ?)"
                f" WHERE entity = 'event' AND entity_id IN ({marks})",
                (*hidden * 2, *ids),
            )
    earlier.hide(db, names, MASK, [str(item_id), *ids])
