"""Every fault a publisher can have, in front of every collector: each visit ends with a word, and costs nothing kept.

The faults are what the door hands on (:mod:`collectors.outcomes`); what the network itself does to the door is shown by
``tests/collectors/test_http.py`` against a server on loopback. Sources that a fixture answers are visited well first:
what they told then must stand after every fault, with its validators.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from collectors.apart import Apart
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


class Door:
    """Answers well, or with the fault that is set."""

    def __init__(self, well: dict[str, tuple[bytes, dict[str, str]]]) -> None:
        self.well, self.fault = well, ""

    def get(self, url: str, **_: object) -> Outcome:
        body, headers = self.well.get(url, (b"<rss version='2.0'><channel><title>F</title></channel></rss>", {}))
        if self.fault.startswith("door: "):
            kind = self.fault.removeprefix("door: ")
            if kind == "not modified unasked":
                return NotModified(url, Validators("", ""))
            return Failure(kind, url, "as asked for")
        if self.fault:
            body = BODIES[self.fault](body)
        return Fetched(Response(url, 200, dict(headers), body, AT, url), Validators('"e"', ""))


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
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"MONITOR_HOME": home}), Apart() as parse:
        db = open_writer(collected_path())
        migrations.migrate(db)
        store_sources.source_rows(db, sources)
        door = Door(well)

        def visit(chosen: list[Source]) -> dict[str, str]:
            plan = Plan(chosen, jobs=1, progress_path=Path(home) / "progress.json")
            return collect(db, plan, door, reader, CLOCK, lambda _: None, lambda: None, parse)

        visit(list(answered.values()))
        before = _kept(db)
        for fault in FAULTS[:count]:
            door.fault = fault
            found = visit(sources)
            ends.update(found.values())
            wrong += [f"{name} ended as {how!r} before {fault}" for name, how in found.items() if how not in WORDS]
            wrong += [f"{name} did not end before {fault}" for name in {one.id for one in sources} - found.keys()]
            if lost := before - _kept(db):
                wrong.append(f"{len(lost)} records are gone after {fault}: {sorted(lost)[:3]}")
        unended = db.execute("SELECT count(*) FROM run WHERE outcome = ''").fetchone()[0]
        db.close()
    told = ", ".join(f"{n} {how}" for how, n in ends.most_common())
    line = (
        f"{min(count, len(FAULTS))} faults before {len(sources)} collectors: {sum(ends.values())} visits, {told};"
        f" {unended} without an end, 0 exceptions; all {len(before)} records kept before stand"
    )
    if wrong or unended:
        raise Missed(f"{line}; {wrong[:5]}")
    return [line]


def _kept(db: Database) -> set[str]:
    """What stands: items and files by their keys."""
    items = db.execute("SELECT source_id || ' ' || external_id FROM item").fetchall()
    files = db.execute("SELECT source_id || ' ' || external_id FROM dossier").fetchall()
    return {str(one) for (one,) in (*items, *files)}
