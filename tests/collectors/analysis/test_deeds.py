"""What was not done, days that come in twos, the day of a sitting."""

from __future__ import annotations

import pytest

from tests.collectors.analysis.conftest import Read


def happened(reading) -> list[str]:  # type: ignore[no-untyped-def]
    return [f"{event.when.iso()} {event.type}" for event in reading.events]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Le parquet n'a pas ouvert d'enquête mardi."),
        ("fr", "Le régulateur a refusé d'ouvrir une procédure mardi."),
        ("en", "The prosecutor did not open an inquiry on Tuesday."),
        ("en", "The regulator has never opened an inquiry since 2024."),
        ("de", "Die Staatsanwaltschaft hat am Dienstag nicht Anzeige erstattet."),
        ("it", "La procura non ha aperto martedì un'indagine."),
        ("es", "La fiscalía no abrió el martes una investigación."),
        ("da", "Politiet har ikke anholdt nogen mandag."),
    ],
)
def test_what_was_not_done_is_no_event(read: Read, lang: str, text: str) -> None:
    assert happened(read(text, lang)) == []


def test_what_is_not_before_a_day_is_of_that_day(read: Read) -> None:
    assert happened(read("L'article 3 ne s'applique pas avant le 1er mars 2026.")) == ["2026-03-01 law_in_force"]
    assert happened(read("The act does not apply before 1 March 2026.", "en")) == ["2026-03-01 law_in_force"]


def test_a_text_not_passed_is_rejected(read: Read) -> None:
    text = "Le Sénat, réuni mardi, n'a pas adopté la proposition de loi."
    assert happened(read(text)) == ["2026-01-13 bill_rejected"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Les élections municipales des 15 et 22 mars 2026 approchent."),
        ("en", "The local elections are on 15 and 22 March 2026."),
        ("it", "Le elezioni comunali del 15 e 22 marzo 2026 si avvicinano."),
        ("es", "Las elecciones municipales del 15 y 22 de marzo de 2026 se acercan."),
    ],
)
def test_two_days_of_one_deed_are_two_events(read: Read, lang: str, text: str) -> None:
    assert happened(read(text, lang)) == ["2026-03-15 election", "2026-03-22 election"]


def test_two_days_in_a_row_are_one_event(read: Read) -> None:
    text = "Le Sénat examinera le texte les 23 et 24 avril 2026."
    assert happened(read(text)) == ["2026-04-23/2026-04-24 bill_reading"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "La fausse vidéo a été mise en ligne dans la nuit de samedi à dimanche."),
        ("it", "Il video falso è stato diffuso nella notte tra sabato e domenica."),
        ("es", "El vídeo falso se difundió en la noche del sábado al domingo."),
        ("de", "Das gefälschte Video wurde in der Nacht von Samstag auf Sonntag verbreitet."),
    ],
)
def test_a_night_is_of_both_its_days(read: Read, lang: str, text: str) -> None:
    assert happened(read(text, lang)) == ["2026-01-10/2026-01-11 incident"]


def test_a_day_right_behind_its_verb_stays_with_it(read: Read) -> None:
    text = "Depuis mercredi, date à laquelle la loi votée le 26 septembre est entrée en vigueur, regarder est puni."
    assert happened(read(text)) == ["2026-01-14 law_in_force", "2025-09-26 bill_adopted"]


def test_votes_counted_against_a_text_are_no_adoption(read: Read) -> None:
    text = "Réunion du mercredi 14 janvier 2026\n\nPar 31 voix contre 24, l'amendement n° 4 est rejeté par le Sénat."
    assert happened(read(text, kind="parliament_record")) == ["2026-01-14 bill_rejected"]


def test_a_body_that_met_on_a_day_did_so_at_its_sitting(read: Read) -> None:
    text = "La commission des lois, réunie le 7 janvier, a siégé.\n\nLa proposition de loi est adoptée par 26 voix."
    assert happened(read(text, kind="parliament_record")) == ["2026-01-07 committee_vote"]


def test_who_wrote_an_open_letter_stands_behind_it(read: Read) -> None:
    text = "Dans une tribune publiée mardi, Anne Delorme plaide pour un marquage."
    assert happened(read(text)) == ["2026-01-13 statement"]


def test_an_answer_needs_no_name_beside_it(read: Read) -> None:
    assert happened(read("Réponse du ministère publiée le 6 janvier 2026.")) == ["2026-01-06 statement"]


def test_what_is_taken_down_stood_on_a_platform(read: Read) -> None:
    assert happened(read("Les images ont été retirées mardi.")) == ["2026-01-13 platform_action"]
    assert happened(read("Les barrières ont été retirées mardi.")) == []


def test_a_count_of_a_short_time_is_the_deed(read: Read) -> None:
    assert happened(read("La plateforme a retiré 300 vidéos la semaine dernière.")) == [
        "2026-01-05/2026-01-11 platform_action"
    ]
    assert happened(read("La plateforme a retiré 3 millions de vidéos en 2025.")) == ["2025 statistic"]


def test_who_only_announces_a_deed_behind_it_makes_no_statement(read: Read) -> None:
    assert happened(read("Deux hommes sont en fuite, a annoncé mardi l'Arcom.")) == []
    assert happened(read("« C'est grave », a annoncé mardi Anne Delorme.")) == ["2026-01-13 statement"]
