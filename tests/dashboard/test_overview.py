"""The landing page: what is new since a moment, what is planned, where files stand, ways in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from collectors.__main__ import main
from dashboard import last_visit, matrix, store
from dashboard.changes import GROUPS, path, volume_line
from dashboard.coming import days_left
from dashboard.safe import JOINER
from data import queries
from data.database import Database, open_immutable
from data.rows import Density, Volume
from data.view import View
from tests.dashboard import morning
from tests.dashboard.snapshot import NOW, TODAY, stamp
from tests.data.export.sample import SREN
from tests.shared import ROOT

TODAY_ISO = TODAY.isoformat()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("morning")
    morning.build(found)
    return found


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reviewed baseline alone, as a first start leaves it."""
    found = tmp_path_factory.mktemp("reviewed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(found))
        assert main(["build"]) == 0
    return found


@pytest.fixture
def db(folder: Path) -> Iterator[Database]:
    found = open_immutable(folder / "published.db")
    yield found
    found.close()


def visit(folder: Path, monkeypatch: pytest.MonkeyPatch, *, seen: str = "", **query: object) -> AppTest:
    """Open the page; ``seen`` is what the browser would answer."""
    monkeypatch.setenv("MONITOR_HOME", str(folder))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
    if seen:
        app.session_state["held-visit"] = seen
    for key, value in {"lang": "en", **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, [one.message for one in app.exception]
    return app


def words(app: AppTest) -> str:
    blocks = [str(one.value) for one in (*app.markdown, *app.caption, *app.header, *app.info)]
    links = [str(one.proto.label) for one in app.get("page_link")]
    return "\n".join([*blocks, *links, *(one.label for one in app.button)]).replace("\\", "").replace(JOINER, "")


# what is new


def test_a_change_of_stage_tells_from_where_to_where_and_by_which_event(db: Database):
    found = {one.dossier.dossier_id: one for one in queries.stage_changes(db, View(), morning.SEEN)}
    assert {name: one.path for name, one in found.items()} == {
        "fr-loi-sren": ("introduced", "passed_one"),
        "us-take-it-down-act": ("enacted", "in_force"),
    }
    assert found["us-take-it-down-act"].proof.event_id == "us-force"
    assert found["us-take-it-down-act"].proof.sources[0].url == "https://example.org/us-force"
    assert path(found["us-take-it-down-act"], "fr") == "◕ Promulgué / publié → ● En vigueur et applicable"


def test_changes_keep_to_the_period_and_to_the_filters(db: Database):
    later = stamp(NOW - timedelta(hours=1))
    assert queries.stage_changes(db, View(), later) == []
    assert queries.new_files(db, View(), later) == []
    here = queries.stage_changes(db, View(jurisdictions=("fr",)), morning.SEEN)
    assert [one.dossier.dossier_id for one in here] == ["fr-loi-sren"]


def test_a_file_nobody_told_of_before_is_new_with_its_stage(db: Database):
    (found,) = queries.new_files(db, View(), morning.SEEN)
    assert (found.dossier.dossier_id, found.path, found.proof.event_id) == ("uk-bill", ("introduced",), "uk-tabled")


def test_new_events_are_significant_first_without_plans_and_without_what_is_told_above(db: Database):
    found = queries.new_events(db, View(), morning.SEEN, TODAY_ISO, GROUPS, without=("us-force", "uk-tabled"))
    assert [one.event_id for one in found.events] == ["fr-vote", "fr-fine", "fr-says"]
    short = queries.new_events(db, View(), morning.SEEN, TODAY_ISO, GROUPS, limit=1)
    assert (short.total, len(short.events)) == (5, 1)
    plain = queries.new_events(db, View(), morning.SEEN, TODAY_ISO, ())
    assert plain.events[0].event_id == "fr-says"


def test_the_volume_counts_documents_on_the_subject_by_place(db: Database):
    assert queries.news_volume(db, morning.SEEN) == [Volume("fr", 3, 2), Volume("uk", 4, 1)]
    assert queries.news_volume(db, morning.SEEN, ("uk",)) == [Volume("uk", 4, 1)]
    assert queries.news_volume(db, stamp(NOW)) == []


def test_the_volume_is_one_line_in_both_languages():
    told = [Volume("fr", 800, 2), Volume("uk", 404, 1), Volume("de", 9, 0)]
    plain = volume_line(told, "en").replace("\\", "")
    assert plain == ":small[3 new documents on the subject (1,213 documents read): France 2, United Kingdom 1.]"
    assert "1 nouveau document sur le sujet (1 document lu)" in volume_line([Volume("fr", 1, 1)], "fr").replace(
        "\\", ""
    )
    assert "No new document" in volume_line([], "en")


def test_corrections_leave_out_stages_and_keep_to_the_place(db: Database):
    found = queries.revisions(db, since=morning.SEEN, but="stage")
    assert {(one.entity_id, one.field) for one in found} == {("us-signed", "date_start"), ("us-signed", "date_end")}
    assert queries.revisions(db, since=morning.SEEN, but="stage", jurisdictions=("fr",)) == []


def test_the_page_tells_stages_first_then_files_then_events(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = visit(folder, monkeypatch, seen=morning.SEEN)
    heads = [one.value for one in app.markdown if one.value.startswith("###")]
    assert heads[:3] == ["### Stage changes (2)", "### New files (1)", "### New events (2)"]
    told = words(app)
    assert "◑ Tabled → ◑ Passed one chamber" in told
    assert "Proved by: Removal duty applies, 19 May 2026" in told
    assert "At your last visit you saw the publication of" in told
    app.button(key="open-stage-us-take-it-down-act").click().run()
    assert app.query_params["event"] in ("us-force", ["us-force"])


def test_a_hostile_title_of_a_file_stays_text(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = visit(folder, monkeypatch, seen=morning.SEEN)
    labels = [one.proto.label for one in app.get("page_link") if "evil" in one.proto.label]
    assert labels
    assert all("](" not in one and ":red[" not in one.replace(JOINER, "") for one in labels)


def test_a_monitor_set_up_within_the_period_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = visit(folder, monkeypatch, since=(TODAY - timedelta(days=90)).isoformat())
    assert any("The monitor was set up on" in one.value for one in app.info)
    assert "New files" not in words(app)


# the last visit


@pytest.mark.parametrize("text", [
    "", "yesterday", "2026-11-25", "2999-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "1999-01-01T00:00:00Z", None, 7,
    "2026-01-01T00:00:00Z<script>", {"since": "2026-01-01T00:00:00Z"}, "2026-01-01T00:00:00+00:00",
])  # fmt: skip
def test_only_an_instant_that_has_been_is_believed(text: object):
    assert last_visit.instant(text) == ""


def test_an_instant_of_the_past_is_believed():
    assert last_visit.instant("2026-01-01T10:00:00Z") == "2026-01-01T10:00:00Z"


@pytest.mark.parametrize(
    ("asked", "seen", "code"),
    [
        ("", "", "7"),
        ("", morning.SEEN, "visit"),
        ("30", morning.SEEN, "30"),
        ("visit", "", "7"),
        ("2026-01-05", morning.SEEN, "2026-01-05"),
        ("2999-01-05", "", "7"),
        ("20260105", "", "7"),
        ("all", morning.SEEN, "visit"),
    ],
    ids=[f"case-{n}" for n in range(8)],  # the time of a visit is that of the run
)
def test_the_period_is_what_the_address_says_else_the_visit_else_a_week(asked: str, seen: str, code: str):
    assert last_visit.choose(asked, seen, TODAY_ISO) == code


def test_a_visit_begins_just_after_what_it_saw():
    now = datetime(2026, 11, 25, 9, 30, 12, tzinfo=UTC)
    seen = "2026-11-24T08:00:00Z"
    assert last_visit.begins("visit", seen, "2026-11-25", now) == "2026-11-24T08:00:01Z"
    assert last_visit.begins("7", seen, "2026-11-25", now) == "2026-11-18T09:30:00Z"


def test_a_wrong_period_in_the_address_shows_the_default(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = visit(folder, monkeypatch, since="*drop*")
    assert app.session_state["w-since"] == "7"


def test_a_running_collection_counts_as_seen_up_to_its_start(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_HOME", str(folder))
    monkeypatch.setattr(store, "progress", lambda: {"started_at": morning.NIGHT, "finished_at": ""})
    assert store.seen() == morning.NIGHT
    monkeypatch.setattr(store, "progress", lambda: {"started_at": morning.NIGHT, "finished_at": stamp(NOW)})
    assert store.seen() == stamp(NOW)


# what comes next


def test_what_is_planned_is_grouped_by_when_it_can_happen_first(db: Database):
    week, month, year, beyond = queries.coming_up(db, View(), TODAY_ISO)
    assert [one.event_id for one in week.events] == ["eu-begun", "eu-near"]
    assert [one.event_id for one in month.events] == ["fr-next", "uk-month"]
    assert [one.event_id for one in year.events] == ["fr-year"]
    assert (beyond.total, beyond.events) == (1, ())
    (here, *_) = queries.coming_up(db, View(jurisdictions=("eu",)), TODAY_ISO, limit=1)
    assert (here.total, len(here.events)) == (2, 1)
    assert [one.event_id for one in queries.overdue(db, View(), TODAY_ISO).events] == ["uk-silent"]


@pytest.mark.parametrize(
    ("start", "end", "en", "fr"),
    [
        (0, 0, "today", "aujourd’hui"),
        (1, 1, "tomorrow", "demain"),
        (12, 12, "in 12 days", "dans 12 jours"),
        (5, 35, "in 5 days at the earliest", "dans 5 jours au plus tôt"),
        (-5, 3, "any day now, in 3 days at the latest", "à tout moment, dans 3 jours au plus tard"),
        (-1, -1, "1 day ago", "il y a 1 jour"),
        (-40, -9, "9 days ago", "il y a 9 jours"),
    ],
)
def test_days_left_are_never_finer_than_the_date(start: int, end: int, en: str, fr: str):
    first, last = (TODAY + timedelta(days=days) for days in (start, end))
    event = replace(SREN, date_start=first.isoformat(), date_end=last.isoformat())
    assert (days_left(event, TODAY_ISO, "en"), days_left(event, TODAY_ISO, "fr")) == (en, fr)


def test_the_next_deadline_of_the_union_is_on_the_landing_page(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = visit(folder, monkeypatch)
    told = words(app)
    line = next(one for one in told.split("\n") if "in 6 days" in one)
    for part in ("European Union", "Deadline", "Code on marking", "https://example.org/eu-near"):
        assert part in line
    assert "### Next 7 days (2)" in told and "1 later than that, on the timeline" in told
    assert "in 12 days · new" in told
    assert "3 days ago" in told
    assert "called off" not in told


# where files stand


def test_the_matrix_counts_files_by_place_and_group(db: Database):
    counts = queries.stage_matrix(db, View())
    assert counts["us", "law", "in_force"] == 1
    rows = matrix.cells(counts, [Density("fr", f"{TODAY_ISO[:7]}-01", 3)], "law", TODAY_ISO, "en")
    by_place = {row["code"]: row for row in rows}
    assert by_place["us"]["law_in_force"] == 1 and by_place["us"]["law_adopted"] is None
    assert by_place["fr"]["law_parliament"] == 1 and by_place["fr"]["year"] == 3
    assert by_place["eu" if "eu" in by_place else "fr"]["law_ended"] is None


def test_a_number_leads_to_these_files_and_any_other_cell_to_the_timeline():
    row = {"code": "fr", "place": "France", "law_in_force": 2, "law_ended": None}
    page, query = matrix.query(row, "law_in_force", "law")
    assert page.endswith("dossiers.py")
    assert query == {"jurisdiction": "fr", "track": "law", "stage": ["in_force_partial", "in_force"]}
    for column in ("place", "law_ended"):
        assert matrix.query(row, column, "law") == ("views/timeline.py", {"jurisdiction": "fr"})


def test_on_a_phone_the_matrix_has_signs_for_headings_and_links_for_numbers():
    row = {"code": "fr", "place": "France", "law_in_force": 2, "law_ended": None}
    asked = {"law_in_force": "● In force", "law_ended": "✕ Ended"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matrix.address, "link", lambda path, view: f"https://here.example/{path}?{view.query_string()}")
        table = matrix.narrow_cells([row], asked, "law", "en")
    assert list(table) == ["Jurisdiction", "●", "✕"]
    assert table["●"] == [
        "[2](https://here.example/dossiers?jurisdiction=fr&track=law&stage=in%5Fforce%5Fpartial&stage=in%5Fforce)"
    ]
    assert table["✕"] == [""] and table["Jurisdiction"][0].startswith("[France](https://here.example/timeline?")


def test_the_matrix_can_show_cases_and_soft_law(folder: Path, monkeypatch: pytest.MonkeyPatch):
    rows = visit(folder, monkeypatch, ladder="soft").dataframe[0].value
    assert dict(zip(rows["place"], rows["unknown"], strict=True))["European Union"] == 1
    assert visit(folder, monkeypatch, ladder="no-such").session_state["w-ladder"] == "law"


# ways in


def test_the_best_known_laws_stand_there_with_their_stage(folder: Path, monkeypatch: pytest.MonkeyPatch):
    told = words(visit(folder, monkeypatch))
    assert "**Loi SREN** ◑ Passed one chamber" in told
    assert "**TAKE IT DOWN Act** ● In force and applicable" in told


def test_examples_count_what_they_lead_to_and_open_on_a_first_visit(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = visit(folder, monkeypatch, seen=last_visit.NEVER)
    (examples,) = [one for one in app.expander if "First visit" in one.label]
    assert examples.proto.expanded
    assert ":small[1 file]" in words(app)  # the one law on intimate images that is in force
    (examples,) = [one for one in visit(folder, monkeypatch).expander if "First visit" in one.label]
    assert not examples.proto.expanded


def test_the_referral_opens_with_the_sentence_of_a_source(reviewed: Path, monkeypatch: pytest.MonkeyPatch):
    """The link of the example leads to the first of its events that a source tells in so many words."""
    links = {one.proto.label: one.proto.query_string for one in visit(reviewed, monkeypatch).get("page_link")}
    assert "event=fr-x-2026-01-02-signalement-deputes" in links["Who took it to the prosecutor"]
    assert "event=" not in links["The story, day by day"]


def test_the_next_duty_to_label_says_its_day_and_is_left_out_while_none_is_planned(
    reviewed: Path, monkeypatch: pytest.MonkeyPatch
):
    for today, told in (
        ("2026-11-25", ["Next in the European Union: 2 December 2026 (in 7 days)"]),
        ("2026-12-02", ["Next in the European Union: 2 December 2026 (today)"]),
        ("2050-01-01", []),
    ):
        monkeypatch.setattr(store, "today", lambda today=today: today)
        assert [one for one in words(visit(reviewed, monkeypatch)).split("\n") if one.startswith("Next in")] == told


def test_the_card_shows_the_words_of_a_source_first_and_where_they_stand(
    reviewed: Path, monkeypatch: pytest.MonkeyPatch
):
    for lang, first, last, said in (
        ("en", "“Le vendredi 2 janvier", "socialiste).”", "Quoted word for word from Les Nouvelles News (fr)."),
        (
            "fr",
            "«\u00a0Le vendredi 2 janvier",
            "socialiste).\u00a0»",
            "Cité mot pour mot\u00a0: Les Nouvelles News (fr).",
        ),
    ):
        app = visit(reviewed, monkeypatch, event="fr-x-2026-01-02-signalement-deputes", lang=lang)
        (quote,) = [one.value.replace("\\", "") for one in app.markdown if one.value.startswith("> ")]
        assert quote[2:].startswith(first) and quote.endswith(last)
        assert said in words(app)
        links = [one.proto.url for one in app.get("link_button")]
        assert "lesnouvellesnews.fr" in links[0] and "blick.ch" in links[1] and "parisdaily.news" in links[2]


def test_a_collection_that_stopped_and_troubled_sources_share_one_line(reviewed: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        store, "progress",
        lambda: {"started_at": stamp(NOW), "silent": True, "outcomes": {"uk_bills": "unavailable", "uk_votes": "ok"}},
    )  # fmt: skip
    app = visit(reviewed, monkeypatch)
    (line,) = [one.proto.label for one in app.get("page_link") if "stopped without an end" in one.proto.label]
    assert "1 source has trouble: UK Parliament: bills." in line.replace("\\", "")
    assert not app.warning


def test_a_word_leads_to_the_search_page(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = visit(folder, monkeypatch)
    app.text_input(key="w-start").set_value("  removal   duty ").run()
    assert app.title[0].value == "Search"
    assert app.query_params["words"] in ("removal duty", ["removal duty"])


def test_the_address_to_send_holds_filters_and_a_day_instead_of_a_visit(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = visit(folder, monkeypatch, seen=morning.SEEN, jurisdiction=["fr"])
    (sent,) = [one.value for one in app.code]
    assert "jurisdiction=fr" in sent and f"since={morning.SEEN[:10]}" in sent and "visit" not in sent


def test_the_line_above_every_page_counts_in_the_singular(folder: Path, monkeypatch: pytest.MonkeyPatch):
    assert "7 documents read" in visit(folder, monkeypatch).caption[0].value
    assert "4 dossiers" in visit(folder, monkeypatch, lang="fr").caption[0].value
