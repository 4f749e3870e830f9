"""Documents of the Federal Register: search of https://www.federalregister.gov/developers/documentation/api/v1.

Requests use codes (``RULE``), answers words ("Rule"). Days are plain days. A correction (number ``C1-…`` or
``correction_of``) is not a new rule. An agency may have a name only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.links import safe_link
from collectors.sources import _bodies as bodies
from collectors.sources._build import event, item, listed, need
from collectors.sources._json import as_list, dicts, said
from collectors.text import one_line, plain_text
from data.errors import SourceError
from data.models import ActorRecord, EventRecord, Follow, Identifier, Record, Rejected, Response, Source, Unknown

_TYPES = {"Rule": "regulation_made", "Proposed Rule": "consultation_opened", "Notice": "other",
          "Presidential Document": "regulation_made"}  # fmt: skip


def parse(response: Response, source: Source) -> Iterator[Record]:
    """A page of results, or one document."""
    payload = bodies.read_json(response, source)
    if not isinstance(payload, dict):
        raise SourceError(source.id, response.url, "not an object")
    if "errors" in payload:
        raise SourceError(source.id, response.url, f"the service says: {str(payload['errors'])[:200]}")
    if "document_number" in payload:
        yield from _document(payload, response, source)
        return
    if payload.get("count") == 0 and "results" not in payload:
        return
    for row in dicts(listed(payload, "results", response, source)):
        yield from _document(row, response, source)
    following = safe_link(said(payload, "next_page_url"))
    if following.startswith("https://www.federalregister.gov/"):
        yield Follow(following)


def _document(row: dict[str, Any], response: Response, source: Source) -> Iterator[Record]:
    need(row, ("document_number", "title", "type", "publication_date", "html_url"), response, source)
    number, title, kind = said(row, "document_number"), one_line(said(row, "title")), said(row, "type")
    when = bodies.on_day(said(row, "publication_date"))
    if not number or not title or when is None:
        yield Rejected(number or "?", "no number, title or day", str(row)[:1000])
        return
    if kind not in _TYPES:
        yield Unknown("type", kind, number)
    is_correction = number.startswith("C") or bool(said(row, "correction_of"))
    url = safe_link(said(row, "html_url"))
    agencies = tuple(
        ActorRecord(name, "government", "us", role="author")
        for one in dicts(row.get("agencies"))
        if (name := one_line(said(one, "name") or said(one, "raw_name")))
    )
    own = Identifier("us.fr", number)
    today = response.fetched_at[:10]
    events: list[EventRecord] = []

    def told(mark: str, what: str, day: str, words: str) -> None:
        on = bodies.on_day(day)
        if on is not None:
            events.append(
                event(
                    source, f"{number}:{mark}", what, on, f"{words}{title}", lang="en",
                    rule=f"us_federal_register:{mark}", status="occurred" if on.iso() <= today else "scheduled",
                    code=kind, url=url, quote=one_line(said(row, "action") or said(row, "dates"))[:300],
                    actors=agencies, dossier=(own,),
                )
            )  # fmt: skip

    if not is_correction:
        told("publication_date", _TYPES.get(kind, "other"), said(row, "publication_date"), "")
        told("comments_close_on", "consultation_closed", said(row, "comments_close_on"), "Comments close: ")
        told("effective_on", "law_in_force", said(row, "effective_on"), "Effective: ")
    excerpts = plain_text(said(row, "excerpts"))
    marks = (kind, "correction" if is_correction else "", one_line(said(row, "action")))
    yield item(
        source, number, "act", title, lang="en", url=url,
        summary=" · ".join(mark for mark in marks if mark),
        text="\n\n".join(part for part in (plain_text(said(row, "abstract")), excerpts) if part), when=when,
        actors=agencies, events=tuple(events), dossier=(own,),
        categories=tuple(said(one) for one in as_list(row.get("docket_ids")) if said(one)),
    )  # fmt: skip
