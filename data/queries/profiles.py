"""Questions about one actor: who it is, its files, the documents that name it, who acts with it. Reads only."""

from __future__ import annotations

import json
from collections.abc import Collection

from data.database import Database, rows
from data.queries.actors import NUMBER, actor_rows
from data.queries.timeline import where
from data.rows import ActorDocument, ActorFile, ActorProfile, Neighbour, Role, Seat
from data.view import View

_MEMBERS = "SELECT :id UNION SELECT actor_id FROM actor_join WHERE into_id = :id"

_NAMING = f"""
    FROM (SELECT DISTINCT item_id FROM mention WHERE actor_id IN ({_MEMBERS})) m
    JOIN on_subject_item o ON o.item_id = m.item_id
"""


def actor(db: Database, actor_id: str) -> ActorProfile | None:
    """One actor's profile over the whole timeline; None when the actor is not listed.

    Listed is who is reviewed, acts in a shown event or on a shown file, or is on record with a statement. The id of
    an actor put together with another is answered by that one.
    """
    alias = rows(db, "SELECT shown_id FROM shown_alias WHERE entity = 'actor' AND id = ?", (actor_id,))
    actor_id = alias[0]["shown_id"] if alias else actor_id
    known = rows(
        db,
        f"""
        SELECT a.url, a.parent_id, {NUMBER} AS number FROM actor a WHERE a.actor_id = :id AND (
            a.origin = 'curated'
            OR EXISTS (SELECT 1 FROM shown_actor x WHERE x.actor_id = :id)
            OR EXISTS (SELECT 1 FROM shown_statement s WHERE s.actor_id = :id)
            OR EXISTS (SELECT 1 FROM dossier_actor x
                       JOIN shown_alias s ON s.entity = 'dossier' AND s.id = x.dossier_id
                       JOIN shown_dossier d ON d.dossier_id = s.shown_id WHERE x.actor_id IN ({_MEMBERS})))
        """,
        {"id": actor_id},
    )
    if not known:
        return None
    ranked = rows(db, "SELECT * FROM shown_actor_total WHERE actor_id = ?", (actor_id,)) or [
        {"actor_id": actor_id, "event_count": 0, "first_on": "", "last_on": "", "last_seq": None}
    ]
    row = actor_rows(db, [{**ranked[0], "number": known[0]["number"]}], "true", [])[0]
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
        roles=offices(db, [actor_id]).get(actor_id, ()),
        seats=_seats(db, actor_id),
        namesakes=_namesakes(db, actor_id),
    )


def actor_files(db: Database, actor_id: str) -> list[ActorFile]:
    """The files the actor acts on, those with the newest act first."""
    roles: dict[str, dict[str, int]] = {}
    last: dict[str, str] = {}
    for dossier_id, role, count, day in db.execute(
        f"""
        SELECT dossier_id, role, sum(n), max(day) FROM (
            SELECT e.dossier_id, x.role, count(*) AS n, max(e.date_start || ' ' || e.date) AS day
            FROM shown_actor x JOIN shown_event e USING (event_id)
            WHERE x.actor_id = :id AND e.dossier_id <> '' AND e.status = 'occurred' GROUP BY 1, 2
            UNION ALL
            SELECT s.shown_id, x.role, 1, '' FROM dossier_actor x
            JOIN shown_alias s ON s.entity = 'dossier' AND s.id = x.dossier_id WHERE x.actor_id IN ({_MEMBERS})
        ) GROUP BY 1, 2
        """,
        {"id": actor_id},
    ).fetchall():
        roles.setdefault(dossier_id, {})[role] = int(count)
        last[dossier_id] = max(last.get(dossier_id, ""), day)
    marks = ", ".join("?" * len(roles))
    found = [
        ActorFile(
            **{**row, "titles": json.loads(row["titles"])},
            roles=tuple(sorted(roles[row["dossier_id"]].items(), key=lambda held: (-held[1], held[0]))),
            last_on=last[row["dossier_id"]].partition(" ")[2],
        )
        for row in rows(
            db,
            f"""SELECT dossier_id, title, titles, jurisdiction, track, stage FROM shown_dossier
                WHERE dossier_id IN ({marks}) ORDER BY dossier_id""",
            list(roles),
        )
    ]
    return sorted(found, key=lambda one: last[one.dossier_id], reverse=True)


