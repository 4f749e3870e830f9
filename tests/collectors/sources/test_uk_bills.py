"""UK bills: the list, one bill and its stages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.sources import _bodies, uk_bills
from data.errors import BlockedError, SourceError
from data.models import DossierRecord, Follow, Identifier, Record, Rejected, Unknown
from tests.collectors.sources.helpers import (
    LATER,
    days,
    dossier,
    event,
    fixture,
    last_stage,
    of,
    response,
    source,
)
from tests.shared import SHARED, needs_shared

API = "https://bills-api.parliament.uk/api/v1/Bills"
LIST = f"{API}?SortOrder=DateUpdatedDescending&Take=50&Skip=0"


def parsed(url: str, body: bytes, fetched_at: str = LATER, **options: object) -> list[Record]:
    return list(uk_bills.parse(response(url, body, fetched_at), source("uk", "uk_bills", **options)))


def bill(**changes: Any) -> list[Record]:
    payload = {**json.loads(fixture("uk_bills", "bill-3825.json")), **changes}
    return parsed(f"{API}/3825", json.dumps(payload).encode())


def stages_payload() -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(fixture("uk_bills", "bill-3825-stages.json"))
    return payload


def stages(payload: dict[str, Any], fetched_at: str = LATER, url: str = f"{API}/3825/Stages") -> list[Record]:
    return parsed(url, json.dumps(payload).encode(), fetched_at)


def up_to(order: int) -> DossierRecord:
    """The stages as they were when the one of this position was the last listed."""
    rows = [row for row in stages_payload()["items"] if row["sortOrder"] <= order]
    return dossier(stages({"items": rows, "totalResults": len(rows), "itemsPerPage": 20}))


def test_list_follows_record_and_stages_of_each_bill_and_the_next_page() -> None:
    followed = [r.url for r in of(Follow, parsed(LIST, fixture("uk_bills", "bills.json")))]
    assert followed == [
        f"{API}/3825",
        f"{API}/3825/Stages",
        f"{API}/3973",
        f"{API}/3973/Stages",
        f"{API}?SortOrder=DateUpdatedDescending&Take=50&Skip=50",
    ]


def test_list_stops_at_the_last_allowed_page_and_at_the_end() -> None:
    body = fixture("uk_bills", "bills.json")
    assert not any("Skip=" in r.url for r in of(Follow, parsed(LIST, body, max_pages=1)))
    third = LIST.replace("Skip=0", "Skip=100")
    assert not any("Skip=" in r.url for r in of(Follow, parsed(third, body, max_pages=9)))


def test_search_words_stay_in_the_next_page() -> None:
    url = f"{API}?SearchTerm=intimate%20images&Take=10&Skip=0"
    body = json.dumps({"items": [{"billId": 1}], "totalResults": 30, "itemsPerPage": 10}).encode()
    assert of(Follow, parsed(url, body))[-1].url == f"{API}?SearchTerm=intimate+images&Take=10&Skip=10"


def test_row_without_a_number_is_rejected_and_the_rest_lands() -> None:
    (rejected,) = of(Rejected, parsed(LIST, fixture("uk_bills", "bills.json")))
    assert rejected.locator == "items[2]"


def test_watch_gives_record_and_stages_of_a_known_bill() -> None:
    known = [Identifier("uk.bill", "2818"), Identifier("uk.bill", "../x"), Identifier("us.bill", "1-s-1")]
    assert uk_bills.watch(source("uk", "uk_bills"), known) == [f"{API}/2818", f"{API}/2818/Stages"]


def test_record_has_number_address_and_plain_text() -> None:
    record = dossier(bill())
    assert record.external_id == "bill-3825"
    assert record.identifiers == (Identifier("uk.bill", "3825"),)
    assert record.url == "https://bills.parliament.uk/bills/3825"
    assert "purported intimate images" in record.text and "<p>" not in record.text
    assert "Data (Use and Access) Bill [HL]" in record.text


def test_first_sponsor_is_the_author_and_the_department_is_responsible() -> None:
    actors = [(a.name, a.role, a.party, a.kind) for a in dossier(bill()).actors]
    assert actors == [
        ("Peter Kyle", "author", "Labour", "person"),
        ("Department for Science, Innovation and Technology", "minister_responsible", "", "government"),
        ("Baroness Jones of Whitchurch", "co_signatory", "Labour", "person"),
    ]
    assert dossier(bill()).actors[0].identifiers == (Identifier("uk.member", "4359"),)


def test_promoters_and_agents_are_never_listed() -> None:
    assert "private" not in repr(dossier(bill()))


def test_bill_without_sponsors_has_no_actors() -> None:
    assert dossier(bill(sponsors=None)).actors == ()


def test_withdrawn_bill_is_dated() -> None:
    record = dossier(bill(isAct=False, billWithdrawn="2025-09-15T00:00:00.1234567"))
    assert [(e.type, e.stage, e.when.iso()) for e in record.events] == [("withdrawn", "withdrawn", "2025-09-15")]


def test_defeat_is_dated_by_the_last_sitting_of_its_stage() -> None:
    record = dossier(bill(isAct=False, isDefeated=True))
    assert [(e.type, e.stage, e.when.iso()) for e in record.events] == [("bill_rejected", "rejected", "2025-06-19")]


def test_defeat_without_a_sitting_is_rejected_not_guessed() -> None:
    records = bill(isAct=False, isDefeated=True, currentStage=None)
    assert dossier(records).events == ()
    assert of(Rejected, records)[0].locator == "bill-3825:isDefeated"


def test_bill_lapses_with_the_last_session_it_was_in() -> None:
    record = dossier(bill(isAct=False, includedSessionIds=[35, 36]))
    assert [(e.stage, e.when.iso()) for e in record.events] == [("lapsed", "2022-04-28")]


def test_bill_of_a_session_not_known_to_have_ended_is_alive() -> None:
    assert dossier(bill(isAct=False, includedSessionIds=[35, 99])).events == ()


def test_act_has_no_end_in_its_record() -> None:
    assert dossier(bill(includedSessionIds=[35])).events == ()


def test_stages_are_a_record_of_the_same_dossier() -> None:
    record = dossier(stages(stages_payload()))
    assert (record.external_id, record.title) == ("bill-3825-stages", "")
    assert record.identifiers == (Identifier("uk.bill", "3825"),)


def test_bill_of_the_lords_goes_through_both_houses_to_assent() -> None:
    record = dossier(stages(stages_payload()))
    assert [(e.when.iso(), e.stage) for e in record.events if e.stage] == [
        ("2024-10-23", "introduced"),
        ("2024-11-19", "committee"),
        ("2024-12-03", "committee"),
        ("2024-12-18", "committee"),
        ("2025-01-21", "floor"),
        ("2025-01-28", "floor"),
        ("2025-02-05", "passed_one"),
        ("2025-02-06", "second_chamber"),
        ("2025-02-12", "second_chamber"),
        ("2025-03-04", "second_chamber"),
        ("2025-05-07", "second_chamber"),
        ("2025-05-07", "second_chamber"),
        ("2025-05-12", "reconciliation"),
        ("2025-05-14", "reconciliation"),
        ("2025-05-22", "reconciliation"),
        ("2025-06-10", "reconciliation"),
        ("2025-06-19", "enacted"),
    ]
    assert days(record, "law_signed") == ["2025-06-19"]
    assert days(record, "bill_tabled") == ["2024-10-23"]


def test_second_reading_is_passed_only_when_a_later_step_is_listed() -> None:
    assert last_stage(up_to(2)) == "floor"
    assert last_stage(up_to(3)) == "committee"


def test_programme_motion_proves_nothing() -> None:
    assert event(up_to(8), official_code="14").stage == ""
    payload = stages_payload()
    payload["items"] = [row for row in payload["items"] if row["stageId"] in (6, 7, 14)]
    payload["totalResults"] = 3
    assert event(dossier(stages(payload)), official_code="7").stage == "floor"


def test_third_reading_is_passage_only_when_a_later_step_is_listed() -> None:
    assert event(up_to(5), official_code="5").type == "bill_reading"
    passed = event(up_to(6), official_code="5")
    assert (passed.type, passed.outcome, passed.stage) == ("bill_adopted", "adopted", "passed_one")


def test_third_reading_in_the_second_house_without_exchanges_is_adoption() -> None:
    payload = stages_payload()
    payload["items"] = [row for row in payload["items"] if row["stageId"] not in (12, 13, 42)]
    payload["totalResults"] = len(payload["items"])
    assert event(dossier(stages(payload)), official_code="10").stage == "adopted"


def test_future_sitting_is_scheduled_and_implies_no_stage() -> None:
    record = dossier(stages(stages_payload(), fetched_at="2025-06-01T08:00:00Z"))
    assent = event(record, official_code="11")
    assert (assent.status, assent.stage) == ("scheduled", "")
    assert last_stage(record) == "reconciliation"
    assert event(record, official_code="6").status == "occurred"


def test_stage_without_a_sitting_is_no_event() -> None:
    payload = stages_payload()
    for row in payload["items"]:
        if row["stageId"] == 11:
            row["stageSittings"] = []
    assert days(dossier(stages(payload)), "law_signed") == []


def test_type_of_stage_is_the_code_and_occurrence_is_in_the_id() -> None:
    assent = event(dossier(stages(stages_payload())), type="law_signed")
    assert assent.official_code == "11"
    assert assent.external_id == "bill-3825:stage-19853:198530"


def test_unknown_type_of_stage_is_named_and_kept_without_a_stage() -> None:
    payload = stages_payload()
    payload["items"][1].update(stageId=977, description="A stage nobody told us of")
    records = stages(payload)
    assert of(Unknown, records)[0].code == "977"
    kept = [e for e in dossier(records).events if e.official_code == "977"]
    assert {(e.type, e.stage) for e in kept} == {("other", "")}


def test_type_known_by_its_official_name_is_read() -> None:
    payload = stages_payload()
    payload["items"][6].update(stageId=978, description="Committee of the whole House")
    records = stages(payload)
    assert of(Unknown, records) == []
    assert event(dossier(records), official_code="978").stage == "second_chamber"


def test_cut_list_of_stages_is_asked_for_whole() -> None:
    payload = stages_payload() | {"totalResults": 27}
    assert stages(payload) == [Follow(f"{API}/3825/Stages?Skip=0&Take=27")]
    again = stages(payload, url=f"{API}/3825/Stages?Skip=0&Take=27")
    assert of(Rejected, again)[0].reason == "15 of 27 stages given"
    assert dossier(again).events


def test_event_ids_are_unique_and_reading_twice_gives_the_same() -> None:
    first, second = stages(stages_payload()), stages(stages_payload())
    ids = [e.external_id for e in dossier(first).events]
    assert len(ids) == len(set(ids))
    assert first == second


def test_page_for_humans_is_blocked() -> None:
    with pytest.raises(BlockedError):
        parsed(LIST, b"  <!doctype html><title>Just a moment</title>")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", b'{"items": {}}', b'{"billId": "x", "shortTitle": "y"}', b"{bad"]
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parsed(LIST, body)


@pytest.mark.parametrize("junk", [5, "x", {"a": 1}, [None, 3], True])
def test_fields_of_the_wrong_shape_do_not_break_the_record(junk: object) -> None:
    record = dossier(bill(sponsors=junk, includedSessionIds=junk, currentStage=junk, isAct=False))
    assert record.title == "Data (Use and Access) Act 2025"


def test_table_maps_only_to_our_codes() -> None:
    table = _bodies.stage_table("uk_bills")
    for step in [*table["stages"].values(), *table["names"].values()]:
        implied = {step.get(k, "") for k in ("held", "passed", "held_second", "passed_second")}
        assert implied <= set(_bodies._LADDER), step
        assert step["type"] in {
            "bill_tabled", "bill_reading", "committee_referral", "amendment_decided", "law_signed", "other",
        }, step  # fmt: skip


def test_table_knows_every_type_in_the_fixtures() -> None:
    known = _bodies.stage_table("uk_bills")["stages"]
    assert {str(row["stageId"]) for row in stages_payload()["items"]} <= set(known)


@needs_shared
@pytest.mark.shared
def test_real_private_members_bill_was_read_once_and_lapsed() -> None:
    folder = SHARED / "samples" / "uk-bills"
    record = dossier(parsed(f"{API}/2818", (folder / "bill-2818.json").read_bytes()))
    assert [a.name for a in record.actors] == ["Kevin Hollinrake"]
    assert last_stage(record) == "lapsed"
    steps = dossier(parsed(f"{API}/2818/Stages", (folder / "bill-2818_stages.json").read_bytes()))
    assert [(e.type, e.when.iso(), e.stage) for e in steps.events] == [("bill_tabled", "2021-01-12", "introduced")]
    followed = of(Follow, parsed(LIST, (folder / "bills.json").read_bytes()))
    assert [r.url for r in followed][:2] == [f"{API}/2818", f"{API}/2818/Stages"]
