"""What a visit measures beside its fields: the shares of items that read as those of the source read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from collectors.measures import Measuring, is_garbled, late_count
from data.models import ItemRecord

ONE = ItemRecord("1", "article", "Le Sénat", "https://example.org/politique/1", "fr", lang="fr", text="a" * 600)


def shares(**changes: str) -> dict[str, float]:
    measuring = Measuring(date(2026, 8, 3))
    for n in range(4):
        measuring.see(replace(ONE, **{"url": f"https://example.org/politique/{n}", **changes}))
    return measuring.result().filled


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("item.long text", {"text": "a" * 141}),
        ("item.readable letters", {"title": "Le SÃ©nat"}),
        ("item.readable letters", {"title": "Le S\ufffdnat"}),
        ("item.language fr", {"lang": "de"}),
        ("item.place example.org/politique", {"url": "https://example.org/sport/1"}),
        ("item.own link", {"url": ""}),
    ],
)
def test_what_reads_otherwise_than_before_lowers_its_share(name, changes):
    assert shares()[name] == 1.0
    assert shares(**changes).get(name, 0.0) == 0.0


def test_the_same_link_everywhere_is_the_own_link_of_one():
    assert shares(url="https://example.org/")["item.own link"] == 0.25


def test_a_year_in_an_address_is_no_place():
    assert "item.place example.org" in shares(url="https://example.org/2026/1")


@pytest.mark.parametrize("text", ["L'été à Strasbourg", "Straße", "żądanie", "딥페이크", "plain", "“quoted” – dashed"])
def test_letters_that_were_decoded_well_are_not_garbled(text):
    assert not is_garbled(text)


def test_a_record_is_late_when_the_last_visit_should_have_shown_it():
    days = [date(2026, 8, 3), date(2026, 7, 31), date(2026, 7, 30), date(1970, 1, 1), None]
    assert late_count(days, date(2026, 8, 3)) == 2
