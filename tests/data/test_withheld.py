"""What names a private person is in no day, page, change log, search or export from the moment the team says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data import desk, edition, queries
from data.change_log import KINDS
from data.database import Database, desk_path, home, open_immutable, rows
from data.decisions import PRIVATE, item_key, value_of
from data.export.__main__ import main as export
from data.models import ActorRecord
from data.rows import ChangeFilter
from data.search import search
from data.view import View
from tests.dashboard import snapshot as sample
from tests.data.monitor import FIRST, NEWS, OFFICIAL, Monitor, article, bill, decide, said, step, withdraw

SECOND, NAME = FIRST + timedelta(days=1), "Merval"
EVENT, FILE = "uk-press-text-1", "fr-test-b1"


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    """Two days on which an article, and a step of a file, name a private person; the second changes both titles."""
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    found = Monitor(tmp_path)
    found.load(sample.reference("2024-05-20"))
    for words in ("speaks", "has spoken"):
        person = ActorRecord(f"Lila {NAME}", "person", "uk", role="speaker")
        named = replace(said(1), title=f"Lila {NAME} {words}", quote=f"“{NAME}: {words}”", actors=(person,))
        told = replace(step(1, "2026-02-12", "bill_tabled", "introduced"), title=f"Petition of Lila {NAME}, {words}")
        found.tell(NEWS, article(1, named, said(3), title=f"What Lila {NAME} {words}"), article(2, said(2)))
        found.tell(OFFICIAL, bill(told, number="B1"))
        found.publish()
    return found


def reject_piece(monitor: Monitor) -> int:
    with desk.open_desk(desk_path()) as team:
        return desk.decide(
            team, "reject", "item", item_key(NEWS.id, "1"), at=monitor.at(12), value=PRIVATE, why=f"names {NAME}"
        )


def reject_event(event_id: str) -> Callable[[Monitor], int]:
    def reject(monitor: Monitor) -> int:
        db = edition.open_edition()
        value = value_of("reject", event_id, queries.tellings(db, event_id), private=True)
        db.close()
        with desk.open_desk(desk_path()) as team:
            return desk.decide(team, "reject", "event", event_id, at=monitor.at(12), value=value)

    return reject


def told(db: Database) -> str:
    """Everything that any reader can ask for, as one text."""
    found = [
        repr(rows(db, f"SELECT * FROM {name}"))
        for (name,) in rows_of_schema(db)
        if name.startswith("shown_") or name in ("revision", "item_text", "mention", "event", "event_source", "review")
    ]
    found += [repr(queries.item(db, number)) for number in (1, 2)]
    found.append(repr(queries.timeline(db, View())))
    found.append(repr(queries.changes(db, ChangeFilter(kinds=KINDS), limit=99)))
    found.append(repr(queries.revisions(db)))
    found += [repr(queries.tellings(db, one)) for one in (EVENT, "fr-test-step-1")]
    found += [repr(search(db, words)) for words in ("merval", "spoken", "petition")]
    found += [repr(queries.candidates(db, "actor", "uk-ofcom")), repr(queries.actor(db, "new-uk-press-lila-merval"))]
    return "\n".join(found)


def rows_of_schema(db: Database) -> set[tuple[str]]:
    schemas = [name for _, name, _ in db.execute("PRAGMA database_list").fetchall()]
    return {
        (str(one),)
        for schema in schemas
        for (one,) in db.execute(
            f"SELECT name FROM {schema}.{'sqlite_temp_master' if schema == 'temp' else 'sqlite_master'}"
            " WHERE type IN ('table', 'view')"
        ).fetchall()
    }


def days(monitor: Monitor) -> list[str]:
    return ["", *(str(day) for day in sorted(monitor.published)[:-1])]


def everywhere(monitor: Monitor, tmp_path: Path) -> str:
    """What readers get of now and of every earlier day, and what the exports write."""
    found = []
    for day in days(monitor):
        db = edition.open_edition(edition.current(day))
        found.append(told(db))
        db.close()
        for form in ("csv", "timelinejs", "ical"):
            out = tmp_path / f"out-{form}"
            view = f"as_of={day}" if day else ""
            assert export([form, "--view", view, "--lang", "en", "--out", str(out)]) == 0
            found.append(out.read_text(encoding="utf-8"))
    return "\n".join(found)


@pytest.mark.parametrize("reject", [reject_piece, reject_event(EVENT)], ids=["piece", "event"])
def test_it_leaves_every_day_and_export_at_once_and_comes_back_at_once(
    monitor: Monitor, tmp_path: Path, reject: Callable[[Monitor], int]
):
    before = everywhere(monitor, tmp_path)
    assert f"What Lila {NAME} speaks" in before and f"Lila {NAME} has spoken" in before
    reject_event("fr-test-step-1")(monitor)
    number = reject(monitor)
    after = everywhere(monitor, tmp_path)
    assert NAME.lower() not in after.lower()
    assert "Said 2" in after and FILE in after, "the rest stays"
    assert "Said 3" not in after, "what else was read in the same document goes with it"
    withdraw(monitor, 1)
    withdraw(monitor, number)
    assert everywhere(monitor, tmp_path) == before


def test_an_ordinary_rejection_still_stands_in_the_days_before(monitor: Monitor):
    monitor.day = SECOND
    decide(monitor, "reject", EVENT)
    then = edition.open_edition(edition.current(str(FIRST)))
    assert queries.event(then, EVENT)
    assert queries.event(edition.open_edition(), EVENT) is None


@pytest.mark.parametrize("reject", [reject_piece, reject_event(EVENT)], ids=["piece", "event"])
def test_a_publication_holds_none_of_it_and_the_next_one_after_taking_it_back_all(
    monitor: Monitor, tmp_path: Path, reject: Callable[[Monitor], int]
):
    assert holds(home() / "published.db")
    before = [told(edition.open_edition(edition.current(day))) for day in days(monitor)]
    reject_event("fr-test-step-1")(monitor)
    number = reject(monitor)
    monitor.publish()
    assert edition.current().is_snapshot
    assert not holds(home() / "published.db"), "not even as deleted bytes or as words of the index"
    assert NAME.lower() not in everywhere(monitor, tmp_path).lower()
    monitor.publish()
    assert NAME.lower() not in everywhere(monitor, tmp_path).lower()
    withdraw(monitor, 1)
    withdraw(monitor, number)
    monitor.publish()
    again = [told(edition.open_edition(edition.current(day))) for day in ["", str(FIRST)]]
    assert NAME in again[0]
    assert again[1] == before[1], "the record of a day is whole again"


def holds(path: Path) -> bool:
    return NAME.lower().encode() in path.read_bytes().lower()


def test_an_edition_shows_what_the_next_publication_will(monitor: Monitor):
    reject_event("fr-test-step-1")(monitor)
    reject_piece(monitor)
    tables = ("shown_event", "shown_source", "shown_actor", "shown_dossier", "shown_alias", "shown_volume",
              "shown_record", "dossier_stage", "event_join")  # fmt: skip
    early = edition.open_edition()
    found = {name: rows(early, f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables}
    assert queries.snapshot(early).item_count == 1
    monitor.publish()
    late = open_immutable(home() / "published.db")
    assert {name: rows(late, f"SELECT * FROM {name} ORDER BY 1, 2") for name in tables} == found
    assert queries.snapshot(late).item_count == 1


def test_what_is_told_again_by_the_same_document_stays_withheld(monitor: Monitor, tmp_path: Path):
    reject_event(EVENT)(monitor)
    reject_event("fr-test-step-1")(monitor)
    again = replace(said(7), title=f"Lila {NAME} again")
    monitor.tell(NEWS, article(1, again, title=f"{NAME}, once more", rules="2"))
    monitor.publish()
    assert NAME.lower() not in everywhere(monitor, tmp_path).lower()
    assert not holds(home() / "published.db")


def test_editions_kept_from_before_the_decision_are_gone(monitor: Monitor):
    monitor.day = SECOND
    decide(monitor, "confirm", EVENT)
    edition.open_edition().close()
    edition.open_edition(edition.current(str(FIRST))).close()
    before = set((home() / "editions").glob("*.db"))
    assert len(before) == 2 and all(holds(path) for path in before)
    reject_piece(monitor)
    edition.open_edition().close()
    assert not before & set((home() / "editions").glob("*.db"))
