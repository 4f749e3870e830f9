"""Actions of a BILLSTATUS record to events: each act is reported by two or three systems and told once.

What a row means is data (``data/reference/stages/us_govinfo.toml``); here is only how the rows combine:
rows of one day, meaning and chamber are one event in the words of the chamber's own record, and what a
passage implies depends on where the measure began and on what the other chamber did before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from collectors.sources._bodies import in_order, stage_table
from data.models import ActorRecord, EventRecord, Unknown, When

_CITATION = re.compile(r"\s*\((?:[^()]*\bCR\b[^()]*|text[^()]*|consideration[^()]*)\)")


@dataclass(frozen=True, slots=True)
class Action:
    """One row of ``actions``, as its system wrote it. ``system`` is ``house``, ``senate`` or ``library``."""

    on: date
    said: str
    text: str
    code: str
    system: str
    url: str = ""
    committees: tuple[ActorRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: what an action means. Fields as the table explains them."""

    key: str
    label: str
    type: str = ""
    codes: frozenset[str] = frozenset()
    when: re.Pattern[str] | None = None
    text: re.Pattern[str] | None = None
    chamber: str = ""
    outcome: str = ""
    stage: str = ""
    first: str = ""
    second: str = ""
    rank: int = 0
    skip: bool = False
    amends: bool = False
    passage: bool = False
    agrees: bool = False
    conference: bool = False
    provisional: re.Pattern[str] | None = None
    prefer: re.Pattern[str] | None = None

    def fits(self, action: Action) -> bool:
        """A coded row fits by its code, a row without a code by its text."""
        if action.code:
            return action.code in self.codes and (self.when is None or bool(self.when.search(action.text)))
        return self.text is not None and bool(self.text.search(action.text))


@dataclass(frozen=True, slots=True)
class Measure:
    """What the events of a measure depend on: its id, chamber of origin and how such a measure ends."""

    id: str
    origin: str
    ends: str
    url: str
    jurisdiction: str = "us"


@dataclass(slots=True)
class _History:
    """What happened on earlier days: the chambers that passed it, open differences, conference votes."""

    passed: set[str] = field(default_factory=set)
    differing: bool = False
    conference: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Group:
    rule: Rule
    chamber: str
    actions: list[tuple[int, Action]]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The table's rules, in order."""
    return tuple(_rule(row) for row in stage_table("us_govinfo")["rules"])


def _rule(row: dict[str, Any]) -> Rule:
    values: dict[str, Any] = {**row, "codes": frozenset(row.get("codes", ()))}
    for name in ("when", "text", "provisional", "prefer"):
        if name in row:
            values[name] = re.compile(row[name])
    return Rule(**values)


def meaning(action: Action) -> Rule | None:
    """The first rule that fits, or None."""
    return next((rule for rule in rules() if rule.fits(action)), None)


def events(
    actions: Iterable[Action], measure: Measure, sponsors: tuple[ActorRecord, ...]
) -> Iterator[EventRecord | Unknown]:
    """Events of a measure, oldest first, and one Unknown for each action code the table lacks."""
    groups: dict[tuple[date, str, str], _Group] = {}
    unknown: dict[str, Unknown] = {}
    changed: set[tuple[date, str]] = set()
    loose: dict[str, EventRecord] = {}
    for action in actions:
        rule = meaning(action)
        if rule is None:
            event = _unread(action, measure)
            loose.setdefault(event.external_id, event)
            if action.code:
                unknown.setdefault(action.code, Unknown("actionCode", action.code, measure.id))
            continue
        chamber = rule.chamber or (action.system if action.system != "library" and not rule.stage else "")
        if rule.amends:
            changed.add((action.on, chamber))
        if not rule.skip:
            group = groups.setdefault((action.on, rule.key, chamber), _Group(rule, chamber, []))
            group.actions.append((rule.rank, action))
    yield from unknown.values()
    yield from in_order([*_read(groups, changed, measure, sponsors), *loose.values()])


