"""Questions of senators: one CSV whose encoding, separator and columns vary."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.sources import fr_senat_questions
from data.errors import BlockedError, SourceError
from data.models import ActorRecord, ItemRecord, Record, Rejected, Unknown
from tests.collectors.sources.helpers import fixture, of, response, source

URL = "https://data.senat.fr/data/questions/questions-depuis-un-an.csv"
TABLE = fixture("fr_senat", "questions-depuis-un-an.csv")


def parsed(body: bytes = TABLE) -> list[Record]:
    return list(fr_senat_questions.parse(response(URL, body), source("fr-senat", "fr-senat-questions")))


def item(external_id: str, body: bytes = TABLE) -> ItemRecord:
    (found,) = [one for one in of(ItemRecord, parsed(body)) if one.external_id == external_id]
    return found


def test_question_is_known_by_the_number_of_its_page() -> None:
    ids = [one.external_id for one in of(ItemRecord, parsed())]
    assert ids == ["SEQ260107462", "SEQ26020151G", "SEQ251106001", "QX-00009"]


def test_question_has_its_title_day_and_text_without_markup() -> None:
    found = item("SEQ260107462")
    assert found.kind == "question"
    assert found.title == "Interdiction des fonctions de dénudage par intelligence artificielle"
    assert (found.published_on, found.published_said) == (date(2026, 1, 29), "29/01/2026")
    assert found.url == "https://www.senat.fr/questions/base/2026/qSEQ260107462.html"
    assert found.text.startswith("M. Alexandre Basquin demande")
    assert "<" not in found.text and "&" not in found.text


def test_senator_asks_and_the_ministry_is_asked() -> None:
    asker, ministry = item("SEQ260107462").actors
    assert asker == ActorRecord(
        "Alexandre Basquin", "person", "fr", role="questioner", organisation="Sénat", party="CRCE-K"
    )
    assert (ministry.name, ministry.kind, ministry.role) == (
        "Intelligence artificielle et numérique",
        "government",
        "respondent",
    )


def test_question_without_answer_is_only_asked() -> None:
    (asked,) = item("SEQ260107462").events
    assert (asked.type, asked.when.iso(), asked.external_id) == (
        "question_asked",
        "2026-01-29",
        "SEQ260107462:asked",
    )
    assert asked.title.startswith("Question écrite n° 07462 : Interdiction")


def test_answered_question_says_when_and_by_whom() -> None:
    asked, answered = item("SEQ251106001").events
    assert (asked.when.iso(), answered.when.iso()) == ("2025-11-20", "2026-03-12")
    assert answered.type == "question_answered"
    assert (answered.actors[0].name, asked.actors[1].name) == ("Numérique", "Culture")


def test_date_with_a_null_time_is_the_day_as_written() -> None:
    found = item("SEQ26020151G")
    assert [event.when.iso() for event in found.events] == ["2026-02-04", "2026-02-04"]
    assert found.events[0].title.startswith("Question d'actualité au Gouvernement n° 0151G")


def test_cell_with_separator_quotes_and_line_break_stays_whole() -> None:
    found = item("SEQ251106001")
    assert found.title == "Marquage des contenus; images générées"
    assert found.text == 'Texte d\'essai, avec "guillemets"\net un saut de ligne.'


def test_unknown_nature_is_named_and_the_question_kept_without_a_bad_link() -> None:
    assert of(Unknown, parsed()) == [Unknown("Nature", "QX", "QX-00009")]
    assert (item("QX-00009").url, len(item("QX-00009").events)) == ("", 1)


def test_row_without_a_date_is_rejected_and_the_rest_lands() -> None:
    (rejected,) = of(Rejected, parsed())
    assert rejected.locator == "SEQ251106002"
    assert "bientôt" in rejected.reason


def test_answer_before_the_question_is_not_believed() -> None:
    body = TABLE.replace(b"12/03/2026", b"12/03/2024")
    assert [event.type for event in item("SEQ251106001", body).events] == ["question_asked"]
    assert Unknown("Date de réponse JO", "12/03/2024", "SEQ251106001") in parsed(body)


def test_utf8_with_a_mark_reads_as_cp1252_does() -> None:
    assert parsed(b"\xef\xbb\xbf" + TABLE.decode("cp1252").encode()) == parsed()


@pytest.mark.parametrize("separator", [b",", b"\t", b"|"])
def test_separator_is_read_off_the_header(separator: bytes) -> None:
    head = b"Nature;Titre;Num\xe9ro;Date de publication JO;URL Question\r\nQE;Un titre;00001;29/01/2026;\r\n"
    found = of(ItemRecord, parsed(b"sep=;\r\n".replace(b";", separator) + head.replace(b";", separator)))
    assert [(one.external_id, one.title) for one in found] == [("QE-00001", "Un titre")]


def test_matricule_is_the_senators_identifier_where_a_column_gives_it() -> None:
    head = b"Nature;Titre;Numero;Date de publication JO;Nom;Prenom;Matricule\nQE;T;1;29/01/2026;N;P;14133K\n"
    (found,) = of(ItemRecord, parsed(head))
    assert [(i.scheme, i.value) for i in found.actors[0].identifiers] == [("fr.senat", "14133K")]


def test_short_row_is_rejected_not_guessed() -> None:
    body = b"Nature;Titre;Numero;Date de publication JO\nQE;T;1;29/01/2026\nQE;T\n"
    assert [type(one).__name__ for one in parsed(body)] == ["ItemRecord", "Rejected"]


def test_page_for_humans_is_blocked() -> None:
    with pytest.raises(BlockedError):
        parsed(b"<!doctype html><html></html>")


@pytest.mark.parametrize("body", [b"", b"% only a comment\n", b"Nom;Prenom\nA;B\n", TABLE.split(b"\r\nS")[0]])
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parsed(body)


def test_table_with_columns_but_no_question_is_refused() -> None:
    with pytest.raises(SourceError, match="without any question"):
        parsed(b"Nature;Titre;Numero;Date de publication JO\r\n")
