"""Procedures, documents, votes and members of the European Parliament; acts in CELLAR."""

from __future__ import annotations

import json
from collections import Counter
from types import ModuleType
from typing import Any

import pytest

from collectors.sources import eu_eurlex, eu_parliament, eu_parliament_members, eu_parliament_votes
from collectors.sources._bodies import stage_table
from data.errors import BlockedError, SourceError
from data.models import ActorRecord, DossierRecord, Follow, Identifier, ItemRecord, Rejected, Unknown
from tests.collectors.sources.helpers import days, dossier, of, response, source
from tests.shared import SHARED, needs_shared


def read(module: ModuleType, payload: Any, url: str = "https://example.org/", **options: object) -> list[Any]:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return list(module.parse(response(url, body), source("eu", module.__name__.rsplit(".", 1)[1], **options)))


def activity(code: str, day: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"eli/dl/event/{code}-{day}",
        "type": "Activity",
        "activity_date": day,
        "had_activity_type": f"def/ep-activities/{code}",
        **more,
    }


def procedure(*activities: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The omnibus on AI of 2025: its events come in no order."""
    return {
        "process_id": "2025-0359", "label": "2025/0359(COD)", "process_type": "def/ep-procedure-types/COD",
        "process_title": {"en": "Digital omnibus on AI", "fr": "Omnibus numérique sur l'IA", "bg": "…"},
        "consists_of": list(activities) or [activity("PLENARY_ADOPT_POSITION", "2026-06-16"), activity("REFERRAL", "2025-12-15")],
        "had_participation": [
            {"participation_role": "def/ep-roles/RAPPORTEUR", "had_participant_person": ["person/197392"], "politicalGroup": "org/EPP"},
            {"participation_role": "def/ep-roles/COMMITTEE_LEAD", "had_participant_organization": ["org/IMCO"]},
        ], **changes,
    }  # fmt: skip


def test_events_are_put_in_order_with_wording_in_two_languages():
    found = dossier(read(eu_parliament, {"data": [procedure()], "@context": []}))
    assert found.identifiers == (Identifier("eu.procedure", "2025/0359(COD)"),)
    assert [(e.when.iso(), e.type, e.stage) for e in found.events] == [
        ("2025-12-15", "committee_referral", "committee"),
        ("2026-06-16", "bill_adopted", "passed_one"),
    ]
    assert found.events[1].titles["fr"] == "Décision du Parlement – 2025/0359(COD)"
    assert found.titles == {"en": "Digital omnibus on AI", "fr": "Omnibus numérique sur l'IA"}


def test_rapporteur_by_number_and_lead_committee():
    actors = dossier(read(eu_parliament, {"data": [procedure()]})).actors
    assert [(a.role, a.identifiers[0].scheme, a.identifiers[0].value) for a in actors] == [
        ("rapporteur", "eu.mep", "197392"), ("consulted", "ep.committee", "IMCO"),
    ]  # fmt: skip


def test_unknown_activity_is_named_and_kept_without_stage():
    records = read(eu_parliament, {"data": [procedure(activity("NEW_THING", "2026-01-01"))]})
    assert of(Unknown, records) == [Unknown("had_activity_type", "NEW_THING", "2025/0359(COD)")]
    assert [(e.type, e.stage) for e in dossier(records).events] == [("other", "")]


def test_a_resolution_has_no_stage():
    row = procedure(label="2025/2691(RSP)", process_type="def/ep-procedure-types/RSP")
    assert {e.stage for e in dossier(read(eu_parliament, {"data": [row]})).events} == {""}


def test_known_and_declared_procedures_are_asked_for_by_number():
    known = [Identifier("eu.procedure", "2021/0106(COD)"), Identifier("eu.celex", "32024R1689")]
    found = eu_parliament.watch(source("eu", "eu_parliament", procedures=["2024/0035(COD)"]), known)
    assert [one.rsplit("/", 1)[1].partition("?")[0] for one in found] == ["2024-0035", "2021-0106"]


def test_question_and_adopted_text_by_number():
    rows = [
        {"identifier": "E-10-2026-000002", "document_date": "2026-01-08", "title_dcterms": {"en": "Grok deepfakes"}, "creator": ["person/1"], "work_type": "def/x/QUESTION_WRITTEN"},
        {"identifier": "TA-10-2026-0276", "document_date": "2026-06-16", "title_dcterms": {"fr": "Omnibus"}, "creator": [], "inverse_created_a_realization_of": ["eli/dl/proc/2025-0359"]},
    ]  # fmt: skip
    asked, act = of(ItemRecord, read(eu_parliament, {"data": rows}))
    assert (asked.kind, asked.events[0].type, asked.actors[0].role) == ("question", "question_asked", "questioner")
    assert (act.kind, act.events[0].type, act.lang) == ("act", "bill_adopted", "fr")


def test_nothing_is_nothing_and_an_error_with_status_200_is_an_error():
    assert read(eu_parliament, b"") == []
    with pytest.raises(SourceError, match="too long"):
        read(eu_parliament, {"@id": "x", "error": "took too long"})


def test_an_ignored_filter_ends_the_visit():
    row = {"identifier": "A-0-1987-0001", "document_date": "1987-01-01", "title_dcterms": {"en": "x"}}
    with pytest.raises(SourceError, match="filter was ignored"):
        read(eu_parliament, {"data": [row]})


@pytest.mark.parametrize("payload", [{"data": {}}, {"items": []}, {"data": [{"process_id": "2025-1", "label": "x"}]}])
def test_changed_open_data_ends_loudly(payload):
    with pytest.raises(SourceError):
        read(eu_parliament, payload)


OEIL = b"""<!doctype html><html><head><title>Procedure File: 2022/0066(COD) | Legislative Observatory | European Parliament</title></head><body>
<h2 class="es_title-h1">2022/0066(COD)</h2><h2 class="es_title-h2">Combating violence against women</h2>
<table><tr><th>Date</th><th>Event</th><th>Reference</th></tr><tr><td>08/03/2022</td><td>Legislative proposal published</td><td>COM(2022)0105</td></tr>
<tr><td>24/04/2024</td><td>Decision by Parliament, 1st reading</td><td>T9-0338/2024</td></tr>
<tr><td>24/05/2024</td><td>Final act published in Official Journal</td><td></td></tr></table></body></html>"""


def test_procedure_file_has_its_key_events():
    found = dossier(read(eu_parliament, OEIL))
    assert found.title == "Combating violence against women"
    assert [(e.when.iso(), e.stage) for e in found.events] == [
        ("2022-03-08", "introduced"),
        ("2024-04-24", "passed_one"),
        ("2024-05-24", "enacted"),
    ]


@pytest.mark.parametrize("change", [(b"Date</th>", b"When</th>"), (b"08/03/2022", b"March"), (b"es_title-h2", b"h2")])
def test_changed_procedure_file_ends_loudly(change):
    with pytest.raises(SourceError):
        read(eu_parliament, OEIL.replace(*change))


RELEASE = b"""<!doctype html><html><head><title>x</title><meta property="og:url" content="https://www.europarl.europa.eu/news/en/press-room/20260116IPR00001/grok"></head>
<body><h1 class="ep_title">MEPs want action against nudification apps</h1><time itemprop="datePublished" datetime="2026-01-16T00:30:00">16-01-2026</time>
<div class="ep-a_text"><p>Parliament asks for a ban.</p></div></body></html>"""


def test_press_release_on_its_day_in_brussels():
    (found,) = read(eu_parliament, RELEASE)
    assert (found.external_id, found.published_on.isoformat(), found.published_at) == (
        "20260116IPR00001",
        "2026-01-16",
        "2026-01-15T23:30:00Z",
    )
    assert found.text == "Parliament asks for a ban."


def test_any_other_page_is_refused():
    with pytest.raises(BlockedError):
        read(eu_parliament, b"<!doctype html><html><title>Request Rejected</title></html>")


RCV = """<?xml version="1.0" encoding="UTF-8"?><PV.RollCallVoteResults Sitting.Date="2026-06-16" EP.Reference="P10_PV(2026)06-16(RCV)">
<RollCallVote.Result Identifier="9001" Date="2026-06-16 12:08:52"><RollCallVote.Description.Text>A10-0201/2026 – Omnibus – vote unique</RollCallVote.Description.Text>
<Result.For Number="2"><Result.PoliticalGroup.List Identifier="Renew"><PoliticalGroup.Member.Name MepId="1" PersId="101">A</PoliticalGroup.Member.Name>
<PoliticalGroup.Member.Name MepId="2" PersId="102">B</PoliticalGroup.Member.Name></Result.PoliticalGroup.List></Result.For>
<Result.Against Number="1"><Result.PoliticalGroup.List Identifier="PfE"><Member.Name MepId="3" PersId="103">C</Member.Name></Result.PoliticalGroup.List></Result.Against>
</RollCallVote.Result><RollCallVote.Result Identifier="9002"><RollCallVote.Description.Text>A10-0201/2026 – Am 17</RollCallVote.Description.Text><Result.For Number="0"/><Result.Against Number="5"/></RollCallVote.Result>
</PV.RollCallVoteResults>""".encode()


def test_roll_call_of_the_european_parliament():
    whole, amendment = read(eu_parliament_votes, RCV)
    assert (whole.events[0].type, whole.summary, whole.categories) == (
        "bill_adopted",
        "+: 2, -: 1, 0: 0",
        ("A-10-2026-0201",),
    )
    assert Counter((a.role, a.party) for a in whole.events[0].actors) == {
        ("voter_for", "Renew"): 2,
        ("voter_against", "PfE"): 1,
    }
    assert (amendment.events[0].type, amendment.events[0].outcome) == ("amendment_decided", "rejected")


@pytest.mark.parametrize(
    "body", [b"<x/>", RCV.replace(b"Sitting.Date", b"Date"), RCV.replace(b"RollCallVote.Result", b"Vote")]
)
def test_changed_roll_call_ends_loudly(body):
    with pytest.raises(SourceError):
        read(eu_parliament_votes, body)


@pytest.mark.parametrize("told", ["many", "-1", "2.0", "٢", "9999999"])
def test_vote_whose_number_is_none_costs_itself(told):
    refused, amendment = read(eu_parliament_votes, RCV.replace(b'For Number="2"', f'For Number="{told}"'.encode()))
    assert isinstance(refused, Rejected) and refused.reason.startswith("no number of votes")
    assert amendment.events[0].outcome == "rejected"


def test_vote_of_which_no_side_is_told_has_no_outcome():
    bare = RCV.replace(b'<Result.For Number="0"/><Result.Against Number="5"/>', b'<Result.Abstention Number="3"/>')
    whole, refused = read(eu_parliament_votes, bare)
    assert whole.events[0].outcome == "adopted"
    assert isinstance(refused, Rejected) and refused.reason == "neither for nor against is told"


def test_members_of_both_forms():
    xml = "<?xml version='1.0'?><meps><mep><fullName>Abir AL-SAHLANI</fullName><country>Sweden</country><politicalGroup>Renew</politicalGroup><id>197400</id></mep><mep><fullName/><id>1</id></mep></meps>"
    found = read(eu_parliament_members, xml.encode())
    assert (found[0].name, found[0].party, found[0].role_title) == ("Abir Al-Sahlani", "Renew", "Sweden")
    assert isinstance(found[1], Rejected)
    row = {
        "identifier": "197400",
        "label": "Abir AL-SAHLANI",
        "api:political-group": "Renew",
        "api:country-of-representation": "SE",
    }
    assert read(eu_parliament_members, {"data": [row]})[0].identifiers == (Identifier("eu.mep", "197400"),)


def uri(kind: str, value: str) -> str:
    return f"<URI><VALUE>http://x/{value}</VALUE><IDENTIFIER>{value}</IDENTIFIER><TYPE>{kind}</TYPE></URI>"


NOTICE = f"""<?xml version="1.0" encoding="UTF-8"?><NOTICE decoding="eng" type="branch"><WORK>{uri("cellar", "abc")}
<SAMEAS>{uri("celex", "32024L1385")}</SAMEAS><SAMEAS>{uri("eli", "dir:2024:1385:oj")}</SAMEAS>
<WORK_DATE_DOCUMENT type="date"><VALUE>2024-05-14</VALUE></WORK_DATE_DOCUMENT>
<RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE type="date"><VALUE>2024-06-13</VALUE><TYPE_OF_DATE>{{EV|x}}</TYPE_OF_DATE></RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE>
<DIRECTIVE_DATE_TRANSPOSITION type="date"><VALUE>2027-06-14</VALUE></DIRECTIVE_DATE_TRANSPOSITION>
<RESOURCE_LEGAL_DATE_END-OF-VALIDITY type="date"><VALUE>9999-12-31</VALUE></RESOURCE_LEGAL_DATE_END-OF-VALIDITY>
<WORK_PART_OF_DOSSIER><EMBEDDED_NOTICE><DOSSIER><PROCEDURE_CODE_INTERINSTITUTIONAL_REFERENCE_PROCEDURE><VALUE>2022/0066/COD</VALUE></PROCEDURE_CODE_INTERINSTITUTIONAL_REFERENCE_PROCEDURE></DOSSIER></EMBEDDED_NOTICE></WORK_PART_OF_DOSSIER>
<WORK_CITES_WORK><EMBEDDED_NOTICE><WORK><WORK_DATE_DOCUMENT><VALUE>1999-01-01</VALUE></WORK_DATE_DOCUMENT></WORK></EMBEDDED_NOTICE></WORK_CITES_WORK>
<WORK_HAS_EXPRESSION><EMBEDDED_NOTICE><EXPRESSION><EXPRESSION_TITLE><VALUE>Directive (EU) 2024/1385 on combating violence against women</VALUE></EXPRESSION_TITLE>
<EXPRESSION_USES_LANGUAGE>{uri("language", "ENG")}</EXPRESSION_USES_LANGUAGE></EXPRESSION></EMBEDDED_NOTICE></WORK_HAS_EXPRESSION></WORK></NOTICE>""".encode()


def test_notice_tells_signature_force_and_transposition_and_only_its_own_dates():
    found = dossier(read(eu_eurlex, NOTICE))
    assert [(e.type, e.when.iso(), e.status) for e in found.events] == [
        ("law_signed", "2024-05-14", "occurred"), ("law_in_force", "2024-06-13", "occurred"), ("deadline", "2027-06-14", "scheduled"),
    ]  # fmt: skip
    assert [(i.scheme, i.value) for i in found.identifiers] == [
        ("eu.celex", "32024L1385"), ("eli", "http://data.europa.eu/eli/dir/2024/1385/oj"), ("eu.procedure", "2022/0066(COD)"),
    ]  # fmt: skip
    assert found.title.startswith("Directive (EU) 2024/1385")


def test_a_corrigendum_is_no_new_act():
    rows = [
        {"celex": {"value": "32024L1385"}},
        {"celex": {"value": "32024L1385R(01)"}},
        {"celex": {"value": "32024L1385"}},
    ]
    records = read(eu_eurlex, {"results": {"bindings": rows}})
    assert [one.url for one in of(Follow, records)] == [
        "https://publications.europa.eu/resource/celex/32024L1385?language=eng"
    ]


@pytest.mark.parametrize("payload", [{"boolean": True}, b"<OTHER/>", b"<NOTICE><WORK/></NOTICE>"])
def test_changed_cellar_ends_loudly(payload):
    with pytest.raises(SourceError):
        read(eu_eurlex, payload)


@needs_shared
@pytest.mark.shared
def test_real_answers_are_read_without_warning():
    folder = SHARED / "samples" / "eu-parliament"
    known = stage_table("eu_parliament")["activities"]
    for path in sorted(folder.glob("odp-*.json")):
        records = read(eu_parliament, path.read_bytes())
        assert records and not of(Unknown, records) and not of(Rejected, records), path.name
        codes = {
            one["had_activity_type"].rpartition("/")[2]
            for row in json.loads(path.read_bytes())["data"]
            for one in row.get("consists_of", [])
            if "had_activity_type" in one
        }
        assert codes <= set(known)
    for name in (
        "oeil-procedure-file_2024-0258-cod.html",
        "press-release_20250204IPR26689.html",
        "odp_mtg-pl-2024-07-16.xml",
    ):
        (found,) = read(eu_parliament, (folder / name).read_bytes())
        assert isinstance(found, DossierRecord | ItemRecord)
    page = dossier(read(eu_parliament, (folder / "oeil-procedure-file_2024-0258-cod.html").read_bytes()))
    assert days(page, "law_signed") == ["2025-03-18", "2025-03-21"]
    assert (
        len(of(ActorRecord, read(eu_parliament_members, (folder / "members_directory_term_9.xml").read_bytes()))) == 875
    )
    assert (
        read(eu_parliament_votes, (folder / "rcv_list_pv-9-2023-12-12-rcv-fr.xml").read_bytes())[
            0
        ].published_on.isoformat()
        == "2023-07-13"
    )
    for path in sorted((SHARED / "samples" / "eu-eurlex").glob("*.xml")):
        found = dossier(read(eu_eurlex, path.read_bytes()))
        assert found.title and found.identifiers[0].scheme == "eu.celex", path.name
