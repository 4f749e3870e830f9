"""Why a text was read as it was: the text with its marks, then every decision with its rule.

The rules of today are applied to the stored text (names of private persons are masked in it), so a change of the
rules can be looked at before anything is read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from collectors.analysis.reader import Reader
from collectors.analysis.reading import Document, Reading
from collectors.interpret import UNDATED
from data.rows import ItemPage

_OPEN, _CLOSE = "⟦", "⟧"


def explain(page: ItemPage, reader: Reader) -> str:
    """The explanation as lines of plain text."""
    published = date.fromisoformat(page.date) if page.date else UNDATED
    document = Document(
        id=str(page.item_id), title=page.title, text=page.text, lang=page.lang, published=published,
        jurisdiction=page.jurisdiction, source_kind="parliament_question" if page.kind == "question" else "",
    )  # fmt: skip
    reading = reader.read(document)
    decisions = sorted(_decisions(reading))
    lines = [
        f"{page.title}",
        f"{page.publisher}, {page.date or 'no day'}, {page.url}",
        f"language {reading.language}, country {reading.country or 'unknown'}, rules {reading.rule_version}",
        f"on the subject: {'yes' if reading.relevant else 'no'} (score {reading.score:.2f})"
        + (f", {', '.join(reading.facets)}" if reading.facets else ""),
        *(f"  {one.text!r} ({one.rule})" for one in reading.evidence),
        "",
        _marked(page.text, [(start, end) for start, end, *_ in decisions]),
        "",
    ]
    for start, end, kind, what, rule in decisions:
        words = " ".join(page.text[start:end].split())
        lines.append(f"{start:>6}-{end:<6} {kind:<9} {what:<40} {rule:<28} {words[:100]!r}")
    if reading.withheld:
        lines.append(f"{len(reading.withheld)} names withheld: of private persons, never shown")
    return "\n".join(lines)


def _decisions(reading: Reading) -> Iterator[tuple[int, int, str, str, str]]:
    """(start, end, kind, what it was read as, rule)."""
    for mention in reading.mentions:
        yield mention.start, mention.end, "name", mention.actor_id or f"{mention.name} ({mention.kind})", mention.rule
    for day in reading.dates:
        yield day.start, day.end, "date", f"{day.when.iso()} ({day.when.precision})", day.rule
    for reference in reading.legal_references:
        yield reference.start, reference.end, "law", reference.normalised, reference.rule
    for figure in reading.figures:
        value = "no number" if figure.value is None else f"{figure.value:g}"
        yield figure.start, figure.end, "figure", f"{value} {figure.unit} ({figure.about})", figure.rule
    for event in reading.events:
        what = f"{event.type} {event.when.iso()} ({event.status})"
        yield event.start, event.end, "event", what, event.rule
    for stance in reading.stances:
        yield stance.start, stance.end, "position", f"{stance.actor}: {stance.stance}", stance.rule


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with brackets around what was read; brackets nest as the readings do."""
    marks: dict[int, str] = {}
    for start, end in spans:
        marks[start] = marks.get(start, "") + _OPEN
        marks[end] = _CLOSE + marks.get(end, "")
    parts, at = [], 0
    for place in sorted(marks):
        parts += [text[at:place], marks[place]]
        at = place
    return "".join([*parts, text[at:]])
