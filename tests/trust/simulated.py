"""A monitor in simulated time: the real schedule, rounds, door and database; only time and the publishers are made up.

Time passes when the schedule sleeps and when a publisher is slow. The machine's clock shows it, plus what it is wrong by.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import urlsplit

from collectors import schedule
from collectors.access import Dressed
from collectors.clock import Clock, stamp
from collectors.commands.collecting import network_door
from collectors.commands.watching import Hands, Teller, make_round
from collectors.digests import is_due
from collectors.outcomes import Failure, Validators
from collectors.run import Plan, collect
from collectors.waits import LONGEST_HOLD
from collectors.wire import Answer
from data import migrations, store_sources
from data.database import Database, collected_path, open_writer, writer_lock
from data.errors import StorageError
from data.models import Source
from data.reference import load_sources
from data.store import Entry
from data.subscriptions import Subscription

BEGAN = datetime(2026, 3, 1, 11, 40, 17, 250_000, tzinfo=UTC)
#: source -> its interval in hours, and the path it is asked at; the host is its own but for those of BUSY
SOURCES = dict(
    {
        "frequent": 3, "busy": 6, "beside-busy": 12, "moved": 24, "daily": 24, "weekly": 168,
        "down": 12, "slow": 168, "impatient": 24,
    }
)  # fmt: skip
HOSTS = {"beside-busy": "busy.example"}
#: what a publisher that wants to be left alone may say, and how long it means that
FORMS = (
    "seconds", "minutes", "a day", "a date", "a past date", "999999999", "a date in 2099", "soon", "-5", "",
)  # fmt: skip
#: an article of each publisher every so many days, and how many an answer holds
EVERY_DAYS, SHOWN = 20, 12


class Died(BaseException):
    """The process ends here, at once."""


@dataclass
class Held:
    """What a host asked for: not before ``until``, said in the exchange number ``said_in``."""

    until: datetime
    said_in: int


@dataclass
class World:
    """Time, and the machine's clock. ``dies`` tells at each look at the clock whether the process ends there."""

    passed: timedelta = timedelta(0)
    wrong_by: timedelta = timedelta(0)
    dies: Callable[[], bool] = bool
    setting: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(9))
    steps: list[tuple[timedelta, timedelta]] = field(default_factory=list)

    def clock(self) -> datetime:
        """What the machine shows."""
        if self.dies():
            raise Died
        return self.shown()

    def shown(self) -> datetime:
        """The same for those who watch it."""
        return BEGAN + self.passed + self.wrong_by

    def sleep(self, seconds: float) -> None:
        """Time passes; now and then somebody sets the clock a day ahead, a day back, or right."""
        self.passed += timedelta(seconds=seconds)
        if self.setting and self.chance.random() < self.setting:
            before, self.wrong_by = self.wrong_by, timedelta(days=self.chance.choice((-1, 0, 1)))
            if before != self.wrong_by:
                self.steps.append((self.passed, abs(self.wrong_by - before)))


