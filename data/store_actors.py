"""Which actor a record means: official id, then exact folded name where a name can decide, else a new one.

A body is known by its name inside its jurisdiction. A person is not: a name alone means a person of the reviewed
list, or one whom the same register or the same source named before; two sources that share only a name give two
actors, and a merge is proposed (:mod:`data.store_identity`). Never a fuzzy score.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.database import Database, slug
from data.fold import fold
from data.models import ActorRecord, Identifier

#: scheme of our own ids, used where a text was linked to an actor already in the database
MONITOR = "monitor"


@dataclass(frozen=True, slots=True)
class Teller:
    """Who names an actor. ``register`` is the scheme of the register whose members a source names without number,
    ``parser`` the version of the code that read it."""

    origin: str
    at: str
    source_id: str = ""
    register: str = ""
    parser: str = ""


def resolve(db: Database, record: ActorRecord, by: Teller) -> str | None:
    """The id of the actor ``record`` means, creating it when it is new; None when nothing names it.

    A name matches only an unconditional name in the same jurisdiction, held by exactly one actor that does not
    carry another id of the same scheme: two homonyms with official ids stay two.
    """
    known = _by_identifier(db, record.identifiers)
    if known is None and any(identifier.scheme == MONITOR for identifier in record.identifiers):
        return None  # linked to an actor that is not here (any more): nothing to create from
    if known is None and record.name:
        known = _by_name(db, record, by)
    if known is None:
        known = _create(db, record, by)
    if known is not None:
        _complete(db, known, record)
        _sit(db, known, record, by)
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


def _by_name(db: Database, record: ActorRecord, by: Teller) -> str | None:
    if _named_before(db, own := _name_id(record, by)):
        return own if not record.identifiers else None
    found = db.execute(
        """
        SELECT DISTINCT n.actor_id, a.origin
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
    if record.kind != "person":
        return actor_id
    reviewed = found[0][1] == "curated"
    if record.identifiers:  # an official number joins a reviewed person who has none yet, nobody else
        return actor_id if reviewed and not set(held) - {"wikidata"} else None
    return actor_id if reviewed or by.register in held else None


def _name_id(record: ActorRecord, by: Teller) -> str:
    """The id of an actor known by name alone: a person's name is that of one source."""
    place = by.source_id if record.kind == "person" and by.source_id else record.jurisdiction
    return slug("new", place, fold(record.name))


def _named_before(db: Database, actor_id: str) -> bool:
    return db.execute("SELECT 1 FROM actor WHERE actor_id = ?", (actor_id,)).fetchone() is not None


def _create(db: Database, record: ActorRecord, by: Teller) -> str | None:
    if record.identifiers:
        first = record.identifiers[0]
        actor_id = slug(first.scheme, first.value)
    elif fold(record.name):
        actor_id = _name_id(record, by)
    else:
        return None
    if not actor_id.isascii() or _named_before(db, actor_id):
        actor_id = f"{actor_id}-{_digest(record)}"
        if _named_before(db, actor_id):
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
            by.origin,
            "payload" if by.origin == "official" else "one_source",
            by.at,
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


def _sit(db: Database, actor_id: str, record: ActorRecord, by: Teller) -> None:
    """Keep the seats a register tells; one that ended since is closed."""
    for seat in record.seats if by.source_id else ():
        db.execute(
            """
            INSERT INTO seat VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (actor_id, chamber, start) DO UPDATE SET end = excluded.end WHERE end <> excluded.end
            """,
            (actor_id, seat.chamber, seat.start, seat.end, by.at[:10], by.source_id, by.parser),
        )
