"""Countries side by side: what stands in a cell, and that each section opens from its address alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import compare
from dashboard.compare import Cell
from dashboard.compare_cells import days, ladder_table, short
from dashboard.i18n import t
from data import queries
from data.database import open_immutable
from data.rows import Answer, DossierRow, FacetFiles
from data.view import View
from tests import compare_case
from tests.shared import ROOT

Visit = Callable[..., AppTest]
STARTED = date(2025, 12, 29)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("compare")
    compare_case.build(found)
    return found


@pytest.fixture
def visit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Open the page with the keys of an address."""
    monkeypatch.setenv("MONITOR_HOME", str(folder))

    def go(**query: object) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        app.query_params["lang"] = "en"
        app.run()
        app.switch_page("views/compare.py")
        for key, value in {"lang": "en", **query}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def law(dossier_id: str, place: str, stage: str) -> DossierRow:
    return DossierRow(
        dossier_id, place, "law", dossier_id, "en", {}, stage, "2026-01", "proof", "", (), (), (), 1, "", "", "", "",
        False, "official_page", "curated",
    )  # fmt: skip


def answer(start: str, end: str, *, first: bool = True, kind: str = "statement", place: str = "uk") -> Answer:
    return Answer(f"{place}-{kind}-{start}", place, kind, start, start, end, "curated", first)


def test_empty_neighbours_are_one_rung_and_ends_stand_below_the_way():
    rungs = compare.ladder([law("a", "fr", "in_force"), law("b", "uk", "lapsed"), law("c", "uk", "unknown")],
                           ("fr", "uk"))  # fmt: skip
    assert rungs[0].stages == ("in_force",) and list(rungs[0].files) == ["fr"]
    assert len(rungs[1].stages) > 5 and not rungs[1].files and rungs[1].stages[-1] == "announced"
    assert rungs[2].stages == ("rejected", "withdrawn")
    assert rungs[-1].stages == ("unknown",)
    every = [code for one in rungs for code in one.stages]
    assert len(every) == len(set(every))


def test_columns_are_those_chosen_else_usual_ones_that_have_a_file():
    files = [law("a", "us", "in_force"), law("b", "au", "in_force"), law("c", "fr", "in_force")]
    assert compare.places_to_compare(files, ()) == ("fr", "us", "au")
    assert compare.places_to_compare(files, ("dk", "fr")) == ("dk", "fr")
    assert len(compare.places_to_compare(files, tuple(f"us-{n}" for n in range(20)))) == compare.MOST_PLACES


def test_the_furthest_law_counts_before_one_that_ended_and_one_whose_stage_is_unknown():
    rows = [
        FacetFiles("us", "ncii", "law", "lapsed", 4),
        FacetFiles("us", "ncii", "law", "floor", 1),
        FacetFiles("us", "ncii", "case", "decided", 2),
        FacetFiles("de", "ncii", "case", "decided", 1),
    ]
    assert compare.matrix(rows) == {"us": {"ncii": Cell("floor", 7)}, "de": {"ncii": Cell("", 1)}}


@pytest.mark.parametrize(
    ("start", "end", "en", "fr"),
    [
        ("2025-12-29", "2025-12-29", "day 0", "jour 0"),
        ("2025-12-30", "2025-12-30", "1 day", "1 jour"),
        ("2026-01-12", "2026-01-12", "14 days", "14 jours"),
        ("2026-01-01", "2026-01-31", "3–33 days", "3 à 33 jours"),
        ("2025-12-01", "2025-12-31", "2 days at most, or before day 0", "2 jours au plus, ou avant le jour 0"),
    ],
)
def test_days_are_never_finer_than_the_date(start: str, end: str, en: str, fr: str):
    assert (days(STARTED, answer(start, end), "en"), days(STARTED, answer(start, end), "fr")) == (en, fr)


def test_countries_come_in_the_order_of_their_first_sure_answer_and_no_international_body_is_one():
    found = compare.countries(
        [
            answer("2026-01-01", "2026-01-31", place="au"),
            answer("2026-01-12", "2026-01-12", kind="investigation"),
            answer("2026-01-09", "2026-01-09"),
            answer("2026-01-01", "2026-01-31", first=False),
            answer("2026-01-01", "2026-01-01", place="int"),
        ]
    )
    assert [(one.jurisdiction, one.first.date) for one in found] == [("uk", "2026-01-09"), ("au", "2026-01-01")]
    assert [one.is_first for one in found[0].answers["statement"]] == [True, False]


