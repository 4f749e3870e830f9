"""Which country's institutions a text speaks of: decides what ``Bundesrat``, ``CP`` or ``AB 12`` mean."""

from __future__ import annotations

import re
from functools import cache

import ahocorasick

from collectors.analysis.lexicon import load
from collectors.analysis.normalise import fold_key, places

_DECLARED = 2.5
_CHAMBER = re.compile(
    r"(?<!\w)(?!The |U\.S|US |Federal |General |National |State |House |Senate |A )"
    r"([A-Z][a-z]+(?: [A-Z][a-z]+)??)(?:'s)? "
    r"(?:Legislature|State Senate|State House|(?:State |General )?Assembly|Senate|House of Representatives)(?!\w)"
)


@cache
def _cues() -> ahocorasick.Automaton:
    """Folded cue between spaces -> (cue, the countries it speaks for)."""
    speaks: dict[str, list[str]] = {}
    for country, words in load("countries")["cues"].items():
        for word in words:
            speaks.setdefault(f" {fold_key(word)} ", []).append(country)
    found = ahocorasick.Automaton()
    for word, named in speaks.items():
        found.add_word(word, (word, tuple(named)))
    found.make_automaton()
    return found


@cache
def _states() -> re.Pattern[str]:
    names = load("countries")["states"].values()
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)")


def countries(folded: str, lang: str, declared: str = "") -> tuple[str, ...]:
    """Country codes of a folded text, likeliest first, by number of distinct cues.

    The publisher's country (``declared``) counts like a few cues: a paper also writes about abroad. A declared
    state (``us-ca``) stands right before its country.
    """
    scores: dict[str, float] = dict(load("countries")["home"].get(lang, {}))
    for _, named in {found for _, found in _cues().iter(folded)}:
        for country in named:
            scores[country] = scores.get(country, 0.0) + 1
    place = declared.lower()
    base = place.partition("-")[0]
    if base:
        scores[base] = scores.get(base, 0.0) + _DECLARED
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    best = scores[ranked[0]] if ranked else 0.0
    chosen = [code for code in ranked if scores[code] >= max(0.2, best * 0.34) or code == base]
    if place != base:
        chosen.insert(chosen.index(base), place)
    return tuple(chosen)


@cache
def _beside() -> re.Pattern[str]:
    """The name of a state right before what is of the state; "Washington" is the state there, not the capital."""
    names = "|".join(re.escape(name) for name in (*load("countries")["states"].values(), "washington"))
    return re.compile(rf"(?<!\w)({names})(?:'s)?:? $", re.IGNORECASE)


def state(text: str, declared: str = "", cited: str = "") -> str:
    """The US state of a state bill: the one beside ``cited``, the declared one, the most named one, else ``us-xx``."""
    for start, _ in places(text, cited):
        if beside := _beside().search(text[max(0, start - 20) : start]):
            name = beside[1].lower().replace("washington", "washington state")
            states: dict[str, str] = load("countries")["states"]
            return next(code for code, own in states.items() if own == name)
    if declared.lower().startswith("us-"):
        return declared.lower()
    named = [match[1].lower() for match in _CHAMBER.finditer(text)]
    known = set(load("countries")["states"].values())
    own = [name for name in named if name in known]
    if named and not own:
        return "us-xx"
    found = own or _states().findall(text.lower())
    if not found:
        folded = f" {fold_key(text)} "
        aliases: dict[str, list[str]] = load("countries")["state_aliases"]
        near = [
            (at, code) for code, words in aliases.items() for word in words if (at := folded.find(f" {word} ")) >= 0
        ]
        return min(near)[1] if near else "us-xx"
    most = max(set(found), key=lambda name: (found.count(name), -found.index(name)))
    names: dict[str, str] = load("countries")["states"]
    return next(code for code, name in names.items() if name == most)
