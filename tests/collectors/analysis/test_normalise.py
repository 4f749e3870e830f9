from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectors.analysis.normalise import fold, fold_key, normalise


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
    assert len(folded.text) == len(folded.offsets)
    assert all(0 <= at <= max(0, len(text) - 1) for at in folded.offsets)
    assert "  " not in folded.text
