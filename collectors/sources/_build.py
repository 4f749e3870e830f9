"""Records of an official source, said once: what every module of a publisher's API would otherwise repeat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.errors import SourceError
from data.models import ActorRecord, EventRecord, Identifier, ItemRecord, Response, Source, When


def need(row: dict[str, Any], names: Iterable[str], response: Response, source: Source) -> None:
    """Raise SourceError when a field is gone: a renamed field ends a visit, it never empties a column in silence."""
    if missing := [name for name in names if name not in row]:
        raise SourceError(source.id, response.url, f"fields missing: {', '.join(missing)}; the format has changed")


def listed(payload: Any, name: str, response: Response, source: Source) -> list[Any]:
    """The list under ``name``. Raises SourceError when it is missing or no list."""
    found = payload.get(name) if isinstance(payload, dict) else None
    if not isinstance(found, list):
        raise SourceError(source.id, response.url, f"no list {name!r}")
    return found


def event(
    source: Source,
    ident: str,
    kind: str,
    when: When,
    title: str,
    *,
    lang: str,
    rule: str,
    status: str = "occurred",
    outcome: str = "",
    stage: str = "",
    code: str = "",
    url: str = "",
    quote: str = "",
    actors: tuple[ActorRecord, ...] = (),
    dossier: tuple[Identifier, ...] = (),
) -> EventRecord:
    """An official event in the source's jurisdiction."""
    return EventRecord(
        external_id=ident,
        type=kind,
        when=when,
        title=title,
        lang=lang,
        jurisdiction=source.jurisdiction,
        status=status,
        outcome=outcome,
        stage=stage,
        official_code=code,
        url=url,
        quote=quote,
        rule=rule,
        actors=actors,
        dossier=dossier,
    )


def item(
    source: Source,
    ident: str,
    kind: str,
    title: str,
    *,
    lang: str,
    url: str = "",
    summary: str = "",
    text: str = "",
    when: When | None = None,
    at: str = "",
    actors: tuple[ActorRecord, ...] = (),
    events: tuple[EventRecord, ...] = (),
    dossier: tuple[Identifier, ...] = (),
    categories: tuple[str, ...] = (),
) -> ItemRecord:
    """An official document. ``when`` is its local day, ``at`` the UTC instant where the source gives one."""
    return ItemRecord(
        external_id=ident,
        kind=kind,
        title=title,
        url=url,
        jurisdiction=source.jurisdiction,
        lang_declared=lang,
        lang=lang,
        summary=summary,
        text=text,
        published_said=when.said if when else "",
        published_on=when.start if when else None,
        published_at=at,
        published_quality="exact" if at else "date" if when else "unknown",
        publisher=source.publisher,
        actors=actors,
        events=events,
        dossier=dossier,
        categories=categories,
    )
