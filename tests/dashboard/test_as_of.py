"""The record of an earlier day on the pages, and the page of changes, driven without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.i18n import t
from tests.dashboard import snapshot as sample
from tests.dashboard.test_pages import held, words
from tests.data.monitor import FIRST, NEWS, Monitor, article, decide, said
from tests.shared import ROOT

Visit = Callable[..., AppTest]
DAY = FIRST.isoformat()
BANNER = "The record as it stood on 2 March 2026."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three days: a day of an act is corrected on the second, the team decides on the third."""
    path = tmp_path_factory.mktemp("as-of")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_HOME", str(path))
        monitor = Monitor(path)
        monitor.load(sample.reference("2024-05-20"))
        monitor.tell(NEWS, article(1, said(1)))
        monitor.publish()
        monitor.load(sample.reference("2024-05-21"))
        monitor.tell(NEWS, article(2, said(2)))
        monitor.publish()
        decide(monitor, "reject", "uk-press-text-1")
        monitor.publish()
    return path


@pytest.fixture
def visit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Open a page with the keys of an address."""
    monkeypatch.setenv("MONITOR_HOME", str(folder))

    def go(page: str, /, **query: object) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120)
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


def test_the_banner_says_the_day_and_leads_back_to_now(visit: Visit):
    app = visit("timeline", as_of=DAY, dossier=["fr-loi-sren"])
    assert BANNER in words(app)
    assert "20 May 2024" in list(app.dataframe[0].value["date"])
    app.button(key="as-of-now").click().run()
    assert "as_of" not in app.query_params
    assert held(app, "dossier") == ["fr-loi-sren"]
    assert BANNER not in words(app)
    assert "21 May 2024" in list(app.dataframe[0].value["date"])


def test_the_day_stays_on_a_change_of_page_and_of_language(visit: Visit):
    app = visit("timeline", as_of=DAY)
    app.query_params.clear()  # what the navigation does
    app.switch_page("views/dossiers.py").run()
    assert held(app, "as_of") == [DAY]
    app.query_params["lang"] = "fr"
    app.run()
    assert "Le registre tel qu’il était le 2 mars 2026." in words(app)


@pytest.mark.parametrize(
    "page", ["overview", "timeline", "dossiers", "actors", "search", "changes", "sources", "about"]
)
def test_every_page_shows_the_record_of_a_day(visit: Visit, page: str):
    app = visit(page, as_of=DAY)
    assert app.title[0].value == t("change_log.title" if page == "changes" else f"{page}.title", "en")
    assert BANNER in words(app)
    assert "Record of 2 March 2026" in words(app)


def test_the_sources_page_says_that_it_is_of_today(visit: Visit):
    assert "The state of the sources is that of today" in words(visit("sources", as_of=DAY))
    assert "The state of the sources is that of today" not in words(visit("sources"))


def test_before_the_record_begins_nothing_is_shown_but_the_first_day(visit: Visit):
    app = visit("timeline", as_of="2020-01-01")
    assert "There is no record of 1 January 2020. The first day that can be shown is 2 March 2026." in words(app)
    assert not app.dataframe
    app.button(key="as-of-first").click().run()
    assert held(app, "as_of") == [DAY]


@pytest.mark.parametrize(
    ("asked", "told"), [("soon", "is not a day"), ("<b>x", "is not a day"), ("2030-01-01", "There is no record of")]
)
def test_what_is_no_day_of_the_record_is_told_and_now_is_shown(visit: Visit, asked: str, told: str):
    app = visit("timeline", as_of=asked)
    assert told in words(app)
    assert len(app.dataframe) == 1


def test_links_of_the_page_keep_the_day(visit: Visit):
    app = visit("timeline", as_of=DAY, event="fr-sren-signed")
    links = [one.value for one in app.code if one.value.startswith("http")]
    links = [one for one in links if "/feed/" not in one]  # what is followed is the record of now, and the page says so
    assert links and all(f"as_of={DAY}" in one for one in links)


def test_nobody_decides_on_the_record_of_a_day(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MONITOR_DESK", "single")
    told = words(visit("timeline", as_of=DAY, event="uk-press-text-1"))
    assert t("as_of.decide", "en") in told
    assert t("decide.start", "en") not in told
    assert t("decide.start", "en") in words(visit("timeline", event="fr-sren-signed"))


def test_changes_are_told_with_who_and_why(visit: Visit):
    app = visit("changes")
    told = words(app)
    assert "Date: 20 May 2024 → 21 May 2024" in told
    assert "Curated baseline · the source changed it" in told
    assert "The team · checked" in told and "AB" not in told
    assert [one.value for one in app.header] == ["4 March 2026", "3 March 2026", "2 March 2026"]


def test_a_change_leads_to_the_record_of_the_day_before(visit: Visit):
    app = visit("changes", change=["date"])
    (before,) = [one for one in app.button if one.label == t("change_log.before", "en")]
    before.click().run()
    assert (held(app, "as_of"), held(app, "event")) == ([DAY], ["fr-sren-signed"])
    assert BANNER in words(app)


def test_filters_of_the_changes_stand_in_the_address(visit: Visit):
    app = visit("changes", change=["date", "nonsense"], jurisdiction=["fr"], changed_from="2026-03-03", changed_to="x")
    assert app.multiselect(key="w-change").value == ["date"]
    assert "1 change" in words(app)
    app.multiselect(key="w-change").set_value(["stage"]).run()
    assert held(app, "change") == ["stage"]
    assert t("change_log.none", "en") in words(app)
    app.button(key="clear-changes").click().run()
    assert "change" not in app.query_params and "jurisdiction" not in app.query_params


def test_changes_in_french(visit: Visit):
    told = words(visit("changes", lang="fr"))
    assert "Date\u00a0: 20 mai 2024 → 21 mai 2024" in told
    assert "L’équipe" in told
