"""A normalised legal reference as people write it: ``fr:code-penal:226-8`` is "Code pénal, art. 226-8".

Pure but for the reviewed names in ``data/reference/legal.toml``. A reference that neither the names nor a form of
writing here tells stays as it is: an act with a wrong name would be worse than a code.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable

from data.legal_links import LEGAL, Cited
from data.vocabulary import load_vocabulary

#: places whose acts are called by their English words; the reference holds those words
_ENGLISH_TITLES = ("au", "ca", "ie", "in", "nz", "sg", "uk")
_SMALL = {"a", "an", "and", "for", "in", "of", "on", "or", "the", "to"}
_REGULATION = {"en": "Regulation (EU) {n}", "fr": "Règlement (UE) {n}"}
_DIRECTIVE = {"en": "Directive (EU) {n}", "fr": "Directive (UE) {n}"}
#: from this year on the Union writes ``(EU) 2016/679``; before, in more than one way
_ONE_STYLE = 2015
_BILL = {"en": "Bill {n}", "fr": "Projet de loi {n}"}
_AMERICAN = {"s": "S.", "hr": "H.R.", "sjres": "S.J.Res.", "hjres": "H.J.Res.", "sres": "S.Res.", "hres": "H.Res."}


def name(reference: str, lang: str) -> str:
    """The reference in words of ``lang`` (French, else English); as it is when nothing tells how it is called."""
    lang = lang if lang == "fr" else "en"
    cited = Cited.of(reference)
    if whole := _names().get(reference):
        return whole
    act = _names().get(cited.act) or _form(cited, lang)
    if not act:
        return reference
    return _with_article(cited, act, lang) if cited.article else act


def _with_article(cited: Cited, act: str, lang: str) -> str:
    """The article where the country writes it: before a German or Danish law, after all others."""
    article = re.sub(r"(?<=\d|[a-z])\((\w+)\)", r" (\1)", cited.article)
    if cited.country in ("at", "de", "dk") and cited.kind != "gg":
        return f"§ {article} {act}"
    if cited.kind == "usc":
        return f"{cited.number} U.S.C. § {article}"
    if cited.country in _ENGLISH_TITLES and lang == "en":
        return f"{act}, s. {article}"
    if cited.country.startswith("us"):
        return f"{act} § {article}"
    if cited.country == "fr":
        article = re.sub(r"^([LRD])(?=\d)", r"\1. ", article)
    return f"{act}, art. {article}"


def _form(cited: Cited, lang: str) -> str:
    """How acts of this kind are written from their number; empty when their number alone does not tell."""
    country, _, part = cited.country.partition("-")
    if country == "us" and cited.kind == "bill":
        return _american_bill(cited.number, part, lang)
    form = _FORMS.get((country, cited.kind))
    return form(cited.number, lang) if form else ""


def _european(words: dict[str, str]) -> Callable[[str, str], str]:
    def form(number: str, lang: str) -> str:
        year = number.partition("/")[0]
        return words[lang].format(n=number) if year.isdigit() and int(year) >= _ONE_STYLE else ""

    return form


def _english_title(slug: str, lang: str) -> str:
    words = slug.split("-")
    return " ".join(one if one in _SMALL and place else one.capitalize() for place, one in enumerate(words))


def _american_bill(number: str, state: str, lang: str) -> str:
    found = re.fullmatch(r"([a-z]+)(\d+[a-z]?)", number)
    if not found:
        return ""
    if not state:
        return f"{_AMERICAN[found[1]]} {found[2]}" if found[1] in _AMERICAN else ""
    place = load_vocabulary().lists["jurisdictions"].get(f"us-{state}")
    bill = f"{found[1].upper()} {found[2].upper()}"
    return f"{bill} ({place.labels.get(lang) or place.labels['en']})" if place else bill


_FORMS: dict[tuple[str, str], Callable[[str, str], str]] = {
    ("eu", "reg"): _european(_REGULATION),
    ("eu", "dir"): _european(_DIRECTIVE),
    ("eu", "com"): lambda number, lang: "COM({}) {}".format(*number.split("/", 1)) if "/" in number else "",
    ("eu", "procedure"): lambda number, lang: number,
    ("fr", "loi"): lambda number, lang: f"{'Loi' if lang == 'fr' else 'French law'} n° {number}",
    ("us", "pl"): lambda number, lang: f"Public Law {number}",
    ("fr", "decret"): lambda number, lang: f"{'Décret' if lang == 'fr' else 'French decree'} n° {number}",
    ("us", "cfr"): lambda number, lang: f"{number} C.F.R.",
    ("us", "eo"): lambda number, lang: f"Executive Order {number}",
    ("us", "usc"): lambda number, lang: f"{number} U.S.C.",
    ("ca", "bill"): lambda number, lang: _BILL[lang].format(n=number.upper()),
    ("de", "drs"): lambda number, lang: f"Drucksache {number}",
    ("it", "legge"): lambda number, lang: f"Legge {number}",
    ("it", "dlgs"): lambda number, lang: f"D.lgs. {number}",
    ("it", "dl"): lambda number, lang: f"D.l. {number}",
    ("br", "lei"): lambda number, lang: f"Lei nº {number}",
    ("es", "lo"): lambda number, lang: f"Ley Orgánica {number}",
    ("es", "ley"): lambda number, lang: f"Ley {number}",
    ("dk", "bill"): lambda number, lang: f"Lovforslag {number.upper()}",
    **{(country, kind): _english_title for country in _ENGLISH_TITLES for kind in ("act", "si")},
}


@functools.cache
def _names() -> dict[str, str]:
    """act, or a whole reference where no form splits it -> what it is called, in the language of its country."""
    return dict(tomllib.loads(LEGAL.read_text(encoding="utf-8"))["names"])
