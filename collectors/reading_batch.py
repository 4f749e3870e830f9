"""Reading a batch of texts in any process: pure functions of the batch and of what a reader is built from.

A process builds its reader once, with the first batch it is given, and keeps it while the context is the same.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from collectors.analysis.lexicon import rule_version
from collectors.analysis.reading import Document
from collectors.batches import UnfitWorkersError
from collectors.interpret import Interpreter
from collectors.watching import NOTHING, Watched
from data.members import Member
from data.models import Record, Source
from data.store import Entry

#: a record to read and the source it is of
Job = tuple[Record, Source]


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading depends on beside the text: the rules, the members that registers list, the watched files."""

    rules: str
    members: tuple[Member, ...] = ()
    watched: Watched = NOTHING


def records_reader(context: Context) -> Callable[[Sequence[Job]], list[Entry]]:
    """A function of batches of records that can be sent to other processes."""
    return partial(_read_records, _packed(context))


def documents_reader(context: Context) -> Callable[[Sequence[tuple[int, Document]]], list[dict[str, Any]]]:
    """The same of numbered documents of an annotated collection; gives their predictions."""
    return partial(_predict, _packed(context))


def _packed(context: Context) -> bytes:
    return zlib.compress(pickle.dumps(context))


def _read_records(packed: bytes, batch: Sequence[Job]) -> list[Entry]:
    context, interpret = _built(packed)
    return [interpret(record, source, context.watched) for record, source in batch]


def _predict(packed: bytes, batch: Sequence[tuple[int, Document]]) -> list[dict[str, Any]]:
    from collectors.analysis.predictions import predictions

    return predictions([one for _, one in batch], _built(packed)[1].load())


@lru_cache(maxsize=1)
def _built(packed: bytes) -> tuple[Context, Interpreter]:
    context: Context = pickle.loads(zlib.decompress(packed))
    if context.rules != (here := rule_version()):
        raise UnfitWorkersError(f"a worker reads with other rules ({here}) than these ({context.rules}): update it")
    return context, Interpreter(lambda: context.members)
