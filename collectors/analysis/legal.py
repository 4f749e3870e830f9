"""Citations of law: instruments first, then articles linked to the instrument beside them.

An article without an instrument beside it takes the one of the same or the preceding sentence, and
only if it may carry articles. An article of something we do not know (a charter, a note) is no
reference; nor is a bill's own internal article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any

from collectors.analysis.articles import article_id, articles, bare_number, first_number, has_articles, numbers, stem
from collectors.analysis.country import state as us_state
from collectors.analysis.lexicon import load
from collectors.analysis.normalise import fold_key, places
from collectors.analysis.reading import LegalReference
from collectors.analysis.sieve import Sieve, Words

_INTO = (
    r"(?:into the|into|to the|dans le|dans la|au|à la|nel|nella|nello|nell'|al|alla|allo|all'|en el|en la|a la|ins"
    r"|in das|in den|in die)(?!\w)"
)
_JOIN = re.compile(
    r"\s?,?\s?(?:\((?:1|2|3|4|5|6|7|8|9)\)\s)?(?:(?:al(?:\.|inéa)|par(?:\.|agraphe)|stk\.|apartado|comma)\s?\d+,?\s)?"
    rf"(?P<into>{_INTO})?"
    r"(?:de la|de l'|della|dello|dell'|del|des|der|dem|du|de|d'|of the|of|under the|im|in|i(?!\w)|af)?\s?"
    r"(?:the\s|le\s|la\s|EU\s|EU-|europäischen\s)?"
)
# "§ 201b soll ins Strafgesetzbuch eingefügt werden", "l'articolo 612-quater, inserito nel codice penale dalla legge"
_INSERTED = re.compile(
    r",?\s(?:[\w'-]+\s){0,5}?(?=[\w'-]*(?:inserted|inséré|introduit|ajouté|créé|nouveau|inserit|introdott|aggiunt|nuov"
    r"|insertad|introducid|añadid|incorporad|nuev|soll|wird|wurde|neu|indsat|tilføjet))"
    rf"(?:[\w'-]+\s){{1,4}}?(?:{_INTO}|i(?!\w))\s?(?:the\s|le\s|la\s)?"
)
_SAME = re.compile(
    r"\s?(?:du même|de la même|de ce(?:tte)? même|dudit|of (?:that|the same|the said)|desselben|derselben|del mismo"
    r"|de la misma|dello stesso|della stessa|of the|du|de la|de cette|del|der|des)\s"
    r"(?:code|loi|règlement|directive|act|Act|law|regulation|Regulation|Directive|Gesetz(?:es)?|Verordnung|Richtlinie"
    r"|código|ley|Ley|Reglamento|Directiva|codice|legge|Regolamento|direttiva)(?![\w-])(?! (?:n[°º]|[A-Z(]))"
)
_FOREIGN = re.compile(
    r"\s(?:du|de la|de l'|des|of (?:the|this|that|its|his|her)|del|della|dello|dell'|der|des|dieser|dieses|de su)\s?\w"
)
_VOTED_BEFORE = re.compile(
    r"(?:adopt|rejet|approuv|supprim|reject|approv|beschlie|annehm|abgelehn|rechaz|aprueb|aprob|respin)\w*"
    r" (?:then |ensuite |aussi )?(?:the |l'|les |den |die |el |los |gli )?$",
    re.IGNORECASE,
)
_VOTED_AFTER = re.compile(
    r",? (?:est |sont |is |are |was |wird |ist |es |è )?(?:ainsi |thus |as )?(?:modifiée?s?|amendée?s?"
    r"|adoptée?s?|rejetée?s?|supprimée?s?"
    r"|amended|adopted|rejected|agreed to|angenommen|abgelehnt|aprobado|rechazado|approvato|respinto)(?!\w)"
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÀ-ÖØ-Þ\"(§])|\n")
_NO_END = re.compile(
    r"(?:\b(?:art|arts|Art|Artt|artt|n|No|Nr|nr|al|Abs|pén|civ|S|H\.R|U\.S|Pub|L|v|Sec|s|ss|M|Mr|Dr|c\.p|stk)|\d)\.$"
)
_HIGH = re.compile(r"[1-9]\d\d")
#: countries that cite their acts by title and year, as the United Kingdom does
_ENGLISH_ACTS = ("au", "ca", "gh", "hk", "ie", "in", "jp", "ke", "kr", "my", "ng", "nz", "ph", "sg", "za")
_BILL_KINDS = {"housebill": "hb", "senatebill": "sb", "assemblybill": "ab", "housefile": "hf", "senatefile": "sf",
               "legislativebill": "lb", "legislativedocument": "ld", "essb": "sb", "eshb": "hb", "shb": "hb",
               "ssb": "sb", "ehb": "hb", "esb": "sb", "decretolegislativo": "dlgs", "decretolegge": "dl"}  # fmt: skip
_TITLE_YEAR = re.compile(r"(.+? Act),? (?:of )?(?:19|20)\d\d")
_USC_AFTER = re.compile(r"\s?\(\d{1,2} U\. ?S\. ?C\.")


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    kind: str
    langs: frozenset[str]
    countries: frozenset[str]
    table: tuple[tuple[re.Pattern[str], str], ...]
    pattern: str


@dataclass(slots=True)
class _Instrument:
    start: int
    end: int
    id: str
    kind: str
    used: bool = False


_INSTRUMENTS = Sieve()


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
    return Words(_INSTRUMENTS, [pattern], "legal", 0, (r"(?<![\w-])", r"(?!\w)")), _Rule(
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


def find_legal(text: str, lang: str, countries: tuple[str, ...] = (), context: str = "") -> tuple[LegalReference, ...]:
    """Every citation of a normalised text, in text order; see the module for what is left out.

    ``context`` (the title) may name the state whose bills carry bare numbers.
    """
    instruments = _instruments(text, lang, countries, context)
    if not instruments and not has_articles(text, lang):
        return ()
    found = _articles(text, lang, instruments)
    for item in instruments:
        if item.kind != "code" and not item.used:
            found.append(LegalReference(item.start, item.end, text[item.start : item.end], item.id, "instrument"))
    return tuple(sorted(found, key=lambda ref: (ref.start, ref.end)))


def _instruments(text: str, lang: str, countries: tuple[str, ...], context: str) -> list[_Instrument]:
    candidates: list[tuple[int, int, _Rule, re.Match[str]]] = []
    rules = _rules()
    for words in _INSTRUMENTS.alive(text):
        rule = rules[words]
        if rule.langs and lang not in rule.langs:
            continue
        if rule.countries and not rule.countries & set(countries[:2]):
            continue
        candidates.extend((m.start(), m.end(), rule, m) for m in words.finditer(text))
    swiss = countries[:1] == ("ch",)
    taken: list[_Instrument] = []
    for start, end, rule, match in sorted(candidates, key=lambda c: (c[0] - c[1], *_order(c[2], swiss), c[0])):
        if any(start < other.end and other.start < end for other in taken):
            continue
        trimmed = _leading(match)
        identifier = _identifier(rule, match, f"{context}\n{text}", countries)
        if identifier:
            taken.append(_Instrument(start + trimmed, end, identifier, rule.kind))
    taken.extend(_again(text, taken))
    return sorted(taken, key=lambda item: item.start)


def _again(text: str, taken: list[_Instrument]) -> list[_Instrument]:
    """An act whose title and year the text told, by its title alone."""
    found: list[_Instrument] = []
    for item in {one.id: one for one in taken if ":act:" in one.id}.values():
        title = _TITLE_YEAR.match(text, item.start, item.end)
        for start, end in places(text, title[1], "-") if title else ():
            if not any(start < other.end and other.start < end for other in (*taken, *found)):
                found.append(_Instrument(start, end, item.id, item.kind))
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
    r"(?:(?:Under|In|The|By|From|Since|And|But|Of|of|the|and|to|for|in|on|A|An|Section|Sections|Part)\s)+"
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
    values["acts"] = "au" if "(Cth)" in match.group() else _acts_country(countries)
    if "{german}" in rule.id:
        swiss = countries[:1] == ("ch",) and values["code"] == "stgb"
        if swiss:
            return "ch:cp"
        values["german"] = "at" if countries[:1] == ("at",) else "de"
    values["bills"] = {"be": "be", "lu": "lu", "ca": "ca-qc", "ch": "ch"}.get("".join(countries[:1]), "fr")
    values["french"] = next((c for c in countries[:1] if c in ("be", "lu")), "fr")
    return rule.id.format_map(values)


def _acts_country(countries: tuple[str, ...]) -> str:
    """``TITLE Act YEAR`` is the form of the UK and of those who took it over."""
    return next((c for c in countries[:1] if c in _ENGLISH_ACTS), "uk")


def _bare(text: str, instruments: list[_Instrument]) -> dict[int, tuple[re.Match[str], _Instrument]]:
    """Numbers right before a code whose word stands further on ("del artículo 197.7 o al 173.1 del Código Penal")."""
    found = {}
    for item in instruments:
        number = bare_number(text, item.start) if item.kind == "code" else None
        if number:
            found[number.start("number")] = number, item
    return found


def _sentences(text: str) -> list[int]:
    starts = [0]
    for end in _SENTENCE_END.finditer(text):
        if text[end.start()] == "." and _NO_END.search(text[max(0, end.start() - 8) : end.start() + 1]):
            continue
        starts.append(end.end())
    return starts


def _articles(text: str, lang: str, instruments: list[_Instrument]) -> list[LegalReference]:
    sentences = _sentences(text)
    memory: dict[str, str] = {}
    last_code = ""
    bare = _bare(text, instruments)
    found: list[LegalReference] = []
    for match in articles(text, lang):
        if any(i.start <= match.start("word") < i.end for i in instruments):
            continue
        listed = numbers(text, lang, match.start("list"), match.end("list"))
        target, end, rule = _target(text, lang, match, instruments, sentences, memory, last_code)
        here = bisect_right(sentences, match.start()) - 1
        for start, (bare_one, code) in list(bare.items()):
            if match.end() <= start and bisect_right(sentences, start) - 1 == here:
                del bare[start]
                identifier = f"{code.id}:{article_id(bare_one['number'], code.id)}"
                found.append(LegalReference(start, code.end, text[start : code.end], identifier, "article-bare"))
                target = target or code.id
            elif match.start("list") <= start < match.end():
                del bare[start]
        if not target:
            continue
        if target.count(":") == 1 or "code" in target or target.startswith(("de:", "it:c", "es:c")):
            last_code = target
        for index, number in enumerate(listed):
            first, last = index == 0, index == len(listed) - 1
            start = match.start("word") if first else number.start()
            stop = end if last else number.end()
            article = article_id(number.group(), target, match["paragraph"] or "")
            identifier = target if target.startswith("us:usc:") else f"{target}:{article}"
            memory[stem(number.group())] = target
            found.append(LegalReference(start, stop, text[start:stop], identifier, rule))
    return found


def _target(
    text: str,
    lang: str,
    match: re.Match[str],
    instruments: list[_Instrument],
    sentences: list[int],
    memory: dict[str, str],
    last_code: str,
) -> tuple[str, int, str]:
    """(id of the instrument, end of the citation, rule), or an empty id."""
    end = match.end("list")
    same = _SAME.match(text, end)
    join = _JOIN.match(text, end)
    reach = join.end() if join else end
    for item in instruments:
        if end <= item.start <= reach + 1 and item.kind != "plain":
            item.used = not (join and join["into"])
            usc = _USC_AFTER.match(text, item.end)
            if usc:
                cited = next((i for i in instruments if i.start >= item.end and i.id.startswith("us:usc:")), None)
                if cited:
                    return cited.id, item.end, "article-of"
            return item.id, item.end if item.used else end, "article-of"
    inserted = _INSERTED.match(text, end)
    into = next((i for i in instruments if inserted and i.start == inserted.end() and i.kind != "plain"), None)
    if into is not None and not has_articles(text, lang, into.end, into.end + 25):  # "has put into the code article 5"
        return into.id, end, "article-into"
    for item in reversed(instruments):
        gap = text[item.end : match.start("word")]
        if item.end <= match.start("word") and item.kind != "plain" and re.fullmatch(r"\s?[,(]?\s?", gap):
            item.used = item.used or "(" not in gap
            return item.id, end, "article-after"
    earlier = [i for i in instruments if i.end <= match.start("word") and i.kind != "plain"]
    if same:
        told = last_code or (earlier[-1].id if earlier else "")
        return told, same.end(), "article-of-same"
    if _FOREIGN.match(text, end) or _of_the_bill(text, match):
        return "", end, ""
    again = stem(first_number(match["list"]))
    if again in memory:
        return memory[again], end, "article-again"
    here = bisect_right(sentences, match.start()) - 1
    reach_back = [item for item in reversed(earlier) if here - (bisect_right(sentences, item.start) - 1) <= 1]
    number = first_number(match["list"])
    near = [item for item in reach_back if ":si:" not in item.id and _may_carry(item.id, number)]
    # an amending law has few articles: "article 595" beside one is of the code it amends
    codes = [item for item in near if item.kind == "code"] if _HIGH.match(number) else []
    chosen = next(iter(codes or near), None)
    if chosen is not None:
        return chosen.id, end, "article-near"
    return "", end, ""


def _of_the_bill(text: str, match: re.Match[str]) -> bool:
    """``Elle adopte l'article 1er modifié``: an article of the text that is being voted on."""
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() : match.end() + 30]
    return bool(match["list"] == "1er" or _VOTED_BEFORE.search(before) or _VOTED_AFTER.match(after))


def _may_carry(identifier: str, number: str) -> bool:
    """A hyphenated article belongs to a French code, a plain one to a regulation or an act."""
    hyphenated = re.match(r"(?:[LRD]\.? ?)?(\d+)-\d+", number)
    if hyphenated:
        return identifier.startswith("fr:code" if len(hyphenated[1]) > 2 else "fr:")
    return not (identifier.startswith("fr:code-penal") and re.fullmatch(r"\d{1,2}", number))
