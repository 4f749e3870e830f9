"""Names of private persons: found to be withheld, never to be mentioned.

A name is private when it stands beside a word for victims, artists, pupils or relatives, behind an
honorific, or begins with a common first name, and no public role or list makes it public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from collectors.analysis.lexicon import load
from collectors.analysis.name_rules import CAP, NameRules, first_names
from collectors.analysis.normalise import fold_key, places
from collectors.analysis.reading import Mention

_ONE = rf"{CAP}(?: (?:de |du |d'|von |van |la )?{CAP}){{0,3}}"
_AND = r"(?:, | et | and | und | e | y | og )"
_SEVERAL = re.compile(rf"({_ONE})(?:{_AND}({_ONE}))?")
_BEFORE = re.compile(rf"({_ONE})(?:{_AND}({_ONE}))?,\s(?:[\w']+\s){{0,3}}$")
_LONE = re.compile(rf"[^\W\d_][,;:]? (?P<first>{CAP}) $")
_FULL = re.compile(rf"(?<!\w){CAP}(?: (?:(?:de |du |d'|von |van |la )?{CAP})){{1,3}}")
_ACTING = re.compile(rf"(?P<name>{_FULL.pattern})(?:,[^.;\n]{{1,150}},)? $")
_FULL_BEFORE = re.compile(rf"(?<!\w)(?P<name>{CAP} (?:(?:de |du |d'|von |van |la )?{CAP})(?: {CAP})?){_AND}$")
_WORD = re.compile(rf"(?<![\w-]){CAP}")
_SINGLE = re.compile(_ONE)
# "Lena Vogt, 34, said", "Lucas Petit (17 ans)": an age is told of private persons
_AGED = re.compile(
    rf"(?P<name>{CAP}(?: (?:de |du |d'|von |van |la )?{CAP}){{1,3}})(?:, (?:aged |âgée?s? de |de |di )?| \()"
    r"(?:[89]|[1-9]\d)(?: (?:ans|anni|años|år|Jahre|years old))?(?=[,.)])"
)
# "San Francisco", "Saint Martin": a place that bears a first name
_PLACE = re.compile(
    r"(?<!\w)(?:San|São|Santa|Santo|Sant'|Saint|Sainte|St\.?|Fort|Mount|Lake|Port|Cape|Los|New|North|South) $"
)


def withheld(text: str, rules: NameRules, mentions: list[Mention]) -> list[tuple[int, int]]:
    """Spans of private persons' names, everywhere they stand, merged and in order."""
    shown = bytearray(len(text) + 1)
    for mention in mentions:
        shown[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)

    def hidden(start: int, end: int) -> bool:
        return not any(shown[start:end])

    spans = {span for span in _proposed(text, rules) if hidden(*span) and not _no_name(text[slice(*span)], rules)}
    spans |= {span for span in _beside(text, spans) if hidden(*span) and _is_name(text[slice(*span)], rules)}
    words = {
        word
        for start, end in spans
        for word in [text[start:end], *text[start:end].split()]
        if len(word) > 2 and word[0].isupper() and word not in rules.not_first
    }
    for word in words:
        spans.update(span for span in places(text, word) if hidden(*span))
    return _merged(sorted(_whole(text, span, rules, shown) for span in spans))


def _whole(text: str, span: tuple[int, int], rules: NameRules, shown: bytearray) -> tuple[int, int]:
    """``Marylise Léon``: the word before a single name inside a sentence is its first name, however rare."""
    start, end = span
    before = _LONE.search(text, max(0, start - 25), start)
    if before is None or " " in text[start:end] or rules.nouns_capital or any(shown[before.start("first") : start]):
        return span
    first = before["first"]
    role = any(words.fullmatch(first) for words in (rules.public, rules.expert, rules.private, rules.honorific))
    return span if role or first in rules.not_first else (before.start("first"), end)


def _no_name(said: str, rules: NameRules) -> bool:
    """Nothing but words that begin no name, or a state behind them: ``In Alabama``."""
    words = said.split()
    while words and words[0] in rules.not_first:
        words.pop(0)
    return not words or fold_key(said) in _states() or fold_key(" ".join(words)) in _states()


@cache
def _states() -> frozenset[str]:
    return frozenset(load("countries")["states"].values())


def _beside(text: str, spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """``actors including Tilde Brandt and <a withheld name>``: full names in a row with one that is withheld."""
    found: set[tuple[int, int]] = set()
    for start, _ in spans:
        low = max(0, start - 60)
        before = _FULL_BEFORE.search(text[low:start])
        if before:
            found.add((before.start("name") + low, before.end("name") + low))
    return found


def _proposed(text: str, rules: NameRules) -> set[tuple[int, int]]:
    spans: set[tuple[int, int]] = set()
    for hit in rules.private.finditer(text):
        after = _SEVERAL.match(text, hit.end() + (2 if text.startswith(", ", hit.end()) else 1))
        if after and text[hit.end()] in " ," and (not rules.nouns_capital or _person_like(after[1])):
            spans.update(after.span(group) for group in (1, 2) if after[group])
        offset = max(0, hit.start() - 90)
        before = _BEFORE.search(text[offset : hit.start()])
        if before and (not rules.nouns_capital or _person_like(before[1])):
            spans.update((before.start(g) + offset, before.end(g) + offset) for g in (1, 2) if before[g])
    spans.update(_parties(text, rules))
    spans.update(aged.span("name") for aged in _AGED.finditer(text))
    for title in rules.honorific.finditer(text):
        match = _SINGLE.match(text, title.end() + 1)
        if match:
            spans.add(match.span())
    for word in _WORD.finditer(text):
        if fold_key(word.group().split("-")[0]) not in first_names():
            continue
        match = _SEVERAL.match(text, word.start())
        if match and not _is_place(text, match.span(1), rules):
            spans.add(match.span(1))
            if match[2] and (_first(match[2]) or " " not in match[1]):
                spans.add(match.span(2))
    return spans


def _parties(text: str, rules: NameRules) -> Iterator[tuple[int, int]]:
    """Full names of who sues, is arrested or has died: ``April Lund, who met him in 1994, filed a lawsuit``."""
    for act in rules.private_act.finditer(text):
        low = max(0, act.start() - 200)
        before = _ACTING.search(text[low : act.start()])
        if before and _is_name(before["name"], rules):
            yield before.start("name") + low, before.end("name") + low
    for word in rules.private_object.finditer(text):
        after = _FULL.match(text, word.end() + 1)
        if after and _is_name(after.group(), rules):
            yield after.span()


def _is_name(said: str, rules: NameRules) -> bool:
    """May be a person: no body or place by its first or last word; a first name where nouns have capitals."""
    words = said.split()
    plain = rules.not_first - rules.words_too
    body = words[0] in plain or words[-1] in plain or words[-1] in rules.bodies
    return not body and (not rules.nouns_capital or _first(said))


def _is_place(text: str, span: tuple[int, int], rules: NameRules) -> bool:
    """``Georgia``, ``San Francisco``, ``Anders`` at the head of a sentence: a first name that is not one here."""
    first, _, rest = text[slice(*span)].partition(" ")
    if _PLACE.search(text, max(0, span[0] - 8), span[0]):
        return True
    return first in rules.words_too and (not rest or rest.split()[0] in rules.not_first)


def _person_like(name: str) -> bool:
    """Where every noun has a capital, one capital makes no name."""
    return _first(name) or len(name.split()) == 2


def _first(name: str) -> bool:
    return fold_key(re.split(r"[ -]", name)[0]) in first_names()


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
