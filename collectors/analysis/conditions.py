"""Conditions under which an ambiguous alias stands for its actor, as reviewers write them.

``case``, ``source fr``, ``lang de/da``, ``near a/b`` (anywhere in the document), ``not near a/b`` (within
the surroundings), ``brackets``, ``after a/b``, ``not 'a phrase'``, ``as subject`` (a verb of deciding behind it);
``x or y``. What is not understood does not hold: a missed mention is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from collectors.analysis.lexicon import load
from collectors.analysis.name_rules import name_rules
from collectors.analysis.normalise import fold_key
from data.models import Seat

_QUOTED = re.compile(r"'((?:[^']|(?<=\w)'(?=\w))+)'")
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One occurrence in its document. ``folded`` is the whole title and text, folded, spaces at the ends;
    ``topical``: the document is about synthetic media, which says as much as a word nearby; ``day``: its publication.
    """

    text: str
    start: int
    end: int
    folded: str
    lang: str
    countries: tuple[str, ...]
    year: int
    topical: bool = False
    day: date | None = None

    @property
    def mention(self) -> str:
        return self.text[self.start : self.end]

    def window(self, size: int = _AROUND) -> str:
        low, high = max(0, self.start - size), self.end + size
        return f" {fold_key(self.text[low : self.start])} | {fold_key(self.text[self.end : high])} "


Condition = Callable[[Surroundings], bool]


def compile_conditions(alias: str, conditions: tuple[str, ...]) -> Condition:
    """All conditions must hold; one that begins with ``or`` is an alternative to the one before it."""
    groups: list[list[Condition]] = []
    for said in conditions:
        if said.startswith("or ") and groups:
            groups[-1].append(_one(alias, said[3:]))
        else:
            groups.append([_one(alias, said)])
    return lambda around: all(any(check(around) for check in group) for group in groups)


def _one(alias: str, said: str) -> Condition:
    said = said.strip()
    if not said.startswith("not ") and " or " in said:
        parts = [_one(alias, part) for part in said.split(" or ")]
        return lambda around: any(check(around) for check in parts)
    word, _, rest = said.partition(" ")
    if word == "case":
        return lambda around: _same_case(alias, around.mention) or _small_acronym(alias, around)
    if word == "source":
        wanted = set(re.split(r"[/ ]", rest))
        return lambda around: bool(wanted & set(around.countries))
    if word == "lang":
        wanted = set(rest.split("/"))
        return lambda around: around.lang in wanted
    if word == "near":
        words = _words(rest.removesuffix(" in document"))
        return lambda around: around.topical or any(_holds(around.folded, w) for w in words)
    if said in ("brackets", "in brackets"):
        return lambda around: bool(_brackets(around))
    if said == "brackets with state code":
        return lambda around: bool(re.fullmatch(r"\w{1,2}(?:[-–—, ]+[A-Z][\w. -]{0,15})?", _brackets(around)))
    if said.startswith("as subject"):
        return _acts
    if word == "after":
        words = _words(rest)
        return lambda around: _follows(around, words)
    if said == "default":
        return lambda around: True
    if re.fullmatch(r"before \d{4}", said):
        return lambda around: around.year < int(rest)
    if word == "not":
        return _negated(alias, rest)
    return lambda around: False


def _negated(alias: str, rest: str) -> Condition:
    source = re.match(r"source (\w+)", rest)
    if source:
        return lambda around: source[1] != (around.countries[0] if around.countries else "")
    quoted = _QUOTED.findall(rest)
    if quoted:
        key = fold_key(alias)
        exact = [phrase for phrase in quoted if fold_key(phrase) == key]  # told apart by accent or case alone
        phrases = [fold_key(phrase) for phrase in quoted if phrase not in exact]
        return lambda around: (
            around.mention not in exact and not any(_phrase_here(around, phrase, key) for phrase in phrases)
        )
    words = _words(rest.removeprefix("near "))
    return lambda around: not any(_holds(around.window(), w) for w in words)


def _words(said: str) -> tuple[str, ...]:
    return tuple(key for key in (fold_key(part) for part in said.split("/")) if key)


def _holds(folded: str, word: str) -> bool:
    """Short words whole, longer ones also as the beginning of a word (député, députée, députés)."""
    return f" {word} " in folded or (len(word) > 4 and f" {word}" in folded)


def _same_case(alias: str, mention: str) -> bool:
    if alias[:1].islower():
        return mention[:1].isupper()
    return (
        mention == alias
        or (mention.isupper() and len(alias) > 5)
        or (fold_key(mention) == fold_key(alias) and ([c.isupper() for c in mention] == [c.isupper() for c in alias]))
    )


