"""Questions, speeches, divisions, members and amendments of the UK Parliament; publications of the government."""

from __future__ import annotations

import json
from collections import Counter
from types import ModuleType
from typing import Any

import pytest

from collectors.sources import (
    uk_bill_amendments,
    uk_divisions,
    uk_govuk,
    uk_hansard,
    uk_members,
    uk_questions,
)
from data.errors import BlockedError, SourceError
from data.models import ActorRecord, Follow, Identifier, ItemRecord, Rejected, Seat, Unknown
from tests.collectors.sources.helpers import of, response, source
from tests.shared import SHARED, needs_shared

API = "https://questions-statements-api.parliament.uk/api"


def read(module: ModuleType, payload: Any, url: str, **options: object) -> list[Any]:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    name = module.__name__.rsplit(".", 1)[1]
    return list(module.parse(response(url, body), source("uk", name, **options)))


def question(**changes: Any) -> dict[str, Any]:
    return {
        "id": 1850001, "askingMemberId": 5001, "house": "Commons", "dateTabled": "2026-01-12T00:00:00", "uin": "104001",
        "askingMember": {"id": 5001, "name": "Jess Asato", "party": "Labour", "memberFrom": "Lowestoft"},
        "questionText": "To ask when the ban on nudification tools will be in force.", "answeringBodyId": 203,
        "answeringBodyName": "Department for Science, Innovation and Technology", "isWithdrawn": False,
        "answerIsHolding": False, "answeringMemberId": 5002, "answeringMember": None,
        "dateAnswered": "2026-01-20T00:00:00", "answerText": "<p>The offence is in the Crime and Policing Bill.</p>",
        "dateAnswerCorrected": None, "heading": "Deepfakes: Regulation", **changes,
    }  # fmt: skip


def questions(*rows: dict[str, Any], total: int | None = None, **options: object) -> list[Any]:
    payload = {"totalResults": total or len(rows), "results": [{"value": row, "links": []} for row in rows]}
    return read(
        uk_questions, payload, f"{API}/writtenquestions/questions?searchTerm=deepfake&skip=0&take=100", **options
    )


def test_question_asked_and_answered_on_its_days():
    (found,) = questions(question())
    assert isinstance(found, ItemRecord)
    assert [(e.type, e.when.iso()) for e in found.events] == [
        ("question_asked", "2026-01-12"),
        ("question_answered", "2026-01-20"),
    ]
    assert found.url == "https://questions-statements.parliament.uk/written-questions/detail/2026-01-12/104001"
    assert found.text.endswith("The offence is in the Crime and Policing Bill.")
    assert [(a.name, a.role, [i.value for i in a.identifiers]) for a in found.actors] == [
        ("Jess Asato", "questioner", ["5001"]),
        ("", "respondent", ["5002"]),
        ("Department for Science, Innovation and Technology", "respondent", []),
    ]


def test_holding_answer_is_no_answer():
    (found,) = questions(question(answerIsHolding=True))
    assert [e.type for e in found.events] == ["question_asked"]
    assert found.summary == "holding answer"


def test_correction_is_told():
    (found,) = questions(question(dateAnswerCorrected="2026-02-02T00:00:00"))
    assert "answer corrected 2026-02-02" in found.summary


def test_cut_text_is_asked_for_whole():
    assert questions(question(answerText="The Government has...")) == [
        Follow(f"{API}/writtenquestions/questions/1850001?expandMember=true")
    ]


def test_whole_record_is_read_though_it_ends_in_dots():
    payload = {"value": question(answerText="And so on..."), "links": []}
    assert isinstance(read(uk_questions, payload, f"{API}/writtenquestions/questions/1850001")[0], ItemRecord)


def test_further_pages_are_asked_for_up_to_the_bound():
    follow = of(Follow, questions(question(), total=300))
    assert [one.url.rsplit("&", 2)[1:] for one in follow] == [["skip=1", "take=100"]]
    assert of(Follow, questions(question(), total=300, max_results=1)) == []


