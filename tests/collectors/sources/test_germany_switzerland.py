"""Proceedings, speeches and members of the Bundestag; business, votes, speeches and releases of Switzerland."""

from __future__ import annotations

import json
import re
from types import ModuleType
from typing import Any

import pytest

from collectors.sources import (
    ch_news,
    ch_openparldata,
    ch_parliament,
    de_abgeordnetenwatch,
    de_dip,
    de_plenarprotokoll,
)
from data.errors import BlockedError, SourceError
from data.models import ActorRecord, DossierRecord, Follow, Identifier, ItemRecord, Rejected, Seat, Unknown
from tests.collectors.sources.helpers import ROOT, days, dossier, of, response, source
from tests.shared import SHARED, needs_shared

DIP = "https://search.dip.bundestag.de/api/v1"
ODATA = "https://ws.parlament.ch/odata.svc"


def read(module: ModuleType, payload: Any, url: str = "https://example.org/", **options: object) -> list[Any]:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    name = module.__name__.rsplit(".", 1)[1]
    return list(module.parse(response(url, body), source(name[:2], name, **options)))


def business(**changes: Any) -> dict[str, Any]:
    """Motion 24.4464 on the abusive use of images, as the service writes it."""
    return {
        "__metadata": {"uri": "x"}, "BusinessRoles": {"__deferred": {"uri": "x"}}, "ID": 20244464, "Language": "FR",
        "BusinessShortNumber": "24.4464", "BusinessType": 5, "BusinessTypeName": "Motion", "Title": "Images : stratégie contre les abus",
        "SubmittedText": "<p>Le Conseil fédéral est chargé d&#39;agir contre les hypertrucages.</p>", "ReasonText": None,
        "BusinessStatus": 204, "BusinessStatusText": "Adopté", "BusinessStatusDate": "/Date(1742428800000)/",
        "SubmissionDate": "/Date(1734566400000)/", "SubmissionCouncilName": "Conseil des États", "TagNames": "Médias|Droit pénal", **changes,
    }  # fmt: skip


def swiss(d: Any) -> list[Any]:
    return read(ch_parliament, {"d": d}, f"{ODATA}/Business?$format=json")


@pytest.mark.parametrize("d", [business(), [business()], {"results": [business()], "__count": "1"}])
def test_one_row_a_list_and_an_envelope_read_alike(d):
    found = dossier(swiss(d))
    assert found.identifiers == (Identifier("ch.business", "24.4464"),)
    assert [(e.type, e.when.iso(), e.outcome) for e in found.events] == [
        ("bill_tabled", "2024-12-19", ""),
        ("bill_adopted", "2025-03-20", "adopted"),
    ]


def test_days_are_those_written_and_not_shifted_to_swiss_time():
    assert ch_parliament.plain_day("/Date(1781740800000)/").isoformat() == "2026-06-18"


def test_offset_of_a_vote_is_in_minutes():
    at = ch_parliament.swiss_instant("/Date(1758875590817+0120)/")
    assert at is not None and at.isoformat(timespec="seconds") == "2025-09-26T10:33:10+02:00"


def test_next_page_is_followed_and_no_other_host():
    page = f"{ODATA}/Business?$skiptoken=1"
    assert of(Follow, swiss({"results": [business()], "__next": page})) == [Follow(page)]
    assert of(Follow, swiss({"results": [business()], "__next": "https://evil.example/"})) == []


def test_interpellation_is_a_question_answered_when_its_answer_is_there():
    row = business(
        BusinessType=8,
        BusinessTypeName="Interpellation",
        BusinessStatusText="L'avis relatif à l'intervention est disponible",
    )
    (found,) = swiss([row])
    assert [e.type for e in found.events] == ["question_asked", "question_answered"]


def test_row_of_another_language_is_the_same_file_and_an_empty_one_is_nothing():
    german = dossier(swiss([business(Language="DE", Title="Bilder: Strategie", BusinessStatusText="Angenommen")]))
    assert german.identifiers == dossier(swiss([business()])).identifiers and german.titles == {
        "de": "Bilder: Strategie"
    }
    assert swiss([business(Language="EN", Title="")]) == []


def test_unknown_status_and_type_are_named():
    records = swiss([business(BusinessStatusText="In der Schwebe", BusinessType=77)])
    assert {(one.field, one.code) for one in of(Unknown, records)} == {
        ("BusinessType", "77"),
        ("BusinessStatusText", "In der Schwebe"),
    }


