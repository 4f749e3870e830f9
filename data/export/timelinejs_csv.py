"""The slides of TimelineJS as its own spreadsheet: what people who keep their story in Google Sheets import.

The same slides as :mod:`data.export.timelinejs`. TimelineJS3 3.9.11 and later reads the file itself when its address
ends in ``.csv``. Its columns are fixed and have none for an id: the link in the text leads to the event by its id.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from data.export.context import Context, Export, Options
from data.export.extract import Extract
from data.export.plain import no_formula, unbroken
from data.export.timelinejs import notes, slide, title_text
from data.vocabulary import Vocabulary

#: the places in which the player's patterns of addresses are broken
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)

COLUMNS = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text",
    "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Type", "Group", "Background",
)  # fmt: skip


def write(extract: Extract, context: Context, labels: Vocabulary, options: Options) -> Export:
    """The view as a sheet of slides, the title slide first. A comma always: the player knows no other separator."""
    out = io.BytesIO()
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    told = title_text(extract.events, context)
    title = {"Headline": told["headline"], "Text": told["text"], "Type": "title"}
    writer.writerow({name: unbroken(no_formula(value)) for name, value in title.items()})
    for event in extract.events:
        row = _row(slide(event, context, labels))
        writer.writerow({name: unbroken(no_formula(value)) for name, value in row.items()})
    name = context.filename("timelinejs.csv")
    return Export(name, "text/csv; charset=utf-8", out.getvalue(), notes(len(extract.events), context.lang))


def unlinked(markup: str) -> str:
    """Markup of ours in whose text the player finds no address to make a link of, as it does in a sheet.

    An invisible word joiner (U+2060) stands where it would begin to see one; what is inside a tag stays as it is.
    """
    parts = re.split(r"(<[^>]*>)", markup)
    return "".join(part if n % 2 else _ADDRESS.sub("\u2060", part) for n, part in enumerate(parts))


def _row(found: dict[str, Any]) -> dict[str, str]:
    media = found.get("media", {})
    start, end = found["start_date"], found.get("end_date", {})
    return {
        **{name: str(start.get(name.lower(), "")) for name in ("Year", "Month", "Day")},
        **{f"End {name}": str(end.get(name.lower(), "")) for name in ("Year", "Month", "Day")},
        "Display Date": found.get("display_date", ""),
        "Headline": unlinked(found["text"]["headline"]),
        "Text": unlinked(found["text"]["text"]),
        "Media": media.get("url", ""),
        "Media Credit": unlinked(media.get("credit", "")),
        "Group": found["group"],
    }
