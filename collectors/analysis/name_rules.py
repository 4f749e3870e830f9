"""The words that stand beside names, compiled: ``names.toml`` and ``first_names.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from collectors.analysis.lexicon import load
from collectors.analysis.normalise import fold_key
from collectors.analysis.organisation_rules import OrganisationRules, organisation_rules
from collectors.analysis.sieve import Sieve, Words

_UP = "A-ZÀ-ÖØ-Þ"
_LOW = "a-zà-öø-ÿ"
CAP = (
    rf"(?:[dDO]'[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)*"
    rf"|[{_UP}][{_LOW}]+(?:[{_UP}][{_LOW}]+)?(?:[-'](?!s(?!\w))[{_UP}{_LOW}][{_LOW}]+)*|[{_UP}]\.)"
)

#: "de Justicia", "de la Juventud e Infancia", "della Giustizia", "de l'Intérieur": one of several ministries
_PART = (
    r"(?P<of>(?:de la |de l'|del |de |du |des |della |dell'|dello |dei ))"
    rf"(?P<name>{CAP}(?:(?: e| y| et)? {CAP})*)"
)
_SEVERAL = re.sub(r"\?P<\w+>", "?:", _PART) + r"(?:(?:, | y | e | et )" + re.sub(r"\?P<\w+>", "?:", _PART) + "){1,4}"


@dataclass(frozen=True, slots=True)
class NameRules:
    honorific: Words
    lawyer: Words
    public: Words
    direct: Words
    expert: Words
    private: Words
    private_act: Words
    private_object: Words
    prosecutor: Words
    articles: str
    apposition: re.Pattern[str]
    expert_behind: re.Pattern[str]
    links: frozenset[str]
    party_role: re.Pattern[str]
    name: re.Pattern[str]
    cap: re.Pattern[str]
    and_: re.Pattern[str]
    nouns_capital: bool
    not_first: frozenset[str]
    words_too: frozenset[str]
    bodies: frozenset[str]
    organs: frozenset[str]
    breaks: frozenset[str]
    ministries: tuple[tuple[Words, str], ...]
    ministry_part: re.Pattern[str]
    organisations: OrganisationRules


@cache
def name_rules(lang: str) -> NameRules:
    table, shared = load("names")[lang], load("names")["shared"]
    flags = 0 if lang == "en" else re.IGNORECASE
    particles = "|".join(re.escape(p) for p in shared["particles"])
    sieve, bounds = Sieve(), (r"(?<![\w-])", r"(?!\w)")

    def words(key: str, ignore: int = flags) -> Words:
        patterns = [p + r"(?=[\s,.:]|$)" if p.endswith(".") else p for p in table[key]]
        return Words(sieve, patterns, "names", ignore, bounds)

    articles = "|".join(re.escape(a) for a in table["articles"])
    public, expert = words("public"), words("expert")

    def behind(role: Words, between: str) -> re.Pattern[str]:
        """A role behind a name and a comma: ", the new president"."""
        article = rf"(?:(?:{articles})(?:\s|(?<=')))?"
        return re.compile(rf"\s?,\s{article}(?:{between})(?P<role>{role.pattern})", role.flags)

    return NameRules(
        honorific=words("honorific", 0),
        lawyer=words("lawyer", 0),
        public=public,
        direct=words("direct"),
        expert=expert,
        private=words("private"),
        private_act=words("private_act", re.IGNORECASE),
        private_object=words("private_object", re.IGNORECASE),
        prosecutor=words("prosecutor", 0),
        articles=articles,
        apposition=behind(public, r"(?:[\w'.-]+\s){0,3}?"),
        expert_behind=behind(expert, r"(?:[\w'-]+\s){0,2}?"),
        links=frozenset(table["links"]),
        party_role=re.compile(table["party_role"], re.IGNORECASE),
        name=re.compile(
            rf"(?:(?:von|van) )?(?:{CAP}|(?:JD|JB|AJ|CJ|DJ|TJ|MJ|RJ|JJ|PJ|KJ|LJ)(?!\w))"
            rf"(?: (?:(?:{particles}|d'|l')(?: |(?<='))){{0,2}}(?:{CAP}|[A-Z]{{2,}}(?![\w']))){{1,3}}"
        ),
        cap=re.compile(rf"(?:(?:von|van|de|El|Le|La) )?(?:(?:de|der) )?{CAP}"),
        and_=re.compile(r"(?:\s\([^()\n]{1,30}\))?(?:,\s(?:and\s|et\s)?|\s(?:et|and|und|e|y|og|&)\s)"),
        nouns_capital=lang == "de",
        not_first=frozenset(shared["not_first"]),
        words_too=frozenset(shared["words_too"]),
        bodies=frozenset(shared["bodies"].split()),
        organs=frozenset(shared["organs"].split()),
        breaks=frozenset(shared["breaks"].split()),
        ministries=tuple(
            (Words(sieve, [f"{entry['plural']} (?P<parts>{_SEVERAL})"], "names", 0, bounds), entry["one"])
            for entry in load("organisations")["ministries"]
            if entry["lang"] == lang
        ),
        ministry_part=re.compile(_PART),
        organisations=organisation_rules(lang, sieve, articles),
    )


@cache
def first_names() -> frozenset[str]:
    return frozenset(fold_key(name) for name in load("first_names")["names"].split())
