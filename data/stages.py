"""The stage of a dossier: a pure rule over its dated events.

The stage is the one that the last effective event implies. Effective means that it happened
(``occurred``: a plan never counts, even when its date has passed) and that its day has come; a law that
is to apply in a month or a year known only as such counts once that whole span is over. Going back is
allowed: a later event may imply an earlier stage.

Order: by first day; on the same first day the coarser date comes first, so that "January 2026" never
overrules "15 January 2026" or "1 January 2026"; then the higher rung of the ladder comes last and wins.
``since`` and ``event_id`` are those of the first event of the unbroken run that ends with the last
event: "in committee since 3 May" stays true when the committee meets again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from data.models import When
from data.vocabulary import UNKNOWN, load_vocabulary

STALLED_AFTER = timedelta(days=120)

#: From this rung on a law is made: silence is no longer a standstill.
MADE = "enacted"


class StagedEvent(Protocol):
    """What the rule reads of an event; :class:`data.reference_models.RefMilestone` is one."""

    @property
    def event_id(self) -> str: ...
    @property
    def when(self) -> When: ...
    @property
    def type(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def stage(self) -> str: ...


@dataclass(frozen=True, slots=True)
class StageEvent:
    """The plainest :class:`StagedEvent`: ``stage`` is what the event implies for its dossier, or empty."""

    event_id: str
    when: When
    stage: str = ""
    status: str = "occurred"
    type: str = ""


@dataclass(frozen=True, slots=True)
class StageResult:
    """``since`` is a partial ISO date; ``next_event_id`` the nearest planned event not yet over, or empty."""

    stage: str = UNKNOWN
    since: str = ""
    event_id: str = ""
    flags: tuple[str, ...] = ()
    next_event_id: str = ""
    next_on: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stage and the days it held, ``end`` being the first day of the next one; ``since`` is a partial ISO date."""

    stage: str
    since: str
    start: date
    end: date
    event_id: str


def stage_of(events: Iterable[StagedEvent], today: date, track: str = "law") -> StageResult:
    """The stage that ``events`` prove on ``today``. Raises KeyError for a stage that the track lacks."""
    known = list(events)
    ladder = load_vocabulary().ladders[track]
    ranked, place = _ranked(known, track)
    effective = [event for event in ranked if _counts(event, today)]
    planned = [event for event in known if _is_ahead(event, today)]
    following = min(planned, key=lambda event: (event.when.start, event.event_id), default=None)
    next_event_id = following.event_id if following else ""
    next_on = following.when.iso() if following else ""
    if not effective:
        return StageResult(next_event_id=next_event_id, next_on=next_on)
    last = effective[-1]
    first = last
    for event in reversed(effective):
        if event.stage != last.stage:
            break
        first = event
    flags = []
    if track == "law" and ladder[last.stage].order < ladder[MADE].order and _is_stalled(known, today):
        flags.append("stalled")
    if any(event.status == "disputed" and place(event) > place(last) for event in ranked):
        flags.append("stage_disputed")
    return StageResult(last.stage, first.when.iso(), first.event_id, tuple(flags), next_event_id, next_on)


def stage_spans(events: Iterable[StagedEvent], today: date, track: str = "law") -> list[Span]:
    """The stages that ``events`` prove one after the other up to ``today``; the last is that of :func:`stage_of`.

    Each begins with the first event of its unbroken run. Raises KeyError for a stage that the track lacks.
    """
    runs: list[StagedEvent] = []
    for event in _ranked(list(events), track)[0]:
        if _counts(event, today) and (not runs or runs[-1].stage != event.stage):
            runs.append(event)
    ends = [event.when.start for event in runs[1:]] + [today]
    return [
        Span(event.stage, event.when.iso(), event.when.start, end, event.event_id)
        for event, end in zip(runs, ends, strict=False)
    ]


def _ranked(
    known: list[StagedEvent], track: str
) -> tuple[list[StagedEvent], Callable[[StagedEvent], tuple[date, timedelta, int, str]]]:
    """The events that imply a stage in the order of the rule, and the key of that order."""
    ladder = load_vocabulary().ladders[track]
    order = {event.event_id: ladder[event.stage].order for event in known if event.stage}

    def place(event: StagedEvent) -> tuple[date, timedelta, int, str]:
        span = event.when.end - event.when.start
        return event.when.start, -span, order.get(event.event_id, 0), event.event_id

    return sorted((event for event in known if event.stage), key=place), place


def _counts(event: StagedEvent, today: date) -> bool:
    if event.status != "occurred":
        return False
    if event.type == "law_in_force" and event.when.precision != "range":
        return event.when.end <= today
    return event.when.start <= today


def _is_ahead(event: StagedEvent, today: date) -> bool:
    if event.status == "scheduled":
        return event.when.end >= today
    return event.status == "occurred" and event.when.start > today


def _is_stalled(events: list[StagedEvent], today: date) -> bool:
    happened = [event.when.end for event in events if event.status == "occurred" and event.when.start <= today]
    return bool(happened) and today - max(happened) > STALLED_AFTER
