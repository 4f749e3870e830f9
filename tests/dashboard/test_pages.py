"""Each page on a small snapshot, driven without a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.i18n import t
from dashboard.safe import JOINER
from data import edition as editions
from data import queries
from data.database import Database
from tests.dashboard import snapshot
from tests.shared import ROOT

PAGES = ("overview", "timeline", "dossiers", "compare", "actors", "search", "sources", "about")
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(home: Path) -> Visit:
    """Open a page with the keys of an address: ``visit("timeline", jurisdiction=["fr"])``."""

    def go(page: str, /, **query: object) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        query = {"lang": "en", **query}
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        if page != "overview":
            app.switch_page(f"views/{page}.py")
            for key, value in query.items():
                app.query_params[key] = value
            app.run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def words(app: AppTest) -> str:
    """Everything the page says, without the marks that keep strangers' text harmless."""
    blocks = [*app.markdown, *app.caption, *app.title, *app.header, *app.info, *app.warning, *app.error]
    labels = [one.label for one in app.button]
    return "\n".join([*(str(one.value) for one in blocks), *labels]).replace("\\", "").replace(JOINER, "")


def held(app: AppTest, key: str) -> list[str]:
    """The values of a key of the address."""
    value = app.query_params[key]
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_opens_in_both_languages(visit: Visit, page: str, lang: str):
    app = visit(page, lang=lang)
    assert app.title[0].value == t(f"{page}.title", lang)
    assert held(app, "lang") == [lang]


def test_overview_says_what_changed_what_comes_and_what_is_late(visit: Visit):
    told = words(visit("overview"))
    assert "Duties to mark begin" in told
    assert "A hearing was planned" in told
    assert "What comes next" in told and "Planned, not confirmed (1)" in told
    assert "Date: 20 May 2024 → 21 May 2024" in told


def test_overview_counts_files_by_stage(visit: Visit):
    app = visit("overview")
    assert {one.label: one.value for one in app.metric}["Laws in force"] == "0"
    assert {one.label: one.value for one in app.metric}["Open cases"] == "1"
    assert {one.label: one.value for one in app.metric}["Laws on their way"] == "2"
    rows = app.dataframe[0].value
    assert dict(zip(rows["place"], rows["law_adopted"], strict=True))["France"] == 1


def test_overview_puts_laws_above_statements(visit: Visit):
    told = words(visit("overview", since="30"))
    assert told.index("Ministers speak about fabricated videos") > told.index("What changed")


def test_overview_names_the_source_that_could_not_be_reached(visit: Visit):
    app = visit("overview")
    labels = [one.proto.label for one in app.get("page_link") if "Silent source" in one.proto.label]
    assert labels == ["1 source has trouble: Silent source. What it published before is still shown."]
    assert not [one.value for one in app.warning], "one calm line, and no box beside it"


def test_a_running_collection_shows_how_far_it_is(visit: Visit, home: Path):
    path = home / "progress.json"
    kept = path.read_text(encoding="utf-8")
    state = {**json.loads(kept), "finished_at": "", "done": 1, "total": 4, "running": ["fr-*x*"], "unreachable": []}
    path.write_text(json.dumps(state), encoding="utf-8")
    try:
        (bar,) = visit("sources").get("progress")
        assert bar.proto.value == 25
        assert "1 of 4" in bar.proto.text and r"fr\-\*x\*" in bar.proto.text
    finally:
        path.write_text(kept, encoding="utf-8")


def test_a_damaged_progress_file_is_as_good_as_none(visit: Visit, home: Path):
    path = home / "progress.json"
    kept = path.read_text(encoding="utf-8")
    path.write_text('{"done": ', encoding="utf-8")
    try:
        app = visit("overview")
        assert not app.exception and not app.warning
    finally:
        path.write_text(kept, encoding="utf-8")


