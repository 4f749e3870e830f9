"""Which records tell of the same thing. Pure: records in, joins out; nothing is edited or lost.

Dossiers join on a shared official identifier. Events join when two sources tell one happening:

- same dossier, same type, same day (a coarser date joins the only finer one inside its span; law signed
  and law published may lie up to two days apart);
- no common dossier: same type, at most a day apart, and the same authority acted; where one of the two names
  no authority, the same day and two shared actors; where neither does, one (two for a mere statement);
- one of the two known to the month alone: the only one of its type in that month that two of the same people or bodies
  did (tabled, signed, complained); a shared target proves nothing.

One file of one source never tells one happening twice, so two of its events stay two. The analyst's decisions
outrank every rule: a split keeps a pair apart, a merge puts two together with all that tells them, unless a split
stands between them. The id shown is that of the curated event, else of the official one, else of the earliest text:
order of collection does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

ORIGINS = {"curated": 0, "official": 1, "text": 2}

#: signed one day, published the next: the same promulgation
_SLACK = {"law_signed": 2}

#: kinds of actor whose act a happening is; a shared target proves nothing
_AUTHORITIES = {"regulator", "government", "parliament", "committee", "prosecutor", "court", "police", "international"}

#: roles of those whose own deed a happening is, whatever office they hold
_DOING = {"author", "co_signatory", "rapporteur", "complainant", "respondent"}

#: happenings so common that one shared actor is not enough
_LOOSE = {"statement", "other", "incident", "platform_action", "question_asked", "question_answered"}

#: happenings of which one file sees dozens a day: two official ones are two, and only a sole candidate is joined
_MANY_A_DAY = {"amendment_tabled", "amendment_decided", "question_asked", "question_answered"}


@dataclass(frozen=True, slots=True)
class DossierTelling:
    """What joining needs of one source's dossier."""

    dossier_id: str
    origin: str
    jurisdiction: str
    identifiers: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EventTelling:
    """What joining needs of one source's event. ``teller`` is the source's dossier, or the item for a text."""

    event_id: str
    origin: str
    teller: str
    dossier_id: str
    type: str
    outcome: str
    start: date
    end: date
    actors: frozenset[str]
    authorities: frozenset[str]
    doers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Join:
    """``member`` is told again by ``root``; ``rule`` says why."""

    member: str
    root: str
    rule: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The analyst's pairs, each as a frozenset of two ids."""

    split: frozenset[frozenset[str]] = frozenset()
    merged: frozenset[frozenset[str]] = frozenset()


def is_authority(kind: str) -> bool:
    """True for kinds of actor whose act a happening is."""
    return kind in _AUTHORITIES


def is_doer(role: str) -> bool:
    """True for roles of those whose own deed a happening is."""
    return role in _DOING


def join_dossiers(tellings: Iterable[DossierTelling], decisions: Decisions = Decisions()) -> list[Join]:
    """Groups of dossiers that share an official identifier."""
    ordered = sorted(tellings, key=lambda one: (ORIGINS[one.origin], one.dossier_id))
    group_of: dict[tuple[str, str, str], list[DossierTelling]] = {}
    joins: list[Join] = []
    for one in ordered:
        keys = [_dossier_key(one, scheme, value) for scheme, value in sorted(one.identifiers)]
        home, rule = _home(one, keys, group_of, decisions)
        if home is None:
            home = [one]
        else:
            joins.append(Join(one.dossier_id, home[0].dossier_id, rule))
            home.append(one)
        for key in keys:
            group_of.setdefault(key, home)
    return _merged([one.dossier_id for one in ordered], joins, decisions)


def _merged(order: Sequence[str], joins: Sequence[Join], decisions: Decisions) -> list[Join]:
    """``joins`` with the groups that the team put together; the first of ``order`` is the one shown."""
    place = {name: number for number, name in enumerate(order)}
    found = {join.member: join for join in joins}
    groups: dict[str, list[str]] = {}
    for name in order:
        groups.setdefault(found[name].root if name in found else name, []).append(name)
    for pair in sorted(decisions.merged, key=sorted):
        if not pair <= place.keys():
            continue
        roots = sorted({found[name].root if name in found else name for name in pair}, key=place.__getitem__)
        if len(roots) < 2 or any(split <= {*groups[roots[0]], *groups[roots[1]]} for split in decisions.split):
            continue
        for name in groups[roots[1]]:
            found[name] = Join(name, roots[0], "decision")
        groups[roots[0]] += groups.pop(roots[1])
    return sorted(found.values(), key=lambda join: place[join.member])


def _dossier_key(one: DossierTelling, scheme: str, value: str) -> tuple[str, str, str]:
    """Free case numbers repeat from country to country; every other scheme is unique by itself."""
    return (scheme, value.lower(), one.jurisdiction if scheme == "case" else "")


def _home(
    one: DossierTelling,
    keys: Sequence[tuple[str, str, str]],
    group_of: dict[tuple[str, str, str], list[DossierTelling]],
    decisions: Decisions,
) -> tuple[list[DossierTelling] | None, str]:
    for key in keys:
        group_found = group_of.get(key)
        if group_found and not any(
            frozenset({one.dossier_id, other.dossier_id}) in decisions.split for other in group_found
        ):
            return group_found, f"same {key[0]}"
    return None, ""


