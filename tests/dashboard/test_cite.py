"""The lines to copy on the card of an event and beside the exports, driven without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import cite
from dashboard.i18n import t
from data import queries
from data.database import open_immutable
from data.export import citation_lines
from data.view import View
from tests.data.export.sample import SREN
from tests.shared import ROOT

Visit = Callable[..., AppTest]
DESCRIBED = "In square brackets, our words: the title of the document is not known."


@pytest.fixture
def visit(home: Path) -> Visit:
    """Open the timeline with the keys of an address."""

    def go(**query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        app.run()
        app.switch_page("views/timeline.py")
        for key, value in {"lang": "en", **query}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def codes(app: AppTest) -> list[str]:
    return [one.value for one in app.code]


def styles(app: AppTest, key: str) -> object:
    (found,) = [one for one in app.get("button_group") if one.key == key]
    return found


def test_the_card_cites_an_article_by_its_own_title(visit: Visit):
    app = visit(event="uk-press-3-0")
    (line,) = [one for one in codes(app) if "The Daily" in one]
    assert line.startswith("Ministers speak about fabricated videos, part 3. (")
    assert "https://example.org/daily/3" in line
    assert DESCRIBED not in [one.value for one in app.caption]


@pytest.mark.parametrize(("lang", "first"), [("en", "apa"), ("fr", "fr")])
def test_the_style_a_reader_meets_first_is_that_of_the_language(visit: Visit, lang: str, first: str):
    app = visit(event="uk-press-3-0", lang=lang)
    assert styles(app, "w-cite-card").value == first  # type: ignore[attr-defined]
    (line,) = [one for one in codes(app) if "The Daily" in one]
    assert line.startswith("«\u00a0Ministers") if lang == "fr" else line.startswith("Ministers")


@pytest.mark.parametrize("style", citation_lines.STYLES)
def test_every_style_can_be_chosen(visit: Visit, style: str):
    app = visit(event="uk-press-3-0")
    styles(app, "w-cite-card").set_value(style).run()  # type: ignore[attr-defined]
    assert not app.exception
    starts = {
        "apa": "Ministers",
        "chicago": "“Ministers",
        "harvard": "The Daily (",
        "oscola": "‘Ministers",
        "fr": "«\u00a0",
    }
    assert len([one for one in codes(app) if one.startswith(starts[style]) and "daily/3" in one]) == 1


def test_a_document_whose_title_nobody_kept_is_marked_as_described(visit: Visit):
    app = visit(event="fr-sren-tabled")
    assert any("[" in one for one in codes(app))
    assert DESCRIBED in [one.value for one in app.caption]


def test_the_view_is_cited_beside_its_exports(visit: Visit):
    app = visit(jurisdiction="fr")
    assert t("cite.view", "en") in [one.label for one in app.expander]
    (line,) = [one for one in codes(app) if one.startswith("Deepfake Policy Monitor contributors. (")]
    assert "[Data set]" in line and "jurisdiction=fr" in line


def test_a_view_that_has_a_name_keeps_it_in_every_style(home: Path):
    def page() -> None:
        from dashboard import cite as under_test
        from tests.data.export.sample import context

        under_test.cite_view(context(3, "en", view_title="My view"), "en", key="test", titled=True)

    app = AppTest.from_function(page, default_timeout=60).run()
    for style in citation_lines.STYLES:
        styles(app, "w-cite-test").set_value(style).run()  # type: ignore[attr-defined]
        assert "My view" in app.code[0].value


def test_each_source_of_an_event_can_be_cited(home: Path, monkeypatch: pytest.MonkeyPatch):
    def page() -> None:
        from dashboard import cite as under_test
        from tests.data.export.sample import SREN

        under_test.cite_event(SREN, "en")

    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert app.selectbox[0].options == [t("cite.event", "en"), "Source 1: Légifrance", "Source 2: Le Journal"]
    assert "Loi visant à sécuriser" in app.code[0].value
    app.selectbox[0].set_value(2).run()
    assert "Le Journal" in app.code[0].value and "https://example.org/loi-sren?a=1&b=2" in app.code[0].value


def test_titles_of_sources_come_from_what_was_kept(home: Path):
    db = open_immutable(home / "published.db")
    try:
        events = queries.timeline(db, View())
        found = queries.source_titles(db, [one.event_id for one in events])
        (article,) = [one for one in events if one.event_id == "uk-press-3-0"]
        source = article.sources[0]
        assert found[source.source_id, source.url] == ("Ministers speak about fabricated videos, part 3", "en")
        assert queries.source_titles(db, ["fr-sren-tabled"]) == {}
        assert queries.source_titles(db, []) == {}
    finally:
        db.close()


def test_a_source_without_a_name_is_offered_under_its_id():
    nameless = replace(SREN.sources[0], publisher="")
    assert cite.source_name(nameless) == "fr-jorf"
