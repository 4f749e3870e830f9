"""The timeline page and the source card, driven without a browser: the address holds zoom, place and lanes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.i18n import t
from dashboard.safe import JOINER
from data import queries
from data.database import open_immutable
from data.view import View
from tests.shared import ROOT

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(home: Path) -> Visit:
    """Open a page with the keys of an address."""

    def go(page: str = "timeline", /, **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        app.run()
        app.switch_page(f"views/{page}.py")
        for key, value in {"lang": "en", **query}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def words(app: AppTest) -> str:
    blocks = [*app.markdown, *app.caption, *app.info]
    labels = [*(one.label for one in app.button), *(one.label for one in app.expander)]
    return "\n".join([*(str(one.value) for one in blocks), *labels]).replace("\\", "").replace(JOINER, "")


def charts(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(one.proto.spec) for one in app.get("plotly_chart")]


def axis(app: AppTest) -> list[str]:
    (figure,) = charts(app)
    return figure["layout"]["xaxis"]["range"]  # type: ignore[index]


def held(app: AppTest, key: str) -> list[str]:
    value = app.query_params.get(key, [])
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("by", ["jurisdiction", "track", "dossier", "actor"])
def test_lanes_of_every_kind_are_drawn_and_told(visit: Visit, by: str, lang: str):
    app = visit(lanes=by, lang=lang)
    (figure,) = app.get("plotly_chart")
    labels = json.loads(figure.proto.spec)["layout"]["yaxis"]["ticktext"]
    one = {
        "jurisdiction": {"en": "United Kingdom", "fr": "Royaume-Uni"},
        "track": {"en": "Law", "fr": "Loi"},
        "dossier": {"en": "TAKE IT DOWN Act", "fr": "Loi TAKE IT DOWN"},
        "actor": {"en": "Ofcom", "fr": "Ofcom"},
    }[by][lang]
    assert one in labels
    assert one in figure.proto.alt
    assert app.segmented_control(key="w-lanes").value == by


def test_a_wrong_zoom_lane_or_day_in_the_address_shows_the_default(visit: Visit):
    app = visit(zoom="centuries", at="2026-02-31", lanes="colour")
    assert axis(app) == axis(visit())
    assert app.segmented_control(key="w-zoom-timeline").value == "years"


def test_zoom_and_place_of_the_address_narrow_figure_and_table(visit: Visit):
    app = visit(zoom="days", at="2026-01-12")
    low, high = axis(app)
    assert low < "2026-01-12" < high and low > "2025-11-01" and high < "2026-03-01"
    dates = {str(one) for one in app.dataframe[0].value["date"]}
    assert "12 January 2026" in dates and all("2025" in one or "2026" in one for one in dates)
    assert "of the 140 events of the view" in words(app)


def test_zoom_is_chosen_and_time_is_walked_in_the_address(visit: Visit):
    app = visit(page="2")
    app.segmented_control(key="w-zoom-timeline").set_value("days").run()
    assert (held(app, "zoom"), held(app, "page")) == (["days"], [])
    near = axis(app)
    app.button(key="zoom.earlier-timeline").click().run()
    earlier = axis(app)
    assert earlier[0] < near[0] < earlier[1] < near[1]
    assert held(app, "at")
    assert axis(visit(zoom="days", at=held(app, "at")[0])) == earlier, "the address alone opens the same window"
    app.button(key="zoom.later-timeline").click().run()
    assert axis(app) == near


def test_nothing_lies_beyond_the_last_event(visit: Visit):
    app = visit(zoom="days", at="2060-01-01")
    assert app.button(key="zoom.later-timeline").disabled
    assert not app.button(key="zoom.earlier-timeline").disabled


def test_an_empty_stretch_says_so_and_keeps_the_way_out(visit: Visit):
    app = visit(zoom="days", at="2020-12-01")
    assert not charts(app)
    assert t("zoom.empty", "en") in words(app)
    assert app.segmented_control(key="w-zoom-timeline").value == "days"


def test_a_short_view_opens_close_and_has_nowhere_else_to_go(visit: Visit):
    app = visit("dossiers", file="eu-code-marking")
    assert app.segmented_control(key="w-zoom-dossier").value == "quarters"
    assert not [one for one in app.button if str(one.key).startswith("zoom.")]


def test_a_file_shows_its_stages_in_the_figure_and_as_a_table(visit: Visit):
    app = visit("dossiers", file="fr-loi-sren")
    (figure,) = charts(app)
    bars = [trace for trace in figure["data"] if trace["type"] == "bar" and trace.get("customdata")]  # type: ignore[index]
    assert [trace["customdata"] for trace in bars] == [["fr-sren-tabled", "fr-sren-vote", "fr-sren-signed"]]
    table = next(one.value for one in app.table if "Since" in one.value and "To" in one.value)
    assert list(table["Stage"]) == ["◑ Tabled", "◑ Passed one chamber", "◕ Enacted and published"]
    assert next(iter(table["Since"])) == "10 May 2023" and list(table["To"])[-1] == t("chart.still", "en")


def test_the_curve_counts_the_documents_of_the_places_chosen(visit: Visit, home: Path):
    app = visit(jurisdiction="uk")
    curve = [trace for trace in charts(app)[0]["data"] if trace.get("yaxis") == "y2"]  # type: ignore[index]
    assert len(curve) == 1
    table = next(one.value for one in app.table if "Documents" in one.value)
    assert sum(int(one) for one in table["Documents"]) == 130
    assert not [trace for trace in charts(visit(jurisdiction="fr"))[0]["data"] if trace.get("yaxis") == "y2"]  # type: ignore[index]
    db = open_immutable(home / "published.db")
    assert sum(one.count for one in queries.attention(db, View(), "year")) == 130
    db.close()


def test_the_legend_names_only_marks_that_are_there(visit: Visit):
    told = words(visit(dossier="fr-loi-sren"))
    assert "Hollow" not in told and "Pale" not in told
    assert "Hollow" in words(visit(dossier="eu-code-marking"))


def test_the_card_leads_to_the_events_before_and_after_in_the_file(visit: Visit):
    app = visit(event="fr-sren-vote")
    assert "After, 21 May 2024: Act 2024-449 is signed" in words(app)
    app.button(key="card-before").click().run()
    assert held(app, "event") == ["fr-sren-tabled"]
    assert t("card.none_before", "en") in words(app)


def test_the_card_keeps_the_whole_fingerprint_to_copy_and_shows_its_beginning(visit: Visit):
    app = visit(event="uk-press-3-0")
    assert "ab" * 32 in [one.value for one in app.code]
    told = words(app)
    assert f"sha256 {'ab' * 6}…" in told
    assert "en.statement" in told and "retrieved" in told
    assert any("event=uk-press-3-0" in one.value for one in app.code)
