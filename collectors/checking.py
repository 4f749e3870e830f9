"""Does every source still answer, and with what we expect? Each is asked once; nothing is stored.

The verdicts, in the order the table shows them: ``DEAD`` no usable answer, ``TLS`` no trusted connection,
``BLOCKED`` the publisher turns us away, ``EMPTY`` an answer without the records it should hold, ``STALE`` nothing
recent in it, ``KEY MISSING`` a key nobody set, ``OK``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime

from collectors.apart import Parse, inline, told
from collectors.measures import Measuring
from collectors.outcomes import Door, Failure, Fetched
from collectors.run import collector_of, fetch
from collectors.visit import Request
from collectors.windows import addresses
from data import health
from data.errors import BlockedError, SourceError
from data.models import Follow, Identifier, Source

VERDICTS = ("DEAD", "TLS", "BLOCKED", "EMPTY", "STALE", "KEY MISSING", "OK")

#: verdicts that need nobody's attention
WELL = ("OK", "KEY MISSING")

_TURNED_AWAY = {"blocked", "robots", "rate_limited", "reserved"}
_TURNED_AWAY_STATUS = {401, 402, 403, 429, 451}


@dataclass(frozen=True, slots=True)
class Checked:
    """What asking once showed. ``newest`` is the latest day in the answer up to today, or ''."""

    source: Source
    verdict: str
    detail: str = ""
    record_count: int = 0
    newest: str = ""


def check_sources(
    sources: Sequence[Source],
    door: Door,
    known: Sequence[Identifier],
    environment: Mapping[str, str],
    now: datetime,
    say: Callable[[str], None],
    jobs: int = 8,
    parse: Parse = inline,
) -> list[Checked]:
    """Ask each source once, ``jobs`` side by side; ``known`` are the identifiers of known files, of which a source
    without entry addresses is asked for one. Worst first."""

    def one(source: Source) -> Checked:
        found = check_source(source, door, known, environment, now, parse)
        say(f"{found.source.id:<34} {found.verdict:<12} {found.detail}".rstrip())
        return found

    with ThreadPoolExecutor(jobs) as pool:
        found = list(pool.map(one, sources))
    return sorted(found, key=lambda one: (VERDICTS.index(one.verdict), one.source.id))


def check_source(
    source: Source,
    door: Door,
    known: Sequence[Identifier],
    environment: Mapping[str, str],
    now: datetime,
    parse: Parse = inline,
) -> Checked:
    """Ask ``source`` for one address and judge the answer."""
    if source.key_env and not environment.get(source.key_env):
        return Checked(source, "KEY MISSING", f"set {source.key_env}")
    url = _address(source, known, now)
    if not url:
        return Checked(source, "EMPTY", "no known file has an address here")
    outcome = fetch(door, source, Request(url, None, source.robots))
    if isinstance(outcome, Failure):
        if outcome.status in (404, 410) and source.options.get("missing_ok") is True:
            return Checked(source, "OK", "nothing at this address, which is normal here")
        return Checked(source, _verdict(outcome), f"{outcome.detail or outcome.kind} ({url})")
    if not isinstance(outcome, Fetched):
        return Checked(source, "DEAD", f"no answer to read ({url})")
    return _judge(source, outcome, url, now.date(), parse)


def _address(source: Source, known: Iterable[Identifier], now: datetime) -> str:
    entries = addresses(source, now, now)
    if entries:
        return entries[0]
    watch = getattr(collector_of(source), "watch", None)
    return next(iter(watch(source, list(known))), "") if watch else ""


def _verdict(failure: Failure) -> str:
    if failure.kind == "tls":
        return "TLS"
    if failure.kind in _TURNED_AWAY or failure.status in _TURNED_AWAY_STATUS:
        return "BLOCKED"
    return "DEAD"


def _judge(source: Source, outcome: Fetched, url: str, today: date, parse: Parse) -> Checked:
    measuring = Measuring(today)
    further = 0
    try:
        for record in parse(collector_of(source).parse, outcome.response, source, source.max_mb):
            measuring.see(record)
            further += isinstance(record, Follow)
    except BlockedError as error:
        return Checked(source, "BLOCKED", f"{error.problem} ({url})")
    except SourceError as error:
        return Checked(source, "EMPTY", f"{error.problem} ({url})")
    except Exception as error:  # one broken parser must not end the table
        return Checked(source, "EMPTY", f"{told(error)} ({url})")
    found = measuring.result()
    count, newest = found.record_count, found.newest
    is_whole = len(source.urls) == 1 and not further
    if count < source.min_records and (is_whole or (not further and count == 0)):
        least = f"{count} records where at least {source.min_records} are expected ({url})"
        return Checked(source, "EMPTY", least, count, newest)
    quiet = health.quiet_days(source.kind, source.quiet_days, source.every_hours)
    if newest and (today - date.fromisoformat(newest)).days > quiet:
        return Checked(source, "STALE", f"nothing after {newest}; at most {quiet} days are expected", count, newest)
    detail = f"{count} records, {further} further addresses" if further else f"{count} records"
    return Checked(source, "OK", detail, count, newest)


def table(checked: Sequence[Checked], at: str) -> str:
    """The health table as Markdown, to publish: one line per source, worst first, and the counts above."""
    counts = ", ".join(
        f"{sum(one.verdict == verdict for one in checked)} {verdict}"
        for verdict in VERDICTS
        if any(one.verdict == verdict for one in checked)
    )
    lines = [
        f"Asked once each at {at}: {counts or 'no source'}.",
        "",
        "| source | publisher | verdict | records | newest | what was seen |",
        "|---|---|---|---|---|---|",
    ]
    for one in checked:
        cells = (one.source.id, one.source.publisher, one.verdict, str(one.record_count), one.newest, one.detail)
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """One line, no mark-up: an answer's words must not draw in the table."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")
