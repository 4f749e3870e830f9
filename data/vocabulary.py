"""The controlled lists of ``data/reference/vocabulary``: stable codes with a label per interface language.

Every ``*.toml`` file of the folder holds tables ``[list.code]`` with ``en`` and ``fr``; stages are
``[stages.track.code]``. A code that is not listed is a bug or a mistyped link: lookups raise KeyError.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from data.errors import ReferenceDataError

FOLDER = Path(__file__).parent / "reference" / "vocabulary"
LANGUAGES = ("en", "fr")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a list. ``extra`` holds what the list adds to the labels (``family``, ``glyph``, ``sign``)."""

    code: str
    labels: dict[str, str]
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """One rung of a track's ladder. ``next`` is one sentence per language on what comes after it.

    ``group`` is the code of the list ``stage_groups`` that a summary counts the rung in; empty for ``unknown``.
    """

    track: str
    code: str
    order: int
    labels: dict[str, str]
    next: dict[str, str]
    is_end: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All lists. The list ``stages`` holds the codes of every track (law first) and ``unknown``."""

    version: str
    lists: Mapping[str, Mapping[str, Term]]
    ladders: Mapping[str, Mapping[str, Stage]]

    def codes(self, list_name: str) -> tuple[str, ...]:
        """The codes of a list, in the order of the file."""
        return tuple(self.lists[list_name])

    def has(self, list_name: str, code: str) -> bool:
        """Whether ``code`` belongs to the list."""
        return code in self.lists[list_name]

    def label(self, list_name: str, code: str, lang: str) -> str:
        """The label of a code in ``lang``, else in English. Raises KeyError for an unknown code."""
        labels = self.lists[list_name][code].labels
        return labels.get(lang) or labels["en"]

    def family_of(self, event_type: str) -> str:
        """The family of an event type."""
        return str(self.lists["event_types"][event_type].extra["family"])

    def glyph_of(self, code: str, list_name: str = "families") -> str:
        """The marker symbol of a family, or of a kind of actor, in figures."""
        return str(self.lists[list_name][code].extra["glyph"])

    def sign_of(self, list_name: str, code: str) -> str:
        """The sign that stands before a code's word in a table, or empty; the word always stands with it."""
        return str(self.lists[list_name][code].extra.get("sign", ""))

    def votes(self) -> tuple[str, ...]:
        """The roles of an event that are a vote."""
        return tuple(code for code, term in self.lists["event_roles"].items() if term.extra.get("vote"))

    def implied_stage(self, event_type: str, track: str) -> str:
        """The stage that a type implies on a track when nothing more is known, or empty."""
        return str(self.lists["event_types"][event_type].extra.get("implies", {}).get(track, ""))

    def has_stage(self, track: str, code: str) -> bool:
        """Whether ``code`` is a rung of the track's ladder (``unknown`` is none)."""
        return code in self.ladders[track]

    def stage(self, track: str, code: str) -> Stage:
        """A rung of a ladder; ``unknown`` is answered for every track, below its first rung."""
        if code == UNKNOWN and track in self.ladders:
            return Stage(track, UNKNOWN, 0, self.lists["flags"][UNKNOWN].labels, {})
        return self.ladders[track][code]

    def stages(self, track: str) -> tuple[Stage, ...]:
        """The ladder of a track from its first rung to the ends."""
        return tuple(self.ladders[track].values())

    def stage_label(self, track: str, code: str, lang: str) -> str:
        """The label of a stage in ``lang``, else in English."""
        labels = self.stage(track, code).labels
        return labels.get(lang) or labels["en"]

    def stage_groups(self, track: str) -> dict[str, tuple[str, ...]]:
        """The groups of a track in the order of its ladder, each with its stages."""
        found: dict[str, tuple[str, ...]] = {}
        for stage in self.stages(track):
            found[stage.group] = (*found.get(stage.group, ()), stage.code)
        return found

    def stage_glyph(self, track: str, code: str) -> str:
        """The plain character of a stage's group; ``?`` for ``unknown``. Raises KeyError for any other code."""
        group = self.stage(track, code).group
        return str(self.lists["stage_groups"][group].extra["glyph"]) if group else "?"

    def is_identifier(self, scheme: str, value: str) -> bool:
        """Whether ``value`` has the one form we store for ``scheme``."""
        return bool(re.fullmatch(self.lists["schemes"][scheme].extra["pattern"], value))

    def identifier_url(self, scheme: str, value: str) -> str:
        """The public page of an identifier, or empty when it has none or the value has another form."""
        extra = self.lists["schemes"][scheme].extra
        match = re.fullmatch(extra["pattern"], value)
        template = extra.get("url", "")
        if not match or not template:
            return ""
        if template == "{value}":
            return value
        words = extra.get("words", {})
        parts = {name: words.get(found, found) for name, found in match.groupdict().items()}
        parts["value"] = value
        return str(template).format(**{name: quote(part, safe="/:()") for name, part in parts.items()})


