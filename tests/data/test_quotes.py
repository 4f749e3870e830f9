"""A quotation of the baseline is short, has its source and its language, and stands word for word where it was read."""

from __future__ import annotations

import csv
import html
import json
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from data import baseline, queries
from data.database import Database, open_immutable, rows
from data.models import Quotation
from data.reference import FOLDER, check, load_reference
from data.reference_quotes import CUT, LONGEST
from data.reference_rows import QUOTE_COLUMNS
from tests.data.monitor import Monitor
from tests.shared import SHARED, needs_shared

DEPUTIES, MINISTERS = "fr-x-2026-01-02-signalement-deputes", "fr-x-2026-01-02-ministres"
SENTENCE = "le parquet de Paris a été saisi par deux députés"
REFERENCE = load_reference(today=date(2026, 11, 22))
QUOTED = {one.event_id: one.quotations for one in REFERENCE.milestones if one.quotations}


def quotations() -> list[tuple[str, Quotation]]:
    return [(event_id, one) for event_id, held in QUOTED.items() for one in held]


def test_the_referral_to_the_prosecutor_has_the_sentence_that_says_so():
    (one,) = QUOTED[DEPUTIES]
    assert SENTENCE in one.text and "Bothorel" in one.text and "Delaporte" in one.text
    assert (one.lang, one.publisher, one.published_on) == ("fr", "Les Nouvelles News", "2026-01-07")
    assert len(QUOTED) >= 14


def test_quotations_stand_in_the_order_of_their_milestones():
    order = [one.event_id for one in REFERENCE.milestones]
    with (FOLDER / "quotes.csv").open(encoding="utf-8") as file:
        listed = [row["event_id"] for row in csv.DictReader(file)]
    assert listed == sorted(listed, key=order.index)


def strangers(text: str) -> list[tuple[str, str]]:
    """Two words with capitals, one after the other, that stand in no name of an actor of the baseline."""
    names = {word for one in REFERENCE.actors for name in (one.name, *one.names.values()) for word in name.split()}
    words = [word.strip("().,") for word in text.split()]
    pairs = [pair for pair in pairwise(words) if all(word[:1].isupper() for word in pair)]
    return [pair for pair in pairs if not set(pair) & names]


def test_no_quotation_of_the_press_names_a_person_who_is_no_actor():
    assert strangers("La plainte de Jeanne Inconnue, lycéenne, vise Arthur Delaporte.") == [("Jeanne", "Inconnue")]
    assert [(event_id, found) for event_id, one in quotations() if one.kind != "official"
            for found in strangers(one.text)] == []  # fmt: skip


BROKEN = [
    ("quote", "", "the quotation is empty"),
    ("quote", CUT, "the quotation is empty"),
    ("quote", "a" * (LONGEST + 1), "letters, 300 are allowed"),
    ("quote", "« Le parquet est saisi »", "stands in quotation marks"),
    ("quote", "=SUM(A1)", "reads as a formula"),
    ("lang", "", "no language of a jurisdiction"),
    ("lang", "xx", "no language of a jurisdiction"),
    ("source_url", "", "the quotation has no source"),
    ("source_url", "javascript:alert(1)", "not an http(s) address"),
    ("source_publisher", "", "the quotation has no source"),
    ("source_kind", "rumour", "not in the list proof_kinds"),
    ("published_on", "January", "not a date"),
    ("event_id", "no-such-event", "is not in milestones.csv"),
]


def changed(tmp_path: Path, column: str, value: str, *, twice: bool = False) -> Path:
    """A copy of the baseline whose quotation of the deputies' referral has another value; or stands twice."""
    folder = Path(shutil.copytree(FOLDER, tmp_path / "reference"))
    path = folder / "quotes.csv"
    with path.open(encoding="utf-8") as file:
        held = list(csv.DictReader(file))
    row = next(one for one in held if one["event_id"] == DEPUTIES)
    row[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, QUOTE_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*held, row] if twice else held)
    return folder


