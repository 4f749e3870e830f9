"""Answers, items and dossiers as they are kept, for reading them again. Reads only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.database import Database, rows
from data.models import DossierRecord, EventRecord, Identifier, ItemRecord, Response, When
from data.readings import MASK
from data.store_items import ITEM_COLUMNS, item_record

_OUTDATED = "(:everything OR r.rules IS NOT :rules) AND (:source_id = '' OR {source} = :source_id)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read again: what was read with other rules than ``rules``, or everything; of one source or all."""

    rules: str
    everything: bool = False
    source_id: str = ""

    def parameters(self) -> dict[str, Any]:
        """The same, for a statement."""
        return {"rules": self.rules, "everything": self.everything, "source_id": self.source_id}


@dataclass(frozen=True, slots=True)
class KeptItem:
    """A stored item: its record with the files and the official events it has, names under the mask.

    ``payloads`` are the sha256 of the bodies its words came from: feed or record, page, what it was before.
    """

    item_id: int
    source_id: str
    source_kind: str
    record: ItemRecord
    payloads: tuple[str, ...]
    changed_at: str
    parser: str = ""


@dataclass(frozen=True, slots=True)
class KeptDossier:
    """A stored dossier with the words it is judged on; ``number`` is its place in the order of the table."""

    number: int
    dossier_id: str
    source_id: str
    record: DossierRecord


@dataclass(frozen=True, slots=True)
class Answer:
    """A body that was read: who gave it, which, and what was told beside it.

    ``told`` holds ``article`` (the external id of the item whose page it is) or what was said of a clipping, else
    nothing. The files known after the answer of number ``watched_after`` were watched while it was read.
    """

    n: int
    source_id: str
    sha256: str
    response: Response
    told: dict[str, str]
    watched_after: int


def told_of(**words: str) -> str:
    """What is said beside a body, as it is stored with its answer."""
    return json.dumps(words, ensure_ascii=False, sort_keys=True)


def last_answer(db: Database) -> int:
    """The number of the answer that was read last; 0 before the first."""
    return int(db.execute("SELECT coalesce(max(n), 0) FROM answer").fetchone()[0])


def answers(db: Database, *, after: int, limit: int) -> list[Answer]:
    """The next answers in the order they were read, whose number is above ``after``; without their bodies."""
    return [
        Answer(
            row["n"],
            row["source_id"],
            row["sha256"],
            Response(row["url"], 200, json.loads(row["headers"]), b"", row["fetched_at"], row["requested_url"]),
            json.loads(row["told"] or "{}"),
            row["watched_after"],
        )
        for row in rows(db, "SELECT * FROM answer WHERE n > ? ORDER BY n LIMIT ?", (after, limit))
    ]


def watch_marks(db: Database) -> frozenset[int]:
    """The numbers of answers after which watched files were looked up."""
    return frozenset(row[0] for row in db.execute("SELECT DISTINCT watched_after FROM answer").fetchall())


def outdated_count(db: Database, rules: str) -> int:
    """How many kept items were read with other rules than ``rules``, or could not be read."""
    found = db.execute(
        "SELECT count(*) FROM item i LEFT JOIN relevance r"
        " ON r.entity = 'item' AND r.entity_id = CAST(i.item_id AS TEXT) WHERE r.rules IS NOT ?",
        (rules,),
    )
    return int(found.fetchone()[0])


