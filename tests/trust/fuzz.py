"""Answers of publishers, broken in every way that comes to mind, through the parsers in a process apart.

Whatever the bytes are, each ends as records, as a page that is not the one we know, or as a failure that names the
parser; the process apart keeps to its limits and the collection goes on. Bombs are among them: deep nesting, entities
that grow, a hundred thousand entries, compressed zeros.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from collectors.apart import MEGABYTES, SECONDS, Apart, BrokenError
from collectors.run import collector_of
from data.errors import SourceError
from data.models import Rejected, Response, Source
from data.reference import load_sources
from tests.replay import feed_entries, official_entries
from tests.trust import Missed

AT = "2026-11-25T06:00:00Z"
TOKENS = (b"null", b"[]", b"{}", b"-1", b"1e999", b'""', b"31/02/2026", b"2026-02-31", b"&lt;", b"<![CDATA[", b"\x00",
          b"\xed\xa0\x80", b"\xff\xfe", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"true", "\u202e".encode())  # fmt: skip
CHARSETS = ("utf-16", "utf-7", "shift_jis", "latin-1", "no-such-thing", "utf-32")


def samples() -> list[tuple[Source, Response]]:
    """One answer for each address that a fixture answers, of every structured collector and of a few feeds."""
    sources = load_sources()
    feeds = [one for one in sources if one.collector == "feed"][:6]
    by_address = {url: one for one in sources for url in one.urls}
    found = []
    for url, body, headers in [*official_entries(None), *feed_entries(feeds, items=12)]:
        if source := by_address.get(url):
            found.append((source, Response(url, 200, dict(headers), body, AT, url)))
    return found


def broken(body: bytes, chance: random.Random) -> bytes:
    """The body after one to four accidents."""
    for _ in range(chance.randint(1, 4)):
        body = chance.choice(_ACCIDENTS)(body, chance)
    return body


def _flip(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _lose(body: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(body) + 1)
    return body[:start] + body[start + chance.randint(1, 400) :]


def _repeat(body: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(body) + 1)
    piece = body[start : start + chance.randint(1, 300)]
    return body[:start] + piece * chance.randint(2, 30) + body[start:]


def _insert(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(TOKENS) + body[at:]


def _replace(body: bytes, chance: random.Random) -> bytes:
    """Another value in the place of a number, or of what stands between two quotes."""
    marks = [n for n, byte in enumerate(body[:20_000]) if byte in b'"0123456789']
    if len(marks) < 2:
        return body
    one = chance.randrange(len(marks) - 1)
    return body[: marks[one]] + chance.choice(TOKENS) + body[marks[one + 1] :]


_ACCIDENTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _lose, _repeat, _insert, _replace)


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
    """``count`` broken answers and every bomb for every parser; raises Missed when a limit is passed."""
    known = samples()
    seen: Counter[str] = Counter()
    mistakes: Counter[str] = Counter()
    chance = random.Random(7)
    with Apart() as parse:
        for n in range(count):
            source, response = known[n % len(known)]
            headers = dict(response.headers)
            if chance.random() < 0.1:
                headers["content-type"] = f"text/xml; charset={chance.choice(CHARSETS)}"
            answer = replace(response, body=broken(response.body, chance), headers=headers)
            seen[_ending(parse, source, answer, mistakes)] += 1
        of_answers = parse.costliest
        parsers = {one.collector: (one, answer) for one, answer in known}
        for _, body in bombs():
            for source, response in parsers.values():
                how = _ending(parse, source, replace(response, body=body), mistakes)
                seen["bombs"] += 1
                seen[f"bomb {how}"] += 1
        cost, started = parse.costliest, parse.started_count
    whole = [f"{count} broken answers over {len({one.collector for one, _ in known})} parsers: " + ", ".join(
        f"{seen[how]} {how}" for how in ("read", "not the page we know", "failed with its name", "stopped"))]  # fmt: skip
    whole.append(
        f"{seen['bombs']} bombs: "
        + ", ".join(f"{n} {how[5:]}" for how, n in sorted(seen.items()) if how[:5] == "bomb ")
    )
    whole.append(
        f"costliest broken answer {of_answers.seconds:.1f} s and {of_answers.megabytes:.0f} MB, bomb {cost.seconds:.1f} s"
        f" and {cost.megabytes:.0f} MB beyond the idle process; {started} processes were begun"
    )
    if mistakes:
        whole.append("mistakes named: " + "; ".join(f"{n} x {what}" for what, n in mistakes.most_common(12)))
    if of_answers.seconds > SECONDS or of_answers.megabytes > MEGABYTES:
        raise Missed("; ".join(whole))
    if sum(seen[how] for how in ("read", "not the page we know", "failed with its name", "stopped")) != count:
        raise Missed(f"an answer ended otherwise: {seen}")
    return whole


def _ending(parse: Apart, source: Source, answer: Response, mistakes: Counter[str]) -> str:
    """How an answer ended, in words."""
    try:
        for record in parse(collector_of(source).parse, answer, source, source.max_mb):
            if isinstance(record, Rejected) and not record.reason:
                raise Missed(f"{source.id}: quarantined without a reason")
    except SourceError:
        return "not the page we know"
    except BrokenError as error:
        said = str(error)
        if "was stopped" in said:
            return "stopped"
        mistakes[f"{source.collector} {said[-90:]}"] += 1
        return "failed with its name"
    return "read"
