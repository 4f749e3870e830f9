"""Writing dossiers and events as one source tells them, with revisions of what it told before."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import Any, cast

from data import flips
from data.database import Database, rows, slug
from data.earlier import DOSSIER, EVENT, keep
from data.models import DossierRecord, EventRecord
from data.store_actors import Teller, resolve

BASELINE = "baseline"

#: event columns whose change is told in the public change log
EVENT_FIELDS = ("type", "date_start", "date_end", "status", "outcome", "stage", "title")
DOSSIER_FIELDS = ("title", "track", "url")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who says it, when it was fetched and from which payload. Instants are UTC.

    ``at`` is when it is told, ``retrieved_at`` when the payload was fetched (empty: at the same instant); ``why`` is
    the reason the change log gives for what is told otherwise than before; ``parser`` the version of the code that
    parsed the payload.
    """

    source_id: str
    origin: str
    publisher: str
    kind: str
    at: str
    payload_sha256: str = ""
    url: str = ""
    published_on: str = ""
    verified: str = "payload"
    register: str = ""
    retrieved_at: str = ""
    why: str = "the source changed it"
    parser: str = ""

    def teller(self) -> Teller:
        """The same, as far as naming actors goes."""
        return Teller(self.origin, self.at, self.source_id, self.register, self.parser)


#: made once: ``json.dumps`` with options makes an encoder for every value
_STORED = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_DIGESTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def content_hash(value: Any) -> str:
    """A stable digest of a record: equal content, equal digest; empty fields do not count."""
    text = _DIGESTED.encode(_filled(value))
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _filled(thing: Any) -> Any:
    """``thing`` with records as dictionaries and without empty fields; plain values as they are."""
    kind = type(thing)
    if kind is str or thing is None:
        return thing
    if kind is tuple or kind is list:
        return [_filled(one) for one in thing]
    if kind is dict:
        return {key: _filled(one) for key, one in thing.items() if one not in _EMPTY}
    if names := _field_names(cast("Hashable", kind)):
        found = ((name, getattr(thing, name)) for name in names)
        return {name: _filled(one) for name, one in found if one not in _EMPTY}
    return thing


_EMPTY: tuple[Any, ...] = ("", None, (), [], {})


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()


def as_json(value: Any) -> str:
    """Compact JSON with a stable key order."""
    return _STORED.encode(value)


def public_id(db: Database, table: str, column: str, source_id: str, external_id: str) -> str:
    """A readable id that stays: the source's own for the baseline, else source and external id."""
    wanted = external_id if source_id == BASELINE else slug(source_id, external_id)
    clash = db.execute(
        f"SELECT 1 FROM {table} WHERE {column} = ? AND NOT (source_id = ? AND external_id = ?)",
        (wanted, source_id, external_id),
    ).fetchone()
    if not clash:
        return wanted
    return f"{wanted}-{blake2b(f'{source_id}|{external_id}'.encode(), digest_size=4).hexdigest()}"


def log_revision(
    db: Database, entity: str, entity_id: str, field: str, old: str, new: str, *, at: str, by: str, why: str
) -> None:
    """One line of the change log."""
    db.execute(
        "INSERT INTO revision (entity, entity_id, field, old, new, at, by, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (entity, entity_id, field, old, new, at, by, why),
    )


def write_dossier(db: Database, record: DossierRecord, by: Provenance) -> tuple[str, str]:
    """Write a dossier with its events; returns its id and ``new``, ``changed``, ``unchanged`` or ``held``."""
    dossier_id, state = write_dossier_row(db, record, by)
    if state in ("unchanged", "held"):
        return dossier_id, state
    kept = {write_event(db, event, by, dossier_id=dossier_id)[0] for event in record.events}
    for row in rows(
        db, "SELECT event_id FROM event WHERE dossier_id = ? AND source_id = ?", (dossier_id, by.source_id)
    ):
        if row["event_id"] not in kept:
            remove_event(db, row["event_id"], at=by.at, by=by.source_id, why="the source no longer lists it")
    return dossier_id, state


