"""What a reader is shown of an earlier day: the snapshot of then, without the documents and changes that came later."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from data import desk, queries, rewind
from data.database import Database, desk_path, rows
from data.edition import current, open_edition
from data.export.__main__ import main
from data.rows import ChangeFilter
from data.search import search
from data.view import View
from tests.dashboard import snapshot as sample
from tests.data.monitor import FIRST, NEWS, OFFICIAL, Monitor, article, bill, decide, said, step

SECOND = FIRST + timedelta(days=1)


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    """Three days: the second brings a corrected day, a file, an article and other words of the first article."""
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    found = Monitor(tmp_path)
    found.load(sample.reference("2024-05-20"))
    found.tell(NEWS, article(1, said(1)), article(2, said(2)))
    found.publish()
    found.load(sample.reference("2024-05-21"))
    found.tell(NEWS, article(1, said(1), title="Kwyjibo"), article(3, said(3)))
    found.tell(OFFICIAL, bill(step(1, "2026-02-12", "bill_tabled", "introduced"), number="B1"))
    found.publish()
    found.publish()
    return found


def on(day: object) -> Database:
    return open_edition(current(str(day)))


def test_the_record_of_a_day_counts_and_dates_itself(monitor: Monitor):
    then, now = queries.snapshot(on(FIRST)), queries.snapshot(on(""))
    assert (then.instant(), then.item_count, now.item_count) == ("2026-03-02T23:59:59Z", 2, 3)
    assert (now.as_of, now.instant()) == ("", "2026-03-04T21:00:00Z")
    assert now.event_count - then.event_count == 2
    assert rows(on(FIRST), "SELECT today FROM snapshot") == [{"today": "2026-03-02"}]


def test_documents_and_changes_of_later_days_are_not_in_it(monitor: Monitor):
    then = on(FIRST)
    assert [one.ref for one in search(then, "fabricated", kind="item").hits] == ["2"], "1 has other words since"
    assert search(on(SECOND), "kwyjibo", kind="item").total == 1
    assert search(then, "kwyjibo").total == 0
    assert queries.item(then, 3) is None
    first = queries.item(then, 1)
    assert first and first.title == "Article 1"
    assert [one.kind for one in queries.changes(then, ChangeFilter(), limit=9)] == ["new"]
    assert queries.revisions(then) == []
    assert queries.dossier(then, "fr-test-b1") is None


def test_it_follows_the_decisions_that_stood_then(monitor: Monitor):
    monitor.day = SECOND
    decide(monitor, "reject", "uk-press-text-1")
    assert queries.event(on(FIRST), "uk-press-text-1")
    assert queries.event(on(SECOND), "uk-press-text-1") is None
    with desk.open_desk(desk_path()) as team:
        desk.withdraw(team, 1, at="2026-03-04T09:00:00Z")
    assert queries.event(on(SECOND), "uk-press-text-1") is None
    assert queries.event(on(""), "uk-press-text-1")


def test_the_days_that_can_be_shown_end_before_the_publication(monitor: Monitor):
    assert rewind.span(on("")) == rewind.Span(FIRST, FIRST, FIRST + timedelta(days=2))


def test_an_export_of_a_day_says_so_and_leads_back_to_it(monitor: Monitor, tmp_path: Path):
    out = tmp_path / "out.csv"
    assert main(["csv", "--view", f"dossier=fr-loi-sren&as_of={FIRST}", "--lang", "en", "--out", str(out)]) == 0
    told = out.read_text(encoding="utf-8")
    assert "2024-05-20" in told and "2024-05-21" not in told
    assert f"as_of={FIRST}" in told and "2026-03-02T23:59:59Z" in told


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-04", "2027-01-01", "soon"])
def test_an_export_of_a_day_without_a_record_is_refused(monitor: Monitor, day: str, capsys: pytest.CaptureFixture[str]):
    assert main(["csv", "--view", f"as_of={day}"]) == 2
    assert "2026-03-02 to 2026-03-03" in (told := capsys.readouterr().err) or "YYYY-MM-DD" in told


def test_a_timeline_of_then_is_asked_like_any_other(monitor: Monitor):
    found = queries.timeline(on(FIRST), View(jurisdictions=("fr",)))
    assert {one.date for one in found if one.event_id == "fr-sren-signed"} == {"2024-05-20"}
