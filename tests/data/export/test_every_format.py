"""What holds for every format there is: exactly the events of the view, whatever the view and whatever strangers wrote."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data import baseline, migrations, queries, store_sources
from data.database import Database, open_immutable, open_writer
from data.export import FORMATS, Context, Extract, Options, build, gather
from data.publish import publish
from data.reference import load_reference
from data.rows import TimelineEvent
from data.view import View
from data.vocabulary import load_vocabulary
from tests.data.export import readers, sample
from tests.data.export.hostile import NASTY

AT = "2026-11-25T06:00:00Z"
VIEWS = 30


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The reviewed baseline, published."""
    folder = tmp_path_factory.mktemp("every")
    writer = open_writer(folder / "collected.db")
    migrations.migrate(writer)
    store_sources.source_rows(writer, [baseline.SOURCE])
    baseline.load(writer, load_reference(), at=AT)
    version = load_vocabulary().version
    publish(
        writer, folder / "published.db", at=AT, today=date(2026, 11, 25), vocabulary_version=version, rules="1"
    )  # fmt: skip
    writer.close()
    found = open_immutable(Path(folder / "published.db"))
    yield found
    found.close()


def random_view(events: list[TimelineEvent], chance: random.Random) -> View:
    """Filters that some event passes: each is taken from it, so that no view is empty by accident."""
    one = chance.choice(events)
    around = timedelta(days=chance.choice((0, 40, 120)))
    filters = {
        "jurisdictions": tuple({one.jurisdiction, chance.choice(events).jurisdiction}),
        "tracks": (one.track,) if one.track else (),
        "types": tuple({one.type, *(other.type for other in chance.sample(events, 4))}),
        "families": (one.family,),
        "harms": one.harms[:1],
        "dossiers": (one.dossier_id,) if one.dossier_id else (),
        "actors": tuple(actor.actor_id for actor in one.actors[:2]),
        "since": date.fromisoformat(one.date_start) - around,
        "until": date.fromisoformat(one.date_end) + around,
    }
    chosen = chance.sample(sorted(filters), chance.choice((2, 2, 3, 4)))
    return View(**{name: filters[name] for name in chosen})


@pytest.fixture(scope="module")
def taken(db: Database) -> list[tuple[View, Extract]]:
    """Thirty views with what they hold; the same ones in every run."""
    events = queries.timeline(db, View(), newest_first=False)
    views = [random_view(events, random.Random(number)) for number in range(VIEWS)]
    return [(view, gather(db, view)) for view in views]


def context_of(view: View, extract: Extract, lang: str) -> Context:
    return sample.context(len(extract.events), lang, view=view, vocabulary_version=load_vocabulary().version)


def test_the_views_are_many_and_their_dates_of_every_kind(taken: list[tuple[View, Extract]]):
    counts = [len(extract.events) for _, extract in taken]
    assert min(counts) >= 1
    assert len(set(counts)) > 10
    precisions = {event.precision for _, extract in taken for event in extract.events}
    assert {"day", "month", "year", "range"} <= precisions


@pytest.mark.parametrize("fmt", FORMATS)
def test_thirty_views_come_back_event_by_event_with_their_dates(fmt: str, taken: list[tuple[View, Extract]]):
    for number, (view, extract) in enumerate(taken):
        export = build(fmt, extract, context_of(view, extract, ("fr", "en")[number % 2]))
        found = readers.read(fmt, export)
        if fmt in readers.OWN_ORDER:
            found = sorted(found, key=lambda one: one.event_id)
            expected = sorted((readers.of(one) for one in extract.events), key=lambda one: one.event_id)
        else:
            expected = [readers.of(one) for one in extract.events]
            assert [one.event_id for one in found] == [one.event_id for one in expected], view
        # a format says nothing where it has no place for a date; what it says is what is known
        pairs = zip(found, expected, strict=True)
        assert [one for one in pairs if one[0] != one[1]._replace(**_silent(one[0]))] == [], view


def _silent(found: readers.Read) -> dict[str, str]:
    return {name: "" for name in ("date", "precision") if not getattr(found, name)}


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "timelinejs", "timelinejs-csv", "ics", "atom", "json", "markdown"])
def test_these_formats_have_a_place_for_date_and_precision(fmt: str, taken: list[tuple[View, Extract]]):
    view, extract = taken[0]
    found = readers.read(fmt, build(fmt, extract, context_of(view, extract, "fr")))
    assert all(one.date and one.precision for one in found)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_view_is_a_valid_file_without_events(fmt: str, lang: str):
    assert readers.read(fmt, build(fmt, Extract(()), sample.context(0, lang))) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_strangers_write_stays_text(fmt: str):
    """Every string in every field at once: the file is read, and holds these events and no other."""
    events = [stranger(number, text) for number, text in enumerate(NASTY)]
    titled = sample.context(len(events), view_title=" ".join(NASTY)[:2000])
    export = build(fmt, Extract(events), titled)
    assert sorted(readers.ids(fmt, export)) == sorted(one.event_id for one in events)
    assert export == build(fmt, Extract(events), titled)


def stranger(number: int, text: str) -> TimelineEvent:
    source = replace(sample.JORF, publisher=text, quote=text, url=f"https://a.example/{text}", published_on=text)
    actor = replace(sample.SREN.actors[0], name=text, quote=text, role_title=text, party=text, stance="opposes")
    return replace(
        sample.SREN,
        event_id=f"e-{number:02d}",
        title=text,
        titles={"fr": text},
        dossier_title=text,
        dossier_titles={"en": text},
        dossier_identifiers=(("case", text),),
        summaries={"fr": text},
        official_code=text,
        sources=(source, replace(source, url=text)),
        actors=(actor,),
    )


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_view_of_the_same_record_gives_the_same_bytes(fmt: str, taken: list[tuple[View, Extract]]):
    view, extract = taken[1]
    first, second = (build(fmt, extract, context_of(view, extract, "en"), options=Options()) for _ in range(2))
    assert first == second
