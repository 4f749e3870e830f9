"""Hostile strings in every field of every format and of the static site, opened by programs that are not ours.

A file may have no more records, properties, elements, formulas, fields and links than the same record with harmless words
(:mod:`tests.trust.shapes`). What a browser shows is shown in Chromium, sheets and documents also in LibreOffice where it is
installed, while a canary listens whose address is in the strings. Writers that escape nothing are seen by each of these.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from unittest.mock import patch

from lxml import etree
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape

from data.database import open_immutable
from data.export import FORMATS, Extract, Options, build
from data.export.context import LANGUAGES, Context
from data.export.site import write, write_site
from data.export.site.record import Record, read
from data.view import View
from tests.dashboard import snapshot
from tests.data.export import readers
from tests.data.export.sample import context
from tests.trust import Missed, naive, payloads
from tests.trust.canary import Canary, Window, canary, served, window
from tests.trust.shapes import SHAPES, Shape, of_csv, told

#: strings in a file; each has as many events
IN_A_FILE = 40
#: what is opened by LibreOffice, and what it is turned into: a form that tells formulas, links and pictures in the open
SHEETS, DOCUMENTS = ("csv", "timelinejs-csv", "xlsx"), ("docx",)
OFFICE = "soffice"
#: a sheet is read as Excel reads one: quoted, and formulas worked out
_AS_EXCEL = "--infilter=CSV:44,34,76,1,,0,false,false,false,false,true"


class Findings:
    """What is wrong so far, and what was looked at."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.counts: Counter[str] = Counter()

    def add(self, where: str, found: Sequence[str]) -> None:
        self.wrong += [f"{where}: {one}" for one in found]


def prove(count: int) -> list[str]:
    """``count`` strings; raises Missed when one of them is more than words."""
    found = Findings()
    with canary() as bird, window() as page, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seen = _control(bird, page, folder)
        bird.asked.clear()
        texts = payloads.strings(bird.address, count)
        for lang in LANGUAGES:
            for start in range(0, len(texts), IN_A_FILE):
                _files(texts[start : start + IN_A_FILE], start, lang, page, folder, found)
        _names(texts, found)
        _site(texts, bird, page, folder, found)
        office = _office(texts, folder, found)
        contacts = list(bird.asked)
    fields = sum(len(one) for one in _fields().values())
    lines = [
        f"{len(texts)} strings in {fields} fields of {len(_fields())} records, {found.counts['file']} files of {len(FORMATS)} formats,"
        f" {found.counts['page']} pages of the site, {len(LANGUAGES)} languages: {found.counts['view']} views in a browser,"
        f" {len(contacts)} contacts, {len(found.wrong)} findings; {found.counts['cell']} titles read back as they were",
        office,
        f"control: {seen}",
    ]
    if found.wrong or contacts:
        raise Missed("; ".join([*lines, *found.wrong[:12], *contacts[:5]]))
    return lines


def _fields() -> dict[str, set[str]]:
    """The fields of each kind of record that are filled."""
    whole = payloads.extract(["x"])
    kinds = (whole.events[0], whole.events[0].sources[0], whole.events[0].actors[0], *whole.actors.values(),
             *whole.dossiers.values(), *whole.statements, *(one for some in whole.changes.values() for one in some))  # fmt: skip
    return {type(one).__name__: set(type(one).__dataclass_fields__) - payloads.OURS for one in kinds}


def of(texts: Sequence[str], start: int, lang: str) -> tuple[Extract, Context]:
    """A view of events with these texts, its title and its words too."""
    words = " ".join(texts)[:2000]
    return payloads.extract(list(texts), start), context(len(texts), lang, view_title=words, view=View(query=words))


def _files(texts: Sequence[str], start: int, lang: str, page: Window, folder: Path, found: Findings) -> None:
    """Every format of one view."""
    extract, about = of(texts, start, lang)
    plain, plain_about = of([payloads.harmless(one) for one in texts], start, lang)
    for fmt in FORMATS:
        where = f"{fmt} {lang} from {start}"
        try:
            export = build(fmt, extract, about)
            found.add(where, told(SHAPES[fmt](export.data), SHAPES[fmt](build(fmt, plain, plain_about).data)))
            if fmt == "csv":
                found.add(f"{where} with ;", told(of_csv(build(fmt, extract, about, options=Options(delimiter=";")).data, ";"),
                                                 of_csv(build(fmt, plain, plain_about, options=Options(delimiter=";")).data, ";")))  # fmt: skip
            if fmt != "bundle":
                expected = sorted(one.event_id for one in extract.events)
                found.add(
                    where,
                    [] if sorted(readers.ids(fmt, export)) == expected else ["other events than those of the view"],
                )
        except Exception as error:  # a string that stops a writer or a reader is a finding
            found.add(where, [f"{type(error).__name__}: {str(error)[:200]}"])
            continue
        found.counts["file"] += 1
        found.add(where, _shown(fmt, export.data, page, folder, found))
        found.add(where, _kept(fmt, export.data, texts, found))


