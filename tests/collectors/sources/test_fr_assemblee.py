"""Legislative files of the Assemblée nationale."""

from __future__ import annotations

import json

import pytest

from collectors.sources import _fr_acts as acts
from data.errors import BlockedError, SourceError
from data.models import DossierRecord, Identifier, Rejected, RelationRecord, Unknown
from tests.collectors.sources.fr_files import (
    AN_FIRST,
    act,
    fixtures,
    law,
    named,
    parsed,
    record,
    sren,
    told,
)
from tests.collectors.sources.helpers import days, dossier, event, last_stage, of
from tests.fixtures.replay_assemblee import DOSSIERS, archive, entries
from tests.shared import SHARED, needs_shared


def test_law_of_2024_has_its_four_official_identifiers() -> None:
    assert sren().identifiers == (
        Identifier("fr.an.dossier", "DLR5L16N47884"),
        Identifier("fr.senat.dossier", "pjl22-593"),
        Identifier("fr.nor", "ECOI2309270L"),
        Identifier("fr.jorftext", "JORFTEXT000049563368"),
        Identifier("fr.an.scrutin", "VTANR5L16V2796"),
    )
    assert sren().url == "https://www.assemblee-nationale.fr/dyn/16/dossiers/DLR5L16N47884"


def test_acts_have_the_day_they_were_written_on() -> None:
    assert [(e.when.iso(), e.official_code, e.type, e.stage) for e in sren().events if e.type != "other"] == [
        ("2023-05-10", "SN1-DEPOT", "bill_tabled", "introduced"),
        ("2023-05-10", "SN1-COM-FOND-SAISIE", "committee_referral", "committee"),
        ("2023-06-27", "SN1-COM-FOND-RAPPORT", "committee_vote", "committee"),
        ("2023-07-05", "SN1-DEBATS-DEC", "bill_adopted", "passed_one"),
        ("2023-07-07", "AN1-DEPOT", "bill_tabled", "second_chamber"),
        ("2023-07-07", "AN1-COM-FOND-SAISIE", "committee_referral", "second_chamber"),
        ("2023-09-21", "AN1-COM-FOND-RAPPORT", "committee_vote", "second_chamber"),
        ("2023-10-04", "AN1-DEBATS-SEANCE", "bill_reading", "second_chamber"),
        ("2023-10-17", "AN1-DEBATS-DEC", "bill_adopted", "reconciliation"),
        ("2023-10-18", "CMP-SAISIE", "committee_referral", "reconciliation"),
        ("2024-03-27", "CMP-DEC", "agreement", "agreed"),
        ("2024-04-02", "CMP-DEBATS-SN-DEC", "bill_adopted", "agreed"),
        ("2024-04-10", "CMP-DEBATS-AN-DEC", "bill_adopted", "adopted"),
        ("2024-04-17", "CC-SAISIE-AN", "constitutional_review", "review_signature"),
        ("2024-05-17", "CC-CONCLUSION", "constitutional_review", "review_signature"),
        ("2024-05-21", "PROM-PUB", "law_signed", "enacted"),
    ]


def test_promulgation_has_the_title_and_the_number_of_the_law() -> None:
    signed = event(sren(), type="law_signed")
    assert signed.title == "Promulgation d'une loi : visant à sécuriser et à réguler l'espace numérique"
    assert signed.legal_references == ("fr:loi:2024-449",)
    assert signed.url == "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000049563368"


def test_decision_quotes_its_official_conclusion() -> None:
    vote = event(sren(), official_code="AN1-DEBATS-DEC")
    assert (vote.outcome, vote.title) == ("adopted_amended", "Décision (Assemblée nationale)")
    assert vote.quote == "modifié ; scrutin VTANR5L16V2796"
    council = event(sren(), official_code="CC-CONCLUSION")
    assert (council.outcome, council.quote) == ("", "Partiellement conforme")
    assert council.url.startswith("http://www.conseil-constitutionnel.fr/")


def test_title_says_the_chamber_that_the_label_leaves_out() -> None:
    titles = {e.official_code: e.title for e in sren().events}
    assert titles["SN1-DEPOT"] == "1er dépôt d'une initiative (Sénat)"
    assert titles["CMP-DEBATS-SN-DEC"] == "Décision (Sénat)"
    assert titles["CMP-DEC"] == "Décision de la CMP"


