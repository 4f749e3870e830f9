"""congress.gov, the Clerk of the House, the Federal Register, Open States, LegiScan and govinfo's service."""

from __future__ import annotations

import json
from collections import Counter
from types import ModuleType
from typing import Any

import pytest

from collectors.sources import (
    us_congress,
    us_federal_register,
    us_govinfo_api,
    us_house_votes,
    us_legiscan,
    us_openstates,
    us_openstates_people,
)
from collectors.sources._bodies import stage_table
from data.errors import BlockedError, SourceError
from data.models import ActorRecord, DossierRecord, Follow, Identifier, ItemRecord, Rejected, Unknown
from tests.collectors.sources.helpers import days, dossier, of, response, source
from tests.shared import SHARED, needs_shared

API = "https://api.congress.gov/v3"


def read(module: ModuleType, payload: Any, url: str = "https://example.org/", **options: object) -> list[Any]:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    name = module.__name__.rsplit(".", 1)[1]
    name = "us_congress" if name == "us_house_votes" else name
    return list(module.parse(response(url, body), source("us", name, **options)))


BILL = {
    "congress": 119, "type": "S", "number": "146", "title": "TAKE IT DOWN Act", "originChamber": "Senate",
    "latestAction": {"actionDate": "2025-05-19", "text": "Became Public Law No: 119-12."},
    "laws": [{"number": "119-12", "type": "Public Law"}], "policyArea": {"name": "Crime and Law Enforcement"},
    "sponsors": [{"bioguideId": "C001098", "fullName": "Sen. Cruz, Ted [R-TX]", "party": "R", "state": "TX"}],
}  # fmt: skip


def action(day: str, text: str, code: str = "", system: str = "Library of Congress") -> dict[str, Any]:
    return {"actionDate": day, "text": text, "actionCode": code, "type": "Floor", "sourceSystem": {"name": system}}


ACTIONS = {
    "actions": [
        action("2025-05-19", "Became Public Law No: 119-12.", "E40000"),
        action("2025-05-19", "Became Public Law No: 119-12.", "36000"),
        action("2025-02-13", "Passed Senate with an amendment by Unanimous Consent.", "17000"),
        action("2025-01-16", "Introduced in Senate", "10000"),
    ],
    "pagination": {"count": 4},
    "request": {"congress": "119", "billType": "s", "billNumber": "146"},
}


def test_bill_joins_the_record_of_govinfo_by_its_number():
    found = dossier(read(us_congress, {"bill": BILL}))
    assert found.identifiers == (Identifier("us.bill", "119-s-146"), Identifier("us.pl", "119-12"))
    assert found.url == "https://www.congress.gov/bill/119th-congress/senate-bill/146"
    assert [(a.name, a.party, a.identifiers[0].value) for a in found.actors] == [("Ted Cruz", "Republican", "C001098")]


def test_each_act_is_told_once_though_two_systems_report_it():
    found = dossier(read(us_congress, ACTIONS))
    assert days(found, "law_signed") == ["2025-05-19"]
    assert [e.stage for e in found.events if e.type == "bill_adopted"] == ["passed_one"]


def test_half_a_list_of_actions_proves_no_stage_and_asks_for_the_rest():
    cut = {**ACTIONS, "pagination": {"count": 74, "next": "https://v3/bill?offset=4"}}
    url = f"{API}/bill/119/s/146/actions?format=json&limit=4"
    records = read(us_congress, cut, url)
    assert {event.stage for event in dossier(records).events} == {""}
    assert of(Follow, records) == [Follow(f"{API}/bill/119/s/146/actions?format=json&limit=4&offset=4")]


def test_list_is_followed_where_a_title_tells():
    rows = [{"congress": 119, "type": "HR", "number": "633", "title": "TAKE IT DOWN deepfakes Act"},
            {"congress": 119, "type": "HR", "number": "1", "title": "Roads"}, {"title": "deepfake"}]  # fmt: skip
    records = read(us_congress, {"bills": rows, "pagination": {}})
    assert [one.url for one in of(Follow, records)] == [
        f"{API}/bill/119/hr/633?format=json", f"{API}/bill/119/hr/633/actions?format=json&limit=250",
    ]  # fmt: skip
    assert len(of(Rejected, records)) == 1


