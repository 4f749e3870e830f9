"""Pieces of a Word document that python-docx has no call for, and tables drawn up fast.

A text is a list of runs: plain words, or a :class:`Run` with its look, its address or the bookmark it leads to. Words
must be free of control characters (:func:`data.export.plain.one_line`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


@dataclass(frozen=True, slots=True)
class Run:
    """Words with a look: ``url`` makes them a link, ``anchor`` one to a bookmark of this document."""

    text: str
    bold: bool = False
    small: bool = False
    url: str = ""
    anchor: str = ""


Text = Sequence[str | Run]
#: a cell is a list of texts, a paragraph each
Row = Sequence[Sequence[Text]]


def fill(paragraph: Any, text: Text, part: Any) -> Any:
    """Put runs into a paragraph element (``w:p``); returns it. ``part`` keeps the addresses of links."""
    for one in text:
        run = Run(one) if isinstance(one, str) else one
        if not run.text:
            continue
        element = _run(run)
        if run.url:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), part.relate_to(run.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            link.append(element)
            element = link
        elif run.anchor:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), run.anchor)
            link.append(element)
            element = link
        paragraph.append(element)
    return paragraph


def _run(run: Run) -> Any:
    element = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if run.bold:
        properties.append(OxmlElement("w:b"))
    if run.url:
        colour = OxmlElement("w:color")
        colour.set(qn("w:val"), "0B4F9E")
        properties.append(colour)
    if run.small:
        size = OxmlElement("w:sz")
        size.set(qn("w:val"), "15")
        properties.append(size)
    if run.url:
        line = OxmlElement("w:u")
        line.set(qn("w:val"), "single")
        properties.append(line)
    if len(properties):
        element.append(properties)
    words = OxmlElement("w:t")
    words.text = run.text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.append(words)
    return element


def table(document: Any, header: Sequence[str], rows: Iterable[Row], widths: Sequence[int]) -> None:
    """A table at the end of the document; ``widths`` in twentieths of a point.

    The first row is repeated on every page and named as header; no row is split between pages.

    Cells are built as elements: python-docx looks every cell up anew, in time that grows with the square of the rows.
    """
    found = document.add_table(rows=0, cols=len(header), style="Table Grid")
    found.autofit = False
    element = found._tbl
    element.tblPr.find(qn("w:tblLayout")).addprevious(_borders())
    for column, width in zip(element.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(width))
    top = _row([[[Run(words, bold=True)]] for words in header], widths, document.part)
    top.trPr.append(OxmlElement("w:tblHeader"))
    element.append(top)
    for row in rows:
        element.append(_row(row, widths, document.part))


def _borders() -> Any:
    """Faint lines between rows and around, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        is_line = side in ("top", "bottom", "insideH")
        line.set(qn("w:val"), "single" if is_line else "nil")
        if is_line:
            line.set(qn("w:sz"), "4")
            line.set(qn("w:space"), "0")
            line.set(qn("w:color"), "C9D0D9")
        borders.append(line)
    return borders


def _row(cells: Row, widths: Sequence[int], part: Any) -> Any:
    row = OxmlElement("w:tr")
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for texts, width in zip(cells, widths, strict=True):
        cell, properties, size = OxmlElement("w:tc"), OxmlElement("w:tcPr"), OxmlElement("w:tcW")
        size.set(qn("w:w"), str(width))
        size.set(qn("w:type"), "dxa")
        properties.append(size)
        cell.append(properties)
        for text in texts or [[]]:
            cell.append(fill(OxmlElement("w:p"), text, part))
        row.append(cell)
    return row


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make a paragraph element the place that links with ``anchor`` lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph.append(start)
    paragraph.append(end)


def speak(document: Any, lang: str) -> None:
    """Set the language of all text, for spelling and for readers that speak."""
    for style in document.styles.element.iter(qn("w:rPrDefault")):
        properties = style.find(qn("w:rPr"))
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), {"fr": "fr-FR", "en": "en-GB"}[lang])
        properties.append(language)


def name_font(style: Any, name: str) -> None:
    """Set one font for all letters of a style; the template's theme would else win over it."""
    style.font.name = name
    fonts = style.element.rPr.rFonts
    for key in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), name)


def describe(shape: Any, title: str, words: str) -> None:
    """The text alternative of a picture."""
    properties = shape._inline.docPr
    properties.set("title", title)
    properties.set("descr", words)


def saved(document: Any) -> bytes:
    """The file, its parts stamped with one fixed day: the same document gives the same bytes."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return second.getvalue()
