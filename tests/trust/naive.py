"""Writers that escape nothing, as a hurried program has them: what the readers of the proof must see."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence

import docx
import openpyxl
import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from xlsxwriter import Workbook


def sheet(texts: Sequence[str]) -> bytes:
    """Comma-separated without quotes."""
    return "\r\n".join(["title,second", *(f"{one},x" for one in texts)]).encode("utf-8", "replace")


def book(texts: Sequence[str]) -> bytes:
    """A workbook as the library guesses: formulas where text looks like one."""
    out = io.BytesIO()
    found = Workbook(out, {"strings_to_formulas": True, "strings_to_urls": False})
    one = found.add_worksheet("Timeline")
    for row, text in enumerate(texts):
        one.write(row, 0, text.replace("\x00", "").encode("utf-8", "ignore").decode())
    found.close()
    openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    return out.getvalue()


def document(texts: Sequence[str]) -> bytes:
    """A document whose links lead wherever a text says."""
    found = docx.Document()
    for text in texts:
        clean = "".join(one for one in text if one.isprintable())
        found.add_paragraph(clean)
        found.part.relate_to(clean, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def printed(texts: Sequence[str]) -> bytes:
    """Links without a look at where they lead."""
    links = "".join(
        f"#link({json.dumps('javascript:' + one[:40])})[x]\n" for one in texts if not one.isalnum() and "<" in one
    )
    made = typst.compile(f"x {links}".encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def calendar(texts: Sequence[str]) -> bytes:
    """Properties written line by line."""
    events = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:{one}\r\nEND:VEVENT\r\n" for n, one in enumerate(texts))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode("utf-8", "replace")


def references(texts: Sequence[str]) -> bytes:
    """Tags written line by line."""
    return "".join(f"TY  - GEN\r\nTI  - {one}\r\nER  - \r\n\r\n" for one in texts).encode("utf-8", "replace")


def bibliography(texts: Sequence[str]) -> bytes:
    """Fields in braces, with what is in them."""
    return "".join(f"@misc{{k{n}, title = {{{one}}}}}\n" for n, one in enumerate(texts)).encode("utf-8", "replace")


def page(texts: Sequence[str]) -> bytes:
    """HTML by joining strings."""
    return f"<!DOCTYPE html><title>x</title>{''.join(f'<p>{one}</p>' for one in texts)}".encode("utf-8", "replace")


def markup(texts: Sequence[str]) -> bytes:
    """XML by joining strings, without what no parser reads."""
    words = "".join(f"<t>{one}</t>" for one in texts if one.isalnum() or one.startswith(("<image", "<use", "<xi")))
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xi="x"><t>x</t>{words}</svg>'.encode("utf-8", "replace")


def notes(texts: Sequence[str]) -> bytes:
    """Markdown by joining strings."""
    return "\n\n".join(texts).encode("utf-8", "replace")


def keys(texts: Sequence[str]) -> bytes:
    """JSON by joining strings."""
    return f"[{','.join(f'{chr(34)}{one}{chr(34)}' for one in texts)}]".encode("utf-8", "replace")


def archive(texts: Sequence[str]) -> bytes:
    """A zip whose names are titles."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as found:
        for n, one in enumerate(texts):
            found.writestr(f"{one.encode('utf-8', 'replace').decode()[:60]}{n}.csv", b"")
    return out.getvalue()


WRITERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "csv": sheet, "timelinejs-csv": sheet, "xlsx": book, "docx": document, "pdf": printed, "ics": calendar, "ris": references,
    "bibtex": bibliography, "html": page, "svg": markup, "atom": markup, "gexf": markup, "graphml": markup, "markdown": notes,
    "json": keys, "timelinejs": keys, "csl": keys, "bundle": archive,
}  # fmt: skip
