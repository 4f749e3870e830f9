"""From a normalised legal reference (``eu:reg:2022/2065:34``) to the act's official identifiers and address.

Pure but for one reviewed file, ``data/reference/legal.toml``, which holds what a name alone does not tell: the
chapter of an act, the page of a code. A reference whose address is not certain has none: a bill without its
term, an act known by title only, a law whose consolidated text moves every year.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data.models import Identifier
from data.vocabulary import load_vocabulary

LEGAL = Path(__file__).parent / "reference" / "legal.toml"

#: kinds whose identifier stands in a part of its own; elsewhere the kind is the act (a code)
_NUMBERED = {"act", "bill", "case", "cfr", "com", "decret", "dir", "dl", "dlgs", "drs", "eo", "legge", "lei", "ley",
             "lo", "loi", "pl", "procedure", "reg", "si", "usc"}  # fmt: skip

#: the govinfo link service answers for public laws from this Congress on
_FIRST_CONGRESS = 104

_CALIFORNIA = {"civ": "CIV", "elec": "ELEC", "gov": "GOV", "pen": "PEN"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A normalised reference in parts: the act (``de:stgb``, ``fr:loi:2024-449``) and its article, or empty."""

    act: str
    country: str
    kind: str
    number: str
    article: str

    @classmethod
    def of(cls, reference: str) -> Cited:
        """Split a reference; what is not one gives an act without an article."""
        country, _, rest = reference.partition(":")
        kind, _, rest = rest.partition(":")
        number, _, article = rest.partition(":")
        if kind not in _NUMBERED:
            return cls(f"{country}:{kind}", country, kind, "", rest)
        return cls(f"{country}:{kind}:{number}", country, kind, number, article)


def identifiers(reference: str) -> tuple[Identifier, ...]:
    """The official identifiers of the cited act, in the forms of the vocabulary; empty when none is certain."""
    cited = Cited.of(reference)
    found = [_own_identifier(cited), _table().identifiers.get(cited.act)]
    words = load_vocabulary()
    return tuple(one for one in found if one and words.is_identifier(one.scheme, one.value))


def address(reference: str) -> str:
    """The official page of a reference, of its article where it has one of its own; empty when not certain."""
    cited = Cited.of(reference)
    form = _FORMS.get(cited.country)
    return (form(cited) if form else "") or _table().addresses.get(cited.act, "") or _by_identifier(reference)


def without_term(identifier: Identifier) -> str:
    """How a text cites a bill without telling its Congress or session (``119-s-146`` as ``us:bill:s146``), or empty.

    Several bills share such a reference, so it proves none.
    """
    parts = identifier.value.split("-" if identifier.scheme == "us.bill" else ":")
    match identifier.scheme, parts:
        case "us.bill", [_, kind, number]:
            return f"us:bill:{kind}{number}"
        case "us.state.bill", [state, _, code]:
            return f"us-{state}:bill:{code.lower()}"
    return ""


def _own_identifier(cited: Cited) -> Identifier | None:
    """The identifier that the reference's own numbers spell.

    A CELEX number is sector 3, year, R or L, and the number in four digits
    (https://eur-lex.europa.eu/content/help/eurlex-content/celex-number.html).
    """
    year, _, number = cited.number.partition("/")
    match cited.country, cited.kind:
        case "eu", "reg" | "dir" if year.isdigit() and number.isdigit():
            return Identifier("eu.celex", f"3{year}{'R' if cited.kind == 'reg' else 'L'}{int(number):04d}")
        case "eu", "com":
            return Identifier("eu.com", f"COM({year}){number}")
        case "eu", "procedure":
            return Identifier("eu.procedure", cited.number)
        case "fr", "loi":
            return Identifier("fr.loi", cited.number)
        case "us", "pl":
            return Identifier("us.pl", cited.number)
        case "de", "drs":
            return Identifier("de.drs", cited.number)
        case "it", "legge":
            return Identifier("it.legge", cited.number)
    return None


def _by_identifier(reference: str) -> str:
    """The page the vocabulary gives for an identifier of the act.

    EU acts by CELEX number: https://eur-lex.europa.eu/content/help/data-reuse/linking.html. French acts by their
    page in the Journal officiel, Sénat and other files likewise: ``data/reference/vocabulary/schemes.toml``.
    """
    words = load_vocabulary()
    return next((url for one in identifiers(reference) if (url := words.identifier_url(one.scheme, one.value))), "")


