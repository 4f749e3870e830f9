"""Words and dates of citation lines, in French and English, with the spacing each language wants."""

from __future__ import annotations

import re

from data.export.cited import Parts
from data.export.wording import MONTHS

#: no-break space: before ``: ; »`` and after ``«`` and ``n°`` in French
NBSP = "\u00a0"

_WORDS = {
    "en": {
        "accessed": "accessed {}",
        "accessed_harvard": " (Accessed: {})",
        "available": "Available at: {}",
        "dataset": "Data set",
        "dataset_harvard": "Dataset",
        "no_date_apa": "n.d.",
        "no_date_harvard": "no date",
        "retrieved": "Retrieved {}, from {}",
        "version": "version {}",
        "oj": "OJ L, {}",
        "JORF": "Journal officiel de la République française",
        "section": "s. {}",
        "section_oscola": "s {}",
        "signed": "signed {}",
        "uk": "UK",
    },
    "fr": {
        "accessed": "consulté le {}",
        "accessed_harvard": " (consulté le {})",
        "available": f"Disponible à l’adresse{NBSP}: {{}}",
        "dataset": "Jeu de données",
        "dataset_harvard": "Jeu de données",
        "no_date_apa": f"s.{NBSP}d.",
        "no_date_harvard": "sans date",
        "retrieved": "Consulté le {}, à l’adresse {}",
        "version": "version {}",
        "oj": "JO L, {}",
        "JORF": "Journal officiel de la République française",
        "section": "art. {}",
        "section_oscola": "art. {}",
        "signed": "signée le {}",
        "uk": "Royaume-Uni",
    },
}


def word(key: str, lang: str, *values: str) -> str:
    """One of our words with its places filled."""
    return _WORDS[lang][key].format(*values)


def quoted(text: str, lang: str, *, single: bool = False) -> str:
    """Words in the quotation marks of the language; ``single`` for the styles of British English."""
    if lang == "fr":
        return f"«{NBSP}{text}{NBSP}»"
    return f"‘{text}’" if single else f"“{text}”"


def typeset(text: str, lang: str) -> str:
    """No-break spaces: after ``n°``; in French, before high punctuation where a space stands already."""
    text = re.sub(r"\b([Nn]°) ?(?=\d)", rf"\1{NBSP}", text)
    if lang != "fr":
        return text
    text = re.sub(r" (?=[;:!?»])", NBSP, text)
    return re.sub(r"(?<=«) ", NBSP, text)


def stopped(text: str) -> str:
    """A sentence with one full stop at its end."""
    return text if re.search(r"[.!?…](\s*[»”’])?$", text) else f"{text}."


def year(parts: Parts) -> str:
    """``2026``, of a span ``2025-2026``; empty for no date."""
    years = list(dict.fromkeys(str(one[0]) for one in parts))
    return "–".join(years)


def day_first(parts: Parts, lang: str) -> str:
    """``21 May 2024``, ``1er mai 2024``: as British English and French write dates. A span has two ends."""
    return " – ".join(_day_first(one, lang) for one in parts)


def month_first(parts: Parts, lang: str) -> str:
    """``May 21, 2024``: as American English writes dates; French has one way only."""
    if lang == "fr":
        return day_first(parts, lang)
    return " – ".join(_month_first(one) for one in parts)


def year_first(parts: Parts, lang: str) -> str:
    """``2024, May 21`` and ``2024, 21 mai``: as APA writes the date of a work. Of a span of days the years alone."""
    if len(parts) != 1 or len(parts[0]) == 1:
        return year(parts)
    return f"{parts[0][0]}, {without_year(parts[0], lang)}"


def without_year(one: tuple[int, ...], lang: str, *, british: bool = False) -> str:
    """``May 21`` (``21 May``), ``21 mai``; of a month its name."""
    month = MONTHS[lang][one[1] - 1]
    if len(one) == 2:
        return month
    return f"{_number(one[2], lang)} {month}" if lang == "fr" or british else f"{month} {one[2]}"


def _number(day: int, lang: str) -> str:
    return "1er" if day == 1 and lang == "fr" else str(day)


def _day_first(one: tuple[int, ...], lang: str) -> str:
    return str(one[0]) if len(one) == 1 else f"{without_year(one, lang, british=True)} {one[0]}"


def _month_first(one: tuple[int, ...]) -> str:
    if len(one) == 1:
        return str(one[0])
    return f"{without_year(one, 'en')}{',' if len(one) == 3 else ''} {one[0]}"
