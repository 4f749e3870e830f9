"""Live addresses under load: what is built once, kept, refused or put off."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dashboard import live, routes
from data import edition, export, queries
from data.view import View
from tests.dashboard.live_site import in_process


def test_a_view_too_large_for_a_live_address_is_refused_and_not_cut(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "MAX_EVENTS", 3)
    with pytest.raises(live.Refused, match="narrow it by a filter") as told:
        live.build(live.asked("ics", [], "http://localhost:8501"), edition.current())
    assert told.value.status == 400


def test_a_feed_of_entries_holds_those_that_changed_last(home: Path):
    db = edition.open_edition()
    everything = queries.timeline(db, View())
    extract = export.extract.gather_latest(db, View(), 7)
    instants = sorted((max(one.changed_at, one.first_seen_at) for one in everything), reverse=True)
    assert [max(one.changed_at, one.first_seen_at) for one in extract.events] == instants[:7]
    assert set(extract.actors) == {one.actor_id for event in extract.events for one in event.actors}


def test_many_who_ask_for_the_same_file_cost_one(home: Path, monkeypatch: pytest.MonkeyPatch):
    built, shelf, now = [], live.Shelf(), edition.current()
    one = live.asked("ics", [("jurisdiction", "fr")], "http://localhost:8501")
    build = live.build

    def counted(*args: object) -> live.Built:
        built.append(args)
        return build(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(live, "build", counted)
    threads = [threading.Thread(target=shelf.get, args=(one, now)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1


def test_of_built_files_a_few_are_kept(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "build", lambda one, now: live.Built(b"x" * 100, b"", "text/plain", "x"))
    shelf, now = live.Shelf(files=3, size=250), edition.current()
    for n in range(6):
        shelf.get(live.asked("ics", [("q", f"word{n}")], "http://localhost:8501"), now)
    assert len(shelf._held) == 2 and not shelf._building


def test_when_too_many_wait_the_next_one_is_asked_to_come_back(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(routes, "_waiting", routes.WORKERS + routes.WAITING)
    answer = in_process("/feed/ics")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert in_process("/healthz").status_code == 200


def test_where_the_site_is_known_by_another_address_links_lead_there(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_ADDRESS", "https://monitor.example.org/watch/timeline")
    answer = in_process("/feed/ics?jurisdiction=fr")
    assert "https://monitor.example.org/watch/timeline?event=" in answer.text.replace("\r\n ", "")
