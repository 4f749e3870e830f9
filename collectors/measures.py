"""What one whole visit measured: how many records, how fresh, which of their fields were filled and with what.

Beside the fields stand the shares of items that read as the source's items read: more than a teaser, in a language, in
letters that were decoded well, with a link of their own, at a place of a site. What changes there is told as a lost
field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from data.measured import Measures
from data.models import ActorRecord, DossierRecord, ItemRecord, Record

#: signs beyond which a text, or a summary, is more than its teaser
TEXT, SUMMARY = 500, 80
#: a language or a place of fewer items than this share is not kept
SHARE = 0.1
#: how long before a visit a record may be dated that it did not show
LATE = timedelta(days=3)
_READ = 300  # signs that show how a text was decoded


@dataclass
class Measuring:
    """Counts as the records go by; ``today`` bounds what counts as fresh (a sitting to come does not)."""

    today: date
    record_count: int = 0
    newest: date | None = None
    filled: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    links: set[str] = field(default_factory=set)

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
                    "long text": len(record.text) >= TEXT,
                    "long summary": len(record.summary) >= SUMMARY,
                    "readable letters": not is_garbled(f"{record.title} {(record.summary or record.text)[:_READ]}"),
                    "own link": record.url and record.url not in self.links,
                }
                self.links.add(record.url)
                self.said.update((f"item.language {record.lang}", f"item.place {_place(record.url)}"))
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

    def result(
        self, *, new_count: int = -1, changed_count: int = -1, late_count: int = -1, rules: str = ""
    ) -> Measures:
        """Shares are of the records of that kind; what was new or told otherwise is known to whoever stores them."""
        often = {name: count for name, count in self.said.items() if count >= SHARE * self.kinds["item"]}
        return Measures(
            record_count=self.record_count,
            newest=self.newest.isoformat() if self.newest else "",
            filled={
                name: round(count / self.kinds[name.partition(".")[0]], 3)
                for name, count in sorted({**self.filled, **often}.items())
            },
            new_count=new_count,
            changed_count=changed_count,
            late_count=late_count,
            rules=rules,
        )


def late_count(days: Iterable[date | None], visited: date) -> int:
    """How many records never seen before are older than the last visit by more than :data:`LATE`."""
    return sum(day is not None and visited - day > LATE for day in days)


def is_garbled(text: str) -> bool:
    """Whether letters were lost, or are those of UTF-8 read as Windows-1252."""
    if "\ufffd" in text:
        return True
    try:
        return not text.isascii() and text.encode("cp1252").decode() != text
    except UnicodeError:
        return False


def _place(url: str) -> str:
    """The site of a link and its first folder, when that is a word and neither a year nor the piece itself."""
    parts = url.split("/", 4)
    has_folder = len(parts) > 4 and len(parts[3]) <= 30 and not any(sign.isdigit() for sign in parts[3])
    return "/".join(parts[2 : 4 if has_folder else 3])
