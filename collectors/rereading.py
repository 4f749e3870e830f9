"""Reading again what is kept, when the rules have changed: what would change, and the change itself.

What is read again is the stored record: its text as it stands, with the names under its masks given back from the kept
payload (:mod:`collectors.originals`), so that a mask can go as well as come. The payload is parsed for nothing else:
what an official record states is not read anew by this, and an archive of a hundred thousand records is not unpacked
to judge one of them. Dossiers are judged first, because what hangs on a watched file is kept for it.

Batches are read outside, in other processes when there are some, and written inside one short transaction each; what
is read again names the present rules, so a run that was killed goes on where it stopped. A preview is the same work
done in a copy of the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from collectors.batches import BATCH, Workers, batches_of, run_batches
from collectors.originals import Originals
from collectors.reading_batch import Job
from collectors.watching import NOTHING, Watched
from data import store_kept, store_reread, store_sources
from data.database import Database
from data.models import Identifier, ItemRecord, Record, Source
from data.readings import MASK, masked
from data.store import Entry
from data.store_kept import KeptItem, Wanted
from data.store_reread import State

#: items or dossiers looked up at once
UNIT = 200

#: single changes told of each kind
MOST = 12

#: kinds of rows as they are told, in this order, with the words for what comes, goes and differs
_KINDS = {
    "relevance": ("relevance", "enter", "leave", "judged otherwise"),
    "event": ("events", "added", "removed", "changed"),
    "mention": ("mentions", "added", "removed", "changed"),
    "legal_reference": ("legal references", "added", "removed", "changed"),
    "figure": ("figures", "added", "removed", "changed"),
    "position": ("positions", "added", "removed", "changed"),
    "mask": ("masked names", "hidden", "shown again", "changed"),
}
_CHANGES = ("added", "removed", "changed")
_SINGLE = ("enters", "leaves", "event added", "event removed", "event changed")

Interpret = Callable[[Record, Source, Watched], Entry]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Other processes that read; ``reader`` gives the function that is sent to them, for the files watched."""

    workers: Workers
    reader: Callable[[Watched], Callable[[Sequence[Job]], Sequence[Entry]]]


@dataclass
class Report:
    """What reading again changed, or would: counts of rows by kind, and the first single changes of each sort."""

    read_count: int = 0
    unchanged_count: int = 0
    failed: list[str] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in _KINDS})
    singles: dict[str, list[str]] = field(default_factory=lambda: {sort: [] for sort in _SINGLE})
    single_counts: Counter[str] = field(default_factory=Counter)

    def tell(self, sort: str, line: str) -> None:
        """Count a single change, and keep its line while there is room."""
        self.single_counts[sort] += 1
        if len(self.singles[sort]) < MOST:
            self.singles[sort].append(line)

    def fail(self, kept: KeptItem, error: BaseException) -> None:
        """An item that could not be read again: it stays as it was."""
        self.failed.append(f"item {kept.item_id}, {kept.source_id} ({type(error).__name__})")

    def lines(self) -> list[str]:
        """The report as lines of plain text."""
        told = [f"{self.read_count} kept records read again, {self.unchanged_count} of them unchanged"]
        for kind, (name, *words) in _KINDS.items():
            numbers = [self.counts[kind][key] for key in _CHANGES]
            if any(numbers):
                told.append(name + ": " + ", ".join(f"{n} {word}" for n, word in zip(numbers, words, strict=True) if n))
        for sort in _SINGLE:
            told += [f"{sort}: {line}" for line in self.singles[sort]]
            if (more := self.single_counts[sort] - len(self.singles[sort])) > 0:
                told.append(f"{sort}: {more} more")
        told += [f"could not be read again, stays as it was: {name}" for name in self.failed[:MOST]]
        return told


