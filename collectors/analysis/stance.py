"""Positions, precision first: a named subject and a verb of position that is its own, no negation, no condition.

The words are data (``stance_<lang>.toml``, :mod:`collectors.analysis.stance_words`); whose a verb is, is grammar
(:mod:`collectors.analysis.holders`), and so is whose words a quotation or a clause is
(:mod:`collectors.analysis.quotations`). Besides verbs: wordings before their subject ("backed by X", "le soutien de
X"), nouns of a position behind a name ("X's call for"), adjectives beside one ("X, favorable au texte"), verbs right
behind a quotation ("…", proteste X), and what somebody says in words of his own: in the minutes of a sitting
("M. Barrot. Nous proposons …"), in a quotation, in a clause with "said".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.analysis.clauses import sentences
from collectors.analysis.holders import behind_quotation, listed_after, meant_by, same_subject, subjects
from collectors.analysis.quotations import Quotations, around, floor, reported_by
from collectors.analysis.reading import Mention, Stance
from collectors.analysis.stance_words import Kinds, StanceWords, stance_words

#: what a chamber rejects or approves is an event, not a position
_VOTING = ("parliament", "committee")
_HOLDERS = frozenset(
    ("person", "party", "group", "ngo", "other", "research", "regulator", "government", "parliament", "committee",
     "platform", "ai_developer", "international")
)  # fmt: skip
#: of an authority "must" tells the law and "has failed" a finding: only its own verbs are a position
_OWN_WORDS = frozenset(("person", "party", "group", "ngo", "other", "research"))
#: in a row of supporters a company is one of many: it counts where the verb is its own
_COMPANIES = ("platform", "ai_developer")
_ADJACENT = re.compile(r"(?:\s?\([^()\n]{1,60}\))?,?\s(?:(?:is|are|est|sont|è|es|er|ist)\s)?(?:\w+ment\s|\w+ly\s)?")
_POSSESSIVE = re.compile(r"(?:'s|'|s')?\s(?:\w+\s)?")


def find_stances(text: str, lang: str, mentions: list[Mention]) -> tuple[Stance, ...]:
    """At most one stance per subject and kind; the quote is the sentence."""
    table = stance_words(lang)
    holders = sorted((m for m in mentions if m.kind in _HOLDERS), key=_at)
    said = Quotations(text, holders, table)
    found: dict[tuple[str, str], Stance] = {}
    before: tuple[int, list[Mention]] = (0, [])
    speaker: Mention | None = None
    offices: dict[str, Mention] = {}
    for start, end in sentences(text):
        here = [m for m in holders if start <= m.start < end]
        line = text.rfind("\n", 0, start) + 1
        opening = [m for m in holders if line <= m.start < line + 60]
        speaker = floor(text, line, opening, speaker, offices)
        if table.sieve.alive(text, start, end):
            sentence = _Sentence(text, start, end, here, before, table, said)
            for stance, subject, words in sentence.held(speaker):
                key = (subject.actor_id or subject.name, stance)
                found.setdefault(key, Stance(*key, start, end, text[start:end], f"verb:{words.lower()[:30]}"))
        persons = any(m.kind == "person" for m in here)
        if persons or not table.pronoun.match(text, start):  # a chain of sentences about one person goes on
            before = start, here
    return tuple(sorted(found.values(), key=lambda item: (item.start, item.actor, item.stance)))


class _Sentence:
    """One sentence and what is told of it so far."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        here: list[Mention],
        before: tuple[int, list[Mention]],
        table: StanceWords,
        said: Quotations,
    ) -> None:
        self.text, self.start, self.end, self.here, self.before = text, start, end, here, before
        self.table, self.said = table, said
        self._spans: list[tuple[int, int]] = []
        #: verbs that have a subject: (end of the verb, subject)
        self._told: list[tuple[int, Mention]] = []

    def held(self, speaker: Mention | None) -> Iterator[tuple[str, Mention, str]]:
        """(stance, subject, words of the verb)."""
        for ways in (self._after(), self._beside_name(), self._verbs(), self._own(speaker)):
            for stance, holder, verb in ways:
                if holder.kind in _VOTING and stance != "calls_for":
                    continue
                self._spans.append(verb.span())
                yield stance, holder, verb.group()

    def _free(self, stance: str, verb: re.Match[str], told: bool = True) -> bool:
        """Not negated, nothing behind that takes it away, and not inside a wording that already told a stance."""
        clause = max(self.start, verb.start() - 15, self.text.rfind(",", self.start, verb.start()))
        if self.table.negation.search(self.text, clause, verb.start()):
            return False
        if stance != "opposes" and told and self.table.negation.search(self.text, verb.start() + 2, verb.end()):
            return False  # "har ikke anbefalet": what opposes may be negated of itself ("will not back")
        aside = self.table.asides.get(stance)
        if aside is not None and aside.match(self.text[verb.end() : min(self.end, verb.end() + 90)]):
            return False
        return not any(s < verb.end() and verb.start() < e for s, e in self._spans)

    def _each(self, kinds: Kinds) -> Iterator[tuple[str, re.Match[str]]]:
        for stance, pattern in kinds:
            for verb in pattern.finditer(self.text, self.start, self.end):
                yield stance, verb

    def _quoted(self, position: int) -> tuple[int, int] | None:
        return around(self.said.spans, position)

    def _after(self) -> Iterator[tuple[str, Mention, re.Match[str]]]:
        """``backed by X, Y and Z``, ``le soutien de X``."""
        for stance, verb in self._each(self.table.after):
            if not self._free(stance, verb) or self._quoted(verb.start()):
                continue
            for subject in listed_after(self.text, self.here, verb.end()):
                self._spans.append(verb.span())
                if subject.kind not in _COMPANIES:
                    yield stance, subject, verb

    def _beside_name(self) -> Iterator[tuple[str, Mention, re.Match[str]]]:
        """``X, favorable au texte``, ``Contraria la commissaria X``, ``X's call for``."""
        text, here = self.text, self.here
        for stance, word in self._each(self.table.adjective):
            if not self._free(stance, word):
                continue
            for mention in here:
                if mention.end <= word.start() and _ADJACENT.fullmatch(text, mention.end, word.start()):
                    yield stance, mention, word
            opens = word.start() == self.start and min(
                (m for m in here if m.start >= word.end()), key=_at, default=None
            )
            if opens and re.fullmatch(r"\s(?:[a-zà-ÿ'-]+\s){0,4}(?:l')?", text[word.end() : opens.start]):
                yield stance, opens, word
        for stance, word in self._each(self.table.noun):
            for mention in here:
                beside = mention.end < word.start() and _POSSESSIVE.fullmatch(text, mention.end, word.start())
                if beside and self._free(stance, word):
                    yield stance, mention, word

    def _verbs(self) -> Iterator[tuple[str, Mention, re.Match[str]]]:
        table = self.table
        forms = (table.quoting, table.ending, table.before, table.plural, table.joined)
        for kinds in forms:
            for stance, verb in sorted(self._each(kinds), key=lambda one: one[1].start()):
                if self._quoted(verb.start()) or not self._free(stance, verb):
                    continue
                for holder in self._subjects(verb, kinds):
                    self._told.append((verb.end(), holder))
                    yield stance, holder, verb

    def _subjects(self, verb: re.Match[str], kinds: Kinds) -> list[Mention]:
        text, table = self.text, self.table
        if kinds is table.quoting:
            return behind_quotation(text, self.here, verb, table.lang)
        if kinds is not table.joined:
            ending, several = kinds is table.ending, kinds is table.plural
            held = subjects(text, (self.start, self.end), self.here, verb, table.lang, several, ending)
            if held or ending or several:
                return held
            pronouns = (table.pronoun, table.persons, table.bodies)
            held = meant_by(text, self.start, self.here, self.before, verb.start(), *pronouns, table.lang)
            if held:
                return held
        return same_subject(text, self.start, self.here, verb, self._told, table.lang)

    def _own(self, speaker: Mention | None) -> Iterator[tuple[str, Mention, re.Match[str]]]:
        """What somebody says in words of his own."""
        for kinds in (self.table.first_person, self.table.own):
            for stance, own in sorted(self._each(kinds), key=lambda one: one[1].start()):
                if not self._free(stance, own, told=False):
                    continue
                for who in self._whose(own, kinds is self.table.own, speaker):
                    yield stance, who, own

    def _whose(self, own: re.Match[str], reported: bool, speaker: Mention | None) -> list[Mention]:
        quotation = self._quoted(own.start())
        if quotation is not None:
            who = self.said.said_by(quotation)
            held = [who] if who is not None else []
        elif speaker is not None:
            held = [speaker]
        elif reported:
            held = reported_by(self.text, (self.start, self.end), self.here, self.before, own.start(), self.table)
        else:
            held = []
        return [m for m in held if not reported or m.kind in _OWN_WORDS]


def _at(mention: Mention) -> int:
    return mention.start
