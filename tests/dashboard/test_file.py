"""The page of one file and the list: what is shown, in which order, and that nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import file_cells, file_list, ladder
from dashboard.i18n import t
from dashboard.safe import JOINER
from data import queries
from data.database import Database, open_immutable
from data.next_steps import next_step
from data.rows import DossierRow, RoleHolder, TimelineEvent
from data.view import View
from data.vocabulary import load_vocabulary
from tests.dashboard import file_snapshot
from tests.dashboard.file_snapshot import ACT, OLD
from tests.shared import ROOT

TODAY = file_snapshot.TODAY
Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("file")
    file_snapshot.build(found)
    return found


@pytest.fixture(scope="module")
def db(folder: Path) -> Database:
    return open_immutable(folder / "published.db")


@pytest.fixture
def visit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Open the Files page with the keys of an address."""
    monkeypatch.setenv("MONITOR_HOME", str(folder))
    monkeypatch.setattr("dashboard.store.today", lambda: TODAY.isoformat())

    def go(**query: object) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
        for key, value in {"lang": "en", **query}.items():
            app.query_params[key] = value
        app.run()
        app.switch_page("views/dossiers.py")
        for key, value in {"lang": "en", **query}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def words(app: AppTest) -> str:
    """Everything the page says, without the marks that keep strangers' text harmless."""
    blocks = [*app.markdown, *app.caption, *app.title, *app.header, *app.warning, *app.code]
    told = "\n".join([*(str(one.value) for one in blocks), *(one.label for one in app.button)])
    return told.replace("\\", "").replace(JOINER, "")


def act(db: Database) -> tuple[DossierRow, list[TimelineEvent]]:
    found = queries.dossier(db, ACT)
    assert found
    return found, queries.timeline(db, View(dossiers=(ACT,)), newest_first=False)


# --- questions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["S. 146", "S146", "s.146", "119-s-146", "labelling act"])
def test_a_file_is_found_by_its_name_and_by_its_number_as_people_write_it(db: Database, asked: str):
    assert [one.dossier_id for one in queries.dossiers(db, View(query=asked))] == [ACT]


@pytest.mark.parametrize("asked", ["S. 1460", "H.R. 146", "S14"])
def test_another_number_does_not_find_it(db: Database, asked: str):
    assert queries.dossiers(db, View(query=asked)) == []


def test_roles_keep_the_party_of_the_newest_day_and_the_words_of_a_stance(db: Database):
    held = {(one.name, one.role): one for one in queries.dossier_roles(db, ACT)}
    author, speaker = held["Ada Example", "author"], held["Ada Example", "speaker"]
    assert (author.party, author.role_title, author.quote) == ("Union", "Senator", "")
    assert (speaker.party, speaker.stance, speaker.quote) == ("Reform", "supports", "It must *pass*")
    said = queries.event(db, speaker.event_id)
    assert said and said.date == "2025-06-09"
    assert not next(one for one in held.values() if one.role == "rapporteur").named


def test_a_relation_is_told_on_both_sides(db: Database):
    (known, unknown) = sorted(queries.dossier_relations(db, ACT), key=lambda one: not one.dossier_id)
    assert (known.kind, known.dossier_id, known.inverse) == ("reintroduces", OLD, False)
    assert (unknown.kind, unknown.value, unknown.dossier_id) == ("companion", "119-hr-633", "")
    (back,) = queries.dossier_relations(db, OLD)
    assert (back.kind, back.dossier_id, back.inverse, back.stage) == ("reintroduces", ACT, True, "passed_one")


def test_amendments_come_newest_first_in_pages_with_author_and_outcome(db: Database):
    assert queries.dossier_document_counts(db, ACT) == {"amendment": file_snapshot.AMENDMENTS}
    first = queries.dossier_documents(db, ACT, limit=50)
    rest = queries.dossier_documents(db, ACT, limit=50, offset=50)
    assert len(first) == 50 and len(rest) == file_snapshot.AMENDMENTS - 50
    assert [one.date for one in first] == sorted((one.date for one in first), reverse=True)
    assert (first[0].authors, first[0].outcome) == (("Ada Example",), "rejected")


def test_coverage_counts_a_story_once_and_leaves_out_what_hangs_on_the_file(db: Database):
    found = queries.coverage(db, ACT, press=True)
    assert [(one.title, one.also) for one in found] == [
        ("Report 2 <b>on</b> the bill", ()),
        ("Report 0 <b>on</b> the bill", ("Paper 1",)),
    ]
    assert queries.coverage_count(db, ACT, press=True) == 2 == queries.dossiers(db, View(query="S146"))[0].press_count
    assert queries.coverage_count(db, ACT, press=False) == 0
    assert [(one.bin, one.count) for one in queries.coverage_months(db, ACT)] == [("2026-01-01", 1), ("2026-02-01", 1)]


