"""Deciding in the drawer of a piece and on the card of an event: shown at once, written to the desk, taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import desk, publish, queries, store_reviews
from data.database import open_immutable, open_writer, published_path, sqlite3
from data.vocabulary import load_vocabulary
from tests.dashboard import snapshot
from tests.dashboard.test_pages import words
from tests.shared import ROOT

EVENT, PIECE = "uk-press-1-0", "2"
Open = Callable[..., AppTest]


@pytest.fixture
def team(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A monitor of its own, so that its desk is empty."""
    for name in ("collected.db", "published.db"):
        shutil.copy(published / name, tmp_path / name)
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def drawer(team: Path) -> Open:
    """Open what an address names: ``drawer(event="…")``."""

    def go(page: str = "overview", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        for key, value in {"lang": "en", **query}.items():
            app.query_params[key] = value
        app.run()
        if page != "overview":
            app.switch_page(f"views/{page}.py").run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def follow(home: Path) -> None:
    """What the next collection does with the desk."""
    db = open_writer(home / "collected.db")
    store_reviews.write_reviews(db, desk.standing(), at=snapshot.stamp(snapshot.NOW))
    publish.publish(
        db, published_path(), at=snapshot.stamp(snapshot.NOW), today=snapshot.TODAY,
        vocabulary_version=load_vocabulary().version, rules=snapshot.RULES,
    )  # fmt: skip
    db.close()


def decide(app: AppTest, key: str, choice: str, **fields: str) -> AppTest:
    """Fill the form in and save it."""
    app.button_group(key=f"choice-{key}").set_value(choice).run()
    for name, value in fields.items():
        (app.selectbox if name == "type" else app.text_input)(key=f"{name}-{key}").set_value(value)
    app.button(key=f"save-{key}").click().run()
    assert not app.exception, [one.message for one in app.exception]
    return app


def test_an_event_read_in_a_text_is_rejected_with_a_reason_and_that_is_shown_at_once(drawer: Open):
    app = decide(drawer(event=EVENT), "card-0-0", "reject", why="They only *spoke*", by="AB")
    told = words(app)
    assert "**Rejected** · AB" in told and "They only *spoke*" in told
    assert "not yet in the timeline" in told
    (standing,) = desk.standing()
    assert (standing.kind, standing.entity_id, standing.why, standing.by) == (
        "reject",
        EVENT,
        "They only *spoke*",
        "AB",
    )
    assert [(one.item, one.type) for one in standing.claims] == [("uk-press:1", "statement")]


def test_a_rejection_needs_a_reason(drawer: Open):
    app = decide(drawer(event=EVENT), "card-0-0", "reject")
    assert "Say why" in words(app)
    assert desk.standing() == ()


def test_a_decision_is_taken_back_at_once(drawer: Open):
    app = decide(drawer(event=EVENT), "card-0-0", "confirm")
    app.button(key="take-back-card-1").click().run()
    assert desk.standing() == ()
    assert "**Confirmed**" not in words(app)


def test_a_desk_that_cannot_be_written_says_so_and_changes_nothing(drawer: Open, monkeypatch: pytest.MonkeyPatch):
    app = decide(drawer(event=EVENT), "card-0-0", "confirm")

    def broken(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(desk, "withdraw", broken)
    app.button(key="take-back-card-1").click().run()
    assert not app.exception
    assert [one.value for one in app.error] == ["The decision could not be written. Try again."]
    assert len(desk.standing()) == 1


def test_a_correction_wants_another_type_or_date(drawer: Open):
    app = decide(drawer(event=EVENT), "card-0-0", "correct", date="soon")
    assert "This is no date" in words(app)
    app = decide(drawer(event=EVENT), "card-0-0", "correct")
    assert "as before" in words(app)
    app = decide(drawer(event=EVENT), "card-0-0", "correct", type="hearing", date="2026-02")
    assert "**Corrected**: Hearing, February 2026" in words(app)


def test_an_official_or_reviewed_event_can_be_confirmed_disputed_or_noted_and_not_corrected(drawer: Open):
    app = drawer(event="uk-x-opened")
    assert list(app.button_group(key="choice-card-0-0").options) == ["Confirm", "Dispute", "Note"]
    app = decide(app, "card-0-0", "dispute", why="closed since")
    assert "**Disputed**" in words(app)


def test_a_note_stands_beside_a_decision(drawer: Open):
    app = decide(drawer(event=EVENT), "card-0-0", "confirm")
    app = decide(app, "card-1-1", "note", why="ask the press office")
    assert "**Confirmed**" in words(app) and "ask the press office" in words(app)


def test_the_timeline_follows_with_the_next_publication(drawer: Open, team: Path):
    decide(drawer(event=EVENT), "card-0-0", "confirm", by="AB")
    follow(team)
    told = words(drawer(event=EVENT))
    assert "**Review**: Confirmed by the team" in told
    assert "not yet in the timeline" not in told
    desk_number = desk.standing()[0].decision_id
    drawer(event=EVENT).button(key=f"take-back-card-{desk_number}").click().run()
    assert "A decision was taken back" in words(drawer(event=EVENT))


def test_a_rejected_event_is_gone_and_its_address_still_takes_it_back(drawer: Open, team: Path):
    decide(drawer(event=EVENT), "card-0-0", "reject", why="no statement", by="AB")
    follow(team)
    assert queries.event(open_immutable(published_path()), EVENT) is None
    app = drawer(event=EVENT)
    assert "not shown in the timeline" in words(app) and "no statement" in words(app)
    app.button(key="take-back-hidden-1").click().run()
    follow(team)
    assert queries.event(open_immutable(published_path()), EVENT)


def test_a_piece_shows_the_events_read_in_it_and_each_can_be_decided_on(drawer: Open):
    app = drawer(piece=PIECE)
    assert "the regulator said" in words(app)
    app = decide(app, "event-0-0-0", "reject", why="no event")
    assert [one.entity_id for one in desk.standing()] == [EVENT]


def test_a_piece_is_put_off_the_subject_and_its_drawer_still_takes_that_back(drawer: Open, team: Path):
    app = decide(drawer(piece=PIECE), "item-0-0", "off_subject", why="about film effects", by="AB")
    assert "**Not on the subject** · AB" in words(app)
    assert [(one.entity, one.entity_id) for one in desk.standing()] == [("item", "uk-press:1")]
    follow(team)
    assert queries.event(open_immutable(published_path()), EVENT) is None
    drawer(piece=PIECE).button(key="take-back-item-1").click().run()
    follow(team)
    assert queries.event(open_immutable(published_path()), EVENT)


def test_what_was_decided_is_listed_newest_first(drawer: Open):
    decide(drawer(event=EVENT), "card-0-0", "confirm", by="AB")
    decide(drawer(piece=PIECE), "item-0-0", "off_subject", why="film", by="CD")
    listed = drawer("about").dataframe[0].value
    assert list(listed["decision"]) == ["Not on the subject", "Confirmed"]
    assert list(listed["by"]) == ["CD", "AB"]
    assert set(listed["title"]) == {"Ministers speak about fabricated videos, part 1"}


def test_the_name_is_kept_for_the_next_decision(drawer: Open):
    app = decide(drawer(event=EVENT), "card-0-0", "confirm", by="AB")
    app.button_group(key="choice-card-1-1").set_value("note").run()
    assert app.text_input(key="by-card-1-1").value == "AB"
