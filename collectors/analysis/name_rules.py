"""The words that stand beside names, compiled: ``names.toml`` and ``first_names.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from collectors.analysis.lexicon import compiled, load
from collectors.analysis.normalise import fold_key

_UP = "A-ZÀ-ÖØ-Þ"
_LOW = "a-zà-öø-ÿ"
CAP = (
    rf"(?:[dDO]'[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)*"
    rf"|[{_UP}][{_LOW}]+(?:[{_UP}][{_LOW}]+)?(?:[-'](?!s(?!\w))[{_UP}{_LOW}][{_LOW}]+)*|[{_UP}]\.)"
)
ORG_CAP = rf"[{_UP}][\w&]*(?:[-'][{_UP}\w][\w]*)*"


#: "de Justicia", "de la Juventud e Infancia", "della Giustizia", "de l'Intérieur": one of several ministries
_PART = (
    r"(?P<of>(?:de la |de l'|del |de |du |des |della |dell'|dello |dei ))"
    rf"(?P<name>{CAP}(?:(?: e| y| et)? {CAP})*)"
)
_SEVERAL = re.sub(r"\?P<\w+>", "?:", _PART) + r"(?:(?:, | y | e | et )" + re.sub(r"\?P<\w+>", "?:", _PART) + "){1,4}"


@dataclass(frozen=True, slots=True)
class NameRules:
    honorific: re.Pattern[str]
    lawyer: re.Pattern[str]
    public: re.Pattern[str]
    expert: re.Pattern[str]
    private: re.Pattern[str]
    private_act: re.Pattern[str]
    private_object: re.Pattern[str]
    prosecutor: re.Pattern[str]
    articles: str
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
    ministries: tuple[tuple[re.Pattern[str], str], ...]
    ministry_part: re.Pattern[str]
    organisations: tuple[tuple[re.Pattern[str], str], ...]


@cache
def name_rules(lang: str) -> NameRules:
    table, shared = load("names")[lang], load("names")["shared"]
    flags = 0 if lang == "en" else re.IGNORECASE
    particles = "|".join(re.escape(p) for p in shared["particles"])
    organisations = []
    for entry in shared["organisation"]:
        if entry["lang"] == lang:
            pattern = entry["pattern"].replace("{cap}", ORG_CAP)
            after = rf"(?i:(?<!\w)(?:{entry['after']}) )" if "after" in entry else r"(?<![\w-])"
            organisations.append((re.compile(rf"{after}(?P<org>{pattern})(?!\w)"), entry["kind"]))

    def words(key: str, ignore: int = flags) -> re.Pattern[str]:
        patterns = [p + r"(?=[\s,.:]|$)" if p.endswith(".") else p for p in table[key]]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?!\w)", ignore) if patterns else compiled([], "names")

    return NameRules(
        honorific=words("honorific", 0),
        lawyer=words("lawyer", 0),
        public=words("public"),
        expert=words("expert"),
        private=words("private"),
        private_act=words("private_act", re.IGNORECASE),
        private_object=words("private_object", re.IGNORECASE),
        prosecutor=words("prosecutor", 0),
        articles="|".join(re.escape(a) for a in table["articles"]),
        links=frozenset(table["links"]),
        party_role=re.compile(table["party_role"], re.IGNORECASE),
        name=re.compile(
            rf"(?:(?:von|van) )?{CAP}"
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
            (re.compile(rf"(?<![\w-]){entry['plural']} (?P<parts>{_SEVERAL})(?!\w)"), entry["one"])
            for entry in shared["ministries"]
            if entry["lang"] == lang
        ),
        ministry_part=re.compile(_PART),
        organisations=tuple(organisations),
    )


@cache
def first_names() -> frozenset[str]:
    return frozenset(fold_key(name) for name in load("first_names")["names"].split())