def test_summaries_find_the_bill_whose_title_is_silent():
    row = {
        "bill": {"congress": 119, "type": "S", "number": "1837", "title": "DEFIANCE Act"},
        "text": "<p>intimate digital forgeries</p>",
    }
    assert len(of(Follow, read(us_congress, {"summaries": [row], "pagination": {}}))) == 2
    own = {"summaries": [{"actionDate": "2025-05-21", "text": "<p>Civil action.</p>", "versionCode": "00"}],
           "request": {"congress": "119", "billType": "s", "billNumber": "1837"}}  # fmt: skip
    assert dossier(read(us_congress, own)).text == "Civil action."


@pytest.mark.parametrize(
    "payload", [{"error": {"code": "API_KEY_INVALID"}}, {"things": []}, {"bill": {"title": "x"}}, {"actions": {}}]
)
def test_another_answer_of_congress_ends_loudly(payload):
    with pytest.raises(SourceError):
        read(us_congress, payload)


HOUSE_VOTE = {
    "congress": 119, "identifier": 119120251, "rollCallNumber": 104, "sessionNumber": 1, "result": "Passed",
    "legislationType": "S", "legislationNumber": 146, "voteQuestion": "On Motion to Suspend the Rules and Pass",
    "startDate": "2025-04-28T23:05:00-04:00", "sourceDataURL": "https://clerk.house.gov/evs/2025/roll104.xml",
    "votePartyTotal": [{"yeaTotal": 205, "nayTotal": 2}, {"yeaTotal": 204, "nayTotal": 0}],
}  # fmt: skip


def test_house_vote_on_its_local_day_hangs_on_the_bill():
    item, follow = read(us_congress, {"houseRollCallVote": HOUSE_VOTE})
    assert (item.events[0].type, item.events[0].when.iso(), item.summary) == (
        "bill_adopted", "2025-04-28", "Passed, yeas: 409, nays: 2",
    )  # fmt: skip
    assert item.dossier == (Identifier("us.bill", "119-s-146"),)
    assert follow == Follow("https://clerk.house.gov/evs/2025/roll104.xml")