@dataclass
class Publishers:
    """Every publisher, in place of the network. ``early`` counts requests to a host before it said it may be asked."""

    world: World
    chance: random.Random
    last_article: timedelta
    asked: dict[str, list[timedelta]] = field(default_factory=lambda: defaultdict(list))
    holds: dict[str, Held] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    early: list[str] = field(default_factory=list)
    longest_hold: timedelta = timedelta(0)
    exchanges: int = 0
    forgiven: int = 0
    down_until: timedelta = timedelta(0)
    is_slow: bool = True
    during: Callable[[], None] = lambda: None

    def exchange(
        self, ask: Dressed, _accept: str, validators: Validators, _most: int, _deadline: float
    ) -> Answer | Failure:
        """Answer as the host does."""
        host = urlsplit(ask.url).hostname or ""
        self.exchanges += 1
        self.asked[ask.url].append(self.world.passed)
        held, now = self.holds.get(host), self.world.shown()
        if held and now < held.until:
            self.early.append(f"{host} was asked at {now}, held until {held.until}")
        self.world.sleep(self.chance.uniform(0.05, 0.6))
        name = host.removesuffix(".example")
        if name == "busy" and self.chance.random() < 0.08:
            return self._refusal(ask.url, host)
        if name == "impatient" and self.chance.random() < 0.1:
            self._hold(host, timedelta(days=2))
            return self._answer(ask.url, {"retry-after": str(2 * 86_400)})
        if name == "moved":
            return Answer(ask.url, 302, {"location": "https://busy.example/beside-busy"}, b"")
        if name == "down" and self._is_down():
            return Failure(self.chance.choice(("dns", "connect", "timeout")), ask.url, "nobody there")
        if name == "slow" and self.is_slow and self.chance.random() < 0.5:
            self.world.sleep(self.chance.uniform(1, 9) * 3_600)
            self.during()
        if validators.etag == self._etag():
            return Answer(ask.url, 304, {}, b"")
        return self._answer(ask.url, {"etag": self._etag()})

    def close(self) -> None:
        """Nothing is open."""

    def died(self) -> None:
        """The process died: what the last exchange said it may never have read."""
        for host, held in list(self.holds.items()):
            if held.said_in == self.exchanges and held.until > self.world.shown():
                del self.holds[host]
                self.forgiven += 1

    def _is_down(self) -> bool:
        if self.world.passed > self.down_until + timedelta(days=9):  # up for nine days, then down for up to six
            self.down_until = self.world.passed + timedelta(hours=self.chance.uniform(1, 144))
        return self.world.passed < self.down_until

    def _refusal(self, url: str, host: str) -> Answer:
        form, now = self.chance.choice(FORMS), self.world.shown()
        seconds = {"seconds": 4, "minutes": 600, "a day": 86_400, "999999999": 999_999_999}.get(form)
        value = str(seconds) if seconds is not None else form
        length = timedelta(seconds=seconds or 0)
        if form in ("a date", "a past date", "a date in 2099"):
            length = {"a date": timedelta(hours=7), "a past date": -timedelta(days=3)}.get(form, timedelta(days=27_000))
            value = format_datetime((now + length).replace(microsecond=0), usegmt=True)
            length -= timedelta(microseconds=now.microsecond)
        self.said[form] += 1
        if length > timedelta(0):
            self._hold(host, min(length, LONGEST_HOLD))
        return Answer(url, self.chance.choice((429, 503)), {"retry-after": value} if value else {}, b"")

    def _hold(self, host: str, length: timedelta) -> None:
        until = (self.world.shown() + length).replace(microsecond=0)  # kept in whole seconds
        self.holds[host] = Held(until, self.exchanges)
        self.longest_hold = max(self.longest_hold, length)

    def _newest(self) -> int:
        return int(min(self.world.passed, self.last_article) / timedelta(days=EVERY_DAYS))

    def _etag(self) -> str:
        return f'"{self._newest()}"'

    def _answer(self, url: str, headers: dict[str, str]) -> Answer:
        name = urlsplit(url).path.strip("/")
        items = "".join(
            f"<item><title>Nouvelle {n}</title><guid>{name}-{n}</guid><link>https://{name}.example/{n}</link></item>"
            for n in range(max(0, self._newest() - SHOWN + 1), self._newest() + 1)
        )
        body = f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>"
        return Answer(url, 200, {"content-type": "application/rss+xml", **headers}, body.encode())

    def articles(self) -> set[str]:
        """Every article there ever was at a publisher that answers."""
        return {f"{name} {_told_by(name)}-{n}" for name in SOURCES for n in range(self._newest() + 1)}


class Watching(Protocol):
    """Who sees every round."""

    def started(self) -> None:
        """The process started."""

    def before(self) -> None:
        """A round begins."""

    def after(self) -> None:
        """It ended."""

    def failed(self, why: str = "") -> None:
        """It could not be made, for a reason that nobody arranged."""

    @property
    def is_first(self) -> bool:
        """Whether no round was made yet since the process started."""


def _told_by(name: str) -> str:
    return "beside-busy" if name == "moved" else name


