"""Figures of policy texts: the examples of every language, and what is no figure."""

from __future__ import annotations

import json

import pytest

from collectors.analysis.figures import find_figures
from collectors.analysis.lexicon import LANGUAGES, load
from collectors.analysis.normalise import normalise
from tests.shared import SHARED, needs_shared

TABLE = load("figures")
EXAMPLES = [(lang, example) for lang in LANGUAGES for example in TABLE[lang]["examples"]]
NOTHING = [(lang, text) for lang in LANGUAGES for text in TABLE[lang]["not"]]


@pytest.mark.parametrize(("lang", "example"), EXAMPLES)
def test_an_example_is_read_with_value_unit_and_subject(lang: str, example: str):
    text, _, wanted = example.partition(" => ")
    value, unit, about = wanted.split()
    told = [(one.value, one.unit, one.about) for one in find_figures(normalise(text), lang)]
    assert told == [(float(value), unit, about)]


@pytest.mark.parametrize(("lang", "text"), NOTHING)
def test_dates_articles_and_numbers_of_laws_are_no_figures(lang: str, text: str):
    assert find_figures(normalise(text), lang) == ()


def test_a_quantity_without_a_number_has_no_value():
    (one,) = find_figures("Des milliers d'internautes ont utilisé l'outil.", "fr")
    assert (one.text, one.value, one.unit, one.about) == ("Des milliers d'internautes", None, "persons", "count")


def test_spans_are_those_of_the_text():
    text = "Puni de deux ans d'emprisonnement et de 60 000 euros d'amende, selon 81 % des femmes."
    found = find_figures(text, "fr")
    assert [one.text for one in found] == ["deux ans d'emprisonnement", "60 000 euros", "81 %"]
    assert all(text[one.start : one.end] == one.text for one in found)


def test_a_decimal_comma_and_a_decimal_point_are_told_apart():
    assert find_figures("une amende de 2,4 millions d'euros", "fr")[0].value == 2_400_000
    assert find_figures("a fine of 2.4 million euros", "en")[0].value == 2_400_000
    assert find_figures("ein Bußgeld von 1.500 Euro", "de")[0].value == 1_500


@needs_shared
@pytest.mark.shared
def test_every_figure_of_the_first_article_is_found():
    with (SHARED / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        article = next(row for row in map(json.loads, lines) if row["id"] == "seed-001")
    found = find_figures(normalise(article["text"]), "fr")
    for wanted in article["figures"]:
        hits = [one for one in found if one.start < wanted["end"] and wanted["start"] < one.end]
        assert hits, wanted["text"]
        assert wanted["value"] == hits[0].value, wanted["text"]
