"""What a visit shows that its source's past does not explain by chance: fewer records, fields no longer filled, dates
that stop, records known before told otherwise, strangers in their place. Pure: steps in, alarms out.

Pages are of two sorts. Those that are replaced as a whole (daily issues) are independent of each other: their counts
and shares are compared as samples, one by one and over several. Those that keep most of their records from visit to
visit are not: there it is the single step that is too large.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import erfc, exp, log, log1p, sqrt
from statistics import fmean, median, pstdev, variance

from data.measured import Alarm
from data.steps import FEWEST, Step, is_too_large, level

#: what an alarm is about at least: a third of the records, half of the records with a field or of those known before
DROP, LOST = 2 / 3, 0.5
#: the share of the usual number that goes at once when something breaks
SHARP = 0.25
#: the share of the records from which a field is looked at
FILLED = 0.3
#: pages that are looked at together, and how many are looked back at
COUNTED, SINCE, SHARED, BACK = (1, 2, 4, 8, 16, 32), (3, 8, 24), (1, 4, 16), 20


def fewer(seen: Sequence[Step], now: Step) -> Alarm | None:
    """A drop by a third or more that chance does not explain, at once or over several issues."""
    pages = [one for one in seen if one.is_turned]
    others = pages[1:] or pages
    if sum(one.new for one in others) >= 0.5 * sum(one.count for one in others):
        return _fewer_of_issues(pages, now)
    return _fewer_at_once(pages, seen, now) or _fewer_since(pages, now)


def _fewer_at_once(pages: Sequence[Step], seen: Sequence[Step], now: Step) -> Alarm | None:
    """A step that is too large, or too large a distance from a number that hardly varies."""
    counts = [one.count for one in pages if one.is_well][-BACK:]
    usual = median(counts or [0])
    if usual < 3 or now.count > DROP * usual or now.drop < SHARP * usual:
        return None
    spread = max(pstdev(counts), 0.06 * usual, 0.5)
    if is_too_large(now.drop, [one.drop for one in seen if one.is_well], seen) or (usual - now.count) / spread > 4:
        return Alarm("fewer", f"{now.count} records, usually about {usual:.0f}")
    return None


def _fewer_since(pages: Sequence[Step], now: Step) -> Alarm | None:
    """Few ever since a sharp step, on pages as fresh as ever (none dries up, as in recess). It is asked as often as
    there are sharp steps."""
    shown = [*pages, now] if now.is_turned else pages
    for span in SINCE:
        before, recent = [one for one in shown[:-span] if one.is_well], shown[-span:]
        like = [one for one in before[-BACK:] if one.measures.newest]
        if len(like) < FEWEST:
            return None
        counts, oldest = [one.count for one in like], max(map(_age, like))
        usual, of_late = median(counts), fmean(one.count for one in recent)
        if usual < 3 or of_late > DROP * usual or recent[0].drop < SHARP * usual:
            continue
        whole = max(round(sum(one.new for one in recent) / max(of_late, 1.0)), 1)  # pages of which all records differ
        is_fresh = all(one.measures.newest and _age(one) <= oldest for one in recent)
        sharp = sum(one.drop >= max(SHARP * one.count, 1.0) for one in before)
        if is_fresh and chance_of_few([round(of_late)] * whole, counts) < level(pages, sharp + 1) / len(SINCE):
            return Alarm("fewer", f"{of_late:.0f} records a visit of late, usually about {usual:.0f}")
    return None


def _age(one: Step) -> int:
    """Days since the newest date of a page that has one."""
    return (one.on - date.fromisoformat(one.measures.newest)).days


def _fewer_of_issues(pages: Sequence[Step], now: Step) -> Alarm | None:
    """Counts of issues scatter beyond chance: the one shown is compared with all pages, several with whole issues."""
    shown = [*pages, now] if now.is_turned else pages
    whole = [sooner for sooner, later in pairwise(shown) if later.known < 0.5 * sooner.count]
    for span in COUNTED:
        every = shown if span == 1 else whole
        recent = [one.count for one in every[-span:]]
        before = [one.count for one in every[:-span] if one.is_well][-max(BACK, 4 * span) :]
        if len(before) < max(FEWEST, 2 * span if span > 1 else 0):
            continue
        usual, of_late = fmean(before), fmean(recent)
        if usual < 3 or of_late > DROP * usual:
            continue
        if chance_of_few(recent, before) < level(pages, len(every)) / len(COUNTED):
            said = f"{now.count} records" if span == 1 else f"{of_late:.0f} records an issue of late"
            return Alarm("fewer", f"{said}, usually about {usual:.0f}")
    return None


def chance_of_few(recent: Sequence[int], before: Sequence[int]) -> float:
    """The chance of at most as many as in ``recent``, were they like those ``before``. Counts are taken as negative
    binomial with the scatter of those before, one standard error wider; those that scatter less than half as much as
    chance lets them (the same number at every visit) as normal."""
    usual, scatter = fmean(before), variance(before)
    mean = len(recent) * usual
    if scatter < usual / 4:
        deviation = max(sqrt(scatter), 0.06 * usual, 0.5)
        return 0.5 * erfc((mean - sum(recent)) / (deviation * sqrt(2 * len(recent))))
    over = max((scatter * (1 + sqrt(2 / (len(before) - 1))) - usual) / usual**2, 1e-6) / len(recent)
    shape = 1 / over
    share = mean / (mean + shape)
    term = -shape * log1p(mean / shape)
    total = exp(term)
    for n in range(1, sum(recent) + 1):
        term += log(share * (shape + n - 1) / n)
        total += exp(term)
    return total


def otherwise(seen: Sequence[Step], now: Step) -> Alarm | None:
    """Half of what was known is told otherwise at once: a field, a language, letters, links are others."""
    if now.changed < max(2.0, LOST * now.known):
        return None
    known, changed = sum(one.known for one in seen[1:]), sum(one.changed for one in seen[1:])
    often = (changed + 1) / (known + 2)
    by_chance = exp(-now.known * divergence(now.changed / now.known, often))
    if is_too_large(now.changed, [one.changed for one in seen[1:]], seen) and by_chance < level(seen, len(seen)):
        return Alarm("otherwise", f"{now.changed} of {now.known} records known before are told otherwise at once")
    return None


def strangers(seen: Sequence[Step], now: Step) -> Alarm | None:
    """Half of the records were never seen, though by their days they should have been: it is another list.

    A page that shows now this, now that has many of these with every visit; never all, if it never had all before."""
    if now.late < max(2.0, LOST * now.count):
        return None
    is_other = now.known <= 0.1 * now.count and all(one.known >= 0.2 * one.count for one in seen[1:])
    if is_other or is_too_large(now.late, [one.late for one in seen[1:]], seen):
        return Alarm("strangers", f"{now.late} of {now.count} records are of earlier days and were never seen before")
    return None


def stale(seen: Sequence[Step], now: Step, quiet: int) -> Alarm | None:
    """Something new comes, but no date is newer: more often in a row than such visits happened before, or for longer
    than the source may be silent."""
    newest, run, missed, asked = "", 0, 0, 0
    for one in [*seen, now]:
        told = one.measures.newest
        if told > newest or (told and (one.on - date.fromisoformat(told)).days <= 1):
            asked, run = asked + bool(one.new), 0
        elif one.new and newest:
            asked, run, missed = asked + 1, run + 1, missed + 1
        newest = max(newest, told)
    if not run or len(seen) < FEWEST:
        return None
    asked, missed = asked - run, missed - run
    days = (now.on - date.fromisoformat(newest)).days
    if days > quiet or (asked >= FEWEST and ((missed + 1) / (asked + 2)) ** run < level(seen, asked)):
        return Alarm("stale", f"no date after {newest}, {days} days ago, though there was news at {run} visits since")
    return None


def lost_fields(seen: Sequence[Step], now: Step) -> list[Alarm]:
    """Fields that half of the records have lost, or more, beyond what chance explains."""
    pages = [one for one in seen if one.is_turned]
    shown = [*pages, now] if now.is_turned else pages
    turns = sum(one.new for one in seen[1:]) / max(fmean(one.count for one in seen), 1.0)
    found: dict[str, Alarm] = {}
    for span in SHARED:
        before = [one for one in shown[:-span] if one.is_well and one.count][-BACK:]
        recent = shown[-span:]
        if not before:
            break
        names = {name for one in before for name, share in one.measures.filled.items() if share >= FILLED}
        unlikely = log(1 / level(seen, turns) * max(len(names) / 3, 1))
        for name in sorted(names - {*found}):
            usual = _share(name, before, [one.count for one in before])
            typical = median(one.count for one in before) / 2
            lowest = min(one.measures.filled.get(name, 0.0) for one in before if one.count >= typical)
            weights = [one.count for one in recent] if span == 1 else [one.new for one in recent]
            share = _share(name, recent, weights)
            surprise = sum(weights) * divergence(share, usual)
            if usual >= FILLED and share < min(LOST * usual, 0.8 * lowest) and surprise > unlikely:
                found[name] = Alarm("field", f"{name} is filled in {share:.0%} of the records, usually in {usual:.0%}")
    return [found[name] for name in sorted(found)]


def _share(name: str, pages: Sequence[Step], weights: Sequence[int]) -> float:
    told = sum(one.measures.filled.get(name, 0.0) * weight for one, weight in zip(pages, weights, strict=True))
    return told / max(sum(weights), 1)


def divergence(now: float, usual: float) -> float:
    """How surprising the share ``now`` is of one record where it was ``usual`` (Kullback and Leibler, in nats)."""
    usual = min(max(usual, 0.01), 0.99)
    one = now * log(now / usual) if now else 0.0
    other = (1 - now) * log((1 - now) / (1 - usual)) if now < 1 else 0.0
    return one + other
