"""``python -m tests.bench_costs [N]``: what one document costs at each step, and what that makes of many.

The documents are those of the synthetic collection (:mod:`tests.corpus`; about 125 words), all of which the prefilter
lets through; ordinary ones that it stops are measured beside them. One process; a step's figure is wall clock divided by
its documents. The table multiplies: it takes for granted that cost stays flat, which is measured elsewhere.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

DOCUMENTS = 2_000
SIZES = (10**5, 10**6, 10**7, 10**8)
#: what share of collected pieces the prefilter lets through, as in tests/corpus.py
ON_SUBJECT = 1 / 8
_A_FEED = 50
_ORDINARY = "The council votes the school budget on Monday; the energy market and the climate report follow. " * 9


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds a document, and bytes of the database a document."""

    parse: float
    prefilter: float
    read: float
    store: float
    index: float
    disk: float
    query: float

    def a_document(self) -> float:
        """Seconds for one collected document: all are parsed, sieved, stored; those on the subject read and indexed."""
        return self.parse + self.prefilter + self.store + ON_SUBJECT * self.read + self.index


def measure(count: int, folder: Path) -> Costs:
    """Every step over the same ``count`` documents, in a database of its own in ``folder``."""
    from collectors import feed
    from collectors.analysis.relevance import may_be_relevant
    from collectors.interpret import Interpreter
    from data import derived, migrations, store, store_sources
    from data.database import open_writer
    from data.models import ItemRecord, Response
    from tests.corpus import NOW, entries, sources

    made = [(source, entry.record) for source, unit in entries(count) for entry in unit]
    by_source = {source.id: source for source, _ in made}
    bodies = []
    for source_id, source in by_source.items():
        own = [record for one, record in made if one.id == source_id]
        bodies += [(source, _feed(own[n : n + _A_FEED])) for n in range(0, len(own), _A_FEED)]
    began, parsed = time.perf_counter(), 0
    for source, body in bodies:
        response = Response(source.urls[0], 200, {"content-type": "application/rss+xml"}, body, NOW, source.urls[0])
        parsed += sum(isinstance(one, ItemRecord) for one in feed.parse(response, source))
    parse = (time.perf_counter() - began) / count
    assert parsed == count, f"{parsed} of {count} entries were parsed"

    ordinary = [f"{n} {_ORDINARY}" for n in range(count)]
    began = time.perf_counter()
    assert not any(may_be_relevant("The council meets", text) for text in ordinary)
    prefilter = (time.perf_counter() - began) / count

    interpret = Interpreter()
    interpret.load()
    interpret(*reversed(made[0]))  # type: ignore[arg-type]
    began = time.perf_counter()
    read = [(source, interpret(record, source)) for source, record in made]
    reading = (time.perf_counter() - began) / count
    assert all(entry.reading is not None for _, entry in read)

    db = open_writer(folder / "collected.db")
    migrations.migrate(db)
    store_sources.source_rows(db, sources())
    began = time.perf_counter()
    counts = store.Counts()
    for source_id, source in by_source.items():
        told = [entry for one, entry in read if one.id == source_id]
        response = Response(source.urls[0], 200, {}, b"", NOW)
        for unit in store.units(source, response, told, etag="", last_modified="", read_with="bench"):
            counts.add(store.record_unit(db, unit, source_id))
    storing = (time.perf_counter() - began) / count
    assert counts.new == count
    began = time.perf_counter()
    indexed = derived.sync_search(db)
    index = (time.perf_counter() - began) / count
    assert indexed > 0
    began, found = time.perf_counter(), 0
    for word in ("deepfake", "hypertrucage", "bill", "amende"):
        found += len(db.execute(
            "SELECT rowid FROM item_search WHERE item_search MATCH ? ORDER BY rowid DESC LIMIT 20", (word,)
        ).fetchall())  # fmt: skip
    query = (time.perf_counter() - began) / 4
    assert found > 0
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return Costs(parse, prefilter, reading, storing, index, (folder / "collected.db").stat().st_size / count, query)


def _feed(records: list) -> bytes:
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{one.url}</link><guid>{one.url}</guid>"
        f"<description>{escape(one.text)}</description><pubDate>{one.published_on:%a, %d %b %Y} 10:00:00 +0000</pubDate></item>"
        for one in records
    )
    head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>s</title><link>https://e.example/</link>"
    return f"{head}<description>x</description>{items}</channel></rss>".encode()


def lines(found: Costs, count: int) -> list[str]:
    """The figures, and the table."""
    told = [f"{count} documents, one process, machine load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"]
    for name, seconds, what in (
        ("parse", found.parse, "a feed entry"),
        ("prefilter", found.prefilter, "an ordinary text of 150 words, stopped"),
        ("read", found.read, "a text that is not stopped, whole pipeline"),
        ("store", found.store, "with what was read in it, committed in units of 200"),
        ("index", found.index, "put into the search index, a stored document"),
    ):
        told.append(f"{name:<10}{seconds * 1e6:8.0f} us   {what}")
    told.append(f"{'disk':<10}{found.disk / 1e3:8.1f} kB   of the collected database")
    told.append(f"{'search':<10}{found.query * 1e3:8.2f} ms   a word, newest 20 of {count}")
    told.append(f"one in {1 / ON_SUBJECT:.0f} read: {found.a_document() * 1e6:.0f} us a collected document")
    told.append("| documents | one process | of it reading | sixteen that read | disk |")
    told.append("|---|---|---|---|---|")
    for size in SIZES:
        whole, read = size * found.a_document(), size * ON_SUBJECT * found.read
        told.append(
            f"| 10^{len(str(size)) - 1} | {_span(whole)} | {_span(read)} | {_span(whole - read + read / 16)}"
            f" | {size * found.disk / 1e9:.1f} GB |"
        )
    return told


def _span(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.0f} s"


def main(arguments: list[str]) -> int:
    """Print the cost of each step."""
    count = int(arguments[0]) if arguments else DOCUMENTS
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(lines(measure(count, Path(folder)), count)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
