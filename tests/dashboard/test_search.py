"""The search page: what was understood, what was found and counted, what to do when nothing was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import query_words
from data.query_language import parse
from tests.shared import ROOT

Visit = Callable[..., AppTest]


@pytest.fixture
def visit(home: Path) -> Visit:
    """Open the search with the keys of an address: ``visit(words="law", kind="event")``."""

    def go(**query: object) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        query = {"lang": "en", **query}
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        app.switch_page("views/search.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.message for one in app.exception]
        return app

    return go


def told(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info]
    return "\n".join(str(one.value) for one in parts).replace("\\", "").replace("\u2060", "")


def held(app: AppTest, key: str) -> list[str]:
    """The values of a key of the address."""
    value = app.query_params[key]
    return [value] if isinstance(value, str) else list(value)


def headings(app: AppTest) -> list[str]:
    return [str(one.value) for one in app.header]


@pytest.mark.parametrize(
    ("text", "en", "fr"),
    [
        ("labelling Ofcom -bank", "all of: labelling, Ofcom; not: bank", "tous : labelling, Ofcom ; sans : bank"),
        ('"a b" OR label*', "any of: “a b”, words beginning with label", "au moins un : « a b », mots commençant par label"),
        ("(x1 OR y1) z1", "all of: (any of: x1, y1), z1", "tous : (au moins un : x1, y1), z1"),
        ("place:fr loi", "all of: place: France, loi", "tous : lieu : France, loi"),
        ("type:amende", "type: Fine or sanction", "type : Amende ou sanction"),
        ("pays:zz", "place: “zz” (not known)", "lieu : « zz » (inconnu)"),
        ("kind:file", "kind: File", "genre : Dossier"),
        ("NOT x1", "not: x1", "sans : x1"),
    ],
)  # fmt: skip
def test_how_a_query_was_understood_is_told_in_words(text: str, en: str, fr: str):
    query = parse(text)
    assert query_words.sentence(query, "en") == en
    assert query_words.sentence(query, "fr").replace("\u00a0", " ") == fr


def test_what_was_mended_is_told(visit: Visit):
    assert "A quotation mark was not closed" in told(visit(words='"investigation'))
    assert "Un guillemet n’était pas fermé" in told(visit(words='"investigation', lang="fr"))
    assert "Left out, as they say nothing alone: “the”" in told(visit(words="the investigation"))


def test_the_best_of_each_kind_and_where_the_words_stand(visit: Visit):
    app = visit(words="investigation")
    assert "**investigation**" in told(app)
    assert headings(app)[0] == "Files"
    app = visit(words="Ofcom")
    assert "Exact match" in told(app)
    assert "Understood as: Ofcom" in told(app)


def test_one_kind_is_paged_and_keeps_to_itself(visit: Visit):
    app = visit(words="fabricated", kind="event")
    assert len(app.get("pagination")) == 1
    assert [one for one in app.button if one.key.startswith("open-")]
    assert headings(app) == []
    assert len(visit(words="fabricated", kind="dossier").get("pagination")) == 0


def test_a_french_word_finds_english_texts_and_the_page_says_so(visit: Visit):
    wide = visit(words="enquête")
    assert "Also searched" in told(wide) and "investigation" in told(wide)
    narrow = visit(words="enquête", exact="1")
    assert "Only the words as typed" in told(narrow)
    (back,) = [one for one in narrow.button if one.key == "widely"]
    assert not back.click().run().exception


def test_choices_are_counted(visit: Visit):
    groups = {one.key: [str(each.content) for each in one.proto.options] for one in visit(words="signed").button_group}
    assert groups["w-search-jurisdiction"] == ["France (1)", "United States (1)"]
    assert groups["w-search-year"] == ["2025 (1)", "2024 (1)"]
    assert groups["w-search-kind"] == ["Best of all", "Files (0)", "Actors (0)", "Events (2)", "Documents (0)"]


def test_an_empty_result_names_the_word_and_offers_a_way_on(visit: Visit):
    app = visit(words="investigaton Ofcom")
    assert "No text holds “investigaton”." in told(app)
    labels = {one.label.replace("\\", ""): one for one in app.button}
    assert "Search “investigation” instead" in labels and "Search without “investigaton”" in labels
    labels["Search “investigation” instead"].click().run()
    assert held(app, "words") == ["investigation Ofcom"]


def test_limits_that_empty_the_result_can_be_dropped(visit: Visit):
    app = visit(words="Ofcom", year="1999")
    (button,) = [one for one in app.button if one.key == "drop-limits"]
    button.click().run()
    assert "year" not in app.query_params and held(app, "words") == ["Ofcom"]


@pytest.mark.parametrize(
    "address",
    [
        {"kind": "nonsense"},
        {"year": "20xx"},
        {"publisher": "<b>"},
        {"order": "random"},
        {"exact": "maybe"},
        {"page": "-3"},
        {"kind": "event", "page": "9000"},
    ],
)
def test_a_wrong_value_in_the_address_does_no_harm(visit: Visit, address: dict[str, str]):
    assert visit(words="Ofcom", **address).title


@pytest.mark.parametrize(
    "text",
    ['"', "AND OR NOT", "a* NEAR(", "'; DROP TABLE", "\x00", "…", "-", "*" * 300, "title:", "((((", "%_%", ":x:"],
)
def test_search_takes_anything(visit: Visit, text: str):
    assert visit(words=text).title


def test_examples_can_be_tried(visit: Visit):
    app = visit()
    (example,) = [one for one in app.button if one.key == "try-number"]
    example.click().run()
    assert held(app, "words") == ["S. 146"]
