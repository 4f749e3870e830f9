"""``watch``: collect whatever is due, for ever; what it does is told in lines for people or in JSON for programs."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from types import FrameType

from collectors import schedule
from collectors.clock import Clock, stamp
from collectors.commands import opened
from collectors.commands.collecting import FAILED, gather
from collectors.notify import send_due
from collectors.redaction import secrets_of, without_secrets
from collectors.run import due
from data import store_runs
from data.database import Database, collected_path, writer_lock
from data.models import Source
from data.reference import load_sources
from data.trouble import explained


class _Stop(BaseException):
    """Somebody asked to end: what is under way is given up, as after a kill nothing is left by halves."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What a round reaches the world by; a simulation passes others."""

    sources: Callable[[], Sequence[Source]] = load_sources
    opened: Callable[[Clock], Database] = opened
    gather: Callable[[Database, list[Source], argparse.Namespace, Callable[[str], None]], dict[str, str]] = gather
    send: Callable[[Clock], int] = send_due


def watch_command(options: argparse.Namespace) -> int:
    """Until SIGTERM or SIGINT; 0 then."""
    teller = Teller(options)
    teller.tell("started", process=os.getpid(), every_minutes=schedule.LONGEST.total_seconds() / 60)
    with _ending() as asked, suppress(_Stop):
        schedule.watch(lambda: make_round(options, teller), options.now, asked.wait, teller.tell)
    teller.tell("stopped")
    return 0


def make_round(options: argparse.Namespace, teller: Teller, hands: Hands = Hands()) -> datetime:
    """Visit what is due, send what is due; gives when the next source is. Raises MonitorError."""
    sources = hands.sources()
    with explained(), writer_lock(collected_path()):
        db = hands.opened(options.now)
        try:
            if chosen := due(sources, store_runs.last_visits(db), options.now()):
                teller.tell("round_began", source_count=len(chosen))
                outcomes = hands.gather(db, chosen, options, teller.say)
                for source_id, outcome in outcomes.items():
                    teller.note("visited", source=source_id, outcome=outcome)
                bad = sorted(one for one, outcome in outcomes.items() if outcome in FAILED)
                teller.tell("round_ended", source_count=len(outcomes), failed=bad)
            found = schedule.next_due(sources, store_runs.last_visits(db), options.now())
        finally:
            db.close()
    if os.environ.get("MONITOR_SMTP"):
        _send(options.now, teller, hands)
    return found


def _send(clock: Clock, teller: Teller, hands: Hands) -> None:
    """Send the digests that are due. What goes wrong with them is told and takes nothing from the collection: the next
    round sends them."""
    try:
        with explained():
            pending = hands.send(clock)
    except Exception as error:  # whatever it was: the visits stand, and the next source is due when it is due
        teller.tell("digests", outcome="failed", error=type(error).__name__, detail=str(error))
        return
    if pending:
        teller.tell("digests", outcome="pending")
    else:
        teller.note("digests", outcome="ok")


class Teller:
    """Lines for people on standard output, or one JSON object a line on standard error; no secret is in either."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.is_json, self.now = options.log == "json", options.now
        self.secrets = secrets_of(load_sources(), os.environ)

    def tell(self, event: str, **facts: object) -> None:
        """Something that happened."""
        if self.is_json:
            self.note(event, **facts)
            return
        told = ", ".join(f"{name} {value}" for name, value in facts.items() if value not in ("", []))
        self._line(f"{stamp(self.now)} {event.replace('_', ' ')}" + (f": {told}" if told else ""))

    def note(self, event: str, **facts: object) -> None:
        """Something that the lines for people say by themselves."""
        if self.is_json:
            clean = {name: self._clean(one) if isinstance(one, str) else one for name, one in facts.items()}
            line = {"at": stamp(self.now), "event": event, **clean}
            print(json.dumps(line, ensure_ascii=False), file=sys.stderr, flush=True)

    def say(self, line: str) -> None:
        """A line of a collection."""
        if not self.is_json:
            self._line(line)

    def _clean(self, text: str) -> str:
        return without_secrets(text, self.secrets)

    def _line(self, text: str) -> None:
        print(self._clean(text), flush=True)


@contextmanager
def _ending() -> Iterator[threading.Event]:
    """An event that is set by SIGTERM and SIGINT, which also end what is under way."""
    asked = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        raise _Stop

    before = {one: signal.signal(one, end) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
