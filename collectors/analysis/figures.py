"""Figures of policy texts: sentences, fines, shares, changes and counts, each with unit and what it is about.

Only what ``data/reference/lexicon/figures.toml`` knows to be counted is read: a year, an article or a vote is no
figure. Values are in the unit: shares from 0 to 1, changes relative (4 is +400 %), money in whole units of its ISO
code, sentences in years or months (the upper bound where two stand), counts in persons, images and the like. A
quantity without a number ("thousands of users") has no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from collectors.analysis.clauses import sentences
from collectors.analysis.lexicon import load
from collectors.analysis.sieve import Sieve, Words
from data.readings import Figure

_DIGITS = r"\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
#: never between a number and what is counted: "the Act of 2023 over reports"
_LINKS = (
    "over|of|in|on|for|and|with|about|after|sur|pour|dans|et|über|für|und|mit|nach|su|per|sobre|para|om|og|på|efter|par"
)
_NEAR = 60
#: words between a change and its per cent that leave them together: "rose sharply by about"
_BESIDE = 3
_CHANGES = (("up", "increase"), ("down", "decrease"))
#: where the words of a table stand to a per cent: near it, right before it, right behind it
_PLACES = {
    r"(?<!\w)(?:{})(?!\w)": ("up", "down", "fine", "revenue"),
    r"(?<!\w)(?:{})\s?$": ("level", "step"),
    r"\s(?:[\w-]+ly |year-on-year |annual )?(?:{})(?!\w)": ("up_behind", "down_behind", "more", "less"),
    r"\s(?:{})(?: \w+)? ?\d": ("to",),
    r"\s(?:{})(?!\w)": ("of",),
}
_ORDINALS = {"zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "zehnte": 10,
             "anden": 2, "tredje": 3, "fjerde": 4, "femte": 5, "tiende": 10}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rules:
    sieve: Sieve
    numbers: dict[str, float]
    scales: tuple[tuple[re.Pattern[str], float], ...]
    comma: str
    share: Words
    one_in: Words
    fractions: Words
    fraction_values: tuple[tuple[re.Pattern[str], float], ...]
    money: Words
    currencies: tuple[tuple[re.Pattern[str], str], ...]
    prison: Words
    months: re.Pattern[str]
    counts: Words
    vague: Words
    counted: tuple[tuple[re.Pattern[str], str], ...]
    near: dict[str, re.Pattern[str]]


@cache
def _rules(lang: str) -> _Rules:
    table, currencies = load("figures")[lang], load("figures")["currencies"]
    words = "|".join(sorted(table["numbers"], key=len, reverse=True))
    number = rf"(?:{_DIGITS}|(?:{words})(?!\w))"
    scales = "|".join(f"(?:{scale})(?!\\w)" for scale in table["scales"])
    signs = "|".join(sign for own in currencies.values() for sign in own)
    nouns = "|".join(sorted(table["counted"], key=len, reverse=True))
    approx, joins = table["approx"], table["joins"]

    sieve = Sieve()

    def made(pattern: str) -> Words:
        return Words(sieve, [pattern], "figures", bounds=(r"(?<![\w.,/-])", r"(?!\w)"))

    amount = rf"(?P<n>{number})(?: ?(?P<scale>{scales}))?"
    return _Rules(
        sieve=sieve,
        numbers={word.lower(): float(value) for word, value in table["numbers"].items()},
        scales=tuple((re.compile(scale, re.IGNORECASE), float(value)) for scale, value in table["scales"].items()),
        comma="." if lang == "en" else ",",
        share=made(rf"(?:{approx})?(?P<n>{number}) ?{table['percent']}"),
        one_in=made(table["one_in"]),
        fractions=made("|".join(table["fractions"])),
        fraction_values=tuple((re.compile(said, re.IGNORECASE), value) for said, value in table["fractions"].items()),
        money=made(
            rf"(?:{approx})?(?:(?P<before>{signs}) ?{amount}"
            rf"|(?P<n2>{number})(?:(?:{joins}| )?(?P<scale2>{scales}))?(?:{joins}| )?(?P<after>{signs}))"
        ),
        currencies=tuple((re.compile("|".join(own), re.IGNORECASE), code) for code, own in currencies.items()),
        prison=made(rf"(?P<n>{number}) (?P<span>{table['years']}|{table['months']}) {table['prison']}"),
        months=re.compile(table["months"], re.IGNORECASE),
        counts=made(rf"(?:{approx})?{amount}{joins}?(?: ?(?!(?:{_LINKS})\s)\w+ |\s?)?(?P<noun>{nouns})"),
        vague=made(rf"(?<!\d )(?:{table['vague']})(?!\w)(?:{joins}(?P<noun>{nouns})(?!\w))?"),
        counted=tuple((re.compile(noun, re.IGNORECASE), code) for noun, code in table["counted"].items()),
        near={name: re.compile(pattern.format(table[name]), re.IGNORECASE)
              for pattern, names in _PLACES.items() for name in names},
    )  # fmt: skip


def find_figures(text: str, lang: str) -> tuple[Figure, ...]:
    """Figures of a normalised text, in text order; where two overlap the one told first below stays."""
    rules = _rules(lang)
    found: list[Figure] = []
    taken: list[tuple[int, int]] = []

    def put(match: re.Match[str], value: float | None, unit: str, about: str) -> None:
        start, end = match.span()
        if not any(s < end and start < e for s, e in taken):
            taken.append((start, end))
            found.append(Figure(start, end, match.group(), value, unit, about, f"figure:{about}"))

    for start, end in sentences(text):
        if not rules.sieve.alive(text, start, end):
            continue
        for match in rules.prison.finditer(text, start, end):
            unit = "months" if rules.months.fullmatch(match["span"]) else "years"
            put(match, _value(rules, match["n"]), unit, "sentence")
        for match in rules.money.finditer(text, start, end):
            sign = match["before"] or match["after"]
            code = next(code for pattern, code in rules.currencies if pattern.fullmatch(sign))
            value = _value(rules, match["n"] or match["n2"], match["scale"] or match["scale2"] or "")
            put(match, value, code, "fine" if _is_near(text, rules.near["fine"], match, start, end) else "sum")
        for match in rules.share.finditer(text, start, end):
            put(match, *_share(text, rules, match, start, end))
        for match in rules.one_in.finditer(text, start, end):
            parts = _ORDINALS.get(match["n"].lower()) or _value(rules, match["n"])
            if parts and parts > 1:
                put(match, round(1 / parts, 3), "share", "share")
        for match in rules.fractions.finditer(text, start, end):
            part = next(value for said, value in rules.fraction_values if said.match(text, match.start()))
            put(match, part, "share", "share")
        for match in rules.counts.finditer(text, start, end):
            value = _value(rules, match["n"], match["scale"] or "")
            if _is_part(text, rules, match, start):
                continue
            if value is not None and (value >= 2 or match["n"][0].isdigit()):
                put(match, value, _counted(rules, match["noun"]), "count")
        for match in rules.vague.finditer(text, start, end):
            put(match, None, _counted(rules, match["noun"]) if match["noun"] else "", "count")
    return tuple(sorted(found, key=lambda one: one.start))


def _share(text: str, rules: _Rules, match: re.Match[str], start: int, end: int) -> tuple[float | None, str, str]:
    """Value, unit and subject of a per cent: a change, a comparison or a part of a whole."""
    value, near = _value(rules, match["n"]), rules.near
    part = None if value is None else round(value / 100, 4)
    before = text[max(start, match.start() - _NEAR) : match.start()]
    behind = text[match.end() : min(end, match.end() + _NEAR)]
    level = near["level"].search(before) or near["to"].match(behind)
    for name, about in _CHANGES:
        if not level and near[f"{name}_behind"].match(behind):
            return part, about, about
    for name, unit in (("more", "increase"), ("less", "decrease")):
        if near[name].match(behind):
            return part, unit, "comparison"
    clause = before if near["step"].search(before) else re.split(r"[,;:()]", before)[-1]
    told = [(hit.end(), about) for name, about in _CHANGES for hit in near[name].finditer(clause)]
    at, change = max(told, default=(0, ""))
    beside = len(clause[at:].split()) <= _BESIDE
    if change and not level and (beside or not near["of"].match(behind)):
        return part, change, change
    return part, "share", "revenue" if near["revenue"].search(behind) else "share"


def _is_near(text: str, pattern: re.Pattern[str], match: re.Match[str], start: int, end: int) -> bool:
    low, high = max(start, match.start() - _NEAR), min(end, match.end() + 30)
    return pattern.search(text, low, high) is not None


def _is_part(text: str, rules: _Rules, match: re.Match[str], start: int) -> bool:
    """A number in several words ("one hundred and twenty") is not read: a part of it would be wrong."""
    inside = re.findall(r"[^\W\d_]+", text[match.end("n") : match.start("noun")])
    before = re.findall(r"[^\W\d_]+", text[max(start, match.start() - 25) : match.start()])[-2:]
    return any(word.lower() in rules.numbers for word in (*inside, *before[-1:])) or (
        len(before) == 2
        and before[1].lower() in ("and", "et", "und", "e", "y", "og")
        and before[0].lower() in rules.numbers
    )


def _counted(rules: _Rules, noun: str) -> str:
    return next(code for pattern, code in rules.counted if pattern.fullmatch(noun))


def _value(rules: _Rules, said: str, scale: str = "") -> float | None:
    """A number in digits or in a word, times its scale; None when it is neither."""
    times = next((value for pattern, value in rules.scales if scale and pattern.fullmatch(scale)), 1.0)
    if said.lower() in rules.numbers:
        return rules.numbers[said.lower()] * times
    thousands = re.fullmatch(r"\d{1,3}(?:[ .,'’]\d{3})+", said)
    if thousands and not (rules.comma in said and said.count(rules.comma) == 1 and scale):
        return float(re.sub(r"\D", "", said)) * times
    plain = re.sub(r"[ '’]", "", said)
    plain = plain.replace(",", "") if rules.comma == "." else plain.replace(".", "").replace(",", ".")
    try:
        return round(float(plain) * times, 4)
    except ValueError:
        return None
