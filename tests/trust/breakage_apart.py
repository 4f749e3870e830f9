"""The alarms for silent breakage against publishers that were written without a look at how alarms are decided.

Two halves, apart by their seeds: whoever mends the rule looks at the first, the second tells whether it was a mending.
Each publisher is visited as a collection visits it, and judged with what a visit keeps of its past. Criteria, on each
half: 99 of 100 breakages found, half of them within two expected intervals, at most one false alarm per source and year.

Some breakages cannot be told from health for a time: a page that stays the same while its parliament is in recess, an
empty list where a week without questions is empty. They are counted like all others, and named.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from collectors.measures import Measuring, late_count
from data.health import LOOKED_BACK, alarms, quiet_days
from data.measured import Measures, Past
from data.models import ItemRecord
from tests.trust import Missed
from tests.trust.faults_apart import FAULTS, IN_TIME, Fault, possible
from tests.trust.publishers_apart import BEGIN, HABITS, Publisher

HALVES = ("development", "held out")
BEFORE = 70  # visits before a breakage
ENOUGH, MEDIAN, ACCUSED = 0.99, 2.0, 1.0
NOON = datetime(BEGIN.year, BEGIN.month, BEGIN.day, 12)


@dataclass
class Judge:
    """What a visit says of a page, with the visits before it in mind; as :mod:`collectors.visit` does."""

    publisher: Publisher
    known: dict[str, int] = field(default_factory=dict)
    past: list[Past] = field(default_factory=list)
    last: list[ItemRecord] | None = None

    def __post_init__(self) -> None:
        habit, gaps = self.publisher.habit, self.publisher.gaps()
        least = quiet_days(habit.kind)
        # who declares a source knows its calendar: longer than its kind when its past was
        declared = -(-gaps[-1] // 15) * 15 if gaps[-1] >= least else 0
        self.quiet = quiet_days(habit.kind, declared, habit.every_hours)

    def of(self, page: Sequence[ItemRecord], on: date) -> list[str]:
        """Why the visit ends otherwise than well; nothing when it is well."""
        habit, measures = self.publisher.habit, None
        if page != self.last or not self.publisher.tells_unchanged:
            if not page and habit.min_records:
                return ["nothing at all"]
            measures = self._read(page, on)
        self.last = list(page)
        if measures and measures.record_count < habit.min_records:
            return ["fewer than declared"]
        news = measures.new_count + measures.changed_count if measures else 0
        found = alarms(self.past, Past(on, news, measures), self.quiet)
        self.past.append(Past(on, news, measures, tuple(found)))
        if len(self.past) > LOOKED_BACK:  # the last that brought something stays, however old
            del self.past[0 if any(one.news_count for one in self.past[1:]) else 1]
        return [f"{one.kind}: {one.reason}" for one in found]

    def _read(self, page: Sequence[ItemRecord], on: date) -> Measures:
        measuring, days = Measuring(on), []
        states: Counter[str] = Counter()
        for one in page:
            measuring.see(one)
            content = hash((one.title, one.url, one.summary, one.text, one.published_on, one.authors, one.lang))
            known = self.known.get(one.external_id)
            states["new" if known is None else "same" if known == content else "changed"] += 1
            days += [one.published_on] if known is None else []
            self.known[one.external_id] = content
        late = late_count(days, self.past[-1].on) if self.past else 0
        return measuring.result(new_count=states["new"], changed_count=states["changed"], late_count=late)


@dataclass(frozen=True, slots=True)
class Case:
    """One breakage: whether and when it was found, in expected intervals; ``is_hidden`` while health looked the same."""

    how: str
    habit: str
    intervals: float | None
    is_hidden: bool
    reasons: tuple[str, ...] = ()


def break_one(seed: str, how: str) -> Case:
    """A publisher breaks on some day of fourteen months and is visited until it is noticed."""
    chance = random.Random(seed)
    publisher = Publisher(chance.choice(HABITS), chance)
    while not possible(publisher, how):
        publisher = Publisher(chance.choice(HABITS), chance)
    habit, judge = publisher.habit, Judge(publisher)
    every = timedelta(hours=habit.every_hours)
    first = NOON + timedelta(days=chance.uniform(0, 425))
    judge.of(publisher.page(first - timedelta(hours=6)), first.date())
    began, last = first + BEFORE * every, first + BEFORE * every + timedelta(days=max(400, 3 * judge.quiet))
    interval = timedelta(days=publisher.usual_gap()) if how in IN_TIME else every
    fault: Fault | None = None
    healthy: list[ItemRecord] = []
    is_hidden = how in ("same page", "dates stuck", "empty list")
    for now in publisher.visits(first, last):
        page = publisher.page(now)
        if now < began:
            judge.of(page, now.date())
            healthy = page
            continue
        fault = fault or FAULTS[how](publisher, began)
        # as long as the healthy page would have been the same, or as empty, nobody could know
        is_hidden = is_hidden and (not page if how == "empty list" else page == healthy)
        if found := judge.of(fault(page, now), now.date()):
            return Case(how, habit.name, max(every, now - began) / max(interval, every), is_hidden, tuple(found))
    return Case(how, habit.name, None, is_hidden)


def accuse(seed: str, number: int) -> tuple[str, list[str]]:
    """The false alarms of a healthy publisher in a year; visits in a row count once."""
    chance = random.Random(seed)
    publisher = Publisher(HABITS[number % len(HABITS)], chance)
    judge, every = Judge(publisher), timedelta(hours=publisher.habit.every_hours)
    first = NOON + timedelta(days=chance.uniform(0, 300))
    begins = first + BEFORE * every
    told: list[str] = []
    was = False
    for now in publisher.visits(first, begins + timedelta(days=365)):
        found = judge.of(publisher.page(now), now.date())
        if found and not was and now >= begins:
            told.append(found[0])
        was = bool(found)
    return publisher.habit.name, told


def measure(half: str, count: int) -> tuple[list[str], list[str]]:
    """The figures of one half, and what they miss."""
    cases = [break_one(f"{half} {n}", [*FAULTS][n % len(FAULTS)]) for n in range(count)]
    years = [accuse(f"{half} healthy {n}", n) for n in range(max(len(HABITS), count // 10))]
    waits = [case.intervals for case in cases if case.intervals is not None]
    share, wait = len(waits) / count, median(waits) if waits else float("inf")
    accused = sum(len(told) for _, told in years) / len(years)
    lines = [
        f"{half}: {len(waits)} of {count} breakages found ({share:.1%}), median after {wait:.1f} expected intervals;"
        f" {accused:.2f} false alarms per source and year over {len(years)} years"
    ]
    for title, name in (("by fault", "how"), ("by publisher", "habit")):
        groups: dict[str, list[float | None]] = defaultdict(list)
        for case in cases:
            groups[getattr(case, name)].append(case.intervals)
        lines.append(f"{half}, {title}: " + ", ".join(_said(one, waited) for one, waited in groups.items()))
    wrong: dict[str, list[int]] = defaultdict(list)
    for habit, told in years:
        wrong[habit].append(len(told))
    lines.append(f"{half}, false alarms: " + ", ".join(f"{one} {sum(n) / len(n):.2f}" for one, n in wrong.items()))
    hidden = [case for case in cases if case.is_hidden]
    late = [case.intervals for case in hidden if case.intervals is not None]
    lines.append(
        f"{half}, of these nobody could know when they were found or given up, a healthy page would have been the same:"
        f" {len(hidden)} ({', '.join(sorted({f'{case.how} of {case.habit}' for case in hidden})) or 'none'}),"
        f" {len(late)} found, median after {median(late) if late else 0:.1f} intervals"
    )
    missed = [f"{half}: {share:.1%} found"] if share < ENOUGH else []
    missed += [f"{half}: median {wait:.1f} intervals"] if wait > MEDIAN else []
    missed += [f"{half}: {accused:.2f} false alarms a year"] if accused > ACCUSED else []
    return lines, missed


def _said(name: str, waited: list[float | None]) -> str:
    found = [one for one in waited if one is not None]
    return f"{name} {len(found)}/{len(waited)} after {median(found) if found else float('nan'):.1f}"


def prove(count: int, only: str = "") -> list[str]:
    """``count`` breakages in each half, or in one. Raises Missed when a half misses a criterion."""
    lines: list[str] = []
    missed: list[str] = []
    for half in [only] if only else HALVES:
        told, lacking = measure(half, count)
        lines, missed = lines + told, missed + lacking
    if missed:
        raise Missed("; ".join(missed) + "\n" + "\n".join(lines))
    return lines