def test_a_long_title_is_cut_between_words_and_a_short_one_is_left():
    assert short("Online Safety Act") == "Online Safety Act"
    cut = short("An act to do a great many different things about images that nobody consented to")
    assert cut == "An act to do a great many different things about images that…"


def test_words_of_strangers_stay_words_in_a_cell(folder: Path):
    db = open_immutable(folder / "published.db")
    files = queries.dossiers(db, View())
    db.close()
    table = ladder_table(compare.ladder(files, ("uk",)), ("uk",), "en",
                         file=lambda code: f"https://here.example/{code}", event=lambda code: f"https://here.example/{code}")  # fmt: skip
    (cell,) = [one for one in table["United Kingdom"] if t("compare.no_file_here", "en") not in one]
    assert "](https://evil.example" not in cell and "<img" not in cell and "![" not in cell.replace(r"\!\[", "")
    assert "(https://here.example/uk-bill)" in cell and "(https://here.example/uk-tabled)" in cell


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("by", ["ladder", "facets", "incident"])
def test_each_section_opens_from_its_address(visit: Visit, by: str, lang: str):
    app = visit(by=by, lang=lang)
    assert app.title[0].value == t("compare.title", lang)
    assert len(app.table) == 1
    word = {"en": "timeline", "fr": "chronologie"}[lang]
    assert any(word in one.proto.label for one in app.get("page_link"))


def test_the_ladder_names_the_files_their_page_and_the_event_that_proves_the_stage(visit: Visit):
    table = visit(by="ladder").table[0].value
    row = table.loc[next(one for one in table.index if "In force and applicable" in one)]
    assert "/dossiers?file=fr%2Dloi%2Dsren" in row["France"] or "/dossiers?file=fr-loi-sren" in row["France"]
    assert "event=fr-force" in row["France"] and "21 May 2024" in row["France"]
    assert row["United Kingdom"] == ":gray[no file]"


def test_an_empty_cell_of_the_matrix_speaks_of_what_is_known(visit: Visit):
    table = visit(by="facets").table[0].value
    uk = table.loc["**United Kingdom**"]
    assert "Tabled" in uk["Intimate images of adults"] and "2 files" in uk["Intimate images of adults"]
    assert "jurisdiction=uk" in uk["Intimate images of adults"] and "harm=ncii" in uk["Intimate images of adults"]
    assert uk["Fraud and impersonation"] == ":gray[no file known]"
    assert "On the floor" in table.loc["**United States**"]["Intimate images of adults"]


def test_what_the_united_kingdom_did_within_a_month_is_one_address(visit: Visit):
    app = visit(by="incident", within="30", jurisdiction=["uk"])
    table = app.table[0].value
    assert list(table.index) == ["**United Kingdom**"]
    assert "14 days" in table["Investigation opened"].iloc[0]
    assert "event=uk-opened" in table["Investigation opened"].iloc[0]
    assert table["First answer"].iloc[0] == "11 days"
    listed = next(one for one in app.expander if "United Kingdom" in one.label)
    assert "United Kingdom · 4 events" in listed.label.replace("\\", "")
    assert "uk-planned" in listed.markdown[0].value and "Planned" in listed.markdown[0].value


def test_the_page_says_where_day_0_comes_from(visit: Visit):
    app = visit(by="incident")
    told = "\n".join(str(one.value) for one in app.markdown).replace("\\", "")
    assert "Day 0 is 29 December 2025" in told
    assert any("A count of Grok" in one.label for one in app.button)
    assert "https://example.org/int-2026-01-22-ccdh-grok" in told


def test_a_wider_window_brings_later_answers_and_a_wrong_one_counts_as_the_first(visit: Visit):
    assert "**Indonesia**" not in visit(by="incident", within="30").table[0].value.index
    wide = visit(by="incident", within="90").table[0].value
    assert "81 days" in wide.loc["**Indonesia**"]["Block, order, fine or ruling"]
    assert list(visit(by="incident", within="7").table[0].value.index) == list(
        visit(by="incident", within="30").table[0].value.index
    )


def test_a_section_that_does_not_exist_is_the_first(visit: Visit):
    assert "Stage" in visit(by="nonsense", facet="x").table[0].value.index.name


def test_filters_that_leave_nothing_are_told(visit: Visit):
    assert any("30 days" in one.value for one in visit(by="incident", jurisdiction=["it"]).info)
    assert visit(by="ladder", jurisdiction=["it"]).info