def sources() -> list[Source]:
    """The sources, modelled on a feed of the catalogue."""
    model = next(one for one in load_sources() if one.collector == "feed")
    return [
        replace(
            model, id=name, urls=(f"https://{HOSTS.get(name, f'{name}.example')}/{name}",), every_hours=hours,
            min_records=0, articles=False, robots=False, quiet_days=4_000, options={},
        )
        for name, hours in SOURCES.items()
    ]  # fmt: skip


class Quiet(Teller):
    """Counts what is told; prints nothing."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(argparse.Namespace(log="json", now=clock))
        self.told: Counter[str] = Counter()

    def note(self, event: str, **facts: object) -> None:
        self.told[" ".join(str(one) for one in (event, facts.get("outcome", ""), facts.get("error", "")) if one)] += 1


@dataclass
class Machine:
    """The monitor: it runs, dies, is started again. ``watched`` sees every round before it begins and after it ended."""

    world: World
    publishers: Publishers
    watched: Watching
    chance: random.Random
    until: timedelta
    #: a minute in so many, when the process dies, when another program holds the lock, when mails cannot be sent
    dying: float = 0.0
    locked: float = 0.0
    no_mail: float = 0.0
    starts: int = 0
    refused: int = 0
    mails: dict[str, list[datetime]] = field(default_factory=lambda: {"daily": [], "weekly": []})

    def __post_init__(self) -> None:
        self.options = argparse.Namespace(now=self.world.clock, log="json", replay=None, record=None, jobs=1)
        self.teller = Quiet(self.world.clock)
        self.sources = sources()
        self.hands = Hands(lambda: self.sources, self._opened, self._gather, self._send)
        self.publishers.during = self._second
        self.locked_until = timedelta(-1)
        self.world.dies = lambda: self.dying > 0 and self.chance.random() < self.dying

    def run(self) -> None:
        """From here to the end, through every death."""
        while self.world.passed < self.until:
            self.starts += 1
            self.watched.started()
            try:
                schedule.watch(self._round, self.world.clock, self._pause, self.teller.tell)
            except Died:
                self.publishers.died()
                self.world.sleep(60)  # whoever keeps it running starts it again

    def _round(self) -> datetime:
        self.watched.before()
        if self.chance.random() < self.locked:
            self.locked_until = self.world.passed + timedelta(minutes=self.chance.uniform(1, 90))
        if self.world.passed < self.locked_until:
            with writer_lock(collected_path()):
                self.watched.failed()
                return make_round(self.options, self.teller, self.hands)
        try:
            found = make_round(self.options, self.teller, self.hands)
        except Exception as error:
            self.watched.failed(f"{type(error).__name__}: {error}")
            raise
        self.watched.after()
        return found

    def _pause(self, seconds: float) -> bool:
        self.world.sleep(seconds + self.chance.random())
        return self.world.passed >= self.until

    def _opened(self, clock: Clock) -> Database:
        db = open_writer(collected_path())
        if self.watched.is_first:
            migrations.migrate(db)
            store_sources.source_rows(db, self.sources)
        return db

    def _gather(
        self, db: Database, chosen: list[Source], options: argparse.Namespace, say: Callable[[str], None]
    ) -> dict[str, str]:
        with closing(network_door(db, options.now, self.publishers, self._wait)) as door:
            return collect(
                db, Plan(chosen, jobs=1), door, lambda record, *_: Entry(record), options.now, say, lambda: None
            )

    def _wait(self, seconds: float) -> None:
        if seconds > 3.5:  # the door's pauses between tries and requests are left to chance: no two runs would be equal
            self.world.sleep(seconds)

    def _send(self, clock: Clock) -> int:
        if self.chance.random() < self.no_mail:
            raise OSError("the mail server is away")
        for every, sent in self.mails.items():
            last = stamp(lambda: sent[-1]) if sent else ""  # noqa: B023 - called at once
            if is_due(Subscription(1, "", "", "", "", every, "en", "", "", "", last, "", 0), clock()):
                sent.append(clock())
        return 0

    def _second(self) -> None:
        """Another program wants to collect while a round runs."""
        try:
            make_round(self.options, self.teller, self.hands)
        except StorageError:
            self.refused += 1
