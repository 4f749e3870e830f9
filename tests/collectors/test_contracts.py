"""What an unknown code costs, under each contract a source may declare."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.contracts import held_to
from data.errors import SourceError
from data.models import DossierRecord, EventRecord, Identifier, ItemRecord, Record, Rejected, Source, Unknown, When

URL = "https://example.org/list"


def source(contract: str) -> Source:
    return Source(
        "test", {"en": "T"}, "T", "fr", "parliament", "fr", "x", (URL,), "open", 24, 1, contract=contract
    )  # fmt: skip


def step(name: str, code: str) -> EventRecord:
    return EventRecord(name, "other", When.on(date(2026, 3, 4)), code, "fr", "fr", official_code=code)


def bill(number: str, *steps: EventRecord) -> DossierRecord:
    return DossierRecord(number, "fr", "law", number, "fr", (Identifier("uk.bill", number),), events=steps)


GOOD = bill("12", step("12:1", "deposit"))
NEW = bill("13", step("13:1", "deposit"), step("13:2", "somersault"))
WARNING = Unknown("stage", "somersault", "13:2")
ANSWER: list[Record] = [GOOD, WARNING, NEW]


def test_evolve_lets_the_record_land_with_a_warning():
    assert list(held_to(source("evolve"), URL, ANSWER)) == ANSWER


def test_freeze_refuses_the_whole_answer_and_names_the_code():
    with pytest.raises(SourceError, match="stage = 'somersault'"):
        list(held_to(source("freeze"), URL, ANSWER))


def test_discard_row_puts_the_record_in_quarantine_and_keeps_its_neighbour_and_the_warning():
    first, warning, rejected = held_to(source("discard_row"), URL, ANSWER)
    assert (first, warning) == (GOOD, WARNING)
    assert isinstance(rejected, Rejected)
    assert (rejected.locator, rejected.reason) == ("13", "unknown codes: stage = 'somersault'")
    assert "13:2" in rejected.raw


def test_discard_value_leaves_out_the_event_of_that_code():
    first, warning, cut = held_to(source("discard_value"), URL, ANSWER)
    assert (first, warning) == (GOOD, WARNING)
    assert isinstance(cut, DossierRecord) and [one.official_code for one in cut.events] == ["deposit"]


@pytest.mark.parametrize("contract", ["evolve", "freeze", "discard_row", "discard_value"])
def test_an_answer_without_unknown_codes_is_the_same_under_every_contract(contract: str):
    answer: list[Record] = [GOOD, ItemRecord("a", "article", "A", URL, "fr"), Rejected("b", "no day")]
    assert list(held_to(source(contract), URL, answer)) == answer


def test_a_warning_inside_a_record_is_one_of_that_record():
    vote = ItemRecord("scr2025-3:votes", "vote", "Scrutin n° 3", URL, "fr")
    told = list(held_to(source("discard_row"), URL, [Unknown("vote", "x", "scr2025-3:19985B"), vote]))
    assert [type(one) for one in told] == [Unknown, Rejected]
