"""Which country's institutions a text speaks of: decides what ``Bundesrat``, ``CP`` or ``AB 12`` mean."""

from __future__ import annotations

import re
from functools import cache

from collectors.analysis.lexicon import load


_CHAMBER = re.compile(
    r"(?<!\w)(?!The |U\.S|US |Federal |State |House |Senate |A )([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:'s)? "
    r"(?:Legislature|State Senate|State House|General Assembly|Assembly|Senate|House of Representatives)(?!\w)"
)


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (country, re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words)))
        for country, words in load("countries")["cues"].items()
    )


@cache
def _states() -> re.Pattern[str]:
    names = load("countries")["states"].values()
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)")


def countries(text: str, lang: str, declared: str = "") -> tuple[str, ...]:
    """Country codes, likeliest first: the declared one, then those with most distinct cue words."""
    low = text.lower()
    scores: dict[str, float] = dict(load("countries")["home"].get(lang, {}))
    for country, pattern in _cues():
        distinct = len(set(pattern.findall(low)))
        if distinct:
            scores[country] = scores.get(country, 0.0) + distinct
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    first = declared.lower()
    if first:
        base = first.partition("-")[0]
        return (first, *(() if base == first else (base,)), *(c for c in ranked if c not in (first, base)))
    best = scores[ranked[0]] if ranked else 0.0
    return tuple(code for code in ranked if scores[code] >= max(0.2, best * 0.34))


def state(text: str, declared: str = "") -> str:
    """The US state of a state bill: the declared one, the only or most named one, else ``us-xx``."""
    if declared.lower().startswith("us-"):
        return declared.lower()
    named = [match[1].lower() for match in _CHAMBER.finditer(text)]
    known = set(load("countries")["states"].values())
    own = [name for name in named if name in known]
    if named and not own:
        return "us-xx"
    found = own or _states().findall(text.lower())
    if not found:
        return "us-xx"
    most = max(set(found), key=lambda name: (found.count(name), -found.index(name)))
    return next(code for code, name in load("countries")["states"].items() if name == most)