CLERK = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rollcall-vote PUBLIC "-//US Congress//DTDs/vote v1.0 20031119 //EN" "../vote.dtd">
<rollcall-vote><vote-metadata><congress>119</congress><session>1st</session><rollcall-num>104</rollcall-num>
<legis-num>S 146</legis-num><vote-question>On Motion to Suspend the Rules and Pass</vote-question><vote-type>2/3 YEA-AND-NAY</vote-type>
<vote-result>Passed</vote-result><action-date>28-Apr-2025</action-date><vote-desc>TAKE IT DOWN Act</vote-desc>
<vote-totals><totals-by-vote><yea-total>409</yea-total><nay-total>2</nay-total><present-total>0</present-total></totals-by-vote></vote-totals></vote-metadata>
<vote-data><recorded-vote><legislator name-id="S000168" party="R" state="FL">Salazar</legislator><vote>Yea</vote></recorded-vote>
<recorded-vote><legislator name-id="M001184" party="R" state="KY">Massie</legislator><vote>Nay</vote></recorded-vote>
<recorded-vote><legislator name-id="A000001" party="D" state="NC">Away</legislator><vote>Not Voting</vote></recorded-vote>
<recorded-vote><legislator name-id="B000001" party="D" state="NC">Odd</legislator><vote>Maybe</vote></recorded-vote></vote-data></rollcall-vote>"""


def test_roll_call_names_members_by_number_and_an_unknown_vote():
    records = read(us_house_votes, CLERK, "https://clerk.house.gov/evs/2025/roll104.xml")
    (item,) = of(ItemRecord, records)
    assert item.external_id == "house-119-1-104" and item.dossier == (Identifier("us.bill", "119-s-146"),)
    assert Counter(a.role for a in item.events[0].actors) == {"voter_for": 1, "voter_against": 1}
    assert of(Unknown, records) == [Unknown("vote", "maybe", "house-119-1-104:B000001")]


def test_the_service_reads_the_roll_call_it_leads_to():
    assert of(ItemRecord, read(us_congress, CLERK, "https://clerk.house.gov/evs/2025/roll104.xml"))


def rule(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Trade Regulation Rule on Impersonation", "type": "Rule", "document_number": "2026-04001",
        "html_url": "https://www.federalregister.gov/d/2026-04001", "publication_date": "2026-02-20", "abstract": "<p>Deepfakes.</p>",
        "agencies": [{"name": "Federal Trade Commission"}, {"raw_name": "AN OFFICE"}], "action": "Final rule.",
        "effective_on": "2027-01-01", "comments_close_on": None, "docket_ids": ["FTC-2026-0001"], **changes,
    }  # fmt: skip


def test_rule_is_made_on_one_day_and_in_force_on_another():
    (found,) = read(us_federal_register, {"count": 1, "results": [rule()]})
    assert [(e.type, e.when.iso(), e.status) for e in found.events] == [
        ("regulation_made", "2026-02-20", "occurred"), ("law_in_force", "2027-01-01", "scheduled"),
    ]  # fmt: skip
    assert [a.name for a in found.actors] == ["Federal Trade Commission", "AN OFFICE"]
    assert (found.dossier, found.text) == ((Identifier("us.fr", "2026-04001"),), "Deepfakes.")


def test_correction_is_no_new_rule():
    (found,) = read(us_federal_register, {"count": 1, "results": [rule(document_number="C1-2026-04001")]})
    assert found.events == () and "correction" in found.summary


def test_proposed_rule_opens_a_consultation_with_its_end():
    (found,) = read(
        us_federal_register,
        {"results": [rule(type="Proposed Rule", comments_close_on="2026-04-01", effective_on=None)]},
    )
    assert [e.type for e in found.events] == ["consultation_opened", "consultation_closed"]


def test_next_page_of_the_register_and_no_other_host():
    page = "https://www.federalregister.gov/api/v1/documents.json?page=2"
    assert of(Follow, read(us_federal_register, {"results": [], "next_page_url": page})) == [Follow(page)]
    assert of(Follow, read(us_federal_register, {"results": [], "next_page_url": "https://evil.example/"})) == []
    assert read(us_federal_register, {"count": 0}) == []


def state_bill(**changes: Any) -> dict[str, Any]:
    return {
        "id": "ocd-bill/1", "session": "20252026", "identifier": "AB 621", "title": "Deepfake pornography.",
        "jurisdiction": {"id": "ocd-jurisdiction/country:us/state:ca/government", "name": "California"},
        "from_organization": {"classification": "lower"}, "openstates_url": "https://open.pluralpolicy.com/ca/bills/20252026/AB621/",
        "sponsorships": [{"name": "Bauer-Kahan", "entity_type": "person", "primary": True, "person": {"id": "ocd-person/9", "name": "Rebecca Bauer-Kahan", "party": "Democratic"}}],
        "actions": [
            {"description": "Read first time.", "date": "2025-02-13", "classification": ["introduction", "reading-1"], "order": 0, "organization": {"classification": "lower"}},
            {"description": "Passed Assembly.", "date": "2025-06-02", "classification": ["passage", "reading-3"], "order": 1, "organization": {"classification": "lower"}},
            {"description": "Passed Senate.", "date": "2025-09-09", "classification": ["passage"], "order": 2, "organization": {"classification": "upper"}},
            {"description": "Chaptered.", "date": "2025-10-13T00:00:00+00:00", "classification": ["became-law"], "order": 3, "organization": {"classification": "executive"}},
            {"description": "Noted.", "date": "2025", "classification": ["sung"], "order": 4, "organization": {}},
        ],
        **changes,
    }  # fmt: skip


def test_state_bill_by_state_session_and_number_with_its_ladder():
    records = read(us_openstates, {"results": [state_bill()], "pagination": {"page": 1, "max_page": 1}})
    found = dossier(records)
    assert (found.identifiers, found.jurisdiction) == ((Identifier("us.state.bill", "ca:20252026:AB621"),), "us-ca")
    assert [(e.when.iso(), e.stage) for e in found.events] == [
        ("2025", ""), ("2025-02-13", "introduced"), ("2025-06-02", "passed_one"), ("2025-09-09", "adopted"), ("2025-10-13", "enacted"),
    ]  # fmt: skip
    assert {e.jurisdiction for e in found.events} == {"us-ca"}
    assert of(Unknown, records) == [Unknown("classification", "sung", "ca:20252026:AB621")]
    assert found.actors[0].identifiers == (Identifier("ocd", "ocd-person/9"),)


def test_state_bill_without_actions_or_sponsors_is_read():
    bare = {k: v for k, v in state_bill().items() if k not in ("actions", "sponsorships", "openstates_url")}
    assert dossier(read(us_openstates, {"results": [bare], "pagination": {}})).events == ()


@pytest.mark.parametrize("pagination", [None, [], "1 of 2", {"page": "1", "max_page": "2"}, {"page": 1}])
def test_pages_that_are_not_numbered_lead_nowhere_and_the_bills_stand(pagination):
    records = read(us_openstates, {"results": [state_bill()], "pagination": pagination})
    assert dossier(records) and not of(Follow, records)


def test_refusal_of_open_states_is_told():
    with pytest.raises(SourceError, match="exceeded"):
        read(us_openstates, {"detail": "exceeded limit of 10/min"})


PERSON = b"""id: ocd-person/24facf9e
name: Marc Berman
birth_date: 1980-10-31
party:
- name: Democratic
roles:
- start_date: 2022-12-05
  type: lower
  jurisdiction: ocd-jurisdiction/country:us/state:ca/government
  district: '23'