def test_vote_and_speech_of_the_national_council():
    vote = {"ID": 35041, "Language": "FR", "BusinessShortNumber": "24.4464", "BusinessTitle": "Images", "BillTitle": None, "Subject": "Vote final",
            "MeaningYes": "Adopter", "MeaningNo": "Rejeter", "VoteEnd": "/Date(1757498400000)/", "VoteEndWithTimezone": "/Date(1757498400000+0120)/", "RegistrationNumber": 1}  # fmt: skip
    speech = {"ID": "378407", "MeetingDate": "20250910", "Text": "<pd_text><p>Les deepfakes nuisent.</p></pd_text>", "PersonNumber": 4198, "SpeakerFullName": "Mahaim Raphaël",
              "SpeakerFirstName": "Raphaël", "SpeakerLastName": "Mahaim", "Language": "FR", "LanguageOfText": "FR", "ParlGroupName": "Groupe des VERT-E-S",
              "CouncilName": "Conseil national", "CantonName": "Vaud", "VoteBusinessShortNumber": None, "IdSubject": "1"}  # fmt: skip
    first, second = swiss([vote, speech])
    assert (first.published_on.isoformat(), first.dossier[0].value, first.summary) == (
        "2025-09-10",
        "24.4464",
        "Oui: Adopter, Non: Rejeter",
    )
    assert (second.text, second.actors[0].identifiers[0].value, second.actors[0].party) == (
        "Les deepfakes nuisent.",
        "4198",
        "Groupe des VERT-E-S",
    )


def test_members_by_number_with_party_and_canton():
    row = {"ID": 1, "PersonNumber": 4198, "FirstName": "Raphaël", "LastName": "Mahaim", "CouncilName": "Conseil national", "CantonName": "Vaud",
           "PartyName": "Les VERT-E-S", "Active": True, "DateOfBirth": "/Date(0)/", "GenderAsString": "m"}  # fmt: skip
    (found,) = swiss([row])
    assert (found.name, found.party, found.role_title) == ("Raphaël Mahaim", "Les VERT-E-S", "Conseil national, Vaud")


@pytest.mark.parametrize(
    "payload",
    [
        {"error": {"message": {"value": "Timeout"}}},
        {"value": []},
        {"d": [{"Foo": 1}]},
        {"d": [{**business(), "SubmissionDate": None, "Title": "x"}]},
    ],
)
def test_changed_odata_ends_loudly_or_in_quarantine(payload):
    try:
        assert of(Rejected, read(ch_parliament, payload))
    except SourceError as error:
        assert "Timeout" in str(error) or "format" in str(error) or "unknown entity" in str(error)


@needs_shared
@pytest.mark.shared
def test_every_field_read_is_one_of_the_services_own_metadata():
    metadata = (SHARED / "samples" / "ch-parliament" / "metadata.xml").read_text(encoding="utf-8")
    known = set(re.findall(r'<Property Name="(\w+)"', metadata))
    code = (ROOT / "collectors" / "sources" / "ch_parliament.py").read_text(encoding="utf-8")
    named = set(re.findall(r'said\(row, "(\w+)"\)', code)) | set(re.findall(r'_on\(row, "(\w+)"\)', code))
    assert named and named <= known, named - known


def affair(**changes: Any) -> dict[str, Any]:
    return {"id": 9, "body_key": "CHE", "number": "23.3563", "title": {"fr": "Hypertrucages dans l'espace public", "de": "Deepfakes"}, "title_long": {},
            "type_name": {"fr": "Motion"}, "type_harmonized": {"fr": "Motion"}, "type_harmonized_id": 3, "state_name": {}, "begin_date": "2023-05-04T00:00:00",
            "url_external": {"fr": "https://www.parlament.ch/fr/x"}, "updated_at": "2026-08-14T03:15:20", **changes}  # fmt: skip


def open_data(rows: list[Any], query: str = "", **meta: Any) -> list[Any]:
    return read(ch_openparldata, {"meta": meta, "data": rows}, f"https://api.openparldata.ch/v1/affairs/{query}")


def test_affair_of_the_confederation_joins_its_business_by_number():
    found = dossier(open_data([affair()]))
    assert found.identifiers == (Identifier("ch.opd", "9"), Identifier("ch.business", "23.3563"))
    assert (found.title, found.lang, days(found, "bill_tabled")) == (
        "Hypertrucages dans l'espace public",
        "fr",
        ["2023-05-04"],
    )


