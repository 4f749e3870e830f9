"""Writing what a run brought. The unit of work is one response, or 200 records of a large one.

:func:`record_unit` commits the payload record, the records, the quarantine, the follow-up addresses and
the validators together: whatever dies between two units, nothing is lost and nothing is told twice. The
body itself is written and synced before (:func:`data.payloads.keep_payload`); an orphan file is harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from data import flips
from data.database import Database, rows, sqlite3, writing
from data.models import (
    ActorRecord,
    DossierRecord,
    Follow,
    ItemRecord,
    PageRead,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
)
from data.readings import Reading, Relevance
from data.store_actors import resolve
from data.store_events import (
    Provenance,
    as_json,
    content_hash,
    replace_item_events,
    write_dossier,
)
from data.store_readings import conceal, teller_kind, write_reading, write_relevance

UNIT_SIZE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with what was read in it; dossiers carry a relevance, items a whole reading.

    ``hidden`` are the names that the record has under the mask, longest first: what was stored of it before hides
    them too.
    """

    record: Record
    reading: Reading | None = None
    relevance: Relevance | None = None
    hidden: tuple[str, ...] = ()

    def on_subject(self) -> bool:
        """An item whose words, a watched article or a watched file put it on the subject."""
        return self.reading is not None and self.reading.relevance.relevant

    def is_kept(self, keep: str) -> bool:
        """Whether it is stored: everything but, of a bulk archive (``keep`` is ``subject``), what is not on
        the subject and hangs on no watched file."""
        if keep == "all" or self.reading is None or not isinstance(self.record, ItemRecord):
            return True
        found = self.reading.relevance
        return found.relevant or any(one.rule.startswith("watched:") for one in found.evidence)


@dataclass(frozen=True, slots=True)
class Unit:
    """What one commit writes. ``begun`` opens the answer, ``done`` holds the address and validators once its last
    record is in.

    ``told`` is what was said beside the body (:func:`data.store_kept.answers`), ``watched_after`` the number of the
    answer after which the watched files were looked up, ``parser`` the version of the code that parsed it.
    """

    source: Source
    response: Response
    entries: Sequence[Entry]
    etag: str = ""
    last_modified: str = ""
    done: bool = False
    read_with: str = ""
    begun: bool = True
    told: str = ""
    watched_after: int = 0
    parser: str = ""


@dataclass(slots=True)
class Counts:
    """What happened to the records of a unit or a run. ``records`` counts items, dossiers and actors read,
    those of a bulk archive that are not kept (``passed_over``) among them; those that flip (``held``) count as
    unchanged too. ``new_days``: the days that new items carry."""

    records: int = 0
    passed_over: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    held: int = 0
    rejected: int = 0
    unknown: int = 0
    follows: list[str] = field(default_factory=list)
    new_days: list[date | None] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        """Add another unit's counts to these."""
        self.records += other.records
        self.passed_over += other.passed_over
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.held += other.held
        self.rejected += other.rejected
        self.unknown += other.unknown
        self.follows.extend(other.follows)
        self.new_days.extend(other.new_days)

    def told(self) -> str:
        """What happened to the records, in words; what did not happen is not told."""
        more = (
            (self.passed_over, "read and not on the subject"),
            (self.held, "told as before that and not taken"),
            (self.rejected, "in quarantine"),
            (self.unknown, "unknown codes"),
        )
        first = f"{self.new} new, {self.changed} changed, {self.unchanged} as before"
        return first + "".join(f", {count} {words}" for count, words in more if count)

    def tally(self, state: str) -> None:
        """Count one record by its state."""
        self.records += 1
        if state == "new":
            self.new += 1
        elif state == "changed":
            self.changed += 1
        else:
            self.unchanged += 1
            self.held += state == "held"


def record_unit(db: Database, unit: Unit, digest: str) -> Counts:
    """Commit one unit whole; ``digest`` is the sha256 of its kept body."""
    counts = Counts()
    source, response = unit.source, unit.response
    with writing(db):
        db.execute(
            "INSERT INTO payload VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (digest, len(response.body), response.url, as_json(response.headers), response.fetched_at),
        )
        if unit.begun and digest:
            _write_answer(db, unit, digest)
        for entry in unit.entries:
            _record_or_reject(db, unit, entry, digest, counts)
        if unit.done:
            address = response.requested_url or response.url
            db.execute(
                """
                INSERT INTO request (url, source_id, etag, last_modified, sha256, fetched_at, read_with)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (url) DO UPDATE SET
                    source_id = excluded.source_id, etag = excluded.etag, last_modified = excluded.last_modified,
                    sha256 = excluded.sha256, fetched_at = excluded.fetched_at, read_with = excluded.read_with
                """,
                (
                    address, source.id, unit.etag, unit.last_modified, digest, response.fetched_at, unit.read_with,
                ),
            )  # fmt: skip
            db.execute("DELETE FROM pending WHERE source_id = ? AND url = ?", (source.id, address))
    return counts


