"""Amendments of the Assembly, from the archive and from the live service."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.sources import fr_assemblee_amendements
from data.errors import BlockedError, SourceError
from data.models import Identifier, ItemRecord, Rejected, Unknown
from tests.collectors.sources.helpers import of, response, source
from tests.fixtures.replay_assemblee import archive
from tests.shared import SHARED, needs_shared

PATH = "json/DLR5L17N54085/PRJLANR5L17B2934/AMANR5L17PO838901B2934P0D1N000016.json"
URL = "https://data.assemblee-nationale.fr/static/openData/repository/17/loi/amendements_div_legis/Amendements.json.zip"


def amendment(**changes: Any) -> dict[str, Any]:
    """One record on the model of the archive; the law on sexual deepfakes is its subject."""
    value: dict[str, Any] = {
        "uid": "AMANR5L17PO838901B2934P0D1N000016",
        "identification": {"numeroLong": "16", "numeroOrdreDepot": "16"},
        "texteLegislatifRef": "PRJLANR5L17B2934",
        "signataires": {
            "auteur": {"typeAuteur": "Député", "acteurRef": "PA642695", "groupePolitiqueRef": "PO845407"},
            "cosignataires": {"acteurRef": ["PA721474", "PA1234"]},
        },
        "pointeurFragmentTexte": {"division": {"articleDesignation": "Article 5 bis"}},
        "corps": {
            "contenuAuteur": {
                "dispositif": "<p>À la fin de l&#8217;article 226-8-1 du code pénal, ajouter une phrase.</p>",
                "exposeSommaire": {"p": ["Cet amendement complète la répression.", {"b": "Il est de repli."}]},
            }
        },
        "cycleDeVie": {
            "dateDepot": "2026-02-03",
            "dateSort": "2026-02-10T00:00:00.000+01:00",
            "sort": "Adopté",
            "etatDesTraitements": {"etat": {"code": "DI", "libelle": "Discuté"}},
        },
    }
    value.update(changes)
    return value


def parsed(*values: dict[str, Any], name: str = PATH) -> list[Any]:
    members = [
        (name.replace(".json", f"{n or ''}.json"), json.dumps({"amendement": v}).encode()) for n, v in enumerate(values)
    ]
    return list(
        fr_assemblee_amendements.parse(response(URL, archive(members)), source("fr", "fr-assemblee-amendements"))
    )


def one(**changes: Any) -> ItemRecord:
    (found,) = of(ItemRecord, parsed(amendment(**changes)))
    return found


def test_amendment_hangs_on_the_file_its_folder_names():
    assert one().dossier == (Identifier("fr.an.dossier", "DLR5L17N54085"),)


def test_title_address_and_text_are_plain():
    found = one()
    assert found.title == "Amendement n° 16 (Article 5 bis), texte n° 2934"
    assert found.url == "https://www.assemblee-nationale.fr/dyn/17/amendements/2934/AN/16"
    assert "l’article 226-8-1 du code pénal" in found.text
    assert "Il est de repli." in found.text, "markup made into a tree is read too"


def test_tabled_and_decided_on_their_days():
    assert [(e.type, e.when.iso(), e.outcome) for e in one().events] == [
        ("amendment_tabled", "2026-02-03", ""),
        ("amendment_decided", "2026-02-10", "adopted"),
    ]


def test_fate_without_a_day_is_told_and_no_event_is_made_of_it():
    cycle = {"dateDepot": "2026-02-03", "sort": {"libelle": "Tombé"}, "etatDesTraitements": {}}
    found = one(cycleDeVie=cycle)
    assert [e.type for e in found.events] == ["amendment_tabled"]
    assert "Tombé" in found.summary


def test_author_and_co_signatories_by_number():
    actors = [(a.role, a.identifiers[0].value) for a in one().actors]
    assert actors == [("author", "PA642695"), ("co_signatory", "PA721474"), ("co_signatory", "PA1234")]


def test_a_single_co_signatory_is_a_text_and_none_is_nil():
    author = {"typeAuteur": "Député", "acteurRef": "PA1"}
    assert len(one(signataires={"auteur": author, "cosignataires": {"acteurRef": "PA2"}}).actors) == 2
    assert len(one(signataires={"auteur": author, "cosignataires": {"@xsi:nil": "true"}}).actors) == 1


def test_the_government_is_an_author_without_number():
    found = one(signataires={"auteur": {"typeAuteur": "Gouvernement", "gouvernementRef": "PO845485"}})
    assert [(a.name, a.kind) for a in found.actors] == [("Gouvernement", "government")]


def test_a_committee_amendment_has_the_committee_in_its_address():
    found = one(identification={"numeroLong": "CL12"})
    assert found.url == "https://www.assemblee-nationale.fr/dyn/17/amendements/2934/CION-CL/CL12"


def test_an_unknown_fate_is_named_and_never_guessed():
    records = parsed(amendment(cycleDeVie={"dateDepot": "2026-02-03", "sort": "Réservé"}))
    assert of(Unknown, records) == [Unknown("sort", "Réservé", "AMANR5L17PO838901B2934P0D1N000016")]
    assert of(ItemRecord, records)[0].events[0].outcome == ""


def test_a_record_without_identifier_is_rejected_and_the_rest_lands():
    records = parsed(amendment(uid="?"), amendment())
    assert len(of(Rejected, records)) == len(of(ItemRecord, records)) == 1


@pytest.mark.parametrize("changes", [{"cycleDeVie": []}, {"cycleDeVie": None}])
def test_a_changed_format_ends_loudly(changes):
    with pytest.raises(SourceError, match="format has changed"):
        parsed(amendment(**changes))


@pytest.mark.parametrize("body", [b"<html><body>Maintenance</body></html>", b"{}", b"[]", b""])
def test_anything_else_is_refused(body):
    with pytest.raises((SourceError, BlockedError)):
        list(fr_assemblee_amendements.parse(response(URL, body), source("fr", "fr-assemblee-amendements")))


LIVE = {
    "amendements": [
        {
            "numeroLong": "7", "numero": "7", "bibard": "2934", "legislature": "17", "organeAbrv": "AN", "etat": "AC",
            "sortEnSeance": "", "dispositif": "<p>Supprimer l&#8217;alin&#233;a&#160;4.</p>", "exposeSommaire": "",
            "division": {"titre": "Article 1er"}, "texte": {"titre": "IMAGES TRUQUÉES"},
            "auteur": {"tribunId": "642695", "nom": "Bothorel", "prenom": "Éric", "estGouvernement": "0"},
            "cosignataires": [{"tribunId": "1", "nom": "Un", "prenom": "Autre", "estGouvernement": ""}],
        }
    ]
}  # fmt: skip


def test_the_live_service_gives_names_and_no_day():
    records = list(
        fr_assemblee_amendements.parse(
            response("https://eliasse.assemblee-nationale.fr/", json.dumps(LIVE).encode()),
            source("fr", "fr-assemblee-amendements"),
        )
    )
    (found,) = of(ItemRecord, records)
    assert (found.external_id, found.published_on, found.events) == ("17-2934-AN-7", None, ())
    assert [(a.name, a.role, a.identifiers[0].value) for a in found.actors] == [
        ("Éric Bothorel", "author", "PA642695"),
        ("Autre Un", "co_signatory", "PA1"),
    ]
    assert found.text == "Supprimer l’alinéa 4."


LIVE_XML = """<?xml version="1.0" encoding="UTF-8"?>
<amendement><numero>1</numero><numeroLong>CL4</numeroLong>
<numeroParent xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>
<dispositif><![CDATA[<p>Supprimer cet article.</p>]]></dispositif><exposeSommaire><![CDATA[<p>Repli.</p>]]></exposeSommaire>
<sortEnSeance>Rejet&#233;</sortEnSeance><dateDepot>21/11/2018</dateDepot><dateSaisieSort>23/11/2018</dateSaisieSort>
<urlPDF>/15/amendements/1408/CION_LOIS/CL4.pdf</urlPDF><division><titre>Article 29</titre></division>
<texte><numBibard>1408</numBibard><numeroLegislature>15</numeroLegislature><titre>Images</titre></texte>
<auteur><tribunId>642764</tribunId><nom>Aviragnet</nom><prenom>Jo&#235;l</prenom><estGouvernement>0</estGouvernement></auteur>
<cosignataires><cosignataire><tribunId>5</tribunId><nom>Une</nom><prenom>Autre</prenom></cosignataire></cosignataires>
</amendement>"""


def test_the_live_service_in_xml_has_days_and_fate():
    records = list(
        fr_assemblee_amendements.parse(
            response("https://eliasse.assemblee-nationale.fr/", LIVE_XML.encode()),
            source("fr", "fr-assemblee-amendements"),
        )
    )
    (found,) = of(ItemRecord, records)
    assert [(e.type, e.when.iso(), e.outcome) for e in found.events] == [
        ("amendment_tabled", "2018-11-21", ""),
        ("amendment_decided", "2018-11-23", "rejected"),
    ]
    assert len(found.actors) == 2


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", ["eliasse_amendement_2934_1.json", "amendement_1408-CION-SOC_AS1.xml"])
def test_real_amendments_are_read_without_warning(name):
    body = (SHARED / "samples" / "fr-assemblee" / name).read_bytes()
    (found,) = fr_assemblee_amendements.parse(
        response("https://e.org/", body), source("fr", "fr-assemblee-amendements")
    )
    assert isinstance(found, ItemRecord) and found.text and found.actors[0].identifiers[0].scheme == "fr.an"
