"""The one way a page asks the snapshot: a short read-only connection, answers cached per publication."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import streamlit as st

from data.database import home, open_immutable, published_path

Answer = TypeVar("Answer")


def stamp() -> tuple[int, int]:
    """What changes with each publication: the file's identity. Raises FileNotFoundError before the first one."""
    state = published_path().stat()
    return state.st_ino, state.st_mtime_ns


def ask(question: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
    """The answer of a function of :mod:`data.queries` or :mod:`data.search` (without its ``db`` argument)."""
    return _answer(stamp(), question.__module__, question.__name__, args, kwargs)  # type: ignore[no-any-return]


@st.cache_data(max_entries=400, show_spinner=False)
def _answer(publication: tuple[int, int], module: str, name: str, args: Any, kwargs: Any) -> Any:
    question = getattr(importlib.import_module(module), name)
    db = open_immutable(published_path())
    try:
        return question(db, *args, **kwargs)
    finally:
        db.close()


def progress() -> dict[str, Any]:
    """What the running or last collection tells; empty when there was none."""
    try:
        found = json.loads((home() / "progress.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def now() -> str:
    """This instant, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
