"""The Atom feed of one Sénat file: every document and sitting of the file, both chambers.

The feed declares ISO-8859-15 and Atom "0.3" and is read from bytes. A day is published as its midnight in
Paris expressed in UTC (12 June is ``2019-06-11T22:00:00Z``), so an instant is brought back to Paris. One id
can stand for two sittings, and one sitting is told by several documents: an event is a document, except that
sittings are one event a day and chamber.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree.ElementTree import Element, tostring
from zoneinfo import ZoneInfo

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._senat_akn import SIGNET
from collectors.sources._senat_stages import Step, chamber_named, events, folded, law_number, meaning
from collectors.text import one_line
from data.errors import SourceError
from data.models import DossierRecord, Identifier, Record, Rejected, Response, Source, Unknown

_PARIS = ZoneInfo("Europe/Paris")
_BASE = "https://www.senat.fr/"
_SITE = re.compile(r"^Sénat\s*[-\u2013]\s*")
_STATE = re.compile(r"\s*\(\s*(?:en cours de discussion|texte|loi|promulgu|adopt|rejet|retir|caduc)[^()]*\)\s*$", re.I)
_NUMBER = re.compile(r"\d+(?:er)?")


def parse_feed(root: Element, response: Response, source: Source) -> Iterator[Record]:
    """The file that the feed follows. ``root`` has local names only."""
    signet = _signet(root, response)
    if not signet:
        raise SourceError(source.id, response.url, "a feed that names no file of the Sénat")
    short = _SITE.sub("", one_line(bodies.words(root, "title")))
    long = _STATE.sub("", one_line(bodies.words(root, "subtitle") or bodies.words(root, "tagline")))
    titles = bodies.unique([short, long])
    if not titles:
        raise SourceError(source.id, response.url, f"the feed of {signet} has no title")
    steps: list[Step] = []
    for position, entry in enumerate(root.findall("entry")):
        step = _step(entry)
        if step is None:
            yield Rejected(
                f"dosleg-{signet}:entry[{position}]",
                "no title or no date",
                tostring(entry, encoding="unicode")[:2000],
            )
            continue
        stage = _head(entry)[0]
        if stage and not step.reading:
            yield Unknown("entry/reading", stage, f"dosleg-{signet}")
        if meaning(step) is None:
            yield Unknown("entry/title", _NUMBER.sub("#", step.title), f"dosleg-{signet}")
        steps.append(step)
    steps.reverse()  # the feed is newest first; the sort is stable
    steps.sort(key=lambda step: step.on)
    url = f"{_BASE}dossier-legislatif/{signet}.html"
    law = law_number(steps)
    yield DossierRecord(
        external_id=f"dosleg-{signet}",
        jurisdiction="fr",
        track="law",
        title=titles[0],
        lang="fr",
        identifiers=(
            Identifier("fr.senat.dossier", signet),
            *((Identifier("fr.loi", law),) if law else ()),
        ),
        url=url,
        text="\n\n".join(titles),
        events=tuple(events(steps, f"dosleg-{signet}", url, signet.startswith("ppr"))),
    )


def _signet(root: Element, response: Response) -> str:
    """From the feed's own id; only then from the address it was asked under."""
    for place in (bodies.words(root, "id"), response.requested_url, response.url):
        found = SIGNET.search(place.rpartition("/")[2].replace("dosleg", ""))
        if found:
            return found[1].lower()
    return ""


def _paris_day(said: str) -> date | None:
    """The day in Paris of an instant; a bare day is that day."""
    if len(said) <= 10:
        return bodies.calendar_date(said)
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        return None
    if instant.tzinfo is None:
        return instant.date()
    try:
        return instant.astimezone(UTC).astimezone(_PARIS).date()
    except OverflowError:
        return None


def _head(entry: Element) -> tuple[str, str, str]:
    """ "Première lecture - Sénat : Rapport ..." as reading, chamber and the wording itself."""
    summary = one_line(bodies.words(entry, "summary"))
    head, colon, tail = summary.partition(" : ")
    stage, _, place = (head if colon else summary).partition(" - ")
    known = folded(stage) in bodies.stage_table("fr_senat")["heads"]
    if known or folded(place) in ("sénat", "assemblée nationale"):
        return stage, place, tail.strip()
    return "", "", summary


def _step(entry: Element) -> Step | None:
    title = one_line(bodies.words(entry, "title"))
    said = next((w for name in ("published", "issued", "updated") if (w := bodies.words(entry, name))), "")
    on = _paris_day(said)
    if not title or on is None:
        return None
    stage, place, tail = _head(entry)
    reading = bodies.stage_table("fr_senat")["heads"].get(folded(stage), "")
    by = {"cmp": "joint", "council": "council", "end": "president"}.get(reading, "") if not place else ""
    link = entry.find("link")
    address = link.get("href", "") if link is not None else ""
    step = Step(
        on=on,
        said=said,
        title=title,
        wordings=tuple(bodies.unique([tail, title])),
        by=by or chamber_named(place or tail),
        reading=reading,
        url=safe_link(address, _BASE),
    )
    rule = meaning(step)
    if rule is not None and rule.once:
        return step
    identity = f"{bodies.words(entry, 'id') or address}|{title}"
    return replace(step, mark=hashlib.sha256(identity.encode()).hexdigest()[:10])
