"""One character for each group of stages, always with its words."""

from __future__ import annotations

import pytest

from dashboard.glyphs import group_words, stage_glyph, stage_words
from data.vocabulary import load_vocabulary

WORDS = load_vocabulary()


def test_every_stage_has_a_group_of_its_track_and_groups_follow_the_ladder():
    for track in WORDS.codes("tracks"):
        groups = WORDS.stage_groups(track)
        assert list(groups) == [
            code for code, term in WORDS.lists["stage_groups"].items() if term.extra["track"] == track
        ]
        assert [code for codes in groups.values() for code in codes] == [one.code for one in WORDS.stages(track)]


def test_within_a_track_no_two_groups_share_a_character():
    for track in WORDS.codes("tracks"):
        marks = [WORDS.stage_glyph(track, codes[0]) for codes in WORDS.stage_groups(track).values()]
        assert len(set(marks)) == len(marks)
        assert all(len(mark) == 1 and not mark.isascii() for mark in marks)


@pytest.mark.parametrize(
    ("track", "code", "en", "fr"),
    [
        ("law", "committee", "◑ In committee (first chamber)", "◑ En commission (1re assemblée)"),
        ("law", "in_force", "● In force and applicable", "● En vigueur et applicable"),
        ("case", "closed_no_action", "✕ Closed without action", "✕ Classé"),
        ("soft", "unknown", "? Stage unknown", "? Étape inconnue"),
    ],
)
def test_a_stage_is_told_by_character_and_words(track: str, code: str, en: str, fr: str):
    assert (stage_words(track, code, "en"), stage_words(track, code, "fr")) == (en, fr)


def test_a_stage_that_no_ladder_has_is_a_question():
    assert stage_glyph("law", "nothing") == stage_glyph("", "enacted") == "?"
    assert group_words("law_in_force", "fr") == "● En vigueur"
