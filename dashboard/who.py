"""Names of actors in the reader's language, where the reviewed list has one; else the official name, as it is.

English pages show official names alone: bodies of several languages stand under the English one, and the English
names of others are translations that nobody cites.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from dashboard import store
from dashboard.i18n import DEFAULT
from dashboard.tables import actor_name
from data import queries

#: a row of an actor: ``actor_id`` and ``name``
Row = TypeVar("Row")


def named(rows: Iterable[Row], lang: str) -> list[Row]:
    """The rows with the name in the language of the page."""
    known = _known(lang)
    return [_renamed(one, known) for one in rows]


def _known(lang: str) -> dict[str, str]:
    return {} if lang == DEFAULT else store.ask(queries.names_in, lang)


def _renamed(one: Any, known: dict[str, str]) -> Any:
    return replace(one, name=known[one.actor_id]) if one.actor_id in known else one


def name_of(actor_id: str, name: str, number: str, lang: str) -> str:
    """One name in the language of the page; that there is none, with the official number."""
    return actor_name(_known(lang).get(actor_id, name), number, lang)