def test_affair_of_a_town_is_not_mistaken_for_one_of_the_confederation():
    assert [i.scheme for i in dossier(open_data([affair(body_key="261", number="2026/339")])).identifiers] == ["ch.opd"]


def test_rows_of_another_body_end_the_visit():
    with pytest.raises(SourceError, match="filter was ignored"):
        open_data([affair(body_key="261")], "?body_key=CHE")


def test_texts_may_be_empty_objects_and_pages_are_bounded():
    assert len(of(Rejected, open_data([affair(title={})]))) == 1
    page = "https://api.openparldata.ch/v1/affairs/?offset=100&limit=100"
    assert of(Follow, open_data([affair()], next_page=page)) == [Follow(page)]
    assert of(Follow, open_data([affair()], next_page=page.replace("=100&", "=9000&"))) == []


def test_voting_person_and_body_of_open_data():
    voting = {"id": 1, "date": "2026-07-08T00:30:01", "affair_id": 9, "title": {"de": "Schlussabstimmung"}, "affair_title": {"de": "Deepfakes"},
              "decision": "Ja", "results_yes": 46, "results_no": 20, "results_abstention": 0, "url_external": {}}  # fmt: skip
    person = {
        "id": 572,
        "fullname": "A B",
        "party": {"fr": "Parti"},
        "active": True,
        "wikidata_id": "Q1",
        "body_key": "CHE",
        "gender": "m",
    }
    body = {"id": 363, "name": {"fr": "Aarau"}, "legislative_name": {"fr": "Conseil"}, "legislative_wikidata_id": None}
    vote, who, council = open_data([voting, person, body])
    assert (vote.events[0].outcome, vote.dossier) == ("adopted", (Identifier("ch.opd", "9"),))
    assert [i.value for i in who.identifiers] == ["572", "Q1"] and council.name == "Conseil (Aarau)"


def test_release_of_the_administration_on_its_day_in_bern():
    row = {"id": "a1", "langGroupId": "g1", "title": "Deepfakes : le PFPDT met en garde", "description": "<p>Texte.</p>", "publishDate": "2026-01-14T23:30:00Z",
           "publishers": [{"name": "PFPDT"}], "topics": [{"name": "Protection des données"}]}  # fmt: skip
    payload = {"items": [row, {**row, "publishDate": "soon"}], "pageResults": 60, "limit": 25, "offset": 0}
    records = read(ch_news, payload, "https://d-nsbc-p.admin.ch/v1/search?languages=fr&offset=0&limit=25")
    (found,) = of(ItemRecord, records)
    assert (found.published_on.isoformat(), found.published_at, found.actors[0].name) == (
        "2026-01-15",
        "2026-01-14T23:30:00Z",
        "PFPDT",
    )
    assert found.url == "https://www.news.admin.ch/fr/newnsb/g1"
    assert len(of(Rejected, records)) == 1 and of(Follow, records)[0].url.endswith("offset=2")


def proceeding(**changes: Any) -> dict[str, Any]:
    return {"id": "333085", "typ": "Vorgang", "vorgangstyp": "Gesetzgebung", "wahlperiode": 21, "initiative": ["Bundesrat"], "datum": "2025-09-02",
            "aktualisiert": "2026-04-16T15:45:40+02:00", "titel": "Gesetz zum strafrechtlichen Schutz von Persönlichkeitsrechten vor Deepfakes",
            "abstract": "Einfügung § 201b StGB", "beratungsstand": "Dem Bundestag zugeleitet - Noch nicht beraten", "gesta": "C012",
            "deskriptor": [{"name": "Deepfake"}], "verkuendung": [], "inkrafttreten": [], **changes}  # fmt: skip


def position(**changes: Any) -> dict[str, Any]:
    return {"id": "690420", "vorgangsposition": "Gesetzentwurf", "vorgang_id": "333085", "vorgangstyp": "Gesetzgebung", "titel": "Gesetz vor Deepfakes",
            "datum": "2025-08-27", "dokumentart": "Drucksache", "zuordnung": "BT", "fundstelle": {"dokumentnummer": "21/1383", "pdf_url": "https://dserver.bundestag.de/btd/21/013/2101383.pdf"},
            "urheber": [{"bezeichnung": "BR", "titel": "Bundesrat"}], **changes}  # fmt: skip