- end_date: 2022-12-05
  type: lower
  jurisdiction: ocd-jurisdiction/country:us/state:ca/government
  district: '24'
other_identifiers:
- scheme: bioguide
  identifier: B000001
"""


def test_legislator_has_ids_of_two_registers_and_the_seat_of_today():
    (found,) = read(us_openstates_people, PERSON)
    assert [i.value for i in found.identifiers] == ["ocd-person/24facf9e", "B000001"]
    assert (found.role_title, found.party, found.jurisdiction) == ("Representative, 23", "Democratic", "us-ca")
    assert "1980" not in repr(found)


@pytest.mark.parametrize(
    "body", [b"a: !!python/object/apply:os.system ['true']", b"a: &x [1]\nroles: *x", b"- 1", b"id: x", b"{"]
)
def test_hostile_or_foreign_yaml_is_refused(body):
    with pytest.raises(SourceError):
        read(us_openstates_people, body)


def scan(**changes: Any) -> dict[str, Any]:
    return {
        "bill_id": 1900001, "change_hash": "abc", "state": "CA", "bill_number": "AB621", "title": "Deepfake pornography", "status": 4,
        "url": "https://legiscan.com/CA/bill/AB621/2025", "session": {"year_start": 2025, "year_end": 2026, "special": 0},
        "committee": [], "description": "An act about deepfakes.", "texts": [{"type_id": 6}],
        "progress": [{"date": "2025-02-13", "event": 1}, {"date": "2025-10-13", "event": 8}],
        "history": [{"date": "2025-10-13", "action": "Chaptered by Secretary of State.", "importance": 1}],
        "sponsors": [{"people_id": 7, "name": "Rebecca Bauer-Kahan", "party": "D", "sponsor_type_id": 1, "bioguide_id": ""}],
        "sasts": [{"type_id": 5, "sast_bill_id": 1900002}], **changes,
    }  # fmt: skip


def test_legiscan_and_open_states_name_one_bill_alike():
    found = dossier(read(us_legiscan, {"status": "OK", "bill": scan()}))
    assert found.identifiers == (Identifier("us.state.bill", "ca:20252026:AB621"), Identifier("us.legiscan", "1900001"))
    assert [(e.when.iso(), e.type, e.stage, e.title) for e in found.events] == [
        ("2025-02-13", "bill_tabled", "introduced", "Introduced"),
        ("2025-10-13", "law_signed", "enacted", "Chaptered by Secretary of State."),
    ]
    assert found.relations[0].kind == "companion"


def test_federal_bill_of_legiscan_joins_the_federal_one():
    found = dossier(
        read(
            us_legiscan, {"bill": scan(state="US", bill_number="SB146", session={"year_start": 2025, "year_end": 2026})}
        )
    )
    assert found.identifiers[0] == Identifier("us.bill", "119-s-146")


def test_a_state_that_numbers_its_sessions_is_not_guessed():
    assert [i.scheme for i in dossier(read(us_legiscan, {"bill": scan(state="TN")})).identifiers] == ["us.legiscan"]


def test_unknown_progress_is_named():
    records = read(us_legiscan, {"bill": scan(progress=[{"date": "2025-02-13", "event": 99}])})
    assert of(Unknown, records) == [Unknown("progress.event", "99", "1900001")]


def test_search_is_an_object_with_numbers_and_carries_the_change_hash():
    found = {"summary": {"count": 1}, "0": {"bill_id": 5, "change_hash": "h1"}, "1": {"bill_id": None}}
    records = read(us_legiscan, {"status": "OK", "searchresult": found})
    assert of(Follow, records) == [Follow("https://api.legiscan.com/?op=getBill&id=5&change_hash=h1")]
    assert len(of(Rejected, records)) == 1
    raw = {"summary": {}, "results": [{"bill_id": 5, "change_hash": "h2"}]}
    assert "h2" in of(Follow, read(us_legiscan, {"searchresult": raw}))[0].url


def test_error_with_status_200_is_an_error():
    with pytest.raises(SourceError, match="Invalid API key"):
        read(us_legiscan, {"status": "ERROR", "alert": {"message": "Invalid API key"}})


def test_roll_call_and_person_of_legiscan():
    call = {"roll_call_id": 3, "bill_id": 1900001, "date": "2025-06-02", "desc": "AB 621 Third Reading", "yea": 78, "nay": 0,
            "passed": 1, "chamber": "A", "votes": [{"people_id": 7, "vote_id": 1}, {"people_id": 8, "vote_id": 4}]}  # fmt: skip
    (vote,) = read(us_legiscan, {"roll_call": call})
    assert (vote.events[0].type, len(vote.events[0].actors), vote.dossier[0].value) == ("bill_adopted", 1, "1900001")
    (who,) = read(
        us_legiscan,
        {
            "person": {
                "people_id": 7,
                "name": "A B",
                "party": "R",
                "role": "Sen",
                "district": "SD-1",
                "bioguide_id": "B1",
            }
        },
    )
    assert [i.scheme for i in who.identifiers] == ["us.bioguide", "us.legiscan.person"]


def test_changed_packages_lead_to_texts_and_a_text_reaches_its_bill():
    listed = {"packages": [{"packageId": "BILLS-119s1837is"}, {"packageId": "CREC-2025"}]}
    (follow,) = read(us_govinfo_api, listed)
    page = (
        b"<html><head><title>S. 1837</title></head><body><p>"
        + b"an intimate digital forgery " * 12
        + b"</p></body></html>"
    )
    found = dossier(read(us_govinfo_api, page, follow.url))
    assert found.identifiers == (Identifier("us.bill", "119-s-1837"),) and "digital forgery" in found.text
    with pytest.raises(SourceError):
        read(us_govinfo_api, b"<html><title>Error</title></html>", follow.url)


@needs_shared
@pytest.mark.shared
def test_every_code_of_the_official_tables_is_known():
    import csv

    table = stage_table("us_states")
    for name, column, key in (("progress", "progress_event", "progress"), ("status", "status_id", "status"),
                              ("sast_type", "sast_id", "sasts"), ("text_type", "bill_text_type_id", "texts")):  # fmt: skip
        with (SHARED / "samples" / "us-legiscan" / f"lookup-{name}.csv").open(encoding="utf-8") as lines:
            codes = {row[column] for row in csv.DictReader(lines)}
        assert codes <= set(table[key]), name


@needs_shared
@pytest.mark.shared
def test_real_answers_are_read_without_warning():
    samples = SHARED / "samples"
    kinds: Counter[str] = Counter()
    for folder, module, pattern in (("us-congress", us_congress, "*.json"), ("us-congress", us_house_votes, "*.xml"),
                                    ("us-legiscan", us_legiscan, "*.json"), ("us-openstates-people", us_openstates_people, "*.yml")):  # fmt: skip
        for path in sorted((samples / folder).glob(pattern)):
            for record in read(module, path.read_bytes(), f"{API}/bill?format=json"):
                kinds[type(record).__name__] += 1
    assert kinds["Unknown"] == kinds["Rejected"] == 0
    assert kinds["DossierRecord"] >= 6 and kinds["ItemRecord"] >= 3 and kinds["ActorRecord"] >= 3
    assert len(read(us_govinfo_api, (samples / "us-govinfo" / "BILLS-sample-formatted.json").read_bytes())) == 60


@pytest.mark.parametrize("module", [us_congress, us_federal_register, us_openstates, us_legiscan])
def test_page_for_people_is_refused(module):
    with pytest.raises(BlockedError):
        read(module, b"<!doctype html><html>Attention Required</html>")


def test_kinds_of_records_are_told_apart():
    assert isinstance(
        read(us_legiscan, {"person": {"people_id": 1, "name": "Joint", "party": "", "committee_sponsor": 1}})[0],
        ActorRecord,
    )
    assert isinstance(read(us_congress, {"bill": BILL})[0], DossierRecord)
