"""``make bench``: speed as ratios within one run, each against a stated floor. Prints; asserts only that it measured.

- store: the real unit (payload, items, texts, relevance, quarantine of a bad one) against the very rows that it leaves,
  written by the bare library with executemany into the same tables in the same units
- search: the same and the index brought up to date, against the same floor
- again: telling the same items a second time against the first time
- read: the whole pipeline against the blank tokenizer of the language alone, both on the same distinct texts, once
- lists, names: building the names with 50,000 more of members of parliaments, and finding names in the same texts, both
  against the reviewed list alone
- prefilt: an ordinary article that the prefilter stops, against putting it into lower case
- view: a filtered timeline with sources and actors against a bare scan of its rows
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collectors.analysis.reading import Document

ITEMS = 4_000
ALIASES = 50_000
TEXT = (
    "Le 12 janvier 2026, l'Arcom a ouvert une enquête sur les hypertrucages à caractère sexuel diffusés sans "
    "consentement sur X. La ministre déléguée Anne Le Hénanff a saisi le procureur de la République en vertu de "
    "l'article 226-8-1 du code pénal. "
)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def say(name: str, value: float, floor: float, unit: str) -> None:
    print(
        f"{name:<8} {value / floor:8.2f} x the floor   ({value * 1e6:10.1f} against {floor * 1e6:10.1f} us per {unit})"
    )


def bench_store(folder: Path) -> None:
    from data import derived, migrations, store, store_sources
    from data.database import open_writer, writing
    from data.models import ItemRecord, Response, Source
    from data.readings import Reading, Relevance
    from data.store import Entry

    source = Source("bench", {"en": "bench"}, "p", "fr", "news", "fr", "feed", ("https://example.org/",), "none", 24, 1)
    items = [
        ItemRecord(
            f"a{n}",
            "article",
            f"Titre {n}",
            f"https://example.org/{n}",
            "fr",
            text=f"{n} {TEXT * 12}",
            published_on=date(2026, 1, 12),
        )
        for n in range(ITEMS)
    ]
    reading = Reading(Relevance(True, 1.0, ("ncii",), (), "1"))
    db = open_writer(folder / "collected.db")
    migrations.migrate(db)
    store_sources.source_rows(db, [source])

    def tell() -> store.Counts:
        counts = store.Counts()
        response = Response("https://example.org/", 200, {}, b"", "2026-11-25T06:00:00Z")
        entries = [Entry(one, reading) for one in items]
        for unit in store.units(source, response, entries, etag="", last_modified="", read_with="1"):
            counts.add(store.record_unit(db, unit, "sha"))
        return counts

    first = timed(tell) / ITEMS
    written = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in ("item", "item_text", "relevance")}
    assert all(len(found) == ITEMS for found in written.values())
    bare = open_writer(folder / "floor.db")
    migrations.migrate(bare)
    store_sources.source_rows(bare, [source])

    def floor() -> None:
        for start in range(0, ITEMS, store.UNIT_SIZE):
            with writing(bare):
                for name, found in written.items():
                    marks = ", ".join("?" * len(found[0]))
                    bare.conn.executemany(
                        f"INSERT INTO {name} VALUES ({marks})", found[start : start + store.UNIT_SIZE]
                    )

    base = timed(floor) / ITEMS
    say("store", first, base, "item")
    synced = timed(lambda: derived.sync_search(db)) / ITEMS
    say("search", first + synced, base, "item")
    counts = store.Counts()
    again = timed(lambda: counts.add(tell())) / ITEMS
    assert counts.unchanged == ITEMS, "the second telling must change nothing"
    say("again", again, first, "item")


def bench_read() -> None:
    """Distinct texts on the subject: the history of each file of the baseline, in both languages."""
    import spacy

    from collectors.analysis.reader import Reader
    from collectors.analysis.reading import Document
    from collectors.analysis.relevance import may_be_relevant
    from data.reference import load_reference

    reference = load_reference()
    reader = Reader(reference.actors, reference.roles)
    told: dict[tuple[str, str], list[str]] = {}
    for one in reference.milestones:
        for lang in ("fr", "en"):
            told.setdefault((one.dossier_id or one.event_id, lang), []).append(
                f"{one.titles[lang]}. {one.summaries.get(lang, '')} ({one.when.iso()})"
            )
    texts = {key: "\n\n".join(parts) for key, parts in told.items()}
    documents = [
        Document(name, f"Deepfakes: {name}", text, lang, date(2026, 11, 1))
        for (name, lang), text in texts.items()
        if may_be_relevant("", text)
    ]
    for one in documents[:20]:
        reader.read(one)  # expressions are compiled when first needed
    blank = {lang: spacy.blank(lang) for lang in ("fr", "en")}
    floor = timed(lambda: [blank[one.lang](one.text) for one in documents]) / len(documents)
    found: list[int] = []
    full = timed(lambda: found.extend(len(reader.read(one).events) for one in documents)) / len(documents)
    assert sum(found) > 0, "the documents must yield events"
    say("read", full, floor, f"document of {sum(len(one.text.split()) for one in documents) // len(documents)} words")
    bench_lists(documents)
    ordinary = ["Le conseil municipal a voté le budget des écoles et des routes. " * 8 + str(n) for n in range(2_000)]
    floor = timed(lambda: [text.lower() for text in ordinary]) / len(ordinary)
    passed = timed(lambda: [may_be_relevant("", text) for text in ordinary]) / len(ordinary)
    assert not any(may_be_relevant("", text) for text in ordinary)
    say("prefilt", passed, floor, "ordinary document")


def bench_lists(documents: list[Document]) -> None:
    """Every member has two names, the first name before and behind; one member stands in each text."""
    from collectors.analysis.country import countries
    from collectors.analysis.gazetteer import Gazetteer
    from collectors.analysis.normalise import fold, normalise
    from data.members import Member
    from data.models import Seat
    from data.reference import load_reference

    actors = load_reference().actors
    seats = (Seat("Assemblée nationale", "2020-01-01"),)
    letters = "abcdefghijklmnopqrstuvwxyz"
    spelt = ["".join(letters[n // 26**place % 26] for place in range(4)) for n in range(ALIASES // 2)]
    members = [Member(f"m-{n}", (f"Camille Ex{name}",), "fr", "Centre", seats) for n, name in enumerate(spelt)]
    built: list[Gazetteer] = []
    floor = timed(lambda: built.append(Gazetteer(actors)))
    full = timed(lambda: built.append(Gazetteer(actors, members)))
    say("lists", full, floor, f"build, {ALIASES} names more")
    day = date(2026, 11, 1)
    texts = [
        (f"{normalise(one.text)} Camille Ex{spelt[n]} défend le texte.", one.lang) for n, one in enumerate(documents)
    ]
    folded = [(text, fold(text), lang) for text, lang in texts]

    def find(names: Gazetteer) -> int:
        dated = names.on(day)
        return sum(
            one.rule == "listed-member"
            for text, read, lang in folded
            for one in dated.find(text, read, read.text, lang, countries(read.text, lang, "fr"), day.year)
        )

    find(built[0])  # expressions are compiled when first needed
    floor = statistics.median(timed(lambda: find(built[0])) for _ in range(5)) / len(texts)
    found: list[int] = []
    full = statistics.median(timed(lambda: found.append(find(built[1]))) for _ in range(5)) / len(texts)
    assert found[0] > 0, "members must be found"
    say("names", full, floor, "document, names only")


def bench_view(folder: Path) -> None:
    os.environ["MONITOR_HOME"] = str(folder / "home")
    from collectors.__main__ import main
    from data import queries
    from data.database import open_immutable, published_path
    from data.view import View

    assert main(["build"]) == 0
    db = open_immutable(published_path())
    view = View.parse("track=law")
    events = queries.timeline(db, view)
    assert events, "the view must hold events"

    def bare() -> object:
        return db.execute("SELECT * FROM shown_event WHERE track = 'law' ORDER BY seq DESC").fetchall()

    floor = statistics.median(timed(bare) for _ in range(15)) / len(events)
    full = statistics.median(timed(lambda: queries.timeline(db, view)) for _ in range(15)) / len(events)
    say("view", full, floor, "event")
    assert replace(view, tracks=()).is_empty()


def main() -> int:
    print(f"{ITEMS} items; Python {sys.version.split()[0]}; ratios within one run")
    with tempfile.TemporaryDirectory() as name:
        bench_store(Path(name))
        bench_read()
        bench_view(Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