def write_dossier_row(db: Database, record: DossierRecord, by: Provenance) -> tuple[str, str]:
    """Write a dossier with its identifiers, relations and actors, without its events; one that flips is ``held``."""
    digest = content_hash([record, by.origin, by.verified])
    old = rows(
        db,
        "SELECT * FROM dossier WHERE source_id = ? AND external_id = ?",
        (by.source_id, record.external_id),
    )
    told = flips.Told(by.source_id, "dossier", record.external_id)
    if old and old[0]["content_hash"] == digest:
        flips.stands(db, told)
        return str(old[0]["dossier_id"]), "unchanged"
    if old and by.origin != "curated" and not flips.is_taken(db, told, old[0]["content_hash"], digest, at=by.at):
        return str(old[0]["dossier_id"]), "held"
    dossier_id = (
        str(old[0]["dossier_id"]) if old else public_id(db, "dossier", "dossier_id", by.source_id, record.external_id)
    )
    values = {
        "dossier_id": dossier_id,
        "source_id": by.source_id,
        "external_id": record.external_id,
        "jurisdiction": record.jurisdiction,
        "track": record.track,
        "title": record.title,
        "lang": record.lang,
        "titles": as_json(record.titles),
        "url": record.url,
        "text": record.text,
        "harms": as_json(record.harms),
        "approaches": as_json(record.approaches),
        "origin": by.origin,
        "verified": by.verified,
        "payload_sha256": by.payload_sha256,
        "content_hash": digest,
        "changed_at": by.at,
        "parser": by.parser,
    }
    if old:
        keep(db, DOSSIER, dossier_id, at=by.at)
        for name in DOSSIER_FIELDS:
            if old[0][name] != values[name]:
                log_revision(
                    db, "dossier", dossier_id, name, old[0][name], str(values[name]),
                    at=by.at, by=by.source_id, why=by.why,
                )  # fmt: skip
    _upsert(db, "dossier", values | {"first_seen_at": by.at})
    _write_dossier_parts(db, dossier_id, record, by)
    return dossier_id, "changed" if old else "new"


def _write_dossier_parts(db: Database, dossier_id: str, record: DossierRecord, by: Provenance) -> None:
    for table in ("dossier_identifier", "dossier_relation", "dossier_actor"):
        db.execute(f"DELETE FROM {table} WHERE dossier_id = ?", (dossier_id,))
    for identifier in dict.fromkeys(record.identifiers):
        db.execute(
            "INSERT INTO dossier_identifier VALUES (?, ?, ?)",
            (dossier_id, identifier.scheme, identifier.value),
        )
    for relation in record.relations:
        db.execute(
            "INSERT INTO dossier_relation VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                dossier_id,
                relation.kind,
                relation.to.scheme,
                relation.to.value,
                relation.on.iso() if relation.on else "",
            ),
        )
    for actor in record.actors:
        if actor_id := resolve(db, actor, by.teller()):
            db.execute(
                "INSERT INTO dossier_actor VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (dossier_id, actor_id, actor.role, actor.role_title, actor.party),
            )


def write_event(
    db: Database,
    record: EventRecord,
    by: Provenance,
    *,
    dossier_id: str | None = None,
    item_id: int | None = None,
    confidence: float = 1.0,
) -> tuple[str, str]:
    """Write one event; returns its id and ``new``, ``changed`` or ``unchanged``.

    An event that other rules read the same is unchanged: only the version of the rule set is written beside it.
    """
    dossier_id = dossier_id or _dossier_of(db, record)
    told = replace(record, rules="", span=None) if record.rules else record
    digest = content_hash([told, dossier_id, by.origin, by.verified, by.publisher, by.published_on])
    old = rows(db, "SELECT * FROM event WHERE source_id = ? AND external_id = ?", (by.source_id, record.external_id))
    if old and old[0]["content_hash"] == digest:
        if record.rules:
            _write_rules(db, str(old[0]["event_id"]), record, at=by.at)
        return str(old[0]["event_id"]), "unchanged"
    event_id = str(old[0]["event_id"]) if old else public_id(db, "event", "event_id", by.source_id, record.external_id)
    values = {
        "event_id": event_id,
        "source_id": by.source_id,
        "external_id": record.external_id,
        "type": record.type,
        "date_start": record.when.start.isoformat(),
        "date_end": record.when.end.isoformat(),
        "date_precision": record.when.precision,
        "date_said": record.when.said,
        "status": record.status,
        "outcome": record.outcome,
        "jurisdiction": record.jurisdiction,
        "dossier_id": dossier_id,
        "item_id": item_id,
        "stage": record.stage,
        "official_code": record.official_code,
        "title": record.title,
        "lang": record.lang,
        "titles": as_json(record.titles),
        "summaries": as_json(record.summaries),
        "legal_references": as_json(record.legal_references),
        "origin": by.origin,
        "verified": by.verified,
        "confidence": confidence,
        "content_hash": digest,
        "revision": old[0]["revision"] + 1 if old else 0,
        "changed_at": by.at,
    }
    if old:
        keep(db, EVENT, event_id, at=by.at)
        for name in EVENT_FIELDS:
            if old[0][name] != values[name]:
                log_revision(
                    db, "event", event_id, name, old[0][name], str(values[name]),
                    at=by.at, by=by.source_id, why=by.why,
                )  # fmt: skip
    _upsert(db, "event", values | {"first_seen_at": by.at})
    _write_event_parts(db, event_id, record, by)
    return event_id, "changed" if old else "new"


