"""Publications of the UK government: search and content items of https://www.gov.uk (``/api/search.json``,
``/api/content{path}``; formats: https://docs.publishing.service.gov.uk/content-schemas.html).

A piece is known by (content_id, locale): its path can change. ``updated_at`` moves whenever a page is published
again and says nothing; ``public_updated_at`` moves with a public change. Times come with different zones in one
document: the day is the one written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, listed, need
from collectors.sources._json import dicts, dig, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, EventRecord, Follow, Record, Rejected, Response, Source

_SITE = "https://www.gov.uk"
_KINDS = {
    "consultation": "notice", "open_consultation": "notice", "closed_consultation": "notice",
    "consultation_outcome": "report", "policy_paper": "report", "research": "report", "impact_assessment": "report",
    "guidance": "report", "speech": "speech", "written_statement": "notice", "oral_statement": "speech",
}  # fmt: skip


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A page of the search leads to the pieces; a piece is one document, a consultation with its days."""
    payload = bodies.read_json(response, source)
    if isinstance(payload, dict) and "content_id" in payload:
        yield from _piece(payload, response, source)
        return
    rows = listed(payload, "results", response, source)
    for place, row in enumerate(rows):
        link = said(row, "link") if isinstance(row, dict) else ""
        if link.startswith("/"):
            yield Follow(f"{_SITE}/api/content{link}")
        elif not link:
            yield Rejected(f"results[{place}]", "no link", str(row)[:500])
    start, total = payload.get("start"), payload.get("total")
    if isinstance(start, int) and isinstance(total, int) and rows and start + len(rows) < total:
        query = [(k, v) for k, v in parse_qsl(urlsplit(response.url).query) if k != "start"]
        if start + len(rows) < bodies.option_number(source, "max_results", 300):
            yield Follow(f"{_SITE}/api/search.json?{urlencode([*query, ('start', str(start + len(rows)))])}")


def _piece(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("title", "locale", "document_type", "base_path", "details"), response, source)
    details = row["details"]
    if not isinstance(details, dict):
        raise SourceError(source.id, response.url, "details is no object: the format has changed")
    ident, locale = said(row, "content_id"), said(row, "locale") or "en"
    title = one_line(said(row, "title"))
    first = said(row, "first_published_at") or said(details, "first_public_at") or said(row, "public_updated_at")
    when = bodies.on_day(first)
    if not title or when is None:
        yield Rejected(ident, "no title" if not title else f"no day: {first[:30]!r}")
        return
    url = f"{_SITE}{said(row, 'base_path')}"
    kind = said(row, "document_type")
    bodies_named = tuple(_organisations(row))
    withdrawn = said(row, "withdrawn_notice", "explanation")
    notes = [
        f"{said(note, 'public_timestamp')[:10]}: {one_line(said(note, 'note'))}"
        for note in dicts(details.get("change_history"))
    ]
    yield item(
        source,
        f"{ident}:{locale}",
        _KINDS.get(kind, "notice"),
        title,
        lang=locale.partition("-")[0],
        url=url,
        summary=one_line(said(row, "description")),
        text="\n\n".join(
            part
            for part in (
                _body(details),
                "\n".join(notes),
                f"Withdrawn: {plain_text(withdrawn)}" if withdrawn else "",
            )
            if part
        ),
        when=when,
        at=_instant(first),
        actors=bodies_named,
        events=tuple(_consultation(row, details, f"{ident}:{locale}", title, url, bodies_named, response, source)),
        categories=(kind,),
    )


def _body(details: dict[str, Any]) -> str:
    """The body as HTML, or as a list of renderings by content type."""
    value = details.get("body")
    if isinstance(value, list):
        html = next((said(one, "content") for one in dicts(value) if said(one, "content_type") == "text/html"), "")
        return plain_text(html)
    return plain_text(said(value)) if isinstance(value, str) else ""


def _organisations(row: dict[str, Any]) -> Iterator[ActorRecord]:
    for one in dicts(dig(row, "links", "organisations")):
        if name := one_line(said(one, "title")):
            yield ActorRecord(name, "government", "uk", role="publisher")


def _consultation(
    row: dict[str, Any],
    details: dict[str, Any],
    ident: str,
    title: str,
    url: str,
    actors: tuple[ActorRecord, ...],
    response: Response,
    source: Source,
) -> Iterator[EventRecord]:
    if said(row, "schema_name") != "consultation":
        return
    today = response.fetched_at[:10]
    for field, kind, words in (
        ("opening_date", "consultation_opened", "Consultation opens"),
        ("closing_date", "consultation_closed", "Consultation closes"),
    ):
        when = bodies.on_day(said(details, field))
        if when is not None:
            yield event(
                source,
                f"{ident}:{field}",
                kind,
                when,
                f"{words}: {title}",
                lang="en",
                rule=f"uk_govuk:{field}",
                status="occurred" if when.iso() <= today else "scheduled",
                code=said(row, "document_type"),
                url=url,
                quote=f"{field}: {when.said}",
                actors=actors,
            )


def _instant(said_at: str) -> str:
    """The UTC instant of a time with its zone; empty for a bare day."""
    try:
        found = datetime.fromisoformat(said_at)
    except ValueError:
        return ""
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if found.tzinfo else ""