@dataclass(slots=True)
class _Group:
    root: EventTelling
    members: list[EventTelling] = field(default_factory=list)
    tellers: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    authorities: set[str] = field(default_factory=set)
    doers: set[str] = field(default_factory=set)

    def take(self, one: EventTelling) -> None:
        self.members.append(one)
        self.tellers.add(one.teller)
        self.actors |= one.actors
        self.authorities |= one.authorities
        self.doers |= one.doers


def join_events(tellings: Iterable[EventTelling], decisions: Decisions = Decisions()) -> list[Join]:
    """Groups of events that tell one happening; ``dossier_id`` must already be the joined dossier's."""
    ordered = sorted(tellings, key=lambda one: (ORIGINS[one.origin], one.start, one.end, one.event_id))
    by_dossier: dict[tuple[str, str], list[_Group]] = defaultdict(list)
    by_day: dict[tuple[str, date], list[_Group]] = defaultdict(list)
    joins: list[Join] = []
    for one in ordered:
        group, rule = _group_for(one, by_dossier, by_day, decisions)
        if group is None:
            group = _Group(one)
            if one.dossier_id:
                by_dossier[one.dossier_id, one.type].append(group)
            by_day[one.type, one.start].append(group)
        else:
            joins.append(Join(one.event_id, group.root.event_id, rule))
        group.take(one)
    return _merged([one.event_id for one in ordered], joins, decisions)


def _group_for(
    one: EventTelling,
    by_dossier: dict[tuple[str, str], list[_Group]],
    by_day: dict[tuple[str, date], list[_Group]],
    decisions: Decisions,
) -> tuple[_Group | None, str]:
    candidates: list[tuple[tuple[int, int, str], _Group, str]] = []
    if one.dossier_id:
        same = [group for group in by_dossier[one.dossier_id, one.type] if _may_join(one, group, decisions)]
        for group in same:
            distance = _same_dossier_distance(one, group, same)
            if distance is not None:
                candidates.append(((distance, 0, group.root.event_id), group, "same dossier, type and day"))
    if not candidates and _is_day(one):
        for shift in (0, -1, 1):
            for group in by_day[one.type, one.start + timedelta(days=shift)]:
                if not _is_day(group.root) or not _may_join(one, group, decisions):
                    continue
                if one.dossier_id and group.root.dossier_id and one.dossier_id != group.root.dossier_id:
                    continue
                shared = _shared(one, group, shift)
                if shared:
                    candidates.append(((abs(shift), -shared, group.root.event_id), group, "same type, day and actors"))
    if not candidates:
        same = _of_its_month(one, by_day, decisions)
        return (same[0], "same type, month and doers") if len(same) == 1 else (None, "")
    if one.type in _MANY_A_DAY and len(candidates) > 1:
        return None, ""
    _, best, rule = min(candidates, key=lambda found: found[0])
    return best, rule


def _of_its_month(
    one: EventTelling, by_day: dict[tuple[str, date], list[_Group]], decisions: Decisions
) -> list[_Group]:
    """The groups of its type and month that two of the same did, where one of the two is known to the month alone."""
    if one.type in _LOOSE | _MANY_A_DAY or len(one.doers) < 2:
        return []
    first = one.start.replace(day=1)
    days = [first + timedelta(days=n) for n in range(31)] if _is_month(one) else [first]
    return [
        group
        for day in days
        if day.month == first.month
        for group in by_day.get((one.type, day), ())
        if (_is_month(one) or (_is_day(one) and _is_month(group.root)))
        and len(one.doers & group.doers) >= 2
        and not (one.dossier_id and group.root.dossier_id and one.dossier_id != group.root.dossier_id)
        and _may_join(one, group, decisions)
    ]


def _is_month(one: EventTelling) -> bool:
    after = one.end + timedelta(days=1)
    return one.start.day == after.day == 1 and (one.end - one.start).days < 31


def _may_join(one: EventTelling, group: _Group, decisions: Decisions) -> bool:
    if one.teller in group.tellers:
        return False
    if one.type in _MANY_A_DAY and one.origin == group.root.origin == "official":
        return False
    outcomes = {one.outcome, group.root.outcome} - {""}
    if len(outcomes) == 2 and "rejected" in outcomes:
        return False
    return not any(frozenset({one.event_id, other.event_id}) in decisions.split for other in group.members)


def _is_day(one: EventTelling) -> bool:
    return one.start == one.end


def _same_dossier_distance(one: EventTelling, group: _Group, rivals: Sequence[_Group]) -> int | None:
    root = group.root
    if _is_day(one) and _is_day(root):
        distance = abs((one.start - root.start).days)
        return distance if distance <= _SLACK.get(one.type, 0) else None
    inside = one.start <= root.end and root.start <= one.end
    overlapping = [other for other in rivals if one.start <= other.root.end and other.root.start <= one.end]
    return 0 if inside and len(overlapping) == 1 else None


def _shared(one: EventTelling, group: _Group, shift: int) -> int:
    """How many actors prove the two one happening; 0 when they do not."""
    if one.type in _LOOSE:
        common = len(one.actors & group.actors)
        return common if shift == 0 and common >= 2 else 0
    if one.authorities and group.authorities:
        return len(one.authorities & group.authorities)
    common = len(one.actors & group.actors)
    needed = 2 if one.authorities or group.authorities else 1
    return common if shift == 0 and common >= needed else 0
