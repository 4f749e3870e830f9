"""Words are forgiven their endings and their language, and only those: each case is a query somebody typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import ReferenceDataError
from data.search_terms import equivalents, load_search_terms
from data.word_forms import bare, forms, phrase_forms


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("loi", "lois"),
        ("hypertrucages", "hypertrucage"),
        ("deepfake", "deepfakes"),
        ("laws", "law"),
        ("labelling", "labeling labelled label labels"),
        ("labeling", "labelling labelled label"),
        ("label", "labels labelled labelling"),
        ("policy", "policies"),
        ("require", "requires required requiring"),
        ("criminalise", "criminalize criminalisation criminalized"),
        ("offence", "offense offenses"),
        ("behaviour", "behavior"),
        ("national", "nationaux nationale nationales"),
        ("étiquetée", "etiquetes etiquete"),
        ("mineure", "mineur mineurs"),
        ("nudification", "nudify nudifying"),
    ],
)
def test_other_forms_of_a_word(word: str, others: str):
    assert set(others.split()) <= set(forms(word)), forms(word)


@pytest.mark.parametrize("word", ["226", "AB", "SREN", "x", "2025", ""])
def test_numbers_and_short_names_have_no_forms(word: str):
    assert forms(word) == ()


def test_a_french_word_takes_no_english_endings():
    from data.query_language import parse
    from data.search_terms import widen

    assert "amended" not in repr(widen(parse("amende").tree))  # type: ignore[arg-type]
    assert "amended" in forms("amend")


def test_forms_of_other_languages():
    assert "kennzeichnungen" in forms("Kennzeichnung", ("de",))
    assert "elezioni" in forms("elezione", ("it",))
    assert "leyes" in forms("ley", ("es",))
    assert "images intimes" in phrase_forms("image intime")
    assert "projets de loi" in phrase_forms("projet de loi", frozenset({"de"}))


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("hypertrucages", "deepfake"),
        ("deepfake", "hypertrucage"),
        ("étiquetage", "Kennzeichnung"),
        ("Kennzeichnung", "labelling"),
        ("parquet", "prosecutor"),
        ("projet de loi", "bill"),
        ("images intimes", "intimate image"),
        ("filigrane", "watermark"),
        ("amende", "fine"),
        ("Allemagne", "Germany"),
        ("élections", "Wahl"),
    ],
)
def test_the_same_in_other_words(word: str, same: str):
    assert same in [one.text for one in equivalents(word)]


def test_a_word_of_no_concept_has_no_equivalent():
    assert equivalents("Ofcom") == equivalents("zzz") == ()


def test_accents_are_forgiven_as_the_index_forgives_them():
    assert bare("Élection") == "election"
    assert bare("Bußgeld") == "bußgeld"  # the index keeps it too


def test_every_concept_speaks_english_and_french_and_owns_its_words():
    assert len(load_search_terms()) >= 40


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[a]\nen = ["x"]\n', "needs words in en and fr"),
        ('[a]\nen = ["x"]\nfr = ["y"]\nxx = ["z"]\n', "is none of"),
        ('[a]\nen = ["x"]\nfr = ["…"]\n', "is no list of words"),
        ('[a]\nen = ["x"]\nfr = ["y"]\n[b]\nen = ["X"]\nfr = ["z"]\n', "also belongs to 'a'"),
        ('[a]\nen = ["x"]\nfr = ["a b c d e f"]\n', "more than 5 words"),
        ("[a\n", "line 1"),
    ],
)
def test_a_broken_row_is_told_with_its_file(tmp_path: Path, text: str, problem: str):
    path = tmp_path / "search_terms.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=problem) as told:
        load_search_terms(path)
    assert "search_terms.toml" in str(told.value)
