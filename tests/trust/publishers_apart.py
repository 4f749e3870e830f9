"""Publishers as they are met, for a second proof of the alarms that knows nothing of how these are decided.

Calendars with recess, holidays and elections; weekly and daily journals; feeds that come in bursts; notices of which
there are a handful a year; a list that hardly ever changes; registers that begin anew with a session. What they do by
right is among it: fields that become rarer over months, pages that are rebuilt longer or shorter, corrected titles,
readers that were switched off for a fortnight.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from data.models import ItemRecord

BEGIN = date(2024, 1, 1)
LOOKED_BACK = 730  # days that whoever declares a source has looked back at
_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (12, 24), (12, 25), (12, 26), (12, 31)}
_EASTER = {2022: (4, 17), 2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28)}
WORDS = {
    "fr": "la proposition de loi visant à réprimer les hypertrucages été adoptée député sénatrice première lecture après"
    " régulation numérique autorité protège mineurs débat société européenne générée événement sécurité",
    "en": "the bill on deepfakes was introduced “without consent” committee stage minister’s reply online safety act"
    " regulator guidance – children victims offence platform duty notice report House",
    "de": "der Gesetzentwurf über täuschend echte Bilder für Persönlichkeitsschutz würde geändert Ausschuss Länder"
    " künftig Verstöße Behörde Öffentlichkeit gemäß Prüfung Anhörung",
    "es": "la proposición de ley orgánica sobre ultrasuplantaciones diputación comisión niñas imágenes protección"
    " informática señaló aprobación España educación más también",
    "pl": "ustawa o zwalczaniu fałszywych nagrań została przyjęta przez sejm żądanie ochrony wizerunku głosowanie"
    " później rząd zgłosił poprawkę świadczeń cyfrowych",
}
Chance = random.Random


def poisson(mean: float, chance: Chance) -> int:
    """A number of independent happenings."""
    if mean > 50:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    least, count, product = math.exp(-mean), 0, chance.random()
    while product > least:
        count, product = count + 1, product * chance.random()
    return count


def bursts(mean: float, shape: float, chance: Chance) -> int:
    """A number that scatters more than chance alone: the smaller ``shape`` the more."""
    return poisson(mean * chance.gammavariate(shape, 1 / shape), chance) if mean else 0


@dataclass
class Calendar:
    """The days on which a body sits. Summer and Christmas are its own; now and then it is dissolved."""

    chance: Chance
    weekdays: tuple[int, ...] = (1, 2, 3)
    breaks: list[tuple[date, date]] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = self.chance
        summer, autumn, winter = chance.randint(0, 30), chance.randint(0, 40), chance.randint(4, 14)
        for year in range(2020, 2029):
            self._rest(
                date(year, 7, 1) + timedelta(summer + chance.randint(-3, 3)), date(year, 8, 28) + timedelta(autumn)
            )
            self._rest(date(year, 12, 17) + timedelta(chance.randint(0, 5)), date(year + 1, 1, winter))
            easter = date(year, *_EASTER.get(year, (4, 10)))
            self._rest(easter - timedelta(9), easter + timedelta(8))
            self._rest(date(year, 2, 12), date(year, 2, 12) + timedelta(chance.choice((6, 9, 16))))
            if chance.random() < 0.2:
                dissolved = date(year, 1, 1) + timedelta(chance.randrange(365))
                self._rest(dissolved, dissolved + timedelta(chance.randint(40, 75)))

    def _rest(self, first: date, last: date) -> None:
        self.breaks.append((first, last))

    def sits(self, day: date) -> bool:
        """Whether there is a sitting that day."""
        return day.weekday() in self.weekdays and not self.rests(day)

    def rests(self, day: date) -> bool:
        """Whether the body is in recess, as its calendar announces."""
        return any(first <= day <= last for first, last in self.breaks)


@dataclass(frozen=True, slots=True)
class Habit:
    """One kind of publisher. ``page`` is what it shows: the ``latest``, those of a ``window`` of days, the last
    ``issue``, ``all`` of a session, or a search that ``churns``. ``kind`` and ``every_hours`` are as in the catalogue."""

    name: str
    kind: str
    every_hours: int
    page: str
    size: tuple[int, int]
    rhythm: Callable[[Publisher, date], int]
    min_records: int = 1
    texts: float = 0.5  # share of such publishers that give whole texts


def _sitting(one: Publisher, day: date) -> int:
    return bursts(one.level, 1.5, one.chance) if one.calendar.sits(day) else 0


def _journal(one: Publisher, day: date) -> int:
    if day.weekday() != one.weekday or (day.month == 8 and day.day > 8 and one.level < 30):
        return 0
    return 0 if (day.month, day.day) in _HOLIDAYS else 2 + bursts(one.level, 3, one.chance)


def _gazette(one: Publisher, day: date) -> int:
    easter = date(day.year, *_EASTER.get(day.year, (4, 10)))
    closed = day.weekday() == 6 or (day.month, day.day) in _HOLIDAYS or day == easter + timedelta(1)
    return 0 if closed else 1 + bursts(one.level * (0.6 if day.weekday() == 5 else 1), 4, one.chance)


def _news(one: Publisher, day: date) -> int:
    one.storm = one.storm * 0.7 + (one.chance.paretovariate(1.7) if one.chance.random() < 0.04 else 0)
    quiet = (0.35 if day.weekday() > 4 else 1) * (0.5 if day.month == 8 or (day.month, day.day) in _HOLIDAYS else 1)
    return bursts(one.level * quiet * (1 + one.storm), 2, one.chance)


def _search(one: Publisher, day: date) -> int:
    one.storm = one.storm * 0.6 + (one.chance.paretovariate(1.2) if one.chance.random() < 0.03 else 0)
    return bursts(one.level / 20 * (1 + one.storm), 0.6, one.chance)


def _rare(one: Publisher, day: date) -> int:
    return int(day.weekday() < 5 and one.chance.random() < one.yearly / 260)


def _blog(one: Publisher, day: date) -> int:
    if day.weekday() > 4 or day.month == 8 or (day.month, day.day) >= (12, 20):
        return 0
    return bursts(one.level / 90, 0.3, one.chance)


def _court(one: Publisher, day: date) -> int:
    deliveries = day.weekday() == one.weekday and day.isocalendar().week % 2 == 0
    return bursts(one.level / 2, 2, one.chance) if deliveries and not one.calendar.rests(day) else 0


def _fixed(one: Publisher, day: date) -> int:
    return int(one.chance.random() < 1 / 400)


HABITS = (
    Habit("debates", "parliament", 24, "latest", (10, 50), _sitting, 3),
    Habit("questions of the week", "parliament", 12, "window", (7, 21), _sitting, 0),
    Habit("register of bills", "parliament", 24, "all", (0, 0), _sitting, 1, 0.2),
    Habit("weekly journal", "government", 24, "issue", (0, 0), _journal, 1),
    Habit("daily gazette", "government", 12, "issue", (0, 0), _gazette, 1),
    Habit("busy news", "news", 3, "latest", (15, 60), _news, 5),
    Habit("slow news", "news", 6, "latest", (10, 30), _search, 3),
    Habit("search", "news", 12, "churns", (20, 100), _search, 1, 0.0),
    Habit("rare notices", "regulator", 24, "latest", (5, 20), _rare),
    Habit("regulator", "regulator", 12, "latest", (8, 25), _blog, 3),
    Habit("organisation", "ngo", 24, "latest", (6, 12), _blog, 3),
    Habit("court", "court", 24, "latest", (10, 30), _court, 1),
    Habit("ten fixed entries", "regulator", 168, "latest", (10, 10), _fixed, 5),
)


@dataclass
class Publisher:
    """One publisher of a habit, with a character of its own; ``page`` is what it shows at an hour."""

    habit: Habit
    chance: Chance
    storm: float = 0.0
    shown: list[tuple[datetime, ItemRecord]] = field(default_factory=list)
    by_day: dict[date, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chance = self.chance
        self.calendar = Calendar(chance, chance.choice(((1, 2, 3), (0, 1, 2, 3, 4), (2, 3))))
        self.level = {"daily gazette": 40.0, "weekly journal": 25.0, "debates": 8.0}.get(self.habit.name, 6.0)
        self.level *= chance.lognormvariate(0, 0.6)
        self.yearly, self.weekday = chance.randint(2, 6), chance.randrange(1, 5)
        self.size = chance.randint(*self.habit.size)
        self.lang = chance.choice([*WORDS])
        self.by_link, self.tells_unchanged = chance.random() < 0.4, chance.random() < 0.5
        self.section = chance.choice(("/politique/", "/news/", "/aktuell/", "/")) if chance.random() < 0.7 else "/"
        self.has_texts = chance.random() < self.habit.texts
        self.fills = {
            "summary": chance.choice((0.0, 1.0, 1.0, chance.uniform(0.5, 1.0))),
            "text": chance.choice((1.0, chance.uniform(0.6, 1.0))) if self.has_texts else 0.0,
            "date": chance.choice((1.0, 1.0, chance.uniform(0.8, 1.0))),
            "authors": chance.choice((0.0, 1.0, chance.uniform(0.2, 0.9))),
        }
        self.drifts = chance.choice([*self.fills]) if chance.random() < 0.2 else ""
        self.drift = (BEGIN + timedelta(chance.randrange(700)), chance.randint(90, 300), chance.uniform(0.05, 0.4))
        self.rebuilt = BEGIN + timedelta(chance.randrange(800)) if chance.random() < 0.15 else date.max
        self.rebuilt_by = chance.choice((0.7, 0.8, 1.25, 1.5))
        self.corrects = chance.choice((0.0, 0.01, 0.05))
        self.serial = 0
        self.day = BEGIN - timedelta(LOOKED_BACK)
        while self.day < BEGIN:
            self.by_day[self.day] = self.habit.rhythm(self, self.day)
            self.day += timedelta(1)
        self.backlog()

    def backlog(self) -> None:
        """What stood there at the beginning."""
        most = {"latest": 2 * self.size, "churns": 2 * self.size}.get(self.habit.page, 400)
        days = sorted((day for day, count in self.by_day.items() for _ in range(count)), reverse=True)[:most]
        while len(days) < most and self.habit.page in ("latest", "churns"):
            days.append((days[-1] if days else BEGIN) - timedelta(self.chance.randint(5, 90)))
        self.shown = [(_hour(day, self.chance), self.entry(day)) for day in reversed(days)]
        self.shown.sort(key=lambda one: one[0])

    def until(self, now: datetime) -> None:
        """Publish what comes until then."""
        while self.day <= now.date():
            count = self.by_day[self.day] = self.habit.rhythm(self, self.day)
            new = sorted(_hour(self.day, self.chance) for _ in range(count))
            self.shown += [(hour, self.entry(self.day)) for hour in new]
            if self.corrects and self.chance.random() < self.corrects * 7:
                at = self.chance.randrange(max(0, len(self.shown) - 10), len(self.shown))
                hour, one = self.shown[at]
                self.shown[at] = (hour, replace(one, title=f"{one.title} ({self.words(1)})"))
            self.day += timedelta(1)
        del self.shown[:-3_000]

    def page(self, now: datetime) -> list[ItemRecord]:
        """What stands there at this hour, newest first."""
        self.until(now)
        end = bisect_right(self.shown, now, key=_when)
        size = round(self.size * self.rebuilt_by) if now.date() >= self.rebuilt else self.size
        match self.habit.page:
            case "latest":
                start = max(0, end - size)
            case "window":
                start = bisect_right(self.shown, now - timedelta(self.size), key=_when)
            case "issue":
                start = bisect_left(self.shown, datetime.combine(self.shown[end - 1][0], time()), key=_when)
            case "all":  # a session begins in autumn
                start = bisect_left(self.shown, datetime(now.year - (now.month < 10), 10, 1), key=_when)
                start = min(start, end - 1)
            case _:
                turn = random.Random(f"{self.serial} {now:%Y%j}")
                found = [pair for pair in self.shown[max(0, end - 2 * size) : end] if turn.random() < 0.7][-size:]
                return [one for _, one in reversed(found)]
        found = self.shown[start:end]
        return [one for _, one in reversed(found)]

    def words(self, count: int, lang: str = "") -> str:
        """So many words of its language."""
        return " ".join(self.chance.choices(WORDS[lang or self.lang].split(), k=count))

    def entry(self, day: date, lang: str = "") -> ItemRecord:
        """One published piece of that day."""
        chance, lang = self.chance, lang or self.lang
        self.serial += 1
        full = {name: chance.random() < self._fill(name, day) for name in self.fills}
        url = f"https://www.example.org{self.section}{day:%Y}/{self.serial}-{chance.randrange(10**6)}"
        return ItemRecord(
            external_id=url if self.by_link else f"guid-{self.serial}",
            kind="article",
            title=self.words(chance.randint(4, 14), lang).capitalize(),
            url=url,
            jurisdiction="fr",
            lang=lang if chance.random() > 0.03 else "",
            summary=self.words(chance.randint(15, 50), lang) if full["summary"] else "",
            text=" ".join([self.words(40, lang)] * chance.randint(4, 40)) if full["text"] else "",
            published_on=day if full["date"] else None,
            authors=(self.words(2).title(),) if full["authors"] else (),
        )

    def _fill(self, name: str, day: date) -> float:
        start, days, left = self.drift
        share = self.fills[name]
        if name != self.drifts or day < start:
            return share
        return share * (1 - (1 - left) * min(1.0, (day - start).days / days))

    def gaps(self) -> list[int]:
        """Days between days with news, as seen by whoever declared the source."""
        days = [day for day, count in sorted(self.by_day.items()) if count and day < BEGIN]
        return sorted((later - earlier).days for earlier, later in pairwise(days)) or [LOOKED_BACK]

    def usual_gap(self) -> int:
        """The interval at which something new is expected: the 95th of a hundred gaps."""
        gaps = self.gaps()
        return gaps[min(len(gaps) - 1, int(len(gaps) * 0.95))]

    def visits(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """When it is visited. A machine that collects sleeps sometimes, for days or a fortnight."""
        now = first
        sleeps = self.chance.random() < 0.3
        while now < last:
            yield now
            now += timedelta(hours=self.habit.every_hours)
            if sleeps and self.chance.random() < self.habit.every_hours / 24 / 150:
                now += timedelta(days=self.chance.randint(3, 16))


def _when(pair: tuple[datetime, ItemRecord]) -> datetime:
    return pair[0]


def _hour(day: date, chance: Chance) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(hours=chance.triangular(5, 22, 11))
