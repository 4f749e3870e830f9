"""Positions, precision first: a named subject and a verb of position that is its own, no negation, no condition.

The verbs are data (``stance.toml``); whose they are is grammar (:mod:`collectors.analysis.holders`). Besides verbs:
wordings before their subject ("backed by X", "à l'appel de X"), nouns of a position behind a name ("X's call for"),
adjectives beside one ("X, favorable au texte"), and the first person of a speaker, in the minutes of a sitting
("M. Barrot. Nous proposons …", "Lord Hall (Con): I support it") or in a quotation with its speaker beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from collectors.analysis.clauses import sentences
from collectors.analysis.holders import listed_after, meant, same_subject, subjects
from collectors.analysis.lexicon import load
from collectors.analysis.reading import Mention, Stance
from collectors.analysis.sieve import Sieve, Words

_STANCES = ("calls_for", "opposes", "criticises", "supports")
_TITLE = re.compile(r"(?:(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir|Lord|Baroness)\s)?")
_OPENS = re.compile(r"(?:,[^.\n]{1,80}|\s\([^)\n]{1,60}\))?(?P<sign>[.:])\s")
#: a line of minutes opened by an office: "Mme la rapporteure.", "M. le président."
_OFFICE_OPENS = re.compile(r"(?:M\.|Mme) (?:le |la |l')(?P<office>\w{5,9})[^.\n]{0,60}\.\s")
#: a line of minutes opened by a name that is no mention
_SOMEBODY_OPENS = re.compile(r"(?:M\.|Mme|[A-Z][\w'-]+) [A-ZÀ-Þ][\w'-]+[^.:\n]{0,50}(?:\([^()\n]{1,40}\)[.:]|:)\s")
#: what a chamber rejects or approves is an event, not a position
_VOTING = ("parliament", "committee")
_HOLDERS = frozenset(
    ("person", "party", "group", "ngo", "other", "research", "regulator", "government", "parliament", "committee",
     "platform", "ai_developer", "international")
)  # fmt: skip
#: a peer is known by a title before we know who it is
_SPEAKERS = ("person", "other")
#: in a row of supporters a company is one of many: it counts where the verb is its own
_COMPANIES = ("platform", "ai_developer")
_ADJACENT = re.compile(r"(?:\s?\([^()\n]{1,60}\))?,?\s(?:(?:is|are|est|sont|è|es|er|ist)\s)?(?:\w+ment\s|\w+ly\s)?")
_POSSESSIVE = re.compile(r"(?:'s|'|s')?\s(?:\w+\s)?")
_ADVERBS = re.compile(
    r"(?:\s(?:s'|se\s|si\s|sich\s)?|\s(?:has|have|had|a|ha|hat|har|aussi|also|auch|donc|then|later|again|in turn)\s)"
    r"(?:\w+(?:ly|ment|mente)\s|\w{2,9}\s)?"
)


@dataclass(frozen=True, slots=True)
class _Verbs:
    lang: str
    sieve: Sieve
    before: tuple[tuple[str, Words], ...]
    plural: tuple[tuple[str, Words], ...]
    ending: tuple[tuple[str, Words], ...]
    after: tuple[tuple[str, Words], ...]
    noun: tuple[tuple[str, Words], ...]
    adjective: tuple[tuple[str, Words], ...]
    first_person: tuple[tuple[str, Words], ...]
    saying: Words
    pronoun: Words
    persons: Words
    bodies: Words
    negation: Words


@cache
def _verbs(lang: str) -> _Verbs:
    table, sieve = load("stance")[lang], Sieve()

    def kinds(prefix: str) -> tuple[tuple[str, Words], ...]:
        named = ((stance, table.get(f"{prefix}{stance}")) for stance in _STANCES)
        return tuple((stance, Words(sieve, patterns, "stance")) for stance, patterns in named if patterns)

    def apart(name: str) -> Words:
        return Words(Sieve(), table[name], "stance")

    return _Verbs(
        lang=lang,
        sieve=sieve,
        before=kinds(""),
        plural=kinds("they_"),
        ending=kinds("end_"),
        after=kinds("by_"),
        noun=kinds("noun_"),
        adjective=kinds("adj_"),
        first_person=kinds("i_"),
        saying=apart("saying"),
        pronoun=apart("pronoun"),
        persons=apart("persons"),
        bodies=apart("bodies"),
        negation=apart("negation"),
    )


def find_stances(text: str, lang: str, mentions: list[Mention]) -> tuple[Stance, ...]:
    """At most one stance per subject and kind; the quote is the sentence."""
    verbs = _verbs(lang)
    holders = sorted((m for m in mentions if m.kind in _HOLDERS), key=lambda m: m.start)
    found: dict[tuple[str, str], Stance] = {}
    before: tuple[int, list[Mention]] = (0, [])
    speaker: Mention | None = None
    offices: dict[str, Mention] = {}
    for start, end in sentences(text):
        here = [m for m in holders if start <= m.start < end]
        line = text.rfind("\n", 0, start) + 1
        opening = [m for m in holders if line <= m.start < line + 60]
        speaker = _speaker(text, line, opening, speaker, offices)
        for stance, subject, said in _held(text, (start, end), here, before, speaker, verbs):
            key = (subject.actor_id or subject.name, stance)
            found.setdefault(key, Stance(*key, start, end, text[start:end], f"verb:{said.lower()[:30]}"))
        before = start, here
    return tuple(sorted(found.values(), key=lambda item: (item.start, item.actor, item.stance)))


def _speaker(
    text: str, line: int, opening: list[Mention], speaker: Mention | None, offices: dict[str, Mention]
) -> Mention | None:
    """Who has the floor: the name or the office that opens the line, else who had it."""
    for mention in opening:
        title = _TITLE.fullmatch(text, line, mention.start)
        opens = _OPENS.match(text, mention.end)
        if title is not None and opens and mention.kind in _SPEAKERS and (title.group() or opens["sign"] == ":"):
            if office := re.match(r", (\w{5,9})", opens.group()):
                offices[office[1].lower()[:8]] = mention
            return mention
    office = _OFFICE_OPENS.match(text, line)
    if office:
        return offices.get(office["office"].lower()[:8])
    return None if _SOMEBODY_OPENS.match(text, line) else speaker


def _held(
    text: str,
    sentence: tuple[int, int],
    here: list[Mention],
    before: tuple[int, list[Mention]],
    speaker: Mention | None,
    verbs: _Verbs,
) -> Iterator[tuple[str, Mention, str]]:
    """(stance, subject, words of the verb) of one sentence."""
    start, end = sentence
    if not verbs.sieve.alive(text, start, end):
        return
    spans: list[tuple[int, int]] = []

    def free(verb: re.Match[str]) -> bool:
        """Not negated, and not inside a wording that already told a stance."""
        clause = max(start, verb.start() - 15, text.rfind(",", start, verb.start()))
        negated = verbs.negation.search(text, clause, verb.start())
        return negated is None and not any(s < verb.end() and verb.start() < e for s, e in spans)

    for stance, pattern in verbs.after:
        for verb in pattern.finditer(text, start, end):
            for subject in listed_after(text, here, verb.end()) if free(verb) else ():
                spans.append(verb.span())
                if subject.kind not in _COMPANIES:
                    yield stance, subject, verb.group()
    for stance, holder, verb in _beside_name(text, sentence, here, verbs):
        if free(verb):
            spans.append(verb.span())
            yield stance, holder, verb.group()
    told: list[tuple[int, Mention]] = []
    for forms, several in ((verbs.ending, False), (verbs.before, False), (verbs.plural, True)):
        for stance, verb in _in_order(forms, text, start, end):
            if _quoted(text, start, verb.start()) or not free(verb):
                continue
            ending = forms is verbs.ending
            held = subjects(text, sentence, here, verb, verbs.lang, several, ending)
            if not held and not several and not ending:
                held = _meant(text, start, here, before, verb.start(), verbs) or same_subject(
                    text, start, here, verb, told, verbs.lang
                )
            for holder in held:
                if holder.kind not in _VOTING or stance == "calls_for":
                    spans.append(verb.span())
                    told.append((verb.end(), holder))
                    yield stance, holder, verb.group()
    for stance, pattern in verbs.first_person:
        for own in pattern.finditer(text, start, end):
            inside = _quoted(text, start, own.start())
            who = _of_quotation(text, sentence, here, own.start(), verbs) if inside else speaker
            if who is not None and free(own):
                spans.append(own.span())
                yield stance, who, own.group()


def _in_order(forms: tuple[tuple[str, Words], ...], text: str, start: int, end: int) -> list[tuple[str, re.Match[str]]]:
    """The verbs of a sentence as they stand; of two over the same words the one told first."""
    found = [(stance, verb) for stance, pattern in forms for verb in pattern.finditer(text, start, end)]
    return sorted(found, key=lambda one: one[1].start())


def _quoted(text: str, start: int, position: int) -> bool:
    """Inside quotation marks: those are the words of somebody else."""
    return text.count('"', start, position) % 2 == 1


def _beside_name(
    text: str, sentence: tuple[int, int], here: list[Mention], verbs: _Verbs
) -> Iterator[tuple[str, Mention, re.Match[str]]]:
    """``X, favorable au texte``, ``Contraria la commissaria X``, ``X's call for``."""
    start, end = sentence
    for stance, pattern in verbs.adjective:
        for word in pattern.finditer(text, start, end):
            for mention in here:
                if mention.end <= word.start() and _ADJACENT.fullmatch(text, mention.end, word.start()):
                    yield stance, mention, word
            opening = word.start() == start and min((m for m in here if m.start >= word.end()), key=_at, default=None)
            if opening and re.fullmatch(r"\s(?:[a-zà-ÿ'-]+\s){0,4}(?:l')?", text[word.end() : opening.start]):
                yield stance, opening, word
    for stance, pattern in verbs.noun:
        for word in pattern.finditer(text, start, end):
            for mention in here:
                if mention.end < word.start() and _POSSESSIVE.fullmatch(text, mention.end, word.start()):
                    yield stance, mention, word


