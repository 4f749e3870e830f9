"""iCalendar of a view (RFC 5545; REFRESH-INTERVAL of RFC 7986), for past and future.

The same view gives the same bytes: ``DTSTAMP`` is the instant of the snapshot. Cancelled events are sent as
CANCELLED, since a client keeps for ever what merely disappears.
"""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText, vUri

from data.export.context import Context, Export, Options, instant
from data.export.extract import Extract
from data.export.phrases import source_dates
from data.export.plain import one_line, paragraphs, web_link
from data.export.wording import (
    about,
    actor_label,
    body,
    shown_date,
    stage_label,
    told,
    word,
)
from data.rows import TimelineEvent
from data.vocabulary import Vocabulary

#: right part of every UID; changing it would double the events in subscribed calendars
DOMAIN = "deepfake-policy-monitor"
REFRESH = timedelta(hours=6)

#: a postponed event does not take place on the day it carries
_STATUS = {
    "scheduled": "TENTATIVE",
    "occurred": "CONFIRMED",
    "postponed": "CANCELLED",
    "cancelled": "CANCELLED",
    "disputed": "TENTATIVE",
}


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The view as a published calendar of all-day events."""
    calendar = Calendar()
    calendar.add("prodid", "-//Deepfake Policy Monitor//Timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(one_line(context.view_title)))
    calendar.add("x-wr-caldesc", vText("\n".join(about(context))))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("PT6H"))
    if not extract.events:
        calendar.add_component(_utc())
    # entry by entry: the library's components of a long view take a hundred times the room of their text
    head, end, _ = calendar.to_ical().rpartition(b"END:VCALENDAR\r\n")
    out = io.BytesIO()
    out.write(head)
    for event in extract.events:
        out.write(entry(event, context, labels).to_ical())
    out.write(end)
    return Export(context.filename("ics"), "text/calendar; charset=utf-8", out.getvalue())


def entry(event: TimelineEvent, context: Context, labels: Vocabulary) -> Event:
    """One all-day VEVENT. A month or a year is a span of days; the description says how much is known."""
    lang = context.lang
    found = Event()
    found.add("uid", f"{event.event_id}@{DOMAIN}")
    found.add("dtstamp", context.as_of_instant())
    found.add("dtstart", date.fromisoformat(event.date_start))
    found.add("dtend", date.fromisoformat(event.date_end) + timedelta(days=1))  # exclusive
    found.add("summary", vText(one_line(event.heading(lang))))
    found.add("description", vText("\n".join(_description(event, context, labels))))
    found.add("status", _STATUS[event.status])
    found.add("transp", "TRANSPARENT")  # a law's date makes nobody busy
    found.add("sequence", event.revision)
    if event.changed_at:
        found.add("last-modified", instant(event.changed_at))
    if event.first_seen_at:
        found.add("created", instant(event.first_seen_at))
    address = next((link for one in event.sources if (link := web_link(one.url))), "")
    if address := address or web_link(context.event_permalink(event.event_id)):
        found.add("url", vUri(address))
    if place := one_line(body(event)):
        found.add("location", vText(place))
    categories = [
        labels.label("jurisdictions", event.jurisdiction, lang),
        labels.label("event_types", event.type, lang),
        stage_label(event, labels, lang),
    ]
    found.add("categories", [line for one in categories if (line := one_line(one))])
    return found


def _description(event: TimelineEvent, context: Context, labels: Vocabulary) -> list[str]:
    lang = context.lang
    lines = paragraphs(event.summary(lang))
    when = shown_date(event, lang)
    if event.precision != "day":
        when = f"{when} ({word(event.precision, lang)})"
    lines.append(told("date", when, lang))
    lines.append(told("status", one_line(labels.label("statuses", event.status, lang)), lang))
    if stage := stage_label(event, labels, lang):
        lines.append(told("stage", one_line(stage), lang))
    if event.actors:
        lines.append(told("actors", ", ".join(actor_label(one, labels, lang) for one in event.actors), lang))
    for source in event.sources:
        parts = (one_line(source.publisher), web_link(source.url), source_dates(source, lang))
        lines.append(told("source", ", ".join(part for part in parts if part), lang))
    lines.append(told("permalink", one_line(context.event_permalink(event.event_id)), lang))
    lines.append(told("licence", one_line(context.licence), lang))
    return lines


def _utc() -> Timezone:
    """RFC 5545 asks for at least one component in a calendar; this one holds for an empty view too."""
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    standard.add("tzname", "UTC")
    zone.add_component(standard)
    return zone
