"""Questions about what changed, newest first. Reads only."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from data.database import Database, rows
from data.rows import Change, ChangeFilter, ChangeLine


def changes(db: Database, wanted: ChangeFilter, *, limit: int, offset: int = 0) -> list[Change]:
    """The changes that pass the filter, newest first; of new events the counts of the jurisdictions asked for."""
    condition, params = _where(wanted)
    found = rows(
        db,
        f"""
        SELECT c.at, c.kind, c.entity, c.entity_id, c.is_gone, c.title, c.titles, c.jurisdiction, c.lines, c.by, c.why,
               coalesce(s.names, '{{}}') AS by_names
        FROM shown_change c LEFT JOIN source s ON s.source_id = c.by
        WHERE {condition} ORDER BY c.seq DESC LIMIT ? OFFSET ?
        """,
        [*params, limit, offset],
    )
    return [_change(row, wanted) for row in found]


def last_changes(db: Database, event_ids: Collection[str]) -> dict[str, tuple[Change, ...]]:
    """What changed last of each event, by its id: every change of that instant; nothing for one that never changed."""
    found: dict[str, tuple[Change, ...]] = {}
    for row in rows(
        db,
        """
        SELECT c.at, c.kind, c.entity, c.entity_id, c.is_gone, c.title, c.titles, c.jurisdiction, c.lines, c.by, c.why,
               coalesce(s.names, '{}') AS by_names
        FROM shown_change c LEFT JOIN source s ON s.source_id = c.by
        WHERE c.entity = 'event' AND c.kind <> 'removed' AND c.entity_id IN (SELECT value FROM json_each(?))
          AND c.at = (SELECT max(x.at) FROM shown_change x
                      WHERE x.entity = 'event' AND x.entity_id = c.entity_id AND x.kind <> 'removed')
        ORDER BY c.seq
        """,
        (json.dumps(sorted(event_ids)),),
    ):
        found[row["entity_id"]] = (*found.get(row["entity_id"], ()), _change(row, ChangeFilter()))
    return found


def change_count(db: Database, wanted: ChangeFilter) -> int:
    """How many changes pass the filter."""
    condition, params = _where(wanted)
    return int(db.execute(f"SELECT count(*) FROM shown_change c WHERE {condition}", params).fetchone()[0])


def _where(wanted: ChangeFilter) -> tuple[str, list[Any]]:
    parts, params = ["true"], list[Any]()
    if wanted.kinds:
        parts.append(f"c.kind IN ({', '.join('?' * len(wanted.kinds))})")
        params.extend(wanted.kinds)
    if wanted.jurisdictions:
        marks = ", ".join("?" * len(wanted.jurisdictions))
        parts.append(
            f"(c.jurisdiction IN ({marks}) OR c.kind = 'new' AND EXISTS ("
            f"SELECT 1 FROM json_each(c.lines) x WHERE x.value ->> 'field' IN ({marks})))"
        )
        params.extend(wanted.jurisdictions * 2)
    if wanted.of:
        parts.append("(c.entity, c.entity_id) = (?, ?)")
        params.extend(wanted.of)
    if wanted.since:
        parts.append("c.day >= ?")
        params.append(wanted.since.isoformat())
    if wanted.until:
        parts.append("c.day <= ?")
        params.append(wanted.until.isoformat())
    return " AND ".join(parts), params


def _change(row: dict[str, Any], wanted: ChangeFilter) -> Change:
    lines = tuple(ChangeLine(one["field"], one["old"], str(one["new"])) for one in json.loads(row.pop("lines")))
    told = Change(
        **{**row, "is_gone": bool(row["is_gone"]), "lines": lines, "titles": json.loads(row["titles"]),
           "by_names": json.loads(row["by_names"])}
    )  # fmt: skip
    if told.kind == "new" and wanted.jurisdictions:
        return replace(told, lines=tuple(one for one in lines if one.field in wanted.jurisdictions))
    return told
