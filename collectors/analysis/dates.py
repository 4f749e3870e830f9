"""Date expressions, resolved against the day of publication, with the precision that was given."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from collectors.analysis.clauses import sentence_around, sentences
from collectors.analysis.date_anchors import SHIFTS, anchored
from collectors.analysis.date_periods import PERIODS
from collectors.analysis.date_values import RESOLVERS, Grammar, day_of, nearest, number, without_year
from collectors.analysis.lexicon import load
from collectors.analysis.reading import DateSpan
from collectors.analysis.sieve import Sieve, Words
from data.models import When

_ISO = r"(?<![/-])(?P<y>(?:19|20)\d\d)-(?P<mm>\d\d)-(?P<d>\d\d)(?![/-])"
_SLASH = r"(?<![/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d)(?!/)"
_CLAUSE_END = re.compile(r"[,;:()]")
_AFTER_NUMBER = re.compile(r"\d\.? $")
_TOUCHING = re.compile(r",?\s?(?:on |le |am |il |el |den |\()?")
#: kinds that a day right behind them makes plain
_COARSE = {"ago", "lastweek", "nextweek", "yesterday", "today", "later", "sooner", "ahead", "daybefore", "dayafter"}
_OPENING = re.compile(r"[\"'(\[]{0,2}([A-Z][a-z]+)(?![\w.])")
_ALONE = re.compile(r"\s?(?:on |by |am |den |le |il |el )?", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?<!\w)(?:\d{1,2}|[^\W\d_]{1,4})\.$")
_RESOLVERS = RESOLVERS | PERIODS
#: days ahead that a date without a year may be, if nothing in its sentence is past
_AHEAD = 45
#: letters before such a date in which the noun of a day fixed long before may stand ("the elections of")
_NOUN = 60


@cache
def _grammar(lang: str) -> Grammar:
    table = load("dates")[lang]
    flags = 0 if table.get("case") else re.IGNORECASE

    def names(key: str) -> str:
        return "(?:" + "|".join(re.escape(n) for n in sorted(table[key], key=len, reverse=True)) + ")"

    parts = {
        "{d}": r"(?:1er|1°|1º|[0-3]?\d(?:st|nd|rd|th)?)",
        "{m}": names("months"),
        "{w}": names("weekdays"),
        "{y}": r"(?:19|20)\d\d",
        "{n}": r"(?:\d{1,3}|" + "|".join(map(re.escape, table["numbers"])) + ")",
    }
    sieve, cues = Sieve(), Sieve()
    kinds = {Words(sieve, [_ISO], "dates"): "iso", Words(sieve, [_SLASH], "dates"): "slash"}
    for kind, pattern in table["patterns"]:
        for key, value in parts.items():
            pattern = pattern.replace(key, value)
        kinds[Words(sieve, [pattern], "dates", flags, (r"(?<![\w/])", r"(?!\w)"))] = kind
    return Grammar(
        sieve,
        kinds,
        {k.lower(): v for k, v in table["months"].items()},
        {k.lower(): v for k, v in table["weekdays"].items()},
        {k.lower(): v for k, v in table["numbers"].items()},
        table["units"],
        Words(cues, table["future"], "dates"),
        Words(cues, table["past"], "dates"),
        tuple(table["forward"]),
        tuple(table["back"]),
        re.compile(rf"(?<!\w)(?:{table['around']})\s?$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{table['over']})(?!\w)", re.IGNORECASE) if "over" in table else None,
        re.compile(rf"(?<!\w)(?:{table['just']})\s?$", re.IGNORECASE) if "just" in table else None,
        table.get("seasons", {}),
        {name: (int(day[:2]), int(day[3:])) for name, day in table.get("feasts", {}).items()},
    )


def find_dates(text: str, lang: str, published: date, american: bool = False) -> tuple[DateSpan, ...]:
    """Every date expression of a normalised text, in text order. ``american``: 3/4/2025 is in March."""
    grammar = _grammar(lang)
    taken = bytearray(len(text))
    found: list[DateSpan] = []

    def take(span: tuple[int, int], rule: str, when: When | None, cue: str = "") -> None:
        start, end = span
        if when is None or any(taken[start:end]):
            return
        taken[start:end] = b"\x01" * (end - start)
        while start < end and not text[start].isalnum():
            start += 1
        found.append(DateSpan(start, end, When(when.start, when.end, when.precision, text[start:end]), rule, cue))

    leaning: list[tuple[re.Match[str], str]] = []
    read = _openings_lowered(text, grammar) if load("dates")[lang].get("case") else text
    for words in grammar.sieve.alive(read):
        kind = grammar.kinds[words]
        for match in words.finditer(read):
            if kind == "slash":
                a, b = int(match["a"]), int(match["b"])
                month, day = (a, b) if (american and a <= 12) or b > 12 else (b, a)
                take(match.span(), kind, day_of(int(match["y"]), month, day))
                continue
            if kind == "month" and _AFTER_NUMBER.search(text, max(0, match.start("m") - 4), match.start("m")):
                continue  # a day that does not exist: 31 February
            if kind in SHIFTS:
                leaning.append((match, kind))
                continue
            low = max(0, match.start() - _NOUN)
            forward = kind != "iso" and _points_forward(grammar, text, match, kind in ("range", "both", "months"))
            forward = forward or (kind == "day" and _soon(grammar, text, match, published))
            cue = "future" if forward else ""
            when = _RESOLVERS[kind](grammar, match, published, cue)
            if (
                kind == "day"
                and not (match["y"] or match["w"])
                and (grammar.around.search(text, low, match.start()) or (forward and _told(grammar, text, match)))
            ):
                when = nearest(grammar.months[match["m"].lower()], number(match["d"]), published)
            if kind == "both" and when is not None and (when.end - when.start).days > 1:
                split = min(match.start("d2"), max(match.start("m2"), match.end("d1")))
                take((match.start(), match.end("d1")), kind, When.on(when.start), cue)
                take((split, match.end()), kind, When.on(when.end), cue)
                continue
            take(match.span(), kind, when, cue)
    found.sort(key=lambda span: span.start)
    for match, kind in sorted(leaning, key=lambda one: one[0].start()):
        when = anchored(grammar, text, match, SHIFTS[kind], found, published)
        kind += "-of" if match.groupdict().get("of") else ""
        take(match.span(), kind, when or (When.on(published) if kind == "sameday" else None))
        found.sort(key=lambda span: span.start)
    return tuple(_finer(text, found))


def _openings_lowered(text: str, grammar: Grammar) -> str:
    """``In September the court …``: where case tells a month from a verb, the first word of a sentence begins small
    too, unless it is a month or a weekday itself. Of the same length."""
    letters = list(text)
    for start, end in sentences(text):
        opening = _OPENING.match(text, start, end)
        if opening and opening[1].lower() not in grammar.months and opening[1].lower() not in grammar.weekdays:
            letters[opening.start(1)] = letters[opening.start(1)].lower()
    return "".join(letters)


def _finer(text: str, found: list[DateSpan]) -> list[DateSpan]:
    """``a week earlier, on Monday 5 January`` is one date: the finer of two that touch."""
    kept: list[DateSpan] = []
    for span in found:
        if kept and _TOUCHING.fullmatch(text[kept[-1].end : span.start]):
            last = kept[-1]
            if last.rule.endswith("-of"):  # "two days before 3 May"
                continue
            if span.when.precision == "day" and (last.rule in _COARSE or _same_day(text, last, span)):
                kept[-1] = span
                continue
        kept.append(span)
    return kept


def _same_day(text: str, weekday: DateSpan, day: DateSpan) -> bool:
    """``on Thursday (5 March)``."""
    return weekday.rule == "weekday" and text[weekday.end : day.start] == " (" and text[day.end : day.end + 1] == ")"


def _clause_around(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Bounds of the clause a date stands in; a date alone between commas ("…, on 27 July") is of the one before it."""
    opens, closes = sentence_around(text, match.start())
    low = max(opens, match.start() - 120)
    bounds = [low, *(end.end() for end in _CLAUSE_END.finditer(text, low, match.start()))]
    start = bounds[-1]
    if len(bounds) > 1 and text[start - 1] == "," and _ALONE.fullmatch(text, start, match.start()):
        start = bounds[-2]
    high = max(match.end(), min(closes, match.end() + 60))
    stop = _CLAUSE_END.search(text, match.end(), high)
    if stop and stop.start() == match.end() and start == opens and _ALONE.fullmatch(text, start, match.start()):
        stop = _CLAUSE_END.search(text, stop.end(), high)  # "On 15 March, voters will elect": of the clause behind it
    return start, stop.start() if stop else high


