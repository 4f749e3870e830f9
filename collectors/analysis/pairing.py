"""Which date is the day of which trigger: the cheapest pairs of a sentence, each serving once."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

from collectors.analysis.lexicon import load
from collectors.analysis.reading import DateSpan, Mention
from collectors.analysis.speakers import ANSWER, only_told, speaker
from collectors.analysis.triggers import Trigger, stands_before

_LIMIT = 150
#: of a trigger that cannot be of that date, however near
_NEVER = float("inf")
#: so much nearer two pairs must be crosswise
_CROSSING = 8.0
#: of such a happening no day to come is told, unless its verb is of the future
_PAST_ONLY = {"statement", "incident", "incident_weak", "statistic"}
#: deeds that are done by announcing them, and how far behind the verb they stand
_ANNOUNCED = {
    "investigation_opened", "fine_sanction", "platform_action", "consultation_opened", "referral", "bill_tabled",
    "regulation_made", "agreement", "regulator_contact",
}  # fmt: skip
_NEAR = 50
#: days of a period of which counts are told
_MONTH = 27
#: letters between a verb and a day right behind it (" le ", " on the ")
_TOUCHING = 5
#: letters between two days of one deed ("15 and 22 March")
_AND = 12
#: letters between "two days before" and the date it counts from
_OF = 90
#: "sued 16 sites in August" is a deed of that month, whatever the number
_SUED = re.compile(r"su(?:e[ds]?|ing)(?!\w)", re.IGNORECASE)
#: days of a period long enough that a count beside it is of it, and by how much it is nearer
_PERIOD, _COUNTED = 80, 20
_QUOTES = re.compile(r"[\"«»„“”]")
#: what one quotation mark between a date and a verb adds to the way
_QUOTED = 150
#: dates that go with an English perfect: "has tabled" is of no day that is over
_PRESENT = {"today", "thisweek", "thismonth", "thisyear", "sinceyear"}
_PERFECT = re.compile(r"(?<!\w)(?:has|have)\s(?:\w+ly\s|also\s|now\s)?$")
#: what a comma right behind a date adds to the way to a verb behind it
_CLOSED = 10
#: letters of a phrase that opens a sentence up to its date ("Réunie le 4 décembre, la formation …")
_PHRASE = 28
#: a date that opens a sentence ("In 2024, …") speaks of the whole of it, however far its verb is
_OPENING = 90
_PUNCTUATION = re.compile(r"[,;:()\n]")
_JOINED = re.compile(
    r"\s(?:et|and|und|sowie|e|y|og|but|mais|while|tandis que|weil|obwohl|nachdem|because|although|parce que|alors que"
    r"|bien que|perché|mentre|porque|aunque|fordi|selvom)\s"
)
_BREAKS = {",": 12, ";": 60, ":": 60, "(": 8, ")": 8, "\n": 80}
_FUTURE = re.compile(
    r"(?<!\w)(?:sera|seront|aura|will(?: be)?|to be|wird|werden|soll(?:en)?|sarà|saranno|será|serán|skal|vil"
    r"|\w{3,}(?:era|eront|erà|eranno|ará|arán|irá|irán))(?!\w)",
    re.IGNORECASE,
)

_WOULD = re.compile(
    r"(?<!\w)(?:would|will|should|could|shall|würden?|werden?|sollen?|wollen?|skal|vil|ville|\w{3,}(?:rait|raient|rebbe|rebbero)"
    r"|ser(?:ía|ían|à|anno))(?!\w)",
    re.IGNORECASE,
)


def paired(
    text: str,
    lang: str,
    sentence: tuple[int, int],
    dates: list[DateSpan],
    triggers: list[Trigger],
    mentions: list[Mention],
    published: date,
) -> list[tuple[DateSpan, Trigger]]:
    """Cheapest pairs first, then two that are nearer crosswise change; a date and a trigger serve once. In the order of
    the dates."""
    # a verb of position without a subject takes no date from a deed; one that opens a clause still tells which is of it
    triggers = [t for t in triggers if t.until < sys.maxsize or not _is_nobodys(text, sentence, t, mentions)]
    said = [(t.end, t.until) for t in triggers if any(d.start >= t.until for d in dates)]
    costs = [
        [
            _cost(text, d, t, dates, published, sentence[0])
            + _before_said(d, t, said)
            + _yet_to_be(text, d, t, triggers)
            for t in triggers
        ]
        for d in dates
    ]
    chosen: list[tuple[DateSpan, Trigger]] = []
    for i, j in sorted(_crossed(_nearest(costs, triggers), costs, dates, triggers)):
        when, trigger = dates[i], triggers[j]
        if trigger.type == "aside":  # "born in 1990": a date of somebody's life
            continue
        if trigger.type == "same":  # "blocked it on Saturday, followed on Sunday by": the deed before
            if not chosen:
                continue
            trigger = replace(trigger, type=chosen[-1][1].type)
        trigger = _announced(text, lang, when, trigger, triggers)
        trigger = _counted(when, trigger, triggers)
        if trigger.type == "statement" and only_told(text, lang, sentence, trigger):
            trigger = replace(trigger, type="report")
        if trigger.type == "report" and when.rule in ("weekday", "today", "yesterday", "sameday"):
            continue
        if trigger.type == "report":
            trigger = replace(trigger, type="statement")
        if _is_nobodys(text, sentence, trigger, mentions):
            continue
        chosen.append((when, trigger))
    return _both(dates, chosen)


def _both(dates: list[DateSpan], chosen: list[tuple[DateSpan, Trigger]]) -> list[tuple[DateSpan, Trigger]]:
    """``the elections of 15 and 22 March``: what is of one of two such days is of the other."""
    told = {id(when): trigger for when, trigger in chosen}
    for when, other in pairwise(dates):
        if when.rule == other.rule == "both" and 0 < other.start - when.end <= _AND:
            trigger = told.get(id(other)) or told.get(id(when))
            if trigger is not None:
                told[id(when)] = told[id(other)] = trigger
    return [(when, told[id(when)]) for when in dates if id(when) in told]


def _announced(text: str, lang: str, when: DateSpan, trigger: Trigger, triggers: list[Trigger]) -> Trigger:
    """``announced on Monday the opening of an inquiry``: the deed, where it follows as a noun or an infinitive."""
    table = load("events")
    if trigger.type not in ("statement", "report") or lang not in table["announce"]:
        return trigger
    if not re.search(rf"(?<!\w)(?:{table['announce'][lang]})$", text[trigger.start : trigger.end], re.IGNORECASE):
        return trigger
    said = max(trigger.end, when.end)
    for deed in triggers:
        between = text[said : max(said, deed.start)]
        near = deed.type in _ANNOUNCED and 0 < len(between) <= _NEAR
        if near and re.fullmatch(table["announced"][lang], between, re.IGNORECASE):
            return deed
    return trigger


def _counted(when: DateSpan, trigger: Trigger, triggers: list[Trigger]) -> Trigger:
    """``74 complaints were lodged in 2025``: of a month or more it is the count that is told."""
    days = (when.when.end - when.when.start).days
    beside = [t for t in triggers if t.start < trigger.end and trigger.start < t.end]
    if trigger.type == "referral" and days >= _MONTH and not _SUED.match(trigger.word):
        return next((t for t in beside if t.type == "statistic"), trigger)
    if trigger.type == "statistic" and days < _PERIOD:  # "took down 23 accounts last week" is a deed
        return next((t for t in beside if t.type in ("platform_action", "incident")), trigger)
    if trigger.type == "platform_action" and days >= _PERIOD:
        return next((t for t in beside if t.type == "statistic"), trigger)
    return trigger


def _nearest(costs: list[list[float]], triggers: list[Trigger]) -> dict[int, int]:
    pairs = sorted(
        (cost, i, triggers[j].start, triggers[j].type, j)
        for i, row in enumerate(costs)
        for j, cost in enumerate(row)
        if cost <= _LIMIT
    )
    found: dict[int, int] = {}
    used: list[Trigger] = []
    for _, i, _, _, j in pairs:
        trigger = triggers[j]
        if i in found or any(t.start < trigger.end and trigger.start < t.end for t in used):
            continue
        found[i] = j
        used.append(trigger)
    return found


def _crossed(
    found: dict[int, int], costs: list[list[float]], dates: list[DateSpan], triggers: list[Trigger]
) -> list[tuple[int, int]]:
    """``had flooded the network on the eve of the elections of 13 October``: nearest alone gives the eve to the
    elections. A day right behind its verb stays with it ("the act passed on 26 September")."""
    touching = {i for i, j in found.items() if 0 <= dates[i].start - triggers[j].end <= _TOUCHING}
    for i in found:
        for k in found:
            if i in touching or k in touching:
                continue
            now = costs[i][found[i]] + costs[k][found[k]]
            if i < k and costs[i][found[k]] + costs[k][found[i]] < now - _CROSSING:
                found[i], found[k] = found[k], found[i]
    return list(found.items())


def _cost(
    text: str, when: DateSpan, trigger: Trigger, dates: list[DateSpan], published: date, opening: int = -1
) -> float:
    """How far a trigger is from a date: letters and what stands between. ``opening``: where the sentence begins."""
    alone = len(dates) == 1 or (len(dates) == 2 and when is dates[0] and when.rule.endswith("-of"))
    if opening >= 0 and alone and when.start - opening <= _PHRASE and text[when.end : when.end + 1] == ",":
        own = _cost(text, when, trigger, dates, published)
        lead = text[opening : when.start]
        if own == _NEVER or trigger.start < when.end or (len(lead) > 4 and _PUNCTUATION.search(lead)):
            return own
        return min(own, _OPENING + float(load("events")["bias"].get(trigger.type, 0)))
    bias = float(load("events")["bias"].get(trigger.type, 0))
    if when.rule.endswith("-of"):  # what stands between "two days before" and its own date is of the latter
        named = next((d for d in dates if 0 <= d.start - when.end <= _OF), None)
        if named is not None and when.end <= trigger.start < named.start:
            return _NEVER
        when = replace(when, end=named.end) if named is not None else when
    if trigger.type.endswith("_before") and not stands_before(trigger, when):
        return _NEVER
    if when.start >= trigger.until:
        return _NEVER
    if when.when.start > published and (trigger.past or (trigger.type in _PAST_ONLY and not _future(text, trigger))):
        return _NEVER
    # a count is one of a period
    if trigger.type == "statistic" and when.when.precision == "day" and not _since(text, when):
        return _NEVER
    if trigger.start < when.end and when.start < trigger.end:
        return bias - min(len(trigger.word), 40) / 10
    low, high = (trigger.end, when.start) if trigger.end <= when.start else (when.end, trigger.start)
    if high - low > _LIMIT:
        return _LIMIT + 1.0
    between = text[low:high]
    cost = float(len(between)) + bias - min(len(trigger.word), 40) / 10
    cost += sum(_BREAKS[mark.group()] for mark in _PUNCTUATION.finditer(between))
    if len(_QUOTES.findall(between)) % 2:  # the day of what is quoted is no day of who says it
        cost += _QUOTED
    if when.rule not in _PRESENT and _PERFECT.search(text, max(0, trigger.start - 16), trigger.start):
        cost += 0 if _since(text, when) else _CLOSED
    if trigger.type == "statistic" and (when.when.end - when.when.start).days > _PERIOD:
        cost -= _COUNTED
    if low == when.end and between.startswith(","):  # the date closes its clause: "who was fined in May, has sued"
        cost += _CLOSED
    cost += 18 * len(_JOINED.findall(f" {between} "))
    if when.when.end < published and _future(text, trigger):
        cost += 40
    cost += 45 * sum(1 for other in dates if low <= other.start < high)
    return cost


@cache
def _from_then() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(load('events')['since'].values())})\s?$", re.IGNORECASE)


def _since(text: str, when: DateSpan) -> bool:
    return bool(_from_then().search(text, max(0, when.start - 14), when.start))


def _future(text: str, trigger: Trigger) -> bool:
    return bool(_FUTURE.search(text, max(0, trigger.start - 12), trigger.end))


def _before_said(when: DateSpan, trigger: Trigger, said: list[tuple[int, int]]) -> float:
    """``said on Tuesday that it had fined the firm on 3 March``: of two dates the first is of the saying."""
    return 60.0 if any(verb <= when.start < opened <= trigger.start for verb, opened in said) else 0.0


def _yet_to_be(text: str, when: DateSpan, trigger: Trigger, triggers: list[Trigger]) -> float:
    """``told parliament on Thursday that a bill would be brought forward``: Thursday is of the telling."""
    opened = (t.until for t in triggers if t.until < sys.maxsize and t.end <= when.end and when.start < t.until)
    verb = any(until <= trigger.start and _WOULD.search(text, until, trigger.end) for until in opened)
    return _NEVER if verb else 0.0


def _is_nobodys(text: str, sentence: tuple[int, int], trigger: Trigger, mentions: list[Mention]) -> bool:
    """A verb of position that no name in the sentence is the subject of."""
    spoken = trigger.type == "statement" and not ANSWER.match(trigger.word)
    return spoken and speaker(text, sentence, trigger, mentions) is None
