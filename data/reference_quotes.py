"""Short sentences that say what a milestone says, word for word: the rules of ``data/reference/quotes.csv``.

A quotation is never longer than a short sentence, names its source and its language, and stands without quotation
marks: a page puts those of the reader's language. ``[…]`` marks what was left out; nothing else is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from data.models import Quotation
from data.reference_csv import Report, is_date, is_link, read_rows
from data.reference_models import RefMilestone
from data.reference_rows import QUOTE_COLUMNS, make_quotation

FILE = "quotes.csv"
#: letters of the longest quotation
LONGEST = 300
#: what stands where words were left out
CUT = "[…]"

_MARKS = "\"'«»“”„‘’"


def read_quotations(
    folder: Path,
    milestones: Mapping[str, RefMilestone],
    *,
    languages: Collection[str],
    kinds: Collection[str],
    report: Report,
) -> dict[str, tuple[Quotation, ...]]:
    """event_id -> its quotations in the order of the file. Every broken rule is reported with its line."""
    found: dict[str, tuple[Quotation, ...]] = {}
    for line, row in read_rows(folder / FILE, QUOTE_COLUMNS, report):
        one, event_id = make_quotation(row), row["event_id"]
        for problem in _problems(one, languages, kinds):
            report(line, problem)
        milestone = milestones.get(event_id)
        if milestone is None:
            report(line, f"event_id {event_id!r} is not in milestones.csv")
        elif one.url == milestone.source_url and one.publisher != milestone.source_publisher:
            report(line, f"the milestone calls the publisher of this address {milestone.source_publisher!r}")
        if any(one.url == other.url for other in found.get(event_id, ())):
            report(line, f"{event_id!r} has a quotation of this address already")
        found[event_id] = (*found.get(event_id, ()), one)
    return found


def _problems(one: Quotation, languages: Collection[str], kinds: Collection[str]) -> list[str]:
    told = []
    if not one.text.replace(CUT, "").strip():
        told.append("the quotation is empty")
    if len(one.text) > LONGEST:
        told.append(f"the quotation has {len(one.text)} letters, {LONGEST} are allowed")
    if one.text[:1] in _MARKS and one.text[-1:] in _MARKS and one.text:
        told.append("the quotation stands in quotation marks: the pages put their own")
    if one.lang not in languages:
        told.append(f"{one.lang!r} is no language of a jurisdiction")
    if not (one.url and one.publisher):
        told.append("the quotation has no source")
    elif not is_link(one.url):
        told.append(f"not an http(s) address: {one.url!r}")
    if one.kind not in kinds:
        told.append(f"{one.kind!r} is not in the list proof_kinds")
    if one.published_on and not is_date(one.published_on):
        told.append(f"not a date: {one.published_on!r}")
    return told
