"""The words of position of one language, compiled: ``stance_<lang>.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from collectors.analysis.lexicon import load
from collectors.analysis.sieve import Sieve, Words

#: of two wordings over the same words the one of the earlier kind wins
STANCES = ("calls_for", "opposes", "criticises", "supports")

#: "{have}": a piece of a pattern, told once under ``[words]``
_PIECE = re.compile(r"\{([a-z]+)\}")

Kinds = tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class StanceWords:
    """Each prefix of the file is a field; ``asides`` says what behind a verb takes its position away."""

    lang: str
    sieve: Sieve
    before: Kinds
    plural: Kinds
    ending: Kinds
    after: Kinds
    noun: Kinds
    adjective: Kinds
    quoting: Kinds
    joined: Kinds
    first_person: Kinds
    own: Kinds
    asides: dict[str, re.Pattern[str]]
    saying: Words
    according: Words
    pronoun: Words
    persons: Words
    bodies: Words
    negation: Words


@cache
def stance_words(lang: str) -> StanceWords:
    """The table of a language we have rules for."""
    table, sieve = load(f"stance_{lang}"), Sieve()
    source, pieces = f"stance_{lang}", table.get("words", {})

    def whole(patterns: list[str]) -> list[str]:
        return [_PIECE.sub(lambda piece: str(pieces[piece[1]]), one) for one in patterns]

    def kinds(prefix: str) -> Kinds:
        named = ((stance, table.get(f"{prefix}{stance}")) for stance in STANCES)
        return tuple((stance, Words(sieve, whole(patterns), source)) for stance, patterns in named if patterns)

    def apart(name: str) -> Words:
        return Words(Sieve(), whole(table[name]), source)

    return StanceWords(
        lang=lang,
        sieve=sieve,
        before=kinds(""),
        plural=kinds("they_"),
        ending=kinds("end_"),
        after=kinds("by_"),
        noun=kinds("noun_"),
        adjective=kinds("adj_"),
        quoting=kinds("quote_"),
        joined=kinds("ger_"),
        first_person=kinds("i_"),
        own=kinds("own_"),
        asides={
            stance: re.compile(rf"(?:{'|'.join(whole(table[key]))})(?!\w)", re.IGNORECASE)
            for stance in STANCES
            if (key := f"aside_{stance}") in table
        },
        saying=apart("saying"),
        according=apart("according"),
        pronoun=apart("pronoun"),
        persons=apart("persons"),
        bodies=apart("bodies"),
        negation=apart("negation"),
    )
