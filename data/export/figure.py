"""Where everything of the timeline figure stands: pure arithmetic from events to pixels, drawn by ``figure_svg``.

Every event gets a glyph with its number in the order of dates. Up to :data:`BAND` events share one band with an axis
of its own; more stand in further bands below, each legible by itself; above :data:`DRAWN` events are counted in bars.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from data.export.axis import Axis, axis_of
from data.rows import TimelineEvent

BAND, DRAWN = 60, 300
#: a lane: room for its name, a row of glyphs, room below; a glyph with its number
NAME, ROW, FOOT, SLOT = 18, 22, 8, 34
#: lanes of counted events; what belongs to others is counted in a last one
COUNTED_LANES, BIN_PX, BAR = 20, 26, 36
COUNTED = NAME + 12 + BAR + FOOT


@dataclass(frozen=True, slots=True)
class Mark:
    """An event: its ``number`` (1 is the first of the figure), the middle of its glyph, the ends of its period."""

    number: int
    event: TimelineEvent
    x: float
    y: float
    start_x: float
    end_x: float

    @property
    def is_period(self) -> bool:
        """True when the day is not known, or there are several."""
        return self.event.precision != "day" and self.event.date_end > self.event.date_start


@dataclass(frozen=True, slots=True)
class Bar:
    """Events of one lane and stretch of time, ``height`` pixels above ``foot``."""

    x: float
    width: float
    foot: float
    height: float
    events: tuple[TimelineEvent, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane from ``top``, ``height`` pixels high. ``code`` is of a jurisdiction or a dossier, or empty."""

    code: str
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """One legible stretch of the figure. ``height`` without axis; ``marks`` or ``bars``."""

    axis: Axis
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    height: float


def lane_kind(events: Sequence[TimelineEvent]) -> str:
    """Lanes are jurisdictions; within one, they are its dossiers."""
    return "jurisdiction" if len({one.jurisdiction for one in events}) > 1 else "dossier"


def bands(
    events: Sequence[TimelineEvent], today: date, width: float, *, limit: int = DRAWN, lanes: int = COUNTED_LANES
) -> list[Band]:
    """The figure of events in order of date, at least one band. ``today`` is the day of the record.

    Above ``limit`` events they are counted on at most ``lanes`` lanes.
    """
    kind = lane_kind(events)

    def code(one: TimelineEvent) -> str:
        return one.jurisdiction if kind == "jurisdiction" else one.dossier_id

    if len(events) > limit:
        return [_counted(events, code, today, width, lanes)]
    count = max(-(-len(events) // BAND), 1)
    size = -(-len(events) // count)
    found = []
    for first in range(0, max(len(events), 1), max(size, 1)):
        found.append(_drawn(events[first : first + size], first + 1, code, today, width))
    return found


def _drawn(
    events: Sequence[TimelineEvent], first: int, code: Callable[[TimelineEvent], str], today: date, width: float
) -> Band:
    axis = axis_of(events, today, left=SLOT / 2, width=width - SLOT * 1.5)
    taken: dict[str, list[list[float]]] = defaultdict(list)
    rows: list[int] = []
    places = [_place(one, axis) for one in events]
    for one, (x, start, end) in zip(events, places, strict=True):
        rows.append(_row(taken[code(one)], min(x, start) - SLOT / 3, max(x + SLOT * 2 / 3, end)))
    lanes: dict[str, Lane] = {}
    top = 0.0
    for name, used in taken.items():
        lanes[name] = Lane(name, top, NAME + len(used) * ROW + FOOT)
        top += lanes[name].height
    marks = tuple(
        Mark(number, one, x, lanes[code(one)].top + NAME + row * ROW + ROW / 2, start, end)
        for number, (one, (x, start, end), row) in enumerate(zip(events, places, rows, strict=True), first)
    )
    return Band(axis, tuple(lanes.values()), marks, (), top)


def _place(event: TimelineEvent, axis: Axis) -> tuple[float, float, float]:
    start, end = axis.x(date.fromisoformat(event.date_start)), axis.x(date.fromisoformat(event.date_end))
    return round((start + end) / 2, 1), start, end


def _row(rows: list[list[float]], start: float, end: float) -> int:
    """The first row that is free from ``start`` on; rows hold the pixel up to which each is taken, and the rest."""
    for number, spans in enumerate(rows):
        if all(end <= spans[at] or start >= spans[at + 1] for at in range(0, len(spans), 2)):
            spans += (start, end)
            return number
    rows.append([start, end])
    return len(rows) - 1


def _counted(
    events: Sequence[TimelineEvent], code: Callable[[TimelineEvent], str], today: date, width: float, most_lanes: int
) -> Band:
    axis = axis_of(events, today, left=SLOT / 2, width=width - SLOT * 1.5)
    count = max(int(axis.width / BIN_PX), 1)
    by_lane: dict[str, dict[int, list[TimelineEvent]]] = defaultdict(lambda: defaultdict(list))
    totals: dict[str, int] = defaultdict(int)
    for one in events:
        totals[code(one)] += 1
    named = sorted(totals, key=lambda name: (-totals[name], name))
    kept = frozenset(named if len(named) <= most_lanes else named[: most_lanes - 1])
    for one in events:
        number = min(int((_place(one, axis)[0] - axis.left) / axis.width * count), count - 1)
        by_lane[code(one) if code(one) in kept else OTHERS][number].append(one)
    most = max(len(found) for bins in by_lane.values() for found in bins.values())
    order = sorted(by_lane, key=lambda name: (name == OTHERS, -sum(map(len, by_lane[name].values())), name))
    lanes = tuple(Lane(name, index * (COUNTED), COUNTED) for index, name in enumerate(order))
    bars = []
    for lane in lanes:
        for number, found in sorted(by_lane[lane.code].items()):
            height = round(max(BAR * len(found) / most, 2), 1)
            x = round(axis.left + number * axis.width / count, 1)
            bar = Bar(x, round(axis.width / count - 3, 1), lane.top + lane.height - FOOT, height, tuple(found))
            bars.append(bar)
    return Band(axis, lanes, (), tuple(bars), sum(lane.height for lane in lanes))


#: the lane of everything that has no lane of its own; no code of a lane is written so
OTHERS = "*"
