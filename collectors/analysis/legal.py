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

from collectors.analysis.country import state as us_state
from collectors.analysis.lexicon import load
from collectors.analysis.normalise import fold_key
from collectors.analysis.reading import LegalReference
from collectors.analysis.sieve import Sieve, Words

_LATIN = r"(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|novies|decies|undecies|duodecies)"
_NUMBER = (
    r"(?:[LRDA]\.? ?\*?\d{1,4}(?:-\d{1,3}){0,3}"
    rf"|\d{{1,4}}(?:-\d{{1,3}}){{0,3}}(?:[-\s]?{_LATIN}(?!\w)|[A-Za-z]{{1,2}}(?![\w])|\s[a-df-nq-x](?=\s(?:[A-Z]\w*G(?:B|esetz)?|i|af|Abs)\b|[,;)]|\.(?:\s|$)|$))?"
    r"(?:\.\d{1,2}(?!\d))?(?:\(\w{1,4}\))*"
    r"(?:\sAbs(?:\.|atz)\s\d+(?:\sS(?:\.|atz)\s\d+)?|,?\s(?:stk\.|Nr\.|nr\.)\s\d+)?)"
)


def _article_pattern(number: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w-])(?P<word>(?:(?:premier|deuxième|troisième|quatrième|cinquième|dernier|second|1er|\d+e) alinéa de l'"
        r"|[IVX]+ de l')?(?:articles?|art\.|Articles?|Art\.|sections?|Sections?|ss?\.?(?= ?\d)|Sec\.|§§?"
        r"|[Pp]aragraf(?:en)?(?= ?\d)|Paragraph(?:en)?(?= \d{2,3}[a-z]?\b)"
        r"|Artikel[ns]?|Artt?\.|artikel|artiklerne|artículos?|Artículos?|arts?\.|articol[oi]|Articol[oi]|artt?\.|ARTICLES?))\s?"
        rf"(?P<list>{number}(?:(?:\s?,\s?(?:(?:and|et|und|e|y|og)\s)?|\s(?:et|and|und|e|y|og|or|ou|oder|o|à|to|bis)\s)"
        rf"(?:de\sl'article\s|l'article\s|d[ea]ll?'art(?:\.|icolo)\s|§\s?)?{number})*)(?![\w])"
    )


# In Danish a letter stands apart: "§ 73 a".
_DANISH = _NUMBER.replace(r"|\s[a-df-nq-x](?=", r"|\s[a-df-hj-nq-x](?!\w)|\s[a-df-nq-x](?=")
_NUMBERS = {"da": re.compile(_DANISH)}
_ARTICLES = {"da": _article_pattern(_DANISH)}
_ARTICLE = _article_pattern(_NUMBER)
_ONE = re.compile(_NUMBER)
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
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÀ-ÖØ-Þ\"(§])|\n")
_NO_END = re.compile(
    r"(?:\b(?:art|arts|Art|Artt|artt|n|No|Nr|nr|al|Abs|pén|civ|S|H\.R|U\.S|Pub|L|v|Sec|s|ss|M|Mr|Dr|c\.p|stk)|\d)\.$"
)
_USC_AFTER = re.compile(r"\s?\(\d{1,2} U\. ?S\. ?C\.")


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    kind: str
    langs: frozenset[str]
    countries: frozenset[str]
    table: tuple[tuple[re.Pattern[str], str], ...]


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
    )


def slug(title: str) -> str:
    """``Data (Use and Access) Act 2025`` -> ``data-use-and-access-act-2025``."""
    return fold_key(title).replace(" ", "-")


def find_legal(text: str, lang: str, countries: tuple[str, ...] = (), context: str = "") -> tuple[LegalReference, ...]:
    """Every citation of a normalised text, in text order; see the module for what is left out.

    ``context`` (the title) may name the state whose bills carry bare numbers.
    """
    instruments = _instruments(text, lang, countries, context)
    if not instruments and not _ARTICLES.get(lang, _ARTICLE).search(text):
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
    return sorted(taken, key=lambda item: item.start)


