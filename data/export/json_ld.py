"""A view for search engines and other programs: schema.org in JSON-LD, facts of the records alone."""

from __future__ import annotations

from typing import Any

from data.export.context import Context
from data.export.plain import one_line, web_link
from data.export.story import FileLine, Story, Told
from data.export.wording import body
from data.rows import EventSource
from data.vocabulary import Vocabulary

#: stage of a law -> whether it is in force, where the stage says so; a bill has none
_FORCE = {
    "in_force": "InForce",
    "in_force_partial": "PartiallyInForce",
    "struck_down": "NotInForce",
    "repealed": "NotInForce",
    "expired": "NotInForce",
}
#: an event that simply took place has no status of its own there
_STATUS = {"scheduled": "EventScheduled", "postponed": "EventPostponed", "cancelled": "EventCancelled"}


def document(story: Story, context: Context, labels: Vocabulary) -> dict[str, Any]:
    """The page, its files and its events as one graph."""
    page = {
        "@type": "WebPage",
        "@id": context.permalink(),
        "url": web_link(context.permalink()),
        "name": one_line(context.view_title),
        "inLanguage": context.lang,
        "dateModified": context.as_of,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creditText": one_line(context.licence),
        "abstract": " ".join(story.facts),
    }
    files = [_file(one, context) for one in story.files]
    events = [_event(one, context, labels) for one in story.events]
    return {"@context": "https://schema.org", "@graph": [_known(one) for one in [page, *files, *events]]}


def _file(one: FileLine, context: Context) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Legislation" if one.track == "law" else "CreativeWork",
        "@id": _file_id(one.dossier_id, context),
        "name": one.title,
        "inLanguage": one.lang,
        "url": web_link(one.url),
    }
    if one.track == "law":
        found["legislationIdentifier"] = [f"{scheme}:{one_line(value)}" for scheme, value in one.identifiers]
        found["legislationJurisdiction"] = one.place
        if one.stage_code in _FORCE:
            found["legislationLegalForce"] = f"https://schema.org/{_FORCE[one.stage_code]}"
    else:
        found["identifier"] = [f"{scheme}:{one_line(value)}" for scheme, value in one.identifiers]
    return found


def _event(told: Told, context: Context, labels: Vocabulary) -> dict[str, Any]:
    event, lang = told.event, context.lang
    kept = {"year": 4, "month": 7}.get(event.precision, 10)
    start, end = event.date_start[:kept], event.date_end[:kept]
    place = one_line(labels.label("jurisdictions", event.jurisdiction, lang))
    organizer = one_line(body(event))
    return {
        "@type": "Event",
        "@id": context.event_permalink(event.event_id),
        "identifier": event.event_id,
        "name": told.heading,
        "inLanguage": told.lang,
        "description": told.summary,
        "startDate": start,
        "endDate": end if end != start else "",
        "eventStatus": f"https://schema.org/{_STATUS[event.status]}" if event.status in _STATUS else "",
        "location": {"@type": "AdministrativeArea", "name": place},
        "organizer": {"@type": "Organization", "name": organizer} if organizer else "",
        "about": {"@id": _file_id(event.dossier_id, context)} if event.dossier_id else "",
        "isBasedOn": [_known(_source(one)) for one in event.sources if web_link(one.url)],
    }  # fmt: skip


def _source(one: EventSource) -> dict[str, Any]:
    name = one_line(one.publisher)
    return {
        "@type": "CreativeWork",
        "url": web_link(one.url),
        "publisher": {"@type": "Organization", "name": name} if name else "",
        "datePublished": one_line(one.published_on),
    }


def _file_id(dossier_id: str, context: Context) -> str:
    return f"{context.permalink_base}?dossier={dossier_id}"


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {key: value for key, value in values.items() if value}
