"""Which actor a record means: official id, then exact folded name, else a new one. Never a fuzzy score."""

from __future__ import annotations

from data.database import Database, slug
from data.fold import fold
from data.models import ActorRecord, Identifier

#: scheme of our own ids, used where a text was linked to an actor already in the database
MONITOR = "monitor"


def resolve(db: Database, record: ActorRecord, *, origin: str, at: str) -> str | None:
    """The id of the actor ``record`` means, creating it when it is new; None when nothing names it.

    A name alone matches only an unconditional name in the same jurisdiction, held by exactly one actor
    that does not carry another id of the same scheme: two homonyms with official ids stay two.
    """
    known = _by_identifier(db, record.identifiers)
    if known is None and any(identifier.scheme == MONITOR for identifier in record.identifiers):
        return None  # linked to an actor that is not here (any more): nothing to create from
    if known is None and record.name:
        known = _by_name(db, record)
    if known is None:
        known = _create(db, record, origin=origin, at=at)
    if known is not None:
        _complete(db, known, record)
    return known


def _by_identifier(db: Database, identifiers: tuple[Identifier, ...]) -> str | None:
    for identifier in identifiers:
        if identifier.scheme == MONITOR:
            found = db.execute("SELECT actor_id FROM actor WHERE actor_id = ?", (identifier.value,)).fetchone()
        else:
            found = db.execute(
                "SELECT actor_id FROM actor_identifier WHERE scheme = ? AND value = ?",
                (identifier.scheme, identifier.value),
            ).fetchone()
        if found:
            return str(found[0])
    return None


def _by_name(db: Database, record: ActorRecord) -> str | None:
    found = db.execute(
        """
        SELECT DISTINCT n.actor_id
        FROM actor_name n JOIN actor a USING (actor_id)
        WHERE n.folded = ? AND n.condition = '' AND a.jurisdiction = ?
          AND (a.kind = 'person') = (? = 'person')
        """,
        (fold(record.name), record.jurisdiction, record.kind),
    ).fetchall()
    if len(found) != 1:
        return None
    actor_id = str(found[0][0])
    held = {
        scheme: value
        for scheme, value in db.execute(
            "SELECT scheme, value FROM actor_identifier WHERE actor_id = ?", (actor_id,)
        ).fetchall()
    }
    if any(held.get(one.scheme, one.value) != one.value for one in record.identifiers):
        return None
    return actor_id


def _create(db: Database, record: ActorRecord, *, origin: str, at: str) -> str | None:
    if record.identifiers:
        first = record.identifiers[0]
        actor_id = slug(first.scheme, first.value)
    elif fold(record.name):
        actor_id = slug("new", record.jurisdiction, fold(record.name))
    else:
        return None
    if not actor_id.isascii() or db.execute("SELECT 1 FROM actor WHERE actor_id = ?", (actor_id,)).fetchone():
        actor_id = f"{actor_id}-{_digest(record)}"
        if db.execute("SELECT 1 FROM actor WHERE actor_id = ?", (actor_id,)).fetchone():
            return actor_id
    db.execute(
        """
        INSERT INTO actor (actor_id, name, kind, jurisdiction, party, origin, verified, first_seen_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            actor_id,
            record.name,
            record.kind,
            record.jurisdiction,
            record.party,
            origin,
            "payload" if origin == "official" else "one_source",
            at,
        ),
    )
    return actor_id


def _digest(record: ActorRecord) -> str:
    from hashlib import blake2b

    text = "|".join([record.kind, record.jurisdiction, record.name, *(i.scheme + i.value for i in record.identifiers)])
    return blake2b(text.encode(), digest_size=4).hexdigest()


def _complete(db: Database, actor_id: str, record: ActorRecord) -> None:
    """Add what the record knows and we lack; a name that stands is never replaced."""
    if record.name:
        db.execute("UPDATE actor SET name = ? WHERE actor_id = ? AND name = ''", (record.name, actor_id))
    if record.party:
        db.execute(
            "UPDATE actor SET party = ? WHERE actor_id = ? AND party = '' AND origin <> 'curated'",
            (record.party, actor_id),
        )
    if not any(identifier.scheme == MONITOR for identifier in record.identifiers):
        for name in dict.fromkeys(filter(None, (record.name, *record.aliases))):
            db.execute(
                "INSERT INTO actor_name (actor_id, name, lang, folded) VALUES (?, ?, '', ?) ON CONFLICT DO NOTHING",
                (actor_id, name, fold(name)),
            )
    for identifier in record.identifiers:
        if identifier.scheme != MONITOR:
            db.execute(
                "INSERT INTO actor_identifier (scheme, value, actor_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (identifier.scheme, identifier.value, actor_id),
            )
