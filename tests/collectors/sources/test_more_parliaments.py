"""Ireland, Denmark, Korea, Australia, and the speeches and wordings of Canada."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest

from collectors.sources import au_parlinfo, ca_hansard, dk_folketing, ie_oireachtas, kr_assembly
from collectors.sources._bodies import stage_table
from data.errors import BlockedError, SourceError
from data.models import ActorRecord, DossierRecord, Follow, Identifier, ItemRecord, Rejected, Seat, Unknown
from tests.collectors.sources.helpers import days, dossier, last_stage, of, response, source
from tests.shared import SHARED, needs_shared

IE = "https://api.oireachtas.ie/v1/legislation?limit=50&skip=0"
KR = "https://open.assembly.go.kr/portal/openapi/nzmimeepazxkubdpn?Type=json&pIndex=1&pSize=100&AGE=22"


def read(module: ModuleType, payload: Any, url: str = "https://example.org/", **options: object) -> list[Any]:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    name = module.__name__.rsplit(".", 1)[1]
    return list(module.parse(response(url, body), source(name[:2], name, **options)))


def stage(number: int | str, house: str, *dates: str, completed: bool = True) -> dict[str, Any]:
    base = "https://data.oireachtas.ie/ie/oireachtas/def"
    return {
        "event": {
            "chamber": {"showAs": house, "uri": f"{base}/house/{house}"} if house else None, "showAs": f"Stage {number}",
            "dates": [{"date": day} for day in dates], "stageCompleted": completed, "stageURI": f"{base}/bill-stage/{number}",
            "uri": f"https://data.oireachtas.ie/ie/oireachtas/bill/2025/18/stage/{house}/{number}",
        }
    }  # fmt: skip


def irish_bill(**changes: Any) -> dict[str, Any]:
    return {
        "bill": {
            "billNo": "18", "billYear": "2025", "status": "Current", "shortTitleEn": "Protection of Voice and Image Bill 2025",
            "shortTitleGa": "An Bille um Chosaint Gutha agus Íomhá, 2025", "longTitleEn": "<p>To create an offence.</p>",
            "originHouse": {"uri": "https://data.oireachtas.ie/ie/oireachtas/def/house/dail"}, "act": None,
            "sponsors": [
                {"sponsor": {"by": {"showAs": "Naoise Ó Cearúil", "uri": "https://data.oireachtas.ie/ie/oireachtas/member/id/Naoise-%C3%93-Cear%C3%BAil.D.2024-11-29"}, "as": {"showAs": None}}},
                {"sponsor": {"by": {"showAs": None, "uri": None}, "as": {"showAs": "Minister for Justice", "uri": None}}},
            ],
            "stages": [stage(1, "dail", "2025-04-01", "2025-04-01")], **changes,
        }
    }  # fmt: skip


def irish(*rows: dict[str, Any], total: int | None = None) -> list[Any]:
    return read(ie_oireachtas, {"head": {"counts": {"resultCount": total or len(rows)}}, "results": list(rows)}, IE)


def test_irish_bill_is_introduced_once_though_its_day_is_repeated():
    found = dossier(irish(irish_bill()))
    assert (found.identifiers, days(found, "bill_tabled")) == ((Identifier("ie.bill", "2025/18"),), ["2025-04-01"])
    assert found.titles == {"ga": "An Bille um Chosaint Gutha agus Íomhá, 2025"}


def test_sponsors_are_a_member_by_number_or_an_office():
    first, second = dossier(irish(irish_bill())).actors
    assert first.identifiers == (Identifier("ie.member", "Naoise-Ó-Cearúil.D.2024-11-29"),)
    assert (second.name, second.kind, second.identifiers) == ("Minister for Justice", "government", ())


def test_a_bill_passes_one_house_then_the_other_then_becomes_law():
    steps = [stage(5, "dail", "2025-05-01", "2025-05-08"), stage(2, "seanad", "2025-06-01"), stage(5, "seanad", "2025-07-01"),
             stage("enacted", "", "2025-07-10")]  # fmt: skip
    found = dossier(irish(irish_bill(stages=steps, act={"actYear": "2025", "actNo": "9"})))
    assert [(e.when.iso(), e.stage) for e in found.events] == [
        ("2025-05-08", "passed_one"), ("2025-06-01", "second_chamber"), ("2025-07-01", "adopted"), ("2025-07-10", "enacted"),
    ]  # fmt: skip
    assert found.identifiers[1] == Identifier("ie.act", "2025/9")


def test_a_fifth_stage_that_goes_on_adopts_nothing():
    found = dossier(irish(irish_bill(stages=[stage(5, "dail", "2025-05-01", completed=False)])))
    assert [(e.type, e.stage, e.outcome) for e in found.events] == [("bill_reading", "floor", "")]


def test_unknown_stage_and_status_are_named():
    records = irish(irish_bill(status="Asleep", stages=[stage(99, "dail", "2025-05-01")]))
    assert {(one.field, one.code) for one in of(Unknown, records)} == {("status", "Asleep"), ("stageURI", "99")}


def test_counts_give_the_total_so_the_next_page_is_asked_for():
    assert of(Follow, irish(irish_bill(), total=5179)) == [
        Follow("https://api.oireachtas.ie/v1/legislation?limit=50&skip=1")
    ]


def test_irish_member_question_and_division():
    member = {"member": {"memberCode": "Malcolm-Byrne.S.2019-11-29", "fullName": "Malcolm Byrne", "memberships": [
        {"membership": {"dateRange": {"start": "2024-11-29", "end": None}, "house": {"houseCode": "dail"},
                        "parties": [{"party": {"showAs": "Fianna Fáil", "dateRange": {"end": None}}}],
                        "represents": [{"represent": {"showAs": "Wicklow-Wexford"}}]}}]}}  # fmt: skip
    question = {"question": {"uri": "https://data.oireachtas.ie/ie/oireachtas/question/2026-01-20/pq_12", "date": "2026-01-20",
                             "showAs": "To ask the Minister about deepfakes.", "questionNumber": 12, "questionType": "written",
                             "by": {"showAs": "Malcolm Byrne", "uri": "https://data.oireachtas.ie/ie/oireachtas/member/id/Malcolm-Byrne.S.2019-11-29"},
                             "to": {"showAs": "Justice"}, "debateSection": {"showAs": "Artificial Intelligence"}}}  # fmt: skip
    division = {"division": {"uri": "https://data.oireachtas.ie/x/1", "date": "2026-02-01", "outcome": "Carried", "debate": {"showAs": "Bill"},
                             "subject": {"showAs": "That the Bill be read"}, "tallies": {"taVotes": {"tally": 1, "members": [{"member": {"memberCode": "A", "showAs": "A"}}]}, "nilVotes": {"tally": 0, "members": []}}}}  # fmt: skip
    who, asked, vote = irish(member, question, division)
    assert who.seats == (Seat("Dáil Éireann", "2024-11-29"),)
    assert (who.role_title, who.party) == ("Dáil Éireann, Wicklow-Wexford", "Fianna Fáil")
    assert (asked.events[0].type, asked.events[0].actors[0].identifiers[0].value) == (
        "question_asked",
        "Malcolm-Byrne.S.2019-11-29",
    )
    assert (vote.events[0].outcome, len(vote.events[0].actors)) == ("adopted", 1)


@pytest.mark.parametrize(
    "payload",
    [
        {"results": {}},
        {"results": []},
        {"head": {}, "results": [{"thing": {}}]},
        {"head": {"counts": {}}, "results": [{"bill": {"billNo": "1"}}]},
    ],
)
def test_changed_irish_answer_ends_loudly(payload):
    with pytest.raises(SourceError):
        read(ie_oireachtas, payload, IE)


def danish(**changes: Any) -> dict[str, Any]:
    return {
        "id": 101010, "typeid": 3, "titel": "Forslag til lov om ændring af ophavsretsloven", "titelkort": "Digitale efterligninger",
        "nummer": "L 90", "periodeid": 170, "resume": "<p>Beskyttelse mod digitalt genererede efterligninger.</p>", "lovnummer": "",
        "lovnummerdato": None, "retsinformationsurl": None, "opdateringsdato": "2026-03-01T13:09:26.87", "Periode": {"kode": "20251"},
        "Sagstype": {"type": "Lovforslag"},
        "Sagstrin": [{"id": 1, "titel": "Fremsættelse", "dato": "2026-02-05T00:00:00", "typeid": 7}, {"id": 2, "titel": "1. behandling", "dato": None},
                     {"id": 3, "titel": "Noget nyt", "dato": "2026-02-09T00:00:00"}],
        "SagAktør": [{"Aktør": {"id": 5, "navn": "Jakob Engel-Schmidt", "fornavn": "Jakob"}, "SagAktørRolle": {"rolle": "Forslagsstiller (reg.)"}}],
        **changes,
    }  # fmt: skip


def test_danish_bill_has_its_steps_and_never_the_day_of_the_copy():
    records = read(dk_folketing, {"value": [danish()], "odata.nextLink": "https://oda.ft.dk/api/Sag?$skip=100"})
    found = dossier(records)
    assert [(e.type, e.when.iso(), e.stage) for e in found.events] == [
        ("bill_tabled", "2026-02-05", "introduced"),
        ("other", "2026-02-09", ""),
    ]
    assert found.identifiers == (Identifier("dk.sag", "101010"), Identifier("dk.forslag", "20251:L90"))
    assert found.url == "https://www.ft.dk/samling/20251/lovforslag/l90/index.htm"
    assert [(a.name, a.role, a.identifiers[0].value) for a in found.actors] == [("Jakob Engel-Schmidt", "author", "5")]
    assert of(Unknown, records) == [Unknown("Sagstrin.titel", "Noget nyt", "101010")]
    assert "2026-03-01" not in repr(found)
    assert of(Follow, records) == [Follow("https://oda.ft.dk/api/Sag?$skip=100")]


def test_danish_law_number_is_the_enactment():
    found = dossier(
        read(dk_folketing, {"value": [danish(lovnummer="555", lovnummerdato="2026-06-01T00:00:00", Sagstrin=[])]})
    )
    assert (days(found, "law_signed"), last_stage(found)) == (["2026-06-01"], "enacted")


def test_danish_question_is_a_question():
    steps = [
        {"id": 1, "titel": "Stillet", "dato": "2024-10-10T00:00:00"},
        {"id": 2, "titel": "Besvaret", "dato": "2024-10-25T00:00:00"},
    ]
    row = danish(nummer="S 83", titel="Om regler for deepfakes", Sagstype={"type": "§ 20-spørgsmål"}, Sagstrin=steps)
    (found,) = read(dk_folketing, {"value": [row]})
    assert (found.kind, [e.type for e in found.events]) == ("question", ["question_asked", "question_answered"])


@pytest.mark.parametrize("payload", [{"odata.error": {"code": ""}}, {"value": {}}, {"value": [{"id": 1}]}])
def test_changed_danish_answer_ends_loudly(payload):
    with pytest.raises(SourceError):
        read(dk_folketing, payload)


def korean(**changes: Any) -> dict[str, Any]:
    return {
        "BILL_ID": "PRC_A1", "BILL_NO": "2204001", "BILL_NAME": "성폭력범죄의 처벌 등에 관한 특례법 일부개정법률안", "PROPOSE_DT": "2024-09-02",
        "COMMITTEE_DT": "2024-09-03", "PROC_DT": "2024-09-26", "PROC_RESULT": "대안반영폐기", "RST_PROPOSER": "김길동", "PROPOSER": "김길동의원 등 10인",
        "DETAIL_LINK": "http://likms.assembly.go.kr/bill/billDetail.do?billId=PRC_A1", **changes,
    }  # fmt: skip


def korea(*rows: dict[str, Any], total: int = 1) -> list[Any]:
    head = [{"list_total_count": total}, {"RESULT": {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다."}}]
    return read(kr_assembly, {"nzmimeepazxkubdpn": [{"head": head}, {"row": list(rows)}]}, KR)


def test_bill_absorbed_in_an_alternative_is_neither_adopted_nor_rejected():
    found = dossier(korea(korean()))
    assert [(e.type, e.when.iso(), e.stage) for e in found.events] == [
        ("bill_tabled", "2024-09-02", "introduced"),
        ("committee_referral", "2024-09-03", "committee"),
        ("other", "2024-09-26", ""),
    ]
    assert found.actors == (), "names without a number have homonyms"


@pytest.mark.parametrize(
    ("result", "stage"),
    [("원안가결", "adopted"), ("임기만료폐기", "lapsed"), ("부결", "rejected"), ("철회", "withdrawn")],
)
def test_results_of_korean_bills(result, stage):
    assert last_stage(dossier(korea(korean(PROC_RESULT=result)))) == stage


def test_other_services_name_their_fields_otherwise():
    row = {
        "BILL_ID": "1",
        "BILL_NO": "2",
        "BILL_NM": "법률안",
        "PPSL_DT": "2024-09-02",
        "PROC_RSLT": "가결",
        "LINK_URL": "https://likms.assembly.go.kr/x",
    }
    assert days(dossier(korea(row)), "bill_tabled") == ["2024-09-02"]
    (vote,) = korea(
        {**row, "YES_TCNT": 249, "NO_TCNT": 0, "BLANK_TCNT": 1, "PROC_DT": "2024-09-26", "PROC_RESULT_CD": "수정가결"}
    )
    assert (vote.events[0].outcome, vote.summary, vote.dossier[0].value) == (
        "adopted_amended",
        "찬성 249, 반대 0, 기권 1",
        "1",
    )


def test_error_with_status_200_is_told_and_no_data_is_nothing():
    with pytest.raises(SourceError, match="ERROR-290"):
        read(kr_assembly, {"RESULT": {"CODE": "ERROR-290", "MESSAGE": "인증키가 유효하지 않습니다."}}, KR)
    assert read(kr_assembly, {"RESULT": {"CODE": "INFO-200", "MESSAGE": "해당하는 데이터가 없습니다."}}, KR) == []


def test_unknown_result_and_row_without_day_are_told():
    records = korea(korean(PROC_RESULT="보류"), korean(PROPOSE_DT=None))
    assert of(Unknown, records) == [Unknown("PROC_RESULT", "보류", "PRC_A1")]
    assert len(of(Rejected, records)) == 1


HANSARD = """\ufeff<?xml version="1.0" encoding="UTF-8"?>
<Hansard xml:lang="EN" id="1"><ExtractedInformation>
<ExtractedItem Name="InstitutionDebate">House of Commons Debates</ExtractedItem><ExtractedItem Name="MetaDocumentCategory">DEBATES</ExtractedItem>
<ExtractedItem Name="MetaDateNumDay">06</ExtractedItem><ExtractedItem Name="MetaDateNumMonth">05</ExtractedItem><ExtractedItem Name="MetaDateNumYear">2026</ExtractedItem>
<ExtractedItem Name="MetaNumberNumber">114</ExtractedItem><ExtractedItem Name="ParliamentNumber">45</ExtractedItem><ExtractedItem Name="SessionNumber">1</ExtractedItem>
</ExtractedInformation><HansardBody><SubjectOfBusiness id="2"><SubjectOfBusinessTitle>Online Deepfakes</SubjectOfBusinessTitle><SubjectOfBusinessContent>
<Intervention Type="Debate" id="11"><PersonSpeaking><Affiliation DbId="901" Type="2">Mr. Michael Coteau (Scarborough&#8212;Woburn, Lib.)</Affiliation>: </PersonSpeaking>
<Content><ParaText id="1">moved for leave to introduce a bill on deepfakes.</ParaText></Content></Intervention>
<Intervention Type="Debate" id="12"><PersonSpeaking><Affiliation DbId="902" Type="15">The Speaker</Affiliation>: </PersonSpeaking>
<Content><ParaText id="2">Agreed?</ParaText></Content></Intervention>
<Intervention Type="Debate" id="13"><PersonSpeaking><Affiliation DbId="903" Type="28">Ms. Jane Roe (As an Individual)</Affiliation>: </PersonSpeaking>
<Content><ParaText id="3">It happened to me.</ParaText></Content></Intervention>
<Intervention Type="Debate" id="14"><PersonSpeaking><Affiliation DbId="904" Type="28">Dr. John Doe (Executive Director, Centre for Child Protection)</Affiliation>: </PersonSpeaking>
<Content><ParaText id="4">We see more of it.</ParaText></Content></Intervention>
</SubjectOfBusinessContent></SubjectOfBusiness></HansardBody></Hansard>""".encode()


def test_members_are_named_and_witnesses_are_not():
    member, speaker, victim, expert = of(ItemRecord, read(ca_hansard, HANSARD))
    assert member.title == "Online Deepfakes: Michael Coteau" and member.published_on.isoformat() == "2026-05-06"
    assert (member.actors[0].party, member.actors[0].identifiers[0].value) == ("Liberal", "901")
    assert (speaker.actors[0].name, speaker.actors[0].role_title) == ("", "The Speaker")
    assert victim.actors == () and "Roe" not in repr(victim)
    assert (expert.actors[0].name, expert.actors[0].kind) == ("Centre for Child Protection", "other")
    assert "Doe" not in repr(expert)
    assert member.url == "https://www.ourcommons.ca/DocumentViewer/en/45-1/house/sitting-114/hansard"


def test_wording_reaches_the_bill_whose_title_is_silent():
    body = b'<?xml version="1.0"?><Bill xml:lang="en"><Identification><BillNumber>C-16</BillNumber><Parliament><Session>1</Session><Number>45</Number></Parliament></Identification><Body><Text>a visual representation likely to be mistaken for a visual recording</Text></Body></Bill>'
    found = dossier(read(ca_hansard, body))
    assert found.identifiers == (Identifier("ca.bill", "45-1/C-16"),) and "mistaken for" in found.text
    addresses = ca_hansard.watch(source("ca", "ca_bill_texts"), [Identifier("ca.bill", "45-1/C-16")])
    assert addresses[0] == "https://www.parl.ca/Content/Bills/451/Government/C-16/C-16_1/C-16_E.xml"


@pytest.mark.parametrize(
    "body",
    [
        b"<Other/>",
        b"<Hansard/>",
        b"<Bill/>",
        HANSARD.replace(b"MetaDateNumYear", b"Year"),
        HANSARD.replace(b"Intervention", b"Speech"),
    ],
)
def test_changed_canadian_format_ends_loudly(body):
    with pytest.raises(SourceError):
        read(ca_hansard, body)


PARLINFO = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>ParlInfo</title>
<item><title>Criminal Code Amendment (Deepfake Sexual Material) Bill 2024</title><pubDate>Tue, 04 Jun 2024 14:30:00 GMT</pubDate>
<link>https://parlinfo.aph.gov.au/parlInfo/search/display/display.w3p;query=Id:%22legislation/billhome/r7205%22</link></item>
<item><title></title><link>https://parlinfo.aph.gov.au/x</link></item></channel></rss>"""


def test_hit_of_the_australian_search_hangs_on_the_bill_of_its_link():
    records = read(au_parlinfo, PARLINFO, "https://parlinfo.aph.gov.au/parlInfo/feeds/rss.w3p")
    (found,), (bad,) = of(ItemRecord, records), of(Rejected, records)
    assert (found.kind, found.dossier) == ("bill", (Identifier("au.bill", "r7205"),))
    assert (found.published_on.isoformat(), found.published_at) == ("2024-06-05", "2024-06-04T14:30:00Z")
    assert bad.reason == "no title or no link"


def test_search_without_a_hit_leads_away_and_is_nothing():
    assert read(au_parlinfo, b"<html>search</html>", "https://parlinfo.aph.gov.au/parlInfo/search/summary") == []


@needs_shared
@pytest.mark.shared
def test_real_answers_are_read_without_warning():
    samples = SHARED / "samples"
    bills = read(ie_oireachtas, (samples / "ie-oireachtas" / "legislation-25-a.json").read_bytes(), IE)
    assert len(of(DossierRecord, bills)) == 25 and not of(Unknown, bills)
    assert sum(last_stage(one) == "enacted" for one in of(DossierRecord, bills)) == 6
    assert (
        len(of(ActorRecord, read(ie_oireachtas, (samples / "ie-oireachtas" / "members-20-a.json").read_bytes(), IE)))
        == 20
    )
    results = stage_table("kr_assembly")["results"]
    for path in sorted((samples / "kr-assembly").glob("*.json")):
        if path.name == "error-or-empty.json":
            with pytest.raises(SourceError, match="ERROR-300"):
                read(kr_assembly, path.read_bytes(), KR)
            continue
        found = read(kr_assembly, path.read_bytes(), KR)
        assert of(DossierRecord, found) or of(ItemRecord, found)
        assert not of(Unknown, found) and not of(Rejected, found) and results
    french = read(ca_hansard, (samples / "ca-hansard" / "42-1-2-fr.xml").read_bytes())
    assert len(french) == 42 and {one.lang for one in french} == {"fr"}
    assert len(read(ca_hansard, (samples / "ca-hansard" / "6265357-en.xml").read_bytes())) == 20
    assert (
        "deepfake"
        in dossier(read(ca_hansard, (samples / "ca-legisinfo" / "45-1-C-277-bill-text.xml").read_bytes())).text
    )


@pytest.mark.parametrize("module", [ie_oireachtas, dk_folketing, kr_assembly, ca_hansard])
def test_page_for_people_is_refused(module):
    with pytest.raises(BlockedError):
        read(module, b"<!doctype html><html>Just a moment</html>")
