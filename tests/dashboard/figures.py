"""Events, counts and figures for the tests of the lanes, and what a figure holds."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from dashboard.charts import Lanes, Rows, Words, lanes_figure
from dashboard.lanes import SIGNIFICANCE, lanes_of
from dashboard.window import Window, window
from data.models import When
from data.rows import Density, TimelineEvent
from data.vocabulary import load_vocabulary

TODAY = date(2026, 11, 25)
VOCABULARY = load_vocabulary()
WHOLE = Window("years", date(2010, 1, 1), date(2030, 1, 1), date(2010, 1, 1), date(2030, 1, 1))
LABELS = {"today": "today", "planned": "planned", "attention": "Documents per month"}
PLACES = {"fr": "France", "eu": "European Union", "uk": "United Kingdom"}
FAMILIES = {code: VOCABULARY.label("families", code, "en") for code in VOCABULARY.codes("families")}
TYPES = {code: VOCABULARY.label("event_types", code, "en") for code in VOCABULARY.codes("event_types")}
HOSTILE = (
    '<a href="https://bad.example">read</a> <img src=x onerror=alert(1)> '
    "$\\href{javascript:alert(1)}{x}$ &lt;b&gt; %{meta} \u202eevil\u0007<br>end"
)


def event(event_id: str, type_: str = "bill_adopted", when: str = "2026-01-26", place_: str = "fr", **more: Any):
    said = When.parse(when)
    row: dict[str, Any] = {
        "event_id": event_id,
        "date": said.iso(),
        "date_start": said.start.isoformat(),
        "date_end": said.end.isoformat(),
        "precision": said.precision,
        "status": "occurred",
        "outcome": "",
        "type": type_,
        "family": VOCABULARY.family_of(type_),
        "jurisdiction": place_,
        "dossier_id": f"{place_}-one",
        "dossier_title": "A law",
        "dossier_titles": {},
        "dossier_stage": "",
        "dossier_identifiers": (),
        "track": "law",
        "stage": "",
        "official_code": "",
        "title": f"Title of {event_id}",
        "lang": "en",
        "titles": {},
        "summaries": {},
        "origin": "official",
        "verified": "payload",
        "review_state": "",
        "confidence": 1.0,
        "harms": (),
        "approaches": (),
        "legal_references": (),
        "first_seen_at": "",
        "changed_at": "",
        "revision": 1,
    }
    return TimelineEvent(**{**row, **more})


def monthly(events: list[TimelineEvent], lane: Any) -> list[Density]:
    counts = Counter((code, one.date_start[:7] + "-01") for one in events for code in lanes_of(one, lane))
    return [Density(code, month, count) for (code, month), count in sorted(counts.items())]


def draw(events: list[TimelineEvent], cells: list[Density] | None = None, **more: Any) -> Lanes:
    """The figure of the given rows, the fullest lane first, over everything there is."""
    options: dict[str, Any] = {"lane": "jurisdiction", "today": TODAY, "dark": False, **more}
    rows: dict[str, Any] = {"cells": monthly(events, options["lane"]) if cells is None else cells}
    rows |= {name: options.pop(name) for name in ("step", "milestone_count", "stages", "attention") if name in options}
    words: dict[str, Any] = {"lang": "en", "families": FAMILIES, "types": TYPES, "labels": LABELS}
    words |= {
        name: options.pop(name) for name in ("lang", "families", "types", "labels", "show_date") if name in options
    }
    names = options.pop("names", PLACES)
    totals: Counter[str] = Counter()
    for cell in rows["cells"]:
        totals[cell.lane] += cell.count
    lanes = [(code, names.get(code, code)) for code in sorted(totals, key=lambda code: (-totals[code], code)) if code]
    days = [date.fromisoformat(day) for one in events for day in (one.date_start, one.date_end)]
    days += [date.fromisoformat(cell.bin) for cell in rows["cells"]]
    first, last = min(days, default=TODAY), max(days, default=TODAY)
    options.setdefault("window", window(first, last, "years", TODAY))
    return lanes_figure(Rows(lanes, events, **rows), Words(**words), **options)


def glyphs(lanes: Lanes) -> dict[str, dict[str, Any]]:
    """event id -> what its glyph looks like."""
    found = {}
    for trace in lanes.figure.data:
        if trace.type == "bar":
            continue
        for number, event_id in enumerate(trace.customdata or ()):
            found[event_id] = {
                "x": trace.x[number],
                "y": trace.y[number],
                "symbol": trace.marker.symbol[number],
                "opacity": trace.marker.opacity[number],
                "color": trace.marker.color,
                "hover": trace.hovertext[number],
                "family": trace.legendgroup,
            }
    return found


def strips(lanes: Lanes) -> list[Any]:
    return [trace for trace in lanes.figure.data if trace.type == "bar"]


def texts(lanes: Lanes) -> list[str]:
    """Every text that Plotly would draw."""
    layout = lanes.figure.layout
    found = [note.text for note in layout.annotations] + list(layout.yaxis.ticktext or ())
    for trace in lanes.figure.data:
        found += [trace.name or "", *(trace.hovertext or ()), *(trace.text or ())]
    return found


def crowd(count: int) -> list[TimelineEvent]:
    """Milestones of every type, day after day in three places."""
    types, places = list(SIGNIFICANCE), list(PLACES)
    first = date(2024, 1, 1)
    return [
        event(f"e{n}", types[n % len(types)], (first + timedelta(days=n)).isoformat(), places[n % 3])
        for n in range(count)
    ]