def actor_document_count(db: Database, actor_id: str) -> int:
    """How many documents on the subject name the actor."""
    return int(db.execute(f"SELECT count(*) {_NAMING}", {"id": actor_id}).fetchone()[0])


def actor_documents(db: Database, actor_id: str, *, limit: int = 10) -> list[ActorDocument]:
    """Documents on the subject that name the actor, newest first."""
    return [
        ActorDocument(**row)
        for row in rows(
            db,
            f"""
            SELECT i.item_id, i.kind, t.title, i.url, i.publisher, coalesce(i.published_on, '') AS date
            {_NAMING} JOIN item i ON i.item_id = m.item_id JOIN item_text t ON t.item_id = m.item_id
            ORDER BY date DESC, i.item_id DESC LIMIT :limit
            """,
            {"id": actor_id, "limit": limit},
        )
    ]


def neighbours(db: Database, view: View, actor_id: str, *, limit: int = 39) -> tuple[list[Neighbour], int]:
    """Who acts in the same events of the view as the actor, most often first, and how many there are in all."""
    condition, params = where(view)
    shared = f"""
        SELECT y.actor_id, count(DISTINCT e.seq) AS count, max(e.seq) AS last_seq
        FROM (SELECT DISTINCT event_id FROM shown_actor WHERE actor_id = ?) x
        JOIN shown_event e USING (event_id) JOIN shown_actor y USING (event_id)
        WHERE y.actor_id <> ? AND {condition} GROUP BY 1
    """
    found = rows(
        db,
        f"""
        SELECT f.*, count(*) OVER () AS total FROM ({shared}) f ORDER BY f.count DESC, f.last_seq DESC, 1 LIMIT ?
        """,
        [actor_id, actor_id, *params, limit],
    )
    total = found[0]["total"] if found else 0
    ids = [one["actor_id"] for one in found]
    names = {
        row["actor_id"]: row
        for row in rows(
            db,
            f"SELECT a.actor_id, a.name, {NUMBER} AS number, a.kind FROM actor a"
            f" WHERE a.actor_id IN ({', '.join('?' * len(ids))})",
            ids,
        )
    }
    seqs = [one["last_seq"] for one in found]
    events = {
        row["seq"]: row
        for row in rows(
            db,
            f"SELECT seq, event_id, date, title, titles FROM shown_event WHERE seq IN ({', '.join('?' * len(seqs))})",
            seqs,
        )
    }
    return [
        Neighbour(
            **names[one["actor_id"]],
            count=one["count"],
            last_id=events[one["last_seq"]]["event_id"],
            last_on=events[one["last_seq"]]["date"],
            last_title=events[one["last_seq"]]["title"],
            last_titles=json.loads(events[one["last_seq"]]["titles"]),
        )
        for one in found
    ], int(total)


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


def offices(db: Database, actor_ids: Collection[str]) -> dict[str, tuple[Role, ...]]:
    """Offices and memberships of these actors, the newest first; an actor without any is left out."""
    found: dict[str, list[Role]] = {}
    for row in rows(
        db,
        """
        SELECT r.*, o.name AS organisation_name FROM role r LEFT JOIN actor o ON o.actor_id = r.organisation_id
        WHERE r.actor_id IN (SELECT value FROM json_each(?)) ORDER BY r.actor_id, r.start DESC, r.n
        """,
        (json.dumps(sorted(actor_ids)),),
    ):
        role = Role(
            titles={"en": row["title_en"], "fr": row["title_fr"]},
            organisation_id=row["organisation_id"],
            organisation=row["organisation_name"] or row["organisation"],
            start=row["start"],
            end=row["end"],
            verified=row["verified"],
            source_url=row["source_url"],
        )
        found.setdefault(row["actor_id"], []).append(role)
    return {actor_id: tuple(held) for actor_id, held in found.items()}


def _seats(db: Database, actor_id: str) -> tuple[Seat, ...]:
    """Seats of the actor, one told by several registers once."""
    return tuple(
        Seat(**row)
        for row in rows(
            db,
            f"""
            SELECT s.chamber, s.start, min(s.end) AS end, min(c.publisher) AS publisher, min(c.url) AS url
            FROM seat s JOIN source c USING (source_id) WHERE s.actor_id IN ({_MEMBERS})
            GROUP BY s.chamber, s.start ORDER BY s.start DESC, s.chamber
            """,
            {"id": actor_id},
        )
    )
