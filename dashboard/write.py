"""The writing edge: the only way from a page to the desk. Each write asks first who is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import streamlit as st

from dashboard import member
from data import desk
from data.database import Database, sqlite3


def decide(kind: str, entity: str, entity_id: str, *, other_id: str = "", value: object = None, why: str = "") -> int:
    """Write a decision in the name of who is there; returns its number. Raises as :func:`_desk`."""
    with _desk() as (db, by):
        return desk.decide(db, kind, entity, entity_id, other_id=other_id, value=value, why=why, by=by, at=_now())


def withdraw(decision_id: int) -> None:
    """Take a decision back. Raises as :func:`_desk`."""
    with _desk() as (db, _):
        desk.withdraw(db, decision_id, at=_now())


def save_view(name: str, query: str) -> None:
    """Keep a view. Raises as :func:`_desk`."""
    with _desk() as (db, _):
        desk.save_view(db, name, query, at=_now())


def rename_view(name: str, new: str) -> None:
    """Give a kept view another name. Raises ValueError when that is taken, else as :func:`_desk`."""
    with _desk() as (db, _):
        desk.rename_view(db, name, new)


def remove_view(name: str) -> None:
    """Forget a kept view. Raises as :func:`_desk`."""
    with _desk() as (db, _):
        desk.remove_view(db, name)


def attempt(work: Callable[[], object], key: str) -> bool:
    """Do a write; what went wrong is kept under ``key`` as the last part of a text's name (``refused.…``)."""
    try:
        work()
    except member.NotAllowed:
        st.session_state[key] = "not_allowed"
    except ValueError:
        st.session_state[key] = "name_taken"
    except sqlite3.Error:
        st.session_state[key] = "not_written"
    else:
        return True
    return False


@contextmanager
def _desk() -> Iterator[tuple[Database, str]]:
    """The open desk and who writes. Raises member.NotAllowed for a visitor, sqlite3.Error when it cannot be written."""
    by = member.required()
    with desk.open_desk() as db:
        yield db, by


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
