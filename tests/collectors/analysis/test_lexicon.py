"""Every rule file compiles, and says of its own examples what they say."""

from __future__ import annotations

from datetime import date

import pytest

from collectors.analysis.country import countries
from collectors.analysis.dates import find_dates
from collectors.analysis.legal import find_legal
from collectors.analysis.lexicon import FOLDER, LANGUAGES, language, load, rule_version
from collectors.analysis.normalise import fold, normalise
from collectors.analysis.reader import Reader
from collectors.analysis.relevance import judge
from data.errors import ReferenceDataError
from tests.collectors.analysis.conftest import document

INSTRUMENTS = load("legal")["instrument"]
CITATIONS = [
    (instrument["id"], (instrument.get("lang") or ["fr"])[0], text, ids)
    for instrument in INSTRUMENTS
    for text, ids in instrument.get("examples", [])
]
NO_CITATIONS = [
    ((instrument.get("lang") or ["fr"])[0], text)
    for instrument in INSTRUMENTS
    for text in instrument.get("counter", [])
]
TITLES = [(lang, example) for lang in LANGUAGES for example in load(f"relevance_{lang}")["example"]] + [
    (example["lang"], example) for example in load("relevance")["example"]
]


HAPPENINGS = [(lang, example) for lang in LANGUAGES for example in load(f"events_{lang}")["example"]]


def cited(text: str, lang: str) -> str:
    plain = normalise(text)
    return " ".join(ref.normalised for ref in find_legal(plain, lang, countries(fold(plain).text, lang)))


@pytest.mark.parametrize(("rule", "lang", "text", "ids"), CITATIONS, ids=lambda value: str(value)[:40])
def test_citation_example_is_read(rule: str, lang: str, text: str, ids: str) -> None:
    assert cited(text, lang) == ids


@pytest.mark.parametrize(("lang", "text"), NO_CITATIONS)
def test_counter_example_is_no_citation(lang: str, text: str) -> None:
    assert cited(text, lang) == ""


@pytest.mark.parametrize("example", load("dates")["example"], ids=lambda example: example["text"][:40])
def test_date_example_is_resolved(example: dict[str, object]) -> None:
    text, lang = str(example["text"]), str(example["lang"])
    found = find_dates(normalise(text), lang, date.fromisoformat(str(example["published"])))
    assert [span.when.iso() for span in found] == example["dates"]


@pytest.mark.parametrize(("lang", "example"), TITLES, ids=lambda value: str(value)[:60])
def test_title_example_is_judged(lang: str, example: dict[str, object]) -> None:
    assert judge(str(example["title"]), "", lang).relevant is example["relevant"]


@pytest.mark.parametrize(("lang", "example"), HAPPENINGS, ids=lambda value: str(value)[:90])
def test_event_example_is_found(lang: str, example: dict[str, object], curated_reader: Reader) -> None:
    reading = curated_reader.read(
        document(str(example["text"]), lang, str(example["published"]), "Deepfakes: law and police")
    )
    assert [f"{event.when.iso()} {event.type}" for event in reading.events] == example["events"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_every_table(lang: str) -> None:
    types = set(load("event_labels")["en"])
    assert set(load("event_labels")[lang]) == types
    kinds = load(f"events_{lang}")["triggers"]
    assert {name.removesuffix("_before").removesuffix("_weak") for name in kinds} - types <= {"report", "aside", "same"}
    assert "report" in kinds
    for name in ("dates", "names"):
        assert lang in load(name)
    assert {"saying", "according", "pronoun", "negation", "calls_for"} <= set(load(f"stance_{lang}"))


def test_every_rule_file_is_toml() -> None:
    assert [path.stem for path in FOLDER.glob("*.toml") if not load(path.stem)] == []


def test_missing_rule_file_is_an_error() -> None:
    with pytest.raises(ReferenceDataError, match=r"nowhere\.toml"):
        load("nowhere")


def test_language_codes_with_regions_are_understood() -> None:
    assert (language("fr-CH"), language("EN_us"), language("nb"), language("pt")) == ("fr", "en", "da", "")


def test_rule_version_is_short_and_stable() -> None:
    assert rule_version() == rule_version()
    assert len(rule_version()) == 12


@pytest.mark.parametrize(
    ("lang", "example"),
    [(lang, example) for lang in LANGUAGES for example in load(f"stance_{lang}")["example"]],
    ids=lambda value: value if isinstance(value, str) else value["text"][:40],
)
def test_stance_example_is_told(lang: str, example: dict[str, object], curated_reader: Reader) -> None:
    reading = curated_reader.read(document(str(example["text"]), lang, title="Deepfakes: law and police"))
    names = {mention.actor_id or mention.name: mention.text for mention in reading.mentions}
    assert sorted(f"{names[one.actor]} {one.stance}" for one in reading.stances) == example["stances"]