def _small_acronym(alias: str, around: Surroundings) -> bool:
    """``(Pd)``, ``(Spd)``: some newspapers write acronyms like names; believed in brackets only."""
    return alias.isupper() and len(alias) > 1 and around.mention == alias.capitalize() and bool(_brackets(around))


def _acts(around: Surroundings) -> bool:
    """``Brussels opened a case``, but not "in Brussels", "Brussels airport": a place that stands for the body there."""
    does, place = _metonym()
    before = around.text[max(0, around.start - 12) : around.start]
    return does.match(around.text, around.end) is not None and place.search(before) is None


@cache
def _metonym() -> tuple[re.Pattern[str], re.Pattern[str]]:
    shared = load("names")["shared"]
    return re.compile(rf"\s{shared['acts']}"), re.compile(rf"(?<!\w){shared['places']}\s?$", re.IGNORECASE)


def _brackets(around: Surroundings) -> str:
    """The content of the parentheses around the mention, or nothing."""
    opened = around.text.rfind("(", max(0, around.start - 40), around.start)
    if opened < 0 or ")" in around.text[opened : around.start]:
        return ""
    closed = around.text.find(")", around.end, around.end + 40)
    return around.text[opened + 1 : closed] if closed >= 0 else ""


def _follows(around: Surroundings, words: tuple[str, ...]) -> bool:
    before = fold_key(around.text[max(0, around.start - 30) : around.start]).split()[-3:]
    return any(part.startswith(word) for part in before for word in words)


def _phrase_here(around: Surroundings, phrase: str, key: str) -> bool:
    """The phrase, holding the alias, stands exactly here."""
    index = f" {phrase} ".find(f" {key} ")
    if index < 0:
        return f" {phrase} " in around.window(40)
    before = phrase[:index].strip()
    after = phrase[index + len(key) :].strip()
    left = f" {fold_key(around.text[max(0, around.start - 40) : around.start])}"
    right = f"{fold_key(around.text[around.end : around.end + 40])} "
    return (not before or left.endswith(f" {before}")) and (not after or right.startswith(f"{after} "))


# "16 ans", "(34)", ", 34,": an age right behind a name is told of private persons
_AGE = re.compile(r",? ?\(?(?:aged |âgée?s? de )?\d{1,2}(?: (?:ans|anni|años|år|Jahre|years old))?(?=[,.)\s])")


def holds_seat(jurisdiction: str, seats: Iterable[Seat], words: tuple[str, ...]) -> Condition:
    """A full name stands for a member of a parliament: of the text's country, in office on its day, and not beside
    words for victims or private persons, unless ``words`` (folded: of the chamber, of the party) stand beside it."""
    held = tuple((seat.start, seat.end) for seat in seats)
    country = jurisdiction.partition("-")[0]

    def holds(around: Surroundings) -> bool:
        if around.day is None or not _in_office(held, around.day.isoformat()) or not _written_as_name(around.mention):
            return False
        beside = stands_beside(around, words)
        at_home = country in {code.partition("-")[0] for code in around.countries[:2]}
        return (at_home or (beside and country == "eu")) and (beside or not _private(around))

    return holds


def stands_beside(around: Surroundings, words: tuple[str, ...]) -> bool:
    """One of the folded words right before the name, or right behind it in brackets or after a comma."""
    before = " ".join(fold_key(around.text[max(0, around.start - 60) : around.start]).split()[-4:])
    behind = re.match(r" ?\(([^()\n]{1,50})\)|,([^.,;\n]{1,40})", around.text[around.end : around.end + 60])
    after = " ".join(fold_key(behind[1] or behind[2] or "").split()[:4]) if behind else ""
    return any(f" {word} " in f" {place} " for word in words for place in (before, after) if place)


def _in_office(held: tuple[tuple[str, str], ...], day: str) -> bool:
    """Partial dates: a year holds for all its days."""
    return any(start <= day and (not end or day[: len(end)] <= end) for start, end in held if start)


def _written_as_name(mention: str) -> bool:
    """Every word of it begins with a capital, particles apart (``d'Exemple``, ``de``)."""
    words = mention.replace("-", " ").replace("'", " ").split()
    capitals = sum(word[0].isupper() for word in words)
    return capitals > 1 and all(word[0].isupper() or len(word) < 5 for word in words)


def _private(around: Surroundings) -> bool:
    low, high = max(0, around.start - 80), around.end + 80
    if _AGE.match(around.text, around.end):
        return True
    return name_rules(around.lang or "en").private.search(around.text, low, high) is not None