@functools.cache
def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read the lists once per process. Raises ReferenceDataError naming the file and the table's line."""
    lists: dict[str, dict[str, Term]] = {}
    ladders: dict[str, dict[str, Stage]] = {}
    version = ""
    for path in sorted((folder or FOLDER).glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ReferenceDataError(path.name, 1, str(error)) from error
        version = str(tables.pop("version", version))
        for track, rungs in tables.pop("stages", {}).items():
            found = [_stage(path.name, text, track, code, table) for code, table in rungs.items()]
            ladders[track] = {stage.code: stage for stage in sorted(found, key=lambda stage: stage.order)}
        for name, terms in tables.items():
            if name in lists:
                raise ReferenceDataError(path.name, _line(text, name), f"list {name!r} stands in two files")
            lists[name] = {code: _term(path.name, text, name, code, table) for code, table in terms.items()}
    lists["jurisdictions"] = _jurisdictions((folder or FOLDER).parent / "jurisdictions.toml")
    lists["incidents"] = read_incidents((folder or FOLDER).parent / "incidents.toml")
    if not version:
        raise ReferenceDataError("version.toml", 1, "the vocabulary has no version")
    every = [stage for ladder in ladders.values() for stage in ladder.values()]
    lists["stages"] = {stage.code: Term(stage.code, stage.labels) for stage in reversed(every)}
    lists["stages"] = {stage.code: lists["stages"][stage.code] for stage in every}
    lists["stages"][UNKNOWN] = lists["flags"][UNKNOWN]
    return Vocabulary(version, lists, ladders)


def _jurisdictions(path: Path) -> dict[str, Term]:
    text = path.read_text(encoding="utf-8")
    return {code: _term(path.name, text, "", code, table) for code, table in tomllib.loads(text).items()}


def read_incidents(path: Path) -> dict[str, Term]:
    """Affairs by code; ``extra`` is what :func:`data.incidents.incidents` reads. No file: none."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {code: _term(path.name, text, "", code, table) for code, table in tomllib.loads(text).items()}


def _term(file: str, text: str, name: str, code: str, table: dict[str, Any]) -> Term:
    labels = {lang: table.pop(lang, "") for lang in LANGUAGES}
    if not all(labels.values()):
        raise ReferenceDataError(file, _line(text, f"{name}.{code}".lstrip(".")), f"{name}.{code} needs en and fr")
    return Term(code, labels, table)


def _stage(file: str, text: str, track: str, code: str, table: dict[str, Any]) -> Stage:
    term = _term(file, text, f"stages.{track}", code, table)
    following = {lang: str(term.extra.get("next", {}).get(lang, "")) for lang in LANGUAGES}
    if not all(following.values()) or not {"order", "group"} <= term.extra.keys():
        line = _line(text, f"stages.{track}.{code}")
        raise ReferenceDataError(file, line, f"{code} needs order, group, next.en and next.fr")
    ends, group = bool(term.extra.get("end")), str(term.extra["group"])
    return Stage(track, code, term.extra["order"], term.labels, following, ends, group)


def _line(text: str, table: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().replace('"', "") == f"[{table}]":
            return number
    return 1
