"""When two sources of an event are one publication: the same page read twice, or a clipping that lost its address."""

from __future__ import annotations

from collections.abc import Iterable

from data.export.plain import bare
from data.rows import EventSource


def is_same(one: EventSource, other: EventSource, *, words: bool = True) -> bool:
    """The same publisher on the same day, at one address or at none that is told.

    ``words``: it must be cited with the same words too; two sources without a day or words stay two.
    """
    if not one.published_on or (one.publisher, one.published_on) != (other.publisher, other.published_on):
        return False
    if one.url and other.url and one.url != other.url:
        return False
    return not words or (bool(one.quote) and bare(one.quote) == bare(other.quote))


def better(one: EventSource, other: EventSource) -> EventSource:
    """The one that tells more of where and when it was read."""
    return max(one, other, key=lambda source: (bool(source.url), bool(source.retrieved_at)))


def once(sources: Iterable[EventSource]) -> list[EventSource]:
    """Each publication once, in the order they are named: for lists that show no words."""
    found: list[EventSource] = []
    for source in sources:
        for number, held in enumerate(found):
            if is_same(held, source, words=False):
                found[number] = better(held, source)
                break
        else:
            found.append(source)
    return found
