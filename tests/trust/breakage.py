"""Sources that still answer and have gone wrong: how many are found, how soon, and how often a healthy one is accused.

Each kind of source is simulated visit by visit as what is measured of a visit (:class:`data.measured.Measures`): feeds that
hold the latest thirty pieces, registers that breathe and fall silent in recess, weekly bulletins, searches over a window
of days; with weekends, bursts and slow weeks. Then something breaks. An interval is that of the visits, and for what can
only show by silence the time that the source may be silent.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median

from data.health import LOOKED_BACK, alarms, quiet_days
from data.measured import Measures, Past
from tests.trust import Missed

START = datetime(2025, 1, 6, 6)
HISTORY, YEARS = 60, 100


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: news a day on average, and how its page holds them."""

    name: str
    kind: str
    every_hours: int
    rate: float
    page: str  # latest, open or window
    size: int
    least: int
    quiet: int = 0
    recess: bool = False
    weekend: float = 1.0

    def silence(self) -> int:
        """Days without news that are declared plausible."""
        return quiet_days(self.kind, self.quiet, self.every_hours)


KINDS = (
    Kind("busy feed", "news", 6, 25.0, "latest", 30, 5, weekend=0.4),
    Kind("quiet feed", "ngo", 24, 0.4, "latest", 10, 1, weekend=0.1),
    Kind("regulator", "regulator", 24, 0.7, "latest", 20, 3, weekend=0.05),
    Kind("questions", "parliament", 24, 6.0, "window", 14, 1, quiet=75, recess=True, weekend=0.0),
    Kind("open bills", "parliament", 24, 0.5, "open", 40, 5, recess=True, weekend=0.0),
    Kind("bulletin", "government", 168, 3.0, "window", 7, 1),
    Kind("search", "news", 24, 4.0, "window", 10, 1, quiet=14, weekend=0.5),
)
FIELDS = {"article.text": 0.97, "article.published_on": 1.0, "article.authors": 0.6}
BREAKAGES = ("nothing", "half", "same page", "dates stop", "field lost")
#: what shows only by silence
SILENT = ("same page", "dates stop")


@dataclass(frozen=True, slots=True)
class Piece:
    """What a publisher told on a day, with the fields that are filled."""

    on: date
    filled: frozenset[str]


class Publisher:
    """One source through time."""

    def __init__(self, kind: Kind, chance: random.Random) -> None:
        self.kind, self.chance, self.now = kind, chance, START
        self.told = [self._piece() for _ in range(kind.size)]
        self.open_count = float(kind.size)
        self.mood = 1.0

    def visit(self) -> tuple[date, Measures, int]:
        """(day, what the page holds, how much of it is new) of the next visit."""
        new = 0
        for _ in range(self.kind.every_hours):
            self.now += timedelta(hours=1)
            for _ in range(self._poisson(self._rate() / 24)):
                self.told.append(self._piece())
                new += 1
        if self.chance.random() < 0.03:
            self.mood = self.chance.choice((0.5, 0.8, 1.0, 1.0, 1.3, 3.0))
        held = self._held()
        filled = {name: sum(name in one.filled for one in held) / len(held) for name in FIELDS} if held else {}
        newest = max(one.on for one in held).isoformat() if held else ""
        return self.now.date(), Measures(len(held), newest, filled), new

    def _rate(self) -> float:
        rate = self.kind.rate * self.mood
        if self.now.weekday() >= 5:
            rate *= self.kind.weekend
        if self.kind.recess and (self.now.month == 8 or (self.now.month == 12 and self.now.day > 20)):
            rate = 0.0
        return rate

    def _piece(self) -> Piece:
        return Piece(self.now.date(), frozenset(one for one, share in FIELDS.items() if self.chance.random() < share))

    def _held(self) -> list[Piece]:
        if self.kind.page == "latest":
            return self.told[-self.kind.size :]
        if self.kind.page == "open":
            self.open_count += self.chance.gauss(0, 1) + 0.05 * (self.kind.size - self.open_count)
            return self.told[-max(round(self.open_count), 1) :]
        first = self.now.date() - timedelta(days=self.kind.size)
        return [one for one in self.told[-1000:] if one.on > first]

    def _poisson(self, mean: float) -> int:
        limit, product, found = math.exp(-mean), self.chance.random(), 0
        while product > limit:
            product *= self.chance.random()
            found += 1
        return found


