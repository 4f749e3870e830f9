"""The briefing as DOCX, for those who edit it: real headings, tables with a header row, sources as linked endnotes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.shared import Mm, Pt, RGBColor

from data.export.briefing import ROWS, briefing, chunks
from data.export.context import Context, Export, Options
from data.export.docx_parts import Row, Run, Text, bookmark, describe, fill, name_font, saved, speak, table
from data.export.extract import Extract
from data.export.figure_svg import Drawing
from data.export.phrases import phrase
from data.export.plain import one_line
from data.export.typeset import picture
from data.vocabulary import Vocabulary

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: the widest and highest picture, in millimetres, and how finely it is drawn
WIDE, HIGH, SCALE = 174, 150, 2.5


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The same content as the PDF."""
    content, figure = briefing(extract, context, labels)
    document = _blank(content, context)
    _opening(document, content)
    _files(document, content)
    if content["rows"]:
        _figure(document, content, figure)
        if not content["is_annex"]:
            document.add_heading(content["words"]["what"], 2)
            _events(document, content)
    _actors(document, content)
    _coming(document, content)
    if content["is_annex"]:
        _closing(document, content)
        document.add_page_break()
        document.add_heading(content["words"]["annex"], 2)
        _events(document, content)
        if content["rest"]:
            document.add_heading(content["words"]["annex_ids"], 2)
            _paragraph(document, [content["shortened"]])
            for chunk in chunks(content["rest"], 60):
                _paragraph(document, [Run(chunk, small=True)])
        _sources(document, content)
    else:
        _sources(document, content)
        _closing(document, content)
    notes = (phrase("shortened", context.lang, limit=ROWS),) if content["rest"] else ()
    return Export(context.filename("docx"), MIME, saved(document), notes)


