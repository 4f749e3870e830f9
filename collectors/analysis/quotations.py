"""Whose words they are: quotations of a text and who says them, reported speech, the floor in minutes.

All quotation marks of a normalised text are alike, so they are paired in their order, line by line. A quotation is said
by the name behind it ("…", said X; "…", X said), by the name before it (X said: "…"), or by who said the one before,
when it goes on. Nobody says it when that is not certain.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from collectors.analysis import holder_words as words
from collectors.analysis.antecedents import Before, meant_by
from collectors.analysis.clauses import sentence_around, sentences
from collectors.analysis.holders import subjects, unnamed
from collectors.analysis.reading import Mention
from collectors.analysis.stance_words import StanceWords

Span = tuple[int, int]

_MARK = re.compile(r'["\n]')
_TITLE = re.compile(r"(?:(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir|Lord|Baroness)\s)?")
_OPENS = re.compile(r"(?:,[^.\n]{1,80}|\s\([^)\n]{1,60}\))?(?P<sign>[.:])\s")
#: a line of minutes opened by an office: "Mme la rapporteure.", "M. le président."
_OFFICE_OPENS = re.compile(r"(?:M\.|Mme) (?:le |la |l')(?P<office>\w{5,9})[^.\n]{0,60}\.\s")
#: a line of minutes opened by a name that is no mention
_SOMEBODY_OPENS = re.compile(r"(?:M\.|Mme|[A-Z][\w'-]+) [A-ZÀ-Þ][\w'-]+[^.:\n]{0,50}(?:\([^()\n]{1,40}\)[.:]|:)\s")
#: a peer is known by a title before we know who it is
_SPEAKERS = ("person", "other")
#: behind the closing mark: an auxiliary before the verb of saying
_LEAD = re.compile(r"[,.]?\s?(?P<verb>(?:(?:a|ha|hat|har|has|had)\s)?)")
#: behind the verb of saying, before the name: its office, and whom it is said to
_REST = re.compile(r"(?:[,.]?\s[\wà-ÿ'.-]+){0,8}\s?(?:l')?")
_OFFICE = re.compile(r"[,.]?\s(?:(?!(?:and|while|but|et|und|y|e|og|mais|aber|ma|pero)\s)[\wà-ÿ'.-]+\s){0,4}(?:l')?")
_CLAUSE = re.compile(r"(?<!\w)(?:que|qu'|that|dass|che|at|and|et|und|while|tandis|mentre|mientras|mens)(?!\w)")
_BEHIND_NAME = re.compile(
    r"(?:\s?\([^()\n]{1,60}\))?(?:\s?,\s[^,;:.\"\n]{1,70},)?\s(?:(?:has|had|a|ha)\s)?(?:\w+ly\s)?"
)
_AFTER_HOLDER = re.compile(r"(?:\s?\([^()\n]{1,60}\)|,[^.\"\n]{1,80})?[^.,;:\"\n]{0,40}[.,:]\s")
#: between "selon X" and what X says
_OPENING = re.compile(r"(?:\s?\([^()\n]{1,60}\))?(?:,\s[^,;:.\"\n]{1,70})?,?\s[^;:.\n]{0,100}")
_TIGHT = re.compile(r"[^.;\"\n]{0,60}?[:,]?\s?")


def quotations(text: str) -> list[Span]:
    """The insides of the quotation marks; one left open runs to the end of its line."""
    found: list[Span] = []
    opens = -1
    for mark in _MARK.finditer(text) if '"' in text else ():
        if mark.group() == '"' and opens < 0:
            opens = mark.end()
        elif opens >= 0:
            found.append((opens, mark.start()))
            opens = -1
    return [*found, (opens, len(text))] if opens >= 0 else found


def around(spans: Sequence[Span], position: int) -> Span | None:
    """The quotation that holds ``position``."""
    place = bisect_right(spans, position, key=lambda span: span[0])
    return spans[place - 1] if place and position < spans[place - 1][1] else None


class Quotations:
    """Who says each quotation of one text, found when it is asked."""

    def __init__(self, text: str, holders: list[Mention], table: StanceWords) -> None:
        self._text, self._holders, self._table = text, holders, table
        self._known: dict[Span, Mention | None] = {}

    @cached_property
    def spans(self) -> list[Span]:
        """The quotations of the text in their order."""
        return quotations(self._text)

    def goes_on(self, position: int) -> bool:
        """Whether a quotation is open there."""
        return around(self.spans, position) is not None

    def last_speaker(self, start: int, end: int) -> Mention | None:
        """The person who says the last quotation of a sentence."""
        inside = [span for span in self.spans if start <= span[1] < end]
        who = self.said_by(inside[-1]) if inside else None
        return who if who is not None and who.kind == "person" and start <= who.start < end else None

    def said_by(self, span: Span) -> Mention | None:
        """The one name that is certain."""
        if span not in self._known:
            self._known[span] = self._said_by(span)
        return self._known[span]

    def _said_by(self, span: Span) -> Mention | None:
        text, opens = self._text, span[0] - 1
        start = max(sentence_around(text, opens)[0], text.rfind("\n", 0, opens) + 1)
        inside = text[start:opens].strip() != ""
        found = self._before(span, start) if inside else None
        return found or self._behind(span) or self._by_pronoun(span) or self._going_on(span)

    def _behind(self, span: Span) -> Mention | None:
        text, close = self._text, span[1]
        behind = next((m for m in self._holders if m.start > close), None)
        if behind is None or behind.start - close > 110 or text[close : close + 1] != '"':
            return None
        gap = text[close + 1 : behind.start]
        if re.search(r'["\n;:]', gap) or unnamed(text, close + 1, behind.start, self._table.lang):
            return None
        lead = _LEAD.match(gap)
        assert lead is not None
        said = self._table.saying.match(gap, lead.end()) or self._table.saying.match(gap, lead.start("verb"))
        rest = gap[said.end() :] if said else ""
        doubtful = words.PREPOSITION.search(rest) or words.SOMEONE.search(rest) or _CLAUSE.search(rest)
        if said and _REST.fullmatch(rest) and not doubtful:
            return behind
        if self._table.according.match(gap, lead.start("verb")) and _REST.fullmatch(gap):
            return behind
        if _OFFICE.fullmatch(gap) is None or words.PREPOSITION.search(gap):
            return None
        after = _BEHIND_NAME.match(text, behind.end)
        return behind if after and self._table.saying.match(text, after.end()) else None

    def _before(self, span: Span, start: int) -> Mention | None:
        text, opens = self._text, span[0] - 1
        here = [m for m in self._holders if start <= m.start < opens]
        for said in reversed(list(self._table.saying.finditer(text, start, opens))):
            if around(self.spans, said.start()) or _TIGHT.fullmatch(text, said.end(), opens) is None:
                continue
            held = subjects(text, (start, opens), here, said, self._table.lang)
            return held[0] if len(held) == 1 else None
        held = according_to(text, (start, opens), here, opens, self._table)
        return held[0] if len(held) == 1 else None

    def _by_pronoun(self, span: Span) -> Mention | None:
        """``"…," she said``: who said the quotation before, or the one person of this sentence and the one before."""
        text, close = self._text, span[1]
        pattern = words.SAID_PRONOUN.get(self._table.lang)
        said = pattern.match(text, close + 1) if pattern else None
        if said is None or (said["said"] and not self._table.saying.fullmatch(said["said"])):
            return None
        spans = sentences(text)
        place = max(0, bisect_right(spans, span[0], key=lambda one: one[0]) - 1)
        low = spans[max(0, place - 1)][0]
        window = [m for m in self._holders if low <= m.start < span[0] and m.kind == "person"]
        persons = {m.actor_id or m.name: m for m in window}
        earlier = [one for one in self.spans if one[1] < span[0] and span[0] - one[1] < 400]
        last = self.said_by(earlier[-1]) if earlier else None
        if last is not None and last.kind == "person" and set(persons) <= {last.actor_id or last.name}:
            return last
        edges = [low, *(at for m in self._holders if low <= m.start < span[0] for at in (m.start, m.end)), span[0] - 1]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        if len(persons) != 1 or any(a < b and unnamed(text, a, b, self._table.lang) for a, b in pairs):
            return None
        return next(iter(persons.values()))

    def _going_on(self, span: Span) -> Mention | None:
        """``"…," said X. "…"``"""
        place = self.spans.index(span)
        last = self.spans[place - 1] if place else None
        text, opens = self._text, span[0] - 1
        if last is None or "\n" in text[last[1] : opens] or opens - last[1] > 160:
            return None
        holder = self.said_by(last)
        if holder is None:
            return None
        at = holder.end if holder.end > last[1] else last[1] + 1
        closes = text[span[1] : span[1] + 3].rstrip(' "')
        lone = closes == "" or closes.startswith(("\n", "."))
        return holder if lone and _AFTER_HOLDER.fullmatch(text, at, opens) else None


def according_to(
    text: str, sentence: Span, here: Sequence[Mention], position: int, table: StanceWords
) -> list[Mention]:
    """``Selon X, …``: who opens the sentence before ``position`` so."""
    word = table.according.match(text, sentence[0])
    if word is None:
        return []
    first = next((m for m in here if word.end() <= m.start and m.end <= position), None)
    if first is None or not re.fullmatch(words.OFFICE % 4, text[word.end() : first.start].lstrip()):
        return []
    known = not unnamed(text, word.end(), first.start, table.lang)
    return [first] if known and _OPENING.fullmatch(text, first.end, position) else []


def reported_by(
    text: str,
    sentence: Span,
    here: list[Mention],
    before: Before,
    position: int,
    table: StanceWords,
) -> list[Mention]:
    """``X said that …``: who says the clause at ``position``, outside quotation marks."""
    for said in reversed(list(table.saying.finditer(text, sentence[0], position))):
        between = text[said.end() : position]
        if len(between) > 100 or re.search(r"[\";:]", between):
            return []
        if table.lang != "en" and not re.search(r"(?<!\w)(?:que|qu'|dass|che|at)(?!\w)|^, ", between):
            continue
        if table.negation.search(text, max(sentence[0], said.start() - 12), said.start()):
            return []
        return subjects(text, sentence, here, said, table.lang) or meant_by(
            text,
            sentence[0],
            here,
            before,
            said.start(),
            table.pronoun,
            table.persons,
            table.bodies,
            table.lang,
        )
    return according_to(text, sentence, here, position, table)


def asker(text: str, holders: Sequence[Mention]) -> Mention | None:
    """Who puts the question that the text is: "M. X attire l'attention de Mme la ministre …"."""
    return next(
        (m for m in holders if m.start < 300 and m.kind == "person" and words.ASKS.match(text, m.end)),
        None,
    )


def floor(
    text: str, line: int, opening: list[Mention], speaker: Mention | None, offices: dict[str, Mention]
) -> Mention | None:
    """Who has the floor in minutes: the name or the office that opens the line, else who had it."""
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
