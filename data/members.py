"""Members of parliaments as their registers list them: for the reader of texts, and counted for people.

Only who sits or sat in a chamber and carries an official number is here; nobody becomes a member by a name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from data.database import Database, rows
from data.models import Seat


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a register. ``names`` are those the registers give, the first one first; ``seats`` have a start."""

    actor_id: str
    names: tuple[str, ...]
    jurisdiction: str
    party: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class ChamberList:
    """What is known of one chamber: persons, of them in office, first and last day told, and where from.

    ``start`` is the earliest and ``end`` the latest partial ISO date, ``end`` empty while somebody sits.
    """

    jurisdiction: str
    chamber: str
    person_count: int
    sitting_count: int
    start: str
    end: str
    sources: tuple[str, ...]


def members(db: Database) -> list[Member]:
    """Everybody a register lists and the reviewed data do not, by id.

    A seat whose register does not say since when begins on the day it was first told.
    """
    seats: dict[str, list[Seat]] = defaultdict(list)
    for actor_id, chamber, start, end in db.execute(
        "SELECT actor_id, chamber, CASE start WHEN '' THEN told_on ELSE start END AS began, end FROM seat"
        " ORDER BY actor_id, began, chamber"
    ).fetchall():
        seats[actor_id].append(Seat(chamber, start, end))
    names: dict[str, list[str]] = defaultdict(list)
    for actor_id, name in db.execute(
        "SELECT actor_id, name FROM actor_name WHERE condition = '' AND actor_id IN (SELECT actor_id FROM seat)"
        " ORDER BY actor_id, name"
    ).fetchall():
        names[actor_id].append(name)
    return [
        Member(
            row["actor_id"],
            tuple(dict.fromkeys([row["name"], *names[row["actor_id"]]])),
            row["jurisdiction"],
            row["party"],
            tuple(seats[row["actor_id"]]),
        )
        for row in rows(
            db,
            """
            SELECT actor_id, name, jurisdiction, party FROM actor
            WHERE kind = 'person' AND origin <> 'curated' AND name <> ''
              AND actor_id IN (SELECT actor_id FROM seat) AND actor_id NOT IN (SELECT actor_id FROM actor_join)
              AND actor_id IN (SELECT actor_id FROM actor_identifier)
            ORDER BY actor_id
            """,
        )
    ]


def chamber_lists(db: Database) -> list[ChamberList]:
    """How many persons of each chamber are known, reviewed ones among them, by place and chamber."""
    return [
        ChamberList(**{**row, "sources": tuple(sorted(row["sources"].split(",")))})
        for row in rows(
            db,
            """
            SELECT a.jurisdiction, s.chamber, count(DISTINCT s.actor_id) AS person_count,
                   count(DISTINCT s.actor_id) FILTER (WHERE s.end = '') AS sitting_count,
                   min(CASE s.start WHEN '' THEN s.told_on ELSE s.start END) AS start,
                   CASE WHEN min(s.end) = '' THEN '' ELSE max(s.end) END AS end,
                   group_concat(DISTINCT s.source_id) AS sources
            FROM seat s JOIN actor a USING (actor_id)
            GROUP BY 1, 2 ORDER BY 1, 2
            """,
        )
    ]
