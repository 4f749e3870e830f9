"""The French official journal: daily archives of DILA, without a key (https://echanges.dila.gouv.fr/OPENDATA/JORF/).

An index page names ``JORF_YYYYMMDD-HHMMSS.tar.gz``; an archive holds ``JORFTEXT*.xml`` (root ``TEXTE_VERSION``: nature,
title, days) and ``JORFARTI*.xml`` (root ``ARTICLE``). The body of a text stands only in its articles, which name it in
``CONTEXTE/TEXTE/@cid``. 2999-01-01 means "no day".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item
from collectors.sources._tarball import xml_members
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import (
    ActorRecord,
    EventRecord,
    Follow,
    Identifier,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
    When,
)

_ARCHIVE = re.compile(r'href="(JORF_(\d{8})-\d{6}\.tar\.gz)"')
_TEXT = re.compile(r"^JORFTEXT\d{12}$")
_NOR = re.compile(r"^[A-Z]{4}\d{7}[A-Z]$")
_LAW = re.compile(r"(?i)\bloi(?: organique| constitutionnelle)? n[°o]\s*(\d{2,4}-\d+)")
_MOST_TEXT = 60_000


def parse(response: Response, source: Source) -> Iterator[Record]:
    """The index leads to its newest archives; an archive gives one act for each text."""
    if response.body[:2] == b"\x1f\x8b":
        yield from _archive(response, source)
        return
    page = response.body.decode("utf-8", "replace")
    named = sorted({(match[2], match[1]) for match in _ARCHIVE.finditer(page)}, reverse=True)
    if not named:
        raise SourceError(source.id, response.url, "an index that names no archive")
    since = str(source.options.get("since", "")).replace("-", "")
    base = response.url.rpartition("/")[0]
    for day, name in named[: bodies.option_number(source, "max_follow", 30)]:
        if day >= since:
            yield Follow(f"{base}/{name}")


def _archive(response: Response, source: Source) -> Iterator[Record]:
    texts: dict[str, Element] = {}
    articles: dict[str, list[str]] = {}
    for member in xml_members(response, source):
        if isinstance(member, Rejected):
            yield member
            continue
        name, body = member
        try:
            root: Element = fromstring(body)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            yield Rejected(name[:200], f"not well-formed XML: {error}", body[:500].decode("utf-8", "replace"))
            continue
        if root.tag == "TEXTE_VERSION":
            ident = bodies.words(root, "META/META_COMMUN/ID")
            if _TEXT.match(ident):
                texts[ident] = root
            else:
                yield Rejected(name[:200], f"no JORFTEXT number: {ident[:40]!r}")
        elif root.tag == "ARTICLE":
            parent = root.find("CONTEXTE/TEXTE")
            content = root.find("BLOC_TEXTUEL/CONTENU")
            if parent is not None and content is not None:
                text = plain_text(" ".join("".join(content.itertext()).split()))
                articles.setdefault(parent.get("cid", ""), []).append(text)
    if not texts:
        raise SourceError(source.id, response.url, "an archive without any text")
    for ident, root in texts.items():
        yield from _act(ident, root, "\n\n".join(articles.get(ident, ())), response, source)


def _day(root: Element, path: str) -> When | None:
    said = bodies.words(root, path)
    return None if said.startswith("2999") else bodies.on_day(said)


def _act(ident: str, root: Element, body: str, response: Response, source: Source) -> Iterator[Record]:
    nature = bodies.words(root, "META/META_COMMUN/NATURE")
    chronicle, version = "META/META_SPEC/META_TEXTE_CHRONICLE", "META/META_SPEC/META_TEXTE_VERSION"
    title = one_line(bodies.words(root, f"{version}/TITREFULL") or bodies.words(root, f"{version}/TITRE"))
    published, signed = _day(root, f"{chronicle}/DATE_PUBLI"), _day(root, f"{chronicle}/DATE_TEXTE")
    if not title or published is None:
        yield Rejected(ident, "no title or no day of publication", title[:200])
        return
    meaning = bodies.stage_table("fr_jorf")["natures"].get(nature)
    if meaning is None:
        yield Unknown("NATURE", nature, ident)
        meaning = {"type": "other"}
    nor = bodies.words(root, f"{chronicle}/NOR")
    law = _LAW.search(title) if meaning["type"] == "law_signed" else None
    dossier = [Identifier("fr.jorftext", ident)]
    dossier += [Identifier("fr.nor", nor)] if _NOR.match(nor) else []
    dossier += [Identifier("fr.loi", law[1])] if law else []
    url = f"https://www.legifrance.gouv.fr/jorf/id/{ident}"
    ministry = one_line(bodies.words(root, f"{version}/MINISTERE"))
    actors = (ActorRecord(ministry, "government", "fr", role="author"),) if ministry else ()
    is_law = meaning["type"] == "law_signed"
    told: list[EventRecord] = []
    for mark, when in (("DATE_TEXTE", signed if is_law else None), ("DATE_PUBLI", published)):
        if when is not None:
            told.append(
                event(
                    source, f"{ident}:{mark}", meaning["type"], when, title, lang="fr", rule=f"fr_jorf:{mark}",
                    stage=meaning.get("stage", ""), code=nature, url=url, quote=title, actors=actors,
                )
            )  # fmt: skip
    notice = plain_text("".join(node.text or "" for node in root.iter("NOTICE")))
    yield item(
        source, ident, "act", title, lang="fr", url=url, summary=" · ".join(part for part in (nature, nor) if part),
        text="\n\n".join(part for part in (notice, body) if part)[:_MOST_TEXT], when=published, actors=actors,
        events=tuple(told), dossier=tuple(dossier),
    )  # fmt: skip
