"""Bodies and firms that no list contains; who is not one."""

from __future__ import annotations

import pytest

from collectors.analysis.gazetteer import Gazetteer
from collectors.analysis.normalise import fold
from collectors.analysis.reader import Reader
from collectors.analysis.reading import Reading
from data.reference_models import AliasCondition, RefActor
from tests.collectors.analysis.conftest import Read, document


def named(reading: Reading) -> dict[str, str]:
    """What stands in the text -> the name it is of, of unlisted bodies."""
    return {m.text: m.name for m in reading.mentions if m.kind != "person" and not m.actor_id}


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("fr", "Le Syndicat belge des voix réclame une loi.", "Syndicat belge des voix"),
        ("fr", "L'Observatoire de la désinformation audiovisuelle le dit.", "Observatoire de la désinformation"),
        ("fr", "Le rectorat de Belleval réunira les parents.", "rectorat de Belleval"),
        ("fr", "L'affaire est devant le tribunal de la Vernaz.", "tribunal de la Vernaz"),
        ("en", "The Northland Council for Fair Elections wants a law.", "Northland Council for Fair Elections"),
        ("en", "He was sentenced at Ardmuir Sheriff Court on Monday.", "Ardmuir Sheriff Court"),
        ("en", "The Northland Sound Foundation asked for a ban.", "Northland Sound Foundation"),
        ("en", "The trade body Northland Voices said so.", "Northland Voices"),
        ("de", "Der Verband der Nordischen Sprecher fordert ein Gesetz.", "Verband der Nordischen Sprecher"),
        ("de", "Das Bundesamt für Bild und Ton warnt.", "Bundesamt für Bild und Ton"),
        ("de", "Die Meldestelle Nordlicht warnt.", "Nordlicht"),
        ("it", "L'Osservatorio nazionale delle voci lo chiede.", "Osservatorio nazionale delle voci"),
        ("it", "Il caso è in commissione Cultura del Senato.", "commissione Cultura del Senato"),
        ("es", "La Agencia de Imagen Digital multó a la web.", "Agencia de Imagen Digital"),
        ("es", "La asociación Voces contra el Engaño lo pide.", "Voces contra el Engaño"),
        ("da", "Billedstyrelsen advarer mod deepfakes.", "Billedstyrelsen"),
        ("da", "Rådgivningen og foreningen Klare Ord advarer mod deepfakes.", "Klare Ord"),
    ],
)
def test_a_body_is_known_by_its_head_word(read: Read, lang: str, text: str, name: str) -> None:
    assert any(found.startswith(name) for found in named(read(text, lang)))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The committee on Tuesday heard about it."),
        ("en", "The prosecutor's office did not answer the trade union on Monday."),
        ("en", "Its Large Language Model (LLM) and the Digital Voices Act (DVA) are named."),
        ("en", "The charity Emma Ostrand runs is small."),
        ("fr", "La commission a entendu l'association, qui demande une loi."),
        ("fr", "La société accuse Oriane Valcourt d'avoir menti."),
        ("fr", "La Proposition de Loi (PPL) et l'Intelligence Artificielle (IA) sont citées."),
        ("de", "Das Unternehmen hat seit Anfang Mai eine App Mitte Juni geplant."),
        ("de", "Auf Initiative Bayerns wurde die Verordnung über Bilder (VB) geändert."),
        ("da", "Kommunalbestyrelsen og bestyrelsen talte om deepfakes."),
        ("es", "La Unión Europea y la empresa hablaron de deepfakes."),
    ],
)
def test_words_that_look_like_a_body_are_none(read: Read, lang: str, text: str) -> None:
    assert named(read(text, lang)) == {}


@pytest.mark.parametrize(
    ("lang", "text", "acronym", "name"),
    [
        ("en", "The Northland Voice Constabulary (NVC) spoke. NVC officers left.", "NVC", "Northland Voice Constabulary"),
        ("fr", "L'Alliance du nouveau théâtre (ANT) parle. L'ANT insiste.", "ANT", "Alliance du nouveau théâtre"),
        ("de", "Kritik kam vom Deutschen Stimmenverein (DSV), so der DSV.", "DSV", "Deutscher Stimmenverein"),
        ("de", "Die Medienaufsicht Nordsee/Ostsee (MA NO) prüft. Die MA NO schweigt.", "MA NO", "Medienaufsicht Nordsee/Ostsee"),
    ],
)  # fmt: skip
def test_initials_in_brackets_tell_a_name_and_stand_for_it(
    read: Read, lang: str, text: str, acronym: str, name: str
) -> None:
    assert named(read(text, lang))[acronym] == name


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("fr", "La société Ombrevue SAS est sanctionnée. Ombrevue se tait.", {"Ombrevue SAS", "Ombrevue"}),
        ("fr", "L'application Ombrevue déshabille.", {"Ombrevue"}),
        ("fr", "Le studio lyonnais Ombrevue l'a fait.", {"Ombrevue"}),
        ("en", "Glasswort Labs was sued. Glasswort did not answer.", {"Glasswort Labs", "Glasswort"}),
        ("en", "Its GlassWort tool was used by the startup Fernwick.", {"GlassWort", "Fernwick"}),
        ("en", "The firm Fernwick CEO Jane Wott left.", {"Fernwick"}),
        ("de", "Die App Glasnix wurde verboten.", {"Glasnix"}),
        ("it", "La società Vetronero Srl è stata multata.", {"Vetronero Srl"}),
        ("es", "La aplicación Vidrioso fue multada.", {"Vidrioso"}),
        ("da", "Virksomheden Glasklar ApS fik en bøde.", {"Glasklar ApS"}),
    ],
)
def test_a_firm_is_known_by_its_form_or_by_what_it_is_called(read: Read, lang: str, text: str, found: set[str]) -> None:
    assert set(named(read(text, lang))) == found


