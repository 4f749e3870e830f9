"""Pages of the European Parliament that have no better form: procedure files, press releases, sittings as RDF.

Each is read by what it must hold; a page that lacks it ends loudly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from lxml import html

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item
from collectors.text import one_line, plain_text
from data.errors import BlockedError, SourceError
from data.models import (
    ActorRecord,
    DossierRecord,
    EventRecord,
    Identifier,
    Record,
    Response,
    Source,
    Unknown,
    When,
)

_NUMBER = re.compile(r"\b(\d{4}/\d{4}[A-Z]?\([A-Z]{3}\))")
_DAY = re.compile(r"^(\d{2})/(\d{2})/(\d{4})$")
_BRUSSELS = ZoneInfo("Europe/Brussels")


def parse_page(response: Response, source: Source) -> Iterator[Record]:
    """By what stands in the page. Raises SourceError or BlockedError for any other page."""
    if b"<rdf:RDF" in response.body[:2000]:
        yield from _sitting(response, source)
        return
    tree = html.fromstring(response.body, parser=html.HTMLParser(encoding="utf-8"))
    title = one_line(" ".join(tree.xpath("//title/text()")))
    if "Procedure File" in title:
        yield from _procedure(tree, title, response, source)
    elif tree.xpath("//time[@itemprop='datePublished']") and tree.xpath("//h1[contains(@class,'ep_title')]"):
        yield _release(tree, response, source)
    else:
        raise BlockedError(source.id, response.url, "an HTML page that is neither a procedure file nor a press release")


def _procedure(tree: Any, title: str, response: Response, source: Source) -> Iterator[Record]:
    number = _NUMBER.search(title)
    names = [one_line(node.text_content()) for node in tree.xpath("//h2[contains(@class,'es_title-h2')]")]
    table = next((t for t in tree.xpath("//table") if _heads(t)[:2] == ["Date", "Event"]), None)
    if number is None or not names or table is None:
        raise SourceError(source.id, response.url, "a procedure file without number, title or key events")
    url = f"https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference={number[1]}"
    is_law = number[1][-4:-1] in ("COD", "CNS", "APP", "NLE")
    told: list[EventRecord] = []
    for row in table.xpath(".//tr[td]"):
        cells = [one_line(cell.text_content()) for cell in row.xpath("./td")]
        day = _day(cells[0]) if cells else None
        if day is None or len(cells) < 2:
            raise SourceError(source.id, response.url, f"a key event without day: {cells[:2]}")
        for found in _key_event(When.on(day, cells[0]), cells, number[1], is_law, url, source):
            if isinstance(found, EventRecord):
                told.append(found)
            else:
                yield found
    stage = next(
        (one_line(th.getnext().text_content()) for th in tree.xpath("//th") if "Stage reached" in th.text_content()
         and th.getnext() is not None), "",
    )  # fmt: skip
    yield DossierRecord(
        external_id=f"oeil:{number[1]}",
        jurisdiction=source.jurisdiction,
        track="law" if is_law else "soft",
        title=names[0],
        lang="en",
        identifiers=(Identifier("eu.procedure", number[1]),),
        titles={"en": names[0]},
        url=url,
        text="\n\n".join(part for part in (names[0], stage) if part),
        events=tuple(bodies.in_order(told)),
    )


def _heads(table: Any) -> list[str]:
    return [one_line(node.text_content()) for node in table.xpath(".//th")]


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def _key_event(
    when: When, cells: list[str], number: str, is_law: bool, url: str, source: Source
) -> Iterator[EventRecord | Unknown]:
    words = cells[1]
    meaning = next(
        (one for one in bodies.stage_table("eu_parliament")["oeil"] if re.search(one["pattern"], words)), None
    )
    if meaning is None:
        yield Unknown("Key events", words, number)
        meaning = {"type": "other"}
    reference = cells[2] if len(cells) > 2 else ""
    yield event(
        source, f"oeil:{number}:{when.iso()}:{words[:60]}", meaning["type"], when, f"{words} – {number}", lang="en",
        rule="eu_parliament:Key events", stage=meaning.get("stage", "") if is_law else "",
        outcome=meaning.get("outcome", ""), code=reference, url=url,
        quote=" ".join(part for part in (words, reference) if part),
    )  # fmt: skip


def _release(tree: Any, response: Response, source: Source) -> Record:
    title = one_line(tree.xpath("//h1[contains(@class,'ep_title')]")[0].text_content())
    said = tree.xpath("//time[@itemprop='datePublished']/@datetime")
    found = re.search(r"/(\d{8}IPR\d+)", " ".join([response.url, *tree.xpath("//meta[@property='og:url']/@content")]))
    parts = [node.text_content() for node in tree.xpath("//div[contains(@class,'ep-a_text')]")]
    text = plain_text("\n".join(parts))
    try:
        local = datetime.fromisoformat(str(said[0])).replace(tzinfo=_BRUSSELS)
    except (ValueError, IndexError) as error:
        raise SourceError(source.id, response.url, "a press release without day") from error
    if not title or not text or found is None:
        raise SourceError(source.id, response.url, "a press release without title, text or number")
    url = str(next(iter(tree.xpath("//meta[@property='og:url']/@content")), "")) or response.url
    return item(
        source, found[1], "notice", title, lang="en", url=url, text=text, when=When.on(local.date(), str(said[0])),
        at=local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        actors=(ActorRecord("European Parliament", "parliament", "eu", role="publisher"),),
    )  # fmt: skip


def _sitting(response: Response, source: Source) -> Iterator[Record]:
    """A sitting with its items: one document that names what was on the agenda, hanging on its procedures."""
    root = bodies.read_xml(response, source)
    local = "{http://data.europa.eu/eli/eli-draft-legislation-ontology#}"
    days = [one_line(node.text or "") for node in root.iter(f"{local}activity_date")]
    about = next(
        (node for node in root.iter() if (node.get(_ABOUT) or "").rpartition("/")[2].startswith("MTG-PL-")), None
    )
    when = bodies.on_day(min(days)) if days else None
    if about is None or when is None:
        raise SourceError(source.id, response.url, "a sitting without number or day")
    ident = (about.get(_ABOUT) or "").rpartition("/")[2]
    day_part = re.match(r"MTG-PL-\d{4}-\d{2}-\d{2}", ident)
    ident = day_part[0] if day_part else ident
    labels = bodies.unique(
        one_line(node.text or "")
        for node in root.iter()
        if node.tag.rpartition("}")[2] in ("title", "activity_label", "label", "prefLabel")
        and (node.get("{http://www.w3.org/XML/1998/namespace}lang") or "en") == "en"
    )
    numbers = bodies.unique(
        f"{m[1]}-{m[2]}" for node in root.iter() for value in node.attrib.values()
        if (m := re.search(r"/proc/(\d{4})-(\d{4}[A-Z]?)$", value))
    )  # fmt: skip
    yield item(
        source, ident, "notice", f"Plenary sitting of {when.iso()}", lang="en", text="\n".join(labels),
        url=f"https://www.europarl.europa.eu/plenary/en/debates-details.html?date={when.start:%Y%m%d}", when=when,
        categories=tuple(numbers),
    )  # fmt: skip


_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
