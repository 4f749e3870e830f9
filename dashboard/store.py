"""The one way a page asks: a short read-only connection to the edition of this session, answers cached for each."""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import streamlit as st

from data import edition as editions
from data.database import Database, home, published_path, sqlite3
from data.edition import Edition
from data.errors import StorageError

Answer = TypeVar("Answer")

#: a collection that has written nothing for so long was stopped
SILENT_AFTER_SECONDS = 900


class NoDatabase(Exception):  # noqa: N818 - a state of the installation, told as a page
    """Nothing has been published yet."""


#: what a damaged snapshot, or one of another version, makes a question raise
Unreadable = (sqlite3.Error, StorageError)


def edition() -> Edition:
    """What this session reads: the publication with the team's decisions. Raises NoDatabase before the first one."""
    if not published_path().exists():
        raise NoDatabase
    return editions.current()


def ask(question: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    """The answer of a function of :mod:`data.queries` or :mod:`data.search` (without its ``db`` argument).

    Arguments are views, texts and numbers: their ``repr`` says all of them, and is the key.
    """
    key = repr((args, sorted(kwargs.items())))
    asked = edition()
    return _answer(repr(asked), question.__module__, question.__name__, key, asked, args, kwargs)  # type: ignore[no-any-return]


@st.cache_data(max_entries=300, show_spinner=False)
def _answer(which: str, module: str, name: str, key: str, _edition: Edition, _args: Any, _kwargs: Any) -> Any:
    question = getattr(importlib.import_module(module), name)
    with opened(_edition) as db:
        return question(db, *_args, **_kwargs)


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


def minute(*, days_ago: int = 0) -> str:
    """The start of this minute or of one some days ago, UTC: coarse, so that answers can be kept a while."""
    return (datetime.now(UTC) - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:00Z")


def today() -> str:
    """The local calendar day of the machine that shows the page."""
    return datetime.now().astimezone().date().isoformat()
