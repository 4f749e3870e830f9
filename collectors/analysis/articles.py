"""The articles of a citation: words that begin one, lists and ranges of numbers, and how a number is written down.

A paragraph belongs to the number where the law is cited so (``50(4)`` of an act of the Union, ``201(2)`` of a German
code, ``197.7`` of a Spanish one); elsewhere it is left out, as are ``ff.`` and ``et suivants``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LATIN = r"(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|novies|decies|undecies|duodecies)"
_PARAGRAPH = r"(?:paragraphes?|paragraphs?|paras?\.?|par\.|paragraf[oi]|apartados?|stk\.|stykke|lid)"
#: a number or a letter below the paragraph: never part of the reference
_ITEM = (
    r"(?:,?\s(?:Nr\.|Nummer)\s\d+)?(?:,?\s(?:lit\.|Buchst\.|Buchstabe|point|letter|lettera|letra|litra)\s\w\)?(?!\w))?"
)
_NUMBER = (
    r"(?:(?:LO|[LRDA])\.? ?\*?\d{1,4}(?:-\d{1,3}){0,3}"
    rf"|\d{{1,4}}(?:-[IVX]{{1,4}}(?:-\d{{1,2}})?(?!\w)|(?:-\d{{1,3}}){{0,3}})(?:[-\s]?{_LATIN}(?!\w)|[A-Za-z]{{1,2}}(?![\w])"
    r"|\s(?!i\. ?V)[a-df-kmnq-x](?=\s(?:[A-Z]\w*G(?:B|esetz)?|i|af|Abs)\b|[,;)]|\.(?:\s|$)|$))?"
    r"(?:\.\d{1,4}[A-Z]{0,2}(?!\w)|/\d{1,2}(?!\w))?(?:\(\w{1,4}\))*"
    rf"(?:,?\sAbs(?:\.|atz)\s\d+(?:,?\sS(?:\.|atz)\s\d+)?{_ITEM}|,?\sS(?:atz|\.)\s\d+|,?\s(?:stk\.|Nr\.|nr\.)\s\d+|,?\s{_PARAGRAPH}\s\d+{_ITEM})?"
    r"(?:\sff?\.?(?=[\s,;.)]|$)|\set (?:seq\.|suivants)|\sy siguientes|\se seguenti)?)"
)
_BETWEEN = (
    r"(?:\s?,\s?(?:(?:and|et|und|e|y|og|ou|or|o|oder)\s)?|\s?–\s?|-(?=\d+[A-Z])"
    r"|\s(?:et|and|und|e|y|og|or|ou|oder|o|u|à|to|bis|ni|nor|sowie|bzw\.|ainsi que|as well as|through|al|til|eller|samt"
    r"|i\. ?V\. ?m\.|in Verbindung mit)\s)"
)


def _article_pattern(number: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w-])(?P<word>(?:(?:premier|deuxième|troisième|quatrième|cinquième|dernier|second|1er|\d+e) alinéa de l'"
        rf"|{_PARAGRAPH} (?P<paragraph>\d+) (?:de l'|of |del? |dell'|i )"
        r"|[IVX]+ de l')?(?:articles?|art\.|Articles?|Art\.|(?:[Ss]ub)?sections?|Sections?|ss?\.?(?= ?\d)|Sec\.|§§?"
        r"|[Pp]aragraf(?:en)?(?= ?\d)|Paragraph(?:en)?(?= \d{2,3}[a-z]?\b)"
        r"|Artikel[ns]?|Artt?\.|artikel|artiklerne|artículos?|Artículos?|arts?\.|articol[oi]|Articol[oi]|artt?\.|ARTICLES?))\s?"
        rf"(?P<list>{number}(?:{_BETWEEN}(?:de\sl'article\s|l'article\s|d[ea]ll?'art(?:\.|icolo)\s|§§?\s?)?{number})*)"
        r"(?![\w])"
    )


# In Danish a letter stands apart: "§ 73 a".
_DANISH = _NUMBER.replace(r"|\s(?!i\. ?V)[", r"|\s[a-df-hj-nq-x](?!\w)|\s(?!i\. ?V)[")
_NUMBERS = {"da": re.compile(_DANISH)}
_ARTICLES = {"da": _article_pattern(_DANISH)}
_ARTICLE = _article_pattern(_NUMBER)
_ONE = re.compile(_NUMBER)
#: "del artículo 197.7 o al 173.1 del Código Penal": a number without its word, right before a code
_BARE = re.compile(
    r"(?<![\w'])(?:al|el|los|del|y|o|ni|u|au|aux|le|les|du|et|ou|all'|il|dall'|und|oder|and|or) ?"
    rf"(?P<number>\d{{2,4}}(?:[-.]\d{{1,3}}){{0,2}}(?:[- ]?{_LATIN}|[a-z])?) (?:de la |del |du |de l'|des |of the )?$"
)
_MORE = re.compile(r"\s(?:ff?\.?|et seq\.|et suivants|y siguientes|e seguenti)$")
_GERMAN = re.compile(r"(\d+)\s?([a-z]?),?\sAbs(?:\.|atz)\s(\d+)")
_WITH_PARAGRAPH = re.compile(rf"(.+?),?\s{_PARAGRAPH}\s(\d+){_ITEM}$")


def articles(text: str, lang: str) -> Iterator[re.Match[str]]:
    """Every article word with its list of numbers (groups ``word``, ``paragraph``, ``list``)."""
    return _ARTICLES.get(lang, _ARTICLE).finditer(text)


def has_articles(text: str, lang: str, start: int = 0, end: int | None = None) -> bool:
    """Whether an article is cited in ``text[start:end]``."""
    pattern = _ARTICLES.get(lang, _ARTICLE)
    return pattern.search(text, start, len(text) if end is None else end) is not None


def numbers(text: str, lang: str, start: int, end: int) -> list[re.Match[str]]:
    """Numbers of a list; they may look at what follows the list, so no end is given to the engine."""
    found: list[re.Match[str]] = []
    for match in _NUMBERS.get(lang, _ONE).finditer(text, start):
        if match.start() >= end:
            break
        found.append(match)
    return found


def bare_number(text: str, end: int) -> re.Match[str] | None:
    """The number without a word that stands right before ``end``, where a code begins."""
    return _BARE.search(text[:end], max(0, end - 40))


def first_number(listed: str) -> str:
    """The first number of a list as it is written."""
    number = _ONE.match(listed)
    return number.group() if number else ""


def stem(number: str) -> str:
    """Its digits: what a text repeats when it speaks of the article again."""
    digits = re.search(r"\d+(?:-\d+)*", number)
    return digits.group() if digits else number


def article_id(number: str, instrument: str, paragraph: str = "") -> str:
    """The number as a reference holds it; ``paragraph`` stood before the article."""
    number = _MORE.sub("", number)
    german = _GERMAN.match(number)
    if german:
        return f"{german[1]}{german[2]}({german[3]})"
    parts = _WITH_PARAGRAPH.match(number)
    if parts:
        number, paragraph = parts[1], parts[2]
    number = re.sub(r",?\s(?:stk\.|Nr\.|nr\.|Satz|S\.)\s\d+$", "", number)
    number = re.sub(r"^(LO|[LRDA])\.? ?\*?", r"\1", number)
    number = re.sub(r"\s", "", number)
    if instrument.startswith("eu:") and (dotted := re.fullmatch(r"(\d+)\.(\d+)", number)):
        number, paragraph = dotted[1], dotted[2]
    if paragraph and instrument.startswith("eu:"):
        return f"{number}({paragraph})"
    return f"{number}.{paragraph}" if paragraph and instrument.startswith("es:c") and "." not in number else number
