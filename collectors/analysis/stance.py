"""Positions, precision first: a named subject and a verb of position that is its own, no negation, no condition.

The words are data (``stance_<lang>.toml``, :mod:`collectors.analysis.stance_words`); whose a verb is, is grammar
(:mod:`collectors.analysis.holders`), as is who is meant by a pronoun
(:mod:`collectors.analysis.antecedents`) and whose words a quotation or a clause is
(:mod:`collectors.analysis.quotations`). Besides verbs: wordings before their subject ("backed by X", "le soutien de
X"), nouns of a position behind a name ("X's call for"), adjectives beside one ("X, favorable au texte"), verbs right
behind a quotation ("…", proteste X), and what somebody says in words of his own: in the minutes of a sitting
("M. Barrot. Nous proposons …"), in a quotation, in a clause with "said".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.analysis.antecedents import Before, meant_by, same_subject
from collectors.analysis.clauses import sentences
from collectors.analysis.holders import behind_quotation, listed_after, subjects
from collectors.analysis.quotations import Quotations, around, asker, floor, reported_by
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
#: between "so does" and a name: an article, an office
_NEXT = re.compile(
    r"\s?(?:(?:the|la|le|les|l'|der|die|das|den|el|los|il)\s?)?(?:(?!qu)[a-zà-ÿ-]+\s){0,2}(?:[A-Z][\w.]+\s)?"
)
_ECHOED = re.compile(r"(?:\s?\([^()\n]{1,60}\))?,?\s")
#: "Contraria la deputata X", "Hostile au texte, la députée X"
_OPENING_ADJECTIVE = re.compile(r"(?:\s[a-zà-ÿ' -]{1,80},)?\s(?:[a-zà-ÿ'-]+\s){0,4}(?:l')?")
#: an adjective with its preposition: a name right behind it is what it is about
_GOVERNS = re.compile(r"(?<!\w)(?:à|au|aux|la|al|alla|a|to|of)$|l'\w+$")
_POSSESSIVE = re.compile(r"(?:'s|'|s')?\s(?:\w+\s)?")


def find_stances(text: str, lang: str, mentions: list[Mention]) -> tuple[Stance, ...]:
    """At most one stance per subject and kind; the quote is the sentence."""
    table = stance_words(lang)
    holders = sorted((m for m in mentions if m.kind in _HOLDERS), key=_at)
    said = Quotations(text, holders, table)
    found: dict[tuple[str, str], Stance] = {}
    before: Before = (0, [], None)
    asks = asker(text, holders) if lang == "fr" else None
    echoed = ""
    speaker: Mention | None = None
    offices: dict[str, Mention] = {}
    for start, end in sentences(text):
        here = [m for m in holders if start <= m.start < end]
        line = text.rfind("\n", 0, start) + 1
        opening = [m for m in holders if line <= m.start < line + 60]
        speaker = floor(text, line, opening, speaker, offices)
        somebody = here or before[1] or speaker or asks or said.goes_on(end - 1)
        if somebody and table.sieve.alive(text, start, end):
            spoke = said.last_speaker(before[0], start) or asks
            sentence = _Sentence(text, start, end, here, (before[0], before[1], spoke), table, said)
            for stance, subject, words in sentence.held(speaker, echoed):
                key = (subject.actor_id or subject.name, stance)
                found.setdefault(key, Stance(*key, start, end, text[start:end], f"verb:{words.lower()[:30]}"))
            echoed = sentence.last()
        else:
            echoed = ""
        persons = any(m.kind == "person" for m in here)
        goes_on = not persons and before[1] and table.pronoun.match(text, start)
        if not goes_on:  # else it is one more sentence about the person named before
            before = start, here, None
    return tuple(sorted(found.values(), key=lambda item: (item.start, item.actor, item.stance)))


class _Sentence:
    """One sentence and what is told of it so far."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        here: list[Mention],
        before: Before,
        table: StanceWords,
        said: Quotations,
    ) -> None:
        self.text, self.start, self.end, self.here, self.before = text, start, end, here, before
        self.table, self.said = table, said
        self._alive = table.sieve.alive(text, start, end)
        self._spans: list[tuple[int, int]] = []
        #: verbs that have a subject: (end of the verb, subject)
        self._told: list[tuple[int, Mention]] = []
        #: where a position ends, and which
        self._order: list[tuple[int, str]] = []

    def last(self) -> str:
        """The position told last."""
        return max(self._order, default=(0, ""))[1]

    def held(self, speaker: Mention | None, echoed: str) -> Iterator[tuple[str, Mention, str]]:
        """(stance, subject, words of the verb). ``echoed``: the last position of the sentence before."""
        ways = (self._after(), self._beside_name(), self._verbs(), self._own(speaker), self._echoes(echoed))
        for way in ways:
            for stance, holder, verb in way:
                if holder.kind in _VOTING and stance != "calls_for":
                    continue
                self._order.append((verb.end(), stance))
                self._spans.append(verb.span())
                yield stance, holder, verb.group()

    def _free(self, stance: str, verb: re.Match[str], told: bool = True) -> bool:
        """Not negated, nothing behind that takes it away, and not inside a wording that already told a stance."""
        clause = max(self.start, verb.start() - 15, self.text.rfind(",", self.start, verb.start()))
        if self.table.negation.search(self.text, clause, verb.start()):
            return False
        if stance != "opposes" and told and self.table.negation.search(self.text, verb.start() + 2, verb.end()):
            return False  # "har ikke anbefalet": what opposes may be negated of itself ("will not back")
        if self.table.faked.search(self.text, self.start, verb.start()):
            return False  # what somebody is shown to say in a fake
        aside = self.table.asides.get(stance)
        if aside is not None and aside.match(self.text[verb.end() : min(self.end, verb.end() + 90)]):
            return False
        return not any(s < verb.end() and verb.start() < e for s, e in self._spans)

    def _each(self, kinds: Kinds) -> Iterator[tuple[str, re.Match[str]]]:
        for stance, pattern in kinds:
            if pattern in self._alive:
                for verb in pattern.finditer(self.text, self.start, self.end):
                    yield stance, verb

    def _quoted(self, position: int) -> tuple[int, int] | None:
        return around(self.said.spans, position)

    def _after(self) -> Iterator[tuple[str, Mention, re.Match[str]]]:
        """``backed by X, Y and Z``, ``le soutien de X``."""
        for stance, verb in self._each(self.table.after):
            if not self._free(stance, verb) or self._quoted(verb.start()):
                continue
            row = listed_after(self.text, self.here, verb.end())
            for subject in row:
                self._spans.append(verb.span())
                if len(row) == 1 or subject.kind not in _COMPANIES:
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
            before = _OPENING_ADJECTIVE.fullmatch(text, word.end(), opens.start) if opens else None
            if opens and before and ("," in before.group() or not _GOVERNS.search(word.group())):
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
        participle = kinds is table.joined
        return same_subject(text, self.start, self.here, verb, self._told, table.lang, participle)

    def _echoes(self, echoed: str) -> Iterator[tuple[str, Mention, re.Match[str]]]:
        """``So does X``, ``X does too``: the position told right before, of another holder."""
        for echo, behind in ((self.table.echo_before, True), (self.table.echo_behind, False)):
            for word in echo.finditer(self.text, self.start, self.end):
                stance = max((one for one in self._order if one[0] <= word.start()), default=(0, echoed))[1]
                if not stance or self._quoted(word.start()):
                    continue
                if behind:
                    held = listed_after(self.text, self.here, word.end())
                    if held and not _NEXT.fullmatch(self.text, word.end(), held[0].start):
                        continue
                else:
                    held = [m for m in self.here if _ECHOED.fullmatch(self.text, m.end, word.start())]
                for holder in held:
                    yield stance, holder, word

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
