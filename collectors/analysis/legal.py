"""Citations of law: instruments first, then articles linked to the instrument beside them.

An article without an instrument beside it takes the one of the same or the preceding sentence, and
only if it may carry articles. An article of something we do not know (a charter, a note) is no
reference; nor is a bill's own internal article.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from collectors.analysis.articles import article_id, articles, bare_number, first_number, has_articles, numbers, stem
from collectors.analysis.instruments import Instrument, find_instruments
from collectors.analysis.reading import LegalReference

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
_SECTION = re.compile(r"\d{2,5}[A-Za-z]{0,2}(?:\(\w{1,3}\))*(?!\w)")
_SECTIONS = re.compile(rf"(?:(?:,|,? and|,? or|,? &) {_SECTION.pattern})+(?! (?:U\.|people|victims|cases))")
_USC_AFTER = re.compile(r"\s?\(\d{1,2} U\. ?S\. ?C\.")


def find_legal(text: str, lang: str, countries: tuple[str, ...] = (), context: str = "") -> tuple[LegalReference, ...]:
    """Every citation of a normalised text, in text order; see the module for what is left out.

    ``context`` (the title) may name the state whose bills carry bare numbers.
    """
    instruments = find_instruments(text, lang, countries, context)
    if not instruments and not has_articles(text, lang):
        return ()
    found = _articles(text, lang, instruments)
    found.extend(_more_sections(text, instruments))
    for item in instruments:
        if item.kind != "code" and not item.used:
            found.append(LegalReference(item.start, item.end, text[item.start : item.end], item.id, "instrument"))
    return tuple(sorted(found, key=lambda ref: (ref.start, ref.end)))


def _more_sections(text: str, instruments: list[Instrument]) -> list[LegalReference]:
    """``18 U.S.C. §§ 2252A and 1466A``: the sections behind the first."""
    found: list[LegalReference] = []
    for item in instruments:
        title = re.match(r"us:usc:\d+:", item.id)
        if title is None or "§§" not in text[item.start : item.end]:
            continue
        more = _SECTIONS.match(text, item.end)
        for number in _SECTION.finditer(text, *more.span()) if more else ():
            found.append(LegalReference(*number.span(), number.group(), title.group() + number.group(), "article-of"))
    return found


def _bare(text: str, instruments: list[Instrument]) -> dict[int, tuple[re.Match[str], Instrument]]:
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


def _articles(text: str, lang: str, instruments: list[Instrument]) -> list[LegalReference]:
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
    instruments: list[Instrument],
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
    chosen = next(iter(codes or near), None) or _only_act(lang, match, earlier, instruments)
    if chosen is not None:
        return chosen.id, end, "article-near"
    return "", end, ""


def _only_act(
    lang: str, match: re.Match[str], earlier: list[Instrument], instruments: list[Instrument]
) -> Instrument | None:
    """The act that a later "section 144" is of, where an English text cites no other act."""
    section = lang == "en" and re.match(r"[Ss]ections?\s\d{2}", match.group())
    one = len({item.id for item in instruments if item.kind != "plain"}) == 1
    return earlier[-1] if section and one and earlier and ":act:" in earlier[-1].id else None


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
