"""The shape of a file as readers see it that did not write it: its records, names, parts and links, without any words.

What strangers wrote may change words. A file whose shape has something more than that of the same record with harmless
words has taken a word for something else: a property, an entry, an element, a formula, a link that runs.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import bibtexparser
import html5lib
import openpyxl
import pypdf
import rispy
from icalendar import Calendar
from lxml import etree
from markdown_it import MarkdownIt
from PIL import Image
from pylatexenc.latexwalker import LatexGroupNode, LatexMacroNode, LatexMathNode, LatexWalker

Shape = Counter[str]

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # blocks it cannot read are counted below

_LEADS = frozenset("=+-@\t\r\n\x00\u2212")
#: parts of a workbook or a document that hold more than text
_PARTS = re.compile(
    r"external|embed|vba|activeX|media|dde|customUI|queryTable|connections|attachedTemplate", re.IGNORECASE
)


def told(shape: Shape, harmless: Shape) -> list[str]:
    """What a shape has that the harmless one has not, or has less of."""
    return sorted(f"{count} more {name}" for name, count in (shape - harmless).items())


def of_csv(data: bytes, delimiter: str = ",") -> Shape:
    """Rows, columns and cells that a spreadsheet would run."""
    found: Shape = Counter()
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True):
        found[f"row of {len(row)} cells"] += 1
        found["formula"] += sum(map(_is_run, row))
        found["line break in a cell"] += sum("\n" in one or "\r" in one for one in row)
    return +found


def _is_run(cell: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula, also behind what it does not show."""
    shown = cell.lstrip("".join(map(chr, range(0x21))) + "\ufeff\u200b\u00a0")
    return bool(shown) and (cell[0] in _LEADS or unicodedata.normalize("NFKC", shown[0])[:1] in _LEADS)


def of_xlsx(data: bytes) -> Shape:
    """Rows of each sheet, formulas, parts, relationships out of the file by their scheme."""
    found = _of_parts(data)
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            found[f"row of {sheet.title}"] += 1
            found["formula"] += sum(
                one.data_type == "f" or (isinstance(one.value, str) and _is_run(one.value)) for one in row
            )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                found["formula"] += len(etree.fromstring(archive.read(name)).findall(".//{*}f"))
    return +found


