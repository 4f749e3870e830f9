"""Members of parliaments in a text: by full name, while they sit, and nobody where it could be another."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.analysis.reader import Reader
from collectors.analysis.reading import Document
from data.members import Member
from data.models import Seat
from data.reference_models import RefActor

AN, SENAT = "Assemblée nationale", "Sénat"
MEMBERS = (
    Member("fr-an-1", ("Camille d'Exemple",), "fr", "Groupe du Centre", (Seat(AN, "2022-06-19", "2024-06-09"),)),
    Member("fr-an-2", ("Dominique Lavallière",), "fr", "Groupe du Centre", (Seat(AN, "2022-06-19"),)),
    Member("fr-senat-2", ("Dominique Lavallière",), "fr", "Les Vergers", (Seat(SENAT, "2020"),)),
    Member("fr-an-3", ("Anne Relue",), "fr", "Les Vergers", (Seat(AN, "2020-01-01"),)),
    Member("eu-mep-4", ("Joana Exempli",), "eu", "", (Seat("European Parliament", "2019-07-02"),)),
    Member("fr-an-5", ("Solène",), "fr", "", (Seat(AN, "2020-01-01"),)),
)
ACTORS = (
    RefActor("fr-anne-relue", "Anne Relue", "person", "fr"),
    RefActor("fr-vergers", "Les Vergers", "party", "fr", aliases=("LVG",)),
)
LEAD = "L'Assemblée nationale débat des hypertrucages sexuels en France. "


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(ACTORS, (), MEMBERS)


def named(reader: Reader, text: str, day: str = "2023-10-04") -> dict[str, str]:
    """Words of the text -> actor they are linked to."""
    found = reader.read(Document("1", "Hypertrucages", LEAD + text, "fr", date.fromisoformat(day), "fr"))
    return {one.text: one.actor_id for one in found.mentions if one.kind == "person"}


def test_a_full_name_is_enough_with_or_without_a_role(reader: Reader):
    assert named(reader, "Camille d'Exemple défend le texte.")["Camille d'Exemple"] == "fr-an-1"
    assert named(reader, "La députée Camille d'Exemple défend le texte.")["Camille d'Exemple"] == "fr-an-1"


def test_accents_capitals_and_order_do_not_matter_but_a_name_is_written_as_one(reader: Reader):
    assert "fr-an-1" in named(reader, "CAMILLE D'EXEMPLE défend le texte.").values()
    assert "fr-an-1" in named(reader, "d'Exemple, Camille : pour.").values()
    assert named(reader, "Voici le camille d'exemple du jour.") == {}


def test_a_surname_or_a_single_name_is_never_enough(reader: Reader):
    assert "fr-an-1" not in named(reader, "Le ministre a répondu à d'Exemple, puis à Mme d'Exemple.").values()
    assert "fr-an-2" not in named(reader, "La députée Lavallière a répondu.").values()
    assert "fr-an-5" not in named(reader, "Solène a répondu.").values()


def test_after_the_full_name_the_surname_means_the_same_person(reader: Reader):
    assert list(named(reader, "Camille d'Exemple défend le texte. Selon d'Exemple, il est prêt.").values()) == [
        "fr-an-1", "fr-an-1",
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2022-06-18", "2024-06-10", "1900-01-01"])
def test_who_does_not_sit_on_that_day_is_not_meant(reader: Reader, day: str):
    assert "fr-an-1" not in named(reader, "Camille d'Exemple défend le texte.", day).values()


@pytest.mark.parametrize("day", ["2022-06-19", "2024-06-09"])
def test_the_first_and_the_last_day_count(reader: Reader, day: str):
    assert "fr-an-1" in named(reader, "Camille d'Exemple défend le texte.", day).values()


def test_of_namesakes_none_is_meant_unless_chamber_or_party_decides(reader: Reader):
    both = {"fr-an-2", "fr-senat-2"}
    assert not both & set(named(reader, "Dominique Lavallière défend le texte.").values())
    assert named(reader, "Le sénateur Dominique Lavallière défend le texte.")["Dominique Lavallière"] == "fr-senat-2"
    assert named(reader, "La députée Dominique Lavallière défend le texte.")["Dominique Lavallière"] == "fr-an-2"
    assert named(reader, "Dominique Lavallière (LVG) défend le texte.")["Dominique Lavallière"] == "fr-senat-2"


def test_the_seat_of_the_day_decides_between_namesakes_too(reader: Reader):
    assert named(reader, "Dominique Lavallière défend le texte.", "2021-05-05")["Dominique Lavallière"] == "fr-senat-2"


def test_a_reviewed_person_goes_before_a_member_of_the_same_name(reader: Reader):
    assert named(reader, "Anne Relue défend le texte.")["Anne Relue"] == "fr-anne-relue"


@pytest.mark.parametrize(
    "said",
    [
        "Camille d'Exemple, 16 ans, a vu ses photos détournées.",
        "La victime, Camille d'Exemple, a porté plainte.",
        "Camille d'Exemple (17 ans) a vu ses photos détournées.",
    ],
)
def test_a_private_namesake_is_neither_linked_nor_shown(reader: Reader, said: str):
    found = reader.read(Document("1", "Hypertrucages", LEAD + said, "fr", date(2023, 10, 4), "fr"))
    assert not [one for one in found.mentions if one.actor_id == "fr-an-1"]


def test_a_member_of_another_country_is_not_meant(reader: Reader):
    said = "Ofcom fined a site over deepfake images. Camille d'Exemple spoke in London for the British government."
    found = reader.read(Document("1", "Deepfakes", said, "en", date(2023, 10, 4), "uk"))
    assert "fr-an-1" not in {one.actor_id for one in found.mentions}


def test_a_member_of_the_european_parliament_needs_its_chamber_in_a_national_text(reader: Reader):
    assert "eu-mep-4" not in named(reader, "Joana Exempli défend le texte.").values()
    assert "eu-mep-4" in named(reader, "L'eurodéputée Joana Exempli défend le texte.").values()


def test_without_members_the_reviewed_list_reads_as_before():
    said = "Anne Relue et Camille d'Exemple défendent le texte."
    assert set(named(Reader(ACTORS), said).values()) <= {"fr-anne-relue", ""}
