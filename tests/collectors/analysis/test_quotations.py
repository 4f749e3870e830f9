"""Whose words they are: in quotation marks, in a clause with "said", in a fake."""

from __future__ import annotations

import pytest

from collectors.analysis.quotations import quotations
from collectors.analysis.reader import Reader
from tests.collectors.analysis.test_stance import told


def test_marks_are_paired_line_by_line_and_one_left_open_runs_to_the_end_of_its_line() -> None:
    text = 'He said "yes" and "no.\nShe left" the'
    assert [text[start:end] for start, end in quotations(text)] == ["yes", "no.", " the"]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "“Platforms must be held liable for deepfakes,” said Rep. Jane Dollery.", [("Jane Dollery", "calls_for")]),
        ("en", "Rep. Jane Dollery said: “This deepfake bill is a landmark.”", [("Jane Dollery", "supports")]),
        ("en", "“It is a disgrace. Deepfakes are everywhere,” said Rep. Jane Dollery.", [("Jane Dollery", "criticises")]),
        ("en", "“Deepfakes are everywhere,” said Rep. Jane Dollery. “They must be banned.”", [("Jane Dollery", "calls_for")]),
        ("en", "Rep. Jane Dollery opened the debate on deepfakes. “They must be banned,” she said.",
         [("Jane Dollery", "calls_for")]),
        ("en", "“Deepfakes must be banned,” a reader wrote to Rep. Jane Dollery.", []),
        ("en", "Rep. Jane Dollery met Sen. Amos Poe about deepfakes. “They must be banned,” she said.", []),
        ("fr", "« Il faut interdire les deepfakes », a déclaré la députée Jeanne Corvalec.",
         [("Jeanne Corvalec", "calls_for")]),
        ("fr", "Selon la députée Jeanne Corvalec, la loi sur les deepfakes est « un progrès ».",
         [("Jeanne Corvalec", "supports")]),
        ("fr", "« On se moque des victimes de deepfakes », proteste la députée Jeanne Corvalec.",
         [("Jeanne Corvalec", "criticises")]),
        ("es", "«No han hecho nada», reprochó al ministro la diputada Elsa Monteagudo sobre los deepfakes.",
         [("Elsa Monteagudo", "criticises")]),
    ],
)  # fmt: skip
def test_what_is_said_in_direct_speech_is_the_speaker_s(
    curated_reader: Reader, lang: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert told(curated_reader, text, lang) == wanted


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("en", "Rep. Jane Dollery said deepfakes should be banned.", [("Jane Dollery", "calls_for")]),
        ("en", "Rep. Jane Dollery did not say deepfakes should be banned.", []),
        ("en", "Ofcom said platforms must remove deepfakes within 48 hours.", []),
        ("fr", "La députée Jeanne Corvalec estime qu'il faut punir les deepfakes.", [("Jeanne Corvalec", "calls_for")]),
        ("fr", "La CNIL a indiqué que les plateformes doivent retirer les deepfakes.", []),
    ],
)
def test_what_somebody_says_must_be_is_asked_but_not_by_an_authority(
    curated_reader: Reader, lang: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert told(curated_reader, text, lang) == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "In a fake video, Rep. Jane Dollery calls for a boycott of the vote; it was a deepfake."),
        ("en", "In the deepfake, Rep. Jane Dollery appears to say she supports a ban."),
        ("fr", "Dans un faux enregistrement, la députée Jeanne Corvalec s'oppose à la loi."),
        ("fr", "Une vidéo truquée montre la députée Jeanne Corvalec qui appelle à voter contre le texte."),
        ("de", "In dem gefälschten Video ruft die Abgeordnete Karla Winzig zum Boykott auf."),
        ("it", "Nel video falso la deputata Ada Bresciani chiede di votare contro: è un deepfake."),
        ("es", "En el vídeo falso, la diputada Elsa Monteagudo pide el voto en contra; es un deepfake."),
        ("da", "I den falske video kræver minister Birthe Skovgaard et forbud; det var en deepfake."),
    ],
)
def test_what_somebody_is_shown_to_say_in_a_fake_is_no_position(curated_reader: Reader, lang: str, text: str) -> None:
    assert told(curated_reader, text, lang) == []