def _write_answer(db: Database, unit: Unit, digest: str) -> None:
    response = unit.response
    db.execute(
        """
        INSERT INTO answer (source_id, sha256, requested_url, url, headers, fetched_at, told, watched_after)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            unit.source.id, digest, response.requested_url or response.url, response.url, as_json(response.headers),
            response.fetched_at, unit.told, unit.watched_after,
        ),
    )  # fmt: skip


def _record_or_reject(db: Database, unit: Unit, entry: Entry, digest: str, counts: Counts) -> None:
    """Write one record; one that breaks a rule of the database goes to quarantine and the unit goes on."""
    db.execute("SAVEPOINT record")
    try:
        _record(db, unit, entry, digest, counts)
    except (sqlite3.IntegrityError, ValueError, TypeError) as error:  # ValueError: text no file can hold
        db.execute("ROLLBACK TO record")
        name = getattr(entry.record, "external_id", "") or getattr(entry.record, "name", "")
        locator = f"{type(entry.record).__name__} {name}".encode("ascii", "backslashreplace").decode()
        problem = str(error).encode("ascii", "backslashreplace").decode()
        _record(db, unit, Entry(Rejected(locator, f"{type(error).__name__}: {problem}")), digest, counts)
    db.execute("RELEASE record")


def _record(db: Database, unit: Unit, entry: Entry, digest: str, counts: Counts) -> None:
    record, source = entry.record, unit.source
    by = Provenance(
        source_id=source.id,
        origin="official" if source.official else "text",
        publisher=source.publisher,
        kind=teller_kind(source.kind),
        at=unit.response.fetched_at,
        payload_sha256=digest,
        url=unit.response.url,
        verified="payload" if source.official else "one_source",
        register=str(source.options.get("names_in", "")),
        parser=unit.parser,
    )
    match record:
        case ItemRecord():
            state = _write_item(db, record, by, entry)
            counts.tally(state)
            if state == "new":
                counts.new_days.append(record.published_on)
        case DossierRecord():
            dossier_id, state = write_dossier(db, record, by)
            if entry.relevance is not None and state != "held":
                write_relevance(db, "dossier", dossier_id, entry.relevance, at=by.at)
            counts.tally(state)
        case ActorRecord():
            resolve(db, record, by.teller())
            counts.tally("unchanged")
        case Rejected():
            db.execute(
                """
                INSERT INTO quarantine (source_id, locator, reason, raw, payload_sha256, at, parser)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                (source.id, record.locator, record.reason, record.raw[:4000], digest, by.at, by.parser),
            )
            counts.rejected += 1
        case Unknown():
            db.execute(
                "INSERT INTO unknown_code VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (source.id, record.field, record.code, record.locator, by.at, by.parser),
            )
            counts.unknown += 1
        case PageRead():
            _write_page(db, record, by)
        case Follow():
            db.execute(
                "INSERT INTO pending (source_id, url) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (source.id, record.url),
            )
            counts.follows.append(record.url)


def _write_item(db: Database, record: ItemRecord, by: Provenance, entry: Entry) -> str:
    digest = content_hash(record)
    found = rows(
        db,
        "SELECT i.item_id, i.content_hash, t.title, t.summary, t.text, i.payload_sha256, i.changed_at"
        " FROM item i JOIN item_text t USING (item_id) WHERE i.source_id = ? AND i.external_id = ?",
        (by.source_id, record.external_id),
    )
    told = flips.Told(by.source_id, "item", record.external_id)
    is_same = bool(found) and found[0]["content_hash"] == digest
    if is_same:
        flips.stands(db, told)
    if found and (is_same or not flips.is_taken(db, told, found[0]["content_hash"], digest, at=by.at)):
        db.execute("UPDATE item SET last_seen_at = ? WHERE item_id = ?", (by.at, found[0]["item_id"]))
        return "unchanged" if is_same else "held"
    item_id = int(found[0]["item_id"]) if found else 0
    if found:
        _change_item(db, item_id, record, by, digest, found[0])
    else:
        item_id = _insert_item(db, record, by, digest)
    day = record.published_on.isoformat() if record.published_on else ""
    said = replace(by, publisher=record.publisher or by.publisher, url=record.url, published_on=day)
    _write_files(db, item_id, record, is_new=not found)
    if by.origin == "official":
        events = [event if event.dossier else replace(event, dossier=record.dossier) for event in record.events]
        replace_item_events(db, item_id, events, said, confidence=1.0, is_new=not found)
    if entry.reading is not None:
        write_reading(db, item_id, entry.reading, said, is_new=not found)
    if found and entry.hidden:
        conceal(db, item_id, entry.hidden)
    return "changed" if found else "new"


