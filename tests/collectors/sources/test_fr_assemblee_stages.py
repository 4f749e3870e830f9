"""How far a file of the Assemblée nationale has come: outcomes and stages told by its acts."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.sources import _fr_acts as acts
from data.models import DossierRecord, Identifier, Unknown
from tests.collectors.sources.fr_files import (
    AN_FIRST,
    SENATE_AMENDS,
    act,
    fixtures,
    law,
    named,
    record,
    told,
)
from tests.collectors.sources.helpers import dossier, event, last_stage, of


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
