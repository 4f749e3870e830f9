"""The schedule over thousands of days in simulated time: who is due is asked, once, and nobody before."""

from __future__ import annotations

import gc
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from collectors.commands import watching
from data import store_runs
from data.database import Database, collected_path, open_writer, rows
from data.store_runs import BADLY
from tests.trust import Missed
from tests.trust.dying import quick_folder, surroundings
from tests.trust.simulated import BEGAN, SOURCES, Machine, Publishers, World

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
#: how late a round may begin after a source is due or the round before it ended: the shortest sleep and the clock's rest
LATE = timedelta(seconds=33)
ZONES = ("UTC", "Europe/Paris", "Europe/Copenhagen")
#: what the process may grow by between the first tenth and the end of all days
MOST_GROWTH = 24.0


class Audit:
    """Knows from the visits in the database alone who is due when, by its own arithmetic; notes what is otherwise."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.last: dict[str, tuple[datetime, int]] = {}
        self.wrong: list[str] = []
        self.visits: Counter[str] = Counter()
        self.latest = timedelta(0)
        self.rounds = self.failures = self.broken_off = self._seen = 0
        self._ended = world.shown()
        self._due: set[str] = set()
        self._db: Database | None = None
        self.memory: list[tuple[timedelta, float]] = []
        self.is_first = True

    def started(self) -> None:
        self.is_first = True
        self.failures, self._ended = 0, self.world.shown()
        if self._seen:
            self._take_in(whole=False)

    def due_at(self, name: str) -> datetime:
        if name not in self.last:
            return BEGAN
        began, failures = self.last[name]
        interval = timedelta(hours=SOURCES[name])
        return began + (min(interval, 15 * MINUTE * 2 ** min(failures - 1, 30)) if failures else interval)

    def before(self) -> None:
        now = self.world.shown()
        slack = min(MINUTE * 2 ** (self.failures - 1), 15 * MINUTE) + 3 * SECOND if self.failures else LATE
        self._due = {name for name in SOURCES if self.due_at(name) <= now}
        for name in self._due:
            late = now - max(self.due_at(name), self._ended)
            self.latest = max(self.latest, late)
            if late > slack:
                self.wrong.append(f"{name} was due at {self.due_at(name)} and not asked before {now}")

    def after(self) -> None:
        self.is_first = False
        self.rounds += 1
        self.failures, self._ended = 0, self.world.shown()
        visited = self._take_in(whole=True)
        if missing := self._due - visited.keys():
            self.wrong.append(f"{sorted(missing)} were due and left out at {self._ended}")
        if self.rounds % 500 == 0:
            self.memory.append((self.world.passed, megabytes()))

    def failed(self, why: str = "") -> None:
        self.wrong += [f"a round failed: {why}"] if why else []
        self.failures, self._ended = self.failures + 1, self.world.shown()

    def _take_in(self, whole: bool) -> Counter[str]:
        """The visits since the last look: none before its time, none twice in a round."""
        self._db = self._db or open_writer(collected_path())
        found = rows(self._db, "SELECT * FROM run WHERE run_id > ? ORDER BY run_id", (self._seen,))
        visited: Counter[str] = Counter()
        for row in found:
            self._seen, name = int(row["run_id"]), str(row["source_id"])
            if not row["outcome"]:
                self.broken_off += 1
                if whole:
                    self.wrong.append(f"a visit to {name} has no end")
                continue
            began, failures = datetime.fromisoformat(row["started_at"]), self.last.get(name, (BEGAN, 0))[1]
            if name in self.last and began < self.due_at(name):
                self.wrong.append(f"{name} was visited at {began} and due at {self.due_at(name)}")
            self.last[name] = (began, failures + 1 if row["outcome"] in BADLY else 0)
            visited[name] += 1
        self.visits += visited
        self.wrong += [f"{name} was visited {n} times in a round" for name, n in visited.items() if n > 1]
        return visited

    def close(self) -> None:
        if self._db is not None:
            self._db.close()


def megabytes() -> float:
    """What this process holds in memory now."""
    gc.collect()
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:  # not Linux
        return 0.0


@contextmanager
def _simulated(days: float, seed: int, **conditions: float) -> Iterator[tuple[Machine, Audit]]:
    """A monitor that ran so many days, with what was noted of it."""
    with quick_folder() as home, surroundings(MONITOR_HOME=str(home), MONITOR_SMTP="smtp://127.0.0.1?tls=none"):
        world, chance, until = World(), random.Random(seed), timedelta(days=days)
        publishers = Publishers(
            world, random.Random(seed), until - min(45 * DAY, until * 0.9)
        )  # the longest wait ends before the end
        publishers.is_slow = bool(conditions.pop("slow", True))
        audit = Audit(world)
        world.setting = conditions.pop("setting", 0.0)
        machine = Machine(world, publishers, audit, chance, until, **conditions)
        try:
            machine.run()
            yield machine, audit
        finally:
            audit.close()


def prove(count: int) -> list[str]:
    """``count`` days; the other conditions for as many of them as show something. Raises Missed."""
    return [
        *_everything(count),
        _zones(min(count, 250)),
        _deaths(min(count, 500)),
        _steps(min(count, 500)),
        _control(min(count, 60)),
    ]


def _everything(count: int) -> list[str]:
    """Slow and refusing publishers, a second collection, a mail server that is away: all at once."""
    began = time.monotonic()
    with _simulated(count, 1, locked=0.0005, no_mail=0.01) as (machine, audit):
        publishers = machine.publishers
        _sound(machine, audit)
        told = machine.teller.told
        away = told["digests failed OSError"]
        early_in_life = next((held for at, held in audit.memory if at >= timedelta(days=count) / 10), 0.0)
        growth = audit.memory[-1][1] - early_in_life if audit.memory else 0.0
        lines = [
            f"{count} days, {audit.rounds} rounds, {sum(audit.visits.values())} visits of {len(SOURCES)} sources"
            f" ({time.monotonic() - began:.0f} s): 0 before they were due, 0 left out, 0 twice;"
            f" a round began at most {_seconds(audit.latest)} after it had to",
            f"{sum(publishers.said.values())} refusals with Retry-After in {len(publishers.said)} forms, the longest"
            f" wait {publishers.longest_hold.days} days: 0 of {publishers.exchanges} requests went to a host before its"
            " time",
            f"{machine.refused} rounds begun while another ran: all refused; {told['round_failed StorageError']} rounds"
            f" met another collection and were made later; mails failed {away} times and moved no visit",
            f"memory: {early_in_life:.1f} MB after a tenth, {growth:+.1f} MB until the end",
        ]
    if growth > MOST_GROWTH:
        raise Missed(f"{lines[-1]}, more than {MOST_GROWTH} MB")
    return lines


def _zones(count: int) -> str:
    """The same days in zones with and without summer time."""
    told, changes = {}, 0
    for zone in ZONES:
        with surroundings(TZ=zone):
            time.tzset()
            try:
                with _simulated(count, 2, slow=False) as (machine, audit):
                    _sound(machine, audit)
                    db = open_writer(collected_path())
                    told[zone] = rows(db, "SELECT source_id, started_at, outcome FROM run ORDER BY run_id")
                    db.close()
                    days = _local_days(count)
                    changes += _once_a_day(zone, days, machine.mails["daily"], told[zone])
            finally:
                time.tzset()
        time.tzset()
        if told[zone] != told["UTC"]:
            raise Missed(f"the visits in {zone} are not those in UTC")
    if not changes:
        raise Missed("no day of these had another length than 24 hours")
    return (
        f"{count} days in {', '.join(ZONES)}: the same {len(told['UTC'])} visits; {changes} days of 23 or 25 hours, each"
        " with one visit of a daily source and one daily mail"
    )


def _local_days(count: int) -> dict[str, float]:
    """Every whole local day of the simulation but its first two: name -> hours."""
    noon = BEGAN.astimezone().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    starts = [(noon + n * DAY).astimezone() for n in range(2, count)]
    return {f"{one:%Y-%m-%d}": (after.timestamp() - one.timestamp()) / 3600 for one, after in pairwise(starts)}


def _once_a_day(zone: str, days: dict[str, float], mails: list[datetime], visits: list[dict[str, str]]) -> int:
    """How many days are not 24 hours long. Raises Missed when one had not one visit and one mail."""
    daily = [datetime.fromisoformat(one["started_at"]) for one in visits if one["source_id"] == "daily"]
    for what, instants in (("mails", mails), ("visits", daily)):
        found = Counter(f"{one.astimezone():%Y-%m-%d}" for one in instants)
        odd = {day: found[day] for day in days if found[day] != 1 and (what == "mails" or days[day] != 24)}
        if odd:
            raise Missed(f"daily {what} in {zone}: {odd}")
    return sum(hours != 24 for hours in days.values())


def _deaths(count: int) -> str:
    """The process ends at any look at the clock, in the middle of whatever it does, and is started again."""
    with _simulated(count, 3) as (machine, audit):
        _sound(machine, audit)
        undisturbed = _kept()
    with _simulated(count, 3, dying=0.0004) as (machine, audit):
        _sound(machine, audit)
        if (kept := _kept()) != undisturbed:
            raise Missed(f"after {machine.starts - 1} deaths {len(kept ^ undisturbed)} articles differ")
        if machine.starts < 3 or not audit.broken_off:
            raise Missed(f"{machine.starts - 1} deaths, {audit.broken_off} of them in a visit, show nothing")
        return (
            f"{machine.starts - 1} deaths in {count} days, {audit.broken_off} in the middle of a visit: the same"
            f" {len(kept)} articles as without; 0 visits skipped, 0 before their time, 0 requests to a host on hold"
            f" ({machine.publishers.forgiven} deaths between an answer and the writing of what it asked for)"
        )


def _steps(count: int) -> str:
    """A clock that is set a day ahead and a day back, between rounds and in them."""
    with _simulated(count, 4, slow=False, setting=0.0005) as (machine, _):
        world = machine.world
        early, longest, number = 0, timedelta(0), 0
        for name in ("frequent", "daily", "weekly"):
            interval = timedelta(hours=SOURCES[name])
            times = machine.publishers.asked[f"https://{name}.example/{name}"]
            number += len(times)
            for sooner, later in pairwise([*times, world.passed]):
                stepped = sum((by for at, by in world.steps if sooner <= at <= later), timedelta(0))
                early += later - sooner < interval - MINUTE and later != world.passed
                longest = max(longest, later - sooner - interval - stepped)
                if later - sooner > interval + stepped + MINUTE:
                    raise Missed(f"{name} was silent for {later - sooner}; the clock moved by {stepped} meanwhile")
        line = (
            f"{len(world.steps)} steps of the clock by a day or two in {count} days: {early} of {number} visits came"
            f" before the interval, at most {2 * 3 * len(world.steps)}; no silence longer than the interval, the steps"
            f" in it and {_seconds(longest)}"
        )
        if early > 2 * 3 * len(world.steps) or len(world.steps) < count // 20:
            raise Missed(line)
        return line


def _control(count: int) -> str:
    """A schedule that forgets what hosts asked for, and one that visits everything in each round, are found out."""
    told = []
    forgetful = patch.object(store_runs, "held_hosts", lambda *_: {})
    hasty = patch.object(watching, "due", lambda sources, *_: list(sources))
    for what, fault in (("holds", forgetful), ("due times", hasty)):
        with fault, _simulated(count if what == "holds" else 3, 5) as (machine, audit):
            wrong = machine.publishers.early if what == "holds" else audit.wrong
            if not wrong:
                raise Missed(f"a schedule that ignores {what} was not seen")
            told.append(f"{what} ignored: seen {len(wrong)} times")
    return f"control: {', '.join(told)}"


def _kept() -> set[tuple[str, str, str]]:
    db = open_writer(collected_path())
    found = rows(db, "SELECT source_id, external_id, title FROM item JOIN item_text USING (item_id)")
    db.close()
    return {(one["source_id"], one["external_id"], one["title"]) for one in found}


def _sound(machine: Machine, audit: Audit) -> None:
    """Raise Missed for whatever was noted."""
    if early := machine.publishers.early:
        raise Missed(f"{len(early)} requests to a host on hold: {early[:3]}")
    if audit.wrong:
        raise Missed(f"{len(audit.wrong)} times: {audit.wrong[:3]}")
    if lost := machine.publishers.articles() - {f"{source} {key}" for source, key, _ in _kept()}:
        raise Missed(f"{len(lost)} articles were never collected: {sorted(lost)[:5]}")


def _seconds(length: timedelta) -> str:
    return f"{length.total_seconds():.0f} s"