def _unread(action: Action, measure: Measure) -> EventRecord:
    mark = hashlib.sha256(action.text.encode()).hexdigest()[:10]
    return EventRecord(
        external_id=f"{measure.id}:{action.on}:{action.code or 'text'}:{mark}",
        type="other",
        when=When.on(action.on, action.said),
        title=_title(action.text),
        lang="en",
        jurisdiction=measure.jurisdiction,
        official_code=action.code,
        url=action.url or measure.url,
        quote=action.text,
        actors=action.committees,
    )


def _read(
    groups: dict[tuple[date, str, str], _Group],
    changed: set[tuple[date, str]],
    measure: Measure,
    sponsors: tuple[ActorRecord, ...],
) -> Iterator[EventRecord]:
    before, today, day = _History(), _History(), None
    for (on, key, chamber), group in sorted(groups.items(), key=_chronology):
        if on != day:
            before = _History(set(today.passed), today.differing, set(today.conference))
            day = on
        said = [action for _, action in group.actions]
        chosen = min(group.actions, key=lambda pair: _preference(pair, group))[1]
        text_amended = any(_is_amended(action.text) for action in said)
        amended = text_amended or (group.rule.passage and (on, chamber) in changed)
        outcome = group.rule.outcome
        if group.rule.passage or group.rule.agrees:
            outcome = "adopted_amended" if amended else "adopted"
        yield EventRecord(
            external_id=":".join(part for part in (measure.id, on.isoformat(), key, chamber) if part),
            type=group.rule.type,
            when=When.on(on, chosen.said),
            title=_title(chosen.text),
            lang="en",
            jurisdiction=measure.jurisdiction,
            outcome=outcome,
            stage=_stage(group, said, measure, before, today, amended),
            official_code=chosen.code or min((action.code for action in said if action.code), default=""),
            url=next((action.url for action in said if action.url), "") or measure.url,
            quote=chosen.text,
            rule=f"us_govinfo:{key}",
            actors=_actors(group, said, sponsors),
        )


def _chronology(entry: tuple[tuple[date, str, str], _Group]) -> tuple[date, int, str, str]:
    (on, key, chamber), group = entry
    return on, 1 if group.rule.passage or group.rule.agrees else 0, key, chamber


def _preference(pair: tuple[int, Action], group: _Group) -> tuple[int, bool, bool, int, str, str]:
    """The weightiest meaning, the preferred wording, the chamber's own record, then the fullest text."""
    rank, action = pair
    preferred = group.rule.prefer is not None and bool(group.rule.prefer.search(action.text))
    foreign = bool(group.chamber) and action.system != group.chamber
    return -rank, not preferred, foreign, -len(action.text), action.code, action.text


def _is_amended(text: str) -> bool:
    return bool(re.search(stage_table("us_govinfo")["amended"], text))


def _stage(
    group: _Group, said: list[Action], measure: Measure, before: _History, today: _History, amended: bool
) -> str:
    rule, chamber = group.rule, group.chamber
    if rule.passage:
        first = chamber == measure.origin
        today.passed.add(chamber)
        if measure.ends == "one":
            return "adopted"
        if first:
            return "passed_one"
        today.differing = amended
        return "reconciliation" if amended else "adopted"
    if rule.agrees:
        today.differing = amended
        return "reconciliation" if amended else "adopted"
    if rule.conference:
        today.conference.add(chamber)
        return "adopted" if len(today.conference) > 1 else "agreed"
    if rule.provisional and any(rule.provisional.search(action.text) for action in said):
        return ""
    if rule.stage or chamber not in before.passed:
        return rule.stage or (rule.first if chamber == measure.origin else rule.second)
    return "reconciliation" if before.differing and (rule.first or rule.second) else ""


def _actors(group: _Group, said: list[Action], sponsors: tuple[ActorRecord, ...]) -> tuple[ActorRecord, ...]:
    found = [actor for action in said for actor in action.committees]
    if group.rule.type == "bill_tabled":
        found = [replace(actor, role="author") for actor in sponsors] + found
    return tuple(dict.fromkeys(found))


def _title(text: str) -> str:
    return _CITATION.sub("", text).strip() or text
