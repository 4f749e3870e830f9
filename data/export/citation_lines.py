"""A citation as one copyable line, in five styles. Pure: a record in, a text without markup out.

- ``apa``: APA Style, 7th edition, reference list; acts as its chapter 11 and the Bluebook write them
- ``chicago``: The Chicago Manual of Style, 17th edition, notes (not author-date), a full note
- ``harvard``: Cite Them Right, 12th edition
- ``oscola``: OSCOLA, 4th edition, a footnote; acts and rulings without an address, as its rule 3.1.4 asks
- ``fr``: the French legal form (number, date and journal of an act; court, date and number of a ruling)

A line is plain text, so nothing is in italics. Our words for a document whose own title is not known stand in square
brackets, with the date of what happened; a reviewed translation of a title too. What is not known is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from data.export.citation_words import (
    day_first,
    month_first,
    quoted,
    stopped,
    typeset,
    without_year,
    word,
    year,
    year_first,
)
from data.export.cited import Citation, Parts
from data.export.cited_kinds import Number
from data.export.context import Context
from data.export.wording import view_title
from data.vocabulary import Vocabulary

#: a British act and the section that a file of the monitor is about
_SECTION = re.compile(r"(?P<act>.+\bAct \d{4}), section (?P<section>\w+)$")
_ACTS = frozenset({"legislation", "treaty"})
#: acts of the Union are numbered ``year/number`` since 2015, directives and regulations alike
_UNION_NUMBERS_SINCE = 2015


def language_of(style: str, lang: str) -> str:
    """The language a citation has to be made in for a style: the French legal form is French for every reader."""
    return "fr" if style == "fr" else lang


def in_language(context: Context, lang: str, labels: Vocabulary, names: Mapping[str, str], *, titled: bool) -> Context:
    """The context for a reader of ``lang``; a view that nobody gave a title is titled anew."""
    title = context.view_title if titled or lang == context.lang else view_title(context.view, labels, lang, names)
    return replace(context, lang=lang, view_title=title)


def line(citation: Citation, style: str) -> str:
    """The line. Raises KeyError for an unknown style."""
    return STYLES[style](citation)


def apa(c: Citation) -> str:
    """Author. (Date). Title. Address."""
    address = c.url
    if not c.issued and c.type not in _ACTS and c.accessed and c.url:
        address = word("retrieved", c.lang, month_first(c.accessed, c.lang), c.url)
    if c.type in _ACTS or c.type == "legal_case":
        named = _ruling(c, month_first) if c.type == "legal_case" else _american(c, "apa")
        return _joined(stopped(named), address)
    dated = f"({year_first(c.issued, c.lang) or word('no_date_apa', c.lang)})."
    if c.type == "dataset":
        version = f"({_capital(word('version', c.lang, c.version))}) [{word('dataset', c.lang)}]."
        # the copy of a data set that goes on changing is told by the day it was taken
        taken = word("retrieved", c.lang, month_first(c.accessed, c.lang), c.url) if c.url else ""
        return _joined(stopped(c.author), dated, c.title, version, stopped(c.publisher), taken)
    if not c.author:
        return _joined(stopped(_title(c, month_first)), dated, stopped(c.publisher) if c.publisher else "", address)
    number = f" ({c.number.shown})" if c.number else ""
    return _joined(stopped(c.author), dated, stopped(_title(c, month_first) + number), address)


def chicago(c: Citation) -> str:
    """Author, "Title," Publisher, Date, address."""
    if c.type in _ACTS or c.type == "legal_case":
        named = _ruling(c, month_first) if c.type == "legal_case" else _american(c, "chicago")
        return stopped(", ".join(one for one in (named, c.url) if one))
    title = _title(c, month_first) if c.is_described else _noted(c)
    dated = month_first(c.issued, c.lang)
    if not dated and c.accessed:
        dated = word("accessed", c.lang, month_first(c.accessed, c.lang))
    number = c.number.shown if c.number else ""
    parts = [c.author, title, number, "" if c.author == c.publisher else c.publisher]
    if c.type == "dataset":
        parts += [word("dataset", c.lang).lower(), word("version", c.lang, c.version)]
    shown = [one for one in [*parts, dated, c.url] if one]
    before, after = shown[: shown.index(title)], shown[shown.index(title) + 1 :]
    comma = "" if title.endswith(",”") and not c.is_described else ","
    return stopped(", ".join([*before, f"{title}{comma} {', '.join(after)}" if after else title]))


def harvard(c: Citation) -> str:
    """Author (Year) Title. Available at: address (Accessed: day)."""
    found = _found_at(c)
    if c.type == "legal_case":
        return _joined(stopped(_ruling(c, day_first)), found)
    if c.type in _ACTS:
        if c.gazette.startswith("OJ"):
            journal = f"({year(c.issued)}) {word('oj', c.lang, _oj(c))}"
            return _joined(quoted(_own(c), c.lang, single=True), stopped(journal), found)
        return _joined(stopped(_american(c, "harvard")), found)
    dated = f"({year(c.issued) or word('no_date_harvard', c.lang)})"
    if c.type == "dataset":
        kind = f"[{word('dataset_harvard', c.lang)}]. {stopped(_capital(word('version', c.lang, c.version)))}"
        return _joined(c.author, dated, c.title, kind, stopped(c.publisher), found)
    number = f", {c.number.shown}" if c.number else ""
    if c.type == "article-newspaper":
        title = _title(c) if c.is_described else quoted(_own(c), c.lang, single=True) + _translation(c)
        day = ""
        if len(c.issued) == 1 and len(c.issued[0]) > 1:
            day = f", {without_year(c.issued[0], c.lang, british=True)}"
        return _joined(c.publisher, dated, stopped(title + day), found)
    return _joined(c.author, dated, stopped(_title(c) + number), found)


def oscola(c: Citation) -> str:
    """Author, 'Title' (Publisher, day) <address> accessed day."""
    if c.type in _ACTS:
        return stopped(_oscola_act(c))
    if c.type == "legal_case":
        return stopped(_without_stops(_ruling(c, day_first)))
    title = _title(c) if c.is_described else quoted(_own(c), c.lang, single=True) + _translation(c)
    inside = [c.number.shown if c.number else "", day_first(c.issued, c.lang)]
    if c.type == "dataset":
        inside = [c.publisher, word("version", c.lang, c.version), *inside]
    within = ", ".join(one for one in inside if one)
    paper = c.publisher if c.type == "article-newspaper" else ""
    author = f"{c.author}," if c.author else ""
    address = f"<{c.url}>" if c.url else ""
    seen = word("accessed", c.lang, day_first(c.accessed, c.lang)) if c.accessed and c.url else ""
    return stopped(_joined(author, title, paper, f"({within})" if within else "", address, seen))


def french(c: Citation) -> str:
    """« Loi n° … du …, JORF du … »; court, date, number; author, « title », date. Always in French."""
    seen = f"(consulté le {day_first(c.accessed, 'fr')})" if c.accessed and c.url else ""
    address = " ".join(one for one in (c.url, seen) if one)
    if c.type in _ACTS:
        return stopped(", ".join(one for one in (_french_act(c), address) if one))
    if c.type == "legal_case":
        number = c.number.shown if c.number and not c.number.stands_in(c.title) else ""
        number = typeset(f"n° {number}", "fr") if re.match(r"\d", number) else number
        dated = [day_first(c.issued, "fr"), number]
        title = _title(c) if c.is_described else _own(c)
        # a title that begins with the court says court and parties at once
        parts = [title, *dated] if c.is_described or c.court in title else [c.court, *dated, quoted(title, "fr")]
    else:
        title = _title(c) if c.is_described else quoted(_own(c), "fr") + _translation(c)
        paper = c.publisher if c.type == "article-newspaper" else ""
        number = c.number.shown if c.number else ""
        parts = [c.author, title, number, paper, day_first(c.issued, "fr")]
    if c.type == "dataset":
        parts = [c.publisher, quoted(c.title, "fr"), "jeu de données", word("version", "fr", c.version), parts[-1]]
    return stopped(", ".join(one for one in [*parts, address] if one))


STYLES: dict[str, Callable[[Citation], str]] = {
    "apa": apa,
    "chicago": chicago,
    "harvard": harvard,
    "oscola": oscola,
    "fr": french,
}


def _american(c: Citation, style: str) -> str:
    """An act as the Bluebook has it, for APA and Chicago; Harvard writes British acts alike."""
    title, numbers = _act(c, section="section")
    if c.gazette == "JORF" and c.printed:
        dated = day_first(c.printed, c.lang) if style == "harvard" else month_first(c.printed, c.lang)
        return f"{title}{_translation(c)}, {', '.join([*numbers, word('JORF', c.lang), dated])}"
    if c.gazette.startswith("OJ"):
        series = "J.O." if c.lang == "fr" else "O.J."
        return f"{title}{_translation(c)}, {year(c.issued)} {series} (L {_oj(c)})"
    named = ", ".join([f"{title}{_translation(c)}", *numbers])
    if c.jurisdiction == "uk":  # the year is a part of the short title
        return f"{named} ({word('uk', c.lang)})" if style == "chicago" else named
    if c.type == "treaty":
        day = day_first(c.issued, c.lang) if style == "harvard" else month_first(c.issued, c.lang)
        return f"{named} ({word('signed', c.lang, day)})" if c.issued else named
    return f"{named} ({year(c.issued)})" if c.issued else named


def _oscola_act(c: Citation) -> str:
    """British acts by their short title alone; others as at home, without full stops in abbreviations."""
    title, numbers = _act(c, section="section_oscola")
    if c.jurisdiction == "uk":
        return ", ".join([title, *numbers[1 if c.number else 0 :]])
    if c.gazette.startswith("OJ"):
        return f"{title}{_translation(c)} [{year(c.issued)}] {word('oj', c.lang, _oj(c))}"
    named = _without_stops(", ".join([f"{title}{_translation(c)}", *numbers]))
    if c.type == "treaty":
        return f"{named} ({word('signed', c.lang, day_first(c.issued, c.lang))})" if c.issued else named
    if c.gazette == "JORF" and c.printed:
        return f"{named}, JORF, {day_first(c.printed, c.lang)} (France)"
    dated = f" ({year(c.issued)})" if c.issued else ""
    if c.jurisdiction == "eu":
        return f"{named}{dated}"
    return f"{named}{dated} ({'US' if c.jurisdiction == 'us' and c.lang == 'en' else c.place})"


def _french_act(c: Citation) -> str:
    """An act in the French legal form: the number before the title when the title does not have it."""
    title, numbers = _act(c, section="section")
    if c.gazette == "JORF":
        title = typeset(re.sub(r"^Loi (?!n°)", f"Loi n° {c.number.shown} ", title), "fr") if c.number else title
        return f"{title}, JORF du {day_first(c.printed, 'fr')}" if c.printed else title
    if c.number and c.number.scheme == "eu.celex" and c.number.year >= _UNION_NUMBERS_SINCE:
        return _french_union_act(c, c.number, title)
    numbers = [one.replace("Pub. L. No.", "Public Law") for one in numbers]
    named = ", ".join([f"{title}{_translation(c)}", *numbers])
    signed = day_first(c.issued, "fr") if c.issued and len(c.issued[0]) > 1 else ""
    place = "" if c.type == "treaty" or c.jurisdiction == "fr" else f" ({c.place})"
    return ", ".join(one for one in (f"{named}{place}", signed) if one)


def _french_union_act(c: Citation, number: Number, title: str) -> str:
    """Kind and number in French, the title as it is known; the journal where an act stands in it alone."""
    kind = "Directive" if "L" in number.value else "Règlement"
    named = title if c.title_lang == "fr" else f"{kind} (UE) {number.shown} ({quoted(title, 'fr')})"
    if not c.gazette:
        return named
    printed = f" du {day_first(c.printed, 'fr')}" if c.printed else ""
    return f"{named}, JOUE L, {number.shown}{printed}"


def _act(c: Citation, section: str) -> tuple[str, list[str]]:
    """Title of an act, and what follows it: its number unless the title has it, then the section."""
    title, pinned = _own(c), ""
    if match := _SECTION.fullmatch(c.title):
        title, pinned = match["act"], word(section, c.lang, match["section"])
    number = c.number.shown if c.number and not c.number.stands_in(title) else ""
    if number and c.number and c.number.scheme == "fr.loi":
        number = typeset(f"n° {number}", "fr")
    return title, [one for one in (number, pinned) if one]


def _ruling(c: Citation, day: Callable[[Parts, str], str]) -> str:
    """Title, number (court, day)."""
    title = _title(c, day) if c.is_described else _own(c) + _translation(c)
    number = c.number.shown if c.number and not c.number.stands_in(c.title) else ""
    court = "" if c.court in c.title else c.court
    within = ", ".join(one for one in (court, day(c.issued, c.lang)) if one)
    return ", ".join(one for one in (title, number) if one) + (f" ({within})" if within else "")


def _title(c: Citation, day: Callable[[Parts, str], str] = day_first) -> str:
    """The title with its translation; our description in square brackets, with the date unless it is the document's."""
    if not c.is_described:
        return _own(c) + _translation(c)
    happened = day(c.event_date, c.lang) if len(c.event_date) == 1 else c.event_when
    told = typeset(c.title, c.title_lang or c.lang)
    return f"[{told}]" if c.event_date == c.issued else f"[{told}, {happened}]"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _own(c: Citation) -> str:
    return typeset(c.title, c.title_lang or c.lang)


def _translation(c: Citation) -> str:
    return f" [{typeset(c.translated, c.lang)}]" if c.translated else ""


def _noted(c: Citation) -> str:
    """A title in a Chicago note: the comma after it stands inside English quotation marks."""
    if c.lang == "fr" or c.translated:
        return quoted(_own(c), c.lang) + _translation(c)
    return quoted(f"{_own(c)},", c.lang)


def _found_at(c: Citation) -> str:
    if not c.url:
        return ""
    seen = word("accessed_harvard", c.lang, day_first(c.accessed, c.lang)) if c.accessed else ""
    return stopped(word("available", c.lang, c.url) + seen)


def _oj(c: Citation) -> str:
    return c.number.shown if c.number else ""


def _without_stops(text: str) -> str:
    """Abbreviations as OSCOLA writes them: ``Pub L No``, ``v``."""
    return re.sub(r"\b(Pub|L|No|v|c|s|S|H|R|n|Res|Con|J)\.(?=[ ,)]|$)", r"\1", text)


def _joined(*parts: str) -> str:
    return " ".join(one for one in parts if one)
