"""When the source of a milestone was published, and where else it stands: ``data/reference/publications.csv``.

No word of the publication is held here; sentences are in :mod:`data.reference_quotes`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from pathlib import Path

from data.models import Quotation
from data.reference_csv import Report, is_date, is_link, read_rows
from data.reference_models import RefMilestone
from data.reference_rows import PUBLICATION_COLUMNS, make_publication

FILE = "publications.csv"


def with_publications(
    folder: Path, milestones: Mapping[str, RefMilestone], *, kinds: Collection[str], report: Report
) -> dict[str, RefMilestone]:
    """The milestones that the file tells more of, by id. Every broken rule is reported with its line."""
    found: dict[str, RefMilestone] = {}
    for line, row in read_rows(folder / FILE, PUBLICATION_COLUMNS, report):
        one, event_id = make_publication(row), row["event_id"]
        milestone = found.get(event_id) or milestones.get(event_id)
        if milestone is None:
            report(line, f"event_id {event_id!r} is not in milestones.csv")
            continue
        for problem in _problems(one, milestone, kinds):
            report(line, problem)
        if one.url == milestone.source_url:
            found[event_id] = dataclasses.replace(milestone, published_on=one.published_on)
        else:
            found[event_id] = dataclasses.replace(milestone, publications=(*milestone.publications, one))
    return found


def _problems(one: Quotation, milestone: RefMilestone, kinds: Collection[str]) -> list[str]:
    told = []
    if not is_link(one.url):
        told.append(f"not an http(s) address: {one.url!r}")
    if not one.publisher:
        told.append("the publication has no publisher")
    if one.kind not in kinds:
        told.append(f"{one.kind!r} is not in the list proof_kinds")
    if one.published_on and not is_date(one.published_on):
        told.append(f"not a date: {one.published_on!r}")
    if one.url == milestone.source_url:
        if one.publisher != milestone.source_publisher:
            told.append(f"the milestone calls the publisher of this address {milestone.source_publisher!r}")
        if not one.published_on:
            told.append("the address is the milestone's own: the row says nothing without a day")
        if milestone.published_on:
            told.append(f"{milestone.event_id!r} has this address already")
    elif any(one.url == other.url for other in (*milestone.quotations, *milestone.publications)):
        told.append(f"{milestone.event_id!r} has this address already")
    return told