def _blank(content: dict[str, Any], context: Context) -> Any:
    """An A4 document with our styles and facts about itself, and nothing of the day it is made."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(12), Mm(12)
    section.header_distance = section.footer_distance = Mm(6)
    for name, size in (("Normal", 9), ("Heading 1", 17), ("Heading 2", 12), ("List Bullet", 9)):
        document.styles[name].font.size = Pt(size)
    for name in ("Normal", "Heading 1", "Heading 2"):
        document.styles[name].font.color.rgb = RGBColor(0x1B, 0x1F, 0x24)
        name_font(document.styles[name], "Arial")
    normal = document.styles["Normal"]
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].paragraph_format.space_before = Pt(6)
        document.styles[name].paragraph_format.space_after = Pt(2)
    normal.paragraph_format.space_after = Pt(1.5)
    normal.paragraph_format.line_spacing = 1.0
    speak(document, content["lang"])
    facts, at = document.core_properties, context.as_of_instant().replace(tzinfo=None)
    facts.title, facts.author = content["title"][:255], "Deepfake Policy Monitor"
    facts.subject, facts.comments = content["as_of"], one_line(context.licence)[:255]
    facts.keywords, facts.last_modified_by = "", "Deepfake Policy Monitor"
    facts.language, facts.revision = content["lang"], 1
    facts.created = facts.modified = at
    footer = section.footer.paragraphs[0]
    footer.text = f"Deepfake Policy Monitor · {content['as_of']}"
    return document


def _opening(document: Any, content: dict[str, Any]) -> None:
    _paragraph(document, [Run(f"{content['words']['briefing']} · {content['as_of']}", small=True)])
    document.add_heading(content["title"], 1)
    _paragraph(document, [" ".join(one for one in (content["facts"], content["notes"]["annex"]) if one)])


def _files(document: Any, content: dict[str, Any]) -> None:
    words = content["words"]
    document.add_heading(words["where"], 2)
    if content["files"]:
        header = (words["file"], words["place"], content["stage_word"], words["proof"])
        rows = [
            (
                [[one["title"]], *([[Run(" · ".join(one["ids"]), small=True)]] if one["ids"] else [])],
                [[one["place"]]],
                [[one["stage"]]],
                [_proof(one)],
            )
            for one in content["files"]
        ]
        table(document, header, rows, (3900, 1700, 2500, 1760))
    _remarks(document, [content["notes"]["files"]])


def _proof(one: dict[str, Any]) -> Text:
    if one["proof"]:
        return [f"{one['proof']}, {one['proof_date']} ", *_refs(one["notes"])]
    if one["notes"]:
        return _refs(one["notes"])
    return [Run(one["page"], url=one["url"])] if one["page"] else []


def _figure(document: Any, content: dict[str, Any], figure: Drawing) -> None:
    data = picture(figure.svg, figure.width, figure.height, SCALE)
    wide = min(WIDE, HIGH * figure.width / figure.height)
    shape = document.add_picture(io.BytesIO(data), width=Mm(wide))
    document.paragraphs[-1].paragraph_format.space_before = Pt(4)  # clear of the line under the table
    describe(shape, content["title"][:255], content["figure_alt"])
    _paragraph(document, [Run(content["caption"], small=True)])


def _events(document: Any, content: dict[str, Any]) -> None:
    words = content["words"]
    header = (words["number"], words["date"], words["what"], words["place"], words["sources"])
    rows = [
        (
            [[str(one["n"])]],
            [[one["date"]]],
            [_told(one, has_id=content["is_annex"])],
            [[one["place"]]],
            [_refs(one["notes"])],
        )
        for one in content["rows"]
    ]
    table(document, header, rows, (520, 1900, 5090, 1330, 1020))


def _told(row: dict[str, Any], *, has_id: bool) -> list[str | Run]:
    """Title, state, summary and, where no list of ids follows, the id."""
    parts: list[str | Run] = [Run(row["title"], bold=True), f" ({row['state']})" if row["state"] else ""]
    if row["summary"]:
        parts.append(f"  {row['summary']}")
    return [*parts, "  ", Run(row["id"], small=True)] if has_id else parts


def _actors(document: Any, content: dict[str, Any]) -> None:
    words = content["words"]
    document.add_heading(words["actors"], 2)
    if content["actors"]:
        rows: list[Row] = [
            (
                [[one["name"], Run(f" {one['kind']}", small=True)]],
                [[one["roles"], Run(f" {words['number']} {one['events']}", small=True)]],
                [
                    [Run(stance["label"], bold=True), f" {stance['quote']} ", Run(f"{stance['about']} ", small=True),
                     *_refs(stance["notes"])]
                    for stance in one["stances"]
                ],
            )
            for one in content["actors"]
        ]  # fmt: skip
        header: tuple[str, ...] = (words["actor"], words["acts"], words["position"])
        widths: tuple[int, ...] = (2900, 3060, 3900)
        if content["notes"]["stances"]:  # none is recorded: no empty column
            rows, header, widths = [row[:2] for row in rows], header[:2], (4400, 5460)
        table(document, header, rows, widths)
    _remarks(document, [content["notes"]["actors"], content["notes"]["stances"]])


def _coming(document: Any, content: dict[str, Any]) -> None:
    words = content["words"]
    document.add_heading(words["next"], 2)
    for one in content["coming"]:
        number = Run(f" {words['number']} {one['n']} ", small=True)
        text = [Run(one["date"], bold=True), f"{one['late']}, {one['title']}", number, *_refs(one["notes"])]
        _paragraph(document, text, "List Bullet")
    _remarks(document, [content["notes"]["next"], content["notes"]["more_next"]])
    for one in content["usual"]:
        who = f" {one['who']}." if one["who"] else ""
        link: list[str | Run] = [" ", Run(one["procedure"], url=one["url"])] if one["url"] else []
        _paragraph(document, [Run(one["lead"], bold=True), one["sentence"], who, *link])


def _sources(document: Any, content: dict[str, Any]) -> None:
    document.add_heading(content["words"]["sources"], 2)
    _paragraph(document, [Run(content["words"]["sources_note"], small=True)])
    for one in content["sources"]:
        named = ", ".join(part for part in (one["publisher"], one["dates"]) if part)
        text = [Run(f"[{one['n']}] {named}", small=True)]
        if one["url"]:
            text += [Run(". ", small=True), Run(one["url"], small=True, url=one["url"])]
        elif one["same"]:
            text.append(Run(f", {one['same']}", small=True))
        if one["quote"]:
            text.append(Run(f" {one['quote']}", small=True))
        paragraph = _paragraph(document, text)
        bookmark(paragraph, f"source_{one['n']}", one["n"])


def _closing(document: Any, content: dict[str, Any]) -> None:
    words = content["words"]
    document.add_heading(words["not_covered"], 2)
    _paragraph(document, [Run(content["not_covered"], small=True)])
    document.add_heading(words["about"], 2)
    _paragraph(document, [Run(f"{words['cite']}{content['colon']}{content['cite']}", small=True)])
    _paragraph(document, [Run(" · ".join(content["about"]), small=True)])
    if content["ids"]:
        _paragraph(document, [Run(f"{words['ids']}{content['colon']}{', '.join(content['ids'])}", small=True)])


def _refs(numbers: Sequence[int]) -> list[str | Run]:
    return [Run(f"[{number}] ", anchor=f"source_{number}") for number in numbers]


def _remarks(document: Any, texts: Sequence[str]) -> None:
    if shown := " ".join(text for text in texts if text):
        _paragraph(document, [shown])


def _paragraph(document: Any, text: Text, style: str = "Normal") -> Any:
    """A paragraph at the end; returns its element."""
    return fill(document.add_paragraph(style=style)._p, text, document.part)