def dip(
    *rows: dict[str, Any], cursor: str = "", url: str = f"{DIP}/vorgang?f.deskriptor=Deepfake", total: int | None = None
) -> list[Any]:
    return read(
        de_dip, {"numFound": total if total is not None else len(rows), "cursor": cursor, "documents": list(rows)}, url
    )


def test_proceeding_and_its_step_are_one_file_by_number():
    found = dossier(dip(proceeding()))
    step = dossier(dip(position(), url=f"{DIP}/vorgangsposition?f.vorgang=333085"))
    assert found.identifiers[0] == step.identifiers[0] == Identifier("de.vorgang", "333085")
    assert step.identifiers[1] == Identifier("de.drs", "21/1383"), "the printed paper joins the reviewed file"
    assert [(e.type, e.when.iso(), e.stage) for e in step.events] == [("bill_tabled", "2025-08-27", "introduced")]
    assert "§ 201b StGB" in found.text


def test_proceeding_leads_to_its_steps_and_pages_follow_the_cursor_until_it_stays():
    assert Follow(f"{DIP}/vorgangsposition?f.vorgang=333085") in dip(proceeding())
    assert Follow(f"{DIP}/vorgang?f.deskriptor=Deepfake&cursor=AoJ") in dip(proceeding(), cursor="AoJ")
    same = f"{DIP}/vorgang?f.deskriptor=Deepfake&cursor=AoJ"
    assert not [one for one in of(Follow, dip(proceeding(), cursor="AoJ", url=same)) if "cursor" in one.url]


def test_an_ignored_filter_that_brings_the_whole_corpus_ends_the_visit():
    with pytest.raises(SourceError, match="filter was ignored"):
        dip(proceeding(), total=285_000)


def test_promulgation_and_entry_into_force_have_their_days():
    row = proceeding(
        verkuendung=[{"verkuendungsdatum": "2026-09-30", "fundstelle": "BGBl I 2026, Nr. 200"}],
        inkrafttreten=[{"datum": "2026-10-01"}],
    )
    assert [(e.type, e.when.iso(), e.stage) for e in dossier(dip(row)).events] == [
        ("law_signed", "2026-09-30", "enacted"),
        ("law_in_force", "2026-10-01", "in_force"),
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [("1. Beratung", "bill_reading"), ("Beschlussempfehlung und Bericht", "committee_vote"), ("2. Beratung", "bill_reading"), ("3. Beratung", "bill_reading"),
     ("Gesetzesbeschluss", "bill_adopted"), ("2. Durchgang", "bill_reading"), ("1. Durchgang", "bill_reading"), ("Antwort", "question_answered")],
)  # fmt: skip
def test_steps_of_the_bundestag_are_known(words, kind):
    records = dip(position(vorgangsposition=words))
    assert dossier(records).events[0].type == kind and not of(Unknown, records)


def test_question_is_a_question_and_a_petition_is_left_to_who_wrote_it():
    (_, question) = dip(proceeding(vorgangstyp="Kleine Anfrage", initiative=["Fraktion der AfD"]))
    assert (question.kind, question.actors[0].name) == ("question", "Fraktion der AfD")
    assert dip(proceeding(vorgangstyp="Petition")) == []
    assert of(Unknown, dip(proceeding(vorgangstyp="Neuartig"))) == [Unknown("vorgangstyp", "Neuartig", "333085")]


@pytest.mark.parametrize(
    "payload",
    [
        {"code": 401, "message": "Ungültiger API-Key"},
        {"documents": {}},
        {"numFound": 1, "documents": [{"id": "1"}]},
        {"documents": []},
    ],
)
def test_refusal_or_change_of_dip_ends_loudly(payload):
    with pytest.raises(SourceError):
        read(de_dip, payload, f"{DIP}/vorgang")


MINUTES = """\ufeff<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE dbtplenarprotokoll SYSTEM "dbtplenarprotokoll.dtd">
<dbtplenarprotokoll sitzung-datum="26.09.2025" sitzung-nr="28" wahlperiode="21"><sitzungsverlauf>
<tagesordnungspunkt top-id="TOP 9"><p klasse="T_NaS">Schutz vor Deepfakes</p><p klasse="T_Drs">Drucksache 21/1383</p>
<rede id="ID212800100"><p klasse="redner"><redner id="11005000"><name><titel>Dr.</titel><vorname>Anna</vorname><nachname>Muster</nachname><fraktion>SPD</fraktion></name></redner>Dr. Anna Muster (SPD):</p>
<p klasse="J_1">Deepfakes verletzen die Würde.</p><kommentar>(Beifall bei der SPD)</kommentar>
<name>Vizepräsidentin X:</name><p klasse="J">Ihre Zeit ist um.</p></rede>
<rede id=""><p klasse="J">Ohne Namen</p></rede></tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>""".encode()


