"""Jurisdictions side by side: rows to rungs, to a matrix and to days after an incident. Pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.rows import Answer, DossierRow, FacetFiles
from data.vocabulary import UNKNOWN, Stage, load_vocabulary

LAW = "law"
#: set side by side when nobody chose; those that have no file give way to those that have most
USUAL = ("fr", "eu", "uk", "us", "de")
#: more columns than this cannot be read, not even on a wide screen
MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage, or a run of neighbouring stages at which no file stands. ``files``: jurisdiction -> its files."""

    stages: tuple[str, ...]
    files: Mapping[str, Sequence[DossierRow]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """Files of a place with one code. ``stage``: how far its furthest law has come, empty when none is a law."""

    stage: str
    count: int


@dataclass(frozen=True, slots=True)
class Country:
    """The answers of one jurisdiction: kind -> the first and, after it, any that may have come before."""

    jurisdiction: str
    first: Answer
    answers: Mapping[str, Sequence[Answer]]


def places_to_compare(
    files: Iterable[DossierRow], chosen: Sequence[str], usual_count: int = len(USUAL)
) -> tuple[str, ...]:
    """The columns: those chosen, with or without files, else ``usual_count`` of the usual ones and with most files."""
    if chosen:
        return tuple(chosen[:MOST_PLACES])
    counts: dict[str, int] = {}
    for one in files:
        counts[one.jurisdiction] = counts.get(one.jurisdiction, 0) + 1
    most = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple(dict.fromkeys([*(code for code in USUAL if code in counts), *most]))[:usual_count]


def ladder(files: Iterable[DossierRow], places: Sequence[str]) -> list[Rung]:
    """The rungs of the law ladder, the furthest first, then the ends and the unknown; empty neighbours as one."""
    vocabulary = load_vocabulary()
    held: dict[str, dict[str, list[DossierRow]]] = {}
    for one in files:
        if one.track == LAW and one.jurisdiction in places:
            held.setdefault(one.stage, {}).setdefault(one.jurisdiction, []).append(one)
    rungs: list[Rung] = []
    ends = [one for one in vocabulary.stages(LAW) if one.is_end]
    for stages in (list(reversed([one for one in vocabulary.stages(LAW) if not one.is_end])), ends):
        empty: list[str] = []
        for stage in stages:
            if stage.code not in held:
                empty.append(stage.code)
                continue
            if empty:
                rungs.append(Rung(tuple(empty)))
            rungs.append(Rung((stage.code,), held[stage.code]))
            empty = []
        if empty:
            rungs.append(Rung(tuple(empty)))
    if UNKNOWN in held:
        rungs.append(Rung((UNKNOWN,), held[UNKNOWN]))
    return rungs


def matrix(found: Iterable[FacetFiles]) -> dict[str, dict[str, Cell]]:
    """jurisdiction -> code -> what is known there; the jurisdiction with most files and codes first."""
    groups: dict[str, dict[str, list[FacetFiles]]] = {}
    for one in found:
        groups.setdefault(one.jurisdiction, {}).setdefault(one.code, []).append(one)
    cells = {place: {code: _cell(part) for code, part in codes.items()} for place, codes in groups.items()}
    return dict(sorted(cells.items(), key=lambda pair: (-sum(cell.count for cell in pair[1].values()), pair[0])))


def _cell(part: Sequence[FacetFiles]) -> Cell:
    laws = [one for one in part if one.track == LAW]
    stages = [load_vocabulary().stage(LAW, one.stage) for one in laws]
    furthest = max(stages, key=_how_far, default=None)
    return Cell(furthest.code if furthest else "", sum(one.count for one in part))


def _how_far(stage: Stage) -> tuple[bool, int]:
    """A law that ended has come less far than any that still goes on; one of unknown stage less than a tabled one."""
    return not stage.is_end, stage.order


def days_after(started: date, answer: Answer) -> tuple[int, int]:
    """Days from day 0 to the first and to the last day the answer may have; negative before day 0."""
    first, last = date.fromisoformat(answer.date_start), date.fromisoformat(answer.date_end)
    return (first - started).days, (last - started).days


def countries(answers: Iterable[Answer]) -> list[Country]:
    """Jurisdictions that answered, the first to have answered for certain first. International bodies are none."""
    levels = load_vocabulary().lists["jurisdictions"]
    held: dict[str, list[Answer]] = {}
    for one in answers:
        place = levels.get(one.jurisdiction)
        if place and place.extra.get("level") != "international":
            held.setdefault(one.jurisdiction, []).append(one)
    found = []
    for place, told in held.items():
        told.sort(key=lambda one: (not one.is_first, one.date_end, one.date_start, one.event_id))
        kinds: dict[str, list[Answer]] = {}
        for one in told:
            kinds.setdefault(one.kind, []).append(one)
        found.append(Country(place, told[0], kinds))
    return sorted(found, key=lambda one: (one.first.date_end, one.first.date_start, one.jurisdiction))
