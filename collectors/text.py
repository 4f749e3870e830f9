"""Plain text out of whatever a publisher sent: no markup, no control characters, one kind of space.

The tag reader is our own: the standard library's raises on some marked sections and takes quadratic time
on runs of unfinished tags. This one reads any string in linear time and never raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

_BLOCKS = {
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote",
}  # fmt: skip
_SILENT = {"script", "style", "template", "noscript", "svg", "iframe", "object"}
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
_OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # would turn the reading order of what follows
# Bytes of the Windows code page that came in as control characters: "&#150;" for a dash.
_CODE_PAGE = {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", " ") for code in range(0x80, 0xA0)}
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]*")
# A tag to its end, quoted values whole. Neither form reads past the next "<" (the second: not far past),
# which is what keeps the time linear however many tags stay unfinished.
_TAG_END = re.compile(r"[^<>\"']*+(?:\"[^\"<]*+\"[^<>\"']*+|'[^'<]*+'[^<>\"']*+)*+>")
_TAG_END_WITH_LESS_THAN = re.compile(r"[^<>\"']*+(?:\"[^\"]{0,400}+\"[^<>\"']*+|'[^']{0,400}+'[^<>\"']*+){1,20}+>")
_TAG_END_ANYHOW = re.compile(r"[^<>]*+>")
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*+>")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_MOST_ROUNDS = 3


def _parts(markup: str) -> Iterator[tuple[str, str]]:
    """The pieces of a fragment: ("text", …) as it stands, ("open" or "close", lower-case tag name)."""
    at = 0
    comments_end = True
    while True:
        start = markup.find("<", at)
        if start < 0:
            yield "text", markup[at:]
            return
        yield "text", markup[at:start]
        following = markup[start + 1 : start + 2]
        if markup.startswith("<!--", start):
            end = markup.find("-->", start + 4) if comments_end else -1
            comments_end = end >= 0
            at = end + 3 if end >= 0 else start + 4
        elif markup.startswith("<![CDATA[", start):
            at = start + 9
        elif following and (following.isalpha() or following in "/!?"):
            match = (
                _TAG_END.match(markup, start + 1)
                or _TAG_END_WITH_LESS_THAN.match(markup, start + 1)
                or _TAG_END_ANYHOW.match(markup, start + 1)
            )
            if match is None:
                yield "text", "<"
                at = start + 1
                continue
            at = match.end()
            name = _NAME.match(markup, start + 2 if following == "/" else start + 1)
            if name is not None:
                tag = name.group().lower()
                if following == "/":
                    yield "close", tag
                else:
                    yield "open", tag
                    if markup[at - 2] == "/":
                        yield "close", tag
        else:
            yield "text", "<"
            at = start + 1


def _without_tags(markup: str) -> str:
    found: list[str] = []
    silent = 0
    for kind, value in _parts(markup):
        if kind == "text":
            if not silent:
                found.append(value)
        elif value in _SILENT:
            silent = silent + 1 if kind == "open" else max(0, silent - 1)
        elif value in _BLOCKS and not silent:
            found.append("\n")
    text = "".join(found)
    return text.replace("]]>", "") if "<![CDATA[" in markup else text


def clean(text: str) -> str:
    """Normalise to NFC, drop control characters and lone surrogates, fold runs of space within lines."""
    text = _OVERRIDES.sub("", _UNSAFE.sub(" ", text)).translate(_CODE_PAGE)
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def plain_text(markup: str) -> str:
    """Text of an HTML fragment, entities resolved; paragraphs on lines of their own; never any tag."""
    text = markup
    for _ in range(_MOST_ROUNDS):  # escaped markup inside markup: unwrap, at most thrice
        text = _without_tags(text) if "<" in text else text
        if "&" in text:
            text = unescape(text)
            if _ENTITY.search(text):  # escaped twice, as many feeds do
                text = unescape(text)
        if not _TAG.search(text):
            break
    while _TAG.search(text):  # "<a <b> >": a tag may appear where another was taken out
        text = _TAG.sub(" ", text)
        if text.count("<") > 50:
            text = text.replace("<", " ")
    return clean(text)


def one_line(markup: str) -> str:
    """A title: plain text on a single line."""
    return " ".join(plain_text(markup).split())
