"""US federal bills: BILLSTATUS records and the feed that names them."""

from __future__ import annotations

import pytest

from collectors.sources import us_govinfo
from collectors.sources._us_actions import Action, meaning, rules
from data.errors import BlockedError, SourceError
from data.models import Follow, Identifier, Record, Rejected, Unknown
from tests.collectors.sources.helpers import (
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

URL = "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/s/BILLSTATUS-119s146.xml"
FEED = "https://www.govinfo.gov/rss/billstatus-bulkdata.xml"
STAGES = {
    "", "introduced", "committee", "floor", "passed_one", "second_chamber", "reconciliation", "agreed",
    "adopted", "review_signature", "enacted", "rejected", "vetoed", "lapsed",
}  # fmt: skip
TYPES = {
    "bill_tabled", "committee_referral", "hearing", "committee_vote", "bill_reading", "bill_adopted",
    "bill_rejected", "agreement", "amendment_decided", "law_signed", "other",
}  # fmt: skip


def parsed(body: bytes, fetched_at: str = "2026-08-20T06:00:00Z", **options: object) -> list[Record]:
    return list(us_govinfo.parse(response(URL, body, fetched_at), source("us", "us_govinfo", **options)))


def take_it_down() -> list[Record]:
    return parsed(fixture("us_govinfo", "BILLSTATUS-119s146.xml"))


def test_feed_names_the_records_to_follow_newest_first() -> None:
    followed = [record.url for record in of(Follow, parsed(fixture("us_govinfo", "feed.xml"), min_congress=118))]
    assert followed == [
        "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/s/BILLSTATUS-119s146.xml",
        "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/hr/BILLSTATUS-119hr633.xml",
    ]


def test_feed_follows_no_more_than_allowed_and_no_older_congress() -> None:
    body = fixture("us_govinfo", "feed.xml")
    assert len(parsed(body, max_follow=1)) == 1
    assert len(parsed(body, min_congress=114)) == 4


def test_feed_without_any_billstatus_file_is_refused() -> None:
    body = b"<rss><channel><item><title>Federal Register</title></item></channel></rss>"
    with pytest.raises(SourceError, match="name no BILLSTATUS"):
        parsed(body)


def test_watch_gives_the_address_of_a_known_bill_only() -> None:
    known = [
        Identifier("us.bill", "119-s-146"),
        Identifier("us.bill", "119-hconres-3"),
        Identifier("us.bill", "../etc"),
        Identifier("uk.bill", "2818"),
    ]
    assert us_govinfo.watch(source("us", "us_govinfo"), known) == [
        URL,
        "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/hconres/BILLSTATUS-119hconres3.xml",
    ]


def test_bill_has_its_identifiers_address_and_titles() -> None:
    bill = dossier(take_it_down())
    assert bill.external_id == "119-s-146"
    assert bill.identifiers == (Identifier("us.bill", "119-s-146"), Identifier("us.pl", "119-12"))
    assert bill.url == "https://www.congress.gov/bill/119th-congress/senate-bill/146"
    assert bill.title == "TAKE IT DOWN Act"
    assert "Technological Deepfakes" in bill.text
    assert "Sex offenses" in bill.text


def test_summary_is_plain_text() -> None:
    text = dossier(take_it_down()).text
    assert "Bars publishing intimate images" in text
    assert "<" not in text and "&" not in text


def test_act_told_three_times_is_one_event() -> None:
    bill = dossier(take_it_down())
    assert days(bill, "law_signed") == ["2025-05-19"]
    assert days(bill, "bill_adopted") == ["2025-02-13", "2025-04-28"]
    assert event(bill, type="law_signed").title == "Became Public Law No: 119-12."


def test_dates_are_those_of_the_chamber_not_of_the_vote_in_utc() -> None:
    body = fixture("us_govinfo", "BILLSTATUS-119s146.xml").replace(b"2025-04-28T23:05", b"2025-04-29T03:05")
    adopted = [e for e in dossier(parsed(body)).events if e.type == "bill_adopted"][-1]
    assert adopted.when.iso() == "2025-04-28"


def test_passage_quotes_the_count_and_links_the_vote() -> None:
    house = event(dossier(take_it_down()), external_id="119-s-146:2025-04-28:passed:house")
    assert "409 - 2" in house.quote
    assert house.url == "https://clerk.house.gov/evs/2025/roll104.xml"
    assert "CR H1644" not in house.title


def test_bill_passes_one_chamber_then_the_other_then_is_enacted() -> None:
    bill = dossier(take_it_down())
    stages = [(e.when.iso(), e.stage) for e in bill.events if e.stage]
    assert stages == [
        ("2025-01-16", "introduced"),
        ("2025-01-16", "committee"),
        ("2025-02-13", "passed_one"),
        ("2025-02-14", "second_chamber"),
        ("2025-04-28", "adopted"),
        ("2025-05-19", "review_signature"),
        ("2025-05-19", "enacted"),
    ]


def test_unknown_action_code_is_named_and_kept_without_a_stage() -> None:
    records = take_it_down()
    assert Unknown("actionCode", "Z99999", "119-s-146") in records
    kept = event(dossier(records), official_code="Z99999")
    assert (kept.type, kept.stage, kept.title) == ("other", "", "An action of a kind that no table names.")


def test_action_without_a_date_is_rejected_and_the_rest_lands() -> None:
    (rejected,) = of(Rejected, take_it_down())
    assert rejected.reason == "no date"
    assert "without a date" in rejected.raw


def test_procedure_is_no_event() -> None:
    titles = [e.title for e in dossier(take_it_down()).events]
    assert not any("reconsider" in title or "Message on" in title for title in titles)


def test_sponsor_is_author_with_party_and_state() -> None:
    author = dossier(take_it_down()).actors[0]
    assert (author.name, author.role, author.party) == ("Ted Cruz", "author", "Republican")
    assert author.identifiers == (Identifier("us.bioguide", "C001098"),)
    assert author.role_title == "Sen., TX"


def test_withdrawn_cosponsor_is_not_counted() -> None:
    names = [a.name for a in dossier(take_it_down()).actors if a.role == "co_signatory"]
    assert names == ["Amy Klobuchar"]


def test_name_with_suffix_is_turned_round() -> None:
    assert us_govinfo.split_name("Sen. Casey, Robert P., Jr. [D-PA]") == (
        "Sen.",
        "Robert P. Casey, Jr.",
        "D-PA",
    )


def test_committee_has_its_official_code() -> None:
    referral = event(dossier(take_it_down()), type="committee_referral")
    assert referral.actors[0].identifiers == (Identifier("us.committee", "SSCM"),)


def test_identical_bill_is_a_companion_and_an_unknown_relation_is_named() -> None:
    records = take_it_down()
    relations = [(r.kind, r.to.value) for r in dossier(records).relations]
    assert relations == [("companion", "119-hr-633"), ("related", "119-hr-1768")]
    assert Unknown("relationshipDetails/type", "Shares a section", "119-s-146") in records


def test_record_without_version_reads_the_same() -> None:
    bill = dossier(parsed(fixture("us_govinfo", "BILLSTATUS-114sjres8.xml")))
    assert bill.external_id == "114-sjres-8"
    assert bill.url == "https://www.congress.gov/bill/114th-congress/senate-joint-resolution/8"
    assert "Overturns a rule" in bill.text and "Labor-management relations" in bill.text
    assert bill.actors[0].party == "Republican"
    assert event(bill, type="committee_referral").actors[0].identifiers[0].value == "SSHR"


def test_veto_ends_the_measure() -> None:
    bill = dossier(parsed(fixture("us_govinfo", "BILLSTATUS-114sjres8.xml")))
    assert last_stage(bill) == "vetoed"
    assert days(bill, "bill_rejected") == ["2015-03-31"]
    assert days(bill, "law_signed") == []


def test_concurrent_resolution_ends_adopted_without_a_signature() -> None:
    bill = dossier(parsed(fixture("us_govinfo", "BILLSTATUS-117sconres14.xml")))
    assert [(e.outcome, e.stage) for e in bill.events if e.type == "bill_adopted"] == [
        ("adopted_amended", "passed_one"),
        ("adopted", "adopted"),
    ]
    assert last_stage(bill) == "adopted"


def test_simple_resolution_ends_in_its_own_chamber() -> None:
    body = fixture("us_govinfo", "BILLSTATUS-117sconres14.xml").replace(b"SCONRES", b"SRES")
    senate = event(dossier(parsed(body)), external_id="117-sres-14:2021-08-11:passed:senate")
    assert senate.stage == "adopted"


def test_second_chamber_that_amends_opens_reconciliation() -> None:
    body = fixture("us_govinfo", "BILLSTATUS-119s146.xml")
    body = body.replace(b"suspend the rules and pass the bill Agreed", b"pass the bill, as amended Agreed")
    house = event(dossier(parsed(body)), external_id="119-s-146:2025-04-28:passed:house")
    assert (house.outcome, house.stage) == ("adopted_amended", "reconciliation")


def test_lost_motion_to_suspend_the_rules_does_not_end_the_bill() -> None:
    body = fixture("us_govinfo", "BILLSTATUS-119s146.xml").replace(
        b"pass the bill Agreed to by", b"pass the bill Failed by"
    )
    failed = event(dossier(parsed(body)), type="bill_rejected")
    assert (failed.outcome, failed.stage) == ("rejected", "")


def test_unpassed_bill_lapses_with_its_congress_and_not_before() -> None:
    body = fixture("us_govinfo", "BILLSTATUS-117sconres14.xml")
    body = body.replace(b"is considered passed House", b"is taken up")
    ended = dossier(parsed(body, "2023-01-04T00:00:00Z"))
    assert event(ended, stage="lapsed").when.iso() == "2023-01-03"
    assert last_stage(dossier(parsed(body, "2023-01-03T00:00:00Z"))) != "lapsed"


def test_event_ids_are_unique_and_reading_twice_gives_the_same() -> None:
    ids = [e.external_id for e in dossier(take_it_down()).events]
    assert len(ids) == len(set(ids))
    assert take_it_down() == take_it_down()


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Checking your browser</body></html>",
        b"\xef\xbb\xbf\n<HTML><head></head></HTML>",
        b'<?xml version="1.0"?>\n<!-- x --><html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
)
def test_page_for_humans_is_blocked(body: bytes) -> None:
    with pytest.raises(BlockedError):
        parsed(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<billStatus><bill>",
        b"<other/>",
        b"<billStatus><bill><number>x</number></bill></billStatus>",
        b"<!DOCTYPE a [<!ENTITY x 'y'>]><billStatus><bill><number>&x;</number></bill></billStatus>",
    ],
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parsed(body)


