"""The errors a user or a maintainer can act on; everything else is a bug and is left raw."""

from __future__ import annotations


class MonitorError(Exception):
    """Base of every error this project raises on purpose."""


class ReferenceDataError(MonitorError):
    """A row of ``data/reference`` breaks a rule. Names the file and the line."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


class StorageError(MonitorError):
    """The database cannot be used as it is (locked, newer, foreign, missing); says what to do."""


class TooLongError(MonitorError):
    """A question took longer than a reader may wait, and was ended."""


class SourceError(MonitorError):
    """A whole response is not what its source promises. Names the source and the address."""

    def __init__(self, source_id: str, url: str, problem: str) -> None:
        super().__init__(f"{source_id}: {problem} ({url})")
        self.source_id = source_id
        self.url = url
        self.problem = problem


class BlockedError(SourceError):
    """A page for people stands where data was promised: a consent wall, a challenge, a login."""


class ViewError(MonitorError):
    """A view's query string holds a key or a code that does not exist.

    ``key`` and ``value`` are what it holds; ``problem`` is a code: key, value, day or range.
    """

    def __init__(self, text: str, problem: str = "", key: str = "", value: str = "") -> None:
        super().__init__(text)
        self.problem = problem
        self.key = key
        self.value = value


class SubscriptionError(MonitorError):
    """A subscription, its address or the settings of the mail server cannot be used; says what is wrong."""
