"""The record of an earlier day is what was published on that day, whatever has come, changed or gone since."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data import desk, edition, migrations, queries, rewind
from data.database import Database, desk_path, open_immutable, open_writer, rows
from data.decisions import item_key
from data.errors import ViewError
from data.view import View
from tests.dashboard import snapshot as sample
from tests.data.monitor import FIRST, NEWS, OFFICIAL, SENATE, Monitor, article, bill, decide, said, step, withdraw

SHOWN = (
    "shown_event", "shown_dossier", "shown_source", "shown_actor", "shown_facet", "shown_alias", "shown_record",
    "shown_change",
)  # fmt: skip


def content(db: Database, table: str) -> list[dict[str, object]]:
    return rows(db, f"SELECT * FROM {table} ORDER BY 1, 2, 3")


def check(monitor: Monitor) -> None:
    """Every day that was published comes back as it was, in a copy and in the edition that readers open."""
    for day, path in monitor.published.items():
        then, copy = open_immutable(path), monitor.rewound(day)
        found = [copy]
        if day < max(monitor.published):
            found.append(edition.open_edition(edition.current(day.isoformat())))
        for now in found:
            for table in SHOWN:
                assert content(now, table) == content(then, table), f"{table} on {day}"
            now.close()
        then.close()


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    return Monitor(tmp_path)


def shown(db: Database, event_id: str) -> dict[str, object]:
    found = rows(db, "SELECT date, type, title, status, review_state FROM shown_event WHERE event_id = ?", (event_id,))
    return found[0] if found else {}


def stage(db: Database, dossier_id: str) -> tuple[str, str]:
    found = rows(db, "SELECT stage, stage_since FROM shown_dossier WHERE dossier_id = ?", (dossier_id,))[0]
    return found["stage"], found["stage_since"]


def test_every_day_comes_back_as_it_was_published(monitor: Monitor):
    monitor.load(sample.reference("2024-05-20"))
    monitor.tell(NEWS, article(1, said(1)), article(2, said(2), said(3, "2026-02-20")))
    monitor.publish()

    # a corrected day in the baseline, new texts, an official file that is joined with the reviewed one
    monitor.load(sample.reference("2024-05-21"))
    monitor.tell(NEWS, article(3, said(4)))
    monitor.tell(OFFICIAL, bill(step(1, "2023-10-17"), step(2, "2024-04-10", stage="passed_both")))
    monitor.publish()

    # the file changes its name and a step its title and its day; an article loses what was read in it
    monitor.tell(OFFICIAL, bill(step(1, "2023-10-17", title="Vote solennel"), step(2, "2024-04-11", stage="passed_both"),
                                title="Loi SREN"))  # fmt: skip
    monitor.tell(NEWS, article(2, said(2)))
    monitor.publish()

    # a step goes and with it a stage; another file comes in
    monitor.tell(OFFICIAL, bill(step(1, "2023-10-17", title="Vote solennel"), title="Loi SREN"))
    monitor.tell(SENATE, bill(step(9, "2026-03-04", "bill_tabled", "introduced"), number="PPL9"))
    monitor.publish()

    # the team rejects, corrects and confirms
    rejected = decide(monitor, "reject", "uk-press-text-1")
    decide(monitor, "correct", "uk-press-text-4", type_="fine_sanction", date_="2026-02")
    decide(monitor, "reject", "fr-sren-signed")
    with desk.open_desk(desk_path()) as team:
        off = desk.decide(team, "reject", "item", item_key(NEWS.id, "2"), at=monitor.at(12), why="not about it")
    monitor.publish()

    # taken back; a joined file is separated; two actors are put together; what went comes again
    withdraw(monitor, rejected)
    withdraw(monitor, off)
    with desk.open_desk(desk_path()) as team:
        desk.decide(team, "split", "dossier", "fr-test-dlr5l16n47884", other_id="fr-loi-sren", at=monitor.at(12))
        desk.decide(team, "merge", "actor", "uk-ofcom", other_id="org-x", at=monitor.at(12))
    monitor.tell(OFFICIAL, bill(step(1, "2023-10-17"), step(2, "2024-04-11", stage="passed_both"), title="Loi SREN"))
    monitor.publish()

    # other rules read the same, another subject, nothing; a file is no longer on the subject; two changes on one day
    monitor.tell(NEWS, article(1, said(1), rules="2"), article(3, said(4), rules="2", facets=("ncii",)),
                 article(2, rules="2", on=False))  # fmt: skip
    monitor.tell(SENATE, bill(step(9, "2026-03-05", "bill_tabled", "introduced"), number="PPL9", on=False))
    monitor.tell(SENATE, bill(step(9, "2026-03-06", "bill_tabled", "introduced"), number="PPL9", on=False), hour=9)
    monitor.publish()
    monitor.publish()  # a day on which nothing happens

    check(monitor)
    days = sorted(monitor.published)
    views = [monitor.rewound(day) for day in days]
    assert [shown(one, "fr-sren-signed")["date"] for one in views[:2]] == ["2024-05-20", "2024-05-21"]
    assert [stage(one, "fr-loi-sren") for one in views[3:6]] == [
        ("enacted", "2024-05-21"), ("passed_one", "2023-10-17"), ("passed_one", "2023-10-17")
    ]  # fmt: skip
    assert [shown(one, "uk-press-text-1").get("review_state") for one in views[3:6]] == ["collected", None, "collected"]
    assert shown(views[4], "uk-press-text-4")["type"] == "fine_sanction"
    assert not shown(views[0], "uk-press-text-4")


@pytest.mark.parametrize("seed", range(3))
def test_any_history_can_be_walked_back(monitor: Monitor, seed: int):
    """Sources tell, retell, drop and add at random, the team decides and takes back: each day comes back."""
    chance = random.Random(seed)
    steps = {name: {n: f"2026-02-{n + 10}" for n in range(3)} for name in ("DLR5L16N47884", "B1", "B2")}
    texts: dict[int, list[int]] = {}
    standing: list[int] = []

    def officially() -> None:
        name = chance.choice(list(steps))
        held = steps[name]
        for n in list(held):
            if chance.random() < 0.3:
                held[n] = f"2026-02-{chance.randint(10, 28)}"
        if chance.random() < 0.3:
            held.pop(chance.choice(list(held)), None) if held else None
        if chance.random() < 0.5:
            held[chance.randint(0, 9)] = f"2026-02-{chance.randint(10, 28)}"
        stages = ("introduced", "committee_one", "passed_one", "enacted")
        events = [
            replace(step(n, day, stage=stages[n % 4], title=chance.choice(["", "Autre titre"])),
                    external_id=f"{name}-{n}", dossier=())
            for n, day in held.items()
        ]  # fmt: skip
        source = chance.choice([OFFICIAL, SENATE]) if name == "B1" else OFFICIAL
        events = [replace(one, external_id=f"{source.id}-{one.external_id}") for one in events]
        monitor.tell(source, bill(*events, number=name, title=chance.choice(["Un titre", "Un autre"]),
                                  on=chance.random() < 0.8))  # fmt: skip

    def in_the_press() -> None:
        n = chance.randint(0, 7)
        told = texts.setdefault(n, [])
        told[:] = [k for k in range(3) if chance.random() < 0.6]
        events = [said(10 * n + k, f"2026-02-{chance.choice([11, 12])}", chance.choice(["statement", "fine_sanction"]))
                  for k in told]  # fmt: skip
        monitor.tell(NEWS, article(n, *events, rules=chance.choice("12"), on=chance.random() < 0.8,
                                   facets=chance.choice([("elections",), ("ncii",), ()]),
                                   title=chance.choice(["", "Corrected"])))  # fmt: skip

    def on_the_desk() -> None:
        if standing and chance.random() < 0.5:
            withdraw(monitor, standing.pop(chance.randrange(len(standing))))
            return
        if not monitor.published:
            return
        kind = chance.choice(["confirm", "reject", "correct"])
        events = queries.timeline(open_immutable(monitor.published[max(monitor.published)]), View())
        one = chance.choice(events)
        more = {"type_": "guidance_issued", "date_": "2026-01"} if kind == "correct" else {}
        if kind != "correct" or (one.origin == "text" and len(one.sources) == 1):
            standing.append(decide(monitor, kind, one.event_id, **more))

    monitor.load(sample.reference("2024-05-20"))
    work: list[Callable[[], None]] = [officially, in_the_press, in_the_press, on_the_desk]
    for day in range(10):
        for _ in range(chance.randint(1, 4)):
            chance.choice(work)()
        if chance.random() < 0.3:
            monitor.assemble(hour=14)
        if chance.random() < 0.3:
            monitor.load(sample.reference(f"2024-05-{20 + day}"), hour=15)
        monitor.publish()
    check(monitor)


def test_documents_are_those_of_the_day_in_the_words_they_had(monitor: Monitor):
    monitor.tell(NEWS, article(1, said(1)))
    monitor.publish()
    monitor.tell(NEWS, article(1, said(1), title="Corrected"), article(2, said(2)))
    monitor.publish()
    then = monitor.rewound(FIRST)
    assert rows(then, "SELECT title FROM item JOIN item_text USING (item_id)") == [{"title": "Article 1"}]
    assert [one["title"] for one in rows(monitor.rewound(FIRST + timedelta(days=1)), "SELECT title FROM item_text")] == [
        "Corrected", "Article 2"
    ]  # fmt: skip


def test_a_database_that_is_older_than_its_images_is_turned_back_by_the_change_log(monitor: Monitor):
    monitor.load(sample.reference("2024-05-20"))
    monitor.tell(OFFICIAL, bill(step(1, "2026-02-12", "bill_tabled", "introduced"), number="B1"))
    monitor.publish()
    monitor.load(sample.reference("2024-05-24"))
    monitor.tell(OFFICIAL, bill(step(1, "2026-02-12", "bill_tabled", "introduced"), step(2, "2026-02-20"), number="B1"))
    monitor.publish()
    monitor.db.execute("DELETE FROM earlier")
    monitor.db.execute("INSERT INTO setting VALUES ('earlier_since', ?)", (f"{FIRST + timedelta(days=1)}T21:00:00Z",))
    monitor.load(sample.reference("2024-05-22"))
    monitor.publish()
    found = rewind.span(open_immutable(monitor.published[max(monitor.published)]))
    assert found == rewind.Span(FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=2))
    then = monitor.rewound(FIRST)
    assert shown(then, "fr-sren-signed")["date"] == "2024-05-20"
    assert stage(then, "fr-test-b1")[0] == "introduced"
    assert not shown(then, "fr-test-step-2")
    assert shown(monitor.rewound(FIRST + timedelta(days=1)), "fr-sren-signed")["date"] == "2024-05-24"


def test_a_name_that_is_hidden_now_is_hidden_in_the_record_of_every_day(monitor: Monitor):
    named = replace(said(1), title="Lila Merval speaks", quote="“Lila Merval”")
    monitor.tell(NEWS, article(1, named, said(2)))
    monitor.publish()
    monitor.tell(NEWS, article(1, said(2)))
    monitor.publish()
    hidden = replace(article(1, said(2), rules="2", title="Corrected"), hidden=("Lila Merval",))
    monitor.tell(NEWS, hidden)
    monitor.publish()
    kept = "".join(row["rows"] for row in rows(monitor.db, "SELECT rows FROM earlier"))
    assert "speaks" in kept and "Merval" not in kept
    assert "Merval" not in str(content(monitor.rewound(FIRST), "shown_source"))


@pytest.mark.parametrize("text", ["2026-13-01", "yesterday", "20260302", "2026-3-2", ""])
def test_what_is_no_day_is_refused(text: str):
    with pytest.raises(ViewError, match="YYYY-MM-DD"):
        rewind.parse_day(text)


def test_the_schema_step_leaves_a_new_database_without_a_bound(tmp_path: Path):
    db = open_writer(tmp_path / "new.db")
    migrations.migrate(db)
    assert rewind.kept_since(db) == ""