def _at(mention: Mention) -> int:
    return mention.start


def _meant(
    text: str, start: int, here: list[Mention], before: tuple[int, list[Mention]], verb: int, verbs: _Verbs
) -> list[Mention]:
    """Whom a pronoun or a description right before the verb can mean."""
    for words, person in ((verbs.pronoun, True), (verbs.persons, True), (verbs.bodies, False)):
        for word in words.finditer(text, max(start, verb - 45), verb):
            if _ADVERBS.fullmatch(text, word.end(), verb) is None:
                continue
            earlier = [m for m in here if m.end <= word.start()]
            alike = [m for m in earlier if (m.kind == "person") == person]
            opens = start if alike else before[0]
            found = meant(text, start, word.start(), alike or before[1], opens, person)
            if found:
                return found
    return []


def _of_quotation(
    text: str, sentence: tuple[int, int], here: list[Mention], position: int, verbs: _Verbs
) -> Mention | None:
    """``"We oppose this," Jane Roe said``: who says the quotation around ``position``."""
    closes = text.find('"', position, sentence[1])
    if closes < 0:
        return None
    behind = min((m for m in here if m.start > closes), key=_at, default=None)
    if behind is None:
        return None
    gap = text[closes + 1 : behind.start]
    said_before = re.fullmatch(r",?\s?(?P<verb>[\wà-ÿ' ]{2,25}?)\s(?:[\wà-ÿ'.-]+\s){0,4}(?:l')?", gap)
    if said_before and verbs.saying.search(gap):
        return behind
    said_after = re.match(r"(?:\s?\([^()\n]{1,60}\))?\s(\w+)", text[behind.end : behind.end + 80])
    only_office = re.fullmatch(r",?\s(?:[\wà-ÿ'.-]+\s){0,4}", gap)
    return behind if only_office and said_after and verbs.saying.fullmatch(said_after[1]) else None
