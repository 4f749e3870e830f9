"""``docs/sources.md``, made from the catalogue, the modules' own words and ``data/reference/formats.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from collectors.run import collector_of
from data.errors import ReferenceDataError
from data.models import Source
from data.vocabulary import load_vocabulary

FORMATS = Path(__file__).resolve().parent.parent / "data" / "reference" / "formats.toml"

_HEAD = """# Sources

Made from the catalogue by `python -m collectors sources --page`; a test compares it. What is read of each place and
body and what is not: `python -m collectors sources --coverage`. How to add one: [add-a-source.md](add-a-source.md).

## Formats

One parser each. *Payload*: `real`, the parser reads answers of the publisher as they came (they belong to their
publishers and are not in the repository; tests use hand-written ones of the same form); `documented`, it was built on
the published description of the format, and no answer of the publisher has been run through it by a test.

| collector | sources | payload | records | what it is, and its oddities | left out |
|---|---|---|---|---|---|
"""


def load_formats(path: Path = FORMATS) -> dict[str, dict[str, str]]:
    """Collector -> payload, records, left. Raises ReferenceDataError."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ReferenceDataError(path.name, 1, str(error)) from error
    for name, table in tables.items():
        if set(table) != {"payload", "records", "left"} or table["payload"] not in ("real", "documented"):
            raise ReferenceDataError(path.name, 1, f"{name}: needs payload (real, documented), records and left")
    return tables


def page(sources: Sequence[Source], formats: dict[str, dict[str, str]]) -> str:
    """The whole page. Raises KeyError for a collector that ``formats`` lacks."""
    by_collector: dict[str, list[Source]] = {}
    for source in sources:
        by_collector.setdefault(source.collector, []).append(source)
    lines = []
    for name, own in sorted(by_collector.items()):
        about = formats[name]
        cells = (f"`{name}`", str(len(own)), about["payload"], about["records"], _words(own[0]), about["left"])
        lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    return _HEAD + "\n".join(lines) + "\n" + _catalogue(sources)


def _catalogue(sources: Sequence[Source]) -> str:
    labels = load_vocabulary()
    lines = ["", "## Catalogue", ""]
    for code in labels.codes("jurisdictions"):
        own = [one for one in sources if one.jurisdiction == code]
        if not own:
            continue
        lines += [
            f"### {labels.label('jurisdictions', code, 'en')}", "",
            "| id | name | publisher | kind | collector | every | at least | since | key |",
            "|---|---|---|---|---|---|---|---|---|",
        ]  # fmt: skip
        for one in sorted(own, key=lambda source: (source.collector == "feed", source.id)):
            cells = (
                f"`{one.id}`", one.name("en"), one.publisher, labels.label("source_kinds", one.kind, "en"),
                f"`{one.collector}`", f"{one.every_hours} h", str(one.min_records),
                one.since.isoformat() if one.since else "", f"`{one.key_env}`" if one.key_env else "",
            )  # fmt: skip
            lines.append("| " + " | ".join(map(_cell, cells)) + " |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _words(source: Source) -> str:
    """The module's own description, on one line."""
    words = collector_of(source).__doc__ or ""
    return re.sub(r"``", "`", " ".join(words.split()))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
