"""Who the team says is no policy actor is nobody's role, mention, position or line of a file; what tells of it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from collectors.deciding import Word
from collectors.deciding import decide as say
from data import desk, edition, queries
from data.database import Database, desk_path, home, open_immutable, rows
from data.errors import MonitorError
from data.export.__main__ import main as export
from data.models import ActorRecord, EventRecord, Identifier
from data.readings import Mention, Position
from data.search import search
from data.store import Entry
from data.view import View
from tests.dashboard import snapshot as sample
from tests.data.monitor import FIRST, NEWS, OFFICIAL, Monitor, article, bill, decide, said, step, withdraw

NAME, ACTOR = "Tarn Ellory", "new-uk-press-tarn-ellory"
FORMATS = ("csv", "json", "gexf")


def named(event: EventRecord, role: str = "speaker") -> EventRecord:
    person = ActorRecord(NAME, "person", "uk", role=role, stance="supports", quote="We are for it")
    return replace(event, actors=(*event.actors, person))


def read(entry: Entry) -> Entry:
    """The piece with the same name where no list knows it."""
    assert entry.reading
    spans = {"start": 0, "end": 10}
    mention = Mention(**spans, text=NAME, actor_id="", name=NAME, rule="en.person")
    held = Position(**spans, actor_id="", name=NAME, stance="supports", quote="For it", rule="en.stance")
    return replace(entry, reading=replace(entry.reading, mentions=(mention,), positions=(held,)))


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    """Two days on which an article names it; the second changes its role, so that an image of the first is kept."""
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    found = Monitor(tmp_path)
    found.load(sample.reference("2024-05-20"))
    for role in ("speaker", "author"):
        found.tell(NEWS, read(article(1, named(said(1), role), title=f"The {role} speaks")), article(2, said(2)))
        found.tell(OFFICIAL, bill(step(1, "2026-02-12", "bill_tabled", "introduced"), number="B1"))
        found.publish()
    return found


def reject(at: str, *, private: bool = False) -> int:
    return say(Word("reject", "actor", ACTOR, why="" if private else "a misread name", private=private), at=at)


def lists(db: Database) -> str:
    """Every answer in which an actor can stand, as one text."""
    tables = [
        name
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'shown_%' AND type = 'table'"
        ).fetchall()
    ]
    tables += ["actor", "actor_name", "event_actor", "mention", "position", "actor_proposal", "actor_join"]
    found = [repr(rows(db, f"SELECT * FROM {name}")) for name in tables]
    view = View()
    found += [repr(queries.timeline(db, view)), repr(queries.actors(db, view)), repr(queries.actor(db, ACTOR))]
    found += [repr(queries.actor_choices(db)), repr(queries.neighbours(db, view, "uk-ofcom"))]
    found += [repr(queries.statements(db, view)), repr(queries.position_matrix(db, view)), repr(queries.item(db, 1))]
    found += [repr(queries.lanes(db, view, "actor", limit=20)), repr(queries.listed_actors(db, [ACTOR]))]
    found += [repr(search(db, words)) for words in ("ellory", "tarn ellory", "actor:ellory")]
    found += [repr(queries.named(db, "actor", ACTOR)), repr(queries.timeline(db, View(actors=(ACTOR,))))]
    return "\n".join(found)


def everywhere(folder: Path, *days: str) -> str:
    found = []
    for day in ("", *days):
        db = edition.open_edition(edition.current(day))
        found.append(lists(db))
        db.close()
        for name in FORMATS:
            out = folder / f"out.{name}"
            view = f"as_of={day}" if day else ""
            assert export([name, "--view", view, "--lang", "en", "--out", str(out)]) == 0
            found.append(out.read_text(encoding="utf-8"))
    return "\n".join(found)


def names_it(text: str) -> bool:
    return "ellory" in text.lower()


@pytest.mark.parametrize("private", [False, True])
def test_it_is_in_no_list_count_and_file_at_once_and_all_is_back_when_that_is_taken_back(
    monitor: Monitor, tmp_path: Path, private: bool
):
    before = everywhere(tmp_path, str(FIRST))
    counted = queries.actor_count(edition.open_edition(), View())
    for name in FORMATS:
        assert names_it((tmp_path / f"out.{name}").read_text(encoding="utf-8")), "the control: every format names it"
    number = reject(monitor.at(12), private=private)
    after = everywhere(tmp_path, str(FIRST))
    assert not names_it(after)
    db = edition.open_edition()
    assert queries.actor_count(db, View()) == counted - 1
    (event,) = [one for one in queries.timeline(db, View()) if one.event_id == "uk-press-text-1"]
    assert [one.actor_id for one in event.actors] == ["uk-ofcom"], "the event stays, with everybody else"
    assert "Said 2" in after
    withdraw(monitor, number)
    assert everywhere(tmp_path, str(FIRST)) == before


def test_a_publication_holds_no_byte_of_the_name_and_what_is_told_again_brings_it_not_back(
    monitor: Monitor, tmp_path: Path
):
    published = home() / "published.db"
    assert names_it(published.read_bytes().decode("latin-1"))
    assert names_it(repr(rows(edition.open_edition(), "SELECT rows FROM earlier WHERE name = 'event_actor'")))
    number = reject(monitor.at(12))
    monitor.publish()
    assert edition.current().is_snapshot
    for day in range(2):
        assert not names_it(published.read_bytes().decode("latin-1")), f"{day}: also not in images of earlier days"
        assert not names_it(everywhere(tmp_path, str(FIRST)))
        monitor.tell(NEWS, read(article(1, named(said(1), "expert"), rules=f"{day + 2}")), article(3, named(said(4))))
        monitor.publish()
    withdraw(monitor, number)
    monitor.publish()
    for day in ("", str(FIRST)):
        assert names_it(lists(edition.open_edition(edition.current(day)))), "the record of a day is whole again"


def test_an_edition_shows_what_the_next_publication_will(monitor: Monitor):
    """Also of what is told twice: whom the team rejects proves no two events one."""
    told = [named(replace(said(n, kind="court_ruling"), actors=())) for n in (11, 12)]
    monitor.tell(NEWS, article(11, told[0]), article(12, told[1]))
    monitor.publish()
    assert rows(edition.open_edition(), "SELECT * FROM event_join"), "told twice: one happening, by the actor alone"
    reject(monitor.at(12))
    tables = ("shown_event", "shown_actor", "shown_act", "shown_actor_total", "shown_statement", "shown_record",
              "event_join", "actor_join", "actor_proposal", "shown_alias", "shown_key")  # fmt: skip
    early = edition.open_edition()
    found = {name: rows(early, f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables}
    assert not found["event_join"]
    monitor.publish()
    late = open_immutable(home() / "published.db")
    assert {name: rows(late, f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables} == found


def test_it_stands_beside_other_decisions(monitor: Monitor, tmp_path: Path):
    reject(monitor.at(12))
    decide(monitor, "confirm", "uk-press-text-1")
    assert not names_it(everywhere(tmp_path, str(FIRST)))
    monitor.publish()
    monitor.day += timedelta(days=1)
    decide(monitor, "confirm", "uk-press-text-2")
    assert not names_it(everywhere(tmp_path, str(FIRST)))


@pytest.mark.parametrize("actor_id", ["uk-ofcom", "uk-person"])
def test_who_is_reviewed_is_corrected_in_its_file(monitor: Monitor, actor_id: str):
    with pytest.raises(MonitorError, match="data/reference"):
        say(Word("reject", "actor", actor_id, why="no"), at=monitor.at(12))
    assert not desk.standing()


def test_whom_an_official_record_names_stays_also_when_it_names_the_rejected_one_later(
    monitor: Monitor, tmp_path: Path
):
    body = ActorRecord("Board of Frames", "regulator", "fr", role="author")
    monitor.tell(NEWS, article(5, replace(said(5), actors=(body,))))
    monitor.publish()
    body_id = "new-fr-board-of-frames"
    say(Word("reject", "actor", body_id, why="no body"), at=monitor.at(12))
    assert queries.actor(edition.open_edition(), body_id) is None
    told = replace(step(2, "2026-03-01"), actors=(body,))
    monitor.tell(OFFICIAL, bill(told, number="B2"))
    monitor.publish()
    assert queries.actor(edition.open_edition(), body_id), "what an authority published is not ours to hide"
    with pytest.raises(MonitorError, match="official record names it"):
        say(Word("reject", "actor", body_id, why="no body"), at=monitor.at(13))


def test_a_register_makes_an_actor_public(monitor: Monitor):
    member = ActorRecord("Ada Bank", "person", "fr", (Identifier("fr.an.acteur", "PA1"),), role="author")
    monitor.tell(OFFICIAL, bill(replace(step(3, "2026-03-01"), actors=(member,)), number="B3"))
    monitor.publish()
    (actor_id,) = [one.actor_id for one in queries.actors(edition.open_edition(), View()) if one.name == "Ada Bank"]
    with pytest.raises(MonitorError, match="public"):
        say(Word("reject", "actor", actor_id, private=True), at=monitor.at(12))


def test_who_was_put_together_goes_together(monitor: Monitor, tmp_path: Path):
    other = ActorRecord("Tarn E. Ellory", "person", "uk", role="speaker")
    monitor.tell(NEWS, article(6, replace(said(6), actors=(other,))))
    monitor.publish()
    say(Word("merge", "actor", ACTOR, f"{ACTOR.removesuffix('ellory')}e-ellory"), at=monitor.at(11))
    monitor.publish()
    merged = str(max(monitor.published))
    monitor.publish()
    assert names_it(everywhere(tmp_path, merged))
    reject(monitor.at(12))
    assert not names_it(everywhere(tmp_path, merged))
    monitor.publish()
    assert not names_it(everywhere(tmp_path, merged))
    assert not names_it((home() / "published.db").read_bytes().decode("latin-1"))


def test_a_rejection_from_the_command_line_needs_a_reason_and_an_actor_that_is_listed(monitor: Monitor):
    with pytest.raises(MonitorError, match="--why"):
        say(Word("reject", "actor", ACTOR), at=monitor.at(12))
    with pytest.raises(MonitorError, match="no actor 'nobody' is listed"):
        say(Word("reject", "actor", "nobody", why="no"), at=monitor.at(12))
    assert not desk.standing(desk_path())
