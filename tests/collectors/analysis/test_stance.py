"""Who is for or against: only where a verb says so of a named subject."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.analysis.reader import Reader
from collectors.analysis.reading import Document


def told(reader: Reader, text: str, lang: str = "en", kind: str = "news") -> list[tuple[str, str]]:
    document = Document("d", "Deepfakes: a bill", text, lang, date(2026, 1, 20), source_kind=kind)
    reading = reader.read(document)
    names = {m.actor_id or m.name: m.name for m in reading.mentions}
    return [(names[one.actor], one.stance) for one in reading.stances]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "The bill on deepfakes is opposed by Meta and TikTok. Ofcom welcomed it.", ("Ofcom", "supports")),
        ("en", "Ofcom urged lawmakers to pass the deepfake bill.", ("Ofcom", "supports")),
        ("en", "Ofcom urged platforms to remove deepfakes.", ("Ofcom", "calls_for")),
        ("fr", "La CNIL s'oppose à la loi sur les hypertrucages.", ("Commission nationale de l'informatique et des libertés", "opposes")),
        ("fr", "La députée Jeanne Corvalec plaide pour un étiquetage des deepfakes.", ("Jeanne Corvalec", "supports")),
        ("de", "Justizministerin Karla Winzig begrüßte das Gesetz gegen Deepfakes.", ("Karla Winzig", "supports")),
        ("de", "Die Bundesrechtsanwaltskammer lehnt das Deepfake-Gesetz als unklar ab.",
         ("Bundesrechtsanwaltskammer", "opposes")),
    ],
)  # fmt: skip
def test_a_named_subject_with_its_own_verb(curated_reader: Reader, lang: str, text: str, wanted: tuple[str, str]):
    assert wanted in told(curated_reader, text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ofcom did not oppose the deepfake bill."),
        ("en", "Asked whether Ofcom supported the deepfake bill, nobody answered."),
        ("fr", "La CNIL ne soutient pas la loi sur les deepfakes."),
        ("en", "Ofcom received a letter, and campaigners opposed the deepfake bill."),
    ],
)
def test_a_negation_a_condition_or_another_subject_is_no_stance(curated_reader: Reader, lang: str, text: str):
    assert told(curated_reader, text, lang) == []


def test_a_pronoun_means_the_one_person_of_the_sentence_before(curated_reader: Reader):
    text = "Technology Secretary Maud Pellinor told MPs about deepfakes. She said she would back the regulator."
    assert told(curated_reader, text) == [("Maud Pellinor", "supports")]


def test_a_pronoun_that_may_mean_two_persons_means_nobody(curated_reader: Reader):
    text = (
        "Technology Secretary Maud Pellinor met Home Secretary Ida Trelawney about deepfakes. "
        "She said she would back the regulator."
    )
    assert told(curated_reader, text) == []


def test_supporters_named_after_the_verb(curated_reader: Reader):
    text = "Supporters include the CNIL, Ofcom and Meta; the deepfake bill is backed by TikTok."
    assert {("Ofcom", "supports")} <= set(told(curated_reader, text))


def test_the_first_person_in_minutes_is_the_speaker(curated_reader: Reader):
    text = (
        "M. Léon Vaubert, ministre délégué. Nous proposons de punir la publication d'un hypertrucage sexuel.\n\n"
        "Mme Ida Corvalec. Je voterai contre cet amendement sur les deepfakes."
    )
    found = told(curated_reader, text, "fr", "parliament_record")
    assert found == [("Léon Vaubert", "supports"), ("Ida Corvalec", "opposes")]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("de", "Justizministerin Karla Winzig hat das Vorgehen der Bundesregierung gegen Deepfakes begrüßt.",
         [("Karla Winzig", "supports")]),
        ("de", "Sie wird von einer Gruppe um die Abgeordnete Karla Winzig unterstützt.", []),
        ("en", "As Ofcom stumbles in its pushes for change, others wait.", []),
    ],
)  # fmt: skip
def test_position_is_that_of_the_subject(
    curated_reader: Reader, lang: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert told(curated_reader, text, lang) == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "At Ofcom Bettina Quarles opposed the deepfake bill.", []),
        ("en", "Asked by Ofcom last week Ansgar Pellew criticised the deepfake bill.", []),
        ("en", "At Ofcom policy director Bettina Quarles opposed the deepfake bill.", [("Bettina Quarles", "opposes")]),
        ("fr", "Reçue à l'Arcom Ysaline Tervaud critique la loi sur les deepfakes.", []),
        ("fr", "Reçue à l'Arcom la députée Ysaline Tervaud critique la loi sur les deepfakes.",
         [("Ysaline Tervaud", "criticises")]),
        ("fr", "La CNIL, présidée par la juriste Ysaline Tervaud, critique la loi sur les deepfakes.",
         [("Commission nationale de l'informatique et des libertés", "criticises")]),
        ("de", "Vor dem Bundestag begrüßte Justizministerin Karla Winzig das Gesetz gegen Deepfakes.",
         [("Karla Winzig", "supports")]),
    ],
)  # fmt: skip
def test_a_name_between_is_the_subject_or_nobody_is(
    curated_reader: Reader, lang: str, text: str, wanted: list[tuple[str, str]]
):
    assert told(curated_reader, text, lang) == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("fr", "« Le texte arrive tard », fustige la députée Jeanne Corvalec à propos des deepfakes.",
         [("Jeanne Corvalec", "criticises")]),
        ("de", "Die Abgeordnete Karla Winzig, die das Gesetz gegen Deepfakes wegen seiner Unschärfe ablehnt, schwieg.",
         [("Karla Winzig", "opposes")]),
        ("en", "A report by Ofcom criticised the deepfake bill.", []),
        ("en", "An Ofcom spokesman criticised the deepfake bill.", []),
        ("en", "Ofcom was criticised over its deepfake rules.", []),
        ("en", "A campaigner who backs Ofcom denounced the deepfake bill.", []),
        ("fr", "Un rapport de l'Arcom préconise un marquage des deepfakes.", []),
        ("fr", "La députée Jeanne Corvalec, opposée au texte sur les deepfakes, a pris la parole.",
         [("Jeanne Corvalec", "opposes")]),
        ("it", "Contraria la deputata Ada Bresciani, che giudica la legge sui deepfake una resa.",
         [("Ada Bresciani", "opposes")]),
        ("en", "Ofcom fined the deepfake site and called for stronger powers.", [("Ofcom", "calls_for")]),
    ],
)  # fmt: skip
def test_whose_verb_it_is(curated_reader: Reader, lang: str, text: str, wanted: list[tuple[str, str]]) -> None:
    assert told(curated_reader, text, lang) == wanted


def test_a_pronoun_never_reaches_beyond_the_sentence_before(curated_reader: Reader):
    text = (
        "Technology Secretary Maud Pellinor told MPs about deepfakes. A long silence followed in the room. "
        "She said she would back the regulator."
    )
    assert told(curated_reader, text) == []


def test_words_in_a_quotation_are_those_of_its_speaker(curated_reader: Reader):
    text = "“We oppose this deepfake bill,” said Rep. Jane Dollery. “Meta backs it,” a reporter wrote."
    assert told(curated_reader, text) == [("Jane Dollery", "opposes")]


def test_the_floor_is_of_who_opens_the_line(curated_reader: Reader):
    text = (
        "Mme Ida Corvalec, rapporteure. Je vous propose d'étendre le délit d'hypertrucage.\n\n"
        "M. le président. Nous voterons contre ce texte à main levée.\n\n"
        "Mme la rapporteure. Avis défavorable."
    )
    found = told(curated_reader, text, "fr", "parliament_record")
    assert found == [("Ida Corvalec", "calls_for"), ("Ida Corvalec", "opposes")]


def test_a_company_in_a_row_of_supporters_is_not_told_apart(curated_reader: Reader):
    assert told(curated_reader, "The deepfake bill is backed by Ofcom and Meta.") == [("Ofcom", "supports")]
    assert told(curated_reader, "Meta backs the deepfake bill.") == [("Meta", "supports")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Critics of Sen. Amos Poe denounced the deepfake bill."),
        ("en", "Campaigners welcomed Ofcom's decision on deepfakes and urged companies to act."),
        ("fr", "Le groupe de la députée Jeanne Corvalec critique la loi sur les deepfakes."),
        ("de", "Kritiker werfen Justizministerin Karla Winzig Untätigkeit bei Deepfakes vor."),
    ],
)
def test_the_position_of_others_is_nobody_s_who_is_named(curated_reader: Reader, lang: str, text: str) -> None:
    assert told(curated_reader, text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Ofcom asked the company for information on deepfakes."),
        ("en", "Ofcom asked Meta to provide documents about deepfakes."),
        ("en", "Ofcom urged the public to report deepfakes."),
        ("en", "Ofcom rejected claims that it had ignored deepfakes."),
        ("en", "Rep. Jane Dollery is not opposed to the deepfake bill."),
        ("en", "Rep. Jane Dollery stopped short of backing the deepfake bill."),
        ("fr", "La CNIL réclame des documents à Meta sur ses deepfakes."),
        ("fr", "La CNIL demande à Meta de lui fournir des informations sur les deepfakes."),
        ("fr", "L'Arcom appelle les internautes à la prudence face aux deepfakes."),
        ("fr", "La CNIL conteste les faits reprochés sur les deepfakes."),
        ("de", "Die Abgeordnete Karla Winzig wies Vorwürfe wegen Deepfakes zurück."),
        ("it", "Il Garante contesta la violazione del regolamento per i deepfake."),
        ("es", "La diputada Elsa Monteagudo rechazó las acusaciones sobre deepfakes."),
        ("da", "Minister Birthe Skovgaard har ikke anbefalet et forbud mod deepfakes."),
    ],
)
def test_a_request_for_papers_a_call_on_the_public_or_a_denial_is_no_position(
    curated_reader: Reader, lang: str, text: str
) -> None:
    assert told(curated_reader, text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "Rep. Jane Dollery of the Labour Party criticised the deepfake bill.", [("Jane Dollery", "criticises")]),
        ("en", "The head of Ofcom, Rep. Jane Dollery, criticised the deepfake bill.", [("Jane Dollery", "criticises")]),
        ("en", "Rep. Jane Dollery tabled a motion on deepfakes, accusing ministers of delay.",
         [("Jane Dollery", "criticises")]),
        ("en", "Rep. Jane Dollery will not back the deepfake bill.", [("Jane Dollery", "opposes")]),
        ("en", "Rep. Jane Dollery backs the deepfake bill, and so does Sen. Amos Poe.",
         [("Amos Poe", "supports"), ("Jane Dollery", "supports")]),
        ("en", "Rep. Jane Dollery opposes the deepfake bill; Sen. Amos Poe does too.",
         [("Amos Poe", "opposes"), ("Jane Dollery", "opposes")]),
        ("en", "Rep. Jane Dollery read a deepfake aloud, and so does Sen. Amos Poe.", []),
        ("fr", "La CNIL va plus loin sur les deepfakes : elle exige une loi.",
         [("Commission nationale de l'informatique et des libertés", "calls_for")]),
        ("fr", "La CNIL a reçu Ysaline Tervaud après des deepfakes. Elle exige une loi.", []),
        ("fr", "La députée Jeanne Corvalec a voté contre la loi sur les deepfakes.", [("Jeanne Corvalec", "opposes")]),
        ("fr", "Le Sénat a voté contre la loi sur les deepfakes.", []),
        ("fr", "M. Léon Vaubert (LR) attire l'attention de Mme la ministre sur les deepfakes. Les plaintes ont doublé. "
               "Il lui demande de créer un délit.", [("Léon Vaubert", "calls_for")]),
        ("fr", "Jeanne Corvalec, députée, se tait, tandis que Rosa Ferlin, de Voix nues, réclame une loi sur les deepfakes.",
         []),
        ("de", "Der Vorstand der Bundesrechtsanwaltskammer lehnt das Deepfake-Gesetz ab.",
         [("Bundesrechtsanwaltskammer", "opposes")]),
    ],
)  # fmt: skip
def test_whose_position_the_grammar_tells(
    curated_reader: Reader, lang: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert sorted(told(curated_reader, text, lang)) == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "If Rep. Jane Dollery backs the deepfake bill, it will pass."),
        ("en", "Neither Rep. Jane Dollery nor Sen. Amos Poe supports the deepfake bill."),
        ("en", "A report cited by Rep. Jane Dollery said deepfakes should be banned."),
        ("fr", "La députée Jeanne Corvalec a présenté son rapport sur les deepfakes. Il préconise un marquage."),
        ("fr", "Opposés à la députée Jeanne Corvalec, des militants réclament une loi sur les deepfakes."),
        ("fr", "« Il faut interdire les deepfakes », a dit une mère à la députée Jeanne Corvalec."),
        ("de", "„Deepfakes gehören verboten“, sagte eine Mutter der Abgeordneten Karla Winzig."),
    ],
)
def test_a_condition_another_speaker_or_another_gender_is_nobody_named(
    curated_reader: Reader, lang: str, text: str
) -> None:
    assert told(curated_reader, text, lang) == []
