"""Names of actors in the language of the page: official on English ones, reviewed translations elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dashboard import who
from dashboard.tables import quarters


@dataclass(frozen=True, slots=True)
class Row:
    actor_id: str
    name: str


ROWS = [Row("eu-parliament", "European Parliament"), Row("uk-ofcom", "Ofcom")]


@pytest.fixture(autouse=True)
def reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"fr": {"eu-parliament": "Parlement européen"}, "en": {"uk-ofcom": "Office of Communications"}}
    monkeypatch.setattr(who.store, "ask", lambda question, lang: names[lang])


def test_a_french_page_has_the_french_name_where_there_is_one():
    assert [one.name for one in who.named(ROWS, "fr")] == ["Parlement européen", "Ofcom"]
    assert who.name_of("eu-parliament", "European Parliament", "", "fr") == "Parlement européen"


def test_an_english_page_has_the_official_name():
    assert who.named(ROWS, "en") == ROWS
    assert who.name_of("uk-ofcom", "Ofcom", "", "en") == "Ofcom"


def test_an_actor_without_a_name_says_so_with_its_number():
    assert "PA4242" in who.name_of("fr-an-pa4242", "", "PA4242", "fr")


def test_months_are_told_by_quarter_in_a_narrow_cell():
    assert quarters([1, 0, 2, 0, 0, 0, 5, 1, 1]) == [3, 0, 7]
