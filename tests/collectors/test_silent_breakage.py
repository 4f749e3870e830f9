"""Twelve weeks of a source, then something breaks while it still answers: the run names the source and the reason."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from collectors.outcomes import Fetched, Outcome, Validators
from collectors.run import Plan, collect
from data import migrations, store_sources
from data.database import Database, collected_path, open_writer, rows
from data.models import Response, Source
from data.reference import load_sources
from data.store import Entry

START = datetime(2026, 8, 3, 6, tzinfo=UTC)
Page = Callable[[int], bytes]

FEED = Source(
    "the-feed", {"en": "Feed"}, "Feed", "fr", "news", "fr", "feed", ("https://feed.example.org/rss",), "titles", 168, 5
)  # fmt: skip
REGISTER = Source(
    "the-register", {"en": "Register"}, "Register", "us", "government", "en", "us_federal_register",
    ("https://register.example.org/documents.json",), "open", 168, 1, official=True, quiet_days=21,
)  # fmt: skip


def feed(week: int, *, items: int = 30, seen: int | None = None, mark: str = "", text: str = "description") -> bytes:
    """A weekly feed: 20 new pieces a week, the newest of the day before; ``seen`` holds the dates at that week."""
    newest = START + timedelta(weeks=week if seen is None else seen, hours=-20)
    parts = [
        f"<item><title>Nouvelle {week * 20 - n}{mark}</title><guid>https://feed.example.org/{week * 20 - n}</guid>"
        f"<link>https://feed.example.org/{week * 20 - n}</link><{text}>Un texte de la semaine.</{text}>"
        f"<pubDate>{format_datetime(newest - timedelta(hours=6 * n))}</pubDate></item>"
        for n in range(items)
    ]
    return f"<rss version='2.0'><channel><title>F</title>{''.join(parts)}</channel></rss>".encode()


def register(week: int, *, items: int = 12, seen: int | None = None, names: dict[str, str] | None = None) -> bytes:
    newest = START + timedelta(weeks=week if seen is None else seen, days=-1)
    found = [
        {
            "document_number": f"2026-{week * 8 - n + 20000}",
            "title": f"Notice {week * 8 - n}",
            "type": "Notice",
            "abstract": "An agency gives notice of a hearing.",
            "html_url": f"https://register.example.org/d/{week * 8 - n}",
            "publication_date": (newest - timedelta(days=n)).date().isoformat(),
            "agencies": [{"name": "Federal Trade Commission"}],
        }
        for n in range(items)
    ]
    named = [{(names or {}).get(key, key): value for key, value in row.items()} for row in found]
    return json.dumps({"count": items, "results": named}).encode()


class Publisher:
    """A door behind which each address has a page that depends on the week."""

    def __init__(self) -> None:
        self.week = 0
        self.pages: dict[str, Page] = {}

    def now(self) -> datetime:
        return START + timedelta(weeks=self.week)

    def get(self, url: str, **_: object) -> Outcome:
        at = self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        return Fetched(Response(url, 200, {}, self.pages[url](self.week), at, url), Validators())


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    found = open_writer(collected_path())
    migrations.migrate(found)
    return found


def visits(db: Database, publisher: Publisher, sources: list[Source], weeks: range) -> list[tuple[int, str, str, str]]:
    """(week, source, outcome, printed line) of each weekly visit."""
    store_sources.source_rows(db, sources)
    told = []
    for week in weeks:
        publisher.week = week
        said: list[str] = []
        outcomes = collect(
            db, Plan(sources, jobs=1), publisher, lambda record, source, watched: Entry(record), publisher.now,
            said.append, lambda: None,
        )  # fmt: skip
        lines = {one.id: next(line for line in said if f" {one.id} " in line) for one in sources}
        told += [(week, name, outcome, lines[name]) for name, outcome in outcomes.items()]
    return told


FAULTS: dict[str, tuple[Source, Page, Page, int, str, str]] = {
    # name: source, healthy page, broken page, weeks until told, outcome, words of the reason
    "feed: no record": (FEED, feed, lambda w: feed(w, items=0), 0, "failed", "nothing at all"),
    "feed: half the records": (FEED, feed, lambda w: feed(w, items=14), 0, "suspicious", "14 records, usually about 30"),
    "feed: the same page for ever": (FEED, feed, lambda w: feed(11), 3, "suspicious", "nothing new since 2026-10-19"),
    "feed: dates that stop": (
        FEED, feed, lambda w: feed(w, seen=11), 1, "suspicious", "no date after 2026-10-18",
    ),
    "feed: a renamed field": (FEED, feed, lambda w: feed(w, text="chapo"), 0, "suspicious", "item.summary is filled in 0%"),
    "feed: a renamed list": (
        FEED, feed, lambda w: feed(w).replace(b"item>", b"article>"), 0, "failed", "nothing at all",
    ),
    "register: no record": (
        REGISTER, register, lambda w: register(w, items=0), 0, "failed", "nothing at all",
    ),
    "register: half the records": (
        REGISTER, register, lambda w: register(w, items=5), 0, "suspicious", "5 records, usually about 12",
    ),
    "register: the same page for ever": (
        REGISTER, register, lambda w: register(11), 3, "suspicious", "nothing new since 2026-10-19",
    ),
    "register: dates that stop": (
        REGISTER, register, lambda w: register(w, seen=11), 1, "suspicious", "no date after 2026-10-18",
    ),
    "register: a renamed field that is needed": (
        REGISTER, register, lambda w: register(w, names={"document_number": "number"}), 0, "failed",
        "fields missing: document_number",
    ),
    "register: a renamed field that is not": (
        REGISTER, register, lambda w: register(w, names={"abstract": "summary"}), 0, "suspicious",
        "item.text is filled in 0%",
    ),
    "register: a list become object": (
        REGISTER, register, lambda w: json.dumps({"count": 1, "results": {"0": {}}}).encode(), 0, "failed",
        "no list 'results'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_after_twelve_good_weeks_a_fault_is_told_with_source_and_reason(db: Database, name: str):
    source, healthy, broken, delay, outcome, words = FAULTS[name]
    publisher = Publisher()
    publisher.pages[source.urls[0]] = lambda week: healthy(week) if week < 12 else broken(week)
    good = visits(db, publisher, [source], range(12))
    assert {(found, week) for week, _, found, _ in good if found != "ok"} == set()
    after = visits(db, publisher, [source], range(12, 17))
    first = next(one for one in after if one[2] in ("failed", "suspicious"))
    assert (first[0] - 12, first[2]) == (delay, outcome)
    assert words in first[3] and source.id in first[3]
    (kept,) = rows(db, "SELECT error FROM run WHERE started_at = ?", (f"{publisher_day(first[0])}T06:00:00Z",))
    assert words in kept["error"], "the Sources page shows the same words"


def publisher_day(week: int) -> str:
    return (START + timedelta(weeks=week)).date().isoformat()


def test_a_good_week_after_a_bad_one_is_well_again(db: Database):
    publisher = Publisher()
    publisher.pages[FEED.urls[0]] = lambda week: feed(week, items=14) if week == 12 else feed(week)
    told = visits(db, publisher, [FEED], range(15))
    assert [found for _, _, found, _ in told] == ["ok"] * 12 + ["suspicious", "ok", "ok"]


def test_twenty_healthy_publishers_over_twelve_weeks_raise_at_most_one_alarm(db: Database):
    luck = random.Random(20)
    publisher = Publisher()
    catalogue = [one for one in load_sources() if one.collector == "feed" and len(one.urls) == 1 and not one.articles]
    sources = [replace(one, every_hours=168, min_records=1) for one in catalogue[:20]]
    for source in sources:
        usual = luck.choice([8, 15, 30, 60])
        counts = [usual if luck.random() < 0.5 else max(1, round(luck.gauss(usual, usual**0.5))) for _ in range(12)]
        publisher.pages[source.urls[0]] = lambda week, counts=counts: feed(week, items=counts[week])  # type: ignore[misc]
    told = visits(db, publisher, sources, range(12))
    assert len(told) == 240
    assert sum(outcome != "ok" for _, _, outcome, _ in told) <= 1
