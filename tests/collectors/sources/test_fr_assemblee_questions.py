"""Questions of deputies, written and to the Government."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from collectors.sources import fr_assemblee_questions
from data.errors import BlockedError, SourceError
from data.models import EventRecord, Identifier, ItemRecord, Record, Rejected, Unknown
from tests.collectors.sources.helpers import of, response, source
from tests.fixtures.replay_assemblee import BASE, GOVERNMENT, WRITTEN, archive, folder

NIL = {"@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:nil": "true"}


def parsed(body: bytes, path: str = WRITTEN) -> list[Record]:
    reader = source(
        "fr", "fr-assemblee-questions-ecrites" if path == WRITTEN else "fr-assemblee-questions-gouvernement"
    )
    return list(fr_assemblee_questions.parse(response(f"{BASE}/{path}", body), reader))


def item(uid: str) -> ItemRecord:
    name, path = ("questions_gouvernement", GOVERNMENT) if "QG" in uid else ("questions_ecrites", WRITTEN)
    (found,) = [one for one in of(ItemRecord, parsed(archive(folder(name)), path)) if one.external_id == uid]
    return found


def event(record: ItemRecord, kind: str) -> EventRecord:
    (found,) = [one for one in record.events if one.type == kind]
    return found


def changed(**fields: Any) -> list[Record]:
    """The answered written question with some of its fields replaced."""
    (body,) = [content for name, content in folder("questions_ecrites") if "90001" in name]
    value = json.loads(body)
    value["question"].update(fields)
    return parsed(archive([("q.json", json.dumps(value).encode())]))


def test_written_question_has_its_title_address_and_day() -> None:
    question = item("QANR5L17QE90001")
    assert question.title == "internet : Hypertrucages à caractère sexuel"
    assert question.url == "https://www.assemblee-nationale.fr/dyn/17/questions/QANR5L17QE90001"
    assert (question.published_on, question.published_quality) == (date(2026, 1, 27), "date")
    assert (question.kind, question.lang, question.published_at) == ("question", "fr", "")


def test_text_of_question_and_answer_is_plain() -> None:
    text = item("QANR5L17QE90001").text
    assert "services qui dénudent des personnes" in text
    assert "La loi n° 2024-449 punit déjà ces montages." in text
    assert "<" not in text and "&" not in text


def test_answered_question_was_asked_and_answered() -> None:
    question = item("QANR5L17QE90001")
    asked, answered = event(question, "question_asked"), event(question, "question_answered")
    assert (asked.when.iso(), answered.when.iso()) == ("2026-01-27", "2026-05-12")
    assert asked.title == "Question écrite n° 90001 : internet : Hypertrucages à caractère sexuel"
    assert answered.title.startswith("Réponse à la question écrite n° 90001 : ")
    assert asked.external_id != answered.external_id


def test_question_without_answer_has_no_answered_event() -> None:
    assert [one.type for one in item("QANR5L17QE90002").events] == ["question_asked"]


def test_closing_without_answer_is_no_answer() -> None:
    (question,) = of(
        ItemRecord, changed(textesReponse=NIL, cloture={"codeCloture": "FIN_MAN", "dateCloture": "2026-06-01"})
    )
    assert [one.type for one in question.events] == ["question_asked"]


def test_answer_without_a_day_takes_that_of_its_closing_by_an_answer_only() -> None:
    answer = {"texteReponse": {"infoJO": NIL, "texte": "Une réponse."}}
    (closed,) = of(ItemRecord, changed(textesReponse=answer))
    assert event(closed, "question_answered").when.iso() == "2026-05-12"
    (open_still,) = of(ItemRecord, changed(textesReponse=answer, cloture=NIL))
    assert [one.type for one in open_still.events] == ["question_asked"]


def test_rectified_question_keeps_its_first_day_and_both_texts() -> None:
    question = item("QANR5L17QE90002")
    assert question.published_on == date(2026, 3, 3)
    assert "étiquetage des images" in question.text and "images et sons" in question.text


def test_asker_is_known_by_identifier_and_group() -> None:
    asker = item("QANR5L17QE90001").actors[0]
    assert (asker.name, asker.role, asker.identifiers) == ("", "questioner", (Identifier("fr.an", "PA999001"),))
    assert asker.party == "Libertés, Indépendants, Outre-mer et Territoires"


def test_answer_is_that_of_the_last_ministry_in_charge() -> None:
    question = item("QANR5L17QE90001")
    asked = [one for one in event(question, "question_asked").actors if one.role == "respondent"]
    answered = [one for one in event(question, "question_answered").actors if one.role == "respondent"]
    assert [(a.name, a.kind, a.identifiers) for a in asked] == [
        ("Ministère délégué chargé du numérique", "government", (Identifier("fr.an", "PO999001"),))
    ]
    assert [(a.name, a.identifiers) for a in answered] == [("Ministère de la justice", ())]


def test_question_to_the_government_has_the_day_of_its_minutes() -> None:
    question = item("QANR5L17QG90003")
    assert question.title == "numérique : plateformes : Régulation des plateformes"
    assert question.published_on == date(2026, 1, 14)
    assert [(one.type, one.when.iso()) for one in question.events] == [
        ("question_asked", "2026-01-14"),
        ("question_answered", "2026-01-14"),
    ]
    assert event(question, "question_asked").title.startswith("Question au Gouvernement n° 90003 : ")
    assert "Le Gouvernement agira" in question.text


def test_question_without_any_day_is_kept_without_event() -> None:
    (question,) = of(ItemRecord, changed(textesQuestion=NIL, minAttribs=NIL, textesReponse=NIL))
    assert (question.published_on, question.published_quality, question.events) == (None, "unknown", ())


def test_nil_index_leaves_the_official_number_as_title() -> None:
    (question,) = of(ItemRecord, changed(indexationAN=NIL))
    assert question.title == "Question écrite n° 90001"


def test_kind_of_question_that_no_table_has_is_named() -> None:
    records = changed(uid="QANR5L17QX7")
    assert of(Unknown, records) == [Unknown("question type", "QX", "QANR5L17QX7")]
    assert len(of(ItemRecord, records)) == 1


def test_member_without_identifier_is_rejected_and_the_rest_lands() -> None:
    members = [
        *folder("questions_ecrites"),
        ("bad.json", b'{"question": {"uid": "../x"}}'),
        ("x.json", b'{"other": 1}'),
    ]
    records = parsed(archive(members))
    assert [one.locator for one in of(Rejected, records)] == ["bad.json", "x.json"]
    assert len(of(ItemRecord, records)) == 2


def test_archive_without_questions_is_refused_and_a_page_is_blocked() -> None:
    with pytest.raises(SourceError):
        parsed(archive([("x.json", b'{"document": {}}')]))
    with pytest.raises(BlockedError):
        parsed(b"<html><body>Maintenance</body></html>")
