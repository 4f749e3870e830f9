"""What becomes of an answer that uses a code our tables lack: the source's declared contract.

``evolve``         the record lands, the code beside it as a warning (the default)
``freeze``         the answer is refused whole: the visit failed, nothing of it lands, the cursor stays
``discard_row``    the record that uses the code goes to quarantine; the rest lands
``discard_value``  the record lands without the events of that code

Under every contract the code is named in a warning; under ``freeze`` in the failure itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from data.errors import SourceError
from data.models import ActorRecord, DossierRecord, ItemRecord, Record, Rejected, Source, Unknown


def held_to(source: Source, url: str, records: Iterable[Record]) -> Iterator[Record]:
    """The records of one answer as the contract of ``source`` lets them through. Raises SourceError (freeze)."""
    if source.contract == "evolve":
        yield from records
        return
    told = list(records)
    unknown = [one for one in told if isinstance(one, Unknown)]
    if source.contract == "freeze" and unknown:
        codes = ", ".join(sorted({f"{one.field} = {one.code!r}" for one in unknown}))
        raise SourceError(source.id, url, f"unknown codes, and the contract is to freeze: {codes}")
    for record in told:
        used = _codes_of(record, unknown)
        if not used or not isinstance(record, DossierRecord | ItemRecord | ActorRecord):
            yield record
        elif source.contract == "discard_row":
            place = record.identifiers[0].value if isinstance(record, ActorRecord) else record.external_id
            yield Rejected(place, f"unknown codes: {', '.join(used)}", repr(record))
        elif isinstance(record, ActorRecord):
            yield record
        else:
            kept = tuple(event for event in record.events if event.official_code not in {o.code for o in unknown})
            yield replace(record, events=kept)


def _codes_of(record: Record, unknown: list[Unknown]) -> list[str]:
    """The unknown codes this record uses. A warning names its place: the id of a record or of one of its events,
    then perhaps a colon and what lies inside."""
    if not unknown or not isinstance(record, DossierRecord | ItemRecord | ActorRecord):
        return []
    names = {one.value for one in record.identifiers} if isinstance(record, DossierRecord | ActorRecord) else set()
    if isinstance(record, DossierRecord | ItemRecord):
        names |= {record.external_id, *(event.external_id for event in record.events)}
    heads = names | {name.partition(":")[0] for name in names}
    return [
        f"{one.field} = {one.code!r}"
        for one in unknown
        if one.locator in names or one.locator.partition(":")[0] in heads
    ]
