"""Speeches in the German Bundestag: minutes as XML (``dbtplenarprotokoll``, https://www.bundestag.de/services/opendata).

A speaker bears the number of the Bundestag's register (``redner/@id``); name and group stand beside it. Paragraphs of
a speech are told; interjections (``kommentar``) and words of the chair inside it are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, Follow, Identifier, Record, Rejected, Response, Source, When

_DAY = re.compile(r"^(\d{2})\.(\d{2})\.(\d{4})$")
_DRS = re.compile(r"\b(\d{2}/\d{1,5})\b")
_FILE = re.compile(r'href="([^"]+\.xml)"')


def parse(response: Response, source: Source) -> Iterator[Record]:
    """The speeches of one sitting, or the list of sittings, whose newest are followed."""
    if b"<dbtplenarprotokoll" not in response.body[:4000]:
        yield from _list(response, source)
        return
    root = bodies.read_xml(response, source)
    said_on = root.get("sitzung-datum", "")
    match = _DAY.match(said_on)
    try:
        when = When.on(date(int(match[3]), int(match[2]), int(match[1])), said_on) if match else None
    except ValueError:
        when = None
    term, number = root.get("wahlperiode", ""), root.get("sitzung-nr", "")
    if when is None or not term.isdigit() or not number.isdigit():
        raise SourceError(source.id, response.url, "minutes without day, term or number")
    found = 0
    for block in root.iter("tagesordnungspunkt"):
        heading, papers = _heading(block)
        for speech in block.iter("rede"):
            found += 1
            yield from _speech(speech, heading, papers, when, f"{term}/{number}", source)
    if not found:
        raise SourceError(source.id, response.url, "minutes without any speech")


def _list(response: Response, source: Source) -> Iterator[Record]:
    text = response.body.decode("utf-8", "replace")
    links = bodies.unique(
        link for link in _FILE.findall(text) if re.search(r"/\d{5}\.xml$|plenarprotokoll", link, re.I)
    )
    if not links:
        raise SourceError(source.id, response.url, "a list that names no minutes")
    for link in links[: bodies.option_number(source, "max_follow", 10)]:
        yield Follow(link if link.startswith("https://") else f"https://www.bundestag.de{link}")


def _heading(block: Element) -> tuple[str, tuple[str, ...]]:
    """What the item of the agenda is about, and the printed papers it names."""
    words = [one_line("".join(p.itertext())) for p in block.findall("p")]
    titles = [w for p, w in zip(block.findall("p"), words, strict=True) if p.get("klasse", "").startswith("T_")]
    return " ".join(titles[:2]), tuple(bodies.unique(_DRS.findall(" ".join(words))))


def _speech(
    row: Element, heading: str, papers: tuple[str, ...], when: When, sitting: str, source: Source
) -> Iterator[Record]:
    ident, speaker = row.get("id", ""), row.find("p/redner")
    parts: list[str] = []
    is_own = True
    for node in row:
        if node.tag == "name":
            is_own = False  # the chair speaks until the speaker is named again
        elif node.tag == "p" and node.find("redner") is not None:
            is_own = True
        elif node.tag == "p" and is_own:
            parts.append("".join(node.itertext()))
    text = plain_text("\n".join(parts))
    if not ident or speaker is None:
        yield Rejected(ident or sitting, "a speech without id or speaker", text[:300])
        return
    if not text:
        return
    name = one_line(
        " ".join(bodies.words(speaker, f"name/{part}") for part in ("titel", "vorname", "namenszusatz", "nachname"))
    )
    number = speaker.get("id", "")
    who = ActorRecord(
        name, "person", "de", (Identifier("de.mdb", number),) if number.isdigit() else (), role="speaker",
        role_title=bodies.words(speaker, "name/rolle/rolle_lang"), organisation="Deutscher Bundestag",
        party=bodies.words(speaker, "name/fraktion"),
    )  # fmt: skip
    title = ": ".join(part for part in (heading or f"Sitzung {sitting}", name) if part)
    term, _, session = sitting.partition("/")
    url = f"https://dserver.bundestag.de/btp/{term}/{term}{int(session):03d}.pdf"
    dossier = tuple(Identifier("de.drs", paper) for paper in papers)
    told = event(
        source, ident, "statement", when, title, lang="de", rule="de_plenarprotokoll:sitzung-datum", url=url,
        quote=one_line(text)[:400], actors=(who,), dossier=dossier,
    )  # fmt: skip
    yield item(
        source, ident, "speech", title, lang="de", url=url, summary=f"Plenarprotokoll {sitting}", text=text, when=when,
        actors=(who,), events=(told,), dossier=dossier,
    )  # fmt: skip
