"""Plain text out of whatever a publisher sent: no markup, no control characters, one kind of space."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from html.parser import HTMLParser

_BLOCKS = {
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote",
}  # fmt: skip
_SILENT = {"script", "style", "template", "noscript", "svg", "iframe", "object"}
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>")
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def clean(text: str) -> str:
    """Normalise to NFC, drop control characters and lone surrogates, fold runs of space within lines."""
    text = unicodedata.normalize("NFC", _UNSAFE.sub(" ", text)).replace("\u00a0", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def plain_text(markup: str) -> str:
    """Text of an HTML fragment, entities resolved; paragraphs on lines of their own; never any tag."""
    text = markup
    for _ in range(3):  # escaped markup inside markup: unwrap, at most thrice
        if "<" not in text:
            break
        parser = _Text()
        parser.feed(text)
        parser.close()
        found = "".join(parser.parts)
        if not _TAG.search(found):
            text = found
            break
        text = found
    text = _TAG.sub(" ", unescape(text) if "&" in text else text)
    return clean(text)


def one_line(markup: str) -> str:
    """A title: plain text on a single line."""
    return " ".join(plain_text(markup).split())