def test_filters_of_the_address_are_in_the_widgets(visit: Visit):
    app = visit("timeline", jurisdiction=["fr", "us"], q="signed", **{"from": "2024-01-01"})
    assert sorted(app.multiselect(key="w-jurisdiction").value) == ["fr", "us"]
    assert app.text_input(key="w-q").value == "signed"
    assert str(app.date_input(key="w-from").value) == "2024-01-01"


def test_a_filter_chosen_in_a_widget_goes_to_the_address(visit: Visit):
    app = visit("timeline")
    app.multiselect(key="w-jurisdiction").set_value(["fr"]).run()
    assert held(app, "jurisdiction") == ["fr"]
    assert len(app.dataframe[0].value) == 3
    assert "3 events, newest first" in words(app)


def test_filters_stay_on_a_change_of_page(visit: Visit):
    app = visit("timeline", jurisdiction=["fr"], origin=["curated"])
    app.query_params.clear()  # what the navigation does
    app.switch_page("views/dossiers.py").run()
    assert held(app, "jurisdiction") == ["fr"]
    assert held(app, "origin") == ["curated"]
    assert list(app.dataframe[0].value["title"]) == ["Act to secure and regulate the digital space"]


def test_filters_without_a_widget_can_be_dropped(visit: Visit):
    app = visit("timeline", dossier=["us-take-it-down"])
    assert "2 events, newest first" in words(app)
    app.button(key="chip-dossier-us-take-it-down").click().run()
    assert "dossier" not in app.query_params


@pytest.mark.parametrize(
    ("key", "value"),
    [("jurisdiction", "xx"), ("stage", "almost"), ("from", "2026-13-01"), ("from", "0001-01-01"), ("colour", "*red*")],
)
def test_a_malformed_address_is_told_and_can_be_cleared(visit: Visit, key: str, value: str):
    app = visit("timeline", **{key: value})
    assert len(app.error) == 1
    assert not app.dataframe
    app.button(key="clear-malformed").click().run()
    assert not app.error
    assert key not in app.query_params
    assert len(app.dataframe) == 1


