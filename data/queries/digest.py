"""Questions of the digest by mail: the state of a view as short marks. Reads only."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from types import MappingProxyType

from data.database import Database
from data.digest import mark_of
from data.queries.dossiers import where_dossiers
from data.queries.timeline import where
from data.view import View

#: filters that speak of events, not of files
_OF_EVENTS = ("types", "families", "actors", "origins", "verified", "since", "until")


def state(db: Database, view: View, kind: str, told: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """key -> mark of what a subscription of this kind follows in a view (:mod:`data.digest`).

    ``told`` are the marks told last: a file that was in the view and left it by its stage is still told of.
    """
    return file_stages(db, view, told) if kind == "stage_changes" else event_marks(db, view)


def event_marks(db: Database, view: View) -> dict[str, str]:
    """The events of a view."""
    condition, params = where(view)
    return {
        f"event:{row[0]}": mark_of(*map(str, row[1:]))
        for row in db.execute(
            f"SELECT e.event_id, e.date, e.status, e.stage, e.type, e.title FROM shown_event e WHERE {condition}",
            params,
        ).fetchall()
    }


def file_stages(db: Database, view: View, told: Mapping[str, str]) -> dict[str, str]:
    """The files of a view, and those told of that left it because their stage is another now."""
    if any(getattr(view, name) for name in _OF_EVENTS):
        condition, params = where(view)
        condition = f"dossier_id IN (SELECT e.dossier_id FROM shown_event e WHERE {condition})"
    else:
        condition, params = where_dossiers(view)
    inside = db.execute(f"SELECT dossier_id, stage FROM shown_dossier WHERE {condition}", params).fetchall()
    found = {f"file:{dossier_id}": str(stage) for dossier_id, stage in inside}
    if view.stages:
        left = json.dumps([key.removeprefix("file:") for key in told if key not in found])
        sql = "SELECT dossier_id, stage FROM shown_dossier WHERE dossier_id IN (SELECT value FROM json_each(?))"
        found |= {
            f"file:{dossier_id}": str(stage)
            for dossier_id, stage in db.execute(sql, (left,)).fetchall()
            if told[f"file:{dossier_id}"] != stage
        }
    return found


def standing_within(db: Database, keys: Collection[str], now: Mapping[str, str]) -> frozenset[str]:
    """Of the ``keys`` those whose event or file is shown within another one that is in the state ``now``."""
    found = []
    for key in keys:
        entity, _, ref = key.partition(":")
        name = "event" if entity == "event" else "dossier"
        row = db.execute("SELECT shown_id FROM shown_alias WHERE entity = ? AND id = ?", (name, ref)).fetchone()
        if row and row[0] != ref and f"{entity}:{row[0]}" in now:
            found.append(key)
    return frozenset(found)
