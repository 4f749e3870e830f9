"""Files of the Sénat: the index of texts, Akoma Ntoso texts, and what a step proves."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.sources import fr_senat
from collectors.sources._senat_stages import Step, chamber_named, meaning, rules
from data.errors import BlockedError, SourceError
from data.models import DossierRecord, Follow, Identifier, Record, Rejected, Unknown
from tests.collectors.sources.helpers import days, dossier, event, fixture, last_stage, of, response, source

INDEX = "https://www.senat.fr/akomantoso/depots.xml"
TEXT = "https://www.senat.fr/akomantoso/pjl22-593.akn.xml"
STAGES = {
    "", "introduced", "committee", "floor", "reconciliation", "agreed", "review_signature", "enacted", "withdrawn",
}  # fmt: skip
TYPES = {
    "bill_tabled", "committee_referral", "committee_vote", "bill_reading", "bill_adopted", "bill_rejected",
    "amendment_tabled", "amendment_decided", "agreement", "withdrawn", "constitutional_review", "law_signed",
    "other",
}  # fmt: skip


def parsed(body: bytes, url: str = TEXT, **options: object) -> list[Record]:
    return list(fr_senat.parse(response(url, body), source("fr-senat", "fr-senat-textes", **options)))


def text(name: str = "pjl22-593") -> list[Record]:
    body = fixture("fr_senat", f"{name}.akn.xml").decode()
    return parsed(body.encode())


def changed(old: str, new: str, name: str = "pjl22-593") -> DossierRecord:
    body = fixture("fr_senat", f"{name}.akn.xml").decode()
    assert old in body
    return dossier(parsed(body.replace(old, new).encode()))


def test_index_names_the_texts_to_follow_those_changed_last_first_each_once() -> None:
    followed = [record.url for record in of(Follow, parsed(fixture("fr_senat", "depots.xml"), INDEX))]
    assert followed == [
        "https://www.senat.fr/akomantoso/ppr25-152rec.akn.xml",
        "https://www.senat.fr/akomantoso/ppl25-170.akn.xml",
        "https://www.senat.fr/akomantoso/pjl22-593.akn.xml",
    ]


def test_index_follows_no_more_than_allowed() -> None:
    assert len(parsed(fixture("fr_senat", "depots.xml"), INDEX, max_follow=1)) == 1


def test_index_without_a_text_of_the_senat_is_refused() -> None:
    with pytest.raises(SourceError, match="names no text"):
        parsed(b"<texts><text><url>https://elsewhere.example/a.akn.xml</url></text></texts>", INDEX)


def test_watch_gives_the_feed_of_a_known_file_only() -> None:
    known = [
        Identifier("fr.senat.dossier", "pjl22-593"),
        Identifier("fr.senat.dossier", "../etc"),
        Identifier("fr.an.dossier", "DLR5L16N47884"),
    ]
    assert fr_senat.watch(source("fr-senat", "fr-senat-textes"), known) == [
        "https://www.senat.fr/dossier-legislatif/rss/doslegpjl22-593.xml"
    ]


def test_text_has_the_identifiers_of_both_chambers_and_of_the_law() -> None:
    sren = dossier(text())
    assert sren.external_id == "pjl22-593"
    assert sren.identifiers == (
        Identifier("fr.senat.dossier", "pjl22-593"),
        Identifier("fr.an.dossier", "DLR5L16N47884"),
        Identifier("fr.loi", "2024-449"),
        Identifier("fr.senat.texte", "2022-2023/593"),
    )
    assert sren.url == "https://www.senat.fr/dossier-legislatif/pjl22-593.html"


def test_text_has_its_titles_and_its_articles_without_markup() -> None:
    sren = dossier(text())
    assert sren.title == "Sécuriser et réguler l’espace numérique"
    assert "Peine complémentaire de bannissement numérique." in sren.text
    assert "<" not in sren.text


def test_steps_lead_from_tabling_to_promulgation() -> None:
    assert [(e.when.iso(), e.type, e.stage) for e in dossier(text()).events] == [
        ("2023-05-10", "bill_tabled", "introduced"),
        ("2023-06-27", "committee_vote", "committee"),
        ("2023-07-05", "bill_adopted", "passed_one"),
        ("2023-07-06", "bill_tabled", "second_chamber"),
        ("2023-10-17", "bill_adopted", "reconciliation"),
        ("2024-03-26", "agreement", "agreed"),
        ("2024-04-02", "bill_adopted", "agreed"),
        ("2024-04-10", "bill_adopted", "adopted"),
        ("2024-05-17", "constitutional_review", "review_signature"),
        ("2024-05-21", "law_signed", "enacted"),
    ]
    assert of(Unknown, text()) == []


def test_second_chamber_that_modifies_has_adopted_with_changes() -> None:
    assert event(dossier(text()), external_id="pjl22-593:2023-10-17:passed:assembly").outcome == "adopted_amended"


def test_plain_adoption_by_the_second_chamber_is_read_from_what_follows() -> None:
    plain = changed("modifié par l&#8217;Assemblée", "adopté par l&#8217;Assemblée")
    assert event(plain, external_id="pjl22-593:2023-10-17:passed:assembly").stage == "reconciliation"


def test_adoption_in_the_same_terms_ends_the_reading() -> None:
    same = changed("modifié par l&#8217;Assemblée", "adopté sans modification par l&#8217;Assemblée")
    vote = event(same, external_id="pjl22-593:2023-10-17:passed:assembly")
    assert (vote.outcome, vote.stage) == ("conforme", "adopted")


def test_joint_committee_that_fails_leaves_the_texts_apart() -> None:
    failed = changed("accord en commission mixte paritaire", "échec de la commission mixte paritaire")
    step = event(failed, external_id="pjl22-593:2024-03-26:joint_failed:joint")
    assert (step.type, step.outcome, step.stage) == ("other", "none", "reconciliation")


def test_without_a_tabling_no_stage_of_a_first_chamber_is_claimed() -> None:
    loose = changed('outcome="déposé au Sénat"', 'outcome="transmis au Sénat"')
    stages = {e.when.iso(): e.stage for e in loose.events}
    assert stages["2023-06-27"] == stages["2023-07-05"] == stages["2023-10-17"] == ""
    assert stages["2024-05-21"] == "enacted"


def test_wording_of_a_step_is_kept_and_titled_as_what_it_qualifies() -> None:
    step = event(dossier(text()), type="committee_vote")
    assert (step.title, step.quote, step.official_code) == (
        "Texte de la commission",
        "de la commission",
        "lecture_1",
    )


def test_government_that_tables_is_the_author_and_an_unnamed_author_is_left_out() -> None:
    (author,) = dossier(text()).actors
    assert (author.name, author.kind, author.role) == ("Gouvernement", "government", "author")


def test_senator_who_tables_is_a_person_without_civility() -> None:
    bill = dossier(text("ppl25-170"))
    assert [(a.name, a.kind) for a in bill.actors] == [("Jeanne Exemple", "person")]
    assert event(bill, type="bill_tabled").actors == bill.actors


def test_unknown_step_is_named_and_kept_without_a_stage() -> None:
    records = text("ppl25-170")
    assert {(u.field, u.code) for u in of(Unknown, records)} == {
        ("step/refersTo", "lecture_9"),
        ("step/by", "haut-conseil"),
        ("step/outcome", "examiné d’une façon inédite"),
    }
    kept = event(dossier(records), type="other")
    assert (kept.when.iso(), kept.stage, kept.title) == ("2026-01-28", "", "Examiné d’une façon inédite")


def test_step_without_a_date_is_rejected_and_the_rest_lands() -> None:
    (rejected,) = of(Rejected, text("ppl25-170"))
    assert "sans date" in rejected.raw
    assert len(dossier(text("ppl25-170")).events) == 4


def test_step_without_reading_or_body_is_read_from_its_wording() -> None:
    tabled = event(dossier(text("ppl25-170")), type="bill_tabled")
    assert (tabled.external_id, tabled.stage) == ("ppl25-170:2025-12-01:tabled:senate", "introduced")


def test_refusal_where_it_began_ends_a_file_unless_something_follows() -> None:
    assert last_stage(dossier(text("ppl25-170"))) == "rejected"
    goes_on = changed(
        "</workflow>",
        '<step date="2026-02-04" by="#assemblee-nationale" refersTo="#lecture_1" '
        'outcome="transmis à l&#8217;Assemblée nationale"/></workflow>',
        "ppl25-170",
    )
    assert event(goes_on, type="bill_rejected").stage == ""
    assert last_stage(goes_on) == "second_chamber"


def test_resolution_ends_in_the_senate() -> None:
    body = fixture("fr_senat", "ppl25-170.akn.xml").decode().replace("ppl25-170", "ppr25-152")
    resolution = dossier(parsed(body.replace("rejeté par", "adopté par").encode()))
    assert event(resolution, type="bill_adopted").stage == "adopted"


def test_event_ids_are_unique_and_reading_twice_gives_the_same() -> None:
    ids = [e.external_id for e in dossier(text()).events]
    assert len(ids) == len(set(ids)) == 10
    assert text() == text()
    assert days(dossier(text()), "bill_adopted") == ["2023-07-05", "2023-10-17", "2024-04-02", "2024-04-10"]


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html><html><body>Acces refuse</body></html>", b'<?xml version="1.0"?><html><head/></html>'],
)
def test_page_for_humans_is_blocked(body: bytes) -> None:
    with pytest.raises(BlockedError):
        parsed(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<akomaNtoso><bill>",
        b"<akomaNtoso/>",
        b"<rss/>",
        b"<akomaNtoso><bill><meta><identification><FRBRWork/></identification></meta></bill></akomaNtoso>",
        b"<!DOCTYPE a [<!ENTITY x 'y'>]><texts><text><url>&x;</url></text></texts>",
    ],
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        parsed(body)


def test_table_maps_only_to_our_codes() -> None:
    for rule in rules():
        assert rule.type in TYPES, rule
        assert {rule.stage, rule.first} <= STAGES, rule


@pytest.mark.parametrize(
    ("wording", "key", "outcome"),
    [
        ("Texte de la commission déposé le 12 juin 2019", "committee_text", ""),
        ("Texte de Mme X et plusieurs de ses collègues, déposé au Sénat le 1er mars 2026", "tabled", ""),
        ("texte transmis à l’Assemblée nationale le 6 juillet 2023", "transmitted", ""),
        ("Rapport de M. X sur la proposition de loi, adoptée par l’Assemblée nationale", "report", ""),
        ("Scrutin public sur l'ensemble du projet de loi adopté par l'Assemblée nationale", "vote", ""),
        ("adopté définitivement par le Sénat", "passed", "adopted"),
        ("Texte adopté, avec modifications, par le Sénat", "passed", "adopted_amended"),
        ("retirée par son auteur", "withdrawn", ""),
        ("Loi n° 2024-449 du 21 mai 2024", "promulgated", ""),
    ],
)
def test_wording_means(wording: str, key: str, outcome: str) -> None:
    rule = meaning(Step(date(2026, 3, 1), "", wording, (wording,)))
    assert rule is not None
    assert (rule.key, rule.outcome) == (key, outcome)


def test_chamber_is_the_one_named_last() -> None:
    assert chamber_named("adopté par le Sénat et transmis à l’Assemblée nationale") == "assembly"
    assert chamber_named("de la commission (AN)") == "assembly"
    assert chamber_named("promulguée") == ""
