"""Canadian federal bills: LEGISinfo's list and record, as XML and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.sources import _bodies, ca_legisinfo
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

URL = "https://www.parl.ca/legisinfo/en/bill/45-1/c-277/xml"


def parsed(body: bytes, fetched_at: str = LATER, **options: object) -> list[Record]:
    return list(ca_legisinfo.parse(response(URL, body, fetched_at), source("ca", "ca_legisinfo", **options)))


def c63() -> list[Record]:
    return parsed(fixture("ca_legisinfo", "44-1-C-63.xml"))


def c16(change: dict[str, Any] | None = None) -> DossierRecord:
    (detail,) = json.loads(fixture("ca_legisinfo", "45-1-C-16.json"))
    detail.update(change or {})
    return dossier(parsed(json.dumps([detail]).encode()))


def real(name: str) -> list[Record]:
    return parsed((SHARED / "samples" / "ca-legisinfo" / f"{name}.xml").read_bytes())


def test_list_follows_telling_titles_first_then_the_latest_activity() -> None:
    followed = [r.url for r in of(Follow, parsed(fixture("ca_legisinfo", "bills-45-1.json")))]
    assert followed == [
        "https://www.parl.ca/legisinfo/en/bill/45-1/c-277/xml",
        "https://www.parl.ca/legisinfo/en/bill/45-1/s-209/xml",
        "https://www.parl.ca/legisinfo/en/bill/45-1/c-8/xml",
        "https://www.parl.ca/legisinfo/en/bill/45-1/c-900/xml",
    ]


def test_list_follows_no_more_than_allowed() -> None:
    records = parsed(fixture("ca_legisinfo", "bills-45-1.json"), max_follow=1, title_words=[])
    assert [r.url for r in of(Follow, records)] == ["https://www.parl.ca/legisinfo/en/bill/45-1/c-8/xml"]


def test_row_without_a_session_is_rejected_and_the_rest_lands() -> None:
    (rejected,) = of(Rejected, parsed(fixture("ca_legisinfo", "bills-45-1.json")))
    assert rejected.locator == "bills[4]"


def test_watch_gives_the_record_of_a_known_bill() -> None:
    known = [Identifier("ca.bill", "44-1/C-63"), Identifier("ca.bill", "x"), Identifier("us.bill", "1-s-1")]
    assert ca_legisinfo.watch(source("ca", "ca_legisinfo"), known) == [
        "https://www.parl.ca/legisinfo/en/bill/44-1/c-63/xml"
    ]


def test_bill_has_its_titles_in_both_languages() -> None:
    bill = dossier(c63())
    assert bill.identifiers == (Identifier("ca.bill", "44-1/C-63"),)
    assert bill.titles["fr"].startswith("Loi édictant")
    assert bill.title == bill.titles["en"]
    assert bill.url == "https://www.parl.ca/legisinfo/en/bill/44-1/c-63"
    assert "Duties of services to act on harmful content." in bill.text


def test_blank_short_title_gives_way_to_the_long_one() -> None:
    assert dossier(c63()).title.startswith("An Act to enact the Online Harms Act")


def test_sponsor_has_the_id_of_parliament_and_the_office_held() -> None:
    (sponsor,) = dossier(c63()).actors
    assert (sponsor.name, sponsor.role, sponsor.role_title) == (
        "Arif Virani",
        "author",
        "Minister of Justice",
    )
    assert sponsor.identifiers == (Identifier("ca.parl.person", "88910"),)


def test_nested_bill_is_a_relation_and_lends_nothing_else() -> None:
    bill = dossier(c63())
    assert [(r.kind, r.to.value) for r in bill.relations] == [("related", "43-2/C-36")]
    assert "2021-06-23" not in [e.when.iso() for e in bill.events]
    assert [a.name for a in bill.actors] == ["Arif Virani"]


def test_date_is_the_day_in_ottawa_as_written() -> None:
    assert days(dossier(c63()), "bill_tabled") == ["2024-02-26"]


def test_null_date_gives_no_event() -> None:
    assert "60121" not in [e.official_code for e in dossier(c63()).events]


def test_sitting_is_told_once_beside_its_significant_event() -> None:
    assert days(dossier(c63()), "bill_reading") == ["2024-06-07", "2024-09-23"]
    assert [e.official_code for e in c16().events if e.when.iso() == "2026-02-02"] == ["60121"]


def test_unknown_step_is_named_and_kept_without_a_stage() -> None:
    records = c63()
    assert Unknown("EventTypeId", "69999", "44-1/C-63") in records
    kept = event(dossier(records), official_code="69999")
    assert (kept.type, kept.stage, kept.title) == ("other", "", "A step that no table names")
    assert kept.titles["fr"] == "Une étape que nul tableau ne nomme"


def test_bill_lapses_when_its_session_ends() -> None:
    bill = dossier(c63())
    end = event(bill, stage="lapsed")
    assert (end.type, end.when.iso(), end.rule) == ("withdrawn", "2025-01-06", "ca_legisinfo:session ended")
    assert end.url.startswith("https://lop.parl.ca/")
    assert last_stage(bill) == "lapsed"


def test_bill_is_alive_until_its_session_ends() -> None:
    body = fixture("ca_legisinfo", "44-1-C-63.xml").replace(b"<IsSessionOngoing>false", b"<IsSessionOngoing>true")
    assert last_stage(dossier(parsed(body))) == "floor"
    before = parsed(fixture("ca_legisinfo", "44-1-C-63.xml"), "2024-12-31T00:00:00Z")
    assert last_stage(dossier(before)) == "floor"


def test_ended_session_without_a_known_date_is_named() -> None:
    body = fixture("ca_legisinfo", "44-1-C-63.xml").replace(b"<ParliamentNumber>44<", b"<ParliamentNumber>50<")
    records = parsed(body)
    assert Unknown("session", "50-1", "50-1/C-63") in records
    assert "lapsed" not in [e.stage for e in dossier(records).events]


def test_json_record_reads_like_xml() -> None:
    bill = c16()
    assert bill.external_id == "45-1/C-16"
    assert bill.titles == {"en": "Protecting Victims Act", "fr": "Loi visant à protéger les victimes"}
    assert [(e.when.iso(), e.stage) for e in bill.events if e.stage] == [
        ("2025-12-09", "introduced"),
        ("2026-02-02", "committee"),
        ("2026-06-11", "passed_one"),
        ("2026-06-11", "second_chamber"),
        ("2026-06-17", "second_chamber"),
        ("2026-06-18", "adopted"),
        ("2026-06-18", "enacted"),
    ]


def test_pre_study_before_passage_implies_no_stage() -> None:
    assert event(c16(), official_code="60109").stage == ""


def test_royal_assent_cites_the_statute() -> None:
    assert event(c16(), type="law_signed").legal_references == ("S.C. 2026, c. 19",)


def test_third_reading_quotes_the_division() -> None:
    house = event(c16(), type="bill_adopted", stage="passed_one")
    assert "division 153, yeas 192, nays 133" in house.quote


def test_committee_comes_with_both_names() -> None:
    committee = event(c16(), official_code="60121").actors[0]
    assert committee.identifiers == (Identifier("ca.committee", "30568"),)
    assert committee.aliases == ("Comité permanent de la justice et des droits de la personne",)


def test_senate_amendments_open_reconciliation() -> None:
    (detail,) = json.loads(fixture("ca_legisinfo", "45-1-C-16.json"))
    stages = detail["BillStages"]
    senate = stages["SenateBillStages"][3]["SignificantEvents"][0]
    senate["AdditionalInformationEn"] = "Bill passed by the Senate with amendments"
    stages["RoyalAssent"] = []
    bill = c16({"BillStages": stages, "ReceivedRoyalAssent": False})
    assert event(bill, type="bill_adopted", outcome="adopted_amended").stage == "reconciliation"


def test_similar_bill_of_an_earlier_session_under_the_same_title_is_brought_back() -> None:
    assert [(r.kind, r.to.value) for r in c16().relations] == [
        ("related", "44-1/C-332"),
        ("reintroduces", "44-1/C-99"),
    ]


def test_dropped_order_does_not_withdraw_a_bill_that_became_law() -> None:
    dropped = {
        "BillStageId": 60055,
        "SignificantEvents": [
            {
                "EventTypeId": 60174,
                "EventNameEn": "Bill not proceeded with",
                "EventDateTime": "2026-06-10T00:00:00",
            }
        ],
    }
    (detail,) = json.loads(fixture("ca_legisinfo", "45-1-C-16.json"))
    detail["BillStages"]["HouseAdditionalInformation"] = [dropped]
    bill = c16({"BillStages": detail["BillStages"]})
    assert (event(bill, official_code="60174").type, last_stage(bill)) == ("other", "enacted")


def test_event_ids_are_unique_and_reading_twice_gives_the_same() -> None:
    ids = [e.external_id for e in dossier(c63()).events]
    assert len(ids) == len(set(ids))
    assert c63() == c63()


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html><html/>", b"<html><body>Maintenance</body></html>"],
)
def test_page_for_humans_is_blocked(body: bytes) -> None:
    with pytest.raises(BlockedError):
        parsed(body)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'[{"a": 1}]', b"[3]", b"<Bills/>", b"<Bill><Id>1</Id></Bill>", b"<feed/>"]
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parsed(body)


def test_table_maps_only_to_our_codes() -> None:
    table = _bodies.stage_table("ca_legisinfo")
    for group in ("events", "messages", "sittings"):
        for step in table[group].values():
            assert {step.get(k, "") for k in ("stage", "first", "second")} <= set(_bodies._LADDER), step
            assert step["type"] in {
                "bill_tabled", "bill_reading", "bill_adopted", "bill_rejected", "committee_referral",
                "committee_vote", "amendment_decided", "withdrawn", "law_signed", "other",
            }, step  # fmt: skip


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "tabled", "stage", "sponsor"),
    [
        ("44-1-C-63", "2024-02-26", "lapsed", "Arif Virani"),
        ("45-1-C-277", "2026-05-06", "introduced", "Michael Coteau"),
        ("45-1-C-216", "2025-06-19", "introduced", "Michelle Rempel Garner"),
        ("45-1-S-209", "2025-05-28", "second_chamber", "Julie Miville-Dechêne"),
    ],
)
def test_real_record(name: str, tabled: str, stage: str, sponsor: str) -> None:
    records = real(name)
    bill = dossier(records)
    assert days(bill, "bill_tabled") == [tabled]
    assert last_stage(bill) == stage
    assert [actor.name for actor in bill.actors] == [sponsor]
    assert of(Unknown, records) == []


@needs_shared
@pytest.mark.shared
def test_real_senate_bill_passed_the_senate_before_it_reached_the_house() -> None:
    bill = dossier(real("45-1-S-209"))
    assert days(bill, "bill_adopted") == ["2026-04-15"]
    assert event(bill, official_code="60111").when.iso() == "2026-04-30"
    assert {r.to.value for r in bill.relations} == {"43-2/S-203", "44-1/S-210"}
