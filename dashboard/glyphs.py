"""A stage as a plain character and its words: ``● In force and applicable``.

The character says how far a file has come (○ begun, ◑ under way, ◕ decided, ● in effect, ✕ ended, ? not known). It is
in ordinary fonts, takes the colour of the text and never stands alone: a screen reader and a printout have the words.
"""

from __future__ import annotations

from dashboard.i18n import label, stage_label
from data.vocabulary import UNKNOWN, load_vocabulary

#: what stands for a stage that no ladder has
NONE = "?"


def stage_glyph(track: str, code: str) -> str:
    """The character of a stage; ``?`` for one that is unknown, also when the track is."""
    vocabulary = load_vocabulary()
    if track not in vocabulary.ladders or not (code == UNKNOWN or vocabulary.has_stage(track, code)):
        return NONE
    return vocabulary.stage_glyph(track, code)


def stage_words(track: str, code: str, lang: str) -> str:
    """A stage with its character before its label."""
    return f"{stage_glyph(track, code)} {stage_label(track, code, lang)}"


def group_words(group: str, lang: str) -> str:
    """A group of stages with its character before its label. Raises KeyError for an unknown group."""
    return f"{load_vocabulary().lists['stage_groups'][group].extra['glyph']} {label('stage_groups', group, lang)}"
