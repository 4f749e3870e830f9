"""Every fault a publisher can have, in front of every collector: each visit ends with a word, and costs nothing kept.

The faults are what the door hands on (:mod:`collectors.outcomes`); what the network itself does to the door is shown by
``tests/collectors/test_http.py`` against a server on loopback. Sources that a fixture answers are visited well first:
after a visit that read nothing every row they had must stand as it was, and an address whose answer could not be read
must keep its validators. A visit turns a mistake of a parser of ours into a failure that names the place; here such
places are counted, and there must be none.
"""

from __future__ import annotations

import os
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from collectors.apart import FEED_MB, Apart, Function
from collectors.clock import fixed_clock
from collectors.interpret import Interpreter
from collectors.outcomes import FAILURE_KINDS, Failure, Fetched, NotModified, Outcome, Validators
from collectors.run import Plan, collect
from data import migrations, store_sources
from data.database import Database, collected_path, open_writer
from data.models import Response, Source
from data.reference import load_sources
from tests.replay import feed_entries, official_entries
from tests.trust import Missed
from tests.trust.mutations import broken

CLOCK = fixed_clock("2026-11-25T06:00:00Z")
AT = "2026-11-25T06:00:00Z"
#: what every address answers as its validators
SEEN = Validators('"e"', "")
#: how a visit may end
WORDS = {"ok", "unchanged", "unavailable", "blocked", "failed", "suspicious", "skipped"}

_CAPTCHA = (
    b"<html><title>Just a moment...</title><body><div id='cf-challenge'>Checking your browser</div></body></html>"
)
_LOGIN = (
    b"<!doctype html><html><body><form action='/login'><input name='password' type='password'></form></body></html>"
)


#: name -> what the address answers, given what it answers when it is well
BODIES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "blank": lambda _: b" \n \n",
    "a page": lambda _: b"<!doctype html><html><body><h1>Welcome</h1><p>Under construction.</p></body></html>",
    "a captcha": lambda _: _CAPTCHA,
    "a login": lambda _: _LOGIN,
    "an error in JSON": lambda _: b'{"error": {"code": 500, "message": "internal"}}',
    "an error in XML": lambda _: b"<?xml version='1.0'?><error><code>42</code></error>",
    "null": lambda _: b"null",
    "a number": lambda _: b"42",
    "an empty list": lambda _: b"[]",
    "an empty object": lambda _: b"{}",
    "a list for an object": lambda body: b"[" + body + b"]",
    "an object for a list": lambda body: b'{"results": ' + body + b"}",
    "nulls everywhere": lambda body: body.replace(b'": "', b'": null, "x": "'),
    "numbers for texts": lambda body: body.replace(b'": "', b'": 7, "x": "'),
    "fields renamed": lambda body: body.replace(b'"id"', b'"identifier"').replace(b"title", b"heading"),
    "an unknown code": lambda body: body.replace(b"201", b"XZ9"),
    "no such day": lambda body: body.replace(b"2026-01", b"2026-02-31T").replace(b"Jan", b"Feb"),
    "half of it": lambda body: body[: len(body) // 2],
    "the last byte lost": lambda body: body[:-1],
    "the first byte lost": lambda body: body[1:],
    "another charset": lambda body: body.decode("utf-8", "replace").encode("utf-16"),
    "a byte-order mark twice": lambda body: b"\xef\xbb\xbf\xef\xbb\xbf" + body,
    "zero bytes": lambda body: body.replace(b" ", b"\x00"),
    "lone surrogates": lambda body: body.replace(b"e", b"\xed\xa0\x80", 50),
    "twice": lambda body: body + body,
    "a title of 5 MB": lambda body: body.replace(b"Deepfake", b"D" * 5_000_000, 1) + b"",
    "deep nesting": lambda _: b"[" * 200_000,
    "deep elements": lambda _: b"<a>" * 200_000,
    "entities that grow": lambda _: (
        b"<!DOCTYPE a [<!ENTITY b 'cccccccccc'><!ENTITY d '&b;&b;&b;&b;&b;&b;'>]><rss>&d;</rss>"
    ),
    "a file of the machine": lambda _: b"/etc/passwd",
    "an address": lambda _: b"http://127.0.0.1:9/",
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n" + b"\x00" * 400,
    "a damaged archive": lambda _: b"PK\x03\x04" + b"\x07" * 400,
    "five accidents": lambda body: broken(broken(body, random.Random(1)), random.Random(2)),
}
FAULTS = (*(f"door: {kind}" for kind in FAILURE_KINDS), "door: not modified unasked", *BODIES)


#: how a failure names the place in our code where it happened (:func:`collectors.apart.told`)
_MISTAKE = re.compile(r"\[\w+\.py:\d+\]")


class Parsing:
    """Parses as a collection does; ``unread`` are the addresses whose answers could not be read."""

    def __init__(self, apart: Apart) -> None:
        self.apart = apart
        self.unread: set[str] = set()

    def __call__(self, function: Function, response: Response, subject: Any, max_mb: int = FEED_MB) -> Iterator[Any]:
        try:
            yield from self.apart(function, response, subject, max_mb)
        except Exception:
            self.unread.add(response.url)
            raise


