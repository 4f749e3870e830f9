"""When a milestone's source was published and where else it stands: days that a page gives, never one of ours."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from data import queries
from data.database import open_immutable
from data.reference import FOLDER, check, load_reference
from data.reference_rows import PUBLICATION_COLUMNS
from tests.data.monitor import Monitor

REFERRAL = "fr-x-2026-01-02-ministres"
BLICK = "https://www.blick.ch/fr/monde/france-lia-grok-delon-musk-diffuserait-des-deepfakes-sexuels-id21564139.html"
REFERENCE = load_reference(today=date(2026, 11, 22))


def listed() -> list[dict[str, str]]:
    with (FOLDER / "publications.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_they_stand_in_the_order_of_their_milestones():
    order = [one.event_id for one in REFERENCE.milestones]
    found = [row["event_id"] for row in listed()]
    assert found == sorted(found, key=order.index)


def test_a_day_that_an_address_holds_is_the_one_that_is_told():
    days = [(re.search(r"/(20\d\d)[/-](\d\d)[/-](\d\d)(?!\d)", row["source_url"]), row) for row in listed()]
    told = [("-".join(found.groups()), row["published_on"]) for found, row in days if found]
    assert len(told) > 10
    assert [pair for pair in told if pair[0] != pair[1]] == []


def changed(tmp_path: Path, **cells: str) -> Path:
    """A copy of the baseline whose row of the ministers' own source has other cells."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "reference"))
    held = listed()
    next(one for one in held if one["event_id"] == REFERRAL and one["source_url"] == BLICK).update(cells)
    with (folder / "publications.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PUBLICATION_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(held)
    return folder


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("published_on", "", "says nothing without a day"),
        ("published_on", "January", "not a date"),
        ("source_publisher", "", "has no publisher"),
        ("source_publisher", "Another", "calls the publisher of this address"),
        ("source_kind", "rumour", "not in the list proof_kinds"),
        ("source_url", "javascript:alert(1)", "not an http(s) address"),
        ("source_url", "https://www.lesnouvellesnews.fr/grok-lia-sexiste-delon-musk-deshabille-les-femmes/", "has this address already"),
        ("event_id", "no-such-event", "is not in milestones.csv"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_told_with_file_and_line(tmp_path: Path, column: str, value: str, problem: str):
    line = 2 + [(row["event_id"], row["source_url"]) for row in listed()].index((REFERRAL, BLICK))
    told = check(changed(tmp_path, **{column: value}))
    assert [one.line for one in told if one.file == "publications.csv" and problem in one.problem] == [line], told


def test_sources_come_with_their_days_and_a_further_one_is_named_without_words(tmp_path: Path):
    monitor = Monitor(tmp_path)
    monitor.load(REFERENCE)
    monitor.publish()
    db = open_immutable(tmp_path / "published.db")
    event = queries.event(db, REFERRAL)
    db.close()
    assert event is not None
    assert [(one.publisher, one.published_on, bool(one.quote)) for one in event.sources] == [
        ("AFP via Blick", "2026-01-02", False),
        ("Politico via Paris Daily News", "2026-01-03", False),
        ("Les Nouvelles News", "2026-01-07", True),
    ]
    assert event.date == "2026-01-02"
