"""Who may decide, the desk's page, and what visitors never see."""

from __future__ import annotations

import ast
import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import decided, member, write
from data import desk
from data.decisions import Decision
from data.export import decided as files
from tests.dashboard.test_pages import words
from tests.shared import ROOT

EVENT = "uk-press-1-0"
AT = "2026-11-25T10:00:00Z"
Visit = Callable[..., AppTest]


@pytest.fixture
def team(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A monitor of its own with three decisions and a kept view; nobody is allowed anything yet."""
    for name in ("collected.db", "published.db"):
        shutil.copy(published / name, tmp_path / name)
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    for name in ("MONITOR_DESK", "MONITOR_DESK_NAME", "MONITOR_DESK_MEMBERS"):
        monkeypatch.delenv(name, raising=False)
    with desk.open_desk() as db:
        desk.decide(db, "note", "event", EVENT, why="call *Anna*", by="anna@ngo.example", at=AT)
        desk.decide(db, "tag", "dossier", "fr-loi-sren", value={"tag": "hearing"}, by="bo@ngo.example", at=AT)
        desk.decide(
            db,
            "position",
            "dossier",
            "fr-loi-sren",
            value={"stance": "supports"},
            why="Ours",
            by="bo@ngo.example",
            at=AT,
        )
        desk.save_view(db, "France", "jurisdiction=fr", at=AT)
    return tmp_path


@pytest.fixture
def visit(team: Path) -> Visit:
    def go(page: str = "desk", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=90)
        for key, value in {"lang": "en", **query}.items():
            app.query_params[key] = value
        app.run()
        if page != "overview":
            app.switch_page(f"views/{page}.py").run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def sign_in(monkeypatch: pytest.MonkeyPatch, **claims: object) -> None:
    """What Streamlit knows of a person after OpenID Connect."""
    monkeypatch.setattr(st, "user", {"is_logged_in": True, **claims})


@pytest.mark.parametrize(
    ("members", "claims", "name"),
    [
        ("anna@ngo.example", {"email": "Anna@NGO.example"}, "anna@ngo.example"),
        ("bo@ngo.example, ngo.example", {"email": "anna@ngo.example"}, "anna@ngo.example"),
        ("@ngo.example", {"email": "anna@ngo.example", "email_verified": True}, "anna@ngo.example"),
        ("ngo.example", {"email": "anna@ngo.example", "email_verified": False}, ""),
        ("ngo.example", {"email": "anna@evil-ngo.example"}, ""),
        ("ngo.example", {"email": "ngo.example"}, ""),
        ("bo@ngo.example", {"email": "anna@ngo.example"}, ""),
        ("", {"email": "anna@ngo.example"}, ""),
        ("ngo.example", {"name": "Anna"}, ""),
    ],
)
def test_only_listed_people_are_members(
    team: Path, monkeypatch: pytest.MonkeyPatch, members: str, claims: dict[str, object], name: str
):
    monkeypatch.setenv("MONITOR_DESK_MEMBERS", members)
    sign_in(monkeypatch, **claims)
    assert member.name() == name


def test_who_has_not_signed_in_is_nobody_whatever_the_browser_claims(team: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_DESK_MEMBERS", "ngo.example")
    sign_in(monkeypatch, is_logged_in=False, email="anna@ngo.example")
    assert member.name() == ""


def test_a_laptop_is_its_owners(team: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_DESK", "single")
    assert member.name() == "single user"
    monkeypatch.setenv("MONITOR_DESK_NAME", "Anna")
    assert member.name() == "Anna"
    monkeypatch.setenv("MONITOR_DESK", "everybody")
    assert member.name() == ""


@pytest.mark.parametrize(
    "attack",
    [
        lambda: write.decide("reject", "event", EVENT, why="x"),
        lambda: write.withdraw(1),
        lambda: write.save_view("mine", ""),
        lambda: write.rename_view("France", "mine"),
        lambda: write.remove_view("France"),
    ],
)
def test_a_visitor_cannot_write(team: Path, attack: Callable[[], object]):
    before = (desk.decisions(), desk.saved_views())
    with pytest.raises(member.NotAllowed):
        attack()
    assert (desk.decisions(), desk.saved_views()) == before


def test_no_page_reaches_the_desk_but_through_the_edge_that_asks():
    writers = {"open_desk", "decide", "withdraw", "save_view", "rename_view", "remove_view"}
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "dashboard").rglob("*.py"))
        if path.name != "write.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in writers
        and isinstance(node.value, ast.Name)
        and node.value.id == "desk"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("overview", {"event": EVENT}),
        ("overview", {"piece": "2"}),
        ("dossiers", {"file": "fr-loi-sren"}),
        ("actors", {"who": "uk-ofcom"}),
        ("timeline", {}),
        ("desk", {}),
        ("about", {}),
    ],
)
def test_a_visitor_sees_no_form_no_note_and_no_name(visit: Visit, page: str, query: dict[str, str]):
    app = visit(page, **query)
    told = words(app)
    for secret in ("anna@", "bo@", "call *Anna*", "Tag: hearing", "Ours", "Our position", "France (saved)"):
        assert secret not in told
    keys = [str(one.key) for kind in (app.button, app.text_input, app.button_group) for one in kind]
    assert not [key for key in keys if key.startswith(("choice-", "save-", "take-back-", "view-name-", "desk-"))]


def test_a_visitor_of_the_desk_is_told_why_it_is_empty(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    assert "belongs to the team" in words(visit())
    sign_in(monkeypatch, email="eve@elsewhere.example")
    assert "not on the team" in words(visit())


def test_the_desk_lists_newest_first_with_who_and_why_and_takes_back(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_DESK_MEMBERS", "ngo.example")
    sign_in(monkeypatch, email="anna@ngo.example")
    app = visit()
    told = words(app)
    assert told.index("Our position: Supports") < told.index("Tag: hearing") < told.index("call *Anna*")
    assert "anna@ngo.example" in told and "Shown: 3" in told
    app.button(key="take-back-desk-2").click().run()
    assert [one.kind for one in desk.standing()] == ["note", "position"]
    assert "taken back" in words(visit(decision="withdrawn"))


def test_filters_stand_in_the_address_and_a_wrong_one_is_none(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_DESK", "single")
    assert "Shown: 1" in words(visit(decision="note"))
    assert "Shown: 2" in words(visit(tag="hearing"))
    assert "Shown: 1" in words(visit(member="anna@ngo.example"))
    assert "No decision fits" in words(visit(decision="nonsense"))


def test_a_kept_view_can_be_renamed_and_deleted(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_DESK", "single")
    app = visit()
    app.text_input(key="rename-0-France").set_value("Paris").run()
    app.button(key="do-rename-0-France").click().run()
    assert [one.name for one in desk.saved_views()] == ["Paris"]
    app.button(key="delete-rename-0-Paris").click().run()
    assert desk.saved_views() == []


def test_a_view_is_kept_from_the_timeline(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_DESK", "single")
    app = visit("timeline", jurisdiction="uk")
    app.text_input(key="view-name-timeline").set_value("Britain").run()
    app.button(key="save-view-name-timeline").click().run()
    assert next((one.name, one.query) for one in desk.saved_views()) == ("Britain", "jurisdiction=uk")


def decision(number: int, **fields: object) -> Decision:
    told = {"kind": "note", "entity": "event", "entity_id": "a", "claims": (), "type": "", "date": "", "why": "w"}
    return Decision(**{"decision_id": number, "by": "AB", "at": AT, **told, **fields})  # type: ignore[arg-type]


def test_the_files_hold_every_decision_and_no_formula():
    told = [(decision(2, why="=HYPERLINK(1)\n+1", tag="-x"), "@title"), (decision(1), "plain")]
    rows = list(csv.DictReader(io.StringIO(files.csv_file(told).decode("utf-8-sig"))))
    assert [row["decision_id"] for row in rows] == ["2", "1"]
    assert (rows[0]["why"], rows[0]["tag"], rows[0]["title"]) == ("'=HYPERLINK(1) +1", "'-x", "'@title")
    assert [row["why"] for row in json.loads(files.json_file(told))] == ["=HYPERLINK(1) +1", "w"]


def test_the_files_do_not_name_what_is_withheld():
    private = Decision(7, "reject", "item", "uk-press:about-lila", (), "", "", "Lila", "AB", AT, is_private=True)
    told = files.csv_file([(private, "About Lila")]) + files.json_file([(private, "About Lila")])
    assert b"lila" not in told.lower() and b"reject" in told
    again = replace(private, withdrawn_at=AT)
    assert b"About Lila" in files.csv_file([(again, "About Lila")])


def test_a_tag_chooses_everything_decided_on_what_bears_it():
    found = [decision(1), decision(2, kind="tag", tag="t"), decision(3, entity_id="b")]
    asked = dict.fromkeys(decided.FILTERS, "") | {"tag": "t"}
    assert [one.decision_id for one in decided.chosen(found, asked)] == [2, 1]
