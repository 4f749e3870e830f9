from __future__ import annotations

import pytest

from collectors.analysis.conditions import Surroundings, compile_conditions
from collectors.analysis.country import countries, state
from collectors.analysis.gazetteer import surname
from collectors.analysis.normalise import fold
from collectors.analysis.reader import Reader
from tests.collectors.analysis.conftest import Read, document


def ids(reading) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    return [(mention.text, mention.actor_id) for mention in reading.mentions]


def provisional(reading) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {mention.name: mention.public_role for mention in reading.mentions if not mention.actor_id}


def test_x_is_the_network_only_as_such(read: Read) -> None:
    assert ("X", "org-x") in ids(read("La plateforme X devra retirer ces images."))
    assert ids(read("Il a porté plainte contre X devant la plateforme.")) == []
    assert ids(read("The platform took X-rays of malcolm x and a letter x.", "en")) == []


def test_grok_is_the_tool_not_the_verb(read: Read) -> None:
    assert ids(read("The AI tool Grok made fake images.", "en")) == [("Grok", "product-grok")]
    assert ids(read("She cannot grok what AI does; nobody likes to grok.", "en")) == []


def test_names_match_without_regard_to_accents_and_apostrophes(read: Read) -> None:
    assert ids(read("L’Arcom et la Commission Nationale de l’Informatique et des Libertes ont réagi.")) == [
        ("Arcom", "fr-arcom"),
        ("Commission Nationale de l’Informatique et des Libertes".replace("’", "'"), "fr-cnil"),
    ]


def test_acronym_may_be_written_like_a_name(read: Read) -> None:
    assert ids(read("La Cnil enquête, pas le cnil.")) == [("Cnil", "fr-cnil")]


def test_possessive_is_left_out(read: Read) -> None:
    assert ids(read("Twitter's rules changed.", "en")) == [("Twitter", "org-x")]


def test_the_longest_name_wins(read: Read) -> None:
    assert ids(read("X Corp. runs the platform.", "en")) == [("X Corp", "org-x")]


def test_surname_refers_back_to_the_full_name(read: Read) -> None:
    found = ids(read("Anne Delorme propose une loi. Mme Delorme insiste."))
    assert found == [("Anne Delorme", "fr-anne-delorme"), ("Delorme", "fr-anne-delorme")]


def test_other_first_name_is_another_person(read: Read) -> None:
    assert ids(read("Anne Delorme propose une loi. Son voisin Pierre Delorme dort.")) == [
        ("Anne Delorme", "fr-anne-delorme")
    ]


def test_surname_alone_needs_a_role_and_one_holder(read: Read) -> None:
    assert ids(read("La députée Delorme propose une loi.")) == [("Delorme", "fr-anne-delorme")]
    assert ids(read("Delorme propose une loi.")) == []


def test_senators_in_a_row_are_all_linked(read: Read) -> None:
    assert ids(read("Reintroduced in the U.S. Senate by Senators Roe, Poe and others.", "en"))[-2:] == [
        ("Roe", "us-jane-roe"),
        ("Poe", "us-amos-poe"),
    ]


def test_surname_comes_first_in_registers(read: Read) -> None:
    assert ("Roe, Jane", "us-jane-roe") in ids(read("Sponsor: Sen. Roe, Jane (R-TX).", "en"))


def test_bundesrat_is_told_apart_by_country(read: Read) -> None:
    german = read("Der Bundesrat hat den Entwurf für das StGB beschlossen, nun berät der Bundestag.", "de")
    swiss = read("Der Bundesrat in Bern lehnt ein Deepfake-Gesetz für die Schweiz ab.", "de")
    assert ("Bundesrat", "de-bundesrat") in ids(german)
    assert ("Bundesrat", "ch-bundesrat") in ids(swiss)


