"""The Atom feed of one Sénat file: encoding, days in Paris, sittings told twice, stages."""

from __future__ import annotations

import pytest

from collectors.sources import fr_senat
from data.errors import SourceError
from data.models import DossierRecord, Identifier, Record, Rejected, Unknown
from tests.collectors.sources.helpers import days, dossier, event, fixture, last_stage, of, response, source
from tests.shared import SHARED, needs_shared

URL = "https://www.senat.fr/dossier-legislatif/rss/doslegpjl22-593.xml"
FEED = fixture("fr_senat", "doslegpjl22-593.xml")


def parsed(body: bytes = FEED, url: str = URL) -> list[Record]:
    return list(fr_senat.parse(response(url, body), source("fr-senat", "fr-senat-textes")))


def latin(text: str) -> bytes:
    return text.encode("iso-8859-15")


def test_feed_is_read_in_the_encoding_it_declares() -> None:
    assert dossier(parsed()).title == "Sécuriser et réguler l'espace numérique"
    body = FEED.replace(latin("Sécuriser et réguler"), latin("Mettre en œuvre"))
    assert dossier(parsed(body)).title == "Mettre en œuvre l'espace numérique"


def test_file_has_its_identifiers_its_page_and_a_title_without_its_state() -> None:
    sren = dossier(parsed())
    assert sren.external_id == "dosleg-pjl22-593"
    assert sren.identifiers == (Identifier("fr.senat.dossier", "pjl22-593"), Identifier("fr.loi", "2024-449"))
    assert sren.url == "https://www.senat.fr/dossier-legislatif/pjl22-593.html"
    assert sren.text.endswith("projet de loi visant à sécuriser et réguler l'espace numérique")


def test_midnight_in_paris_is_the_day_that_begins() -> None:
    tabled = event(dossier(parsed()), title="Texte n° 593")
    assert b"<published>2023-05-09T22:00:00Z</published>" in FEED
    assert (tabled.when.iso(), tabled.when.said) == ("2023-05-10", "2023-05-09T22:00:00Z")


def test_midnight_in_paris_in_winter_is_one_hour_later_in_utc() -> None:
    body = FEED.replace(b"2023-05-09T22:00:00Z", b"2023-01-09T23:00:00Z")
    assert event(dossier(parsed(body)), title="Texte n° 593").when.iso() == "2023-01-10"


def test_stages_lead_from_tabling_to_promulgation() -> None:
    stages = [(e.when.iso(), e.stage) for e in dossier(parsed()).events if e.stage]
    assert stages == [
        ("2023-05-10", "introduced"),
        ("2023-06-27", "committee"),
        ("2023-06-27", "committee"),
        ("2023-07-04", "floor"),
        ("2023-07-05", "floor"),
        ("2023-07-05", "passed_one"),
        ("2023-07-06", "second_chamber"),
        ("2023-10-17", "reconciliation"),
        ("2024-03-26", "agreed"),
        ("2024-04-02", "agreed"),
        ("2024-04-10", "adopted"),
        ("2024-05-17", "review_signature"),
        ("2024-05-21", "enacted"),
    ]


def test_sitting_told_by_two_documents_is_one_event_and_the_full_record_names_it() -> None:
    sren = dossier(parsed())
    assert FEED.count(b"<entry>") == 14
    assert len(sren.events) == 13
    assert days(sren, "bill_reading") == ["2023-07-04", "2023-07-05"]
    held = event(sren, external_id="dosleg-pjl22-593:2023-07-05:sitting:senate")
    assert held.title == "Compte rendu intégral de la séance du 5 juillet 2023"


def test_one_id_for_two_sittings_loses_neither() -> None:
    assert FEED.count(b"<id>http://www.senat.fr/interventions/criresume_pjl22-593_1.html</id>") == 2
    assert "2023-07-04" in days(dossier(parsed()), "bill_reading")


def test_entry_listed_twice_is_one_event() -> None:
    start, end = FEED.index(b"<entry>"), FEED.index(b"</entry>") + len(b"</entry>")
    twice = FEED.replace(b"</feed>", FEED[start:end] + b"</feed>")
    assert dossier(parsed(twice)).events == dossier(parsed()).events


def test_relative_link_is_made_absolute() -> None:
    assert event(dossier(parsed()), title="Texte n° 593").url == "https://www.senat.fr/leg/pjl22-593.html"


def test_link_that_is_no_web_address_is_dropped() -> None:
    body = FEED.replace(b'href="/leg/pjl22-593.html"', b'href="javascript:alert(1)"')
    assert event(dossier(parsed(body)), title="Texte n° 593").url == dossier(parsed()).url


