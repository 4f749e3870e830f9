"""The one way a page asks: a short read-only connection to the edition of this session, answers cached for each."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import streamlit as st

from dashboard import address
from data import edition as editions
from data import queries, rewind
from data.database import Database, home, limited, published_path, sqlite3
from data.edition import Edition
from data.errors import StorageError, TooLongError, ViewError

Answer = TypeVar("Answer")

#: a collection that has written nothing for so long was stopped
SILENT_AFTER_SECONDS = 900


#: what one question of a page may take by the clock, many times what the slowest takes at a million documents; files
#: that are taken away and the building of editions have no such limit
LIMIT_SECONDS = 10.0

_LOG = logging.getLogger(__name__)
_ended = 0


class NoDatabase(Exception):  # noqa: N818 - a state of the installation, told as a page
    """Nothing has been published yet."""


#: what a damaged snapshot, or one of another version, makes a question raise
Unreadable = (sqlite3.Error, StorageError)


def edition(*, as_of: str | None = None) -> Edition:
    """What this session reads: the publication with the team's decisions, of the day the address asks for.

    ``as_of`` is another day, or empty for now. Raises NoDatabase before the first publication.
    """
    if not published_path().exists():
        raise NoDatabase
    return editions.current(day() if as_of is None else as_of)


def ask(question: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    """The answer of a function of :mod:`data.queries` or :mod:`data.search` (without its ``db`` argument).

    Arguments are views, texts and numbers: their ``repr`` says all of them, and is the key.
    """
    return _asked(edition(), question, args, kwargs)  # type: ignore[no-any-return]


def ask_now(question: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    """The same of the record of now, whatever day the address asks for: the state of sources has no past."""
    return _asked(edition(as_of=""), question, args, kwargs)  # type: ignore[no-any-return]


def span() -> rewind.Span | None:
    """The days whose record can be shown; None while there is none."""
    return ask_now(rewind.span)


def day() -> str:
    """The day whose record is shown, or empty for now: that of the address when it can be shown."""
    asked = day_of(address.get("as_of"))
    if asked is None:
        return ""
    days = span()
    return asked.isoformat() if days and days.first <= asked < days.last else ""


def day_of(text: str) -> date | None:
    """A day as the address writes it; None for anything else."""
    try:
        return rewind.parse_day(text)
    except ViewError:
        return None


def _asked(asked: Edition, question: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    key = repr((asked, question.__module__, question.__name__, args, sorted(kwargs.items())))
    # by name: Streamlit asks for the signature again for every argument that is given by position
    return _answer(key=key, _edition=asked, _question=question, _args=args, _kwargs=kwargs)


@st.cache_resource(max_entries=300, show_spinner=False)
def _answer(*, key: str, _edition: Edition, _question: Callable[..., Any], _args: Any, _kwargs: Any) -> Any:
    """Shared by all sessions as it is, never copied: who asks changes nothing in what it gets."""
    global _ended
    try:
        with opened(_edition) as db, limited(db, LIMIT_SECONDS):
            return _question(db, *_args, **_kwargs)
    except TooLongError:
        _ended += 1
        name = f"{_question.__module__}.{_question.__name__}"
        _LOG.warning("%s was ended after %g s; %d questions were since the start", name, LIMIT_SECONDS, _ended)
        raise


@contextmanager
def opened(asked: Edition | None = None) -> Iterator[Database]:
    """A connection for several questions of one and the same edition; this session's unless given."""
    db = editions.open_edition(asked or edition())
    try:
        yield db
    finally:
        db.close()


def progress() -> dict[str, Any]:
    """What the running or last collection tells; empty when there was none. ``silent``: it stopped without an end."""
    path = home() / "progress.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        age = time.time() - path.stat().st_mtime
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {**found, "silent": not found.get("finished_at") and age > SILENT_AFTER_SECONDS}


def seen() -> str:
    """The UTC instant up to which a reader of this publication has seen everything.

    That of the publication; while a collection runs, its start: an answer under way may be older than the publication.
    """
    published = ask(queries.snapshot).published_at
    state = progress()
    running = str(state.get("started_at", "")) if state and not state.get("finished_at") else ""
    return min(published, running) if running else published


def minute(*, days_ago: int = 0) -> str:
    """The start of this minute or of one some days ago, UTC: coarse, so that answers can be kept a while.

    In the record of a day it is the end of that day that is now.
    """
    shown = day()
    now = datetime.fromisoformat(rewind.end_of(date.fromisoformat(shown))) if shown else datetime.now(UTC)
    return (now - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:00Z")


def now() -> str:
    """The start of this minute, UTC, whatever day the address asks for."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:00Z")


def today() -> str:
    """The day the page speaks of as today: the one whose record is shown, else the machine's local calendar day."""
    return day() or datetime.now().astimezone().date().isoformat()
