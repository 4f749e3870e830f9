"""BibTeX in UTF-8: the view as a data set, then one entry per event, in order.

``@online`` with an address, ``@misc`` without: both are read by BibTeX styles of today and by biblatex, which other
types of documents are not. What kind of document it is stands in ``howpublished``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.export.cited import Citation, Parts
from data.export.context import Context, Export, Options
from data.export.csl import citations
from data.export.extract import Extract
from data.vocabulary import Vocabulary

_ESCAPED = {
    **{sign: f"\\{sign}" for sign in "&%#_$"},
    "{": r"\textbraceleft{}",  # a brace counts even behind a backslash: a lone one would swallow the file
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile(r"[{}&%#_$\\~^]")
#: name of a language as biblatex knows it
_LANGUAGES = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian", "nl": "dutch",
    "pl": "polish", "pt": "portuguese",
}  # fmt: skip
_KINDS = {"legal_case": "court ruling", "article-newspaper": "newspaper article", "dataset": "data set"}


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The entries, a blank line between them."""
    entries = (entry(one) for one in citations(extract, context, labels))
    return Export(context.filename("bib"), "application/x-bibtex; charset=utf-8", "\n".join(entries).encode())


def entry(c: Citation) -> str:
    """One entry; its key is the id of the event."""
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields(c))
    return f"@{'online' if c.url else 'misc'}{{{c.id},\n{lines}}}\n"


def fields(c: Citation) -> Iterator[tuple[str, str]]:
    """Names and values of an entry; a name without a value is left out.

    Author and title stand in braces of their own: a name that is no person's is not turned round, capitals stay.
    """
    first = c.issued[0] if c.issued else ()
    found = [
        ("author", _kept(c.author)),
        ("title", _kept(c.marked_title)),
        ("origtitle", _kept(c.original)),
        *zip(("year", "month", "day"), map(str, first), strict=False),
        ("enddate", _iso(c.issued[1:])),
        ("howpublished", escaped(_KINDS.get(c.type, c.type))),
        ("institution", escaped(_institution(c))),
        ("number", escaped(c.number.shown if c.number else "")),
        ("journaltitle", escaped(c.publisher if c.type == "article-newspaper" else c.gazette)),
        ("version", escaped(c.version)),
        ("url", c.url),
        ("urldate", _iso(c.accessed)),
        ("eventtitle", escaped(c.event_title)),
        ("eventdate", c.event_iso),
        ("dateprecision", c.precision),
        ("location", escaped(c.place)),
        ("langid", _LANGUAGES.get(c.title_lang, "")),
        ("abstract", escaped(c.abstract)),
        ("keywords", escaped(", ".join(c.keywords))),
        ("note", escaped("; ".join(c.notes))),
    ]
    yield from ((name, value) for name, value in found if value)


def _institution(c: Citation) -> str:
    if c.type == "article-newspaper" or c.publisher == c.author:
        return c.court
    return c.court or c.publisher


def escaped(text: str) -> str:
    """Text that TeX shows letter by letter. Addresses are not text: ``url`` is read as it stands."""
    return _SPECIAL.sub(lambda match: _ESCAPED[match.group()], text)


def _kept(text: str) -> str:
    return f"{{{escaped(text)}}}" if text else ""


def _iso(parts: Parts) -> str:
    return "-".join(f"{one:02d}" for one in parts[0]) if parts else ""