def test_party_in_brackets_is_linked(read: Read) -> None:
    assert ("PS", "fr-ps") in ids(read("Anne Delorme (PS) propose une loi."))
    assert ("PS", "fr-ps") not in ids(read("PS : la loi passe."))


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("fr", "La procureure Aliénor Vasseur-Dumay a ouvert une enquête.", "Aliénor Vasseur-Dumay"),
        ("fr", "La ministre déléguée chargée du numérique Solange Tavernay réagit.", "Solange Tavernay"),
        ("fr", "Gontran Lescot (XYZ) et le sénateur Yann d’Ortel proposent une loi.", "Yann d'Ortel"),
        ("en", "Attorney General Winifred Oakes sued the site.", "Winifred Oakes"),
        ("en", "State Sen. Percival Grout (D) wrote the bill.", "Percival Grout"),
        ("de", "Die Abgeordnete Frauke von Halm (Bündnis Neue Mitte) kritisiert das.", "Frauke von Halm"),
        ("it", "La senatrice Ortensia Galvani chiede una legge.", "Ortensia Galvani"),
        ("es", "El diputado Anselmo Quiroga pidió una ley.", "Anselmo Quiroga"),
    ],
)
def test_unlisted_office_holder_is_provisional(read: Read, lang: str, text: str, name: str) -> None:
    assert provisional(read(text, lang)).get(name)


def test_offices_in_a_row_share_the_role(read: Read) -> None:
    found = provisional(read("Les députés Aurélien Morvan et Bérénice Lachaux proposent une loi."))
    assert set(found) == {"Aurélien Morvan", "Bérénice Lachaux"}


def test_name_before_its_role(read: Read) -> None:
    assert provisional(read("Thibaud Morvan, procureur de la République, a ouvert une enquête.")) == {
        "Thibaud Morvan": "procureur"
    }


def test_local_prosecutor_and_court_are_bodies(read: Read) -> None:
    text = "Le parquet de Belleval et le tribunal judiciaire de Belleval sont saisis. Le parquet poursuit."
    kinds = [(m.text, m.kind, m.name) for m in read(text).mentions]
    assert kinds == [
        ("parquet de Belleval", "prosecutor", "parquet de Belleval"),
        ("tribunal judiciaire de Belleval", "court", "tribunal judiciaire de Belleval"),
        ("parquet", "prosecutor", "parquet de Belleval"),
    ]


def test_acronym_in_brackets_is_the_same_body(read: Read) -> None:
    found = read("Die Landesanstalt für Medien Nordsee (LfM) warnt. Die LfM rät zur Anzeige.", "de").mentions
    assert [(m.text, m.name) for m in found] == [
        ("Landesanstalt für Medien Nordsee", "Landesanstalt für Medien Nordsee"),
        ("LfM", "Landesanstalt für Medien Nordsee"),
        ("LfM", "Landesanstalt für Medien Nordsee"),
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "La chanteuse Oriane Valcourt a été victime d'un deepfake, a dit le ministre."),
        ("fr", "Le procureur chargé de l'affaire Oriane Valcourt se tait."),
        ("fr", "Oriane Valcourt, mère d'un député, témoigne."),
        ("fr", "Le ministre et Oriane Valcourt ont parlé."),
        ("en", "The singer Oriane Valcourt was deepfaked, the senator said."),
        ("en", "Oriane Valcourt, a victim of the scam, met the judge."),
        ("de", "Die Schülerin Oriane Valcourt wurde Opfer eines Deepfakes."),
        ("es", "La alumna Oriane Valcourt denunció las imágenes."),
    ],
)
def test_private_person_is_no_mention_and_is_withheld(read: Read, lang: str, text: str) -> None:
    reading = read(text, lang)
    assert all("Valcourt" not in mention.text for mention in reading.mentions)


def test_names_beside_victim_words_are_withheld_everywhere(read: Read) -> None:
    text = "Le décès de Doriane et Cyrielle, victimes de l'incendie, émeut. La mère de Cyrielle parle."
    reading = read(text)
    assert [text[s:e] for s, e in reading.withheld] == ["Doriane", "Cyrielle", "Cyrielle"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sarah El Haïry", "El Haïry"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Karin Keller-Sutter", "Keller-Sutter"),
        ("Thomas Kean Jr.", "Kean"),
        ("Baroness Owen of Alderley Edge", "Owen"),
        ("Madonna", "Madonna"),
    ],
)
def test_surname_keeps_its_particles(name: str, expected: str) -> None:
    assert surname(name) == expected


