"""Loads the curated baseline of ``data/reference`` and checks every rule it must keep.

``check`` tells every broken rule, ``load_reference`` and ``load_sources`` raise the first. Columns and
rules are described in ``data/reference/README.md``.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from data.errors import ReferenceDataError
from data.incidents import FILE, check_incidents
from data.models import When
from data.reference_csv import Problems, Report, is_date, is_link, read_rows, split_identifiers
from data.reference_models import (
    AliasCondition,
    Jurisdiction,
    RefActor,
    RefDossier,
    Reference,
    RefMilestone,
    RefRole,
)
from data.reference_publications import FILE as PUBLICATIONS
from data.reference_publications import with_publications
from data.reference_quotes import FILE as QUOTES
from data.reference_quotes import read_quotations
from data.reference_rows import (
    ACTOR_COLUMNS,
    DOSSIER_COLUMNS,
    MILESTONE_COLUMNS,
    ROLE_COLUMNS,
    make_actor,
    make_dossier,
    make_milestone,
    make_role,
)
from data.reference_sources import load_sources
from data.stages import stage_of
from data.vocabulary import UNKNOWN, Vocabulary, load_vocabulary, read_incidents

__all__ = [
    "AliasCondition",
    "Jurisdiction",
    "RefActor",
    "RefDossier",
    "RefMilestone",
    "RefRole",
    "Reference",
    "check",
    "load_reference",
    "load_sources",
]

Made = TypeVar("Made")

FOLDER = Path(__file__).parent / "reference"

#: The day for which ``stage_stated`` was read off the milestones.
STATED_ON = date(2026, 11, 22)

#: Roles that say something was done to an actor: a person is never linked in one of them.
PASSIVE_ROLES = frozenset({"target", "affected_group"})


def load_reference(folder: Path | None = None, today: date | None = None) -> Reference:
    """The whole baseline, with the stages that hold on ``today``. Raises the first broken rule."""
    problems = Problems()
    reference = _Reader(folder or FOLDER, problems).read(today or date.today())
    if problems.found:
        raise problems.found[0]
    return reference


def check(folder: Path | None = None) -> list[ReferenceDataError]:
    """Every rule that is broken, in the order of the files; empty when the baseline is sound."""
    problems = Problems()
    _Reader(folder or FOLDER, problems).read(STATED_ON)
    return problems.found


class _Reader:
    def __init__(self, folder: Path, problems: Problems) -> None:
        self.folder = folder
        self.problems = problems
        self.words: Vocabulary = load_vocabulary()
        self.jurisdictions: dict[str, Jurisdiction] = {}
        self.actors: dict[str, RefActor] = {}
        self.dossiers: dict[str, RefDossier] = {}
        self.milestones: dict[str, RefMilestone] = {}
        self.lines: dict[str, int] = {}

    def read(self, today: date) -> Reference:
        self._read_jurisdictions()
        self._read_actors()
        roles = self._read_roles()
        self._read_dossiers()
        self._read_milestones()
        self._read_quotations()
        self.milestones |= with_publications(
            self.folder, self.milestones,
            kinds=self.words.codes("proof_kinds"), report=self.problems.reporter(PUBLICATIONS),
        )  # fmt: skip
        known: dict[str, Mapping[str, Any]] = {
            "dossiers": self.dossiers,
            "actors": self.actors,
            "events": self.milestones,
        }
        check_incidents(read_incidents(self.folder / FILE), known, self.problems.reporter(FILE))
        return Reference(
            jurisdictions=tuple(self.jurisdictions.values()),
            actors=tuple(self.actors.values()),
            roles=roles,
            dossiers=self._with_stages(today),
            milestones=tuple(self.milestones.values()),
            version=self.words.version,
        )

    def _read_jurisdictions(self) -> None:
        report = self.problems.reporter("jurisdictions.toml")
        try:
            tables = tomllib.loads((self.folder / "jurisdictions.toml").read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            report(1, str(error))
            return
        for code, table in tables.items():
            place = Jurisdiction(
                code=code,
                labels={lang: table.get(lang, "") for lang in ("en", "fr")},
                level=table.get("level", ""),
                parent=table.get("parent", ""),
                languages=tuple(table.get("languages", ())),
            )
            if not all(place.labels.values()) or not self.words.has("levels", place.level):
                report(1, f"{code}: needs en, fr and a known level")
            if place.parent and place.parent not in tables:
                report(1, f"{code}: parent {place.parent!r} is not listed")
            self.jurisdictions[code] = place

    def _read_actors(self) -> None:
        report = self.problems.reporter("actors.csv")
        parents: list[tuple[int, str]] = []
        plain: dict[str, str] = {}
        for line, row in read_rows(self.folder / "actors.csv", ACTOR_COLUMNS, report):
            actor = _try(report, line, make_actor, row)
            if actor is None or not self._is_new(report, line, actor.actor_id, self.actors):
                continue
            self.actors[actor.actor_id] = actor
            self._common(report, line, row)
            self._code(report, line, "actor_kinds", actor.kind)
            self._identifiers(report, line, row["ids"])
            self._link(report, line, actor.feed_url)
            if not actor.name:
                report(line, "the actor has no name")
            if actor.parent_id:
                parents.append((line, actor.parent_id))
            conditioned = {condition.alias for condition in actor.ambiguous_aliases}
            for name in {actor.name, *actor.names.values(), *actor.aliases} - conditioned:
                other = plain.setdefault(name, actor.actor_id)
                if other != actor.actor_id:
                    report(line, f"{name!r} also names {other!r}: one of the two needs a condition")
        for line, parent in parents:
            if parent not in self.actors:
                report(line, f"parent_id {parent!r} is not in actors.csv")

    def _read_roles(self) -> tuple[RefRole, ...]:
        report = self.problems.reporter("roles.csv")
        roles = []
        for line, row in read_rows(self.folder / "roles.csv", ROLE_COLUMNS, report):
            role = make_role(row)
            roles.append(role)
            self._code(report, line, "verification", role.verified)
            self._link(report, line, role.source_url)
            if not all(role.titles.values()):
                report(line, "the role needs a title in en and fr")
            for column in ("actor_id", "organisation_id"):
                if row[column] and row[column] not in self.actors:
                    report(line, f"{column} {row[column]!r} is not in actors.csv")
            bad = [text for text in (role.start, role.end) if text and not is_date(text)]
            for text in bad:
                report(line, f"not a date: {text!r}")
            if role.start and role.end and not bad and When.parse(role.end).end < When.parse(role.start).start:
                report(line, "the role ends before it starts")
        return tuple(roles)

    def _read_dossiers(self) -> None:
        report = self.problems.reporter("dossiers.csv")
        owners: dict[tuple[str, str], str] = {}
        for line, row in read_rows(self.folder / "dossiers.csv", DOSSIER_COLUMNS, report):
            dossier = _try(report, line, make_dossier, row)
            if dossier is None or not self._is_new(report, line, dossier.dossier_id, self.dossiers):
                continue
            self._common(report, line, row)
            self._identifiers(report, line, row["ids"])
            for identifier in dossier.identifiers:
                key = (identifier.scheme, identifier.value)
                if owners.setdefault(key, dossier.dossier_id) != dossier.dossier_id:
                    report(line, f"{key[0]}={key[1]} also belongs to {owners[key]!r}")
            for list_name, codes in (("harms", dossier.harms), ("approaches", dossier.approaches)):
                for code in codes:
                    self._code(report, line, list_name, code)
            if not (dossier.title and dossier.lang and all(dossier.titles.values())):
                report(line, "the dossier needs its title, its language and titles in en and fr")
            if not self._code(report, line, "tracks", dossier.track):
                continue
            if dossier.stage_stated and not self.words.has_stage(dossier.track, dossier.stage_stated):
                report(line, f"{dossier.stage_stated!r} is no stage of the track {dossier.track!r}")
            self.dossiers[dossier.dossier_id] = dossier
            self.lines[dossier.dossier_id] = line

    def _read_milestones(self) -> None:
        report = self.problems.reporter("milestones.csv")
        for line, row in read_rows(self.folder / "milestones.csv", MILESTONE_COLUMNS, report):
            milestone = _try(report, line, make_milestone, row)
            if milestone is None or not self._is_new(report, line, milestone.event_id, self.milestones):
                continue
            self._common(report, line, row)
            self._link(report, line, milestone.source_url)
            self._code(report, line, "event_types", milestone.type)
            self._code(report, line, "statuses", milestone.status)
            self._code(report, line, "proof_kinds", milestone.source_kind)
            if milestone.outcome:
                self._code(report, line, "outcomes", milestone.outcome)
            if not is_date(row["date"]):
                report(line, f"not the shortest form of a date: {row['date']!r}")
            if not (milestone.source_url and milestone.source_publisher):
                report(line, "the milestone has no source")
            if not all(milestone.titles.values()):
                report(line, "the milestone needs a title in en and fr")
            for actor_id, role in milestone.actors:
                self._actor_link(report, line, actor_id, role)
            if self._stage_fits(report, line, milestone):
                self.milestones[milestone.event_id] = milestone

    def _read_quotations(self) -> None:
        found = read_quotations(
            self.folder, self.milestones,
            languages={lang for place in self.jurisdictions.values() for lang in place.languages},
            kinds=self.words.codes("proof_kinds"), report=self.problems.reporter(QUOTES),
        )  # fmt: skip
        for event_id in found.keys() & self.milestones.keys():
            told = dataclasses.replace(self.milestones[event_id], quotations=found[event_id])
            self.milestones[event_id] = told

    def _actor_link(self, report: Report, line: int, actor_id: str, role: str) -> None:
        self._code(report, line, "event_roles", role)
        actor = self.actors.get(actor_id)
        if actor is None:
            report(line, f"actor {actor_id!r} is not in actors.csv")
        elif actor.kind == "person" and role in PASSIVE_ROLES:
            report(line, f"{actor_id!r} is a person: never listed in the role {role!r}")

    def _stage_fits(self, report: Report, line: int, milestone: RefMilestone) -> bool:
        if not milestone.dossier_id:
            if milestone.stage:
                report(line, "a stage needs a dossier")
            return not milestone.stage
        dossier = self.dossiers.get(milestone.dossier_id)
        if dossier is None:
            report(line, f"dossier_id {milestone.dossier_id!r} is not in dossiers.csv")
            return False
        if milestone.stage and not self.words.has_stage(dossier.track, milestone.stage):
            report(line, f"{milestone.stage!r} is no stage of the track {dossier.track!r}")
            return False
        return True

    def _with_stages(self, today: date) -> tuple[RefDossier, ...]:
        report = self.problems.reporter("dossiers.csv")
        events: dict[str, list[RefMilestone]] = defaultdict(list)
        for milestone in self.milestones.values():
            events[milestone.dossier_id].append(milestone)
        found = []
        for dossier in self.dossiers.values():
            own = events[dossier.dossier_id]
            proven = stage_of(own, STATED_ON, dossier.track).stage
            if (dossier.stage_stated or UNKNOWN) != proven:
                report(
                    self.lines[dossier.dossier_id],
                    f"stage_stated is {dossier.stage_stated!r}, milestones prove {proven!r} ({STATED_ON})",
                )
            now = stage_of(own, today, dossier.track)
            found.append(
                dataclasses.replace(
                    dossier,
                    stage=now.stage,
                    stage_since=now.since,
                    stage_event_id=now.event_id,
                    flags=now.flags,
                    next_event_id=now.next_event_id,
                )
            )
        return tuple(found)

    def _common(self, report: Report, line: int, row: dict[str, str]) -> None:
        if row["jurisdiction"] not in self.jurisdictions:
            report(line, f"jurisdiction {row['jurisdiction']!r} is not in jurisdictions.toml")
        self._code(report, line, "verification", row["verified"])
        self._link(report, line, row.get("url", ""))

    def _code(self, report: Report, line: int, list_name: str, code: str) -> bool:
        if self.words.has(list_name, code):
            return True
        report(line, f"{code!r} is not in the list {list_name}")
        return False

    def _identifiers(self, report: Report, line: int, cell: str) -> None:
        for identifier in split_identifiers(cell):
            if not self.words.has("schemes", identifier.scheme):
                report(line, f"{identifier.scheme!r} is not in the list schemes")
            elif not self.words.is_identifier(identifier.scheme, identifier.value):
                report(line, f"{identifier.value!r} has not the form of {identifier.scheme}")

    @staticmethod
    def _link(report: Report, line: int, url: str) -> None:
        if url and not is_link(url):
            report(line, f"not an http(s) address: {url!r}")

    @staticmethod
    def _is_new(report: Report, line: int, key: str, known: object) -> bool:
        if not key:
            report(line, "the row has no id")
        elif isinstance(known, dict) and key in known:
            report(line, f"{key!r} stands twice")
        else:
            return True
        return False


def _try(report: Report, line: int, make: Callable[[dict[str, str]], Made], row: dict[str, str]) -> Made | None:
    try:
        return make(row)
    except ValueError as error:
        report(line, str(error))
        return None
