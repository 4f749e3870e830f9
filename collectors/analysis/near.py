"""Two kinds of words close together in a sentence that tell of a made, altered or imitated depiction.

The pairs and their words are in ``depictions.toml``: a kind that has no list there is one of ``relevance_<lang>.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from collectors.analysis.lexicon import load, patterns
from collectors.analysis.sieve import Sieve, Words


@dataclass(frozen=True, slots=True)
class Pair:
    """``first`` and ``second`` with at most ``within`` characters between them, and what that counts."""

    first: Words
    second: Words
    unless: tuple[Words, ...]
    within: int
    points: float


_PARTING = re.compile(r";|(?<!\w)(?:et|ou|and|or|und|oder|ed?|o|y|og|eller)(?!\w)", re.IGNORECASE)
#: what a pair counts, its first and its second word
Found = tuple[float, re.Match[str], re.Match[str]]


def pairs(lang: str, sieve: Sieve) -> tuple[Pair, ...]:
    """The pairs of a language; their words are asked through ``sieve``, the pair that counts most first."""
    source = "depictions"
    table, other = load(source)[lang], load(f"relevance_{lang}")
    kinds: dict[str, Words] = {}

    def kind(name: str) -> Words:
        if name not in kinds:
            kinds[name] = Words(sieve, patterns(table.get(name) or other[name]), source)
        return kinds[name]

    found = [
        Pair(
            first=kind(entry["words"][0]),
            second=kind(entry["words"][1]),
            unless=tuple(kind(name) for name in entry.get("unless", [])),
            within=entry["within"],
            points=entry["points"],
        )
        for entry in load(source)["near"]
    ]
    return tuple(sorted(found, key=lambda pair: -pair.points))


def nearest(rules: tuple[Pair, ...], part: str, start: int, end: int, absent: Callable[[int], bool]) -> Found | None:
    """The pair of ``part[start:end]`` that counts most, if neither word is said to be absent."""
    for rule in rules:
        if not (rule.first.may_be_in(part, start, end) and rule.second.may_be_in(part, start, end)):
            continue
        if any(words.search(part, start, end) for words in rule.unless):
            continue
        seconds = list(rule.second.finditer(part, start, end))
        for first in rule.first.finditer(part, start, end):
            for second in seconds:
                if _apart(first, second, part) <= rule.within and not absent(min(first.start(), second.start())):
                    return rule.points, first, second
    return None


def _apart(first: re.Match[str], second: re.Match[str], part: str) -> int:
    """Characters between two words; as good as endless where they overlap, or an "and" or a semicolon parts them."""
    left, right = sorted((first.span(), second.span()))
    if left[1] > right[0] or _PARTING.search(part, left[1], right[0]):
        return len(part) + 1
    return right[0] - left[1]
