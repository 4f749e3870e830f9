"""The ranked list of actors and what it can be narrowed to. Reads only."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from data.database import Database, rows
from data.fold import fold
from data.queries.timeline import where
from data.rows import ActorRow, Affiliation, LastAct, ListedActor
from data.view import View

MONTHS = 36

#: the number shown for an actor without a name, of an ``actor a``
NUMBER = """CASE WHEN a.name <> '' THEN '' ELSE coalesce(
    (SELECT min(i.value) FROM actor_identifier i WHERE i.actor_id = a.actor_id), a.actor_id) END"""

_ORDERS = {
    "events": "event_count DESC, last_seq DESC",
    "last": "last_seq IS NULL, last_seq DESC, event_count DESC",
    "name": "a.name = '', (SELECT min(n.folded) FROM actor_name n"
    " WHERE n.actor_id = a.actor_id AND n.name = a.name), a.name",
}
SORTS = tuple(_ORDERS)


def actors(
    db: Database,
    view: View,
    *,
    limit: int = 50,
    offset: int = 0,
    sort: str = "events",
    kind: str = "",
    place: str = "",
    role: str = "",
    party: str = "",
    name: str = "",
) -> list[ActorRow]:
    """Actors of the view's events in the order of ``sort`` (one of :data:`SORTS`).

    ``place`` is the actor's own jurisdiction, ``role`` and ``party`` are held in the events counted, ``name`` is the
    beginning of a word of any of its names, or an official number. ``months`` are the last 36 up to publication.
    """
    counted, params = _counted(view, role, party)
    who, more = _who(kind, place, name)
    ranked = rows(
        db,
        f"""
        SELECT a.actor_id, f.event_count, f.first_on, f.last_on, f.last_seq, {NUMBER} AS number
        FROM ({counted}) f JOIN actor a USING (actor_id) WHERE {who}
        ORDER BY {_ORDERS[sort]}, a.actor_id LIMIT ? OFFSET ?
        """,
        [*params, *more, limit, offset],
    )
    return actor_rows(db, ranked, *_acts(view, role, party))


def names_in(db: Database, lang: str) -> dict[str, str]:
    """The reviewed name of each actor that has one in a language: actor id -> name. Its official name is another."""
    return dict(
        db.execute(
            "SELECT actor_id, min(name) FROM actor_name WHERE lang = ? AND condition = '' GROUP BY actor_id", (lang,)
        ).fetchall()
    )


def listed_actors(db: Database, actor_ids: Collection[str]) -> dict[str, ListedActor]:
    """Who stands in a file that is taken away, by id; an id that is not shown is left out."""
    wanted = "a.actor_id IN (SELECT value FROM json_each(?))"
    ids = (json.dumps(sorted(actor_ids)),)
    identifiers: dict[str, list[tuple[str, str]]] = {}
    for one in rows(
        db,
        f"""
        SELECT DISTINCT a.actor_id, i.scheme, i.value FROM actor a
        LEFT JOIN actor_join j ON j.into_id = a.actor_id
        JOIN actor_identifier i ON i.actor_id IN (a.actor_id, j.actor_id)
        WHERE {wanted} ORDER BY 1, 2, 3
        """,
        ids,
    ):
        identifiers.setdefault(one["actor_id"], []).append((one["scheme"], one["value"]))
    return {
        one["actor_id"]: ListedActor(**one, identifiers=tuple(identifiers.get(one["actor_id"], ())))
        for one in rows(
            db,
            f"""
            SELECT a.actor_id, a.name, {NUMBER} AS number, a.kind, a.jurisdiction, a.url, a.verified
            FROM actor a WHERE {wanted} ORDER BY 1
            """,
            ids,
        )
    }


def actor_count(
    db: Database, view: View, *, kind: str = "", place: str = "", role: str = "", party: str = "", name: str = ""
) -> int:
    """How many actors :func:`actors` would return without a limit."""
    counted, params = _counted(view, role, party)
    who, more = _who(kind, place, name)
    found = db.execute(
        f"SELECT count(*) FROM ({counted}) f JOIN actor a USING (actor_id) WHERE {who}", [*params, *more]
    )
    return int(found.fetchone()[0])


def actor_choices(db: Database) -> dict[str, tuple[str, ...]]:
    """What actors of the whole timeline can be narrowed to: codes of ``kind``, ``place`` and ``role``, and parties."""
    choices: dict[str, list[str]] = {"kind": [], "place": [], "role": [], "party": []}
    for key, value in db.execute(
        """
        SELECT DISTINCT 'kind', a.kind FROM shown_actor_total JOIN actor a USING (actor_id)
        UNION SELECT 'place', a.jurisdiction FROM shown_actor_total JOIN actor a USING (actor_id)
        UNION SELECT DISTINCT 'role', role FROM shown_act
        UNION SELECT DISTINCT 'party', party FROM shown_act
        """
    ).fetchall():
        if value:
            choices[key].append(str(value))
    return {key: tuple(sorted(values)) for key, values in choices.items()}


def _counted(view: View, role: str, party: str) -> tuple[str, list[Any]]:
    """How often each actor acts in the view; of the whole timeline that is known already."""
    if view.is_empty() and not role and not party:
        return "SELECT * FROM shown_actor_total", []
    condition, params = _acts(view, role, party)
    return (
        f"""
        SELECT x.actor_id, count(DISTINCT x.seq) AS event_count, min(x.day) AS first_on, max(x.day) AS last_on,
               max(CASE x.has_happened WHEN 1 THEN x.seq END) AS last_seq
        FROM shown_act x WHERE {condition} GROUP BY x.actor_id
        """,
        params,
    )


def _acts(view: View, role: str, party: str) -> tuple[str, list[Any]]:
    """The SQL condition over ``shown_act x``."""
    parts = ["true"]
    params: list[Any] = []
    if not view.is_empty():
        condition, params = where(view)
        # the plus keeps SQLite from looking up every pair of an actor and an event
        parts.append(f"+x.seq IN (SELECT e.seq FROM shown_event e WHERE {condition})")
    for column, value in (("x.role", role), ("x.party", party)):
        if value:
            parts.append(f"{column} = ?")
            params.append(value)
    return " AND ".join(parts), params


def _who(kind: str, place: str, name: str) -> tuple[str, list[Any]]:
    """The SQL condition over ``actor a``."""
    parts = ["true"]
    params: list[Any] = []
    for column, value in (("a.kind", kind), ("a.jurisdiction", place)):
        if value:
            parts.append(f"{column} = ?")
            params.append(value)
    if name:
        parts.append(
            "a.actor_id IN (SELECT coalesce(j.into_id, n.actor_id) FROM actor_name n LEFT JOIN actor_join j"
            " USING (actor_id) WHERE instr(' ' || n.folded, ?)"
            " UNION SELECT actor_id FROM actor_identifier WHERE value = ? COLLATE NOCASE)"
        )
        params += [f" {fold(name)}", name]
    return " AND ".join(parts), params


def actor_rows(db: Database, ranked: list[dict[str, Any]], condition: str, params: list[Any]) -> list[ActorRow]:
    """The ranked actors with their roles, months, last act and what they belonged to on its day.

    ``ranked`` has ``actor_id``, ``event_count``, ``first_on``, ``last_on``, ``last_seq``, ``number``; ``condition``
    is that of the acts counted, over ``shown_act x``.
    """
    ids = [one["actor_id"] for one in ranked]
    marks = ", ".join("?" * len(ids))
    about = {row["actor_id"]: row for row in rows(db, f"SELECT * FROM actor WHERE actor_id IN ({marks})", ids)}
    roles: dict[str, dict[str, int]] = {one: {} for one in ids}
    months: dict[str, list[int]] = {one: [0] * MONTHS for one in ids}
    today = str(db.execute("SELECT today FROM snapshot").fetchone()[0])
    last = int(today[:4]) * 12 + int(today[5:7]) - 1
    acting = f"FROM shown_act x WHERE x.actor_id IN ({marks}) AND {condition}"
    for actor_id, role, count in db.execute(
        f"SELECT x.actor_id, x.role, count(*) {acting} GROUP BY 1, 2", [*ids, *params]
    ).fetchall():
        roles[actor_id][role] = int(count)
    for actor_id, month, count in db.execute(
        f"SELECT x.actor_id, substr(x.day, 1, 7), count(DISTINCT x.seq) {acting} GROUP BY 1, 2", [*ids, *params]
    ).fetchall():
        place = MONTHS - 1 - (last - (int(month[:4]) * 12 + int(month[5:7]) - 1))
        if 0 <= place < MONTHS:
            months[actor_id][place] = int(count)
    acts = _last_acts(db, {one["actor_id"]: one["last_seq"] for one in ranked if one["last_seq"]})
    belonging = _affiliations(db, about, acts)
    return [
        ActorRow(
            actor_id=one["actor_id"],
            name=about[one["actor_id"]]["name"],
            number=one["number"],
            kind=about[one["actor_id"]]["kind"],
            jurisdiction=about[one["actor_id"]]["jurisdiction"],
            event_count=one["event_count"],
            first_on=one["first_on"],
            last_on=one["last_on"],
            roles=tuple(sorted(roles[one["actor_id"]].items(), key=lambda held: (-held[1], held[0]))),
            months=tuple(months[one["actor_id"]]),
            verified=about[one["actor_id"]]["verified"],
            provisional=about[one["actor_id"]]["origin"] == "text",
            last=acts.get(one["actor_id"]),
            affiliations=belonging.get(one["actor_id"], ()),
        )
        for one in ranked
    ]


def _last_acts(db: Database, seqs: dict[str, int]) -> dict[str, LastAct]:
    marks = ", ".join("?" * len(seqs))
    found = {
        row.pop("seq"): LastAct(**{**row, "titles": json.loads(row["titles"])})
        for row in rows(
            db,
            f"SELECT seq, event_id, date, type, title, titles FROM shown_event WHERE seq IN ({marks})",
            list(seqs.values()),
        )
    }
    return {actor_id: found[seq] for actor_id, seq in seqs.items()}


def _affiliations(
    db: Database, about: dict[str, dict[str, Any]], acts: dict[str, LastAct]
) -> dict[str, tuple[Affiliation, ...]]:
    """Party and body on the day of the last act: what its source said, then offices and seats held that day."""
    ids = list(about)
    marks = ", ".join("?" * len(ids))
    said = {
        (row["actor_id"], row["event_id"]): row["party"]
        for row in rows(
            db,
            f"""SELECT actor_id, event_id, max(party) AS party FROM shown_actor
                WHERE actor_id IN ({marks}) AND event_id IN ({", ".join("?" * len(acts))}) GROUP BY 1, 2""",
            [*ids, *(one.event_id for one in acts.values())],
        )
    }
    offices = rows(
        db,
        f"""
        SELECT r.actor_id, coalesce(nullif(o.name, ''), r.organisation) AS body, r.start, r.end FROM role r
        LEFT JOIN actor o ON o.actor_id = r.organisation_id WHERE r.actor_id IN ({marks})
        UNION ALL
        SELECT actor_id, chamber, start, end FROM seat WHERE actor_id IN ({marks})
        ORDER BY 3 DESC, 2
        """,
        [*ids, *ids],
    )
    parents = dict(
        db.execute(
            f"""SELECT a.actor_id, p.name FROM actor a JOIN actor p ON p.actor_id = a.parent_id
                WHERE a.actor_id IN ({marks}) AND p.name <> ''""",
            ids,
        ).fetchall()
    )
    found = {}
    for actor_id, one in about.items():
        held: dict[str, bool] = {}
        act = acts.get(actor_id)
        if act and (party := said.get((actor_id, act.event_id))):
            held[party] = True
        elif one["party"]:
            held[one["party"]] = False
        for office in offices:
            if act and office["actor_id"] == actor_id and office["body"] and _may_hold(office, act.date[:10]):
                held[office["body"]] = held.get(office["body"], False) or bool(office["start"])
        if actor_id in parents:
            held.setdefault(str(parents[actor_id]), True)
        found[actor_id] = tuple(Affiliation(name, certain) for name, certain in held.items())
    return found


def _may_hold(office: dict[str, Any], day: str) -> bool:
    """Whether the day lies in the office's dates as far as both are known."""
    start, end = office["start"], office["end"]
    return (not start or start <= day[: len(start)] or day.startswith(start[: len(day)])) and (
        not end or end >= day[: len(end)]
    )