def _shown(fmt: str, data: bytes, page: Window, folder: Path, found: Findings) -> list[str]:
    """What is wrong when a browser shows a file, or the HTML that another program takes out of it."""
    if fmt in ("html", "svg"):
        path = folder / f"shown.{fmt}"
        path.write_bytes(data)
        found.counts["view"] += 1
        return page.look(path.as_uri())
    words = "\n".join(html_in(fmt, data))
    if not words:
        return []
    found.counts["view"] += 1
    return page.look_at_words(words)


def html_in(fmt: str, data: bytes) -> Iterator[str]:
    """The HTML that programs take out of a file of this format and put into a page of theirs."""
    if fmt == "markdown":
        yield MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(data.decode())
    elif fmt == "atom":
        for one in etree.fromstring(data).iter("{*}summary", "{*}content", "{*}title", "{*}subtitle", "{*}rights"):
            yield one.text or "" if one.get("type") == "html" else escape(one.text or "")
    elif fmt == "timelinejs":
        slides = json.loads(data)
        for slide in [*slides["events"], slides["title"]]:
            yield from (slide["text"]["headline"], slide["text"].get("text", ""))
            yield from (str(slide.get("media", {}).get(name, "")) for name in ("caption", "credit"))
    elif fmt == "timelinejs-csv":
        for row in readers.rows(data):
            yield from (row["Headline"], row["Text"], row["Media Caption"], row["Media Credit"])


#: format -> where its titles are, in order of the events
_TITLES = {
    "csv": lambda data: [one["title"] for one in readers.rows(data)],
    "xlsx": lambda data: [unescape(str(one["title"] or "")) for one in readers.sheet(data, "Timeline")],
    "json": lambda data: [one["title"] for one in json.loads(data)["events"]],
}


def _kept(fmt: str, data: bytes, texts: Sequence[str], found: Findings) -> list[str]:
    """Titles that came back with other letters or digits than were put in; signs are what writers may change."""
    if fmt not in _TITLES:
        return []
    titles = _TITLES[fmt](data)
    found.counts["cell"] += len(titles)
    pairs = zip(titles, texts, strict=True)
    return [f"{title[:60]!r} was {text[:60]!r}" for title, text in pairs if _letters(title) != _letters(text)]


def _letters(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text)


def _names(texts: Sequence[str], found: Findings) -> None:
    """Names of files, made of titles: none is a path, none is hidden, none is a name that a system keeps for itself."""
    for text in texts:
        name = context(1, "en", view_title=text, view=View(query=text)).filename("csv")
        found.add("name", [] if re.fullmatch(r"[a-z0-9][a-z0-9-]{15,95}\.csv", name) else [repr(name)])


def _site(texts: list[str], bird: Canary, page: Window, folder: Path, found: Findings) -> None:
    """The static site of a record filled with the strings, every page of it in the browser, every table of its data."""
    snapshot.build(folder / "home")
    db = open_immutable(folder / "home" / "published.db")
    whole = payloads.extract(texts)
    by = {one.event_id: [one] for one in whole.events}
    record = Record(
        read(db).snapshot, whole, list(whole.dossiers.values()),
        {one.dossier_id: by[one.event_id] for one in whole.events}, {"fr": whole.events},
        {one.actors[0].actor_id: by[one.event_id] for one in whole.events},
    )  # fmt: skip
    out = folder / "site"
    (folder / "served").mkdir()
    with served(folder / "served") as root:
        with patch.object(write, "read", lambda _: record):
            write_site(db, out, root=root, monitor="https://monitor.example/")
        db.close()
        shutil.move(out, folder / "whole")
        (folder / "served").rmdir()
        (folder / "whole").rename(folder / "served")
        for path in sorted((folder / "served").rglob("*.html")):
            address = root + path.relative_to(folder / "served").as_posix()
            found.counts["page"] += 1
            found.counts["view"] += 1
            found.add(address.removeprefix(root), page.look(address, f"{root}style.css", f"{root}favicon.ico"))
        for path in sorted((folder / "served").rglob("*.csv")):
            formulas = of_csv(path.read_bytes())["formula"]
            found.add(path.name, [f"{formulas} formulas"] if formulas else [])


