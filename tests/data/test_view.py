"""One query string for page, permalink and export."""

from __future__ import annotations

from datetime import date

import pytest

from data.errors import ViewError
from data.models import When
from data.view import View


def test_a_view_survives_the_address():
    view = View(
        jurisdictions=("fr", "eu"),
        stages=("enacted",),
        since=date(2025, 1, 1),
        until=date(2026, 1, 1),
        query="l'IA & co",
    )
    assert View.parse(view.query_string()) == view


def test_an_unknown_filter_is_an_error_not_a_wider_view():
    with pytest.raises(ViewError, match="juridiction"):
        View.parse("juridiction=fr")


def test_page_keys_are_left_to_the_page():
    assert View.parse("lang=fr&track=law", ignore=frozenset({"lang"})) == View(tracks=("law",))


def test_a_malformed_day_is_an_error():
    with pytest.raises(ViewError, match="YYYY-MM-DD"):
        View.parse("from=2025-13-01")


@pytest.mark.parametrize("text", ["2026", "2026-02", "2026-02-28", "2026-09-01/2026-11-30"])
def test_a_date_keeps_its_precision(text: str):
    assert When.parse(text).iso() == text


def test_a_month_spans_its_days_and_no_more():
    when = When.parse("2024-02")
    assert (when.start, when.end, when.precision) == (date(2024, 2, 1), date(2024, 2, 29), "month")


def test_an_impossible_date_is_refused():
    with pytest.raises(ValueError):
        When.parse("2025-02-31")
    with pytest.raises(ValueError):
        When.parse("2025-02-10/2025-02-01")
