"""What predictions say of an actor: its role and whom it belongs to on the day of the text."""

from __future__ import annotations

from collectors.analysis.predictions import prediction
from collectors.analysis.reader import Reader
from tests.collectors.analysis.conftest import document


def told(curated_reader: Reader, lang: str, text: str) -> dict[str, tuple[str, str]]:
    one = document(text, lang, title="Deepfakes")
    row = prediction(one, curated_reader.read(one), curated_reader)
    return {actor["name"]: (actor["role"], actor["affiliation"]) for actor in row["actors"]}


def test_a_party_beside_the_name_goes_before_all(curated_reader: Reader) -> None:
    found = told(
        curated_reader, "fr", "La députée Aliénor Vasseur (PS) propose une loi à l'Assemblée nationale, en France."
    )
    assert found["Aliénor Vasseur"] == ("députée", "Parti socialiste")
    found = told(curated_reader, "en", "In London, Labour MP Orla Brannigan said so in the House of Commons.")
    assert found["Orla Brannigan"] == ("MP", "Labour Party")


def test_a_minister_belongs_to_the_government_of_the_country(curated_reader: Reader) -> None:
    found = told(curated_reader, "es", "En Madrid, la ministra Ramira Altolaguirre presentó la ley de España.")
    assert found["Ramira Altolaguirre"] == ("ministra", "Gobierno de España")


def test_a_body_is_told_by_its_kind_and_parent(curated_reader: Reader) -> None:
    found = told(curated_reader, "en", "Grok made fake nudes; xAI and X did not answer.")
    assert found["Grok"][1] == "xAI"
    assert found["X"][0] == "platform"