@pytest.mark.parametrize(("column", "value", "problem"), BROKEN)
def test_a_broken_rule_is_told_with_file_and_line(tmp_path: Path, column: str, value: str, problem: str):
    folder = changed(tmp_path, column, value)
    with (FOLDER / "quotes.csv").open(encoding="utf-8") as file:
        line = 2 + [row["event_id"] for row in csv.DictReader(file)].index(DEPUTIES)
    told = [one.line for one in check(folder) if one.file == "quotes.csv" and problem in one.problem]
    assert told == [line], check(folder)


def test_a_quotation_of_the_longest_length_passes(tmp_path: Path):
    assert check(changed(tmp_path, "quote", "a" * LONGEST)) == []


def test_an_address_is_quoted_once_per_event(tmp_path: Path):
    told = check(changed(tmp_path, "published_on", "2026-01-07", twice=True))
    assert [one.problem for one in told] == [f"{DEPUTIES!r} has a quotation of this address already"]


def test_the_milestones_own_address_keeps_its_publisher(tmp_path: Path):
    own = next(one for one in REFERENCE.milestones if one.event_id == DEPUTIES)
    told = check(changed(tmp_path, "source_url", own.source_url))
    assert [own.source_publisher in one.problem for one in told] == [True]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Database:
    monitor = Monitor(tmp_path_factory.mktemp("quotes"))
    monitor.load(REFERENCE)
    monitor.publish()
    return open_immutable(monitor.folder / "published.db")


def test_the_sentence_is_a_further_source_beside_the_milestones_own(published: Database):
    event = queries.event(published, DEPUTIES)
    assert event is not None
    _, own, quoted = event.sources
    assert (own.publisher, own.quote, own.quote_lang) == ("Politico via Paris Daily News", "", "")
    assert SENTENCE in quoted.quote
    assert (quoted.publisher, quoted.kind, quoted.quote_lang) == ("Les Nouvelles News", "news", "fr")
    assert quoted.url.startswith("https://www.lesnouvellesnews.fr/") and quoted.published_on == "2026-01-07"


def test_a_sentence_of_the_milestones_own_address_is_its_sources(published: Database):
    event = queries.event(published, "us-tida-signed")
    assert event is not None
    (source,) = event.sources
    assert (source.quote, source.quote_lang, source.publisher) == (
        "Became Public Law No: 119-12.", "en", "govinfo BILLSTATUS",
    )  # fmt: skip


def test_loading_again_changes_nothing_and_a_corrected_sentence_replaces_the_old_one(tmp_path: Path):
    monitor = Monitor(tmp_path)
    monitor.load(REFERENCE)
    assert baseline.load(monitor.db, REFERENCE, at="2026-11-23T06:00:00Z") is False
    corrected = load_reference(changed(tmp_path, "quote", "Le parquet de Paris a été saisi."), date(2026, 11, 22))
    assert baseline.load(monitor.db, corrected, at="2026-11-24T06:00:00Z") is True
    held = rows(monitor.db, "SELECT n, quote FROM event_source WHERE event_id = ? ORDER BY n", (DEPUTIES,))
    assert held == [{"n": 0, "quote": ""}, {"n": 1, "quote": "Le parquet de Paris a été saisi."}, {"n": 2, "quote": ""}]


@needs_shared
def test_every_quotation_stands_word_for_word_in_a_text_that_was_read():
    """The texts belong to their publishers and are no part of the project: checked where they lie beside it."""
    folders = ("seed", "samples/us-govinfo", "samples/ca-legisinfo", "samples/fr-assemblee")
    paths = [path for name in folders for path in sorted((SHARED / name).rglob("*")) if path.is_file()]
    read = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    texts = [" ".join(html.unescape(html.unescape(text)).split()) for text in read]
    texts += [json.dumps(json.loads(text), ensure_ascii=False) for path, text in zip(paths, read, strict=True)
              if path.suffix == ".json"]  # fmt: skip
    for event_id, one in quotations():
        parts = [part.strip() for part in one.text.split(CUT) if part.strip()]
        assert any(all(part in text for part in parts) for text in texts), (event_id, one.text)
