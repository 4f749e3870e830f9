"""The same answers told again write nothing: no row, no word of the search, no version, however they are dressed.

Every source that a fixture answers is visited well, and then again and again by a publisher that knows no validators
and always answers 200: with the same bytes, with its entries in another order, with what changes by itself (the time of
building, white space, the clock of an archive), and, of feeds, with new names for the old pieces. Writes are counted by
triggers on every table but the diary of visits and answers, and all tables are compared, those of the search index too.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from collectors import clock as clocks
from collectors.interpret import Interpreter
from collectors.outcomes import Fetched, Outcome, Validators
from collectors.run import Plan, collect
from data import migrations, store_sources
from data.database import Database, collected_path, open_writer
from data.models import Response, Source
from data.reference import load_sources
from tests.replay import feed_entries, official_entries
from tests.trust import Missed

START = datetime(2026, 11, 25, 6, tzinfo=UTC)
T = TypeVar("T")

#: where a visit may write: that it took place, what it was answered, when a piece was told last
DIARY = ("run", "request", "pending", "answer", "payload")
LAST_TOLD = {"item": "last_seen_at"}
_FEED = re.compile(rb"<(rss|feed|rdf:RDF)\b")
_ENTRY = re.compile(rb"<(item|entry)\b.*?</\1>", re.DOTALL)
_NAME = re.compile(rb"(<guid\b[^>]*>|<id>)([^<]*)(</guid>|</id>)")
_PAGE = (
    "<!doctype html><html lang='fr'><head><title>Une page</title></head><body><article><h1>Une page</h1>"
    + "<p>L'Arcom a ouvert le 12 janvier 2026 une enquête sur les hypertrucages à caractère sexuel. </p>" * 8
    + "</article></body></html>"
).encode()


def same(body: bytes, _: int) -> bytes:
    """To the byte."""
    return body


def in_another_order(body: bytes, n: int) -> bytes:
    """The entries of a feed, the rows of a table, the longest list of a JSON answer or the files of an archive turned."""
    if body[:2] == b"PK":
        return _archive(body, turned=n)
    if body.lstrip()[:1] in (b"{", b"["):
        return _json_turned(body, n)
    if not _FEED.search(body[:400]):
        return body  # a record of its own, where the order says something
    entries = [one.group() for one in _ENTRY.finditer(body)]
    queue = iter(_turned(entries, n))
    return _ENTRY.sub(lambda _: next(queue), body)


def otherwise_volatile(body: bytes, n: int) -> bytes:
    """What changes by itself: white space, a comment, the time of building, the times in an archive."""
    if body[:2] == b"PK":
        return _archive(body, minute=n)
    if body.lstrip()[:1] in (b"{", b"["):
        return json.dumps(json.loads(body), indent=n % 7).encode() + b"\n" * n
    if b"<" not in body[:200]:
        return body + b"\r\n" * n
    built = f"<lastBuildDate>Wed, 25 Nov 2026 06:{n:02}:00 GMT</lastBuildDate>".encode()
    return body.replace(b"<channel>", b"<channel>" + built, 1) + f"\n<!-- built in {n} ms -->".encode()


def under_other_names(body: bytes, n: int) -> bytes:
    """New guids for the old entries of a feed."""

    def renamed(match: re.Match[bytes]) -> bytes:
        digest = sha256(match[2] + str(n).encode()).hexdigest()[:32].encode()
        opening = re.sub(rb"\s*isPermaLink=\S+?(?=[\s>])", b"", match[1]).replace(b">", b' isPermaLink="false">')
        return (match[1] if match[1] == b"<id>" else opening) + b"urn:md5:" + digest + match[3]

    return _ENTRY.sub(lambda entry: _NAME.sub(renamed, entry.group(), count=1), body)


#: name -> how the page is told, and of which sources: all or feeds
TELLINGS: dict[str, tuple[Callable[[bytes, int], bytes], bool]] = {
    "the same page": (same, False),
    "in another order": (in_another_order, False),
    "with other volatile parts": (otherwise_volatile, False),
    "under other names": (under_other_names, True),
}


def _turned(things: Sequence[T], n: int) -> list[T]:
    """Backwards, then each time begun one later."""
    back = list(reversed(things))
    start = n % len(back) if back else 0
    return back[start:] + back[:start]


def _json_turned(body: bytes, n: int) -> bytes:
    told = json.loads(body)
    if isinstance(told, list):
        return json.dumps(_turned(told, n)).encode()
    lists = [name for name, one in told.items() if isinstance(one, list)]
    if lists:
        longest = max(lists, key=lambda name: len(told[name]))
        told[longest] = _turned(told[longest], n)
    return json.dumps(told).encode()


def _archive(body: bytes, *, turned: int = 0, minute: int = 0) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for one in _turned(old.infolist(), turned) if turned else old.infolist():
            new.writestr(zipfile.ZipInfo(one.filename, (2026, 11, 25, 6, minute, 0)), old.read(one))
    return written.getvalue()


@dataclass
class Door:
    """Answers every address it knows with 200 and a new validator, dressed as the telling of the hour has it."""

    well: dict[str, tuple[bytes, dict[str, str]]]
    dress: Callable[[bytes, int], bytes] = same
    n: int = 0
    at: str = ""
    told: Counter[str] = field(default_factory=Counter)

    def get(self, url: str, **_: object) -> Outcome:
        body, headers = self.well.get(url, (_PAGE, {"content-type": "text/html; charset=utf-8"}))
        if url in self.well:
            dressed = self.dress(body, self.n)
            self.told["otherwise" if dressed != body else "to the byte"] += 1
            body = dressed
        return Fetched(Response(url, 200, dict(headers), body, self.at, url), Validators(f'"{self.n}"', ""))


@contextmanager
def watched_writes(db: Database) -> Iterator[Counter[str]]:
    """Counts every row written but in the diary, by table; what the count was is filled in at the end."""
    found: Counter[str] = Counter()
    db.execute("CREATE TEMP TABLE written (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT")
    tables = [one for one in _tables(db) if not one.startswith("item_search")]
    for table in tables:
        spared = LAST_TOLD.get(table)
        columns = [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})").fetchall() if row[1] != spared]
        listed = ", ".join(columns)
        for verb in ("INSERT", "UPDATE" if not spared else f"UPDATE OF {listed}", "DELETE"):
            db.execute(
                f"CREATE TEMP TRIGGER watched_{table}_{verb[:6]} AFTER {verb} ON main.{table} BEGIN"
                f" INSERT INTO written VALUES ('{table}', 1) ON CONFLICT (name) DO UPDATE SET count = count + 1; END"
            )
    try:
        yield found
    finally:
        found.update({str(name): int(count) for name, count in db.execute("SELECT * FROM temp.written").fetchall()})
        for table in tables:
            for verb in ("INSERT", "UPDATE", "DELETE"):
                db.execute(f"DROP TRIGGER temp.watched_{table}_{verb}")
        db.execute("DROP TABLE temp.written")


def standing(db: Database) -> dict[str, str]:
    """table -> a hash of all its rows, but for the diary; the tables of the search index among them."""
    found = {}
    for table in _tables(db):
        spared = LAST_TOLD.get(table)
        columns = [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})").fetchall() if row[1] != spared]
        listed = ", ".join(f'"{one}"' for one in columns)
        rows = db.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}").fetchall()
        found[table] = sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()
    return found


def _tables(db: Database) -> list[str]:
    found = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE '\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return [str(name) for (name,) in found if name not in DIARY]


def answered(feed_count: int) -> tuple[list[Source], dict[str, tuple[bytes, dict[str, str]]]]:
    """The sources that a fixture answers, ``feed_count`` feeds among them, and what they answer when all is well."""
    sources = load_sources()
    well = {url: (body, headers) for url, body, headers in official_entries(None)}
    feeds = [one for one in sources if one.collector == "feed"]
    feeds = feeds[:: max(1, len(feeds) // feed_count)][:feed_count]
    official = [one for one in sources if well.keys() & {*one.urls}]
    for one in feeds:
        well |= {url: (body, headers) for url, body, headers in feed_entries([one], items=max(12, one.min_records))}
    return [*official, *feeds], well


def prove(count: int) -> list[str]:
    """Each telling ``count`` times, of 20 feeds for each time and of every structured source. Raises Missed."""
    sources, well = answered(count * 20)
    reader = Interpreter()
    reader.load()
    lines = []
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"MONITOR_HOME": home}):
        db = open_writer(collected_path())
        migrations.migrate(db)
        store_sources.source_rows(db, sources)
        door = Door(well)
        for _ in range(3):  # pages of articles, and files that are watched from the second visit on
            _visit(db, sources, door, reader, home)
        held = db.execute("SELECT (SELECT count(*) FROM item), (SELECT count(*) FROM dossier)").fetchone()
        before = standing(db)
        for name, (dress, feeds_alone) in TELLINGS.items():
            chosen = [one for one in sources if one.collector == "feed"] if feeds_alone else sources
            door.dress, door.told = dress, Counter()
            with watched_writes(db) as written:
                for _ in range(count):
                    _visit(db, chosen, door, reader, home)
            after = standing(db)
            changed = [table for table in before if before[table] != after[table]]
            line = (
                f"{name}, {count} times of {len(chosen)} sources ({door.told['otherwise']} answers other than before,"
                f" {door.told['to the byte']} the same): {sum(written.values())} rows written, {len(changed)} tables"
                " changed"
            )
            if written or changed:
                raise Missed(f"{line}: {dict(written)} {changed}")
            lines.append(line)
        db.close()
    return [f"{held[0]} pieces and {held[1]} files of {len(sources)} sources told again", *lines]


def _visit(db: Database, sources: list[Source], door: Door, reader: Interpreter, home: str) -> None:
    door.n += 1
    door.at = (START + timedelta(minutes=door.n)).isoformat().replace("+00:00", "Z")
    plan = Plan(sources, jobs=1, progress_path=Path(home) / "progress.json")
    outcomes = collect(db, plan, door, reader, clocks.fixed_clock(door.at), lambda _: None, lambda: None)
    if {*outcomes.values()} - {"ok", "unchanged", "suspicious", "skipped"}:
        raise Missed(f"a visit did not go well: {outcomes}")