def around(
    text: str, mention: str, lang: str = "fr", places: tuple[str, ...] = ("fr",), year: int = 2026
) -> Surroundings:
    start = text.index(mention)
    return Surroundings(text, start, start + len(mention), fold(text).text, lang, places, year)


@pytest.mark.parametrize(
    ("conditions", "text", "mention", "holds"),
    [
        (("case",), "le Lys rouge", "Lys", True),
        (("case",), "le lys rouge", "lys", False),
        (("source ch or near Berne",), "le Lys à Berne", "Lys", True),
        (("source ch or near Berne",), "le Lys à Paris", "Lys", False),
        (("brackets",), "Anne (Lys) parle", "Lys", True),
        (("brackets", "or near député"), "la députée du Lys", "Lys", True),
        (("not near fleur",), "le Lys, cette fleur", "Lys", False),
        (("not 'le Lys'",), "voici le Lys", "Lys", False),
        (("not 'le Lys'",), "voici du Lys", "Lys", True),
        (("lang de/da",), "le Lys", "Lys", False),
        (("after parti",), "le parti Lys", "Lys", True),
        (("before 2022 or near radio",), "le Lys", "Lys", False),
        (("default",), "le Lys", "Lys", True),
        (("as subject of a decision",), "le Lys décide", "Lys", False),
        (("as subject of a decision",), "Lys décide", "Lys", True),
        (("as subject of a decision",), "Lys a ouvert une enquête", "Lys", True),
        (("as subject of a decision",), "à Lys, le juge décide", "Lys", False),
        (("as subject of a decision",), "Lys village", "Lys", False),
        (("when it suits",), "Lys décide", "Lys", False),
    ],
)
def test_conditions_read_as_reviewers_write_them(
    conditions: tuple[str, ...], text: str, mention: str, holds: bool
) -> None:
    assert compile_conditions("Lys", conditions)(around(text, mention)) is holds


def test_country_follows_the_institutions_named() -> None:
    assert countries(fold("Le Conseil fédéral et le conseiller national, à Berne").text, "fr")[0] == "ch"
    assert countries(fold("Une loi").text, "fr") == ("fr",)
    assert countries(fold("The bill").text, "en", "us-ca")[:2] == ("us-ca", "us")


def test_state_is_named_or_unknown() -> None:
    assert state("SACRAMENTO, Calif. - The bill") == "us-ca"
    assert state("The Freedonia Legislature, unlike California,") == "us-xx"
    assert state("a bill", "us-mn") == "us-mn"


def test_known_body_outside_the_list_has_no_id(read: Read) -> None:
    found = read("La Policía Foral detuvo a un hombre; la policía foral descansa.", "es").mentions
    assert [(m.text, m.actor_id, m.kind, m.rule) for m in found][:1] == [("Policía Foral", "", "police", "known-body")]


@pytest.mark.parametrize(
    ("lang", "text", "listed"),
    [
        ("es", "El Gobierno aprobó la ley en Madrid.", True),
        ("es", "El Gobierno italiano abrió un centro; en Madrid, nada.", False),
        ("fr", "Le Sénat adopte la loi à Paris.", True),
        ("fr", "Le Sénat polonais adopte la loi, note la France.", False),
        ("en", "In London, Parliament passed the law.", True),
        ("en", "London noted that Ireland's Parliament passed the law.", False),
        ("en", "The US Senate passed the law in Washington.", True),
        ("en", "The Chilean Senate passed the law, far from Washington.", False),
    ],
)
def test_common_name_of_a_body_is_that_of_its_country(curated_reader: Reader, lang: str, text: str, listed: bool):
    reading = curated_reader.read(document(text, lang, title="Deepfakes"))
    public = [m for m in reading.mentions if m.actor_id and m.kind in ("government", "parliament")]
    assert bool(public) is listed


