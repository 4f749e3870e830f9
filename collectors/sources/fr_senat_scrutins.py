"""Public votes of the Sénat: the page of a vote (title, day, result) and the positions as JSON.

``https://www.senat.fr/scrutin-public/{year}/scr{year}-{n}.html`` and ``.json``; the year is the one in which the
session began. The JSON holds register numbers and letters, no day and no subject: it is told as a vote without date,
and the page, which has both, is followed. Not every text is put to a public vote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from collectors.sources import _bodies as bodies
from collectors.sources._json import dicts, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.fold import fold
from data.models import (
    ActorRecord,
    EventRecord,
    Follow,
    Identifier,
    ItemRecord,
    Record,
    Rejected,
    Response,
    Source,
    Unknown,
    When,
)

_ADDRESS = re.compile(r"/scrutin-public/(\d{4})/scr\d{4}-(\d{1,4})\.(json|html)$")
_NUMBER = re.compile(r"^\d{5}[A-Z]$")
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>|<title>(.*?)</title>", re.S | re.I)
_DAY = re.compile(r"\bs[ée]ance du (?:\w+ )?(\d{1,2})(?:er)? (\w+) (\d{4})", re.I)
_FILE = re.compile(r"/dossier-legislatif/([a-z]{3,6}\d{2}-\d{1,4})\.html", re.I)
_MONTHS = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
]
_RESULT = re.compile(r"le s[ée]nat (?:n['’]a pas|a) adopt[ée][^.<]*", re.I)


def parse(response: Response, source: Source) -> Iterator[Record]:
    """By form: the positions of one vote, its page, or the list of a session's votes."""
    address = _ADDRESS.search(response.requested_url) or _ADDRESS.search(response.url)
    if response.body.lstrip()[:1] in (b"{", b"["):
        if address is None:
            raise SourceError(source.id, response.url, "the address names no vote")
        yield from _positions(response, address, source)
    elif address is not None:
        yield _page(response, address, source)
    else:
        yield from _session(response, source)


def _positions(response: Response, address: re.Match[str], source: Source) -> Iterator[Record]:
    payload = bodies.read_json(response, source)
    rows = payload.get("votes") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        raise SourceError(source.id, response.url, "no list of votes")
    roles = bodies.stage_table("fr_senat_votes")["positions"]
    ident = f"scr{address[1]}-{address[2]}"
    voters: list[ActorRecord] = []
    tally: dict[str, int] = {}
    for place, row in enumerate(dicts(rows)):
        number, letter = said(row, "matricule").upper(), said(row, "vote").lower()
        if not _NUMBER.match(number):
            yield Rejected(f"{ident}:votes[{place}]", "no register number", str(row)[:500])
            continue
        if letter not in roles:
            yield Unknown("vote", letter, f"{ident}:{number}")
            continue
        tally[letter] = tally.get(letter, 0) + 1
        if roles[letter]:
            voters.append(ActorRecord("", "person", "fr", (Identifier("fr.senat", number),), role=roles[letter]))
    result = ", ".join(
        f"{label} : {tally[letter]}"
        for letter, label in (("p", "pour"), ("c", "contre"), ("a", "abstention"), ("n", "n'ont pas pris part"))
        if letter in tally
    )
    page = f"https://www.senat.fr/scrutin-public/{address[1]}/{ident}.html"
    yield _item(
        source, f"{ident}:votes", f"Scrutin n° {address[2]} (session {address[1]})", page, result, tuple(voters)
    )
    if source.options.get("follow_pages") is True:
        yield Follow(page)


def _page(response: Response, address: re.Match[str], source: Source) -> Record:
    text = response.body.decode("utf-8", "replace")
    title = next((one_line(plain_text(one or two)) for one, two in _TITLE.findall(text) if (one or two).strip()), "")
    told = _DAY.search(plain_text(text))
    day = _french_day(told) if told else None
    if not title or day is None or told is None:
        raise SourceError(source.id, response.url, "a vote's page without title or day of the sitting")
    words = one_line(plain_text(text))
    result = _RESULT.search(words)
    said_result = result[0].strip() if result else ""
    outcome = "" if not said_result else "rejected" if "pas adopt" in said_result else "adopted"
    kind = _type(title, outcome)
    ident = f"scr{address[1]}-{address[2]}"
    url = f"https://www.senat.fr/scrutin-public/{address[1]}/{ident}.html"
    dossier = tuple(
        Identifier("fr.senat.dossier", signet) for signet in bodies.unique(s.lower() for s in _FILE.findall(text))
    )
    event = EventRecord(
        external_id=ident,
        type=kind,
        when=When.on(day, told[0]),
        title=title,
        lang="fr",
        jurisdiction=source.jurisdiction,
        outcome=outcome,
        url=url,
        quote=said_result,
        rule="fr_senat_scrutins:page",
        dossier=dossier,
    )
    return _item(source, ident, title, url, said_result, (), event, dossier)


def _type(title: str, outcome: str) -> str:
    words = fold(title)
    if "ensemble" in words or "article unique" in words:
        return "bill_adopted" if outcome == "adopted" else "bill_rejected" if outcome else "bill_reading"
    return "amendment_decided" if "amendement" in words else "bill_reading"


def _french_day(match: re.Match[str]) -> date | None:
    month = fold(match[2])
    try:
        return date(int(match[3]), _MONTHS.index(month) + 1, int(match[1]))
    except ValueError:
        return None


def _session(response: Response, source: Source) -> Iterator[Record]:
    """The list of a session's votes: the newest are followed."""
    found = re.findall(r"scr(\d{4})-(\d{1,4})\.html", response.body.decode("utf-8", "replace"))
    if not found:
        raise SourceError(source.id, response.url, "a list that names no vote")
    newest = sorted({(int(year), int(number)) for year, number in found}, reverse=True)
    for year, number in newest[: bodies.option_number(source, "max_follow", 40)]:
        yield Follow(f"https://www.senat.fr/scrutin-public/{year}/scr{year}-{number}.html")
        yield Follow(f"https://www.senat.fr/scrutin-public/{year}/scr{year}-{number}.json")


def _item(
    source: Source,
    ident: str,
    title: str,
    url: str,
    result: str,
    voters: tuple[ActorRecord, ...],
    event: EventRecord | None = None,
    dossier: tuple[Identifier, ...] = (),
) -> ItemRecord:
    number = ident.partition(":")[0]
    return ItemRecord(
        external_id=ident,
        kind="vote",
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared="fr",
        lang="fr",
        summary=result,
        published_said=event.when.said if event else "",
        published_on=event.when.start if event else None,
        published_quality="date" if event else "unknown",
        publisher=source.publisher,
        actors=voters,
        events=(event,) if event else (),
        dossier=(*dossier, Identifier("fr.senat.scrutin", number)),
    )
