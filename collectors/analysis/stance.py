"""Positions, precision first: a named subject and a verb of position that is its own, no negation, no condition.

Four forms: the subject before its verb ("X opposes"; behind it where a language puts the verb second), after a passive
("backed by X", "supporters include X"), a pronoun at the start of a sentence that can mean one person only ("She said
she would back …"), and the first person of a speaker in the minutes of a sitting ("M. Barrot. Nous proposons …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from collectors.analysis.clauses import sentences
from collectors.analysis.lexicon import load
from collectors.analysis.name_rules import first_names, name_rules
from collectors.analysis.normalise import fold_key
from collectors.analysis.reading import Mention, Stance
from collectors.analysis.sieve import Sieve, Words

_STANCES = ("calls_for", "opposes", "criticises", "supports")
_NEAR = 45
_IF = re.compile(r"(?<!\w)(?:si|s'|whether|if|ob|wenn|se|om|hvis)\s(?:\w+[\s'])?$", re.IGNORECASE)
_BROKEN = re.compile(r"[;.:,\"]|\s(?:et|and|und|that|que|dass|qui|who)\s")
_TITLE = re.compile(r"(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir|Lord|Baroness)\s")
_OPENS = re.compile(r"(?:,[^.\n]{1,80}|\s\([^)\n]{1,60}\))?[.:]\s")
_JOINING = re.compile(r"(?:and|et|und|y|e|og)?\s?(?:the|le|la|les|l'|der|die|el|los|il|i)?", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?<!\w)(?:vor|bei|beim|mit|nach|gegen|gegenüber|laut|at|with|before|against|from|to|devant|chez|avec|contre|selon|à"
    r"|au|aux|auprès d[eu]|con|contro|secondo|ante|contra|según|med|hos|mod|ifølge)\s"
    r"(?:the|der|dem|den|die|la|le|les|l'|il|el|los)?\s?$",
    re.IGNORECASE,
)
#: what stands before the verb when the subject stands behind it
_VERB_SECOND = {
    "de": re.compile(
        r"(?:Vor|Am|Im|In|Nach|Bei|Beim|Zu|Zum|Mit|Gestern|Heute|Auch|Zudem|Scharf|Bereits|Zugleich|\w+tag)\s"
    ),
    "da": re.compile(r"(?:På|I|Efter|Ved|Også|Samtidig|Onsdag|\w+dag)\s"),
}
#: what a chamber rejects or approves is an event, not a position
_VOTING = ("parliament", "committee")
#: between a comma and the verb: an object or an auxiliary
_ONLY_VERB = re.compile(r",\s?(?:(?:lo|la|los|las|le|les|l'|s'|se|si)\s?)?(?:(?:a|ont|ha|han|hat|has|have|est|è)\s)?")
_HOLDERS = frozenset(
    ("person", "party", "group", "ngo", "other", "research", "regulator", "government", "parliament", "committee")
)


@dataclass(frozen=True, slots=True)
class _Verbs:
    lang: str
    sieve: Sieve
    before: tuple[tuple[str, Words], ...]
    after: tuple[tuple[str, Words], ...]
    first_person: tuple[tuple[str, Words], ...]
    pronoun: Words
    negation: Words


@cache
def _verbs(lang: str) -> _Verbs:
    table, sieve = load("stance")[lang], Sieve()

    def kinds(prefix: str) -> tuple[tuple[str, Words], ...]:
        named = ((stance, table.get(f"{prefix}{stance}")) for stance in _STANCES)
        return tuple((stance, Words(sieve, patterns, "stance")) for stance, patterns in named if patterns)

    pronoun, negation = (Words(Sieve(), table[name], "stance") for name in ("pronoun", "negation"))
    return _Verbs(lang, sieve, kinds(""), kinds("by_"), kinds("i_"), pronoun, negation)


def find_stances(text: str, lang: str, mentions: list[Mention]) -> tuple[Stance, ...]:
    """At most one stance per subject and kind; the quote is the sentence."""
    verbs = _verbs(lang)
    holders = sorted((m for m in mentions if m.kind in _HOLDERS), key=lambda m: m.start)
    found: dict[tuple[str, str], Stance] = {}
    before: list[Mention] = []
    speaker: Mention | None = None
    for start, end in sentences(text):
        here = [m for m in holders if start <= m.start < end]
        line = text.rfind("\n", 0, start) + 1
        speaker = next((m for m in here if _speaks(text, line, m)), speaker)
        for stance, subject, said in _held(text, (start, end), here, before, speaker, verbs):
            key = (subject.actor_id or subject.name, stance)
            found.setdefault(key, Stance(*key, start, end, text[start:end], f"verb:{said.lower()[:30]}"))
        before = here or before
    return tuple(sorted(found.values(), key=lambda item: (item.start, item.actor, item.stance)))


def _speaks(text: str, line: int, mention: Mention) -> bool:
    """``M. Jean-Noël Barrot, ministre délégué. Nous …``: the name that opens a line of minutes."""
    title = _TITLE.fullmatch(text, line, mention.start)
    return title is not None and mention.kind == "person" and _OPENS.match(text, mention.end) is not None


def _held(
    text: str,
    sentence: tuple[int, int],
    here: list[Mention],
    before: list[Mention],
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
        negated = verbs.negation.search(text, max(start, verb.start() - 15), verb.start())
        return negated is None and not any(s < verb.end() and verb.start() < e for s, e in spans)

    for stance, pattern in verbs.after:
        for verb in pattern.finditer(text, start, end):
            for subject in _listed_after(text, here, verb.end()) if free(verb) else ():
                spans.append(verb.span())
                yield stance, subject, verb.group()
    for stance, pattern in verbs.before:
        for verb in pattern.finditer(text, start, end):
            holder = (
                _subject(text, here, verb.start(), verbs.lang)
                or _meant(text, sentence, verb.start(), before, verbs)
                or _inverted(text, start, here, verb, verbs.lang)
            )
            votes = holder is not None and holder.kind in _VOTING and stance != "calls_for"
            if holder is not None and not votes and free(verb):
                spans.append(verb.span())
                yield stance, holder, verb.group()
    for stance, pattern in verbs.first_person if speaker is not None else ():
        own = pattern.search(text, start, end)
        if own and free(own) and speaker is not None:
            yield stance, speaker, own.group()


def _subject(text: str, here: list[Mention], verb: int, lang: str) -> Mention | None:
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
    elif _ONLY_VERB.fullmatch(between) and "," in text[max(0, nearest.start - 60) : nearest.start]:
        between = ""  # "the families, gathered in the collective X, ask"; "X, chaired by Jane Roe, asks"
        comma = text.rfind(",", 0, nearest.start)
        nearest = next((m for m in before if m.end == comma), nearest)
    if _IF.search(text[max(0, nearest.start - 14) : nearest.start]):
        return None
    if len(between) > _NEAR or _BROKEN.search(between) or _another(text, verb - len(between), verb, lang):
        return None
    return None if _beside(text, nearest) else nearest


def _another(text: str, start: int, end: int, lang: str) -> bool:
    """A name that is no mention stands there: the verb is that person's, and nobody may say so."""
    rules = name_rules(lang)
    for name in rules.name.finditer(text, start, end):
        first = re.split(r"[ -]", name.group())[0]
        if fold_key(first) in first_names() or not (rules.nouns_capital or first in rules.not_first):
            return True
    return False


