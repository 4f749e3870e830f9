"""Readers that are not ours for what is printed: ids and words of a page, a figure, a briefing."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import docx
import html5lib
import pypdf
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree
from PIL import Image

_MARKED = re.compile(r"‹([a-z0-9\s-]+)›")


def page(data: bytes) -> Any:
    """A page as the rules of HTML build its tree; an error of its markup is raised."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(io.BytesIO(data), transport_encoding="utf-8")


def figure(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def pdf_words(data: bytes) -> str:
    return "\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(data)).pages)


def docx_words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join(Paragraph(one, document).text for one in document.element.body.iter(qn("w:p")))


def _marked(text: str) -> list[str]:
    return ["".join(found.split()) for found in _MARKED.findall(text)]


def _figure_ids(data: bytes) -> Iterator[str]:
    for one in figure(data).iter("{http://www.w3.org/2000/svg}g"):
        yield from (one.get("data-event") or one.get("data-events") or "").split()


def _png_fields(data: bytes) -> dict[str, str]:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return dict(picture.text)


IDS: dict[str, Callable[[bytes], list[str]]] = {
    "html": lambda data: [one.get("data-row") for one in page(data).iter("tr") if one.get("data-row")],
    "svg": lambda data: list(_figure_ids(data)),
    "png": lambda data: _png_fields(data)["Events"].split(),
    "pdf": lambda data: _marked(pdf_words(data)),
    "docx": lambda data: _marked(docx_words(data)),
}
WORDS: dict[str, Callable[[bytes], str]] = {
    "html": lambda data: "".join(page(data).itertext()),
    "svg": lambda data: "".join(figure(data).itertext()),
    "png": lambda data: "\n".join(_png_fields(data).values()),
    "pdf": pdf_words,
    "docx": docx_words,
}
