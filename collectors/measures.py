"""What one whole visit measured: how many records, how fresh, which of their fields were filled."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from data.health import Measures
from data.models import ActorRecord, DossierRecord, ItemRecord, Record


@dataclass
class Measuring:
    """Counts as the records go by; ``today`` bounds what counts as fresh (a sitting to come does not)."""

    today: date
    record_count: int = 0
    newest: date | None = None
    filled: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def see(self, record: Record) -> None:
        """Take one record into account; quarantine, warnings and addresses are not records."""
        match record:
            case ItemRecord():
                kind = "item"
                days = [record.published_on] if record.published_on else []
                fields: dict[str, object] = {
                    "title": record.title,
                    "url": record.url,
                    "summary": record.summary,
                    "text": record.text,
                    "date": record.published_on,
                    "actors": record.actors or record.authors,
                    "events": record.events,
                }
            case DossierRecord():
                kind = "dossier"
                days = [event.when.start for event in record.events]
                fields = {
                    "title": record.title,
                    "url": record.url,
                    "text": record.text,
                    "identifiers": record.identifiers,
                    "events": record.events,
                    "actors": record.actors,
                }
            case ActorRecord():
                kind, days = "actor", []
                fields = {"name": record.name, "identifiers": record.identifiers, "party": record.party}
            case _:
                return
        self.record_count += 1
        self.kinds[kind] += 1
        self.filled.update(f"{kind}.{name}" for name, value in fields.items() if value)
        for day in days:
            if day <= self.today and (self.newest is None or day > self.newest):
                self.newest = day

    def result(self) -> Measures:
        """Shares are of the records of that kind."""
        return Measures(
            record_count=self.record_count,
            newest=self.newest.isoformat() if self.newest else "",
            filled={
                name: round(count / self.kinds[name.partition(".")[0]], 3)
                for name, count in sorted(self.filled.items())
            },
        )


def as_json(measures: Measures) -> str:
    """The stored form."""
    return json.dumps(
        {"records": measures.record_count, "newest": measures.newest, "filled": measures.filled}, sort_keys=True
    )