def _order(rule: _Rule, swiss: bool) -> tuple[bool, int, str, tuple[str, ...], tuple[str, ...]]:
    """Of rules that match as many letters: an act of its own name before a form that many acts have."""
    return (
        not (swiss and rule.id.startswith("ch:")),
        rule.id.count("{"),
        rule.id,
        tuple(sorted(rule.langs)),
        tuple(sorted(rule.countries)),
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
        values["kind"] = {"housebill": "hb", "senatebill": "sb", "assemblybill": "ab"}.get(kind, kind)
    if rule.table:
        word = values.get("codename", match.group())
        values["code"] = next((code for pattern, code in rule.table if pattern.fullmatch(word)), "")
        if not values["code"]:
            return ""
    if "{state}" in rule.id:
        values["state"] = us_state(text, next((c for c in countries if c.startswith("us-")), ""))
    values["acts"] = "au" if "(Cth)" in match.group() else _acts_country(countries)
    if "{german}" in rule.id:
        swiss = countries[:1] == ("ch",) and values["code"] == "stgb"
        if swiss:
            return "ch:cp"
        values["german"] = "at" if countries[:1] == ("at",) else "de"
    return rule.id.format_map(values)


def _acts_country(countries: tuple[str, ...]) -> str:
    """``TITLE Act YEAR`` is the form of the UK and of those who took it over."""
    return next((c for c in countries[:1] if c in ("au", "ie", "in", "ca", "nz", "sg")), "uk")


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
    found: list[LegalReference] = []
    for match in _ARTICLES.get(lang, _ARTICLE).finditer(text):
        if any(i.start <= match.start("word") < i.end for i in instruments):
            continue
        numbers = _numbers(_NUMBERS.get(lang, _ONE), text, match.start("list"), match.end("list"))
        target, end, rule = _target(text, match, instruments, sentences, memory, last_code)
        if not target:
            continue
        if target.count(":") == 1 or "code" in target or target.startswith(("de:", "it:c", "es:c")):
            last_code = target
        for index, number in enumerate(numbers):
            first, last = index == 0, index == len(numbers) - 1
            start = match.start("word") if first else number.start()
            stop = end if last else number.end()
            identifier = target if target.startswith("us:usc:") else f"{target}:{_article_id(number.group())}"
            memory[_stem(number.group())] = target
            found.append(LegalReference(start, stop, text[start:stop], identifier, rule))
    return found


def _numbers(one: re.Pattern[str], text: str, start: int, end: int) -> list[re.Match[str]]:
    """Numbers of a list; they may look at what follows the list, so no end is given to the engine."""
    found: list[re.Match[str]] = []
    for match in one.finditer(text, start):
        if match.start() >= end:
            break
        found.append(match)
    return found


def _target(
    text: str,
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
    if into is not None and not _ARTICLE.search(text, into.end, into.end + 25):  # "has put into the code article 5"
        return into.id, end, "article-into"
    for item in reversed(instruments):
        gap = text[item.end : match.start("word")]
        if item.end <= match.start("word") and item.kind != "plain" and re.fullmatch(r"\s?[,(]?\s?", gap):
            item.used = item.used or "(" not in gap
            return item.id, end, "article-after"
    earlier = [i for i in instruments if i.end <= match.start("word") and i.kind != "plain"]
    if same:
        codes = [i.id for i in earlier]
        chosen = last_code or (codes[-1] if codes else "")
        return chosen, same.end(), "article-of-same"
    if _FOREIGN.match(text, end):
        return "", end, ""
    stem = _stem(_first_number(match))
    if stem in memory:
        return memory[stem], end, "article-again"
    here = bisect_right(sentences, match.start()) - 1
    for item in reversed(earlier):
        if here - (bisect_right(sentences, item.start) - 1) > 1:
            break
        if ":si:" in item.id or not _may_carry(item.id, _first_number(match)):
            continue
        return item.id, end, "article-near"
    return "", end, ""


def _first_number(match: re.Match[str]) -> str:
    number = _ONE.match(match["list"])
    return number.group() if number else ""


def _may_carry(identifier: str, number: str) -> bool:
    """A hyphenated article belongs to a French code, a plain one to a regulation or an act."""
    hyphenated = bool(re.match(r"(?:[LRD]\.? ?)?\d+-\d+", number))
    if hyphenated:
        return identifier.startswith("fr:")
    return not (identifier.startswith("fr:code-penal") and re.fullmatch(r"\d{1,2}", number))


def _stem(number: str) -> str:
    digits = re.search(r"\d+(?:-\d+)*", number)
    return digits.group() if digits else number


def _article_id(number: str) -> str:
    german = re.match(r"(\d+)\s?([a-z]?)\sAbs(?:\.|atz)\s(\d+)", number)
    if german:
        return f"{german[1]}{german[2]}({german[3]})"
    number = re.sub(r",?\s(?:stk\.|Nr\.|nr\.)\s\d+$", "", number)
    number = re.sub(r"^([LRDA])\.? ?\*?", r"\1", number)
    return re.sub(r"\s", "", number)
