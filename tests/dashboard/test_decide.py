"""Deciding on a card, a piece, a file and a profile: shown at once everywhere, written to the desk, taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import desk, queries
from data.database import home, sqlite3
from data.edition import open_edition
from data.export.__main__ import main as export
from data.view import View
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
    monkeypatch.setenv("MONITOR_DESK", "single")
    monkeypatch.setenv("MONITOR_DESK_NAME", "AB")
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


def shown(**filters: tuple[str, ...]) -> set[str]:
    """Ids in the timeline of the edition in force."""
    db = open_edition()
    try:
        return {one.event_id for one in queries.timeline(db, View(**filters))}
    finally:
        db.close()


def exported() -> str:
    """The British events as the command line writes them."""
    out = home() / "out.csv"
    assert export(["csv", "--view", "jurisdiction=uk", "--lang", "en", "--out", str(out)]) == 0
    return out.read_text(encoding="utf-8")


def decide(app: AppTest, key: str, choice: str, **fields: str) -> AppTest:
    """Fill the form in and save it."""
    app.button_group(key=f"choice-{key}").set_value(choice).run()
    for name, value in fields.items():
        area = app.text_area if name == "why" and choice in ("note", "position") else app.text_input
        (app.selectbox if name in ("type", "near") else area)(key=f"{name}-{key}").set_value(value)
    app.button(key=f"save-{key}").click().run()
    assert not app.exception, [one.message for one in app.exception]
    return app


def test_an_event_read_in_a_text_is_rejected_with_a_reason_and_that_is_shown_at_once(drawer: Open):
    assert EVENT in shown() and EVENT in exported()
    app = decide(drawer(event=EVENT), "card-0-0", "reject", why="They only *spoke*")
    told = words(app)
    assert "**Rejected** · AB" in told and "They only *spoke*" in told
    assert "not shown in the timeline" in told
    assert EVENT not in shown() and EVENT not in exported()
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
    assert [one.value for one in app.error] == ["This could not be written. Try again."]
    assert len(desk.standing()) == 1


def test_a_correction_wants_another_type_or_date(drawer: Open):
    app = decide(drawer(event=EVENT), "card-0-0", "correct", date="soon")
    assert "This is no date" in words(app)
    app = decide(drawer(event=EVENT), "card-0-0", "correct")
    assert "as before" in words(app)
    app = decide(drawer(event=EVENT), "card-0-0", "correct", type="hearing", date="2026-02")
    assert "**Corrected: Hearing, February 2026**" in words(app)


def test_an_official_or_reviewed_event_can_be_confirmed_disputed_or_noted_and_not_corrected(drawer: Open):
    app = drawer(event="uk-x-opened")
    assert list(app.button_group(key="choice-card-0-0").options) == [
        "Confirm",
        "Dispute",
        "Names a private person",
        "Same as another",
        "Tag",
        "Note",
    ]
    app = decide(app, "card-0-0", "dispute", why="closed since")
    assert "**Disputed**" in words(app)


def test_a_note_stands_beside_a_decision(drawer: Open):
    app = decide(drawer(event=EVENT), "card-0-0", "confirm")
    app = decide(app, "card-1-1", "note", why="ask the press office")
    assert "**Confirmed**" in words(app) and "ask the press office" in words(app)


def test_a_rejected_event_is_gone_and_its_address_still_takes_it_back(drawer: Open):
    decide(drawer(event=EVENT), "card-0-0", "reject", why="no statement")
    app = drawer(event=EVENT)
    assert "not shown in the timeline" in words(app) and "no statement" in words(app)
    app.button(key="take-back-hidden-1").click().run()
    assert EVENT in shown() and EVENT in exported()


def test_a_merge_shows_two_as_one_and_taking_it_back_two_again(drawer: Open):
    other = "uk-press-2-0"
    app = decide(drawer(event=EVENT), "card-0-0", "merge", other=f"http://localhost/timeline?event={other}&lang=fr")
    assert "Put together" in words(app)
    assert len({EVENT, other} & shown()) == 1
    kept = ({EVENT, other} & shown()).pop()
    app = drawer(event=kept)
    assert app.button_group(key="choice-card-1-1").options[5] == "Not the same"
    app.button(key="take-back-card-1").click().run()
    assert {EVENT, other} <= shown()


def test_what_is_told_twice_is_kept_apart(drawer: Open):
    other = "uk-press-2-0"
    decide(drawer(event=EVENT), "card-0-0", "merge", near=other)
    kept = ({EVENT, other} & shown()).pop()
    apart = ({EVENT, other} - {kept}).pop()
    decide(drawer(event=kept), "card-1-1", "split", near=apart)
    assert {EVENT, other} <= shown()
    assert [one.kind for one in desk.standing()] == ["split"], "the later word on a pair stands"


def test_a_merge_needs_another_one_that_exists(drawer: Open):
    for other in ("", "no-such-event", EVENT):
        app = decide(drawer(event=EVENT), "card-0-0", "merge", other=other)
        assert "exists here" in words(app)
    assert desk.standing() == ()


def test_a_position_a_note_and_a_tag_stand_on_the_page_of_a_file_as_the_teams_own(drawer: Open):
    before = shown()
    app = decide(drawer("dossiers", file="fr-loi-sren"), "file-0-0", "position", near="supports", why="With *limits*")
    assert "**Our position: Supports** · AB" in words(app) and "With *limits*" in words(app)
    app = decide(app, "file-1-1", "tag", tag="hearing")
    app = decide(app, "file-2-2", "note", why="ask the clerk")
    assert "no source says this" in words(app) and "**Tag: hearing**" in words(app)
    app = decide(app, "file-3-3", "position", near="opposes", why="")
    assert [one.stance for one in desk.standing() if one.kind == "position"] == ["opposes"]
    assert shown() == before and open_edition() is not None


def test_two_files_are_put_together(drawer: Open):
    app = drawer("dossiers", file="us-take-it-down")
    decide(app, "file-0-0", "merge", other="eu-code-marking")
    db = open_edition()
    assert queries.dossier(db, "eu-code-marking") == queries.dossier(db, "us-take-it-down")


def test_two_actors_are_put_together_on_a_profile(drawer: Open):
    decide(drawer("actors", who="org-x"), "profile-0-0", "merge", other="uk-ofcom", why="a test")
    db = open_edition()
    assert {one.actor_id for event in queries.timeline(db, View()) for one in event.actors} & {"org-x", "uk-ofcom"} == {
        "org-x"
    }


def test_a_piece_shows_the_events_read_in_it_and_each_can_be_decided_on(drawer: Open):
    app = drawer(piece=PIECE)
    assert "the regulator said" in words(app)
    app = decide(app, "event-0-0-0", "reject", why="no event")
    assert [one.entity_id for one in desk.standing()] == [EVENT]


def test_a_piece_is_put_off_the_subject_and_its_drawer_still_takes_that_back(drawer: Open):
    app = decide(drawer(piece=PIECE), "item-0-0", "off_subject", why="about film effects")
    assert "**Not on the subject** · AB" in words(app)
    assert [(one.entity, one.entity_id) for one in desk.standing()] == [("item", "uk-press:1")]
    assert EVENT not in shown()
    drawer(piece=PIECE).button(key="take-back-item-1").click().run()
    assert EVENT in shown()


@pytest.mark.parametrize("opened", [{"event": EVENT}, {"piece": PIECE}])
def test_what_names_a_private_person_goes_without_a_reason_and_the_desk_does_not_name_it(
    drawer: Open, opened: dict[str, str]
):
    key = "card-0-0" if "event" in opened else "item-0-0"
    app = drawer(**opened)
    app.button_group(key=f"choice-{key}").set_value("private").run()
    assert "every day of the record" in words(app)
    assert not [one for one in app.text_input if str(one.key).startswith("why-")], "no field a name could be typed in"
    app.button(key=f"save-{key}").click().run()
    assert not app.exception
    (standing,) = desk.standing()
    assert (standing.kind, standing.is_private, standing.why) == ("reject", True, "")
    assert EVENT not in shown() and EVENT not in exported()
    for gone, heading in (({"event": EVENT}, "not"), ({"piece": PIECE}, "not")):
        found = drawer(**gone)
        assert "the regulator said" not in words(found) and heading in words(found)
        assert not [one for one in found.button_group if str(one.key).startswith("choice-")], "nothing to decide on"
    page = drawer("desk")
    told = words(page)
    assert "Withheld: names a private person" in told and "withheld (decision 1)" in told
    assert EVENT not in told and "uk-press:1" not in told
    page.button(key="take-back-desk-1").click().run()
    assert EVENT in shown() and EVENT in exported()
    assert "the regulator said" in words(drawer(piece=PIECE))


def test_an_official_record_that_names_a_private_person_goes_too(drawer: Open):
    app = drawer(event="uk-x-opened")
    app.button_group(key="choice-card-0-0").set_value("private").run()
    app.button(key="save-card-0-0").click().run()
    assert "uk-x-opened" not in shown() and "uk-x-opened" not in exported()
