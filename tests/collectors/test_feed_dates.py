"""A date string means what it says and no more; what it cannot mean stays a string."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.feed_dates import resolve

FETCHED = "2026-03-04T12:00:00Z"


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("Mon, 12 Jan 2026 10:00:00 +0100", "2026-01-12T09:00:00Z"),
        ("Mon,12 Jan 2026 10:00:00 +0100", "2026-01-12T09:00:00Z"),
        ("Thu,28 Jul 2022 4:35:5 GMT+9", "2022-07-27T19:35:05Z"),
        ("Mon, 12 Jan 2026 10:00:00 CET", "2026-01-12T09:00:00Z"),
        ("Mon, 12 Jan 2026 10:00:00 CEST", "2026-01-12T08:00:00Z"),
        ("Mon, 12 Jan 2026 10:00:00 MEZ", "2026-01-12T09:00:00Z"),
        ("Mon, 12 Jan 2026 10:00:00 BST", "2026-01-12T09:00:00Z"),
        ("Mon, 12 Jan 2026 10:00:00 EST", "2026-01-12T15:00:00Z"),
        ("Mon, 12 Jan 2026 10:00:00 -0500 (EST)", "2026-01-12T15:00:00Z"),
        ("Mon, 12 Jan 26 10:00 Z", "2026-01-12T10:00:00Z"),
        ("Mon Jan 12 10:00:00 CET 2026", "2026-01-12T09:00:00Z"),
        ("2026-01-12T10:00:00+01:00", "2026-01-12T09:00:00Z"),
        ("2026-01-12T10:00:00.123+0100", "2026-01-12T09:00:00Z"),
        ("2026-01-12 10:00:00 UTC", "2026-01-12T10:00:00Z"),
        ("20260112T100000Z", "2026-01-12T10:00:00Z"),
        ("Jan 12, 2026 3:05 PM EST", "2026-01-12T20:05:00Z"),
        ("Mon, 29 Jun 2026 23:59:60 +0000", ""),
    ],
)
def test_time_with_zone_is_an_exact_instant(said, at):
    found = resolve(said, FETCHED)
    assert found.at == at
    if at:
        assert found.quality == "exact"


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("lun., 12 janv. 2026 10:00:00 +0100", "fr"),
        ("Mo, 12 Jan 2026 10:00:00 +0100", "de"),
        ("Lun, 12 Ene 2026 10:00:00 +0100", "es"),
        ("12. Januar 2026", "de"),
        ("lundi 12 janvier 2026 à 10h30", "fr"),
        ("12 de enero de 2026", "es"),
        ("12 gennaio 2026", "it"),
        ("January 12, 2026", "en"),
        ("12/01/2026 10:00", "fr"),
        ("12.01.2026", "de"),
        ("Le 12 janvier 2026", "fr"),
        ("Monday, January 12, 2026 - 10:30", "en"),
    ],
)
def test_words_of_the_followed_languages_are_read(said, lang):
    assert resolve(said, FETCHED, lang=lang).on == date(2026, 1, 12)


@pytest.mark.parametrize("said", ["2026-01-12", "20260112", "2026/1/12", "12 Jan 2026", "12-Jan-2026"])
def test_date_without_time_stays_a_date_in_any_zone(said):
    for name in ("", "Pacific/Auckland", "America/Los_Angeles"):
        found = resolve(said, FETCHED, timezone_name=name)
        assert (found.on, found.at, found.quality) == (date(2026, 1, 12), "", "date")


@pytest.mark.parametrize("said", ["2026-01-12T10:00:00", "2026/1/12 10:00:00", "Mon, 12 Jan 2026 10:00:00 XYZ"])
def test_time_without_known_zone_is_an_instant_only_in_a_declared_zone(said):
    assert resolve(said, FETCHED).at == ""
    assert resolve(said, FETCHED).on == date(2026, 1, 12)
    found = resolve(said, FETCHED, timezone_name="Europe/Paris")
    assert (found.at, found.quality) == ("2026-01-12T09:00:00Z", "assumed_zone")


def test_year_first_date_does_not_depend_on_the_month_of_the_run():
    for fetched in ("2026-07-04T12:00:00Z", "2026-12-31T23:00:00Z"):
        assert resolve("2026/6/29 15:07:41", fetched).on == date(2026, 6, 29)


def test_seconds_since_the_epoch_are_read_as_such():
    assert resolve("1768212000", FETCHED).at == "2026-01-12T10:00:00Z"


@pytest.mark.parametrize(
    "said",
    [
        "1970-01-01T00:00:00Z", "1994-12-31", "2126-01-01", "2199-12-31T00:00:00Z", "0001-01-01T00:00:00Z",
        "-0001-11-30T00:00:00Z", "Fri, 06 Mar 2026 12:00:01 GMT", "9999999999", "31 Feb 2026",
        "2026-13-01",
        "yesterday", "hier", "il y a 2 heures", "2 days ago", "2026", "2026-01", "January 2026", "soon", "12:30",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["", "en", "fr"])
def test_impossible_relative_and_partial_dates_stay_words(said, lang):
    found = resolve(said, FETCHED, lang=lang)
    assert (found.said, found.on, found.at, found.quality) == (said, None, "", "unknown")


def test_instant_within_48_hours_ahead_is_kept():
    assert resolve("Fri, 06 Mar 2026 12:00:00 GMT", FETCHED).at == "2026-03-06T12:00:00Z"


@pytest.mark.parametrize(
    ("lang", "country", "on"),
    [
        ("fr", "fr", date(2026, 1, 2)),
        ("en", "uk", date(2026, 1, 2)),
        ("en", "us", date(2026, 2, 1)),
        ("en", "eu", None),
        ("", "", None),
    ],
)
def test_day_or_month_first_is_decided_by_language_and_country_or_not_at_all(lang, country, on):
    found = resolve("02/01/2026", "2026-12-04T12:00:00Z", lang=lang, country=country)
    assert found.on == on


def test_stamp_in_utc_has_the_day_of_the_source():
    found = resolve("Mon, 12 Jan 2026 23:30:00 GMT", FETCHED, timezone_name="Europe/Paris")
    assert (found.on, found.at) == (date(2026, 1, 13), "2026-01-12T23:30:00Z")


def test_midnight_utc_is_a_date_and_does_not_move_west():
    found = resolve("2026-01-12T00:00:00Z", FETCHED, timezone_name="America/New_York")
    assert found.on == date(2026, 1, 12)


@pytest.mark.parametrize("said", ["Sun, 29 Mar 2026 02:30:00", "Sun, 25 Oct 2026 02:30:00"])
def test_hours_of_the_clock_change_are_resolved_without_moving(said):
    one = resolve(said, "2026-11-01T00:00:00Z", timezone_name="Europe/Paris")
    assert one.on is not None and one.at == resolve(said, "2026-11-02T00:00:00Z", timezone_name="Europe/Paris").at


@pytest.mark.parametrize("said", ["", " ", "x" * 5000, "\u0661\u0662", "٢٠٢٦-٠١-١٢", "1" * 300, ":" * 90, "12 " * 30])
def test_any_string_ends_without_an_error(said):
    assert resolve(said, FETCHED, lang="fr", timezone_name="Not/AZone").quality in ("unknown", "date")