def test_a_name_is_written_with_its_mark_and_its_letters(curated_reader: Reader):
    text = "Which countries sign? The charity Which? says two."
    found = curated_reader.read(document(text, "en", title="Deepfakes")).mentions
    assert [m.start for m in found if m.name == "Which?"] == [text.index("Which? ")]
    text = "La DPA du centre se tait, l'agence dpa écrit."
    found = curated_reader.read(document(text, "fr", title="Deepfakes")).mentions
    assert [m.text for m in found if m.name == "dpa"] == ["dpa"]


def test_what_belongs_to_a_place_or_a_firm_is_no_person(read: Read) -> None:
    assert provisional(read("Le président menotté à bord de l'USS Tova Jima se tait.")) == {}
    assert provisional(read("The longtime head of the law firm Pavel Wiss left.", "en")) == {}
    assert "Verkauf von Arznei" not in provisional(
        read("Es ging um den Verkauf von Arznei, während der Minister schwieg.", "de")
    )


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Orla Brannigan, a former mayor of the town, spoke.", "Orla Brannigan"),
        ("en", "Rep. Orla Brannigan of Ohio spoke.", "Orla Brannigan"),
        ("en", "The commissioner, Chair Orla Brannigan, spoke.", "Orla Brannigan"),
        ("en", "Senate Majority Leader Orla Brannigan spoke.", "Orla Brannigan"),
        ("en", "The Ofcom chief at the time, Jens Halvorsen, spoke.", "Jens Halvorsen"),
        ("de", "US-Präsident Orlan Brannig sprach.", "Orlan Brannig"),
        ("de", "Parteichef Orlan Brannig sprach.", "Orlan Brannig"),
    ],
)
def test_office_is_read_around_a_name(read: Read, lang: str, text: str, name: str) -> None:
    assert name in provisional(read(text, lang))


def hidden(text: str, lang: str, read: Read) -> list[str]:
    return [text[start:end] for start, end in read(text, lang).withheld]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Tiora Veldkamp, 34, told the police.", "Tiora Veldkamp"),
        ("en", "April Lostrand, who met him in 2019, filed a lawsuit on Tuesday.", "April Lostrand"),
        ("en", "Officers arrested Devrin Okaro on Tuesday.", "Devrin Okaro"),
        ("en", "They detained his son, Tiora Veldkamp, on Tuesday.", "Tiora Veldkamp"),
        ("en", "It was signed by Tilla Swarth and Mary Ostrand.", "Tilla Swarth"),
        ("fr", "Tiora Veldane (17 ans) a porté plainte mardi.", "Tiora Veldane"),
        ("fr", "Il rencontre Marilyse Léon à Lyon.", "Marilyse Léon"),
        ("fr", "Tiora Veldane, qui l'avait connu à Lyon, a porté plainte.", "Tiora Veldane"),
        ("es", "Tiora Veldano denunció los montajes.", "Tiora Veldano"),
        ("it", "Tiora Veldano ha denunciato il sito.", "Tiora Veldano"),
        ("da", "Tiora Veldgaard anmeldte siden.", "Tiora Veldgaard"),
    ],
)
def test_what_is_told_of_a_person_makes_the_name_private(read: Read, lang: str, text: str, name: str) -> None:
    assert name in hidden(text, lang, read)
    assert all(name != mention.text for mention in read(text, lang).mentions)


def test_relative_of_a_public_person_is_not_that_person(read: Read) -> None:
    text = "Senator Ana Verganza spoke. Her son, Rafael Alonso Verganza, was detained on Tuesday."
    assert "Rafael Alonso Verganza" in hidden(text, "en", read)
    assert [m.start for m in read(text, "en").mentions if "Verganza" in m.text] == [text.index("Ana")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Georgia and Virginia have passed such laws."),
        ("en", "The San Francisco office was closed."),
        ("en", "In Alabama, victims can ask a court."),
        ("de", "Anders als das Gericht sah es die Kammer."),
    ],
)
def test_place_or_word_that_is_also_a_first_name_is_shown(read: Read, lang: str, text: str) -> None:
    assert hidden(text, lang, read) == []


