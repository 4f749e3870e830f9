"""What the team decides is in the edition at once, exactly as the next publication will show it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from collectors.__main__ import main
from data import desk, edition, queries, search
from data.database import Database, collected_path, home, open_immutable, published_path, rows
from data.decisions import value_of
from data.view import View

ARTICLE = (
    "Ofcom fines a platform over deepfakes. On 3 February 2026 Ofcom fined X £2 million for failing to protect users "
    "from deepfake intimate images. On 9 February 2026 the European Commission opened an investigation into X over "
    "sexual deepfakes."
)
NOW, LATER = "2026-02-12T06:00:00Z", "2026-02-13T06:00:00Z"
FINE, OPENED = "fine_sanction", "investigation_opened"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collected")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(folder))
        (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
        given = ["--published", "2026-02-10", "--publisher", "The Daily", "--lang", "en", "--now", NOW]
        assert main(["add", str(folder / "article.txt"), *given]) == 0
    return folder


@pytest.fixture(autouse=True)
def monitor(collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    for name in ("collected.db", "published.db"):
        (tmp_path / name).write_bytes((collected / name).read_bytes())
    return tmp_path


def decide(kind: str, entity: str, one: str, other: str = "", **correction: str) -> int:
    value = None
    if entity == "event" and not other:
        told = queries.tellings(edition.open_edition(), one)
        value = value_of(kind, one, told, correction.get("type", ""), correction.get("date", ""))
    with desk.open_desk() as team:
        return desk.decide(team, kind, entity, one, other_id=other, value=value, why="because", by="AB", at=NOW)


def read(type_: str) -> str:
    """The event of a type that the article alone tells, in the snapshot."""
    db = open_immutable(published_path())
    return next(one.event_id for one in queries.timeline(db, View(origins=("text",))) if one.type == type_)


def shown(db: Database) -> dict[str, list[dict[str, object]]]:
    tables = ("shown_event", "shown_source", "shown_actor", "shown_facet", "shown_dossier", "shown_alias",
              "shown_record", "dossier_stage", "event_join", "dossier_join", "actor_join", "review")  # fmt: skip
    return {name: sorted(rows(db, f"SELECT * FROM {name}"), key=repr) for name in tables}


def files() -> list[str]:
    return sorted(path.name for path in (home() / "editions").glob("*.db"))


def test_without_decisions_the_snapshot_itself_is_read():
    assert edition.current().is_snapshot
    edition.open_edition().close()
    assert not (home() / "editions").exists()


@pytest.mark.parametrize(
    "decisions",
    [
        [("reject", "event", FINE)],
        [("confirm", "event", FINE), ("reject", "event", OPENED)],
        [("correct", "event", FINE, "court_ruling", "2026-01-26")],
        [("merge", "event", FINE, OPENED)],
        [("merge", "event", "us-tida-signed", FINE)],
        [("reject", "event", "us-tida-signed")],
        [("merge", "dossier", "us-take-it-down-act", "fr-loi-sren")],
        [("merge", "actor", "uk-ofcom", "eu-commission")],
        [("reject", "item", "")],
    ],
    ids=lambda found: "+".join(f"{one[0]} {one[1]}" for one in found),
)
def test_the_edition_shows_what_the_next_publication_shows(decisions: list[tuple[str, ...]]):
    before = shown(open_immutable(published_path()))
    key = queries.tellings(open_immutable(published_path()), read(FINE))[0].item
    named = {FINE: read(FINE), OPENED: read(OPENED), "": key}
    for kind, entity, one, *rest in decisions:
        if kind == "correct":
            decide(kind, entity, named[one], type=rest[0], date=rest[1])
        else:
            decide(kind, entity, named.get(one, one), *(named.get(name, name) for name in rest))
    at_once = shown(edition.open_edition())
    assert at_once != before
    assert main(["build", "--now", LATER]) == 0
    assert shown(open_immutable(published_path())) == at_once
    assert edition.current().is_snapshot, "the publication says which decisions it follows"
    for number in range(1, len(decisions) + 1):
        with desk.open_desk() as team:
            desk.withdraw(team, number, at=LATER)
    assert shown(edition.open_edition()) == before, "taken back after it was published"


def test_a_rejected_event_leaves_lists_counts_search_and_its_figures_and_comes_back():
    number = decide("reject", "event", read(FINE))
    db = edition.open_edition()
    assert {one.type for one in queries.timeline(db, View(origins=("text",)))} == {OPENED}
    assert queries.timeline_count(db, View(origins=("text",))) == 1
    assert not search.search(db, "2 million", kind="event").total
    assert search.search(db, "deepfake intimate images").total, "pieces are still searched in the snapshot"
    with desk.open_desk() as team:
        desk.withdraw(team, number, at=LATER)
    assert edition.current().is_snapshot
    assert queries.timeline_count(edition.open_edition(), View(origins=("text",))) == 2


def test_a_merge_takes_along_what_tells_the_other_happening():
    """Both are told by an official record too, and none of the four is left alone."""
    decide("merge", "event", "us-tida-signed", read(FINE))
    decide("merge", "event", read(FINE), read(OPENED))
    assert len(queries.tellings(edition.open_edition(), read(OPENED))) == 3


def test_a_split_stands_above_an_earlier_merge_of_the_two_and_a_later_merge_above_the_split():
    for kind, count in (("merge", 1), ("split", 2), ("merge", 1)):
        decide(kind, "event", read(FINE), read(OPENED))
        assert queries.timeline_count(edition.open_edition(), View(origins=("text",))) == count
        assert len(desk.standing()) == 1


def test_a_note_a_tag_and_a_position_change_nothing_that_is_shown():
    with desk.open_desk() as team:
        for kind in ("note", "tag", "position"):
            desk.decide(team, kind, "dossier", "fr-loi-sren", at=NOW, why="ours")
    assert edition.current().is_snapshot


def test_no_person_of_the_team_is_named_in_the_change_log():
    decide("reject", "event", "us-tida-signed")
    for db in (edition.open_edition(), _after_build()):
        assert {one.by for one in queries.revisions(db, entity_id="us-tida-signed")} == {"team"}


def _after_build() -> Database:
    assert main(["build", "--now", LATER]) == 0
    return open_immutable(published_path())


def test_an_edition_is_built_once_however_many_ask(monkeypatch: pytest.MonkeyPatch):
    decide("reject", "event", read(FINE))
    built = []
    real = edition._build
    monkeypatch.setattr(edition, "_build", lambda *args: (built.append(1), real(*args)))
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: queries.timeline_count(edition.open_edition(), View()), range(6)))
    assert len(set(found)) == 1 and built == [1]


def test_editions_of_an_earlier_publication_go_and_few_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(edition, "KEPT", 2)
    for number in range(3):
        decide("reject" if number % 2 else "confirm", "event", read(FINE))
        edition.open_edition()
        assert len(files()) == min(number + 1, 2)
    old = files()
    collected_path().unlink()  # another publication that follows nothing yet
    published_path().rename(home() / "moved.db")
    published_path().write_bytes((home() / "moved.db").read_bytes())
    edition.open_edition()
    assert len(files()) == 1 and not set(files()) & set(old)


def test_a_decision_made_while_an_edition_is_asked_for_is_not_lost():
    decide("reject", "event", read(FINE))
    asked = edition.current()
    decide("reject", "event", read(OPENED))
    for path in (home() / "editions").glob("*.db"):
        path.unlink()  # had it been built before, it would be what was asked for
    assert queries.timeline_count(edition.open_edition(asked), View(origins=("text",))) == 0