def test_unknown_wording_is_named_and_kept_without_a_stage() -> None:
    body = FEED.replace(latin("Rapport n° 777"), latin("Chose n° 777")).replace(b"Rapport de MM.", b"Chose de MM.")
    records = parsed(body)
    assert of(Unknown, records) == [Unknown("entry/title", "Chose n° #", "dosleg-pjl22-593")]
    kept = event(dossier(records), title="Chose n° 777")
    assert (kept.type, kept.stage) == ("other", "")


def test_unknown_reading_is_named_and_the_wording_still_understood() -> None:
    body = FEED.replace(latin("Première lecture - Sénat : Rapport"), latin("Lecture neuve - Sénat : Rapport"))
    records = parsed(body)
    assert of(Unknown, records) == [Unknown("entry/reading", "Lecture neuve", "dosleg-pjl22-593")]
    report = event(dossier(records), title="Rapport n° 777")
    assert (report.type, report.rule) == ("committee_vote", "fr_senat:report")


def test_refusal_in_the_joint_committee_leaves_the_texts_apart() -> None:
    body = FEED.replace(latin("Texte élaboré par la"), latin("Échec de la")).replace(
        latin("Texte de la commission mixte paritaire"), latin("Échec de la commission mixte paritaire")
    )
    failed = event(dossier(parsed(body)), title="Échec de la commission mixte paritaire")
    assert (failed.type, failed.stage) == ("other", "reconciliation")


def test_known_wordings_raise_no_warning() -> None:
    assert of(Unknown, parsed()) == []


def test_entry_without_a_date_is_rejected_and_the_rest_lands() -> None:
    body = FEED.replace(b"2023-05-09T22:00:00Z", b"9999-12-31T23:59:59Z")
    (rejected,) = of(Rejected, parsed(body))
    assert rejected.locator == "dosleg-pjl22-593:entry[13]"
    assert len(dossier(parsed(body)).events) == 12


def test_file_without_a_tabling_has_no_stage_of_a_first_chamber() -> None:
    body = FEED.replace(latin("déposé au Sénat"), latin("transmis au Sénat"))
    loose = dossier(parsed(body))
    assert {e.stage for e in loose.events if e.when.iso() < "2024-01-01"} == {""}
    assert last_stage(loose) == "enacted"


def test_feed_of_atom_0_3_proper_reads_the_same() -> None:
    body = FEED.replace(b"http://www.w3.org/2005/Atom", b"http://purl.org/atom/ns#")
    body = body.replace(b"subtitle>", b"tagline>").replace(b"published>", b"publication>")
    assert dossier(parsed(body)).events == dossier(parsed()).events


def test_feed_of_no_file_is_refused() -> None:
    with pytest.raises(SourceError, match="names no file"):
        parsed(b"<feed><title>Actualit&#233;s</title></feed>", "https://www.senat.fr/rss/actualites.xml")


def test_event_ids_are_unique_and_reading_twice_gives_the_same() -> None:
    ids = [e.external_id for e in dossier(parsed()).events]
    assert len(ids) == len(set(ids))
    assert parsed() == parsed()


def real(name: str) -> DossierRecord:
    records = parsed((SHARED / "samples" / "fr-senat" / f"dosleg{name}.xml").read_bytes())
    assert of(Unknown, records) == of(Rejected, records) == []
    return dossier(records)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count", "first", "last", "stage"),
    [
        ("pjl18-526", 8, "2017-11-22", "2019-06-12", "second_chamber"),
        ("ppl18-229", 13, "2018-12-20", "2019-06-12", "second_chamber"),  # 15 entries, two sittings told twice
        ("ppl18-385", 9, "2019-03-19", "2019-06-26", "floor"),  # 11 entries, a sitting told twice, a relative link
    ],
)
def test_real_feed(name: str, count: int, first: str, last: str, stage: str) -> None:
    found = real(name)
    assert found.identifiers == (Identifier("fr.senat.dossier", name),)
    assert len(found.events) == count
    assert (found.events[0].when.iso(), found.events[-1].when.iso()) == (first, last)
    assert last_stage(found) == stage


@needs_shared
@pytest.mark.shared
def test_real_feed_of_a_treaty_began_in_the_assembly() -> None:
    treaty = real("pjl18-526")
    assert [(e.when.iso(), e.stage) for e in treaty.events if e.type in ("bill_tabled", "bill_adopted")] == [
        ("2017-11-22", "introduced"),
        ("2019-05-23", "passed_one"),
        ("2019-05-24", "second_chamber"),
    ]
