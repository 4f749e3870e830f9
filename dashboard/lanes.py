"""Which happenings a timeline draws as glyphs, and where. Pure: rows in, places out; no Plotly, no Streamlit.

Two thousand points are a carpet. Only milestones get a glyph, the most significant first, and never two where
they would touch; all the rest is counted in the grey strip of the lane, and stands in the table below.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.rows import Density, TimelineEvent
from data.view import View

#: types that get a glyph in large views, most significant group first
TIERS: tuple[tuple[str, ...], ...] = (
    (
        *("law_in_force", "law_signed", "regulation_made", "repealed", "bill_adopted", "bill_rejected"),
        *("fine_sanction", "court_ruling"),
    ),
    (
        *("agreement", "constitutional_review", "interim_measure", "preliminary_findings", "settled", "withdrawn"),
        *("investigation_opened", "guidance_issued", "deadline", "postponed"),
    ),
    (
        *("bill_tabled", "committee_vote", "bill_reading", "consultation_opened", "appeal", "closed"),
        *("search_summons", "referral", "committee_referral"),
    ),
)
_TIER = {kind: number for number, kinds in enumerate(TIERS) for kind in kinds}
#: up to so many events everything is drawn: a single law or actor tells its whole story
SMALL = 80
MAX_GLYPHS = 300
MAX_LANES = 24
ROWS = 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """An event to draw: its lane (index from the top) and its row within the lane (0 is the lower one)."""

    event: TimelineEvent
    lane: int
    row: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything a figure needs. ``bars`` are counts per lane and month; ``dropped`` lanes are not drawn."""

    lanes: tuple[str, ...]
    glyphs: tuple[Glyph, ...]
    bars: tuple[Density, ...]
    start: date
    end: date
    milestone_count: int
    dropped: int


def lane_of(event: TimelineEvent, by: str) -> str:
    """The lane an event belongs to: its jurisdiction, its track or its dossier."""
    return {"jurisdiction": event.jurisdiction, "track": event.track, "dossier": event.dossier_id}[by]


def tier_views(view: View) -> list[View]:
    """The views whose events may become glyphs, most significant first; respects the view's own types."""
    found = []
    for kinds in TIERS:
        wanted = tuple(kind for kind in kinds if not view.types or kind in view.types)
        if wanted:
            found.append(replace(view, types=wanted))
    return found


def tier(event: TimelineEvent) -> int:
    """The group of an event's type: 0 for laws, fines and rulings; the last for statements, news and questions."""
    return _TIER.get(event.type, len(TIERS))


def significance(event: TimelineEvent, today: date) -> tuple[int, int, str]:
    """Sort key, most significant first: the group of its type, then the nearest to today."""
    distance = abs((date.fromisoformat(event.date_start) - today).days)
    return tier(event), distance, event.event_id


def order_lanes(density: Sequence[Density], by: str, last: dict[str, str] | None = None) -> tuple[str, ...]:
    """Lanes from the fullest down; those without a code (no dossier, no track) are left to the table.

    ``last`` (lane -> ISO date) orders lanes by their latest event instead.
    """
    counts: dict[str, int] = {}
    for one in density:
        if one.lane:
            counts[one.lane] = counts.get(one.lane, 0) + one.count
    if last is not None:
        return tuple(sorted(counts, key=lambda lane: (last.get(lane, ""), counts[lane], lane), reverse=True))
    return tuple(sorted(counts, key=lambda lane: (-counts[lane], lane)))


def lay_out(
    density: Sequence[Density],
    milestones: Sequence[TimelineEvent],
    by: str,
    *,
    today: date,
    slots: int,
    since: date | None = None,
    until: date | None = None,
    order: Sequence[str] | None = None,
) -> Layout:
    """Place lanes, bars and glyphs. ``slots`` is how many glyphs fit side by side on the width of the figure."""
    every = tuple(order) if order is not None else order_lanes(density, by)
    lanes = every[:MAX_LANES]
    bars = tuple(one for one in density if one.lane in lanes)
    start, end = _span(bars, milestones, today, since, until)
    gap = max((end - start).days / max(slots, 1), 0.5)
    index = {lane: number for number, lane in enumerate(lanes)}
    taken: dict[tuple[int, int], list[float]] = {}
    glyphs = []
    inside = [one for one in milestones if lane_of(one, by) in index]
    for event in sorted(inside, key=lambda one: significance(one, today)):
        if len(glyphs) == MAX_GLYPHS:
            break
        place = middle(event).toordinal()
        lane = index[lane_of(event, by)]
        for row in range(ROWS):
            if _is_free(taken.setdefault((lane, row), []), place, gap):
                insort(taken[lane, row], place)
                glyphs.append(Glyph(event, lane, row))
                break
    return Layout(lanes, tuple(glyphs), bars, start, end, len(inside), len(every) - len(lanes))


def _is_free(taken: list[float], place: float, gap: float) -> bool:
    at = bisect_left(taken, place)
    return all(abs(place - other) >= gap for other in taken[max(at - 1, 0) : at + 1])



def middle(event: TimelineEvent) -> date:
    """Where an event is drawn: the middle of the interval it is known to lie in."""
    first, last = date.fromisoformat(event.date_start), date.fromisoformat(event.date_end)
    return first + (last - first) / 2


def _span(
    bars: Sequence[Density], events: Sequence[TimelineEvent], today: date, since: date | None, until: date | None
) -> tuple[date, date]:
    months = [date.fromisoformat(one.bin) for one in bars] + [middle(one) for one in events]
    start = max(min(months, default=today), since or date.min)
    end = min(max([*months, today] if not until else months, default=today), until or date.max)
    if end <= start:
        end = date.fromordinal(start.toordinal() + 1)
    margin = max((end - start).days // 40, 5)
    return date.fromordinal(start.toordinal() - margin), date.fromordinal(end.toordinal() + margin)
