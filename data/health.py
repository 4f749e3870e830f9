"""When a source that still answers has gone wrong: fewer records, the same page for ever, dates that stop, a field
that is no longer filled. Pure: earlier visits and this one in, alarms out; each names its reason.

A publisher is compared with itself (:mod:`data.unusual`), by what chance explains within a budget of false alarms
(:mod:`data.steps`); except silence: how long a source may have nothing new is declared (:data:`QUIET_DAYS` by kind, or
``quiet_days`` of its catalogue entry), since a parliament in recess is silent for weeks and well.

An alarm stands for as long as its page does. What is told once, at the step, stands for a week.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from data import unusual
from data.measured import Alarm, Past
from data.steps import FEWEST, step, steps

#: days without anything new that are still plausible, by kind of source
QUIET_DAYS = {"news": 4, "ngo": 60, "regulator": 45, "government": 30, "parliament": 75, "court": 75}

#: how many visits are looked back at; of those before, at the last that brought something
LOOKED_BACK = 1000

#: alarms that are seen at a step and not after it, and how long they stand
SUDDEN, STANDS = {"otherwise", "strangers"}, timedelta(days=7)


def quiet_days(kind: str, declared: int = 0, every_hours: int = 24) -> int:
    """For how many days a source may have nothing new; never less than three of its intervals."""
    return max(declared or QUIET_DAYS.get(kind, 60), -(-3 * every_hours // 24))


def alarms(past: Sequence[Past], current: Past, quiet: int) -> list[Alarm]:
    """What is wrong with ``current``, given earlier visits (oldest first)."""
    found = [_silent(past, current, quiet)]
    before = past[-1].alarms if past else ()
    if current.measures is None:
        found += [one for one in before if one.kind != "silent" and not current.news_count]
        return [one for one in found if one]
    seen = steps(past)
    if len(seen) >= FEWEST:
        well = next((one for one in reversed(seen) if one.is_well), None)
        now = step(seen[-1], well, current, current.measures)
        found.append(unusual.fewer(seen, now))
        found.append(unusual.stale(seen, now, quiet))
        found += unusual.lost_fields(seen, now)
        if not any(one.kind in SUDDEN for one in before):
            found += [unusual.otherwise(seen, now), unusual.strangers(seen, now)]
        elif now.new + now.changed < unusual.LOST * now.count:
            found += [one for one in before if one.kind in SUDDEN and current.on - _since(past, one) <= STANDS]
    return [one for one in found if one]


def _since(past: Sequence[Past], alarm: Alarm) -> date:
    """The day from which an alarm stands."""
    since = past[-1].on
    for one in reversed(past):
        if alarm not in one.alarms:
            break
        since = one.on
    return since


def _silent(past: Sequence[Past], current: Past, quiet: int) -> Alarm | None:
    """Nothing new for longer than declared, from a source that used to have news."""
    if current.news_count or len(past) < FEWEST:
        return None
    last = next((one.on for one in reversed(past) if one.news_count), None)
    if last is None or (days := (current.on - last).days) <= quiet:
        return None
    return Alarm("silent", f"nothing new since {last.isoformat()}, {days} days; at most {quiet} are expected")


def flips(names: Sequence[str]) -> Alarm:
    """The alarm of records that are told now one way, now another (:mod:`data.flips`)."""
    named = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    verb = "flips" if len(names) == 1 else "flip"
    return Alarm(
        "flips", f"{len(names)} of its records {verb} between words told before ({named}): the last taken stand"
    )
