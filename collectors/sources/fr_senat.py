"""Files of the Sénat: the index of texts, one text in Akoma Ntoso, one file's Atom feed.

Addresses: https://www.senat.fr/akomantoso/depots.xml (index), ``/akomantoso/{type}{session}-{number}.akn.xml``
(texts), ``/dossier-legislatif/rss/dosleg{file}.xml`` (feeds). See https://data.senat.fr/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._senat_akn import parse_text
from collectors.sources._senat_atom import parse_feed
from data.errors import SourceError
from data.models import Follow, Identifier, Record, Response, Source

_TEXT = re.compile(r"^https?://(?:www\.)?senat\.fr/akomantoso/([a-z]+\d{2}-[\w-]+\.akn\.xml)$", re.I)
_FILE = re.compile(r"^[a-z]{3,6}\d{2}-\d{1,4}$")


def watch(source: Source, identifiers: Sequence[Identifier]) -> list[str]:
    """The feeds of files already known (``fr.senat.dossier`` = ``pjl22-593``)."""
    known = (i.value.strip().lower() for i in identifiers if i.scheme == "fr.senat.dossier")
    return bodies.unique(
        f"https://www.senat.fr/dossier-legislatif/rss/dosleg{signet}.xml" for signet in known if _FILE.match(signet)
    )


def parse(response: Response, source: Source) -> Iterator[Record]:
    """By root element: addresses to follow, or one file with its whole history."""
    root = bodies.read_xml(response, source)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]  # Atom 0.3 and 1.0, any version of Akoma Ntoso
    if root.tag == "texts":
        yield from _index(root, response, source)
    elif root.tag == "akomaNtoso":
        yield from parse_text(root, response, source)
    elif root.tag == "feed":
        yield from parse_feed(root, response, source)
    else:
        raise SourceError(source.id, response.url, f"neither an index, a text nor a file's feed: <{root.tag}>")


def _index(root: Element, response: Response, source: Source) -> Iterator[Record]:
    rows = [
        (bodies.words(row, "lastModifiedDateTime"), match[1])
        for row in root.iter("text")
        if (match := _TEXT.match(safe_link(bodies.words(row, "url"))))
    ]
    if not rows:
        raise SourceError(source.id, response.url, "an index that names no text of the Sénat")
    rows.sort(key=lambda row: row[0], reverse=True)  # ISO local times without a zone sort as words
    wanted = bodies.unique(f"https://www.senat.fr/akomantoso/{name}" for _, name in rows)
    for address in wanted[: bodies.option_number(source, "max_follow", 60)]:
        yield Follow(address)