@pytest.mark.parametrize(
    ("query", "en", "fr"),
    [
        ({"harm": "bogus"}, "“Harm” has no value “bogus”", "« Atteinte » n’a pas de valeur « bogus »"),
        ({"from": "soon"}, "“From” needs a day such as 2026-01-26, not “soon”", "« Du » demande un jour comme"),
        ({"to": "1800-01-01"}, "needs a day between 1 January 1990", "demande un jour entre le 1er janvier 1990"),
        ({"colour": "red"}, "there is no filter “colour”", "aucun filtre ne s’appelle « colour »"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_in_the_words_of_the_page(
    visit: Visit, query: dict[str, str], en: str, fr: str
):
    for lang, said in (("en", en), ("fr", fr)):
        told = visit("timeline", lang=lang, **query).error[0].value.replace("\\", "").replace(JOINER, "")
        assert said in told.replace("\u00a0", " ")


def test_an_empty_view_names_the_filters_that_emptied_it(visit: Visit):
    app = visit("timeline", jurisdiction=["us"], family=["enforcement"])
    assert {one.key for one in app.button if str(one.key).startswith("drop-")} == {"drop-jurisdiction", "drop-family"}
    app.button(key="drop-family").click().run()
    assert "family" not in app.query_params
    assert "2 events, newest first" in words(app)


def test_pages_of_the_table_follow_each_other(visit: Visit):
    app = visit("timeline", jurisdiction=["uk"])
    first = list(app.dataframe[0].value["date"])
    assert len(first) == 50
    again = visit("timeline", jurisdiction=["uk"], page="3")
    assert "Events 101 to 132 of 132" in words(again)
    assert len(again.dataframe[0].value) == 32


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999"])
def test_a_page_that_does_not_exist_shows_one_that_does(visit: Visit, page: str):
    app = visit("timeline", jurisdiction=["uk"], page=page)
    assert len(app.dataframe[0].value) > 0


def test_the_card_shows_quote_source_actors_and_how_it_was_checked(visit: Visit):
    app = visit("timeline", event="uk-x-opened")
    told = words(app)
    for part in ("Ofcom opens an investigation", "12 January 2026", "Official page read", "Official journal"):
        assert part in told
    links = {one.proto.label.replace("\\", "") for one in app.get("page_link")}
    assert "Ofcom — Regulator" in links and "X — Target" in links
    assert any("event=uk-x-opened" in one.value for one in app.code)
    assert [one.proto.url for one in app.get("link_button")] == ["https://example.org/uk-x-opened"]


def test_the_card_calls_official_only_what_is_not_ours(visit: Visit):
    assert "Official wording" not in words(visit("timeline", event="uk-x-opened", lang="en"))
    assert "Official wording (fr): Loi visant" in words(visit("dossiers", file="fr-loi-sren")).replace("*", "")


def test_a_planned_event_proves_nothing_yet(visit: Visit):
    told = words(visit("overview"))
    line = next(one for one in told.split("\n") if one.startswith(":small[") and "Deadline" in one)
    assert "Planned" in line


def test_the_card_of_an_unchecked_event_warns(visit: Visit):
    app = visit("timeline", event="us-take-senate")
    assert any("Nobody has checked this event" in one.value for one in app.warning)
    assert "February 2025 (month)" in words(app)


def test_the_card_of_an_unknown_event_says_so(visit: Visit):
    app = visit("timeline", event="no-such-[event](x)")
    assert any("no-such-[event](x)" in one.value.replace("\\", "") for one in app.warning)


def test_a_hostile_headline_is_escaped_wherever_it_is_text(visit: Visit):
    app = visit("overview")
    labels = [one.label for one in app.button if "Click" in one.label]
    assert labels
    for one in labels:
        assert "](" not in one.replace("\\]", "").replace("\\(", "")
        assert one.replace("\\", "").replace(JOINER, "").replace("\u00a0", " ") == f"**{snapshot.HOSTILE}**"


def test_a_dossier_shows_its_ladder_its_proof_and_what_comes_next(visit: Visit):
    app = visit("dossiers", file="fr-loi-sren")
    rungs = {str(one.key): one.label for one in app.button if str(one.key).startswith("proof-")}
    assert rungs == {
        "proof-introduced": "10 May 2023", "proof-passed_one": "17 October 2023",
        "proof-enacted": "since 21 May 2024",
    }  # fmt: skip
    told = words(app)
    assert "**◕ Enacted and published**" in told
    assert "Who decides" in told and "the government, for the decrees" in told
    assert "open-proof" in {one.key for one in app.button}
    changed = visit("dossiers", file="fr-loi-sren", tab="changes").table[0].value
    assert "Date: 20 May 2024 → 21 May 2024" in [one.replace("\\", "") for one in changed["Change"]]


def test_a_dossier_counts_who_speaks_of_it_and_lists_the_newest_first(visit: Visit):
    pieces = visit("dossiers", file="fr-loi-sren", tab="press").dataframe[1].value
    assert len(pieces) == snapshot.CITING_COUNT
    assert list(pieces["date"]) == sorted(pieces["date"], reverse=True)
    assert set(pieces["cites"]) == {snapshot.CITED}
    assert "Nothing of this kind" in words(visit("dossiers", file="us-take-it-down", tab="press"))


def test_the_drawer_of_a_piece_shows_the_law_it_cites_and_the_files_it_speaks_of(visit: Visit):
    told = words(visit("timeline", piece="2"))
    assert "[Code pénal, art. 226-8-1](https://www.legifrance.gouv.fr/codes/texte%5Flc/LEGITEXT000006070719)" in told
    assert "Files it speaks of" in told
    assert "Files it speaks of" not in words(visit("timeline", piece="20"))


def test_a_dossier_is_found_by_its_official_number(visit: Visit):
    assert "secure and regulate" in visit("dossiers", file="DLR5L16N47884").title[0].value


def test_the_export_of_a_dossier_is_about_this_dossier(visit: Visit):
    app = visit("dossiers", file="fr-loi-sren", jurisdiction=["us"])
    assert "Take away** these 3 events" in words(app)


@pytest.mark.parametrize(("page", "key"), [("dossiers", "file"), ("actors", "who")])
def test_an_unknown_id_is_told(visit: Visit, page: str, key: str):
    app = visit(page, **{key: "*nothing*"})
    assert "*nothing*" in words(app)
    assert len(app.warning) == 1


def test_actors_are_ranked_and_filtered_by_kind(visit: Visit):
    names = list(visit("actors").dataframe[0].value["name"])
    assert names[0] == "Ofcom"
    assert list(visit("actors", kind="platform").dataframe[0].value["name"]) == ["X"]


def test_a_profile_shows_facts_offices_and_quotes(visit: Visit):
    app = visit("actors", who="uk-ofcom")
    told = words(app)
    assert "Office of Communications" in told
    assert "We call for *clear* rules" in told
    assert "The Daily" in told
    person = visit("actors", who="uk-person")
    assert list(person.table[0].value["Office"]) == ["Chief Executive"]


def test_sources_show_state_quarantine_and_what_is_not_covered(visit: Visit):
    app = visit("sources")
    states = dict(zip(app.dataframe[0].value["name"], app.dataframe[0].value["state"], strict=True))
    assert states == {
        "Silent source": "Could not be reached",
        "Waiting source": "Never visited",
        "The Daily": "New records",
    }
    assert sorted(app.dataframe[1].value["kind"]) == ["Row set aside", "Unknown code"]
    told = words(app)
    assert "no answer in 30 s" in told
    assert "Waiting source" in told and "Japan" in told
    read = dict(zip(app.table[0].value["Jurisdiction"], app.table[0].value["Bodies not read"], strict=True))
    assert "courts" in read["Austria"]


@pytest.mark.parametrize(("lang", "said"), [("en", "read with other rules"), ("fr", "lus avec d’autres règles")])
def test_sources_say_how_much_was_read_with_other_rules(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
):
    assert said not in words(visit("sources", lang=lang))
    snapshot.build(tmp_path, news_count=3, rules="2")
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    told = [one.value for one in visit("sources", lang=lang).caption if said in one.value]
    assert len(told) == 1 and ": 3." in told[0].replace("\u202f", " ") and "collectors reread" in told[0]


def test_before_the_first_publication_the_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "make run" in app.info[0].value


def test_a_damaged_publication_is_told_without_its_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "published.db").write_bytes(b"SQLite format 3\x00" + b"rubbish" * 500)
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "collectors build" in app.error[0].value
    assert str(tmp_path) not in app.error[0].value


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_question_that_takes_too_long_is_ended_told_and_counted(
    home: Path, lang: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def endless(db: Database) -> object:
        return db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        ).fetchall()

    monkeypatch.setattr(queries, "snapshot", endless)
    monkeypatch.setattr(store, "LIMIT_SECONDS", 0.2)
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params["lang"] = lang
    app.run()
    assert not app.exception
    assert [one.value for one in app.warning] == [t("frame.too_long", lang)]
    assert "endless was ended after 0.2 s" in caplog.text and "questions were since the start" in caplog.text


def test_a_file_that_is_taken_away_has_no_limit_of_time(home: Path, monkeypatch: pytest.MonkeyPatch):
    some = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT count(*) FROM n"
    monkeypatch.setattr(store, "LIMIT_SECONDS", 0.0)
    with store.opened(editions.current()) as db:
        assert db.execute(some).fetchall() == [(300_000,)]


def test_a_new_publication_is_seen_without_a_restart(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "published.db"
    target.write_bytes((home / "published.db").read_bytes())
    monkeypatch.setenv("MONITOR_HOME", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60).run()
    assert "140" in app.caption[0].value
    other = tmp_path / "other"
    other.mkdir()
    snapshot.build(other, news_count=3)
    (other / "published.db").replace(target)
    assert "13" in app.run().caption[0].value.split("·")[1]