def test_table_maps_only_to_our_codes() -> None:
    for rule in rules():
        assert rule.skip or rule.type in TYPES, rule
        assert {rule.stage, rule.first, rule.second} <= STAGES, rule


def _actions_of(body: bytes) -> list[Action]:
    root = us_govinfo.bodies.read_xml(response(URL, body), source("us", "us_govinfo"))
    found = [us_govinfo._action(row) for row in root.findall("bill/actions/item")]
    return [action for action in found if action is not None]


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", ["119s146", "117s35", "117sconres7"])
def test_every_action_of_a_real_record_has_a_meaning(name: str) -> None:
    body = (SHARED / "samples" / "us-govinfo" / f"BILLSTATUS-{name}.xml").read_bytes()
    assert [action for action in _actions_of(body) if meaning(action) is None] == []


@needs_shared
@pytest.mark.shared
def test_real_take_it_down_act_ends_as_public_law() -> None:
    bill = dossier(parsed((SHARED / "samples" / "us-govinfo" / "BILLSTATUS-119s146.xml").read_bytes()))
    assert Identifier("us.pl", "119-12") in bill.identifiers
    assert days(bill, "bill_tabled") == ["2025-01-16"]
    assert days(bill, "bill_adopted") == ["2025-02-13", "2025-04-28"]
    assert days(bill, "law_signed") == ["2025-05-19"]
    assert last_stage(bill) == "enacted"
    assert "409 - 2" in [e for e in bill.events if e.type == "bill_adopted"][-1].quote


@needs_shared
@pytest.mark.shared
def test_real_senate_bill_passed_amended_and_died_in_the_house() -> None:
    bill = dossier(parsed((SHARED / "samples" / "us-govinfo" / "BILLSTATUS-117s35.xml").read_bytes()))
    senate = event(bill, type="bill_adopted")
    assert (senate.when.iso(), senate.outcome, senate.stage) == (
        "2021-02-12",
        "adopted_amended",
        "passed_one",
    )
    assert last_stage(bill) == "lapsed"


@needs_shared
@pytest.mark.shared
def test_real_concurrent_resolution_stayed_in_committee() -> None:
    body = (SHARED / "samples" / "us-govinfo" / "BILLSTATUS-117sconres7.xml").read_bytes()
    during = dossier(parsed(body, "2022-09-08T00:00:00Z"))
    assert last_stage(during) == "committee"
    assert during.identifiers == (Identifier("us.bill", "117-sconres-7"),)
