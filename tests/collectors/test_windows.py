"""Which days an address asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime

from collectors.windows import addresses
from data.models import Source

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def source(*urls: str, since: date | None = date(2023, 1, 1), overlap: int = 3) -> Source:
    return Source(
        "s", {"en": "S"}, "S", "uk", "parliament", "en", "x", urls, "open", 24, 1, since=since, overlap_days=overlap
    )


def test_first_visit_begins_at_the_declared_day():
    found = addresses(source("https://example.org/?from={since:%Y-%m-%d}&to={today:%Y-%m-%d}"), None, NOW)
    assert found == ("https://example.org/?from=2023-01-01&to=2026-11-25",)


def test_later_visits_begin_a_little_before_the_last_good_one():
    last = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert addresses(source("https://example.org/?from={since:%Y-%m-%d}"), last, NOW) == (
        "https://example.org/?from=2026-11-21",
    )


def test_overlap_never_reaches_before_the_declared_day():
    last = datetime(2023, 1, 2, 6, 0, tzinfo=UTC)
    assert addresses(source("https://example.org/?from={since:%Y-%m-%d}"), last, NOW)[0].endswith("2023-01-01")


def test_braces_of_a_posted_body_are_kept():
    found = addresses(source('https://example.org/#{{"from":"{since:%Y-%m-%d}"}}'), None, NOW)
    assert found == ('https://example.org/#{"from":"2023-01-01"}',)


def test_an_address_without_days_stays_as_it_is():
    assert addresses(source("https://example.org/a"), None, NOW) == ("https://example.org/a",)