def test_promulgation_quotes_the_journal_officiel_of_the_next_day() -> None:
    signed = event(sren(), type="law_signed")
    assert (signed.when.iso(), signed.quote) == ("2024-05-21", "Promulgation d'une loi ; JO n° 117 du 2024-05-22")


def test_motion_has_its_kind_its_author_and_its_fate_but_no_outcome_of_the_bill() -> None:
    kind = {"fam_code": "TMRC", "libelle": "Motion de rejet préalable"}
    moved = act("AN1-DEBATS-MOTION", "2025-02-09", typeMotion=kind, auteurMotion="PA999001")
    voted = act("AN1-DEBATS-MOTION-VOTE", "2025-02-09", "rejetée", voteRefs={"voteRef": ["VTANR5L17V1", "VTANR5L17V2"]})
    bill = law(*AN_FIRST, moved, voted)
    found = event(bill, official_code="AN1-DEBATS-MOTION")
    assert found.quote == "Motion de rejet préalable"
    assert [(a.role, a.identifiers[0].value) for a in found.actors if a.kind == "person"] == [("author", "PA999001")]
    fate = event(bill, official_code="AN1-DEBATS-MOTION-VOTE")
    assert fate.quote == "rejetée ; scrutin VTANR5L17V1 ; scrutin VTANR5L17V2"
    assert (fate.outcome, fate.stage) == ("", "")


def test_committee_meeting_during_the_floor_debate_sends_nothing_back() -> None:
    meetings = [(e.when.iso(), e.stage) for e in sren().events if e.official_code.endswith("REUNION")]
    assert meetings == [("2023-09-19", "second_chamber"), ("2023-10-11", "")]


def test_documents_give_the_text_of_the_file() -> None:
    assert "projet de loi visant à sécuriser et réguler l’espace numérique" in sren().text.split("\n\n")


def test_initiator_is_author_and_rapporteurs_are_named_by_identifier() -> None:
    people = [(a.role, a.identifiers[0].value, a.name) for a in sren().actors]
    assert people == [("author", "PA717161", ""), ("rapporteur", "PA703513", ""), ("rapporteur", "PA703492", "")]
    nomination = event(sren(), official_code="AN1-COM-FOND-NOMIN")
    assert [(a.kind, a.role) for a in nomination.actors] == [("committee", ""), ("person", "rapporteur")]


def test_event_identifiers_are_unique_and_a_second_reading_gives_the_same() -> None:
    ids = [e.external_id for e in sren().events]
    assert len(ids) == len(set(ids))
    assert fixtures("16") == fixtures("16")


def test_procedure_without_label_is_known_by_its_code_and_else_named() -> None:
    known = told(record(*AN_FIRST, procedureParlementaire={"code": "1", "libelle": None}))
    assert dossier(known).track == "law"
    unknown = told(record(*AN_FIRST, procedureParlementaire={"code": "99"}))
    assert Unknown("procedureParlementaire", "99", "DLR5L17N90000") in unknown
    assert dossier(unknown).track == "soft"


def test_unknown_code_is_named_and_its_act_kept() -> None:
    records = told(record(act("AN1-NOUVEAU", "2025-01-10")))
    assert Unknown("codeActe", "AN1-NOUVEAU", "AN1-NOUVEAU-2025-01-10") in records
    kept = event(dossier(records), official_code="AN1-NOUVEAU")
    assert (kept.type, kept.stage, kept.title) == ("other", "", "Libellé de AN1-NOUVEAU")


def test_unknown_conclusion_is_named_and_never_guessed() -> None:
    records = told(record(AN_FIRST[0], act("AN1-DEBATS-DEC", "2025-02-10", "adjugée")))
    assert [(u.field, u.code) for u in of(Unknown, records)] == [("statutConclusion", "adjugée")]
    vote = event(dossier(records), official_code="AN1-DEBATS-DEC")
    assert (vote.type, vote.outcome, vote.stage, vote.quote) == ("other", "", "", "adjugée")


def test_absorbed_file_points_to_the_other() -> None:
    fusion = {"cause": "Dossier absorbé", "dossierAbsorbantRef": "DLR5L17N54344"}
    bill = law(*AN_FIRST, fusionDossier=fusion)
    assert bill.relations == (RelationRecord("joined_with", Identifier("fr.an.dossier", "DLR5L17N54344")),)