def test_the_change_log_of_a_file_holds_its_events_too(db: Database):
    found = queries.revisions(db, file=ACT)
    assert {one.entity for one in found} == {"dossier", "event"}
    assert len(found) == queries.revision_count(db, file=ACT)
    assert queries.revisions(db, file=OLD) == []


# --- what the page makes of them --------------------------------------------------------------------------------------


def test_the_ladder_has_what_was_passed_then_the_present_then_the_next_two(db: Database):
    dossier, events = act(db)
    found = ladder.ladder(dossier, events, TODAY)
    assert [(one.stage, one.state) for one in found.rungs] == [
        ("introduced", "passed"), ("passed_one", "now"), ("second_chamber", "ahead"), ("reconciliation", "ahead"),
    ]  # fmt: skip
    assert [one.event.date for one in found.rungs if one.event] == ["2025-01-10", "2026-02-20"]
    assert {"committee", "floor"} < set(found.skipped) and "enacted" in found.later
    assert not {"rejected", "lapsed"} & {*found.skipped, *found.later}


def test_a_plan_and_an_event_without_a_stage_prove_no_rung(db: Database):
    dossier, events = act(db)
    planned = [replace(one, stage="enacted") if one.status == "scheduled" else one for one in events]
    assert "enacted" not in [one.stage for one in ladder.ladder(dossier, planned, TODAY).rungs]
    nothing = ladder.ladder(replace(dossier, stage="unknown", stage_event_id=""), [], TODAY)
    assert nothing.rungs == () and "introduced" in nothing.later


def test_after_an_end_nothing_lies_ahead(db: Database):
    dossier, events = act(db)
    found = ladder.ladder(replace(dossier, stage="withdrawn", stage_event_id=""), events, TODAY)
    assert [one.state for one in found.rungs] == ["passed", "passed", "now"]
    assert found.later == ()


def test_flags_come_from_the_events_alone(db: Database):
    dossier, events = act(db)
    assert file_cells.flags(dossier, events, "2026-03-01", "en") == []
    fast = replace(events[0], official_code="SN1-PROCACC")
    closing = replace(events[-1], type="consultation_closed", date="2026-03-20", date_end="2026-03-20")
    doubted = replace(events[0], status="disputed")
    told = file_cells.flags(replace(dossier, stalled=True), [fast, doubted, closing], "2026-03-01", "en")
    assert [code for code, _ in told] == ["stalled", "fast_track", "consultation_open_until", "stage_disputed"]
    assert "20 March 2026" in told[2][1]
    assert file_cells.flags(dossier, [closing], "2026-03-21", "en") == []


def test_days_left_are_told_only_of_an_exact_day(db: Database):
    planned = next(one for one in act(db)[1] if one.date == "2026-03-08")
    assert file_cells.days_left(planned, "2026-03-01", "en") == "in 7 days"
    assert file_cells.days_left(planned, "2026-03-07", "en") == "tomorrow"
    assert file_cells.days_left(replace(planned, precision="month"), "2026-03-01", "en") == ""


def test_days_of_one_name_in_one_month_are_one_line(db: Database):
    events = act(db)[1]
    same = [replace(one, titles={"en": "Sitting"}) for one in events if one.date.startswith("2025-06-0")]
    (line,) = file_cells.steps(same, "2026-03-01", "en")
    assert (line.month, line.title, line.is_ahead) == ("June 2025", "Sitting", False)
    assert line.days.split(", ")[0] == "2" and line.count == len(same)


def test_who_is_known_by_a_number_only_is_not_among_the_names():
    held = [
        RoleHolder("a", "PO1", "committee", "author", 3, named=False),
        RoleHolder("b", "Ada", "person", "author", 1),
    ]
    assert [(role, [one.name for one in names]) for role, names in file_cells.by_role(held)] == [("author", ["Ada"])]


def test_roles_fill_two_columns_in_their_order():
    one = RoleHolder("a", "Ada", "person", "author", 1)
    groups = [("author", [one]), ("co_signatory", [one] * 22), ("speaker", [one]), ("court", [one])]
    left, right = file_cells.halves(groups, 6)
    assert [role for role, _ in left] == ["author", "co_signatory"]
    assert [*left, *right] == groups
    assert file_cells.halves([], 6) == ([], [])