def of_docx(data: bytes) -> Shape:
    """Kinds of elements, the fields with their words, parts, relationships out of the file by their scheme."""
    found = _of_parts(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/\w+\.xml", name):
                tree = etree.fromstring(archive.read(name), _parser())
                found.update({f"element {one}" for one in {one.tag for one in tree.iter(etree.Element)}})
                for field in tree.iter("{*}instrText", "{*}fldSimple"):
                    found[f"field {(field.text or next(iter(field.attrib.values()), '')).strip()}"] += 1
    return Counter({name: 1 if name.startswith(("element", "field")) else count for name, count in found.items()})


def _of_parts(data: bytes) -> Shape:
    """What an office file is made of, and where it leads."""
    found: Shape = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            found[f"part {name}"] += 1
            found["part that is no text"] += bool(_PARTS.search(name))
            if name.endswith(".rels"):
                for one in etree.fromstring(archive.read(name), _parser()):
                    if one.get("TargetMode") == "External":
                        kind, scheme = str(one.get("Type")).rpartition("/")[2], _scheme(str(one.get("Target")))
                        found[f"{kind} to {scheme}"] = 1
    return +found


def of_pdf(data: bytes) -> Shape:
    """Kinds of objects and of what they do, and the schemes of the links."""
    found: Shape = Counter()
    reader = pypdf.PdfReader(io.BytesIO(data))
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        try:
            one = reader.get_object(number)
        except Exception:  # a free number
            continue
        for value in _inside(one, 0):
            for key in (
                "/JS",
                "/JavaScript",
                "/Launch",
                "/EmbeddedFile",
                "/OpenAction",
                "/AA",
                "/RichMedia",
                "/XFA",
                "/F",
            ):
                if key in value:
                    found[f"key {key}"] = 1
            if (does := value.get("/S")) in ("/URI", "/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData"):
                found[f"does {does} {_scheme(_bytes(value.get('/URI', '')))}"] = 1
            if value.get("/Type") == "/Annot":
                found[f"annotation {value.get('/Subtype')}"] = 1
    return found


def _bytes(value: Any) -> str:
    """A string as it stands in the file: readers take the bytes of an address as they are."""
    return getattr(value, "original_bytes", b"").decode("latin-1")


def _inside(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The dictionaries in an object, not those it refers to."""
    if depth > 4:
        return
    if isinstance(value, dict):
        yield value
        for one in value.values():
            if isinstance(one, dict | list):
                yield from _inside(one, depth + 1)
    elif isinstance(value, list):
        for one in value:
            if isinstance(one, dict | list):
                yield from _inside(one, depth + 1)


def of_ics(data: bytes) -> Shape:
    """Components with their properties and parameters, how many of each."""
    found: Shape = Counter()
    for part in Calendar.from_ical(data).walk():
        found[f"component {part.name}"] += 1
        for name, value in part.items():
            for one in value if isinstance(value, list) else [value]:
                found[f"{part.name} {name}"] += 1
                found.update(f"{part.name} {name};{key}" for key in getattr(one, "params", {}))
        found.update(f"error in {part.name}: {one}" for one in part.errors)
    return found


def of_ris(data: bytes) -> Shape:
    """Entries and their tags."""
    found: Shape = Counter()
    for one in rispy.loads(data.decode("utf-8")):
        found["entry"] += 1
        for name, value in one.items():
            found[f"tag {name}"] += len(value) if isinstance(value, list) else 1
        found[f"type {one['type_of_reference']}"] += 1
    return found


def of_bibtex(data: bytes) -> Shape:
    """Entries, their fields, and the commands of TeX in them."""
    library = bibtexparser.parse_string(data.decode("utf-8"))
    found: Shape = Counter({"block that is broken": len(library.failed_blocks), "@string": len(library.strings)})
    found["@preamble"] = len(library.preambles)
    for entry in library.entries:
        found["entry"] += 1  # without an address ``@misc``, else ``@online``
        found[f"entry {entry.entry_type}"] += entry.entry_type not in ("misc", "online")
        for one in entry.fields:
            found[f"field {one.key}"] += 1
            if one.key not in ("url", "urldate", "doi"):  # an address is no text that is set
                for name in _commands(LatexWalker(str(one.value), tolerant_parsing=False).get_latex_nodes()[0]):
                    found[f"command {name}"] = 1
    return +found


#: commands that print one sign and nothing else
_SIGNS = {"textbackslash", "textasciitilde", "textasciicircum", "textbar", "textless", "textgreater", "textquotedbl", "textbraceleft", "textbraceright",
          "{", "}", "&", "%", "#", "_", "$"}  # fmt: skip


def _commands(nodes: Any) -> Iterator[str]:
    for one in nodes or ():
        if isinstance(one, LatexMacroNode) and one.macroname not in _SIGNS:
            yield one.macroname
        if isinstance(one, LatexMathNode):
            yield "mathematics"
        if isinstance(one, LatexGroupNode | LatexMathNode):
            yield from _commands(one.nodelist)


def of_xml(data: bytes, *, counted: bool = True) -> Shape:
    """Elements with the names of their attributes, how many of each unless layout decides, and instructions."""
    found: Shape = Counter()
    tree = etree.fromstring(data, _parser())
    found["document type"] = int(tree.getroottree().docinfo.doctype != "")
    for one in tree.getroottree().iter():
        if isinstance(one.tag, str):
            name = f"{etree.QName(one).localname} {' '.join(sorted(etree.QName(key).localname for key in one.attrib))}"
            found[name] += 1
            for key, value in one.attrib.items():
                if etree.QName(key).localname in ("href", "src"):
                    found[f"{key} to {_scheme(value)}"] = 1
        else:
            found[f"{type(one).__name__}"] += 1
    return +found if counted else Counter(dict.fromkeys(+found, 1))


def of_html(data: bytes) -> Shape:
    """Elements with the names of their attributes, and the schemes of the links."""
    tree = html5lib.parse(data, transport_encoding="utf-8", namespaceHTMLElements=False)
    found: Shape = Counter()
    for one in tree.iter():
        found[f"{one.tag} {' '.join(sorted(map(str, one.attrib)))}" if isinstance(one.tag, str) else "comment"] = 1
        for key in ("href", "src", "action"):
            if key in one.attrib:
                found[f"{key} to {_scheme(one.attrib[key])}"] = 1
    return found


def of_json(data: bytes) -> Shape:
    """Paths of keys, how many of each."""
    found: Shape = Counter()

    def walk(value: Any, path: str) -> None:
        found[path or "whole"] += 1
        if isinstance(value, dict):
            for key, one in value.items():
                walk(one, f"{path}/{key}")
        elif isinstance(value, list):
            for one in value:
                walk(one, f"{path}[]")

    walk(json.loads(data), "")
    return found


def of_markdown(data: bytes) -> Shape:
    """Kinds of tokens, how many of each, and the schemes of the links."""
    found: Shape = Counter()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode("utf-8")):
        for one in (token, *(token.children or ())):
            if one.type in ("text", "text_special", "softbreak"):
                continue
            found[f"{one.type} {one.tag}".strip()] += 1
            if one.type == "link_open":
                found[f"link to {_scheme(str(one.attrs['href']))}"] = 1
    return found


def of_png(data: bytes) -> Shape:
    """Names of the fields of the picture."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return Counter({f"field {name}": 1 for name in picture.info})


def of_zip(data: bytes) -> Shape:
    """The ends of the names, and names that lead out of the folder or are no plain ones."""
    found: Shape = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for one in archive.infolist():
            found[f"file .{one.filename.partition('.')[2]}"] += 1
            found["name that is not plain"] += not re.fullmatch(r"[A-Za-z0-9-]{1,120}\.[a-z.]{2,20}", one.filename)
            found["link of the file system"] += (one.external_attr >> 28) == 0o12
        found["same name twice"] = len(archive.namelist()) - len({one.lower() for one in archive.namelist()})
    return +found


def _scheme(address: str) -> str:
    """What an address leads by: ``web`` for http and https, ``here`` within the file, else the scheme itself."""
    if address.startswith("#"):
        return "here"
    scheme = address.partition(":")[0].lower()
    return "web" if scheme in ("http", "https") else scheme[:20]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


#: format of :data:`data.export.FORMATS` -> its shape
SHAPES: dict[str, Callable[[bytes], Shape]] = {
    "csv": of_csv, "xlsx": of_xlsx, "timelinejs": of_json, "timelinejs-csv": of_csv, "ics": of_ics, "atom": of_xml,
    "json": of_json, "markdown": of_markdown, "html": of_html, "pdf": of_pdf, "docx": of_docx,
    "svg": lambda data: of_xml(data, counted=False), "png": of_png, "csl": of_json, "ris": of_ris, "bibtex": of_bibtex,
    "gexf": of_xml, "graphml": of_xml, "bundle": of_zip,
}  # fmt: skip
