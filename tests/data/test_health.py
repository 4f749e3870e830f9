"""An alarm names what went wrong; healthy publishers, quiet or lively, raise none."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from data.health import Alarm, Measures, Past, alarms, quiet_days

START = date(2026, 8, 3)
FILLED = {"item.title": 1.0, "item.url": 1.0, "item.text": 0.9, "item.date": 1.0}
QUIET = quiet_days("news", 0, 168)


def week(n: int, count: int = 30, news: int = 20, **changes: object) -> Past:
    on = START + timedelta(weeks=n)
    values = {"record_count": count, "newest": (on - timedelta(days=1)).isoformat(), "filled": FILLED, **changes}
    return Past(on, news, Measures(**values))  # type: ignore[arg-type]


TWELVE = [week(n, count=28 + n % 4) for n in range(12)]


def told(current: Past, past: list[Past] | None = None) -> list[str]:
    return [one.kind for one in alarms(past or TWELVE, current, QUIET)]


def test_a_thirteenth_healthy_week_is_quiet():
    assert told(week(12)) == []


def test_half_the_records_is_told_with_the_figures():
    assert alarms(TWELVE, week(12, count=15), QUIET) == [Alarm("fewer", "15 records, usually about 30")]


def test_no_record_at_all_is_told():
    assert told(week(12, count=0, newest="", filled={})) == ["fewer"]


def test_the_same_page_for_ever_is_told_within_the_declared_days():
    days = [n for n in range(12, 16) if told(Past(START + timedelta(weeks=n), 0))]
    assert days[0] == 15, "weekly visits: three intervals of silence are plausible, the fourth is not"


def test_dates_that_stop_are_told_though_the_page_changes():
    last = TWELVE[-1].measures.newest  # type: ignore[union-attr]
    first = next(n for n in range(12, 20) if "stale" in told(week(n, newest=last)))
    assert first == 14


@pytest.mark.parametrize("name", list(FILLED))
def test_a_renamed_field_is_told_by_its_name(name):
    found = alarms(TWELVE, week(12, filled={**FILLED, name: 0.0}), QUIET)
    assert [one.kind for one in found] == ["field"] and name in found[0].reason


def test_a_field_that_was_never_reliable_is_no_alarm():
    past = [week(n, filled={**FILLED, "item.actors": 0.3}) for n in range(12)]
    assert told(week(12, filled={**FILLED, "item.actors": 0.0}), past) == []


def test_a_parliament_in_recess_is_not_silent():
    past = [Past(START + timedelta(days=n), 3 if n < 60 else 0) for n in range(110)]
    assert alarms(past, Past(START + timedelta(days=110), 0), quiet_days("parliament")) == []


def test_twenty_healthy_publishers_give_at_most_one_false_alarm():
    """Twelve weeks of daily visits to twenty publishers, from three articles a day to a hundred."""
    luck = random.Random(7)
    false = 0
    for _ in range(20):
        usual = luck.choice([3, 8, 15, 30, 60, 100])
        fixed = luck.random() < 0.4
        past: list[Past] = []
        for day in range(84):
            on = START + timedelta(days=day)
            count = usual if fixed else max(0, round(luck.gauss(usual, usual**0.5)))
            news = max(0, round(luck.gauss(max(2, usual / 4), 1)))
            filled = {name: min(1.0, max(0.0, share - luck.random() * 0.1)) for name, share in FILLED.items()}
            newest = (on - timedelta(days=luck.choice([0, 0, 1]))).isoformat()
            current = Past(on, news, Measures(count, newest, filled))
            found = alarms(past, current, quiet_days("news", 0, 6))
            false += bool(found)
            past.append(current if not found else Past(on, news))
    assert false <= 1


def test_few_visits_prove_nothing():
    assert told(week(4, count=1), TWELVE[:4]) == []