def reread(
    db: Database,
    wanted: Wanted,
    interpret: Interpret,
    originals: Originals,
    sources: Mapping[str, Source],
    *,
    at: str,
    elsewhere: Elsewhere | None = None,
) -> Report:
    """Read again what ``wanted`` asks for and write it into ``db``; ``at`` is the instant of what changes.

    Items are read ``elsewhere`` when it is given, by the same rules and with the same result.
    """
    report = Report()
    _dossiers(db, wanted, interpret, sources, report, at=at)
    watched = Watched.of(Identifier(scheme, value) for scheme, value in store_sources.known_identifiers(db))
    under_way: dict[tuple[str, str], KeptItem] = {}

    def jobs() -> Iterator[Job]:
        for kept in _kept_items(db, wanted):
            try:
                job = originals(kept), sources[kept.source_id]
            except Exception as error:  # hostile text must not cost its neighbours
                report.fail(kept, error)
                continue
            under_way[kept.source_id, kept.record.external_id] = kept
            yield job

    def taken(job: Job) -> KeptItem:
        record, source = job
        assert isinstance(record, ItemRecord)
        return under_way.pop((source.id, record.external_id))

    def read_here(batch: Sequence[Job]) -> list[Entry]:
        return [interpret(record, source, watched) for record, source in batch]

    for batch, entries in run_batches(
        elsewhere.reader(watched) if elsewhere else read_here,
        batches_of(jobs(), BATCH),
        workers=elsewhere.workers if elsewhere else None,
        on_poison=lambda job, error: report.fail(taken(job), error),
    ):
        # off the subject names are not looked for: what was hidden stays hidden
        read = [
            (kept, entry if entry.on_subject() else replace(entry, record=kept.record))
            for kept, entry in ((taken(job), entry) for job, entry in zip(batch, entries, strict=True))
        ]
        _write(db, read, report, at=at)
    return report


def _kept_items(db: Database, wanted: Wanted) -> Iterator[KeptItem]:
    after = 0
    while items := store_kept.kept_items(db, wanted, after=after, limit=UNIT):
        yield from items
        after = items[-1].item_id


def _write(db: Database, read: Sequence[tuple[KeptItem, Entry]], report: Report, *, at: str) -> None:
    for (kept, entry), change in zip(read, store_reread.write_items(db, read, at=at), strict=True):
        if isinstance(change, Exception):
            report.fail(kept, change)
        else:
            record = entry.record
            title = record.title if isinstance(record, ItemRecord) else ""
            _compare(report, f"item {kept.item_id}, {kept.source_id}, {title}", *change, entry.hidden)


def _dossiers(
    db: Database, wanted: Wanted, interpret: Interpret, sources: Mapping[str, Source], report: Report, *, at: str
) -> None:
    after = 0
    while dossiers := store_kept.kept_dossiers(db, wanted, after=after, limit=UNIT):
        after = dossiers[-1].number
        judged = [(one, interpret(one.record, sources[one.source_id], NOTHING)) for one in dossiers]
        for (kept, _), (before, now) in zip(judged, store_reread.write_dossiers(db, judged, at=at), strict=True):
            _compare(report, f"dossier {kept.dossier_id}, {kept.record.title}", before, now, ())


def _compare(report: Report, name: str, before: State, now: State, hidden: Sequence[str]) -> None:
    """Count what differs between two states of one record. Names in ``hidden`` are in no line."""
    report.read_count += 1
    changed = 0
    for kind, rows in now.rows.items():
        old, count = before.rows[kind], Counter[str]()
        count["added"] = len(rows.keys() - old.keys())
        count["removed"] = len(old.keys() - rows.keys())
        count["changed"] = sum(rows[key] != old[key] for key in rows.keys() & old.keys())
        changed += sum(count.values())
        if kind == "relevance":
            count = Counter(changed=count["added"] + count["changed"])
        report.counts[kind].update(count)
    if before.shown != now.shown:
        word, sort = ("added", "enters") if now.shown else ("removed", "leaves")
        report.counts["relevance"].update({word: 1, "changed": -1})
        report.tell(sort, name)
    old_masks, masks = _masks(before), _masks(now)
    report.counts["mask"].update(added=len(masks - old_masks), removed=len(old_masks - masks))
    changed += len(masks ^ old_masks)
    report.unchanged_count += not changed
    events, old_events = now.rows.get("event", {}), before.rows.get("event", {})
    for sort, ids, told in (
        ("event added", events.keys() - old_events.keys(), events),
        ("event removed", old_events.keys() - events.keys(), old_events),
        ("event changed", {key for key in events.keys() & old_events.keys() if events[key] != old_events[key]}, events),
    ):
        for one in sorted((told[key] for key in ids), key=lambda row: (row["date_start"], row["title"])):
            title = masked(str(one["title"]), hidden)
            report.tell(sort, f"{one['date_start']} {one['type']}, {title} ({name.split(', ')[0]})")


def _masks(state: State) -> set[tuple[int, int, int]]:
    """The masked stretches of a record: (place of the text, start, end)."""
    found = set()
    for place, text in enumerate(state.texts):
        start = text.find(MASK)
        while start >= 0:
            end = start
            while end < len(text) and text[end] == MASK:
                end += 1
            found.add((place, start, end))
            start = text.find(MASK, end)
    return found
