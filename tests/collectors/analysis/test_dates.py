from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.analysis.dates import find_dates
from collectors.analysis.lexicon import LANGUAGES
from collectors.analysis.normalise import normalise

WEDNESDAY = date(2025, 11, 19)


def isos(text: str, lang: str, published: date = WEDNESDAY, american: bool = False) -> list[str]:
    return [span.when.iso() for span in find_dates(normalise(text), lang, published, american)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "saisi mercredi", "2025-11-19"),
        ("fr", "saisi jeudi", "2025-11-13"),
        ("fr", "jugé jeudi prochain", "2025-11-20"),
        ("fr", "ce jeudi", "2025-11-13"),
        ("en", "said on Monday", "2025-11-17"),
        ("en", "a hearing is scheduled for Friday", "2025-11-21"),
        ("en", "last Wednesday", "2025-11-12"),
        ("de", "am vergangenen Freitag", "2025-11-14"),
        ("de", "am kommenden Montag", "2025-11-24"),
        ("it", "lunedì scorso", "2025-11-17"),
        ("es", "el pasado martes", "2025-11-18"),
        ("da", "sidste fredag", "2025-11-14"),
    ],
)
def test_weekday_is_the_latest_unless_the_words_point_forward(lang: str, text: str, expected: str) -> None:
    assert isos(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The bill passed the House on Tuesday and would take effect next year", "2025-11-18"),
        ("fr", "Le texte adopté mardi sera examiné au Sénat", "2025-11-18"),
        ("de", "Der Entwurf wurde am Dienstag beschlossen und soll bald gelten", "2025-11-18"),
    ],
)
def test_a_future_that_follows_a_past_verb_leaves_its_day_in_the_past(lang: str, text: str, expected: str) -> None:
    assert isos(text, lang)[0] == expected


def test_weekday_in_the_span_fixes_the_year() -> None:
    assert isos("le jeudi 11 décembre", "fr") == ["2025-12-11"]
    assert isos("on Friday 12 December", "en", date(2026, 1, 5)) == ["2025-12-12"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "entre le 3 et le 14 octobre", "2025-10-03/2025-10-14"),
        ("fr", "du 25 décembre au 1er janvier", "2024-12-25/2025-01-01"),
        ("en", "between 3 and 14 October 2025", "2025-10-03/2025-10-14"),
        ("en", "January 5-9, 2026", "2026-01-05/2026-01-09"),
        ("de", "vom 3. bis zum 14. Oktober 2025", "2025-10-03/2025-10-14"),
        ("it", "dal 3 al 14 ottobre", "2025-10-03/2025-10-14"),
        ("es", "entre el 3 y el 14 de octubre", "2025-10-03/2025-10-14"),
        ("fr", "au premier semestre 2025", "2025-01-01/2025-06-30"),
        ("en", "the second half of 2024", "2024-07-01/2024-12-31"),
        ("fr", "la semaine dernière", "2025-11-10/2025-11-16"),
    ],
)
def test_intervals_stay_intervals(lang: str, text: str, expected: str) -> None:
    assert isos(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "le mois dernier", "2025-10"),
        ("fr", "en décembre", "2024-12"),
        ("fr", "le texte sera examiné en décembre", "2025-12"),
        ("en", "last May", "2025-05"),
        ("en", "March last year", "2024-03"),
        ("de", "im Juli", "2025-07"),
        ("es", "en enero de 2026", "2026-01"),
        ("fr", "en 2024", "2024"),
    ],
)
def test_month_and_year_never_gain_a_day(lang: str, text: str, expected: str) -> None:
    assert isos(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "trois ans de prison et 75 000 euros"),
        ("fr", "par 212 voix contre 178, soit 10 %"),
        ("en", "they may march on"),
        ("en", "aged 25, he lost 409 - 2"),
        ("de", "10 Jahre Haft, Artikel 5"),
        ("es", "mañana de"),
    ],
)
def test_durations_votes_and_verbs_are_no_dates(lang: str, text: str) -> None:
    assert isos(text, lang) == []


def test_slashes_follow_the_country() -> None:
    assert isos("on 03/04/2025", "en") == ["2025-04-03"]
    assert isos("on 03/04/2025", "en", american=True) == ["2025-03-04"]
    assert isos("on 01/16/2025", "en") == ["2025-01-16"]


def test_impossible_day_is_no_date() -> None:
    assert isos("le 31 février 2025 et le 45/13/2025", "fr") == []


def test_same_day_takes_the_date_before_it() -> None:
    assert isos("Saisi le 3 novembre, il a répondu le jour même.", "fr") == ["2025-11-03", "2025-11-03"]


def test_the_finer_of_two_touching_expressions_counts() -> None:
    assert isos("a week earlier, on Monday 10 November", "en") == ["2025-11-10"]


def test_days_ago_are_counted_back() -> None:
    assert isos("il y a dix jours", "fr") == ["2025-11-09"]
    assert isos("two months ago", "en") == ["2025-09"]


