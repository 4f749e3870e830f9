from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from collectors.analysis.proposals import load_models
from collectors.analysis.reader import Reader
from collectors.analysis.records import facts, private_names, shown
from data.errors import MonitorError
from data.reference_models import RefActor
from tests.collectors.analysis.conftest import document

ARCOM = [RefActor("arcom", "Arcom", "regulator", "fr")]
TEXT = (
    "L'Arcom a ouvert une enquête le 12 janvier 2026 sur les hypertrucages à caractère sexuel. "
    "Zélinda Mbarkroux et Synthéa Voix en parlent."
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline on disk that names what a trained one could: a person, a body, and a body the rules know as well."""
    nlp = spacy.blank("fr")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PER", "pattern": "Zélinda Mbarkroux"},
            {"label": "ORG", "pattern": "Synthéa Voix"},
            {"label": "ORG", "pattern": "Arcom"},
            {"label": "MISC", "pattern": "hypertrucages"},
        ]
    )
    nlp.meta["name"], nlp.meta["version"] = "small", "1.0"
    folder = tmp_path_factory.mktemp("models") / "small"
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def models(model: Path) -> dict[str, Language]:
    return load_models(f"fr={model}")


def test_a_model_adds_names_and_changes_nothing_the_rules_found(models: dict[str, Language]) -> None:
    plain, helped = Reader(ARCOM).read(document(TEXT)), Reader(ARCOM, models=models).read(document(TEXT))
    added = [one for one in helped.mentions if one not in plain.mentions]
    assert set(plain.mentions) <= set(helped.mentions)
    assert [(one.text, one.kind, one.actor_id, one.rule) for one in added] == [
        ("Zélinda Mbarkroux", "person", "", "model:small-1.0"),
        ("Synthéa Voix", "other", "", "model:small-1.0"),
    ]
    assert facts(helped, document(TEXT)) == facts(plain, document(TEXT))


def test_a_proposed_person_is_withheld(models: dict[str, Language]) -> None:
    reading = Reader(ARCOM, models=models).read(document(TEXT))
    assert "Zélinda Mbarkroux" in private_names(reading, document(TEXT))
    assert not any(shown(one) for one in reading.mentions if one.text == "Zélinda Mbarkroux")


def test_another_language_is_read_without_the_model(models: dict[str, Language]) -> None:
    english = document("Ofcom opened an investigation into deepfakes on 12 January 2026.", lang="en")
    assert Reader(ARCOM, models=models).read(english) == Reader(ARCOM).read(english)


@pytest.mark.parametrize("named", ["fr=no_such_model", "fr", "xx=small", "=small"])
def test_a_model_that_is_not_there_is_named(named: str) -> None:
    with pytest.raises(MonitorError, match="MONITOR_MODELS"):
        load_models(named)


def test_no_setting_is_no_model() -> None:
    assert load_models("") == {}