def _insert_item(db: Database, record: ItemRecord, by: Provenance, digest: str) -> int:
    values = {
        "source_id": by.source_id, "external_id": record.external_id, **_columns(record, by, digest),
        "first_seen_at": by.at,
    }  # fmt: skip
    marks = ", ".join("?" * len(values))
    written = db.execute(f"INSERT INTO item ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    item_id = written.lastrowid
    assert item_id is not None
    db.execute("INSERT INTO item_text VALUES (?, ?, ?, ?)", (item_id, record.title, record.summary, record.text))
    return item_id


def _change_item(
    db: Database, item_id: int, record: ItemRecord, by: Provenance, digest: str, old: Mapping[str, object]
) -> None:
    """What the publisher said before is kept, and the words the search index still holds."""
    values = _columns(record, by, digest)
    changes = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE item SET {changes} WHERE item_id = ?", [*values.values(), item_id])
    _keep_revision(db, old)
    texts = (record.title, record.summary, record.text)
    before = (old["title"], old["summary"], old["text"])
    if before != texts:
        db.execute("UPDATE item_text SET title = ?, summary = ?, text = ? WHERE item_id = ?", (*texts, item_id))
        db.execute("INSERT INTO search_pending VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", (item_id, *before))


def _columns(record: ItemRecord, by: Provenance, digest: str) -> dict[str, object]:
    """What an item is now, beside its key and when it was first seen."""
    return {
        "kind": record.kind, "url": record.url, "jurisdiction": record.jurisdiction,
        "publisher": record.publisher or by.publisher, "authors": as_json(record.authors),
        "lang_declared": record.lang_declared, "lang": record.lang, "published_said": record.published_said,
        "published_on": record.published_on.isoformat() if record.published_on else None,
        "published_at": record.published_at, "published_quality": record.published_quality,
        "payload_sha256": by.payload_sha256, "content_hash": digest, "last_seen_at": by.at, "changed_at": by.at,
        "parser": by.parser,
    }  # fmt: skip


def _write_files(db: Database, item_id: int, record: ItemRecord, *, is_new: bool) -> None:
    """The official files an item belongs to become exactly those it names."""
    if not is_new:
        db.execute("DELETE FROM item_dossier WHERE item_id = ?", (item_id,))
    for one in dict.fromkeys([*record.dossier, *(file for event in record.events for file in event.dossier)]):
        db.execute("INSERT INTO item_dossier VALUES (?, ?, ?)", (item_id, one.scheme, one.value))


def _write_page(db: Database, record: PageRead, by: Provenance) -> None:
    db.execute(
        """
        INSERT INTO page SELECT item_id, ?, ?, ?, ?, ?, ? FROM item WHERE source_id = ? AND external_id = ?
        ON CONFLICT (item_id) DO UPDATE SET
            url = excluded.url, verdict = excluded.verdict, published_on = excluded.published_on,
            payload_sha256 = excluded.payload_sha256, fetched_at = excluded.fetched_at, parser = excluded.parser
        """,
        (
            record.url, record.verdict, record.published_on.isoformat() if record.published_on else "",
            by.payload_sha256, by.at, by.parser, by.source_id, record.external_id,
        ),
    )  # fmt: skip


def _keep_revision(db: Database, old: Mapping[str, object]) -> None:
    db.execute(
        """
        INSERT INTO item_revision (item_id, n, at, title, summary, text, payload_sha256)
        SELECT :item_id, count(*), :changed_at, :title, :summary, :text, :payload_sha256
        FROM item_revision WHERE item_id = :item_id
        """,
        {name: old[name] for name in ("item_id", "changed_at", "title", "summary", "text", "payload_sha256")},
    )


def units(
    source: Source,
    response: Response,
    entries: Iterable[Entry],
    *,
    etag: str,
    last_modified: str,
    read_with: str,
    told: str = "",
    watched_after: int = 0,
    parser: str = "",
) -> Iterable[Unit]:
    """Cut a response's entries into units of at most 200; the first one opens the answer, and only the last one marks
    the address as done."""
    unit = Unit(source, response, (), read_with=read_with, told=told, watched_after=watched_after, parser=parser)
    batch: list[Entry] = []
    for entry in entries:
        if len(batch) == UNIT_SIZE:
            yield replace(unit, entries=tuple(batch))
            unit, batch = replace(unit, begun=False), []
        batch.append(entry)
    yield replace(unit, entries=tuple(batch), etag=etag, last_modified=last_modified, done=True)