@given(st.text(), st.sampled_from(LANGUAGES), st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_any_text_gives_spans_inside_it(text: str, lang: str, published: date) -> None:
    for span in find_dates(normalise(text), lang, published):
        assert 0 <= span.start < span.end <= len(text)
        assert span.when.start <= span.when.end


@given(
    st.lists(
        st.sampled_from(["le 31", "février", "lundi", "2024", "29 février 2023", "en mai", "du 3 au 2", "hier", ","]),
        max_size=8,
    ),
    st.dates(date(1970, 1, 1), date(2100, 1, 1)),
)
def test_heaps_of_date_words_never_break_it(words: list[str], published: date) -> None:
    text = " ".join(words)
    assert all(span.when.start <= span.when.end for span in find_dates(text, "fr", published))


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Elle a parlé le 4 novembre ; il a répondu le lendemain", ["2025-11-04", "2025-11-05"]),
        ("fr", "repérée le 28 octobre, quarante-huit heures plus tard reprise", ["2025-10-28", "2025-10-30"]),
        ("fr", "le site fermé le 3 octobre\n\nTrois jours plus tard, il rouvrait", ["2025-10-03", "2025-10-06"]),
        ("fr", "la veille des élections locales du 13 octobre 2024", ["2024-10-12", "2024-10-13"]),
        ("fr", "le lendemain de la rentrée, soit le 4 novembre", ["2025-11-04"]),
        (
            "fr",
            "Adopté mardi.\n\nLe 3 mars 2024 déjà.\n\nLa veille, elle l'avait lu",
            ["2025-11-18", "2024-03-03", "2025-11-17"],
        ),
        ("fr", "soit 60 % de plus qu'un an plus tôt", []),
        ("fr", "la veille, elle l'avait lu", []),
        ("it", "denunciato il 14 ottobre, due giorni dopo aver scoperto il video", ["2025-10-14", "2025-10-12"]),
        ("it", "il voto del 12 ottobre. Due giorni dopo il voto è stato chiuso", ["2025-10-12", "2025-10-14"]),
        ("es", "cerró el 3 de octubre y volvió al día siguiente", ["2025-10-03", "2025-10-04"]),
        ("fr", "moins de deux jours après avoir ouvert, le 6 octobre, une enquête", ["2025-10-06"]),
    ],
)
def test_dates_that_lean_on_another_date_of_the_text(lang: str, text: str, expected: list[str]) -> None:
    assert isos(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "à livrer d'ici fin mars", "2026-03-31"),
        ("fr", "avant la fin du mois", "2025-11-30"),
        ("it", "entro la fine di marzo", "2026-03-31"),
        ("es", "antes de finales de marzo", "2026-03-31"),
        ("fr", "examiné fin octobre", "2025-10"),
        ("fr", "dans la semaine du 24 novembre", "2025-11-24/2025-11-30"),
        ("it", "nei primi nove mesi dell'anno", "2025-01-01/2025-09-30"),
        ("es", "en los primeros nueve meses de 2024", "2024-01-01/2024-09-30"),
        ("fr", "publiée au quatrième trimestre", "2025-10-01/2025-12-31"),
        ("es", "pasará al pleno en el primer trimestre", "2026-01-01/2026-03-31"),
        ("fr", "à l'approche des élections municipales du 15 mars", "2026-03-15"),
        ("fr", "depuis les élections municipales du 30 septembre", "2025-09-30"),
        ("it", "a due settimane dalle elezioni regionali del 7 dicembre", "2025-12-07"),
        ("fr", "réunis le week-end dernier", "2025-11-15/2025-11-16"),
        ("es", "responderá dentro de diez días", "2025-11-29"),
    ],
)
def test_ends_of_months_parts_of_years_and_days_fixed_long_before(lang: str, text: str, expected: str) -> None:
    assert expected in isos(text, lang)


def test_an_interval_told_after_a_weekday_says_nothing_of_it() -> None:
    assert isos("Selon l'étude rendue publique mardi et menée du 12 au 23 juin", "fr")[0] == "2025-11-18"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 2 September the government said that it would act", "2025-09-02"),
        ("It takes effect 90 days after the session, on 27 July", "2026-07-27"),
        ("A hearing on 12 December on the amended bill is expected", "2025-12-12"),
    ],
)
def test_a_year_left_out_follows_the_first_verb_and_the_clause_before_a_lone_day(text: str, expected: str) -> None:
    assert isos(text, "en") == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Le décret attendu depuis un an a enfin été publié dimanche", ["2025-11-16"]),
        ("fr", "l'autorité avait laissé à l'éditeur jusqu'au 31 octobre", ["2025-10-31"]),
        ("fr", "Le décret sera publié dimanche", ["2025-11-23"]),
        ("it", "Il decreto previsto da un anno è stato pubblicato domenica", ["2025-11-16"]),
        ("es", "El decreto previsto desde hace un año ha sido publicado el domingo", ["2025-11-16"]),
    ],
)
def test_the_verb_right_before_a_day_tells_more_than_a_cue_further_off(
    lang: str, text: str, expected: list[str]
) -> None:
    assert [iso for iso in isos(text, lang) if len(iso) == 10] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "Trois jours avant le scrutin du 16 novembre", ["2025-11-13"]),
        ("it", "Due giorni dopo il voto del 12 ottobre", ["2025-10-14"]),
        ("es", "Tres días antes de las elecciones del 9 de noviembre", ["2025-11-06"]),
        ("fr", "au cours des trois derniers mois de 2024", ["2024-10-01/2024-12-31"]),
        ("it", "in primavera", ["2025-03-01/2025-05-31"]),
        ("fr", "le texte a été adopté cet été", ["2025-06-01/2025-08-31"]),
        ("fr", "il a été adopté", []),
    ],
)
def test_days_counted_from_a_dated_noun_seasons_and_last_months(lang: str, text: str, expected: list[str]) -> None:
    assert isos(text, lang)[: len(expected) or None] == expected
