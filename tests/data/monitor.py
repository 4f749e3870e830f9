"""A monitor in small: collected into, decided on, assembled and published day after day."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from collectors.assemble import assemble
from collectors.clock import fixed_clock
from data import baseline, desk, migrations, publish, queries, read_model, rewind, store, store_sources
from data.database import Database, desk_path, open_immutable, open_writer, rows, writing
from data.decisions import value_of
from data.models import ActorRecord, DossierRecord, EventRecord, Identifier, ItemRecord, Record, Response, Source, When
from data.readings import Reading, Relevance
from data.reference_models import Reference
from data.store import Entry
from tests.dashboard import snapshot as sample

FIRST = date(2026, 3, 2)
AN = ActorRecord("", "parliament", "fr", (Identifier("monitor", "fr-an"),), role="voter_for")
OFFICIAL = sample.source("fr-test", "Assemblée", "fr", "parliament", official=True)
SENATE = sample.source("fr-senate", "Sénat", "fr", "parliament", official=True)
NEWS = sample.PRESS


class Monitor:
    """A database that is collected into, assembled and published day after day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = open_writer(folder / "collected.db")
        migrations.migrate(self.db)
        store_sources.source_rows(self.db, [baseline.SOURCE, OFFICIAL, SENATE, NEWS])
        self.day = FIRST
        self.published: dict[date, Path] = {}

    def at(self, hour: int = 6) -> str:
        return f"{self.day}T{hour:02d}:00:00Z"

    def load(self, reference: Reference, hour: int = 5) -> None:
        baseline.load(self.db, reference, at=self.at(hour))

    def tell(self, source: Source, *entries: Entry | Record, hour: int = 6) -> None:
        response = Response(source.urls[0], 200, {}, b"body", self.at(hour), source.urls[0])
        told = [one if isinstance(one, Entry) else Entry(one) for one in entries]
        for unit in store.units(source, response, told, etag="", last_modified="", read_with="1"):
            counts = store.record_unit(self.db, unit, "ab" * 32)
            assert not counts.rejected, rows(self.db, "SELECT reason FROM quarantine")

    def assemble(self, hour: int = 20) -> None:
        assemble(self.db, fixed_clock(self.at(hour)))

    def publish(self) -> None:
        """The end of the day: assembled, published, and the next one begins."""
        self.assemble()
        path = self.folder / f"published-{self.day}.db"
        publish.publish(self.db, path, at=self.at(21), today=self.day, vocabulary_version="v", rules="1")
        shutil.copy(path, self.folder / "new.db")
        (self.folder / "new.db").replace(self.folder / "published.db")
        self.published[self.day] = path
        self.day += timedelta(days=1)

    def rewound(self, day: date) -> Database:
        """A copy of the collected database turned back to a day, with the tables people read."""
        copy = self.folder / f"rewound-{day}.db"
        copy.unlink(missing_ok=True)
        self.db.execute("VACUUM INTO ?", (str(copy),))
        db = open_writer(copy)
        db.execute("PRAGMA foreign_keys = OFF")
        rewind.rewind(db, day)
        with writing(db):
            read_model.build(db, today=day)
        return db


def step(number: int, day: str, kind: str = "bill_adopted", stage: str = "passed_one", title: str = "") -> EventRecord:
    return EventRecord(
        external_id=f"step-{number}", type=kind, when=When.parse(day), title=title or f"Vote {number}", lang="fr",
        jurisdiction="fr", stage=stage, actors=(AN,), url=f"https://example.org/step/{number}",
    )  # fmt: skip


def bill(*events: EventRecord, title: str = "Projet de loi", number: str = "DLR5L16N47884", on: bool = True) -> Entry:
    record = DossierRecord(
        external_id=number, jurisdiction="fr", track="law", title=title, lang="fr",
        identifiers=(Identifier("fr.an.dossier", number),), url=f"https://example.org/{number}", events=events,
    )  # fmt: skip
    return Entry(record, relevance=Relevance(on, 1.0, ("ncii",), (), "1"))


def article(
    number: int, *events: EventRecord, rules: str = "1", facets: tuple[str, ...] = ("elections",), on: bool = True,
    title: str = "",
) -> Entry:  # fmt: skip
    item = ItemRecord(
        external_id=str(number), kind="article", title=title or f"Article {number}", jurisdiction="uk", lang="en",
        url=f"https://example.org/daily/{number}", text=f"Fabricated videos {number} {title}",
        published_on=date(2026, 3, 1), published_quality="date", publisher="The Daily",
    )  # fmt: skip
    read = tuple(replace(one, rules=rules, rule="en.word", span=(0, 10)) for one in events)
    return Entry(item, Reading(Relevance(on, 1.0, facets, (), rules), events=read))


def said(number: int, day: str = "2026-03-01", kind: str = "statement") -> EventRecord:
    ofcom = ActorRecord("", "regulator", "uk", (Identifier("monitor", "uk-ofcom"),), role="speaker", stance="calls_for")
    return EventRecord(
        external_id=f"text:{number}", type=kind, when=When.parse(day), title=f"Said {number}", lang="en",
        jurisdiction="uk", url=f"https://example.org/daily/{number}", quote=f"“Words {number}”", actors=(ofcom,),
    )  # fmt: skip


def decide(monitor: Monitor, kind: str, event_id: str, *, hour: int = 12, **more: str) -> int:
    told = queries.tellings(open_immutable(monitor.published[max(monitor.published)]), event_id)
    value = value_of(kind, event_id, told, more.get("type_", ""), more.get("date_", ""))
    with desk.open_desk(desk_path()) as team:
        return desk.decide(team, kind, "event", event_id, at=monitor.at(hour), value=value, why="checked", by="AB")


def withdraw(monitor: Monitor, decision_id: int, hour: int = 12) -> None:
    with desk.open_desk(desk_path()) as team:
        desk.withdraw(team, decision_id, at=monitor.at(hour))
