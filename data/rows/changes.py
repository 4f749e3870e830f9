"""The public change log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.rows.events import localised


@dataclass(frozen=True, slots=True)
class Revision:
    """One line of the public change log."""

    entity: str
    entity_id: str
    field: str
    old: str
    new: str
    at: str
    by: str
    why: str
    title: str = ""
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What was and what is of one field."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of one thing at one UTC instant. ``kind`` is one of :data:`data.change_log.KINDS`.

    ``by`` is a source, ``joining``, ``stages`` or ``team``; ``by_names`` the names of a source by language.
    ``is_gone``: the event is no longer shown. Of kind ``new``: ``lines`` are jurisdictions with their new events.
    """

    at: str
    kind: str
    entity: str
    entity_id: str
    is_gone: bool
    title: str
    titles: Mapping[str, str]
    jurisdiction: str
    lines: tuple[ChangeLine, ...]
    by: str
    by_names: Mapping[str, str]
    why: str

    def heading(self, lang: str) -> str:
        """The title in a language, else as it is."""
        return localised(self.titles, lang, self.title)


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are asked for; empty means all. ``since`` and ``until`` are inclusive UTC days.

    ``of`` is one event or file as it is shown: (``event`` or ``dossier``, its id).
    """

    kinds: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    of: tuple[str, str] | None = None