def test_statement_names_the_minister_and_the_department():
    row = {
        "id": 9, "memberId": 5002, "memberRole": "Secretary of State", "uin": "HCWS123", "dateMade": "2026-01-15T00:00:00",
        "answeringBodyName": "Department for Science, Innovation and Technology", "title": "Intimate images", "house": "Commons",
        "text": "<p>The regulations were made today.</p>",
    }  # fmt: skip
    (found,) = read(
        uk_questions, {"results": [{"value": row}], "totalResults": 1}, f"{API}/writtenstatements/statements"
    )
    assert (found.kind, found.events[0].type, found.summary) == ("notice", "statement", "Secretary of State")


@pytest.mark.parametrize("name", ["uin", "questionText", "dateTabled", "answeringBodyName"])
def test_renamed_field_of_a_question_ends_loudly(name):
    row = question()
    row[f"{name}2"] = row.pop(name)
    with pytest.raises(SourceError, match=f"fields missing: {name}"):
        questions(row)


def test_list_that_became_an_object_ends_loudly():
    with pytest.raises(SourceError, match="format has changed"):
        read(uk_questions, {"results": {}, "totalResults": 1}, f"{API}/x")


def speech(**changes: Any) -> dict[str, Any]:
    return {
        "MemberName": "Baroness Owen of Alderley Edge", "MemberId": 5003, "AttributedTo": "", "ItemId": 1,
        "ContributionExtId": "A1B2", "ContributionText": "The tools...", "HRSTag": "hs_Para", "Section": "Debate",
        "ContributionTextFull": "<p>The tools that undress women must be banned.</p>", "House": "Lords",
        "DebateSection": "Non-Consensual Sexually Explicit Images", "DebateSectionExtId": "C3D4",
        "SittingDate": "2024-12-13T00:00:00", **changes,
    }  # fmt: skip


def speeches(*rows: dict[str, Any]) -> list[Any]:
    url = "https://hansard-api.parliament.uk/search/contributions/Spoken.json?queryParameters.skip=0"
    return read(uk_hansard, {"Results": list(rows), "SpokenResultCount": len(rows), "TotalResultCount": 9}, url)


def test_speech_has_speaker_day_and_address():
    (found,) = speeches(speech())
    assert (found.kind, found.published_on.isoformat()) == ("speech", "2024-12-13")
    assert found.url == (
        "https://hansard.parliament.uk/Lords/2024-12-13/debates/C3D4/NonConsensualSexuallyExplicitImages#contribution-A1B2"
    )
    assert found.actors[0].identifiers == (Identifier("uk.member", "5003"),)
    assert found.text == "The tools that undress women must be banned."


@pytest.mark.parametrize("member", [0, None])
def test_words_of_nobody_are_not_told(member):
    assert speeches(speech(MemberId=member)) == []


COMMONS = {
    "DivisionId": 2100, "Date": "2026-04-20T19:12:00", "Number": 201, "Title": "Crime and Policing Bill: Lords Amendment 257",
    "AyeCount": 2, "NoCount": 1, "FriendlyTitle": None, "FriendlyDescription": None, "AyeTellers": [], "NoTellers": [],
    "Ayes": [{"MemberId": 1, "Name": "A One", "Party": "Labour", "MemberFrom": "X"}, {"MemberId": 2, "Name": "B Two"}],
    "Noes": [{"MemberId": 3, "Name": "C Three"}], "NoVoteRecorded": [{"MemberId": 4, "Name": "D Four"}],
}  # fmt: skip
LORDS = {
    "divisionId": 3300, "date": "2025-12-09T00:00:00", "number": 2, "title": "Crime and Policing Bill",
    "authoritativeContentCount": 1, "authoritativeNotContentCount": 2, "contents": [{"memberId": 9, "name": "Lady Nine"}],
    "notContents": [{"memberId": 8, "name": "Lord Eight"}, {"memberId": 7, "name": "Lord Seven"}],
    "amendmentMotionNotes": "<p>Baroness Bertin moved amendment 295BA.</p>",
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "kind", "outcome", "day", "roles"),
    [
        (COMMONS, "amendment_decided", "adopted", "2026-04-20", {"voter_for": 2, "voter_against": 1}),
        ([LORDS], "amendment_decided", "rejected", "2025-12-09", {"voter_for": 1, "voter_against": 2}),
    ],
)
def test_division_of_either_house(row, kind, outcome, day, roles):
    (found,) = read(uk_divisions, row, "https://votes.example/")
    (event,) = found.events
    assert (event.type, event.outcome, event.when.iso()) == (kind, outcome, day)
    assert Counter(actor.role for actor in event.actors) == roles


