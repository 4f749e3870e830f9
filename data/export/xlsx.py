"""A workbook of a view: what it is, its events, who acts in them, who is for or against, the sources, the codes.

Every cell of text is written as text: nothing is a formula, ids and partial dates stay what they are. Only plain web
addresses become links, as long as Excel takes them (65,530 a sheet, 2,079 letters each); the rest is shown as text.
Rows go to a temporary file one by one, so that a long view does not fill the memory.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.export.citation_lines import line as citation_line
from data.export.cited import of_view
from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.plain import no_formula, one_line, web_link
from data.export.sheets import Cell, Sheet, sheets
from data.export.wording import about, told, word
from data.vocabulary import Vocabulary

#: what Excel takes
MOST_LINKS, LINK_LETTERS, CELL_LETTERS = 65_530, 2_079, 32_767

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The workbook; an empty view gives the headers alone. The same view gives the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties(
        {
            "title": one_line(context.view_title),
            "author": "Deepfake Policy Monitor",
            "comments": one_line(context.licence),
            "created": context.as_of_instant().replace(tzinfo=None),
        }
    )
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8ECF1", "font_color": "#16202B"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        "link": book.add_format({"font_color": "#0B57D0", "underline": 1, "valign": "top"}),
    }
    _readme(book.add_worksheet("README"), context, styles)
    for one in sheets(extract, context, labels):
        _fill(book.add_worksheet(one.name), one, styles)
    book.close()
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Export(context.filename("xlsx"), mime, out.getvalue())


def _readme(sheet: Worksheet, context: Context, styles: Mapping[str, Format]) -> None:
    lang = context.lang
    lines = [*about(context), told("cite", citation_line(of_view(context), "apa"), lang), "", *_contents(lang)]
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, cell_text(context.view_title), styles["title"])
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, cell_text(line), styles["wrap"])
    if address := web_link(context.permalink()):
        row = len(lines) + 3
        if len(address) <= LINK_LETTERS:
            sheet.write_url(row, 0, address, styles["link"], word("permalink", lang))


def _contents(lang: str) -> list[str]:
    """What each sheet holds, a line a sheet."""
    names = ("Timeline", "Actors", "Positions", "Sources", "Vocabulary")
    return [f"{name}{word('colon', lang)}{word(f'sheet_{name.lower()}', lang)}" for name in names]


def _fill(sheet: Worksheet, table: Sheet, styles: Mapping[str, Format]) -> None:
    sheet.freeze_panes(1, 0)
    for column, one in enumerate(table.columns):
        sheet.set_column(column, column, one.width)
    for column, one in enumerate(table.columns):
        sheet.write_string(0, column, one.name, styles["head"])
    links = 0
    row = 0
    for row, values in enumerate(table.rows, start=1):
        for column, (one, value) in enumerate(zip(table.columns, values, strict=True)):
            if one.kind == "link" and links < MOST_LINKS and _is_link(value):
                sheet.write_url(row, column, str(value), styles["link"], str(value))
                links += 1
            else:
                _cell(sheet, row, column, value, styles)
    sheet.autofilter(0, 0, row, len(table.columns) - 1)


def _cell(sheet: Worksheet, row: int, column: int, value: Cell, styles: Mapping[str, Format]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), styles["day"])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, cell_text(value), styles["text"])


def _is_link(value: Cell) -> bool:
    return isinstance(value, str) and bool(web_link(value)) and len(value) <= LINK_LETTERS


def cell_text(text: str) -> str:
    """Text of one cell, cut with an ellipsis where Excel would call the file damaged (it counts UTF-16 units)."""
    line = no_formula(text)
    if len(line) * 2 <= CELL_LETTERS or len(line.encode("utf-16-le")) // 2 <= CELL_LETTERS:
        return line
    cut = line.encode("utf-16-le")[: (CELL_LETTERS - 1) * 2].decode("utf-16-le", "ignore")
    return cut + "…"
