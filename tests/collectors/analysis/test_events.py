from __future__ import annotations

import pytest

from collectors.analysis.clauses import sentences
from tests.collectors.analysis.conftest import Read


def happened(reading) -> list[str]:  # type: ignore[no-untyped-def]
    return [f"{event.when.iso()} {event.type}" for event in reading.events]


def test_date_in_the_name_of_a_law_is_no_event(read: Read) -> None:
    assert happened(read("Il renvoie à la loi n° 2004-575 du 21 juin 2004 pour la confiance.")) == []


def test_what_a_law_did_dates_it(read: Read) -> None:
    assert happened(read("La loi n° 2024-449 du 21 mai 2024 a créé l'article 226-8-1 du code pénal.")) == [
        "2024-05-21 law_signed"
    ]


def test_verb_of_saying_uses_up_its_weekday(read: Read) -> None:
    text = "Le parquet de Paris a perquisitionné le siège le 5 janvier, a indiqué mercredi la police."
    assert happened(read(text)) == ["2026-01-05 search_summons"]


def test_two_dates_take_two_triggers(read: Read) -> None:
    text = "The inquiry was opened in January last year and was broadened in July."
    assert happened(read(text, "en")) == ["2025-01 investigation_opened", "2025-07 investigation_opened"]


def test_future_date_is_scheduled(read: Read) -> None:
    event = read("Le texte entre en vigueur le 1er mars 2026.").events[0]
    assert (event.type, event.status) == ("law_in_force", "scheduled")
    assert read("Le texte est entré en vigueur le 1er mars 2024.").events[0].status == "occurred"


def test_adoption_at_first_reading_is_an_adoption(read: Read) -> None:
    assert happened(read("Le Sénat a adopté le texte en première lecture le 13 janvier 2026.")) == [
        "2026-01-13 bill_adopted"
    ]


def test_deadline_belongs_to_its_preposition(read: Read) -> None:
    text = "Le Sénat a interrogé hier le ministère, qui doit répondre avant le 3 février."
    assert happened(read(text)) == ["2026-01-14 question_asked", "2026-02-03 deadline"]


def test_also_carries_the_date_of_the_sentence_before(read: Read) -> None:
    text = "Anne Delorme a saisi la justice vendredi. L'Arcom a également saisi le parquet de Paris."
    assert happened(read(text)) == ["2026-01-09 referral", "2026-01-09 referral"]


def test_sitting_dates_its_own_votes(read: Read) -> None:
    text = "L'amendement n° 12 est adopté par le Sénat."
    assert happened(read(text, kind="parliament_record")) == ["2026-01-15 bill_adopted"]
    assert happened(read(text)) == []


def test_statement_needs_a_named_speaker(read: Read) -> None:
    assert happened(read("On a réclamé le 3 janvier une loi.")) == []
    assert happened(read("Anne Delorme a réclamé le 3 janvier une loi.")) == ["2026-01-03 statement"]
    owner = "On 5 January the group called for supporters to meet over Prime Minister Jo Roe's handling of deepfakes."
    assert happened(read(owner, "en")) == []


def test_text_off_the_subject_has_no_events(small_reader) -> None:  # type: ignore[no-untyped-def]
    from tests.collectors.analysis.conftest import document

    reading = small_reader.read(document("Le Sénat a adopté mardi la loi sur l'intelligence artificielle."))
    assert (reading.relevant, reading.events) == (False, ())


def test_actors_are_those_of_the_clause(read: Read) -> None:
    event = read("Le 2 janvier, Anne Delorme a saisi l'Arcom ; Twitter se tait.").events[0]
    assert event.actors == ("fr-anne-delorme", "fr-arcom")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "A judge struck down the law on January 6.", "2026-01-06 court_ruling"),
        ("en", "The bill was signed into law on December 1, 2025.", "2025-12-01 law_signed"),
        ("de", "Die Partei hat am Montag Strafanzeige erstattet.", "2026-01-12 referral"),
        ("it", "Il Garante ha ordinato ieri il blocco del sito.", "2026-01-14 fine_sanction"),
        ("es", "El tribunal condenó el lunes a un hombre.", "2026-01-12 court_ruling"),
        ("da", "Politiet anholdt en mand i går.", "2026-01-14 search_summons"),
        ("fr", "Une étude publiée le 5 janvier compte ces images.", "2026-01-05 study_published"),
    ],
)
def test_triggers_by_language(read: Read, lang: str, text: str, expected: str) -> None:
    assert happened(read(text, lang)) == [expected]


