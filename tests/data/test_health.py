"""An alarm names what went wrong; healthy publishers, quiet or lively, raise none."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.health import alarms, quiet_days
from data.measured import Alarm, Measures, Past, read, stored
from data.steps import chance

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
    past = [week(n, filled={**FILLED, "item.actors": 0.2}) for n in range(12)]
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


def test_a_field_of_a_third_of_the_records_is_told_when_none_has_it():
    past = [week(n, filled={**FILLED, "item.actors": 0.33}) for n in range(12)]
    assert told(week(12, filled={**FILLED, "item.actors": 0.0}), past) == ["field"]


DAYS = [START + timedelta(days=n) for n in range(120)]
PAGE = Measures(20, DAYS[0].isoformat(), FILLED, new_count=0, changed_count=0, late_count=0)


def day(n: int, **changes: object) -> Past:
    """A visit to a list of twenty of which one is new every other day."""
    new = n % 2
    values = {"new_count": new, "newest": DAYS[n - 1 + new].isoformat(), **changes}
    measures = replace(PAGE, **values)  # type: ignore[arg-type]
    return Past(DAYS[n], measures.new_count + measures.changed_count, measures)


SIXTY = [day(n) for n in range(1, 60)]


def kinds(current: Past, past: list[Past] | None = None) -> list[str]:
    return [one.kind for one in alarms(past or SIXTY, current, 75)]


def test_a_healthy_day_and_three_at_once_are_quiet():
    assert kinds(day(60)) == []
    assert kinds(day(61, new_count=3)) == []


def test_records_that_are_told_otherwise_at_once_are_told():
    found = alarms(SIXTY, day(60, changed_count=12), 75)
    assert found == [Alarm("otherwise", "12 of 20 records known before are told otherwise at once")]
    assert kinds(day(60, changed_count=2)) == [], "a correction here and there is none"


def test_what_changes_because_it_is_read_otherwise_is_no_alarm():
    assert kinds(day(60, changed_count=20, rules="new")) == []


def test_a_publisher_that_always_changes_everything_is_left_alone():
    past = [day(n, changed_count=18) for n in range(1, 60)]
    assert kinds(day(60, changed_count=18), past) == []


def test_strangers_of_earlier_days_are_told():
    found = alarms(SIXTY, day(60, new_count=20, late_count=19), 75)
    assert found == [Alarm("strangers", "19 of 20 records are of earlier days and were never seen before")]
    assert kinds(day(60, new_count=20, late_count=0)) == [], "a busy day replaces a page by what is of that day"


def test_a_step_stands_for_a_week_and_no_longer():
    past, stood = list(SIXTY), []
    for n in range(60, 75):
        current = day(n, changed_count=12 if n == 60 else 0)
        found = tuple(alarms(past, current, 75))
        past.append(replace(current, alarms=found))
        stood += [n] * bool(found)
    assert stood == [*range(60, 68)]


def test_an_alarm_stands_as_long_as_its_page():
    broken = day(60, record_count=9)
    past = [*SIXTY, replace(broken, alarms=tuple(alarms(SIXTY, broken, 75)))]
    assert kinds(Past(DAYS[61], 0), past) == ["fewer"], "the page is the same, so is what is wrong with it"
    assert kinds(day(62), past) == []


def test_what_an_alarm_stood_for_two_months_becomes_usual():
    past, stood = list(SIXTY), []
    for n in range(60, 120):
        current = day(n, record_count=9)
        found = tuple(alarms(past, current, 75))
        past.append(replace(current, alarms=found))
        stood += [n] * bool(found)
    later = Past(DAYS[119] + timedelta(days=3), 1, replace(PAGE, record_count=9, new_count=1, newest="2026-12-03"))
    assert stood == [*range(60, 120)]
    past.append(replace(later, alarms=tuple(alarms(past, later, 75))))
    after = replace(later, on=later.on + timedelta(days=1))
    assert "fewer" not in kinds(after, past)


def test_two_dates_that_do_not_come_newer_are_chance_and_a_row_of_them_is_not():
    past, told_on = list(SIXTY), []
    for n in range(60, 80):
        current = day(n, newest=DAYS[59].isoformat())
        found = tuple(alarms(past, current, 75))
        past.append(replace(current, alarms=found))
        told_on += [n] * any(one.kind == "stale" for one in found)
    assert 62 < told_on[0] < 70


def test_issues_that_halve_are_told_after_some():
    luck = random.Random(5)
    issues = [max(2, round(luck.gammavariate(4, 10))) for _ in range(60)]
    past: list[Past] = []
    told_on = []
    for n, count in enumerate([*issues, *(one // 2 for one in issues)]):
        on = START + timedelta(days=n)
        current = Past(on, count, Measures(count, on.isoformat(), FILLED, new_count=count))
        found = tuple(alarms(past, current, 75))
        past.append(replace(current, alarms=found))
        told_on += [n] * bool(found)
    assert told_on and 60 <= told_on[0] < 90


def test_what_is_stored_is_read_again_and_what_older_versions_stored_too():
    one = replace(day(60, changed_count=12, rules="a"), alarms=(Alarm("otherwise", "12 of 20"),))
    assert read(stored(one.measures, one.alarms), one.on, one.news_count) == one
    assert read(stored(None, one.alarms), one.on, 0) == Past(one.on, 0, None, one.alarms)
    assert (stored(None), read("", one.on, 3)) == ("", Past(one.on, 3))
    old = read('{"filled": {"item.title": 1.0}, "newest": "2026-08-03", "records": 4}', one.on, 3)
    assert old.measures == Measures(4, "2026-08-03", {"item.title": 1.0})


def test_a_step_is_the_less_likely_the_more_were_seen():
    assert chance(3, [1] * 10) > chance(3, [1] * 100) > chance(4, [1] * 100)
