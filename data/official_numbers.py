"""The short ways a reader writes an official number: ``S. 146`` for ``us.bill 119-s-146``, ``2025/0360`` for an EU
procedure. Pure. A short form may belong to several files; the search then shows them all.
"""

from __future__ import annotations

import re

from data.fold import fold

#: scheme -> the part of the value that stands alone, with words that may stand before it
_SHORT: dict[str, tuple[str, tuple[str, ...]]] = {
    "us.bill": (r"\d+-(?P<n>[a-z]+-\d+)", ("bill",)),
    "us.pl": (r"(?P<n>\d+-\d+)", ("public law", "pub l", "pl", "loi publique")),
    "us.state.bill": (r"\w+:[^:]+:(?P<n>[A-Z]+\d+[A-Z]?)", ("bill",)),
    "ca.bill": (r"\d+-\d/(?P<n>[A-Z]-\d+)", ("bill", "projet de loi")),
    "eu.procedure": (r"(?P<n>\d{4}/\d{4}[A-Z]?)\([A-Z]{3}\)", ()),
    "fr.loi": (r"(?P<n>\d{2,4}-\d+)", ("loi", "loi n")),
    "it.legge": (r"(?P<n>\d+/\d{4})", ("legge", "legge n", "l")),
    "de.drs": (r"(?P<n>\d+/\d+)", ("drucksache", "bt drs", "drs")),
    "ie.bill": (r"(?P<y>\d{4})/(?P<n>\d+)", ("bill",)),
}


def key(text: str) -> str:
    """What is compared: letters and digits alone, case and accents away (``S. 146`` -> ``s146``)."""
    return fold(text.replace("°", " ").replace("º", " ")).replace(" ", "")


def number_keys(scheme: str, value: str) -> set[str]:
    """Keys of an identifier: whole, and in its short forms."""
    found = {key(value)}
    if short := _SHORT.get(scheme):
        pattern, before = short
        if match := re.fullmatch(pattern, value):
            number = match["n"]
            if "y" not in match.groupdict():
                found.add(key(number))
                found |= {key(f"{word} {number}") for word in before}
    return {one for one in found if one}


def title_keys(title: str) -> set[str]:
    """Keys of a title: whole, and the name before a colon, a comma or a bracket ("Loi SREN : …")."""
    parts = {title, re.split(r"\s*[:(]|\s[–—-]\s", title, maxsplit=1)[0]}
    parts |= set(re.findall(r"\(([A-ZÀ-Þ][\w.’' -]{2,20})\)", title))
    return {one for one in (key(part) for part in parts) if len(one) >= 3}
