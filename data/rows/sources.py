"""The snapshot itself, how much was read, and how the sources are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Volume:
    """Documents of a jurisdiction first read in a period: all of them, and those on the subject."""

    jurisdiction: str
    item_count: int
    subject_count: int


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source and its last runs. ``state``: never, ok, unchanged, stale, unavailable, blocked, failed,
    suspicious, skipped."""

    source_id: str
    names: dict[str, str]
    publisher: str
    jurisdiction: str
    kind: str
    lang: str
    licence: str
    url: str
    every_hours: int
    state: str
    last_run_at: str
    last_ok_at: str
    last_new_at: str
    record_count: int
    rejected_count: int
    warning_count: int
    outcomes: tuple[str, ...]
    error: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A quarantined row or an unknown code, for the Sources page. ``kind``: rejected, unknown."""

    kind: str
    source_id: str
    locator: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The published database. ``id`` changes with every publication: key caches with it.

    ``outdated_count`` items were read with other rules than those in force when it was published. ``as_of`` is the
    end of the day whose record this is, empty for now.
    """

    id: str
    published_at: str
    event_count: int
    dossier_count: int
    actor_count: int
    item_count: int
    vocabulary_version: str
    outdated_count: int
    as_of: str = ""

    def instant(self) -> str:
        """The UTC instant whose record this is."""
        return self.as_of or self.published_at