def test_government_of_a_foreign_leader_is_not_the_own_one(curated_reader: Reader) -> None:
    text = "El Gobierno de Meloni abrió un centro. Giorgia Meloni calla en Madrid."
    found = curated_reader.read(document(text, "es", title="Deepfakes")).mentions
    assert [m.actor_id for m in found if m.kind == "government"] == []


def test_words_that_share_their_letters_with_a_body(curated_reader: Reader) -> None:
    text = "Mitte Dezember tagte Bern. Die Schweiz und die Mitte schweigen."
    found = curated_reader.read(document(text, "de", title="Deepfakes")).mentions
    assert [m.text for m in found if m.actor_id == "ch-mitte"] == ["die Mitte"]
    text = "London hosts the Commonwealth Heads of Government Meeting."
    assert curated_reader.read(document(text, "en", title="Deepfakes")).mentions == ()


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "In Westminster, campaigners met the police about deepfakes.", []),
        ("en", "Campaigners met in Westminster to discuss deepfakes in the UK.", []),
        ("en", "Westminster voted to outlaw deepfakes in the UK.", ["uk-parliament"]),
        ("fr", "Réunis à Bruxelles, les experts ont parlé des deepfakes.", []),
        ("fr", "Bruxelles ouvre une enquête sur les deepfakes.", ["eu-commission"]),
        ("fr", "À Washington et à Berlin, les deepfakes inquiètent.", []),
        ("de", "In Berlin und Washington warnt man vor Deepfakes.", []),
    ],
)
def test_a_capital_is_a_place_unless_it_decides(curated_reader: Reader, lang: str, text: str, found: list[str]) -> None:
    reading = curated_reader.read(document(text, lang, title="Deepfake law"))
    assert [mention.actor_id for mention in reading.mentions if mention.kind != "police"] == found


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("de", "Ein Ausschuss des Bundestags und ein Sprecher des Bundeskriminalamtes.", ["de-bundestag", "de-bka"]),
        ("da", "Under EU-formandskabet talte man om deepfakes.", []),
        ("da", "EU vil have regler om deepfakes.", ["eu"]),
    ],
)
def test_a_genitive_is_the_name_and_a_compound_is_not(
    curated_reader: Reader, lang: str, text: str, found: list[str]
) -> None:
    reading = curated_reader.read(document(text, lang, title="Deepfake law"))
    assert [mention.actor_id for mention in reading.mentions] == found


def test_portfolios_between_a_minister_and_the_name_are_no_person(read: Read) -> None:
    text = "El ministro de la Presidencia, Justicia y Relaciones, Ramiro Altolaguirre, habló de deepfakes."
    assert list(provisional(read(text, "es"))) == ["Ramiro Altolaguirre"]


def test_initials_may_begin_a_name_behind_an_office(read: Read) -> None:
    assert list(provisional(read("US-Vizepräsident JD Vorlick sprach über Deepfakes.", "de"))) == ["JD Vorlick"]


def test_the_title_of_a_lawyer_is_not_of_the_name(read: Read) -> None:
    assert list(provisional(read("Leur avocat, Me Ysal Tervaud, parle des deepfakes.", "fr"))) == ["Ysal Tervaud"]


def test_an_association_is_named_by_its_head_word(read: Read) -> None:
    text = "Der Verband Deutscher Sprecher und die Verbraucherzentrale Hessen warnen vor Deepfakes."
    assert list(provisional(read(text, "de"))) == ["Verband Deutscher Sprecher", "Verbraucherzentrale Hessen"]


def test_a_party_in_brackets_may_stand_between_office_and_name(read: Read) -> None:
    found = provisional(read("La députée (Parti des Marées) Oriane Kervella-Brandt demande une loi."))
    assert "Oriane Kervella-Brandt" in found
