"""Taking a view away: one list of events, one set of ids, many writers. Records in, bytes out.

Fields of every format: ``docs/exports.md``. Command line: ``python -m data.export``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from data.errors import ViewError
from data.export import csv_writer, ical, timelinejs
from data.export.context import LICENCE, Context, Export, Options
from data.rows import TimelineEvent
from data.vocabulary import Vocabulary, load_vocabulary

__all__ = ["FORMATS", "LICENCE", "Context", "Export", "Options", "Writer", "build"]

Writer = Callable[[Sequence[TimelineEvent], Context, Vocabulary, Options], Export]

FORMATS: dict[str, Writer] = {
    "csv": csv_writer.write,
    "timelinejs": timelinejs.write,
    "ical": ical.write,
}


def build(
    fmt: str,
    events: Sequence[TimelineEvent],
    context: Context,
    *,
    options: Options | None = None,
    labels: Vocabulary | None = None,
) -> Export:
    """The file of ``fmt`` with exactly ``events``, in order of date.

    Raises ViewError for an unknown format, ValueError when the rows are not those the context announces.
    ``labels`` is the vocabulary unless given.
    """
    if fmt not in FORMATS:
        raise ViewError(f"unknown format {fmt!r}; known: {', '.join(FORMATS)}")
    if context.count != len(events):
        raise ValueError(f"the context announces {context.count} events, {len(events)} were given")
    if len({one.event_id for one in events}) != len(events):
        raise ValueError("an event is given twice")
    if bad := [one.event_id for one in events if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.event_id)]:
        raise ValueError(f"not an id of [a-z0-9-], so formats would disagree on it: {bad[0]!r}")
    ordered = sorted(events, key=lambda one: (one.date_start, one.date_end, one.event_id))
    return FORMATS[fmt](ordered, context, labels or load_vocabulary(), options or Options())
