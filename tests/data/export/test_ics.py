"""iCalendar: whole days, stable ids, cancelled events kept, and no text that becomes a property."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import ics
import pytest
import vobject
from hypothesis import given, settings
from icalendar import Calendar, Event

from data.export import Extract, build
from data.rows import TimelineEvent
from tests.data.export import hostile
from tests.data.export.sample import DEEPTRACE, EVENTS, HEARING, SREN, Codes, context, dated


def raw(*events: TimelineEvent, lang: str = "fr", **more: str) -> bytes:
    return build("ics", Extract(events), context(len(events), lang, **more), labels=Codes()).data


def entry(event: TimelineEvent) -> Event:
    return Calendar.from_ical(raw(event)).walk("VEVENT")[0]


def test_the_calendar_names_itself_and_its_pace():
    text = raw(*EVENTS).decode()
    calendar = Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0"
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["PRODID"].startswith("-//Deepfake Policy Monitor//")
    assert calendar["X-WR-CALNAME"] == "Affaire d'exemple"
    assert "Non couvert" in calendar["X-WR-CALDESC"]
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in text
    assert "X-PUBLISHED-TTL:PT6H\r\n" in text


def test_an_event_has_every_property():
    found = entry(SREN)
    assert found["UID"] == "fr-sren-2024-05-21-promulgation@deepfake-policy-monitor"
    assert found["DTSTAMP"].dt == datetime(2026, 11, 25, 6, tzinfo=UTC)
    assert found["LAST-MODIFIED"].dt == datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    assert found["CREATED"].dt == datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert found["SEQUENCE"] == 2
    assert found["SUMMARY"] == "Promulgation de la loi n° 2024-449"
    assert found["URL"] == SREN.sources[0].url
    assert found["LOCATION"] == "Assemblée nationale"
    assert found["CATEGORIES"].cats == ["jurisdictions/fr/fr", "event_types/law_signed/fr", "law/enacted/fr"]
    assert found["TRANSP"] == "TRANSPARENT"
    assert "Date : 21 mai 2024" in found["DESCRIPTION"].splitlines()
    assert "Étape : law/enacted/fr" in found["DESCRIPTION"].splitlines()


def test_dates_are_whole_days_and_the_end_is_exclusive():
    text = raw(SREN)
    assert b"DTSTART;VALUE=DATE:20240521\r\n" in text
    assert b"DTEND;VALUE=DATE:20240522\r\n" in text


@pytest.mark.parametrize(
    ("event", "start", "end", "words"),
    [
        (DEEPTRACE, date(2019, 10, 1), date(2019, 11, 1), "Date : octobre 2019 (connue au mois)"),
        (
            dated("2026", "2026-01-01", "2026-12-31", "year"),
            date(2026, 1, 1), date(2027, 1, 1), "Date : 2026 (connue à l’année)",
        ),
        (
            dated("2026-04-01/2026-06-30", "2026-04-01", "2026-06-30", "quarter"),
            date(2026, 4, 1), date(2026, 7, 1), "Date : T2 2026 (connue au trimestre)",
        ),
    ],
)  # fmt: skip
def test_a_coarse_date_is_a_span_that_says_how_coarse(event: TimelineEvent, start: date, end: date, words: str):
    found = entry(event)
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (start, end)
    assert words in found["DESCRIPTION"].splitlines()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("scheduled", "TENTATIVE"),
        ("occurred", "CONFIRMED"),
        ("postponed", "CANCELLED"),
        ("cancelled", "CANCELLED"),
        ("disputed", "TENTATIVE"),
    ],
)
def test_status_is_told_to_the_calendar(status: str, told: str):
    assert entry(replace(SREN, status=status))["STATUS"] == told


def test_a_cancelled_hearing_is_sent_and_not_dropped():
    found = Calendar.from_ical(raw(*EVENTS)).walk("VEVENT")
    assert [(str(one["UID"]).partition("@")[0], str(one["STATUS"])) for one in found][-1] == (
        HEARING.event_id,
        "CANCELLED",
    )


def test_without_a_usable_source_the_address_is_our_own():
    assert entry(DEEPTRACE)["URL"] == f"https://monitor.example/?event={DEEPTRACE.event_id}"


def test_a_second_and_a_third_parser_read_the_same_events():
    """Other programs keep other rules: both see every event, cancelled ones too, with its days and its number."""
    text = raw(*EVENTS).decode()
    expected = {
        f"{one.event_id}@deepfake-policy-monitor": (
            date.fromisoformat(one.date_start), date.fromisoformat(one.date_end) + timedelta(days=1), one.revision,
        )
        for one in EVENTS
    }  # fmt: skip
    by_vobject = {
        one.uid.value: (one.dtstart.value, one.dtend.value, int(one.sequence.value))
        for one in vobject.readOne(text).vevent_list
    }
    assert by_vobject == expected
    found = ics.Calendar(text)
    by_ics = {
        one.uid: (one.begin.date(), one.end.date(), next(int(x.value) for x in one.extra if x.name == "SEQUENCE"))
        for one in found.events
    }
    assert by_ics == expected
    assert {one.uid.partition("@")[0]: one.status for one in found.events}[HEARING.event_id] == "CANCELLED"
    assert vobject.readOne(raw().decode()).contents.get("vevent", []) == []


def test_a_change_raises_the_number_that_clients_compare():
    assert [entry(replace(SREN, revision=n))["SEQUENCE"] for n in (0, 1, 2)] == [0, 1, 2]


def test_five_hundred_events_come_back():
    many = [
        replace(SREN, event_id=f"e-{n}", date_start=str(day), date_end=str(day), title=f"Événement {n}, {'é' * 90}")
        for n in range(500)
        for day in [date(2024, 1, 1) + timedelta(days=n)]
    ]
    text = raw(*many)
    found = Calendar.from_ical(text).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in found] == [one.title for one in many]
    assert max(len(line) for line in text.split(b"\r\n")) <= 75


def test_an_empty_view_is_a_calendar_with_a_component_and_no_event():
    calendar = Calendar.from_ical(raw())
    assert calendar["VERSION"] == "2.0"
    assert calendar.walk("VEVENT") == []
    assert len(calendar.subcomponents) == 1


def names(text: bytes) -> list[str]:
    """Every property of the file, in order, as a parser sees it."""
    return [name for name, _ in Calendar.from_ical(text).property_items()]


@settings(max_examples=150, deadline=None)
@given(hostile.events)
def test_no_text_makes_a_property(event: TimelineEvent):
    text = raw(event, view_title=event.title)
    assert text.replace(b"\r\n", b"").count(b"\n") == text.replace(b"\r\n", b"").count(b"\r") == 0
    # the same event in tame words, with a link and a place where the hostile one has them
    tame = {"URL", "LOCATION"}
    assert [name for name in names(text) if name not in tame] == [name for name in names(raw(SREN)) if name not in tame]
    assert names(text).count("URL") == 1
    assert names(text).count("LOCATION") <= 1
    assert len(Calendar.from_ical(text).walk("VEVENT")) == 1