def _points_forward(grammar: Grammar, text: str, match: re.Match[str], interval: bool) -> bool:
    """A forward cue between the clause's bounds around the match; "from 3 to 14" itself is none."""
    start, bound = _clause_around(text, match)
    if interval:
        around = (text[start : match.start()], text[match.end() : bound])
        return any(grammar.future.search(part) for part in around)
    if grammar.over and grammar.over.search(text, start, match.start()):  # "had given it until 31 October"
        return False
    if grammar.just and grammar.just.search(text[start : match.start()]):  # "long expected, was published on Sunday"
        return False
    if grammar.past.search(text, start, match.start()):  # "passed on Tuesday and would apply": the day of the passing
        return bool(grammar.future.search(text, start, match.end()))
    return bool(grammar.future.search(text, start, bound))


def _told(grammar: Grammar, text: str, match: re.Match[str]) -> bool:
    """``On 2 September the minister said that it would``: the first verb behind the day is of the past."""
    start, bound = _clause_around(text, match)
    if grammar.future.search(text, start, match.end()):
        return False
    cue = grammar.future.search(text, match.end(), bound)
    return bool(cue and grammar.past.search(text, match.end(), cue.start()))


def _soon(grammar: Grammar, text: str, match: re.Match[str], published: date) -> bool:
    """``The committee meets on 12 March``, told on the 6th: no verb of the past and the day is near ahead."""
    if match["y"] or ("rel" in match.re.groupindex and match["rel"]):
        return False
    ahead = without_year(grammar.months[match["m"].lower()], number(match["d"]), None, True, published)
    if ahead is None or not 0 < (ahead - published).days <= _AHEAD:
        return False
    start, end = _clause_around(text, match)
    return not grammar.past.search(text, start, end)
