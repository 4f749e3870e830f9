"""The arithmetic of the swim lanes: which lanes, which events get a glyph, and where it stands.

Pure functions over rows, in days and lane units; :mod:`dashboard.charts` turns the result into a figure.

A glyph is a milestone. Milestones are taken by significance, each on the first free of three rows of its
lane, so that none covers another; what finds no room stays in the density strip and is counted. Choosing per
stretch of time, not the newest first, keeps a busy last year from hiding the years before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from data.rows import Density, TimelineEvent

LaneKind = Literal["jurisdiction", "track", "dossier"]

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


def lane_of(event: TimelineEvent, lane: LaneKind) -> str:
    """The code of the lane an event belongs to; empty for an event outside every dossier."""
    return {"jurisdiction": event.jurisdiction, "track": event.track, "dossier": event.dossier_id}[lane]


def day_of(event: TimelineEvent) -> date:
    """Where an event stands on the axis: its day, or the middle of what is known of it."""
    start, end = date.fromisoformat(event.date_start), date.fromisoformat(event.date_end or event.date_start)
    return start + (end - start) // 2


def is_stretch(event: TimelineEvent) -> bool:
    """True when an event is longer, or less precisely known, than a month: it is drawn with its extent."""
    return event.precision not in ("day", "month") and event.date_end > event.date_start


def monthly(events: Iterable[TimelineEvent], lane: LaneKind) -> list[Density]:
    """Monthly counts of the given events per lane, by first day, in a stable order."""
    counts = Counter((lane_of(event, lane), event.date_start[:7] + "-01") for event in events)
    return [Density(code, month, count) for (code, month), count in sorted(counts.items())]


def lane_order(
    events: Sequence[TimelineEvent], density: Sequence[Density], lane: LaneKind, max_lanes: int, selected: str
) -> tuple[list[str], int]:
    """The shown lane codes, the fullest first, and how many more there are.

    The lane of the selected event is always among them. Events outside every lane make none.
    """
    totals: Counter[str] = Counter()
    for cell in density:
        totals[cell.lane] += cell.count
    for code, count in Counter(lane_of(event, lane) for event in events).items():
        totals[code] = max(totals[code], count)
    totals.pop("", None)
    ranked = sorted(totals, key=lambda code: (-totals[code], code))
    shown = ranked[:max_lanes]
    kept = next((lane_of(event, lane) for event in events if event.event_id == selected), "")
    if shown and kept in totals and kept not in shown:
        shown[-1] = kept
    return shown, len(ranked) - len(shown)


def span(days: Iterable[date], today: date) -> tuple[date, date, bool]:
    """First and last day of the axis, padded, and whether today lies on it.

    Today is taken in when it is near the data: a view of one past year is not squeezed into a corner.
    """
    found = list(days) or [today]
    first, last = min(found), max(found)
    reach = max((last - first).days // 4, 120)
    if first - timedelta(days=min(reach, first.toordinal() - 1)) <= today <= _later(last, reach):
        first, last = min(first, today), max(last, today)
    pad = max((last - first).days // 28, 12)
    low, high = date.fromordinal(max(first.toordinal() - pad, 1)), _later(last, pad)
    return low, high, low <= today <= high


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def place(
    events: Sequence[TimelineEvent],
    lanes: Sequence[str],
    lane: LaneKind,
    *,
    significance: Mapping[str, int],
    gap_days: float,
    max_glyphs: int,
    selected: str,
) -> tuple[list[Placed], int]:
    """The events that get a glyph, by date, and how many milestones found no room.

    ``gap_days`` is the width of a glyph on the axis. The selected event comes first, whatever its type.
    """
    index = {code: number for number, code in enumerate(lanes)}
    candidates = [event for event in events if event.type in significance or event.event_id == selected]
    candidates.sort(key=lambda event: (event.event_id != selected, *_by_significance(event, significance)))
    taken: dict[tuple[int, int], list[int]] = defaultdict(list)
    per_bin: Counter[tuple[int, int]] = Counter()
    fitting: list[tuple[int, Placed]] = []
    for event in candidates:
        number = index.get(lane_of(event, lane))
        if number is None:
            continue
        on = day_of(event)
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
    return shown, len(candidates) - len(shown)


def _by_significance(event: TimelineEvent, significance: Mapping[str, int]) -> tuple[int, int, str]:
    return -significance.get(event.type, 0), -day_of(event).toordinal(), event.event_id


def _is_free(days: Sequence[int], day: int, gap_days: float) -> bool:
    return all(abs(day - other) >= gap_days for other in days)