def _british(cited: Cited) -> str:
    """``/ukpga/{year}/{chapter}/section/{n}``: https://www.legislation.gov.uk/developer/uris.

    The chapter is not in the reference: only acts of the table have an address.
    """
    page = _by_identifier(cited.act)
    section = re.match(r"\d+[A-Z]*", cited.article)
    return f"{page}/section/{section.group()}" if page and section else page


def _american(cited: Cited) -> str:
    """Public laws by the govinfo link service, https://www.govinfo.gov/link-docs/ (``plaw``); sections of the Code by
    the address that https://uscode.house.gov gives each of them in its current edition."""
    if cited.kind == "pl":
        congress, _, law = cited.number.partition("-")
        certain = congress.isdigit() and law.isdigit() and int(congress) >= _FIRST_CONGRESS
        return f"https://www.govinfo.gov/link/plaw/{congress}/public/{law}" if certain else ""
    section = re.match(r"\d+[A-Za-z]*", cited.article)
    if cited.kind == "usc" and cited.number.isdigit() and section:
        granule = f"USC-prelim-title{cited.number}-section{section.group()}"
        return f"https://uscode.house.gov/view.xhtml?req=granuleid:{granule}&num=0&edition=prelim"
    return ""


def _californian(cited: Cited) -> str:
    """``codes_displaySection.xhtml?lawCode=PEN&sectionNum=311.``: https://leginfo.legislature.ca.gov/faces/codes.xhtml."""
    code = _CALIFORNIA.get(cited.kind)
    if not code or not re.fullmatch(r"\d[\d.]*", cited.article):
        return ""
    page = "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml"
    return f"{page}?lawCode={code}&sectionNum={cited.article.rstrip('.')}."


def _german(cited: Cited) -> str:
    """``{law}/__{n}.html`` for a paragraph, ``gg/art_{n}.html`` in the Basic Law: https://www.gesetze-im-internet.de.

    Treaties of the Länder (MStV) are not published there; a printed paper may be one of a Landtag.
    """
    page = _table().addresses.get(cited.act, "")
    paragraph = re.match(r"(\d+[a-z]?)(?![\w-])", cited.article)
    if not page or not paragraph or f"{cited.act}:{paragraph[1]}" in _table().proposed:
        return page
    return f"{page}{'art_' if cited.kind == 'gg' else '__'}{paragraph[1]}.html"


def _swiss(cited: Cited) -> str:
    """Classified compilation with the anchor of the article (``#art_179_decies``): https://www.fedlex.admin.ch."""
    page = _table().addresses.get(cited.act, "")
    article = re.match(r"(\d+)([a-z]*)(?![\w-])", cited.article)
    return f"{page}#{'_'.join(filter(None, ('art', *article.groups())))}" if page and article else page


_FORMS: dict[str, Callable[[Cited], str]] = {
    "ch": _swiss,
    "de": _german,
    "uk": _british,
    "us": _american,
    "us-ca": _californian,
}


@dataclass(frozen=True, slots=True)
class _Table:
    identifiers: dict[str, Identifier]
    addresses: dict[str, str]
    proposed: frozenset[str]


@functools.cache
def _table() -> _Table:
    """The reviewed file. Where its addresses come from:

    French codes and older acts: https://www.legifrance.gouv.fr/liste/code; the address of an article needs a number
    that nobody cites, so it leads to its code. Italian acts: ``N2Ls?urn:nir:stato:{kind}:{date};{number}``,
    https://www.normattiva.it/showNewsDetail?id=34. Spanish acts: ``/eli/es/{kind}/{date}/{number}/con``, as
    consolidated, https://elidata.es/documentacion_tecnica/especificacion_tecnica.php. Swiss acts: the classified
    compilation. The dates are no part of a reference, so only acts of the file have an address.
    """
    read = tomllib.loads(LEGAL.read_text(encoding="utf-8"))
    return _Table(
        {act: Identifier(*said.split(" ", 1)) for act, said in read["identifiers"].items()},
        read["addresses"],
        frozenset(read["proposed"]["articles"]),
    )