def _inverted(text: str, start: int, here: list[Mention], verb: re.Match[str], lang: str) -> Mention | None:
    """``Vor dem Bundestag begrüßte Ministerin Winzig …``: the name behind, where a language puts the verb second."""
    opening = _VERB_SECOND[lang].match(text, start) if lang in _VERB_SECOND else None
    if opening is None or any(m.end <= verb.start() and not _beside(text, m) for m in here):
        return None
    behind = min((m for m in here if m.start >= verb.end()), key=lambda m: m.start, default=None)
    return behind if behind and re.fullmatch(r"\s(?:[\w-]+\s){0,2}", text[verb.end() : behind.start]) else None


def _beside(text: str, mention: Mention) -> bool:
    """Only said to be where it happens, or against whom: no subject."""
    return _PREPOSITION.search(text, max(0, mention.start - 20), mention.start) is not None


def _meant(text: str, sentence: tuple[int, int], verb: int, before: list[Mention], verbs: _Verbs) -> Mention | None:
    """The one person a pronoun at the start of the sentence can mean."""
    pronoun = verbs.pronoun.match(text, sentence[0])
    if pronoun is None or verb - pronoun.end() > _NEAR or re.search(r"[;:\"]", text[pronoun.end() : verb]):
        return None
    persons = {m.actor_id or m.name: m for m in before if m.kind == "person"}
    return next(iter(persons.values())) if len(persons) == 1 else None


def _listed_after(text: str, here: list[Mention], position: int) -> list[Mention]:
    """``by X, Y and Z``: the names that begin here, joined by commas and "and"."""
    found: list[Mention] = []
    for mention in here:
        if mention.start < position:
            continue
        if not _JOINING.fullmatch(text[position : mention.start].strip(" ,")):
            break
        found.append(mention)
        position = mention.end
    return found
