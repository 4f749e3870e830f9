"""Any text is a query: read as the language says, mended where it is malformed, never an error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.query_language import And, Field, Not, Or, Term, parse, terms, typed


def words(*texts: str) -> tuple[Term, ...]:
    return tuple(Term(one) for one in texts)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("labelling Ofcom -bank", And((*words("labelling", "Ofcom"), Not(Term("bank"))))),
        ("labelling AND Ofcom NOT bank", And((*words("labelling", "Ofcom"), Not(Term("bank"))))),
        ("étiquetage ET Arcom SAUF banque", And((*words("étiquetage", "Arcom"), Not(Term("banque"))))),
        ("loi image OU photo", Or((And(words("loi", "image")), Term("photo")))),
        ("loi (image OR photo)", And((Term("loi"), Or(words("image", "photo"))))),
        ('"intimate image"', Term("intimate image", "phrase")),
        ("«\u00a0image intime\u00a0»", Term("image intime", "phrase")),
        ("label*", Term("label", "prefix")),
        ("l'amende", Term("amende")),
        ("d’images", Term("images")),
        ("Ofcom's", Term("Ofcom")),
        ("aujourd'hui", Term("aujourd'hui")),
        ("2025/0360", Term("2025/0360")),
        ("titre:loi pays:fr", And((Field("title", Term("loi")), Field("place", Term("fr"))))),
        ('source:"The Daily"', Field("publisher", Term("The Daily", "phrase"))),
        ("acteur:(Ofcom OU CNIL)", Or((Field("actor", Term("Ofcom")), Field("actor", Term("CNIL"))))),
        ("jurisdiction:uk", Field("place", Term("uk"))),
        ("or and ou", And(words("ou", "or", "and")[:0] + words("or", "and", "ou"))),
    ],
)
def test_what_a_query_means(text: str, tree: object):
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("text", "repair", "rest"),
    [
        ('label "intimate image', "quote", 'label "intimate image"'),
        ("(a1 OR b1", "bracket", "a1 OR b1"),
        ("a1) b1", "bracket", "a1 b1"),
        ("a1 AND", "operator", "a1"),
        ("OR a1", "operator", "a1"),
        ("a1 NOT", "operator", "a1"),
        ("colour:red", "field", "colour:red"),
        ("x " * 40, "long", "x"),
    ],
)
def test_a_malformed_query_is_mended_and_said(text: str, repair: str, rest: str):
    query = parse(text)
    assert query.repairs == (repair,)
    assert query.tree is not None and typed(query.tree) == rest


def test_words_that_say_nothing_are_left_out_and_said_unless_they_stand_alone():
    query = parse("le parquet de Paris")
    assert (typed(query.tree), query.left_out) == ("parquet Paris", ("le", "de"))  # type: ignore[arg-type]
    assert parse("the").tree == Term("the")
    assert parse('"to be"').tree == Term("to be", "phrase")


@pytest.mark.parametrize("text", ["", "   ", '"', "()", "-", "*", "AND", "title:", "\x00", "\ud800", "… — !", "___"])
def test_a_text_without_a_word_asks_for_nothing(text: str):
    assert not list(terms(parse(text).tree)) or text == "title:"


PIECES = st.sampled_from(
    ["AND", "OU", "NOT", "(", ")", '"', "-", "*", ":", "title:", "pays:", "kind:", "actor:", "loi", "été", "226-8", " ", "''",
     "NEAR(", "^a", "{a}", "\x00", "«", "é" * 3]
)  # fmt: skip


@settings(max_examples=2000, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES).map(" ".join)))
def test_no_text_is_an_error_and_what_was_understood_can_be_typed_again(text: str):
    tree = parse(text).tree
    if tree is not None:
        again = parse(typed(tree))
        assert again.tree is not None
        assert {one.text for one in terms(again.tree)} <= {one.text for one in terms(tree)}
