"""After collecting: what the team decided and what tells of the same thing, then what only a collection derives."""

from __future__ import annotations

from datetime import date

from collectors import citing, watching
from collectors import clock as clocks
from collectors.clock import Clock
from collectors.stories import Article, stories
from data import assembly, desk, store_citations, store_items, withheld
from data.assembly import Assembled
from data.database import Database
from data.models import Identifier


def assemble(db: Database, clock: Clock) -> int:
    """Decisions, joins and stages (:mod:`data.assembly`), citations and stories; returns how many rows changed."""
    decisions = desk.standing()
    changed = withheld.mark(db, decisions)
    found = assembly.assemble(db, decisions, at=clocks.stamp(clock), today=clocks.today(clock))
    told = store_items.write_stories(db, ((one.item_id, one.story_id, one.rule) for one in stories(_articles(db))))
    return changed + found.written + _cite(db, found) + told


def _cite(db: Database, assembled: Assembled) -> int:
    """Link items to the files whose law they cite; returns how many rows that changed."""
    named = ((one["dossier_id"], Identifier(*pair)) for one in assembled.dossiers for pair in one["identifiers"])
    shown = {one["dossier_id"]: assembled.root[one["dossier_id"]] for one in assembled.dossiers}
    found = citing.citations(
        store_citations.cited(db), store_citations.belongs(db), citing.Files(named, watching.articles(), shown)
    )
    return store_citations.write_citations(
        db, ((one.item_id, one.dossier_id, one.normalised, one.rule) for one in found)
    )


def _articles(db: Database) -> list[Article]:
    return [
        Article(**{**row, "published_on": date.fromisoformat(row["published_on"]) if row["published_on"] else None})
        for row in store_items.told_articles(db)
    ]
