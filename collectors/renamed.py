"""The pieces of a feed under the name each was told by first.

A publisher's new system, or one that makes a name anew for every reader, gives old pieces other names. It is the same
piece when it stands at the same address and reads the same to the letter, and when the answer does not itself tell
another under the old name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from data.models import ItemRecord, Record


def under_first_names(
    told: Iterable[Record],
    other_names: Callable[[ItemRecord], Iterable[str]],
    is_told: Callable[[ItemRecord], bool],
) -> Iterator[Record]:
    """The records of one answer. ``other_names`` are those of stored pieces at the same address, ``is_told`` whether a
    piece is stored to the letter as it reads now."""
    records = list(told)
    names = {one.external_id for one in records if isinstance(one, ItemRecord)}
    for record in records:
        if isinstance(record, ItemRecord):
            renamed = (replace(record, external_id=name) for name in other_names(record) if name not in names)
            yield next((one for one in renamed if is_told(one)), record)
        else:
            yield record
