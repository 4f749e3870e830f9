"""What an act of the Assemblée nationale's legislative files means: type, stage and outcome, by reviewed table.

``data/reference/stages/fr_assemblee.toml`` gives each ``codeActe`` its meaning. The stage also depends on the
journey of the text: the chamber that had it first, what the other one made of it, what followed.

A chamber that rejects a text in the shuttle does not end it (the other chamber, the joint committee or the last
reading may still pass it): the event is ``bill_rejected`` without a stage. Only the rejection of a last reading, or
one that the Assembly itself calls definitive, is the stage ``rejected``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from collectors.local_dates import paris_day
from collectors.sources import _bodies as bodies
from collectors.sources._json import dicts, dig, said
from collectors.text import one_line

_READING = re.compile(r"^([A-Z]{2}(?:[123]|NLEC|LDEF|LUNI))-(.+)$")
ENDS = {"adopted", "review_signature", "enacted", "rejected", "withdrawn", "struck_down"}
_PASSED = {"adopted", "adopted_amended", "conforme"}


@dataclass(frozen=True, slots=True)
class Act:
    """One dated act as written, with its place in the record (acts of one day keep the source's order)."""

    uid: str
    code: str
    on: date
    said: str
    title: str
    place: int
    raw: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of the table, for one code. ``reading`` is first, later, final, single, joint or empty."""

    type: str
    label: str = ""
    phase: str = ""
    stage: str = ""
    body: str = ""
    decision: str = ""
    chamber: str = ""
    reading: str = ""
    deposit: bool = False
    after: bool = False
    application: bool = False


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the table knows of an official conclusion; ``known`` is False for words it does not have."""

    said: str = ""
    known: bool = True
    outcome: str = ""
    type: str = ""
    stage: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An act with what it proves."""

    act: Act
    meaning: Meaning | None
    type: str
    stage: str
    outcome: str
    conclusion: Conclusion


def table() -> dict[str, Any]:
    return bodies.stage_table("fr_assemblee")


def walk(dossier: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every act of a record, whatever its depth, containers included, in the record's order."""
    waiting = [iter(dicts(dig(dossier, "actesLegislatifs", "acteLegislatif")))]
    while waiting:
        act = next(waiting[-1], None)
        if act is None:
            waiting.pop()
            continue
        yield act
        waiting.append(iter(dicts(dig(act, "actesLegislatifs", "acteLegislatif"))))


def dated(raw: dict[str, Any], place: int) -> Act | None:
    """The act when it has a date, a code and an identifier of its own; else None."""
    written = said(raw.get("dateActe"))
    on = paris_day(written)
    uid, code = said(raw.get("uid")), said(raw.get("codeActe"))
    if on is None or not uid or not code:
        return None
    return Act(uid, code, on, written, wording(raw, code), place, raw)


def wording(raw: dict[str, Any], code: str) -> str:
    """The official label of the act, else the table's, else its code."""
    own = said(raw, "libelleActe", "nomCanonique") or said(raw, "libelleActe", "libelleCourt")
    known = meaning(code)
    return one_line(own) or (known.label if known else "") or code


@lru_cache(maxsize=1024)
def meaning(code: str) -> Meaning | None:
    """The row of ``code``: exact, else reading and step, else the first prefix that fits; None when unknown."""
    rows = table()
    if row := rows["acts"].get(code):
        return Meaning(**row)
    split = _READING.match(code)
    reading = rows["readings"].get(split[1]) if split else None
    if split and reading and (step := rows["steps"].get(split[2])):
        return Meaning(**{**step, **reading})
    for row in rows["prefixes"]:
        if code.startswith(row["prefix"]):
            return Meaning(**{key: value for key, value in row.items() if key != "prefix"})
    return None


def conclusion(raw: dict[str, Any], of: str) -> Conclusion:
    """The table's reading of ``statutConclusion`` among the conclusions of ``of``; unknown words are not guessed."""
    label = one_line(said(raw, "statutConclusion", "libelle"))
    code = said(raw, "statutConclusion", "fam_code").rstrip(",")
    if label.rstrip(",") == code:  # some records repeat the code where the words belong
        label = ""
    if not label and (not code or code.lower().endswith("null")):
        return Conclusion()
    folded = label.lower().replace("’", "'").rstrip(" .")
    for row in table()["conclusions"]:
        if row["of"] != of:
            continue
        if re.fullmatch(row["words"], folded) if label else code in row["codes"]:
            return Conclusion(
                label or code,
                outcome=row.get("outcome", ""),
                type=row.get("type", ""),
                stage=row.get("stage", ""),
                final=row.get("final", False),
            )
    return Conclusion(label or code, known=False)


def read(acts: Sequence[Act], *, bill: bool, congress: bool, containers: Iterable[dict[str, Any]]) -> list[Told]:
    """Every act with its meaning, by day. ``congress``: both chambers' agreement is not the end (article 89)."""
    ordered = sorted(acts, key=lambda act: (act.on, act.place))
    journey = _Journey(ordered, first_chamber(ordered, containers), congress)
    return [_told(act, journey, bill) for act in ordered]


def first_chamber(acts: Sequence[Act], containers: Iterable[dict[str, Any]]) -> str:
    """``an`` or ``sn``: where the text was tabled first; else what a first reading calls itself; else empty."""
    tabled = [
        (act.on, "Navette" in said(act.raw, "@xsi:type"), act.place, row.chamber)
        for act in acts
        if (row := meaning(act.code)) and row.deposit and row.reading in ("first", "single")
    ]
    if tabled:
        return min(tabled)[3]
    for raw in containers:
        reading = table()["readings"].get(said(raw.get("codeActe")))
        if reading and reading["reading"] == "first":
            second = "2ème assemblée" in said(raw, "libelleActe", "nomCanonique")
            return {"an": "sn", "sn": "an"}[reading["chamber"]] if second else str(reading["chamber"])
    return ""


class _Journey:
    """Where a text stands act after act: what one act proves depends on those before, and on the end."""

    def __init__(self, acts: Sequence[Act], first: str, congress: bool) -> None:
        self.first = first
        self.congress = congress
        self.joint: dict[str, str] = {}
        self.floor: dict[str, date] = {}
        rows = [(act, row) for act in acts if (row := meaning(act.code))]
        for act, row in rows:
            if row.phase == "floor" or (row.decision == "chamber" and row.reading != "joint"):
                self.floor.setdefault(_pass(act.code), act.on)
        after = [act.on for act, row in rows if row.after]
        votes = [
            act.uid
            for act, row in rows
            if after
            and act.on <= min(after)
            and row.decision == "chamber"
            and conclusion(act.raw, "chamber").outcome in _PASSED
        ]
        self.last_vote = votes[-1] if votes else ""

    def phase(self, act: Act, row: Meaning) -> str:
        """The stage of a step on the way; work of a committee once the floor has begun sends nothing back."""
        if row.phase == "committee" and (begun := self.floor.get(_pass(act.code))) and act.on > begun:
            return ""
        if row.reading in ("later", "final"):
            return "reconciliation"
        if row.reading == "first" and self.first and row.chamber != self.first:
            return "second_chamber"
        return row.phase

    def decided(self, act: Act, row: Meaning, said_so: Conclusion) -> str:
        """The stage a chamber's vote on the whole text proves."""
        if said_so.outcome == "rejected":
            if row.reading == "joint":
                self.joint[row.chamber] = "rejected"
            return "rejected" if said_so.final or row.reading in ("final", "single") else ""
        if act.uid == self.last_vote or row.reading in ("final", "single") or said_so.final:
            return self.passed()
        if row.reading == "joint":
            other = self.joint.get("sn" if row.chamber == "an" else "an", "")
            self.joint[row.chamber] = "passed"
            return {"": "agreed", "passed": self.passed(), "rejected": "reconciliation"}[other]
        if row.reading == "first" and row.chamber == self.first:
            return "passed_one"
        if said_so.outcome == "conforme":
            return self.passed()
        if row.reading == "later" or said_so.outcome == "adopted_amended":
            return "reconciliation"
        return "second_chamber" if self.first else ""

    def passed(self) -> str:
        """Adopted, but for the Constitution: its revision still needs Congress or a referendum."""
        return "agreed" if self.congress and not self.last_vote else "adopted"


def _pass(code: str) -> str:
    """The reading an act belongs to (``AN1``)."""
    return code.partition("-")[0]


def _told(act: Act, journey: _Journey, bill: bool) -> Told:
    row = meaning(act.code)
    if row is None:
        return Told(act, None, "other", "", "", Conclusion())
    found = conclusion(act.raw, row.decision) if row.decision else Conclusion()
    kind, stage, outcome = row.type, row.stage, found.outcome
    if row.decision == "chamber":
        if outcome:
            kind = "bill_rejected" if outcome == "rejected" else "bill_adopted"
            stage = journey.decided(act, row, found)
    elif row.decision:
        kind, stage = found.type or kind, found.stage or stage
    elif row.application:
        stage = _application(act.title) or row.stage
    elif row.phase:
        stage = journey.phase(act, row)
    return Told(act, row, kind, stage if bill else "", outcome, found)


def _application(title: str) -> str:
    """The stage an act of application states in its own label; empty when it states none."""
    folded = title.lower()
    return next((str(row["stage"]) for row in table()["applications"] if re.search(row["words"], folded)), "")