def test_search_of_the_commons_leads_to_the_voters():
    listed = {**COMMONS, "Ayes": [], "Noes": []}
    assert read(uk_divisions, [listed], "https://votes.example/") == [
        Follow("https://commonsvotes-api.parliament.uk/data/division/2100.json")
    ]


@pytest.mark.parametrize("payload", [[{"DivisionID": 1}], None, 42, "divisions"])
def test_what_is_no_division_of_either_house_ends_loudly(payload):
    with pytest.raises(SourceError, match="format has changed"):
        read(uk_divisions, payload, "https://votes.example/")


def member(ident: int, **changes: Any) -> dict[str, Any]:
    value = {
        "id": ident, "nameDisplayAs": "Jess Asato", "nameFullTitle": "Jess Asato MP", "latestParty": {"name": "Labour"},
        "latestHouseMembership": {"membershipFrom": "Lowestoft", "house": 1,
                                  "membershipStartDate": "2024-07-04T00:00:00", "membershipEndDate": None}, "gender": "F",
        **changes,
    }  # fmt: skip
    return {"value": value, "links": []}


def test_members_by_number_with_party_and_seat():
    payload = {"items": [member(5001)], "totalResults": 41, "skip": 0, "take": 20}
    found, follow = read(
        uk_members, payload, "https://members-api.parliament.uk/api/Members/Search?House=Commons&skip=0"
    )
    assert (found.name, found.party, found.role_title) == ("Jess Asato", "Labour", "House of Commons, Lowestoft")
    assert found.seats == (Seat("House of Commons", "2024-07-04"),)
    assert follow == Follow("https://members-api.parliament.uk/api/Members/Search?House=Commons&skip=1")


def test_biography_gives_the_post_that_has_not_ended():
    value = {
        "representations": [], "houseMemberships": [], "partyAffiliations": [{"name": "Labour", "endDate": None}],
        "governmentPosts": [
            {"name": "Minister of State", "startDate": "2024-07-08T00:00:00", "endDate": "2025-09-05T00:00:00"},
            {"name": "Secretary of State", "startDate": "2025-09-05T00:00:00", "endDate": None},
        ],
    }  # fmt: skip
    url = "https://members-api.parliament.uk/api/Members/5002/Biography"
    (found,) = read(uk_members, {"value": value}, url)
    assert (found.identifiers[0].value, found.role_title, found.party) == ("5002", "Secretary of State", "Labour")


AMENDMENT = {
    "id": 1, "amendmentId": 77001, "amendmentType": "AddNewClause", "decision": "Agreed", "clause": 12, "schedule": None,
    "marshalledListText": "295BA", "explanatoryText": "<p>A duty to remove in 48 hours.</p>", "billId": 3938,
    "amendmentLines": [{"text": "After Clause 12, insert"}], "sponsors": [{"member": {"memberId": 5004, "name": "Baroness Bertin"}}],
}  # fmt: skip


def test_amendment_hangs_on_its_bill():
    url = "https://bills-api.parliament.uk/api/v1/Bills/3938/Stages/20001/Amendments?Skip=0&Take=40"
    (found,) = read(uk_bill_amendments, {"items": [AMENDMENT], "totalResults": 1}, url)
    assert found.dossier == (Identifier("uk.bill", "3938"),)
    assert found.title == "Amendment 295BA (clause 12)"
    assert found.text == "After Clause 12, insert\n\nA duty to remove in 48 hours."
    unknown = read(uk_bill_amendments, {"items": [{**AMENDMENT, "decision": "Lost"}], "totalResults": 1}, url)
    assert of(Unknown, unknown) == [Unknown("decision", "Lost", "77001")]


def test_stages_of_a_watched_bill_lead_to_its_amendments():
    url = "https://bills-api.parliament.uk/api/v1/Bills/3938/Stages?Take=100"
    assert uk_bill_amendments.watch(source("uk", "uk_bill_amendments"), [Identifier("uk.bill", "3938")]) == [url]
    payload = {"items": [{"id": 20001, "stageId": 8}], "totalResults": 1}
    assert read(uk_bill_amendments, payload, url) == [
        Follow("https://bills-api.parliament.uk/api/v1/Bills/3938/Stages/20001/Amendments?Skip=0&Take=40")
    ]


