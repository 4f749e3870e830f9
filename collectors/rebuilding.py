"""Everything made again from what is kept: each body parsed and read as it was, in a database beside the old one.

The answers are gone through in the order they were read (table ``answer``), by the visit that read them first
(:mod:`collectors.visit`), without a network: with the files that were watched then and the members that were known
then, but by the parsers and rules of today. What comes out is compared with what stands, and put in its place in one
transaction (:mod:`data.rebuilt`). A body that is no longer kept, or that cannot be parsed any more, is an error: then
nothing is replaced.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from collectors import clippings
from collectors.apart import Parse, inline
from collectors.clippings import ClippingCollector, from_told
from collectors.interpret import Interpreter
from collectors.run import collector_of
from collectors.visit import Visit
from collectors.watching import NOTHING, Watched
from data import members, store_kept, store_sources
from data.database import Database
from data.errors import MonitorError
from data.members import Member
from data.models import Identifier, Source
from data.payloads import read_payload
from data.store_kept import Answer

#: answers looked up at once
_STEP = 200

#: answers that could not be gone through, told by name
_MOST = 12


class RebuildError(MonitorError):
    """Some kept answers cannot be gone through again. Names the first of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        named = "\n".join(f"  {one}" for one in problems[:_MOST])
        super().__init__(f"{len(problems)} kept answers cannot be read again, so nothing was replaced:\n{named}")
        self.problems = tuple(problems)


@dataclass
class Rebuilding:
    """Goes through the answers of ``kept`` and writes what they tell into ``fresh``, an empty migrated database.

    ``interpreter`` gives a reader that knows the members given; it is asked again when they have changed.
    """

    kept: Database
    fresh: Database
    payloads: Path
    sources: Mapping[str, Source]
    interpreter: Callable[[Sequence[Member]], Interpreter]
    parse: Parse = inline
    problems: list[str] = field(default_factory=list)
    _watched: dict[int, Watched] = field(default_factory=dict)
    _members: list[Member] = field(default_factory=list)
    _interpret: Interpreter | None = None

    def run(self) -> int:
        """Go through all answers; returns how many. Raises RebuildError when one cannot be read."""
        marks = store_kept.watch_marks(self.kept)
        self._look_up(0)
        count = 0
        for answer in self._answers():
            try:
                self._read(answer)
            except (OSError, EOFError, zlib.error, ImportError, KeyError, TypeError, ValueError) as error:
                self._failed(answer, f"{type(error).__name__}: {error}")
            if answer.n in marks:
                self._look_up(answer.n)
            count += 1
        if self.problems:
            raise RebuildError(self.problems)
        return count

    def _answers(self) -> Iterable[Answer]:
        after = 0
        while found := store_kept.answers(self.kept, after=after, limit=_STEP):
            yield from found
            after = found[-1].n

    def _look_up(self, n: int) -> None:
        """The watched files as they are known after answer ``n``."""
        known = store_sources.known_identifiers(self.fresh)
        self._watched[n] = Watched.of(Identifier(scheme, value) for scheme, value in known)

    def _failed(self, answer: Answer, problem: str) -> None:
        self.problems.append(f"{answer.source_id}, {answer.response.requested_url}: {problem}")

    def _read(self, answer: Answer) -> None:
        source = self.sources[answer.source_id]
        body = read_payload(self.payloads, answer.sha256)
        if sha256(body).hexdigest() != answer.sha256:
            raise ValueError("the kept body is damaged")
        response = replace(answer.response, body=body)
        is_clipping = source.id == clippings.SOURCE.id
        visit = Visit(
            db=self.fresh,
            source=source,
            collector=ClippingCollector(from_told(answer.told)) if is_clipping else collector_of(source),
            interpret=self._reader(),
            now=lambda: response.fetched_at,
            payloads=self.payloads,
            parse=self.parse,
            watched=NOTHING if is_clipping else self._watched_at(answer),
        )
        visit.read_again(response, answer.sha256, article=answer.told.get("article", ""))
        self.problems += [f"{source.id}, {problem}" for _, problem, _ in visit.failures]
        if source.options.get("first") is True:
            self._interpret = None  # it may have told other members

    def _watched_at(self, answer: Answer) -> Watched:
        """What was watched when it was read; of an answer older than the table, the last before it."""
        return self._watched[max(n for n in self._watched if n <= answer.watched_after)]

    def _reader(self) -> Interpreter:
        """A reader with the members known so far; the same one as long as they are the same."""
        if self._interpret is None:
            self._members = members.members(self.fresh)
            self._interpret = self.interpreter(self._members)
        return self._interpret
