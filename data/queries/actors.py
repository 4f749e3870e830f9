"""Questions about actors asked of the published snapshot. Reads only."""

from __future__ import annotations

from typing import Any

from data.database import Database, rows
from data.queries.timeline import where
from data.rows import ActorProfile, ActorRow, Role
from data.view import View

MONTHS = 36

_MEMBERS = "SELECT :id UNION SELECT actor_id FROM actor_join WHERE into_id = :id"


def actors(db: Database, view: View, *, limit: int = 100, kind: str = "") -> list[ActorRow]:
    """Actors of the view's events, ranked by number of events; ``months`` are the last 36 up to publication.

    An actor of whom only an official id is known yet is left out until a source names it.
    """
    condition, params = where(view)
    ranked = rows(
        db,
        f"""
        SELECT x.actor_id, count(DISTINCT e.event_id) AS event_count, min(e.date_start) AS first_on,
               max(e.date_start) AS last_on
        FROM shown_event e JOIN shown_actor x USING (event_id) JOIN actor a USING (actor_id)
        WHERE {condition} AND a.name <> '' AND (? = '' OR a.kind = ?)
        GROUP BY x.actor_id ORDER BY event_count DESC, last_on DESC, x.actor_id LIMIT ?
        """,
        [*params, kind, kind, limit],
    )
    return _rows(db, ranked, condition, params)


def actor(db: Database, actor_id: str) -> ActorProfile | None:
    """One actor's profile over the whole timeline; None when the actor is not listed.

    The id of an actor put together with another is answered by that one.
    """
    alias = rows(db, "SELECT shown_id FROM shown_alias WHERE entity = 'actor' AND id = ?", (actor_id,))
    actor_id = alias[0]["shown_id"] if alias else actor_id
    known = rows(db, "SELECT * FROM actor WHERE actor_id = ?", (actor_id,))
    if not known:
        return None
    ranked = rows(
        db,
        """
        SELECT x.actor_id, count(DISTINCT e.event_id) AS event_count, min(e.date_start) AS first_on,
               max(e.date_start) AS last_on
        FROM shown_event e JOIN shown_actor x USING (event_id) WHERE x.actor_id = ? GROUP BY 1
        """,
        (actor_id,),
    )
    if not ranked:
        if known[0]["origin"] != "curated":
            return None
        ranked = [{"actor_id": actor_id, "event_count": 0, "first_on": "", "last_on": ""}]
    row = _rows(db, ranked, "true", [])[0]
    parent = rows(db, "SELECT name FROM actor WHERE actor_id = ?", (known[0]["parent_id"],))
    names = tuple(
        (str(lang), str(name))
        for lang, name in db.execute(
            f"SELECT DISTINCT lang, name FROM actor_name WHERE actor_id IN ({_MEMBERS}) ORDER BY lang, name",
            {"id": actor_id},
        ).fetchall()
    )
    identifiers = tuple(
        (str(scheme), str(value))
        for scheme, value in db.execute(
            f"SELECT scheme, value FROM actor_identifier WHERE actor_id IN ({_MEMBERS}) ORDER BY scheme, value",
            {"id": actor_id},
        ).fetchall()
    )
    return ActorProfile(
        actor=row,
        names=names,
        identifiers=identifiers,
        url=known[0]["url"],
        parent_id=known[0]["parent_id"],
        parent_name=parent[0]["name"] if parent else "",
        roles=_roles(db, actor_id),
        namesakes=_namesakes(db, actor_id),
    )


def _namesakes(db: Database, actor_id: str) -> tuple[tuple[str, str, str], ...]:
    """(actor id, scheme, value) of persons with the same name who may be the same: nobody decided yet."""
    return tuple(
        (str(other), str(scheme or ""), str(value or ""))
        for other, scheme, value in db.execute(
            """
            WITH near AS (
                SELECT CASE WHEN actor_id = :id THEN other_id ELSE actor_id END AS other
                FROM actor_proposal WHERE :id IN (actor_id, other_id)
            )
            SELECT other, min(i.scheme), min(i.value) FROM near LEFT JOIN actor_identifier i ON i.actor_id = other
            GROUP BY other ORDER BY other
            """,
            {"id": actor_id},
        ).fetchall()
    )


def _roles(db: Database, actor_id: str) -> tuple[Role, ...]:
    return tuple(
        Role(
            titles={"en": row["title_en"], "fr": row["title_fr"]},
            organisation_id=row["organisation_id"],
            organisation=row["organisation_name"] or row["organisation"],
            start=row["start"],
            end=row["end"],
            verified=row["verified"],
            source_url=row["source_url"],
        )
        for row in rows(
            db,
            """
            SELECT r.*, o.name AS organisation_name FROM role r LEFT JOIN actor o ON o.actor_id = r.organisation_id
            WHERE r.actor_id = ? ORDER BY r.start DESC, r.n
            """,
            (actor_id,),
        )
    )


def _rows(db: Database, ranked: list[dict[str, Any]], condition: str, params: list[Any]) -> list[ActorRow]:
    ids = [one["actor_id"] for one in ranked]
    marks = ", ".join("?" * len(ids))
    about = {row["actor_id"]: row for row in rows(db, f"SELECT * FROM actor WHERE actor_id IN ({marks})", ids)}
    roles: dict[str, list[tuple[str, int]]] = {one: [] for one in ids}
    for actor_id, role, count in db.execute(
        f"""
        SELECT x.actor_id, x.role, count(*) FROM shown_event e JOIN shown_actor x USING (event_id)
        WHERE {condition} AND x.actor_id IN ({marks}) GROUP BY 1, 2 ORDER BY 3 DESC, 2
        """,
        [*params, *ids],
    ).fetchall():
        roles[actor_id].append((str(role), int(count)))
    today = str(db.execute("SELECT today FROM snapshot").fetchone()[0])
    last = int(today[:4]) * 12 + int(today[5:7]) - 1
    months: dict[str, list[int]] = {one: [0] * MONTHS for one in ids}
    for actor_id, month, count in db.execute(
        f"""
        SELECT x.actor_id, substr(e.date_start, 1, 7), count(DISTINCT e.event_id)
        FROM shown_event e JOIN shown_actor x USING (event_id)
        WHERE {condition} AND x.actor_id IN ({marks}) GROUP BY 1, 2
        """,
        [*params, *ids],
    ).fetchall():
        place = MONTHS - 1 - (last - (int(month[:4]) * 12 + int(month[5:7]) - 1))
        if 0 <= place < MONTHS:
            months[actor_id][place] = int(count)
    return [
        ActorRow(
            actor_id=one["actor_id"],
            name=about[one["actor_id"]]["name"] or one["actor_id"],
            kind=about[one["actor_id"]]["kind"],
            jurisdiction=about[one["actor_id"]]["jurisdiction"],
            event_count=one["event_count"],
            first_on=one["first_on"],
            last_on=one["last_on"],
            roles=tuple(roles[one["actor_id"]]),
            months=tuple(months[one["actor_id"]]),
            verified=about[one["actor_id"]]["verified"],
            provisional=about[one["actor_id"]]["origin"] == "text",
        )
        for one in ranked
    ]