class Door:
    """Answers well, or with the fault that is set; ``changed`` are the addresses whose answer the fault made another."""

    def __init__(self, well: dict[str, tuple[bytes, dict[str, str]]]) -> None:
        self.well, self.fault = well, ""
        self.changed: set[str] = set()

    def get(self, url: str, **_: object) -> Outcome:
        body, headers = self.well.get(url, (b"<rss version='2.0'><channel><title>F</title></channel></rss>", {}))
        if self.fault.startswith("door: "):
            self.changed.add(url)
            kind = self.fault.removeprefix("door: ")
            if kind == "not modified unasked":
                return NotModified(url, SEEN)  # the door keeps what it knew
            return Failure(kind, url, "as asked for")
        if self.fault:
            well, body = body, BODIES[self.fault](body)
            if body != well:
                self.changed.add(url)
        return Fetched(Response(url, 200, dict(headers), body, AT, url), SEEN)


def prove(count: int) -> list[str]:
    """The first ``count`` faults for every collector. Raises Missed."""
    every = {one.collector: one for one in load_sources()}  # one source of each
    well = {url: (body, headers) for url, body, headers in official_entries(None)}
    feeds = [one for one in load_sources() if one.collector == "feed"][:1]
    well |= {url: (body, headers) for url, body, headers in feed_entries(feeds, items=12)}
    answered = {one.collector: one for one in load_sources() if well.keys() & {*one.urls}}
    sources = [replace(one, key_env="") for one in {**every, **answered}.values()]
    reader = Interpreter()
    reader.load()
    ends: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"MONITOR_HOME": home}), Apart() as apart:
        db = open_writer(collected_path())
        migrations.migrate(db)
        store_sources.source_rows(db, sources)
        door, parse = Door(well), Parsing(apart)

        def visit(chosen: list[Source]) -> dict[str, str]:
            plan = Plan(chosen, jobs=1, progress_path=Path(home) / "progress.json")
            return collect(db, plan, door, reader, CLOCK, lambda _: None, lambda: None, parse)

        visit(list(answered.values()))
        rows, mistakes, compared, idle = len(_kept(db)), Counter[str](), 0, 0
        for fault in FAULTS[:count]:
            before, (last,) = _kept(db), db.execute("SELECT coalesce(max(run_id), 0) FROM run").fetchone()
            door.fault, door.changed, parse.unread = fault, set(), set()
            found = visit(sources)
            wrong += [f"{name} did not end before {fault}" for name in {one.id for one in sources} - found.keys()]
            after = _kept(db)
            unread = door.changed if fault.startswith("door: ") else parse.unread
            for name, how, error, read in db.execute(
                "SELECT source_id, outcome, error, new_count + changed_count FROM run WHERE run_id > ?", (last,)
            ).fetchall():
                if not any(urlsplit(url).netloc and url in door.changed for url in _addresses(name, sources, db)):
                    idle += 1  # the fault left its answers as they were
                    continue
                ends[how] += 1
                if how not in WORDS:
                    wrong.append(f"{name} ended as {how!r} before {fault}")
                if place := _MISTAKE.search(error):
                    mistakes[f"{name} {place.group()} before {fault}"] += 1
                if not read:
                    compared += 1
                    wrong += [f"{fault}: {lost}" for lost in _lost(before - after, name, unread)]
        db.close()
    told = ", ".join(f"{n} {how}" for how, n in ends.most_common())
    line = (
        f"{min(count, len(FAULTS))} faults before {len(sources)} collectors: {sum(ends.values())} visits, {told};"
        f" {sum(mistakes.values())} mistakes of a parser; after {compared} that read nothing every one of {rows} rows as"
        f" before, with the validators of what could not be read ({idle} visits whose answers the fault left as they were are not counted)"
    )
    if wrong or mistakes:
        raise Missed(f"{line}; {wrong[:5]} {mistakes.most_common(5)}")
    return [line]


#: what of a source must stand: what it told, and what is known of its addresses
_ASKED = {
    "item": "SELECT source_id, external_id, content_hash, payload_sha256, changed_at FROM item",
    "dossier": "SELECT source_id, external_id, content_hash, changed_at FROM dossier",
    "event": "SELECT source_id, event_id, content_hash, changed_at FROM event",
    "text": "SELECT source_id, external_id, title, summary, text FROM item_text JOIN item USING (item_id)",
    "address": "SELECT source_id, url, etag, last_modified, sha256, fetched_at, read_with FROM request",
}


def _kept(db: Database) -> set[tuple[Any, ...]]:
    """Each row as (table, source, …)."""
    return {(name, *row) for name, sql in _ASKED.items() for row in db.execute(sql).fetchall()}


def _lost(gone: set[tuple[Any, ...]], source_id: str, unread: set[str]) -> list[str]:
    """The rows of ``source_id`` that are not as they were and should be."""
    return [
        " ".join(map(str, (name, *rest)))
        for name, owner, *rest in sorted(gone, key=repr)
        if owner == source_id and (name != "address" or rest[0] in unread)
    ]


def _addresses(name: str, sources: list[Source], db: Database) -> list[str]:
    """Those that a source may be asked for: its own, and the further ones it told."""
    own = [url for one in sources if one.id == name for url in one.urls]
    told = db.execute("SELECT url FROM pending WHERE source_id = ? UNION SELECT url FROM request WHERE source_id = ?",
                      (name, name)).fetchall()  # fmt: skip
    return [*own, *(str(url) for (url,) in told)]
