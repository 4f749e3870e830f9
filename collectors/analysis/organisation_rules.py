"""The shapes of names of bodies and firms, compiled: ``organisations.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from collectors.analysis.lexicon import load
from collectors.analysis.sieve import Sieve, Words

_UP = "A-ZÀ-ÖØ-Þ"
ORG_CAP = rf"[{_UP}][\w&]*(?:[-'][{_UP}\w][\w]*)*(?:[:*]innen)?"
#: "ExampleApp", but not "McDonald": two capitals in one word
_CAMEL = r"(?!Mc|Mac|De[A-Z]|Di[A-Z]|La[A-Z]|Le[A-Z]|Du[A-Z]|Van[A-Z])[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*"
#: "Committee on Tuesday": a day is in no name
_DAY = (
    "(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|April|June|July|August|September|October|November"
    "|December|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Jänner|Februar|März|Juni|Juli|Oktober"
    "|Dezember|Anfang|Mitte|Ende|Amendment|Amendments|Day)(?![\\w-]))"
)
_NOT_PART = r"(?<![\w-])"


@dataclass(frozen=True, slots=True)
class OrganisationRule:
    words: Words
    kind: str
    over: bool
    behind: bool
    """The name stands behind a word that says what it is: less sure than a head word."""


@dataclass(frozen=True, slots=True)
class FirmRules:
    formed: Words
    named: Words
    behind: Words
    noun: re.Pattern[str]
    product: re.Pattern[str]
    generic: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class OrganisationRules:
    bodies: tuple[OrganisationRule, ...]
    firms: FirmRules
    no_body: re.Pattern[str]
    heads: re.Pattern[str]
    """What a name in capitals holds to be a body's, in languages where capitals do not tell."""
    head_behind: re.Pattern[str]
    """The same at the end of a word, where words are joined."""
    lead: frozenset[str]
    not_names: frozenset[str]
    stop: frozenset[str]


def organisation_rules(lang: str, sieve: Sieve, articles: str) -> OrganisationRules:
    """The rules of a language; their expressions are asked together with those of ``sieve``."""
    table = load("organisations")
    return OrganisationRules(
        bodies=tuple(_rule(entry, table, sieve, articles) for entry in table["organisation"] if entry["lang"] == lang),
        firms=_firms(lang, table["firms"], sieve),
        no_body=re.compile(table["acronyms"]["not_bodies"]),
        heads=re.compile(table["heads"].get(lang, ""), re.IGNORECASE),
        head_behind=re.compile(table["heads"].get(lang, "") + "$", re.IGNORECASE),
        lead=frozenset(table["lead"]["words"].split()),
        not_names=frozenset(table["lead"]["not_names"]),
        stop=frozenset(table["firms"]["stop"].split()),
    )


def _rule(entry: dict[str, Any], table: dict[str, Any], sieve: Sieve, articles: str) -> OrganisationRule:
    lang, pattern = entry["lang"], entry["pattern"]
    for part in ("links", "noun", "adjective"):
        pattern = pattern.replace(f"{{{part}}}", table[part].get(lang, "(?!)"))
    for part in ("noun", "adjective"):  # links speak of nouns and adjectives
        pattern = pattern.replace(f"{{{part}}}", table[part].get(lang, "(?!)"))
    pattern = pattern.replace("{cap}", _DAY + ORG_CAP).replace("{article}", f"(?i:{articles})")
    before = rf"(?<!\w)(?:{entry['after']}) " if "after" in entry else _NOT_PART
    words = Words(sieve, [f"{before}(?P<org>{pattern})(?!\\w)"], "organisations", 0)
    return OrganisationRule(words, entry["kind"], entry.get("over", False), "after" in entry)


def _firms(lang: str, table: dict[str, Any], sieve: Sieve) -> FirmRules:
    forms = "|".join([*table["forms"], *table["capital_forms"].get(lang, ())])
    name = rf"(?P<org>(?:{_CAMEL}|{ORG_CAP})(?:[ ](?:{ORG_CAP})){{0,2}})"
    only = rf"(?P<org>(?:{_CAMEL}|{ORG_CAP})(?:\.(?:ai|com|io|app|net))?)"
    return FirmRules(
        formed=Words(
            sieve, [rf"{_NOT_PART}(?P<org>(?:{ORG_CAP} ){{0,3}}{ORG_CAP},? (?:{forms}))(?!\w)"], "organisations", 0
        ),
        named=Words(
            sieve,
            [rf"(?<!\w)(?P<noun>{table[lang]}) {table['demonyms']}[„«\"“]?\s?{only if lang == 'de' else name}(?!\w)"],
            "organisations",
            0,
        ),
        behind=Words(sieve, [rf"{_NOT_PART}(?P<org>{_CAMEL}) {table['behind']}(?!\w)"], "organisations", 0),
        noun=re.compile(rf"(?i:{table[lang]}|firma|unternehmen|gesellschaft|selskab)"),
        product=re.compile(
            r"(?i)app|tool|outil|logiciel|chatbot|software|strument|herramient|værktøj|bot|model|generat|générat"
        ),
        generic=re.compile(rf"(?:,? (?:{forms}|{'|'.join(table['generic'])}))+\.?$"),
    )
