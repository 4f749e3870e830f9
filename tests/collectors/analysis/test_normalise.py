from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from collectors.analysis.normalise import _fold_char, fold, fold_key, normalise, places


def test_typographic_characters_keep_their_place() -> None:
    said = "l’IA\u00a0: «\u202fdix\u2011sept\u202f»"
    assert normalise(said) == 'l\'IA : " dix-sept "'
    assert len(normalise(said)) == len(said)


def test_fold_takes_case_accents_and_punctuation_in_one_go() -> None:
    assert fold_key("M. Éric Bothorel-Œuvré") == "m eric bothorel oeuvre"
    assert fold_key("d’Ortignac") == fold_key("d'ORTIGNAC") == "d ortignac"


def test_folded_offsets_lead_back_to_the_original() -> None:
    text = "Œuvre de l’Été"
    folded = fold(text)
    at = folded.text.index(" ete ")
    assert text[slice(*folded.span(at, at + 5))] == "Été"


def test_decomposed_accents_fold_like_composed_ones() -> None:
    assert fold_key("E\u0301lyse\u0301e") == fold_key("Élysée") == "elysee"


@given(st.text())
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text())
def test_every_folded_character_comes_from_the_text(text: str) -> None:
    folded = fold(text)
    assert all(0 <= folded.offset(at) < len(text) for at, ch in enumerate(folded.text) if ch != " ")
    assert "  " not in folded.text


def test_a_wrapped_line_is_joined_to_the_next_and_a_paragraph_is_not() -> None:
    wrapped = "La victime d'un hypertrucage à caractère sexuel est la jeune Jeanne\nTartempion, a dit le parquet.\n"
    assert "Jeanne Tartempion" in normalise(wrapped)
    paragraphs = "Le parquet a ouvert une enquête sur les hypertrucages de la plateforme.\nLa ministre a réagi."
    assert normalise(paragraphs) == paragraphs
    assert normalise("Titre court\nTexte") == "Titre court\nTexte"


def _slow(text: str) -> tuple[str, list[int]]:
    """The fold said letter by letter: what the fast way must give."""
    chars, offsets = [" "], [0]
    for index, char in enumerate(text):
        for part in _fold_char(char):
            if part == " " and (unicodedata.combining(char) or chars[-1] == " "):
                continue
            chars.append(part)
            offsets.append(index)
    if chars[-1] != " ":
        chars.append(" ")
        offsets.append(max(0, len(text) - 1))
    return "".join(chars), offsets


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("eé´ß œ’\u0301\u00a8 \n½ﬁ"))))
def test_the_fast_fold_gives_the_letters_of_the_slow_one(text: str) -> None:
    assert fold(text).text == _slow(text)[0]
    folded, (said, offsets) = fold(text), _slow(text)
    assert [folded.offset(at) for at, ch in enumerate(folded.text) if ch != " "] == [
        at for at, ch in zip(offsets, said, strict=True) if ch != " "
    ]


@given(st.text(alphabet="ab -_é1"), st.text(alphabet="abé", min_size=1, max_size=3))
def test_a_word_stands_where_an_expression_with_its_bounds_finds_it(text: str, word: str) -> None:
    for joining, bound in (("", r"\w"), ("-", r"[\w-]")):
        found = re.finditer(rf"(?<!{bound}){word}(?!{bound})", text)
        assert list(places(text, word, joining)) == [match.span() for match in found]