def test_a_committee_is_named_and_its_chamber_too(read: Read) -> None:
    text = "La commission de la Justice de la Chambre vote ; la France regarde la commission des finances du Sénat."
    found = [(m.text, m.name) for m in read(text).mentions]
    assert ("commission de la Justice", "commission de la Justice de la Chambre") in found
    assert ("Sénat", "Sénat") in found


def test_an_act_that_bears_a_name_is_not_the_body(curated_reader: Reader) -> None:
    text = "Under the FTC Act the FTC in Washington may fine; House Bill 12 is in the House and the Senate."
    found = curated_reader.read(document(text, "en", title="Deepfakes")).mentions
    assert [text[m.start : m.end + 4] for m in found if m.actor_id == "us-ftc"] == ["FTC in "]


def test_a_peer_is_named_with_the_title_first(read: Read) -> None:
    text = "Baroness Wick of Ayton (Con): I thank Lord Tarn. The noble Lord, Lord Tarn, and Lady Wick agree."
    found = [(m.text, m.name) for m in read(text, "en").mentions if m.kind == "person"]
    assert found == [
        ("Baroness Wick of Ayton", "Baroness Wick of Ayton"),
        ("Lord Tarn", "Lord Tarn"),
        ("Tarn", "Lord Tarn"),
        ("Wick", "Baroness Wick of Ayton"),
    ]
    assert all(m.kind != "person" for m in read("The Lord Chancellor and Lord Advocate spoke.", "en").mentions)


@pytest.mark.parametrize(
    ("lang", "text", "public"),
    [
        ("es", "La asociación, que preside Ramira Altolaguirre, lo pide.", True),
        ("fr", "La loi d'Aliénor Vasseur (XYZ), présidée par Yann Kerdoncuf, passe.", True),
        ("en", "The group, led by Orla Brannigan, wants a law.", True),
        ("en", "The group led by the family of Orla Brannigan wants a law.", False),
        ("en", "Chief Electoral Officer Orla Brannigan wants a law.", True),
        ("en", "The killing of researcher Orla Brannigan led to a law.", False),
        ("en", "Researcher Orla Brannigan, 23, was deepfaked.", False),
        ("de", "Die Geschäftsführerin von Arcom, Orla Brannigan, warnt.", True),
    ],
)
def test_words_right_before_a_name_make_it_public_and_harm_does_not(
    read: Read, lang: str, text: str, public: bool
) -> None:
    assert any(m.kind == "person" for m in read(text, lang).mentions) is public


def test_names_that_differ_in_capitals_have_conditions_of_their_own() -> None:
    party = RefActor(
        "it-lys", "Partito Lys", "party", "it",
        ambiguous_aliases=(AliasCondition("PL", ("case",)), AliasCondition("Pl", ("case", "source it"))),
    )  # fmt: skip
    text = "Il Pl e il PL, non il pl."
    found = Gazetteer([party]).find(text, fold(text), fold(text).text, "it", ("it",), 2026)
    assert [m.text for m in found] == ["Pl", "PL"]


def test_a_known_body_may_have_a_condition(curated_reader: Reader) -> None:
    said = "Le député M. Wolter (DP) interroge la ministre sur les deepfakes"
    here = curated_reader.read(document(f"{said} au Luxembourg, dit le Luxembourgeois.", "fr", title="Deepfakes"))
    away = curated_reader.read(document(f"{said} à Paris, en France.", "fr", title="Deepfakes"))
    assert "Demokratesch Partei" in {m.name for m in here.mentions}
    assert "Demokratesch Partei" not in {m.name for m in away.mentions}


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("fr", "Le FNPQX réclame un référent numérique par collège.", "FNPQX"),
        ("fr", "L'Institut pour l'avenir des marins et des pêcheurs recommande la loi.", "Institut pour l'avenir des marins et des pêcheurs"),
        ("de", "Der VKQX fordert eine Kennzeichnung.", "VKQX"),
        ("es", "La FKQX pide que se castigue.", "FKQX"),
        ("en", "Ravenport police said the call was faked.", "Ravenport police"),
        ("en", "The Government of Westray opened a consultation.", "Government of Westray"),
        ("en", "Then the Ohio House approved it.", "Ohio House"),
    ],
)  # fmt: skip
def test_bodies_by_place_and_initials_that_ask(read: Read, lang: str, text: str, name: str) -> None:
    assert name in named(read(text, lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "L'ONG réclame une loi, le PDG demande du temps."),
        ("en", "The police said so; local police officers came."),
    ],
)
def test_plain_words_are_no_bodies(read: Read, lang: str, text: str) -> None:
    assert named(read(text, lang)) == {}
