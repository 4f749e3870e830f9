"""Legislative files of the Assemblée nationale."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.sources import _fr_acts as acts
from collectors.sources import fr_assemblee
from data.errors import BlockedError, SourceError
from data.models import DossierRecord, Identifier, Record, Rejected, RelationRecord, Unknown
from tests.collectors.sources.helpers import days, dossier, event, last_stage, of, response, source
from tests.fixtures.replay_assemblee import BASE, DOSSIERS, archive, entries, folder
from tests.shared import SHARED, needs_shared

URL = f"{BASE}/17/{DOSSIERS}"
LATER = "2026-08-20T06:00:00Z"


def parsed(body: bytes, fetched_at: str = LATER) -> list[Record]:
    return list(fr_assemblee.parse(response(URL, body, fetched_at), source("fr", "fr-assemblee-dossiers")))


def fixtures(legislature: str) -> list[Record]:
    return parsed(archive(folder(legislature)))


def sren() -> DossierRecord:
    return named(fixtures("16"), "DLR5L16N47884")


def named(records: list[Record], uid: str) -> DossierRecord:
    (found,) = [one for one in of(DossierRecord, records) if one.external_id == uid]
    return found


def act(code: str, day: str, conclusion: str = "", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"@xsi:type": "X_Type", "uid": f"{code}-{day}", "codeActe": code, "actesLegislatifs": None}
    made["libelleActe"] = {"nomCanonique": f"Libellé de {code}"}
    made["dateActe"] = f"{day}T00:00:00.000+02:00"
    if conclusion:
        made["statutConclusion"] = {"fam_code": "", "libelle": conclusion}
    return {**made, **more}


def record(*found: dict[str, Any], procedure: str = "Proposition de loi ordinaire", **more: Any) -> dict[str, Any]:
    return {
        "dossierParlementaire": {
            "uid": "DLR5L17N90000",
            "legislature": "17",
            "titreDossier": {"titre": "Un texte", "titreChemin": None, "senatChemin": None},
            "procedureParlementaire": {"code": "2", "libelle": procedure},
            "initiateur": None,
            "actesLegislatifs": {"acteLegislatif": list(found)},
            **more,
        }
    }


def told(value: dict[str, Any], fetched_at: str = LATER) -> list[Record]:
    return parsed(archive([("DLR5L17N90000.json", json.dumps(value).encode())]), fetched_at)


def law(*found: dict[str, Any], **more: Any) -> DossierRecord:
    return dossier(told(record(*found, **more)))


AN_FIRST = (act("AN1-DEPOT", "2025-01-10"), act("AN1-DEBATS-DEC", "2025-02-10", "adoptée"))
SENATE_AMENDS = (act("SN1-DEPOT", "2025-02-11"), act("SN1-DEBATS-DEC", "2025-03-10", "modifiée"))


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


def test_second_chamber_that_changes_nothing_adopts() -> None:
    bill = named(fixtures("17"), "DLR5L17N51485")
    assert event(bill, official_code="AN1-DEBATS-DEC").outcome == "conforme"
    assert [e.stage for e in bill.events] == ["introduced", "passed_one", "second_chamber", "adopted", "enacted"]
    assert [(a.kind, a.role) for a in bill.actors] == [("person", "author")] * 2 + [("parliament", "author")]


def test_inquiry_is_soft_and_has_no_stage() -> None:
    mission = named(fixtures("16"), "DLR5L16N47788")
    assert (mission.track, [e.stage for e in mission.events]) == ("soft", [""])
    assert mission.actors[0].identifiers == (Identifier("fr.an", "PO823414"),)


def test_resolution_is_soft_and_its_adoption_has_no_stage() -> None:
    resolution = law(act("ANLUNI-DEBATS-DEC", "2025-03-01", "adoptée"), procedure="Résolution Article 34-1")
    assert resolution.track == "soft"
    assert [(e.type, e.outcome, e.stage) for e in resolution.events] == [("bill_adopted", "adopted", "")]


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


def test_decision_without_conclusion_proves_nothing() -> None:
    empty = act("SN1-DEBATS-DEC", "2025-02-10", statutConclusion={"fam_code": "TSORTFnull", "libelle": None})
    records = told(record(empty))
    assert of(Unknown, records) == []
    assert event(dossier(records), official_code="SN1-DEBATS-DEC").type == "other"


@pytest.mark.parametrize(
    ("label", "outcome"),
    [
        ("adopté", "adopted"),
        ("adoptée", "adopted"),
        ("Adoptée.", "adopted"),
        ("adoptée avec modifications", "adopted_amended"),
        ("modifiée", "adopted_amended"),
        ("adopté sans modification", "conforme"),
        ("adopté, dans les conditions prévues à l’article 45, alinéa 3, de la Constitution", "adopted"),
        ("considéré comme adopté, en application de l'article 49, alinéa 3, de la Constitution", "adopted"),
        ("rejetée", "rejected"),
        ("rejeté définitivement", "rejected"),
        ("voté par les deux assemblées du Parlement en termes identiques", "conforme"),
    ],
)
def test_conclusion_has_its_outcome(label: str, outcome: str) -> None:
    found = acts.conclusion({"statutConclusion": {"fam_code": "TSORTF99", "libelle": label}}, "chamber")
    assert (found.known, found.outcome) == (True, outcome)


def test_rejection_in_the_first_chamber_does_not_end_the_bill() -> None:
    bill = law(AN_FIRST[0], act("AN1-DEBATS-DEC", "2025-02-10", "rejetée"))
    assert [(e.type, e.outcome, e.stage) for e in bill.events][-1] == ("bill_rejected", "rejected", "")


def test_rejection_in_the_last_reading_ends_the_bill() -> None:
    bill = law(*AN_FIRST, *SENATE_AMENDS, act("ANLDEF-DEBATS-DEC", "2025-05-10", "rejetée"))
    assert last_stage(bill) == "rejected"


def test_definitive_rejection_ends_the_bill_whatever_the_reading() -> None:
    bill = law(*AN_FIRST, *SENATE_AMENDS, act("ANNLEC-DEBATS-DEC", "2025-05-10", "rejeté définitivement"))
    assert last_stage(bill) == "rejected"


def test_failed_joint_committee_leads_to_the_last_word_of_the_assembly() -> None:
    bill = law(
        *AN_FIRST,
        *SENATE_AMENDS,
        act("CMP-DEC", "2025-04-01", "Désaccord"),
        act("ANNLEC-DEBATS-DEC", "2025-04-20", "adoptée"),
        act("SNNLEC-DEBATS-DEC", "2025-05-02", "rejetée"),
        act("ANLDEF-DEBATS-DEC", "2025-05-10", "adoptée"),
    )
    assert [(e.type, e.stage) for e in bill.events][-4:] == [
        ("other", "reconciliation"),
        ("bill_adopted", "reconciliation"),
        ("bill_rejected", ""),
        ("bill_adopted", "adopted"),
    ]


def test_joint_text_refused_by_one_chamber_is_not_adopted() -> None:
    bill = law(
        *AN_FIRST,
        *SENATE_AMENDS,
        act("CMP-DEC", "2025-04-01", "Accord"),
        act("CMP-DEBATS-AN-DEC", "2025-04-10", "rejetée"),
        act("CMP-DEBATS-SN-DEC", "2025-04-20", "adoptée"),
    )
    assert last_stage(bill) == "reconciliation"


def test_conforming_second_reading_adopts() -> None:
    bill = law(*AN_FIRST, *SENATE_AMENDS, act("AN2-DEBATS-DEC", "2025-04-10", "adoptée sans modification"))
    assert last_stage(bill) == "adopted"


def test_plain_adoption_in_the_second_chamber_is_the_last_vote_only_when_the_law_follows() -> None:
    second = (act("SN1-DEPOT", "2025-02-11"), act("SN1-DEBATS-DEC", "2025-03-10", "adoptée"))
    assert last_stage(law(*AN_FIRST, *second)) == "second_chamber"
    signed = law(*AN_FIRST, *second, act("PROM-PUB", "2025-03-20", codeLoi="2025-1", titreLoi="sur un sujet"))
    assert [e.stage for e in signed.events][-2:] == ["adopted", "enacted"]


def test_revision_of_the_constitution_voted_by_both_chambers_still_needs_congress() -> None:
    identical = act("SN1-DEBATS-DEC", "2025-03-10", "adopté sans modification")
    bill = law(*AN_FIRST, identical, procedure="Projet ou proposition de loi constitutionnelle")
    assert last_stage(bill) == "agreed"


def test_withdrawn_bill_ends() -> None:
    assert last_stage(law(AN_FIRST[0], act("AN1-RTRINI", "2025-06-01"))) == "withdrawn"


def test_text_the_assembly_had_not_passed_lapses_with_its_legislature_and_not_before() -> None:
    value = record(act("AN1-DEPOT", "2024-03-19"), legislature="16", uid="DLR5L16N90000")
    during, after = dossier(told(value, "2024-06-09T12:00:00Z")), dossier(told(value, "2024-06-10T12:00:00Z"))
    assert last_stage(during) == "introduced"
    assert [(e.when.iso(), e.type, e.stage) for e in after.events][-1] == ("2024-06-09", "withdrawn", "lapsed")


@pytest.mark.parametrize(
    "found",
    [
        (act("AN1-DEPOT", "2024-01-10"), act("AN1-DEBATS-DEC", "2024-02-10", "adoptée")),
        (act("SN1-DEPOT", "2024-01-10"), act("AN1-DEPOT", "2024-03-10")),
        (act("AN1-DEPOT", "2024-01-10"), act("AN1-COM-FOND-SAISIE", "2024-10-01")),
        (act("AN1-DEPOT", "2024-01-10"), act("AN1-RTRINI", "2024-02-01")),
    ],
    ids=["passed", "of the Senate", "taken up again", "withdrawn"],
)
def test_text_that_outlives_its_legislature_does_not_lapse(found: tuple[dict[str, Any], ...]) -> None:
    assert "lapsed" not in [e.stage for e in law(*found, legislature="16").events]


def test_censured_law_is_struck_down() -> None:
    bill = law(*AN_FIRST, act("CC-SAISIE-SN", "2025-04-01"), act("CC-CONCLUSION", "2025-05-01", "Non conforme"))
    assert last_stage(bill) == "struck_down"


def test_decrees_put_a_law_in_force_in_part_until_its_application_is_complete() -> None:
    signed = act("PROM-PUB", "2025-03-20")
    decree = act("DECAPP-PUB", "2025-06-01")
    report = act("AN-APPLI-RAPPORT", "2025-06-15")
    partial = act("AN-APPLI-DIRECTE", "2025-07-01", libelleActe={"nomCanonique": "Application partielle de la loi"})
    complete = act("AN-APPLI-COMPLETE", "2025-08-01")
    bill = law(*AN_FIRST, signed, decree, report, partial, complete)
    assert [(e.type, e.stage) for e in bill.events][-5:] == [
        ("law_signed", "enacted"),
        ("regulation_made", "in_force_partial"),
        ("study_published", ""),
        ("regulation_made", "in_force_partial"),
        ("regulation_made", "in_force"),
    ]


def test_label_that_says_how_far_the_law_applies_is_believed_before_the_code() -> None:
    complete = act("AN-APPLI-DIRECTE", "2025-07-01", libelleActe={"nomCanonique": "Application complète de la loi"})
    assert law(*AN_FIRST, complete).events[-1].stage == "in_force"


def test_act_of_a_coming_day_is_scheduled_and_implies_no_stage() -> None:
    value = record(AN_FIRST[0], act("AN1-DEBATS-SEANCE", "2025-02-05"))
    (before,) = of(DossierRecord, told(value, "2025-02-03T22:00:00Z"))
    coming = event(before, official_code="AN1-DEBATS-SEANCE")
    assert (coming.status, coming.stage) == ("scheduled", "")
    (after,) = of(DossierRecord, told(value, "2025-02-04T23:30:00Z"))  # half past midnight in Paris
    assert event(after, official_code="AN1-DEBATS-SEANCE").status == "occurred"


def test_first_chamber_is_that_of_the_first_deposit_not_of_the_first_row() -> None:
    bill = law(act("SN1-DEPOT", "2025-03-01"), act("AN1-DEPOT", "2025-01-10"))
    assert [(e.official_code, e.stage) for e in bill.events] == [
        ("AN1-DEPOT", "introduced"),
        ("SN1-DEPOT", "second_chamber"),
    ]


def test_first_chamber_without_deposit_is_what_the_reading_calls_itself() -> None:
    label = {"nomCanonique": "1ère lecture (2ème assemblée saisie)"}
    inner = act("AN1-DEBATS-SEANCE", "2025-02-01")
    reading = act("AN1", "2025-02-01", dateActe=None, libelleActe=label, actesLegislatifs={"acteLegislatif": inner})
    assert [e.stage for e in law(reading).events] == ["second_chamber"]


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
