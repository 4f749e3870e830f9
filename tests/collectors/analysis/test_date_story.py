"""Dates whose year or month was said before them: chronologies, days told by their number alone."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.analysis.dates import find_dates
from collectors.analysis.normalise import normalise
from tests.collectors.analysis.conftest import Read

PUBLISHED = "2026-02-09"


def days(text: str, lang: str) -> list[str]:
    return [span.when.iso() for span in find_dates(normalise(text), lang, date.fromisoformat(PUBLISHED))]


CHRONOLOGY = """24 août 2024. Un homme est interpellé à Lyon.

2 septembre. La police ouvre une enquête. Le lendemain, la plateforme supprime 25 vidéos.

Novembre. Le parquet saisit le 6 la justice européenne.

23 janvier 2025. Arrestation du chef du réseau, condamné le 8 février suivant par un tribunal."""


def test_entries_of_a_chronology_give_their_day_and_year_to_what_they_tell(read: Read) -> None:
    found = [f"{event.when.iso()} {event.type}" for event in read(CHRONOLOGY, published=PUBLISHED).events]
    assert found == [
        "2024-08-24 search_summons",
        "2024-09-02 investigation_opened",
        "2024-09-03 platform_action",
        "2024-11-06 referral",
        "2025-01-23 search_summons",
        "2025-02-08 court_ruling",
    ]


def test_a_day_alone_at_the_top_of_a_text_is_no_entry(read: Read) -> None:
    text = "3 février 2026. Un homme a été interpellé à Lyon."
    assert read(text, published=PUBLISHED).events == ()


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Le parquet a été saisi le 9 décembre, la plainte déposée le 4.", ["2025-12-09", "2025-12-04"]),
        ("fr", "L'enquête s'est ouverte le 28 janvier et, le 3, un homme était arrêté.", ["2026-01-28", "2026-02-03"]),
        ("it", "La denuncia è del 6 dicembre, il fascicolo fu aperto il 7.", ["2025-12-06", "2025-12-07"]),
        (
            "es",
            "Abrió diligencias el 9 de diciembre tras la denuncia presentada el día 4.",
            ["2025-12-09", "2025-12-04"],
        ),
        ("en", "They complained on 6 December and on the 9th the inquiry began.", ["2025-12-06", "2025-12-09"]),
    ],
)
def test_a_day_by_its_number_is_of_the_month_told_before(lang: str, text: str, expected: list[str]) -> None:
    assert days(text, lang) == expected


def test_a_number_that_is_no_day_stays_a_number() -> None:
    assert days("Le 3 décembre, le 20 heures a ouvert sur le 17 de la rue.", "fr") == ["2025-12-03"]
    assert days("Il rejoint le 7, dit-il.", "fr") == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Arrêté le 23 novembre 2024, jugé le 8 février suivant.", ["2024-11-23", "2025-02-08"]),
        ("fr", "Arrêté le 23 janvier 2024, jugé en novembre de la même année.", ["2024-01-23", "2024-11"]),
        ("it", "Arrestato il 23 novembre 2024, processato nel febbraio successivo.", ["2024-11-23", "2025-02"]),
        ("es", "Detenido el 23 de noviembre de 2024, juzgado en febrero siguiente.", ["2024-11-23", "2025-02"]),
        ("en", "Arrested on 23 November 2024, tried the following February.", ["2024-11-23", "2025-02"]),
    ],
)
def test_a_month_that_follows_is_counted_from_the_date_before(lang: str, text: str, expected: list[str]) -> None:
    assert days(text, lang) == expected


def test_a_day_told_with_its_year_keeps_it() -> None:
    text = "La plainte est du 6 janvier 2025.\n\nC'est le 6 janvier que tout a commencé."
    assert days(text, "fr") == ["2025-01-06", "2025-01-06"]


def test_a_day_soon_after_one_of_a_past_year_is_of_that_year() -> None:
    text = "L'enquête a été ouverte le 6 janvier 2025. Le 12 janvier, un homme était arrêté."
    assert days(text, "fr") == ["2025-01-06", "2025-01-12"]
    assert days("La loi du 6 janvier 2025 l'interdit. Le 12 janvier, un homme a été arrêté.", "fr")[1] == "2026-01-12"


def test_months_may_follow_a_month() -> None:
    text = "Saisie en mars 2024, la commission a ouvert une enquête deux mois plus tard."
    assert days(text, "fr") == ["2024-03", "2024-05"]
