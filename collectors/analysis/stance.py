"""Positions, precision first: a named subject, a verb of position right after it, no negation."""

from __future__ import annotations

import re
from functools import cache

from collectors.analysis.clauses import sentences
from collectors.analysis.lexicon import compiled, load
from collectors.analysis.reading import Mention, Stance

_STANCES = ("calls_for", "opposes", "criticises", "supports")
_NEAR = 45
_IF = re.compile(r"(?<!\w)(?:si|s'|whether|if|ob|wenn|se|om|hvis)\s(?:\w+[\s'])?$", re.IGNORECASE)
_HOLDERS = (
    "person",
    "party",
    "group",
    "ngo",
    "other",
    "research",
    "regulator",
    "government",
    "parliament",
    "committee",
)


@cache
def _verbs(lang: str) -> tuple[tuple[tuple[str, re.Pattern[str]], ...], re.Pattern[str]]:
    table = load("stance")[lang]
    return tuple((stance, compiled(table[stance], "stance")) for stance in _STANCES), compiled(
        table["negation"], "stance"
    )


def find_stances(text: str, lang: str, mentions: list[Mention]) -> tuple[Stance, ...]:
    """At most one stance per subject and kind; the quote is the sentence."""
    verbs, negation = _verbs(lang)
    found: dict[tuple[str, str], Stance] = {}
    for start, end in sentences(text):
        here = [m for m in mentions if start <= m.start < end and m.kind in _HOLDERS]
        if not here:
            continue
        for stance, pattern in verbs:
            for verb in pattern.finditer(text, start, end):
                subject = _subject(text, here, verb.start())
                if subject is None or negation.search(text, max(start, verb.start() - 15), verb.start()):
                    continue
                key = (subject.actor_id or subject.name, stance)
                found.setdefault(key, Stance(*key, start, end, text[start:end], f"verb:{verb.group().lower()[:30]}"))
    return tuple(sorted(found.values(), key=lambda item: (item.start, item.actor, item.stance)))


def _subject(text: str, here: list[Mention], verb: int) -> Mention | None:
    """The nearest name that ends before the verb, with nothing but its own bracket or apposition between."""
    before = [m for m in here if m.end <= verb]
    if not before:
        return None
    nearest = max(before, key=lambda m: m.end)
    between = text[nearest.end : verb]
    bracket = re.match(r"\s?\([^()]{1,40}\)", between)
    outer = [m for m in before if m.end < nearest.start and "(" in text[m.end : nearest.start]]
    if bracket is None and between.startswith(")") and outer:
        nearest = max(outer, key=lambda m: m.end)
        between = between[1:]
    elif bracket:
        between = between[bracket.end() :]
    apposition = re.match(r"\s?,[^,;.]{1,60},", between)
    if apposition:
        between = between[apposition.end() :]
    if _IF.search(text[max(0, nearest.start - 14) : nearest.start]):
        return None
    if len(between) > _NEAR or re.search(r"[;.:,\"]|\s(?:et|and|und|that|que|dass|qui|who)\s", between):
        return None
    return nearest
