"""What the team decided, for the team to take away: CSV for a spreadsheet, JSON for a script. Not for the public.

Of what is withheld because it names a private person only the decision itself is told, not on what.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from data.decisions import Decision
from data.export.plain import no_formula, one_line

#: columns of the table and keys of the objects, in this order; ``title`` is the name of what was decided on
COLUMNS = (
    "decision_id", "kind", "entity", "entity_id", "title", "other_id", "type", "date", "stance", "tag", "why", "by",
    "at", "withdrawn_at",
)  # fmt: skip

#: columns that can hold a name
_NAMING = ("entity_id", "title", "why")


def rows(decisions: Iterable[tuple[Decision, str]]) -> list[dict[str, str]]:
    """One row a decision, given with the name of what it is on; every value a text."""
    return [
        {
            name: "" if name in _NAMING and _is_withheld(one) else title if name == "title" else str(getattr(one, name))
            for name in COLUMNS
        }
        for one, title in decisions
    ]


def _is_withheld(one: Decision) -> bool:
    return one.is_private and not one.withdrawn_at


def csv_file(decisions: Iterable[tuple[Decision, str]]) -> bytes:
    """UTF-8 with a byte-order mark, so that a spreadsheet reads accents; no cell is run as a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(decisions):
        writer.writerow([no_formula(row[name]) for name in COLUMNS])
    return buffer.getvalue().encode("utf-8-sig")


def json_file(decisions: Iterable[tuple[Decision, str]]) -> bytes:
    """A list of objects, texts as they were written but without control characters."""
    told = [{name: one_line(value) for name, value in row.items()} for row in rows(decisions)]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
