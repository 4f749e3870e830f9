"""A source that tells the same records now one way, now another, for ever: versions are capped, and the run says so.

A feed and a register of bills answer by the hour, at every other hour with other words in the titles. Versions of pieces,
lines of the change log, images of earlier days and what the search is fed stop growing; the visits that follow are
suspicious and name the record; what is new in the middle of it is taken; and when the source keeps to the words that
were not taken, they are taken after a week. Every answer stays kept, and what is made again of them is the same.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from collectors import clock as clocks
from collectors.__main__ import main
from collectors.commands import opened
from collectors.interpret import Interpreter
from collectors.outcomes import Failure, Fetched, Outcome, Validators
from collectors.run import Plan, collect
from data import store_sources
from data.database import Database, payload_folder
from data.models import Response, Source
from data.payloads import has_payload
from data.reference import load_sources
from tests.replay import feed_entries, official_entries
from tests.trust import Missed

START = datetime(2026, 11, 2, 6, tzinfo=UTC)
WEEK, STEP = 7 * 24, 12
#: versions of one record, at most
CAP = 24
#: what stands of a record: table -> rows of it, where it is one
VERSIONS = {
    "versions of a piece": "SELECT count(*) FROM item_revision GROUP BY item_id",
    "lines of a file": "SELECT count(*) FROM revision WHERE entity = 'dossier' GROUP BY entity_id, field",
    "lines of an event": "SELECT count(*) FROM revision WHERE entity = 'event' GROUP BY entity_id, field",
    "images of a row": "SELECT count(*) FROM earlier GROUP BY name, key",
}


@dataclass
class Door:
    """Answers with the words of the hour: ``other`` hours say them otherwise."""

    well: dict[str, tuple[bytes, dict[str, str]]]
    at: str = ""
    other: bool = False
    news: str = ""

    def get(self, url: str, **_: object) -> Outcome:
        if url not in self.well:  # files of the baseline are asked for too
            return Failure("http_4xx", url, "not here", status=404)
        body, headers = self.well[url]
        if self.other:
            body = body.replace(b"Deepfakes : l'Arcom", b"Hypertrucages : l'Arcom")
            body = body.replace("a ouvert une enquête".encode(), b"n'a rien dit")
            body = re.sub(rb'("shortTitle": "[^"]*)"', rb'\1 (as told by the late server)"', body)
        if self.news:
            body = body.replace(b"met en demeure", self.news.encode())
        return Fetched(Response(url, 200, dict(headers), body, self.at, url), Validators(f'"{self.at}"', ""))


class Hours:
    """A collection that is visited by the hour."""

    def __init__(self, db: Database, home: str) -> None:
        sources = load_sources()
        self.feed: Source = next(one for one in sources if one.collector == "feed" and not one.articles)
        bills = next(one for one in sources if one.collector == "uk_bills")
        self.sources, self.db, self.home = [self.feed, bills], db, home
        entries = [*official_entries(None), *feed_entries([self.feed], items=max(12, self.feed.min_records))]
        self.door = Door({url: (body, headers) for url, body, headers in entries})
        self.hour, self.reader = 0, Interpreter()
        store_sources.source_rows(db, self.sources)

    def visit(self, *, other: bool, news: str = "") -> dict[str, str]:
        """The next hour; source -> outcome."""
        self.hour += 1
        self.door.at = (START + timedelta(hours=self.hour)).isoformat().replace("+00:00", "Z")
        self.door.other, self.door.news = other, news
        plan = Plan(self.sources, jobs=1, progress_path=Path(self.home) / "progress.json")
        clock = clocks.fixed_clock(self.door.at)
        return collect(self.db, plan, self.door, self.reader, clock, lambda _: None, lambda: None)

    def most(self) -> dict[str, int]:
        """The most versions that one record has, in each place where versions are kept."""
        return {
            name: max((int(count) for (count,) in self.db.execute(sql).fetchall()), default=0)
            for name, sql in VERSIONS.items()
        }

    def titles(self) -> tuple[str, str]:
        """What the first piece and the bill are called."""
        piece = self.db.execute("SELECT title FROM item_text WHERE title LIKE '%l''Arcom%' ORDER BY item_id").fetchone()
        bill = self.db.execute("SELECT title FROM dossier WHERE source_id = 'uk_bills'").fetchone()
        return str(piece[0]), str(bill[0])

    def flagged(self) -> list[list[int]]:
        """Numbers of the visits, from 1, that were suspicious because records flip, for each source."""
        return [
            [
                int(n)
                for (n, outcome, error) in self.db.execute(
                    "SELECT row_number() OVER (ORDER BY run_id), outcome, error FROM run WHERE source_id = ?",
                    (source.id,),
                ).fetchall()
                if outcome == "suspicious" and "between words told before" in error
            ]
            for source in self.sources
        ]

    def lost(self) -> int:
        """Answers whose body is no longer there."""
        digests = self.db.execute("SELECT DISTINCT sha256 FROM answer").fetchall()
        return sum(not has_payload(payload_folder(), str(one)) for (one,) in digests)


def prove(count: int) -> list[str]:
    """``count`` visits by the hour (60 at least) of a source that flips. Raises Missed."""
    count = max(60, count)
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"MONITOR_HOME": home}):
        db = opened(clocks.fixed_clock(START.isoformat()))
        hours = Hours(db, home)
        for n in range(count):
            hours.visit(other=n % 2 == 1)
        most, flagged = hours.most(), hours.flagged()
        told = ", ".join(f"{n} {name}" for name, n in most.items())
        line = (
            f"{count} hourly visits to two sources that flip: at most {told}; flagged from visit"
            f" {' and '.join(str(min(n, default=0)) for n in flagged)} on; {hours.lost()} answers lost"
        )
        if not all(most.values()):
            raise Missed(f"nothing flips: {line}")
        if max(most.values()) > CAP or hours.lost():
            raise Missed(line)
        if any(not told or told != [*range(told[0], count + 1)] for told in flagged):
            raise Missed(f"not every visit after the cap says so: {flagged}; {line}")
        reason = db.execute("SELECT error FROM run ORDER BY run_id DESC").fetchone()[0]
        lines = [line, f"the last run says: {reason}"]
        hours.visit(other=False, news="condamne")
        if "condamne" not in hours.titles()[0]:
            raise Missed(f"what is new while a source flips is not taken: {hours.titles()}")
        stood = hours.titles()[1]
        keeps_to = "late server" not in stood
        began = hours.hour + STEP
        while hours.titles()[1] == stood and hours.hour - began < 2 * WEEK:
            hours.hour += STEP - 1
            hours.visit(other=keeps_to, news="condamne")
        waited = hours.hour - began
        if not WEEK <= waited <= WEEK + STEP:
            raise Missed(f"words that a source keeps to are taken after {waited} hours")
        lines.append(f"what is new in between is taken at once, words that the source keeps to after {waited} hours")
        db.close()
        with redirect_stdout(StringIO()) as said:
            code = main(["rebuild", "--check", "--now", hours.door.at])
        if code:
            raise Missed(f"what is made again of the answers differs: {said.getvalue()}")
    return [*lines, "made again of the kept answers, every table is the same to the byte"]