class Judge:
    """What the product says of each visit, from the visits before it."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.past: list[Past] = []

    def of(self, on: date, measures: Measures, news: int) -> bool:
        """Whether this visit raises an alarm."""
        if measures.record_count < self.kind.least:  # a visit that fails: nothing later is compared with it
            return True
        found = alarms(self.past[-LOOKED_BACK:], Past(on, news, measures), self.kind.silence())
        self.past.append(Past(on, news, measures, tuple(found)))
        return bool(found)


def broken(how: str, visits: Iterator[tuple[date, Measures, int]]) -> Iterator[tuple[date, Measures, int]]:
    """The visits of a source as they look once it is broken."""
    frozen: Measures | None = None
    for on, measures, news in visits:
        frozen = frozen or measures
        if how == "nothing":
            yield on, Measures(0), 0
        elif how == "half":
            yield on, replace(measures, record_count=measures.record_count // 2), news // 2
        elif how == "same page":
            yield on, frozen, 0
        elif how == "dates stop":
            yield on, replace(measures, newest=frozen.newest), max(news, 1)
        else:
            yield on, replace(measures, filled={**measures.filled, "article.text": 0.0}), news


def endless(publisher: Publisher) -> Iterator[tuple[date, Measures, int]]:
    while True:
        yield publisher.visit()


def prove(count: int) -> list[str]:
    """``count`` breakages, then healthy years of every kind. Raises Missed."""
    delays: dict[str, list[float]] = defaultdict(list)
    lost: list[str] = []
    chance = random.Random(3)
    for n in range(count):
        kind, how = KINDS[n % len(KINDS)], BREAKAGES[(n // len(KINDS)) % len(BREAKAGES)]
        delay = _found_after(kind, how, random.Random(chance.random()))
        if delay is None:
            lost.append(f"{kind.name}: {how}")
        else:
            delays[how].append(delay)
    years = max(count * YEARS // 1000, 5)
    accused = sum(_accusations(kind, random.Random(n)) for kind in KINDS for n in range(years))
    found = [one for each in delays.values() for one in each]
    rate = accused / (years * len(KINDS))
    lines = [
        f"{len(found)} of {count} breakages found ({len(found) / count:.1%}), median delay {median(found):.1f} intervals ("
        + ", ".join(f"{how} {median(each):.1f}" for how, each in delays.items()) + ")",
        f"{rate:.2f} false alarms a source-year over {years * len(KINDS)} healthy source-years",
    ]  # fmt: skip
    if len(found) < 0.99 * count or median(found) > 2 or rate > 1:
        raise Missed("; ".join([*lines, *sorted(set(lost))]))
    return lines


def _found_after(kind: Kind, how: str, chance: random.Random) -> float | None:
    """Intervals from the breakage to the alarm; None when it goes unnoticed for long."""
    publisher, judge = Publisher(kind, chance), Judge(kind)
    for _ in range(HISTORY + chance.randrange(HISTORY)):
        judge.of(*publisher.visit())
    began = publisher.now
    interval = timedelta(days=kind.silence()) if how in SILENT else timedelta(hours=kind.every_hours)
    for on, measures, news in broken(how, endless(publisher)):
        if judge.of(on, measures, news):
            return (publisher.now - began) / interval
        if publisher.now - began > 4 * timedelta(days=kind.silence()) + 30 * timedelta(hours=kind.every_hours):
            return None
    return None


def _accusations(kind: Kind, chance: random.Random) -> int:
    """How often a healthy source is accused in a year; visits in a row count once."""
    publisher, judge = Publisher(kind, chance), Judge(kind)
    found, was = 0, False
    while publisher.now < START + timedelta(days=365 + HISTORY):
        is_now = judge.of(*publisher.visit())
        found += is_now and not was and publisher.now > START + timedelta(days=HISTORY)
        was = is_now
    return found
