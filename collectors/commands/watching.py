"""``watch``: collect whatever is due, for ever; what it does is told in lines for people or in JSON for programs."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from types import FrameType

from collectors import schedule
from collectors.clock import stamp
from collectors.commands import opened
from collectors.commands.collecting import FAILED, gather
from collectors.notify import send_due
from collectors.run import due
from data import store_runs
from data.database import collected_path, writer_lock
from data.reference import load_sources
from data.trouble import explained


class _Stop(BaseException):
    """Somebody asked to end: what is under way is given up, as after a kill nothing is left by halves."""


def watch_command(options: argparse.Namespace) -> int:
    """Until SIGTERM or SIGINT; 0 then."""
    teller = _Teller(options)
    teller.tell("started", process=os.getpid(), every_minutes=schedule.LONGEST.total_seconds() / 60)
    with _ending() as asked, suppress(_Stop):
        schedule.watch(lambda: _round(options, teller), options.now, asked.wait, teller.tell)
    teller.tell("stopped")
    return 0


def _round(options: argparse.Namespace, teller: _Teller) -> datetime:
    """Visit what is due, send what is due; gives when the next source is. Raises MonitorError."""
    sources = load_sources()
    with explained(), writer_lock(collected_path()):
        db = opened(options.now)
        try:
            if chosen := due(sources, store_runs.last_visits(db), options.now()):
                teller.tell("round_began", source_count=len(chosen))
                outcomes = gather(db, chosen, options, teller.say)
                for source_id, outcome in outcomes.items():
                    teller.note("visited", source=source_id, outcome=outcome)
                bad = sorted(one for one, outcome in outcomes.items() if outcome in FAILED)
                teller.tell("round_ended", source_count=len(outcomes), failed=bad)
            found = schedule.next_due(sources, store_runs.last_visits(db), options.now())
        finally:
            db.close()
    if os.environ.get("MONITOR_SMTP"):
        send_due(options.now)
    return found


class _Teller:
    """Lines for people on standard output, or one JSON object a line on standard error."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.is_json, self.now = options.log == "json", options.now

    def tell(self, event: str, **facts: object) -> None:
        """Something that happened."""
        if self.is_json:
            self.note(event, **facts)
            return
        told = ", ".join(f"{name} {value}" for name, value in facts.items() if value not in ("", []))
        print(f"{stamp(self.now)} {event.replace('_', ' ')}" + (f": {told}" if told else ""), flush=True)

    def note(self, event: str, **facts: object) -> None:
        """Something that the lines for people say by themselves."""
        if self.is_json:
            line = {"at": stamp(self.now), "event": event, **facts}
            print(json.dumps(line, ensure_ascii=False), file=sys.stderr, flush=True)

    def say(self, line: str) -> None:
        """A line of a collection."""
        if not self.is_json:
            print(line, flush=True)


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