def test_speech_hangs_on_the_paper_of_its_item_and_leaves_out_the_chair():
    records = read(de_plenarprotokoll, MINUTES)
    (found,) = of(ItemRecord, records)
    assert (found.published_on.isoformat(), found.dossier) == ("2025-09-26", (Identifier("de.drs", "21/1383"),))
    assert (found.actors[0].name, found.actors[0].party, found.actors[0].identifiers[0].value) == (
        "Dr. Anna Muster",
        "SPD",
        "11005000",
    )
    assert found.text == "Deepfakes verletzen die Würde."
    assert found.url == "https://dserver.bundestag.de/btp/21/21028.pdf"
    assert len(of(Rejected, records)) == 1


def test_list_of_sittings_leads_to_the_newest():
    body = b'<a href="/resource/blob/1/21028.xml">x</a><a href="/resource/blob/2/21027.xml">y</a>'
    assert read(de_plenarprotokoll, body, max_follow=1) == [
        Follow("https://www.bundestag.de/resource/blob/1/21028.xml")
    ]
    with pytest.raises(SourceError):
        read(de_plenarprotokoll, b"<html>nothing</html>")


def test_mandate_and_poll_of_abgeordnetenwatch():
    mandate = {"id": 1, "entity_type": "candidacy_mandate", "type": "mandate", "id_external_administration": "2312", "politician": {"id": 122163, "label": "Anna Muster"},
               "parliament_period": {"id": 161, "label": "Bundestag 2025 - 2029"}, "end_date": None, "fraction_membership": [{"fraction": {"label": "SPD (Bundestag 2025 - 2029)"}, "valid_until": None}]}  # fmt: skip
    poll = {"id": 9, "entity_type": "node", "label": "Schutz vor Deepfakes", "field_poll_date": "2026-06-25", "field_accepted": True, "field_intro": "<p>Text</p>",
            "field_related_links": [{"uri": "https://dserver.bundestag.de/btd/21/013/2101383.pdf"}], "field_topics": [{"label": "Medien"}]}  # fmt: skip
    who, vote = read(
        de_abgeordnetenwatch,
        {"meta": {"status": "ok", "result": {"range_end": 2, "total": 2}}, "data": [mandate, poll]},
    )
    assert (who.party, [i.value for i in who.identifiers]) == ("SPD", ["122163", "2312"])
    assert who.seats == (Seat("Deutscher Bundestag", "2025", "2029"),)
    assert (vote.events[0].outcome, vote.dossier) == ("adopted", (Identifier("de.drs", "21/1383"),))
    with pytest.raises(SourceError):
        read(de_abgeordnetenwatch, {"meta": {"status": "error"}, "data": []})


@needs_shared
@pytest.mark.shared
def test_real_answers_are_read_without_warning():
    samples = SHARED / "samples"
    for folder, module, pattern in (("ch-parliament", ch_parliament, "*.json"), ("ch-openparldata", ch_openparldata, "*.json"),
                                    ("de-abgeordnetenwatch", de_abgeordnetenwatch, "*.json"), ("de-bundestag", de_plenarprotokoll, "*.xml")):  # fmt: skip
        for path in sorted((samples / folder).glob(pattern)):
            records = read(module, path.read_bytes(), "https://api.openparldata.ch/v1/x")
            assert not of(Unknown, records) and not of(Rejected, records), path.name
            assert records, path.name
    speeches = read(de_plenarprotokoll, (samples / "de-bundestag" / "Plenarprotokoll_19_46.xml").read_bytes())
    assert len(speeches) > 100 and all(one.actors[0].identifiers for one in speeches)


@pytest.mark.parametrize("module", [ch_parliament, ch_openparldata, ch_news, de_dip, de_abgeordnetenwatch])
def test_page_for_people_is_refused(module):
    with pytest.raises(BlockedError):
        read(module, b"<!doctype html><html>Sicherheitspruefung</html>")


def test_kinds_of_records_are_told_apart():
    assert isinstance(swiss([business()])[0], DossierRecord)
    assert not of(ActorRecord, swiss([business()]))
