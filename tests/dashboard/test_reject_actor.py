"""Rejecting an actor on its page: gone from every page and live address at once, taken back where it stood."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.i18n import t
from data import desk, queries
from data.edition import open_edition
from data.view import View
from tests.dashboard import snapshot as sample
from tests.dashboard.live_site import in_process
from tests.dashboard.test_decide import decide
from tests.dashboard.test_pages import words
from tests.data.monitor import NEWS, Monitor, article, said
from tests.data.test_rejected_actors import ACTOR, NAME, named
from tests.shared import ROOT

FORM = "profile-0-0"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A monitor in which one article names an actor that no list holds; its desk is open to who is here."""
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    monkeypatch.setenv("MONITOR_DESK", "single")
    monkeypatch.setenv("MONITOR_DESK_NAME", "AB")
    monitor = Monitor(tmp_path)
    monitor.load(sample.reference("2024-05-20"))
    monitor.tell(NEWS, article(1, named(said(1))), article(2, said(2)))
    monitor.publish()
    return tmp_path


def visit(page: str = "actors", lang: str = "en", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    for key, value in {"lang": lang, **query}.items():
        app.query_params[key] = value
    app.run().switch_page(f"views/{page}.py").run()
    assert not app.exception, [one.message for one in app.exception]
    return app


def is_listed() -> bool:
    """Whether pages and live addresses have the actor; they agree."""
    db = open_edition()
    try:
        listed = ACTOR in {one.actor_id for one in queries.actors(db, View())}
    finally:
        db.close()
    assert listed == any(NAME in repr(frame.value) for frame in visit().dataframe)
    assert listed == (NAME in in_process("/feed/json").text)
    assert listed == ("Said 1" in in_process(f"/feed/json?actor={ACTOR}").text)
    assert "Said 1" in in_process("/feed/json").text, "the event stays"
    return listed


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_name_that_is_no_policy_actor_goes_and_its_address_takes_that_back(home: Path, lang: str):
    assert is_listed()
    app = visit(who=ACTOR, lang=lang)
    assert app.button_group(key=f"choice-{FORM}").options[:2] == [
        t("choice.no_actor", lang),
        t("choice.private_actor", lang),
    ]
    app = decide(app, FORM, "no_actor")
    assert t("refused.no_why", lang) in words(app) and is_listed()
    app = decide(app, FORM, "no_actor", why="A *headline*, no name")
    (standing,) = desk.standing()
    assert (standing.entity_id, standing.actors, standing.why, standing.by) == (
        ACTOR, (ACTOR,), "A *headline*, no name", "AB",
    )  # fmt: skip
    assert not is_listed()
    app = visit(who=ACTOR, lang=lang)
    told = words(app)
    assert t("actors.rejected", lang) in told and "A *headline*, no name" in told
    assert t("decided.no_actor", lang) in words(visit("desk", lang))
    app.button(key="take-back-rejected-1").click().run()
    assert is_listed() and not desk.standing()


def test_a_private_person_goes_without_a_reason_and_the_desk_names_it_nowhere(home: Path):
    decide(visit(who=ACTOR), FORM, "note", why=f"who is {NAME}?")
    app = visit(who=ACTOR)
    form = "profile-1-1"
    app.button_group(key=f"choice-{form}").set_value("private_actor").run()
    assert "in their titles and quotes and in documents" in words(app), "what it does not do is said before"
    assert not [one for one in app.text_input if str(one.key).startswith("why-")], "no field a name could be typed in"
    app.button(key=f"save-{form}").click().run()
    assert not app.exception and not is_listed()
    assert [(one.is_private, one.why) for one in desk.standing() if one.kind == "reject"] == [(True, "")]
    page = visit("desk")
    told = words(page)
    assert "Withheld: a private person" in told and "withheld (decision 2)" in told
    assert "ellory" not in told.lower(), "also not by a note that was written before"
    assert t("actors.rejected", "en") not in words(visit(who=ACTOR))
    page.button(key="take-back-desk-2").click().run()
    assert is_listed() and NAME in words(visit("desk"))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("choice", ["no_actor", "private_actor"])
def test_a_reviewed_actor_cannot_be_rejected_and_the_form_says_why(home: Path, lang: str, choice: str):
    app = visit(who="uk-ofcom", lang=lang)
    app.button_group(key=f"choice-{FORM}").set_value(choice).run()
    assert t("public.reviewed", lang) in words(app)
    assert not [one for one in app.button if str(one.key).startswith("save-profile-")]


def test_a_visitor_sees_no_form_and_no_word_of_the_team(home: Path, monkeypatch: pytest.MonkeyPatch):
    decide(visit(who=ACTOR), FORM, "no_actor", why="inner words")
    monkeypatch.delenv("MONITOR_DESK")
    told = words(visit(who=ACTOR))
    assert "inner words" not in told and t("actors.rejected", "en") not in told and "AB" not in told
