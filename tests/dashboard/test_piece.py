"""The drawer of a piece: what was read in it, in words, with nothing of the stranger's text run."""

from __future__ import annotations

import re

from dashboard import piece
from dashboard.safe import JOINER
from data.rows import ItemFigure, ItemSpan
from tests.shared import ROOT


def shown(markdown: str) -> str:
    return markdown.replace("\\", "").replace(JOINER, "")


def figure(value: float | None, unit: str, about: str) -> ItemFigure:
    return ItemFigure(0, 3, "x", value, unit, about, "figure")


def test_figures_are_told_with_unit_and_subject_in_the_language_of_the_reader():
    assert shown(piece.figure_words(figure(75_000, "EUR", "fine"), "en")) == "**Fine**: 75,000 euros “x”"
    assert "75\u202f000 euros" in shown(piece.figure_words(figure(75_000, "EUR", "fine"), "fr"))
    assert "81% of the whole" in shown(piece.figure_words(figure(0.81, "share", "share"), "en"))
    assert "400% more" in shown(piece.figure_words(figure(4.0, "increase", "increase"), "en"))
    assert "2,5 ans" in shown(piece.figure_words(figure(2.5, "years", "sentence"), "fr"))
    assert shown(piece.figure_words(figure(None, "persons", "count"), "en")) == "**Count**: persons “x”"


def test_the_outermost_marks_are_drawn_and_the_text_keeps_its_paragraphs():
    text = "X met Ofcom.\n\nFine of 5 euros."
    spans = (ItemSpan(0, 1, "mention", "org-x", "r"), ItemSpan(6, 11, "mention", "uk-ofcom", "r"),
             ItemSpan(6, 8, "legal", "x", "r"), ItemSpan(0, 12, "position", "x", "r"))  # fmt: skip
    assert shown(piece.marked(text, spans)) == (
        ":blue-background[**X**] met :blue-background[**Ofcom**].\n\nFine of 5 euros."
    )


def test_markup_of_the_text_is_shown_letter_by_letter():
    drawn = piece.marked("[a](http://x) :red[b] <b>c</b> $d$", ())
    assert "](" not in drawn.replace("\\]\\(", "") and ":red" not in drawn.replace("\\:", "").replace(JOINER, "")


def test_every_rule_that_decides_has_its_label():
    source = (ROOT / "collectors" / "analysis" / "relevance.py").read_text(encoding="utf-8")
    rules = {*re.findall(r'(?:Evidence|_distinct)\([^\n]*?"([a-z-]+)"\)', source)}
    assert {"strong", "undress", "machine", "context", "veto"} <= rules
    for rule in (*rules, "facet:ncii", "watched:dossier", "watched:fr:code-penal:226-8-1"):
        assert piece._reason(rule, "en") != rule
        assert piece._reason(rule, "fr") not in (rule, piece._reason(rule, "en"))


def test_cited_law_is_a_link_only_where_its_address_is_certain():
    linked = piece.law("uk:act:online-safety-act-2023:188", "en")
    assert linked.endswith("](https://www.legislation.gov.uk/ukpga/2023/50/section/188)")
    assert "](" not in piece.law("fr:bill:675", "fr").replace("\\]\\(", "")
    assert "](" not in piece.law("x](https://evil.example)", "en").replace("\\]\\(", "")
