"""Readings in the format of an annotated collection (JSON Lines), to measure the rules.

``python -m collectors.analysis.predictions DOCUMENTS.jsonl OUT.jsonl``. Of each line only ``id``, ``lang``,
``title``, ``published``, ``text``, ``source_type`` and ``jurisdiction`` are read: annotations are not looked at.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from collectors.analysis.gazetteer import Gazetteer
from collectors.analysis.normalise import fold_key
from collectors.analysis.offices import office
from collectors.analysis.reader import Reader
from collectors.analysis.reading import Document, Mention, Reading
from data.errors import MonitorError
from data.reference import load_reference
from data.reference_models import RefRole

_TYPES = {
    "person": "person",
    "party": "party",
    "group": "party",
    "government": "government",
    "parliament": "parliament",
    "committee": "parliament",
    "regulator": "regulator",
    "court": "court_prosecutor",
    "prosecutor": "court_prosecutor",
    "platform": "platform_company",
    "ai_developer": "platform_company",
    "ngo": "ngo",
    "media": "media",
}

#: a name of so few letters stands for several
_INITIALS = 3


def read_documents(path: Path) -> list[Document]:
    """Documents of a JSON Lines file. Raises MonitorError naming the line that is not one."""
    documents = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            documents += documents_of([json.loads(line)])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MonitorError(f"{path.name}:{number}: not a document: {error}") from error
    return documents


def documents_of(lines: Iterable[dict[str, Any]]) -> list[Document]:
    """The documents of a collection's lines."""
    return [
        Document(
            id=str(row["id"]),
            title=str(row.get("title", "")),
            text=str(row["text"]),
            lang=str(row.get("lang", "")),
            published=date.fromisoformat(str(row["published"])[:10]),
            jurisdiction=str(row.get("jurisdiction", "")),
            source_kind=str(row.get("source_type", "")),
        )
        for row in lines
    ]


def write_predictions(documents: Path, predictions: Path, reader: Reader) -> None:
    """One line of predictions for each document of the file."""
    write_rows(predictions, read_predictions(documents, reader))


def write_rows(predictions: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Predictions as JSON Lines."""
    predictions.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


def read_predictions(documents: Path, reader: Reader) -> list[dict[str, Any]]:
    """What reading each document of the file gives."""
    return predictions(read_documents(documents), reader)


def predictions(documents: list[Document], reader: Reader) -> list[dict[str, Any]]:
    """What reading each document gives."""
    read = zip(documents, reader.read_many(documents), strict=True)
    return [prediction(document, reading, reader) for document, reading in read]


def prediction(document: Document, reading: Reading, reader: Reader) -> dict[str, Any]:
    """One reading in the collection's field names."""
    names = {m.actor_id or m.name: m.name for m in reading.mentions}
    return {
        "id": document.id,
        "relevant": reading.relevant,
        "facets": list(reading.facets),
        "actors": [
            *_actors(document, reading, reader.gazetteer, reader.roles),
            *_withheld(document, reading),
        ],
        "events": [
            {
                "date": event.when.iso(),
                "type": event.type,
                "actors": [names[key] for key in event.actors],
                "quote_span": [event.start, event.end],
                "status": event.status,
            }
            for event in reading.events
        ],
        "legal_refs": [
            {"text": ref.text, "start": ref.start, "end": ref.end, "normalised": ref.normalised}
            for ref in reading.legal_references
        ],
        "stances": [
            {
                "actor": _holder(item.actor, names, reading, reader.gazetteer),
                "stance": item.stance, "start": item.start, "end": item.end,
            }
            for item in reading.stances
        ],
        "figures": [
            {
                "text": one.text, "start": one.start, "end": one.end, "value": one.value, "unit": one.unit,
                "about": one.about,
            }
            for one in reading.figures
        ],
    }  # fmt: skip


def _holder(key: str, names: dict[str, str], reading: Reading, gazetteer: Gazetteer) -> str:
    """Who holds a position: the name of the list, without the bracket that tells namesakes apart ("Vox (partido)"), or
    another name that the text has in full ("Conseil fédéral", "Baroness Owen of Alderley Edge")."""
    if key not in gazetteer.actors:
        return names[key]
    listed = re.sub(r"\s\([^()]*\)$", "", names[key])
    mentions = [m for m in reading.mentions if m.actor_id == key]
    fullest = max((m.text for m in mentions), key=len, default="")
    whole = " " in fullest if mentions and mentions[0].kind == "person" else len(fullest) > _INITIALS
    return fullest if whole and not _forms_of_one(listed, fullest) else listed


def _forms_of_one(name: str, other: str) -> bool:
    """Shorter, longer or inflected: every word of one begins as a word of the other does."""
    one, two = ({word[:6] for word in fold_key(text).split()} for text in (name, other))
    return one <= two or two <= one


def _actors(
    document: Document, reading: Reading, gazetteer: Gazetteer, roles: tuple[RefRole, ...]
) -> list[dict[str, Any]]:
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        grouped[mention.actor_id or mention.name].append(mention)
    found = []
    for items in grouped.values():
        first = items[0]
        aliases = {mention.text for mention in items}
        if first.actor_id:
            actor = gazetteer.actors[first.actor_id]
            aliases |= {
                *actor.names.values(),
                *actor.aliases,
                *(item.alias for item in actor.ambiguous_aliases),
            }
        role, affiliation = office(document, reading.country, items, reading.mentions, gazetteer, roles)
        found.append(
            {
                "name": first.name,
                "type": _TYPES.get(first.kind, "other"),
                "role": role,
                "affiliation": affiliation,
                "mentions": [[mention.start, mention.end] for mention in items],
                "aliases": sorted(aliases - {first.name}),
            }
        )
    return found


def _withheld(document: Document, reading: Reading) -> list[dict[str, Any]]:
    """Names recognised as those of private persons: found, to be measured, and never an actor of the product."""
    cited = [(ref.start, ref.end) for ref in reading.legal_references]
    grouped: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in reading.withheld:
        if not any(low <= start and end <= high for low, high in cited):
            grouped[document.text[start:end]].append((start, end))
    for name in sorted(grouped, key=len):  # a surname alone is the person named in full
        whole = [other for other in grouped if other != name and name in other.split()]
        if len(whole) == 1:
            grouped[whole[0]] += grouped.pop(name)
    return [
        {"name": name, "type": "person", "role": "", "affiliation": "", "mentions": [list(span) for span in spans],
         "aliases": [], "withheld": True}
        for name, spans in grouped.items()
    ]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Read a file of documents with the curated reference."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m collectors.analysis.predictions DOCUMENTS.jsonl OUT.jsonl\n")
        return 2
    reference = load_reference()
    write_predictions(Path(arguments[0]), Path(arguments[1]), Reader(reference.actors, reference.roles))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
