"""When a source that still answers has gone wrong: fewer records, the same page for ever, dates that stop, a field
that is no longer filled. Pure: earlier visits and this one in, alarms out; each names its reason.

A publisher is compared with itself. The thresholds hold for weekly as for hourly visits because they count visits,
not hours, except silence: how long a source may have nothing new is declared (:data:`QUIET_DAYS` by kind, or
``quiet_days`` of its catalogue entry), since a parliament in recess is silent for weeks and well.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import log
from statistics import median, pstdev

#: days without anything new that are still plausible, by kind of source
QUIET_DAYS = {"news": 4, "ngo": 60, "regulator": 45, "government": 30, "parliament": 75, "court": 75}

#: whole visits needed before a source is compared with itself, and how many are looked back at
FEWEST, MOST = 5, 20

#: a field filled in this share of records before, and in less than this share of it now, was renamed or lost
FILLED, LOST = 0.5, 0.5
#: and chance does it less often than once in e^9 visits, were each record filled by chance as before
UNLIKELY = 9.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What one whole visit brought. ``filled``: kind.field -> share of records (0 to 1); ``newest`` a day or ''."""

    record_count: int
    newest: str = ""
    filled: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier visit that was answered: its day (UTC), how much was new or changed, its measures if whole."""

    on: date
    news_count: int
    measures: Measures | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """``kind`` is ``fewer``, ``silent``, ``stale``, ``field`` or ``flips``; ``reason`` a sentence with the figures."""

    kind: str
    reason: str


def read_measures(text: str) -> Measures | None:
    """The stored form back; None where a visit did not read everything."""
    if not text:
        return None
    found = json.loads(text)
    return Measures(found["records"], found["newest"], found["filled"])


def quiet_days(kind: str, declared: int = 0, every_hours: int = 24) -> int:
    """For how many days a source may have nothing new; never less than three of its intervals."""
    return max(declared or QUIET_DAYS.get(kind, 60), -(-3 * every_hours // 24))


def alarms(past: Sequence[Past], current: Past, quiet: int) -> list[Alarm]:
    """What is wrong with ``current``, given earlier visits (oldest first)."""
    whole = [one.measures for one in past if one.measures is not None][-MOST:]
    found: list[Alarm | None] = [_silent(past, current, quiet)]
    if current.measures is not None:
        found.append(_fewer(whole, current.measures))
        found.append(_stale(whole, current, quiet))
        found.extend(_lost_fields(whole, current.measures))
    return [one for one in found if one is not None]


def flips(names: Sequence[str]) -> Alarm:
    """The alarm of records that are told now one way, now another (:mod:`data.flips`)."""
    named = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    verb = "flips" if len(names) == 1 else "flip"
    return Alarm(
        "flips", f"{len(names)} of its records {verb} between words told before ({named}): the last taken stand"
    )


def _fewer(past: Sequence[Measures], current: Measures) -> Alarm | None:
    """A drop by a third or more that chance does not explain: at once, over three visits or over eight.

    The spread is that of the past, at least that of counts that come by chance (the root of their mean) where
    they vary like such; four standard errors are asked for. A page that dries up, in recess or when an affair is
    over, loses a little with every visit: what breaks loses a quarter of the usual from one visit to the next.
    Counts that scatter beyond chance, as those of daily issues do, must also fall well below the lowest seen.
    """
    counts = [one.record_count for one in past]
    for span in (1, 3, 8):
        before = counts[: len(counts) - (span - 1)]
        if len(before) < FEWEST:
            return None
        usual = median(before)
        deviation = pstdev(before)
        chance = usual**0.5
        spread = max(deviation, chance if deviation > chance / 2 else 0.0, 0.06 * usual, 0.5)
        recent = [*counts[len(before) :], current.record_count]
        mean = sum(recent) / span
        least = 0.75 * min(before) if deviation > 1.5 * chance else usual
        falls = any(sooner - later >= 0.25 * usual for sooner, later in pairwise([before[-1], *recent]))
        if falls and usual >= 3 and mean <= min(0.7 * usual, least) and (usual - mean) / spread * span**0.5 > 4.0:
            now = f"{current.record_count} records" if span == 1 else f"{mean:.0f} records a visit of late"
            return Alarm("fewer", f"{now}, usually about {usual:.0f}")
    return None


def _silent(past: Sequence[Past], current: Past, quiet: int) -> Alarm | None:
    """Nothing new for longer than declared, from a source that used to have news."""
    if current.news_count or len(past) < FEWEST:
        return None
    told = [one.on for one in past if one.news_count]
    if not told:
        return None
    days = (current.on - told[-1]).days
    if days <= quiet:
        return None
    return Alarm("silent", f"nothing new since {told[-1].isoformat()}, {days} days; at most {quiet} are expected")


def _stale(past: Sequence[Measures], current: Past, quiet: int) -> Alarm | None:
    """The page changes, but nothing in it is recent any more."""
    measures = current.measures
    dated = [one.newest for one in past if one.newest]
    if measures is None or not measures.newest or len(dated) < FEWEST:
        return None
    days = (current.on - date.fromisoformat(measures.newest)).days
    if days <= quiet or measures.newest > max(dated):
        return None
    return Alarm("stale", f"no date after {measures.newest}, {days} days ago; at most {quiet} are expected")


def _lost_fields(past: Sequence[Measures], current: Measures) -> list[Alarm]:
    if len(past) < 3 or current.record_count < 3:
        return []
    recent = past[-FEWEST:]
    found = []
    for name in sorted({name for one in recent for name in one.filled}):
        usual = median(one.filled.get(name, 0.0) for one in recent)
        lowest = min(one.filled.get(name, 0.0) for one in recent)
        now = current.filled.get(name, 0.0)
        surprise = current.record_count * _divergence(now, usual)
        if usual >= FILLED and now < LOST * usual and now < 0.8 * lowest and surprise > UNLIKELY:
            found.append(Alarm("field", f"{name} is filled in {now:.0%} of the records, usually in {usual:.0%}"))
    return found


def _divergence(now: float, usual: float) -> float:
    """How surprising the share ``now`` is of one record where it was ``usual`` (Kullback and Leibler, in nats)."""
    usual = min(max(usual, 0.01), 0.99)
    one = now * log(now / usual) if now else 0.0
    other = (1 - now) * log((1 - now) / (1 - usual)) if now < 1 else 0.0
    return one + other
