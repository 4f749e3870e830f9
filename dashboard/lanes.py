"""The arithmetic of the swim lanes: which events get a glyph, and where it stands.

Pure functions over rows, in days and lane units; :mod:`dashboard.charts` turns the result into a figure.

A glyph is a milestone. Milestones are taken by significance, each on the first free of three rows of its
lane, so that none covers another; what finds no room stays in the density strip and is counted. Choosing per
stretch of time, not the newest first, keeps a busy last year from hiding the years before. The database chooses
candidates by the same rule (:func:`data.queries.milestones`); here they are fitted to the pixels.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboard.window import Window, middle
from data.rows import TimelineEvent

LaneKind = Literal["jurisdiction", "track", "dossier", "actor"]

#: event type -> significance; the highest is drawn first. A type that is not here shows as density only.
SIGNIFICANCE: Mapping[str, int] = {
    "law_in_force": 100,
    "law_signed": 98,
    "fine_sanction": 92,
    "bill_adopted": 90,
    "court_ruling": 88,
    "constitutional_review": 86,
    "repealed": 84,
    "regulation_made": 82,
    "agreement": 80,
    "interim_measure": 78,
    "investigation_opened": 76,
    "bill_rejected": 74,
    "settled": 72,
    "preliminary_findings": 70,
    "deadline": 66,
    "postponed": 64,
    "withdrawn": 62,
    "bill_tabled": 60,
    "search_summons": 58,
    "appeal": 56,
    "closed": 54,
    "guidance_issued": 52,
    "platform_action": 50,
    "committee_vote": 46,
    "bill_reading": 44,
    "consultation_opened": 40,
    "consultation_closed": 38,
    "referral": 36,
    "regulator_contact": 34,
    "committee_referral": 28,
    "amendment_decided": 24,
    "hearing": 20,
    "amendment_tabled": 10,
}
#: Many and small: they make the grey strip of an overview, and get a glyph on the page of one dossier or actor.
DENSITY_ONLY = frozenset(
    {
        "question_asked",
        "question_answered",
        "statement",
        "study_published",
        "statistic",
        "incident",
        "election",
        "other",
    }
)
EVERYTHING: Mapping[str, int] = {**SIGNIFICANCE, **dict.fromkeys(sorted(DENSITY_ONLY), 5)}

#: Rows of a lane in the order they fill: the middle line, above it, below it.
ROWS = (0, -1, 1)
PER_BIN = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """An event with a glyph: ``lane`` an index from the top, ``row`` one of :data:`ROWS`, ``on`` its day."""

    event: TimelineEvent
    lane: int
    row: int
    on: date


def lanes_of(event: TimelineEvent, lane: LaneKind) -> tuple[str, ...]:
    """The codes of the lanes an event belongs to: one, several when several actors act, none outside every dossier."""
    if lane == "actor":
        return tuple(dict.fromkeys(actor.actor_id for actor in event.actors))
    code = {"jurisdiction": event.jurisdiction, "track": event.track, "dossier": event.dossier_id}[lane]
    return (code,) if code else ()


def day_of(event: TimelineEvent, window: Window) -> date:
    """Where an event stands on the axis: its day, or the middle of what the window shows of its period."""
    start, end = date.fromisoformat(event.date_start), date.fromisoformat(event.date_end or event.date_start)
    first, last = max(start, window.low), min(end, window.high)
    return middle(first, last) if first <= last else middle(start, end)


def is_period(event: TimelineEvent) -> bool:
    """True when the day is not known, or there are several: the event is drawn over its whole extent."""
    return event.precision != "day" and event.date_end > event.date_start


def place(
    events: Sequence[TimelineEvent],
    lanes: Sequence[str],
    lane: LaneKind,
    *,
    window: Window,
    significance: Mapping[str, int],
    gap_days: float,
    max_glyphs: int,
    selected: str,
) -> list[Placed]:
    """The events that get a glyph, by date; an event of several actors gets one in each of their lanes.

    ``gap_days`` is the width of a glyph on the axis. The selected event comes first, whatever its type.
    """
    index = {code: number for number, code in enumerate(lanes)}
    candidates = [(event, day_of(event, window)) for event in events]
    candidates.sort(key=lambda pair: (pair[0].event_id != selected, *_by_significance(*pair, significance)))
    taken: dict[tuple[int, int], list[int]] = defaultdict(list)
    per_bin: Counter[tuple[int, int]] = Counter()
    fitting: list[tuple[int, Placed]] = []
    for event, on in candidates:
        for number in sorted(index[code] for code in lanes_of(event, lane) if code in index):
            bin_ = (number, int(on.toordinal() // (gap_days * 2)))
            row = next((row for row in ROWS if _is_free(taken[number, row], on.toordinal(), gap_days)), None)
            if row is None or per_bin[bin_] >= PER_BIN:
                continue
            taken[number, row].append(on.toordinal())
            fitting.append((per_bin[bin_], Placed(event, number, row, on)))
            per_bin[bin_] += 1
    # the first of every stretch of time goes before the second of any: the order above is kept within each
    fitting.sort(key=lambda pair: (pair[1].event.event_id != selected, pair[0]))
    shown = [placed for _, placed in fitting[:max_glyphs]]
    shown.sort(key=lambda placed: (placed.on, placed.lane, placed.event.event_id))
    return shown


def _by_significance(event: TimelineEvent, on: date, significance: Mapping[str, int]) -> tuple[int, int, str]:
    return -significance.get(event.type, 0), -on.toordinal(), event.event_id


def _is_free(days: Sequence[int], day: int, gap_days: float) -> bool:
    return all(abs(day - other) >= gap_days for other in days)
