"""Citations of law, first step: the acts, codes and bills a text names, each with its normalised id.

The forms are data (``legal.toml``): a pattern, an id filled from its groups, the languages and countries it is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from collectors.analysis.country import state as us_state
from collectors.analysis.lexicon import load
from collectors.analysis.normalise import fold_key, places
from collectors.analysis.sieve import Sieve, Words

#: countries that cite their acts by title and year, as the United Kingdom does
_ENGLISH_ACTS = ("au", "ca", "gh", "hk", "ie", "in", "jp", "ke", "kr", "my", "ng", "nz", "ph", "sg", "za")
_BILL_KINDS = {"housebill": "hb", "senatebill": "sb", "assemblybill": "ab", "housefile": "hf", "senatefile": "sf",
               "legislativebill": "lb", "legislativedocument": "ld", "essb": "sb", "eshb": "hb", "shb": "hb",
               "ssb": "sb", "ehb": "hb", "esb": "sb", "decretolegislativo": "dlgs", "decretolegge": "dl"}  # fmt: skip
#: states whose bills bear one letter, A or S
_LETTER_BILLS = ("us-nj", "us-ny")
_TITLE_YEAR = re.compile(r"(.+? Act),? (?:of )?(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    kind: str
    langs: frozenset[str]
    countries: frozenset[str]
    table: tuple[tuple[re.Pattern[str], str], ...]
    pattern: str


@dataclass(slots=True)
class Instrument:
    start: int
    end: int
    id: str
    kind: str
    used: bool = False


_FORMS = Sieve()


@cache
def _rules() -> dict[Words, _Rule]:
    data = load("legal")
    return dict(_build(entry, data) for entry in data["instrument"])


def _build(entry: dict[str, Any], data: dict[str, Any]) -> tuple[Words, _Rule]:
    pattern = entry["pattern"]
    table: list[tuple[re.Pattern[str], str]] = []
    if "table" in entry:
        flags = re.IGNORECASE if "(?i" in pattern else 0
        words: list[str] = []
        for code, names in data[entry["table"]].items():
            words.extend(names)
            table.append((re.compile("|".join(names), flags), code))
        pattern = pattern.replace("{codes}", "|".join(sorted(words, key=len, reverse=True)))
    return Words(_FORMS, [pattern], "legal", 0, (r"(?<![\w-])", r"(?!\w)")), _Rule(
        entry["id"],
        entry["kind"],
        frozenset(entry.get("lang", ())),
        frozenset(entry.get("country", ())),
        tuple(table),
        pattern,
    )


def slug(title: str) -> str:
    """``Data (Use and Access) Act 2025`` -> ``data-use-and-access-act-2025``."""
    return fold_key(title).replace(" ", "-")


def find_instruments(text: str, lang: str, countries: tuple[str, ...], context: str) -> list[Instrument]:
    candidates: list[tuple[int, int, _Rule, re.Match[str]]] = []
    rules = _rules()
    for words in _FORMS.alive(text):
        rule = rules[words]
        if rule.langs and lang not in rule.langs:
            continue
        if rule.countries and not rule.countries & set(countries[:2]):
            continue
        candidates.extend((m.start(), m.end(), rule, m) for m in words.finditer(text))
    swiss = countries[:1] == ("ch",)
    taken: list[Instrument] = []
    for start, end, rule, match in sorted(candidates, key=lambda c: (c[0] - c[1], *_order(c[2], swiss), c[0])):
        if any(start < other.end and other.start < end for other in taken):
            continue
        trimmed = _leading(match)
        identifier = _identifier(rule, match, f"{context}\n{text}", countries)
        if identifier:
            taken.append(Instrument(start + trimmed, end, identifier, rule.kind))
    taken.extend(_again(text, taken))
    taken = [item for item in taken if not _told_again(text, item, taken)]
    return sorted(taken, key=lambda item: item.start)


def _told_again(text: str, item: Instrument, instruments: list[Instrument]) -> bool:
    """``the Digital Services Act (DSA)``: the short name in the bracket behind the long one."""
    alone = text[item.start - 1 : item.start] + text[item.end : item.end + 1] == "()"
    return alone and any(one.id == item.id and one.end == item.start - 2 for one in instruments)


def _again(text: str, taken: list[Instrument]) -> list[Instrument]:
    """An act whose title and year the text told, by its title alone."""
    found: list[Instrument] = []
    for item in {one.id: one for one in taken if ":act:" in one.id}.values():
        title = _TITLE_YEAR.match(text, item.start, item.end)
        for start, end in places(text, title[1], "-") if title else ():
            if not any(start < other.end and other.start < end for other in (*taken, *found)):
                found.append(Instrument(start, end, item.id, item.kind))
    return found


def _order(rule: _Rule, swiss: bool) -> tuple[bool, bool, int, str, str]:
    """Of rules that match as many letters: an act of its own name before a form that many acts have."""
    return (
        not (swiss and rule.id.startswith("ch:")),
        rule.id != "{code}",
        rule.id.count("{"),
        rule.id,
        rule.pattern,
    )


_LEADING = re.compile(
    r"(?:(?:(?:South |New )?(?:Australia|Britain|Canada|England|India|Ireland|Japan|Kenya|Korea|Malaysia|Nigeria"
    r"|Ontario|Ottawa|Queensland|Scotland|Singapore|Victoria|Wales|Zealand|UK|U\.K\.)'s"
    r"|Under|In|The|By|From|Since|And|But|Of|of|the|and|to|for|in|on|A|An|Section|Sections|Part)\s)+"
)


def _leading(match: re.Match[str]) -> int:
    """Length of words at the start of a title that are not part of it (``Under the``)."""
    if "title" not in match.re.groupindex:
        return 0
    lead = _LEADING.match(match["title"])
    return lead.end() if lead else 0


def _identifier(rule: _Rule, match: re.Match[str], text: str, countries: tuple[str, ...]) -> str:
    values = {key: value for key, value in match.groupdict().items() if value is not None}
    if "title" in values:
        title = values["title"][_leading(match) :]
        if fold_key(title) in ("act", "bill", "regulations"):
            return ""
        values["slug"] = slug(title)
    if "kind" in values:
        kind = re.sub(r"[^a-z]", "", values["kind"].lower())
        values["kind"] = _BILL_KINDS.get(kind, kind)
    if rule.table:
        word = values.get("codename", match.group())
        values["code"] = next((code for pattern, code in rule.table if pattern.fullmatch(word)), "")
        if not values["code"]:
            return ""
    if "{state}" in rule.id:
        values["state"] = us_state(text, next((c for c in countries if c.startswith("us-")), ""), match.group())
        if "letter" in values and values["state"] not in _LETTER_BILLS:
            return ""
        values["letter"] = values.get("letter", "").lower()
        values["a"] = values.get("a", "").lower() if values["letter"] else values.get("a", "")
    values["acts"] = (
        "au" if "(Cth)" in match.group() else _named_country(values.get("slug", "")) or _acts_country(countries)
    )
    if values["acts"] == "uk" and "Act, " in match.group() and countries[:1] and countries[0].startswith("us"):
        values["acts"] = "us"  # the comma before the year is American
    if "{german}" in rule.id:
        swiss = countries[:1] == ("ch",) and values["code"] == "stgb"
        if swiss:
            return "ch:cp"
        values["german"] = "at" if countries[:1] == ("at",) else "de"
    values["bills"] = {"be": "be", "lu": "lu", "ca": "ca-qc", "ch": "ch"}.get("".join(countries[:1]), "fr")
    values["french"] = next((c for c in countries[:1] if c in ("be", "lu")), "fr")
    return rule.id.format_map(values)


@cache
def _country_names() -> tuple[tuple[str, str], ...]:
    table: dict[str, list[str]] = load("legal")["act_countries"]
    return tuple((f"{slug(name)}-", code) for code, names in table.items() for name in names)


def _named_country(titled: str) -> str:
    """The country an act bears at the head of its title."""
    return next((code for name, code in _country_names() if titled.startswith(name)), "")


def _acts_country(countries: tuple[str, ...]) -> str:
    """``TITLE Act YEAR`` is the form of the UK and of those who took it over."""
    return next((c for c in countries[:1] if c in _ENGLISH_ACTS), "uk")
