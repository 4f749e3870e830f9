"""Writing the curated baseline into the collected database, as one more source: ``baseline``.

Loading is skipped when the reference has not changed since the last time, so a second start costs nothing.
A correction in the files is a change like any other: it appears in the change log.
"""

from __future__ import annotations

from data import earlier
from data.database import Database, rows, writing
from data.fold import fold
from data.models import ActorRecord, DossierRecord, EventRecord, Identifier, Source
from data.reference_models import RefActor, RefDossier, Reference, RefMilestone
from data.store_actors import MONITOR
from data.store_events import (
    BASELINE,
    Provenance,
    content_hash,
    remove_event,
    write_dossier_row,
    write_event,
)

SOURCE = Source(
    id=BASELINE,
    names={"en": "Curated baseline", "fr": "Socle vérifié"},
    publisher="Deepfake Policy Monitor",
    jurisdiction="int",
    kind="research",
    lang="en",
    collector="baseline",
    urls=(),
    licence="CC BY 4.0",
    every_hours=24 * 365,
    min_records=0,
)


def load(db: Database, reference: Reference, *, at: str) -> bool:
    """Make the database hold the baseline as ``reference`` has it; returns False when nothing changed."""
    digest = content_hash(
        [reference.actors, reference.roles, [_dossier(one) for one in reference.dossiers], reference.milestones]
    )
    held = db.execute("SELECT value FROM setting WHERE key = 'baseline'").fetchone()
    if held and held[0] == digest:
        return False
    with writing(db):
        for actor in reference.actors:
            _write_actor(db, actor, at)
        _write_roles(db, reference)
        kept = _write_dossiers_and_milestones(db, reference, at)
        for row in rows(db, "SELECT event_id FROM event WHERE source_id = ?", (BASELINE,)):
            if row["event_id"] not in kept:
                remove_event(db, row["event_id"], at=at, by=BASELINE, why="taken out of the baseline")
        db.execute(
            "INSERT INTO setting VALUES ('baseline', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (digest,),
        )
    return True


def _dossier(one: RefDossier) -> DossierRecord:
    return DossierRecord(
        external_id=one.dossier_id,
        jurisdiction=one.jurisdiction,
        track=one.track,
        title=one.title,
        lang=one.lang,
        identifiers=one.identifiers,
        titles=one.titles,
        url=one.url,
        harms=one.harms,
        approaches=one.approaches,
    )


def _event(one: RefMilestone, kinds: dict[str, str]) -> EventRecord:
    own = next((quote for quote in one.quotations if quote.url == one.source_url), None)
    return EventRecord(
        external_id=one.event_id,
        type=one.type,
        when=one.when,
        title=one.titles.get("en") or next(iter(one.titles.values())),
        lang="en" if one.titles.get("en") else next(iter(one.titles)),
        jurisdiction=one.jurisdiction,
        status=one.status,
        outcome=one.outcome,
        stage=one.stage,
        titles=one.titles,
        summaries=one.summaries,
        url=one.source_url,
        quote=own.text if own else "",
        quote_lang=own.lang if own else "",
        quotations=(*(quote for quote in one.quotations if quote is not own), *one.publications),
        legal_references=one.legal_references,
        actors=tuple(
            ActorRecord("", kinds[actor_id], one.jurisdiction, (Identifier(MONITOR, actor_id),), role=role)
            for actor_id, role in one.actors
        ),
    )


def _write_dossiers_and_milestones(db: Database, reference: Reference, at: str) -> set[str]:
    for dossier in reference.dossiers:
        by = Provenance(
            BASELINE, "curated", SOURCE.publisher, "curated", at, url=dossier.url, verified=dossier.verified
        )
        write_dossier_row(db, _dossier(dossier), by)
    kinds = {actor.actor_id: actor.kind for actor in reference.actors}
    kept = set()
    for milestone in reference.milestones:
        by = Provenance(
            BASELINE,
            "curated",
            milestone.source_publisher,
            milestone.source_kind,
            at,
            url=milestone.source_url,
            published_on=milestone.published_on,
            verified=milestone.verified,
        )
        event_id, _ = write_event(db, _event(milestone, kinds), by, dossier_id=milestone.dossier_id or None)
        kept.add(event_id)
    return kept


def _write_actor(db: Database, actor: RefActor, at: str) -> None:
    db.execute(
        """
        INSERT INTO actor (actor_id, name, kind, jurisdiction, parent_id, url, origin, verified, first_seen_at)
        VALUES (?, ?, ?, ?, ?, ?, 'curated', ?, ?)
        ON CONFLICT (actor_id) DO UPDATE SET
            name = excluded.name, kind = excluded.kind, jurisdiction = excluded.jurisdiction,
            parent_id = excluded.parent_id, url = excluded.url, origin = 'curated', verified = excluded.verified
        """,
        (actor.actor_id, actor.name, actor.kind, actor.jurisdiction, actor.parent_id, actor.url, actor.verified, at),
    )
    conditions = {one.alias: "; ".join(one.conditions) for one in actor.ambiguous_aliases}
    names = [("", actor.name), *actor.names.items(), *(("", one) for one in (*actor.aliases, *conditions))]
    for lang, name in dict.fromkeys(names):
        db.execute(
            """
            INSERT INTO actor_name VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (actor_id, name, lang) DO UPDATE SET condition = excluded.condition
            """,
            (actor.actor_id, name, lang, conditions.get(name, ""), fold(name)),
        )
    for identifier in actor.identifiers:
        holder = db.execute(
            "SELECT actor_id FROM actor_identifier WHERE scheme = ? AND value = ?",
            (identifier.scheme, identifier.value),
        ).fetchone()
        if holder and holder[0] != actor.actor_id:
            _absorb(db, str(holder[0]), actor.actor_id)
        db.execute(
            "INSERT INTO actor_identifier VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (identifier.scheme, identifier.value, actor.actor_id),
        )


def _absorb(db: Database, old: str, new: str) -> None:
    """A collected actor turns out to be a curated one (same official id): everything it did moves over."""
    db.execute(
        "UPDATE actor SET first_seen_at = min(first_seen_at, (SELECT first_seen_at FROM actor WHERE actor_id = ?))"
        " WHERE actor_id = ?",
        (old, new),
    )
    earlier.absorb(db, old, new)
    for table in ("event_actor", "dossier_actor", "mention", "actor_identifier"):
        db.execute(f"UPDATE OR IGNORE {table} SET actor_id = ? WHERE actor_id = ?", (new, old))
        db.execute(f"DELETE FROM {table} WHERE actor_id = ?", (old,))
    db.execute("DELETE FROM role WHERE actor_id = ?", (old,))
    db.execute("DELETE FROM actor_name WHERE actor_id = ?", (old,))
    db.execute("DELETE FROM actor WHERE actor_id = ?", (old,))


def _write_roles(db: Database, reference: Reference) -> None:
    db.execute("DELETE FROM role WHERE actor_id IN (SELECT actor_id FROM actor WHERE origin = 'curated')")
    count: dict[str, int] = {}
    for role in reference.roles:
        n = count.get(role.actor_id, 0)
        count[role.actor_id] = n + 1
        db.execute(
            "INSERT INTO role VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?)",
            (
                role.actor_id,
                n,
                role.titles.get("en", ""),
                role.titles.get("fr", ""),
                role.organisation_id,
                role.start,
                role.end,
                role.source_url,
                role.verified,
            ),
        )
