"""Words that state a happening: where they stand, of which type, and which of two that overlap says more."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from collectors.analysis.lexicon import load
from collectors.analysis.reading import DateSpan
from collectors.analysis.sieve import Sieve, Words

#: how far behind its verb the words may begin that a verb of saying opens
_SPEAKING = 120
#: letters between a preposition and the date it belongs to
_RIGHT = 6
#: letters before a trigger in which a negation stands, and behind it the day before which it holds
_NOT = 40
#: what is said to be so, or not to be so, is said all the same
_SAID = {"statement", "report", "aside", "same", "deadline", "deadline_before", "election"}
_COUNTED = re.compile(r"(?:par|by|mit|con|por|med|votes?) \d", re.IGNORECASE)
#: ending of the types whose words are read beside a word of ``digital`` only
_BARE = "_bare"

# "adopted at first reading", "adopté en séance": where it was adopted is no deed of its own
_STAGE = re.compile(r"lect|lett|reading|lesung|beratung|behandling|séance|aula|plen|debat|débat|dibatt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of a happening. ``until``: a date behind it is of the clause that a verb of saying opens ("said that …");
    ``past``: only a day that has been can be its day."""

    start: int
    end: int
    type: str
    word: str
    until: int = sys.maxsize
    past: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The tables of ``events_<lang>.toml``, and those of one language in ``events.toml``."""

    sieve: Sieve
    kinds: dict[Words, str]
    reaction: Words
    also: Words
    wake: Words
    report: Words
    that: Words
    done: Words
    to_be: re.Pattern[str]
    since: re.Pattern[str]
    lead: re.Pattern[str]
    negated: re.Pattern[str]
    unless: re.Pattern[str]
    digital: re.Pattern[str] | None

    def kind(self, words: Words, text: str, start: int = 0, end: int = sys.maxsize) -> str:
        """The type of words in a sentence; none of those that need something that stands on a platform beside them."""
        kind = self.kinds.get(words, "")
        if not kind.endswith(_BARE):
            return kind
        beside = self.digital and self.digital.search(text, start, end)
        return kind.removesuffix(_BARE) if beside else ""


@cache
def rules(lang: str) -> Rules:
    """Raises ReferenceDataError for a broken expression."""
    table, name, sieve, cues = load("events"), f"events_{lang}", Sieve(), Sieve()
    words = {f"{{{word}}}": _any_of(said) for word, said in load(name)["words"].items()}
    kinds = {Words(sieve, _filled(said, words), name): kind for kind, said in load(name)["triggers"].items()}
    return Rules(
        sieve,
        kinds,
        Words(cues, [table["reaction"][lang]], "events"),
        Words(cues, [table["also"][lang]], "events"),
        Words(cues, [table["wake"][lang]], "events"),
        next(words for words, kind in kinds.items() if kind == "report"),
        Words(Sieve(), [table["that"][lang]], "events"),
        Words(Sieve(), [table["done"][lang]], "events"),
        re.compile(rf"(?<!\w)(?:{table['to_be'][lang]})\s(?:\w+\s)?$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{table['since'][lang]})(?:\s|$|(?<='))", re.IGNORECASE),
        re.compile(rf"\s(?:{table['lead'][lang]})\s?$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{table['negated'][lang]})(?:(?!\w)|(?<='))", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{table['not_before'][lang]})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{words['{digital}']}|{words['{firm}']})(?!\w)", re.I) if "{digital}" in words else None,
    )


def _any_of(said: str | list[str]) -> str:
    return said if isinstance(said, str) else f"(?:{'|'.join(said)})"


def _filled(patterns: list[str], words: dict[str, str]) -> list[str]:
    """``{bill}`` in an expression stands for the words of that name."""
    for name, expression in words.items():
        patterns = [pattern.replace(name, expression) for pattern in patterns]
    return patterns


def triggers_in(
    text: str, lang: str, start: int, end: int, named: list[tuple[int, int]], dates: list[DateSpan]
) -> list[Trigger]:
    """Those of ``text[start:end]``, none of them in the ``named`` spans: words in the name of a law. ``dates`` of the
    sentence may part the words of a trigger: "placed on Friday in custody"."""
    table = rules(lang)
    found = [
        _trigger(text, m, kind, table, end)
        for words, patterns in table.sieve.alive(text, start, end).items()
        if (kind := table.kind(words, text, start, end))
        for pattern in patterns  # each alone: a short wording hides no longer one of its kind
        for m in pattern.finditer(text, start, end)
        if not any(s <= m.start() and m.end() <= e for s, e in named)
    ]
    whole = list(found)
    found.extend(
        parted
        for parted in _parted(text, table, start, end, named, dates)
        if not any(t.type == parted.type and t.start < parted.end and parted.start < t.end for t in whole)
    )
    found = [t for t in found if not t.type.endswith("_before") or any(stands_before(t, d) for d in dates)]
    denials = [m.span() for m in table.negated.finditer(text, start, end)] if found else []
    if denials:
        undone = [trigger for trigger in found if _negated(text, table, trigger, end, denials)]
        found = [trigger for trigger in found if not any(_of_one(other, trigger) for other in undone)]
    return [trigger for trigger in found if not any(_outdoes(other, trigger) for other in found)]


def stands_before(trigger: Trigger, when: DateSpan) -> bool:
    """Whether a preposition stands right before the date: to no other does it belong."""
    return -len(trigger.word) <= when.start - trigger.end <= _RIGHT and trigger.end <= when.end


def _of_one(undone: Trigger, trigger: Trigger) -> bool:
    """Whether the words are those, or of those, that a negation stands before ("did not open | an inquiry")."""
    return trigger is undone or (trigger.type == undone.type and 0 <= trigger.start - undone.start <= _NOT)


def _negated(text: str, table: Rules, trigger: Trigger, end: int, denials: list[tuple[int, int]]) -> bool:
    """``n'a pas ouvert d'enquête`` is no inquiry; "does not apply before 3 May" tells a day all the same."""
    if trigger.type in _SAID:
        return False
    # the auxiliary may be the trigger's: the "n'" of "n'a pas adopté" stands before it, the "pas" in it
    if not any(low < trigger.start and trigger.start - 1 <= high <= trigger.end for low, high in denials):
        return False
    return not table.unless.search(text, trigger.end, min(end, trigger.end + _NOT))


def _parted(
    text: str, table: Rules, start: int, end: int, named: list[tuple[int, int]], dates: list[DateSpan]
) -> Iterator[Trigger]:
    """Triggers of the sentence read without its dates, if they reach over the place of one."""
    holes = [hole for date in dates if (hole := _hole(text, table, start, end, date))]
    if not holes:
        return
    short, seams, at = "", [], start
    for low, high in holes:
        short += text[at:low]
        seams.append((len(short), high - low))
        at = high
    short += text[at:end]

    def back(position: int, closing: bool) -> int:
        before = (gone for seam, gone in seams if seam < position or (seam == position and not closing))
        return start + position + sum(before)

    for words in table.sieve.alive(short):
        kind = table.kind(words, short)
        if not kind or kind.endswith("_before"):
            continue
        for m in words.finditer(short):
            if any(m.start() < seam < m.end() for seam, _ in seams):
                low, high = back(m.start(), False), back(m.end(), True)
                if not any(s <= low and high <= e for s, e in named):
                    yield Trigger(low, high, kind, m.group().strip())


def _hole(text: str, table: Rules, start: int, end: int, date: DateSpan) -> tuple[int, int] | None:
    """Where a date stands between words of a clause, with the preposition before it and commas about it."""
    lead = table.lead.search(text, start, date.start)
    low = lead.start() if lead else date.start - 1
    if low <= start or text[low] != " ":
        return None
    if text[low - 1] in ",;:." and text[date.end : date.end + 1] == ",":
        low -= 1
        return (low, date.end + 1) if text[low] == "," else None
    return (low, date.end) if text[date.end : date.end + 1] == " " and text[low - 1].isalnum() else None


def _trigger(text: str, match: re.Match[str], kind: str, table: Rules, end: int) -> Trigger:
    start, until = match.start(), sys.maxsize
    if kind in ("statement", "report"):
        opened = table.that.whole.search(text, start, min(end, match.end() + _SPEAKING))
        until = opened.end() if opened else until
    else:  # "the committee said on Tuesday that it had approved": of the second verb
        opened = table.that.whole.search(text, start, match.end())
        start = opened.end() if opened and table.report.whole.search(text, start, opened.end()) else start
    done = table.done.match(text, start) and not table.to_be.search(text, max(0, start - 25), start)
    return Trigger(start, match.end(), kind, text[start : match.end()].strip(), until, bool(done))


def _outdoes(other: Trigger, trigger: Trigger) -> bool:
    """A longer wording says more than a word in it; an adoption at first reading is an adoption."""
    if other.start <= trigger.start and trigger.end <= other.end and other.type != trigger.type:
        if other.type == "statistic" and trigger.type == "referral":  # "complaints have doubled"
            return True
        if other.type == "statistic" and trigger.type in ("incident", "platform_action"):  # the period decides
            return False
        longer = (other.end - other.start) - (trigger.end - trigger.start)
        return 0 < longer <= 25 and other.type != "report" and not other.type.endswith("_weak")
    if trigger.type == "bill_adopted" and other.type == "bill_rejected" and _COUNTED.match(trigger.word):
        return True  # "rejected by 31 votes to 24"
    if trigger.type == "bill_reading" and other.type in ("bill_adopted", "bill_rejected", "committee_vote"):
        return 0 <= trigger.start - other.end < 30 and bool(_STAGE.search(trigger.word))
    return False


@cache
def _filed(lang: str) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]] | None:
    table = load("events")
    if lang not in table["filed"]:
        return None
    nouns = {kind: re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.I) for kind, said in table["filed_as"][lang].items()}
    return re.compile(rf"(?:{table['filed'][lang]})", re.IGNORECASE), nouns


def filed(text: str, lang: str, sentence: tuple[int, int], trigger: Trigger) -> Trigger:
    """``déposée le 12 décembre``: of the type that the noun nearest to such a verb says, a complaint or a bill."""
    table = _filed(lang)
    if table is None or trigger.type != "bill_tabled" or not table[0].fullmatch(text[trigger.start : trigger.end]):
        return trigger
    near = [
        (max(trigger.start - noun.end(), noun.start() - trigger.end), kind)
        for kind, nouns in table[1].items()
        for noun in nouns.finditer(text, *sentence)
    ]
    return replace(trigger, type=min(near)[1]) if near else trigger