def piece(**changes: Any) -> dict[str, Any]:
    return {
        "content_id": "11111111-2222-3333-4444-555555555555", "locale": "en", "title": "Tackling nudification tools",
        "base_path": "/government/consultations/nudification", "document_type": "open_consultation",
        "schema_name": "consultation", "first_published_at": "2026-03-02T00:30:00+01:00", "description": "Your views.",
        "public_updated_at": "2026-03-02T09:30:00Z", "withdrawn_notice": {},
        "details": {
            "body": [{"content_type": "text/govspeak", "content": "x"}, {"content_type": "text/html", "content": "<p>We ask.</p>"}],
            "opening_date": "2026-03-02T09:30:00+00:00", "closing_date": "2026-12-25T23:59:00+00:00",
            "change_history": [{"public_timestamp": "2026-03-05T10:00:00Z", "note": "Added a form."}],
        },
        "links": {"organisations": [{"title": "Home Office"}]}, **changes,
    }  # fmt: skip


def pieces(payload: Any) -> list[Any]:
    return read(uk_govuk, payload, "https://www.gov.uk/api/content/government/consultations/nudification")


def test_consultation_opens_and_closes_on_its_days():
    (found,) = pieces(piece())
    assert [(e.type, e.when.iso(), e.status) for e in found.events] == [
        ("consultation_opened", "2026-03-02", "occurred"),
        ("consultation_closed", "2026-12-25", "scheduled"),
    ]
    assert found.external_id == "11111111-2222-3333-4444-555555555555:en"
    assert (found.published_on.isoformat(), found.published_at) == ("2026-03-02", "2026-03-01T23:30:00Z")
    assert "We ask." in found.text and "2026-03-05: Added a form." in found.text


def test_search_leads_to_pieces_and_to_the_next_page():
    payload = {
        "results": [{"link": "/government/news/a"}, {"link": "https://other.example/"}, {}],
        "total": 150,
        "start": 0,
    }
    url = "https://www.gov.uk/api/search.json?q=%22deepfake%22&count=100&start=0"
    found = read(uk_govuk, payload, url)
    assert [type(one) for one in found] == [Follow, Rejected, Follow]
    assert found[0] == Follow("https://www.gov.uk/api/content/government/news/a")
    assert found[2].url.endswith("start=3")


@pytest.mark.parametrize("payload", [{"results": {}}, {"error": "422"}, {"content_id": "x", "title": "t"}])
def test_changed_answer_of_the_government_ends_loudly(payload):
    with pytest.raises(SourceError):
        pieces(payload)


def test_a_page_for_people_is_refused():
    with pytest.raises(BlockedError):
        pieces(b"<!doctype html><html>Sorry</html>")


@needs_shared
@pytest.mark.shared
def test_real_answers_are_read_without_warning():
    def real(module: ModuleType, folder: str, name: str, url: str = "https://e.org/") -> list[Any]:
        return read(module, (SHARED / "samples" / folder / name).read_bytes(), url)

    assert len(of(ActorRecord, real(uk_members, "uk-members", "search.json"))) == 3
    assert real(uk_members, "uk-members", "empty_list.json") == []
    url = "https://members-api.parliament.uk/api/Members/4514/Biography"
    (pm,) = real(uk_members, "uk-members", "biography.json", url)
    assert pm.role_title.startswith("Prime Minister")
    (commons,) = real(uk_divisions, "uk-votes", "commons-division-1873.json")
    assert Counter(a.role for a in commons.events[0].actors) == {"voter_for": 333, "voter_against": 174}
    lords = real(uk_divisions, "uk-votes", "lords-divisions.json")
    assert lords and all(isinstance(one, ItemRecord) and one.published_on for one in lords)
    for path in sorted((SHARED / "samples" / "uk-govuk").glob("*.json")):
        (item,) = real(uk_govuk, "uk-govuk", path.name)
        assert isinstance(item, ItemRecord) and item.text and item.published_on