def kept_items(db: Database, wanted: Wanted, *, after: int, limit: int) -> list[KeptItem]:
    """The next items to read again whose number is above ``after``."""
    found = rows(
        db,
        f"""
        SELECT i.item_id, i.source_id, s.kind AS source_kind, i.changed_at, i.parser, i.payload_sha256,
               coalesce(p.payload_sha256, '') AS page_sha256, {ITEM_COLUMNS},
               coalesce((SELECT v.payload_sha256 FROM item_revision v WHERE v.item_id = i.item_id
                         ORDER BY v.n DESC LIMIT 1), '') AS earlier_sha256
        FROM item i JOIN item_text t USING (item_id) JOIN source s USING (source_id)
        LEFT JOIN page p USING (item_id)
        LEFT JOIN relevance r ON r.entity = 'item' AND r.entity_id = CAST(i.item_id AS TEXT)
        WHERE i.item_id > :after AND {_OUTDATED.format(source="i.source_id")}
        ORDER BY i.item_id LIMIT :limit
        """,
        {**wanted.parameters(), "after": after, "limit": limit},
    )
    files, events = _files(db, found), _official_events(db, found)
    kept = []
    for row in found:
        item_id, changed_at, parser = row.pop("item_id"), row.pop("changed_at"), row.pop("parser")
        source_id, source_kind = row.pop("source_id"), row.pop("source_kind")
        payloads = [row.pop(name) for name in ("payload_sha256", "page_sha256", "earlier_sha256")]
        record = replace(item_record(row), dossier=tuple(files[item_id]), events=tuple(events[item_id]))
        digests = tuple(dict.fromkeys(filter(None, payloads)))
        kept.append(KeptItem(item_id, source_id, source_kind, record, digests, changed_at, parser))
    return kept


def _files(db: Database, found: Sequence[dict[str, Any]]) -> dict[int, list[Identifier]]:
    files: dict[int, list[Identifier]] = defaultdict(list)
    for row in _of_items(db, "SELECT item_id, scheme, value FROM item_dossier WHERE item_id IN ({})", found):
        files[row["item_id"]].append(Identifier(row["scheme"], row["value"]))
    return files


def _official_events(db: Database, found: Sequence[dict[str, Any]]) -> dict[int, list[EventRecord]]:
    """The events an official record brought: that there are some, and of which type, decides how its text is read."""
    events: dict[int, list[EventRecord]] = defaultdict(list)
    statement = "SELECT * FROM event WHERE origin = 'official' AND item_id IN ({}) ORDER BY id"
    for row in _of_items(db, statement, found):
        when = When(date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_end"]), row["date_precision"])
        told = EventRecord(
            row["external_id"], row["type"], when, row["title"], row["lang"], row["jurisdiction"], row["status"]
        )
        events[row["item_id"]].append(told)
    return events


def _of_items(db: Database, statement: str, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [row["item_id"] for row in found]
    return rows(db, statement.format(", ".join("?" * len(ids))), ids)


def masked_ids(db: Database, source_id: str) -> frozenset[str]:
    """External ids of the source's items in which a name stands under the mask."""
    found = db.execute(
        """
        SELECT i.external_id FROM item i JOIN item_text t USING (item_id)
        WHERE i.source_id = :source_id AND instr(t.title || t.summary || t.text, :mask) > 0
        """,
        {"source_id": source_id, "mask": MASK},
    )
    return frozenset(row[0] for row in found.fetchall())


def kept_dossiers(db: Database, wanted: Wanted, *, after: int, limit: int) -> list[KeptDossier]:
    """The next official dossiers to judge again whose number is above ``after``; a reviewed one is not judged."""
    return [
        KeptDossier(
            row["id"],
            row["dossier_id"],
            row["source_id"],
            DossierRecord(
                row["external_id"], row["jurisdiction"], row["track"], row["title"], row["lang"], (),
                json.loads(row["titles"]), row["url"], row["text"],
            ),
        )
        for row in rows(
            db,
            f"""
            SELECT d.* FROM dossier d
            LEFT JOIN relevance r ON r.entity = 'dossier' AND r.entity_id = d.dossier_id
            WHERE d.origin = 'official' AND d.id > :after AND {_OUTDATED.format(source="d.source_id")}
            ORDER BY d.id LIMIT :limit
            """,
            {**wanted.parameters(), "after": after, "limit": limit},
        )
    ]  # fmt: skip
