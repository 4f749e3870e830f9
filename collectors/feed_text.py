"""From the bytes of a feed to text that is safe to parse: encoding settled, costly shapes refused.

Whatever a feed declares, bytes that are valid UTF-8 are UTF-8. Else the charset of the response, the XML
declaration and the languages' usual code page are tried. The parser then always gets UTF-8 and is never
asked to guess. (feedparser believes a wrong declaration and returns mojibake without a word.)

Shapes that cost the parser minutes are found by one linear scan and refused: entity definitions, more than
20,000 entries, tags with hundreds of attributes, deep nesting, entries of thousands of elements.
"""

from __future__ import annotations

import codecs
import re
from collections import deque

MOST_ENTRIES = 20_000
_MOST_ATTRIBUTES = 200
_MOST_DEPTH = 400
_MOST_TAGS_IN_ENTRY = 3_000
_MOST_REPEATS_IN_ENTRY = 400  # of elements the parser compares with all their like, or copies
_MOST_UNFINISHED_TAGS = 10_000
_MOST_UNCLOSED_ENTRIES = 20

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*\?>", re.I)
_DECLARED = re.compile(rb"<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})[\"']", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{2,40})", re.I)
# Code pages that keep ASCII where it is. Others (EBCDIC, UTF-7) could hide markup from the scan below.
_ASCII_BASED = re.compile(
    r"(iso8859|latin|cp125|cp1006|cp437|cp85\d|cp86\d|koi8|mac|gb|euc|shift_jis|big5|cp932|cp949|tis|ascii|hz$)"
)
_CODE_PAGES = {"he": "cp1255", "ru": "cp1251", "uk": "cp1251", "bg": "cp1251", "el": "cp1253", "tr": "cp1254",
               "ar": "cp1256", "pl": "cp1250", "cs": "cp1250", "hu": "cp1250", "ro": "cp1250"}  # fmt: skip
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)([^<>]*)>")
_COLLECTED = {
    "category", "subject", "keywords", "tag", "link", "enclosure", "author", "creator", "contributor",
    "content", "thumbnail", "credit",
}  # fmt: skip
_ENTRY_OPEN = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>])", re.I)
_ENTRY_CLOSE = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.I)


class ShapeError(Exception):
    """The document has a shape that we do not parse; the message names it."""


def to_text(body: bytes, content_type: str, lang: str) -> str:
    """The document as text, without byte order mark, leading blanks and characters XML forbids."""
    text = _decode(body, content_type, lang)
    return _ILLEGAL.sub(" ", text).lstrip("\ufeff \t\r\n\x85\u2028")


def as_utf8(text: str) -> bytes:
    """The document in UTF-8 with a declaration that says so."""
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + _DECLARATION.sub("", text).encode("utf-8", "replace")


def is_html(text: str) -> bool:
    """Whether a document that is no feed looks like a page for people."""
    start = text[:4_000].lower()
    return "<html" in start or "<!doctype html" in start or "<body" in start or "<head>" in start


def cut_unfinished(text: str) -> tuple[str, bool]:
    """The document up to its last whole entry, and whether something was cut.

    A response that broke off leaves half a title behind; half a title is not what the publisher said.
    """
    last = deque(_ENTRY_OPEN.finditer(text), maxlen=1)
    if not last:
        return text, False
    start = last[0].start()
    if _ENTRY_CLOSE.search(text, start):
        return text, False
    closing = re.compile(r"</(?:\w+:)?(?:channel|feed|rss|rdf)\s*>", re.I)
    if closing.search(text, start):  # ill-formed, but whole
        return text, False
    return text[:start], True


def check_shape(text: str) -> None:
    """Raise :class:`ShapeError` for what would cost too much to parse."""
    if "<!ENTITY" in text or re.search(r"<!\s*entity", text, re.I):
        raise ShapeError("defines entities of its own")
    text = _without_cdata(text)
    entries = closed = depth = in_entry = repeats = tags = 0
    for match in _TAG.finditer(text):
        tags += 1
        closing, name, rest = match.groups()
        local = name.rpartition(":")[2].lower()
        if rest.count("=") > _MOST_ATTRIBUTES:
            raise ShapeError(f"a tag with more than {_MOST_ATTRIBUTES} attributes")
        if local in ("item", "entry") and not rest.endswith("/"):
            depth = in_entry = repeats = 0
            if closing:
                closed += 1
            else:
                entries += 1
                if entries > MOST_ENTRIES:
                    raise ShapeError(f"more than {MOST_ENTRIES} entries")
            continue
        in_entry += 1
        repeats += local in _COLLECTED and not closing
        if repeats > _MOST_REPEATS_IN_ENTRY:
            raise ShapeError(f"more than {_MOST_REPEATS_IN_ENTRY} keywords, links or names in one entry")
        if in_entry > _MOST_TAGS_IN_ENTRY:
            raise ShapeError(f"more than {_MOST_TAGS_IN_ENTRY} elements in one entry")
        if closing:
            depth = max(0, depth - 1)
        elif not rest.endswith("/"):
            depth += 1
            if depth > _MOST_DEPTH:
                raise ShapeError(f"elements nested more than {_MOST_DEPTH} deep")
    if entries - closed > _MOST_UNCLOSED_ENTRIES:
        raise ShapeError("entries that are never closed")
    if text.count("<") - tags - text.count("<!") - text.count("<?") > _MOST_UNFINISHED_TAGS:
        raise ShapeError(f"more than {_MOST_UNFINISHED_TAGS} tags that do not end")


def _without_cdata(text: str) -> str:
    if "<![CDATA[" not in text:
        return text
    parts: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("]]>", start)
        if end < 0:
            return "".join(parts)
        at = end + 3
    parts.append(text[at:])
    return "".join(parts)


def _decode(body: bytes, content_type: str, lang: str) -> str:
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    start = body[:200]
    if start.count(b"\0") > len(start) // 4:  # UTF-16 without a mark: ASCII markup has every second byte zero
        return body.decode("utf-16-be" if start[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut inside a character at the very end, the rest is UTF-8 all the same.
        if error.start >= len(body) - 3 and any(byte > 0x7F for byte in body[: error.start]):
            return body.decode("utf-8", "replace")
    names = _CHARSET.findall(content_type)[:1]
    names += [found.decode("ascii") for found in _DECLARED.findall(body[:2_000])[:1]]
    names.append(_CODE_PAGES.get(lang, "cp1252"))
    for name in names:
        codec = _codec(name)
        if codec:
            try:
                return body.decode(codec)
            except (UnicodeDecodeError, LookupError):
                continue
    if _mostly_utf8(body):
        return body.decode("utf-8", "replace")
    return body.decode("cp1252", "replace")


def _codec(name: str) -> str:
    """The Python codec of a declared charset; empty for an unknown one and for UTF-8, which has failed."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    if found in ("iso8859-1", "ascii"):
        return "cp1252"  # what every browser reads under these names
    return found if _ASCII_BASED.match(found.replace("-", "")) or _ASCII_BASED.match(found) else ""


def _mostly_utf8(body: bytes) -> bool:
    """A single flipped byte does not make a UTF-8 document a code page."""
    text = body.decode("utf-8", "replace")
    high = sum(1 for ch in text if ch > "\x7f")
    return high > 20 and text.count("\ufffd") * 10 < high
