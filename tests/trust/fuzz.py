"""Answers of publishers, broken in every way that comes to mind, through every parser in the process apart.

Each ends as records, in quarantine, as a page that is not the one we know, or stopped at a limit; the collection goes
on. An exception that a parser did not foresee costs a visit its answer: it is a mistake of ours, named with its place.
Bombs are among the answers: deep nesting, entities that grow, a hundred thousand entries, compressed zeros.
"""

from __future__ import annotations

import importlib
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from collectors import pages
from collectors.apart import FEED_MB, MEGABYTES, SECONDS, Apart, BrokenError, Cost, Function
from collectors.run import collector_of
from data.errors import SourceError
from data.models import ItemRecord, Record, Rejected, Response, Source
from data.reference import load_sources
from tests.replay import feed_entries, official_entries
from tests.shared import ROOT
from tests.trust import Missed
from tests.trust.mutations import mutated
from tests.trust.seeds import names, seeds

AT = "2026-11-25T06:00:00Z"
ITEM = ItemRecord("1", "article", "Deepfakes", "https://example.org/1", "fr")
LIMITS = ("more than ", "no record in ")  # what follows "parsing was stopped: " when a limit did it

#: what a parser is called with: its function, an answer, a source or an item
Call = tuple[Function, Response, Any]


def calls() -> dict[str, list[Call]]:
    """Every answer that is written in the tests, by the parser it is for; ``page`` reads pages of articles."""
    found: dict[str, list[Call]] = {name: [] for name in names()}
    for name, response, source in seeds():
        found[name].append((importlib.import_module(name).parse, response, _bounded(source)))
    sources = load_sources()
    feeds = [one for one in sources if one.collector == "feed"][:6]
    by_address = {url: one for one in sources for url in one.urls}
    for url, body, headers in [*official_entries(None), *feed_entries(feeds, items=12)]:
        if source := by_address.get(url):
            parse = collector_of(source).parse
            found[parse.__module__].append((parse, Response(url, 200, dict(headers), body, AT, url), _bounded(source)))
    for path in sorted((ROOT / "tests" / "fixtures" / "pages").glob("*.html")):
        answer = Response(ITEM.url, 200, {"content-type": "text/html"}, path.read_bytes(), AT, ITEM.url)
        found.setdefault("page", []).append((pages.read_page, answer, ITEM))
    return found


def _bounded(source: Source) -> Source:
    """Under the limits of a feed, however large its answers may be."""
    return replace(source, max_mb=FEED_MB)


def careless(response: Response, _: Source) -> Iterator[Record]:
    """A parser that believes what it is told: the control."""
    for one in json.loads(response.body)["results"]:
        yield replace(ITEM, external_id=one["id"].strip(), title=one["title"].upper())


CARELESS = json.dumps({"results": [{"id": "1", "title": "a"}, {"id": "2", "title": "b"}]}).encode()


@dataclass
class Endings:
    """How answers ended, and the mistakes with their places."""

    count: Counter[str] = field(default_factory=Counter)
    mistakes: Counter[str] = field(default_factory=Counter)
    crashes: Counter[str] = field(default_factory=Counter)

    def take(self, parse: Apart, name: str, call: Call, answer: Response) -> None:
        """Parse one answer and note how it ended."""
        function, _, subject = call
        try:
            records = list(parse(function, answer, subject, FEED_MB))
        except SourceError:
            self.count["not the page we know"] += 1
        except BrokenError as error:
            kind, _, rest = str(error).partition("parsing was stopped: ")
            if not kind and rest.startswith(LIMITS):
                self.count["stopped at a limit"] += 1
            elif not kind:
                self.crashes[f"{name}: {rest}"[:200]] += 1
            else:
                self.mistakes[f"{name}: {error}"[:200]] += 1
        else:
            if any(isinstance(one, Rejected) and not one.reason for one in records):
                raise Missed(f"{name}: quarantined without a reason")
            self.count["quarantine" if any(isinstance(one, Rejected) for one in records) else "read"] += 1

    def __str__(self) -> str:
        return ", ".join(f"{count} {how}" for how, count in sorted(self.count.items()))