def _write_event_parts(db: Database, event_id: str, record: EventRecord, by: Provenance) -> None:
    db.execute("DELETE FROM event_source WHERE event_id = ?", (event_id,))
    db.execute("DELETE FROM event_actor WHERE event_id = ?", (event_id,))
    db.execute(
        "INSERT INTO event_source VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event_id,
            record.url or by.url,
            by.publisher,
            by.kind,
            by.published_on,
            record.quote,
            record.rule,
            by.payload_sha256,
            "" if by.origin == "curated" else by.retrieved_at or by.at,
            record.rules,
            *_span(record).values(),
            record.quote_lang,
            by.parser,
        ),
    )
    for n, one in enumerate(record.quotations, start=1):
        db.execute(
            "INSERT INTO event_source VALUES (?, ?, ?, ?, ?, ?, ?, '', '', '', '', NULL, NULL, ?, '')",
            (event_id, n, one.url, one.publisher, one.kind, one.published_on, one.text, one.lang),
        )
    for actor in record.actors:
        if actor_id := resolve(db, actor, by.teller()):
            db.execute(
                "INSERT INTO event_actor VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (event_id, actor_id, actor.role, actor.stance, actor.quote, actor.role_title, actor.party),
            )


def _write_rules(db: Database, event_id: str, record: EventRecord, *, at: str) -> None:
    """The version of the rule set that read the event, and where, when they are other than before."""
    told = {"id": event_id, "rules": record.rules, **_span(record)}
    other = "event_id = :id AND (rules, start, end) IS NOT (:rules, :start, :end)"
    if db.execute(f"SELECT 1 FROM event_source WHERE {other}", told).fetchone():
        keep(db, "event_source", event_id, at=at)
        db.execute(f"UPDATE event_source SET rules = :rules, start = :start, end = :end WHERE {other}", told)


def _span(record: EventRecord) -> dict[str, int | None]:
    start, end = record.span or (None, None)
    return {"start": start, "end": end}


def remove_event(db: Database, event_id: str, *, at: str, by: str, why: str) -> None:
    """Take an event out that its source no longer tells; the change log keeps what it said."""
    old = rows(db, "SELECT title, date_start FROM event WHERE event_id = ?", (event_id,))[0]
    log_revision(db, "event", event_id, "removed", f"{old['date_start']} {old['title']}", "", at=at, by=by, why=why)
    keep(db, EVENT, event_id, at=at)
    for (member,) in db.execute(
        "SELECT event_id FROM event_join WHERE :id IN (event_id, into_id)", {"id": event_id}
    ).fetchall():
        keep(db, "event_join", str(member), at=at)
    for (dossier_id,) in db.execute("SELECT dossier_id FROM dossier_stage WHERE event_id = ?", (event_id,)).fetchall():
        keep(db, "dossier_stage", str(dossier_id), at=at)
    db.execute("DELETE FROM event_join WHERE event_id = :id OR into_id = :id", {"id": event_id})
    db.execute("UPDATE dossier_stage SET event_id = '' WHERE event_id = ?", (event_id,))
    for table in ("event_source", "event_actor", "event"):
        db.execute(f"DELETE FROM {table} WHERE event_id = ?", (event_id,))


def replace_item_events(
    db: Database,
    item_id: int,
    events: Iterable[EventRecord],
    by: Provenance,
    *,
    confidence: float,
    is_new: bool = False,
) -> None:
    """The events of one item and origin become exactly ``events``: what re-reading no longer finds goes.

    Of an item that ``is_new`` none was read before.
    """
    kept = {write_event(db, event, by, item_id=item_id, confidence=confidence)[0] for event in events}
    if is_new:
        return
    for row in rows(db, "SELECT event_id FROM event WHERE item_id = ? AND origin = ?", (item_id, by.origin)):
        if row["event_id"] not in kept:
            remove_event(db, row["event_id"], at=by.at, by=by.source_id, why="no longer read in the text")


def _dossier_of(db: Database, record: EventRecord) -> str | None:
    for identifier in record.dossier:
        found = db.execute(
            "SELECT min(dossier_id) FROM dossier_identifier WHERE scheme = ? AND value = ?",
            (identifier.scheme, identifier.value),
        ).fetchone()
        if found and found[0]:
            return str(found[0])
    return None


def _upsert(db: Database, table: str, values: dict[str, Any]) -> None:
    """Insert, or update every column but ``first_seen_at`` on the natural key."""
    names = list(values)
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in ("first_seen_at", "source_id"))
    db.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT (source_id, external_id) DO UPDATE SET {changes}"
        f" WHERE content_hash IS NOT excluded.content_hash",
        list(values.values()),
    )