def _office(texts: Sequence[str], folder: Path, found: Findings) -> str:
    """What LibreOffice finds in sheets and documents; a line that says so."""
    if not shutil.which(OFFICE):
        return "LibreOffice is not installed: no sheet and no document was opened by it"
    opened = 0
    for lang in LANGUAGES:
        extract, about = of(texts, 0, lang)
        plain, plain_about = of([payloads.harmless(one) for one in texts], 0, lang)
        for fmt in (*SHEETS, *DOCUMENTS):
            shapes = []
            for kind, one in (("hostile", build(fmt, extract, about)), ("harmless", build(fmt, plain, plain_about))):
                given = folder / f"{kind}-{lang}-{fmt}.{FORMATS[fmt].extension.rpartition('.')[2]}"
                given.write_bytes(one.data)
                shapes.append(in_office(given, folder))
            found.add(f"{fmt} {lang} in LibreOffice", told(*shapes))
            opened += 1
    return f"LibreOffice opened {opened} files of {len(texts)} events: no formula, script, link or picture more than with harmless words"


def in_office(given: Path, folder: Path) -> Shape:
    """What a file holds for LibreOffice beside text: its formulas, what runs, what it loads, where its links lead."""
    form = "fodt" if given.suffix == ".docx" else "fods"
    command = [OFFICE, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    command += [_AS_EXCEL] if given.suffix == ".csv" else []
    subprocess.run(
        [*command, "--convert-to", form, "--outdir", str(folder / "opened"), str(given)],
        check=False, capture_output=True, timeout=600,
    )  # fmt: skip
    tree = etree.parse(
        folder / "opened" / f"{given.stem}.{form}", etree.XMLParser(resolve_entities=False, huge_tree=True)
    )
    shape: Shape = Counter({"formula": len(tree.xpath("//@*[local-name()='formula']"))})
    for one in tree.iter("{*}script", "{*}event-listener", "{*}dde-link", "{*}dde-connection-decl", "{*}object", "{*}plugin",
                         "{*}image", "{*}fill-image", "{*}table-source", "{*}section-source", "{*}database-display"):  # fmt: skip
        loads = any(key.endswith("}href") for key in one.attrib)
        shape[f"{etree.QName(one).localname}{' from elsewhere' if loads else ''}"] += 1
    for address in map(str, tree.xpath("//@*[local-name()='href']")):
        shape[f"link to {address.partition(':')[0] if ':' in address else 'here'}"] = 1
    return +shape


def _control(bird: Canary, page: Window, folder: Path) -> str:
    """Writers that escape nothing, each of which must be seen; a line that says so."""
    texts = payloads.strings(bird.address, 2 * len(payloads.CORES))
    plain = [payloads.harmless(one) for one in texts]
    unseen = []
    for fmt, make in naive.WRITERS.items():
        try:
            found = told(SHAPES[fmt](make(texts)), SHAPES[fmt](make(plain)))
        except Exception as error:  # a file that its reader cannot read is seen, too
            found = [type(error).__name__]
        unseen += [] if found else [fmt]
    shown = 0
    for words in ("".join(f"<p>{one}</p>" for one in texts), MarkdownIt("commonmark").render("\n\n".join(texts))):
        shown += bool(page.look_at_words(words))
    ran = "hit: True" in page.look_at_words(f"<img src=x onerror={payloads.hostile.SCRIPT}>")
    if unseen or shown < 2 or not ran or not bird.asked:
        raise Missed(f"not seen without escaping: {unseen}, {shown} of 2 pages, {len(bird.asked)} contacts, ran: {ran}")
    line = f"{len(naive.WRITERS)} writers that escape nothing are seen, and {len(bird.asked)} contacts of 2 pages with such words"
    if shutil.which(OFFICE):
        (folder / "naive.csv").write_bytes(naive.WRITERS["csv"](texts))
        if not (formulas := in_office(folder / "naive.csv", folder)["formula"]):
            raise Missed("LibreOffice sees no formula in a sheet that escapes nothing")
        line += f"; LibreOffice sees {formulas} formulas in such a sheet"
    return line
