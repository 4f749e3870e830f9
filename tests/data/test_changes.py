"""The public change log: what changed is listed once, with who says so; members of the team have no names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard import change_words
from data import queries
from data.database import open_immutable, rows
from data.rows import Change, ChangeFilter, ChangeLine
from tests.dashboard import snapshot as sample
from tests.data.monitor import FIRST, NEWS, OFFICIAL, SENATE, Monitor, article, bill, decide, said, step, withdraw


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    found = Monitor(tmp_path)
    found.load(sample.reference("2024-05-20"))
    found.tell(NEWS, article(1, said(1)))
    found.tell(SENATE, bill(step(8, "2026-02-02", "bill_tabled", "introduced"), step(9, "2026-02-20"), number="B1"))
    found.publish()
    return found


def asked(monitor: Monitor, **wanted: object) -> list[Change]:
    db = open_immutable(monitor.published[max(monitor.published)])
    found = queries.changes(db, ChangeFilter(**wanted), limit=50)  # type: ignore[arg-type]
    assert queries.change_count(db, ChangeFilter(**wanted)) == len(found)  # type: ignore[arg-type]
    return found


def test_a_first_collection_is_one_line_of_new_events(monitor: Monitor):
    (one,) = asked(monitor)
    assert (one.kind, one.at[:10]) == ("new", FIRST.isoformat())
    assert ChangeLine("fr", "", "5") in one.lines
    assert change_words.what(one, "en")[0].startswith("13 new events: France 5, ")
    assert change_words.what(replace(one, lines=(ChangeLine("uk", "", "1"),)), "fr") == [
        "1 nouveau fait\u00a0: Royaume-Uni 1"
    ]
    (only,) = asked(monitor, jurisdictions=("fr",))
    assert only.lines == (ChangeLine("fr", "", "5"),)


def test_a_moved_day_and_its_end_are_one_change(monitor: Monitor):
    monitor.load(sample.reference("2024-05-21"))
    monitor.publish()
    (one,) = asked(monitor, kinds=("date",))
    assert (one.entity, one.entity_id, one.jurisdiction, one.by) == ("event", "fr-sren-signed", "fr", "baseline")
    assert change_words.what(one, "en") == ["Date: 20 May 2024 → 21 May 2024"]
    assert (change_words.who(one, "fr"), change_words.why(one, "fr")) == ("Socle vérifié", "la source l’a changé")
    assert one.heading("fr") == "La loi 2024-449 est promulguée"


def test_what_was_removed_is_listed_with_its_title_and_no_link(monitor: Monitor):
    monitor.tell(SENATE, bill(step(8, "2026-02-02", "bill_tabled", "introduced"), number="B1"))
    monitor.publish()
    (gone,) = asked(monitor, kinds=("removed",))
    assert (gone.title, gone.is_gone, gone.jurisdiction) == ("Vote 9", True, "fr")
    assert change_words.what(gone, "en") == ["Removed; its date was 20 February 2026"]
    assert change_words.why(gone, "en") == "the source no longer lists it"
    (moved,) = asked(monitor, kinds=("stage",))
    assert change_words.what(moved, "en") == ["Stage: Passed one chamber → Tabled"]
    assert change_words.proof(moved) == "fr-senate-step-8"
    assert change_words.who(moved, "en") == "Computed from the events"


def test_what_is_joined_later_is_told_and_what_comes_in_joined_is_not(monitor: Monitor):
    monitor.tell(OFFICIAL, bill(step(1, "2023-10-17")))
    monitor.publish()
    assert asked(monitor, kinds=("joined",)) == []
    with_number = bill(step(8, "2026-02-02", "bill_tabled", "introduced"), number="B1")
    record = with_number.record
    number = replace(record, identifiers=(*record.identifiers, *bill().record.identifiers))  # type: ignore[union-attr]
    monitor.tell(SENATE, replace(with_number, record=number))
    monitor.publish()
    (one,) = asked(monitor, kinds=("joined",))
    assert (one.entity_id, one.by, one.is_gone) == ("fr-loi-sren", "joining", False)
    assert change_words.why(one, "en").startswith("same official number")


def test_a_decision_is_the_teams_and_nobodys(monitor: Monitor):
    number = decide(monitor, "correct", "uk-press-text-1", type_="fine_sanction", date_="2026-02")
    monitor.publish()
    withdraw(monitor, number)
    monitor.publish()
    back, one = asked(monitor, kinds=("team",))
    assert (one.by, one.why) == ("team", "checked")
    assert "AB" not in str(one)
    assert change_words.what(one, "en") == [
        "Type: Statement → Fine or sanction", "Date: 1 March 2026 → 1 February 2026",
        "End date: 1 March 2026 → 28 February 2026", "Review: Corrected by the team",
    ]  # fmt: skip
    assert change_words.why(back, "fr") == "la décision a été retirée"


def test_filters_narrow_by_kind_place_and_day(monitor: Monitor):
    monitor.load(sample.reference("2024-05-21"))
    monitor.publish()
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()
    second, third = FIRST + timedelta(days=1), FIRST + timedelta(days=2)
    assert [one.kind for one in asked(monitor)] == ["new", "date", "new"]
    assert [one.at[:10] for one in asked(monitor, since=third)] == [third.isoformat()]
    assert [one.kind for one in asked(monitor, until=second, since=second)] == ["date"]
    assert asked(monitor, jurisdictions=("uk",), since=second, until=second) == []
    assert [one.kind for one in asked(monitor, kinds=("new", "date"), jurisdictions=("fr",))] == ["date", "new"]


def test_the_changes_of_one_file_are_asked_by_its_id(monitor: Monitor):
    monitor.tell(SENATE, bill(step(8, "2026-02-02", "bill_tabled", "introduced"), number="B1", title="Autre titre"))
    monitor.publish()
    assert {one.kind for one in asked(monitor, of=("dossier", "fr-senate-b1"))} == {"title", "stage"}


def test_newest_first_walks_down_the_key(monitor: Monitor):
    db = open_immutable(monitor.published[FIRST])
    plan = rows(db, "EXPLAIN QUERY PLAN SELECT * FROM shown_change c WHERE true ORDER BY c.seq DESC LIMIT 50")
    assert not any("TEMP B-TREE" in one["detail"] for one in plan)