def test_stance_needs_a_subject_and_no_negation(read: Read) -> None:
    assert [(s.actor, s.stance) for s in read("Anne Delorme (PS) réclame une interdiction.").stances] == [
        ("fr-anne-delorme", "calls_for")
    ]
    assert read("Anne Delorme ne réclame pas une interdiction.").stances == ()
    assert read("On réclame une interdiction.").stances == ()


def test_what_follows_the_reported_deed_is_of_the_month_of_publication(read: Read) -> None:
    text = "À la suite de cette initiative, Anne Delorme a saisi l'Arcom de ces contenus."
    assert happened(read(text)) == ["2026-01 referral"]
    assert happened(read("À la suite de cette initiative, une habitante a saisi la justice.")) == [], "nobody known"
    assert happened(read("Anne Delorme a saisi l'Arcom de ces contenus.")) == [], "no day, no order"


def test_who_did_what_a_deed_follows_has_no_part_in_it(read: Read) -> None:
    text = "Dans le sillage de l'initiative d'Anne Delorme, la ministre Clara Chappaz a émis un signalement à l'Arcom."
    (event,) = read(text).events
    assert not [name for name in event.actors if "elorme" in name]
    assert [name for name in event.actors if "happaz" in name]


def test_a_statement_is_that_of_who_speaks_before_the_quoted_words(read: Read) -> None:
    quoted = "« Nous corrigeons ces défauts de toute urgence et nous en rendrons compte »"
    behind = "devant les représentants des associations, des familles et des écoles qui l'avaient demandé"
    found = read(f"Réponse de l'Arcom : {quoted}, a fait savoir l'autorité le 2 janvier {behind} {behind}.").events
    assert [(e.type, e.actors, "Arcom" in e.quote) for e in found] == [("statement", ("fr-arcom",), False)]


def test_a_sentence_may_end_with_the_platform_named_by_one_letter():
    text = "Des images sont diffusées sur X. L'article 226-8-1 les punit. M. X. Durand le rappelle."
    assert [text[start:end] for start, end in sentences(text)] == [
        "Des images sont diffusées sur X.", "L'article 226-8-1 les punit.", "M. X. Durand le rappelle.",
    ]  # fmt: skip


def test_dates_that_stand_crosswise_each_take_their_own_trigger(read: Read) -> None:
    text = "Un faux enregistrement avait inondé le réseau la veille des élections communales du 12 octobre 2025."
    assert happened(read(text)) == ["2025-10-11 incident", "2025-10-12 election"]


def test_what_spread_since_a_day_began_on_it(read: Read) -> None:
    assert happened(read("De fausses vidéos circulent sur Facebook depuis le 5 janvier.")) == ["2026-01-05 incident"]
    assert happened(read("Ce délit est punissable depuis le 5 janvier 2026.")) == ["2026-01-05 law_in_force"]
    assert happened(read("Esos vídeos falsos circulan desde el 5 de enero.", "es")) == ["2026-01-05 incident"]


def test_a_count_is_one_of_a_period(read: Read) -> None:
    assert happened(read("La vidéo montrait le 5 janvier 300 comptes.")) == []
    assert happened(read("La police a recensé 300 cas en 2025.")) == ["2025 statistic"]


def test_no_statement_is_of_a_day_to_come(read: Read) -> None:
    text = "La question sera tranchée le 20 février, rappelle Anne Delorme."
    assert happened(read(text)) == []


def test_a_phrase_that_opens_a_sentence_dates_its_main_verb(read: Read) -> None:
    text = (
        "Réunie le 4 décembre 2025, la formation restreinte de la Commission nationale de l'informatique et des "
        "libertés (CNIL) a prononcé une amende."
    )
    assert happened(read(text)) == ["2025-12-04 fine_sanction"]


def test_a_firm_suspends_by_itself_unless_an_authority_does(read: Read) -> None:
    assert happened(read("L'éditeur a suspendu ce service le 5 janvier.")) == ["2026-01-05 platform_action"]
    assert happened(read("L'Arcom a suspendu ce service le 5 janvier.")) == ["2026-01-05 fine_sanction"]


def test_the_heading_of_a_record_dates_what_was_done_at_the_sitting(read: Read) -> None:
    text = (
        "Réunion du mercredi 7 janvier 2026\n\n"
        "La commission des lois examine la proposition de loi n° 12.\n\n"
        "La commission rejette l'amendement CL3.\n\n"
        "Elle adopte l'article 2 modifié.\n\n"
        "Puis elle adopte l'ensemble de la proposition de loi."
    )
    assert happened(read(text, kind="parliament_record")) == [
        "2026-01-07 bill_reading",
        "2026-01-07 committee_vote",
        "2026-01-07 committee_vote",
    ]
    assert happened(read(text)) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "C'est la deuxième plainte, après celle déposée le 12 décembre.", ["2025-12-12 referral"]),
        ("fr", "La proposition de loi a été déposée le 12 décembre.", ["2025-12-12 bill_tabled"]),
        ("fr", "La question, déposée le 12 décembre, attend sa réponse.", ["2025-12-12 question_asked"]),
        ("it", "La querela fu presentata il 12 dicembre.", ["2025-12-12 referral"]),
        ("it", "La proposta di legge è stata presentata il 12 dicembre.", ["2025-12-12 bill_tabled"]),
    ],
)
def test_what_was_handed_in_says_the_noun_nearest_to_the_verb(
    read: Read, lang: str, text: str, expected: list[str]
) -> None:
    assert happened(read(text, lang)) == expected