def test_the_list_sorts_and_what_has_no_date_comes_last(db: Database):
    found = queries.dossiers(db, View())
    for order in ("next", "press", "since", "events"):
        assert [one.dossier_id for one in file_list.ordered(found, order, "en")] == [ACT, OLD], order
    assert [one.dossier_id for one in file_list.ordered(found, "title", "en")] == [OLD, ACT]


def test_next_steps_are_those_of_the_place_else_of_the_ladder():
    assert next_step("fr", "law", "adopted", "en").who.startswith("the President")
    assert "governor" in next_step("us-ca", "law", "adopted", "en").sentence
    general = load_vocabulary().stage("law", "adopted").next["fr"]
    assert next_step("kr", "law", "adopted", "fr").sentence == general
    assert next_step("fr", "case", "formal", "en").who == ""
    assert next_step("fr", "law", "unknown", "en").sentence == ""


def test_every_next_step_is_of_a_place_and_a_stage_that_exist_and_is_a_sentence_in_both_languages():
    vocabulary = load_vocabulary()
    for code, term in vocabulary.lists["next_steps"].items():
        place, _, stage = code.rpartition("-")
        assert vocabulary.has_stage("law", stage), code
        assert place == "us-states" or vocabulary.has("jurisdictions", place), code
        assert all(text.endswith(".") for text in term.labels.values()), code
        assert set(term.extra.get("who", {"en": "", "fr": ""})) == {"en", "fr"}, code


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_first_screen_tells_stage_proof_next_date_and_where_it_is_told(visit: Visit):
    told = words(visit(file=ACT))
    assert "Passed one chamber" in told and "since 20 February 2026" in told
    assert "**8 March 2026** · in 7 days" in told
    assert "Planned for 5 January 2026" in told
    assert "Who decides" in told and "the leadership of the other chamber" in told
    assert "[Official page](https://example.org/s-146)" in told
    assert f"/dossiers?file={ACT}&lang=en" in told


def test_a_rung_opens_its_proof(visit: Visit):
    app = visit(file=ACT)
    app.button(key="proof-introduced").click().run()
    assert "us-chamber-a1" in app.query_params["event"]


def test_a_part_is_opened_from_the_contents_and_stands_in_the_address(visit: Visit):
    app = visit(file=ACT)
    app.segmented_control(key="w-tab").set_value("documents").run()
    assert app.query_params["tab"] in ("documents", ["documents"])
    assert len(app.table[0].value) == 50
    again = visit(file=ACT, tab="documents", page="2")
    assert len(again.table[0].value) == file_snapshot.AMENDMENTS - 50
    assert set(again.table[0].value["Author"]) == {"Ada Example"}
    assert set(again.table[0].value["Outcome"]) == {"Rejected"}


@pytest.mark.parametrize("part", ["timeline", "actors", "documents", "press", "related", "law", "calendar", "changes"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_part_opens_in_both_languages_full_or_empty(visit: Visit, part: str, lang: str):
    full, empty = visit(file=ACT, tab=part, lang=lang), visit(file=OLD, tab=part, lang=lang)
    assert t(f"file.tab_{part}", lang) in [one.value for one in full.header]
    assert t("file.nothing", lang) not in words(full)
    if part not in ("related",):
        assert t("file.nothing", lang) in words(empty)


def test_a_part_that_does_not_exist_is_the_first_one(visit: Visit):
    app = visit(file=ACT, tab="*nothing*")
    assert t("file.tab_timeline", "en") in [one.value for one in app.header]


def test_a_quote_of_an_actor_is_shown_letter_by_letter_with_its_stance(visit: Visit):
    app = visit(file=ACT, tab="actors")
    assert any(one.value == r"> It must \*pass\*" for one in app.markdown)
    (said,) = (one.label for one in app.button if str(one.key).startswith("said-speaker-"))
    assert said == "Supports"


def test_a_file_without_a_stage_says_so_and_guesses_no_step(visit: Visit):
    told = words(visit(file=OLD))
    assert "No event of this file proves a stage yet." in told
    assert "Who decides" not in told


def test_the_list_groups_by_jurisdiction_with_titles_that_open(visit: Visit):
    app = visit(sort="place")
    assert "United States (2)" in [one.value.replace("\\", "") for one in app.header]
    app.button(key=f"open-{ACT}").click().run()
    assert ACT in str(app.query_params["file"])


def test_the_table_has_dates_that_sort(visit: Visit):
    table = visit().dataframe[0].value
    line = table[table["title"] == "Deepfake labelling act"].iloc[0]
    assert (line["since"], line["next"], line["press"]) == ("2026-02-20", "2026-03-08", 2)
    assert line["stage"].endswith("Passed one chamber")