def test_act_with_an_impossible_date_is_rejected_and_the_rest_lands() -> None:
    records = told(record(*AN_FIRST, act("AN1-ETI", "2025-01-11", dateActe="2025-02-30T00:00:00.000+01:00")))
    assert [r.locator for r in of(Rejected, records)] == ["DLR5L17N90000.json:AN1-ETI-2025-01-11"]
    assert days(dossier(records), "bill_adopted") == ["2025-02-10"]


def test_act_listed_twice_is_one_event() -> None:
    assert len(law(*AN_FIRST, *AN_FIRST).events) == 2


def test_nil_objects_are_absent_values() -> None:
    nil = {"@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:nil": "true"}
    one = act("AN1-DEPOT", "2025-01-10", actesLegislatifs=nil, statutConclusion=nil, organeRef=nil)
    bill = law(one, initiateur=nil, fusionDossier=nil)
    assert (len(bill.events), bill.actors, bill.relations) == (1, (), ())


def test_links_of_the_record_are_http_or_nothing() -> None:
    hostile = act("PROM-PUB", "2025-03-20", infoJO={"urlLegifrance": "javascript:alert(1)"}, codeLoi="x; y")
    signed = event(law(*AN_FIRST, hostile), official_code="PROM-PUB")
    assert signed.url == "https://www.assemblee-nationale.fr/dyn/17/dossiers/DLR5L17N90000"
    assert signed.legal_references == ()


def test_member_without_identifier_or_title_is_rejected_and_the_rest_lands() -> None:
    bad = json.dumps(record(*AN_FIRST, uid="../../etc")).encode()
    untitled = json.dumps(record(*AN_FIRST, titreDossier=None)).encode()
    good = json.dumps(record(*AN_FIRST)).encode()
    records = parsed(archive([("a.json", bad), ("b.json", untitled), ("deep/er/c.json", good)]))
    assert [r.locator for r in of(Rejected, records)] == ["a.json", "b.json"]
    assert len(of(DossierRecord, records)) == 1


def test_page_for_humans_is_blocked() -> None:
    with pytest.raises(BlockedError):
        parsed(b"<!DOCTYPE html><html><body>Request Rejected</body></html>")


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 broken", b"{}", archive([("a.json", b'{"document": {}}')])])
def test_anything_but_an_archive_of_files_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parsed(body)


def test_table_knows_every_stage_it_names() -> None:
    table = acts.table()
    rows = [*table["steps"].values(), *table["acts"].values(), *table["prefixes"], *table["conclusions"]]
    named_stages = {row.get(key, "") for row in rows for key in ("phase", "stage")}
    assert named_stages <= set(table["order"])


@needs_shared
@pytest.mark.shared
def test_every_act_and_conclusion_of_the_real_files_has_a_meaning() -> None:
    records = [one for url, body, _ in entries(SHARED) if DOSSIERS in url for one in parsed(body)]
    assert len(of(DossierRecord, records)) == len(list((SHARED / "samples/fr-assemblee").glob("dossier_*.json")))
    assert [one for one in records if not isinstance(one, DossierRecord)] == []


@needs_shared
@pytest.mark.shared
def test_real_law_of_2024_is_told_day_by_day() -> None:
    records = [one for url, body, _ in entries(SHARED) if DOSSIERS in url for one in parsed(body)]
    bill = named(records, "DLR5L16N47884")
    assert len(bill.events) == 47
    assert days(bill, "bill_tabled") == ["2023-05-10", "2023-07-07"]
    assert days(bill, "committee_vote") == ["2023-06-27", "2023-09-21"]
    assert days(bill, "bill_adopted") == ["2023-07-05", "2023-10-17", "2024-04-02", "2024-04-10"]
    assert days(bill, "agreement") == ["2024-03-27"]
    assert days(bill, "constitutional_review") == ["2024-04-17", "2024-04-19", "2024-05-17"]
    assert days(bill, "law_signed") == ["2024-05-21"]
    assert last_stage(bill) == "enacted"
    assert Identifier("fr.nor", "ECOI2309270L") in bill.identifiers