def bombs() -> Iterator[tuple[str, bytes]]:
    """Answers made to cost much, by their names."""
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    yield (
        "laughs",
        f"<!DOCTYPE a [<!ENTITY e0 'ha'>{entities}]><rss version='2.0'><channel><title>&e9;</title></channel></rss>".encode(),
    )
    yield (
        "quadratic",
        b"<!DOCTYPE a [<!ENTITY e '"
        + b"x" * 50_000
        + b"'>]><rss><channel><title>"
        + b"&e;" * 20_000
        + b"</title></channel></rss>",
    )
    yield (
        "nesting",
        b"<rss version='2.0'><channel><item><description>"
        + b"&lt;div&gt;" * 220_000
        + b"</description></item></channel></rss>",
    )
    yield (
        "angles",
        b"<rss version='2.0'><channel><item><title>a</title><description>"
        + b"&lt;" * 1_000_000
        + b"</description></item></channel></rss>",
    )
    yield "items", b"<rss version='2.0'><channel>" + b"<item><title>a</title></item>" * 300_000 + b"</channel></rss>"
    yield "attributes", b"<rss " + b" ".join(b"a%d='1'" % n for n in range(200_000)) + b"/>"
    yield "arrays", b"[" * 500_000
    yield "objects", b'{"a":' * 200_000
    yield "digits", b'{"results":[' + b"9" * 3_000_000 + b"]}"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"\0" * (300 << 20))
    yield "zip", packed.getvalue()


def prove(count: int) -> list[str]:
    """``count`` broken answers, as many for each parser, and every bomb for each; raises Missed for a mistake, a crash
    or a passed limit, and when the careless parser passes."""
    known = calls()
    if silent := [name for name, given in known.items() if not given]:
        raise Missed(f"no answer to begin with for {silent}")
    answers, bombed, control = Endings(), Endings(), Endings()
    parsers = sorted(known)
    with Apart() as parse:
        for n in range(count):
            name, chance = parsers[n % len(parsers)], random.Random(f"broken answer {n}")
            call = chance.choice(known[name])
            answers.take(parse, name, call, mutated(call[1], chance))
        of_answers, parse.costliest = parse.costliest, Cost()
        for _, body in bombs():
            for name in parsers:
                call = known[name][0]
                bombed.take(parse, name, call, replace(call[1], body=body))
        of_bombs, started = parse.costliest, parse.started_count
        for n in range(200):
            call = (careless, Response(ITEM.url, 200, {}, CARELESS, AT), known[parsers[0]][0][2])
            control.take(parse, "careless", call, mutated(call[1], random.Random(n)))
    seed_count = sum(len(given) for given in known.values())
    mistakes, crashes = answers.mistakes + bombed.mistakes, answers.crashes + bombed.crashes
    lines = [
        f"{count} broken answers made of {seed_count} over {len(parsers)} parsers: {answers}",
        f"{bombed.count.total()} bombs: {bombed}",
        f"{crashes.total()} crashes, {mistakes.total()} exceptions that are mistakes of ours",
        f"costliest broken answer {of_answers.seconds:.1f} s and {of_answers.megabytes:.0f} MB, bomb"
        f" {of_bombs.seconds:.1f} s and {of_bombs.megabytes:.0f} MB beyond the idle process; {started} processes were begun",
        f"control: a careless parser makes {control.mistakes.total()} mistakes in 200 broken answers",
    ]
    lines += [f"{n} x {what}" for what, n in [*crashes.most_common(40), *mistakes.most_common(200)]]
    costs = (of_answers, of_bombs)
    if any(cost.seconds > SECONDS or cost.megabytes > MEGABYTES for cost in costs) or mistakes or crashes:
        raise Missed("\n".join(lines))
    if control.mistakes.total() < 20:
        raise Missed(f"the control passes: {lines[-1]}")
    return lines