def test_a_date_of_somebodys_life_is_no_event_and_no_other_verbs(read: Read) -> None:
    assert happened(read("Née en 1990, Anne Delorme a saisi l'Arcom.")) == []
    assert happened(read("Nato nel 1988, ha denunciato il sito.", "it")) == []


def test_what_another_did_next_is_the_deed_before_it(read: Read) -> None:
    text = "L'Indonésie a bloqué samedi l'accès au service, suivie dimanche par la Malaisie."
    assert happened(read(text)) == ["2026-01-10 fine_sanction", "2026-01-11 fine_sanction"]
    assert happened(read("Une fête suivie dimanche par un bal.")) == []


def test_what_a_judge_orders_is_a_ruling(read: Read) -> None:
    assert happened(read("Le juge des référés a ordonné le 2 janvier le retrait de la vidéo.")) == [
        "2026-01-02 court_ruling"
    ]
    assert happened(read("L'Arcom a ordonné le 2 janvier le retrait de la vidéo.")) == ["2026-01-02 fine_sanction"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Le suspect a été placé vendredi en garde à vue.", ["2026-01-09 search_summons"]),
        ("fr", "Elle a ouvert, le 5 janvier, une procédure formelle.", ["2026-01-05 investigation_opened"]),
        ("fr", "Le rapport a été rendu mardi public.", ["2026-01-13 study_published"]),
        ("fr", "Le texte sera inscrit le 3 février à l'ordre du jour.", ["2026-02-03 bill_reading"]),
    ],
)
def test_a_date_may_part_the_words_of_a_deed(read: Read, lang: str, text: str, expected: list[str]) -> None:
    assert happened(read(text, lang)) == expected


def test_who_announces_a_deed_does_it(read: Read) -> None:
    assert happened(read("L'Arcom a annoncé lundi l'ouverture d'une enquête sur ce service.")) == [
        "2026-01-12 investigation_opened"
    ]
    assert happened(read("Anne Delorme a annoncé lundi que les travaux reprendraient.")) == ["2026-01-12 statement"]


def test_a_counted_vote_is_one_of_a_chamber(read: Read) -> None:
    text = "Le National a rejeté mardi, par 111 voix contre 70, une motion d'Anne Delorme (PS)."
    assert happened(read(text)) == ["2026-01-13 bill_rejected"]


def test_a_day_that_closes_a_clause_is_of_that_clause(read: Read) -> None:
    text = "A woman who was cheated of her savings in February, has tabled her own petition about deepfakes."
    assert happened(read(text, "en")) == ["2025-02 incident"]


def test_an_english_perfect_takes_no_day_that_is_over(read: Read) -> None:
    text = "The regulator, which sent a letter to the firm on 5 January, has opened an investigation."
    assert happened(read(text, "en")) == ["2026-01-05 regulator_contact"]


def test_the_day_of_the_telling_is_not_the_day_of_what_would_be_done(read: Read) -> None:
    assert happened(read("The clerk said on Tuesday that the firm would be fined.", "en")) == []
    assert happened(read("The clerk said on Tuesday that it had fined the firm.", "en")) == ["2026-01-13 fine_sanction"]


def test_a_day_in_quoted_words_is_not_of_the_verb_outside(read: Read) -> None:
    text = '"It has been the third time since 4 January," says the group, which wants fines.'
    assert happened(read(text, "en")) == []


def test_days_counted_from_another_day_keep_to_their_own_verb(read: Read) -> None:
    text = "A fake recording circulated two days before the municipal vote of Oct. 19, 2024."
    assert happened(read(text, "en")) == ["2024-10-17 incident", "2024-10-19 election"]
    text = "The regulator sent letters to twelve firms on Monday, a day after the duty became enforceable."
    assert happened(read(text, "en")) == ["2026-01-12 regulator_contact", "2026-01-11 law_in_force"]


def test_a_count_since_a_day_lasts_until_publication(read: Read) -> None:
    assert happened(read("The police has counted 31 cases since Dec. 1.", "en")) == ["2025-12-01/2026-01-15 statistic"]
