"""Text and addresses made harmless before a writer sees them.

Everything here was fetched from strangers. Storage keeps plain text already; an export is opened by programs
that act on what they read (formulas, properties, tags), so each writer starts from these few forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

#: control characters, lone surrogates, byte-order marks and non-characters
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
#: embeddings, overrides and isolates: they let a text show other words than it holds
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
#: a space that no line may end with
_OPEN = re.compile(r" (?=[;:!?»])|(?<=«) |(?<=\b[Nn]°) (?=\d)|(?<=\d) (?=\d{3}\b)")
LINK_BYTES = 8_000
#: most letters of a quotation that leave the monitor
QUOTE_LETTERS = 300

_LEADS = frozenset("=+-@\u2212")


def one_line(text: str) -> str:
    """The text on one line: no control character, no line or paragraph separator, single spaces."""
    return " ".join(_DIRECTION.sub("", _CONTROL.sub(" ", text)).split())


def paragraphs(text: str) -> list[str]:
    """The lines of a text that hold something, each on :func:`one_line`."""
    return [line for part in text.splitlines() if (line := one_line(part))]


def web_link(url: str) -> str:
    """The address when it is plain http(s) with a host and no password, else empty: it becomes no link.

    Neither does one of more than :data:`LINK_BYTES`: servers and the readers of PDF refuse it.
    """
    if len(url.encode("utf-8", "replace")) > LINK_BYTES or one_line(url) != url or re.search(r"[\s<>\"'`\\{}^]", url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    return url


def no_formula(text: str) -> str:
    """A spreadsheet cell that stays text: one line, an apostrophe before what a spreadsheet would run.

    Spreadsheets take ``= + - @`` (and, in some languages, their full-width forms) for the start of a formula;
    a leading tab, carriage return or NUL hides one, so these are dropped first (OWASP ASVS 1.2.10).
    """
    line = one_line(text)
    return f"'{line}" if line and unicodedata.normalize("NFKC", line[0])[:1] in _LEADS else line


def joined(values: Iterable[str]) -> str:
    """A list in one cell, ``|`` between values. Blank values keep their place, so that lists stay parallel.

    A bar inside a value is written ``¦``, inside an address ``%7C``.
    """
    return "|".join(one_line(value).replace("|", "%7C" if web_link(value) else "¦") for value in values)


def shortened(words: str) -> str:
    """At most :data:`QUOTE_LETTERS` letters, with an ellipsis where more were there."""
    line = one_line(words)
    return line if len(line) <= QUOTE_LETTERS else line[: QUOTE_LETTERS - 1].rstrip() + "…"


def bare(text: str) -> str:
    """A sentence without what a title drops: its full stop and the marks around it. To compare, never to show."""
    return one_line(text).casefold().strip(' .…«»“”"\u00a0\u202f')


def unbroken(text: str) -> str:
    """The text with no-break spaces where no line may end.

    Before ``; : ! ? »`` and after ``«`` and ``n°`` where French has a space, and within a number.
    """
    return _OPEN.sub("\u00a0", text)
